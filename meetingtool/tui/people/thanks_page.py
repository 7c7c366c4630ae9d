"""Who has not been thanked lately: the longest ago first, for the manager alone. Enter thanks somebody, for what they
are owed thanks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.stories.thanks import not_thanked, owed
from meetingtool.rules import wording
from meetingtool.rules.stories.thanks import OwedThanks, Unthanked
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.list_page import ListPage

NEVER = "not in the past year"
IN_PRIVATE = "in private"


class ThanksPage(ListPage[Unthanked]):
    """No ranking: it says whom to look at next, and what for where thanks are owed."""

    for_manager_alone = True
    enter = "Thank"
    EMPTY = "Nobody is on the team yet."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("R", "rewards", "Rewards", id="thanks.rewards", tooltip="Rewards of thanks, owed and handed over"),
        Binding("u", "app.undo", "Undo", id="undo", tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("escape,T", "app.pop_screen", "Back", id="thanks.back", tooltip="Back"),
    ]

    def __init__(self) -> None:
        super().__init__("Not thanked lately")
        self._owed: dict[str, OwedThanks] = {}

    def listed(self) -> Sequence[Unthanked]:
        self._owed = {one.person: one for one in owed(self.desk)}
        return not_thanked(self.desk)

    def row(self, item: Unthanked) -> ColumnsRow:
        last = wording.ago(item.last, self.desk.today) if item.last else NEVER
        owing = self._owed.get(item.person.id)
        about = [owing.reason if owing else "", IN_PRIVATE if item.person.thanks == "private" else ""]
        return ColumnsRow(
            [(Content.styled(last, "$text-muted"), len(NEVER) + 1)],
            Content.assemble((wording.one_line(item.person.name), "bold")),
            Content.styled(" · ".join(filter(None, about)), "$text-muted"),
        )

    def entered(self, item: Unthanked) -> None:
        owing = self._owed.get(item.person.id)
        self.tool.action_capture("praise", f"@{item.person.handle} ", owing.record if owing else "")

    def action_rewards(self) -> None:
        """The rewards, owed and handed over."""
        from meetingtool.tui.stories.rewards_page import RewardsPage

        self.app.push_screen(RewardsPage(with_given=True))
