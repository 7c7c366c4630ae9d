"""Deeds in several books, stopped at their system calls; the script beside this says how to run it in full."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("run_interruptions.py")


@pytest.mark.parametrize("deed", ["merge", "undo", "private", "restore"])
def test_a_deed_in_several_books_is_in_all_of_them_or_in_none(deed: str) -> None:
    root = str(SCRIPT.parents[3])
    command = [sys.executable, str(SCRIPT), "--deed", deed, "--every", "7"]
    environment = {**os.environ, "PYTHONPATH": root}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("nothing lost, doubled or half done") == 3
