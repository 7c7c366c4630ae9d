"""Full disks and missing rights, on the real thing: in a process that may write no more, or has the rights no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.store.examination import examine

Make = Any

SETTING = """
import os, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from meetingtool.errors import MeetingtoolError
from meetingtool.records.base import mint
from meetingtool.records.stories import Story
from meetingtool.store import Workspace

now = datetime(2026, 3, 3, 9, tzinfo=UTC)

def story(text):
    return Story(id=mint(now), at=now, made_at=now, made_by="anna", kind="win", text=text, line=text)

def save(workspace, text):
    try:
        workspace.save(story(text), deed="win.recorded", now=now)
    except MeetingtoolError as error:
        print(type(error).__name__, str(error))
    else:
        print("saved", text)

def give_up_root():
    '''Root may write anywhere; without its capabilities it is held to the rights of the folder like anyone.'''
    if os.geteuid() == 0:
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        if libc.capset(header, data) != 0:
            raise OSError(ctypes.get_errno(), "capset")

folder = Path(sys.argv[1])
"""


def output_of(script: str, folder: Path) -> list[str]:
    command = [sys.executable, "-c", SETTING + script, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent.parent)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_on_a_full_disk_nothing_is_lost_and_work_goes_on_once_there_is_room(workspace: Workspace, make: Make) -> None:
    told = output_of(
        """
workspace = Workspace.open(folder)
save(workspace, "before")
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (600, hard))
save(workspace, "while full " + "x" * 500)
print(len(workspace.find(Story)), len(Workspace.open(folder).find(Story)))
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
save(workspace, "after")
""",
        workspace.folder,
    )
    assert told[0] == "saved before"
    assert told[1].startswith("CannotWrite")
    assert "room" in told[1]
    assert told[2:] == ["1 1", "saved after"]
    workspace.refresh()
    assert [story.text for story in workspace.find(Story)] == ["before", "after"]
    assert examine(workspace.folder) == []


@pytest.mark.parametrize("rights", [0o500, 0o000])
def test_without_the_right_to_write_the_workspace_can_be_read_and_saving_is_refused(
    workspace: Workspace, make: Make, rights: int
) -> None:
    workspace.save(make.story("before"), deed="recorded", now=make.now)
    workspace.folder.chmod(rights)
    try:
        told = output_of(
            """
give_up_root()
try:
    workspace = Workspace.open(folder)
    print(len(workspace.find(Story)))
except MeetingtoolError as error:
    print(type(error).__name__, str(error))
else:
    save(workspace, "new")
    print(workspace.refresh(), len(workspace.find(Story)))
try:
    Workspace.open(folder / "inside", create=True)
except MeetingtoolError as error:
    print(type(error).__name__, str(error))
""",
            workspace.folder,
        )
    finally:
        workspace.folder.chmod(0o700)
    if rights:
        assert told[0] == "1"
        assert told[1].startswith("CannotWrite Could not write")
        assert told[2] == "False 1"
        assert told[3].startswith("CannotWrite")
    else:
        assert [line.split()[0] for line in told] == ["WorkspaceUnusable", "WorkspaceUnusable"]
    assert examine(workspace.folder) == []


def test_a_book_that_may_not_be_read_is_said_so(workspace: Workspace, make: Make) -> None:
    workspace.save(make.story("before"), deed="recorded", now=make.now)
    (workspace.folder / "2026.json").chmod(0)
    told = output_of(
        """
give_up_root()
workspace = Workspace.open(folder)
for attempt in (lambda: workspace.find(Story), lambda: workspace.save(story("new"), deed="x", now=now)):
    try:
        attempt()
    except MeetingtoolError as error:
        print(type(error).__name__, str(error))
""",
        workspace.folder,
    )
    assert [line.split()[0] for line in told] == ["WorkspaceUnusable", "WorkspaceUnusable"]
