"""A year that is only looked at in passing: all of it is seen, nothing is kept, and single records are found again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.records.base import Record
from meetingtool.records.stories import Story
from meetingtool.store import BookDamaged, NewerVersion, Workspace, library, lines, shelf
from meetingtool.store.bookfile import write_tables
from meetingtool.store.keys import key_of
from meetingtool.store.shelf import Leaf
from meetingtool.store.storage import read_book_file

YEAR = 2019


@pytest.fixture
def told(workspace: Workspace, make: Any, now: datetime) -> list[Story]:
    """Forty stories of 2019, one of them in the bin."""
    stories = [make.story(f"story {number} " + "x" * 200, at=make.in_year(YEAR)) for number in range(40)]
    stories[3] = msgspec.structs.replace(stories[3], removed_at=now)
    workspace.save(*stories, deed="recorded", now=now)
    return stories


@pytest.fixture(autouse=True)
def small_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves of a few records."""
    monkeypatch.setattr(shelf, "LEAF", 1_500)


def all_of(leaves: list[Leaf]) -> list[Record]:
    return sorted((record for leaf in leaves for record in leaf.records), key=lambda record: record.id)


def test_every_record_of_a_year_comes_by_with_a_place_to_get_it_again(workspace: Workspace, told: list[Story]) -> None:
    with Workspace.open(workspace.folder) as again:
        leaves = list(again.passing(YEAR))
        assert len(leaves) > 5
        assert all_of(leaves) == told
        for leaf in leaves:
            for record in leaf.records:
                assert again.get(Story, record.id, year=YEAR, place=leaf.place) == record
        assert again.kept_years() == []


def test_a_place_that_is_no_longer_right_does_no_harm(
    workspace: Workspace, told: list[Story], make: Any, now: datetime
) -> None:
    with Workspace.open(workspace.folder) as again:
        places = {record.id: leaf.place for leaf in again.passing(YEAR) for record in leaf.records}
        changed = msgspec.structs.replace(told[0], version=2, text="shorter by far")
        workspace.save(changed, deed="edited", now=now)
        for story in (changed, *told[1:]):
            assert again.get(Story, story.id, year=YEAR, place=places[story.id]) == story
        assert again.get(Story, told[5].id, year=YEAR, place=10_000_000) == told[5]
        assert again.get(Story, told[5].id, year=2026, place=places[told[6].id]) == told[5]


def test_what_was_never_asked_for_comes_by_too(
    workspace: Workspace, told: list[Story], make: Any, now: datetime
) -> None:
    promise = make.promise(at=make.in_year(YEAR))
    workspace.save(promise, deed="recorded", now=now)
    with Workspace.open(workspace.folder) as again:
        assert len(again.find(Story)) == len(told) - 1
        assert promise in all_of(list(again.passing(YEAR)))


def test_a_year_in_memory_comes_by_as_it_is_there(workspace: Workspace, told: list[Story], now: datetime) -> None:
    assert all_of(list(workspace.passing(YEAR))) == told
    workspace.find(Story)
    assert all_of(list(workspace.passing(YEAR))) == told
    with workspace.batch("starred", now):
        starred = msgspec.structs.replace(told[0], version=2, starred=True)
        workspace.save(starred, deed="starred", now=now)
        assert starred in all_of(list(workspace.passing(YEAR)))


def test_rows_that_a_quick_look_holds_back_are_not_decoded(workspace: Workspace, told: list[Story]) -> None:
    with Workspace.open(workspace.folder) as again:
        leaves = again.passing(YEAR, lambda text: [row for row in text.split(lines.BETWEEN_ROWS) if b"story 1" in row])
        assert [record.id for record in all_of(list(leaves))] == [told[number].id for number in (1, *range(10, 20))]


def test_a_row_longer_than_a_leaf_is_a_leaf_by_itself(workspace: Workspace, make: Any, now: datetime) -> None:
    long, short = make.story("z" * 9_000, at=make.in_year(YEAR)), make.story("y", at=make.in_year(YEAR))
    workspace.save(long, short, deed="recorded", now=now)
    with Workspace.open(workspace.folder) as again:
        assert all_of(list(again.passing(YEAR))) == sorted([long, short], key=lambda story: story.id)


def test_a_damaged_year_and_one_with_unknown_parts_are_told_as_by_find(workspace: Workspace, told: list[Story]) -> None:
    path = workspace.folder / f"{YEAR}.json"
    sound = path.read_bytes()
    path.write_bytes(sound[:-9])
    with Workspace.open(workspace.folder) as again, pytest.raises(BookDamaged, match=r"2019\.json"):
        list(again.passing(YEAR))
    path.write_bytes(sound)
    sheet = read_book_file(path)
    key = key_of(told[7].id)
    line = sheet.tables["records"][key].replace(b'"kind":', b'"mood":"fine","kind":')
    tables = {**sheet.tables, "records": {**sheet.tables["records"], key: line}}
    path.write_bytes(write_tables(sheet.header, tables))
    with Workspace.open(workspace.folder) as again, pytest.raises(NewerVersion, match="one record"):
        list(again.passing(YEAR))


def test_earlier_years_that_nobody_asks_for_leave_the_memory(
    workspace: Workspace, told: list[Story], make: Any, now: datetime
) -> None:
    for year in (2024, 2025, 2026):
        workspace.save(make.story(at=make.in_year(year)), deed="recorded", now=now)
    with Workspace.open(workspace.folder) as again:
        everything = again.find(Story)
        assert again.kept_years() == [2019, 2024, 2025, 2026]
        for _ in range(library.LOOKS_KEPT + 1):
            again.find(Story, since=now.date(), until=now.date())
            again.get(Story, told[0].id, year=YEAR)
            again.refresh()
        assert again.kept_years() == [2019, 2025, 2026]
        for _ in range(library.LOOKS_KEPT + 1):
            again.refresh()
        assert again.kept_years() == [2025, 2026]
        assert again.find(Story) == everything


class Turned:
    """An envelope that turns all bytes round."""

    def wrap(self, pieces: list[bytes]) -> list[bytes]:
        return [b"".join(pieces)[::-1]]

    def unwrap(self, data: bytes) -> bytes:
        return data[::-1]


def test_a_wrapped_year_comes_by_too_and_is_not_unwrapped_for_each_record(
    folder: Path, make: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [make.story(f"story {number}", at=make.in_year(YEAR)) for number in range(40)]
    with Workspace.open(folder, create=True, user="anna", envelope=Turned()) as workspace:
        workspace.save(*told, deed="recorded", now=now)
    with Workspace.open(folder, envelope=Turned()) as again:
        leaves = list(again.passing(YEAR))
        assert all_of(leaves) == told
        monkeypatch.setattr(Turned, "unwrap", None)
        assert [again.get(Story, r.id, year=YEAR, place=leaf.place).id for leaf in leaves for r in leaf.records] == [
            record.id for leaf in leaves for record in leaf.records
        ]


def test_what_was_saved_since_is_told_by_record_or_by_book(
    workspace: Workspace, told: list[Story], make: Any, now: datetime
) -> None:
    known = workspace.generation
    nothing = workspace.changed_since(known)
    assert nothing is not None
    assert not (nothing.ids or nothing.books or nothing.others)
    story = make.story()
    workspace.save(story, deed="recorded", now=now)
    with Workspace.open(workspace.folder) as other:
        other.save(make.story(at=make.in_year(YEAR)), deed="recorded", now=now)
    assert workspace.refresh()
    changes = workspace.changed_since(known)
    assert changes is not None
    assert (changes.ids, changes.others, changes.books) == ({story.id}, {"2019"}, {"2019", "2026"})
    assert workspace.changed_since(known - 1_000) is None
