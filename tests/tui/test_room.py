"""The room: whatever is opened, pressed, searched or refused while the screen is shared shows nothing private.

Everything private in the workspace carries `MARK`: stories and what came out of them, notes of ratings, the words of
evaluations, and the names of the score's bands. The walk goes through every mode, tab, row, key and palette entry in
room and reads all that is drawn, said and hinted at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from screen_text import said, screen_text
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, OptionList, TabbedContent, Tabs, TextArea

import meetingtool.tui
from meetingtool.actions.desk import Desk
from meetingtool.actions.history import insight
from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.meeting import meetings
from meetingtool.actions.meeting.papers import agenda_paper, minutes_paper
from meetingtool.actions.people import evaluations
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.actions.settings import change_settings
from meetingtool.actions.stories.follow_ups import decide, record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.documents.formats import markdown, plaintext
from meetingtool.errors import MeetingtoolError
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story, Told
from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.palette import commands
from meetingtool.tui.stories.capture_line import CaptureLine

MARK = "zebrafish"
"""A word that stands in everything private, and in nothing else."""

SHOWN = "lighthouse"
"""A word in what may be seen, so that an empty screen proves nothing."""

TALL = (130, 60)
"""So tall that hardly anything has to be scrolled to; what stands further down is read from the widgets."""

LEAVES = frozenset({"quit", "app.quit", "leave", "help_quit", "app.help_quit", "screen.minimize", "suspend_process"})
"""Actions that end the app or leave the screen to the shell."""

OUT = frozenset({"toggle_room"})
"""Actions that leave the room; asking first is tested elsewhere."""


@pytest.fixture
def marked(workspace: Workspace, now: datetime) -> Workspace:
    """A workspace with a year of things private and things shown; a meeting was held last week."""
    rule = ScoreRule(bands=((50, f"Band {MARK}"), (0, f"Lower band {MARK}")))
    change_settings(workspace, now, score=rule)
    week = timedelta(days=7)
    before = now - week
    held = meetings.start_meeting(workspace, before)
    record_story(workspace, "win", f"@maria the {SHOWN} keeper rang back #own-it ^Acme", before, meeting=held.id)
    record_story(workspace, "sticky", f"@tom the {SHOWN} lamp failed #listen", before, meeting=held.id)
    for kind in ("win", "sticky"):
        _private_story(workspace, kind, before, held.id)  # type: ignore[arg-type]
    meetings.close_meeting(workspace, workspace.get(Meeting, held.id), before + timedelta(minutes=20))
    for kind in ("win", "sticky"):
        _private_story(workspace, kind, now - timedelta(days=2), None)  # type: ignore[arg-type]
    _private_story(workspace, "win", now - timedelta(days=364), None)
    record_story(workspace, "win", f"@zoe @karim {SHOWN} waits", now - timedelta(days=1))
    for kind in ("promise", "action"):
        record_follow_up(workspace, kind, f"@tom {MARK} {kind} by fri ~", now - timedelta(days=4))  # type: ignore[arg-type]
    record_follow_up(workspace, "promise", f"@tom {SHOWN} oil ordered by fri", now - timedelta(days=4))
    kept = record_follow_up(workspace, "action", f"@maria {MARK} kept ~", now - timedelta(days=4))
    decide(workspace, kept, "kept", now - timedelta(days=3), note=MARK)
    binned = record_story(workspace, "win", f"@karim {MARK} in the bin ~", now - timedelta(days=3)).story
    remove(workspace, binned, now - timedelta(days=3))
    _judge(workspace, now)
    return workspace


def _private_story(workspace: Workspace, kind: str, when: datetime, meeting: str | None) -> Story:
    told = Told(happened=f"{MARK} happened", learned=f"{MARK} learned") if kind == "sticky" else None
    line = f'@karim {MARK} {kind} ^"{MARK} Ltd" !"{MARK} promised" by fri >"{MARK} to do" @{MARK} #own-it ~'
    return record_story(workspace, kind, line, when, meeting=meeting, told=told).story  # type: ignore[arg-type]


def _judge(workspace: Workspace, now: datetime) -> None:
    """Ratings with notes on every standard, this year and last, and evaluations in words."""
    roster = roster_of(workspace, now.date())
    for person in (roster.person("maria"), roster.person("tom")):
        assert person is not None
        for standard in roster.standards:
            for days in (5, 120, 330):
                rate(workspace, person, standard, 4, now, note=f"{MARK} note", at=now - timedelta(days=days))
        for year in (now.year, now.year - 1):
            period = period_of(year)
            words = {name: f"{MARK} {name}" for name in ("strengths", "growth", "goals")}
            evaluations.write(workspace, person, period, now, **words)  # type: ignore[arg-type]


@pytest.fixture
def room(marked: Workspace, now: datetime) -> MeetingtoolApp:
    """The app on the marked workspace, in room."""
    app = MeetingtoolApp(marked, clock=lambda: now)
    app.desk.room = True
    return app


def everything(app: MeetingtoolApp) -> str:
    """All that can be read now: every screen of the stack as drawn, what stands outside of the view, what was said."""
    texts = [screen_text(app), said(app), str(app.title), str(app.sub_title)]
    for screen in app.screen_stack:
        for widget in screen.walk_children(Widget):
            texts += _texts_of(widget)
    for command in commands(app, app.screen):
        texts += [command.title, command.help or ""]
    return "\n".join(texts)


def _texts_of(widget: Widget) -> Iterator[str]:
    """What a widget says, drawn or not yet."""
    yield from (str(text) for text in (widget.border_title, widget.border_subtitle, widget.tooltip) if text)
    if not widget.display:
        return
    if isinstance(widget, OptionList):
        yield from (str(getattr(option.prompt, "plain", option.prompt)) for option in widget.options)
    if isinstance(widget, Input):
        yield from (widget.value, str(widget.placeholder))
    if isinstance(widget, TextArea):
        yield widget.text
    content = getattr(widget, "content", None)
    if content is not None:
        yield str(getattr(content, "plain", content))


def unmarked(app: MeetingtoolApp, where: str) -> None:
    """Nothing private can be read; `where` tells how one came here."""
    read = everything(app)
    assert app.desk.room, f"left the room by {where}"
    found = [line.strip() for line in read.splitlines() if MARK in line.casefold()]
    assert not found, f"after {where}: {found[:3]}"


async def settle(pilot: Pilot[None]) -> None:
    """Let every message be handled and everything be drawn."""
    for _ in range(2):
        await pilot.pause()


async def back_to(app: MeetingtoolApp, pilot: Pilot[None], mode: str) -> None:
    """Close what lies over the mode, and the mode's own inputs."""
    for _ in range(8):
        if len(app.screen_stack) <= 1:
            break
        app.pop_screen()
        await settle(pilot)
    if app.current_mode != mode:
        app.switch_mode(mode)
        await settle(pilot)
    app.clear_notifications()


def actions_here(app: MeetingtoolApp) -> list[tuple[str, object]]:
    """What the keys do that work here, once each."""
    found: dict[str, object] = {}
    for active in app.screen.active_bindings.values():
        name = active.binding.action.partition("(")[0].rpartition(".")[2]
        if active.enabled and active.binding.action not in LEAVES and name not in LEAVES | OUT:
            found.setdefault(active.binding.action, active.node)
    return list(found.items())


MODES = ("today", "meeting", "history", "people", "playbook")


@pytest.mark.parametrize("mode", MODES)
async def test_every_key_of_every_mode_shows_nothing_private(room: MeetingtoolApp, mode: str) -> None:
    """What works in every mode is tried in the first; a page that several keys open is walked once."""
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        room.action_mode(mode)
        await settle(pilot)
        unmarked(room, mode)
        if mode != "playbook":
            assert SHOWN in everything(room).casefold(), "the walk sees what may be seen"
        walked: set[str] = set()
        for action, node in actions_here(room):
            if node is room and mode != MODES[0]:
                continue
            await room.run_action(action, node)  # type: ignore[arg-type]
            await settle(pilot)
            unmarked(room, f"{mode}, {action}")
            page = type(room.screen).__name__
            opened = len(room.screen_stack) > 1 and page not in walked
            walked.add(page)
            for inner, inner_node in actions_here(room) if opened else []:
                if room.screen.is_mounted and inner_node in (room.screen, *room.screen.walk_children(Widget)):
                    await room.run_action(inner, inner_node)  # type: ignore[arg-type]
                    await settle(pilot)
                    unmarked(room, f"{mode}, {action}, {inner}")
            await back_to(room, pilot, mode)


@pytest.mark.parametrize("mode", MODES)
async def test_every_row_and_tab_opens_on_nothing_private(room: MeetingtoolApp, mode: str) -> None:
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        room.action_mode(mode)
        await settle(pilot)
        for tabs in [*room.screen.query(Tabs)]:
            if isinstance(tabs.parent, TabbedContent):
                continue
            for tab in [*tabs.query("Tab")]:
                tabs.active = tab.id or ""
                await settle(pilot)
                unmarked(room, f"{mode}, tab {tab.id}")
        for number in range(len(room.screen.query(OptionList))):
            await _enter_rows(room, pilot, mode, number)


async def _enter_rows(room: MeetingtoolApp, pilot: Pilot[None], mode: str, number: int) -> None:
    """Enter the rows of one list of the mode, and those of the page that each opens."""
    for row in range(12):
        lists = [*room.screen.query(OptionList)]
        if number >= len(lists) or row >= lists[number].option_count:
            return
        if lists[number].get_option_at_index(row).disabled:
            continue
        lists[number].highlighted = row
        await settle(pilot)
        unmarked(room, f"{mode}, row {row} of {lists[number].id}")
        lists[number].action_select()
        await settle(pilot)
        unmarked(room, f"{mode}, entering row {row} of {lists[number].id}")
        await back_to(room, pilot, mode)


WALKED = ("wins", "stickies")
"""The segments in which every key is tried; in the others the keys do the same."""


async def test_a_running_meeting_shows_nothing_private_in_any_segment(
    marked: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    meeting = meetings.start_meeting(marked, now)
    _private_story(marked, "win", now, meeting.id)
    _private_story(marked, "sticky", now, meeting.id)
    record_story(marked, "win", f"@maria {SHOWN} painted", now, meeting=meeting.id)
    app = app_on(marked)
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        for index in range(len(meeting.segments)):
            unmarked(app, f"segment {index}")
            for action, node in actions_here(app) if meeting.segments[index].topic in WALKED else ():
                name = action.partition("(")[0]
                if name in ("next", "back", "mode", "close", "undo", "app.undo"):
                    continue
                await app.run_action(action, node)  # type: ignore[arg-type]
                await settle(pilot)
                unmarked(app, f"segment {index}, {action}")
                await back_to(app, pilot, "meeting")
            open_meeting = meetings.open_meeting(marked, now)
            assert open_meeting is not None
            if index + 1 < len(meeting.segments):
                meetings.go_to_segment(marked, open_meeting, index + 1, now)
                app.redraw()
                await settle(pilot)


async def test_closing_a_meeting_and_its_minutes_show_nothing_private(
    marked: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    meeting = meetings.start_meeting(marked, now)
    _private_story(marked, "win", now, meeting.id)
    record_story(marked, "win", f"@maria {SHOWN} painted !oil by fri", now, meeting=meeting.id)
    app = app_on(marked)
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g")
        await settle(pilot)
        unmarked(app, "closing")
        await pilot.press("8", "ctrl+s")
        await settle(pilot)
        assert SHOWN in everything(app)
        unmarked(app, "minutes")
        for key in ("m", "y", "s"):
            await pilot.press(key)
            await settle(pilot)
            unmarked(app, f"minutes, {key}")


async def test_pages_that_lay_open_in_private_are_empty_of_it_after_switching_to_room(
    marked: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    app = app_on(marked)
    story = marked.find(Story, private=True)[-1]
    held = marked.find(Meeting)[-1]
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        for page in _pages(app, story, held):
            app.push_screen(page())
            await settle(pilot)
            app.set_room(True)
            await settle(pilot)
            unmarked(app, f"switching on {page.__name__}")
            app.set_room(False)
            await back_to(app, pilot, "today")


def _pages(app: MeetingtoolApp, story: Story, held: Meeting) -> Iterator[Callable[[], object]]:
    from meetingtool.tui.insight.insight import InsightScreen, Place
    from meetingtool.tui.meeting.due import DuePage
    from meetingtool.tui.meeting.minutes import MinutesPage
    from meetingtool.tui.meeting.rating_pass import RatingPass
    from meetingtool.tui.stories.edit_line import EditLine
    from meetingtool.tui.stories.story_page import StoryPage

    def private_minutes() -> MinutesPage:
        page = MinutesPage(held)
        page.private = True
        return page

    def story_page() -> StoryPage:
        return StoryPage(story)

    def edit_line() -> EditLine:
        return EditLine(story)

    def rating_pass() -> RatingPass:
        return RatingPass(held)

    def person_insight() -> InsightScreen:
        return InsightScreen(Place("person", story.people[0]))

    def customer_insight() -> InsightScreen:
        return InsightScreen(Place("customer", story.customer))

    def themes_insight() -> InsightScreen:
        return InsightScreen(Place("themes"))

    yield from (private_minutes, story_page, edit_line, rating_pass, DuePage)
    yield from (person_insight, customer_insight, themes_insight)


async def test_the_modes_forget_what_was_shown_in_private(
    marked: Workspace, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    app = app_on(marked)
    async with app.run_test(size=TALL) as pilot:
        for mode in MODES:
            app.action_mode(mode)
            await settle(pilot)
            if mode in ("today", "history", "people"):
                assert MARK in everything(app), f"{mode} shows in private what the room does not"
            for tab in ("ratings", "score", "evaluation") if mode == "people" else ():
                app.screen.query_one(TabbedContent).active = tab
                await settle(pilot)
            app.set_room(True)
            await settle(pilot)
            unmarked(app, f"switching on {mode}")
            app.set_room(False)


QUERIES = (
    MARK,
    "is:private",
    f"customer:{MARK}",
    "@karim",
    f"@{MARK}",
    "is:unsorted",
    "is:sticky",
    "#own-it",
    "-nothing",
)


async def test_no_search_finds_completes_or_counts_what_is_private(room: MeetingtoolApp) -> None:
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await settle(pilot)
        for query in QUERIES:
            line = room.screen.query_one(Input)
            line.value = query[:-1]
            line.cursor_position = len(line.value)
            await pilot.press(query[-1])
            await settle(pilot)
            read = everything(room).replace(query, "")
            assert MARK not in read, f"searching {query}"
            await pilot.press("tab")
            await settle(pilot)
            line.value = ""
            await settle(pilot)
            unmarked(room, f"after searching {query}")


async def test_the_capture_line_completes_no_private_customer(room: MeetingtoolApp) -> None:
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        await pilot.press("^", "z")
        await settle(pilot)
        unmarked(room, "completing a customer")
        room.screen.query_one(CaptureLine).input.post_message(
            events.Paste(f"one @karim\ntwo #own-it\n~ {MARK} ^{MARK}")
        )
        await settle(pilot)
        assert "a private story" in everything(room)
        unmarked(room, "a pasted list")


async def test_undoing_says_nothing_about_private_deeds(room: MeetingtoolApp, marked: Workspace) -> None:
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        for _ in range(12):
            await pilot.press("u")
            await settle(pilot)
            unmarked(room, "undoing")
            assert "evaluation" not in said(room)
            assert "person rated" not in said(room)


def test_papers_of_the_room_hold_nothing_private(marked: Workspace, now: datetime) -> None:
    desk = Desk(marked, lambda: now, room=True)
    held = marked.find(Meeting)[-1]
    for paper in (agenda_paper(desk), minutes_paper(desk, held)):
        for render in (markdown.render, plaintext.render):
            assert MARK not in render(paper).casefold()
    assert SHOWN in plaintext.render(minutes_paper(desk, held))
    for private in (lambda: agenda_paper(desk, private=True), lambda: minutes_paper(desk, held, private=True)):
        with pytest.raises(MeetingtoolError) as refused:
            private()
        assert MARK not in str(refused.value)


def test_the_manager_does_see_what_the_room_does_not(marked: Workspace, now: datetime) -> None:
    desk = Desk(marked, lambda: now)
    assert MARK in plaintext.render(minutes_paper(desk, marked.find(Meeting)[-1], private=True))
    assert MARK in plaintext.render(agenda_paper(desk, private=True))


def test_no_screen_reads_the_books_past_the_desk() -> None:
    """What a screen reads comes from the desk (or from actions that ask it), where the room is kept."""
    folder = Path(meetingtool.tui.__file__).parent
    reading = ("workspace.find(", "workspace.get(", "workspace.by_ref(", "workspace.versions(", "workspace.deeds(")
    past = [
        f"{path.name}: {line.strip()}"
        for path in sorted(folder.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if any(call in line for call in reading)
    ]
    assert past == []


def test_the_marks_cover_every_kind_of_private_record(marked: Workspace) -> None:
    """The walk is worth what the marks are worth: each private kind is there, and marked."""
    from meetingtool.records.evaluations import Evaluation
    from meetingtool.records.followups import FollowUp
    from meetingtool.records.ratings import Rating

    for kind in (Story, FollowUp, Rating, Evaluation):
        private = [r for r in marked.find(kind) if kind in (Rating, Evaluation) or getattr(r, "private", False)]
        assert private
        assert all(MARK in msgspec.json.encode(record).decode() for record in private)
    assert MARK in settings_of(marked).score.bands[0][1]


VIEWS = [*insight.TITLES, "person", "standard", "customer"]


@pytest.mark.parametrize("name", VIEWS)
async def test_no_view_of_many_records_shows_anything_private(room: MeetingtoolApp, name: str) -> None:
    from meetingtool.tui.insight.insight import InsightScreen, Place

    karim, own_it = room.desk.roster.person("karim"), room.desk.roster.standard("own-it")
    assert karim is not None
    assert own_it is not None
    of = {"person": karim.id, "standard": own_it.id, "customer": "Acme"}.get(name, "")
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        for wanted in {of, f"{MARK} Ltd" if name == "customer" else of}:
            room.push_screen(InsightScreen(Place(name, wanted)))
            await settle(pilot)
            unmarked(room, f"view {name}")
            for key in ("[", "]", "y", "d"):
                await pilot.press(key)
                await settle(pilot)
                unmarked(room, f"view {name}, {key}")
            await back_to(room, pilot, "today")


def test_counts_of_the_room_leave_out_what_is_private(room: MeetingtoolApp) -> None:
    desk = room.desk
    span = insight.last_twelve_months(desk.today)
    months = insight.view_of(desk, "months", span)
    assert sum(int(str(row.cells[1])) for row in months.sections[0].rows) == 2
    assert sum(int(str(row.cells[2])) for row in months.sections[0].rows) == 1
    assert not any(MARK in name for name, _ in insight.customers_of(desk, span))
