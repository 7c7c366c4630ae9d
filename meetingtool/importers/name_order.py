"""Names written with the last name first, made into names as people say them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from meetingtool.importers.given_names import GIVEN_NAMES
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import PARTICLES, bare_words, is_suffix, is_title

_SMALL = frozenset(
    {"de", "da", "do", "dos", "das", "del", "di", "la", "las", "los", "van", "von", "der", "den", "y", "e"}
)
SMALL_WORDS = (
    _SMALL
    | PARTICLES
    | {"dello", "dalla", "dal", "lo", "li", "te", "bint", "het", "'t", "op", "in", "aan", "zum", "zur", "vom"}
)
"""Words that belong to the last name after them, where the last name comes first."""
_ROMAN = re.compile(r"II|III|IV")


class NameOrder(msgspec.Struct, frozen=True):
    """How a column writes names without a comma. by: what shows that the last name comes first; empty: it does not.

    families: how many last names people there have.
    """

    by: Literal["", "capitals", "position"] = ""
    families: int = 1

    @property
    def spoken(self) -> str:
        """What to call names that were reversed."""
        return {"": "“Last, First”", "capitals": "“LAST First”", "position": "with the last name first"}[self.by]

    def turned(self, name: str) -> str:
        """A name without a comma as people say it."""
        if self.by == "capitals":
            return by_capitals(name)
        words = bare_words(name)
        if self.by != "position" or len(words) < 2:
            return name
        shown = _families(words)
        end = shown[-1] if shown else _first_families(words, self.families)
        return " ".join([*words[end:], *words[:end]])


class NameCase(msgspec.Struct, frozen=True):
    """shouted: whether the names of a file are in capitals throughout. by_order: or their last names are, as a sign."""

    shouted: bool = False
    by_order: bool = False

    def settled(self, name: str) -> str:
        """The name in small letters, where only the program has capitals; particles stay small inside a name."""
        if not (self.shouted or self.by_order):
            return name
        words = [
            _small(word) if word.isupper() and len(word) > 1 and not _ROMAN.fullmatch(word) else word
            for word in name.split()
        ]
        return " ".join(word.lower() if place and word.lower() in _SMALL else word for place, word in enumerate(words))


def name_case(names: Sequence[str], *, by_order: bool) -> NameCase:
    """The case of the names of a file; one name alone shows nothing."""
    cased = [name for name in names if name.upper() != name.lower()]
    shouted = len(cased) > 1 and all(map(str.isupper, cased))
    ends = sum(_ends_in_capitals(bare_words(name)) for name in cased)
    return NameCase(shouted=shouted, by_order=by_order or (ends > 1 and 2 * ends > len(cased)))


def _ends_in_capitals(words: Sequence[str]) -> bool:
    return len(words) > 1 and words[-1].isupper() and len(words[-1]) > 2 and not words[0].isupper()


def _small(word: str) -> str:
    """`O'BRIEN-MCKAY` as `O'Brien-McKay`."""
    parts = [part.capitalize() for part in re.split(r"([-'’])", word)]
    return "".join(f"Mc{part[2:].capitalize()}" if part.startswith("Mc") and len(part) > 4 else part for part in parts)


def name_order(names: Sequence[str], headed: bool) -> NameOrder:
    """The order of a column of names; headed: its name says that the last name comes first."""
    several = [name for name in names if " " in name and "," not in name]
    if 2 * sum(by_capitals(name) != name for name in several) > len(several):
        return NameOrder("capitals")
    words = [bare_words(name) for name in several]
    begin = sum(_is_given(each[0]) and not _is_given(each[-1]) for each in words)
    end = sum(_is_given(each[-1]) and not _is_given(each[0]) for each in words)
    if not (headed or (2 * end > len(words) and 4 * begin < end)):
        return NameOrder()
    counted = Counter(len(shown) for each in words if (shown := _families(each)))
    return NameOrder("position", counted.most_common(1)[0][0] if counted else 1)


def _is_given(word: str) -> bool:
    return fold(word) in GIVEN_NAMES


def _family_ends(words: Sequence[str]) -> Iterator[int]:
    """Where each last name could end, taken by itself: `De Luca` is one, and `De la Cruz`."""
    for end, word in enumerate(words, 1):
        if word.casefold() not in SMALL_WORDS:
            yield end


def _families(words: Sequence[str]) -> list[int]:
    """Where the last names that begin a name end, as the first name after them shows; empty where none does."""
    first = next((place for place in range(1, len(words)) if _is_given(words[place])), 0)
    return [end for end in _family_ends(words) if end <= first]


def _first_families(words: Sequence[str], number: int) -> int:
    """Where the first `number` last names end; the last word of all is never one."""
    ends = [end for end in _family_ends(words) if end < len(words)][:number]
    return ends[-1] if ends else 1


def are_particles(cell: str) -> bool:
    """Whether a cell holds nothing but what belongs to the last name behind it: `van den`."""
    words = cell.casefold().split()
    return bool(words) and all(word in SMALL_WORDS for word in words)


def turned(name: str) -> str:
    """`Lopez, Maria J` as `Maria J Lopez`; `King, Martin, Jr.` and `King Jr., Martin` as `Martin King Jr.`; `Ito, Dr.
    Ken`, `Dr. Ito, Ken`, `Ito, Ken Dr.` and `Ito, Ken, Dr.` as `Dr. Ken Ito`.

    A name without a comma, or with a comma only before a suffix, stays in its order.
    """
    parts = [part for part in (part.strip() for part in name.split(",")) if part]
    apart = len(parts) > 2 or " " in "".join(parts[:1])
    suffixes = [part for part in parts[1:] if all(is_suffix(word, apart=apart) for word in part.split())]
    titles = [part for part in parts[1:] if part not in suffixes and all(map(is_title, part.split()))]
    parts = [part for part in parts if part not in suffixes and part not in titles]
    if len(parts) == 3 and (small := next((part for part in parts[1:] if are_particles(part)), "")):
        parts.remove(small)
        parts[0] = f"{small} {parts[0]}"
    if len(parts) > 2:
        return name
    family, given = (part.split() for part in (parts if len(parts) == 2 else ("", "".join(parts))))
    while len(family) > 1 and family[-1] in SMALL_WORDS and not are_particles(" ".join(family)):
        family.insert(0, family.pop())
    for words in (family, given):
        while len(words) > 1 and family and is_title(words[0]):
            titles.append(words.pop(0))
        while len(words) > 1 and words is given and family and is_title(words[-1]) and not is_suffix(words[-1]):
            titles.append(words.pop())
        ends: list[str] = []
        while len(words) > 1 and is_suffix(words[-1]):
            ends.insert(0, words.pop())
        suffixes = ends + suffixes
    return " ".join([*titles, *given, *family, *suffixes])


def by_capitals(name: str) -> str:
    """`DUPONT Jean Marc` as `Jean Marc DUPONT`: capitals alone show which words are the last name. Else as it is."""
    words = name.split()
    shouted = 0
    while shouted < len(words) and len(words[shouted]) > 1 and words[shouted].isupper():
        shouted += 1
    rest = words[shouted:]
    if not shouted or not rest or any(word.isupper() and len(word.strip(".")) > 1 for word in rest):
        return name
    return " ".join([*rest, *words[:shouted]])
