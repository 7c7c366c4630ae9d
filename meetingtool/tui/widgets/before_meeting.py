"""Before the meeting: what it will bring, and the minutes of those held."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions.desk import Desk
from meetingtool.records.meetings import Meeting
from meetingtool.rules import agenda, wording
from meetingtool.tui.widgets.story_text import follow_up_line

if TYPE_CHECKING:
    from meetingtool.tui.app import MeetingtoolApp

MOST_HELD = 60


class BeforeMeeting(Horizontal):
    """The next meeting at the left, those held at the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.start", "Start the meeting", show=False),
    ]
    DEFAULT_CSS = """
    BeforeMeeting {
        height: 1fr;
        #coming { width: 2fr; height: 1fr; }
        #coming Static { height: auto; }
        #held { width: 1fr; min-width: 30; height: 1fr; }
    }
    .-narrow BeforeMeeting #held { display: none; }
    """

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="coming", classes="panel") as coming:
            coming.border_title = "The next meeting"
            yield Static(id="preview", markup=False)
        held = OptionList(id="held", classes="panel", markup=False)
        held.border_title = "Held so far · Enter reads the minutes"
        yield held

    def focus(self, scroll_visible: bool = True) -> BeforeMeeting:
        """Put the focus on the next meeting."""
        self.query_one("#coming").focus(scroll_visible)
        return self

    def show(self, desk: Desk) -> None:
        """Draw the next meeting as it will run, and the meetings held."""
        self.query_one("#preview", Static).update(preview(desk))
        held = [meeting for meeting in reversed(desk.meetings()) if meeting.state == "closed"][:MOST_HELD]
        self._held = held
        options = self.query_one("#held", OptionList)
        at = options.highlighted
        options.set_options(Option(_held_row(desk, meeting)) for meeting in held)
        if held:
            options.highlighted = min(at or 0, len(held) - 1)
        else:
            options.set_options(
                [
                    Option(
                        Content.styled("None yet. The minutes of each meeting will stand here.", "$text-muted"),
                        disabled=True,
                    )
                ]
            )

    def open_last(self) -> None:
        """Show the minutes of the last meeting held."""
        if self._held:
            self._open(self._held[0])

    @on(OptionList.OptionSelected, "#held")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self._held):
            self._open(self._held[event.option_index])

    def _open(self, meeting: Meeting) -> None:
        from meetingtool.tui.screens.minutes import MinutesPage

        cast("MeetingtoolApp", self.app).push_screen(MinutesPage(meeting))


def _held_row(desk: Desk, meeting: Meeting) -> Content:
    rating = f"rated {sum(meeting.team_rating) / len(meeting.team_rating):.1f}" if meeting.team_rating else ""
    return Content.assemble((f"{wording.day(meeting.at.date(), desk.today):<16}", ""), (f"  {rating}", "$text-muted"))


def preview(desk: Desk) -> Content:
    """The next meeting as it will run: when, who has been quiet, and each segment with what it brings."""
    at = desk.next_meeting_at()
    roster = desk.roster
    when = f"{wording.day_in_full(at.date())}, {wording.clock(at)}"
    segments = desk.agenda().segments
    minutes = sum(segment.seconds for segment in segments) // 60
    lines = [
        Content.assemble((when, "bold"), (f"  {wording.ago(at.date(), desk.today)}", "$text-muted")),
        Content.styled(f"{minutes} minutes · {wording.count(len(roster.people), 'person', 'people')}", "$text-muted"),
        Content(""),
        Content.assemble(("Enter", "bold $accent"), " starts it and turns the screen over to the room."),
        Content(""),
    ]
    for segment in segments:
        time = f"{segment.seconds // 60} min" if segment.seconds % 60 == 0 else f"{segment.seconds / 60:.1f} min"
        lines.append(
            Content.assemble((f"{wording.one_line(segment.title):<22}", "bold"), (f"{time:>7}", "$text-muted"))
        )
        lines += [Content.assemble("  ", part) for part in _brings(desk, segment.topic)]
    return Content("\n").join(lines)


def _brings(desk: Desk, topic: str) -> list[Content]:
    """What is known already of a segment."""
    roster = desk.roster
    held = desk.meetings()
    if topic == "standard":
        standard = agenda.standard_of_the_week(roster.standards, held)
        if standard:
            return [
                Content.assemble(
                    (f"#{wording.one_line(standard.tag)}", "$accent"), f"  {wording.one_line(standard.title)}"
                )
            ]
    elif topic == "follow-ups":
        due = desk.attention()
        rows = [follow_up_line(follow_up, roster, desk.today) for follow_up in due[:4]]
        if len(due) > 4:
            rows.append(Content.styled(f"and {len(due) - 4} more", "$text-muted"))
        return rows
    elif topic in ("wins", "stickies"):
        kind = "win" if topic == "wins" else "sticky"
        return [Content(f"· {wording.shortened(story.text, 70)}") for story in desk.waiting() if story.kind == kind][:4]
    elif topic == "question":
        question = agenda.question_of_the_week(desk.questions(), held)
        if question:
            return [Content(wording.one_line(question.text))]
    return []
