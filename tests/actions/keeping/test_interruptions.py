"""Deeds in several books, stopped at their system calls; the script beside this says how to run it in full."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("run_interruptions.py")


@pytest.mark.parametrize("deed", ["merge", "undo", "hand-over", "private", "restore"])
def test_a_deed_in_several_books_is_in_all_of_them_or_in_none(deed: str) -> None:
    stop(deed, every=7)


@pytest.mark.parametrize(("deed", "every"), [("forget", 61), ("forget-customer", 37), ("archive", 5), ("encrypt", 29)])
def test_what_is_to_be_gone_is_in_no_byte_once_it_is_done_again(deed: str, every: int) -> None:
    stop(deed, every=every)


def stop(deed: str, every: int) -> None:
    """Run the script for one deed; each of its three ways must come to its end."""
    root = str(SCRIPT.parents[3])
    command = [sys.executable, str(SCRIPT), "--deed", deed, "--every", str(every)]
    environment = {**os.environ, "PYTHONPATH": root}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("nothing lost, doubled or half done") == 3
