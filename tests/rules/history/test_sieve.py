"""What a query finds passes the sieve, however it is written in JSON; most else does not."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.records.stories import Story
from meetingtool.rules.history.entries import Names, entry_with, matches
from meetingtool.rules.history.query import parse_query
from meetingtool.rules.history.sieve import sieve_of
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)
WORDS = [
    "café",
    "Courier",
    "COURIER's",
    "re\nfund",
    "zoë",
    "ﬁne",
    "e-mail",
    "\x07bell",
    'a "quote"',
    "back\\slash",
    "K",
]
TERMS = [
    "cour",
    "courier",
    "cafe",
    "fund",
    "zo",
    "fine",
    "-courier",
    "maria",
    '"a quote"',
    "slash",
    "bell",
    "k",
    "mail",
]
TERMS += ["@maria", "#own-it", "customer:acme", "is:win", "on:2026", "-@tom"]


def told(number: int, text: str, people: tuple[str, ...] = (), customer: str = "") -> Story:
    at = datetime(2026, 1, 6, 9, tzinfo=UTC) + timedelta(days=number)
    return Story(
        id=f"N{number}", at=at, made_at=at, made_by="pat", kind="win", text=text, line=text, people=people,
        customer=customer, standards=("own-it",) if number % 2 else (),
    )  # fmt: skip


STORIES = st.lists(
    st.builds(
        lambda text, people, customer: (text, people, customer),
        st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
        st.lists(st.sampled_from(["maria", "tom", "zoe"]), max_size=2).map(tuple),
        st.sampled_from(["", "Acme", "Blue Café"]),
    ),
    min_size=1,
    max_size=6,
)


@given(
    stories=STORIES, terms=st.lists(st.sampled_from(TERMS), min_size=1, max_size=3).map(" ".join), escaped=st.booleans()
)
@settings(max_examples=200)
def test_whatever_a_query_finds_passes_its_sieve(
    stories: list[tuple[str, tuple[str, ...], str]], terms: str, escaped: bool, roster: Roster
) -> None:
    names, query = Names(roster), parse_query(terms, roster, TODAY)
    records = [told(number, *parts) for number, parts in enumerate(stories)]
    lines = [msgspec.json.encode(record) for record in records]
    if escaped:
        lines = [json.dumps(json.loads(line)).encode() for line in lines]
    sieve = sieve_of(query, names)
    passed = lines if sieve is None else sieve(b",\n".join(lines))
    assert set(passed) <= set(lines)
    for record, line in zip(records, lines, strict=True):
        if matches(query, entry_with(record, names)):
            assert line in passed


def test_most_of_what_is_not_looked_for_is_held_back(roster: Roster) -> None:
    lines = [msgspec.json.encode(told(number, f"locker{number} of many")) for number in range(50)]
    sieve = sieve_of(parse_query('"locker17 of" many', roster, TODAY), Names(roster))
    assert sieve is not None
    assert sieve(b",\n".join(lines)) == [lines[17]]
    assert sieve_of(parse_query("-many is:win on:2026", roster, TODAY), Names(roster)) is None
