"""The first run: a team name, when it meets, who is on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, Input, Static, TextArea

from meetingtool.actions.people.team import plan_import
from meetingtool.actions.reading import is_set_up
from meetingtool.actions.start import set_up
from meetingtool.errors import MeetingtoolError
from meetingtool.rules.hours import checked_clock
from meetingtool.rules.settings import checked_currency, checked_name
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import Page
from meetingtool.tui.setup.ask_open import OpenChoice, ask_open, ask_order
from meetingtool.tui.setup.people_text import How, Understood, details, roster_path, summary, understand
from meetingtool.tui.setup.weekday_choice import WeekdayChoice

WAIT_FOR_PATH = 0.3
"""Seconds without a key after which a typed path is looked at."""

WELCOME = "Four answers, and your team is ready. Everything can be changed later."
PEOPLE_HINT = "One per line, or the path of a roster (CSV, Excel)."
PEOPLE_EXAMPLE = "Maria Lopez, front desk\nTom Ng, workshop"
INCLUDED = "Included: 8 standards, 40 questions, 20 role-plays, an agenda."
LOOK_AROUND = "Just looking? meetingtool demo opens a sample team."


class PeopleArea(TextArea):
    """People, one per line; Enter on an empty line goes on."""

    class Done(Message):
        """Enter was pressed on an empty line."""

    def on_key(self, event: events.Key) -> None:
        """Go on from an empty line, instead of making another."""
        line = self.document.get_line(self.cursor_location[0])
        if event.key == "enter" and not line.strip():
            event.prevent_default()
            event.stop()
            self.post_message(self.Done())


class SetupScreen(Page[bool]):
    """Gathers what a new workspace needs. It dismisses with True once the workspace is set up.

    It is modal, so that no key of the modes works before there is a team. What was typed is kept as drafts, so that
    it is still there after a crash.
    """

    CSS_PATH = "setup.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "start", "Start", id="setup.start", tooltip="Set up the team and begin"),
        Binding("escape", "leave", "Leave", id="setup.leave", tooltip="Close; what you typed is kept"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._understood = Understood()
        self._text = ""
        self._how = How()
        self._waiting: Timer | None = None

    def body(self) -> ComposeResult:
        kept = self.tool.workspace.drafts.get
        day = kept("setup.weekday")
        with VerticalScroll(id="form", can_focus=False):
            yield Static(Content.assemble(("Welcome to meetingtool", "bold $accent")), id="welcome")
            yield Static(WELCOME, classes="dim", markup=False, id="intro")
            with Horizontal(classes="field"):
                yield Static("Team", classes="label", markup=False)
                yield Input(kept("setup.team"), id="team", placeholder="Harbour Desk")
            yield Static(id="team-problem", classes="problem", markup=False)
            with Horizontal(classes="field"):
                yield Static("Meets on", classes="label", markup=False)
                days = WeekdayChoice(id="weekday")
                days.day = int(day) if day.isdecimal() and int(day) < 7 else 1
                yield days
                yield Static("at", classes="beside", markup=False)
                yield Input(kept("setup.clock") or "09:00", id="clock", max_length=5)
            yield Static(id="clock-problem", classes="problem", markup=False)
            with Horizontal(classes="field"):
                yield Static("Currency", classes="label", markup=False)
                yield Input(kept("setup.currency") or "USD", id="currency", max_length=3)
                yield Static("for money spent to put things right", classes="note dim", markup=False)
            yield Static(id="currency-problem", classes="problem", markup=False)
            with Horizontal(classes="field", id="people-field"):
                yield Static("People", classes="label", markup=False)
                yield Static(PEOPLE_HINT, classes="dim hint", markup=False)
            with Horizontal(id="people-row"):
                yield PeopleArea(
                    kept("setup.people"), id="people", tab_behavior="focus", placeholder=Content(PEOPLE_EXAMPLE)
                )
                with VerticalScroll(id="preview", classes="panel", can_focus=False):
                    yield Static(id="details")
            yield Static(id="people-problem", classes="problem", markup=False)
            with Horizontal(id="end"):
                with Vertical(id="included"):
                    yield Static(INCLUDED, classes="dim", markup=False)
                    yield Static(LOOK_AROUND, classes="dim", markup=False)
                with Horizontal(classes="dialog-buttons"):
                    yield Button("Start", id="start", compact=True)

    def on_mount(self) -> None:
        self.query_one("#team").focus()
        self.watch(self.query_one(WeekdayChoice), "day", self._day_changed, init=False)
        self._look(self.query_one("#people", TextArea).text)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        name = event.input.id or ""
        self.tool.drafts.keep(f"setup.{name}", event.value)
        self._problem(name, "")

    def _day_changed(self, day: int) -> None:
        self.tool.drafts.keep("setup.weekday", str(day))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.focus_next()

    @on(PeopleArea.Done)
    def _people_done(self) -> None:
        self.query_one("#start").focus()

    @on(TextArea.Changed)
    def _people_changed(self, event: TextArea.Changed) -> None:
        text = event.text_area.text
        self._how = How()
        self.tool.drafts.keep("setup.people", text)
        self._problem("people", "")
        if self._waiting is not None:
            self._waiting.stop()
        if roster_path(text) is None:
            self._look(text)
        else:
            self._waiting = self.set_timer(WAIT_FOR_PATH, lambda: self._read(text))

    @work(thread=True, exclusive=True)
    def _read(self, text: str) -> None:
        """Read a roster in a thread."""
        understood = understand(text, self.desk.today, self._how)
        self.app.call_from_thread(self._show, text, understood)

    def look_now(self) -> None:
        """Read what was typed as people without waiting for the typing to pause."""
        if self._waiting is not None:
            self._waiting.stop()
        self._look(self.query_one("#people", TextArea).text)

    def _look(self, text: str) -> None:
        self._show(text, understand(text, self.desk.today, self._how))

    def _show(self, text: str, understood: Understood) -> None:
        """Show how the people were understood, unless the text has changed since, or the page is gone."""
        typed = self.query("#people").results(TextArea)
        if [text] != [field.text for field in typed]:
            return
        self._text, self._understood = text, understood
        desk = self.desk
        preview = self.query_one("#preview")
        preview.border_title = summary(understood, desk.today)
        added = plan_import(desk.workspace, understood.rows, desk.now).added
        handles = [person.handle for person in added]
        table = details(understood, handles)
        self.query_one("#details", Static).update(table if table.rows else "")
        preview.set_class(not text.strip(), "-empty")

    def _problem(self, field: str, message: str) -> None:
        line = self.query_one(f"#{field}-problem", Static)
        if not (message or line.display):
            return
        line.update(Content(f"! {message}") if message else "")
        line.display = bool(message)

    def _checked(self, field: str, check: Callable[[str], str]) -> str | None:
        """The value of a field, or None when it has been refused beside it."""
        value = self.query_one(f"#{field}", Input).value
        try:
            return check(value)
        except MeetingtoolError as error:
            self._problem(field, str(error))
            return None

    @on(Button.Pressed, "#start")
    def action_start(self) -> None:
        """Set up the team, or say beside the field what is missing. What the file of a roster leaves open is asked."""
        if self.query_one("#people", TextArea).text != self._text:
            self.look_now()
        if self._understood.asks:
            asked = OpenChoice(self._understood.asks, self._understood.key, self._understood.options)
            ask_open(self.tool, asked, self._how, self._read_so)
            return
        if self._understood.question:
            ask_order(self.tool, self._understood.question, self._how, self._read_so)
            return
        team = self.query_one("#team", Input).value
        wrong = []
        if not team.strip():
            self._problem("team", "The team needs a name: the one people use for it.")
            wrong.append("team")
        elif self._checked("team", checked_name) is None:
            wrong.append("team")
        clock = self._checked("clock", checked_clock)
        currency = self._checked("currency", checked_currency)
        wrong += [field for field, value in (("clock", clock), ("currency", currency)) if value is None]
        if self._understood.problem:
            self._problem("people", self._understood.problem)
            wrong.append("people")
        if wrong or clock is None or currency is None:
            self.query_one(f"#{wrong[0]}").focus()
            return
        self._set_up(team, clock, currency)

    def _read_so(self, how: How) -> None:
        """Read the roster with what was said about it, and ask about what is left open; if nothing is, show the people
        before they are taken."""
        self._how = how
        self.look_now()
        self._problem("people", "")
        if self._understood.asks or self._understood.question:
            self.action_start()
        else:
            self.query_one("#start").focus()

    def _set_up(self, team: str, clock: str, currency: str) -> None:
        desk = self.desk
        weekday = self.query_one(WeekdayChoice).day
        try:
            set_up(
                desk.workspace,
                team,
                desk.now,
                people=self._understood.rows,
                weekday=weekday,
                clock=clock,
                currency=currency,
            )
        except MeetingtoolError as error:
            self.tool.tell(error)
            if not is_set_up(desk.workspace):
                return
        for name in ("team", "clock", "currency", "people", "weekday"):
            self.tool.drafts.keep(f"setup.{name}", "")
        self.dismiss(True)

    @work
    async def action_leave(self) -> None:
        """Close the app after asking; what was typed comes back the next time."""
        sure = await self.app.push_screen_wait(
            Confirm(
                "Leave before the team is set up?",
                "What you typed is kept for next time.",
                yes="Leave",
                no="Stay",
            )
        )
        if sure:
            self.app.exit()
