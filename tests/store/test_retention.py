"""Letting go: of former texts, and of whole years."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.errors import NotFound, Refused
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import BookDamaged, Workspace
from meetingtool.store.examination import examine
from meetingtool.store.retention import archive_year, purge

Make = Any
change = msgspec.structs.replace


@pytest.fixture
def left(workspace: Workspace, make: Make) -> Person:
    """A person who was added, changed on three days, and made anonymous."""
    person: Person = make.person("karim", name="Karim Haddad")
    other = make.person("zoe")
    workspace.save(person, other, deed="added", now=make.now)
    for day in (1, 2):
        person = change(person, version=person.version + 1, role=f"role {day}")
        workspace.save(person, deed="edited", now=make.now + timedelta(days=day))
    person = change(person, version=4, handle="left-1", name="Someone who left", role="")
    workspace.save(person, deed="made anonymous", now=make.now + timedelta(days=3))
    workspace.save(change(other, version=2, role="lead"), deed="edited", now=make.now + timedelta(days=3))
    return person


def holding(folder: Path, text: bytes) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and text in path.read_bytes())


def test_a_purge_takes_former_texts_out_of_the_book_and_every_copy(
    workspace: Workspace, make: Make, left: Person
) -> None:
    assert holding(workspace.folder, b"Karim") == [
        "2026-03-03.json",
        "2026-03-04.json",
        "2026-03-05.json",
        "team.json",
        "team.json.prev",
    ]
    tried = purge(workspace.folder, [left.id], dry_run=True)
    assert len(holding(workspace.folder, b"Karim")) == 5
    done = purge(workspace.folder, [left.id])
    assert done == tried
    assert (done.former, len(done.copies), done.out_of_reach) == (3, 4, ())
    assert holding(workspace.folder, b"Karim") == []
    assert holding(workspace.folder, b"Zoe") == [
        "2026-03-03.json",
        "2026-03-04.json",
        "2026-03-05.json",
        "team.json",
        "team.json.prev",
    ]
    workspace.refresh()
    assert [version.record for version in workspace.versions(left.id)] == [left]
    assert examine(workspace.folder) == []
    workspace.save(change(left, version=5, role="x"), deed="edited", now=make.now + timedelta(days=4))


def test_a_purge_names_what_it_can_not_reach(workspace: Workspace, make: Make, left: Person) -> None:
    torn = workspace.folder / "backups" / "team" / "2026-03-04.json"
    torn.write_bytes(torn.read_bytes()[:-100])
    aside = workspace.folder / "damaged"
    aside.mkdir()
    (aside / "team 2026-01-01 0900.json").write_bytes(b"Karim")
    done = purge(workspace.folder, [left.id])
    assert {path.name for path in done.out_of_reach} == {"team 2026-01-01 0900.json", "2026-03-04.json"}


def test_a_year_goes_to_one_readable_zip_and_off_the_workspace(
    workspace: Workspace, make: Make, tmp_path: Path
) -> None:
    old = [make.story(f"old {number}", at=make.in_year(2019)) for number in range(3)]
    workspace.save(*old, make.promise(at=make.in_year(2019)), deed="recorded", now=make.now)
    workspace.save(change(old[0], version=2, starred=True), deed="starred", now=make.now + timedelta(days=1))
    workspace.save(make.story("new"), deed="recorded", now=make.now)
    workspace.save(make.person(), deed="added", now=make.now)
    target = tmp_path / "2019.zip"
    tried = archive_year(workspace.folder, 2019, target, now=make.now, dry_run=True)
    assert not target.exists()
    assert tried.kinds == {"story": 3, "follow-up": 1}
    assert workspace.years() == [2019, 2026]
    done = archive_year(workspace.folder, 2019, target, now=make.now, also={"stories.csv": b"when,what\r\n"})
    assert done == tried
    assert [path.name for path in done.removed] == ["2026-03-03.json", "2019.json.prev", "2019.json"]
    with zipfile.ZipFile(target) as packed:
        assert sorted(packed.namelist()) == ["2019.json", "stories.csv", "team.json"]
        year = json.loads(packed.read("2019.json"))
        assert {row["type"] for row in year["records"].values()} == {"story", "follow-up"}
    workspace.refresh()
    assert workspace.years() == [2026]
    assert [story.text for story in workspace.find(Story)] == ["new"]
    assert holding(workspace.folder, b"old 1") == []
    assert examine(workspace.folder) == []


def test_an_archive_refuses_what_would_lose_something(workspace: Workspace, make: Make, tmp_path: Path) -> None:
    workspace.save(make.story(), deed="recorded", now=make.now)
    target = tmp_path / "2026.zip"
    target.write_bytes(b"mine")
    with pytest.raises(Refused, match="exists"):
        archive_year(workspace.folder, 2026, target, now=make.now)
    with pytest.raises(NotFound):
        archive_year(workspace.folder, 2020, tmp_path / "2020.zip", now=make.now)
    book = workspace.folder / "2026.json"
    book.write_bytes(book.read_bytes()[:-5])
    with pytest.raises(BookDamaged):
        archive_year(workspace.folder, 2026, tmp_path / "other.zip", now=make.now)
    assert target.read_bytes() == b"mine"
    assert book.exists()


@pytest.mark.parametrize("left", ["both", "answers gone", "all gone"])
def test_an_archive_that_was_ended_halfway_is_finished_by_the_same_command_and_keeps_its_zip(
    workspace: Workspace, make: Make, tmp_path: Path, left: str
) -> None:
    at = make.in_year(2019)
    workspace.save(make.story("old", at=at), deed="recorded", now=make.now)
    shutil.copy(workspace.folder / "2019.json", tmp_path / "2019.json")
    names = workspace.folder / "names-2019.json"
    names.write_bytes((workspace.folder / "2019.json").read_bytes().replace(b'"book":"2019"', b'"book":"names-2019"'))
    target = tmp_path / "2019.zip"
    here = names.read_bytes()
    archive_year(workspace.folder, 2019, target, now=make.now)
    packed = target.read_bytes()
    if left == "all gone":
        with pytest.raises(Refused, match="taken out of the workspace already"):
            archive_year(workspace.folder, 2019, target, now=make.now, force=True)
    else:
        shutil.copy(tmp_path / "2019.json", workspace.folder / "2019.json")
        if left == "both":
            names.write_bytes(here)
        archive_year(workspace.folder, 2019, target, now=make.now)
        assert not workspace.folder.joinpath("2019.json").exists()
    assert target.read_bytes() == packed
    assert not names.exists()


def test_an_archive_never_replaces_a_zip_that_has_more_of_the_year(
    workspace: Workspace, make: Make, tmp_path: Path
) -> None:
    workspace.save(make.story("old", at=make.in_year(2019)), deed="recorded", now=make.now)
    target = tmp_path / "2019.zip"
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("2019.json", b"{}")
        packed.writestr("surveys-2019.json", b"{}")
    with pytest.raises(Refused, match="not here any more"):
        archive_year(workspace.folder, 2019, target, now=make.now, force=True)
    assert workspace.folder.joinpath("2019.json").exists()
