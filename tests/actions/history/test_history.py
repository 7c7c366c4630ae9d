"""The search over everything told follows the workspace, and the room."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.customers.mentions import confirm
from meetingtool.actions.desk import Desk
from meetingtool.actions.history import history as history_module
from meetingtool.actions.history.history import History
from meetingtool.actions.keeping.retention import archive, forget, plan_to_forget
from meetingtool.actions.keeping.undo import remove, undo
from meetingtool.actions.people.team import edit_person, leave
from meetingtool.actions.stories import stories
from meetingtool.actions.stories.background import background
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.base import mint
from meetingtool.records.meetings import Meeting
from meetingtool.records.mentions import Mention
from meetingtool.records.stories import Story
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


@pytest.fixture
def desk(workspace: Workspace, now: datetime) -> Desk:
    return Desk(workspace, lambda: now)


def begun(desk: Desk) -> History:
    """The search with everything read."""
    history = History(desk)
    history.begin()
    while history.read_on():
        pass
    return history


def found(history: History, text: str) -> list[str]:
    """The words of what a query finds, newest first."""
    return [history.record(entry).text for entry in history.search(history.query(text))]


def test_what_is_recorded_edited_removed_and_undone_is_followed(desk: Desk, now: datetime) -> None:
    history = begun(desk)
    assert not history.follow()
    story = record_story(desk.workspace, "win", "@maria found the parcel", now).story
    assert found(history, "parcel") == []
    assert history.follow()
    assert found(history, "@maria parcel") == ["found the parcel"]
    edited = stories.edit_story(desk.workspace, story, "@tom found the letter", now).story
    history.follow()
    assert found(history, "parcel") == []
    assert found(history, "@tom") == ["found the letter"]
    remove(desk.workspace, edited, now)
    history.follow()
    assert found(history, "") == []
    undo(desk.workspace, now)
    history.follow()
    assert found(history, "letter") == ["found the letter"]


def test_a_story_is_found_with_its_promises_newest_or_oldest_first(desk: Desk, now: datetime) -> None:
    history = begun(desk)
    record_story(desk.workspace, "win", "one", now - timedelta(days=2), at=now - timedelta(days=2))
    record_story(desk.workspace, "sticky", 'two !"refund" by fri', now)
    history.follow()
    query = history.query("")
    newest = [history.record(entry).text for entry in history.search(query)]
    oldest = [history.record(entry).text for entry in history.search(query, newest_first=False)]
    assert sorted(newest) == ["one", "refund", "two"]
    assert newest[-1] == oldest[0] == "one"
    assert dict(history.facets(query).kinds) == {"win": 1, "sticky": 1, "promise": 1}


def test_what_another_program_saved_is_followed(desk: Desk, folder: Path, now: datetime) -> None:
    history = begun(desk)
    with Workspace.open(folder, user="zoe") as other:
        record_story(other, "win", "a win from another window", now)
    assert desk.workspace.refresh()
    assert history.follow()
    assert found(history, "window") == ["a win from another window"]


def test_what_customers_answered_leaves_the_search_as_it_is(desk: Desk, folder: Path, now: datetime) -> None:
    record_story(desk.workspace, "win", "@maria found the parcel", now)
    history = begun(desk)
    answers = b"Response ID,Date,Overall satisfaction (1-5),Comment\nr1,2026-11-03,5,Maria was kind\n"
    import_survey(desk.workspace, plan_survey(desk.workspace, answers, "a.csv", now, name="Counter"), now)
    assert history.follow()
    with Workspace.open(folder) as other:
        [mention] = other.find(Mention)
        confirm(other, mention, "praise", now)
    desk.workspace.refresh()
    assert history.follow()
    assert found(history, "parcel") == ["found the parcel"]


def test_private_stories_are_in_no_result_count_or_blame_in_the_room(desk: Desk, now: datetime) -> None:
    history = begun(desk)
    record_story(desk.workspace, "sticky", "~ @karim lost his temper #listen", now)
    record_story(desk.workspace, "win", "@maria kept her temper #own-it", now)
    history.follow()
    assert len(found(history, "temper")) == 2
    desk.room = True
    assert found(history, "temper") == ["kept her temper"]
    assert found(history, "is:private") == []
    query = history.query("temper")
    assert [count for _, count in history.facets(query).people] == [1]
    blamed = history.blame(history.query("temper zebra"))
    assert blamed is not None
    assert (blamed[0].typed, blamed[1]) == ("zebra", 1)
    assert history.blame(history.query("lost")) is not None


def test_the_room_finds_no_words_of_minutes_that_it_may_not_see(
    desk: Desk, workspace: Workspace, now: datetime
) -> None:
    meeting = Meeting(
        id=mint(now),
        at=now,
        made_at=now,
        made_by="pat",
        title="Weekly",
        segments=(),
        notes="parcels by noon\nflowers for zoe!!\na peach for Zoë-Finch",
        answers=("a walk with @zoe", "a quiet desk"),
    )
    workspace.save(meeting, deed=deeds.MEETING_NOTED, now=now)
    history = begun(desk)
    desk.room = True
    every = ("parcels", "flowers", "peach", "walk", "quiet", "zoe", "-flowers", '"flowers for"')
    in_room = {words: history.count(history.query(words)) for words in every}
    assert in_room == dict.fromkeys(every, 1) | {"-flowers": 0}
    zoe = desk.roster.meant_by("@zoe")[0]
    edit_person(workspace, zoe, now, thanks="private")
    history.follow()
    in_room = {words: history.count(history.query(words)) for words in every}
    assert in_room == dict.fromkeys(every, 0) | {"parcels": 1, "quiet": 1, "-flowers": 1}
    desk.room = False
    assert history.count(history.query("flowers peach walk")) == 1


def test_the_part_that_leaves_nothing_over_is_named_with_what_there_is_without_it(desk: Desk, now: datetime) -> None:
    history = begun(desk)
    for words in ("parcel one", "parcel two", "letter"):
        record_story(desk.workspace, "win", f"@maria {words}", now)
    history.follow()
    blamed = history.blame(history.query("@maria parcel letter"))
    assert blamed is not None
    assert (blamed[0].typed, blamed[1]) == ("letter", 2)
    assert history.blame(history.query("@maria parcel")) is None


def test_people_are_found_by_a_new_name_in_old_stories(desk: Desk, now: datetime) -> None:
    record_story(desk.workspace, "win", "@maria found the parcel", now)
    history = begun(desk)
    assert found(history, "lopez") == ["found the parcel"]
    maria = desk.roster.person("maria")
    assert maria is not None
    edit_person(desk.workspace, maria, now, name="Maria Fernandez")
    history.follow()
    assert found(history, "fernandez") == ["found the parcel"]
    assert found(history, "lopez") == []


def test_the_newest_are_searchable_at_once_and_earlier_years_after_reading_on(
    desk: Desk, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "AT_ONCE", 3)
    for year in (2019, 2022, 2025, 2026):
        for day in (1, 2):
            at = datetime(year, 3, day, 9, tzinfo=now.tzinfo)
            record_story(desk.workspace, "win", f"told in {year}", now, at=at)
    history = History(desk)
    history.begin()
    assert found(history, "told") == ["told in 2026", "told in 2026", "told in 2025"]
    assert history.years_left == (2019, 2022, 2025)
    assert history.read_on()
    assert found(history, "2025") == ["told in 2025"] * 2
    late = record_story(desk.workspace, "win", "told in 2019, noted late", now, on=datetime(2019, 4, 1).date()).story
    history.follow()
    while history.read_on():
        pass
    assert history.years_left == ()
    assert len(found(history, "told")) == 9
    assert found(history, "late") == [late.text]


def test_a_year_that_cannot_be_read_is_left_out_and_noted(desk: Desk, folder: Path, now: datetime) -> None:
    for year in (2024, 2026):
        record_story(desk.workspace, "win", f"told in {year}", now, at=datetime(year, 3, 1, 9, tzinfo=now.tzinfo))
    with Workspace.open(folder) as workspace:
        (folder / "2024.json").write_text("no book at all", encoding="utf-8")
        (folder / "2024.json.prev").unlink(missing_ok=True)
        other = Desk(workspace, lambda: now)
        history_module.AT_ONCE, before = 1, history_module.AT_ONCE
        try:
            history = begun(other)
        finally:
            history_module.AT_ONCE = before
        assert found(history, "told") == ["told in 2026"]
        assert list(history.unreadable) == [2024]


def test_a_book_replaced_from_outside_is_read_again(desk: Desk, folder: Path, now: datetime, tmp_path: Path) -> None:
    record_story(desk.workspace, "win", "in both", now)
    kept = (folder / "2026.json").read_bytes()
    gone = record_story(desk.workspace, "win", "only here", now).story
    history = begun(desk)
    (folder / "2026.json").write_bytes(kept)
    assert desk.workspace.refresh()
    history.follow()
    while history.read_on():
        pass
    assert found(history, "") == ["in both"]
    assert not desk.workspace.find(Story, id=gone.id)


def test_notes_and_answers_of_a_meeting_are_found_and_an_empty_meeting_is_not(
    workspace: Workspace, now: datetime
) -> None:
    from meetingtool.actions.meeting import meetings

    held = meetings.start_meeting(workspace, now - timedelta(hours=1))
    desk = Desk(workspace, lambda: now)
    history = History(desk)
    history.begin()
    assert not history.search(history.query("is:meeting"))
    meetings.write_notes(workspace, held, "Ordered new umbrellas", now)
    held = meetings.write_answer(workspace, workspace.get(Meeting, held.id), "Say the name first", now)
    assert history.follow()
    for text in ("umbrella", '"name first"', "is:minutes", "is:meeting on:2026-11"):
        assert [entry.id for entry in history.search(history.query(text))] == [held.id], text
    assert dict(history.facets(history.query("")).kinds)["meeting"] == 1
    desk.room = True
    [entry] = history.search(history.query("umbrella"))
    assert history.record(entry).id == held.id


def test_a_meeting_that_is_removed_or_emptied_is_found_no_more(workspace: Workspace, now: datetime) -> None:
    from meetingtool.actions.meeting import meetings

    held = meetings.start_meeting(workspace, now - timedelta(hours=2))
    meetings.write_notes(workspace, held, "Ordered new umbrellas", now)
    held = meetings.write_answer(workspace, workspace.get(Meeting, held.id), "Say the name first", now)
    desk = Desk(workspace, lambda: now)
    history = begun(desk)
    assert len(history.search(history.query("umbrella"))) == 1
    binned = msgspec.structs.replace(held, version=held.version + 1, removed_at=now)
    workspace.save(binned, deed="removed", now=now)
    assert history.follow()
    assert not history.search(history.query("umbrella")) and not history.search(history.query('"name first"'))
    assert not history.facets(history.query("")).kinds
    back = msgspec.structs.replace(binned, version=binned.version + 1, removed_at=None)
    workspace.save(back, deed="brought back", now=now)
    history.follow()
    assert len(history.search(history.query("umbrella"))) == 1
    emptied = msgspec.structs.replace(back, version=back.version + 1, notes="", answers=())
    workspace.save(emptied, deed="emptied", now=now)
    history.follow()
    assert len(history) == 0


def test_a_person_who_is_forgotten_is_found_no_more(workspace: Workspace, now: datetime) -> None:
    at = datetime(2024, 3, 1, 9, tzinfo=now.tzinfo)
    record_story(workspace, "win", "@maria told Maria Lopez jokes", now, at=at)
    record_story(workspace, "win", "@tom heard Maria Lopez laugh", now)
    desk = Desk(workspace, lambda: now)
    history = begun(desk)
    assert len(history.search(history.query("lopez"))) == 2
    maria = desk.roster.person("maria")
    assert maria is not None
    left = leave(workspace, maria, now.date() - timedelta(days=1), now)
    forget(workspace, plan_to_forget(workspace, left, now, texts=True), now)
    while history.follow() or history.read_on():
        pass
    assert not history.search(history.query("lopez"))
    assert not history.search(history.query("maria"))
    assert len(history) == 2


def test_a_year_that_is_archived_is_found_no_more(workspace: Workspace, now: datetime, tmp_path: Path) -> None:
    for year in (2023, 2025):
        record_story(workspace, "win", f"told in {year}", now, at=datetime(year, 3, 1, 9, tzinfo=now.tzinfo))
    history = begun(Desk(workspace, lambda: now))
    assert found(history, "told") == ["told in 2025", "told in 2023"]
    archive(workspace, 2023, tmp_path / "2023.zip", now)
    assert workspace.refresh()
    history.follow()
    assert found(history, "told") == ["told in 2025"]


def test_very_many_changes_at_once_are_followed_year_by_year(
    workspace: Workspace, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "ONE_BY_ONE", 3)
    history = begun(Desk(workspace, lambda: now))
    with workspace.batch("imported", now):
        for year in (2022, 2024, 2026):
            for day in (1, 2):
                at = datetime(year, 3, day, 9, tzinfo=now.tzinfo)
                record_story(workspace, "win", f"told in {year}", now, at=at)
    history.follow()
    assert found(history, "told") == ["told in 2026"] * 2
    assert history.years_left == (2022, 2024)
    while history.read_on():
        pass
    assert len(found(history, "told")) == 6


def test_a_year_that_was_mended_is_searchable_again(desk: Desk, folder: Path, now: datetime) -> None:
    record_story(desk.workspace, "win", "told in 2024", now, at=datetime(2024, 3, 1, 9, tzinfo=now.tzinfo))
    record_story(desk.workspace, "win", "told in 2026", now)
    kept = (folder / "2024.json").read_bytes()
    (folder / "2024.json").write_bytes(kept[:-9])
    with Workspace.open(folder) as workspace:
        history = begun(Desk(workspace, lambda: now))
        assert found(history, "told") == ["told in 2026"]
        assert list(history.unreadable) == [2024]
        (folder / "2024.json").write_bytes(kept)
        assert workspace.refresh()
        history.follow()
        while history.read_on():
            pass
        assert found(history, "told") == ["told in 2026", "told in 2024"]
        assert not history.unreadable


def test_old_years_are_searched_without_being_kept_in_memory(desk: Desk, folder: Path, now: datetime) -> None:
    for year in (2019, 2021, 2026):
        record_story(desk.workspace, "win", f"told in {year}", now, at=datetime(year, 3, 1, 9, tzinfo=now.tzinfo))
    with Workspace.open(folder) as workspace:
        history = begun(Desk(workspace, lambda: now))
        assert found(history, "told") == ["told in 2026", "told in 2021", "told in 2019"]
        story = history.record(history.search(history.query("2019"))[0])
        assert isinstance(story, Story)
        assert background(history.desk, story).follow_ups == ()
        assert workspace.kept_years() == []


@pytest.fixture
def kept_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Years of two entries are large already."""
    monkeypatch.setattr(history_module, "WORTH_KEEPING", 2)
    monkeypatch.setattr(history_module, "AT_ONCE", 1)


@pytest.mark.usefixtures("kept_ready")
def test_large_years_are_kept_ready_for_the_next_start(desk: Desk, folder: Path, now: datetime) -> None:
    told = [(2019, "told early"), (2026, "@maria told late ~"), (2026, "#own-it told later"), (2019, "in Łódź")]
    for number, (year, line) in enumerate(told):
        at = datetime(year, 3, 1 + number, 9, tzinfo=now.tzinfo)
        record_story(desk.workspace, "win", line, now, at=at)
    record_story(desk.workspace, "win", "told alone", now, at=datetime(2022, 3, 1, 9, tzinfo=now.tzinfo))
    first = begun(desk)
    with Workspace.open(folder) as workspace:
        begun(Desk(workspace, lambda: now))
    assert sorted(path.name for path in (folder / "index").iterdir()) == ["2019.bin", "2026.bin"]
    with Workspace.open(folder) as workspace:
        again = begun(Desk(workspace, lambda: now))
        for text in ("", "told", "@maria", "#own-it", "lodz", "is:private", "on:2019", "nothing"):
            assert found(again, text) == found(first, text), text
            assert again.facets(again.query(text)) == first.facets(first.query(text)), text
        assert workspace.kept_years() == []
        again.desk.room = True
        assert found(again, "@maria") == []


@pytest.mark.usefixtures("kept_ready")
def test_what_was_kept_ready_is_made_anew_once_its_book_has_changed(desk: Desk, folder: Path, now: datetime) -> None:
    stories_of_2019 = [
        record_story(desk.workspace, "win", f"told {number}", now, at=datetime(2019, 3, 1, 9, tzinfo=now.tzinfo)).story
        for number in range(2)
    ]
    begun(desk)
    edited = stories.edit_story(desk.workspace, stories_of_2019[0], "told anew", now).story
    with Workspace.open(folder) as workspace:
        assert found(begun(Desk(workspace, lambda: now)), "told") == ["told 1", "told anew"]
    remove(desk.workspace, edited, now)
    kept = folder / "index" / "2019.bin"
    kept.write_bytes(kept.read_bytes()[:-1])
    with Workspace.open(folder) as workspace:
        assert found(begun(Desk(workspace, lambda: now)), "told") == ["told 1"]


@pytest.mark.usefixtures("kept_ready")
def test_a_year_that_can_not_be_read_is_not_told_from_what_was_kept_ready(
    desk: Desk, folder: Path, now: datetime
) -> None:
    for year in (2024, 2024, 2026):
        record_story(desk.workspace, "win", f"told in {year}", now, at=datetime(year, 3, 1, 9, tzinfo=now.tzinfo))
    begun(desk)
    text = (folder / "2024.json").read_bytes()
    (folder / "2024.json").write_bytes(text[:-9])
    with Workspace.open(folder) as workspace:
        history = begun(Desk(workspace, lambda: now))
        assert found(history, "told") == ["told in 2026"]
        assert list(history.unreadable) == [2024]


@pytest.mark.usefixtures("kept_ready")
def test_what_was_said_of_somebody_who_is_forgotten_is_in_no_file(
    workspace: Workspace, folder: Path, now: datetime
) -> None:
    for text in ("@maria told Maria Lopez jokes", "@tom heard Maria Lopez laugh"):
        record_story(workspace, "win", text, now)
    desk = Desk(workspace, lambda: now)
    begun(desk)
    assert any(b"lopez" in path.read_bytes() for path in (folder / "index").iterdir())
    maria = desk.roster.person("maria")
    assert maria is not None
    left = leave(workspace, maria, now.date() - timedelta(days=1), now)
    forget(workspace, plan_to_forget(workspace, left, now, texts=True), now)
    assert not any(b"lopez" in path.read_bytes().lower() for path in folder.rglob("*") if path.is_file())


@pytest.mark.usefixtures("kept_ready")
def test_what_another_program_saved_meanwhile_is_not_missing_from_what_is_kept_ready(
    workspace: Workspace, folder: Path, now: datetime
) -> None:
    for number in range(3):
        record_story(workspace, "win", f"told {number}", now)
    with Workspace.open(folder) as ours:
        history = History(Desk(ours, lambda: now))
        ours.find(Story)
        history.begin()
        record_story(workspace, "win", "told elsewhere", now)
        assert history.read_on()
        assert ours.refresh()
        while history.read_on():
            pass
    with Workspace.open(folder) as again:
        again.find(Story)
        assert "told elsewhere" in found(begun(Desk(again, lambda: now)), "told")


def test_a_save_over_what_another_program_saved_unnoticed_brings_both_into_the_search(
    workspace: Workspace, folder: Path, now: datetime
) -> None:
    record_story(workspace, "win", "told 0", now)
    with Workspace.open(folder) as ours:
        history = begun(Desk(ours, lambda: now))
        record_story(workspace, "win", "told elsewhere", now)
        record_story(ours, "win", "told here", now)
        ours.refresh()
        history.follow()
        assert sorted(found(history, "told")) == ["told 0", "told elsewhere", "told here"]


@pytest.mark.usefixtures("kept_ready")
def test_a_year_that_is_out_of_reach_is_noted_though_it_was_kept_ready(
    workspace: Workspace, folder: Path, now: datetime
) -> None:
    for year in (2024, 2024, 2026):
        record_story(workspace, "win", f"told in {year}", now, at=datetime(year, 3, 1, 9, tzinfo=now.tzinfo))
    begun(Desk(workspace, lambda: now))
    with Workspace.open(folder) as again:
        book = folder / "2024.json"
        book.rename(folder / "elsewhere")
        book.mkdir()
        history = begun(Desk(again, lambda: now))
        assert found(history, "told") == ["told in 2026"]
        assert list(history.unreadable) == [2024]


@pytest.mark.usefixtures("kept_ready")
def test_nothing_is_kept_ready_while_somebody_writes(workspace: Workspace, folder: Path, now: datetime) -> None:
    for text in ("told once", "told twice"):
        record_story(workspace, "win", text, now)
    with Workspace.open(folder) as ours, workspace.batch("forgetting", now):
        assert found(begun(Desk(ours, lambda: now)), "told") == ["told twice", "told once"]
        assert not (folder / "index").exists()
    with Workspace.open(folder) as ours:
        begun(Desk(ours, lambda: now))
    assert [path.name for path in (folder / "index").iterdir()] == ["2026.bin"]
