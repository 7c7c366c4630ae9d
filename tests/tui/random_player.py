"""Somebody who presses anything anywhere: keys, bursts of keys and of the mouse, pastes, other sizes of the window."""

from __future__ import annotations

import asyncio
import random

from textual import events
from textual.pilot import Pilot

from meetingtool.tui.app import MeetingtoolApp

KEYS = (
    *"abcdefghijklmnoprstuvwxyzGJK0123456789",
    *("enter", "escape", "tab", "shift+tab", "space", "backspace", "delete"),
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "shift+up", "shift+down"),
    *("slash", "question_mark", "colon", "comma", "minus", "plus", "asterisk", "tilde", "equals_sign", "f1"),
    *("left_square_bracket", "right_square_bracket"),
    *("ctrl+s", "ctrl+r", "ctrl+z", "ctrl+t", "ctrl+n", "ctrl+o", "ctrl+g", "ctrl+l"),
)
MODES = ("t", "m", "h", "p", "b", "comma", "slash", "w")
"""Keys that lead far, so that a walk sees all rooms."""
SIZES = ((200, 50), (120, 36), (80, 24), (100, 30), (60, 20), (40, 12), (20, 6), (9, 5), (5, 3))
PASTES = ("@maria one\n@tom two", "[/foo] !x by fri", "\n\n", "11", "2026-13-45")


class Player:
    """Plays on an app that runs. `moves`: what was done, the latest last, to be told where the app fails."""

    def __init__(self, app: MeetingtoolApp, pilot: Pilot[None], seed: int) -> None:
        self.app, self.pilot = app, pilot
        self.chance = random.Random(seed)
        self.moves: list[str] = []

    async def play(self, moves: int) -> None:
        """Make so many moves, or fewer where one of them ends the app as it should."""
        for _ in range(moves):
            if not self.app.is_running or self.app.ending:
                return
            await self._move()

    async def _move(self) -> None:
        kinds = ("key", "mode", "burst", "click", "paste", "size", "wait")
        kind = self.chance.choices(kinds, (60, 10, 12, 10, 4, 4, 4))[0]
        if kind == "size":
            size = self.chance.choice(SIZES)
            self.moves.append(f"size {size}")
            await self.pilot.resize_terminal(*size)
        elif kind == "click":
            self._press()
            await self.pilot.pause()
        elif kind == "paste":
            text = self.chance.choice(PASTES)
            self.moves.append(f"paste {text!r}")
            self.app.post_message(events.Paste(text))
            await self.pilot.pause()
        elif kind == "wait":
            seconds = self.chance.choice((0.3, 2.0, 10.0))
            self.moves.append(f"wait {seconds}")
            await self.pilot.pause(seconds)
        elif kind == "burst":
            done = self.chance.choices((*KEYS, *("press",) * 25), k=self.chance.randint(2, 5))
            self.moves.append(f"burst {done}")
            for key in done:
                self._press() if key == "press" else self.app.simulate_key(key)
                await asyncio.sleep(0)
            await self.pilot.pause()
        else:
            key = self.chance.choice(MODES if kind == "mode" else KEYS)
            self.moves.append(key)
            await self.pilot.press(key)

    def _press(self) -> None:
        """Press and let go, at another place every third time. A Pilot's own click doesn't go through the app."""
        width, height = self.app.size
        at, other = [(self.chance.randrange(width), self.chance.randrange(height)) for _ in range(2)]
        to = self.chance.choice((at, at, other))
        self.moves.append(f"click {at} to {to}")
        for kind, (x, y) in ((events.MouseDown, at), (events.MouseMove, to), (events.MouseUp, to)):
            self.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))


async def play(app: MeetingtoolApp, seed: int, moves: int) -> list[str]:
    """Play on a fresh app; what it fails with has the moves as a note."""
    player: Player | None = None
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            player = Player(app, pilot, seed)
            await player.play(moves)
    except BaseException as error:
        if player is not None:
            error.add_note(f"seed {seed}, after {len(player.moves)} moves: {player.moves[-12:]}")
        raise
    return player.moves
