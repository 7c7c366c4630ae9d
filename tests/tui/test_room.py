"""The room: whatever is opened, pressed, searched or refused while the screen is shared shows nothing private.

Everything private in the workspace carries `MARK`. `test_room_walk` goes through every mode; here is what needs a
meeting, a search, a page that lay open, or a paper.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import msgspec
import pytest
from marks import MARK, SHOWN, private_story
from screen_text import said, screen_text
from test_room_walk import PAGES, elsewhere
from textual import events
from textual.widgets import Input, TabbedContent
from walk import MODES, TALL, Walk, everything, settle, unmarked

import meetingtool.tui
from meetingtool.actions.desk import Desk
from meetingtool.actions.history import insight
from meetingtool.actions.meeting import meetings
from meetingtool.actions.meeting.papers import agenda_paper, minutes_paper
from meetingtool.actions.people import evaluation_course
from meetingtool.actions.playbook.courses import add_course
from meetingtool.actions.playbook.roleplay import draft_card
from meetingtool.actions.playbook.training_grid import grid_of
from meetingtool.actions.reading import settings_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.documents.formats import markdown, plaintext
from meetingtool.errors import MeetingtoolError
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.mentions import Mention
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.stories import Story
from meetingtool.records.surveys import Survey
from meetingtool.rules.people.periods import half_of, period_of
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.customers.import_survey import ImportPage
from meetingtool.tui.customers.leaving_out_page import LeavingOutPage
from meetingtool.tui.dialogs.keys import KeySheet
from meetingtool.tui.dialogs.whole import Whole
from meetingtool.tui.frame.page import Page
from meetingtool.tui.insight.insight import InsightPlace, InsightScreen
from meetingtool.tui.meeting.closing import ClosingPage
from meetingtool.tui.meeting.deepen import DeepenPage
from meetingtool.tui.meeting.due import DuePage
from meetingtool.tui.meeting.minutes import MinutesPage
from meetingtool.tui.meeting.rating_pass import RatingPass
from meetingtool.tui.papers.shared_papers import BragSheetPage, NamedCardPage
from meetingtool.tui.people.account_page import AccountPage
from meetingtool.tui.people.course_form import CourseForm
from meetingtool.tui.people.evaluation_page import EvaluationPage
from meetingtool.tui.people.export_page import ExportPage
from meetingtool.tui.people.former_edition import FormerEditionPage
from meetingtool.tui.people.hold_session import HoldSession
from meetingtool.tui.people.people import PRIVATE_TABS
from meetingtool.tui.people.pick_stories import PickStories
from meetingtool.tui.people.rating_sheet import RatingSheet
from meetingtool.tui.people.team_page import TeamPage
from meetingtool.tui.people.thanks_page import ThanksPage
from meetingtool.tui.people.training_page import TrainingPage
from meetingtool.tui.playbook.group_form import GroupForm
from meetingtool.tui.playbook.question_form import QuestionForm
from meetingtool.tui.playbook.scenario_form import ScenarioForm
from meetingtool.tui.playbook.standard_form import StandardForm
from meetingtool.tui.playbook.statement_form import StatementForm
from meetingtool.tui.settings.settings import SettingsPage
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.stories.edit_line import EditLine
from meetingtool.tui.stories.kept_when import KeptWhen
from meetingtool.tui.stories.paste import PasteList
from meetingtool.tui.stories.records_page import RecordsPage
from meetingtool.tui.stories.reward_form import RewardForm
from meetingtool.tui.stories.rewards_page import RewardsPage
from meetingtool.tui.stories.role_play import RolePlayPage
from meetingtool.tui.stories.story_page import StoryPage

WALKED: dict[str, set[str]] = {"wins": set(), "stickies": {"DeepenPage", "RolePlayPage"}}
"""The segments in which every key is tried, with the pages that open there alone; in the others keys do the same."""

GOING_ON = frozenset({"next", "back", "close", "undo"})
"""What would lead the meeting to another segment, or end it."""


async def test_a_running_meeting_shows_nothing_private_in_any_segment(
    marked: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    meeting = meetings.start_meeting(marked, now)
    private_story(marked, "win", now, meeting.id)
    private_story(marked, "sticky", now, meeting.id)
    record_story(marked, "win", f"@maria {SHOWN} painted", now, meeting=meeting.id)
    record_story(marked, "sticky", f"@tom {SHOWN} stairs left unlit", now, meeting=meeting.id)
    app = app_on(marked)
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        for index, segment in enumerate(meeting.segments):
            unmarked(app, f"segment {index}")
            if segment.topic in WALKED:
                walk = Walk(app, pilot, "meeting", without=GOING_ON, elsewhere=elsewhere("a running meeting"))
                await walk.every_key(everywhere=False)
                assert walk.keys >= 13
                assert {*walk.pages} - walk.elsewhere == PAGES["a running meeting"]
                assert {*walk.pages} >= WALKED[segment.topic]
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
    private_story(marked, "win", now, meeting.id)
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
    marked: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp], tmp_path: Path
) -> None:
    app = app_on(marked)
    answers = tmp_path / "answers.csv"
    answers.write_text(f"Date,CSAT,Comment\n2026-11-20,5,{MARK}\n", encoding="utf-8")
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        laid_open = _pages(app, marked, answers)
        for page in laid_open:
            app.push_screen(laid_open[page]())
            await settle(pilot)
            assert type(app.screen).__name__ == page
            assert page != "LeavingOutPage" or MARK in screen_text(app).casefold()
            under_the_keys = page in UNDER_THE_KEYS
            if under_the_keys:
                app.push_screen(KeySheet(app.screen))
                await settle(pilot)
            app.set_room(True)
            await settle(pilot)
            assert MARK not in screen_text(app).casefold(), f"{page}, behind the keys"
            if isinstance(app.screen, KeySheet):
                app.pop_screen()
                await settle(pilot)
            unmarked(app, f"switching on {page}, {under_the_keys=}")
            app.set_room(False)
            await Walk(app, pilot, "today").stand(())
    walked = {*laid_open, *frozenset().union(*PAGES.values())}
    assert {name for name in page_names() if name not in walked} == {*HOLDS_NOTHING}


UNDER_THE_KEYS = ("StoryPage", "EditLine", "RatingPass", "EvaluationPage", "RatingSheet", "TeamPage")
"""Pages that lie under another one when the room is switched on: pages of each sort, lists and fields."""

HOLDS_NOTHING = {
    "ChangeKeys": "names of keys",
    "PressKey": "the name of a key",
    "PickFile": "names of files",
    "SetupScreen": "opens where there is no workspace yet",
}
"""Pages that hold no records, with what they show."""


def page_names() -> set[str]:
    """Every sort of page in the product, but for what others of them are made of."""
    for module in walk_packages(meetingtool.tui.__path__, "meetingtool.tui."):
        import_module(module.name)
    waiting: list[type] = [Page]
    found = set()
    while waiting:
        page = waiting.pop()
        waiting += page.__subclasses__()
        if page.__module__.startswith("meetingtool.") and not page.__subclasses__():
            found.add(page.__name__)
    return found


def _pages(app: MeetingtoolApp, workspace: Workspace, answers: Path) -> dict[str, Callable[[], Page[Any]]]:
    """How to open each page that a room never sees, or sees otherwise, on something private."""
    desk, now = app.desk, app.desk.now
    maria = desk.roster.person("maria")
    assert maria is not None
    year = period_of(now.year)
    story, sticky = (workspace.find(Story, private=True, kind=kind)[-1] for kind in ("win", "sticky"))
    promise = workspace.find(FollowUp, kind="promise", private=True, state="open")[-1]
    evaluation_course.finalise(workspace, maria, half_of(now.year, 1), now, reason=MARK)
    evaluation_course.reopen(workspace, maria, half_of(now.year, 1), MARK, now)
    held = workspace.find(Meeting)[-1]
    course = add_course(workspace, "Complaints", now)
    grid = grid_of(desk)
    card = draft_card(workspace, sticky, now)
    praise = workspace.find(Mention, state="confirmed", tone="praise")[-1]
    return {
        "StoryPage": lambda: StoryPage(story),
        "EditLine": lambda: EditLine(story),
        "RatingPass": lambda: RatingPass(held),
        "DuePage": DuePage,
        "RewardsPage": RewardsPage,
        "ThanksPage": ThanksPage,
        "BragSheetPage": lambda: BragSheetPage(maria, year),
        "NamedCardPage": lambda: NamedCardPage(praise, None, lambda: None),
        "ClosingPage": lambda: ClosingPage(held),
        "DeepenPage": lambda: DeepenPage(sticky),
        "RewardForm": lambda: RewardForm(workspace.find(Story, private=True, kind="praise")[-1]),
        "RolePlayPage": lambda: RolePlayPage(sticky, card),
        "KeptWhen": lambda: KeptWhen(promise, now.date()),
        "RecordsPage": lambda: RecordsPage("What it rests on", [story.id, promise.id]),
        "PasteList": lambda: PasteList(f"{MARK} ~\nanother ~", "win"),
        "EvaluationPage": lambda: EvaluationPage(maria, year),
        "ExportPage": lambda: ExportPage(maria, year),
        "FormerEditionPage": lambda: FormerEditionPage(maria, half_of(now.year, 1), 1),
        "PickStories": lambda: PickStories(maria, year),
        "RatingSheet": RatingSheet,
        "TeamPage": lambda: TeamPage(year),
        "TrainingPage": TrainingPage,
        "CourseForm": lambda: CourseForm(course),
        "HoldSession": lambda: HoldSession(course, grid),
        "ImportPage": lambda: ImportPage(answers),
        "Whole": lambda: Whole(MARK, MARK, MARK),
        "LeavingOutPage": lambda: LeavingOutPage(workspace.find(Survey)[-1]),
        "AccountPage": lambda: AccountPage("What Tom says about it", MARK, above=MARK),
        "SettingsPage": SettingsPage,
        "StandardForm": lambda: StandardForm(desk.roster.standards[0]),
        "QuestionForm": lambda: QuestionForm(workspace.find(Question)[0]),
        "StatementForm": lambda: StatementForm(None, workspace.find(Question)[0]),
        "GroupForm": lambda: GroupForm(None),
        "ScenarioForm": lambda: ScenarioForm(workspace.find(Scenario)[0]),
    }


async def test_insight_that_lay_open_in_private_is_empty_of_it_after_switching_to_room(
    marked: Workspace, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    app = app_on(marked)
    story = marked.find(Story, private=True)[-1]
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        minutes = MinutesPage(marked.find(Meeting)[-1])
        minutes.private = True
        places = (
            InsightPlace("person", story.people[0]),
            InsightPlace("customer", story.customer),
            InsightPlace("themes"),
        )
        for page in (minutes, *map(InsightScreen, places)):
            app.push_screen(page)
            await settle(pilot)
            app.set_room(True)
            await settle(pilot)
            unmarked(app, f"switching on {page}")
            app.set_room(False)
            await Walk(app, pilot, "today").stand(())


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
            for tab in PRIVATE_TABS if mode == "people" else ():
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
    from meetingtool.tui.insight.insight import InsightPlace, InsightScreen

    karim, own_it = room.desk.roster.person("karim"), room.desk.roster.standard("own-it")
    assert karim is not None
    assert own_it is not None
    of = {"person": karim.id, "standard": own_it.id, "customer": "Acme"}.get(name, "")
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        for wanted in {of, f"{MARK} Ltd" if name == "customer" else of}:
            room.push_screen(InsightScreen(InsightPlace(name, wanted)))
            await settle(pilot)
            unmarked(room, f"view {name}")
            for key in ("[", "]", "y", "d"):
                await pilot.press(key)
                await settle(pilot)
                unmarked(room, f"view {name}, {key}")
            await Walk(room, pilot, "today").stand(())


def test_counts_of_the_room_leave_out_what_is_private(room: MeetingtoolApp) -> None:
    desk = room.desk
    span = insight.last_twelve_months(desk.today)
    months = insight.view_of(desk, "months", span)
    told = desk.workspace.find(Story, since=span.since, until=span.until)
    for column, kind in ((1, "win"), (2, "sticky")):
        public = sum(story.kind == kind and not story.private for story in told)
        assert 0 < public < sum(story.kind == kind for story in told)
        assert sum(int(str(row.cells[column])) for row in months.sections[0].rows) == public
    assert not any(MARK in name for name, _ in insight.customers_of(desk, span))
