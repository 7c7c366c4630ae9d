"""The words around a name: "Will call again" is no Will, "It was Will who helped" may be one."""

from __future__ import annotations

from meetingtool.records.mentions import Tier
from meetingtool.rules.customers.names import ENDS_SENTENCE, WORD
from meetingtool.rules.folding import fold

BY_SURROUNDINGS: tuple[Tier, ...] = ("unique", "shared", "ordinary")
"""Single names: a rejection of one holds only for the same words around it."""

Surroundings = frozenset[tuple[str, str]]


def surroundings(text: str, words: str) -> Surroundings:
    """The words before and after each place where a name is, folded; empty at the ends of a sentence."""
    found = set()
    wanted = WORD.findall(words)
    for sentence in ENDS_SENTENCE.split(text):
        spoken = WORD.findall(sentence)
        for at in range(len(spoken) - len(wanted) + 1):
            if wanted and spoken[at : at + len(wanted)] == wanted:
                after = at + len(wanted)
                found.add((fold(spoken[at - 1]) if at else "", fold(spoken[after]) if after < len(spoken) else ""))
    return frozenset(found)
