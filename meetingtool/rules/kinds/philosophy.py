"""The sentences that a team agreed on, and whom it serves."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

import msgspec

from meetingtool.records.philosophy import Group, KnownFrom, Section, Statement
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.kind import Background, Fact, Kind, called
from meetingtool.rules.roster import Roster

SECTIONS: dict[Section, str] = {
    "vision": "Our vision",
    "customers": "Whom we serve",
    "promise": "What we promise",
    "values": "What matters to us",
    "service": "How we serve",
    "own": "How we work",
}
"""The parts of the philosophy with their titles, in order."""

KNOWN_FROM: dict[KnownFrom, str] = {
    "survey": "from our survey",
    "calls": "from our calls",
    "complaints": "from complaints",
    "said": "they told us",
}
"""How we know what somebody needs."""


class StatementKind(Kind[Statement]):
    """A sentence of the philosophy."""

    record = Statement
    sorts = {"statement": called("sentence", long="sentence of the philosophy")}
    together = (("agreed_on", "agreed_in", "agreed_with"),)
    people_in = ("agreed_with",)
    written = frozenset({"text"})

    def text(self, record: Statement, roster: Roster) -> str:
        return record.text

    def facts(self, record: Statement, roster: Roster, behind: Background) -> list[Fact]:
        def day(value: date | None) -> str:
            return wording.day(value, roster.today) if value else ""

        return [
            Fact("part", SECTIONS[record.section]),
            Fact("agreed", day(record.agreed_on) or "not yet"),
            Fact("agreed with", roster.names(record.agreed_with), tone="people"),
            Fact("read again", day(record.read_again)),
            Fact("retired", day(record.retired)),
        ]

    def shape(self, record: Statement, roster: Roster) -> dict[str, object]:
        """agreed_with_handles: beside the ids."""
        handles = [roster.handle(person) for person in record.agreed_with]
        return msgspec.structs.asdict(record) | {"agreed_with_handles": handles}

    def once(self, record: Statement) -> tuple[Hashable, ...]:
        return ((record.section, fold(record.text)),) if record.retired is None else ()


class GroupKind(Kind[Group]):
    """People whom the team serves."""

    record = Group
    sorts = {"group": called("group", long="group we serve")}
    written = frozenset({"name", "who", "text"})

    def name(self, record: Group, roster: Roster) -> str:
        return record.name

    def facts(self, record: Group, roster: Roster, behind: Background) -> list[Fact]:
        return [
            Fact("name", record.name),
            Fact("who", record.who),
            *(Fact("needs", f"{need.text} ({KNOWN_FROM[need.known_from]})") for need in record.needs),
            Fact("retired", wording.day(record.retired, roster.today) if record.retired else ""),
        ]

    def once(self, record: Group) -> tuple[Hashable, ...]:
        return (fold(record.name),)
