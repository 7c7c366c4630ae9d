"""Names in full behind an `@`: which of the words after the first belong to the name, and whom it means."""

from __future__ import annotations

import re
from collections.abc import Callable

from meetingtool.records.people import Person
from meetingtool.rules.capture.strange_names import parts_of_others, strange_name
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import Roster

_NEXT = re.compile(r"[^\S\n]+([^\W_][\w.'’-]*)")
_MOST = 6
"""Words behind the first that may be part of a name."""
_OF_SENTENCES = "._'’-"
"""What ends no name."""
_OWNING = re.compile(r"['’]s?\Z", re.IGNORECASE)
_STANDS_ALONE = frozenset("aeiouyàéèòówzksvxаеиоуяівкс")
"""Letters that are words of their own in some language, and so no initials without a full stop: "@maria z klientem"."""
_GOES_ON = re.compile(r"\.(?=[^\S\n]+(?:[^\W_A-Z]|[@#^]))")
"""A full stop behind an initial that ends no sentence."""


def name_in_full(
    line: str, shape: str, word: slice, roster: Roster, is_known: Callable[[str], bool] = lambda name: False
) -> tuple[int, tuple[Person, ...]] | None:
    """Where the name ends that begins with a word of the line, and everyone whom it means, by as many words as belong
    to it: `@Maria Nowak`, `@maria n.`; nobody where it is misspelt or somebody else's. None where no word behind
    belongs to it. is_known: whether a customer of a name is known.

    What is a word as well ("@maria a customer came", "@ann may have") stays one, unless it is the name of others than
    the owner of the handle: then they are all meant, so that nobody is taken for another.
    """
    first, end = line[word], word.stop
    if first[-1] in _OF_SENTENCES and len(first) > len("J."):
        return None
    ends = [end]
    while len(ends) <= _MOST and (behind := _NEXT.match(shape, ends[-1])) is not None:
        ends.append(behind.end())
    for stop in reversed(ends[1:]):
        name = line[end:stop].rstrip(_OF_SENTENCES)
        for said in dict.fromkeys((name, _OWNING.sub("", name))):
            meant = roster.called(f"{first}{said}")
            if meant:
                last = said.split()[-1]
                if (both := _also(line, first, stop, meant, roster)) is not None:
                    return both, ()
                return _counted(line, first, last, end + len(said), meant, roster)
    if (misspelt := _misspelt(line, first, ends, roster)) is not None:
        return misspelt
    strange = strange_name(line, word, roster, is_known) if first[:1].isupper() else None
    return (strange, ()) if strange is not None else None


def _misspelt(line: str, first: str, ends: list[int], roster: Roster) -> tuple[int, tuple[Person, ...]] | None:
    """A last name in another spelling that is not the owner's of the handle, an initial with a full stop that is
    nobody's, or a hyphenated name with a part that is somebody's: it is for certain nobody's."""
    if len(ends) == 1:
        return None
    typed = line[ends[0] : ends[1]].strip()
    last = _OWNING.sub("", typed.rstrip(_OF_SENTENCES))
    initial = len(typed) == len("J.") and typed[0].isalpha() and typed[1] == "."
    if (initial and roster.meant_by(f"@{first}")) or parts_of_others(first, last, roster):
        end = line.index(last, ends[0]) + len(last)
        going_on = _GOES_ON.match(line, end) if initial else None
        return (going_on.end() if going_on else end), ()
    near = roster.spelt_otherwise(first, last)
    if not near or roster.person_by_handle(first) in near:
        return None
    return line.index(last, ends[0]) + len(last), ()


def _also(line: str, first: str, end: int, meant: tuple[Person, ...], roster: Roster) -> int | None:
    """Where the next word ends, when it is the last name of another of that first name: `@Maria Lopez Nowak`."""
    behind = _NEXT.match(line, end)
    last = _OWNING.sub("", behind[1].rstrip(_OF_SENTENCES)) if behind else ""
    others = roster.called(f"{first} {last}") if len(last) > 1 and last[0].isupper() else ()
    return behind.start(1) + len(last) if behind and others and not set(others) & set(meant) else None


def _counted(
    line: str, first: str, last: str, end: int, meant: tuple[Person, ...], roster: Roster
) -> tuple[int, tuple[Person, ...]] | None:
    pointed = len(last) == 1 and line.startswith(".", end)
    if pointed or not (_is_a_word(last) or _joins(line, last, end)):
        going_on = _GOES_ON.match(line, end) if pointed else None
        return going_on.end() if going_on else end, meant
    owner = roster.person_by_handle(first)
    if owner is None or owner in meant or (len(last) == 1 and last.islower()):
        return None
    return end, (owner, *meant)


def _joins(line: str, last: str, end: int) -> bool:
    """Whether a letter stands for "and": "@maria n @tom"."""
    return len(last) == 1 and last.islower() and line[end:].lstrip()[:1] in ("@", "＠")


def _is_a_word(last: str) -> bool:
    """Whether what may be a last name is more likely a word: a letter that stands alone, or an everyday word in small
    letters."""
    if len(last) == 1:
        return fold(last) in _STANDS_ALONE
    from meetingtool.rules.customers.ordinary import ORDINARY
    from meetingtool.rules.insight.stop_words import STOP_WORDS

    return last.islower() and fold(last) in ORDINARY | STOP_WORDS
