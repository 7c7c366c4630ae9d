"""Names of a workspace's files and folders that stand for something else: links, folders, pipes."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from meetingtool.records.stories import Story
from meetingtool.store import CannotWrite, Workspace, WorkspaceUnusable
from meetingtool.store.backups import backup
from meetingtool.store.examination import examine

Make = Any


def behind(folder: Path, name: str, outside: Path) -> dict[str, bytes]:
    """Move what has the name out of the folder, and put a link to it in its place; what lies there."""
    outside.mkdir()
    if not folder.joinpath(name).exists():
        folder.joinpath(name).mkdir()
    folder.joinpath(name).rename(outside / name)
    folder.joinpath(name).symlink_to(outside / name)
    return contents(outside)


def contents(outside: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in outside.rglob("*") if path.is_file()}


def found(folder: Path) -> list[tuple[str, str]]:
    return [(each.kind, each.path.name) for each in examine(folder)]


@pytest.fixture
def two_days(workspace: Workspace, make: Make) -> Workspace:
    """A workspace with a book, its copy and a backup of the day before, and something half-typed."""
    for day in range(2):
        at = make.now + timedelta(days=day)
        workspace.save(make.story(f"day {day}", at=at), deed="win.recorded", now=at)
    workspace.drafts.put("win", "half")
    return workspace


@pytest.mark.parametrize("name", ["2026.json", "team.json"])
def test_a_book_that_is_a_link_is_not_read_and_named(
    two_days: Workspace, make: Make, tmp_path: Path, name: str
) -> None:
    folder = two_days.folder
    there = behind(folder, name, tmp_path / "outside")
    with Workspace.open(folder) as opened:
        with pytest.raises(WorkspaceUnusable, match="is a link"):
            opened.find(Story) if name != "team.json" else opened.load_years()
            opened.deeds()
        with pytest.raises((WorkspaceUnusable, CannotWrite), match="is a link"):
            record = make.person() if name == "team.json" else make.story("more")
            opened.save(record, deed="win.recorded", now=make.now)
    with pytest.raises(WorkspaceUnusable, match="is a link"):
        backup(folder, tmp_path / "all.zip", now=make.now)
    assert found(folder) == [("misplaced", name)]
    (finding,) = examine(folder)
    is_year = name != "team.json"
    assert [copy.path.name for copy in finding.copies][:1] == (["2026.json.prev"] if is_year else [])
    assert ("With the copy from before the last save" if is_year else "There is no copy of the book") in finding.message
    assert contents(tmp_path / "outside") == there
    assert folder.joinpath(name).is_symlink()


@pytest.mark.parametrize("name", ["backups", "drafts", "index", "damaged"])
def test_nothing_is_written_into_a_folder_that_is_a_link(
    two_days: Workspace, make: Make, tmp_path: Path, name: str
) -> None:
    folder = two_days.folder
    there = behind(folder, name, tmp_path / "outside")
    later = make.now + timedelta(days=9)
    two_days.save(make.story("later", at=later), deed="win.recorded", now=later)
    two_days.keep_derived(2026, two_days.signature(2026) or (0, 0, 0), b"worked out")
    if name == "drafts":
        with pytest.raises(CannotWrite, match=r"drafts: it is a link.*Replace it by the file or folder"):
            two_days.drafts.put("win", "more")
        assert two_days.drafts.get("win") == "more"  # in memory, for as long as the app is open
        two_days.drafts.clear("win")
    assert contents(tmp_path / "outside") == there
    assert ("misplaced", name) in found(folder)
    assert ("misplaced", name) in [(each.kind, each.path.name) for each in two_days.notices()]
    assert two_days.find(Story)[-1].text == "later"


@pytest.mark.parametrize("make_it", [Path.mkdir, os.mkfifo])
def test_a_book_that_is_no_file_is_named(two_days: Workspace, make_it: Any) -> None:
    make_it(two_days.folder / "2024.json")
    with Workspace.open(two_days.folder) as opened, pytest.raises(WorkspaceUnusable, match=r"2024\.json can't be read"):
        opened.load_years()
    assert found(two_days.folder) == [("misplaced", "2024.json")]
