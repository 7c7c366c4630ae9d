"""Stories as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from meetingtool.records.stories import Story
from meetingtool.rules.roster import Roster
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_list import RowList
from meetingtool.tui.stories.story_text import story_row


class StoryList(RowList):
    """Stories in their order; `show()` keeps the cursor on the story where it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: tuple[tuple[str, Story], ...] = ()
        self._looks: tuple[tuple[str, str, int], ...] = ()
        self._roster: Roster | None = None

    @property
    def chosen(self) -> Story | None:
        """The story under the cursor."""
        if self.highlighted is None or self.highlighted >= len(self._rows):
            return None
        return self._rows[self.highlighted][1]

    def show(self, rows: Sequence[tuple[str, Story]], roster: Roster, *, to_end: bool = False) -> None:
        """Show stories, each with the short word that stands before it (a time, or `waits`).

        Rows that look as before stay as they are: a story more is a row added, not a list drawn anew.
        """
        looks = tuple((word, story.id, story.version) for word, story in rows)
        if (looks, roster) == (self._looks, self._roster):
            return
        before = self.chosen
        drawn = dict(zip(self._looks, self._folded, strict=True)) if roster is self._roster else {}
        self._rows, self._looks, self._roster = tuple(rows), looks, roster
        self.put([drawn.get(look) or self._row(*row) for look, row in zip(looks, rows, strict=True)])
        ids = [story.id for _, story in rows]
        if to_end and ids:
            self.highlighted = len(ids) - 1
        elif before is not None and before.id in ids:
            self.highlighted = ids.index(before.id)
        elif ids:
            self.highlighted = min(self.highlighted or 0, len(ids) - 1)

    def _row(self, word: str, story: Story) -> ColumnsRow:
        assert self._roster is not None
        return story_row(word, story, self._roster, learning=True)
