"""Which of several things fit what is typed while one of them is being chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from meetingtool.rules.folding import fold

T = TypeVar("T")


def fitting(things: Iterable[T], typed: str, text: Callable[[T], str]) -> list[T]:
    """The things whose text has every typed word; those in which each of them begins a word come first. All, in their
    order, when nothing is typed. Blind to case and accents.
    """
    wanted = fold(typed).split()
    ranked: list[tuple[int, T]] = []
    for thing in things:
        said = fold(text(thing))
        if all(word in said for word in wanted):
            starts = all(re.search(rf"(?<!\w){re.escape(word)}", said) for word in wanted)
            ranked.append((0 if starts else 1, thing))
    return [thing for _, thing in sorted(ranked, key=lambda entry: entry[0])]
