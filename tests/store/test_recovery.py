"""Noticing damage, what it would cost to go back, and bringing a book back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import BookDamaged, Workspace, WorkspaceMissing
from meetingtool.store.examination import examine
from meetingtool.store.mending.finding import Finding
from meetingtool.store.mending.loss import Loss
from meetingtool.store.mending.recovery import recover

Make = Any
change = msgspec.structs.replace


@pytest.fixture
def book(workspace: Workspace, make: Make) -> Path:
    """The book of 2026 with stories 0 to 9, each saved by itself, a minute apart."""
    for number in range(10):
        at = make.later(number)
        workspace.save(make.story(f"story {number}", at=at), deed="win.recorded", now=at)
    return workspace.folder / "2026.json"


def only(folder: Path) -> Finding:
    (finding,) = examine(folder)
    return finding


def texts(folder: Path) -> list[str]:
    with Workspace.open(folder) as workspace:
        return [story.text for story in workspace.find(Story)]


def test_nothing_is_found_when_all_is_sound(workspace: Workspace, book: Path, make: Make) -> None:
    workspace.save(make.person(), deed="person.added", now=make.now + timedelta(days=1))
    workspace.save(make.story(), deed="win.recorded", now=make.now + timedelta(days=1))
    workspace.drafts.put("win", "half")
    assert examine(workspace.folder) == []


def test_a_torn_book_is_brought_back_from_the_copy_and_what_is_left_of_it(workspace: Workspace, book: Path) -> None:
    data = book.read_bytes()
    torn = data[: data.index(b"story 8") - 200]
    book.write_bytes(torn)
    finding = only(workspace.folder)
    assert (finding.kind, finding.book, finding.path) == ("damaged", "2026", book)
    assert finding.copies[0].path.name == "2026.json.prev"
    assert (finding.copies[0].records, finding.copies[0].saved) == (9, 0)
    assert "With the copy from before the last save, 1 record is lost or altered" in finding.message
    assert "recover 2026" in finding.hint
    done = recover(workspace.folder, "2026", now=datetime.now().astimezone())
    assert (done.records, done.saved, done.loss) == (9, 0, Loss(1, 1, 1))
    assert done.aside is not None
    assert done.aside.read_bytes() == torn
    assert texts(workspace.folder) == [f"story {number}" for number in range(9)]
    assert examine(workspace.folder) == []


def test_newer_stories_that_can_still_be_read_are_saved(workspace: Workspace, book: Path, make: Make) -> None:
    old = book.with_name("2026.json.prev").read_bytes()
    for number in (10, 11):
        at = make.later(number)
        workspace.save(make.story(f"story {number}", at=at), deed="win.recorded", now=at)
    book.with_name("2026.json.prev").write_bytes(old)
    book.write_bytes(book.read_bytes().replace(b'"text":"story 10"', b'"text":"story 10'))
    copy = only(workspace.folder).copies[0]
    assert copy.cost == (
        "With the copy from before the last save, which gains 2 records from the damaged file, between 1 and 3 records "
        "are lost or altered."
    )
    done = recover(workspace.folder, "2026", now=make.later(20))
    assert (done.records, done.saved, done.loss) == (11, 2, Loss(1, 3))
    assert texts(workspace.folder) == [f"story {number}" for number in (*range(10), 11)]


def test_a_changed_record_is_saved_with_its_former_version(workspace: Workspace, book: Path, make: Make) -> None:
    story = workspace.find(Story)[0]
    workspace.save(change(story, version=2, text="better words"), deed="edited it", now=make.later(30))
    book.write_bytes(book.read_bytes()[:-20])
    done = recover(workspace.folder, "2026", now=make.later(40))
    assert (done.saved, done.loss) == (1, Loss(0, 0, 1))
    with Workspace.open(workspace.folder) as again:
        assert [version.record.text for version in again.versions(story.id)] == ["story 0", "better words"]


def flipped(data: bytes) -> bytes:
    place = data.index(b"story 4") + 6
    return data[:place] + bytes([data[place] ^ 8]) + data[place + 1 :]


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
    "half": lambda data: data[: len(data) // 2],
    "a hole": lambda data: data[:2000] + bytes(512) + data[2512:],
    "rubbish": lambda data: b"\xff\x00{" * 100,
    "another's year": lambda data: data.replace(b'"book":"2026"', b'"book":"2016"'),
    "a moment without its offset": lambda data: data.replace(
        b'"at":"2026-03-03T09:08:00+01:00"', b'"at":"2026-03-03T09:08:00"'
    ),
    "wrong value": lambda data: data.replace(b'"kind":"win","text":"story 3"', b'"kind":"wim","text":"story 3"'),
}


@pytest.mark.parametrize("how", BROKEN)
def test_every_kind_of_damage_is_found_and_costs_at_most_the_last_save(
    workspace: Workspace, book: Path, make: Make, how: str
) -> None:
    damaged = BROKEN[how](book.read_bytes())
    book.write_bytes(damaged)
    finding = only(workspace.folder)
    assert finding.kind == "damaged"
    assert book.read_bytes() == damaged
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert done.aside is not None
    assert done.aside.read_bytes() == damaged
    assert set(texts(workspace.folder)) >= {f"story {number}" for number in range(9)}
    assert examine(workspace.folder) == []


def test_a_flipped_bit_in_a_text_is_noticed_as_a_change_from_outside(workspace: Workspace, book: Path) -> None:
    book.write_bytes(flipped(book.read_bytes()))
    finding = only(workspace.folder)
    assert finding.kind == "edited"
    assert "2 records differ from the copy from before the last save" in finding.message
    copy = finding.copies[0].path
    done = recover(workspace.folder, "2026", now=datetime.now().astimezone(), copy=copy)
    assert done.source == copy
    assert texts(workspace.folder) == [f"story {number}" for number in range(9)]
    assert examine(workspace.folder) == []


def test_an_edit_by_hand_is_taken_over_when_asked(workspace: Workspace, book: Path, make: Make) -> None:
    content = json.loads(book.read_bytes())
    rows = content["records"]
    new = make.story("added by hand", at=make.later(100))
    rows["1"] = msgspec.to_builtins(new)
    del rows[next(iter(rows))]
    book.write_text(json.dumps(content, indent=4), encoding="utf-8")
    assert only(workspace.folder).kind == "edited"
    assert texts(workspace.folder) == [*(f"story {number}" for number in range(1, 10)), "added by hand"]
    done = recover(workspace.folder, "2026", now=make.later(200))
    assert (done.records, done.source) == (10, None)
    assert examine(workspace.folder) == []
    with Workspace.open(workspace.folder) as again:
        assert again.get(Story, new.id) == new
        again.save(change(new, version=2, starred=True), deed="starred it", now=make.later(201))


def test_the_edited_file_is_kept_when_the_next_save_takes_it_over(workspace: Workspace, book: Path, make: Make) -> None:
    previous = book.with_name("2026.json.prev").read_bytes()
    edited = book.read_bytes().replace(b"story 4", b"story four")
    book.write_bytes(edited)
    with Workspace.open(workspace.folder) as again:
        again.save(make.story("next"), deed="win.recorded", now=make.later(60))
    (kept,) = (workspace.folder / "backups" / "2026").iterdir()
    assert kept.name == "2026-03-03-edited.json"
    assert kept.read_bytes() == edited
    assert book.with_name("2026.json.prev").read_bytes() == previous
    assert examine(workspace.folder) == []


def test_an_edit_that_breaks_a_record_names_it_and_not_its_content(workspace: Workspace, book: Path) -> None:
    story = workspace.find(Story)[3]
    content = json.loads(book.read_bytes())
    for row in content["records"].values():
        if row["id"] == story.id:
            row["people"] = "maria and the secret"
    book.write_text(json.dumps(content), encoding="utf-8")
    finding = only(workspace.folder)
    assert finding.kind == "damaged"
    assert f"{story.ref} (`people` has a value that can't be)" in finding.message
    assert "secret" not in finding.message
    with Workspace.open(workspace.folder) as again, pytest.raises(BookDamaged, match=story.ref) as told:
        again.find(Story)
    assert "secret" not in str(told.value)


def test_two_records_with_one_id_are_not_welcome(workspace: Workspace, book: Path) -> None:
    content = json.loads(book.read_bytes())
    rows = content["records"]
    rows["7"] = dict(next(iter(rows.values())), text="a twin")
    book.write_text(json.dumps(content), encoding="utf-8")
    assert "another one has the same id" in only(workspace.folder).message


def test_a_missing_book_is_found_and_brought_back(workspace: Workspace, book: Path, make: Make) -> None:
    book.unlink()
    finding = only(workspace.folder)
    assert (finding.kind, finding.copies[0].records) == ("missing", 9)
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert (done.records, done.aside) == (9, None)
    assert len(texts(workspace.folder)) == 9


def test_a_missing_team_is_found_even_without_a_copy(workspace: Workspace, book: Path) -> None:
    (workspace.folder / "team.json").unlink()
    finding = only(workspace.folder)
    assert (finding.kind, finding.book) == ("missing", "team")


def test_without_any_copy_what_can_be_read_is_brought_back(workspace: Workspace, book: Path, make: Make) -> None:
    book.with_name("2026.json.prev").unlink()
    data = book.read_bytes()
    book.write_bytes(data[len(data) // 3 :])
    finding = only(workspace.folder)
    assert "no sound copy" in finding.message
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert done.source is None
    assert 0 < done.records < 10
    assert len(texts(workspace.folder)) == done.records


def test_when_nothing_of_the_team_can_be_brought_back_nothing_is_touched(
    workspace: Workspace, book: Path, make: Make
) -> None:
    team = workspace.folder / "team.json"
    team.with_name("team.json.prev").unlink(missing_ok=True)
    team.write_bytes(b"gone")
    with pytest.raises(BookDamaged, match="Nothing of team"):
        recover(workspace.folder, "team", now=make.later(60))
    assert team.read_bytes() == b"gone"


@pytest.mark.parametrize("left", [None, b"gone", bytes(3000)])
def test_a_year_of_which_nothing_is_left_can_be_given_up_and_begun_anew(
    workspace: Workspace, book: Path, make: Make, left: bytes | None
) -> None:
    book.with_name("2026.json.prev").unlink()
    book.unlink()
    if left is not None:
        book.write_bytes(left)
    finding = only(workspace.folder)
    assert (finding.kind, finding.loss) == ("missing" if left is None else "damaged", Loss(10, 10, 10))
    assert "10 records are lost or altered" in finding.message
    assert "`meetingtool check --recover 2026` accepts the loss" in finding.hint
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert (done.records, done.loss, done.aside is None) == (0, Loss(10, 10, 10), left is None)
    assert done.aside is None or done.aside.read_bytes() == left
    assert examine(workspace.folder) == []
    with Workspace.open(workspace.folder) as again:
        again.save(make.story("next", at=make.later(90)), deed="win.recorded", now=make.later(90))
    assert (texts(workspace.folder), examine(workspace.folder)) == (["next"], [])


def test_a_damaged_copy_is_found_while_the_book_is_sound(workspace: Workspace, book: Path) -> None:
    previous = book.with_name("2026.json.prev")
    previous.write_bytes(flipped(previous.read_bytes()))
    finding = only(workspace.folder)
    assert (finding.kind, finding.path) == ("copy damaged", previous)
    assert len(texts(workspace.folder)) == 10


def test_a_backup_that_could_not_be_made_does_not_stop_work_and_is_found(
    workspace: Workspace, book: Path, make: Make
) -> None:
    (workspace.folder / "backups").write_text("in the way", encoding="utf-8")
    tomorrow = make.now + timedelta(days=1)
    workspace.save(make.story("next day"), deed="win.recorded", now=tomorrow)
    assert [found.kind for found in examine(workspace.folder)] == ["misplaced", "no backup"]
    (workspace.folder / "backups").unlink()
    workspace.save(make.story("a minute later"), deed="win.recorded", now=tomorrow)
    assert examine(workspace.folder) == []
    assert (workspace.folder / "backups" / "2026" / "2026-03-04.json").exists()


def test_a_workspace_that_others_can_look_into_is_found(workspace: Workspace, book: Path) -> None:
    workspace.folder.chmod(0o755)
    kinds = [finding.kind for finding in examine(workspace.folder)]
    assert kinds == ([] if os.name == "nt" else ["not private"])


def test_a_program_that_is_running_sees_the_book_that_was_brought_back(
    workspace: Workspace, book: Path, make: Make
) -> None:
    person = make.person()
    workspace.save(person, deed="person.added", now=make.now)
    book.write_bytes(b"")
    with pytest.raises(BookDamaged):
        workspace.refresh()
    assert workspace.find(Person) == [person]
    recover(workspace.folder, "2026", now=make.later(60))
    assert workspace.refresh()
    assert len(workspace.find(Story)) == 9


def test_a_workspace_tells_at_a_glance_what_a_manager_should_hear(workspace: Workspace, book: Path, make: Make) -> None:
    with Workspace.open(workspace.folder) as again:
        assert again.notices() == []
        book.write_bytes(book.read_bytes().replace(b"story 4", b"story four"))
        (workspace.folder / "team (1).json").write_bytes((workspace.folder / "team.json").read_bytes())
        again.find(Story)
        assert [finding.kind for finding in again.notices()] == ["conflicted copy", "edited"]
        again.save(make.story("next"), deed="win.recorded", now=make.later(60))
        assert [finding.kind for finding in again.notices()] == ["conflicted copy"]


def test_a_version_that_can_not_be_is_noticed(workspace: Workspace, book: Path) -> None:
    content = json.loads(book.read_bytes())
    next(iter(content["records"].values()))["version"] = 10**12
    book.write_text(json.dumps(content), encoding="utf-8")
    assert "`version` has a value that can't be" in only(workspace.folder).message


def test_a_folder_without_a_workspace_can_not_be_examined(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(WorkspaceMissing):
            examine(folder)


@pytest.mark.parametrize("left", ["few rows", "no rows", "no table", "nothing"])
def test_a_book_without_most_of_its_records_is_damaged_and_not_taken_for_edited(
    workspace: Workspace, book: Path, make: Make, left: str
) -> None:
    content = json.loads(book.read_bytes())
    rows = content.pop("records")
    if left.endswith("rows"):
        content["records"] = dict(list(rows.items())[: 2 if left == "few rows" else 0])
    book.write_text("{}" if left == "nothing" else json.dumps(content), encoding="utf-8")
    finding = only(workspace.folder)
    assert finding.kind == "damaged"
    told = {"few rows": "it has only 2 of its 10 records", "nothing": "nothing is in it"}
    assert told.get(left, "it has none of its 10 records") in finding.message
    with Workspace.open(workspace.folder) as again, pytest.raises(BookDamaged):
        again.find(Story)
    assert recover(workspace.folder, "2026", now=make.later(60)).records >= 9
