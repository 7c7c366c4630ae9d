"""What can be done with the record under the cursor of the history."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from meetingtool.errors import InRoom, NotFound
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules.entries import Entry, Found
from meetingtool.tui import record_deeds
from meetingtool.tui.screens.mode import ModeScreen
from meetingtool.tui.widgets.record_list import RecordList


class HistoryDeeds(ModeScreen):
    """Keys that work on what is under the cursor: open, edit, star, hide, remove, copy, make a card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "narrow", "Narrow down", id="history.narrow", tooltip="By person, standard, kind or month"),
        Binding("e", "edit", "Edit", id="history.edit", tooltip="Edit what is under the cursor"),
        Binding("asterisk,plus", "star", "Star", key_display="*", id="history.star", tooltip="Star it, or take it off"),
        Binding("tilde", "private", "Private", key_display="~", id="history.private", tooltip="Private or public"),
        Binding("x", "remove", "Remove", id="history.remove", tooltip="Put the story into the bin"),
        Binding("y", "copy", "Copy", id="history.copy", tooltip="Copy its words to the clipboard"),
    ]

    @property
    def chosen_entry(self) -> Entry | None:
        """What is under the cursor, as the search knows it."""
        raise NotImplementedError

    @property
    def chosen(self) -> Found | None:
        """The record under the cursor."""
        entry = self.chosen_entry
        return self.record(entry) if entry else None

    def record(self, entry: Entry) -> Found | None:
        """The record of an entry; None when it is gone or may not be shown."""
        try:
            return self.desk.history.record(entry)
        except (NotFound, InRoom):
            return None

    @on(RecordList.Selected)
    def _open(self) -> None:
        from meetingtool.tui.screens.story_page import StoryPage

        record = self.chosen
        if isinstance(record, Meeting):
            self._open_minutes(record)
        elif record is not None:
            self.app.push_screen(StoryPage(record))

    def action_edit(self) -> None:
        """Edit what is under the cursor."""
        from meetingtool.tui.screens.edit_line import EditLine

        record = self.chosen
        if isinstance(record, Meeting):
            self._open_minutes(record)
        elif record is not None:
            self.app.push_screen(EditLine(record))

    def _open_minutes(self, meeting: Meeting) -> None:
        from meetingtool.tui.screens.minutes import MinutesPage

        self.app.push_screen(MinutesPage(meeting))

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
        """Put the story into the bin; the cursor goes to the next."""
        record = self.chosen
        if isinstance(record, Story):
            record_deeds.put_into_bin(self.tool, record)

    def action_copy(self) -> None:
        """Copy the words."""
        record = self.chosen
        if record is not None:
            record_deeds.copy(self.tool, record)

    def action_card(self) -> None:
        """Make a card of the win under the cursor."""
        from meetingtool.actions import sharing
        from meetingtool.tui.screens.save_as import save_as

        record, desk = self.chosen, self.desk
        if not isinstance(record, Story):
            return
        name = f"card-{record.ref.lower()}.pdf"
        save_as(self.tool, "Save the card", name, sharing.CARD_FORMS, lambda _: sharing.card_bytes(desk, record))
