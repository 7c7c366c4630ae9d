"""Tabs that pass the focus on, and the arrows that turn the tabs of a mode."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Tab, Tabs


class ClickedTabs(Tabs):
    """Tabs under which something takes the focus after a click, so that the next key works there.

    Whoever walks along the tabs with the arrows stays on them; down leads into the one that is shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "into", "Into the tab", show=False, id="tabs.into", tooltip="Into the tab that is shown"),
    ]

    class Clicked(Message):
        """A tab was clicked, even one already shown, or down was pressed on it."""

    def action_into(self) -> None:
        """What is under the tab takes the focus."""
        self.post_message(self.Clicked())

    def on_tab_clicked(self) -> None:
        """Say so once the click is done with."""
        self.call_after_refresh(self.post_message, self.Clicked())


def fit(tabs: Tabs) -> None:
    """Where not all titles have room, only the digits of those that are not shown; each title is a tooltip as well."""
    there = [tab for tab in tabs.query(Tab) if tab.display and tabs.size.width]
    titles = [tab.tooltip if isinstance(tab.tooltip, str) else tab.label_text for tab in there]
    around = sum(tab.styles.gutter.width for tab in there)
    crowded = around + sum(Content(title).cell_length for title in titles) > tabs.size.width
    for tab, title in zip(there, titles, strict=True):
        tab.tooltip = title
        said = title if not crowded or tab.id == tabs.active else title.partition(" ")[0]
        if tab.label_text != said:
            tab.label = Content(said)


def numbered(titles: Iterable[str]) -> list[str]:
    """The titles of tabs, each behind the digit that leads to it: where one is hidden, the others keep theirs."""
    return [f"{digit} {title}" for digit, title in enumerate(titles, 1)]


def turning(mode: str) -> list[BindingType]:
    """The arrows turn the tabs of a mode, the same in all modes that have some: `action_beside` does it.

    They come before the lists' own ways to scroll sideways, which would hide them from the sheet of keys.
    """
    about = "The next or the previous tab"
    return [
        Binding("right", "beside(1)", "Tabs", id=f"{mode}.next_tab", show=False, priority=True, tooltip=about),
        Binding("left", "beside(-1)", "Tabs", id=f"{mode}.tab_before", show=False, priority=True, tooltip=about),
    ]
