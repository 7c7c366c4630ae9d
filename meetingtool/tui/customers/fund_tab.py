"""The tab Fund: what was spent to put things right, by whom, and who never used it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.customers.fund import fund_of, fund_periods
from meetingtool.actions.history import sharing
from meetingtool.actions.settings import change_setting
from meetingtool.documents.customers import fund as documents
from meetingtool.records.base import Record
from meetingtool.rules import areas, wording
from meetingtool.rules.customers.fund import Spent, told_in_room
from meetingtool.rules.customers.limits import NOTHING
from meetingtool.rules.settings import setting_named
from meetingtool.tui.customers.tab import ListTab
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.save_as import save_as
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, fact_row, table
from meetingtool.tui.lists.row_panel import Row, words

DAY_WIDTH = 11
MONEY_WIDTH = 10


class FundTab(ListTab):
    """In the room it shows the sum, the count and the latest story that may be told."""

    NAME = "fund"
    TITLE = "Fund"
    ABOUT = "Money with which anybody can put things right"
    AREA = areas.FUND
    EMPTY = (
        "What was spent to put things right will appear here: fund:25 in a line takes it from the fund, e sets its "
        "amount."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "amount", "Amount", id="fund.amount", tooltip="What the fund has for a year"),
        Binding("l", "limit", "Limit", id="fund.limit", tooltip="The most for one case: more is kept and marked"),
        Binding("y", "year", "Year", id="fund.year", tooltip="Another year of the fund"),
        Binding("S", "sheet", "Year's sheet", id="fund.sheet", tooltip="Save the sheet of the year"),
    ]

    _on: date | None = None
    """A day of the year that was chosen; None for this year."""

    def rows(self) -> Sequence[Row]:
        desk = self.desk
        self.years = fund_of(desk, None if desk.room else self._on)
        entries = [entry for year in self.years for entry in reversed(year.entries)]
        told = told_in_room(self.years) if desk.room else None
        shown = ([told] if told else []) if desk.room else entries
        self.found = {entry.record: entry for entry in shown}
        if not entries and all(year.amount is None for year in self.years) and self._on is None:
            return []
        said: list[Row] = []
        for year in self.years:
            if year.entries or year.amount is not None:
                said += [words(line, "$foreground") for line in documents.sentences(year, desk.roster, room=desk.room)]
        return [*said, *(Row(key, self._row(entry)) for key, entry in self.found.items())]

    def _row(self, entry: Spent) -> ColumnsRow:
        desk = self.desk
        day_width = DAY_WIDTH if entry.day.year == desk.today.year else DAY_WIDTH + 5
        who = "" if desk.room else desk.roster.names(entry.people)
        lead = [
            (Content.styled(wording.day(entry.day, desk.today), "$text-muted"), day_width),
            (Content.styled(wording.money(entry.money), "bold"), MONEY_WIDTH),
            (Content.styled("!" if entry.over else "", "$warning"), 2),
        ]
        body = Content.assemble((f"{who}  " if who else "", "bold"), wording.shortened(entry.what, 300))
        return ColumnsRow(lead, body)

    def title(self, number: int) -> str:
        return f"Service recovery fund · {self.years[0].period.label}"

    def page(self, key: str) -> tuple[str, ColumnsTable]:
        entry, desk = self.found[key], self.desk
        facts = [
            ("spent", wording.money(entry.money)),
            ("over", f"{wording.money(entry.over)} over the limit for one case; kept and marked" if entry.over else ""),
            ("by", "" if desk.room else desk.roster.names(entry.people)),
            ("customer", "" if desk.room else wording.one_line(entry.customer)),
        ]
        told = [fact_row(label, text) for label, text in facts if text]
        return wording.day(entry.day, desk.today), table([Content(wording.visible(entry.what)), Content(""), *told])

    def open(self, key: str) -> None:
        found = self.tool.attempt(lambda: self.desk.get(Record, key))
        if found is not None:
            self.tool.open_record(found)

    def _set(self, name: str, question: str) -> None:
        desk, setting = self.desk, setting_named(name)
        self.app.push_screen(
            AskText(
                question,
                draft=f"setting-{setting.name}",
                value=setting.typed(desk.settings).removesuffix(NOTHING),
                hint=setting.hint,
                take=lambda said: change_setting(desk.workspace, setting, said, desk.now),
            )
        )

    def action_amount(self) -> None:
        """Set what the fund has for a year."""
        self._set("fund", "What does the fund have for a year?")

    def action_limit(self) -> None:
        """Set the most for one case."""
        self._set("fund-case", "What is the most for one case?")

    def action_year(self) -> None:
        """Choose another year, as far back as there are records."""
        periods = fund_periods(self.desk)

        def chosen(index: str | None) -> None:
            if index is not None:
                self._on = periods[int(index)].since if int(index) else None
                self.draw()

        options = [(str(index), Content(period.label)) for index, period in enumerate(periods)]
        self.app.push_screen(Choose("Which year of the fund?", options), chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who spent what is for the manager only; so is changing the amounts."""
        return not self.desk.room

    def action_sheet(self) -> None:
        """Save the sheet of the year."""
        desk = self.desk
        paper = documents.fund_paper(desk.settings.team, self.years, desk.roster, desk.settings.service.fund_who)
        save_as(self.tool, "Save the year's sheet as", f"fund-{self.years[0].period.since.year}.pdf",
                sharing.PAPER_FORMS, lambda form: sharing.paper_bytes(paper, form, desk.today))  # fmt: skip
