"""Saying in a dialog that somebody else changed the same record meanwhile, or removed it."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic

from textual.content import Content
from textual.widgets import Static

from meetingtool.errors import MeetingtoolError
from meetingtool.rules import wording

SHOWN = 400
READ_IN = 1.0
"""Seconds a note has to be shown before it counts as read."""


class ClashNote(Static):
    """Hidden until both sides changed the same field, or the record is gone. What was typed stays where it is."""

    DEFAULT_CSS = """
    ClashNote { height: auto; max-height: 8; color: $warning; padding: 0 1; display: none; }
    """

    def __init__(self) -> None:
        super().__init__(id="clash", markup=False)
        self._read_at = 0.0

    def on_resize(self) -> None:
        """Where it has a place it is seen, however long the dialog is."""
        self.call_after_refresh(self.scroll_visible, animate=False)

    def tell(self, theirs: Iterable[tuple[str, str]]) -> None:
        """theirs: the fields that clash, by their labels, with what they say now."""
        said = "; ".join(
            f"{label} now says “{wording.shortened(text, SHOWN)}”" if text else f"{label} is empty now"
            for label, text in theirs
        )
        self.update(
            Content(
                f"! Changed elsewhere meanwhile: {said}. Save again to replace it with yours; theirs stays as the "
                "previous version. Escape keeps theirs."
            )
        )
        self.display = True
        self._read_at = monotonic() + READ_IN

    def unread(self) -> bool:
        """Whether a clash appeared so recently that whoever saves now may not have seen it. Only once for each clash:
        a save that was held for it has shown it.
        """
        unread = monotonic() < self._read_at
        self._read_at = 0.0
        return unread

    def tell_gone(self, error: MeetingtoolError) -> None:
        """The record can't be saved as long as this is shown. error: what saving it would raise."""
        self.update(Content(f"! {error} Your words are kept as a draft."))
        self.display = True

    def take_back(self) -> None:
        """What was said no longer holds."""
        self.display = False
