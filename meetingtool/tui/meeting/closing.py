"""Closing a meeting in one go: what was promised, what the team thought, when the next one is."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static, TextArea

from meetingtool.actions.meeting import going_on
from meetingtool.actions.meeting.meetings import checked_ratings
from meetingtool.errors import Conflict, MeetingtoolError, Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.rules import wording
from meetingtool.rules.days import moved
from meetingtool.rules.meeting import agenda
from meetingtool.rules.meeting.meeting_time import forgotten, planned_end, stopped
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, as_row
from meetingtool.tui.meeting.closed_elsewhere import closing_draft, who_closed, with_theirs
from meetingtool.tui.meeting.due import DuePage
from meetingtool.tui.stories.story_text import follow_up_rows


class ClosingPage(Page[Meeting | None]):
    """Gathers what closes the meeting. Escape goes back to it with everything typed kept.

    half_typed: whether something in the meeting's line is not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "close", "Close", id="closing.close", tooltip="Close the meeting"),
        Binding("ctrl+o", "owners", "Owners and dates", id="closing.owners", tooltip="Confirm who does what by when"),
        Binding("escape", "back", "Not yet", id="closing.back", tooltip="Back to the meeting"),
    ]
    DEFAULT_CSS = """
    ClosingPage .dialog { width: 84; padding: 1 2 0 2; }
    ClosingPage .label { margin: 1 0 0 0; color: $text-muted; }
    ClosingPage TextArea { height: 5; }
    ClosingPage #problem { color: $error; height: auto; }
    ClosingPage .dialog-buttons { margin: 1 0 1 0; }
    ClosingPage.-short .dialog { padding: 0 2; }
    ClosingPage.-short .label { margin: 0; }
    ClosingPage.-short TextArea { height: 4; }
    ClosingPage.-short .dialog-buttons { margin: 0; }
    """

    def __init__(self, meeting: Meeting, *, half_typed: bool = False) -> None:
        super().__init__()
        self.half_typed = half_typed
        self.meeting = meeting
        self.draft = closing_draft(meeting)

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = "Close the meeting"
            notes, _ = self.desk.notes_of(self.meeting)
            self._before = {"ended": "", "rating": "", "notes": notes, "next": self._usual()}
            texts = self._before | self.kept_fields(self.draft)
            yield Static(id="summary", markup=False)
            if forgotten(self.meeting, self.desk.now):
                yield Static("When did it end? Its clock was never stopped.", classes="label", markup=False)
                yield Input(texts["ended"], id="ended", placeholder=wording.clock(planned_end(self.meeting)))
            yield Static("How was this meeting, 1 to 10? One number each.", classes="label", markup=False)
            yield Input(texts["rating"], id="rating", placeholder="8 9 7 8")
            yield Static("Notes for the minutes", classes="label", markup=False)
            yield TextArea(texts["notes"], id="notes", tab_behavior="focus")
            yield Static("The next meeting", classes="label", markup=False)
            yield Input(texts["next"], id="next", placeholder="tue 1 dec 09:00")
            yield Static(id="problem", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Owners and dates", id="owners", compact=True)
                yield Button("Not yet", id="back", compact=True)
                yield Button("Close the meeting", id="close", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.query(Input).first().focus()

    def show_records(self) -> None:
        self.query_one("#summary", Static).update(self._summary())
        self.query_one("#owners").display = bool(self._made())
        self.meeting = self.desk.get(Meeting, self.meeting.id)
        if self.meeting.state == "closed":
            words = "The meeting was closed elsewhere. Ctrl+S or Escape goes to its minutes, with what you typed."
            self.query_one("#problem", Static).update(words)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Owners and dates where something was promised."""
        return action != "owners" or bool(self._made())

    def _made(self) -> list[FollowUp]:
        """What was promised in this meeting and is open."""
        return [f for f in self.desk.open_follow_ups() if f.meeting == self.meeting.id]

    def _usual(self) -> str:
        closed = [*self.desk.meetings(), _as_closed(self.meeting)]
        at = agenda.next_meeting_at(self.desk.settings, self.desk.now, closed)
        return f"{wording.day(at.date(), self.desk.today)} {wording.clock(at)}"

    def _summary(self) -> ColumnsTable:
        told = self.desk.told_in(self.meeting)
        kinds = [story.kind for story in told]
        wins, stickies = kinds.count("win"), kinds.count("sticky")
        lines: list[Content | ColumnsRow] = [
            Content.styled(f"{wording.count(wins, 'win')} · {wording.count(stickies, 'sticky situation')}", "bold")
        ]
        if self.half_typed:
            words = (
                "! The line in the meeting is not saved: Escape goes back to it. Otherwise it is kept for next time."
            )
            lines.append(Content.styled(words, "$warning"))
        made = self._made()
        if made:
            today = self.meeting.at.date() == self.desk.today
            when = "today" if today else f"in the meeting of {wording.day(self.meeting.at.date(), self.desk.today)}"
            lines.append(Content.styled(f"Promised {when}:", "$text-muted"))
            lines += follow_up_rows(made, self.desk.roster, self.desk.today)
        bare = [f for f in made if f.due is None or not f.people]
        if bare:
            words = f"! {len(bare)} without a date or an owner (^o)"
            lines.append(Content.styled(words, "$warning"))
        left = agenda.not_reached(_as_closed(stopped(self.meeting, self.desk.now)), told)
        if left:
            names = wording.listed([wording.one_line(segment.title) for segment in left])
            lines.append(Content.styled(f"Not reached: {names}. What waits there comes up next time.", "$text-muted"))
        return ColumnsTable([as_row(line) for line in lines])

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        lines = {line.id or "": line.value for line in self.query(Input)}
        notes = self.query_one("#notes", TextArea).text
        self.keep_fields(self.draft, {**lines, "notes": notes}, self._before)

    @on(Input.Submitted)
    def _on(self) -> None:
        self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "close":
            self.action_close()
        elif event.button.id == "owners":
            self.action_owners()
        else:
            self.action_back()

    def action_back(self) -> None:
        """Back to the meeting; what was typed is kept."""
        if self.meeting.state != "closed" or self.tool.attempt(self._go_to_minutes) is None:
            self.dismiss(None)

    def action_owners(self) -> None:
        """Confirm who does what was promised today, and by when."""
        made = [follow_up.id for follow_up in self._made()]
        if made:
            self.app.push_screen(DuePage(made))

    def action_close(self) -> None:
        """Close the meeting as it is now, or say what is in the way; where somebody else has closed it, go on to its
        minutes."""
        try:
            try:
                closed = self._close_now()
            except Conflict:
                self.desk.workspace.refresh()
                closed = self._close_now()
        except MeetingtoolError as error:
            self.query_one("#problem", Static).update(Content(str(error)))
            return
        if closed is not None:
            self.keep(self.draft, "")
            self.dismiss(closed)

    def _close_now(self) -> Meeting | None:
        """The meeting once it is closed here; None if that was done elsewhere."""
        self.meeting = self.desk.get(Meeting, self.meeting.id)
        if self.meeting.state == "closed":
            self._go_to_minutes()
            return None
        shown, held_back = self.desk.notes_of(self.meeting)
        notes = with_theirs(self.query_one("#notes", TextArea).text, self._before["notes"], shown)
        return going_on.close(
            self.desk,
            self.meeting,
            team_rating=read_ratings(self.query_one("#rating", Input).value),
            notes="\n".join(filter(None, (notes, held_back))),
            next_at=self._next_at(self.query_one("#next", Input).value),
            ended=self._ended(),
        )

    def _go_to_minutes(self) -> Meeting:
        """Say who closed the meeting meanwhile, and go on to its minutes, which take up what was typed here."""
        words = who_closed(self.desk, self.meeting)
        typed = self.kept_fields(self.draft)
        hints = []
        if typed.keys() & {"notes", "rating"}:
            hints.append("What you typed is kept with its minutes.")
        if "next" in typed:
            hints.append("The next meeting is as it was agreed there.")
        self.dismiss(self.meeting)
        self.tool.tell(Conflict(words, " ".join(hints)))
        return self.meeting

    def _ended(self) -> datetime | None:
        """The end as it was typed; None where it is not asked for."""
        typed = "".join(field.value.strip() for field in self.query("#ended").results(Input))
        if not typed and forgotten(self.meeting, self.desk.now):
            usual = wording.clock(planned_end(self.meeting))
            raise Refused("The clock was never stopped.", f"Say when the meeting ended, such as {usual}.")
        return self.desk.end_of(self.meeting, typed) if typed else None

    def _next_at(self, text: str) -> datetime | None:
        """The day and time typed; the usual time where only a day was given, None for nothing."""
        return self.desk.moment(text) if text.strip() else None


def read_ratings(text: str) -> tuple[int, ...]:
    """The numbers in `8 9, 7`; Refused for anything else."""
    numbers = []
    for word in re.split(r"[\s,;]+", text.strip()):
        if not word:
            continue
        if not word.isdecimal() or len(word) > 3:
            raise Refused(f"“{wording.shortened(word, 20)}” isn't a number.", "Give one number each, such as 8 9 7.")
        numbers.append(int(word))
    return checked_ratings(numbers)


def _as_closed(meeting: Meeting) -> Meeting:
    import msgspec

    return msgspec.structs.replace(meeting, state="closed", next_at=None, at=moved(meeting.at, timedelta(seconds=1)))
