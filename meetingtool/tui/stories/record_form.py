"""A form for one record: its fields, unsaved text, changes made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static, TextArea

from meetingtool.errors import Conflict, MeetingtoolError, Refused
from meetingtool.records.base import Record
from meetingtool.rules import wording
from meetingtool.rules.stories.joining import merged_fields
from meetingtool.tui.frame.page import FROM_LAST_TIME, Page
from meetingtool.tui.stories.clash_note import ClashNote

R = TypeVar("R", bound=Record)

Check = Callable[[str], object]
"""Raises a MeetingtoolError for a text that its field can't have."""


class RecordForm(Page[R | None], Generic[R]):
    """A form for a new record (None) or an existing one. It dismisses with the record as saved, or None.

    Escape closes it; unsaved text is still there the next time.

    KIND: the beginning of the draft's name. LABELS: the fields with their labels, in order.
    """

    KIND: ClassVar[str]
    LABELS: ClassVar[Mapping[str, str]]
    CSS_PATH = Path(__file__).with_suffix(".tcss")  # forms in other rooms have it, too
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="form.save", tooltip="Save it as it is"),
        Binding("escape", "close", "Close", id="form.close", tooltip="Close; unsaved text is kept"),
    ]

    def __init__(self, record: R | None) -> None:
        super().__init__()
        self.record = record
        self._draft = self._draft_of(record)

    # What a form says of itself

    def heading(self) -> str:
        """The title above the form."""
        raise NotImplementedError

    def values_of(self, record: R | None) -> dict[str, str]:
        """What the fields begin with: the record as it is, or what a new one starts with."""
        raise NotImplementedError

    def fields(self, values: Mapping[str, str]) -> ComposeResult:
        """The fields, each by `field`."""
        raise NotImplementedError

    def checks(self) -> Mapping[str, Check]:
        """What is checked before saving, by field; everything that is wrong is shown at once."""
        return {}

    def written(self) -> R:
        """Save what is typed, and return the record as saved."""
        raise NotImplementedError

    # The form

    def show_records(self) -> None:
        """Close when the screen is shared, since forms show what the room must not see; what was typed is kept."""
        if self.desk.room:
            self.withdraw()

    def _draft_of(self, record: R | None) -> str:
        return f"{self.KIND}.{record.id}.{record.version}" if record else f"{self.KIND}.new"

    def _values(self) -> dict[str, str]:
        return self.values_of(self.record)

    def _kept(self) -> dict[str, str]:
        """What was typed last time but not saved."""
        return self.kept_fields(self._draft)

    def body(self) -> ComposeResult:
        kept = self._kept()
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = Content(self.heading())
            if kept:
                yield Static(f"! {FROM_LAST_TIME}", classes="kept", markup=False)
            yield from self.fields(self._values() | kept)
            yield ClashNote()
            with Horizontal(classes="dialog-buttons"):
                if kept:
                    yield Button("Start over", id="over", compact=True)
                yield Button("Close", id="close", compact=True)
                yield Button("Save", id="save", compact=True)

    def field(self, name: str, widget: Widget) -> ComposeResult:
        """A field with its label, and room below it for what is wrong."""
        with Horizontal(classes="field"):
            yield Static(self.LABELS[name], classes="label", markup=False)
            yield widget
        yield Static(id=f"{name}-problem", classes="problem", markup=False)

    def text(self, name: str) -> str:
        """The text of a field."""
        widget = self.query_one(f"#{name}")
        if isinstance(widget, TextArea):
            return widget.text
        return str(widget.value) if isinstance(widget, Input | Select) else ""

    def _typed(self) -> dict[str, str]:
        return {name: self.text(name) for name in self.LABELS}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | Select.Changed) -> None:
        """Keep what is typed, and clear what was said against it."""
        self.keep_fields(self._draft, self._typed(), self._values())
        self._problem(event.control.id or "", "")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "save":
            self.action_save()
        elif event.button.id == "over":
            self._show(self._values())
        else:
            self.action_close()

    def _show(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            widget = self.query_one(f"#{name}")
            if isinstance(widget, TextArea):
                widget.text = value
            elif isinstance(widget, Input | Select):
                widget.value = value

    def _follow(self, record: R) -> None:
        """Take in what was changed elsewhere in fields where nothing was typed; say so where something was."""
        base, mine = self._values(), self._typed()
        self.keep(self._draft, "")
        self.record, self._draft = record, self._draft_of(record)
        theirs = self._values()
        found = merged_fields(base, mine, theirs)
        self._show(found.values)
        self.keep_fields(self._draft, found.values, theirs)
        if found.clashes:
            self.query_one(ClashNote).tell((f"“{self.LABELS[name]}”", theirs[name]) for name in found.clashes)

    def _problem(self, name: str, message: str) -> None:
        line = self.query_one(f"#{name}-problem", Static)
        if not (message or line.display):
            return
        line.update(Content(f"! {message}") if message else "")
        line.display = bool(message)

    def action_close(self) -> None:
        """Close; unsaved text is kept."""
        self.dismiss(None)

    def action_save(self) -> None:
        """Save the record, or say beside the fields what is wrong."""
        wrong = []
        for name, check in self.checks().items():
            try:
                check(self.text(name))
            except MeetingtoolError as error:
                self._problem(name, str(error))
                wrong.append(name)
        if wrong:
            self.query_one(f"#{wrong[0]}").focus()
            return
        saved = self.tool.attempt(self._save)
        if saved is not None:
            self.keep(self._draft, "")
            self.dismiss(saved)

    def _save(self) -> R:
        """Save; on a Conflict, what was changed elsewhere is first brought into the form."""
        try:
            return self.written()
        except Conflict as conflict:
            self._follow(conflict.current)
            raise


def needed(message: str) -> Check:
    """A check that there are words."""

    def check(text: str) -> None:
        if not wording.one_line(text):
            raise Refused(message)

    return check


def area(text: str, name: str, hint: str = "") -> TextArea:
    """A field of several lines; Tab leaves it."""
    return TextArea(text, id=name, tab_behavior="focus", compact=True, placeholder=Content(hint))
