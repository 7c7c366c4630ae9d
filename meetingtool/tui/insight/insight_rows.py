"""The rows of a view, in which a row, or one of its numbers, can be entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import msgspec
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.documents.history.insight import cell_text
from meetingtool.rules import wording
from meetingtool.rules.insight.view import Behind, TableRow, View
from meetingtool.tui.insight.insight_text import CELL, Drawn, heat_rows, table_rows
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.paged_options import PagedOptions


class InsightLine(msgspec.Struct, frozen=True):
    """A line of the list: words to read, or a row of a table with the heads of its columns."""

    draw: Drawn
    row: TableRow | None = None
    columns: tuple[str, ...] = ()

    @property
    def enterable(self) -> bool:
        """Whether there is anything behind it."""
        return self.row is not None and bool(self.row.behind or self.row.doors)


def words(text: Content | ColumnsRow) -> InsightLine:
    """A line that is only read."""
    row = text if isinstance(text, ColumnsRow) else ColumnsRow((), text, most=0)
    return InsightLine(lambda _: row)


def lines_of(view: View, today: date, width: int, *, earlier: bool = False) -> list[InsightLine]:
    """The tables of a view, each under its title, for this width in cells; below them what they can't say.

    earlier: whether there is an earlier period to go to.
    """
    lines = [words(Content.styled(wording.one_line(view.subtitle), "$text-muted"))]
    if view.counts_nothing:
        return [*lines, words(Content("")), words(_nothing(earlier=earlier))]
    for section in view.sections:
        lines.append(words(Content("")))
        lines.append(words(Content.styled(wording.one_line(section.title), "bold $foreground")))
        if not section.rows:
            lines.append(words(Content.styled(section.empty, "$text-muted")))
            continue
        heads: list[ColumnsRow]
        if view.heat is not None:
            heads, drawn = heat_rows(view.heat, width)
        else:
            head, drawn = table_rows(section, today, width)
            heads = [head]
        lines += map(words, heads)
        lines += [InsightLine(draw, row, section.columns) for draw, row in zip(drawn, section.rows, strict=True)]
    lines.append(words(Content("")))
    dash = (Content.styled("–", "$text-muted"), 1)
    lines += [words(ColumnsRow([dash], Content.styled(said, "$text-muted"), most=0)) for said in view.cautions]
    return lines


def _nothing(*, earlier: bool) -> Content:
    """What to say where there is nothing to count."""
    key = "bold $accent"
    back = Content.assemble("; ", ("[", key), " goes further back.") if earlier else Content(".")
    return Content.assemble(
        "Nothing to count in this period. ", ("w", key), " notes a win, ", ("s", key), " a sticky situation", back
    )


class InsightRows(PagedOptions):
    """Up and down go from row to row, right and left from number to number; Enter leads to what is behind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "cell(1)", "A number", show=False, id="insight.right", tooltip="The next number in the row"),
        Binding("left", "cell(-1)", "A number", show=False, id="insight.left", tooltip="The one before, then back"),
    ]

    @dataclass
    class Entered(Message):
        """A row or one of its numbers was entered. title: what it counts."""

        behind: Behind
        title: str

    @dataclass
    class Picked(Message):
        """Another number was picked; words is empty where it is the whole row."""

        words: str

    class Left(Message):
        """Left was pressed where no number is picked."""

    class Fitted(Message):
        """The list has another width."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="plain-list", markup=False)
        self.today = date.min
        self._listed: tuple[InsightLine, ...] = ()
        self._drawn_at: int | None = None
        self._cell: int | None = None

    @property
    def cell(self) -> int | None:
        """The place of the picked number in its row; None for the whole row."""
        return self._cell

    def show(self, lines: Sequence[InsightLine], today: date, *, keep: bool) -> None:
        """Show these lines. keep: the cursor stays where it is."""
        self.today = today
        at, cell = self.highlighted, self._cell
        self._listed, self._drawn_at, self._cell = tuple(lines), None, None
        self.set_options(Option(line.draw(None), disabled=not line.enterable) for line in lines)
        if keep and at is not None and at < len(lines):
            self.highlighted = at
            self._pick(cell)
        else:
            self.highlighted = None
            self.scroll_home(animate=False)
            self._pick(None)

    def into(self) -> None:
        """Take the focus, with the cursor on a row."""
        self.focus()
        if self.highlighted is None:
            self.action_first()

    def on_resize(self) -> None:
        self.post_message(self.Fitted())

    def pick(self, at: int, cell: int | None) -> None:
        """Take the focus, with the cursor on a row and on a number in it."""
        self.focus()
        if at < len(self._listed):
            self.highlighted = at
            self._pick(cell)

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        if highlighted != self._drawn_at:
            self._pick(self._cell)

    def _row(self) -> TableRow | None:
        at = self.highlighted
        return self._listed[at].row if at is not None and at < len(self._listed) else None

    def _pick(self, cell: int | None) -> None:
        """Pick a number of the row under the cursor; where it leads nowhere, the row as a whole."""
        row = self._row()
        cell = cell if row is not None and cell in row.doors else None
        for at, picked in {self._drawn_at: None, self.highlighted: cell}.items():
            if at is not None and at < len(self._listed) and self._listed[at].row is not None:
                self.replace_option_prompt_at_index(at, self._listed[at].draw(picked))
        changed = (cell, self.highlighted) != (self._cell, self._drawn_at)
        self._cell, self._drawn_at = cell, self.highlighted
        if changed:
            self.post_message(self.Picked(self.picked_words if cell is not None else ""))

    @property
    def picked_words(self) -> str:
        """What is picked: `Maria · #own-it`."""
        row, at = self._row(), self.highlighted
        if row is None or at is None:
            return ""
        name = wording.one_line(cell_text(row.cells[0], self.today))
        return name if self._cell is None else f"{name} · {self._listed[at].columns[self._cell]}"

    def action_cell(self, step: int) -> None:
        """To the next number of the row or the one before; from the first one to the row, from there out of it."""
        row = self._row()
        ways: list[int | None] = [None, *(row.doors if row is not None else ())]
        place = ways.index(self._cell) + step
        if place < 0:
            self.post_message(self.Left())
        elif place < len(ways):
            self._pick(ways[place])

    def on_click(self, event: events.Click) -> None:
        """Pick the number that was clicked, before the row is entered."""
        meta = event.style.meta
        option = meta.get("option")
        if option is not None and self._listed[option].enterable:
            self.highlighted = option
            self._pick(meta.get(CELL))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Report what is behind what was entered."""
        event.stop()
        row = self._row()
        if row is None:
            return
        behind = row.behind_cell(self._cell) or row.behind
        if behind:
            self.post_message(self.Entered(behind, self.picked_words))
