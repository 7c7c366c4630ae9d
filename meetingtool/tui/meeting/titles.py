"""Titles of panels."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


def retitle(widget: Widget, title: Content | str) -> None:
    """Give a panel its title. Where it says the same already nothing is done: Textual draws the whole panel for it."""
    text = Content(title) if isinstance(title, str) else title
    if widget.border_title != text.markup:
        widget.border_title = text
