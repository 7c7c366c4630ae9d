"""A list pasted from a chat: shown as the stories it would become, then recorded at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.actions.stories.lists import LineKind, record_list
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import StoryKind
from meetingtool.rules import wording
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.stories.capture_line import LABELS
from meetingtool.tui.stories.line_hints import QUOTED
from meetingtool.tui.stories.noting import day_of
from meetingtool.tui.stories.story_text import about

PRIVATE = "a private story"
"""All that the room sees of a line that will be private."""

LABEL = 9
"""Cells for the kind of a line."""

PASTED_KINDS: tuple[LineKind, ...] = get_args(LineKind)


class PasteList(Page[None]):
    """One story, promise or action a line; each can be left out or turned into another kind before any is recorded."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "leave_out", "Leave out", id="paste.out", tooltip="Leave this line out, or put it back"),
        Binding(
            "ctrl+t",
            "kind",
            "Another kind",
            id="paste.kind",
            tooltip="Win, sticky, promise, action, thanks, voice, complaint, call",
        ),
        Binding(
            "enter,ctrl+s", "record", "Record them", id="paste.record", tooltip="Record all ticked lines", priority=True
        ),
        Binding("escape", "app.pop_screen", "Cancel", id="paste.cancel", tooltip="Record nothing"),
    ]
    DEFAULT_CSS = """
    PasteList .dialog { width: 110; padding: 1 1; }
    PasteList OptionList { height: auto; max-height: 70vh; }
    """

    def __init__(self, text: str, kind: str, meeting: Meeting | None = None) -> None:
        super().__init__()
        lines = [wording.without_bullet(line).strip() for line in text.splitlines()]
        self.lines = [line for line in lines if line]
        self.kinds = [next((one for one in PASTED_KINDS if one == kind), PASTED_KINDS[0])] * len(self.lines)
        self.becomes = self.kinds
        self.taken = [True] * len(self.lines)
        self.meeting = meeting

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield PagedOptions(classes="plain-list", markup=False)

    def show_records(self) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted
        today, roster = self.desk.today, self.desk.roster
        _, told_on = day_of(self.meeting, self.desk.now)
        rows, becomes = [], list[LineKind]()
        for line, kind, taken in zip(self.lines, self.kinds, self.taken, strict=True):
            whole = kind if kind in ("promise", "action") else None
            capture = self.desk.read_line(line, day=told_on, whole=whole, quoting=kind in QUOTED)
            becomes.append(capture.alone if kind in get_args(StoryKind) and capture.alone else kind)
            hidden = self.desk.room and capture.private
            words = "" if capture.pledges and not capture.text else wording.shortened(capture.text or line, 200)
            said = Content.styled(PRIVATE if hidden else words, "$foreground" if taken else "$text-muted")
            understood = Content("") if hidden else about(capture, roster, today)
            label = LABELS.get(becomes[-1], becomes[-1])
            rows.append(
                ColumnsRow(
                    [
                        (Content.styled("✓" if taken else "", "$success"), 1),
                        (Content.styled(label, "$accent" if taken else "$text-muted"), LABEL),
                    ],
                    Content("  ").join(part for part in (said, understood) if part),
                    most=0,
                )
            )
        options.set_options(Option(row) for row in rows)
        options.highlighted = min(at or 0, len(rows) - 1) if rows else None
        self.becomes = becomes
        words = _counted([kind for kind, taken in zip(becomes, self.taken, strict=True) if taken])
        self.query_one(".dialog").border_title = f"Pasted: {words} to record"

    def action_leave_out(self) -> None:
        """Leave the line under the cursor out, or put it back."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.taken[at] = not self.taken[at]
            self.show_records()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.action_leave_out()

    def action_kind(self) -> None:
        """Turn the line under the cursor into the next kind."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.kinds[at] = PASTED_KINDS[(PASTED_KINDS.index(self.kinds[at]) + 1) % len(PASTED_KINDS)]
            self.show_records()

    def action_record(self) -> None:
        """Record all lines that are ticked, in one save."""
        chosen = [(kind, line) for kind, line, taken in zip(self.kinds, self.lines, self.taken, strict=True) if taken]
        if not chosen:
            self.dismiss(None)
            return
        told_in, on = day_of(self.meeting, self.desk.now)
        done = self.tool.attempt(
            lambda: record_list(self.desk.workspace, chosen, self.desk.now, meeting=told_in, on=on)
        )
        if done is not None:
            made = [kind for kind, taken in zip(self.becomes, self.taken, strict=True) if taken]
            self.tool.say(f"{_counted(made)} recorded. ctrl+z undoes them.")
            self.dismiss(None)


def _counted(kinds: Sequence[LineKind]) -> str:
    """`3 stories`, or lines where promises and actions are among them."""
    others = {"promise", "action", "voice", "complaint", "call"} & set(kinds)
    return wording.count(len(kinds), "line") if others else wording.count(len(kinds), "story", "stories")
