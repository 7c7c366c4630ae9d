"""History's query language.

    @maria -#own-it is:win on:2026-03 after:2026-01-01 before:last-week customer:"Blue Door" "exact words" courier

All terms must hold; a `-` before one negates it. Words match at the start of a word, blind to case and accents,
also in the names of the people involved. What is not understood is searched for as words or left out, and a note says
so.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import msgspec

from meetingtool.errors import Unclear
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.rules.capture.in_full import name_in_full
from meetingtool.rules.capture.marks import FULL_WIDTH, QUOTES
from meetingtool.rules.days import DayOrder
from meetingtool.rules.folding import fold
from meetingtool.rules.history.spans import span_of
from meetingtool.rules.kinds.table import SEARCHED_SORTS, SORTS
from meetingtool.rules.roster import Roster
from meetingtool.rules.words import needle_for, places, without_inner_marks

TermKind = Literal["word", "phrase", "person", "standard", "customer", "is", "days"]

MOST_TERMS = 60
"""Terms beyond these are left out, so that no pasted text makes a search slow."""

FLAGS: dict[str, str] = {
    **{sort: SORTS[sort].found for sort in SEARCHED_SORTS},
    "starred": "starred",
    "private": "private",
    "waiting": "waiting to be told in a meeting",
    "unsorted": "with a name or tag to sort out",
    "open": "open promises and actions",
    "kept": "kept",
    "missed": "missed",
    "dropped": "dropped",
}
"""What may follow `is:`, and what it finds."""

LEGEND: tuple[tuple[str, str], ...] = (
    ("@maria", "a person"),
    ("#own-it", "a standard"),
    ("word", "a word, or the beginning of one"),
    ('"exact words"', "these words in this order"),
    ("-word", "without it; can go before any of these"),
    ("is:win", "or " + ", ".join(list(FLAGS)[1:])),
    ("on:2026-03", "in a year, a month, on a day, or last-week"),
    ("after:2026-03", "from its first day onwards"),
    ("before:2026-03", "until the day before"),
    ('customer:"Blue Door"', "a customer"),
)
"""The language in short, to be shown beside it."""


class Term(msgspec.Struct, frozen=True):
    """One condition. typed: as it stood in the query.

    needle: what a word, a phrase or a customer is looked for by (`words.needle_for`). joined: another needle, of the
    same without marks within a word: `dont` for don't; else empty. value: the id of a person or a
    standard, or what follows `is:`. since, until: first and last day; None where it is open.
    """

    kind: TermKind
    typed: str
    negated: bool = False
    needle: str = ""
    joined: str = ""
    value: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def needles(self) -> tuple[str, ...]:
        """What it is looked for by: found is what has any of these."""
        return tuple(filter(None, (self.needle, self.joined)))


class Query(msgspec.Struct, frozen=True):
    """What is looked for.

    notes: what was not understood, in words for people. astray: what was typed and isn't looked for as it was meant,
    each with what may be there instead; a program that doesn't see the notes shouldn't use the result then.
    """

    text: str
    terms: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()
    astray: tuple[tuple[str, str], ...] = ()


def parse_query(text: str, roster: Roster, today: date, *, day_order: DayOrder = "day-first") -> Query:
    """Read a query. Every text is one; see `Query.notes` for what was read differently from how it was typed."""
    return _QueryReader(text, roster, today, day_order).read()


def highlights(text: str, query: Query) -> list[tuple[int, int]]:
    """The stretches of `text` that the words and phrases of `query` match, as `text[start:end]`, in order."""
    wanted = [term for term in query.terms if term.kind in ("word", "phrase") and not term.negated]
    return places(text, [needle for term in wanted for needle in term.needles]) if wanted else []


_SIGNS = {**FULL_WIDTH, 0xFF0D: "-"}
"""Full-width signs mean what the plain ones mean, as in a captured line."""
_TERM = re.compile(r"(?P<minus>-*)(?:(?P<key>[a-z]+):|(?P<sign>[@#^]))?", re.IGNORECASE)
_SOLID = re.compile(r"\S*")
_CLOSING = {opening: re.compile(f"[{closing}]") for opening, closing in QUOTES.items()}
_SAME = {
    "since": "after",
    "till": "until",
    "star": "starred",
    "stickies": "sticky",
    "thanks": "praise",
    "minutes": "meeting",
}


class _QueryReader:
    def __init__(self, text: str, roster: Roster, today: date, day_order: DayOrder) -> None:
        self.typed = text
        self.text = text.translate(_SIGNS)
        self.roster = roster
        self.today = today
        self.day_order = day_order
        self.at = 0
        self.terms: list[Term] = []
        self.notes: list[str] = []
        self.astray: list[tuple[str, str]] = []

    def read(self) -> Query:
        while self.at < len(self.text):
            if self.text[self.at].isspace():
                self.at += 1
            else:
                self._term()
        terms = tuple(dict.fromkeys(self.terms))
        if len(terms) > MOST_TERMS:
            self.notes.append(f"Only the first {MOST_TERMS} of {len(terms)} parts are searched for.")
            self.astray.append((terms[MOST_TERMS].typed, f"At most {MOST_TERMS} parts are searched for."))
        notes, astray = tuple(dict.fromkeys(self.notes)), tuple(dict.fromkeys(self.astray))
        return Query(self.typed, terms[:MOST_TERMS], notes, astray)

    def _term(self) -> None:
        start = self.at
        match = _TERM.match(self.text, start)
        assert match is not None
        negated = bool(match["minus"])
        self.at = match.end()
        if match["key"]:
            self._filter(start, negated, match["key"].lower())
        elif match["sign"] == "^":
            self._customer(start, negated)
        elif match["sign"]:
            self._named(start, negated, match["sign"])
        else:
            self._words(start, negated, *self._value())

    def _value(self) -> tuple[str, bool, bool]:
        """What is here up to the next blank, or in quotes; whether it is quoted, and whether the quote closes.

        A quote that never closes reaches to the end.
        """
        start, opening = self.at, self.text[self.at : self.at + 1]
        if opening not in _CLOSING:
            match = _SOLID.match(self.text, start)
            assert match is not None
            self.at = match.end()
            return match[0], False, False
        close = _CLOSING[opening].search(self.text, start + 1)
        if close is None:
            self.notes.append("The quote is not closed: everything after it is part of it.")
        self.at = close.end() if close else len(self.text)
        return self.text[start + 1 : close.start() if close else None], True, close is not None

    def _add(
        self,
        kind: TermKind,
        start: int,
        negated: bool,
        *,
        words: str = "",
        whole: bool = False,
        value: str = "",
        since: date | None = None,
        until: date | None = None,
    ) -> None:
        needle = needle_for(words, whole=whole)
        other = needle_for(without_inner_marks(words), whole=whole)
        joined = other if other != needle else ""
        self.terms.append(Term(kind, self.typed[start : self.at], negated, needle, joined, value, since, until))

    def _stray(self, start: int, instead: str) -> None:
        self.astray.append((self.typed[start : self.at], instead))

    def _words(self, start: int, negated: bool, words: str, quoted: bool, closed: bool) -> None:
        if needle_for(words):
            self._add("phrase" if quoted else "word", start, negated, words=words, whole=closed)
        elif words.strip():
            self.notes.append(f"“{wording.shortened(words, 30)}” has no letters to search for.")
            self._stray(start, "There are no letters in it: write a word, a name or a filter such as is:win.")

    def _named(self, start: int, negated: bool, sign: str) -> None:
        begin = self.at
        name = self._value()[0].rstrip(".,;:!?)'’")
        known: Person | Standard | None
        if sign == "#":
            known = self.roster.standard(name)
        elif name and (whole := name_in_full(self.text, self.text, slice(begin, self.at), self.roster)) is not None:
            self.at, meant = whole
            name = self.text[begin : self.at]
            known = meant[0] if len(meant) == 1 else None
        else:
            known = self.roster.person_by_handle(name)
        if known is not None:
            self._add("person" if sign == "@" else "standard", start, negated, value=known.id)
        elif name:
            if not (sign == "#" and name.isnumeric()):
                self.notes.append(self._unknown(sign, name))
            self._words(start, negated, name, False, False)
        else:
            self._stray(start, f"A {'handle' if sign == '@' else 'tag'} must follow {sign}.")

    def _unknown(self, sign: str, name: str) -> str:
        shown = wording.shortened(f"{sign}{name}", 30)
        if sign == "#":
            return f"There is no standard {shown}; searching for the word instead."
        wanted = fold(name)
        if self.roster.called(name) or any(wanted in fold(person.name).split() for person in self.roster.everyone):
            return f"{shown} could be several people; searching for the name instead."
        return f"Nobody is called {shown}; searching for the word instead."

    def _customer(self, start: int, negated: bool) -> None:
        value, _, closed = self._value()
        if needle_for(value):
            self._add("customer", start, negated, words=value, whole=closed)
        else:
            self._stray(start, "A customer's name must follow it.")
            if value.strip():
                self.notes.append("A customer's name needs letters.")

    def _filter(self, start: int, negated: bool, key: str) -> None:
        key = _SAME.get(key, key)
        if key == "customer":
            self._customer(start, negated)
        elif key == "is":
            self._is(start, negated, self._value()[0])
        elif key in ("on", "after", "before", "until"):
            self._days(start, negated, key, self._value()[0])
        else:
            value, quoted, closed = self._value()
            if not value.startswith("//"):
                self.notes.append(f"“{wording.shortened(key, 20)}:” is not a filter; searching for the words instead.")
                self._stray(
                    start, "It can be is:, on:, after:, before:, until: or customer:; quotes look for the words."
                )
            self._words(start, negated, f"{key} {value}", quoted, closed)

    def _is(self, start: int, negated: bool, value: str) -> None:
        wanted = _SAME.get(fold(value), fold(value))
        fitting = [flag for flag in FLAGS if flag == wanted or f"{flag}s" == wanted]
        fitting = fitting or [flag for flag in FLAGS if wanted and flag.startswith(wanted)]
        if len(fitting) == 1:
            self._add("is", start, negated, value=fitting[0])
        else:
            known = ", ".join(fitting or FLAGS)
            said = f"is:{wording.shortened(value, 20)} is left out" if value else "is: is left out"
            self.notes.append(f"{said}; it can be {known}.")
            self._stray(start, f"It can be {known}.")

    def _days(self, start: int, negated: bool, key: str, value: str) -> None:
        if not value.strip():
            self.notes.append(f"{key}: is left out; a day, a month or a year must follow it.")
            self._stray(start, "A day, a month or a year must follow it.")
            return
        try:
            since, until = span_of(value, self.today, day_order=self.day_order)
        except Unclear as unclear:
            self.notes.append(f"{key}: is left out. {unclear}")
            self._stray(start, str(unclear))
            return
        if key == "on":
            self._add("days", start, negated, since=since, until=until)
        elif key == "after":
            self._add("days", start, negated, since=since)
        elif key == "until":
            self._add("days", start, negated, until=until)
        else:
            self._add("days", start, negated, until=_day_before(since))


def _day_before(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))


def blame_told(blamed: tuple[Term, int] | None) -> tuple[str, str, str]:
    """Which part of a query leaves nothing, and how many there are without it, in three texts: the words before that
    part, the part as it was typed, and the words after it.
    """
    if blamed is None:
        return "Remove a part of it.", "", ""
    term, others = blamed
    typed = wording.shortened(term.typed, 40)
    if not others:
        return "Nothing fits ", typed, "."
    return "Without ", typed, f" there {'is' if others == 1 else 'are'} {others:,}."
