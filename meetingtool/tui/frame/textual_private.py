"""Everything that relies on private parts of Textual, or changes what its parts do; nothing else in the app does. Each
says what it gains, as measured with Textual 8.2 on the sample team in a terminal of 120 by 36. The version is pinned:
before it is raised, the tests of this file show what has changed.
"""

from __future__ import annotations

import re
import sys
from asyncio import Task, create_task, sleep
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from inspect import getgeneratorlocals
from time import perf_counter, process_time
from typing import Any, Literal, Protocol, TypeVar, runtime_checkable
from weakref import WeakSet

from rich._wrap import divide_line
from textual import content, events
from textual._context import active_message_pump
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.errors import NoWidget
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.screen import Screen
from textual.selection import SelectState
from textual.strip import Strip
from textual.timer import Timer, TimerCallback
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.worker import Worker, WorkerFailed

from meetingtool.errors import MeetingtoolError
from meetingtool.tui.frame.cursor import option_on_cursor
from meetingtool.tui.themes import OF_THE_TERMINAL

Result = TypeVar("Result")


def begin_with_theme(app: App[None], name: str) -> None:
    """Give an app its theme before it starts. Set as usual, all styles would be made twice; set only quietly, Textual
    would go on showing the terminal's own colours as those of a terminal it assumed before.
    """
    app.set_reactive(App.theme, name)
    app._refresh_truecolor_filter(app.ansi_theme)


class DrawnOnce(Screen[None]):
    """A screen that is styled once and drawn once when it opens."""

    def __init__(self) -> None:
        super().__init__()
        # The app's styles already fit its theme. Textual would parse them all once more: 7 ms of 220.
        self._css_update_count = self.app._css_update_count
        self._once_drawn: list[Callable[[], object]] = []
        self._fresh_styles = True

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come to the front before Textual's own handler, which would style all widgets once more, although the first
        time they were styled just now, as they were mounted.
        """
        event.refresh_styles = event.refresh_styles and not self._fresh_styles
        self._fresh_styles = False

    def _compositor_refresh(self) -> None:
        """Draw what changed. Nothing reaches the terminal while changes are batched, as when the app starts: Textual
        would draw a whole frame and then another one at its next tick (47 kB instead of 24).
        """
        if self.app._batch_count:
            self.refresh()
            return
        if self._repaint_required:  # all of it, and now, or Textual would do it once more at its next tick
            self._repaint_required = False
            self._compositor.update_widgets({self})
        super()._compositor_refresh()
        for callback in self._once_drawn:
            self.call_later(callback)
        self._once_drawn.clear()

    def once_drawn(self, callback: Callable[[], object]) -> None:
        """Call back as soon as the terminal has the screen as it is now. While the app starts, Textual's own
        `call_after_refresh` calls before the first frame.
        """
        self._once_drawn.append(callback)


FRAME = 0.1
"""Seconds of work between two frames while keys wait for their turn: what lies between is not seen, and costs more than
the keys."""


class DrawnBetweenKeys(Screen[Result]):
    """A screen that seldom draws while keys wait: Textual's own draws up to 120 times a second, so that each of 300
    keys that arrive at once would cost a frame (3.4 s of 3.9 in the history)."""

    _frame_at = 0.0

    def _on_timer_update(self) -> None:
        """Draw what changed, or leave it for the next tick. What a key may depend on, such as a layout, is never
        postponed."""
        asked = self._layout_required or self._scroll_required or self._recompose_required or self._callbacks
        now = process_time()
        if not asked and isinstance(self.app, KeysInOrder) and self.app.keys_wait and now - self._frame_at < FRAME:
            return
        self._frame_at = now
        super()._on_timer_update()


class TimersFire(MessagePump):
    """For screens: a timer that was set fires, however late. Textual's own drops it where the whole delay has passed
    before its turn comes: 2 ms pass so when another thread works, and a search never said how much it had found."""

    def set_timer(
        self, delay: float, callback: TimerCallback | None = None, *, name: str | None = None, pause: bool = False
    ) -> Timer:
        """Call back once, after so many seconds or as soon as possible then."""
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        timer._skip = False
        return timer


class QuietFocus(MessagePump):
    """For screens: a change of focus draws only the two widgets concerned; Textual would draw the whole screen."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Where the keys go."""

    def _reset_focus(self, widget: Widget, avoiding: list[Widget] | None = None) -> None:
        """Move the focus away from what is gone or hidden. Other widgets in the same hidden panel get no keys: Textual
        would give them those of their neighbour."""
        super()._reset_focus(widget, avoiding)  # type: ignore[misc]
        now = widget.screen.focused
        if now is not None and not all(node.display for node in now.ancestors_with_self):
            widget.screen.set_focus(None)


class QuietInput(Input):
    """An input that keeps its width: Textual's own lays the whole screen out again at every letter."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """How long the text is."""


_page = OptionList._move_page


def _page_or_end(box: OptionList, direction: Literal[-1, 1]) -> None:
    """Turn a page, in the palette, too; in a list that was just filled, go to its end: Textual's own raises KeyError
    there, since it doesn't know the pages yet."""
    try:
        _page(box, direction)
    except KeyError:
        (box.action_last if direction > 0 else box.action_first)()


OptionList._move_page = _page_or_end  # type: ignore[method-assign, assignment]


_click = OptionList._on_click


async def _click_what_is_there(box: OptionList, event: events.Click) -> None:
    """A click on a row that is still drawn but gone does nothing: Textual's own raises IndexError."""
    if event.style.meta.get("option", -1) < box.option_count:
        await _click(box, event)


OptionList._on_click = _click_what_is_there  # type: ignore[method-assign, assignment]


class WholePages(OptionList):
    """A list of options that measures its rows anew when a scroll bar comes or goes, and in which page down skips no
    line: Textual's own keeps the heights of the former width, and skips the end of a folded row.
    """

    _laid_across = 0
    """The width in cells for which the heights of the rows were measured: with a scroll bar more or less they are
    measured anew."""

    def _update_lines(self) -> None:
        if (across := self.scrollable_content_region.width) != self._laid_across:
            self._laid_across = across
            self._clear_caches()
        super()._update_lines()

    def action_page_down(self) -> None:
        """A page down, but never past a line that has not been on screen; in a window without lines, to the end."""
        before, seen = self.highlighted, self.scroll_offset.y + self.scrollable_content_region.height
        if before is None:
            before = next((index for index, option in enumerate(self.options) if not option.disabled), None)
            self.highlighted = before
        if before is None:
            return
        super().action_page_down()  # type: ignore[no-untyped-call]
        limit = seen + self.scrollable_content_region.height
        reached = self.highlighted if self.highlighted is not None else before
        lines, heights = self._index_to_line, self._heights
        fitting = [
            index
            for index in range(before + 1, reached + 1)
            if not self.options[index].disabled and index in lines and lines[index] + heights[index] <= limit
        ]
        if fitting and fitting[-1] < reached:
            self.highlighted = fitting[-1]


def _wrapped(text: str, width: int, fold: bool = True) -> list[int]:
    """Where a line breaks, in a width of at least one cell: Textual's own raises ValueError for a width of 0."""
    return divide_line(text, max(1, width), fold)


content.divide_line = _wrapped  # type: ignore[attr-defined]


_forward = Screen._forward_event


def _to_what_is_there(screen: Screen[object], event: events.Event) -> None:
    """Give the mouse to what is under it, but not to what was removed and is merely still drawn: Textual's own fails
    with AttributeError when that is pressed."""
    if isinstance(event, events.MouseEvent) and not isinstance(event, events.MouseUp):
        with suppress(NoWidget):
            if not screen.get_widget_at(event.x, event.y)[0].is_attached:
                return
    _forward(screen, event)


Screen._forward_event = _to_what_is_there  # type: ignore[method-assign, assignment]


def _is_there(state: SelectState) -> bool:
    """Whether what is being selected is still on the screen; Textual's own method is read as if it were a property."""
    ends = (state.start, state.end) if state.end is not None else (state.start,)
    return all(one.is_attached for end in ends for one in (end.container, end.content_widget) if one is not None)


SelectState.is_attached_to_dom = property(_is_there)  # type: ignore[method-assign, assignment]


_row_found = CommandList.render_line


def _row_taken(rows: CommandList, y: int) -> Strip:
    """A line of the palette. The row that Enter takes is marked in the terminal's own colours, too, where Textual's own
    has no look for it: the focus is in the field above."""
    strip = _row_found(rows, y)
    return option_on_cursor(rows, strip) if rows.app.theme.startswith(OF_THE_TERMINAL) else strip


CommandList.render_line = _row_taken  # type: ignore[method-assign, assignment]


class LeftOnce(CommandPalette):
    """The palette, closed only once however many keys arrive together: Textual's own fails at the second."""

    async def _dispatch_message(self, message: Message) -> None:
        """A second choice that arrives after the palette was closed does nothing."""
        if self.is_active or not isinstance(message, (Input.Submitted, OptionList.OptionSelected)):
            await super()._dispatch_message(message)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave it. Nothing happens if it was left."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


_ESCAPE_AND_KEY = re.compile("(\x1b(?![\x1b[]|O(?:[ -~]|$)|$).)", re.DOTALL)
"""Escape with a key that no sequence of a terminal begins with."""

_BY_WORDS = re.compile("(?:\x1b[bf\x7f\t])+")
"""What terminals of a Mac send for Option with an arrow, Backspace or Tab."""

_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
_NO_END = re.compile(r"\x1b(?!$|\[$|\[2$|\[20$|\[201$)")
"""An Escape that doesn't begin the end of a paste."""

_feed = XTermParser.feed


def _keys_in(parser: XTermParser, data: str) -> Iterator[Message]:
    """The keys and pastes in what was read at once; an Escape in a paste is left out. Textual's own reads up to 32
    letters on behind an Escape before it knows what it is, then drops it or types a circumflex for it, and runs what is
    pasted behind one as keys.
    """
    if not data or _BY_WORDS.fullmatch(data):
        yield from _feed(parser, data)
    elif _state(parser, "bracketed_paste"):
        text, end, rest = data.partition(_PASTED)
        text = _NO_END.sub("", text)
        yield from _feed(parser, text + end) if text + end else ()
        yield from _keys_in(parser, rest) if rest else ()
    else:
        keys, start, rest = data.partition(_PASTE)
        yield from _keys_typed(parser, keys)
        yield from _feed(parser, start) if start else ()
        yield from _keys_in(parser, rest) if rest else ()


def _keys_typed(parser: XTermParser, keys: str) -> Iterator[Message]:
    """Escape and a letter behind it as Alt and the letter, which is the same to a terminal; Escape with any other key
    as two keys; Enter with a line feed behind it is Enter."""
    keys = keys.replace("\r\n", "\r")
    if keys and not keys.startswith(("[", "O", "\x1b")) and _state(parser, "sequence") == "\x1b":
        yield from _escape_now(parser)
    for piece in filter(None, _ESCAPE_AND_KEY.split(keys)):
        if not _ESCAPE_AND_KEY.fullmatch(piece):
            yield from _feed(parser, piece)
            continue
        if _state(parser, "bracketed_paste"):
            yield from _feed(parser, piece[1])
            continue
        yield from _escape_now(parser)
        typed = list(parser._sequence_to_key_events(piece[1], alt=True))
        if not typed[0].key.startswith("alt+"):
            yield events.Key("escape", "\x1b")
        yield from typed


def _state(parser: XTermParser, name: str) -> object:
    """What the parser has under that name while it waits for more."""
    return getgeneratorlocals(parser._gen).get(name)


def _escape_now(parser: XTermParser) -> Iterator[Message]:
    """Take an Escape that waited for more as the key."""
    if parser._timeout_time is not None:
        parser._timeout_time = 0.0
        yield from parser.tick()


XTermParser.feed = _keys_in  # type: ignore[method-assign, assignment]


Typed = events.Key | events.Paste | events.MouseEvent
"""What somebody does: keys, pastes and the mouse, in one order."""


@runtime_checkable
class SaysWhy(Protocol):
    """An app that says why a key does nothing."""

    def in_vain(self, key: str, meant: list[tuple[DOMNode, Binding]]) -> None:
        """Called for a key that does nothing now. meant: what it stands for, and where, the nearest first."""

    def swallows(self, key: str) -> bool:
        """Whether a key is part of what is typed in vain, and does nothing."""


PATIENCE = 0.5
"""The most seconds that a key waits for what the one before it set off."""

STALL = 0.001
"""The most seconds that count between two looks: time in which the app was stopped, or busy with one thing, doesn't
count."""


class KeysInOrder(App[Result]):
    """An app in which a key, what is pasted, or a click is delivered only once everything that the one before it set
    off is done, however fast they come: only then is it known where it belongs. Textual's own gives it to whatever has
    the focus at the moment, and a click moves the focus at once, away from what was typed before it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._typed: deque[Typed] = deque()
        self._given: deque[Typed] = deque()
        self._giving: Task[None] | None = None
        self._too_long: object = None

    @property
    def keys_wait(self) -> bool:
        """Whether keys were pressed that aren't delivered yet."""
        return bool(self._typed)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Do what a key stands for where it was pressed, and say why if that can't be done now; Textual's own is silent
        then."""
        if not priority and isinstance(self, SaysWhy) and self.swallows(key):
            return True
        done = await super()._check_bindings(key, priority)
        if not done and not priority and isinstance(self, SaysWhy):
            self.in_vain(
                key,
                [(node, binding) for node, keys in self.screen._modal_binding_chain
                 for binding in keys.key_to_bindings.get(key, ())],
            )  # fmt: skip
        return done

    async def on_event(self, event: events.Event) -> None:
        """Deliver in its turn what somebody does. A mouse that merely moves waits for nothing but what waits before it,
        and only its latest move counts."""
        if self._given and event is self._given[0]:
            self._given.popleft()
        elif (
            isinstance(event, Typed)
            and not event.is_forwarded
            and self.screen_stack
            and not (isinstance(event, events.MouseMove) and self._giving is None)
        ):
            if self._typed and _moves_on(self._typed[-1], event):
                self._typed.pop()
            self._typed.append(event)
            self._begin_to_give()
            return
        if isinstance(event, events.Paste) and not event.is_forwarded:
            _join_lines(event, self.focused)
        await super().on_event(event)

    def _begin_to_give(self) -> None:
        if self._giving is None:
            self._giving = create_task(self._give())

    async def _give(self) -> None:
        """Deliver what was typed and clicked, one after the other."""
        try:
            while self._typed:
                await self._rest()
                self._typed.extendleft(reversed(self._meant(self._typed.popleft())))
                self._given.append(self._typed.popleft())
                self.post_message(self._given[-1])
        except Exception as error:
            self._handle_exception(error)
        finally:
            self._giving = None

    def _meant(self, typed: Typed) -> list[Typed]:
        """The keys that were pressed: Alt with a letter is Escape and the letter, and a line feed Enter, where nothing
        has that key. A terminal sends the same for both."""
        if not isinstance(typed, events.Key) or not self.screen_stack or not typed.character:
            return [typed]
        if typed.key in self.screen.active_bindings or getattr(self.screen, "takes_any_key", False):
            return [typed]
        if typed.key == "ctrl+j":
            return [events.Key("enter", "\r")]
        if typed.key.startswith("alt+"):
            return [events.Key("escape", "\x1b"), events.Key(typed.character, typed.character)]
        return [typed]

    async def _rest(self) -> None:
        """Wait until everything the last key set off is done, but at most `PATIENCE`. Timers and threads don't
        count."""
        waited, looks, before = 0.0, 0, perf_counter()
        busy: object = None
        while looks < 2:
            await sleep(0)
            now = perf_counter()
            waited, before = waited + min(now - before, STALL), now
            busy = busy if busy is not None and _at_work(busy) else self._at_work()
            if busy is None:
                self._too_long = None
            elif waited > PATIENCE:
                self._too_long = busy
            looks = looks + 1 if busy is None or busy is self._too_long else 0

    def _at_work(self) -> object:
        """A widget that still has something to do, if any."""
        if not self.screen_stack:
            return None
        top = self.screen
        for pump in (self, *(node for screen in self.screen_stack for node in screen.walk_children(with_self=True))):
            if _at_work(pump) and pump is not self._too_long:
                return pump
        if not self._batch_count and (top._callbacks or top._layout_required or top._recompose_required):
            with top._context():
                top._on_timer_update()  # as it would be at the next tick
            return top
        for worker in self.workers:
            if worker.is_running and not worker._thread_worker and worker.node.screen is top:
                return worker
        return self._too_long if self._too_long is not None and _at_work(self._too_long) else None


def press(app: App[Any], key: str) -> None:
    """Press the key that a click stands for, before what was typed after the click."""
    assert isinstance(app, KeysInOrder)
    app._typed.appendleft(events.Key(key, None))
    app._begin_to_give()


def _at_work(one: object) -> bool:
    """Whether a widget has a message, is busy with one, or is being added or removed."""
    if isinstance(one, Worker):
        return one.is_running
    assert isinstance(one, MessagePump)
    queue: Any = one._message_queue
    return bool(queue.values) or not queue.ready_event._waiters


def _moves_on(before: Typed, event: Typed) -> bool:
    """Whether both are moves of the mouse with the same button held, if any."""
    return (
        isinstance(before, events.MouseMove) and isinstance(event, events.MouseMove) and before.button == event.button
    )


_dispatch = MessagePump._dispatch_message


async def _dispatch_and_go_on(pump: MessagePump, message: Message) -> None:
    """Give a message to what it is for, which gets the next ones even after a failure that the app outlives: Textual's
    own gives it none any more."""
    try:
        await _dispatch(pump, message)
    except Exception as error:
        if not (isinstance(pump.app, NothingPrinted) and pump.app.outlives(error)):
            raise


MessagePump._dispatch_message = _dispatch_and_go_on  # type: ignore[method-assign, assignment]


def _screen_at_work() -> Screen[object] | None:
    """The screen of the widget whose message is being handled."""
    pump = active_message_pump.get(None)
    with suppress(NoScreen):
        return pump.screen if isinstance(pump, DOMNode) and not isinstance(pump, App) else None
    return None


def _join_lines(event: events.Paste, field: Widget | None) -> None:
    """Lines pasted into a field of one line are joined: an Input alone would keep the first and drop the others."""
    if isinstance(field, Input) and not getattr(field, "takes_lines", False):
        event.text = " ".join(filter(None, map(str.strip, event.text.splitlines())))


@runtime_checkable
class GoesOn(Protocol):
    """An app that goes on after some failures that nobody caught."""

    def goes_on(self, error: BaseException) -> bool:
        """Tell the failure, if the app goes on after it; whether it does."""

    def action_go_back(self) -> None:
        """Go back to the mode that led to this one."""


class NothingPrinted(KeysInOrder[Result]):
    """An app whose failure prints no values: Textual's own prints those of variables, which hold scores and stories."""

    ending = False
    """Whether the app was told to close."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unopened: WeakSet[Screen[object]] = WeakSet()

    def _handle_exception(self, error: Exception) -> None:
        """A failure ends the app, unless it goes on after it; but a page that opens while the app closes finds no
        widgets, and that is no failure."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (self.ending and isinstance(cause, NoMatches)) and not self.outlives(cause):
            super()._handle_exception(error)

    def outlives(self, error: BaseException) -> bool:
        """Whether the app goes on after a failure that nobody caught. A screen that can't open because of it, and finds
        no widgets then, is left."""
        screen = _screen_at_work()
        if screen in self._unopened and isinstance(error, NoMatches):
            return True
        if not (isinstance(self, GoesOn) and self.goes_on(error)):
            return False
        if screen is not None and not screen.is_mounted and screen not in self._unopened:
            self._unopened.add(screen)
            self.call_later(self._leave, screen)
        return True

    def _leave(self, screen: Screen[object]) -> None:
        """Leave a screen that could not open; that of a mode is made anew when somebody goes there again."""
        mode, stack = next((each for each in self._screen_stacks.items() if screen in each[1]), ("", []))
        if not stack:
            return
        if stack[0] is screen:
            if mode == self.current_mode and isinstance(self, GoesOn):
                self.action_go_back()
            if mode != self.current_mode:
                del self._screen_stacks[mode]
                self.run_worker(self._replace_screen(screen))
            return
        while stack[-1] is not screen:
            self.pop_screen()
        screen.dismiss(None)

    def _fatal_error(self) -> None:
        """Report a failure in one sentence, and close."""
        from rich.text import Text

        from meetingtool import crash

        error = sys.exc_info()[1]
        if error is not None:
            self.failed(error)
        if isinstance(error, MeetingtoolError):
            self.panic(Text(str(error)))
        elif error is not None:
            self.panic(Text(crash.written_down(error, error.__traceback__)))

    def failed(self, error: BaseException) -> None:
        """What to do about a failure before the app closes."""
