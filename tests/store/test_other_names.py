"""Records that lie under other names, or in other forms, than those in which books are saved."""

from __future__ import annotations

import gzip
import json
import lzma
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.store.examination import examine
from meetingtool.store.mending.loss import Loss
from meetingtool.store.mending.recovery import recover

Make = Any
Form = Callable[[bytes], bytes]


def listed(data: bytes) -> bytes:
    """Only the records, as a list, with their fields in the order of the alphabet."""
    return json.dumps([*json.loads(data)["records"].values()], sort_keys=True).encode()


FORMS: dict[str, Form] = {
    "as it is": lambda data: data,
    "gzip": lambda data: gzip.compress(data),
    "half an xz": lambda data: lzma.compress(data)[:-9],
    "UTF-16 with no mark": lambda data: data.decode().encode("utf-16-be"),
    "UTF-32": lambda data: data.decode().encode("utf-32"),
    "with a mark": lambda data: b"\xef\xbb\xbf" + data,
    "a list": listed,
}

PLACES = [
    "2026.JSON",
    "2026.json.bak",
    "team.json.prev",
    "2025.json.prev",
    "damaged/2026 2026-03-03 1900.json",
    "backups/2025/2026-03-03.json",
    "mine.txt",
]


@pytest.fixture
def book(workspace: Workspace, make: Make) -> Path:
    """The book of 2026 with three stories and no copy beside it, and a team's book."""
    workspace.save(make.person(), deed="person.added", now=make.now)
    for number in range(3):
        workspace.save(make.story(f"story {number}"), deed="win.recorded", now=make.later(number))
    path = workspace.folder / "2026.json"
    path.with_name("2026.json.prev").unlink()
    return path


def put(book: Path, place: str, form: Form) -> Path:
    """Move the book to another place, in another form."""
    target = book.parent / place
    target.parent.mkdir(parents=True, exist_ok=True)
    data = form(book.read_bytes())
    book.unlink()
    target.write_bytes(data)
    return target


def texts(folder: Path) -> list[str]:
    with Workspace.open(folder) as workspace:
        return sorted(story.text for story in workspace.find(Story))


@pytest.mark.parametrize(
    ("place", "form"), [*((place, "as it is") for place in PLACES), *((PLACES[1], form) for form in FORMS)]
)
def test_a_book_is_brought_back_from_whatever_holds_its_records(
    workspace: Workspace, book: Path, make: Make, place: str, form: str
) -> None:
    other = put(book, place, FORMS[form])
    (finding,) = (each for each in examine(workspace.folder) if each.book == "2026")
    assert (finding.kind, finding.copies[0].path) == ("missing", other)
    assert finding.copies[0].loss.most == 0
    done = recover(workspace.folder, "2026", now=make.later(9))
    assert (done.records, done.loss.most, done.source) == (3, 0, other)
    if "2025" in place:  # of which nothing is left
        recover(workspace.folder, "2025", now=make.later(9))
    assert texts(workspace.folder) == ["story 0", "story 1", "story 2"]
    assert not [each for each in examine(workspace.folder) if each.kind != "copy damaged"]


@pytest.mark.parametrize("form", [each for each in FORMS if each != "as it is"])
def test_a_book_in_another_form_in_its_own_place_loses_no_record(
    workspace: Workspace, book: Path, make: Make, form: str
) -> None:
    put(book, book.name, FORMS[form])
    (finding,) = examine(workspace.folder)
    assert finding.kind in ("damaged", "edited")
    recover(workspace.folder, "2026", now=make.later(9))
    assert texts(workspace.folder) == ["story 0", "story 1", "story 2"]
    assert examine(workspace.folder) == []


def test_a_book_under_another_name_is_found_without_the_roll(workspace: Workspace, book: Path, make: Make) -> None:
    other = put(book, "2026.json.bak", FORMS["gzip"])
    for roll in workspace.folder.glob(".roll-*"):
        roll.unlink()
    (finding,) = (each for each in examine(workspace.folder) if each.book == "2026")
    assert (finding.kind, finding.copies[0].path) == ("missing", other)
    assert finding.loss == Loss(0, None, 0)


def test_a_file_of_another_workspace_is_no_copy(workspace: Workspace, book: Path, make: Make, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "other", create=True) as other:
        other.save(make.story("elsewhere"), deed="win.recorded", now=make.later(99))
    shutil.copy(tmp_path / "other" / "2026.json", workspace.folder / "old.json.bak")
    assert examine(workspace.folder) == []
    data = book.read_bytes()
    book.write_bytes(data[: data.index(b"story 2")])
    (finding,) = examine(workspace.folder)
    assert (finding.kind, finding.copies) == ("damaged", ())
    assert recover(workspace.folder, "2026", now=make.later(9)).records == 2
    assert texts(workspace.folder) == ["story 0", "story 1"]
