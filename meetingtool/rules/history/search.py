"""Searching stories, follow-ups and minutes while one types: an index kept in memory, a block for each year."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

import msgspec

from meetingtool.records.base import Record
from meetingtool.rules.history.blocks import Block, BlockRow, Counts, Sharing, rows_of
from meetingtool.rules.history.entries import NOWHERE, Entry, Names, searchable
from meetingtool.rules.history.query import Query, Term
from meetingtool.rules.history.room import RoomWords
from meetingtool.rules.roster import Roster

MOST_BLAMED = 12
"""In a query with more terms, none is blamed for an empty result."""

_REMEMBERED = 32
"""How many results are remembered, so that a longer word is looked for only where its beginning was found."""

Terms = tuple[Term, ...]

_NOBODY = Roster((), (), date.min)


class Facets(msgspec.Struct, frozen=True):
    """How many of a result belong to each person and standard (by id) and kind, the most first; and to each month
    (`2026-03`), by time. None of them is 0.
    """

    people: tuple[tuple[str, int], ...] = ()
    standards: tuple[tuple[str, int], ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    months: tuple[tuple[str, int], ...] = ()


class _State:
    """What an index is between two changes. blocks: the newest first. runs: blocks that overlap in time, together.

    It remembers in whose names a word is, and what a query found in each block. None of that outlives a change of
    names, and what is known of a block goes with the block.
    """

    def __init__(
        self, blocks: dict[int, Block], names: Names, results: dict[tuple[Terms, bool], dict[Block, int]]
    ) -> None:
        self.blocks = blocks
        self.names = names
        self.results = results
        self.room_words = RoomWords(names.roster)
        self.runs = _runs(sorted(blocks.values(), key=_end, reverse=True))
        self._named: dict[tuple[str, ...], Collection[str]] = {}

    def with_blocks(self, blocks: dict[int, Block]) -> _State:
        """The same names over other blocks."""
        kept = set(blocks.values())
        results = {
            key: {block: mask for block, mask in list(found.items()) if block in kept}
            for key, found in list(self.results.items())
        }
        return _State(blocks, self.names, results)

    def named(self, term: Term) -> Collection[str]:
        """The people in whose names the words of a term stand."""
        needles = term.needles
        known = self._named.get(needles)
        if known is None:
            known = self._named[needles] = [
                person.id
                for person in self.names.roster.everyone
                if any(map(self.names[person.id].__contains__, needles))
            ]
        return known

    def result(self, terms: Terms, room: bool) -> dict[Block, int]:
        """What is known of a result so far; what is found from now on is put in."""
        key = terms, room
        known = self.results.get(key)
        if known is None:
            if len(self.results) >= _REMEMBERED:
                self.results.pop(next(iter(self.results)))
            known = self.results[key] = {}
        return known

    def wider(self, terms: Terms, room: bool) -> list[dict[Block, int]]:
        """Remembered results that have in them all that these terms find."""
        return [
            found
            for (known, in_room), found in list(self.results.items())
            if in_room == room and known != terms and all(_implied(term, terms) for term in known)
        ]


def _end(block: Block) -> tuple[float, str]:
    return (block.moments[-1], block.ids[-1]) if block.count else (0.0, "")


def _runs(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """Blocks, handed in by the moment of their last entry, the latest first; those that overlap in time together."""
    runs: list[list[Block]] = []
    begins = 0.0
    for block in blocks:
        if not block.count:
            continue
        if runs and block.moments[-1] >= begins:
            runs[-1].append(block)
            begins = min(begins, block.moments[0])
        else:
            runs.append([block])
            begins = block.moments[0]
    return [tuple(run) for run in runs]


class Hits(Sequence[Entry]):
    """What a query finds, in the order of time; worked out a year at a time, as far as it is asked for.

    `reach` and `step` work it out; `len` is how many were found until then, and `complete` says whether that is all.
    """

    def __init__(self, state: _State, terms: Terms, room: bool, newest_first: bool) -> None:
        self._state = state
        self._room = room
        self._newest_first = newest_first
        self._left = state.runs[::-1] if newest_first else list(state.runs)
        self._found = state.result(terms, room)
        self._wider = state.wider(terms, room)
        self._ordered = sorted(terms, key=_cost)
        self._stretches: list[_Stretch] = []
        self._ends: list[int] = []
        self._totals: Counts = {"person": {}, "standard": {}, "is": {}, "month": {}}
        self._tallied = 0

    @property
    def complete(self) -> bool:
        """Whether everything was looked through."""
        return not self._left

    def step(self) -> bool:
        """Look through some more; False when nothing was left to look through."""
        if not self._left:
            return False
        run = self._left.pop()
        masks = tuple((block, mask) for block in run if (mask := self._mask(block)))
        if masks:
            stretch = _Stretch(masks, self._newest_first)
            self._stretches.append(stretch)
            self._ends.append(len(self) + stretch.count)
        return True

    def reach(self, number: int | None = None) -> None:
        """Look through as much as it takes to have found this many; None: through everything."""
        while (number is None or len(self) < number) and self.step():
            pass

    def _mask(self, block: Block) -> int:
        known = self._found.get(block)
        if known is not None:
            return known
        mask = block.taken & ~block.private if self._room else block.taken
        for wider in self._wider:
            mask &= wider.get(block, mask)
        for term in self._ordered:
            if not mask:
                break
            named = self._state.named(term) if term.kind in ("word", "phrase") else ()
            holds = block.holds(term, mask, named)
            if self._room:
                holds &= ~self._state.room_words.unseen(block, term, holds & mask)
            mask &= ~holds if term.negated else holds
        self._found[block] = mask
        return mask

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, at: int) -> Entry:  # type: ignore[override]  # no slices
        if not 0 <= at < len(self):
            raise IndexError(at)
        number = bisect_right(self._ends, at)
        block, position = self._stretches[number].at(at - (self._ends[number - 1] if number else 0))
        return block.entry(position, self._state.names)

    def __iter__(self) -> Iterator[Entry]:
        names = self._state.names
        for stretch in self._stretches:
            for block, position in stretch:
                yield block.entry(position, names)

    def place_of(self, entry: Entry) -> int | None:
        """The place of the same record's entry among those found so far."""
        before = 0
        for stretch, end in zip(self._stretches, self._ends, strict=True):
            place = stretch.place_of(entry)
            if place is not None:
                return before + place
            before = end
        return None

    def tally(self) -> bool:
        """Count some more of those found for `facets`; False when nothing was left to count."""
        if self._tallied == len(self._stretches):
            return False
        for block, mask in self._stretches[self._tallied].masks:
            for sort, counts in block.counts(mask).items():
                total = self._totals[sort]
                for value, number in counts.items():
                    total[value] = total.get(value, 0) + number
        self._tallied += 1
        return True

    def facets(self) -> Facets:
        """How those found so far divide by person, standard, kind and month."""
        while self.tally():
            pass
        totals = self._totals
        return Facets(
            people=_most_first(totals["person"]),
            standards=_most_first(totals["standard"]),
            kinds=_most_first(totals["is"]),
            months=tuple(sorted(totals["month"].items())),
        )


def _most_first(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0])))


class _Stretch:
    """What was found in one run of blocks."""

    def __init__(self, masks: tuple[tuple[Block, int], ...], newest_first: bool) -> None:
        self.masks = masks
        self.count = sum(mask.bit_count() for _, mask in masks)
        self._newest_first = newest_first
        self._listed: Sequence[int] | None = None
        self._merged: list[tuple[Block, int]] | None = None

    def at(self, number: int) -> tuple[Block, int]:
        """The block, and the position in it, of what is at a place."""
        if self._newest_first:
            number = self.count - 1 - number
        if len(self.masks) > 1:
            return self._in_time()[number]
        block, mask = self.masks[0]
        if self._listed is None:
            self._listed = block.positions(mask)
        return block, self._listed[number]

    def __iter__(self) -> Iterator[tuple[Block, int]]:
        return (self.at(number) for number in range(self.count))

    def place_of(self, entry: Entry) -> int | None:
        """The place of the same record's entry."""
        for block, mask in self.masks:
            position = block.position_at(entry.moment, entry.id)
            if position is not None and mask >> position & 1:
                if len(self.masks) > 1:
                    number = self._in_time().index((block, position))
                else:
                    number = (mask & (1 << position) - 1).bit_count()
                return self.count - 1 - number if self._newest_first else number
        return None

    def _in_time(self) -> list[tuple[Block, int]]:
        """Those of several blocks that overlap, oldest first."""
        if self._merged is None:
            several = [(block, position) for block, mask in self.masks for position in block.positions(mask)]
            self._merged = sorted(several, key=lambda found: (found[0].moments[found[1]], found[0].ids[found[1]]))
        return self._merged


class Index:
    """Entries in memory, in blocks by year. People, standards, flags and months are sets of positions; words are looked
    for in the texts, the newest year first.

    At 100,000 entries a word takes about 15 ms through all years and each further letter of it less. One thread may
    update while another searches: a search sees the state before the update or after it.
    """

    def __init__(self) -> None:
        self._state = _State({}, Names(_NOBODY), {})
        self.sharing = Sharing()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return sum(block.count for block in self._state.blocks.values())

    def get(self, record_id: str) -> Entry | None:
        """The entry of a record."""
        state = self._state
        for block in state.blocks.values():
            position = block.position_of(record_id)
            if position is not None:
                return block.entry(position, state.names)
        return None

    @property
    def years(self) -> frozenset[int]:
        """The years that have entries."""
        return frozenset(self._state.blocks)

    def call(self, roster: Roster) -> None:
        """People are found by the names they have in `roster`, from now on."""
        with self._lock:
            self._state = _State(self._state.blocks, Names(roster), {})

    def rows(self, records: Iterable[Record], place: int = NOWHERE) -> list[BlockRow]:
        """Records in use, made ready for `put_year`. place: where the store has all of them."""
        return rows_of(records, place, self.sharing)

    def put_year(self, year: int, block: Block) -> None:
        """Replace all of a year by this."""
        with self._lock:
            self._exchange({year: block})

    def update(self, records: Iterable[Record], removed: Iterable[str] = ()) -> None:
        """Add records, new or changed, and forget those that are in the bin and the ids in `removed`."""
        newest = {record.id: record for record in records}
        fresh: dict[int, list[BlockRow]] = {}
        wanted = [record for record in newest.values() if searchable(record)]
        for row in self.rows(wanted):
            fresh.setdefault(newest[row[1]].at.year, []).append(row)
        gone = newest.keys() | set(removed)
        with self._lock:
            self._exchange(self._with(fresh, gone))

    def _with(self, fresh: dict[int, list[BlockRow]], gone: AbstractSet[str]) -> dict[int, Block]:
        """The blocks that change once some entries are gone and some are added."""
        changed: dict[int, Block] = {}
        blocks = self._state.blocks
        for year in {*blocks, *fresh}:
            block, rows = blocks.get(year), fresh.get(year, [])
            if block is not None and (rows or not gone.isdisjoint(block.ids)):
                changed[year] = Block([row for row in block.rows() if row[1] not in gone] + rows)
            elif block is None:
                changed[year] = Block(rows)
        return changed

    def _exchange(self, changed: dict[int, Block]) -> None:
        blocks = {**self._state.blocks, **changed}
        self._state = self._state.with_blocks({year: block for year, block in blocks.items() if block.count})

    def warm(self) -> Iterator[None]:
        """Work out, a year at a time, what the first counts would have to wait for."""
        for block in self._state.blocks.values():
            block.counts(block.taken)
            yield

    def look(self, query: Query, *, newest_first: bool = True, room: bool = False) -> Hits:
        """What the query finds, to be worked out. room: without the private ones."""
        return Hits(self._state, query.terms, room, newest_first)

    def _all(self, terms: Terms, room: bool) -> Hits:
        hits = Hits(self._state, terms, room, newest_first=True)
        hits.reach()
        return hits

    def search(
        self, query: Query, *, limit: int | None = None, newest_first: bool = True, room: bool = False
    ) -> list[Entry]:
        """The entries for which every term of `query` holds. room: without the private ones."""
        hits = self.look(query, newest_first=newest_first, room=room)
        hits.reach(limit)
        return [hits[at] for at in range(len(hits) if limit is None else min(limit, len(hits)))]

    def count(self, query: Query, *, room: bool = False) -> int:
        """How many entries `search` finds."""
        return len(self._all(query.terms, room))

    def facets(self, query: Query, *, room: bool = False) -> Facets:
        """How what `search` finds divides by person, standard, kind and month."""
        return self._all(query.terms, room).facets()

    def blame(self, query: Query, *, room: bool = False) -> Term | None:
        """The term that keeps an empty result empty: without it there would be the most results.

        Where leaving out any single one would not help, the first that matches nothing by itself. None when there are
        results, and for a query of more than `MOST_BLAMED` terms.
        """
        terms = query.terms
        if len(terms) > MOST_BLAMED or self._all(terms, room):
            return None
        without = [len(self._all((*terms[:place], *terms[place + 1 :]), room)) for place in range(len(terms))]
        if any(without):
            return terms[without.index(max(without))]
        return next((term for term in terms if not self._all((term,), room)), None)


def _implied(known: Term, terms: Sequence[Term]) -> bool:
    """Whether `known` holds for all that `terms` hold for: it is one of them, or the beginning of a word in them."""
    if known in terms:
        return True
    if known.negated or not known.needle:
        return False
    place = known.kind == "customer"
    return any(
        not term.negated
        and (term.kind == "customer") == place
        and all(any(mine in its for mine in known.needles) for its in term.needles)
        for term in terms
        if term.needle
    )


_COSTS = {"person": 0, "standard": 0, "is": 0, "days": 1, "customer": 2, "phrase": 3, "word": 3}


def _cost(term: Term) -> tuple[int, bool, int]:
    return _COSTS[term.kind], term.negated, -len(term.needle)
