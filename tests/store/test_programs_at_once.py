"""Several programs on one workspace, all writing."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.store.examination import examine

Make = Any

COUNT_UP = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import msgspec
from meetingtool.errors import Conflict
from meetingtool.records.base import mint
from meetingtool.records.stories import Story
from meetingtool.store import Workspace

folder, id, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
workspace = Workspace.open(folder, user=name)
for number in range(12):
    now = datetime.now(UTC)
    text = f"{name} {number}"
    at = datetime(2026, 3, 3, tzinfo=UTC)
    story = Story(id=mint(now), at=at, made_at=now, made_by=name, kind="win", text=text, line=text)
    workspace.save(story, deed="win.recorded", now=now)
    while True:
        counter = workspace.get(Story, id)
        one_more = msgspec.structs.replace(
            counter, version=counter.version + 1, text=str(int(counter.text) + 1), people=(*counter.people, name)
        )
        try:
            workspace.save(one_more, deed="counted", now=now)
            break
        except Conflict as conflict:
            assert conflict.current.version > counter.version
            workspace.refresh()
"""


def test_three_programs_that_write_lose_nothing_and_double_nothing(workspace: Workspace, make: Make) -> None:
    counter = make.story("0")
    workspace.save(counter, deed="recorded", now=make.now)
    names = ("app", "second app", "shell")
    root = Path(__file__).parent.parent.parent
    programs = [
        subprocess.Popen([sys.executable, "-c", COUNT_UP, str(workspace.folder), counter.id, name], cwd=root)
        for name in names
    ]
    assert [program.wait(60) for program in programs] == [0, 0, 0]
    assert workspace.refresh()
    counted = workspace.get(Story, counter.id)
    assert counted.text == "36"
    assert {name: counted.people.count(name) for name in names} == dict.fromkeys(names, 12)
    texts = [story.text for story in workspace.find(Story) if story.id != counter.id]
    assert sorted(texts) == sorted(f"{name} {number}" for name in names for number in range(12))
    assert len(workspace.deeds(1000)) == 73
    assert [version.record.version for version in workspace.versions(counter.id)] == list(range(1, 38))
    assert examine(workspace.folder) == []


def test_threads_of_one_program_may_share_a_workspace(workspace: Workspace, make: Make) -> None:
    def tell(name: str) -> None:
        for number in range(10):
            workspace.save(make.story(f"{name} {number}"), deed="recorded", now=make.now)
            assert any(story.text == f"{name} {number}" for story in workspace.find(Story))

    threads = [threading.Thread(target=tell, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(workspace.find(Story)) == 30


def test_a_batch_keeps_other_threads_waiting_until_it_is_done(workspace: Workspace, make: Make) -> None:
    seen: list[int] = []
    begun = threading.Event()

    def look() -> None:
        begun.set()
        seen.append(len(workspace.find(Story)))

    with workspace.batch("imported", make.now):
        workspace.save(make.story("one"), deed="x", now=make.now)
        thread = threading.Thread(target=look)
        thread.start()
        begun.wait()
        workspace.save(make.story("two"), deed="x", now=make.now)
    thread.join()
    assert seen == [2]
