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
_TAKES_A_SUM = r"""(?ix)(?<![\w'’-])(?:gave|giv(?:e|es|en|ing)|spen(?:d|ds|t|ding)|pa(?:y|ys|id|ying)
    |us(?:e|es|ed|ing)|costs?|costing|put(?:s|ting)?|takes?|took|taken|taking|gets?|got|getting|ha[sd]|have|won|lost|lent|kept|made
    |(?:hand|return|refund|offer|charg|sav|add|rais|earn|collect|receiv|donat|owe|need|ask|tak)(?:e?d|e?s|e|ing)?
    |just|only|another|extra|worth)
    (?:\s+(?:her|him|them|us|me|you|it|back|over|out|in))?\s+\Z"""
_TAKES_A_TAG = r"""(?ix)(?<![\w'’-])(?:gave|giv(?:e|es|en|ing)|spent|paid|us(?:e|es|ed|ing)|s(?:aw|ee|ees|een|eeing)
    |show(?:s|ed|n|ing)?|mean(?:s|t)?|liv(?:e|es|ed|ing)|ma(?:de|ke|kes|king)|puts?
    |(?:explain|cover|mention|discuss|embod|describ|prais|rais|exemplif|demonstrat|repeat|read|cit|pick)(?:e?d|e?s|i?ed|ies
    |ing)?|ch(?:o|oo)se|chosen)\s+\Z"""
_SPEAKS_OF_A_TAG = r"""(?ix)(?<![\w'’-])(?:said|sa(?:y|ys|ying)|lov(?:e|es|ed|ing)|lik(?:e|es|ed)
    |hat(?:e|es|ed)|call(?:s|ed)?|learn(?:s|t|ed|ing)?|teach(?:es|ing)?|taught|needs?|needed|practi[sc](?:e|es|ed|ing)
    |prefers?|values?|quot(?:es?|ed|ing)|nam(?:es?|ed)|know(?:s|n)?|knew|forg(?:et|ets|ot)|remember(?:s|ed)?
    |follow(?:s|ed|ing)?)\s+\Z"""
_OWNS_A_TAG = r"(?i)(?:(?<![\w'’-])(?:my|its|his|every|these|those)|['’]s|s['’])\s+\Z"
_LEADS_TO_A_TAG = r"""(?ix)(?<![\w'’-])(?:in|on|off|out|over|through|throughout|under|during|within|across|behind|above
    |below|around|beyond|despite|per|via|past|along|inside|outside|up|down|upon|among|regarding|her|this|each|some|no|any
    |told\ them|told\ me|told\ us|told\ her|told\ him)\s+\Z"""
_STANDS_IN_A_SENTENCE = r"""(?ix)\s+(?!(?:and|but|so|because|when|while|after|before|though|although|then|with|for
    |to|at|from|as|today|yesterday|again|late|early|too)(?!\w))\w"""
_RUNS_OUT = (
    r"(?i)(?:\w+ed|\w+ing|her|him|it|them|us|me|you|came|comes?|went|goes|go|drove|ran|took|put|let|stood|held)\Z"
)
_TELLS = (
    r"(?i)\s+(?:is|are|was|were|means?|meant|isn['’]t|wasn['’]t|ist|war|bedeutet|est|était|es|era|significa|è"
    r"|has|had|made|makes|helps|works|matters|mattered|counts|counted|saves|saved|wins|won|pays|paid|brings|brought)"
    r"(?=[\s,.!?]|\Z)"
)
_TELLS_OF_A_SUM = r"(?i)\s+(?:went|goes|covers|covered)(?!\w)"
_JOINS_ANOTHER = r"(?i)\s+(?:and|or|und|oder|et|ou|y|o)\s+\Z"
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
_FEW = 3
"""Words of a sentence whose verb takes the tag at its end: "we all love #own-it"."""


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
    if re.match(_TELLS, behind):
        return True
    if sum_of_money:
        if not before.strip() and re.match(_TELLS_OF_A_SUM, behind):
            return True
        return re.search(_TAKES_A_SUM, before) is not None
    alone, goes_on_behind = len(before.split()) == 1, re.match(r"\s+\w", behind) is not None
    if (alone or goes_on_behind) and re.search(_TAKES_A_TAG, before):
        return True
    if re.search(_OWNS_A_TAG, before):
        return True
    few = len(before.split()) <= _FEW
    return ((few or goes_on_behind) and re.search(_SPEAKS_OF_A_TAG, before) is not None) or _leads(before, behind)


def _leads(before: str, behind: str) -> bool:
    """Whether a preposition, or "her" and the like, needs the tag behind it; many end a sentence as well: "he came in",
    "I helped her"."""
    led = re.search(_LEADS_TO_A_TAG, before)
    if led is None:
        return False
    runs_out = re.search(_RUNS_OUT, before[: led.start()].rstrip()) is not None
    if led[0].strip().casefold() in ("her", "this", "each", "some", "no", "any"):
        return re.match(_STANDS_IN_A_SENTENCE, behind) is not None
    return not runs_out or re.match(_STANDS_IN_A_SENTENCE, behind) is not None


def joins_another(behind: str) -> bool:
    """Whether the words between a tag or a sum and the next one are "and" or "or", which needs both."""
    return re.match(_JOINS_ANOTHER, behind) is not None
