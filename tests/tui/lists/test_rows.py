"""Rows in columns: what stands under what, and what happens where room is short."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_text import screen_text
from textual.content import Content

from meetingtool.actions.desk import Desk
from meetingtool.actions.meeting.meetings import correct, start_meeting
from meetingtool.actions.people.team import add_person
from meetingtool.actions.start import set_up
from meetingtool.actions.stories.background import PastChange
from meetingtool.actions.stories.follow_ups import decide, record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.documents.formats.paper import Item, Items, Paper
from meetingtool.records.stories import StoryDetails
from meetingtool.rules.history.query import highlights, parse_query
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.history.history_row import excerpt, first_of, history_row
from meetingtool.tui.lists.columns_row import ColumnsRow, FittingTable
from meetingtool.tui.meeting.attendance import AttendancePage
from meetingtool.tui.meeting.before_meeting import held_row
from meetingtool.tui.papers.paper_page import PaperText
from meetingtool.tui.stories.line_hints import as_many, beside_choice
from meetingtool.tui.stories.marks import fitted, names_in
from meetingtool.tui.stories.record_text import changes
from meetingtool.tui.stories.story_text import follow_up_row, story_row, understood
from meetingtool.tui.today.beside import bars, quiet_rows
from meetingtool.tui.today.rows import first_steps


def row(body: str, *, tail: str = "", most: int = 2) -> ColumnsRow:
    """A mark, a kind, and words."""
    lead = ((Content("!"), 1), (Content("promise"), 8))
    return ColumnsRow(lead, Content(body), Content(tail) if tail else None, most=most)


def test_words_fold_under_themselves() -> None:
    shown = row("the refund is posted and the customer has been told").laid_out(40).plain
    assert shown == "! promise  the refund is posted and the\n           customer has been told"


def test_what_is_left_out_is_cut_at_a_word_and_marked() -> None:
    shown = row("the refund is posted and the customer has been told of it today", most=1).laid_out(40).plain
    assert shown == "! promise  the refund is posted and the…"


def test_all_words_stand_where_no_line_is_left_out() -> None:
    words = "word " * 40
    assert row(words, most=0).laid_out(40).plain.split().count("word") == 40


@pytest.mark.parametrize(
    ("room", "read"),
    [
        (8, ["head", "one", "two", "three", "foot"]),
        (4, ["head", "one", "and 2 more", "foot"]),
        (1, ["head", "and 3 more", "foot"]),
    ],
)
def test_of_many_rows_as_many_stand_as_there_is_room_for(room: int, read: list[str]) -> None:
    words = ("head", "one", "two", "three", "foot")
    table = FittingTable([(ColumnsRow((), Content(each), most=0), each not in ("head", "foot")) for each in words])
    assert table.fitting(20, room).plain.split("\n") == read


@pytest.mark.parametrize(("room", "read"), [(80, "@who  #tag  + star"), (12, "@who  #tag"), (2, "@who")])
def test_a_hint_is_left_out_whole_where_it_has_no_room(room: int, read: str) -> None:
    assert as_many(("@who", "#tag", "+ star"), room) == read


def test_words_below_a_wide_column_keep_room_for_themselves() -> None:
    setting = ColumnsRow([(Content("  Team"), 22)], Content("Nordwestdeutsche Verkehrsbetriebe"), most=0)
    assert setting.laid_out(34).plain.splitlines() == [
        "  Team",
        " " * 10 + "Nordwestdeutsche",
        " " * 10 + "Verkehrsbetriebe",
    ]


@pytest.mark.parametrize(
    ("room", "read"),
    [
        (60, " Ana López · front desk · Tab  @ana-b  @ana-c"),
        (40, " Ana López · front desk · Tab  ↓ 2 more"),
        (30, " Ana López · … · Tab  ↓ 2 more"),
    ],
)
def test_beside_the_choice_stands_how_many_others_there_are(room: int, read: str) -> None:
    assert beside_choice("Ana López · front desk", ["@ana-b", "@ana-c"], room) == read


def test_the_day_on_which_a_promise_is_due_is_seen_before_anything_else(workspace: Workspace, now: datetime) -> None:
    desk = Desk(workspace, lambda: now)
    line = "@maria @tom stayed until nine ^Nordwestdeutsche Verkehrsbetriebe !bring the spare bike to them by fri"
    whole = understood(desk.read_line(line), desk.roster, desk.today, 200).plain
    assert whole.startswith("Maria, Tom")
    assert understood(desk.read_line(line), desk.roster, desk.today, 76).plain.startswith(
        "promise: bring the…, due Fri 27 Nov · Maria, Tom"
    )


def test_a_note_stands_at_the_right_of_the_first_line() -> None:
    lines = row("the refund is posted and the customer told", tail="5 weeks").laid_out(50).plain.split("\n")
    assert lines[0].endswith("5 weeks")
    assert len(lines[0]) == 50
    assert all("weeks" not in line for line in lines[1:])


def test_in_too_little_room_the_words_stand_below_their_columns() -> None:
    assert row("the refund is posted and the customer told").laid_out(24).plain.split("\n")[0] == "! promise"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120), st.integers(4, 120), st.integers(0, 3))
def test_no_line_is_wider_than_its_room(text: str, width: int, most: int) -> None:
    shown = row(text, tail="now", most=most)
    lines = shown.laid_out(width).split("\n", allow_blank=True)
    assert len(lines) == shown.height(width)
    assert all(line.rstrip().cell_length <= max(width, 12) for line in lines)


def test_bars_show_every_win_and_the_highest_week_fills_its_cell() -> None:
    assert bars([0, 1, 7, 0]) == "▁▂█▁"
    assert bars([0, 1, 100]) == "▁▂█"
    assert bars([0, 0]) == "▁▁"
    assert bars([]) == ""


def test_in_room_a_private_win_is_no_first_step(workspace: Workspace, now: datetime) -> None:
    record_story(workspace, "win", "stayed on the line", now)
    record_story(workspace, "win", "~ shouted", now)
    counted = [
        [row.row.tail.plain for row in first_steps(Desk(workspace, lambda: now, room=room)) if row.key == "tell"]
        for room in (False, True)
    ]
    assert counted == [["2 noted"], ["1 noted"]]


def test_a_change_is_not_told_twice_in_a_row() -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    steps = [
        PastChange(now, "pat", ()),
        *[PastChange(now, "pat", ("starred",))] * 2,
        PastChange(now, "pat", ("words added",)),
    ]
    told = [line.split("  ")[1] for line in changes(steps, now.date()).plain.splitlines()]
    assert told == ["recorded", "starred", "words added"]


@pytest.mark.parametrize(
    ("width", "read"),
    [(20, "Abdulrahman F., Tom"), (19, "Abdulrahman F., Tom"), (17, "Abdulrahman F. +1"), (12, "Abdul… F. +1")],
)
def test_a_name_that_is_cut_keeps_its_initial(workspace: Workspace, now: datetime, width: int, read: str) -> None:
    first = add_person(workspace, "Abdulrahman Farouk", now)
    add_person(workspace, "Abdulrahman Haddad", now)
    roster = Desk(workspace, lambda: now).roster
    tom = roster.person("tom")
    assert tom is not None
    assert names_in((first.id, tom.id), roster, width) == read
    assert names_in((first.id,), roster, 12) == "Abdulrah… F."
    assert first_of((first.id,), roster, 12).plain == "Abdulrah… F."


def test_a_meeting_of_last_year_has_its_rating_beside_its_day(workspace: Workspace, now: datetime) -> None:
    meeting = start_meeting(workspace, now, on=date(2025, 12, 30))
    rated = correct(workspace, meeting, now, team_rating=[8, 9])
    assert held_row(Desk(workspace, lambda: now), rated).laid_out(24).plain == "Tue 30 Dec 2025      8.5"
    told_apart = held_row(Desk(workspace, lambda: now), rated, hour=True).laid_out(30).plain
    assert told_apart.startswith("Tue 30 Dec 2025, ")


def test_a_paper_is_broken_once_and_its_items_stand_under_themselves() -> None:
    paper = Paper("Minutes", "", (Items((Item("one rainy day the lost boot came back and was warm again"),)),))
    assert PaperText(paper).laid_out(30).plain.splitlines()[3:] == [
        "- one rainy day the lost boot",
        "  came back and was warm again",
    ]
    assert PaperText(paper).get_height({}, 30) == 5


def test_who_has_been_heard_from_is_told_as_it_is(workspace: Workspace, now: datetime) -> None:
    def told(room: bool = False) -> str:
        return quiet_rows(Desk(workspace, lambda: now, room=room))[0].row.plain

    for handle in ("maria", "tom", "zoe"):
        record_story(workspace, "win", f"@{handle} rang back", now)
    assert told().startswith("3 of 4 have been heard from in the last two weeks.")
    record_story(workspace, "win", "~ @karim shouted", now)
    assert told() == "Everyone has been heard from in the last two weeks."
    assert told(room=True).startswith("3 of 4 have")


def test_with_nobody_on_the_team_nobody_has_been_heard_from(tmp_path: Path, now: datetime) -> None:
    with Workspace.open(tmp_path / "new", create=True, user="pat") as workspace:
        set_up(workspace, "Team", now, currency="GBP")
        record_story(workspace, "win", "one", now)
        [row] = quiet_rows(Desk(workspace, lambda: now))
    assert row.row.plain == "Nobody is on the team yet. p adds people."


@pytest.mark.parametrize("state", ["kept", "missed", "dropped"])
def test_what_became_of_a_promise_does_not_touch_its_words(
    workspace: Workspace, now: datetime, state: Literal["kept", "missed", "dropped"]
) -> None:
    promise = record_follow_up(workspace, "promise", "refund posted", now.replace(month=8))
    decided = decide(workspace, promise, state, now.replace(month=9, day=30))
    row = follow_up_row(decided, Desk(workspace, lambda: now).roster, now.date())
    assert f"{state} Wed 30 Sep  " in row.laid_out(90).plain


async def test_without_anybody_the_attendance_says_what_to_do(
    tmp_path: Path, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    with Workspace.open(tmp_path / "new", create=True, user="pat") as workspace:
        set_up(workspace, "Team", now, currency="GBP")
        app = app_on(workspace)
        meeting = start_meeting(workspace, now)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(AttendancePage(meeting))
            await pilot.pause()
            assert "Nobody is on the team yet." in screen_text(app)


def test_a_row_shows_the_words_that_were_looked_for_wherever_they_stand(workspace: Workspace, now: datetime) -> None:
    told = StoryDetails(handled="We sent the courier round again", learned="Ring first")
    story = record_story(workspace, "sticky", "@maria They flew home without the parcel", now, told=told).story
    desk = Desk(workspace, lambda: now)

    def row(query: str) -> str:
        wanted = parse_query(query, desk.roster, now.date())
        return history_row(story, desk.roster, 100, lambda text: highlights(text, wanted)).plain

    assert "They flew home without the parcel" in row("parcel")
    assert "How it was handled: We sent the courier round again" in row("courier")
    assert "They flew home" in row("maria")


def test_everybody_in_a_story_is_named_behind_its_words_where_their_column_is_too_narrow(
    workspace: Workspace, now: datetime
) -> None:
    add_person(workspace, "Bartholomew Ek", now)
    roster = Desk(workspace, lambda: now).roster
    rows = []
    for line in ("@bartholomew @tom stayed late", "@tom @maria stayed late"):
        story = record_story(workspace, "win", line, now).story
        assert story is not None
        rows.append(story_row("09:00", story, roster).plain)
    assert rows[0].endswith("+1 stayed late  Bartholomew, Tom")
    assert rows[1].endswith("Tom, Maria stayed late")


def test_an_excerpt_fills_its_row_and_shows_the_match() -> None:
    text = "Bea's espresso machine broke; he rode it to the mender. She calls him her #1 courier now."
    at = text.index("courier")
    shown = excerpt(text, 60, lambda _: [(at, at + 7)])
    assert shown.plain == "…he rode it to the mender. She calls him her #1 courier now."
    assert [shown.plain[span.start : span.end] for span in shown.spans] == ["courier"]
    long = excerpt(f"{text} {'And more. ' * 20}", 60, lambda _: [(at, at + 7)])
    assert "courier" in long.plain
    assert 50 <= long.cell_length <= 60


@given(name=st.text(st.sampled_from("aé王e\u0301 -."), max_size=30), width=st.integers(2, 24))
def test_a_name_that_is_cut_has_room_and_keeps_its_end(name: str, width: int) -> None:
    shown = fitted(name, width)
    assert Content(shown).cell_length <= width
    assert shown == name or "…" in shown


def test_alike_names_are_told_apart_in_few_cells() -> None:
    names = (
        "Ekaterina Konstantinova",
        "Ekaterina Konstantinopolskaya",
        "Maximilian P.",
        "Christopher Anthony",
        "王小明王小明红",
    )
    assert [fitted(name, 12) for name in names] == [
        "Ekater…inova", "Ekater…skaya", "Maximili… P.", "Chr… Anthony", "王小明…明红",
    ]  # fmt: skip
