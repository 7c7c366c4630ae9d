"""Which words beside a mark need it, so that its name stays in the sentence when the mark is understood."""

from __future__ import annotations

import re

_LEANING_WORDS = """
a about after against an and are as at be because been before beside between both but by called either even except for
from how if including into is like my near neither nor of only onto or our plus real since so than that the their then
to toward towards unlike until via was were what when where while who why with without your
auf bei dass durch für gegen mit nach ohne und von weil zu zum zur dankte lobte
à avec chez contre de du et par pour que qui sans sur remercié félicité
con contra e en para por según sin y agradeció felicitó
"""
_REACHING_STEMS = """
abus admir answer appreciat ask attack believ blam bless call choos chos compliment congratulat consult contact cover
credit curs email find found gave get giv got greet harass hear heard help hit hug hugg hurt insult introduc invit
join kiss knew know let lik lov made meet mention met miss nam need nominat paid pay phon prais punch push rang
recommend reliev remember request rescu ring sav saw scold see send sent show slap support taught teach tell text
thank threaten told took train trust visit want watch
"""
_TAKES_A_SUM = r"""(?ix)(?<![\w'’-])(?:gave|giv(?:e|es|en|ing)|spen(?:d|ds|t|ding)|pa(?:y|ys|id|ying)|us(?:e|es|ed|ing))
    (?:\s+(?:her|him|them|us|me|you|it))?\s+\Z"""
_TAKES_A_TAG = r"""(?ix)(?<![\w'’-])(?:gave|giv(?:e|es|en|ing)|spent|paid|us(?:e|es|ed|ing)|s(?:aw|ee|ees|een|eeing)
    |show(?:s|ed|n|ing)?|mean(?:s|t)?|liv(?:e|es|ed|ing))\s+\Z"""
_TELLS = (
    r"(?i)\s+(?:is|are|was|were|means?|meant|isn['’]t|wasn['’]t|ist|war|bedeutet|est|était|es|era|significa|è)"
    r"(?=[\s,.!?]|\Z)"
)
LEANING = frozenset(_LEANING_WORDS.split())
"""After these words a name or a tag belongs to the sentence and stays in it."""

_REACHING = frozenset(_REACHING_STEMS.split())
"""Stems of verbs that take a person: after them a name is more than a signature."""

# Patterns as text: most lines need none of them, and compiling them takes longer than reading a line.
_ENDING = r"(?:ing|ed|es|e|s)\Z"
_LAST_WORD = r"(?:(?<![\w'’-])[\w'’-]+|[&+])(?=\s+\Z)"
_GOES_ON = (
    r"(?i)\s*(?:(?:&|\+|\b(?:and|of|from|with|und|mit|et|avec|y|con|e|och|og|med|(?-i:i)|и|і|та|ja|és|ve|και|și)(?=\s))\s*[\w^]"
    r"|\b(?:or|nor|oder|ou|o|eller)\s+[\w@^]|,\s*(?:and\s+)?who(?:se|m)?\b)"
)
_REACH = 24


def leans(before: str, *, on_name: bool) -> bool:
    """Whether the last word of `before`, with a blank behind it, needs what follows: "with @tom", "thanked @tom".

    on_name: a name follows; no verb takes a tag.
    """
    match = re.search(_LAST_WORD, before[-_REACH:])
    if match is None:
        return False
    word = match[0].casefold()
    if word in LEANING or not on_name:
        return word in LEANING
    return word in "&+" or (word != "thanks" and not _REACHING.isdisjoint((word, re.sub(_ENDING, "", word))))


def goes_on(behind: str) -> bool:
    """Whether the words after a name at the start of a line need it: "@maria and the driver", "@maria, who ...".

    behind: a piece of the line is enough.
    """
    return re.match(_GOES_ON, behind) is not None


def takes(before: str, behind: str, *, sum_of_money: bool) -> bool:
    """Whether a sentence says something about a tag or a sum, or what was done with it: "#own-it is what ...", "used
    #own-it as ...", "gave her fund:20".

    before, behind: the words up to the marks beside it. A tag at the end of several words is no part of them.
    """
    if not before.strip() and re.match(_TELLS, behind):
        return True
    if sum_of_money:
        return re.search(_TAKES_A_SUM, before) is not None
    alone = len(before.split()) == 1
    return (alone or re.match(r"\s+\w", behind) is not None) and re.search(_TAKES_A_TAG, before) is not None
