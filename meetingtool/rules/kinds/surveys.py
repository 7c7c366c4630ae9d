"""What customers answered, and what came of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import msgspec

from meetingtool.records.alerts import Alert, Comparison, Telling
from meetingtool.records.mentions import Mention
from meetingtool.records.surveys import Batch, Count, LeftOut, Served, Survey
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.kind import Background, Fact, Kind, called
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import count, day

MEASURED = frozenset({"measure", "measures", "key", "primary"})
"""Fields with the key of a measure, which is made of the question's words."""


class SurveyKind(Kind[Survey]):
    """A survey that comes again."""

    record = Survey
    sorts = {"survey": called("survey")}
    together = (("primary", "mapping"),)
    listed_by = {"measures": "key"}
    written = frozenset({"name", "title", "labels", "header", "unused", "sheet", "target_why", *MEASURED})

    def name(self, record: Survey, roster: Roster) -> str:
        return record.name

    def once(self, record: Survey) -> tuple[Hashable, ...]:
        return (fold(record.name),)


class BatchKind(Kind[Batch]):
    """The answers of one year out of one file. Private."""

    record = Batch
    sorts = {"batch": called("batch", "batches", long="batch of answers")}
    by_place = frozenset({"values", "ids", "comments", "customers", "named"})
    together = (("served", "by"), ("first", "days"), ("counts", "thinned_at"))
    written = frozenset({"file", "served", "comments", "named", *MEASURED})

    def people(self, record: Batch) -> tuple[str, ...]:
        found: tuple[Served | Count, ...] = (*record.served, *record.counts)
        people = [person for one in found for person in (one.person, *one.others)]
        return tuple(dict.fromkeys(filter(None, people)))

    def with_ids_replaced(self, record: Batch, to: Mapping[str, str]) -> Batch:
        if to.keys().isdisjoint(self.people(record)):
            return record

        def whom(one: Served | Count) -> dict[str, object]:
            person, *others = dict.fromkeys(to.get(each, each) for each in (one.person, *one.others))
            return {"person": person, "others": tuple(others)}

        served = tuple(msgspec.structs.replace(one, **whom(one)) for one in record.served)
        counts = tuple(msgspec.structs.replace(one, **whom(one)) for one in record.counts)
        return msgspec.structs.replace(record, served=served, counts=counts)

    def name(self, record: Batch, roster: Roster) -> str:
        return f"{record.file}, {count(len(record.days), 'answer')}"

    def facts(self, record: Batch, roster: Roster, behind: Background) -> list[Fact]:
        return [
            Fact("file", record.file),
            Fact("answers", str(len(record.days))),
            Fact("since", day(record.first, roster.today)),
            Fact("until", day(record.at.date(), roster.today)),
        ]

    def stands_alone(self, record: Batch, base: Batch | None) -> Batch | None:
        """One of which only counts are left, or whose rows are not those of before."""
        return record if record.thinned_at or (base is not None and len(record.days) != len(base.days)) else None


class LeftOutKind(Kind[LeftOut]):
    """An answer that does not count. Private."""

    record = LeftOut
    sorts = {"left-out": called("left out", "left out", long="answer left out")}

    def name(self, record: LeftOut, roster: Roster) -> str:
        return f"answer {record.row + 1}: {record.because}"

    def once(self, record: LeftOut) -> tuple[Hashable, ...]:
        return ((record.batch, record.row),)


class MentionKind(Kind[Mention]):
    """A customer naming somebody."""

    record = Mention
    sorts = {"mention": called("mention")}
    together = (("person", "state", "tone"),)
    people_in = ("person", "others")
    written = frozenset({"words", "account"})

    def name(self, record: Mention, roster: Roster) -> str:
        return record.words or roster.short_name(record.person)

    def once(self, record: Mention) -> tuple[Hashable, ...]:
        where = (record.batch, record.row) if record.batch else record.voice
        return ((where, fold(record.words), record.person),)


class AlertKind(Kind[Alert]):
    """A change of a survey that is real."""

    record = Alert
    sorts = {"alert": called("alert")}
    together = (("state", "cause", "words", "reason", "told_at", "told_in", "explained_at", "decided_at"),)
    written = frozenset({"says", "cause", "words", "reason", *MEASURED})

    def name(self, record: Alert, roster: Roster) -> str:
        return record.says or f"{record.kind.replace('-', ' ')}, {record.period}"

    def once(self, record: Alert) -> tuple[Hashable, ...]:
        return ((record.survey, record.measure, record.period, record.kind),)


class ComparisonKind(Kind[Comparison]):
    """A measure before and after something."""

    record = Comparison
    sorts = {"comparison": called("comparison")}
    written = frozenset({"because", *MEASURED})

    def name(self, record: Comparison, roster: Roster) -> str:
        return record.because


class TellingKind(Kind[Telling]):
    """The team was told the results of a period."""

    record = Telling
    sorts = {"telling": called("results told", "results told")}
    kept_once_here = False
    written = frozenset({"how"})

    def name(self, record: Telling, roster: Roster) -> str:
        return record.period

    def once(self, record: Telling) -> tuple[Hashable, ...]:
        return ((record.survey, record.period, record.meeting),)
