"""What a person reads on the screen, as plain text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from at_rest import clock
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget


def screen_text(app: App[object]) -> str:
    """The lines of the screen as they are drawn now, the topmost screen over those below."""
    screen = app.screen
    strips = screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def widget_text(app: App[object], widget: Widget) -> str:
    """The lines of one widget as they are drawn now, without what surrounds it."""
    region = widget.region
    lines = screen_text(app).split("\n")[region.y : region.bottom]
    return "\n".join(line[region.x : region.right].rstrip() for line in lines)


def said(app: App[object]) -> str:
    """The messages that are shown in a corner now, oldest first."""
    return "\n".join(f"{notification.title} {notification.message}".strip() for notification in app._notifications)


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type a text: all but its last letters at once, as a fast typist's keys arrive, and let the screen follow."""
    if len(text) > 4:
        pilot.app.post_message(events.Paste(text[:-2]))
        await pilot.pause()
        text = text[-2:]
    await pilot.press(*text)


async def until(pilot: Pilot[None], seen: Callable[[], bool]) -> None:
    """Wait until it is seen, on however slow a machine. The app's clock goes from timer to timer at first, for two
    seconds, and then with the real one: what is waited for may be on a server."""
    begun, quick_until = monotonic(), clock.now + 2
    await pilot.pause()
    while not seen():
        assert monotonic() - begun < 20, screen_text(pilot.app)
        if (due := clock.next_due()) <= quick_until:
            await clock.pass_time(pilot.app, due)
        else:
            await asyncio.sleep(0.01)
            await pilot.pause(0.01)
