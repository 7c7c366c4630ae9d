"""Backups that make themselves, backups that are asked for, and the way back."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.errors import Refused
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import BookDamaged, NewerVersion, Workspace, WorkspaceMissing
from meetingtool.store.backups import backup, books_of, own_backups
from meetingtool.store.daily import days_worth_keeping
from meetingtool.store.envelope import PLAIN
from meetingtool.store.examination import examine
from meetingtool.store.mending.restoring import compare, restore
from meetingtool.store.mending.state import State, files_in_zip
from meetingtool.store.searching import may_tell

Make = Any
change = msgspec.structs.replace


def names(folder: Path, book: str) -> list[str]:
    return sorted(path.name for path in (folder / "backups" / book).glob("*"))


def test_a_zip_that_would_fill_the_memory_is_refused_unread(workspace: Workspace, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("2026.json", b"{" * 20_000_000)
    with pytest.raises(Refused, match="too large to be a backup"):
        books_of(bomb, PLAIN)
    assert State.of(bomb, PLAIN, "2026").problem == "can't be unpacked"
    assert files_in_zip(bomb) == {}
    assert may_tell(bomb, tmp_path, PLAIN, lambda words: False)


def test_a_book_is_copied_before_its_first_change_of_a_day(workspace: Workspace, make: Make, now: datetime) -> None:
    book = workspace.folder / "2026.json"
    for minute in (0, 1):
        workspace.save(make.story(f"{minute}"), deed="recorded", now=make.later(minute))
    assert not (workspace.folder / "backups").exists()
    evening = book.read_bytes()
    workspace.save(make.story("next week"), deed="recorded", now=now + timedelta(days=7))
    workspace.save(make.story("a minute later"), deed="recorded", now=now + timedelta(days=7, minutes=1))
    assert names(workspace.folder, "2026") == ["2026-03-03.json"]
    assert (workspace.folder / "backups/2026/2026-03-03.json").read_bytes() == evening
    assert (workspace.folder / "backups/2026/2026-03-03.json").stat().st_ino != book.stat().st_ino
    workspace.save(make.person(), deed="added", now=now + timedelta(days=7))
    assert not (workspace.folder / "backups" / "team").exists()


def test_two_programs_make_one_backup_a_day(workspace: Workspace, make: Make, now: datetime) -> None:
    workspace.save(make.story("one"), deed="recorded", now=now)
    with Workspace.open(workspace.folder) as other:
        for number, writer in enumerate((workspace, other, workspace)):
            writer.save(make.story(f"{number}"), deed="recorded", now=now + timedelta(days=1, minutes=number))
    assert names(workspace.folder, "2026") == ["2026-03-03.json"]


def test_a_backup_never_waits_for_a_day_that_a_wrong_clock_told(
    workspace: Workspace, make: Make, now: datetime
) -> None:
    days = [0, 400, 1, 2, 3, 2, 3, 2, 3]
    for day in days:
        at = now + timedelta(days=day)
        workspace.save(make.story(f"{day}", at=now), deed="recorded", now=at)
    made = names(workspace.folder, "2026")
    assert made == ["2026-03-03.json", "2026-03-04.json", "2026-03-05.json", "2027-04-07.json"]
    assert examine(workspace.folder) == []


def test_backups_are_thinned_as_the_years_go_by(workspace: Workspace, make: Make) -> None:
    day = datetime(2026, 1, 6, 9, tzinfo=UTC)
    story = make.story(at=day)
    workspace.save(story, deed="recorded", now=day)
    while day < datetime(2028, 2, 28, tzinfo=UTC):
        day += timedelta(days=7)
        story = change(story, version=story.version + 1)
        workspace.save(story, deed="edited", now=day)
    kept = [name[:10] for name in names(workspace.folder, "2026")]
    yearly, monthly, daily = kept[:1], kept[1:9], kept[9:]
    assert yearly == ["2026-12-29"]
    assert [day[:7] for day in monthly] == [f"2027-{month:02}" for month in range(3, 11)]
    assert daily == [(date(2028, 2, 22) - timedelta(days=7 * back)).isoformat() for back in range(13, -1, -1)]


DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(st.sets(DAYS, max_size=60), DAYS)
def test_thinning_keeps_the_newest_and_one_of_every_year(days: set[date], today: date) -> None:
    kept = set(days_worth_keeping(days, today))
    assert kept <= days
    assert {max(day for day in days if day.year == year) for year in {day.year for day in days}} <= kept
    recent = sorted(day for day in days if timedelta(0) <= today - day <= timedelta(days=100))
    assert set(recent[-14:]) <= kept or any(day > today for day in days)
    assert set(days_worth_keeping(kept, today)) == kept


def test_a_book_that_nobody_changes_any_more_is_thinned_too(workspace: Workspace, make: Make) -> None:
    start = datetime(2020, 12, 1, 9, tzinfo=UTC)
    for day in range(20):
        now = start + timedelta(days=day)
        workspace.save(make.story(f"{day}", at=now), deed="recorded", now=now)
    assert len(names(workspace.folder, "2020")) == 14
    for years in (2, 3):
        now = start + timedelta(days=366 * years)
        workspace.save(make.story("later", at=start.replace(year=2022)), deed="recorded", now=now)
    assert names(workspace.folder, "2020") == ["2020-12-19.json"]


def full(workspace: Workspace, make: Make) -> tuple[Story, Person]:
    story, person = make.story("one"), make.person()
    workspace.save(person, deed="added", now=make.now)
    workspace.save(story, deed="recorded", now=make.now)
    workspace.save(make.story("old", at=make.in_year(2019)), deed="recorded", now=make.now)
    workspace.drafts.put("win", "half-typed")
    return story, person


def test_a_backup_holds_every_book_and_restores_into_a_new_folder(
    workspace: Workspace, make: Make, tmp_path: Path
) -> None:
    story, person = full(workspace, make)
    made = backup(workspace.folder, tmp_path / "all.zip", now=make.now)
    assert (made.books, made.records) == (3, 3)
    with zipfile.ZipFile(made.path) as packed:
        assert sorted(packed.namelist()) == ["2019.json", "2026.json", "drafts/win.draft", "team.json"]
    done = restore(tmp_path / "elsewhere", made.path, now=make.now)
    assert (done.books, done.kept) == (("team", "2019", "2026"), ())
    with Workspace.open(tmp_path / "elsewhere") as there:
        assert there.find(Story)[1] == story
        assert there.find(Person) == [person]
        assert examine(there.folder) == []


def test_a_backup_is_not_written_over_another_file(workspace: Workspace, make: Make, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="exists"):
        backup(workspace.folder, target, now=make.now)
    assert target.read_text(encoding="utf-8") == "mine"
    backup(workspace.folder, target, now=make.now, force=True)
    assert zipfile.is_zipfile(target)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".all.zip")]


def test_no_backup_of_what_is_damaged_or_no_workspace(workspace: Workspace, make: Make, tmp_path: Path) -> None:
    full(workspace, make)
    (workspace.folder / "2019.json").write_bytes(b"{")
    with pytest.raises(BookDamaged, match=r"2019\.json"):
        backup(workspace.folder, tmp_path / "all.zip", now=make.now)
    with pytest.raises(WorkspaceMissing):
        backup(tmp_path, tmp_path / "all.zip", now=make.now)
    assert not (tmp_path / "all.zip").exists()


def test_a_restore_can_be_looked_at_first_and_keeps_what_it_replaces(
    workspace: Workspace, make: Make, tmp_path: Path
) -> None:
    story, _ = full(workspace, make)
    made = backup(workspace.folder, tmp_path / "all.zip", now=make.now)
    workspace.save(make.story("two"), make.story("three"), deed="recorded", now=make.later())
    workspace.save(change(story, version=2, text="one, better"), deed="edited", now=make.later())
    differences = {one.book: one for one in compare(workspace.folder, made.path)}
    assert {name for name, one in differences.items() if one.is_none} == {"team", "2019"}
    one = differences["2026"]
    assert (one.only_here, one.only_there, one.later_here, one.later_there, one.unlike) == (2, 0, 1, 0, 0)
    assert (one.here, one.there) == (make.later(), make.now)
    before = (workspace.folder / "2026.json").read_bytes()
    done = restore(workspace.folder, made.path, now=make.later(2), books=["2026"])
    assert [path.name for path in done.kept] == ["2026-03-03-replaced.json"]
    assert done.kept[0].read_bytes() == before
    assert workspace.refresh()
    assert [story.text for story in workspace.find(Story)] == ["old", "one"]
    back = restore(workspace.folder, done.kept[0], now=make.later(3))
    assert back.books == ("2026",)
    workspace.refresh()
    assert len(workspace.find(Story)) == 4
    assert examine(workspace.folder) == []


def test_a_restore_mends_a_damaged_book(workspace: Workspace, make: Make, tmp_path: Path) -> None:
    full(workspace, make)
    made = backup(workspace.folder, tmp_path / "all.zip", now=make.now)
    (workspace.folder / "2026.json").write_bytes(b"torn")
    (difference,) = [one for one in compare(workspace.folder, made.path) if one.book == "2026"]
    assert not difference.readable
    assert not difference.is_none
    (aside,) = restore(workspace.folder, made.path, now=make.now, books=["2026"]).aside
    assert aside.read_bytes() == b"torn"
    assert len(workspace.find(Story)) == 2


def test_nothing_is_restored_from_a_backup_that_is_not_sound(workspace: Workspace, make: Make, tmp_path: Path) -> None:
    full(workspace, make)
    before = (workspace.folder / "2026.json").read_bytes()
    bad = {
        "nothing.zip": {},
        "half.zip": {"team.json": (workspace.folder / "team.json").read_bytes(), "2026.json": before[:-9]},
        "evil.zip": {"../2026.json": before, "/2026.json": before, "x/2026.json": before},
    }
    for name, content in bad.items():
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            for entry, data in content.items():
                packed.writestr(entry, data)
        with pytest.raises((Refused, BookDamaged)):
            restore(workspace.folder, tmp_path / name, now=make.now)
    with zipfile.ZipFile(tmp_path / "newer.zip", "w") as packed:
        packed.writestr("2026.json", before.replace(b'"schema":2', b'"schema":9'))
    with pytest.raises(NewerVersion):
        restore(workspace.folder, tmp_path / "newer.zip", now=make.now)
    torn = tmp_path / "torn.zip"
    torn.write_bytes((tmp_path / "half.zip").read_bytes()[:-30])
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    for source in (torn, tmp_path / "letter.txt", tmp_path / "nowhere.zip"):
        with pytest.raises((Refused, BookDamaged)):
            restore(workspace.folder, source, now=make.now)
    assert (workspace.folder / "2026.json").read_bytes() == before
    assert not (workspace.folder / "backups").exists()


@pytest.mark.parametrize("header", [True, False])
def test_the_book_of_another_year_is_not_restored(
    workspace: Workspace, make: Make, tmp_path: Path, header: bool
) -> None:
    workspace.save(make.story("here"), deed="recorded", now=make.now)
    backup(workspace.folder, tmp_path / "all.zip", now=make.now)
    with zipfile.ZipFile(tmp_path / "all.zip") as packed, zipfile.ZipFile(tmp_path / "wrong.zip", "w") as wrong:
        content = json.loads(packed.read("2026.json"))
        if not header:
            del content["meetingtool"]
        wrong.writestr("2031.json", json.dumps(content))
    with pytest.raises(BookDamaged, match=r"2031\.json in the backup is another book"):
        restore(workspace.folder, tmp_path / "wrong.zip", now=make.now)
    assert workspace.years() == [2026]


@pytest.mark.parametrize("year", [1970, 2108])
def test_a_clock_that_was_never_set_stops_no_backup(
    workspace: Workspace, make: Make, tmp_path: Path, year: int
) -> None:
    at = datetime(year, 1, 1, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    workspace.save(make.story("early", at=at), deed="recorded", now=at)
    made = backup(workspace.folder, tmp_path / "all.zip", now=at)
    restore(tmp_path / "elsewhere", made.path, now=at)
    with Workspace.open(tmp_path / "elsewhere") as opened:
        assert [story.text for story in opened.find(Story)] == ["early"]


def test_what_a_killed_backup_left_beside_is_removed_by_the_next(
    workspace: Workspace, make: Make, tmp_path: Path, ended_program: int
) -> None:
    left = tmp_path / f".old.zip.new-{ended_program}"
    left.write_bytes(b"every record")
    backup(workspace.folder, tmp_path / "all.zip", now=make.now)
    assert not left.exists()


def test_own_backups_are_listed_newest_first(workspace: Workspace, make: Make, now: datetime) -> None:
    for day in range(3):
        workspace.save(make.story(f"{day}"), deed="recorded", now=now + timedelta(days=day))
    workspace.save(make.story("old", at=make.in_year(2019)), deed="recorded", now=now)
    workspace.save(make.story("older", at=make.in_year(2019)), deed="recorded", now=now + timedelta(days=9))
    (workspace.folder / "backups/2026/2026-03-04.json").write_bytes(b"")
    listed = own_backups(workspace.folder)
    assert [(one.book, one.path.name, one.records) for one in listed] == [
        ("2026", "2026-03-03.json", 1),
        ("2019", "2026-03-03.json", 1),
    ]
