"""Narrowing a search down: what is in the result by person, standard, kind and month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.tui.frame.page import Page
from meetingtool.tui.history.facet_text import Facet, FacetGroup
from meetingtool.tui.lists.paged_options import PagedOptions

MOST_OFFERED = 400
"""Nobody looks through more than these; typing a name is quicker."""


class NarrowPage(Page[str | None]):
    """Columns to choose from with the arrows; the answer is the term that the query gets."""

    CSS_PATH = "narrow.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "column(1)", "Next column", show=False, id="narrow.right", tooltip="To the next column"),
        Binding("left,h", "column(-1)", "Previous column", show=False, id="narrow.left", tooltip="To the one before"),
        Binding("escape,f", "dismiss(None)", "Back", id="narrow.back", tooltip="Back; the search stays as it is"),
    ]
    enter = "Only these"

    def __init__(self, groups: Sequence[FacetGroup], total: int) -> None:
        super().__init__()
        self.groups = {group.title: group.facets[:MOST_OFFERED] for group in groups}
        self.total = total

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = f"Narrow down {self.total:,} found"
            dialog.border_subtitle = "← → columns"
            with Horizontal():
                for column in (("who",), ("kind", "standard"), ("when",)):
                    with Vertical(classes="column"):
                        for title in column:
                            yield Static(title, classes="caption", markup=False)
                            yield PagedOptions(id=title, markup=False).found_by("slash")

    def on_mount(self) -> None:
        self.call_after_refresh(self._fill)
        next((box for box in self.query(OptionList) if self.groups[box.id or ""]), self.query_one(OptionList)).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        for box in self.query(OptionList):
            at = box.highlighted
            width = box.scrollable_content_region.width
            box.set_options(Option(line(facet, width)) for facet in self.groups[box.id or ""])
            box.highlighted = at if at is not None else (0 if box.option_count else None)

    def action_column(self, step: int) -> None:
        """To the next column."""
        boxes = [box for box in self.query(OptionList) if box.option_count]
        at = next((number for number, box in enumerate(boxes) if box.has_focus), 0)
        if boxes:
            boxes[(at + step) % len(boxes)].focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.groups[event.option_list.id or ""][event.option_index].term)


def line(facet: Facet, width: int) -> Content:
    """The label on the left, the count on the right."""
    count = f"{facet.count:,}"
    label = Content(facet.label).truncate(max(width - len(count) - 1, 4), ellipsis=True)
    blank = max(width - label.cell_length - len(count), 1)
    return Content.assemble(label, " " * blank, (count, "$accent"))
