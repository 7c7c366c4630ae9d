"""The meeting: before it the agenda, while it runs the room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Input

from meetingtool.actions.customers.for_meeting import to_hear
from meetingtool.actions.meeting import going_on, meetings
from meetingtool.actions.playbook.philosophy import asked_about
from meetingtool.actions.stories import stories as story_actions
from meetingtool.records.alerts import Alert
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.areas import PULSE
from meetingtool.rules.days import moved
from meetingtool.rules.meeting.meeting_time import forgotten, late, planned
from meetingtool.rules.stories.kept_back import for_others, notes_for_others
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.lists.row_list import RowList
from meetingtool.tui.meeting import sentence
from meetingtool.tui.meeting.agenda_panel import AgendaPanel, AttendanceList
from meetingtool.tui.meeting.attendance import AttendancePage
from meetingtool.tui.meeting.before_meeting import BeforeMeeting
from meetingtool.tui.meeting.closed_elsewhere import closing_draft, who_closed
from meetingtool.tui.meeting.due import DuePage
from meetingtool.tui.meeting.room import KIND_OF_TOPIC, MeetingRoom
from meetingtool.tui.meeting.segment_panel import TopicCard
from meetingtool.tui.meeting.told_list import ToldList, open_deepening
from meetingtool.tui.stories.capture_line import LABELS, CaptureLine
from meetingtool.tui.stories.line_hints import CREDITS
from meetingtool.tui.stories.noting import save_line
from meetingtool.tui.stories.paste import PasteList

RUNNING = (
    "next", "back", "go_to", "pause", "more_time", "less_time", "attendance", "due", "close", "suspend", "kind", "line",
)  # fmt: skip
BEFORE = ("start",)
KEPT = "Kept for a word in private."

TINY = 8
"""With fewer lines than this, what was told gets the room of the frame around it."""

BESIDE = 150
"""From this many cells on earlier examples are shown beside what is told."""


class MeetingScreen(ModeScreen):
    """Runs the weekly meeting. Whatever is typed is a story; Escape steps out of the line to the other keys."""

    PLACE = "Meeting"
    CSS_PATH = "meeting.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "line", "Type", id="meeting.line", tooltip="Back to the line"),
        Binding("enter", "start", "Start the meeting", id="meeting.start", tooltip="Start the weekly meeting now"),
        Binding("escape", "leave_line", "Other keys", id="line.leave",
                tooltip="Leave the line, to use the other keys"),
        Binding("ctrl+n", "next", "Next", id="meeting.next.anywhere", tooltip="Go on to the next segment"),
        Binding("n", "next", "Next", id="meeting.next", tooltip="Go on to the next segment", show=False),
        Binding("ctrl+t", "kind", "Kind", id="meeting.kind", tooltip="What the line records: win, sticky, promise ..."),
        Binding("ctrl+g", "close", "Close", id="meeting.close.anywhere", show=False,
                tooltip="Close the meeting and make the minutes"),
        Binding("right", "next", "Next", id="meeting.next.arrow", show=False, tooltip="Go on to the next segment"),
        Binding("left", "back", "Back", id="meeting.back", tooltip="Back to the segment before", show=False),
        Binding("o", "go_to", "Go to", id="meeting.goto", tooltip="Go to any segment", show=False),
        Binding("space", "pause", "Pause", id="meeting.pause", tooltip="Stop the clock, or start it again", show=False),
        Binding("plus", "more_time", "A minute more", id="meeting.more", key_display="+", show=False,
                tooltip="Give the segment a minute more"),
        Binding("minus", "less_time", "A minute less", id="meeting.less", key_display="-", show=False,
                tooltip="Take a minute off the segment"),
        Binding("a", "attendance", "Attendance", id="meeting.attendance", tooltip="Who is here, late or absent"),
        Binding("d", "due", "Due", id="meeting.due", tooltip="Go through promises and actions"),
        Binding("e", "explain", "What it was", id="meeting.explain", tooltip="Write down what the team thinks it was"),
        Binding("y", "rewards", "Hand over", id="meeting.rewards", tooltip="Hand over the rewards that are owed"),
        Binding("P", "pulse", "Pulse", id="meeting.pulse", tooltip="Pass the keyboard: ask the team how it is",
                show=False),
        Binding("y", "agree", "Agreed", id="meeting.agree", tooltip="The team agrees on the sentence"),
        Binding("e", "reword", "Reword", id="meeting.reword", tooltip="Say the sentence in other words"),
        Binding("c", "close", "Close", id="meeting.close", tooltip="Close the meeting and make the minutes"),
        Binding("z", "suspend", "Suspend", id="meeting.suspend", show=False,
                tooltip="Suspend the meeting, to continue it later"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._standing = ""
        self._ran = ""
        """The id of the meeting that was shown last; empty once it is over."""
        self._asking = False

    def body(self) -> Iterable[Widget]:
        before = BeforeMeeting(id="before")
        yield ContentSwitcher(before, MeetingRoom(id="room"), initial="before")

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that runs or is suspended."""
        return self.desk.open_meeting()

    @property
    def room(self) -> MeetingRoom:
        """What everybody sees while a meeting runs."""
        return self.query_one(MeetingRoom)

    @property
    def line(self) -> CaptureLine:
        """The line in which stories are typed."""
        return self.room.line

    @property
    def enter(self) -> str:
        """What Enter does in the line, in a word for the line of keys."""
        return "Save" if self.meeting is not None and self.line.input.has_focus else ""

    def on_mount(self) -> None:
        self.set_interval(1.0, self.tick)

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < TINY, "-tiny")
        beside = self.app.size.width >= BESIDE
        if beside != self.has_class("-beside"):
            self.set_class(beside, "-beside")
            if self.is_mounted:
                self.show_records()

    def place(self) -> str:
        meeting = self.meeting
        if meeting is None:
            return super().place()
        return f"{wording.one_line(meeting.title)} · {wording.day(meeting.at.date(), self.desk.today)}"

    def show_records(self) -> None:
        meeting = self.meeting
        switcher = self.query_one(ContentSwitcher)
        wanted = "before" if meeting is None else "room"
        arriving = self._standing != wanted
        switcher.current = self._standing = wanted
        if meeting is None:
            if self._ran and self.tool.from_elsewhere and self.app.screen is self:
                self.call_later(self._tell_who_closed, self._ran)
            self._ran = ""
            self.room.begin_anew()
            self.query_one(BeforeMeeting).show(self.desk)
            if arriving:
                self.set_focus(self.query_one("#next-meeting"))
        else:
            self._ran = meeting.id
            self.room.show(meeting)
            if forgotten(meeting, self.desk.now) and not self._asking:
                self._asking = True
                self._ask_how_it_ended(meeting)
            elif arriving:
                self.set_focus(self.line.input)  # at once: the next key is the first letter of a story
        self.refresh_bindings()

    def _tell_who_closed(self, id: str) -> None:
        meeting = self.desk.get(Meeting, id)
        typed = self.tool.drafts.text(closing_draft(meeting), room=self.desk.room)
        words = self.tool.attempt(lambda: who_closed(self.desk, meeting))
        if words is not None:
            self.tool.say(f"{words} What you typed to close it is kept with its minutes." if typed else words)

    @work
    async def _ask_how_it_ended(self, meeting: Meeting) -> None:
        """Ask what becomes of a meeting that was never closed, before anything is told in it."""
        day = wording.day(meeting.at.date(), self.desk.today)
        answers = {
            "close": "Close it with the time when it ended",
            "on": "Go on with it: the clock runs again from now, and what is told counts for today",
        }
        options = [(key, Content(words)) for key, words in answers.items()]
        answer = await self.app.push_screen_wait(Choose(f"The meeting of {day} was never closed", options))
        if answer == "on":
            self._change(lambda each: meetings.resume(self.desk.workspace, each, self.desk.now))
            self.tool.set_room(True)
        elif answer == "close":
            await self._close(meeting)
        open_still = self.meeting
        if open_still is not None and forgotten(open_still, self.desk.now):
            await self.app.switch_mode("today")
        else:
            self.line.focus()
        self._asking = False

    def tick(self) -> None:
        """Let the clocks go on."""
        meeting = self.meeting
        if meeting is not None and self.is_mounted:
            self.desk.workspace.in_use()
            self.room.show_time(meeting)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what works now: before the meeting, in it, or on a story."""
        if action in ("line", "leave_line") and isinstance(self.focused, Input) == (action == "line"):
            return False
        if action in RUNNING:
            return self.meeting is not None
        if action == "explain":
            return self._asked() is not None
        if action == "rewards":
            return self._runs() == "thanks" and bool(self.desk.rewards_owed())
        if action == "pulse":
            return PULSE not in self.desk.settings.off
        if action in ("agree", "reword"):
            return self._runs() == "question" and bool(asked_about(self.desk))
        if action in BEFORE:
            return self.meeting is None
        return action != "search" or not isinstance(self.focused, Input)

    def _runs(self) -> str:
        """The topic of the part of the meeting that runs; empty where none does."""
        meeting = self.meeting
        return meeting.segments[meeting.segment].topic if meeting is not None else ""

    def _change(self, change: Callable[[Meeting], object]) -> None:
        meeting = self.meeting
        if meeting is not None:
            self.tool.attempt(lambda: change(meeting))

    @work
    async def action_start(self) -> None:
        """Start the meeting; the screen is shared from now on. Ask on a day for which none is planned."""
        planned_for = self.desk.next_meeting_at()
        if planned_for.date() != self.desk.today:
            held = meetings.held_on(self.desk.workspace, self.desk.today, self.desk.now)
            why = f"{held} The next one is on {wording.day_in_full(planned_for.date())}.".strip()
            sure = await self.app.push_screen_wait(
                Confirm("Start a meeting today?", why, yes="Start it", no="Not yet", likely=not held)
            )
            if not sure:
                return
        self.line.set_apart()
        begun = self.tool.attempt(lambda: meetings.start_meeting(self.desk.workspace, self.desk.now))
        if begun is None:
            return
        self.tool.set_room(True)
        if after := late(begun.at, planned_for):
            ends = wording.clock(moved(begun.at, timedelta(seconds=planned(begun))))
            self.tool.say(f"Started {after}; the plan now runs until {ends}.")

    def action_next(self) -> None:
        """The next segment; after the last one, closing. The cursor stays in the line, or out of it."""
        meeting = self.meeting
        if meeting is None:
            return
        if meeting.segment + 1 >= len(meeting.segments):
            self.action_close()
            return
        self._go_to(meeting.segment + 1)

    def action_back(self) -> None:
        """The segment before."""
        meeting = self.meeting
        if meeting is not None and meeting.segment > 0:
            self._go_to(meeting.segment - 1)

    def _go_to(self, index: int) -> None:
        self._change(lambda meeting: going_on.go_to(self.desk, meeting, index))

    def action_go_to(self) -> None:
        """Choose a segment and go there."""
        meeting = self.meeting
        if meeting is None:
            return

        def chosen(index: str | None) -> None:
            if index is not None:
                self._go_to(int(index))
                self.line.focus()

        options = [
            (str(index), Content(wording.one_line(segment.title))) for index, segment in enumerate(meeting.segments)
        ]
        self.app.push_screen(Choose("Go to", options), chosen)

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _cursor_moved(self) -> None:
        """Into the line a letter is typed, elsewhere it is a key: the hints say what works."""
        meeting = self.meeting
        if meeting is not None:
            self.room.show_topic(meeting)

    @on(TopicCard.Clicked)
    def _due_clicked(self) -> None:
        """A click on what is due goes through it."""
        if self._runs() == "follow-ups" and self.desk.attention():
            self.action_due()

    @on(AgendaPanel.Jump)
    def _jumped(self, event: AgendaPanel.Jump) -> None:
        self._go_to(event.index)
        self.line.focus()

    @on(AttendanceList.Noted)
    def _noted(self, event: AttendanceList.Noted) -> None:
        self._change(
            lambda meeting: meetings.set_presence(
                self.desk.workspace, meeting, event.person, event.presence, self.desk.now
            )
        )

    def action_pause(self) -> None:
        """Stop the clock, or start it again."""
        self._change(
            lambda meeting: (meetings.pause if meeting.segment_since else meetings.resume)(
                self.desk.workspace, meeting, self.desk.now
            )
        )

    def action_more_time(self) -> None:
        """A minute more for this segment."""
        self._change(lambda meeting: meetings.give_time(self.desk.workspace, meeting, 60, self.desk.now))

    def action_less_time(self) -> None:
        """A minute less for this segment."""
        self._change(lambda meeting: meetings.give_time(self.desk.workspace, meeting, -60, self.desk.now))

    def action_suspend(self) -> None:
        """Suspend the meeting."""
        self._change(lambda meeting: meetings.suspend(self.desk.workspace, meeting, self.desk.now))
        self.tool.say("The meeting waits here, today or another day; space resumes it.")

    def action_kind(self) -> None:
        """Turn the line into a win, a sticky, a promise, an action, an answer or a note."""
        self.line.next_kind()
        self.line.focus()

    def action_line(self) -> None:
        """Back to the line."""
        self.line.focus()

    def action_attendance(self) -> None:
        """Who is here: in the panel, or on a page of its own where there is no room for it."""
        if self.has_class("-wide"):
            self.query_one(AttendanceList).focus()
            return
        self.app.push_screen(AttendancePage())

    def action_pulse(self) -> None:
        """Ask the team how it is."""
        from meetingtool.tui.meeting.pulse_page import ask_pulse

        ask_pulse(self.tool)

    def action_rewards(self) -> None:
        """Hand over the rewards that are owed."""
        from meetingtool.tui.stories.rewards_page import RewardsPage

        self.app.push_screen(RewardsPage())

    def action_agree(self) -> None:
        """Note that the team agrees on the sentence that it was asked about."""
        meeting = self.meeting
        if meeting is not None:
            sentence.agreed(self.tool, meeting)

    def action_reword(self) -> None:
        """Say the sentence in other words."""
        sentence.reword(self.tool)

    def action_due(self) -> None:
        """Go through the open promises and actions."""
        self.app.push_screen(DuePage())

    def _asked(self) -> Alert | None:
        """The alert that this part of the meeting asks about."""
        meeting = self.meeting
        if meeting is None or meeting.segments[meeting.segment].topic != "customers":
            return None
        return next(iter(to_hear(self.desk, meeting).asked), None)

    @work
    async def action_explain(self) -> None:
        """Write down what the team thinks a fall or a rise was."""
        from meetingtool.tui.dialogs.alert_life import explain

        alert = self._asked()
        if alert is not None:
            await explain(self.tool, alert)

    @work
    async def action_close(self) -> None:
        """Close the meeting in one pass, then show its minutes."""
        meeting = self.meeting
        if meeting is not None:
            await self._close(meeting)

    async def _close(self, meeting: Meeting) -> None:
        from meetingtool.tui.meeting.closing import ClosingPage
        from meetingtool.tui.meeting.minutes import MinutesPage

        closed = await self.app.push_screen_wait(ClosingPage(meeting, half_typed=bool(self.line.input.value.strip())))
        if closed is not None:
            await self.app.push_screen_wait(MinutesPage(closed))
            self.redraw()

    @on(CaptureLine.Up)
    def _to_the_stories(self) -> None:
        if self.query_one(ToldList).display:
            self.query_one(ToldList).focus()

    def action_leave_line(self) -> None:
        """Out of the line: to the stories, or where there are none to the agenda."""
        self.set_focus(self.query_one(AgendaPanel) if self.has_class("-wide") else None)
        self._to_the_stories()

    @on(CaptureLine.Pasted)
    def _pasted(self, event: CaptureLine.Pasted) -> None:
        meeting = self.meeting
        if meeting is not None and event.kind in ("answer", "note"):
            self._write_down(meeting, event.kind, event.text)
        else:
            self.app.push_screen(PasteList(event.text, event.kind, meeting))

    def _write_down(self, meeting: Meeting, kind: str, text: str) -> bool:
        """Add to the notes of the meeting, or to the answers, one for each line; returns whether that was done."""
        workspace, now = self.desk.workspace, self.desk.now
        if kind == "note":
            notes = f"{meeting.notes}\n{text}".strip()
            done = self.tool.attempt(lambda: meetings.write_notes(workspace, meeting, notes, now)) is not None
            if done and notes_for_others(text, self.desk.roster)[1]:
                self.tool.say(KEPT)
            return done
        answers = [line for line in text.splitlines() if line.strip()]
        written = self.tool.attempt(lambda: meetings.write_answers(workspace, meeting, answers, now))
        if written is not None and len(for_others(answers, self.desk.roster)) < len(answers):
            self.tool.say(KEPT)
        return written is not None

    @on(CaptureLine.Typed)
    def _typed(self, event: CaptureLine.Typed) -> None:
        meeting = self.meeting
        if meeting is None:
            event.capture_line.refused()
            event.capture_line.set_apart()
            return
        what, more = LABELS.get(event.kind, event.kind), self._also(event)
        if event.kind in ("answer", "note"):
            done = self._write_down(meeting, event.kind, event.line)
        else:
            saved = save_line(self.tool, event.kind, event.line, event.record_id, meeting)
            done = saved is not None
            if isinstance(saved, FollowUp):
                what, more = saved.kind, ""
            elif isinstance(saved, Story) and saved.kind == "sticky" and self.query_one(ToldList).chosen == saved:
                what, more = "", "  ↑ Enter: what do we learn?"
        if done and self.room.carried:
            self.room.carried = False
            event.capture_line.kind = KIND_OF_TOPIC.get(meeting.segments[meeting.segment].topic, "win")
        event.capture_line.settle(done, what, more)

    def _also(self, event: CaptureLine.Typed) -> str:
        """What else was saved with a story, in words: its promises and actions, money from the fund, its privacy."""
        if event.kind not in CREDITS:
            return ""
        capture = self.desk.read_line(event.line)
        kinds = [pledge.kind for pledge in capture.pledges]
        parts = [wording.count(kinds.count(kind), kind) for kind in ("promise", "action") if kind in kinds]
        if capture.fund_minor:
            parts.append("fund")
        if capture.private:
            parts.append("private")
        return f" with {wording.listed(parts)}" if parts else ""

    @on(RowList.Selected, "#stories")
    def _story_selected(self) -> None:
        story = self.query_one(ToldList).chosen
        meeting = self.meeting
        if story is None or meeting is None:
            return
        if story.meeting is None:
            self.tool.attempt(lambda: story_actions.tell(self.desk.workspace, story, meeting.id, self.desk.now))
            return
        if story.kind == "sticky":
            open_deepening(self.tool, story)
            return
        self.tool.open_record(story)
