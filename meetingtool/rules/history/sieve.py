"""A quick look at records while they are still lines of JSON: most of those that a query won't find are not decoded.

A record that is found by a word of plain letters has it in its JSON, in either case; or it has other letters, which may
be written there as `\\u` and four digits; or somebody of that name is involved, whose id is there. A person or a
standard that is looked for is there by its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from meetingtool.rules.history.entries import Names
from meetingtool.rules.history.query import Query, Term

Sieve = Callable[[bytes], list[bytes]]
"""From lines of JSON, each but the last with a comma at its end, those that a query may find; without their commas."""

MOST_NAMED = 2
"""A word that stands in the names of more people than these is left to the decoded records."""

_ODD, _ESCAPED = b"\xff", b"\\u"
_PLAIN = bytes(0xFF if code > 0x7F else code for code in range(256)).lower()


def sieve_of(query: Query, names: Names) -> Sieve | None:
    """The sieve of a query; None when there is nothing in it that could be seen in JSON."""
    tests = [test for term in query.terms if (test := _needles(term, names))]
    if not tests:
        return None

    def sieve(text: bytes) -> list[bytes]:
        plain = text.translate(_PLAIN)
        odd = _lines_with(plain, (_ODD, _ESCAPED))
        likely = set.intersection(*(odd | _lines_with(plain, needles) for needles in tests))
        return [_line_at(text, start) for start in sorted(likely)]

    return sieve


def sieve_for(record_id: str) -> Sieve:
    """What lets through the records that name another one by its id, and that one itself."""
    needle = record_id.encode()
    return lambda text: [_line_at(text, start) for start in sorted(_lines_with(text, (needle,)))]


def _needles(term: Term, names: Names) -> tuple[bytes, ...]:
    """What stands in the JSON of each record of plain letters that `term` holds for: one of these; none, if unknown."""
    if term.negated or term.kind in ("is", "days"):
        return ()
    if term.kind in ("person", "standard"):
        return (term.value.lower().encode(),)
    word = max(term.needle.split(), key=len)
    if not word.isascii():
        return ()
    named = [person.id for person in names.roster.everyone if term.needle in names[person.id]]
    return (word.encode(), *(one.lower().encode() for one in named)) if len(named) <= MOST_NAMED else ()


def _lines_with(text: bytes, needles: Iterable[bytes]) -> set[int]:
    """Where the lines begin that have one of the needles."""
    starts = set()
    for needle in needles:
        at = text.find(needle)
        while at >= 0:
            starts.add(text.rfind(b"\n", 0, at) + 1)
            end = text.find(b"\n", at)
            at = text.find(needle, end) if end >= 0 else -1
    return starts


def _line_at(text: bytes, start: int) -> bytes:
    end = text.find(b"\n", start)
    return text[start:] if end < 0 else text[start : end - 1]
