"""The end of the program when its terminal is gone, even where nothing else can bring it about."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from threading import Thread

LOOK_EVERY = 1.0
"""Seconds between two looks."""

GRACE = 3.0
"""Seconds that the app has to notice by itself, to keep what is half typed and to close."""

HUNG_UP = 129
"""The exit code: 128 and the number of the signal that tells of a terminal's end."""


def end_with_terminal(still_there: Callable[[], bool]) -> None:
    """End the process a little after its terminal has gone. `still_there` is asked in a thread.

    A connection that stalls before it breaks leaves the app waiting for ever to write to what is no longer there: it
    would stay, unseen, and take a whole core. What was saved is saved, and half-typed text is kept as it is typed.
    """

    def watch() -> None:
        while still_there():
            time.sleep(LOOK_EVERY)
        time.sleep(GRACE)
        os._exit(HUNG_UP)

    Thread(target=watch, name="terminal watch", daemon=True).start()
