"""After the meeting, in private: one pass over what was told, from stories to ratings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.meeting.meetings import considered, skipped, to_consider
from meetingtool.actions.people.ratings import already_given, rate
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, anchor_row, as_row
from meetingtool.tui.stories.story_text import credits


class PassQuestion(msgspec.Struct, frozen=True):
    """One question of the pass: this person on this standard, from this story. standard: None while nobody has said
    which."""

    story: Story
    person: str
    standard: str | None


class RatingPass(Page[None]):
    """One story at a time; most get no rating, and that is fine. Escape stops, and the pass continues from there
    later."""

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"rate({n})", "Rate", id=f"pass.{n}", tooltip="Rate 1 to 5") for n in range(1, 6)),
        Binding("s,right", "skip", "Skip", id="pass.skip", tooltip="No rating from this"),
        Binding("e", "another", "Another standard", id="pass.standard", tooltip="Rate on another standard"),
        Binding("n", "note", "Note", id="pass.note", tooltip="A note for the rating"),
        Binding("a", "again", "Skipped ones", id="pass.again", tooltip="Go through the skipped ones again"),
        Binding("b,left", "back", "Back", id="pass.back", tooltip="One step back"),
        Binding("escape", "app.pop_screen", "Stop here", id="pass.stop", tooltip="Stop; the pass goes on here later"),
    ]
    DEFAULT_CSS = """
    RatingPass .dialog { width: 104; padding: 1 2; }
    """

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting_id = meeting.id
        self.at = 0
        self.note = ""
        self.steps: list[PassQuestion] = []
        self.chosen: dict[int, str] = {}
        self._asked = ColumnsTable([])
        self._ratings: dict[int, int] = {}

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(id="step", markup=False)

    def on_mount(self) -> None:
        self.desk.require_private("Rating")
        meeting = self.desk.get(Meeting, self.meeting_id)
        self._take_up(to_consider(self.desk.told_in(meeting), meeting))

    def _take_up(self, stories: Sequence[Story]) -> None:
        """Add the questions about these stories after the others."""
        for story in stories:
            standards: list[str | None] = [*story.standards] or [None]
            self.steps += [PassQuestion(story, person, standard) for person in story.people for standard in standards]

    def _skipped(self) -> list[Story]:
        meeting = self.desk.get(Meeting, self.meeting_id)
        return skipped(self.desk.workspace, self.desk.told_in(meeting), meeting)

    def show_records(self) -> None:
        meeting = self.desk.get(Meeting, self.meeting_id)
        day = wording.day(meeting.at.date(), self.desk.today)
        dialog = self.query_one(".dialog")
        step = self.query_one("#step", Static)
        if self.at >= len(self.steps):
            dialog.border_title = f"Told on {day}"
            ended = "That was all. Thank you for taking the time." if self.steps else "Nothing is left to go through."
            left = len(self._skipped())
            again = f"\na returns to the {wording.count(left, 'story', 'stories')} without a rating." if left else ""
            step.update(ended + again)
            self.refresh_bindings()
            return
        dialog.border_title = f"Told on {day} · {self.at + 1} of {len(self.steps)}"
        self._asked = self._question()
        step.update(self._asked)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done at this step."""
        if not self.is_mounted:
            return True
        asks = self.at < len(self.steps)
        if action == "again":
            return not asks and bool(self._skipped())
        if action == "back":
            return self.at > 0
        if action in ("rate", "note"):
            return asks and self._standard() is not None
        return asks or action not in ("skip", "another")

    @property
    def _draft(self) -> str:
        """The key of the note for the rating of this step, until it is given."""
        step = self.steps[self.at]
        return f"pass-{step.story.id}-{step.person}".lower()

    def _standard(self) -> Standard | None:
        chosen = self.chosen.get(self.at) or self.steps[self.at].standard
        return self.desk.roster.standard_of(chosen) if chosen else None

    def _question(self) -> ColumnsTable:
        step, self._ratings = self.steps[self.at], {}
        roster = self.desk.roster
        who = wording.one_line(roster.short_name(step.person))
        parts: list[Content | ColumnsRow] = [
            Content(wording.visible(step.story.text)),
            Content(""),
            Content.assemble(
                ("sticky  " if step.story.kind == "sticky" else "", "$warning"), credits(step.story, roster)
            ),
            Content(""),
        ]
        standard = self._standard()
        if standard is None:
            parts.append(Content.assemble(("No standard was named. ", "$text-muted"), "e chooses one, s skips."))
            return ColumnsTable([as_row(part) for part in parts])
        parts.append(
            Content.assemble(
                (f"#{wording.one_line(standard.tag)}", "bold $accent"), "  ", (wording.one_line(standard.title), "bold")
            )
        )
        self._ratings = {len(parts) + 5 - value: value for value in range(1, 6)}
        parts += [anchor_row(value, wording.one_line(standard.anchors[value - 1])) for value in range(5, 0, -1)]
        parts += [Content(""), Content.assemble("How did ", (who, "bold"), " do here?")]
        if (given := self._given()) is not None:
            told = "not seen" if given.value is None else given.value
            parts.append(Content.styled(f"You gave {told}. A digit changes it, s leaves it.", "$success"))
        if self.note:
            parts.append(Content.styled(f"Note: {wording.one_line(self.note)}", "$text-muted"))
        return ColumnsTable([as_row(part) for part in parts])

    def _given(self) -> Rating | None:
        """What was given at this step already."""
        step, standard = self.steps[self.at], self._standard()
        person = self.desk.roster.person_of(step.person)
        if standard is None or person is None:
            return None
        return already_given(self.desk.workspace, person, standard, (step.story.id,), step.story.at.date())

    def on_click(self, event: events.Click) -> None:
        """A click on what a rating looks like gives it."""
        step = self.query_one("#step")
        at = event.get_content_offset(step)
        row = self._asked.row_at(at.y, step.content_size.width) if at is not None else None
        if row in self._ratings and self.at < len(self.steps):
            self.action_rate(self._ratings[row])

    def action_rate(self, value: int) -> None:
        """Rate the person on the standard, with the story as evidence, and go on."""
        if self.at >= len(self.steps):
            return
        step, standard = self.steps[self.at], self._standard()
        person = self.desk.roster.person_of(step.person)
        if standard is None or person is None:
            return
        workspace, now = self.desk.workspace, self.desk.now
        rating = self.tool.attempt(
            lambda: rate(
                workspace, person, standard, value, now, note=self.note, stories=(step.story,), at=step.story.at
            )
        )
        if rating is not None:
            self.keep(self._draft, "")
            self._go_on()

    def action_skip(self) -> None:
        """No rating from this one."""
        if self.at < len(self.steps):
            self._go_on()

    def _go_on(self) -> None:
        """Go to the next step; a story whose questions are all answered is done with."""
        story = self.steps[self.at].story
        self.at += 1
        self.note = ""
        if self.at >= len(self.steps) or self.steps[self.at].story.id != story.id:
            meeting = self.desk.get(Meeting, self.meeting_id)
            self.tool.attempt(lambda: considered(self.desk.workspace, meeting, story.id, self.desk.now))
        self.show_records()

    def action_again(self) -> None:
        """At the end, return to what was skipped."""
        if self.at >= len(self.steps):
            self._take_up(self._skipped())
            self.show_records()

    def action_back(self) -> None:
        """One step back; a rating given there is shown with its note, and stays until it is undone or given again."""
        self.at = max(0, self.at - 1)
        given = self._given()
        self.note = given.note if given is not None else ""
        self.show_records()

    def action_another(self) -> None:
        """Choose another standard for this step."""
        if self.at >= len(self.steps):
            return

        def chosen(standard: str | None) -> None:
            if standard is not None:
                self.chosen[self.at] = standard
                self.show_records()

        options = [
            (s.id, Content.assemble((f"#{wording.one_line(s.tag)}", "$accent"), f"  {wording.one_line(s.title)}"))
            for s in self.desk.roster.standards
        ]
        self.app.push_screen(Choose("Which standard did it show?", options), chosen)

    def action_note(self) -> None:
        """Write a note for the next rating."""

        def written(text: str | None) -> None:
            if text is not None:
                self.note = text
                self.keep(self._draft, text)
                self.show_records()

        self.app.push_screen(AskText("A note for this rating", draft=self._draft, value=self.note), written)
