"""What is typed leaves what has it, the likeliest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules.choosing import fitting

PEOPLE = [
    "Atom Ek  @atom",
    "Sean O'Brien",
    "Una O’Neill",
    "Maria Lopez  @maria",
    "Tom Ng  @tom · Workshop",
    "Zoë Martin-Reid  @zoe",
]


@pytest.mark.parametrize(
    ("typed", "first", "number"),
    [
        ("tom", "Tom Ng", 2),
        ("TOM ng", "Tom Ng", 1),
        ("@tom", "Tom Ng", 1),
        ("zoe", "Zoë", 1),
        ("reid", "Zoë", 1),
        ("work", "Tom", 1),
        ("", "Atom", 6),
        ("  ", "Atom", 6),
        ("o’b", "Sean", 1),
        ("o'n", "Una", 1),
        ("xyz", "", 0),
    ],
)
def test_those_that_have_every_word_are_left_and_beginnings_come_first(typed: str, first: str, number: int) -> None:
    found = fitting(PEOPLE, typed, str)
    assert len(found) == number
    assert (found or [""])[0].startswith(first)


@given(st.lists(st.text(max_size=10), max_size=8), st.text(max_size=6))
def test_nothing_is_invented_and_typing_more_never_finds_more(things: list[str], typed: str) -> None:
    found = fitting(things, typed, str)
    assert set(found) <= set(things)
    assert set(fitting(things, typed + "a", str)) <= set(found) | set(fitting(things, typed + " a", str))
