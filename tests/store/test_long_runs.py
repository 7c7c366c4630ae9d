"""The short form of the long runs; each script says at its top how to run it in full."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


def test_what_is_said_about_a_loss_is_true_whatever_the_damage() -> None:
    told = output_of("run_losses.py", "--damages", "120", "--seed", "5")
    assert told.count("every sentence true") == 2
