"""The rewards that are owed: Enter marks one as handed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.stories.thanks import hand_over
from meetingtool.rules import wording
from meetingtool.rules.stories.thanks import Reward
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.list_page import ListPage


class RewardsPage(ListPage[Reward]):
    """In the room only the rewards of thanks that everybody may hear."""

    enter = "Handed over"
    EMPTY = "No reward is owed."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,ctrl+z", "app.undo", "Undo", id="rewards.undo", tooltip="Undo the last change"),
        Binding("escape,y", "app.pop_screen", "Back", id="rewards.back", tooltip="Back"),
    ]

    def __init__(self) -> None:
        super().__init__("Rewards to hand over")

    def listed(self) -> Sequence[Reward]:
        return self.desk.rewards_owed()

    def row(self, item: Reward) -> ColumnsRow:
        day = wording.day(item.story.at.date(), self.desk.today)
        who = wording.one_line(self.desk.roster.names(item.story.people))
        return ColumnsRow(
            [(Content.styled(day, "$text-muted"), 15)],
            Content.assemble((who, "bold"), f"  {wording.one_line(item.words)}"),
        )

    def entered(self, item: Reward) -> None:
        desk = self.desk
        if self.tool.attempt(lambda: hand_over(desk.workspace, item.story, desk.now)) is not None:
            self.tool.say(f"Handed over: {wording.shortened(item.words, 60)}. u undoes it.")
