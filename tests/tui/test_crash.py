"""When the app itself fails, nothing that was recorded is printed, and the exit code says that it did."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MARK = "secret-mark-9"
FAILS = """
    def on_mount(self):
        super().on_mount()
        self.call_after_refresh(self.fail)
    def fail(self):
        private_note = words()
        raise RuntimeError(private_note)
"""
THE_APP = f"""
import sys
from pathlib import Path
import meetingtool.tui.app
from meetingtool.tui import run

def words():
    return "-".join(("secret", "mark", "9"))

class Failing(meetingtool.tui.app.MeetingtoolApp):
{FAILS}
meetingtool.tui.app.MeetingtoolApp = Failing
sys.exit(run(Path(sys.argv[1])))
"""
THE_MENDING = f"""
import sys
from pathlib import Path
from meetingtool.store import BookDamaged
from meetingtool.tui.app import local_now
from meetingtool.tui.mending import MendingApp

def words():
    return "-".join(("secret", "mark", "9"))

class Failing(MendingApp):
{FAILS}
app = Failing(Path(sys.argv[1]), BookDamaged("2026.json can't be read."), local_now)
app.run()
sys.exit(app.return_code)
"""


@pytest.mark.parametrize("program", [THE_APP, THE_MENDING], ids=["the app", "the mending of a book"])
def test_a_failure_prints_one_sentence_and_no_record_and_exits_with_1(
    program: str, folder: Path, nobodys_home: Path
) -> None:
    without_a_screen = {**os.environ, "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=without_a_screen,
    )
    printed = done.stdout + done.stderr
    assert "Something went wrong inside (RuntimeError)" in printed
    assert MARK not in printed
    assert done.returncode == 1
    [file] = nobodys_home.rglob("crash.txt")
    written = file.read_text(encoding="utf-8")
    assert "fail" in written
    assert MARK not in written
