"""The commands: each parses, calls one action or rule, and prints."""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """The entry point of `meetingtool`."""
    from meetingtool.cli.entry import start

    start()
