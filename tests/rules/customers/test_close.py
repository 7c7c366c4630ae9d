"""Names that are one letter away, as a well-known library of edit distances finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from meetingtool.rules.customers.close import SHORTEST, close_index, close_to

NAMES = st.text("abcé", min_size=1, max_size=7)


@given(st.lists(NAMES, max_size=12), NAMES)
def test_the_names_one_letter_away_are_those_the_library_finds(names: list[str], word: str) -> None:
    expected = {name for name in names if min(len(name), len(word)) >= SHORTEST and OSA.distance(name, word) == 1}
    assert close_to(word, close_index(names)) == expected
