"""Tabs that give the focus on."""

from __future__ import annotations

from textual.message import Message
from textual.widgets import Tabs


class ClickedTabs(Tabs):
    """Tabs under which something takes the focus after a click, so that the next key works there.

    Whoever walks along the tabs with the arrows stays on them.
    """

    class Clicked(Message):
        """A tab was clicked, be it the one that is shown already."""

    def on_tab_clicked(self) -> None:
        """Say so once the click is done with."""
        self.call_after_refresh(self.post_message, self.Clicked())
