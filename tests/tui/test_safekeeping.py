"""Damage, conflicted copies, failing backups and folders without locks: told on a plain screen, never a traceback."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from screen_text import said, screen_text, until

from meetingtool.actions.stories.stories import record_story
from meetingtool.records.stories import Story
from meetingtool.store import BookDamaged, Workspace
from meetingtool.store.examination import examine
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.mending import MendingApp
from meetingtool.tui.palette import commands

AppOn = Callable[[Workspace], MeetingtoolApp]


def tear(path: Path) -> None:
    """Leave the first two thirds of a file."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


@pytest.fixture
def damaged(folder: Path, now: datetime) -> Path:
    """A workspace with three wins, whose year is half gone."""
    with Workspace.open(folder, user="pat") as workspace:
        for text in ("one", "two", "three"):
            record_story(workspace, "win", text, now)
    tear(folder / "2026.json")
    return folder


def mending(folder: Path, now: datetime) -> MendingApp:
    """The page that opens in the app's place."""
    return MendingApp(folder, BookDamaged("2026.json can't be read.", "See `meetingtool check`."), lambda: now)


async def test_a_damaged_book_is_offered_from_its_best_copy_with_the_cost(damaged: Path, now: datetime) -> None:
    app = mending(damaged, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = " ".join(screen_text(app).replace("│", " ").split())
        assert "2026.json can't be read" in shown
        assert "The copy from before the last save, 2 records · the best" in shown
        assert "With the copy from before the last save, which gains 1 record" in shown
        assert "no record is lost, but" in shown
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "2026.json is back with" in screen_text(app)
        assert "Everything is sound" in screen_text(app)
        await pilot.press("enter")
    assert app.return_value is True
    assert examine(damaged) == []
    assert list((damaged / "damaged").iterdir())


async def test_closing_leaves_the_damaged_book_as_it_is(damaged: Path, now: datetime) -> None:
    before = (damaged / "2026.json").read_bytes()
    app = mending(damaged, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("escape")
    assert app.return_value is False
    assert (damaged / "2026.json").read_bytes() == before


async def test_everything_stays_in_sight_on_a_tiny_screen(damaged: Path, now: datetime) -> None:
    app = mending(damaged, now)
    async with app.run_test(size=(60, 20)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("down")
        assert "changes nothing" in screen_text(app)


async def test_a_book_that_breaks_while_the_app_is_open_ends_it_with_what_was_typed_kept(
    workspace: Workspace, app: MeetingtoolApp, folder: Path, now: datetime
) -> None:
    record_story(workspace, "win", "one", now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w", *"half")
        tear(folder / "2026.json")
        with pytest.raises(BookDamaged):
            app.workspace.refresh()
            app.workspace.find(Story)
        app.tell(BookDamaged("2026.json can't be read."))
        await pilot.pause()
    assert app.damage is not None


async def test_a_conflicted_copy_is_merged_after_asking(folder: Path, now: datetime, app_on: AppOn) -> None:
    with Workspace.open(folder, user="pat") as workspace:
        record_story(workspace, "win", "one", now)
        before = (folder / "2026.json").read_bytes()
        record_story(workspace, "win", "two", now)
    shutil.copy(folder / "2026.json", folder / "2026 (conflicted copy 2026-11-24 090000).json")
    (folder / "2026.json").write_bytes(before)
    with Workspace.open(folder, user="pat") as workspace:
        app = app_on(workspace)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "Merge the two copies?" in screen_text(app)
            await pilot.press("y")
            assert {story.text for story in workspace.find(Story)} == {"one", "two"}
            assert "1 record added" in said(app)


async def test_a_copy_can_wait_and_is_not_asked_about_again(folder: Path, now: datetime, app_on: AppOn) -> None:
    with Workspace.open(folder, user="pat") as workspace:
        record_story(workspace, "win", "one", now)
        shutil.copy(folder / "2026.json", folder / "2026 (1).json")
        app = app_on(workspace)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press("n")
            app.notices.look()
            await pilot.pause()
            assert "Merge the two copies?" not in screen_text(app)
            assert "check --merge" in said(app)


async def test_a_daily_backup_that_fails_is_told(
    folder: Path, workspace: Workspace, app: MeetingtoolApp, now: datetime
) -> None:
    record_story(workspace, "win", "one", now)
    shutil.rmtree(folder / "backups", ignore_errors=True)
    (folder / "backups").write_text("in the way", encoding="utf-8")
    record_story(workspace, "win", "two", now + timedelta(days=1))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "could not be made" in said(app))


async def test_a_file_system_without_locks_is_told_at_the_start(
    app: MeetingtoolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", fail)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "can't lock files" in said(app))
        assert "local disk" in said(app)


async def test_a_folder_that_vanishes_is_told_once(folder: Path, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        folder.rename(folder.with_name("moved"))
        app.look_for_changes()
        app.look_for_changes()
        await pilot.pause()
        assert said(app).count("is gone") == 1


async def test_all_records_are_backed_up_from_the_palette_here_and_elsewhere(
    folder: Path, app: MeetingtoolApp, tmp_path: Path
) -> None:
    (stick := tmp_path / "stick").mkdir()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        [command] = [each for each in commands(app, app.screen) if each.title == "Back up all records now"]
        command.callback()
        await pilot.press("enter")
        await pilot.pause()
        assert "All records are in" in said(app)
        command.callback()
        await pilot.press("down", "enter", *str(stick / "none" / "a.zip"), "enter")
        await until(pilot, lambda: "There is no folder" in screen_text(app))
        await pilot.press("ctrl+u", *str(stick), "enter")
        await until(pilot, lambda: str(stick) in said(app))
        assert [path.name for path in stick.iterdir()] == ["meetingtool 2026-11-24 0900.zip"]
        [command] = [each for each in commands(app, app.screen) if each.title == "Restore a backup"]
        command.callback()
        await until(pilot, lambda: "2026-11-24-0900.zip" in screen_text(app))
        await pilot.press("end", "enter")
        await until(pilot, lambda: "Restore from which file?" in screen_text(app))
    assert [path.name for path in (folder / "backups").glob("*.zip")] == ["2026-11-24-0900.zip"]


async def test_a_team_that_went_back_and_a_year_that_is_gone_offer_no_set_up(folder: Path, now: datetime) -> None:
    with Workspace.open(folder, user="pat") as workspace:
        record_story(workspace, "win", "one", now)
    (folder / "2026.json").unlink()
    for previous in folder.glob("*.prev"):
        previous.unlink()
    with Workspace.open(folder.parent / "empty", create=True, user="pat") as empty:
        shutil.copyfile(empty.folder / "team.json", folder / "team.json")
    with Workspace.open(folder) as workspace:
        with pytest.raises(BookDamaged, match="earlier state"):
            MeetingtoolApp(workspace, clock=lambda: now)
        with pytest.raises(BookDamaged, match=r"2026\.json is missing"):
            workspace.refuse_if_missing()
    app = mending(folder, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "meetingtool restore FILE.zip" in screen_text(app))
        assert "A book is missing" in screen_text(app)
        assert "later can be merged." in screen_text(app)
        for words in ("Go on without it", "Go on with it as it is", "Everything is sound"):
            await until(pilot, lambda words=words: words in screen_text(app))  # type: ignore[misc]
            await pilot.press("enter")
            await app.workers.wait_for_complete()
