"""Names in full behind an `@` that nobody on the team has: a mark to sort out, or a word to be told about."""

from __future__ import annotations

import re
from collections.abc import Callable

from meetingtool.rules.capture.leaning import leans
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import Roster

_WORD = r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"
_BEHIND = rf"[^\S\n]+(?:(?:van|von|de|da|di|den|der|del|dos|du|ten|ter|al|bin)[^\S\n]+){{0,2}}({_WORD})"
_OWNING = r"['’]s?\Z"
_CAPITAL_OR_NUMBER = r"\s+[^\W_a-z]"
_MARKS = r"[@#^]\S+"
_GOES_ON_AS_NAMES_DO = r"\s*(?:\Z|[^\w\s]|\w+(?:ed|ly)\b)"
_SURNAME_WORDS = "ahmed baker browning cook ding fielding grant harding keating king ming reed saeed ward"
_SURNAMES = frozenset(_SURNAME_WORDS.split())
"""Last names that are words or look like a form of a verb."""
_VERB_WORDS = """
did had has is was were will can may
bought broke brought built caught chose cut drew drove fed fell felt flew fought gave got grew heard held hid hit kept
knew laid led left lent let lost made met paid put ran rang read rose sang sat saw sent set shook shut slept sold spent
spoke spread stood stole stuck swam swept swore taught thought threw told took understood went woke won wore wrote
calls comes deals gives goes has helps keeps knows learns looks makes needs says sees stays takes thinks wants works
"""
_OPENING_WORDS = """
amazing another big brilliant busy calm christmas easter excellent extra fantastic fast fine friendly full great guest
guests happy kind late lovely many nice only perfect polite quick quickly room several shift staff super table team
thank thanks today tonight top yesterday well wonderful
"""
_VERBS = frozenset(_VERB_WORDS.split())
_OPENERS = _VERBS | frozenset(_OPENING_WORDS.split())
"""With what a sentence begins behind the mark of the one it tells about, besides the everyday words."""


def parts_of_others(first: str, last: str, roster: Roster) -> bool:
    """Whether one part of a hyphenated last name is somebody's of that first name: `Lopez-Nowak`."""
    return "-" in last and any(part and roster.called(f"{first} {part}") for part in last.split("-"))


def strange_name(line: str, word: slice, roster: Roster, is_known: Callable[[str], bool]) -> int | None:
    """Where a last name ends that is behind a first name of the team, written with a capital and nobody's of that
    first name; None where it is more likely the first word of a sentence."""
    behind = re.compile(_BEHIND).match(line, word.stop)
    if behind is None or not roster.meant_by(f"@{line[word]}"):
        return None
    last = re.sub(_OWNING, "", behind[1])
    end = behind.start(1) + len(last)
    after = line[behind.end() :]
    if not last[:1].isupper() or (len(last) > 1 and last.isupper()) or re.match(_CAPITAL_OR_NUMBER, after):
        return None
    if roster.meant_by(f"@{last}") or roster.standard(last) or is_known(last) or _is_everyday(fold(last)):
        return None
    before = re.sub(_MARKS, "", line[: word.start - 1]).rstrip()
    if before[-1:].isalnum() or before.endswith(",") or last != behind[1]:
        return end
    return end if not _begins_a_sentence(fold(last)) and _tells_on(after) else None


def _is_everyday(word: str) -> bool:
    from meetingtool.rules.insight.stop_words import STOP_WORDS
    from meetingtool.rules.wording import DAYS_IN_FULL, MONTHS_IN_FULL

    return word == "i" or word in STOP_WORDS or word.capitalize() in (*DAYS_IN_FULL, *MONTHS_IN_FULL)


def _begins_a_sentence(word: str) -> bool:
    from meetingtool.rules.customers.ordinary import ORDINARY

    return word not in _SURNAMES and (word in ORDINARY | _OPENERS or word.endswith(("ed", "ing")))


def _tells_on(after: str) -> bool:
    """Whether words go on as they do behind a subject: a form of a verb, a word that leans on it, or none."""
    following = re.match(r"\s+(\w+)", after)
    if following is None or re.match(_GOES_ON_AS_NAMES_DO, after):
        return True
    return fold(following[1]) in _VERBS or leans(f"{following[1]} ", on_name=True)
