"""What the pages over a mode share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, TypeVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widget import Widget

from meetingtool.tui.frame.keys_line import KeysLine
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.frame.textual_private import DrawnBetweenKeys, QuietFocus
from meetingtool.tui.frame.top_line import TopLine
from meetingtool.tui.tool import InTool

Answer = TypeVar("Answer")

NOT_KEPT = ""
"""The draft key of a line that only names a file: each time it begins with a suitable name."""

TINY = 18
"""In fewer lines than this nothing of a page stays blank, and its lists are shorter."""

FROM_LAST_TIME = "Unsaved text from last time."
"""What a page says when it begins with half-typed text."""


class Page(InTool, QuietFocus, DrawnBetweenKeys[Answer], ModalScreen[Answer]):
    """A page over a mode, with the first line above and the keys that work on it below: reading through `desk`,
    changing through `tool.attempt(...)`. Subclasses give `body()`.
    """

    for_manager_alone = False
    """Whether the page closes when the screen is shared, along with everything over it."""

    stays_in_room = False
    """Whether others have the keyboard, so that nobody turns the screen private."""

    undoes: frozenset[str] = frozenset()
    """The codes of the deeds that undo takes back on it without asking; empty for all."""

    enter = ""
    """What Enter does in its list or line, in a word for the line of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark", "app.keys", "Keys", id="page.keys", key_display="?", tooltip="The keys that work here"
        ),
        Binding("f1", "app.keys", "Keys", tooltip="The keys that work here", id="page.keys.anywhere"),
    ]
    DEFAULT_CSS = """
    Page .dialog {
        width: 64;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        border: round $accent;
        border-title-color: $foreground;
        border-title-style: bold;
        background: $surface;
        padding: 1 2;
    }

    Page.-tiny .dialog { padding: 0 1; }

    Page .dialog-title {
        text-style: bold;
        width: 100%;
    }

    Page .dialog-text {
        color: $text-muted;
        width: 100%;
        margin: 1 0 0 0;
    }

    Page .dialog-buttons {
        height: auto;
        align-horizontal: right;
        margin: 1 0 0 0;
    }

    Page .dialog-buttons Button {
        margin: 0 0 0 2;
        min-width: 10;
        background: $panel;
        color: $foreground;
        text-style: none;
    }

    Page .dialog-buttons Button:focus {
        background: $accent;
        color: $badge-ink;
        text-style: bold;
    }
    """

    in_room = False
    """Whether the screen was shared when the page opened, so that what is typed in it may be shown in the room."""

    _begun: frozenset[str] = frozenset()
    """Keys of drafts that were begun in the room and continued in private."""

    def compose(self) -> ComposeResult:
        self.set_class(self.app.size.height < TINY, "-tiny")
        if self.tool.set_up:
            yield TopLine()
        yield from self.body()
        yield KeysLine()

    def lost_on_leaving(self) -> str:
        """What would be lost if the app were left now, in a sentence; empty where nothing would."""
        return ""

    def body(self) -> ComposeResult:
        """The widgets of the page; one that only asks through other pages has none."""
        yield from ()

    withdrawn = False
    """Whether what the page was about may no longer be shown."""

    def withdraw(self) -> None:
        """Show nothing any more, and close as soon as no other page is over this one."""
        self.withdrawn = True
        self.query(".dialog").set(display=False)
        self.dismiss(None)

    def on_screen_resume(self) -> None:
        if self.withdrawn:
            self.dismiss(None)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave the page. Nothing happens if it was already left, as by two keys at once, or if another page is over
        it."""
        if self.is_active:
            return super().dismiss(result)
        return AwaitComplete()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where a form scrolls, a field comes into sight with its question."""
        self._show_with_question(event.widget)

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < TINY, "-tiny")
        if self.focused is not None:
            self._show_with_question(self.focused)

    def _show_with_question(self, field: Widget) -> None:
        around = list(field.parent.children) if isinstance(field.parent, VerticalScroll) else []
        above = around[max(around.index(field) - 1, 0)] if field in around else field
        if above.has_class("label"):
            self.call_after_refresh(self.call_after_refresh, self._into_sight, above, field)  # once it has its size

    def _into_sight(self, label: Widget, field: Widget) -> None:
        scroll = field.parent
        if isinstance(scroll, VerticalScroll):
            both = label.virtual_region.union(field.virtual_region)
            height = min(both.height, scroll.scrollable_content_region.height)
            seen = Region(both.x, both.bottom - height, both.width, height)
            scroll.scroll_to_region(seen, animate=False, x_axis=False)

    def show_records(self) -> None:
        """Put the records as they are now into the widgets; pages that show none leave this out."""

    def on_mount(self) -> None:
        self.in_room = self.desk.room
        self.redraw()

    def kept(self, key: str) -> str:
        """The half-typed text under a key, if it may be seen now."""
        room = self.desk.room
        if key and not room and self.tool.drafts.begun_in_room(key):
            self._begun = self._begun | {key}
        return self.tool.drafts.text(key, room=room) if key else ""

    def keep(self, key: str, text: str) -> None:
        """Save half-typed text as a draft, or forget it when nothing is left of it."""
        if key:
            self.tool.drafts.keep(key, text, room=self.in_room, begun=key in self._begun)

    def kept_fields(self, key: str) -> dict[str, str]:
        """The half-typed text in the fields of a form, by their names; empty where there is none."""
        try:
            return msgspec.json.decode(self.kept(key) or "{}", type=dict[str, str])
        except msgspec.MsgspecError:
            return {}

    def keep_fields(self, key: str, typed: Mapping[str, str], before: Mapping[str, str]) -> None:
        """Save what is typed in the fields of a form as a draft, without unchanged fields."""
        other = {name: text for name, text in typed.items() if text != before.get(name, "")}
        self.keep(key, msgspec.json.encode(other).decode() if other else "")

    def redraw(self) -> None:
        """Show the records as they are now. Text typed in private and text typed in the room are kept apart: a page
        with text closes when the screen becomes shared or private."""
        below = [screen for screen in self.app.screen_stack if isinstance(screen, ModeScreen)]
        for line in self.query(TopLine):
            line.tell(self.tool, below[-1].place() if below else "")
        if not (self.for_manager_alone and self.desk.room):
            self.show_records()
            if self.desk.room != self.in_room and self.query("Input, TextArea"):
                self.withdraw()
            return
        while self in self.app.screen_stack:
            self.app.pop_screen()
