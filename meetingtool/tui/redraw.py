"""How screens follow the records."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Redraws(Protocol):
    """A screen that can show the records as they are now, keeping focus, cursor and half-typed text."""

    @property
    def is_mounted(self) -> bool:
        """Whether its widgets exist."""

    def redraw(self) -> None:
        """Show the records as they are now."""


class HalfTyped(Protocol):
    """What holds text that is not saved yet."""

    def __hash__(self) -> int: ...

    def keep_now(self) -> None:
        """Put the text into safety at once."""
