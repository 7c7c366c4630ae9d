"""Answers that count for whoever served, without saying for whom: Enter leaves one out, or counts it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from meetingtool.actions.customers import leaving_out
from meetingtool.actions.customers.leaving_out import ServedAnswer
from meetingtool.records.surveys import Because, Survey
from meetingtool.rules import wording
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.list_page import ListPage

MOST_LISTED = 500
"""How many of the newest answers are listed; `meetingtool survey answers` lists those of any period."""

BECAUSE = {
    "product": "it is about the product",
    "other-team": "it is about another team",
    "not-ours": "it is about what is not ours to decide",
    "abuse": "it is abuse",
    "twin": "it is the same answer twice",
}
"""Why an answer says nothing about whoever served, in words."""


class LeavingOutPage(ListPage[ServedAnswer]):
    """Good and bad alike, without names, so that what is decided can't depend on either. at: the answer that the
    cursor is on first."""

    for_manager_alone = True
    enter = "Leave out, or count again"
    EMPTY = "No answer says who served, so none counts for a person."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "app.undo", "Undo", id="undo", tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("escape,l", "app.pop_screen", "Back", id="left.back", tooltip="Back to the answers"),
    ]

    def __init__(self, survey: Survey, at: str = "") -> None:
        super().__init__("Answers that count for who served, without the name")
        self.survey, self.at = survey, at

    def show_records(self) -> None:
        super().show_records()
        at, self.at = self.at, ""
        place = next((place for place, one in enumerate(self.items) if one.ref == at), None)
        if place is not None:
            self.query_one(OptionList).highlighted = place

    def listed(self) -> Sequence[ServedAnswer]:
        found = leaving_out.answers_of(self.desk.workspace, self.survey)[::-1]
        out = sum(one.because is not None for one in found)
        told = [f"{out:,} of {wording.count(len(found), 'answer')} left out."] if found else []
        if len(found) > MOST_LISTED:
            told.append(f"The newest {MOST_LISTED} are listed; `meetingtool survey answers` lists all.")
        self.leave_out(" ".join(told))
        return found[:MOST_LISTED]

    def row(self, item: ServedAnswer) -> ColumnsRow:
        words = wording.shortened(wording.one_line(item.comment), 300)
        return ColumnsRow(
            [
                (Content.styled(wording.day(item.date, self.desk.today), "$text-muted"), 16),
                (Content("–" if item.value is None else str(item.value)), 5),
            ],
            Content(words) if words else Content.styled("no words", "$text-muted"),
            Content.styled(f"left out: {BECAUSE[item.because]}" if item.because else "", "bold"),
            most=3,
        )

    def entered(self, item: ServedAnswer) -> None:
        self.decide(item)

    @work
    async def decide(self, item: ServedAnswer) -> None:
        """Ask why an answer is left out, or count it again."""
        desk = self.desk
        if item.because is not None:
            if self.tool.attempt(lambda: leaving_out.count_again(desk.workspace, item.ref, desk.now)) is not None:
                self.tool.say("It counts again. u undoes it.")
            return
        options = [(key, Content(words[:1].upper() + words[1:])) for key, words in BECAUSE.items()]
        chosen = await self.app.push_screen_wait(Choose("Why does it say nothing about whoever served?", options))
        if chosen is None:
            return
        because = cast("Because", chosen)
        if self.tool.attempt(lambda: leaving_out.leave_out(desk.workspace, item.ref, because, desk.now)) is not None:
            self.tool.say("Left out. The rate with it is shown, too. u undoes it.")
