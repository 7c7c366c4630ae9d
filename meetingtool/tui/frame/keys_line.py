"""The last line of every screen: the keys that work here and now, as many as fit."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from meetingtool.tui.frame.textual_private import press
from meetingtool.tui.tool import InTool

KEYS = frozenset({"keys", "keys.anywhere", "page.keys", "page.keys.anywhere"})
"""The ways to the sheet of all keys, by binding id: one of them is always on the line."""

NEEDED = (
    "meeting.line",
    "meeting.next.anywhere",
    "meeting.close",
    "meeting.attendance",
    "meeting.due",
    "meeting.rewards",
    "meeting.agree",
    "meeting.reword",
    "meeting.explain",
)
"""Keys of a screen that come before those of what has the focus in it, by binding id."""

FIRST = (
    "capture.win",
    "capture.sticky",
    "mode.meeting",
    "mode.people",
    "mode.today",
    "mode.history",
    "search",
    "mode.customers",
)
"""Keys of the whole app that come first where there is no room for all, by binding id; the others follow."""

SPARED = ("today.dropped", "today.move")
"""Keys of a screen that come after these, since the page of what they are about has them, too."""

BETWEEN, BETWEEN_GROUPS = 2, 3
"""Cells between two keys, and between the keys of the screen and those of the whole app."""


class Hint(msgspec.Struct, frozen=True):
    """A key, or several that do the same to different degrees, such as `1 2 3 4 5 Rate`.

    displays: as they are printed; name: what they do in a word; keys: the keys themselves; id and tooltip: the
    binding's.
    """

    displays: tuple[str, ...]
    name: str
    keys: tuple[str, ...]
    id: str
    tooltip: str
    everywhere: bool

    @property
    def display(self) -> str:
        """The keys as they are shown on the line."""
        return " ".join(self.displays)

    @property
    def width(self) -> int:
        """Cells that it takes."""
        return Content(f"{self.display} {self.name}").cell_length

    @property
    def rank(self) -> int:
        """What is kept first where there is no room for all: the way to all keys, the way back, those of the screen."""
        if self.id in KEYS:
            return 0
        if "escape" in self.keys:
            return 1
        if not self.everywhere and self.id not in SPARED:
            return 2 + (self.id not in NEEDED)
        if self.id in FIRST:
            return 4 + FIRST.index(self.id)
        return 4 + len(FIRST) + self.everywhere

    def key_at(self, cell: int) -> str:
        """The key at a cell of it. Its word stands for the key where it has one; where it has several, the word and
        the gaps between them stand for none, since which is meant can't be known."""
        if len(self.keys) == 1:
            return self.keys[0]
        begins = 0
        for display, key in zip(self.displays, self.keys, strict=True):
            ends = begins + Content(display).cell_length
            if begins <= cell < ends:
                return key
            begins = ends + 1
        return ""


class PlacedHint(msgspec.Struct, frozen=True):
    """A hint and the cell at which it begins."""

    hint: Hint
    at: int


class KeysLine(InTool, Widget):
    """Shown bindings of the screen, then those of the app. What doesn't fit is left out whole; `?` always shows.

    A click does what the key does; a click on a word that stands for several keys asks for one of them.
    """

    DEFAULT_CSS = """
    KeysLine {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $footer-background;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._drawn: list[PlacedHint] | None = None
        self._last: tuple[int, list[PlacedHint]] = (0, [])

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if screen is self.screen and self._drawn is not None and self.placed() != self._drawn:
            self._drawn = None
            self.refresh()

    def hints(self) -> list[Hint]:
        """What may be shown: every action once, with its first key; not the key that leads to the current place.
        Neighbouring keys with one name share it.
        """
        found: dict[str, Hint] = {}
        here = f"mode.{self.app.current_mode}"
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.id != here and binding.action not in found:
                found[binding.action] = Hint(
                    (self.app.get_key_display(binding),),
                    binding.description,
                    (binding.key,),
                    binding.id or "",
                    active.tooltip or binding.description,
                    active.node is self.app or binding.id in KEYS,
                )
        enter = getattr(self.screen, "enter", "")
        hints = [Hint(("⏎",), enter, ("enter",), "", enter, False)] if enter else []
        for hint in found.values():
            if hints and hints[-1].name == hint.name:
                hint = msgspec.structs.replace(
                    hint, displays=(*hints[-1].displays, *hint.displays), keys=(*hints[-1].keys, *hint.keys)
                )
                hints.pop()
            hints.append(hint)
        return hints

    def placed(self) -> list[PlacedHint]:
        """The hints that fit, each where it stands."""
        return place(self.hints(), self.content_size.width)

    def render(self) -> Content:
        line = Content("")
        self._drawn = drawn = self._to_draw()
        for placed in drawn:
            hint = placed.hint
            gap = " " * (placed.at - line.cell_length)
            line = Content.assemble(
                line,
                gap,
                (hint.display, "bold $footer-key-foreground"),
                " ",
                (hint.name, "$footer-description-foreground"),
            )
        return line

    def _to_draw(self) -> list[PlacedHint]:
        """What fits now; under a dialog, whose keys work instead, what was there before it opened."""
        width, before = self._last
        if self.screen is self.app.screen or width != self.content_size.width:
            self._last = self.content_size.width, self.placed()
            return self._last[1]
        return before

    def _under(self, event: events.MouseEvent) -> tuple[Hint, str] | None:
        """What is under the mouse, with its key there."""
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        for placed in self.placed():
            if placed.at <= offset.x < placed.at + placed.hint.width:
                return placed.hint, placed.hint.key_at(offset.x - placed.at)
        return None

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does, or ask for one of several."""
        if (under := self._under(event)) is None:
            return
        hint, key = under
        if key:
            press(self.app, key)
        else:
            self.tool.say(f"{hint.name}: press one of {hint.display}, or click on it.")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say what the key under the mouse does."""
        under = self._under(event)
        self.tooltip = Content(under[0].tooltip) if under is not None else None


def place(hints: Sequence[Hint], width: int) -> list[PlacedHint]:
    """As many hints as fit into `width` cells, by their rank: those of the screen first, then the app's."""
    taken: set[tuple[str, ...]] = set()
    for hint in sorted(hints, key=lambda hint: hint.rank):
        shown = [other for other in hints if other.keys in taken or other is hint]
        if _cells(shown) > width:
            if len(taken) > 1:
                break
            continue  # where hardly anything fits, one key beside that of all keys
        taken.add(hint.keys)
    here = [hint for hint in hints if not hint.everywhere]
    everywhere = [hint for hint in hints if hint.everywhere]
    shown = [hint for hint in (*here, *everywhere) if hint.keys in taken]
    placed: list[PlacedHint] = []
    at = 0
    for index, hint in enumerate(shown):
        if index:
            at += BETWEEN_GROUPS if hint.everywhere and not shown[index - 1].everywhere else BETWEEN
        placed.append(PlacedHint(hint, at))
        at += hint.width
    return placed


def _cells(hints: Sequence[Hint]) -> int:
    groups = len({hint.everywhere for hint in hints})
    return sum(hint.width for hint in hints) + BETWEEN * (len(hints) - groups) + BETWEEN_GROUPS * (groups - 1)
