"""Ticking a promise whose date has passed: the day it is ticked need not be the day it was kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.actions.stories import follow_ups
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.followups import FollowUp, FollowUpState
from meetingtool.rules import wording
from meetingtool.rules.people.promise_dates import due_to_keep
from meetingtool.tui.dialogs.ask_date import AskDate, GivenDay
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.tool import Tool

ANOTHER = date.min
"""Stands for a day that is still to be given."""


class KeptWhen(Page[date | None]):
    """In time, today, or another day; Escape leaves the promise open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "take(0)", "In time", id="kept.in-time", tooltip="It was kept by its date"),
        Binding("t", "take(1)", "Today", id="kept.today", tooltip="It was kept today"),
        Binding("d", "take(2)", "Another day", id="kept.day", tooltip="It was kept on another day"),
        Binding("escape", "dismiss(None)", "Cancel", id="kept.cancel", tooltip="Leave it open"),
    ]
    enter = "Choose"
    DEFAULT_CSS = """
    KeptWhen .dialog { width: 64; padding: 1 1; }
    KeptWhen OptionList { height: auto; }
    """

    def __init__(self, follow_up: FollowUp, due: date) -> None:
        super().__init__()
        self.follow_up = follow_up
        self.due = due

    def body(self) -> ComposeResult:
        today = self.desk.today
        late = wording.count((today - self.due).days, "day")
        self._days = (self.due, today, ANOTHER)
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f"Kept: in time, or when? {wording.shortened(self.follow_up.text, 36)}")
            yield PagedOptions(
                Option(Content.assemble(("i ", "$accent"), f"in time, by {wording.day(self.due, today)}")),
                Option(Content.assemble(("t ", "$accent"), f"today, {late} late")),
                Option(Content.assemble(("d ", "$accent"), "on another day ...")),
                classes="plain-list",
                markup=False,
            ).found_by("")

    def show_records(self) -> None:
        """Leave when the promise has become private in the room, or is gone."""
        try:
            self.desk.get(FollowUp, self.follow_up.id)
        except (InRoom, NotFound):
            self.withdraw()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.action_take(event.option_index)

    def action_take(self, place: int) -> None:
        """Choose one of the three."""
        self.dismiss(self._days[place])


def decide(
    tool: Tool, follow_up: FollowUp, state: FollowUpState, then: Callable[[FollowUp], None] | None = None
) -> None:
    """Note what became of a follow-up; for an overdue promise that was kept, ask when. then: called once it is done."""
    desk = tool.desk

    def note(on: date | None) -> None:
        done = tool.attempt(lambda: follow_ups.decide(desk.workspace, follow_up, state, desk.now, on=on))
        if done is not None and then is not None:
            then(done)

    due = due_to_keep(follow_up)
    if state != "kept" or follow_up.kind != "promise" or due is None or due >= desk.today:
        note(None)
        return

    def given(answer: GivenDay | None) -> None:
        if answer is not None and answer.day is not None:
            note(answer.day)

    def chosen(day: date | None) -> None:
        if day == ANOTHER:
            draft = f"kept-on-{follow_up.id.lower()}"
            question = "On which day was it kept?"
            tool.push_screen(AskDate(question, None, draft=draft, optional=False, prefer="past"), given)
        elif day is not None:
            note(None if day == desk.today else max(day, follow_up.at.date()))

    tool.push_screen(KeptWhen(follow_up, due), chosen)
