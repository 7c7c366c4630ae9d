"""What a kind of record has to answer; most of it has a default that will do for a new one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, ClassVar, Generic, Literal, TypeVar

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.playbook import Question
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.roster import Roster

R = TypeVar("R", bound=Record)

ListingRow = dict[str, Any]
"""What a record has of the keys of a listing."""

Part = tuple[str, str]
"""A title and what was said under it."""

Tone = Literal["", "people", "standards", "state", "unsorted"]

BOOKKEEPING = frozenset({"id", "at", "made_at", "made_by", "version", "removed_at"})
"""Fields that every record has, and that say nothing about its subject."""


class KindWords(msgspec.Struct, frozen=True):
    """What a record is called. short: in a row; long: in a sentence; plural: of several; title: at the head of a page.

    found: what `is:` finds, as the help for a search says it.
    """

    short: str
    plural: str
    long: str
    title: str
    found: str


def called(short: str, plural: str = "", *, long: str = "", title: str = "", found: str = "") -> KindWords:
    """The words for one sort of record; those not given follow from the short one."""
    plural, long = plural or f"{short}s", long or short
    return KindWords(short, plural, long, title or long[:1].upper() + long[1:], found or plural)


class Fact(msgspec.Struct, frozen=True):
    """Something known of a record, under a label in small letters. ref: of the record that it is about, if of one.

    tone: what it is about, for whoever draws it in a colour.
    """

    label: str
    text: str
    ref: str = ""
    tone: Tone = ""


class Background(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to a record.

    meeting: the one in which it was told or made. story: the one a follow-up was born from. question: of a meeting.
    stories: those told in a meeting, or that a rating rests on. ratings, evaluations: those that cite a story; empty in
    the room. because: the words of what thanks are for.
    """

    meeting: Meeting | None = None
    because: str = ""
    story: Story | None = None
    question: Question | None = None
    stories: tuple[Story, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    ratings: tuple[Rating, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()


ROW_KEYS = (
    "ref",
    "id",
    "kind",
    "date",
    "text",
    "people",
    "standards",
    "customer",
    "starred",
    "private",
    "told",
    "state",
    "due",
    "decided",
    "story",
    "happened",
    "handled",
    "learned",
    "ended",
    "note",
)
"""The keys of a row of a listing. New ones are added at the end; none is renamed, moved or dropped."""


class Kind(Generic[R]):
    """A kind of record. Whether one is private is asked of the record itself.

    record: its type. sorts: what `is:` finds it by, with the words for it; most kinds have one sort, their tag.
    searched: whether a search finds it; its records are then kept in the books of the years.
    people_in: fields with ids of people, one or several. written: fields with what somebody wrote, in parts of the
    record too: there may be a name. words_are_facts: its facts have its own words in them, one by one.

    When two computers changed one record: together: fields that only mean something together. added_to: texts to which
    both add lines. by_place: lists in which every place stands for itself. listed_by: lists with one entry for each,
    and the field that says for whom. as_one: lists that are not added to. kept_once_here: whether two with one key are
    a mistake even where one computer made both.
    """

    record: type[R]
    sorts: Mapping[str, KindWords]
    searched: ClassVar[bool] = False
    people_in: ClassVar[tuple[str, ...]] = ()
    written: ClassVar[frozenset[str]] = frozenset()
    words_are_facts: ClassVar[bool] = False
    together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    added_to: ClassVar[frozenset[str]] = frozenset()
    by_place: ClassVar[frozenset[str]] = frozenset()
    listed_by: ClassVar[Mapping[str, str]] = {}
    as_one: ClassVar[frozenset[str]] = frozenset()
    kept_once_here: ClassVar[bool] = True

    def sort(self, record: R) -> str:
        """Which sort it is: `win`, `promise`, `rating`."""
        return str(record.__struct_config__.tag)

    def words(self, record: R) -> KindWords:
        """What it is called."""
        return self.sorts[self.sort(record)]

    # In a list

    def name(self, record: R, roster: Roster) -> str:
        """A few words that tell it from others of its kind."""
        return self.text(record, roster)

    def text(self, record: R, roster: Roster) -> str:
        """Its own words as they are read; empty where it has none."""
        return ""

    def people(self, record: R) -> tuple[str, ...]:
        """The ids of the people it is about."""
        found: list[str] = []
        for field in self.people_in:
            value = getattr(record, field)
            found += [value] if isinstance(value, str) else value
        return tuple(filter(None, found))

    def standards(self, record: R) -> tuple[str, ...]:
        """The ids of the standards it is about."""
        return ()

    def customer(self, record: R) -> str:
        """The customer it is about."""
        return ""

    def remark(self, record: R, roster: Roster) -> str:
        """What to know after its words in a list, such as `open, due Fri 27 Nov`."""
        return ""

    # Whole

    def parts(self, record: R) -> tuple[Part, ...]:
        """What was said beyond its own words; parts without words are left out."""
        return ()

    def facts(self, record: R, roster: Roster, behind: Background) -> list[Fact]:
        """What else is known of it, in the order to show it; those without text are left out."""
        return [
            Fact(field.replace("_", " "), value if isinstance(value, str) else str(value))
            for field in record.__struct_fields__
            if field not in BOOKKEEPING | {*self.people_in}
            and (value := getattr(record, field))
            and isinstance(value, str | int | float)
        ]

    def links(self, record: R, roster: Roster, behind: Background) -> list[Fact]:
        """Other records that it came from, that came out of it, or that cite it; for most, the promises and actions."""
        return [Fact(each.kind, f"{in_one_line(each, roster)} · {each.state}", each.ref) for each in behind.follow_ups]

    # For a search

    def has_words(self, record: R) -> bool:
        """Whether anything is said in it that is worth finding."""
        return True

    def texts(self, record: R) -> tuple[str, ...]:
        """All that is said in it, except the customer's name."""
        return ()

    def flags(self, record: R) -> frozenset[str]:
        """What `is:` finds it by."""
        return frozenset({self.sort(record), *(["private"] if record.private else [])})

    def searched_standards(self, record: R) -> tuple[str, ...]:
        """The ids of the standards that it is found by."""
        return self.standards(record)

    # For programs

    def row(self, record: R, roster: Roster) -> ListingRow:
        """What it has of the keys of a listing."""
        return {
            "ref": record.ref,
            "id": record.id,
            "kind": self.sort(record),
            "date": record.at.date(),
            "text": self.text(record, roster),
            "people": [roster.handle(person) for person in self.people(record)],
            "standards": [roster.tag(standard) for standard in self.standards(record)],
            "customer": self.customer(record),
            "private": record.private,
        }

    def whole_row(self, record: R, roster: Roster) -> ListingRow:
        """The record as a row of a listing, with all of `ROW_KEYS`; what its kind does not have is None."""
        return dict.fromkeys(ROW_KEYS) | self.row(record, roster)

    def shape(self, record: R, roster: Roster) -> dict[str, object]:
        """What a program gets beyond what every record has: its plain fields, as they are kept."""
        return msgspec.structs.asdict(record)

    # On two computers

    def once(self, record: R) -> tuple[Hashable, ...]:
        """The keys that no two records of the kind may share, such as the name of a survey. Empty where two may say the
        same.
        """
        return ()

    def own(self, record: R) -> tuple[str, ...]:
        """What no two of the kind may have, though they are two: a handle, an employee number, a tag."""
        return ()

    def stands_alone(self, record: R, base: R | None) -> R | None:
        """The record itself where a merge must take it as a whole, because something was taken out of it for good."""
        return None

    # Over time

    def differences(self, before: R, after: R, roster: Roster) -> Iterator[str]:
        """What became different between two versions, in words."""
        from meetingtool.rules.kinds.values import changed

        for field in after.__struct_fields__:
            if field not in BOOKKEEPING - {"at", "removed_at"}:
                was, now = getattr(before, field), getattr(after, field)
                if was != now:
                    yield changed(field, was, now, roster)

    def with_ids_replaced(self, record: R, to: Mapping[str, str]) -> R:
        """The record in the same version with ids of people replaced; the very same object when it names none of them.
        to: old id -> new id. Somebody who would then be named twice is named once.
        """
        changes: dict[str, object] = {}
        for field in self.people_in:
            value = getattr(record, field)
            if isinstance(value, str):
                new: object = to.get(value, value)
            else:
                new = tuple(dict.fromkeys(to.get(person, person) for person in value))
            if new != value:
                changes[field] = new
        return msgspec.structs.replace(record, **changes) if changes else record


def in_full(standard_id: str, roster: Roster) -> str:
    """`#own-it  We see it through`; empty for a standard no longer known."""
    standard = roster.standard_of(standard_id)
    return f"#{standard.tag}  {wording.one_line(standard.title)}" if standard else ""


def in_one_line(follow_up: FollowUp, roster: Roster) -> str:
    """`refund posted · Acme · Tom · by Fri 27 Nov · private`."""
    parts = (
        wording.shortened(follow_up.text, 60),
        wording.one_line(follow_up.customer),
        ", ".join(roster.short_name(person) for person in follow_up.people),
        f"by {wording.day(follow_up.due, roster.today)}" if follow_up.due else "no date",
        "private" if follow_up.private else "",
    )
    return " · ".join(part for part in parts if part)
