"""What can be completed where the cursor stands: people, standards, customers and dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal, TypeVar

import msgspec

from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.capture.marks import shape
from meetingtool.rules.capture.writing import customer_mark
from meetingtool.rules.dates import parse_date
from meetingtool.rules.folding import fold
from meetingtool.rules.history.query import FLAGS
from meetingtool.rules.naming import first_name
from meetingtool.rules.roster import Roster

T = TypeVar("T")
CompletionKind = Literal["person", "standard", "customer", "date", "filter"]

MOST_OPTIONS = 8
"""No more options than one can take in at a glance."""

_REACH = 120
_NAME = re.compile(r"(?:^|[^\w.@#\\%$=/])(?P<sigil>[@#])(?P<typed>(?:[^\W_][\w.'’-]*)?)$")
_NAME_IN_FULL = re.compile(
    r"(?:^|[^\w.@#\\%$=/])(?P<sigil>@)(?P<typed>[^\W_][\w.'’-]*(?:[^\S\n]+[^\W_][\w.'’-]*){0,4}[^\S\n]+(?:[^\W\d_][\w'’-]+|[A-Z]))$"
)
_CUSTOMER = re.compile(
    r"(?:^|[\s(\[{])(?P<mark>\^(?:(?P<quote>[\"“„«])(?P<quoted>[^\"“”„«»]*)|(?P<typed>(?:[^\W_][\w.&'’-]*)?)))$"
)
_DATE = re.compile(r"(?:^|\s)by\s+(?P<typed>[\w ]{0,20})$", re.IGNORECASE)
_PLEDGE = re.compile(r"(?<!\S)[!>][\"“„«]?\w")
_REST = re.compile(r"[\w.'’-]*")
_REST_OF_QUOTED = re.compile(r"[^\"“”„«»\s][^\"“”„«»]*[\"”“»]|[\"”“»]")


class Option(msgspec.Struct, frozen=True):
    """One thing to choose. insert: what replaces what was typed; label: the same, as it is shown; detail:
    who or what that is.
    """

    insert: str
    label: str
    detail: str = ""


class Completion(msgspec.Struct, frozen=True):
    """The options for `line[start:end]`, the best first, at least one."""

    kind: CompletionKind
    start: int
    end: int
    options: tuple[Option, ...]


def completion_at(
    line: str,
    cursor: int,
    roster: Roster,
    customers: Sequence[str] = (),
    today: date | None = None,
    *,
    pledging: bool = False,
) -> Completion | None:
    """What a capture line can be completed with at `cursor`; None where nothing fits, or nothing is left to add.

    customers: the names to offer, the most recent first. today: to say which day a date is. pledging: the whole line
    is a promise or an action, so that a "by" is followed by a date even without a mark.
    """
    cursor = min(max(cursor, 0), len(line))
    return _named(line, cursor, roster) or _customer(line, cursor, customers) or _date(line, cursor, today, pledging)


def _found(kind: CompletionKind, line: str, start: int, end: int, options: Iterable[Option]) -> Completion | None:
    offered = tuple(options)[:MOST_OPTIONS]
    if not offered or (len(offered) == 1 and offered[0].insert == line[start:end]):
        return None
    return Completion(kind, start, end, offered)


def _named(line: str, cursor: int, roster: Roster) -> Completion | None:
    begin = max(cursor - _REACH, 0)
    before = shape(line[begin:cursor])
    match = _NAME.search(before)
    if match is None:
        return _in_full(line, begin, cursor, before, roster)
    start = begin + match.start("sigil")
    rest = _REST.match(shape(line[cursor : cursor + _REACH]))
    end = cursor + (rest.end() if rest else 0)
    typed = line[start + 1 : cursor]
    if match["sigil"] == "@":
        return _found("person", line, start, end, people_options(typed, roster))
    return _found("standard", line, start, end, standard_options(typed, roster))


def _in_full(line: str, begin: int, cursor: int, before: str, roster: Roster) -> Completion | None:
    """Whom on the team a name of several words may become: `@maria now`."""
    match = _NAME_IN_FULL.search(before)
    if match is None:
        return None
    typed = line[begin + match.start("typed") : cursor]
    found = [person for person in roster.called_like(typed) if person.on_team(roster.today)]
    rest = _REST.match(shape(line[cursor : cursor + _REACH]))
    end = cursor + (rest.end() if rest else 0)
    return _found("person", line, begin + match.start("sigil"), end, map(_option, found))


def people_options(typed: str, roster: Roster) -> list[Option]:
    """The people on the team whose handle, first name, other names or letters fit `typed`, in that order."""
    found = _ranked(roster.people, typed, _names_of)
    return list(map(_option, found))


def _option(person: Person) -> Option:
    return Option(f"@{person.handle}", f"@{person.handle}", " · ".join(filter(None, (person.name, person.role))))


def standard_options(typed: str, roster: Roster) -> list[Option]:
    """The standards in use whose tag or title fits `typed`."""
    if not typed:
        found = list(roster.standards)
    else:
        found = _ranked(roster.standards, typed, lambda standard: ([standard.tag], standard.title.split()))
    return [Option(f"#{standard.tag}", f"#{standard.tag}", standard.title) for standard in found]


def customer_options(typed: str, customers: Iterable[str]) -> list[str]:
    """The customers whose name, a word of it or some letters fit `typed`; all, as given, when nothing was typed."""
    names = list(dict.fromkeys(filter(None, (" ".join(name.split()) for name in customers))))
    if not typed.strip():
        return names
    return _ranked(names, typed, lambda name: ([name], name.split()))


def _names_of(person: Person) -> tuple[list[str], ...]:
    return ([person.handle], [first_name(person.name)], [person.name, *person.name.split(), *person.nicknames])


def _ranked(things: Iterable[T], typed: str, names: Callable[[T], Sequence[Sequence[str]]]) -> list[T]:
    """The things with a name that begins with `typed`, those of the first list of names first; then those with
    `typed` somewhere inside. Alphabetical where they rank alike; blind to case and accents.
    """
    wanted = fold(" ".join(typed.split()))
    ranked: list[tuple[int, str, int, T]] = []
    for place, thing in enumerate(things):
        groups = [[fold(name) for name in group] for group in names(thing)]
        rank = next((i for i, group in enumerate(groups) if any(name.startswith(wanted) for name in group)), None)
        if rank is None and any(wanted in name for group in groups for name in group):
            rank = len(groups)
        if rank is not None:
            ranked.append((rank, groups[0][0], place, thing))
    ranked.sort(key=lambda entry: entry[:3])
    return [thing for *_, thing in ranked]


def _customer(line: str, cursor: int, customers: Sequence[str]) -> Completion | None:
    begin = max(cursor - _REACH, 0)
    match = _CUSTOMER.search(shape(line[begin:cursor]))
    if match is None:
        return None
    start = begin + match.start("mark")
    rest = _REST_OF_QUOTED if match["quote"] else _REST
    behind = rest.match(line, cursor, cursor + _REACH)
    typed = line[start + (2 if match["quote"] else 1) : cursor]
    names = customer_options(typed, customers)
    options = (Option(customer_mark(name), name) for name in names)
    return _found("customer", line, start, behind.end() if behind else cursor, options)


_DATES = ("today", "tomorrow", *wording.DAYS_IN_FULL, "next week", "in 2 weeks", "end of month")


def _date(line: str, cursor: int, today: date | None, pledging: bool) -> Completion | None:
    begin = max(cursor - _REACH, 0)
    match = _DATE.search(line[begin:cursor])
    if match is None or not (pledging or _PLEDGE.search(line, 0, begin + match.start())):
        return None
    typed = fold(" ".join(match["typed"].split()))
    phrases = [phrase for phrase in _DATES if fold(phrase).startswith(typed)]
    if today is None:
        options = [Option(phrase, phrase) for phrase in phrases]
    else:
        days = sorted((parse_date(phrase, today), place, phrase) for place, phrase in enumerate(phrases))
        options = [Option(phrase, phrase, wording.day(day, today)) for day, _, phrase in days]
    return _found("date", line, begin + match.start("typed"), cursor, options)


_FILTER = re.compile(r"(?:^|\s)-*(?P<key>[a-z]+):(?P<value>[\"“„«][^\"“”„«»]*|[^\s\"“”„«»]*)$", re.IGNORECASE)
_WORD = re.compile(r"(?:^|\s)-*(?P<typed>[a-z]{2,})$", re.IGNORECASE)
_FILTERS = {
    "is:": "win, sticky, starred …",
    "on:": "a year, a month or a day",
    "after:": "from then on",
    "before:": "until the day before",
    "customer:": "one customer",
}
_SPANS = ("today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-year", "last-year")


def query_completion_at(text: str, cursor: int, roster: Roster, customers: Sequence[str] = ()) -> Completion | None:
    """What a query of the history can be completed with at `cursor`: names, tags, filters and their values."""
    cursor = min(max(cursor, 0), len(text))
    begin = max(cursor - _REACH, 0)
    before = text[begin:cursor]
    value = _FILTER.search(before)
    word = _WORD.search(before)
    if value is not None:
        typed = value["value"].lstrip('"“„«')
        behind = _REST_OF_QUOTED.match(text, cursor, cursor + _REACH) if typed != value["value"] else None
        kind, options = _values(value["key"].lower(), typed, customers)
        return _found(kind, text, begin + value.start("value"), behind.end() if behind else cursor, options)
    if word is not None:
        typed = word["typed"].lower()
        options = [Option(name, name, what) for name, what in _FILTERS.items() if name.startswith(typed)]
        return _found("filter", text, begin + word.start("typed"), cursor, options)
    return _named(text, cursor, roster) or _customer(text, cursor, customers)


def _values(key: str, typed: str, customers: Sequence[str]) -> tuple[CompletionKind, list[Option]]:
    if key == "customer":
        names = customer_options(typed, customers)
        return "customer", [Option(customer_mark(name).removeprefix("^"), name) for name in names]
    if key == "is":
        return "filter", [Option(flag, flag, what) for flag, what in FLAGS.items() if flag.startswith(typed.lower())]
    if key in ("on", "after", "before", "since", "until"):
        return "date", [Option(span, span.replace("-", " ")) for span in _SPANS if span.startswith(typed.lower())]
    return "filter", []
