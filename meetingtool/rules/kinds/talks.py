"""Talks with people who are new on the team."""

from __future__ import annotations

from meetingtool.records.talks import Talk
from meetingtool.rules import wording
from meetingtool.rules.kinds.kind import Background, Fact, Kind, called
from meetingtool.rules.roster import Roster


class TalkKind(Kind[Talk]):
    """A talk after somebody's first days. Private."""

    record = Talk
    sorts = {"talk": called("talk", long="talk with somebody new")}
    searched = True
    people_in = ("person",)
    written = frozenset({"text"})

    def text(self, record: Talk, roster: Roster) -> str:
        return record.text

    def facts(self, record: Talk, roster: Roster, behind: Background) -> list[Fact]:
        return [
            Fact("with", roster.full_name(record.person), tone="people"),
            Fact("after", wording.count(record.days, "day")),
        ]

    def texts(self, record: Talk) -> tuple[str, ...]:
        return (record.text,)
