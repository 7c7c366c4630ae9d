"""What is worked out from a book holds while the book stays as it was, and can be done without at any time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from meetingtool.store import CannotWrite, Workspace
from meetingtool.store.commit import DISK, Disk
from meetingtool.store.derived import clear_derived
from meetingtool.store.retention import archive_year, purge
from meetingtool.store.storage import Signature

Make = Any


@pytest.fixture
def kept(workspace: Workspace, make: Make) -> Signature:
    """Something worked out from the book of 2026, kept; the book's signature."""
    workspace.save(make.story(), deed="recorded", now=make.now)
    signature = workspace.signature(2026)
    assert signature is not None
    assert workspace.derived.put("2026", signature, b"worked out")
    return signature


def test_it_is_there_while_the_book_is_the_same(workspace: Workspace, make: Make, kept: Signature) -> None:
    assert workspace.derived.get("2026", kept) == b"worked out"
    assert workspace.is_at(2026, kept)
    workspace.save(make.story("another"), deed="recorded", now=make.later())
    after = workspace.signature(2026)
    assert after is not None
    assert workspace.derived.get("2026", after) is None
    assert not workspace.is_at(2026, kept)
    assert workspace.is_at(2026, after)


def test_a_book_is_told_from_a_damaged_one_without_being_kept_in_memory(
    workspace: Workspace, folder: Path, kept: Signature
) -> None:
    with Workspace.open(folder) as again:
        assert again.is_at(2026, kept)
        assert again.kept_years() == []
    book = folder / "2026.json"
    text = book.read_bytes()
    book.write_bytes(text.replace(b"courier", b"carrier"))
    with Workspace.open(folder) as again:
        signature = again.signature(2026)
        assert signature is not None
        assert not again.is_at(2026, signature)


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data.replace(b"out", b"Out"), lambda _: b""])
def test_a_damaged_file_is_as_good_as_none(workspace: Workspace, folder: Path, kept: Signature, damage: Any) -> None:
    [path] = (folder / "index").iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert workspace.derived.get("2026", kept) is None
    assert workspace.derived.get("2025", kept) is None


def test_where_it_can_not_be_kept_it_is_not(workspace: Workspace, folder: Path, make: Make) -> None:
    (folder / "index").write_text("in the way", encoding="utf-8")
    assert not workspace.derived.put("2026", (1, 2, 3), b"worked out")
    assert workspace.derived.get("2026", (1, 2, 3)) is None


def test_only_the_owner_can_read_it_and_what_a_killed_program_left_goes(
    workspace: Workspace, folder: Path, kept: Signature
) -> None:
    left = folder / "index" / ".2026.bin.new-1"
    left.write_bytes(b"half of it")
    with Workspace.open(folder) as another:
        assert another.keep_derived(2026, kept, b"anew")
    assert not left.exists()
    [path] = (folder / "index").iterdir()
    assert path.stat().st_mode & 0o077 == 0


def test_words_that_are_to_be_gone_are_gone_from_it(
    workspace: Workspace, folder: Path, make: Make, tmp_path: Path, kept: Signature
) -> None:
    story = workspace.find(type(make.story()))[0]
    purge(folder, [story.id], dry_run=True)
    assert workspace.derived.get("2026", kept) == b"worked out"
    purge(folder, [story.id])
    assert list((folder / "index").iterdir()) == []
    signature = workspace.signature(2026)
    assert signature is not None
    assert workspace.derived.put("2026", signature, b"worked out again")
    archive_year(folder, 2026, tmp_path / "2026.zip", now=make.now, dry_run=True)
    assert len(list((folder / "index").iterdir())) == 1
    archive_year(folder, 2026, tmp_path / "2026.zip", now=make.now)
    assert list((folder / "index").iterdir()) == []
    clear_derived(tmp_path, DISK)


class InUse(Disk):
    """A disk on which what was worked out can't be deleted."""

    def remove(self, path: Path) -> None:
        if path.suffix == ".bin":
            raise PermissionError(13, "used by another process")
        super().remove(path)


@pytest.mark.usefixtures("kept")
def test_a_year_stays_where_what_was_worked_out_of_it_can_not_go(
    workspace: Workspace, folder: Path, make: Make, tmp_path: Path
) -> None:
    with pytest.raises(CannotWrite):
        archive_year(folder, 2026, tmp_path / "2026.zip", now=make.now, files=InUse())
    assert (folder / "2026.json").exists()
    archive_year(folder, 2026, tmp_path / "2026.zip", now=make.now, force=True)
    assert not (folder / "2026.json").exists()
    assert list((folder / "index").iterdir()) == []


@pytest.mark.usefixtures("kept")
def test_no_record_is_forgotten_by_half(workspace: Workspace, folder: Path, make: Make) -> None:
    before = (folder / "2026.json").read_bytes()
    with pytest.raises(CannotWrite):
        purge(folder, [workspace.find(type(make.story()))[0].id], files=InUse())
    assert (folder / "2026.json").read_bytes() == before
