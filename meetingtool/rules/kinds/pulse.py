"""How the team is, as it said itself."""

from __future__ import annotations

import msgspec

from meetingtool.records.pulse import PulseRound
from meetingtool.rules import wording
from meetingtool.rules.kinds.kind import Background, Fact, Kind, called
from meetingtool.rules.people.pulse import LEAST
from meetingtool.rules.roster import Roster


class PulseKind(Kind[PulseRound]):
    """One time that the team was asked."""

    record = PulseRound
    together = (("statements", "asked", "answered", "counts"),)
    sorts = {"pulse": called("pulse", "pulses", long="pulse of the team")}
    written = frozenset({"statements"})

    def text(self, record: PulseRound, roster: Roster) -> str:
        return self.remark(record, roster)

    def remark(self, record: PulseRound, roster: Roster) -> str:
        if not record.answered:
            return f"{record.asked} asked, fewer than {LEAST} answered: nothing was kept"
        return f"{record.answered} of {record.asked} answered"

    def facts(self, record: PulseRound, roster: Roster, behind: Background) -> list[Fact]:
        meeting = behind.meeting
        return [
            Fact("answered", self.remark(record, roster)),
            Fact("meeting", wording.one_line(meeting.title) if meeting else "", meeting.ref if meeting else ""),
        ]

    def shape(self, record: PulseRound, roster: Roster) -> dict[str, object]:
        """Without the counts: how much of them may be shown depends on the rounds before."""
        fields = msgspec.structs.asdict(record)
        del fields["counts"]
        return fields
