"""Searching stories, follow-ups and minutes while one types: an index kept in memory."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress, islice
from typing import TypeVar

import msgspec

from meetingtool.rules.entries import Entry, Found, Names, entry_with, searchable
from meetingtool.rules.masks import flags_of, mask_at, mask_of
from meetingtool.rules.query import Query, Term
from meetingtool.rules.roster import Roster

KINDS = ("win", "sticky", "praise", "promise", "action", "meeting")
MOST_BLAMED = 12
"""In a query of more terms, none is blamed for an empty result."""

_FEW = 64
"""More changes at once than these build the sets anew."""

_REMEMBERED = 64
"""So many results of each kind are remembered until the next change."""

K = TypeVar("K")


class Facets(msgspec.Struct, frozen=True):
    """How many of a result belong to each person and standard (by id) and kind, the most first; and to each month
    (`2026-03`), by time. None of them is 0.
    """

    people: tuple[tuple[str, int], ...] = ()
    standards: tuple[tuple[str, int], ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    months: tuple[tuple[str, int], ...] = ()


class Index:
    """Entries in memory. People, standards, flags and months are sets of positions; words are looked for in the texts.

    At 100,000 entries a word takes about 15 ms and each further letter of it less, all else about 2 ms. One thread may
    update while another searches: a search sees the state before the update or after it.
    """

    def __init__(self) -> None:
        self._shelf = _Shelf([])
        self._positions: dict[str, int] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._positions)

    def get(self, record_id: str) -> Entry | None:
        """The entry of a record."""
        position = self._positions.get(record_id)
        return None if position is None else self._shelf.entries[position]

    def update(self, records: Iterable[Found], roster: Roster, removed: Iterable[str] = ()) -> None:
        """Take in records, new or changed, and forget those that are in the bin and the ids in `removed`."""
        names = Names(roster)
        fresh: dict[str, Entry] = {}
        gone = set(removed)
        for record in records:
            if searchable(record):
                fresh[record.id] = entry_with(record, names)
            else:
                fresh.pop(record.id, None)
                gone.add(record.id)
        with self._lock:
            self._exchange(fresh, (gone - fresh.keys()) & self._positions.keys())

    def _exchange(self, fresh: dict[str, Entry], gone: set[str]) -> None:
        if len(fresh) + len(gone) <= _FEW:
            self._shelf = self._shelf.changed(fresh.values(), gone, self._positions)
            return
        kept = [
            self._shelf.entries[position]
            for record_id, position in self._positions.items()
            if record_id not in gone and record_id not in fresh
        ]
        self._shelf = _Shelf(sorted([*kept, *fresh.values()], key=_order))
        self._positions = {entry.id: position for position, entry in enumerate(self._shelf.entries)}

    def search(
        self, query: Query, *, limit: int | None = None, newest_first: bool = True, room: bool = False
    ) -> list[Entry]:
        """The entries for which every term of `query` holds. room: without the private ones."""
        shelf = self._shelf
        return shelf.listed(shelf.found(query.terms, room), limit, newest_first)

    def count(self, query: Query, *, room: bool = False) -> int:
        """How many entries `search` finds."""
        return self._shelf.found(query.terms, room).bit_count()

    def facets(self, query: Query, *, room: bool = False) -> Facets:
        """How what `search` finds divides by person, standard, kind and month."""
        shelf = self._shelf
        return shelf.facets(shelf.found(query.terms, room))

    def blame(self, query: Query, *, room: bool = False) -> Term | None:
        """The term that keeps an empty result empty: without it there would be the most results.

        Where leaving out any single one would not help, the first that matches nothing by itself. None when there are
        results, and for a query of more than `MOST_BLAMED` terms.
        """
        shelf, terms = self._shelf, query.terms
        if len(terms) > MOST_BLAMED or shelf.found(terms, room):
            return None
        without = [shelf.found((*terms[:place], *terms[place + 1 :]), room).bit_count() for place in range(len(terms))]
        if any(without):
            return terms[without.index(max(without))]
        return next((term for term in terms if not shelf.found((term,), room)), None)


def _order(entry: Entry) -> tuple[float, str]:
    return entry.moment, entry.id


class _Shelf:
    """Entries at fixed positions, and sets of these positions. Never changed once made, but for what it remembers.

    taken: the positions in use. in_order: whether positions follow the moments.
    """

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.count = len(entries)
        self.hays = [entry.hay for entry in entries]
        self.customers = [entry.customer for entry in entries]
        self.days = [entry.day.toordinal() for entry in entries]
        self.sets = _sets_of(entries)
        self.taken = (1 << self.count) - 1
        self.in_order = True
        self._results: dict[tuple[tuple[Term, ...], bool], int] = {}
        self._words: dict[tuple[str, str], int] = {}
        self._spans: dict[tuple[int, int], int] = {}

    def changed(self, fresh: Iterable[Entry], gone: Iterable[str], positions: dict[str, int]) -> _Shelf:
        """A shelf with a few entries exchanged, added and taken away; `positions` are brought up to date."""
        new = _Shelf([])
        new.entries, new.hays = self.entries.copy(), self.hays.copy()
        new.customers, new.days = self.customers.copy(), self.days.copy()
        new.sets, new.taken, new.in_order = self.sets.copy(), self.taken, self.in_order
        for record_id in gone:
            new._clear(positions.pop(record_id))
        for entry in sorted(fresh, key=_order):
            position = positions.get(entry.id)
            if position is not None:
                new._clear(position)
                if _order(new.entries[position]) != _order(entry):
                    position = None
            positions[entry.id] = new._put(entry, position)
        new.count = len(new.entries)
        return new

    def _clear(self, position: int) -> None:
        keep = ~(1 << position)
        self.taken &= keep
        for key in _keys_of(self.entries[position]):
            self.sets[key] &= keep

    def _put(self, entry: Entry, position: int | None) -> int:
        if position is None:
            position = len(self.entries)
            self.in_order = self.in_order and not (self.entries and _order(self.entries[-1]) > _order(entry))
            self.entries.append(entry)
            self.hays.append(entry.hay)
            self.customers.append(entry.customer)
            self.days.append(entry.day.toordinal())
        else:
            self.entries[position] = entry
            self.hays[position] = entry.hay
            self.customers[position] = entry.customer
            self.days[position] = entry.day.toordinal()
        self.taken |= 1 << position
        for key in _keys_of(entry):
            self.sets[key] = self.sets.get(key, 0) | 1 << position
        return position

    def found(self, terms: Sequence[Term], room: bool) -> int:
        """The positions for which all `terms` hold."""
        key = (tuple(terms), room)
        mask = self._results.get(key)
        if mask is not None:
            return mask
        mask = self.taken
        if room:
            mask &= ~self.sets.get(("is", "private"), 0)
        for (known, in_room), wider in list(self._results.items()):
            if in_room == room and all(_implied(term, terms) for term in known):
                mask &= wider
        for term in sorted(terms, key=_cost):
            if not mask:
                break
            holds = self._holds(term, mask)
            mask &= ~holds if term.negated else holds
        return _remember(self._results, key, mask)

    def _holds(self, term: Term, among: int) -> int:
        """The positions for which `term` holds, its minus left aside; of those outside `among` any or none."""
        if term.kind in ("person", "standard", "is"):
            return self.sets.get((term.kind, term.value), 0)
        if term.kind == "days":
            return self._on_days(term)
        place = "customer" if term.kind == "customer" else "hay"
        known = self._words.get((place, term.needle))
        if known is not None:
            return known
        texts = self.customers if place == "customer" else self.hays
        if among.bit_count() * 2 < self.count:
            return self._containing(texts, term.needle, among)
        return _remember(self._words, (place, term.needle), mask_of([term.needle in text for text in texts]))

    def _containing(self, texts: list[str], needle: str, among: int) -> int:
        positions = compress(range(self.count), flags_of(among, self.count))
        return mask_at([position for position in positions if needle in texts[position]], self.count)

    def _on_days(self, term: Term) -> int:
        since = (term.since or date.min).toordinal()
        until = (term.until or date.max).toordinal()
        known = self._spans.get((since, until))
        if known is not None:
            return known
        return _remember(self._spans, (since, until), mask_of([since <= day <= until for day in self.days]))

    def listed(self, mask: int, limit: int | None, newest_first: bool) -> list[Entry]:
        """The entries at the positions of `mask`, in the order of their moments."""
        flags = flags_of(mask, self.count)
        if not self.in_order:
            return sorted(compress(self.entries, flags), key=_order, reverse=newest_first)[:limit]
        if newest_first:
            return list(islice(compress(reversed(self.entries), reversed(flags)), limit))
        return list(islice(compress(self.entries, flags), limit))

    def facets(self, mask: int) -> Facets:
        """How the positions of `mask` divide."""
        counts: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for (kind, value), members in self.sets.items():
            number = (members & mask).bit_count()
            if number and (kind != "is" or value in KINDS):
                counts[kind].append((value, number))
        for kind in ("person", "standard", "is"):
            counts[kind].sort(key=lambda counted: (-counted[1], counted[0]))
        return Facets(
            people=tuple(counts["person"]),
            standards=tuple(counts["standard"]),
            kinds=tuple(counts["is"]),
            months=tuple(sorted(counts["month"])),
        )


def _remember(known: dict[K, int], key: K, mask: int) -> int:
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = mask
    return mask


def _implied(known: Term, terms: Sequence[Term]) -> bool:
    """Whether `known` holds for all that `terms` hold for: it is one of them, or the beginning of a word in them."""
    if known in terms:
        return True
    if known.negated or not known.needle:
        return False
    place = known.kind == "customer"
    return any(
        known.needle in term.needle and not term.negated and (term.kind == "customer") == place for term in terms
    )


def _keys_of(entry: Entry) -> list[tuple[str, str]]:
    """The sets that an entry belongs to."""
    return [
        *[("person", person) for person in dict.fromkeys(entry.people)],
        *[("standard", standard) for standard in dict.fromkeys(entry.standards)],
        *[("is", flag) for flag in entry.flags],
        ("month", entry.month),
    ]


def _sets_of(entries: Sequence[Entry]) -> dict[tuple[str, str], int]:
    """The positions that belong to each person, standard, flag and month."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    flagged: dict[frozenset[str], list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        for person in entry.people:
            members["person", person].append(position)
        for standard in entry.standards:
            members["standard", standard].append(position)
        members["month", entry.month].append(position)
        flagged[entry.flags].append(position)
    sets = {key: mask_at(positions, len(entries)) for key, positions in members.items()}
    for flags, positions in flagged.items():
        mask = mask_at(positions, len(entries))
        for flag in flags:
            sets["is", flag] = sets.get(("is", flag), 0) | mask
    return sets


_COSTS = {"person": 0, "standard": 0, "is": 0, "days": 1, "customer": 2, "phrase": 3, "word": 3}


def _cost(term: Term) -> tuple[int, bool, int]:
    return _COSTS[term.kind], term.negated, -len(term.needle)
