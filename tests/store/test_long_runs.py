"""The short form of the long runs; each script says at its top how to run it in full."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import run_losses

HERE = Path(__file__).parent


def output_of(script: str, *options: str) -> str:
    root = str(HERE.parent.parent)
    environment = {**os.environ, "PYTHONPATH": root}
    command = [sys.executable, str(HERE / script), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_random_kills_lose_nothing_that_was_acknowledged() -> None:
    told = output_of("run_kills.py", "--kills", "8")
    assert told.count("none lost") == 2


def test_random_damages_are_all_noticed() -> None:
    assert "250 damages, all noticed" in output_of("run_damages.py", "--damages", "250", "--seed", "11")


@pytest.mark.usefixtures("quick_passphrases")
@pytest.mark.parametrize(("damages", "encrypted"), [(30, False), (15, True)])
def test_what_is_said_about_a_loss_is_true_whatever_the_damage(tmp_path: Path, damages: int, encrypted: bool) -> None:
    assert run_losses.run(damages, 5, tmp_path, encrypted=encrypted).total() == damages
