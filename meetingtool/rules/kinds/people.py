"""People, how they are rated, and what is written about a year of theirs."""

from __future__ import annotations

from collections.abc import Hashable

from meetingtool.records.base import REF_LENGTH
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.kind import Background, Fact, Kind, called, in_full
from meetingtool.rules.naming import number_key
from meetingtool.rules.roster import Roster


class PersonKind(Kind[Person]):
    """Somebody on the team."""

    record = Person
    sorts = {"person": called("person", "people")}

    def name(self, record: Person, roster: Roster) -> str:
        return record.name

    def facts(self, record: Person, roster: Roster, behind: Background) -> list[Fact]:
        return [
            Fact("handle", f"@{record.handle}"),
            Fact("name", record.name),
            Fact("role", record.role),
            Fact("since", wording.day(record.started, roster.today) if record.started else ""),
            Fact("until", wording.day(record.left, roster.today) if record.left else ""),
            Fact("customers", "" if record.meets_customers else "meets none"),
        ]

    def own(self, record: Person) -> tuple[str, ...]:
        """The number of somebody who has left may be given out again."""
        numbered = record.number and record.left is None
        return (f"@{fold(record.handle)}", *([f"the employee number {number_key(record.number)}"] if numbered else []))


class RatingKind(Kind[Rating]):
    """A rating of a person on a standard. Private."""

    record = Rating
    sorts = {"rating": called("rating")}
    together = (("value", "note"),)
    kept_once_here = False
    people_in = ("person",)
    written = frozenset({"note"})

    def name(self, record: Rating, roster: Roster) -> str:
        return f"{roster.short_name(record.person)} on #{roster.tag(record.standard)}"

    def standards(self, record: Rating) -> tuple[str, ...]:
        return (record.standard,)

    def facts(self, record: Rating, roster: Roster, behind: Background) -> list[Fact]:
        standard = roster.standard_of(record.standard)
        return [
            Fact("person", roster.full_name(record.person), tone="people"),
            Fact("standard", in_full(record.standard, roster), tone="standards"),
            Fact("rating", "not seen" if record.value is None else str(record.value)),
            Fact("means", standard.anchors[record.value - 1] if standard and record.value else ""),
            Fact("note", record.note),
        ]

    def links(self, record: Rating, roster: Roster, behind: Background) -> list[Fact]:
        known = {story.id: story for story in behind.stories}
        return [
            Fact("rests on", f"{known[id].kind}: {wording.shortened(known[id].text, 60)}", known[id].ref)
            if id in known
            else Fact("rests on", "a story that is no longer kept", id[-REF_LENGTH:])
            for id in record.stories
        ]

    def shape(self, record: Rating, roster: Roster) -> dict[str, object]:
        """value null stands for "not seen"."""
        return {
            "person": roster.handle(record.person),
            "person_id": record.person,
            "standard": roster.tag(record.standard),
            "standard_id": record.standard,
            "value": record.value,
            "note": record.note,
            "stories": record.stories,
        }

    def once(self, record: Rating) -> tuple[Hashable, ...]:
        return ((record.person, record.standard, record.at.date(), record.value, record.note),)


class EvaluationKind(Kind[Evaluation]):
    """The evaluation of a person for a period. Private. Its locked documents hold texts of other kinds too."""

    record = Evaluation
    sorts = {"evaluation": called("evaluation")}
    together = (("adjustment", "adjustment_reason"),)
    added_to = frozenset({"strengths", "growth", "goals", "became"})
    people_in = ("person",)
    written = frozenset(
        {
            "strengths",
            "growth",
            "goals",
            "became",
            "comment",
            "adjustment_reason",
            "open_guards_reason",
            "reason",
            "message",
        }
        | {"text", "line", "happened", "handled", "learned", "ended", "reward", "note", "notes", "answers"}
        | {"title", "gaps", "message", "bands"}
    )

    def name(self, record: Evaluation, roster: Roster) -> str:
        return f"{roster.short_name(record.person)}, {wording.day(record.until, roster.today)}"

    def facts(self, record: Evaluation, roster: Roster, behind: Background) -> list[Fact]:
        since, until = (wording.day(each, roster.today) for each in (record.since, record.until))
        return [
            Fact("person", roster.full_name(record.person), tone="people"),
            Fact("period", f"{since} to {until}"),
            Fact("state", record.state),
            Fact("strengths", record.strengths),
            Fact("growth", record.growth),
            Fact("goals", record.goals),
            Fact("last goals", record.became),
        ]

    def stands_alone(self, record: Evaluation, base: Evaluation | None) -> Evaluation | None:
        """One that was handed over stays word for word; what was handed over of a second one is kept beside it."""
        return record if record.state != "draft" or record.finals or record.fixed else None


def rated(rating: Rating, roster: Roster) -> str:
    """`Maria · #own-it · 4 · Tue 24 Nov`."""
    value = "not seen" if rating.value is None else str(rating.value)
    day = wording.day(rating.at.date(), roster.today)
    return " · ".join((roster.short_name(rating.person), f"#{roster.tag(rating.standard)}", value, day))
