"""Which words beside a mark need it, so that its name stays in the sentence when the mark is understood."""

from __future__ import annotations

import re

_LEANING_WORDS = """
a about after against an and are as at be because been before beside between both but by called either even except for
from how if including into is like my near neither nor of only onto or our plus real since so than that the their then
to toward towards unlike until via was were when where while who why with without your
"""
_REACHING_STEMS = """
admir answer appreciat ask believ blam bless call choos chos compliment congratulat consult contact cover credit email
find found gave get giv got greet hear heard help hug hugg introduc invit join knew know let lik lov made mention meet
met miss nam need nominat paid pay phon prais rang recommend reliev remember request rescu ring sav saw see send sent
show support taught teach tell text thank told took train trust visit want watch
"""
LEANING = frozenset(_LEANING_WORDS.split())
"""After these words a name or a tag belongs to the sentence and stays in it."""

_REACHING = frozenset(_REACHING_STEMS.split())
"""Stems of verbs that take a person: after them a name is more than a signature."""

_ENDING = re.compile(r"(?:ing|ed|es|e|s)\Z")
_LAST_WORD = re.compile(r"(?:(?<![\w'’-])[\w'’-]+|[&+])(?=\s+\Z)")
_GOES_ON = re.compile(
    r"\s*(?:(?:&|\+|\b(?:and|or|nor|of|from)(?=\s))\s*\w|,\s*(?:and\s+)?who(?:se|m)?\b)", re.IGNORECASE
)
_REACH = 24


def leans(before: str, *, on_name: bool) -> bool:
    """Whether the last word of `before`, with a blank behind it, needs what follows: "with @tom", "thanked @tom".

    on_name: a name follows; a tag is reached by no verb.
    """
    match = _LAST_WORD.search(before[-_REACH:])
    if match is None:
        return False
    word = match[0].casefold()
    if word in LEANING or not on_name:
        return word in LEANING
    return word in "&+" or (word != "thanks" and not _REACHING.isdisjoint((word, _ENDING.sub("", word))))


def goes_on(behind: str) -> bool:
    """Whether the words after a name at the start of a line need it: "@maria and the driver", "@maria, who ...".

    behind: a piece of the line is enough.
    """
    return _GOES_ON.match(behind) is not None
