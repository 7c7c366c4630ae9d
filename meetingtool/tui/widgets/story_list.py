"""Stories as they come: a list whose lines wrap under themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.roster import Roster
from meetingtool.tui.widgets.story_text import marks, names, tags

NAME_WIDTH = 12
MOST_LETTERS = 1_000
"""A longer story is cut in the list; its own page shows it whole."""


class StoryList(OptionList):
    """Stories in their order; `show()` keeps the cursor on the story where it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._rows: tuple[tuple[str, Story], ...] = ()
        self._roster: Roster | None = None
        self._drawn: tuple[object, ...] = ()

    @property
    def chosen(self) -> Story | None:
        """The story under the cursor."""
        if self.highlighted is None or self.highlighted >= len(self._rows):
            return None
        return self._rows[self.highlighted][1]

    def show(self, rows: Sequence[tuple[str, Story]], roster: Roster, *, to_end: bool = False) -> None:
        """Show stories, each with the short word that stands before it (a time, or `waiting`)."""
        self._rows, self._roster = tuple(rows), roster
        self._draw(to_end=to_end)

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def _draw(self, *, to_end: bool = False) -> None:
        width = self.scrollable_content_region.width
        if self._roster is None or width <= 0:
            return
        drawn = (width, tuple((word, story.id, story.version) for word, story in self._rows), self._roster)
        if drawn == self._drawn:
            return
        before = self.chosen
        self._drawn = drawn
        roster = self._roster
        self.set_options(Option(story_row(word, story, roster, width), id=story.id) for word, story in self._rows)
        ids = [story.id for _, story in self._rows]
        if to_end and ids:
            self.highlighted = len(ids) - 1
        elif before is not None and before.id in ids:
            self.highlighted = ids.index(before.id)
        elif ids:
            self.highlighted = min(self.highlighted or 0, len(ids) - 1)


def story_row(word: str, story: Story, roster: Roster, width: int) -> Content:
    """A story with what stands before it, wrapped to `width` cells with its words under each other."""
    name = wording.shortened(names(story.people, roster), NAME_WIDTH)
    head = Content.assemble(
        (f"{word:<6}", "$text-muted"),
        (f"{marks(story):<2} ", "bold $accent"),
        (name + " " * (NAME_WIDTH - Content(name).cell_length) + "  ", "bold"),
    )
    end = "  ".join(part for part in (tags(story.standards, roster), wording.one_line(story.customer)) if part)
    text = Content(wording.shortened(story.text, MOST_LETTERS))
    if end:
        text = Content.assemble(text, "  ", (end, "$accent"))
    if story.unsorted:
        text = Content.assemble(text, "  ", ("! to sort out", "$warning"))
    indent = head.cell_length
    lines = text.wrap(max(width - indent, 20))
    below = Content("\n" + " " * indent)
    return Content.assemble(head, below.join(lines))
