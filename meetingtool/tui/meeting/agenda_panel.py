"""The agenda of the running meeting, with its clock, and who is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from meetingtool.records.meetings import Attendance, Meeting, Presence
from meetingtool.rules import wording
from meetingtool.rules.meeting.meeting_time import segment_left, segment_spent
from meetingtool.rules.roster import Roster
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_list import RowList

NEXT_PRESENCE: dict[Presence, Presence] = {"here": "late", "late": "absent", "absent": "here"}
NOBODY = "Nobody is on the team yet. Press Escape, then p and n to add people; they appear here at once."
SIGNS: dict[Presence, str] = {"here": "●", "late": "◐", "absent": "○"}


class AgendaPanel(RowList):
    """The segments; Enter jumps to one."""

    find_by = ""

    @dataclass
    class Jump(Message):
        """A segment was chosen."""

        index: int

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._looks: list[tuple[Content, ...]] = []

    def show(self, meeting: Meeting, now: datetime) -> None:
        """Draw the agenda as it stands at `now`."""
        rows = [_segment_row(meeting, index, now) for index in range(len(meeting.segments))]
        drawn = [row.parts for row in rows]
        if len(self._looks) != len(rows):
            self.put(rows)
            self.highlighted = meeting.segment
        else:
            for index, row in enumerate(rows):
                if self._looks[index] != drawn[index]:
                    self.put_one(index, row)
        self._looks = drawn

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.post_message(self.Jump(event.index))


class FoldedAgenda(Static):
    """The agenda in one line, where there is no room for the panel: where we are, what comes next, who is here. A click
    on what comes next goes there, one on who is here opens the attendance."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._then = self._here = 0

    def show(self, meeting: Meeting) -> None:
        """Show the meeting as it is now."""
        index, segments = meeting.segment, meeting.segments
        coming = f"then {wording.one_line(segments[index + 1].title)}" if index + 1 < len(segments) else "then the end"
        now = Content.assemble(
            (f"{index + 1} of {len(segments)} ", "$text-muted"),
            (f"▶ {wording.one_line(segments[index].title)}", "bold $accent"),
        )
        then = Content.styled(f"  {coming}", "$text-muted")
        self._then, self._here = now.cell_length, now.cell_length + then.cell_length
        self.update(Content.assemble(now, then, (f"  · {counted(meeting)}", "$text-muted")), layout=False)

    async def on_click(self, event: events.Click) -> None:
        """Do what the part under the mouse tells of."""
        at = event.get_content_offset(self)
        if at is not None and at.x >= self._then:
            await self.run_action("screen.attendance" if at.x >= self._here else "screen.next")


def _segment_row(meeting: Meeting, index: int, now: datetime) -> ColumnsRow:
    """A segment: done, running or to come, its title, and the time left or planned."""
    segment = meeting.segments[index]
    running = index == meeting.segment
    done = not running and segment_spent(meeting, index, now) > 0
    left = segment_left(meeting, index, now) if running else segment.seconds
    over = running and left < 0
    time = f"+{wording.minutes(-left)}" if over else "" if done else wording.minutes(left)
    style = "bold $accent" if running else "$text-muted" if done else "$foreground"
    sign = "▶" if running else "✓" if done else ""
    return ColumnsRow(
        [(Content.styled(sign, style), 1)],
        Content.styled(wording.one_line(segment.title), style),
        Content.styled(time, "bold $warning" if over else "$text-muted"),
    )


class AttendanceList(RowList):
    """Who is here, late or absent: one key each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "Here, late, absent", id="attendance.turn", tooltip="Here, late or absent in turn"),
        Binding("1", "presence('here')", "Here", id="attendance.here", tooltip="This person is here"),
        Binding("2", "presence('late')", "Late", id="attendance.late", tooltip="This person came late"),
        Binding("3", "presence('absent')", "Absent", id="attendance.absent", tooltip="This person is absent"),
    ]

    @dataclass
    class Noted(Message):
        """Somebody's presence was noted."""

        person: str
        presence: Presence

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._looks: tuple[object, ...] = ()

    def show(self, meeting: Meeting, roster: Roster) -> None:
        """Draw everyone's presence; the cursor stays on its person."""
        self.meeting = meeting
        drawn = (meeting.attendance, roster)
        if drawn == self._looks:
            return
        self._looks = drawn
        names = (wording.one_line(roster.full_name(entry.person)) for entry in meeting.attendance)
        self.names = dict(enumerate(names))
        if meeting.attendance:
            self.put([_attendance_row(entry, roster) for entry in meeting.attendance])
        else:
            self.put([ColumnsRow((), Content.styled(NOBODY, "$text-muted"), most=0)], frozenset({0}))

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.action_turn()

    def action_turn(self) -> None:
        """Here becomes late, late absent, absent here."""
        if self.highlighted is not None:
            entry = self.meeting.attendance[self.highlighted]
            self.post_message(self.Noted(entry.person, NEXT_PRESENCE[entry.presence]))

    def action_presence(self, presence: Presence) -> None:
        """Note a presence and go on to the next person."""
        if self.highlighted is not None:
            self.post_message(self.Noted(self.meeting.attendance[self.highlighted].person, presence))
            if self.highlighted < self.count - 1:
                self.highlighted += 1


def _attendance_row(entry: Attendance, roster: Roster) -> ColumnsRow:
    """A person, and whether they are late or absent."""
    presence = entry.presence
    sign = Content.styled(SIGNS[presence], "$success" if presence == "here" else "$warning")
    name = wording.one_line(roster.short_name(entry.person))
    return ColumnsRow(
        [(sign, 1)],
        Content.styled(name, "$foreground" if presence != "absent" else "$text-muted"),
        Content.styled("" if presence == "here" else presence, "$text-muted"),
        most=0,
    )


def counted(meeting: Meeting) -> str:
    """`Here 7 of 8`."""
    if not meeting.attendance:
        return "Nobody here"
    here = sum(entry.presence != "absent" for entry in meeting.attendance)
    return f"Here {here} of {len(meeting.attendance)}"
