"""A titled panel of rows that can each be entered; the arrows lead from one panel to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from meetingtool.tui.frame.textual_private import press
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_list import RowList


class Row(msgspec.Struct, frozen=True):
    """A row and what it stands for. key: unique in its panel. silent: it only says something and can't be entered.
    names: the key that it names, which a click on it presses.
    """

    key: str
    row: ColumnsRow
    silent: bool = False
    names: str = ""


def words(text: str, style: str = "$text-muted") -> Row:
    """A row that only says something, such as what fills an empty panel."""
    return Row("", ColumnsRow((), Content.styled(text, style), most=0), silent=True)


class RowPanel(RowList):
    """Rows in a panel. `fill` keeps the cursor on the row where it was, and rows that are the same stay laid out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right",
            "beside(1)",
            "Panel to the right",
            show=False,
            id="panel.right",
            tooltip="To the panel on the right",
        ),
        Binding(
            "left", "beside(-1)", "Panel to the left", show=False, id="panel.left", tooltip="To the panel on the left"
        ),
    ]

    @dataclass
    class Sideways(Message):
        """Right (step 1) or left (-1) was pressed."""

        step: int

    @dataclass
    class Entered(Message):
        """A row was entered."""

        panel: RowPanel
        key: str

        @property
        def control(self) -> RowPanel:
            """The panel, for `@on` with a selector."""
            return self.panel

    def __init__(self, title: str, *, id: str, classes: str = "", of_records: bool = True) -> None:
        """of_records: what it lists depends on what was recorded, unlike the names of views."""
        super().__init__(id=id, classes=f"panel {classes}")
        self._of_records = of_records
        self.border_title = title
        self._rows: tuple[Row, ...] = ()
        self._shown: tuple[object, ...] | None = None
        self._known: dict[object, Row] = {}
        self._shared = False

    def allow_focus(self) -> bool:
        """Only a panel in which something can be entered takes the focus."""
        return any(not row.silent for row in self._rows)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they were last filled in."""
        return self._rows

    @property
    def chosen(self) -> str:
        """The key of the row under the cursor, or empty."""
        if self.highlighted is None or self.highlighted >= len(self._rows):
            return ""
        return self._rows[self.highlighted].key

    @property
    def plain(self) -> str:
        """What a person reads in it, a line a row."""
        return "\n".join(row.row.plain for row in self._rows)

    def fill(self, rows: Sequence[Row]) -> None:
        """Show rows; the cursor stays on its row, or at its place where that row is gone. When the screen is shared it
        begins at the first record, since where it was says what was among them in private."""
        shown = tuple((row.key, row.silent, *row.row.looks) for row in rows)
        begins, self._shared = self.desk.room and not self._shared, self.desk.room
        if begins and self._of_records:
            self.highlighted = None
        elif shown == self._shown:
            return
        before = self.chosen
        rows = [self._known.get(look, row) for look, row in zip(shown, rows, strict=True)]
        self._rows, self._shown, self._known = tuple(rows), shown, dict(zip(shown, rows, strict=True))
        self.put([row.row for row in rows], frozenset(index for index, row in enumerate(rows) if row.silent))
        same = [index for index in self.enabled if rows[index].key == before] if before else []
        if same:
            self.highlighted = same[0]

    def choose(self, key: str) -> None:
        """Put the cursor on a row, where it is shown."""
        for index, row in enumerate(self._rows):
            if row.key == key and not row.silent:
                self.highlighted = index

    def watch_highlighted(self, before: int | None, now: int | None) -> None:
        super().watch_highlighted(before, now)
        if self.has_focus:
            self.call_after_refresh(self._bring_into_view)

    def on_focus(self) -> None:
        if self.highlighted is None:
            self.action_first()
        self.call_after_refresh(self._bring_into_view)

    def _bring_into_view(self) -> None:
        """Scroll what contains this panel so that the row under the cursor can be seen."""
        if self.highlighted is None or not self.is_attached:
            return
        around = self.seen_region(self.highlighted).grow((1, 0, 1, 0))
        for ancestor in self.ancestors:
            if isinstance(ancestor, Widget) and ancestor.is_scrollable and ancestor.max_scroll_y:
                seen = ancestor.content_region
                ancestor.scroll_to_region(
                    around.translate(ancestor.scroll_offset - seen.offset), animate=False, x_axis=False
                )
                return

    def _move(self, step: int) -> None:
        """Move the cursor by rows, and from the last one on to the next panel."""
        enabled = self.enabled
        place = enabled.index(self.highlighted) + step if self.highlighted in enabled else 0
        if 0 <= place < len(enabled):
            self.highlighted = enabled[place]
            return
        panels = [widget for widget in self.screen.focus_chain if isinstance(widget, RowPanel)]
        beside = panels.index(self) + step if self in panels else -1
        if 0 <= beside < len(panels):
            panels[beside].enter_from(step)

    def action_beside(self, step: int) -> None:
        """Say that right or left was pressed."""
        self.post_message(self.Sideways(step))

    def enter_from(self, step: int) -> None:
        """Take the focus from the panel above (1) or below (-1)."""
        if step > 0:
            self.action_first()
        else:
            self.action_last()
        self.focus()

    def on_click(self, event: events.Click) -> None:
        """A click on a row that names a key presses it."""
        at = self.row_at(event)
        if at is not None and (key := self._rows[at].names):
            event.stop()
            press(self.app, key)

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """Say which row was entered."""
        event.stop()
        self.post_message(self.Entered(self, self._rows[event.index].key))
