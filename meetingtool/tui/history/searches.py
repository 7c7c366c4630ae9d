"""Searches to choose from: those saved, and some that are always useful."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.actions.history.searches import forget_search, keep_search
from meetingtool.rules import wording
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.paged_options import PagedOptions

OF_USE = (
    ("is:waiting", "waiting to be told"),
    ("is:unsorted", "with something to sort out"),
    ("is:starred", "starred"),
    ("is:promise is:open", "promises still open"),
    ("is:sticky on:this-quarter", "this quarter's stickies"),
    ("is:win on:last-month", "last month's wins"),
)


class SearchesPage(Page[str | None]):
    """Enter searches again. In room, only searches that find something there are listed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "keep", "Save this search", id="searches.keep", tooltip="Save what is typed now to use it again"),
        Binding("x", "forget", "Delete", id="searches.forget", tooltip="Delete this saved search"),
        Binding("u", "app.undo", "Undo", show=False, id="undo", tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("escape", "dismiss(None)", "Back", id="searches.back", tooltip="Back to the search as it is"),
    ]
    enter = "Search"
    DEFAULT_CSS = """
    SearchesPage .dialog { width: 80; padding: 0 1; background: $background; }
    SearchesPage OptionList { height: auto; max-height: 75vh; padding: 0; background: $background; }
    SearchesPage OptionList, SearchesPage OptionList:focus { border: none; }
    """

    def __init__(self, current: str) -> None:
        super().__init__()
        self.current = " ".join(current.split())
        self._queries: list[str] = []
        self._kept = 0

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Searches"
            yield PagedOptions(markup=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_records)

    def show_records(self) -> None:
        desk, history, box = self.desk, self.tool.history, self.query_one(OptionList)
        kept = [(query, "") for query in desk.settings.searches]
        listed = []
        for query, words in (*kept, *OF_USE):
            count = history.count(history.query(query))
            if count or not desk.room:
                listed.append((query, words, count))
        at = box.highlighted or 0
        self._kept = sum(not words for _, words, _ in listed)
        self._queries = [query for query, _, _ in listed]
        width = max(box.scrollable_content_region.width, 20)
        box.set_options(Option(line(query, words, count, width)) for query, words, count in listed)
        box.highlighted = min(at, len(listed) - 1) if listed else None
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a new search can be saved, only a saved one deleted."""
        if action == "keep":
            return bool(self.current) and self.current not in self.desk.settings.searches
        if action == "forget":
            at = self.query(OptionList).first().highlighted if self.is_mounted else None
            return at is not None and at < self._kept
        return True

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._queries[event.option_index])

    def action_keep(self) -> None:
        """Keep what is typed now."""
        desk = self.desk
        self.tool.attempt(lambda: keep_search(desk.workspace, self.current, desk.now))
        self.query_one(OptionList).highlighted = 0

    def action_forget(self) -> None:
        """Forget the search under the cursor."""
        desk, at = self.desk, self.query_one(OptionList).highlighted
        if at is not None and at < self._kept:
            self.tool.attempt(lambda: forget_search(desk.workspace, self._queries[at], desk.now))


def line(query: str, words: str, count: int, width: int) -> Content:
    """The query, what it is for, and how much it finds."""
    number = f"{count:,}"
    text = Content.assemble((wording.one_line(query), "bold"), f"  {words}" if words else "")
    text = text.truncate(max(width - len(number) - 2, 8), ellipsis=True)
    return Content.assemble(text, " " * (width - text.cell_length - len(number)), (number, "$accent"))
