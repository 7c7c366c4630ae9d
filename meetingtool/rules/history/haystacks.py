"""The haystacks of thousands of records at once, in a fraction of the time they would take one by one.

They are loose: two words may be several blanks apart, and a field may have no words. `tidy` turns one into what
`words.haystack` would have made, and `pattern_for` finds several words in it.

Texts of ASCII, and of Latin-1 letters with a plain one behind them (é, ø, not ß), are joined into one, which is folded
as a whole; every other text is folded by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from meetingtool.rules.words import haystack, without_joints, words_of

BETWEEN_FIELDS, BETWEEN_TEXTS = "\x1f", "\x1e"
"""Control characters: a text that has one of them is folded by itself."""

Text = str | tuple[str, ...]
"""A single field, or several."""


@cache
def _folding() -> tuple[bytes, re.Pattern[str]]:
    """What each byte of Latin-1 becomes, and a pattern for letters which can't be folded by that."""
    table, odd = bytearray(256), []
    for code in range(256):
        words = words_of(chr(code))
        if len(words) > 1 or not words.isascii():
            odd.append(chr(code))
        table[code] = ord(words) if len(words) == 1 and words.isascii() else 0x20
    table[ord(BETWEEN_FIELDS)], table[ord(BETWEEN_TEXTS)] = b"\n\x00"
    return bytes(table), re.compile(f"[^\x00-\xff]|[{re.escape(''.join(odd))}]")


def loose_haystacks(texts: Sequence[Text]) -> list[str]:
    """A loose haystack of each of `texts`."""
    if not texts:
        return []
    between = f" {BETWEEN_FIELDS} "
    flat = [text if isinstance(text, str) else between.join(text) for text in texts]
    whole = f" {BETWEEN_TEXTS} ".join(flat)
    fields = sum(len(text) - 1 for text in texts if not isinstance(text, str) and text)
    if whole.isascii() and whole.count(BETWEEN_TEXTS) == len(texts) - 1 and whole.count(BETWEEN_FIELDS) == fields:
        return _with_joined(_folded(whole), texts)
    alone = {place: haystack([text] if isinstance(text, str) else text) for place, text in _odd_ones(texts)}
    for place in alone:
        flat[place] = ""
    found = _with_joined(_folded(f" {BETWEEN_TEXTS} ".join(flat)), texts)
    for place, hay in alone.items():
        found[place] = hay
    return found


def _with_joined(hays: list[str], texts: Sequence[Text]) -> list[str]:
    """The haystacks with the `without_joints` words of their texts in front."""
    for place, text in enumerate(texts):
        fields = (text,) if isinstance(text, str) else text
        found = [f" {words} \n" for field in fields if (words := without_joints(field))]
        if found:
            hays[place] = "".join([*found, hays[place]])
    return hays


def _odd_ones(texts: Sequence[Text]) -> list[tuple[int, Text]]:
    """The texts that must be folded by themselves, with their places."""
    odd = _folding()[1].search
    found: list[tuple[int, Text]] = []
    for place, text in enumerate(texts):
        whole = text if isinstance(text, str) else "".join(text)
        if BETWEEN_FIELDS in whole or BETWEEN_TEXTS in whole or (not whole.isascii() and odd(whole)):
            found.append((place, text))
    return found


def _folded(whole: str) -> list[str]:
    return f" {whole.encode('latin-1').translate(_folding()[0]).decode('ascii')} ".split("\x00")


def tidy(hay: str) -> str:
    """A loose haystack as `words.haystack` makes them."""
    return "\n".join(f" {words} " for field in hay.split("\n") if (words := " ".join(field.split())))


def pattern_for(needle: str) -> re.Pattern[str]:
    """What finds a needle of several words in a loose haystack."""
    return re.compile(re.escape(needle).replace(r"\ ", " +"))
