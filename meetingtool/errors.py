"""What a person is told when something is refused or fails."""

from __future__ import annotations

from typing import Any


class MeetingtoolError(Exception):
    """Something was refused or failed, and nothing was lost.

    `message` says what, in one sentence; `hint` says what to do next. Both are safe to show in a
    shared room: they never quote a score, a rating, an evaluation or a private story.
    """

    title = "That did not work"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Refused(MeetingtoolError):
    """The manager asked for something that the rules do not allow."""

    title = "Not possible"


class Unclear(MeetingtoolError):
    """A name, a date or a reference could mean several things, or none."""

    title = "Please say which"


class NotFound(MeetingtoolError):
    """There is nothing with that name or reference."""

    title = "Not found"


class Conflict(MeetingtoolError):
    """The record was changed elsewhere since it was read. `current` is the record as it is kept now."""

    title = "Changed meanwhile"

    def __init__(self, message: str, hint: str = "", current: Any = None) -> None:
        super().__init__(message, hint)
        self.current = current


class InRoom(MeetingtoolError):
    """Something private was asked for while the screen is shared."""

    title = "Not in the room"
