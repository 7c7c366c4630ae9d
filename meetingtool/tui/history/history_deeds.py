"""What can be done with what the history has found."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from meetingtool.actions.history.history import Listed
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.history.entries import Entry
from meetingtool.tui.dialogs.save_as import save_as
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.history.facet_text import facet_groups
from meetingtool.tui.history.legend import LegendPage
from meetingtool.tui.history.narrow import NarrowPage
from meetingtool.tui.history.query_line import QueryLine
from meetingtool.tui.history.searches import SearchesPage
from meetingtool.tui.lists.record_list import RecordList
from meetingtool.tui.stories import record_deeds
from meetingtool.tui.stories.edit_line import EditLine


class HistoryDeeds(ModeScreen):
    """The keys for what is under the cursor, and for all that was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "narrow", "Narrow down", id="history.narrow", tooltip="By person, standard, kind or month"),
        Binding("e", "edit", "Edit", id="history.edit", tooltip="Edit what is under the cursor"),
        Binding("asterisk,plus", "star", "Star", key_display="*", id="history.star", tooltip="Add or remove the star"),
        Binding("tilde", "private", "Private", key_display="~", id="history.private", tooltip="Private or public"),
        Binding("x", "remove", "Remove", id="history.remove", tooltip="Move the story to the bin"),
        Binding("y", "copy", "Copy", id="history.copy", tooltip="Copy its text to the clipboard"),
        Binding("a", "searches", "Searches", id="history.searches", tooltip="Saved searches"),
        Binding(
            "i",
            "insight",
            "Insight",
            id="history.insight",
            tooltip="Themes, months, one customer: many records together",
        ),
        Binding("d", "save", "Save", show=False, id="history.save", tooltip="Save the results to a file"),
        Binding("C", "card", "Card", show=False, id="history.card", tooltip="A card of the win for the wall"),
        Binding("T", "thank", "Thank", show=False, id="history.thank", tooltip="Thank for it whoever is named"),
        Binding("l", "legend", "How to search", show=False, id="history.legend", tooltip="What can be typed to search"),
        Binding("ctrl+l", "legend_in_line", "How to search", id="history.legend.anywhere", tooltip="What can be typed"),
    ]

    came_from: tuple[str, Callable[[], object]] | None = None
    """What was searched from another place, and the way back."""

    @property
    def line(self) -> QueryLine:
        """Where the query is typed."""
        return self.query_one(QueryLine)

    @property
    def rows(self) -> RecordList:
        """The list of what was found."""
        return self.query_one(RecordList)

    @property
    def found(self) -> Listed | None:
        """What the query finds."""
        raise NotImplementedError

    def look_for(self, query: str, back: Callable[[], object] | None = None) -> None:
        """Show what a query finds, with the cursor in the list. back: where Escape leads as long as that is shown."""
        self.line.text = f"{query} " if query else ""
        self.came_from = None if back is None else (self.line.text, back)
        self.rows.focus()

    @property
    def chosen_entry(self) -> Entry | None:
        """What is under the cursor, as the search knows it."""
        raise NotImplementedError

    @property
    def chosen(self) -> Record | None:
        """The record under the cursor."""
        entry = self.chosen_entry
        return self.record(entry) if entry else None

    def record(self, entry: Entry) -> Record | None:
        """The record of an entry; None when it is gone or may not be shown."""
        try:
            return self.tool.history.record(entry)
        except (NotFound, InRoom):
            return None

    @on(RecordList.Selected)
    def _open(self) -> None:
        record = self.chosen
        if record is not None:
            self.tool.open_record(record)

    def action_edit(self) -> None:
        """Edit what is under the cursor."""
        record = self.chosen
        if isinstance(record, Story | FollowUp):
            self.app.push_screen(EditLine(record))
        elif record is not None:
            self.tool.open_record(record)

    def action_star(self) -> None:
        """Star the story, or take the star off."""
        record = self.chosen
        if isinstance(record, Story):
            record_deeds.star(self.tool, record)

    def action_private(self) -> None:
        """Make the story private, or public again."""
        record = self.chosen
        if isinstance(record, Story):
            record_deeds.change_privacy(self.tool, record)

    def action_remove(self) -> None:
        """Move the story to the bin; the cursor goes to the next."""
        record = self.chosen
        if isinstance(record, Story):
            record_deeds.put_into_bin(self.tool, record)

    def action_copy(self) -> None:
        """Copy the words."""
        record = self.chosen
        if record is not None:
            record_deeds.copy(self.tool, record)

    def action_card(self) -> None:
        """The win under the cursor as a card for the wall, to look at and to save."""
        from meetingtool.tui.papers.shared_papers import CardPage

        if isinstance(self.chosen, Story):
            self.app.push_screen(CardPage(self.chosen))

    def action_thank(self) -> None:
        """Thank whoever is named in what is under the cursor."""
        record = self.chosen
        if record is not None:
            record_deeds.thank(self.tool, record)

    def action_insight(self) -> None:
        """Look at many records together."""
        self.tool.show_insight()

    def action_save(self) -> None:
        """Save the results to a file."""
        from meetingtool.actions.history import sharing

        listed, desk, query = self.found, self.desk, self.line.text
        if listed is None:
            return
        listed.reach()
        found = [record for entry in listed if (record := self.record(entry)) is not None]
        save_as(
            self.tool,
            f"Save {wording.count(len(found), 'entry', 'entries')}",
            f"history-{desk.today.isoformat()}.md",
            sharing.RESULT_FORMS,
            lambda form: sharing.result_bytes(desk, found, form, query=query),
        )

    def action_legend(self) -> None:
        """What can be typed."""
        self.app.push_screen(LegendPage())

    def action_legend_in_line(self) -> None:
        """What can be typed, from within the line."""
        self.action_legend()

    def action_searches(self) -> None:
        """Choose a search that was kept, or keep this one."""
        self.app.push_screen(SearchesPage(self.line.text), self._search_again)

    def _search_again(self, query: str | None) -> None:
        if query is not None:
            self.look_for(query)

    def action_narrow(self) -> None:
        """Choose what to keep by person, standard, kind or month."""
        listed = self.found
        if not listed:
            return
        listed.reach()
        page = NarrowPage(facet_groups(listed.facets(), self.desk.roster), len(listed))
        self.app.push_screen(page, self._narrowed)

    def _narrowed(self, term: str | None) -> None:
        if term is not None:
            text = self.line.text.rstrip()
            closing = '"' if text.count('"') % 2 else ""
            self.line.text = f"{text}{closing} {term} ".lstrip()
            self.rows.focus()
