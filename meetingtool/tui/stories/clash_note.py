"""Saying in a dialog that somebody else changed the same record meanwhile, or removed it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from meetingtool.errors import Conflict, MeetingtoolError
from meetingtool.rules import wording

SHOWN = 400


class ClashNote(Static):
    """Hidden until both sides changed the same field, or the record is gone. What was typed stays."""

    DEFAULT_CSS = """
    ClashNote { height: auto; max-height: 8; color: $warning; padding: 0 1; display: none; }
    """

    def __init__(self) -> None:
        super().__init__(id="clash", markup=False)
        self._unsaid = False

    def on_resize(self) -> None:
        """Scroll it into sight once it is laid out, however long the dialog is."""
        self.call_after_refresh(self.scroll_visible, animate=False)

    def tell(self, theirs: Iterable[tuple[str, str]]) -> None:
        """Show a clash. theirs: the fields that clash, by label, with what they say now."""
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
        self._unsaid = True

    def holds_save(self) -> bool:
        """Whether this is the first save since the clash: it is held back, with a message, since the note may not have
        been read while typing. The next save is meant.
        """
        held, self._unsaid = self._unsaid, False
        if held:
            self.notify(
                "Not saved yet: somebody changed the same words. Look at theirs, and save again to replace them.",
                title=Conflict.title,
                severity="warning",
                markup=False,
            )
        return held

    def tell_gone(self, error: MeetingtoolError) -> None:
        """Show that the record can't be saved any more. error: what saving it would raise."""
        self.update(Content(f"! {error} Your words are kept as a draft."))
        self.display = True

    def take_back(self) -> None:
        """Hide the note: it no longer holds."""
        self.display = False
