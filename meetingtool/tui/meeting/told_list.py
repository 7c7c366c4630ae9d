"""The stories of a meeting, with what can be done to the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from meetingtool.records.stories import Story
from meetingtool.rules.roster import Roster
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_list import RowList
from meetingtool.tui.meeting.deepen import DeepenPage
from meetingtool.tui.stories import record_deeds
from meetingtool.tui.stories.edit_line import EditLine
from meetingtool.tui.stories.role_play import RolePlayPage
from meetingtool.tui.stories.story_text import story_row
from meetingtool.tui.tool import Tool


class StoryList(RowList):
    """Stories in their order; `show()` keeps the cursor on the story where it was."""

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
        """Show stories, each with the short word before it (a time, or `waits`). Rows that look the same stay as they
        are: one more story adds a row and doesn't redraw the list.
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


class ToldList(StoryList):
    """Every key works on the story under the cursor; Enter is left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="meeting.edit", tooltip="Edit the story under the cursor"),
        Binding("l", "deepen", "Learn", id="meeting.deepen",
                tooltip="What happened, how it was handled, what we learn"),
        Binding("r", "role_play", "Role-play", id="meeting.roleplay", tooltip="Make a role-play out of the sticky"),
        Binding("asterisk", "star", "Star", id="meeting.star", key_display="*", tooltip="Add or take off the star"),
        Binding("tilde", "private", "Private", id="meeting.private", key_display="~",
                tooltip="Make the story private, or public again"),
        Binding("x", "remove", "Remove", id="meeting.remove", tooltip="Move the story to the bin"),
    ]  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only what makes sense for the story under the cursor."""
        story = self.chosen
        if action == "deepen":
            return story is not None and story.kind != "win"
        if action == "role_play":
            return story is not None and story.kind == "sticky"
        return super().check_action(action, parameters)

    def watch_highlighted(self, before: int | None, now: int | None) -> None:
        """What can be done depends on the story under the cursor."""
        super().watch_highlighted(before, now)
        self.refresh_bindings()

    def action_edit(self) -> None:
        """Edit the story."""
        if self.chosen is not None:
            self.app.push_screen(EditLine(self.chosen))

    def action_deepen(self) -> None:
        """Say more about a sticky situation, or what came with thanks."""
        if self.chosen is not None:
            open_deepening(self.tool, self.chosen)

    def action_role_play(self) -> None:
        """Make a role-play out of a sticky situation."""
        from meetingtool.actions.playbook.roleplay import draft_card

        story, desk = self.chosen, self.tool.desk
        if story is None:
            return
        card = self.tool.attempt(lambda: draft_card(desk.workspace, story, desk.now))
        if card is not None:
            self.app.push_screen(RolePlayPage(story, card))

    def action_star(self) -> None:
        """Star the story, or take the star off."""
        if self.chosen is not None:
            record_deeds.star(self.tool, self.chosen)

    def action_private(self) -> None:
        """Make the story private, or public again."""
        if self.chosen is not None:
            record_deeds.change_privacy(self.tool, self.chosen)

    def action_remove(self) -> None:
        """Move the story to the bin."""
        if self.chosen is not None:
            record_deeds.put_into_bin(self.tool, self.chosen)


def open_deepening(tool: Tool, story: Story) -> None:
    """Open the questions of a sticky situation, or what comes with thanks."""
    if story.kind == "praise":
        from meetingtool.tui.stories.reward_form import RewardForm

        tool.push_screen(RewardForm(story))
    else:
        tool.push_screen(DeepenPage(story))
