"""One segment of the agenda: its title, what the screen shows beside it, how long it takes, its hint."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Select, Static

from meetingtool.actions.meeting.agendas import segment
from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.records.meetings import Segment, Topic
from meetingtool.rules import wording
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import FROM_LAST_TIME, NOT_KEPT, Page
from meetingtool.tui.meeting.segment_rows import TOPICS


class SegmentForm(Page[Segment | None]):
    """Enter goes on to the next field, ^s saves the segment, Escape changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "Save", id="segment.take", tooltip="Save the segment as it is here"),
        Binding("escape", "cancel", "Cancel", id="segment.cancel", tooltip="Change nothing"),
    ]
    DEFAULT_CSS = """
    SegmentForm .dialog { width: 76; padding: 0 2; }
    SegmentForm .label { margin: 1 0 0 0; color: $text-muted; }
    SegmentForm Select { height: 1; }
    SegmentForm SelectCurrent { border: none; height: 1; padding: 0 1; background: $panel; }
    SegmentForm SelectOverlay { max-height: 9; }
    SegmentForm.-short SelectOverlay { max-height: 7; }
    SegmentForm #problem { height: auto; color: $error; }
    SegmentForm.-short .label { margin: 0; }
    """

    def __init__(self, old: Segment | None, draft: str) -> None:
        """draft: the key of what is half typed, until it is saved or given up."""
        super().__init__()
        self.old = old
        self.draft = draft

    def body(self) -> ComposeResult:
        old, kept = self.old, self.kept_fields(self.draft)
        values = self._before() | kept
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = "A segment of the agenda" if old else "A new segment"
            yield Static("What it is called", classes="label", markup=False)
            yield Input(values["title"], id="title", placeholder="Role-play")
            yield Static("What the screen shows beside it", classes="label", markup=False)
            topics = [(words, topic) for topic, words in TOPICS.items()]
            topic = values["topic"] if values["topic"] in TOPICS else "free"
            yield Select(topics, value=topic, allow_blank=False, id="topic", compact=True)
            yield Static("Minutes", classes="label", markup=False)
            yield Input(values["minutes"], id="minutes", placeholder="2 or 1.5")
            yield Static("A hint for the room; may be empty", classes="label", markup=False)
            yield Input(values["hint"], id="hint")
            yield Static(f"! {FROM_LAST_TIME}" if kept else "", id="problem", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Cancel", id="cancel", compact=True)
                yield Button("Save", id="take", compact=True)

    def on_mount(self) -> None:
        self.query_one("#title").focus()

    def _before(self) -> dict[str, str]:
        """What the fields begin with, by their names."""
        old = self.old
        if old is None:
            return {"title": "", "topic": "free", "minutes": "", "hint": ""}
        return {"title": old.title, "topic": old.topic, "minutes": _minutes(old.seconds), "hint": old.hint}

    @on(Input.Changed)
    @on(Select.Changed)
    def _changed(self) -> None:
        """Keep what is typed."""
        self.keep_fields(self.draft, self._typed(), self._before())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "hint":
            self.action_take()
        else:
            self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "take":
            self.action_take()
        else:
            self.action_cancel()

    def _typed(self) -> dict[str, str]:
        lines = {name: self.query_one(f"#{name}", Input).value for name in ("title", "minutes", "hint")}
        return {"topic": str(self.query_one("#topic", Select).value), **lines}

    def _leave(self, made: Segment | None) -> None:
        self.keep(self.draft, "")
        self.draft = NOT_KEPT
        self.dismiss(made)

    @work
    async def action_cancel(self) -> None:
        """Change nothing; ask first where something else was typed."""
        if self._typed() != self._before():
            lose = Confirm("Leave without saving?", "What you typed here will be lost.", yes="Leave", no="Go on typing")
            if not await self.app.push_screen_wait(lose):
                return
        self._leave(None)

    def action_take(self) -> None:
        """Save the segment, or say what is wrong with it."""
        topic = cast("Topic", self.query_one("#topic", Select).value)
        try:
            made = segment(
                self.query_one("#title", Input).value,
                topic,
                read_minutes(self.query_one("#minutes", Input).value),
                self.query_one("#hint", Input).value,
            )
        except MeetingtoolError as error:
            self.query_one("#problem", Static).update(str(error))
            return
        self._leave(made)


def _minutes(seconds: int) -> str:
    return f"{seconds / 60:g}"


def read_minutes(text: str) -> int:
    """Seconds, from minutes such as `2`, `1.5`, `1,5` or `1:30`. Refused for anything else."""
    words = text.strip().lower().removesuffix("min").strip().replace(",", ".")
    whole, colon, rest = words.partition(":")
    try:
        return int(whole) * 60 + int(rest) if colon else round(float(words) * 60)
    except (ValueError, OverflowError):
        shown = wording.shortened(text, 20)
        raise Refused(f"“{shown}” isn't a number of minutes.", "Give one such as 2 or 1.5.") from None
