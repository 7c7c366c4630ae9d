"""What the room finds of minutes: only words of lines that it may see."""

from __future__ import annotations

from meetingtool.rules.history.blocks import Block
from meetingtool.rules.history.masks import mask_at
from meetingtool.rules.history.query import Term
from meetingtool.rules.roster import Roster


class RoomWords:
    """The minutes as the room may search them: without lines that may name somebody who would rather not be thanked
    before others. What a line said is known here in folded words alone; in doubt it isn't found."""

    def __init__(self, roster: Roster) -> None:
        self._minding = [person for person in roster.everyone if person.thanks == "private"]
        self._shown: dict[str, str] = {}

    def unseen(self, block: Block, term: Term, among: int) -> int:
        """The positions, of those in `among` for which a term holds, where it holds in no line that may be seen."""
        if not self._minding or term.kind not in ("word", "phrase"):
            return 0
        minutes = block.sets["is"].get("meeting", 0) & among
        if not minutes:
            return 0
        hidden = (at for at in block.positions(minutes) if not self._holds(term, block.hays[at]))
        return mask_at(list(hidden), block.count)

    def _holds(self, term: Term, hay: str) -> bool:
        shown = self._shown.get(hay)
        if shown is None:
            from meetingtool.rules.stories.called import may_name  # only where somebody minds

            lines = hay.split("\n")
            shown = self._shown[hay] = "\n".join(line for line in lines if not may_name(line, self._minding))
        return any(needle in shown for needle in term.needles)
