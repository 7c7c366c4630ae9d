"""The commands: each parses, calls one action or rule, and prints."""

from __future__ import annotations

import gc
from typing import NoReturn

_OBJECTS = 30_000
"""How many objects are made before the garbage collector looks through them (1 ms). A short command ends before that,
which saves a tenth of its time."""


def main() -> NoReturn:
    """The entry point of `meetingtool`."""
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    from meetingtool.cli.entry import start

    start()
