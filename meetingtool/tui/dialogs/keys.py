"""The keys that work here and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable
from meetingtool.tui.lists.moving import ScrolledText

HERE, MOVING, EVERYWHERE = "Here", "Moving around", "Everywhere"
SIGNS = "Signs on this screen"

PLAIN_WORDS = {
    "app.focus_next": "To the next or previous panel or field",
    "app.focus_previous": "To the next or previous panel or field",
    "screen.copy_text": "Copy the text marked with the mouse",
    "cursor_down": "A row up or down",
    "cursor_up": "A row up or down",
    "page_down": "A page up or down",
    "page_up": "A page up or down",
    "scroll_down": "A line up or down",
    "scroll_up": "A line up or down",
    "first": "To the top or the end",
    "last": "To the top or the end",
    "scroll_home": "To the top or the end",
    "scroll_end": "To the top or the end",
    "select": "Open the row under the cursor",
    "previous_tab": "To the previous or next tab",
    "next_tab": "To the previous or next tab",
    "line('complete')": "Complete the name that is offered",
    "line('next')": "Through what is offered, or up to what was told",
    "line('previous')": "Through what is offered, or up to what was told",
}
"""What the keys of the toolkit do, in words that say it; keys with the same words share a line."""

SILENT = frozenset(
    {"scroll_left", "scroll_right", "page_left", "page_right", "help_quit", "app.help_quit", "screen.minimize"}
)
"""Actions of the toolkit that aren't worth listing."""

SHORT_KEYS = {"super+c": "", "⏎": "Enter", "shift+tab": "⇧tab"}
"""How keys are written here where the toolkit's way is unclear; empty ones are left out."""


ENTERS = frozenset({"select", "submit"})
"""What Enter does in a list and in a line, unless a page says it more precisely."""


class KeyLine(msgspec.Struct, frozen=True):
    """One action: its keys as they are printed on the keyboard, its name, what it does, and the first key itself. No
    key where they do different things, such as to rate 1 to 5: a click can't mean all of them."""

    keys: tuple[str, ...]
    name: str
    does: str
    key: str = ""


class KeyGroup(msgspec.Struct, frozen=True):
    """Actions that belong together."""

    title: str
    lines: tuple[KeyLine, ...]


class KeyRow(Static):
    """A line of the sheet. A click closes the sheet and does what the key does."""

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """The key is to be pressed on the screen below."""

        key: str

    def __init__(self, row: ColumnsRow, key: str) -> None:
        super().__init__(ColumnsTable([row]), classes="key" if key else "")
        self.key = key

    def on_click(self) -> None:
        if self.key:
            self.post_message(self.Chosen(self.key))


class KeySheet(Page[str], inherit_bindings=False):
    """What every key does on the screen below, drawn from the bindings that are active there; answers with a key."""

    CSS_PATH = "keys.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "dismiss(None)", "Close", id="keys.close", tooltip="Close this list"),
    ]

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self.below = below

    def show_records(self) -> None:
        """Close when the screen becomes shared or private: other keys work then, and what they do may be private."""
        if self.desk.room != self.in_room:
            self.withdraw()

    def body(self) -> ComposeResult:
        with ScrolledText(classes="dialog") as dialog:
            dialog.border_title = "Keys that work here"
            with Container(id="groups"):
                groups = [*signs_on(self.below), *key_groups(self.app, self.below)]
                for beside in (False, True):
                    with Vertical(classes="column"):
                        for group in groups:
                            if (group.title == EVERYWHERE) is beside:
                                yield Static(group.title, markup=False, classes="group-title")
                                with Vertical(classes="group"):
                                    yield from (KeyRow(*row) for row in rows(group))

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    @on(KeyRow.Chosen)
    def _chosen(self, event: KeyRow.Chosen) -> None:
        self.dismiss(event.key)


def signs_on(screen: Screen[object]) -> list[KeyGroup]:
    """What the signs and short heads on a screen mean: its own `SIGNS`, and those of what it shows."""
    seen = [screen, *(node for node in screen.walk_children(Widget) if node.region)]
    found = dict.fromkeys(pair for node in seen for pair in getattr(node, "SIGNS", ()))
    return [KeyGroup(SIGNS, tuple(KeyLine((sign,), words, "") for sign, words in found))] if found else []


def key_groups(app: App[None], screen: Screen[object]) -> list[KeyGroup]:
    """The keys that work on a screen now: those of its own, those that move around in it, those of the app."""
    actions: dict[tuple[str, str], str] = {}
    found: dict[str, dict[tuple[str, str], KeyLine]] = {HERE: {}, MOVING: {}, EVERYWHERE: {}}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not active.enabled or binding.action in SILENT:
            continue
        title = EVERYWHERE if active.node is app else HERE if _ours(binding) else MOVING
        if title == EVERYWHERE and not _ours(binding):
            continue
        line = _line(app, binding)
        if binding.action in ENTERS and (enter := getattr(screen, "enter", "")):
            line = msgspec.structs.replace(line, name=enter)
        group = found[title]
        key = (line.name, line.does)
        if key in group:
            both = (*group[key].keys, *line.keys)
            line = msgspec.structs.replace(
                line, keys=both, key=group[key].key if actions[key] == binding.action else ""
            )
        group[key], actions[key] = line, binding.action
    return [
        KeyGroup(title, tuple(msgspec.structs.replace(line, keys=_in_order(line.keys)) for line in lines.values()))
        for title, lines in found.items()
        if lines
    ]


def _in_order(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Each key once, as it is written here."""
    return tuple(dict.fromkeys(filter(None, (SHORT_KEYS.get(key, key) for key in keys))))


def _ours(binding: Binding) -> bool:
    """Whether it is a binding of this product and more than a way to move; the toolkit's have no id."""
    return bool(binding.id) and bool(binding.description) and binding.action not in PLAIN_WORDS


def _line(app: App[None], binding: Binding) -> KeyLine:
    shown = app.get_key_display(binding)
    if _ours(binding):
        return KeyLine((shown,), binding.description, binding.tooltip, binding.key)
    return KeyLine((shown,), PLAIN_WORDS.get(binding.action, binding.description or binding.tooltip), "")


def rows(group: KeyGroup) -> list[tuple[ColumnsRow, str]]:
    """A group as lines under each other: keys, name, what it does; and for each the key that a click presses."""
    keys = _widest(("  ".join(line.keys) for line in group.lines), 6)
    names = _widest((line.name for line in group.lines if line.does), 0)
    found = []
    for line in group.lines:
        lead = [(Content.styled("  ".join(line.keys), "bold $accent"), keys)]
        body = Content(line.name)
        if line.does:
            lead.append((Content(line.name), names))
            body = Content.styled(line.does, "$text-muted")
        found.append((ColumnsRow(lead, body, most=0), line.key))
    return found


def _widest(texts: Iterable[str], least: int) -> int:
    return max((Content(text).cell_length for text in texts), default=least) + 1
