"""Everything that relies on private parts of Textual, or changes what its parts do; nothing else in the app does.

Each says what it buys, as measured with Textual 8.2 on the sample team in a terminal of 120 by 36. The version is
pinned to this one: before it is raised, the tests of this file say what is no longer as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Literal, Protocol, TypeVar, runtime_checkable
from weakref import WeakKeyDictionary

from rich._wrap import divide_line
from textual import content, events, on
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.worker import WorkerFailed

from meetingtool.errors import MeetingtoolError

Result = TypeVar("Result")


class DrawnOnce(Screen[None]):
    """A screen that is styled once and drawn once when it opens."""

    def __init__(self) -> None:
        super().__init__()
        # The app's styles are those of its theme already. Textual would parse them all once more: 7 ms of 220.
        self._css_update_count = self.app._css_update_count
        self._once_drawn: list[Callable[[], object]] = []
        self._fresh_styles = True

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come to the front, before Textual does the same: it would style all widgets once more, which the first
        time were styled just now, as they were mounted.
        """
        event.refresh_styles = event.refresh_styles and not self._fresh_styles
        self._fresh_styles = False

    def _compositor_refresh(self) -> None:
        """Draw what changed. Nothing reaches the terminal while changes are batched, as when the app starts: Textual
        would draw a whole frame then, and another one at its next tick (47 kB instead of 24).
        """
        if self.app._batch_count:
            self.refresh()
            return
        if self._repaint_required:  # all of it, and now: at its next tick Textual would do it once more
            self._repaint_required = False
            self._compositor.update_widgets({self})
        super()._compositor_refresh()
        for callback in self._once_drawn:
            self.call_later(callback)
        self._once_drawn.clear()

    def once_drawn(self, callback: Callable[[], object]) -> None:
        """Call back as soon as the terminal has the screen as it is by now. Textual's own
        `call_after_refresh` does so before the first frame while the app starts.
        """
        self._once_drawn.append(callback)


class Entered(Message):
    """Follows what was entered in a field: whoever gets it has dealt with that, and the keys behind Enter may go on."""

    def __init__(self, field: Input) -> None:
        super().__init__()
        self.field = field


class Opens(MessagePump):
    """For screens: the keys that arrive while one opens are held until it knows where they go."""

    opened = False
    """Whether it has the keys."""

    @on(events.ScreenResume)
    def _has_keys(self) -> None:
        self.opened = True


class Opened(Message):
    """Follows all that a screen has to do as it opens: the keys that were held may go on."""


class QuietFocus(Opens):
    """For screens: a change of focus draws the two widgets concerned; Textual's own would draw the whole screen. And
    keys that arrived together with Enter go where they would have gone one by one."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Where the keys go."""

    @on(Entered)
    def _keys_go_on(self, message: Entered) -> None:
        message.stop()
        for key in _behind_enter.pop(message.field, []):
            if isinstance(self.app, KeysInOrder):
                self.app.give(key)

    def _reset_focus(self, widget: Widget, avoiding: list[Widget] | None = None) -> None:
        """Move the focus from what is gone or hidden. What stands in a panel that is hidden, too, gets no keys: Textual
        would give it those of its neighbour."""
        super()._reset_focus(widget, avoiding)  # type: ignore[misc]
        now = widget.screen.focused
        if now is not None and not all(node.display for node in now.ancestors_with_self):
            widget.screen.set_focus(None)


class QuietInput(Input):
    """An input that stays as long as it is: Textual's own lays the whole screen out again at every letter."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """How long the text is."""


_letter = Input._on_key
_behind_enter: WeakKeyDictionary[Input, list[events.Key]] = WeakKeyDictionary()
"""The keys that came behind Enter, until the page has dealt with what was entered."""


async def _enter_at_once(field: Input, event: events.Key) -> None:
    """Take Enter with what was typed before it: Textual's own binding is carried out only after the letters that came
    with it, as on a slow line, are typed in."""
    held = _behind_enter.get(field)
    if held is None and event.key != "enter":
        await _letter(field, event)
        return
    event.stop()
    event.prevent_default()
    if held is not None:
        again = events.Key(event.key, event.character)
        if isinstance(field.app, KeysInOrder):
            field.app.keep_place(event, again)
        held.append(again)
        return
    await field._flush_next_callbacks()  # what was typed is told before it is taken
    await field.action_submit()
    if isinstance(field.screen, QuietFocus):
        _behind_enter[field] = []
        field.post_message(Entered(field))


Input._on_key = _enter_at_once  # type: ignore[method-assign, assignment]


_page = OptionList._move_page


def _page_or_end(box: OptionList, direction: Literal[-1, 1]) -> None:
    """Turn a page, in the palette, too; go to the end of a list that was just filled, in which Textual's own raises
    KeyError: nothing is known yet of its pages."""
    try:
        _page(box, direction)
    except KeyError:
        (box.action_last if direction > 0 else box.action_first)()


OptionList._move_page = _page_or_end  # type: ignore[method-assign, assignment]


def _wrapped(text: str, width: int, fold: bool = True) -> list[int]:
    """Where a line breaks, in a width of at least one cell: Textual's own raises ValueError for none."""
    return divide_line(text, max(1, width), fold)


content.divide_line = _wrapped  # type: ignore[attr-defined]


class LeftOnce(Opens, CommandPalette):
    """The palette, left once however many keys arrive together: Textual's own fails at the second."""

    async def _dispatch_message(self, message: Message) -> None:
        """What was chosen again behind the key that left does nothing."""
        if self.is_active or not isinstance(message, (Input.Submitted, OptionList.OptionSelected)):
            await super()._dispatch_message(message)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave it. Nothing happens if it was left."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


Typed = events.Key | events.Paste


@runtime_checkable
class SaysWhy(Protocol):
    """An app that says why a key does nothing."""

    def in_vain(self, meant: list[tuple[DOMNode, Binding]]) -> None:
        """A key was pressed that does nothing now. meant: what it stands for, and where, the nearest first."""


class KeysInOrder(App[Result]):
    """An app in which the keys behind one that opens a page go to that page, however fast they come: Textual's own
    gives them to the page below, or to one that has no line yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = 0
        self._aimed: WeakKeyDictionary[Typed, tuple[int, Screen[object]]] = WeakKeyDictionary()
        self._held: list[tuple[int, Typed]] = []
        self._waits = 0

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Do what a key stands for where it was pressed. Textual's own is silent where that can't be done now."""
        done = await super()._check_bindings(key, priority)
        if not done and not priority and isinstance(self, SaysWhy):
            self.in_vain(
                [(node, binding) for node, keys in self.screen._modal_binding_chain
                 for binding in keys.key_to_bindings.get(key, ())]
            )  # fmt: skip
        return done

    def hold_keys(self) -> None:
        """Hold the keys that come now, until `let_keys_go`: where they belong is not there yet."""
        self._waits += 1

    def let_keys_go(self) -> None:
        """The line they belong to is there."""
        self._waits -= 1
        self._keys_go_on()

    async def on_event(self, event: events.Event) -> None:
        """Give a key, and what is pasted, to the page that is on top by now, when it has opened."""
        if not isinstance(event, Typed) or not self.screen_stack:
            await super().on_event(event)
            return
        number, aimed = self._aimed.get(event, (0, self.screen))
        if not event.is_forwarded:
            self._keys += 1
            number = self._keys
            self._aimed[event] = number, self.screen
        opening = isinstance(self.screen, Opens) and not self.screen.opened
        overtaken = aimed is not self.screen and any(aimed in stack for stack in self._screen_stacks.values())
        if overtaken or self._waits or (not event.is_forwarded and (opening or self._held)):
            event.stop()
            self._held.append((number, _again(event)))
            if len(self._held) == 1 and not self._waits and not self.screen.post_message(Opened()):
                self._give_held()
            return
        if isinstance(event, events.Paste):
            _join_lines(event, self.focused)
        await super().on_event(event)

    @on(Opened)
    def _keys_go_on(self) -> None:
        self.call_after_refresh(self._give_held)  # behind what the key that opened the page still has to do there

    def _give_held(self) -> None:
        if self._waits:
            return
        held, self._held = sorted(self._held, key=lambda one: one[0]), []
        for number, key in held:
            self._aimed[key] = number, self.screen
            if isinstance(key, events.Paste):
                _join_lines(key, self.focused)
            (self.focused or self.screen)._forward_event(key)

    def keep_place(self, event: Typed, again: Typed) -> None:
        """Number a key that is sent once more like the one that was typed."""
        self._aimed[again] = self._aimed.get(event, (self._keys, self.screen))

    def give(self, key: events.Key) -> None:
        """Give a key to the page on top; should that change before it gets there, it follows in its place."""
        self._aimed[key] = self._aimed.get(key, (self._keys, self.screen))[0], self.screen
        (self.focused or self.screen)._forward_event(key)


def _again(event: Typed) -> Typed:
    """The same, to be sent once more."""
    return events.Paste(event.text) if isinstance(event, events.Paste) else events.Key(event.key, event.character)


def _join_lines(event: events.Paste, field: Widget | None) -> None:
    """Lines pasted into a field of one line are joined: an Input alone would keep the first and drop the others."""
    if isinstance(field, Input) and not getattr(field, "takes_lines", False):
        event.text = " ".join(filter(None, map(str.strip, event.text.splitlines())))


class NothingPrinted(KeysInOrder[Result]):
    """An app whose failure prints no value: Textual's own prints those of variables, which hold scores and stories."""

    ending = False
    """Whether the app was told to close."""

    def _handle_exception(self, error: Exception) -> None:
        """A failure ends the app; but a page that opens while the app closes finds no widgets, which is no failure."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (self.ending and isinstance(cause, NoMatches)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Tell a failure in one sentence, and close."""
        from rich.text import Text

        from meetingtool import crash

        error = sys.exc_info()[1]
        if error is not None:
            self.failed(error)
        if isinstance(error, MeetingtoolError):
            self.panic(Text(str(error)))
        elif error is not None:
            self.panic(Text(crash.told(error, error.__traceback__)))

    def failed(self, error: BaseException) -> None:
        """What to do about a failure before the app closes."""
