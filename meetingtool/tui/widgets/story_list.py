"""Stories as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.records.stories import Story
from meetingtool.rules.roster import Roster
from meetingtool.tui.widgets.columns_row import ColumnsRow
from meetingtool.tui.widgets.story_text import story_row


class StoryList(OptionList):
    """Stories in their order; `show()` keeps the cursor on the story where it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """How much there is to scroll: lays the screen out anew only where the list is as high as its stories."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._rows: tuple[tuple[str, Story], ...] = ()
        self._looks: tuple[tuple[str, str, int], ...] = ()
        self._roster: Roster | None = None

    def watch_virtual_size(self) -> None:
        """Take the room that the stories need, where the list may."""
        if self.styles.auto_dimensions:
            self.refresh(layout=True)

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
        before, old = self.chosen, self._looks if roster is self._roster else ()
        self._rows, self._looks, self._roster = tuple(rows), looks, roster
        if old and [look[1] for look in looks[: len(old)]] == [look[1] for look in old]:
            for index, (was, now) in enumerate(zip(old, looks, strict=False)):
                if was != now:
                    self.replace_option_prompt_at_index(index, self._row(*rows[index]))
            self.add_options(Option(self._row(*row), id=row[1].id) for row in rows[len(old) :])
        else:
            self.set_options(Option(self._row(word, story), id=story.id) for word, story in rows)
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
