"""What is said about a sticky situation beyond its line, while it is being told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, cast

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import deepen
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp, FollowUpKind
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.rules import wording
from meetingtool.tui.frame.page import Page
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.stories.story_text import credits, follow_up_line

DRAFT_AFTER = 0.3
"""Seconds after a letter until what is half typed is saved as a draft, however fast it goes on."""

QUESTIONS = (
    ("happened", "What happened?"),
    ("handled", "How was it handled?"),
    ("learned", "What do we learn?"),
    ("ended", "How did it end?"),
)


class AnswerField(TextArea):
    """A few lines; Enter goes on to the next question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.next_field", "Next", id="deepen.next", tooltip="The next question", priority=True),
    ]


class DeepenPage(Page[None]):
    """One question after the other, then promises and actions that came out of it. Escape keeps what was said."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", "Done", id="deepen.done", tooltip="Keep what was said, and go back"),
        Binding("ctrl+s", "done", "Keep it", id="deepen.keep", tooltip="Keep what was said, and go back"),
        Binding(
            "ctrl+t", "kind", "Promise or action", id="deepen.kind", tooltip="Make the last line a promise or an action"
        ),
    ]
    DEFAULT_CSS = """
    DeepenPage .dialog { width: 110; padding: 0 1; }
    DeepenPage #words { height: auto; max-height: 6; }
    DeepenPage #who { height: auto; color: $text-muted; }
    DeepenPage Grid { height: auto; grid-size: 1; grid-rows: auto; }
    DeepenPage.-wide Grid { grid-size: 2; grid-gutter: 0 1; }
    DeepenPage Answer { height: 3; padding: 0 1; scrollbar-size-vertical: 1; }
    DeepenPage.-tall Answer { height: 4; }
    DeepenPage.-tall.-wide Answer { height: 6; }
    DeepenPage #out { height: auto; }
    """

    def __init__(self, story: Story) -> None:
        super().__init__()
        self.story = story
        self._to_draft: Timer | None = None
        self._gone = False

    @property
    def draft(self) -> str:
        """The key under which half-typed answers are kept; the page that edits the story shows the same."""
        return f"edit-{self.story.id.lower()}-parts"

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = "Sticky situation: what do we learn from it?"
            yield Static(id="words", markup=False)
            yield Static(id="who", markup=False)
            with Grid():
                yield from self._answers()
            yield Static(id="out", markup=False)
            yield CaptureLine(f"deepen-{self.story.id.lower()}", kinds=("promise", "action"))

    def _answers(self) -> Iterator[AnswerField]:
        kept = self.kept_fields(self.draft)
        for name, question in QUESTIONS:
            area = AnswerField(
                kept.get(name, getattr(self.story, name)), id=name, tab_behavior="focus", soft_wrap=True, compact=False
            )
            area.border_title = question
            yield area

    def on_mount(self) -> None:
        super().on_mount()
        self.tool.drafts.typing.add(self)
        areas = list(self.query(AnswerField))
        for area in areas:
            area.move_cursor(area.document.end)
        next((area for area in areas if not area.text.strip()), areas[0]).focus()

    def on_unmount(self) -> None:
        self.tool.drafts.typing.discard(self)

    def show_records(self) -> None:
        try:
            self.story = self.desk.get(Story, self.story.id)
        except (InRoom, NotFound):
            self.keep_now()
            self._gone = True
            for area in self.query(AnswerField):
                area.text = ""
            self.withdraw()
            return
        roster, today = self.desk.roster, self.desk.today
        self.query_one("#words", Static).update(Content(wording.visible(self.story.text)))
        self.query_one("#who", Static).update(credits(self.story, roster))
        made = self.desk.follow_ups_of(self.story)
        lines = [follow_up_line(follow_up, roster, today) for follow_up in made]
        out = self.query_one("#out", Static)
        out.update(Content("\n").join([Content.styled("What came out of it", "$text-muted"), *lines]))
        out.display = bool(made)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._to_draft is None:
            self._to_draft = self.set_timer(DRAFT_AFTER, self.keep_now)

    def keep_now(self) -> None:
        """Save what is half typed as a draft."""
        self._to_draft = None
        if self._gone:
            return
        said = self._said()
        self.keep_fields(self.draft, said, {name: getattr(self.story, name) for name in said})

    def take_up(self) -> None:
        """Close the page: what was typed in private must not be shown in the room."""

    def _said(self) -> dict[str, str]:
        return {area.id or "": area.text for area in self.query(AnswerField)}

    def action_next_field(self) -> None:
        """On to the next question; after the last one, to the line for a promise or an action."""
        self.focus_next()

    def action_kind(self) -> None:
        """A promise or an action."""
        self.query_one(CaptureLine).next_kind()

    @on(CaptureLine.Up)
    def _to_the_answers(self) -> None:
        self.focus_previous()

    @on(CaptureLine.Pasted)
    def _pasted(self, event: CaptureLine.Pasted) -> None:
        event.stop()
        self.query_one(CaptureLine).input.insert_text_at_cursor(" ".join(event.text.split()))

    @on(CaptureLine.Typed)
    def _pledged(self, event: CaptureLine.Typed) -> None:
        event.stop()
        made = self._promise(event.kind, event.line, event.record_id)
        event.capture_line.settle(made is not None, event.kind)

    @on(CaptureLine.Pasted)
    def _several(self, event: CaptureLine.Pasted) -> None:
        """Several pasted lines: each is a promise, as if they had been entered one after the other."""
        event.stop()
        for line in filter(str.strip, event.text.splitlines()):
            self._promise(event.kind, line, mint(self.desk.now))

    def _promise(self, kind_of_line: str, typed: str, record_id: str) -> FollowUp | None:
        """Record what came out of the story, as private as the story; None when it was refused and told."""
        desk, story = self.desk, self.story
        kind = cast("FollowUpKind", kind_of_line)
        line = f"{typed} ~" if story.private else typed
        return self.tool.attempt(
            lambda: record_follow_up(
                desk.workspace,
                kind,
                line,
                desk.now,
                meeting=story.meeting,
                story=story.id,
                follow_up_id=record_id,
            )
        )

    def action_done(self) -> None:
        """Keep what was said, and back."""
        desk = self.desk
        told = StoryDetails(**{name: text.strip() for name, text in self._said().items()})
        changed = any(
            getattr(self.story, name) != text for name, text in msgspec.structs.asdict(told).items() if text is not None
        )
        if changed and self.tool.attempt(lambda: deepen(desk.workspace, self.story, told, desk.now)) is None:
            return
        if self._to_draft is not None:
            self._to_draft.stop()
        self.keep(self.draft, "")
        self._gone = True
        self.dismiss(None)
