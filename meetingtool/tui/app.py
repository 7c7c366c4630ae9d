"""The app: its modes, what works everywhere, and the one place where errors are shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.actions import ActionParseResult
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.events import Event, Key, MouseEvent
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

from meetingtool.actions.desk import Desk
from meetingtool.actions.reading import is_set_up
from meetingtool.records.base import Record
from meetingtool.records.meetings import Meeting
from meetingtool.rules.meeting.meeting_time import forgotten
from meetingtool.store import BookDamaged, Workspace
from meetingtool.tui.ahead import load_ahead
from meetingtool.tui.frame.textual_private import LeftOnce, NothingPrinted, begin_with_theme, press
from meetingtool.tui.notices import Notices
from meetingtool.tui.terminal_watch import end_with_terminal
from meetingtool.tui.themes import COLOURS, DARK, LIGHT, legible
from meetingtool.tui.tool import ROOT, Tool

if TYPE_CHECKING:
    from textual.command import Provider

    from meetingtool.actions.keeping.undo import BeyondUndo
    from meetingtool.records.complaints import Complaint
    from meetingtool.rules.people.periods import Period
    from meetingtool.tui.history.history import HistoryScreen

LOOK_EVERY = 0.5
"""Seconds between two looks for changes that another program made."""


def local_now() -> datetime:
    """Now, with the offset of this place."""
    return datetime.now().astimezone()


def _terminal_there() -> bool:
    """Whether keys can still arrive: not after a window was closed or a connection lost."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


def _today() -> Screen[None]:
    from meetingtool.tui.today.today import TodayScreen

    return TodayScreen()


def _meeting() -> Screen[None]:
    from meetingtool.tui.meeting.meeting import MeetingScreen

    return MeetingScreen()


def _history() -> Screen[None]:
    from meetingtool.tui.history.history import HistoryScreen

    return HistoryScreen()


def _people() -> Screen[None]:
    from meetingtool.tui.people.people import PeopleScreen

    return PeopleScreen()


def _customers() -> Screen[None]:
    from meetingtool.tui.customers.customers import CustomersScreen

    return CustomersScreen()


def _playbook() -> Screen[None]:
    from meetingtool.tui.playbook.playbook import PlaybookScreen

    return PlaybookScreen()


def _first_mode(desk: Desk) -> str:
    """Today, or the meeting that was running when the app last stopped: then the screen is still shared. One whose
    clock was forgotten is over."""
    meeting = desk.open_meeting()
    if meeting is None or meeting.state != "running" or forgotten(meeting, desk.now):
        return "today"
    desk.room = True
    return "meeting"


def _deeds() -> type[Provider]:
    from meetingtool.tui.palette import Deeds

    return Deeds


class MeetingtoolApp(NothingPrinted[None], Tool):
    """The terminal app over one workspace."""

    TITLE = "meetingtool"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_deeds}
    CSS_PATH = [Path(__file__).with_name("app.tcss"), Path(__file__).parent / "today" / "today.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    MODES: ClassVar = {
        "today": _today,
        "meeting": _meeting,
        "history": _history,
        "people": _people,
        "customers": _customers,
        "playbook": _playbook,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "mode('today')", "Today", tooltip="What needs your attention", id="mode.today"),
        Binding("m", "mode('meeting')", "Meeting", tooltip="Run the weekly meeting", id="mode.meeting"),
        Binding("h", "mode('history')", "History", tooltip="Look back and search", id="mode.history"),
        Binding("p", "mode('people')", "People", tooltip="Everybody on the team", id="mode.people"),
        Binding("c", "mode('customers')", "Customers", tooltip="What customers say and are owed", id="mode.customers"),
        Binding("b", "mode('playbook')", "Playbook", tooltip="Standards, questions, role-plays", id="mode.playbook"),
        Binding("w", "capture('win')", "Win", tooltip="Note a service win", id="capture.win"),
        Binding("s", "capture('sticky')", "Sticky", tooltip="Note a sticky situation", id="capture.sticky"),
        Binding("slash", "search", "Search", tooltip="Search everything told so far", id="search", key_display="/"),
        Binding("u", "undo", "Undo", tooltip="Undo the last change", id="undo", show=False),
        Binding("ctrl+z", "undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("v", "toggle_room", "Room", show=False, tooltip="Room or private", id="room"),
        Binding("ctrl+r", "toggle_room", "Room", False, priority=True, tooltip="Room or private", id="room.anywhere"),
        Binding("question_mark", "keys", "Keys", tooltip="The keys that work here", id="keys", key_display="?"),
        Binding("f1", "keys", "Keys", tooltip="The keys that work here", id="keys.anywhere"),
        Binding("colon", "command_palette", "Commands", show=False, tooltip="All commands", id="palette.colon"),
        Binding(
            "comma",
            "settings",
            "Settings",
            tooltip="The team, the meeting, the score, colours and keys",
            id="settings",
            key_display=",",
            show=False,
        ),
        Binding("escape", "go_back", "Back", show=False, tooltip="Back to where you came from", id="back"),
        Binding("q", "leave", "Quit", show=False, tooltip="Close meetingtool", id="quit"),
    ]

    def __init__(
        self, workspace: Workspace, *, sample: bool = False, clock: Callable[[], datetime] = local_now
    ) -> None:
        desk = Desk(workspace, clock)
        self.set_up = is_set_up(workspace)
        self._asks_for_private = False
        if self.set_up:
            self.DEFAULT_MODE = _first_mode(desk)  # type: ignore[misc]  # so that no empty screen is drawn before it
        super().__init__(desk, sample=sample)
        self.notices = Notices(self)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        wished = self.desk.settings.theme if self.set_up else ""
        begin_with_theme(self, wished if wished in self.available_themes else DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        if self.set_up:
            self.begin()
        else:
            from meetingtool.tui.setup.setup import SetupScreen

            self.push_screen(SetupScreen(), lambda _: self.begin())
        self._has_terminal = not self.is_headless and _terminal_there()
        if self._has_terminal:
            end_with_terminal(_terminal_there)
        self.set_interval(LOOK_EVERY, self._look_around)
        self.notices.begin()
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self._listen_for_the_end()
        if self._freezes:
            self.call_after_refresh(self.run_worker, partial(load_ahead, self), name="load ahead")

    def _listen_for_the_end(self) -> None:
        """A closed terminal or a shutdown ends the app the way `q` does: half-typed text is kept first."""
        import signal
        from asyncio import get_running_loop

        for name in ("SIGHUP", "SIGTERM"):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    get_running_loop().add_signal_handler(number, self.end)

    def get_css_variables(self) -> dict[str, str]:
        """The variables of the theme, made legible for our screens."""
        self.theme_variables = legible(self.theme, super().get_css_variables())
        return self.theme_variables

    async def on_event(self, event: Event) -> None:
        """Any key shows that somebody is here, who wants to see what others do."""
        if isinstance(event, (Key, MouseEvent)):
            self.workspace.in_use()
        await super().on_event(event)

    def begin(self) -> None:
        """Apply the settings; after the set-up, go on to Today."""
        self.set_keymap(self.desk.settings.keys)
        if not self.set_up:
            self.set_up = True
            self.switch_mode("today")

    def _look_around(self) -> None:
        """Show what another program has changed meanwhile; end if the terminal is gone."""
        if self._has_terminal and not _terminal_there():
            self.exit()
        else:
            if self.workspace.FAR:
                self.run_worker(self.look_aside(), name="look")
            else:
                self.look_for_changes()
            for told in self.workspace.drafts.noticed():
                self.warn(told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a line that is being typed, `/` is a letter; in the room there are no settings."""
        if action == "settings":
            return not self.desk.room
        if action == "toggle_room":
            return self.set_up
        if action == "go_back":  # a running meeting is left by keys that say so
            return self.set_up and self.current_mode != ROOT and not self._in_meeting()
        return action != "search" or not isinstance(self.focused, Input)

    def why_not(self, action: str) -> str:
        """Why there are no settings."""
        shared = action == "settings" and self.desk.room
        return "The settings are for you alone, and the screen is shared: v goes private first." if shared else ""

    def _in_meeting(self) -> bool:
        return self.current_mode == "meeting" and self.desk.open_meeting() is not None

    def action_capture(
        self, kind: str, text: str = "", because: str = "", then: Callable[[str], object] | None = None
    ) -> None:
        """Note something without leaving the screen; see `Tool`."""
        from meetingtool.tui.stories.quick_capture import QuickCapture

        def noted(last: str | None) -> None:
            if last and then is not None:
                then(last)

        self.push_screen(QuickCapture(kind, text, because), noted)

    def open_record(self, record: Record) -> None:
        """Open the minutes of a meeting, or the page of another record."""
        if isinstance(record, Meeting):
            from meetingtool.tui.meeting.minutes import MinutesPage

            self.push_screen(MinutesPage(record))
        else:
            from meetingtool.tui.stories.story_page import StoryPage

            self.push_screen(StoryPage(record))

    def find_row(self, names: Sequence[str], point: Callable[[int], object]) -> None:
        """Let a row of a list be found by typing."""
        from meetingtool.tui.dialogs.choose import find_row

        find_row(self, names, point)

    def next_step(self, complaint: Complaint) -> None:
        """Do the step of a complaint that is due."""
        from meetingtool.rules.customers.complaints import next_due
        from meetingtool.tui.customers.complaint_steps import next_step

        due = next_due(complaint, self.desk.settings.service)
        if due is not None:
            next_step(self, complaint, due.step)

    def show_person(self, person_id: str) -> None:
        """Go to a person's page."""
        from meetingtool.tui.people.people import PeopleScreen

        self.action_mode("people")
        screen = self.screen
        if isinstance(screen, PeopleScreen):
            screen.call_after_refresh(screen.choose, person_id)

    def show_ratings(self) -> None:
        """People by standards, to rate."""
        from meetingtool.tui.people.rating_sheet import RatingSheet

        self.push_screen(RatingSheet())

    def show_training(self) -> None:
        """People by courses."""
        from meetingtool.tui.people.training_page import TrainingPage

        self.push_screen(TrainingPage())

    def show_insight(self, view: str = "year", of: str = "", period: Period | None = None) -> None:
        """Look at many records together."""
        from meetingtool.tui.insight.insight import InsightPlace, InsightScreen

        self.push_screen(InsightScreen(InsightPlace(view, of), period))

    def look_for(self, query: str, back: Callable[[], object] | None = None) -> None:
        """Show in the history what a query finds. back: where Escape leads as long as that is shown."""
        way_back = back or (self.action_go_back if self.current_mode != "history" else None)
        self._to_history(lambda history: history.look_for(query, way_back))

    def action_search(self) -> None:
        """Go to the history with the cursor in the search line."""
        self._to_history(lambda history: history.search())

    def _to_history(self, then: Callable[[HistoryScreen], None]) -> None:
        """Go to the history and do something there once its widgets exist."""
        from meetingtool.tui.history.history import HistoryScreen

        self.action_mode("history")

        def arrived() -> None:
            if isinstance(self.screen, HistoryScreen):
                then(self.screen)

        self.call_after_refresh(arrived)

    def action_undo(self) -> None:
        """Undo the last deed and say what it was, or ask first."""
        from meetingtool.tui.dialogs.undo_past import undo_or_ask

        undo_or_ask(self)

    def undo(self, *, past: bool = False) -> None:
        """Undo the last deed and say what it was; colours and keys that it had changed are back at once."""
        super().undo(past=past)
        wished = self.desk.settings.theme or DARK.name
        if wished in self.available_themes:
            self.theme = wished
        self.set_keymap(self.desk.settings.keys)

    def ask_past(self, refused: BeyondUndo, before: str) -> None:
        """Offer to undo the latest deed before the one that can't be undone."""
        from meetingtool.tui.dialogs.undo_past import ask_past

        ask_past(self, refused, before)

    def action_toggle_room(self) -> None:
        """Switch between room and private; ask before going private while a meeting runs."""
        from meetingtool.tui.frame.page import Page

        if not self.desk.room:
            self.set_room(True)
        elif any(isinstance(screen, Page) and screen.stays_in_room for screen in self.screen_stack):
            self.say("The keyboard is being passed round. Escape ends that first.")
        elif not self._asks_for_private:
            self._go_private()

    @work
    async def _go_private(self) -> None:
        meeting = self.desk.open_meeting()
        if meeting is not None and meeting.state == "running":
            from meetingtool.tui.dialogs.confirm import Confirm

            self._asks_for_private = True
            sure = await self.push_screen_wait(
                Confirm(
                    "Show private records?",
                    "A meeting is running. Scores, ratings and private stories will be visible on this screen.",
                    yes="Show them",
                    no="Stay in the room",
                )
            )
            self._asks_for_private = False
            if not sure:
                return
        self.set_room(False)

    @work
    async def action_colours(self) -> None:
        """Choose the colours; they are remembered."""
        from textual.content import Content

        from meetingtool.tui.dialogs.choose import Choose

        options = [(name, Content(words)) for name, words in COLOURS.items()]
        chosen = await self.push_screen_wait(Choose("Colours", options))
        if chosen == "":
            self.search_themes()
        elif chosen is not None:
            self.theme = chosen

    def _remember_theme(self, theme: Theme) -> None:
        if not self.set_up:
            return
        if theme.name == (self.desk.settings.theme or DARK.name):
            self.redraw()  # undone: the page of the settings names it
            return
        from meetingtool.actions.settings import remember_theme

        self.attempt(lambda: remember_theme(self.workspace, theme.name, self.desk.now))

    def action_command_palette(self) -> None:
        """Open the palette of all that can be done here, once."""
        if self.use_command_palette and not isinstance(self.screen, LeftOnce):
            self.push_screen(LeftOnce())

    def action_change_keys(self) -> None:
        """Give something another key."""
        from meetingtool.tui.dialogs.press_key import ChangeKeys

        self.push_screen(ChangeKeys())

    def action_settings(self) -> None:
        """Show everything that can be set; not in the room, where the limits of the score don't belong."""
        from meetingtool.tui.settings.settings import SettingsPage

        self.push_screen(SettingsPage())

    def action_keys(self) -> None:
        """Show the keys that work here and now, and press the one that is clicked."""
        from meetingtool.tui.dialogs.keys import KeySheet

        self.push_screen(KeySheet(self.screen), lambda key: press(self, key) if key else None)

    async def action_quit(self) -> None:
        """Close the app, as `q` does: Textual's own key for it is bound too."""
        self.action_leave()

    @work
    async def action_leave(self) -> None:
        """Close the app; ask while a meeting runs, and where something would be lost."""
        from meetingtool.tui.frame.page import Page

        meeting: Meeting | None = self.desk.open_meeting() if self.set_up else None
        lost = next(
            (said for page in self.screen_stack if isinstance(page, Page) and (said := page.lost_on_leaving())), ""
        )
        if lost or (meeting is not None and meeting.state == "running"):
            from meetingtool.tui.dialogs.confirm import Confirm

            question = "Leave without keeping it?" if lost else "Leave while the meeting is running?"
            waits = " or waits here for the server" if self.workspace.waiting else ""
            kept = f"Everything is saved{waits}, and the meeting resumes where it stopped when you come back."
            if not await self.push_screen_wait(Confirm(question, lost or kept, yes="Leave", no="Stay")):
                return
        self.end()

    async def action_pop_screen(self) -> None:
        """Leave the page on top; the screen of a mode stays."""
        if len(self.screen_stack) > 1:
            await super().action_pop_screen()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key stands for; once the app is ending, further keys do nothing."""
        return self.ending or await super().run_action(action, default_namespace, namespaces)

    def failed(self, error: BaseException) -> None:
        """Note a damaged book, which can be mended after the app has closed."""
        if isinstance(error, BookDamaged):
            self.damage = error

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action that works here, by name."""
        from meetingtool.tui.palette import commands

        yield from commands(self, screen)
