"""Waiting for an app without a look at the time: until it is at rest, on a clock that moves when the test lets it.

Textual's own waits go by the time, and take a process that others keep from work for one at rest; its timers fire
between any two keys of a test that is slow enough.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from weakref import WeakSet

import pytest
from textual._context import active_app
from textual.app import App
from textual.notifications import Notification
from textual.pilot import Pilot

PATIENCE = 30.0
"""Seconds after which an app that is still at work fails its test."""

MOMENT = 0.01
"""Seconds of a pause in which an app lets keys in between what it does: it is at work meanwhile."""

HELD_BACK = 0.1
"""Seconds for which an app may hold back what it draws, as when a page opens."""

run_in_executor = asyncio.BaseEventLoop.run_in_executor


class Clock:
    """The clock of an app's timers: it stands until a test lets time pass."""

    now = 0.0
    """Seconds that have passed in this test."""

    def begin(self) -> None:
        """Begin anew, with nobody asleep."""
        self.now = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    async def sleep(self, seconds: float) -> None:
        """Sleep until so much time has passed on this clock."""
        if seconds <= MOMENT:
            await asyncio.sleep(0)
            return
        wakes = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, wakes))
        await wakes

    def next_due(self) -> float:
        """When the next sleeper wakes; never, if all are awake."""
        self._sleepers = [one for one in self._sleepers if not one[1].done()]
        return min((due for due, _ in self._sleepers), default=float("inf"))

    async def pass_time(self, app: App[Any], until: float) -> None:
        """Let time pass: everybody wakes at their time, and the app is at rest before the next one does."""
        await at_rest(app)
        while self.next_due() <= until and app.is_running:
            self.wake()
            await at_rest(app)
        self.now = until

    def wake(self) -> None:
        """Let time pass until the next sleepers wake."""
        self.now = self.next_due()
        for due, wakes in self._sleepers:
            if due == self.now:
                wakes.set_result(None)


clock = Clock()
"""The clock of the app that is tested now."""

_in_threads: WeakSet[asyncio.Future[Any]] = WeakSet()
"""What is being done in threads."""


async def at_rest(app: App[Any]) -> bool:
    """Wait until an app has nothing to do before somebody or its clock tells it something: nothing on its loop, in its
    threads or to be drawn. False when it failed.
    """
    loop: Any = asyncio.get_running_loop()
    ends = loop.time() + PATIENCE
    while not app._exception_event.is_set():
        await asyncio.sleep(0)
        if not (loop._ready or _ticks(app) or await _thread_went_on(app) or _held_back(app)):
            return True
        assert loop.time() < ends, f"still at work after {PATIENCE:.0f} s"
    return False


def _ticks(app: App[Any]) -> bool:
    """Move and draw what changed, as the app does at its next tick, and say whether there was anything."""
    if not app._running or not app.screen_stack or app._batch_count:
        return False
    if not app._animator._idle_event.is_set():
        app._animator()
        return True
    screen = app.screen
    if not (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    ):
        return False
    screen._on_timer_update()
    return True


def _held_back(app: App[Any]) -> bool:
    """Let the moment pass for which an app holds back what it draws, and say whether it does."""
    if not app._running or not app._batch_count or clock.next_due() > clock.now + HELD_BACK:
        return False
    clock.wake()
    return True


async def _thread_went_on(app: App[Any]) -> bool:
    """Wait for the first of the threads that are at work, and say whether there was any."""
    loop = asyncio.get_running_loop()
    if not (at_work := [one for one in _in_threads if not one.done() and one.get_loop() is loop]):
        return False
    fails = asyncio.ensure_future(app._exception_event.wait())
    done, _ = await asyncio.wait([fails, *at_work], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    fails.cancel()
    assert done, f"still at work after {PATIENCE:.0f} s: {at_work}"
    return True


async def _pause(pilot: Pilot[Any], delay: float = 0) -> None:
    """Wait until the app is at rest, after a delay of its clock."""
    await clock.pass_time(pilot.app, clock.now + delay)


async def _app_at_rest(*_: float) -> None:
    """What stands for a wait of Textual's that knows no pilot."""
    await at_rest(active_app.get())


def _run_seen(*arguments: Any) -> asyncio.Future[Any]:
    future = run_in_executor(*arguments)
    _in_threads.add(future)
    return future


@contextmanager
def without_clocks() -> Iterator[None]:
    """Pilots wait until their app is at rest, and its timers go by `clock`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.BaseEventLoop, "run_in_executor", _run_seen)
        patch.setattr("textual.timer._time", SimpleNamespace(get_time=lambda: clock.now))
        patch.setattr("textual.timer.sleep", lambda seconds: clock.sleep(seconds))
        patch.setattr(Notification, "time_left", property(lambda notification: notification.timeout))
        patch.setattr(Pilot, "_wait_for_screen", lambda pilot: at_rest(pilot.app))
        patch.setattr(Pilot, "pause", _pause)
        patch.setattr("textual.app.wait_for_idle", _app_at_rest)
        yield
