"""Names of people as rosters write them, made into names as people say them."""

from __future__ import annotations

import re
import unicodedata

from meetingtool.rules.folding import fold

_ESCAPE = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?", re.S)
_JOINERS = "\u200c\u200d"
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|phd|mba|msc|bsc|cpa|esq)\.?", re.IGNORECASE)
_CALLED = re.compile(r"(?<=\S)\s+(?:\((\w+)\)|[\"“„«](\w+)[\"”“»]|['‘](\w+)['’])(?=\s+\S)")
_CUT = "…"


def tamed(text: str, most: int) -> str:
    """`text` on one line, without control characters, terminal escapes and direction marks, at most `most` letters.

    Letters with accents are put together, so that names from different programs are alike.
    """
    if not text.isascii() or not text.isprintable():
        text = _ESCAPE.sub("", text)
        text = "".join(letter for letter in text if letter.isspace() or not _is_control(letter))
        text = unicodedata.normalize("NFC", text)
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + _CUT


def _is_control(letter: str) -> bool:
    return letter not in _JOINERS and unicodedata.category(letter) in ("Cc", "Cf", "Cs")


def has_controls(text: str) -> bool:
    """Whether `tamed` would take more out of `text` than blanks."""
    return any(not letter.isspace() and _is_control(letter) for letter in text)


def has_letters(name: str) -> bool:
    """Whether there is anything in it by which a person could be called."""
    return any(letter.isalpha() for letter in name)


def turned(name: str) -> str:
    """`Lopez, Maria J` as `Maria J Lopez`; `King, Martin, Jr.` and `King Jr., Martin` as `Martin King Jr.`

    A name without a comma, or with a comma only before a suffix, stays in its order.
    """
    parts = [part for part in (part.strip() for part in name.split(",")) if part]
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(part)]
    parts = [part for part in parts if part not in suffixes]
    if len(parts) > 2:
        return name
    family, given = parts if len(parts) == 2 else ("", "".join(parts))
    *words, end = (family or given).split() or [""]
    if words and _SUFFIX.fullmatch(end):
        suffixes.insert(0, end)
        family, given = (" ".join(words), given) if family else ("", " ".join(words))
    *words, end = given.split() or [""]
    if family and words and _SUFFIX.fullmatch(end):
        suffixes.insert(0, end)
        given = " ".join(words)
    return " ".join(filter(None, (given, family, *suffixes)))


def without_nickname(name: str) -> tuple[str, str]:
    """`Katherine "Kate" Smith` as `Katherine Smith` and `Kate`; the second is empty where there is none."""
    match = _CALLED.search(name)
    if not match:
        return name, ""
    return " ".join((name[: match.start()] + name[match.end() :]).split()), next(filter(None, match.groups()))


def name_key(name: str) -> str:
    """A name for comparing, blind to case, accents and blanks."""
    return " ".join(fold(name).split())
