"""Who is here, on a page of its own: where the meeting screen has no room for it, and to correct it later."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from meetingtool.actions.meeting import meetings
from meetingtool.records.meetings import Meeting
from meetingtool.rules.folding import fold
from meetingtool.tui.frame.page import Page
from meetingtool.tui.meeting.agenda_panel import AttendanceList, counted


class LetteredList(AttendanceList):
    """Everybody's presence where letters have no other use: a letter leads to the next name that begins with it."""

    find_by = "slash"
    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = (("a letter", "to the next name that begins with it"),)

    def on_key(self, event: events.Key) -> None:
        """Go to a name. Letters that begin no name move as in every list."""
        letter = fold(event.character or "")
        names = (self.names or {}).items() if letter.isalpha() else ()
        begin = [index for index, name in names if fold(name).startswith(letter)]
        if begin:
            event.stop()
            event.prevent_default()
            after = [index for index in begin if self.highlighted is not None and index > self.highlighted]
            self.highlighted = (after or begin)[0]


class AttendancePage(Page[None]):
    """One key a person."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="attendance.back", tooltip="Back"),
    ]
    DEFAULT_CSS = """
    AttendancePage .dialog { width: 54; padding: 1 2; }
    AttendancePage AttendanceList { height: auto; max-height: 60vh; }
    AttendancePage.-tiny AttendanceList { max-height: 7; }
    """

    def __init__(self, meeting: Meeting | None = None) -> None:
        super().__init__()
        self._meeting = meeting

    @property
    def meeting(self) -> Meeting | None:
        """The meeting it is about: the one given, else the one that is open."""
        return self.desk.get(Meeting, self._meeting.id) if self._meeting else self.desk.open_meeting()

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield LetteredList(classes="plain-list")

    def show_records(self) -> None:
        meeting = self.meeting
        if meeting is None:
            return
        self.query_one(LetteredList).show(meeting, self.desk.roster)
        self.query_one(".dialog").border_title = counted(meeting)

    @on(AttendanceList.Noted)
    def _noted(self, event: AttendanceList.Noted) -> None:
        event.stop()
        meeting = self.meeting
        if meeting is not None:
            self.tool.attempt(
                lambda: meetings.set_presence(self.desk.workspace, meeting, event.person, event.presence, self.desk.now)
            )
