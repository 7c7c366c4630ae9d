"""What is told of books that say nothing about themselves any more: gone, or back in an earlier state."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import BookDamaged, Workspace
from meetingtool.store.backups import backup
from meetingtool.store.conflicted import conflicted_copies
from meetingtool.store.examination import examine
from meetingtool.store.mending.finding import Finding
from meetingtool.store.mending.loss import Loss
from meetingtool.store.mending.recovery import recover
from meetingtool.store.mending.restoring import restore
from meetingtool.store.merging import merge

Make = Any


@pytest.fixture
def book(workspace: Workspace, make: Make) -> Path:
    """The book of 2026 with stories 0 to 4, each saved by itself, a minute apart."""
    for number in range(5):
        tell(workspace, make, number)
    return workspace.folder / "2026.json"


def tell(workspace: Workspace, make: Make, number: int) -> None:
    at = make.later(number)
    workspace.save(make.story(f"story {number}", at=at), deed="win.recorded", now=at)


def only(folder: Path) -> Finding:
    (finding,) = examine(folder)
    return finding


def texts(folder: Path) -> list[str]:
    with Workspace.open(folder) as workspace:
        return [story.text for story in workspace.find(Story)]


def go_back(book: Path) -> None:
    """Put the state before the last save in the place of the book."""
    shutil.copyfile(book.with_name(f"{book.name}.prev"), book)


def test_a_book_that_went_back_is_found_and_can_be_accepted(workspace: Workspace, book: Path, make: Make) -> None:
    go_back(book)
    finding = only(workspace.folder)
    assert (finding.kind, finding.loss) == ("set back", Loss(1, 1, 1))
    assert [each.kind for each in workspace.notices()] == ["set back"]
    assert recover(workspace.folder, "2026", now=make.later(60)).loss == Loss(1, 1, 1)
    assert examine(workspace.folder) == []
    assert len(texts(workspace.folder)) == 4


def test_what_a_zip_still_has_comes_back_into_a_book_that_went_back(
    workspace: Workspace, book: Path, make: Make
) -> None:
    (workspace.folder / "backups").mkdir(exist_ok=True)
    backup(workspace.folder, workspace.folder / "backups" / "all.zip", now=make.later(20))
    go_back(book)
    finding = only(workspace.folder)
    assert finding.loss == Loss(0, 0)
    assert "Nothing is lost with the zip all.zip." in finding.message
    recover(workspace.folder, "2026", now=make.later(60))
    assert (len(texts(workspace.folder)), examine(workspace.folder)) == (5, [])


def test_a_book_that_is_gone_comes_back_from_a_zip_and_what_that_lacks_is_told(
    workspace: Workspace, book: Path, make: Make
) -> None:
    (workspace.folder / "backups").mkdir(exist_ok=True)
    backup(workspace.folder, workspace.folder / "backups" / "all.zip", now=make.later(20))
    tell(workspace, make, 30)
    tell(workspace, make, 31)
    for path in (book, book.with_name("2026.json.prev")):
        path.unlink()
    finding = only(workspace.folder)
    assert (finding.kind, finding.loss) == ("missing", Loss(2, 2, 2))
    assert recover(workspace.folder, "2026", now=make.later(60)).records == 5
    assert examine(workspace.folder) == []


def test_a_book_that_went_back_and_was_saved_on_stays_told_until_it_is_accepted(
    workspace: Workspace, book: Path, make: Make
) -> None:
    tell(workspace, make, 10)
    go_back(book)
    tell(workspace, make, 11)
    tell(workspace, make, 12)
    finding = only(workspace.folder)
    assert (finding.kind, finding.loss) == ("set back", Loss(1, 1))
    assert "when it was saved on: 1 record is lost or altered" in finding.message
    assert recover(workspace.folder, "2026", now=make.later(60)).loss == Loss(1, 1)
    assert (examine(workspace.folder), len(texts(workspace.folder))) == ([], 7)


def test_a_folder_with_a_roll_or_backups_but_without_the_team_is_not_a_new_one(
    workspace: Workspace, make: Make
) -> None:
    for path in workspace.folder.glob("*.json*"):
        path.unlink()
    with pytest.raises(BookDamaged, match=r"team\.json is missing"):
        Workspace.open(workspace.folder, create=True)
    assert [(each.kind, each.book) for each in examine(workspace.folder)] == [("missing", "team")]


def test_a_restore_is_no_going_back(workspace: Workspace, book: Path, make: Make, tmp_path: Path) -> None:
    made = backup(workspace.folder, tmp_path / "all.zip", now=make.later(20))
    tell(workspace, make, 30)
    restore(workspace.folder, made.path, now=make.later(40))
    assert (len(texts(workspace.folder)), examine(workspace.folder)) == (5, [])
    tell(workspace, make, 50)
    assert examine(workspace.folder) == []


def test_the_book_of_another_year_lends_no_record(workspace: Workspace, book: Path, make: Make) -> None:
    old = make.in_year(2025)
    workspace.save(make.story("last year", at=old), deed="win.recorded", now=old)
    shutil.copyfile(workspace.folder / "2025.json", book)
    finding = only(workspace.folder)
    assert "2026.json contains the book of 2025" in finding.message
    assert finding.loss == Loss(1, 1, 1)
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert (done.records, done.saved) == (4, 0)
    assert texts(workspace.folder) == ["last year", *(f"story {number}" for number in range(4))]


def test_a_log_or_earlier_versions_deleted_by_hand_are_counted(workspace: Workspace, make: Make) -> None:
    person = make.person()
    workspace.save(person, deed="person.added", now=make.now)
    workspace.save(msgspec.structs.replace(person, version=2, role="desk"), deed="person.changed", now=make.later(1))
    team = workspace.folder / "team.json"
    content = json.loads(team.read_bytes())
    del content["former"], content["deeds"]
    team.write_text(json.dumps(content), encoding="utf-8")
    finding = only(workspace.folder)
    assert finding.loss == Loss(0, 0, 3)
    assert "no record is lost, but 3 log entries or earlier versions are lost" in finding.message
    assert len(workspace.find(Person)) == 1


@pytest.mark.parametrize("harm", ["cut", "flip"])
def test_a_damaged_zip_is_found_and_not_restored(workspace: Workspace, book: Path, make: Make, harm: str) -> None:
    (workspace.folder / "backups").mkdir(exist_ok=True)
    path = backup(workspace.folder, workspace.folder / "backups" / "all.zip", now=make.later(20)).path
    data = bytearray(path.read_bytes())
    if harm == "cut":
        del data[len(data) // 2 :]
    else:
        data[len(data) // 3] ^= 4
    path.write_bytes(data)
    finding = only(workspace.folder)
    assert finding.message == "backups/all.zip is cut short or damaged: it can't be unpacked whole."
    with pytest.raises(BookDamaged, match="cut short or damaged"):
        restore(workspace.folder, path, now=make.later(40))


def test_a_roll_that_is_damaged_or_away_is_told_until_the_next_save_begins_it_anew(
    workspace: Workspace, book: Path, make: Make
) -> None:
    (roll,) = workspace.folder.glob(".roll-*")
    whole = roll.read_bytes()
    for harmed in (whole[:-1], bytes(len(whole)), b""):
        roll.write_bytes(harmed)
        assert "is not noticed" in only(workspace.folder).message
        assert workspace.notices() == examine(workspace.folder), "the app says the same"
    roll.unlink()
    assert "is missing: a book that is missing" in only(workspace.folder).message
    assert workspace.notices() == examine(workspace.folder)
    book.write_bytes(book.read_bytes()[:-40])
    said = examine(workspace.folder)[0]
    assert said.loss is not None and not said.loss.by_roll
    assert "as far as the file tells, " in said.message
    recover(workspace.folder, "2026", now=make.later(60))
    with Workspace.open(workspace.folder) as again:
        tell(again, make, 9)
    go_back(book)
    assert [each.kind for each in examine(workspace.folder)] == ["set back"]


def test_a_book_that_went_back_beside_a_copy_that_did_not_is_told_until_they_are_merged(
    workspace: Workspace, book: Path, make: Make
) -> None:
    copy = book.with_name("2026 (conflicted copy 2026-03-04).json")
    shutil.copy(book, copy)
    assert "itself is in" not in only(workspace.folder).message
    go_back(book)
    finding = only(workspace.folder)
    assert (finding.kind, finding.path) == ("conflicted copy", copy)
    assert "2026.json itself is in an earlier state than when it was last saved; the copy is not." in finding.message
    assert "brings back what the book lacks" in finding.hint
    assert [each.message for each in workspace.notices()] == [finding.message]
    (found,) = conflicted_copies(workspace.folder)
    assert merge(workspace.folder, found, user="anna", now=make.later(70)).added == 1
    assert examine(workspace.folder) == []


def test_two_computers_with_a_roll_each_agree(workspace: Workspace, book: Path, make: Make) -> None:
    (mine,) = workspace.folder.glob(".roll-*")
    other = mine.with_name(".roll-00000001")
    shutil.copyfile(mine, other)
    tell(workspace, make, 9)
    assert examine(workspace.folder) == []
    mine.unlink()
    assert examine(workspace.folder) == [], "the other one is a roll, too"
    go_back(book)
    assert examine(workspace.folder) == [], "the other one knows of no later state"
