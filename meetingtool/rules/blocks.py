"""A year of what can be searched, in columns: what an index is made of."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from itertools import compress, pairwise, repeat
from operator import itemgetter
from typing import TypeVar

import msgspec

from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules.entries import (
    FLAGS_OF_MINUTES,
    NOWHERE,
    Entry,
    EntryKind,
    Found,
    Names,
    flags_of,
    month_of,
    texts_of,
)
from meetingtool.rules.haystacks import haystacks
from meetingtool.rules.masks import flags_of as flags_at
from meetingtool.rules.masks import mask_at, mask_of
from meetingtool.rules.query import Term
from meetingtool.rules.words import haystack

KINDS = ("win", "sticky", "praise", "promise", "action", "meeting")

_REMEMBERED = 32
"""So many words are remembered with where they stand."""

Sets = dict[str, dict[str, int]]
"""Which positions belong to each person, standard, month (by `person`, `standard`, `month`) and flag (by `is`)."""

Counts = dict[str, dict[str, int]]
"""How many entries belong to each; none of them is 0."""


K = TypeVar("K")


class Form(msgspec.Struct, frozen=True):
    """What many entries share: their kind and what `is:` finds them by."""

    kind: EntryKind
    flags: frozenset[str]


@cache
def _form(kind: EntryKind, flags: frozenset[str]) -> Form:
    return Form(kind, flags)


Row = tuple[float, str, int, Form, tuple[str, ...], tuple[str, ...], str, int, str]
"""An entry: its moment, id, day (as `date.toordinal`), form, people, standards, customer, place and haystack, the last
without the names of the people involved."""


class Sharing:
    """Keeps once what many records say: the ids of those involved, and customers."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}
        self._customers: dict[str, str] = {"": ""}
        self._forms: dict[tuple[str | bool, ...], Form] = {}

    def ids(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The same ids."""
        known = self._ids.get(ids)
        if known is None:
            known = self._ids[ids] = tuple(map(sys.intern, ids))
        return known

    def customer(self, name: str) -> str:
        """The customer's name as a haystack."""
        known = self._customers.get(name)
        if known is None:
            known = self._customers[name] = haystack([name])
        return known

    def of_story(self, story: Story) -> Form:
        """The form of a story."""
        key = (story.kind, story.private, story.starred, story.meeting is None, story.unsorted == ())
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _form(story.kind, flags_of(story))
        return form

    def of_follow_up(self, follow_up: FollowUp) -> Form:
        """The form of a follow-up."""
        key = (follow_up.kind, follow_up.private, follow_up.state)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _form(follow_up.kind, flags_of(follow_up))
        return form


def rows_of(records: Sequence[Found], places: Iterable[int] | None, sharing: Sharing) -> list[Row]:
    """What the search has to know of records, in the order given. places: where the store has each of them."""
    ids, customer_of, story_form = sharing.ids, sharing.customer, sharing.of_story
    rows: list[Row] = []
    hays = haystacks(map(_said, records))
    for record, hay, place in zip(records, hays, repeat(NOWHERE) if places is None else places, strict=False):
        at, customer = record.at, ""
        people: tuple[str, ...] = ()
        standards: tuple[str, ...] = ()
        if isinstance(record, Meeting):
            form = _form("meeting", FLAGS_OF_MINUTES)
        else:
            people = ids(record.people)
            if isinstance(record, Story):
                form, standards = story_form(record), ids(record.standards)
            else:
                form = sharing.of_follow_up(record)
            if record.customer:
                customer = customer_of(record.customer)
                hay = f"{hay}\n{customer}" if customer else hay
        rows.append((at.timestamp(), record.id, at.toordinal(), form, people, standards, customer, place, hay))
    return rows


def _said(record: Found) -> str | tuple[str, ...]:
    """`texts_of`, shorter where a record has one text alone, as most have."""
    if isinstance(record, Story):
        if not (record.happened or record.handled or record.learned or record.ended or record.reward):
            return record.text
    elif isinstance(record, FollowUp) and not record.note:
        return record.text
    return texts_of(record)


class Block:
    """Entries of one stretch of time, in the order of their moments; never changed once made, but for what it
    remembers.

    Sets of entries are whole numbers: bit `n` stands for the entry at position `n`.
    """

    ids: tuple[str, ...]
    forms: tuple[Form, ...]
    people: tuple[tuple[str, ...], ...]
    standards: tuple[tuple[str, ...], ...]
    customers: tuple[str, ...]
    hays: tuple[str, ...]

    def __init__(self, rows: Iterable[Row]) -> None:
        ordered = sorted(rows, key=itemgetter(0, 1))
        self.count = len(ordered)
        moments, self.ids, days, self.forms, self.people, self.standards, self.customers, places, self.hays = (
            zip(*ordered, strict=True) if ordered else ((),) * 9
        )
        self.moments, self.days, self.places = array("d", moments), array("l", days), array("q", places)
        self.taken = (1 << self.count) - 1
        self.sets = self._sets()
        self.private = self.sets["is"].get("private", 0)
        self._words: dict[str, int] = {}
        self._all: Counts | None = None

    def rows(self) -> Iterable[Row]:
        """The entries as rows again."""
        return zip(
            self.moments,
            self.ids,
            self.days,
            self.forms,
            self.people,
            self.standards,
            self.customers,
            self.places,
            self.hays,
            strict=True,
        )

    def position_of(self, record_id: str) -> int | None:
        """Where the entry of a record stands."""
        return self.ids.index(record_id) if record_id in self.ids else None

    def position_at(self, moment: float, record_id: str) -> int | None:
        """Where the entry of a record of that moment stands."""
        position = bisect_left(self.moments, moment)
        while position < self.count and self.moments[position] == moment:
            if self.ids[position] == record_id:
                return position
            position += 1
        return None

    def entry(self, position: int, names: Names) -> Entry:
        """The entry at a position."""
        form, day = self.forms[position], date.fromordinal(self.days[position])
        hay, people, customer = self.hays[position], self.people[position], self.customers[position]
        if form.kind != "meeting":
            hay = "\n".join([hay if customer else f"{hay}\n", *[names[person] for person in people]])
        return Entry(
            id=self.ids[position],
            kind=form.kind,
            moment=self.moments[position],
            day=day,
            month=month_of(day.year, day.month),
            people=people,
            standards=self.standards[position],
            flags=form.flags,
            customer=customer,
            hay=hay,
            place=self.places[position],
        )

    def holds(self, term: Term, among: int, named: Collection[str]) -> int:
        """The positions for which `term` holds, its minus left aside; of those outside `among` any or none.

        named: the people in whose names the words of the term stand.
        """
        if term.kind in ("person", "standard", "is"):
            return self.sets[term.kind].get(term.value, 0)
        if term.kind == "days":
            since, until = (term.since or date.min).toordinal(), (term.until or date.max).toordinal()
            return mask_of([since <= day <= until for day in self.days])
        if term.kind == "customer":
            wanted = {customer for customer in set(self.customers) if term.needle in customer}
            return mask_of([customer in wanted for customer in self.customers]) if wanted else 0
        found = self._containing(term.needle, among)
        people = self.sets["person"]
        for person in named:
            found |= people.get(person, 0)
        return found

    def _containing(self, needle: str, among: int) -> int:
        known = self._words.get(needle)
        if known is not None:
            return known
        if among.bit_count() * 2 < self.count:
            hays, flags = self.hays, flags_at(among, self.count)
            return mask_at([at for at in compress(range(self.count), flags) if needle in hays[at]], self.count)
        if len(self._words) >= _REMEMBERED:
            self._words.clear()
        mask = self._words[needle] = mask_of([needle in hay for hay in self.hays])
        return mask

    def positions(self, mask: int) -> Sequence[int]:
        """The positions in `mask`, in order."""
        if mask == self.taken:
            return range(self.count)
        return array("l", compress(range(self.count), flags_at(mask, self.count)))

    def counts(self, mask: int) -> Counts:
        """How the positions in `mask` divide by person, standard, kind and month."""
        if mask != self.taken:
            return self._counted(mask)
        if self._all is None:
            self._all = self._counted(mask)
        return self._all

    def _counted(self, mask: int) -> Counts:
        return {
            sort: {
                value: number
                for value, members in sets.items()
                if (sort != "is" or value in KINDS) and (number := (members & mask).bit_count())
            }
            for sort, sets in self.sets.items()
        }

    def _sets(self) -> Sets:
        forms = {id(form): form for form in self.forms}
        flags: dict[str, int] = {}
        for known, mask in self._divided((form,) for form in map(id, self.forms)).items():
            for flag in forms[known].flags:
                flags[flag] = flags.get(flag, 0) | mask
        return {
            "person": self._divided(self.people),
            "standard": self._divided(self.standards),
            "is": flags,
            "month": self._months(),
        }

    def _divided(self, column: Iterable[Iterable[K]]) -> dict[K, int]:
        """The positions that each value of a column stands at."""
        members: dict[K, list[int]] = defaultdict(list)
        for position, values in enumerate(column):
            for value in values:
                members[value].append(position)
        return {value: mask_at(positions, self.count) for value, positions in members.items()}

    def _months(self) -> dict[str, int]:
        """The positions of each month: those of a day mostly stand together."""
        days = self.days
        starts = [at for at in range(self.count) if not at or days[at] != days[at - 1]]
        months: dict[str, int] = {}
        for start, end in pairwise([*starts, self.count]):
            month = _month_of(days[start])
            months[month] = months.get(month, 0) | (1 << end) - (1 << start)
        return months


def _month_of(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    return month_of(day.year, day.month)
