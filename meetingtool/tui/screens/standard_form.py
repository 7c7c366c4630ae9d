"""Writing a standard: its tag, what it asks of us, and what each rating looks like."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static, TextArea

from meetingtool.actions.standards import add_standard, checked_tag, checked_weight, edit_standard
from meetingtool.errors import Conflict, MeetingtoolError, Refused
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.rules.joining import joined
from meetingtool.tui.screens.dialog import Page
from meetingtool.tui.widgets.clash_note import ClashNote

ANCHOR_HINTS = {
    5: "5 leaves something better for the next customer",
    4: "4 does more than the standard asks",
    3: "3 keeps the standard, day in, day out",
    2: "2 keeps it in part",
    1: "1 does not keep it",
}
LABELS = {"tag": "Tag", "title": "Title", "behaviour": "Asks of us", "weight": "Weight"}
FIELDS = ("tag", "title", "behaviour", "weight", "rating-5", "rating-4", "rating-3", "rating-2", "rating-1")


class StandardForm(Page[Standard | None]):
    """A form for a new standard (None) or one that there is. It dismisses with the standard as saved, or None.

    Escape closes it; what was typed and not saved is still there the next time.
    """

    CSS_PATH = "standard_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="standard.save", tooltip="Keep the standard as it is written here"),
        Binding("escape", "close", "Close", id="standard.close", tooltip="Close; unsaved words are kept"),
    ]

    def __init__(self, standard: Standard | None) -> None:
        super().__init__()
        self.standard = standard
        self._draft = self._draft_of(standard)

    @staticmethod
    def _draft_of(standard: Standard | None) -> str:
        return f"standard.{standard.id}.{standard.version}" if standard else "standard.new"

    def _values(self) -> dict[str, str]:
        """What the fields begin with: the standard as it is."""
        standard = self.standard
        if standard is None:
            return dict.fromkeys(FIELDS, "") | {"weight": "1"}
        anchors = {f"rating-{value}": anchor for value, anchor in enumerate(standard.anchors, 1)}
        plain = {"tag": standard.tag, "title": standard.title, "behaviour": standard.behaviour}
        return plain | anchors | {"weight": str(standard.weight)}

    def _kept(self) -> dict[str, str]:
        """What was typed the last time and not saved."""
        try:
            return msgspec.json.decode(self.desk.workspace.drafts.get(self._draft) or "{}", type=dict[str, str])
        except msgspec.MsgspecError:
            return {}

    def compose(self) -> ComposeResult:
        kept = self._kept()
        values = self._values() | kept
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = Content(f"Edit #{self.standard.tag}" if self.standard else "A new standard")
            dialog.border_subtitle = "^s saves · Escape closes"
            if kept:
                yield Static("! Words of the last time that were not saved.", classes="kept", markup=False)
            yield from self._field("tag", Input(values["tag"], id="tag", placeholder="own-it"))
            yield from self._field("title", Input(values["title"], id="title", placeholder="Owns it to the end"))
            yield from self._field("behaviour", _area(values["behaviour"], "behaviour"))
            yield from self._field("weight", Input(values["weight"], id="weight", max_length=3))
            yield Static("What you see or hear at each rating", classes="heading", markup=False)
            for value in range(5, 0, -1):
                name = f"rating-{value}"
                yield from self._field(name, _area(values[name], name, ANCHOR_HINTS[value][2:]))
            yield ClashNote()
            with Horizontal(classes="dialog-buttons"):
                if kept:
                    yield Button("Start over", id="over", compact=True)
                yield Button("Close", id="close", compact=True)
                yield Button("Save", id="save", compact=True)

    def _field(self, name: str, widget: Widget) -> ComposeResult:
        label = LABELS.get(name, name.removeprefix("rating-"))
        with Horizontal(classes="field"):
            yield Static(label, classes="label", markup=False)
            yield widget
        yield Static(id=f"{name}-problem", classes="problem", markup=False)

    def on_mount(self) -> None:
        self.query_one("#tag" if self.standard is None else "#title").focus()

    def _text(self, name: str) -> str:
        widget = self.query_one(f"#{name}")
        return widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed) -> None:
        """Keep what is typed, and take back what was said against it."""
        typed = {name: self._text(name) for name in FIELDS}
        same = typed == self._values()
        self.tool.keep_draft(self._draft, "" if same else msgspec.json.encode(typed).decode())
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

    def _show(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            widget = self.query_one(f"#{name}")
            if isinstance(widget, TextArea):
                widget.text = value
            elif isinstance(widget, Input):
                widget.value = value

    def _follow(self, standard: Standard) -> None:
        """Take in what was changed elsewhere where nothing was typed; say where something else was."""
        base, mine = self._values(), {name: self._text(name) for name in FIELDS}
        self.tool.keep_draft(self._draft, "")
        self.standard, self._draft = standard, self._draft_of(standard)
        theirs = self._values()
        found = joined(base, mine, theirs)
        self._show(found.values)
        self.tool.keep_draft(self._draft, msgspec.json.encode(found.values).decode())
        if found.clashes:
            note = self.query_one(ClashNote)
            note.tell((f"“{LABELS.get(name, name)}”", theirs[name]) for name in found.clashes)
            note.scroll_visible()

    def _problem(self, name: str, message: str) -> None:
        line = self.query_one(f"#{name}-problem", Static)
        if not (message or line.display):
            return
        line.update(Content(f"! {message}") if message else "")
        line.display = bool(message)

    def action_close(self) -> None:
        """Close; unsaved words are kept."""
        self.dismiss(None)

    def action_save(self) -> None:
        """Save the standard, or say beside the field what is wrong."""
        roster = self.desk.roster
        owner = self.standard.id if self.standard else ""
        checks: dict[str, Callable[[str], object]] = {
            "tag": lambda text: checked_tag(text, roster, owner),
            "title": lambda text: _needed(text, "Give it a title of a few words."),
            "behaviour": lambda text: _needed(text, "Say in a sentence what it asks of us."),
            "weight": lambda text: checked_weight(int(text) if text.strip().isdecimal() else 0),
        }
        wrong = []
        for name, check in checks.items():
            try:
                check(self._text(name))
            except MeetingtoolError as error:
                self._problem(name, str(error))
                wrong.append(name)
        if wrong:
            self.query_one(f"#{wrong[0]}").focus()
            return
        saved = self.tool.attempt(self._save)
        if saved is not None:
            self.tool.keep_draft(self._draft, "")
            self.dismiss(saved)

    def _save(self) -> Standard:
        """What was changed elsewhere meanwhile is brought into the form before the Conflict is told."""
        try:
            return self._written()
        except Conflict as conflict:
            self._follow(conflict.current)
            raise

    def _written(self) -> Standard:
        desk = self.desk
        tag, title, behaviour = (self._text(name) for name in ("tag", "title", "behaviour"))
        anchors = [self._text(f"rating-{value}") for value in range(1, 6)]
        weight = int(self._text("weight"))
        if self.standard is None:
            return add_standard(desk.workspace, tag, title, behaviour, desk.now, anchors=anchors, weight=weight)
        return edit_standard(
            desk.workspace,
            self.standard,
            desk.now,
            tag=tag,
            title=title,
            behaviour=behaviour,
            anchors=anchors,
            weight=weight,
        )


def _needed(text: str, message: str) -> None:
    if not wording.one_line(text):
        raise Refused(message)


def _area(text: str, name: str, hint: str = "") -> TextArea:
    return TextArea(text, id=name, tab_behavior="focus", compact=True, placeholder=Content(hint))
