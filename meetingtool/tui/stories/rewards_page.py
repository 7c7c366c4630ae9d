"""Rewards that come with thanks: Enter marks one as handed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from meetingtool.actions.stories.thanks import hand_over, rewards
from meetingtool.rules import wording
from meetingtool.rules.stories.thanks import KINDS, Reward
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.list_page import ListPage


class RewardsPage(ListPage[Reward]):
    """In the room, only rewards of thanks that everybody may hear. with_given: those handed over are listed below."""

    enter = "Handed over"
    EMPTY = "No reward is owed."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="rewards.edit", tooltip="Change the reward"),
        Binding("u", "app.undo", "Undo", id="undo", tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("escape,y,R", "app.pop_screen", "Back", id="rewards.back", tooltip="Back"),
    ]

    def __init__(self, *, with_given: bool = False) -> None:
        super().__init__("Rewards of thanks" if with_given else "Rewards to hand over")
        self.with_given = with_given

    def listed(self) -> Sequence[Reward]:
        owed = self.desk.rewards_owed()
        given = [one for one in rewards(self.desk)[::-1] if not one.owed] if self.with_given else []
        return [*owed, *given]

    def row(self, item: Reward) -> ColumnsRow:
        today, award = self.desk.today, item.award
        who = wording.one_line(self.desk.roster.names(item.story.people))
        given = f"given {wording.day(award.on, today) if award.on else ''}".rstrip()
        about = (
            KINDS[award.kind],
            wording.money(award.value) if award.value and not self.desk.room else "",
            "" if item.owed else given,
        )
        return ColumnsRow(
            [(Content.styled(wording.day(item.story.at.date(), today), "$text-muted"), 15)],
            Content.assemble((who, "bold"), f"  {wording.one_line(item.words)}"),
            Content.styled(" · ".join(filter(None, about)), "$text-muted"),
        )

    def entered(self, item: Reward) -> None:
        if not item.owed:
            self.action_edit()
            return
        desk = self.desk
        if self.tool.attempt(lambda: hand_over(desk.workspace, item.story, desk.now)) is not None:
            self.tool.say(f"Handed over: {wording.shortened(item.words, 60)}. u undoes it.")

    def action_edit(self) -> None:
        """Change the reward under the cursor."""
        from meetingtool.tui.stories.reward_form import RewardForm

        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self.items):
            self.app.push_screen(RewardForm(self.items[at].story))
