"""The room while a meeting runs: the agenda with its clocks, who is here, the part that runs, and the line."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.meeting.meeting_time import elapsed, planned, segment_left, when_told
from meetingtool.tui.frame.top_line import TopLine
from meetingtool.tui.meeting.agenda_panel import AgendaPanel, AttendanceList, FoldedAgenda, counted
from meetingtool.tui.meeting.beside_card import beside_card
from meetingtool.tui.meeting.segment_panel import SegmentPanel
from meetingtool.tui.meeting.told_list import ToldList
from meetingtool.tui.meeting.topic_card import topic_card
from meetingtool.tui.stories.capture_line import LINE_KINDS, CaptureLine
from meetingtool.tui.tool import InTool

KIND_OF_TOPIC = {
    "stickies": "sticky",
    "question": "answer",
    "follow-ups": "action",
    "thanks": "praise",
    "customers": "voice",
}
"""What a segment's line records at first; anything can be recorded in any segment."""

TOLD_IN = {"wins": "win", "stickies": "sticky", "thanks": "praise"}
"""The kind of story that a segment shows; the others show all."""


class MeetingRoom(InTool, Vertical):
    """What everybody in the meeting sees. carried: whether the line was begun in the previous part."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.carried = False
        self._segment = -1
        self._told = 0

    def compose(self) -> ComposeResult:
        agenda = AgendaPanel(id="agenda", classes="panel")
        agenda.border_title = "Agenda"
        attendance = AttendanceList(id="attendance", classes="panel")
        yield FoldedAgenda(id="fold")
        yield Horizontal(
            Vertical(agenda, attendance, id="side"),
            SegmentPanel(id="main", classes="panel"),
            VerticalScroll(Static(id="example", markup=False), id="beside", classes="panel", can_focus=False),
            id="columns",
        )
        yield CaptureLine("meeting", kinds=(*LINE_KINDS, "answer", "note"))

    @property
    def line(self) -> CaptureLine:
        """The line in which stories are typed."""
        return self.query_one(CaptureLine)

    def begin_anew(self) -> None:
        """Treat the next meeting as one that was not shown yet; what is half typed is no part of it."""
        self._segment = -1
        if self.line.input.value:
            self.line.set_apart()

    def show(self, meeting: Meeting) -> None:
        """Show a meeting as it is now, in the part that runs."""
        self.show_time(meeting)
        attendance = self.query_one(AttendanceList)
        attendance.show(meeting, self.desk.roster)
        retitle(attendance, counted(meeting))
        segment = meeting.segments[meeting.segment]
        if self._segment != meeting.segment:
            self.carried = bool(self.line.input.value)
            if not self.carried:
                self.line.kind = KIND_OF_TOPIC.get(segment.topic, "win")
            self._segment = meeting.segment
        self.show_topic(meeting)
        if self.screen.has_class("-beside"):
            title, text = beside_card(self.desk, meeting, segment)
            retitle(self.query_one("#beside"), wording.one_line(title))
            self.query_one("#example", Static).update(text)
        turns = self.desk.turns(meeting) if segment.topic in ("wins", "stickies") else []
        self.line.suggest(turns[0].person.handle if turns else "")
        rows = self._rows(meeting)
        told = sum(word != "waits" for word, _ in rows)
        self.query_one(ToldList).show(rows, self.desk.roster, to_end=told > self._told)
        self._told = told
        self.query_one(SegmentPanel).share_room()

    def show_topic(self, meeting: Meeting) -> None:
        """Show what belongs to the part that runs, with the keys that work where the cursor is."""
        has = self.screen.has_class
        topic = topic_card(
            self.desk,
            meeting,
            meeting.segments[meeting.segment],
            short=has("-short"),
            beside=has("-beside"),
            typing=self.line.input.has_focus,
        )
        self.query_one(SegmentPanel).show_topic(topic)

    def _rows(self, meeting: Meeting) -> list[tuple[str, Story]]:
        """What waits to be told in this segment, then what was told today."""
        topic = meeting.segments[meeting.segment].topic
        if topic == "question":
            return []
        kind = TOLD_IN.get(topic)
        waiting = [("waits", story) for story in self.desk.waiting() if kind and story.kind == kind]
        told = [story for story in self.desk.told_in(meeting) if kind is None or story.kind == kind]
        return [*waiting, *((_when_told(story, meeting), story) for story in told)]

    def show_time(self, meeting: Meeting) -> None:
        """Let the clocks go on: only what shows time is redrawn."""
        now = self.desk.now
        self.screen.query_one(TopLine).note = (
            f"{'paused · ' if meeting.segment_since is None else ''}"
            f"{wording.minutes(elapsed(meeting, now))} of {wording.minutes(planned(meeting))}"
        )
        segment = meeting.segments[meeting.segment]
        left = segment_left(meeting, meeting.segment, now)
        time = f"{wording.minutes(-left)} over" if left < 0 else f"{wording.minutes(left)} left"
        retitle(self.query_one("#main"), f"{wording.one_line(segment.title)} · {time}")
        self.query_one("#main").set_class(left < 0, "-over")
        if self.screen.has_class("-wide"):
            self.query_one(AgendaPanel).show(meeting, now)
        else:
            self.query_one(FoldedAgenda).show(meeting)


def _when_told(story: Story, meeting: Meeting) -> str:
    """When a story was typed in the meeting; one that was noted before it was just told."""
    if story.made_at < meeting.made_at:
        return "told"
    return when_told(story.made_at, meeting)


def retitle(widget: Widget, title: Content | str) -> None:
    """Give a panel its title, unless it has it already: Textual would draw the whole panel for that."""
    text = Content(title) if isinstance(title, str) else title
    if widget.border_title != text.markup:
        widget.border_title = text
