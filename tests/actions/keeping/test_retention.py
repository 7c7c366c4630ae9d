"""Forgetting somebody, interrupted and with others about."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.retention import forget, person_to_forget, plan_to_forget, still_named, zips_that_tell
from meetingtool.actions.keeping.safekeeping import back_up
from meetingtool.actions.keeping.unfinished import unfinished
from meetingtool.actions.need import UNFINISHED
from meetingtool.actions.needs import needs
from meetingtool.actions.people.team import add_person
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.stories import record_story, star
from meetingtool.errors import Conflict, NotFound, Refused
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace
from meetingtool.store.mending.restoring import restore
from meetingtool.store.retention import purge


def in_plain(path: Path) -> bytes:
    """The bytes of a file, and of a zip those of what is in it: three letters may stand in packed ones by chance."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return b"\n".join(name.encode() + b"\n" + packed.read(name) for name in packed.namelist())


def holding(folder: Path, text: bytes) -> list[str]:
    """Files of the workspace in which the text stands."""
    return [path.name for path in folder.rglob("*.json*") if text in path.read_bytes()]


@pytest.fixture
def sam(workspace: Workspace, now: datetime) -> Person:
    """Somebody who has left, with stories of two years and their former versions."""
    for year in (2025, 2026):
        at = now.replace(year=year)
        story = record_story(workspace, "win", "@sam mended the gate", at).story
        star(workspace, story, at)
    return workspace.find(Person, handle="sam")[0]


def test_whatever_stops_it_running_it_again_finishes(
    workspace: Workspace, folder: Path, sam: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def stopping(at: int) -> Callable[..., object]:
        def stop(*arguments: object, **more: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise KeyboardInterrupt
            return purge(*arguments, **more)  # type: ignore[arg-type]

        return stop

    for stop in (1, 2):
        calls = 0
        monkeypatch.setattr("meetingtool.store.retention.purge", stopping(stop))
        person = workspace.get(Person, sam.id)
        with pytest.raises(KeyboardInterrupt):
            forget(workspace, plan_to_forget(workspace, person, now), now)
    monkeypatch.setattr("meetingtool.store.retention.purge", purge)
    forget(workspace, plan_to_forget(workspace, workspace.get(Person, sam.id), now), now)
    assert holding(folder, b"Sam Bell") == []
    assert holding(folder, b"@sam") == []
    assert {story.line for story in workspace.find(Story)} == {"@former-1 mended the gate"}


def test_a_change_by_another_after_the_plan_stops_it_before_anything_was_changed(
    workspace: Workspace, folder: Path, sam: Person, now: datetime
) -> None:
    plan = plan_to_forget(workspace, sam, now)
    with Workspace.open(folder, user="robin") as other:
        star(other, other.find(Story)[-1], now)
    with pytest.raises(Conflict):
        forget(workspace, plan, now)
    assert workspace.get(Person, sam.id).name == "Sam Bell"


def test_the_name_is_in_no_byte_of_the_folder_whatever_lies_there(
    workspace: Workspace, folder: Path, sam: Person, now: datetime, ended_program: int
) -> None:
    whole = back_up(workspace, now)
    record_story(workspace, "win", "@sam did it after the backup", now)
    workspace.drafts.put("win", "win\nand then @sam")
    workspace.drafts.put("closing.notes", "no names")
    shutil.copy(folder / "2026.json", folder / "2026 (conflicted copy 2026-11-24 090000).json")
    folder.joinpath("damaged").mkdir()
    shutil.copy(folder / "2026.json", folder / "damaged" / "2026 2026-03-03 1010.json")
    folder.joinpath("damaged", "2025 2026-03-03 1010.json").write_bytes(b"@sam, torn")
    left_open = folder / "drafts" / f"editor-{ended_program}-x"
    left_open.mkdir()
    left_open.joinpath("edit-anything.txt").write_text("thanks to Sam", "utf-8")
    restore(folder, whole.path, now=now)
    workspace.refresh()
    foreign = folder / "novel.txt"
    foreign.write_text("Sam Bell went to sea.", "utf-8")
    plan = plan_to_forget(workspace, workspace.get(Person, sam.id), now, texts=True)
    done = forget(workspace, plan, now, with_zips=True)
    torn = folder / "damaged" / "2025 2026-03-03 1010.json"
    assert set(done.out_of_reach) == {foreign, torn}
    assert foreign.read_text("utf-8") == "Sam Bell went to sea."
    telling = [path for path in folder.rglob("*") if path.is_file() and re.search(rb"(?i)\bsam\b", path.read_bytes())]
    assert set(telling) == {foreign, torn}
    assert workspace.drafts.get("closing.notes") == "no names"


def test_interrupted_before_the_last_step_it_is_finished_by_the_name_of_before_or_the_new_one(
    workspace: Workspace, folder: Path, sam: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_story(workspace, "win", "@sam did it", now)
    shutil.copy(folder / "team.json", folder / "team (conflicted copy 2026-11-24 090000).json")
    calls = 0

    def stop(*arguments: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        return purge(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("meetingtool.store.retention.purge", stop)
    with pytest.raises(KeyboardInterrupt):
        forget(workspace, plan_to_forget(workspace, sam, now, texts=True), now)
    monkeypatch.setattr("meetingtool.store.retention.purge", purge)
    for name in ("@sam", "Sam Bell", "@former-1"):
        alias = person_to_forget(workspace, roster_of(workspace, now.date()), name)
        assert alias.handle == "former-1"
    done = forget(workspace, plan_to_forget(workspace, alias, now, texts=True), now)
    assert [path for path in folder.rglob("*") if path.is_file() and b"Sam Bell" in path.read_bytes()] == []
    again = forget(workspace, plan_to_forget(workspace, alias, now, texts=True), now)
    assert done.out_of_reach == again.out_of_reach == ()
    with pytest.raises(NotFound):
        person_to_forget(workspace, roster_of(workspace, now.date()), "@sam")


def test_of_the_zips_only_those_with_the_name_or_that_can_not_be_read_are_told(
    workspace: Workspace, folder: Path, sam: Person, now: datetime
) -> None:
    told = back_up(workspace, now).path
    forget(workspace, plan_to_forget(workspace, sam, now, texts=True), now)
    without = back_up(workspace, now.replace(hour=23)).path
    torn = folder / "backups" / "torn.zip"
    torn.write_bytes(told.read_bytes()[:-40])
    assert without.is_file()
    assert set(zips_that_tell(workspace, lambda words: "Sam Bell" in words)) == {told, torn}


def test_nobody_is_advised_to_delete_a_file_that_holds_records(folder: Path) -> None:
    for name in ("team.json", "team.json.prev", "2026 (conflicted copy).json"):
        assert "delete" not in still_named(folder / name)
    (folder / "team.bak").write_bytes((folder / "team.json").read_bytes())
    assert "delete it only if the books have them all" in still_named(folder / "team.bak")
    (folder / "notes.json").write_text('{"records": "an export"}')
    for name in ("backups/all.zip", "notes.json"):
        assert "delete it" in still_named(folder / name)


def test_somebody_whom_only_copies_have_can_be_forgotten(workspace: Workspace, folder: Path, now: datetime) -> None:
    before = back_up(workspace, now)
    zed = add_person(workspace, "Zed Quill", now)
    record_story(workspace, "win", "@zed mended the gate", now)
    back_up(workspace, now)
    restore(folder, before.path, now=now)
    workspace.refresh()
    with pytest.raises(NotFound):
        workspace.get(Person, zed.id)
    person = person_to_forget(workspace, roster_of(workspace, now.date()), "Zed Quill")
    assert person == zed
    done = forget(workspace, plan_to_forget(workspace, person, now, texts=True), now, with_zips=True)
    assert done.out_of_reach == ()
    telling = [
        path for path in folder.rglob("*") if path.is_file() and re.search(rb"(?i)\bzed\b|quill", in_plain(path))
    ]
    assert telling == []
    with pytest.raises(NotFound):
        person_to_forget(workspace, roster_of(workspace, now.date()), "Zed Quill")


def test_a_forgetting_that_was_interrupted_is_named_until_it_is_finished(
    workspace: Workspace, sam: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*arguments: object, **more: object) -> object:
        raise KeyboardInterrupt

    gone = msgspec.structs.replace(workspace.get(Person, sam.id), left=now.date(), version=sam.version + 1)
    workspace.save(gone, deed=deeds.PERSON_EDITED, now=now)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("meetingtool.store.retention.purge", stop)
        forget(workspace, plan_to_forget(workspace, gone, now), now)
    (told,) = unfinished(workspace)
    assert told.hint == "`meetingtool forget @sam` finishes it."
    desk = Desk(workspace, lambda: now)
    assert "forgetting @sam was interrupted" in next(need.what for need in needs(desk) if need.key == UNFINISHED)
    desk.room = True
    assert not [need for need in needs(desk) if need.key == UNFINISHED]
    back = msgspec.structs.replace(gone, left=None, version=gone.version + 1)
    workspace.save(back, deed=deeds.PERSON_EDITED, now=now)
    assert unfinished(workspace) == [], "who is on the team again isn't being forgotten"
    with pytest.raises(Refused, match="is on the team"):
        plan_to_forget(workspace, back, now)
    assert workspace.drafts.get("forgetting-people") == ""
    workspace.save(
        msgspec.structs.replace(back, left=now.date(), version=back.version + 1), deed=deeds.PERSON_EDITED, now=now
    )
    person = person_to_forget(workspace, roster_of(workspace, now.date()), "@sam")
    forget(workspace, plan_to_forget(workspace, person, now), now)
    assert unfinished(workspace) == []
