"""What is said about a search in the line above its results."""

from __future__ import annotations

import pytest

from meetingtool.rules.history.search import Facets
from meetingtool.tui.history.found_text import ROOM, counted


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ({"win": 41, "sticky": 7}, "41 wins · 7 stickies"),
        ({"promise": 3}, "3 promises"),
        ({"action": 2, "sticky": 1}, "1 sticky · 2 actions"),
        ({"win": 1}, "1 win"),
        ({}, "0 found"),
    ],
)
def test_only_the_kinds_that_were_found_are_counted(kinds: dict[str, int], said: str) -> None:
    counts = Facets(kinds=tuple(kinds.items()))
    assert counted(counts, 0.012, wide=False) == said
    assert counted(counts, 0.012, wide=True) == f"{said} · 12 ms"


def test_where_there_is_no_room_the_last_kinds_are_left_out_whole() -> None:
    counts = Facets(kinds=(("meeting", 48), ("win", 41_000), ("action", 12), ("sticky", 7_000), ("praise", 3)))
    assert counted(counts, 0.0, wide=False) == "41,000 wins · 7,000 stickies"
    assert len(counted(Facets(kinds=(("win", 10**12), ("sticky", 10**12))), 0.0, wide=False)) <= ROOM
    assert counted(counts, 0.0, wide=True).endswith("3 thanks · 12 actions · 48 minutes · 0 ms")
