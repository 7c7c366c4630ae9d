"""Stories as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.records.stories import Story
from meetingtool.rules.roster import Roster
from meetingtool.tui.widgets.story_text import story_row


class StoryList(OptionList):
    """Stories in their order; `show()` keeps the cursor on the story where it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._rows: tuple[tuple[str, Story], ...] = ()
        self._drawn: tuple[object, ...] = ()

    @property
    def chosen(self) -> Story | None:
        """The story under the cursor."""
        if self.highlighted is None or self.highlighted >= len(self._rows):
            return None
        return self._rows[self.highlighted][1]

    def show(self, rows: Sequence[tuple[str, Story]], roster: Roster, *, to_end: bool = False) -> None:
        """Show stories, each with the short word that stands before it (a time, or `waiting`)."""
        drawn = (tuple((word, story.id, story.version) for word, story in rows), roster)
        if drawn == self._drawn:
            return
        before = self.chosen
        self._rows, self._drawn = tuple(rows), drawn
        self.set_options(Option(story_row(word, story, roster), id=story.id) for word, story in rows)
        ids = [story.id for _, story in rows]
        if to_end and ids:
            self.highlighted = len(ids) - 1
        elif before is not None and before.id in ids:
            self.highlighted = ids.index(before.id)
        elif ids:
            self.highlighted = min(self.highlighted or 0, len(ids) - 1)
