"""A year of what can be searched, in columns: what an index is made of."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from itertools import compress, pairwise, repeat
from operator import attrgetter, is_, itemgetter, not_
from typing import Any

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules.history.entries import Entry, Names, month_of, searchable
from meetingtool.rules.history.haystacks import Text, loose_haystacks, pattern_for, tidy
from meetingtool.rules.history.masks import flags_of as flags_at
from meetingtool.rules.history.masks import mask_at, mask_of
from meetingtool.rules.history.query import Term
from meetingtool.rules.kinds.table import SEARCHED_SORTS, kind_of
from meetingtool.rules.words import haystack

MOMENTS, DAYS, PLACES = "d", "i", "q"
"""The types of the columns of numbers, as `array` names them."""

_REMEMBERED = 32
"""How many words are remembered with their places."""

Sets = dict[str, dict[str, int]]
"""Which positions belong to each person, standard, month (by `person`, `standard`, `month`) and flag (by `is`)."""

Counts = dict[str, dict[str, int]]
"""How many entries belong to each; none of them is 0."""


class Form(msgspec.Struct, frozen=True, gc=False):
    """What many entries share: their kind and what `is:` finds them by."""

    kind: str
    flags: frozenset[str]


@cache
def form_of(kind: str, flags: frozenset[str]) -> Form:
    """The form of that kind and those flags, one for all."""
    return Form(kind, flags)


BlockRow = tuple[float, str, int, Form, tuple[str, ...], tuple[str, ...], str, int, str]
"""An entry: its moment, id, day (as `date.toordinal`), form, people, standards, customer, place and loose haystack, the
last without the names of the people involved."""


class _Ids(dict[tuple[str, ...], tuple[str, ...]]):
    """Ids by themselves, so that they are kept once."""

    def __missing__(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        known = self[ids] = tuple(map(sys.intern, ids))
        return known


class _Customers(dict[str, str]):
    """Customers as haystacks."""

    def __missing__(self, name: str) -> str:
        known = self[name] = haystack([name])
        return known


class _Forms(dict[tuple[str, str, bool, bool, bool, bool], Form]):
    """Forms by kind, state, and whether private, starred, waiting and without unsorted names."""

    def __missing__(self, key: tuple[str, str, bool, bool, bool, bool]) -> Form:
        kind, state, private, starred, waiting, sorted_out = key
        flags = (kind, state, private and "private", starred and "starred", waiting and "waiting")
        known = self[key] = form_of(kind, frozenset(filter(None, (*flags, not sorted_out and "unsorted"))))
        return known


class Sharing:
    """Keeps once what many records say."""

    def __init__(self) -> None:
        self.ids = _Ids()
        self.customers = _Customers()
        self.forms = _Forms()


_OF_STORY = attrgetter(
    "id", "at", "kind", "private", "starred", "meeting", "unsorted", "people", "standards", "customer"
)
_BEYOND_TEXT = attrgetter("happened", "handled", "learned", "ended", "reward")
_OF_FOLLOW_UP = attrgetter("id", "at", "kind", "state", "private", "unsorted", "people", "customer")
_text, _note = attrgetter("text"), attrgetter("note")


def rows_of(records: Iterable[Record], place: int, sharing: Sharing) -> list[BlockRow]:
    """What the search needs to know about records, in no order; those without words are skipped. place: where the store
    has all of them. Stories and follow-ups, which are most, go through `map` and `zip` in whole columns, in a third of
    the time that asking their kinds about each takes; a test holds that the result is the same.
    """
    sorts: defaultdict[type, list[Any]] = defaultdict(list)
    for record in records:
        sorts[record.__class__].append(record)
    stories, follow_ups = sorts.pop(Story, []), sorts.pop(FollowUp, [])
    rows: list[BlockRow] = []
    if stories:
        rows += _rows_of_stories(stories, place, sharing)
    if follow_ups:
        rows += _rows_of_follow_ups(follow_ups, place, sharing)
    return rows + [row_of(record, place, sharing) for others in sorts.values() for record in filter(searchable, others)]


def row_of(record: Record, place: int, sharing: Sharing) -> BlockRow:
    """What the search needs to know about one record, as its kind describes it."""
    kind = kind_of(record)
    customer = sharing.customers[kind.customer(record)]
    return (
        record.at.timestamp(),
        record.id,
        record.at.toordinal(),
        form_of(kind.sort(record), kind.flags(record)),
        sharing.ids[kind.people(record)],
        sharing.ids[kind.searched_standards(record)],
        customer,
        place,
        _with_customer(haystack(kind.texts(record)), customer),
    )


def _rows_of_stories(stories: list[Story], place: int, sharing: Sharing) -> Iterable[BlockRow]:
    ids, moments, kinds, private, starred, meetings, unsorted, people, standards, named = zip(
        *map(_OF_STORY, stories), strict=True
    )
    more, story_kind = map(any, map(_BEYOND_TEXT, stories)), kind_of(stories[0])
    texts: list[Text] = [
        story_kind.texts(story) if further else story.text for story, further in zip(stories, more, strict=True)
    ]
    forms = zip(
        kinds, repeat(""), private, starred, map(is_, meetings, repeat(None)), map(not_, unsorted), strict=False
    )
    return _rows(ids, moments, forms, people, standards, named, place, texts, sharing)


def _rows_of_follow_ups(follow_ups: list[FollowUp], place: int, sharing: Sharing) -> Iterable[BlockRow]:
    ids, moments, kinds, states, private, unsorted, people, named = zip(*map(_OF_FOLLOW_UP, follow_ups), strict=True)
    notes = map(_note, follow_ups)
    texts: list[Text] = [
        (text, note) if note else text for text, note in zip(map(_text, follow_ups), notes, strict=True)
    ]
    forms = zip(kinds, states, private, repeat(False), repeat(False), map(not_, unsorted), strict=False)
    return _rows(ids, moments, forms, people, repeat((), len(ids)), named, place, texts, sharing)


def _rows(
    ids: Sequence[str],
    moments: Sequence[datetime],
    forms: Iterable[tuple[str, str, bool, bool, bool, bool]],
    people: Iterable[tuple[str, ...]],
    standards: Iterable[tuple[str, ...]],
    named: Iterable[str],
    place: int,
    texts: Sequence[Text],
    sharing: Sharing,
) -> Iterable[BlockRow]:
    """The columns of records as rows. named: their customers."""
    customers = list(map(sharing.customers.__getitem__, named))
    return zip(
        map(datetime.timestamp, moments),
        ids,
        map(datetime.toordinal, moments),
        map(sharing.forms.__getitem__, forms),
        map(sharing.ids.__getitem__, people),
        map(sharing.ids.__getitem__, standards),
        customers,
        repeat(place, len(ids)),
        map(_with_customer, loose_haystacks(texts), customers),
        strict=True,
    )


def _with_customer(hay: str, customer: str) -> str:
    return f"{hay}\n{customer}" if customer else hay


class Block:
    """Entries of one stretch of time, in the order of their moments; never changed once made, except for what it
    remembers.

    Sets of entries are whole numbers: bit `n` stands for the entry at position `n`.
    """

    def __init__(self, rows: Iterable[BlockRow]) -> None:
        ordered = sorted(rows, key=itemgetter(0, 1))
        columns = zip(*ordered, strict=True) if ordered else ((),) * 9
        moments, ids, days, forms, people, standards, customers, places, hays = columns
        self._take(
            array(MOMENTS, moments), ids, array(DAYS, days), forms, people, standards, customers,
            array(PLACES, places), hays,
        )  # fmt: skip

    @classmethod
    def of_columns(cls, *columns: Any, sets: Sets) -> Block:
        """A block whose columns are at hand: those of `BlockRow`, in a block's order, with their sets."""
        block = cls.__new__(cls)
        block._take(*columns)
        block._known_sets = sets
        return block

    def _take(
        self,
        moments: array[float],
        ids: tuple[str, ...],
        days: array[int],
        forms: tuple[Form, ...],
        people: tuple[tuple[str, ...], ...],
        standards: tuple[tuple[str, ...], ...],
        customers: tuple[str, ...],
        places: array[int],
        hays: tuple[str, ...],
    ) -> None:
        self.moments, self.ids, self.days, self.forms = moments, ids, days, forms
        self.people, self.standards, self.customers, self.places, self.hays = people, standards, customers, places, hays
        self.count = len(ids)
        self.taken = (1 << self.count) - 1
        self._known_sets: Sets | None = None
        self._words: dict[str, int] = {}
        self._all: Counts | None = None

    def rows(self) -> Iterable[BlockRow]:
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
        """The position of a record's entry."""
        return self.ids.index(record_id) if record_id in self.ids else None

    def position_at(self, moment: float, record_id: str) -> int | None:
        """The position of the entry of a record of that moment."""
        position = bisect_left(self.moments, moment)
        while position < self.count and self.moments[position] == moment:
            if self.ids[position] == record_id:
                return position
            position += 1
        return None

    def entry(self, position: int, names: Names) -> Entry:
        """The entry at a position."""
        form, day = self.forms[position], date.fromordinal(self.days[position])
        people, customer = self.people[position], self.customers[position]
        hay = self.hays[position]
        own = tidy(hay.removesuffix(f"\n{customer}") if customer else hay)
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
            hay="\n".join([own, customer, *[names[person] for person in people]]),
            place=self.places[position],
        )

    def holds(self, term: Term, among: int, named: Collection[str]) -> int:
        """The positions for which `term` holds, ignoring its minus; positions outside `among` may be there or not.

        named: the people whose names have the words of the term.
        """
        if term.kind in ("person", "standard", "is"):
            return self.sets[term.kind].get(term.value, 0)
        if term.kind == "days":
            since, until = (term.since or date.min).toordinal(), (term.until or date.max).toordinal()
            return mask_of([since <= day <= until for day in self.days])
        if term.kind == "customer":
            wanted = {customer for customer in set(self.customers) if any(map(customer.__contains__, term.needles))}
            return mask_of([customer in wanted for customer in self.customers]) if wanted else 0
        found = self._containing(term.needle, among)
        if term.joined:
            found |= self._containing(term.joined, among)
        people = self.sets["person"]
        for person in named:
            found |= people.get(person, 0)
        return found

    def _containing(self, needle: str, among: int) -> int:
        known = self._words.get(needle)
        if known is not None:
            return known
        if " " in needle.strip():
            return self._containing_several(needle, among)
        if among.bit_count() * 2 < self.count:
            hays = self.hays
            return mask_at([at for at in self.positions(among) if needle in hays[at]], self.count)
        return self._remember(needle, mask_of([needle in hay for hay in self.hays]))

    def _containing_several(self, needle: str, among: int) -> int:
        """Where several words follow each other."""
        longest = max(needle.split(), key=len)
        found, hays = pattern_for(needle).search, self.hays
        mask = mask_at(
            [at for at in self.positions(among) if longest in hays[at] and found(hays[at])],
            self.count,
        )
        return self._remember(needle, mask) if among == self.taken else mask

    def _remember(self, needle: str, mask: int) -> int:
        if len(self._words) >= _REMEMBERED:
            self._words.clear()
        self._words[needle] = mask
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
        flags = self.sets["is"]
        sets = {**self.sets, "is": {sort: flags[sort] for sort in SEARCHED_SORTS if sort in flags}}
        return {
            sort: {value: number for value, members in of_sort.items() if (number := (members & mask).bit_count())}
            for sort, of_sort in sets.items()
        }

    @property
    def sets(self) -> Sets:
        """Which positions belong to each person, standard, flag and month; worked out when first asked for."""
        if self._known_sets is None:
            self._known_sets = self._sets()
        return self._known_sets

    @property
    def private(self) -> int:
        """The positions of what is never drawn in the room."""
        return self.sets["is"].get("private", 0)

    def _sets(self) -> Sets:
        forms = {id(form): form for form in self.forms}
        flags: dict[str, int] = {}
        for known, positions in _grouped(map(id, self.forms)).items():
            mask = mask_at(positions, self.count)
            for flag in forms[known].flags:
                flags[flag] = flags.get(flag, 0) | mask
        return {
            "person": self._divided(self.people),
            "standard": self._divided(self.standards),
            "is": flags,
            "month": self._months(),
        }

    def _divided(self, column: Sequence[tuple[str, ...]]) -> dict[str, int]:
        """The positions of each value of a column. Most tuples in it are the same few."""
        tuples = {id(values): values for values in column}
        members: dict[str, list[int]] = defaultdict(list)
        for known, positions in _grouped(map(id, column)).items():
            for value in tuples[known]:
                members[value] += positions
        return {value: mask_at(positions, self.count) for value, positions in members.items()}

    def _months(self) -> dict[str, int]:
        """The positions of each month: those of one day are mostly next to each other."""
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


def _grouped(keys: Iterable[int]) -> dict[int, list[int]]:
    """The positions of each key."""
    groups: dict[int, list[int]] = defaultdict(list)
    for position, key in enumerate(keys):
        groups[key].append(position)
    return groups
