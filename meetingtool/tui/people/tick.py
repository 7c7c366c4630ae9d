"""A box to tick that says by its sign, not by its colour, whether it is ticked."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Checkbox


class Tick(Checkbox):
    """`[✓] yes` or `[ ] no`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Tick { border: none; padding: 0; margin: 0 2 0 0; background: transparent; height: auto; }
    Tick:focus { border: none; background: $panel; }
    """

    @property
    def _button(self) -> Content:
        return Content.styled("[✓]" if self.value else "[ ]", "bold $accent" if self.value else "$text-muted")
