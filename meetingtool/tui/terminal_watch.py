"""Ending the program when its terminal is gone, even where nothing else can."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from threading import Thread

LOOK_EVERY = 1.0
"""Seconds between two looks."""

GRACE = 3.0
"""Seconds that the app gets to notice by itself, keep what is half typed, and close."""

HUNG_UP = 129
"""The exit code: 128 and the number of the signal for a terminal's end."""


def end_with_terminal(still_there: Callable[[], bool]) -> None:
    """End the process a little after its terminal has gone. `still_there` is asked in a thread.

    A connection that stalls before it breaks leaves the app waiting for ever to write to a terminal that is gone: it
    would stay, unseen, and take a whole core. Nothing is lost: saved records are on disk, and half-typed text is kept
    as it is typed.
    """

    def watch() -> None:
        while still_there():
            time.sleep(LOOK_EVERY)
        time.sleep(GRACE)
        os._exit(HUNG_UP)

    Thread(target=watch, name="terminal watch", daemon=True).start()
