"""Editing a story as the line it is told in; a sticky situation with what was said besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, TextArea

from meetingtool.actions.customers.revising import Noted, revise_noted
from meetingtool.actions.customers.voices import revise_voice
from meetingtool.actions.stories.editing import Lined, check_there, line_of, revise_follow_up, revise_story
from meetingtool.actions.stories.follow_ups import before_move
from meetingtool.errors import InRoom, NotFound, Refused
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.records.voices import Voice
from meetingtool.rules.kinds.table import sort_of
from meetingtool.rules.stories.joining import merged_fields
from meetingtool.rules.wording import TOLD_PARTS
from meetingtool.tui.frame.page import Page
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.stories.clash_note import ClashNote
from meetingtool.tui.stories.record_text import heading

LINE = "line"
LABELS = {LINE: "the line", **{name: f"“{label}”" for name, label in TOLD_PARTS}}


class EditLine(Page[None]):
    """Enter in the line saves, as does ^s anywhere. Escape leaves the record as it is and keeps what was typed.

    What somebody else changes meanwhile appears where nothing was typed; where something was, both are shown. If
    somebody else removes the record, the page stays open with what is typed, so that no letter becomes a key of the
    screen below.
    """

    CSS_PATH = "edit_line.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="edit.save", tooltip="Save the changes"),
        Binding("escape", "close", "Back", id="edit.back", tooltip="Back; half-typed text is kept"),
    ]

    def __init__(self, record: Lined) -> None:
        super().__init__()
        self.record = record
        self._saved = False
        self._gone = False
        self._base: dict[str, str] = {}

    @property
    def draft(self) -> str:
        """The key under which half-typed changes are kept."""
        return f"edit-{self.record.id.lower()}"

    @property
    def line_kind(self) -> str:
        """What the kind of the line is called."""
        return sort_of(self.record)

    @property
    def in_parts(self) -> bool:
        """Whether there is more to edit than the line."""
        return isinstance(self.record, Story) and self.record.kind == "sticky"

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = Content.assemble("Edit · ", heading(self.record, self.desk.today))
            yield CaptureLine(self.draft, kinds=(self.line_kind,), single=True)
            if self.in_parts:
                with Grid(id="parts"):
                    yield from self._areas()
            yield ClashNote()
            with Horizontal(classes="dialog-buttons"):
                yield Button("Back", id="back", compact=True)
                yield Button("Save", id="save", compact=True)

    def _areas(self) -> Iterator[TextArea]:
        for name, label in TOLD_PARTS:
            area = TextArea(id=name, tab_behavior="focus", soft_wrap=True)
            area.border_title = label
            yield area

    def on_mount(self) -> None:
        self._base = self._texts_of(self.record)
        line = self.query_one(CaptureLine)
        if not line.input.value:
            line.input.value = self._base[LINE]
            line.input.cursor_position = len(line.input.value)
        if self.in_parts:
            kept = self.kept_fields(f"{self.draft}-parts")
            for name, _ in TOLD_PARTS:
                self.query_one(f"#{name}", TextArea).text = kept.get(name, getattr(self.record, name))
        line.focus()

    def show_records(self) -> None:
        """Follow the record; what is being typed stays. Only what the room may no longer see closes at once."""
        try:
            record = self.desk.get(type(self.record), self.record.id)
            check_there(self.desk.workspace, record)
        except InRoom:
            self._leave_room()
            return
        except (NotFound, Refused) as error:
            self._gone = True
            self._note.tell_gone(error)
            return
        if self._gone:
            self._gone = False
            self._note.take_back()
        if record.version != self.record.version:
            self._follow(record)

    @property
    def _note(self) -> ClashNote:
        return self.query_one(ClashNote)

    def _texts_of(self, record: Lined) -> dict[str, str]:
        texts = {LINE: line_of(self.desk.workspace, record, self.desk.now)}
        return texts | {name: getattr(record, name) for name, _ in TOLD_PARTS} if self.in_parts else texts

    def _follow(self, record: Lined) -> None:
        """Show what was changed elsewhere; say so where something else was typed here."""
        theirs = self._texts_of(record)
        mine = {LINE: self.query_one(CaptureLine).input.value, **self._said()}
        found = merged_fields(self._base, mine, theirs)
        for name, text in found.values.items():
            if text == mine[name]:
                continue
            if name == LINE:
                self.query_one(CaptureLine).input.value = text
            else:
                self.query_one(f"#{name}", TextArea).text = text
        self.record, self._base = record, theirs
        if found.clashes:
            self._note.tell((LABELS[name], theirs[name]) for name in found.clashes)

    def _leave_room(self) -> None:
        """Keep what was typed, and stop showing it."""
        if not self.withdrawn:
            kept = " What you typed is kept." if self._keep() else ""
            self.tool.say(f"It is private now and no longer shown in the room.{kept}")
        self.withdraw()

    @on(TextArea.Changed)
    def _typed_in_part(self) -> None:
        self._put_parts()

    def _put_parts(self) -> None:
        if self._saved:
            return
        said = self._said()
        self.keep_fields(f"{self.draft}-parts", said, {name: getattr(self.record, name) for name in said})

    def _said(self) -> dict[str, str]:
        return {name: self.query_one(f"#{name}", TextArea).text for name, _ in TOLD_PARTS} if self.in_parts else {}

    @on(CaptureLine.Typed)
    def _entered(self, event: CaptureLine.Typed) -> None:
        event.stop()
        self._save(event.line)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "save":
            self.action_save()
        else:
            self.action_close()

    def action_save(self) -> None:
        """Save what was changed; the page closes once it is saved. What was changed elsewhere is shown first."""
        self._save(self.query_one(CaptureLine).input.value)

    def _save(self, line: str) -> None:
        self.tool.look_for_changes()
        if self.app.screen is not self or self._note.holds_save():
            return
        desk, record = self.desk, self.record
        told = StoryDetails(**self._said())
        if isinstance(record, Story):
            saved: object = self.tool.attempt(lambda: revise_story(desk.workspace, record, line, told, desk.now))
        elif isinstance(record, Voice):
            saved = self.tool.attempt(lambda: revise_voice(desk.workspace, record, line, desk.now))
        elif isinstance(record, Noted):
            saved = self.tool.attempt(lambda: revise_noted(desk.workspace, record, line, desk.now))
        else:
            late = before_move(desk, record)
            revised = self.tool.attempt(lambda: revise_follow_up(desk.workspace, record, line, desk.now))
            if late and revised is not None and revised.due != record.due:
                self.tool.say(f"{late} u undoes it.")
            saved = revised
        if saved is not None:
            self._forget()
            self.dismiss(None)

    def action_close(self) -> None:
        """Leave the record as it is. What was typed is kept for the next time, unless nothing was changed."""
        if self._keep():
            again = "for when it is back" if self._gone else "and is there when you edit it again"
            self.tool.say(f"What you typed is kept {again}.")
        self.dismiss(None)

    def _keep(self) -> bool:
        """Save what was typed as a draft; whether the line was changed."""
        line = self.query_one(CaptureLine).input.value
        changed = line.strip() != line_of(self.desk.workspace, self.record, self.desk.now)
        if changed:
            self.keep(self.draft, f"{self.line_kind}\n{line}")
        else:
            self.query_one(CaptureLine).saved("")
        if self.in_parts:
            self._put_parts()
        return changed

    def _forget(self) -> None:
        """Nothing half-typed is left; a timer that still runs finds nothing to keep."""
        self._saved = True
        self.query_one(CaptureLine).saved("")
        self.keep(f"{self.draft}-parts", "")
