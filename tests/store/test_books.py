"""The books as files: their form, who may read them, what is read when, and what is done about odd ones."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tinydb

from meetingtool.errors import MeetingtoolError
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import BookDamaged, CannotWrite, NewerVersion, Workspace, WorkspaceMissing, WorkspaceUnusable

Make = Any
change = msgspec.structs.replace


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def is_private(path: Path) -> bool:
    """Whether only the owner may look in; Windows keeps that in the rights of the user's folder instead."""
    return os.name == "nt" or mode(path) == (0o700 if path.is_dir() else 0o600)


def test_stock_tinydb_reads_a_book(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story("held the door")
    workspace.save(story, make.promise(), deed="recorded", now=now)
    workspace.save(change(story, version=2, starred=True), deed="starred it", now=now)
    with tinydb.TinyDB(workspace.folder / "2026.json", access_mode="r", encoding="utf-8") as stock:
        assert stock.tables() == {"meetingtool", "records", "former", "deeds"}
        (kept,) = stock.table("records").search(tinydb.where("type") == "story")
        assert (kept["text"], kept["version"], kept["id"]) == ("held the door", 2, story.id)
        assert stock.table("former").all()[0]["record"]["id"] == story.id
        assert [deed["what"] for deed in stock.table("deeds").all()] == ["recorded", "starred it"]
        assert stock.table("meetingtool").get(doc_id=1)["schema"] == 2


def test_a_book_has_a_record_a_line(workspace: Workspace, make: Make, now: datetime) -> None:
    workspace.save(make.story("one\ntwo"), make.story("three"), deed="recorded", now=now)
    lines = (workspace.folder / "2026.json").read_text(encoding="utf-8").splitlines()
    assert sum('"type":"story"' in line for line in lines) == 2
    assert all(line.count('"type":') <= 1 for line in lines)


def test_only_the_owner_can_read(workspace: Workspace, make: Make, now: datetime) -> None:
    before = os.umask(0)
    try:
        for number in range(3):
            workspace.save(make.story(f"{number}"), deed="recorded", now=now)
        workspace.drafts.put("win", "half")
        with Workspace.open(workspace.folder.parent / "other", create=True) as other:
            assert is_private(other.folder)
    finally:
        os.umask(before)
    assert all(is_private(path) for path in (workspace.folder, *workspace.folder.rglob("*")))


def test_the_former_state_is_kept_beside_the_book(workspace: Workspace, make: Make, now: datetime) -> None:
    book, previous = workspace.folder / "2026.json", workspace.folder / "2026.json.prev"
    workspace.save(make.story("one"), deed="recorded", now=now)
    assert not previous.exists()
    first = book.read_bytes()
    workspace.save(make.story("two"), deed="recorded", now=now)
    assert previous.read_bytes() == first
    assert not [path.name for path in workspace.folder.iterdir() if ".new-" in path.name]


def test_opening_and_saving_read_no_other_year(workspace: Workspace, make: Make, now: datetime) -> None:
    workspace.save(make.story(at=make.in_year(2020)), deed="recorded", now=now)
    (workspace.folder / "2020.json").write_text("this is no book", encoding="utf-8")
    with Workspace.open(workspace.folder) as again:
        again.save(make.story(), deed="recorded", now=now)
        again.save(make.person(), deed="added", now=now)
        assert len(again.find(Story, since=now.date())) == 1
        assert len(again.find(Person)) == 1
        assert again.years() == [2020, 2026]
        with pytest.raises(BookDamaged):
            again.find(Story)


DAMAGE = {
    "empty": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
    "half": lambda data: data[: len(data) // 2],
    "not JSON": lambda data: b"<html>",
    "a list": lambda data: b"[1]",
    "other JSON": lambda data: b'{"records": {"1": 5}}',
    "a word for a value": lambda data: data.replace(b'"version"', b'"versiom"').replace(
        b'"kind":"win"', b'"kind":"won"'
    ),
    "a key twice": lambda data: data.replace(b'"deeds":', b'"records":'),
    "not Unicode": lambda data: data.replace(b"courier", b"\xff\xfe"),
    "the book of another year": lambda data: data.replace(b'"book":"2026"', b'"book":"2025"'),
    "deep": lambda data: b'{"a":' * 100_000,
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_book_is_named_and_never_overwritten(
    workspace: Workspace, make: Make, now: datetime, how: str
) -> None:
    workspace.save(make.story(), deed="recorded", now=now)
    book = workspace.folder / "2026.json"
    damaged = DAMAGE[how](book.read_bytes())
    book.write_bytes(damaged)
    with Workspace.open(workspace.folder) as again:
        for attempt in (lambda: again.find(Story), lambda: again.save(make.story(), deed="recorded", now=now)):
            with pytest.raises(BookDamaged, match=r"2026\.json") as told:
                attempt()
            assert told.value.hint
            assert "courier" not in str(told.value)
            assert told.value.path == book
        assert again.find(Person) == []
    assert book.read_bytes() == damaged


def test_a_book_that_vanished_is_not_begun_anew(workspace: Workspace, make: Make, now: datetime) -> None:
    for number in range(2):
        workspace.save(make.story(f"{number}"), deed="recorded", now=now)
    (workspace.folder / "2026.json").unlink()
    with Workspace.open(workspace.folder) as again, pytest.raises(BookDamaged, match="missing"):
        again.save(make.story(), deed="recorded", now=now)
    (workspace.folder / "team.json").unlink()
    for create in (False, True):
        with pytest.raises(BookDamaged, match=r"team\.json"):
            Workspace.open(workspace.folder, create=create)


def test_an_edit_by_hand_is_welcome(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story("held teh door")
    workspace.save(story, make.story("other"), deed="recorded", now=now)
    book = workspace.folder / "2026.json"
    content = json.loads(book.read_text(encoding="utf-8"))
    next(iter(content["records"].values()))["text"] = "held the door"
    book.write_text(json.dumps(content, indent=2), encoding="utf-8-sig")
    assert workspace.refresh()
    assert [story.text for story in workspace.find(Story)] == ["held the door", "other"]
    workspace.save(make.story("a third"), deed="recorded", now=now)
    with Workspace.open(workspace.folder) as again:
        assert [story.text for story in again.find(Story)] == ["held the door", "other", "a third"]


def test_a_book_of_a_newer_form_is_refused_politely(workspace: Workspace, make: Make, now: datetime) -> None:
    workspace.save(make.story(), deed="recorded", now=now)
    book = workspace.folder / "2026.json"
    newer = book.read_bytes().replace(b'"schema":2', b'"schema":3')
    book.write_bytes(newer)
    with Workspace.open(workspace.folder) as again:
        with pytest.raises(NewerVersion, match="newer"):
            again.find(Story)
        with pytest.raises(NewerVersion):
            again.save(make.story(), deed="recorded", now=now)
    assert book.read_bytes() == newer


def test_parts_that_this_version_does_not_know_are_refused_and_not_dropped(
    workspace: Workspace, make: Make, now: datetime
) -> None:
    known = make.story("known")
    workspace.save(known, make.story("unknown"), deed="recorded", now=now)
    book = workspace.folder / "2026.json"
    with tinydb_book(book) as records:
        records.update({"mood": "sunny"}, tinydb.where("text") == "unknown")
    with Workspace.open(workspace.folder) as again:
        assert again.get(Story, known.id) == known
        with pytest.raises(NewerVersion, match="one record"):
            again.find(Story)
        again.save(make.story("new"), deed="recorded", now=now)
    assert book.read_bytes().count(b'"mood":"sunny"') == 1


def tinydb_book(path: Path) -> Any:
    """The records of a book through TinyDB, saved with a checksum as a newer version would."""
    from contextlib import contextmanager

    from meetingtool.store.book import Database
    from meetingtool.store.storage import BookStorage

    @contextmanager
    def opened() -> Any:
        with Database(path, storage=BookStorage) as database:
            yield database.table("records")

    return opened()


def test_a_file_in_place_of_a_folder_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    for folder in (file, file / "inside"):
        for create in (False, True):
            with pytest.raises(MeetingtoolError) as told:
                Workspace.open(folder, create=create)
            assert isinstance(told.value, WorkspaceUnusable | WorkspaceMissing | CannotWrite)
    assert file.read_text(encoding="utf-8") == "x"


def test_a_folder_with_other_things_in_it_keeps_its_rights(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir(mode=0o755)
    (folder / "letter.txt").write_text("x", encoding="utf-8")
    before = mode(folder)
    with Workspace.open(folder, create=True):
        assert mode(folder) == before


def test_a_vanished_folder_is_said_so_and_work_goes_on_when_it_is_back(
    workspace: Workspace, make: Make, now: datetime
) -> None:
    workspace.save(make.story("one"), deed="recorded", now=now)
    away = workspace.folder.with_name("away")
    workspace.folder.rename(away)
    with pytest.raises(CannotWrite, match="gone"):
        workspace.save(make.story("two"), deed="recorded", now=now)
    with pytest.raises(WorkspaceMissing, match="gone"):
        workspace.refresh()
    assert not workspace.folder.exists()
    away.rename(workspace.folder)
    workspace.save(make.story("three"), deed="recorded", now=now)
    assert [story.text for story in workspace.find(Story)] == ["one", "three"]


def test_the_store_is_light_to_import() -> None:
    script = (
        "import sys; import meetingtool.store; print(*sorted({'asyncio', 'filelock', 'json.tool', 'email', 'http',"
        " 'zipfile', 'tempfile', 'click', 'textual', 'rich', 'hashlib', 'sqlite3', 'shutil'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_log_keeps_the_newest_deeds_only(workspace: Workspace, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetingtool.store.book.DEEDS_KEPT", 20)
    for number in range(24):
        workspace.save(make.story(f"{number}"), deed=f"deed {number}", now=make.later(number))
    deeds = workspace.deeds(limit=1000)
    assert [deed.what for deed in deeds] == [f"deed {number}" for number in range(23, 3, -1)]
    assert len(workspace.find(Story)) == 24


def test_years_that_are_only_looked_at_are_read_again_when_they_are_worked_with(
    workspace: Workspace, make: Make, now: datetime
) -> None:
    old = [make.story(f"old {number}", at=make.in_year(2019), people=(make.person().id,)) for number in range(3)]
    workspace.save(*old, deed="recorded", now=now)
    workspace.save(change(old[0], version=2, starred=True), deed="starred it", now=make.later())
    with Workspace.open(workspace.folder) as again:
        again.load_years()
        again.load_years()
        assert again.find(Story) == workspace.find(Story)
        assert again.by_ref(old[1].ref) == old[1]
        assert [version.record.version for version in again.versions(old[0].id)] == [1, 2]
        again.save(change(old[1], version=2, starred=True), deed="starred it", now=make.later(2))
        new = make.story("old too", at=make.in_year(2019))
        again.save(new, deed="recorded", now=make.later(3))
        assert again.by_ref(new.ref) == new
        assert len(again.find(Story)) == 4
        workspace.refresh()
        assert workspace.find(Story) == again.find(Story)


def test_reading_all_years_says_which_one_is_damaged(workspace: Workspace, make: Make, now: datetime) -> None:
    workspace.save(make.story(at=make.in_year(2019)), deed="recorded", now=now)
    book = workspace.folder / "2019.json"
    book.write_bytes(book.read_bytes()[:-3])
    with Workspace.open(workspace.folder) as again, pytest.raises(BookDamaged, match=r"2019\.json"):
        again.load_years()


def test_what_is_still_to_be_decoded_is_told_without_reading(workspace: Workspace, make: Make, now: datetime) -> None:
    for year in (2019, 2025, 2026):
        workspace.save(make.story(at=make.in_year(year)), deed="recorded", now=now)
    sizes = {year: (workspace.folder / f"{year}.json").stat().st_size for year in (2025, 2026)}
    with Workspace.open(workspace.folder) as again:
        assert again.size(make.in_year(2025).date(), undecoded=True) == sizes[2025] + sizes[2026]
        assert again.kept_years() == []
        again.find(Story, since=make.in_year(2026).date())
        assert again.size(make.in_year(2025).date(), undecoded=True) == sizes[2025]
        again.find(Story)
        assert again.size(make.in_year(2019).date(), undecoded=True) == 0
        assert again.size(make.in_year(2025).date()) == sizes[2025] + sizes[2026]
