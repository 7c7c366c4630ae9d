"""Before the meeting: what it will bring, and the minutes of those held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions.customers.due_steps import lessons, steps_for_team
from meetingtool.actions.customers.for_meeting import to_hear
from meetingtool.actions.desk import Desk
from meetingtool.records.meetings import Meeting
from meetingtool.rules import wording
from meetingtool.rules.customers.for_meeting import called, seen_line
from meetingtool.rules.meeting import agenda
from meetingtool.tui.dialogs.ask_date import AskDate
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable
from meetingtool.tui.lists.moving import ScrolledText
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.meeting.customers_card import not_said_line
from meetingtool.tui.meeting.topic_card import step_row
from meetingtool.tui.stories.story_text import follow_up_rows
from meetingtool.tui.tool import InTool

MOST_HELD = 60
MOST_BROUGHT = 4


class BeforeMeeting(InTool, Horizontal):
    """The next meeting on the left, those held on the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.start", "Start", id="before.start", tooltip="Start the meeting"),
        Binding("a", "agenda", "Agenda", id="before.agenda", tooltip="The agenda, to print and to send"),
        Binding("e", "change", "Change it", id="before.change", tooltip="Add, drop, move or skip segments"),
        Binding("o", "minutes", "Last minutes", id="before.minutes", tooltip="The minutes of the last meeting"),
        Binding("f", "move", "New date", id="before.move", tooltip="Move the next meeting, or leave it out"),
        Binding("l", "later", "Another day", id="before.later", tooltip="Write up a meeting held on another day"),
    ]
    DEFAULT_CSS = """
    BeforeMeeting {
        height: 1fr;
        #next-meeting { width: 2fr; height: 1fr; }
        #next-meeting Static { height: auto; }
        #held-meetings { width: 1fr; min-width: 20; height: 1fr; }
    }
    """

    _held: Sequence[Meeting] = ()

    def compose(self) -> ComposeResult:
        with ScrolledText(id="next-meeting", classes="panel") as coming:
            coming.border_title = "The next meeting"
            yield Static(id="preview", markup=False)
        held = PagedOptions(id="held-meetings", classes="panel", markup=False).found_by("")
        held.border_title = "Held so far · rating"
        yield held

    def show(self, desk: Desk) -> None:
        """Draw the next meeting as it will run, and the meetings held."""
        self.query_one("#preview", Static).update(preview(desk))
        held = [meeting for meeting in reversed(desk.meetings()) if meeting.state == "closed"][:MOST_HELD]
        self._held = held
        options = self.query_one("#held-meetings", OptionList)
        at = options.highlighted
        options.border_subtitle = "Enter: the minutes" if held else ""
        if held:
            days = Counter(meeting.at.date() for meeting in held)
            options.set_options(Option(held_row(desk, one, hour=days[one.at.date()] > 1)) for one in held)
            options.highlighted = min(at or 0, len(held) - 1)
        else:
            options.set_options(
                [
                    Option(
                        Content.styled("None yet. The minutes of each meeting will appear here.", "$text-muted"),
                        disabled=True,
                    )
                ]
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The minutes of the last meeting, once there was one."""
        return action != "minutes" or bool(self._held)

    def action_minutes(self) -> None:
        """Show the minutes of the last meeting held."""
        self._open(self._held[0])

    def action_agenda(self) -> None:
        """Show the agenda as a paper."""
        from meetingtool.tui.meeting.agenda_page import AgendaPaperPage

        self.app.push_screen(AgendaPaperPage())

    def action_change(self) -> None:
        """Change the agenda."""
        from meetingtool.tui.meeting.agenda_page import AgendaPage

        self.app.push_screen(AgendaPage())

    def action_move(self) -> None:
        """Move the next meeting, or leave it out."""
        from meetingtool.tui.dialogs.move_next import ask_move

        ask_move(self.tool)

    @work
    async def action_later(self) -> None:
        """Write up a meeting that was held on another day, with its clock stopped."""
        from meetingtool.actions.meeting.meetings import held_on, start_meeting

        answer = await self.app.push_screen_wait(
            AskDate(
                "On which day was it held?",
                None,
                draft="held-on",
                optional=False,
                prefer="past",
                placeholder="tue, 17 Nov",
            )
        )
        if answer is not None and answer.day is not None:
            desk = self.desk
            held = held_on(desk.workspace, answer.day, desk.now)
            another = Confirm("Write up another meeting?", held, yes="Write it up", no="Cancel")
            if held and not await self.app.push_screen_wait(another):
                return
            self.tool.attempt(lambda: start_meeting(desk.workspace, desk.now, on=answer.day))

    @on(OptionList.OptionSelected, "#held-meetings")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self._held):
            self._open(self._held[event.option_index])

    def _open(self, meeting: Meeting) -> None:
        from meetingtool.tui.meeting.minutes import MinutesPage

        self.app.push_screen(MinutesPage(meeting))


def held_row(desk: Desk, meeting: Meeting, *, hour: bool = False) -> ColumnsRow:
    """A meeting held: its day, and how the team rated it, short enough for the narrowest panel. hour: with the hour, by
    which meetings of one day are told apart.
    """
    rating = f"{sum(meeting.team_rating) / len(meeting.team_rating):.1f}" if meeting.team_rating else ""
    day = Content(wording.moment(meeting.at, desk.today) if hour else wording.day(meeting.at.date(), desk.today))
    return ColumnsRow((), day, Content.styled(rating, "$text-muted"), most=1)


def preview(desk: Desk) -> ColumnsTable:
    """The next meeting as it will run: when, and each segment with what it brings."""
    at = desk.next_meeting_at()
    when = f"{wording.day_in_full(at.date())}, {wording.clock(at)}"
    segments = desk.next_segments()
    total = sum(segment.seconds for segment in segments) // 60
    people = wording.count(len(desk.roster.people), "person", "people")
    rows = [
        _line(Content.assemble((when, "bold"), (f"  {wording.ago(at.date(), desk.today)}", "$text-muted"))),
        _line(Content.styled(f"{wording.count(total, 'minute')} · {people}", "$text-muted")),
        _line(Content("")),
        _line(Content.assemble(("Enter", "bold $accent"), " starts it and turns the screen over to the room.")),
        *_carried(desk),
        _line(Content("")),
    ]
    for segment in segments:
        title = Content.styled(wording.one_line(segment.title), "bold")
        rows.append(ColumnsRow((), title, Content.styled(_length(segment.seconds), "$text-muted"), most=1))
        rows += _brings(desk, segment.topic)
    return ColumnsTable(rows)


def _carried(desk: Desk) -> list[ColumnsRow]:
    """What the last meeting did not reach, and what the next one leaves out."""
    left = desk.carried_over()
    skipped = [segment for segment in desk.agenda().segments if agenda.is_skipped(segment, desk.meetings())]
    rows = []
    for words, segments in (("Not reached last time", left), ("Skipped once", skipped)):
        if segments:
            names = wording.listed([wording.one_line(segment.title) for segment in segments])
            rows.append(_line(Content.styled(f"{words}: {names}", "$text-muted")))
    return rows


def _line(text: Content) -> ColumnsRow:
    return ColumnsRow((), text, most=0)


def _length(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds % 60 == 0 else wording.minutes(seconds)


def _under(text: Content, *lead: tuple[Content, int], most: int = 2) -> ColumnsRow:
    """A line below the title of its segment."""
    return ColumnsRow([(Content(""), 1), *lead], text, most=most)


def _brings(desk: Desk, topic: str) -> list[ColumnsRow]:
    """What is already known about a segment."""
    roster = desk.roster
    held = desk.meetings()
    if topic == "standard":
        standard = agenda.standard_of_the_week(roster.standards, held)
        if standard:
            tag = (f"#{wording.one_line(standard.tag)}", "$accent")
            return [_under(Content.assemble(tag, f"  {wording.one_line(standard.title)}"))]
    elif topic == "follow-ups":
        due = desk.attention()
        found = follow_up_rows(due[:MOST_BROUGHT], roster, desk.today)
        steps = steps_for_team(desk.workspace, desk.next_meeting_at().date(), desk.today)
        found += [step_row(step, desk) for step in steps[:MOST_BROUGHT]]
        rows = [_under(row.body, *row.lead, most=row.most) for row in found]
        more = len(due) + len(steps) - len(found)
        return [*rows, _under(Content.styled(f"and {more} more", "$text-muted"))] if more else rows
    elif topic in ("wins", "stickies"):
        kind = "win" if topic == "wins" else "sticky"
        waiting = [story for story in desk.waiting() if story.kind == kind]
        words = [Content(wording.shortened(story.text, 200)) for story in waiting[:MOST_BROUGHT]]
        if kind == "sticky":
            words += [Content(f"Learned: {one}") for one in lessons(desk, 2)]
        return [_under(text, (Content.styled("·", "$accent"), 1)) for text in words]
    elif topic == "customers":
        said = to_hear(desk)
        rows = [_under(Content(wording.shortened(voice.text, 200))) for voice in said.read]
        rows += [_under(Content(wording.one_line(result.says))) for result in said.results]
        if not said.read and (offered := not_said_line(desk)):
            rows.append(_under(Content.styled(offered, "$text-muted")))
        return rows + ([_under(Content(wording.one_line(told)))] if (told := called(said.calls)) else [])
    elif topic == "thanks":
        seen = [seen_line(one, desk.roster) for one in to_hear(desk).seen]
        return [_under(Content.assemble((who, "bold"), f"  {what}")) for who, what in seen]
    elif topic == "question":
        question = desk.next_question()
        if question:
            return [_under(Content(wording.one_line(question.text)))]
    elif topic == "role-play":
        scenario = agenda.scenario_of_the_week(desk.scenarios(), held)
        if scenario:
            return [_under(Content(wording.one_line(scenario.title)))]
    return []
