"""Text that is typed and not saved yet: kept as drafts under keys, what is typed in the room apart from the private."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from meetingtool.errors import MeetingtoolError
from meetingtool.store.drafts import Drafts

IN_ROOM = "-room"
"""How the keys of drafts typed in the room end."""

APART = "\n\n"
"""Between texts that were set apart under one key."""


class HalfTyped(Protocol):
    """A widget that holds text that is not saved yet."""

    def __hash__(self) -> int: ...

    def keep_now(self) -> None:
        """Save the text as a draft at once."""

    def take_up(self) -> None:
        """The screen became shared or private: show what is half typed for that."""


class AppDrafts:
    """The drafts of the app. kept: where they are. tell: says what failed; the text stays where it is typed.

    room: it is typed, or to be shown, while the screen is shared.
    """

    def __init__(self, kept: Drafts, tell: Callable[[MeetingtoolError], object]) -> None:
        self._kept = kept
        self._tell = tell
        self.typing: set[HalfTyped] = set()
        """All that must be saved as a draft before the app closes."""

    def text(self, key: str, *, room: bool = False) -> str:
        """What is half typed under a key: in the room only what was typed there; in private, that too if there is
        nothing else."""
        in_room = f"{key}{IN_ROOM}"
        return self._kept.get(in_room) if room else self._kept.get(key) or self._kept.get(in_room)

    def begun_in_room(self, key: str) -> bool:
        """Whether what is half typed under a key was typed in the room alone."""
        return not self._kept.get(key) and bool(self._kept.get(f"{key}{IN_ROOM}"))

    def keep(self, key: str, text: str, *, room: bool = False, begun: bool = False) -> None:
        """Save half-typed text as a draft, or forget it when nothing is left of it.

        begun: it was begun in the room; once it is changed in private it is private.
        """
        in_room = f"{key}{IN_ROOM}"
        text = text if text.strip() else ""
        try:
            if room:
                self._kept.put(in_room, text)
            elif not (begun and text == self._kept.get(in_room)):
                self._kept.put(key, text)
                if begun:
                    self._kept.clear(in_room)
        except MeetingtoolError as error:
            self._tell(error)

    def set_apart(self, key: str) -> None:
        """Keep half-typed text under `apart(key)` instead, after what is there already: what is typed next doesn't
        begin with it."""
        try:
            for where in ("", IN_ROOM):
                if text := self._kept.get(f"{key}{where}"):
                    to = f"{apart(key)}{where}"
                    self._kept.put(to, APART.join(filter(None, (self._kept.get(to), text))))
                    self._kept.clear(f"{key}{where}")
        except MeetingtoolError as error:
            self._tell(error)

    def keep_all(self) -> None:
        """Save all that is half typed as drafts at once."""
        for typed in tuple(self.typing):
            typed.keep_now()

    def take_up(self) -> None:
        """The screen became shared or private: show what is half typed for that."""
        for typed in tuple(self.typing):
            typed.take_up()


def apart(key: str) -> str:
    """The key of what was half typed under a key and set apart, for somebody to take up."""
    return f"{key}-apart"
