"""When the app itself fails, nothing that was recorded is printed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MARK = "secret-mark-9"
PROGRAM = f"""
import sys
from pathlib import Path
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp

class Failing(MeetingtoolApp):
    def on_mount(self):
        super().on_mount()
        story = "{MARK}"
        self.call_after_refresh(self.fail, story)
    def fail(self, story):
        raise RuntimeError(story)

with Workspace.open(Path(sys.argv[1])) as workspace:
    Failing(workspace).run(headless=True)
"""


def test_a_failure_prints_one_sentence_and_no_record(folder: Path, nobodys_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    printed = done.stdout + done.stderr
    assert "Something went wrong inside (RuntimeError)" in printed
    assert MARK not in printed
    [file] = nobodys_home.rglob("crash.txt")
    written = file.read_text(encoding="utf-8")
    assert "fail" in written
    assert MARK not in written
