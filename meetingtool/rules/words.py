"""The words of a text in one folded form, for searching, and where they are in the text itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from meetingtool.rules.folding import fold

_LETTERS = bytes(code if chr(code).isalnum() and code < 128 else 0x20 for code in range(256)).lower()
_ACCENTS = re.compile("[\u0300-\u036f]")
_SIGNS = re.compile("[\u2010-\u2027\u00a1-\u00bf\u20a0-\u20bf]")
_WORD = re.compile(r"[^\W_]+")
_INNER = re.compile(r"['’‘ʼ\-‐‑]")
_INNER_MARK = re.compile(f"(?<=[^\\W_]|[\u0300-\u036f]){_INNER.pattern}(?=[^\\W_])")
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0x20000, 0x3FFFF),
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters."""


def words_of(text: str) -> str:
    """The words of `text` without case, accents and punctuation, with single blanks between: `zoe s cafe`."""
    if not text.isascii():
        plain = _SIGNS.sub(" ", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
        if not plain.isascii():
            return " ".join(_WORD.findall(fold(text)))
        text = plain
    return b" ".join(text.encode("ascii").translate(_LETTERS).split()).decode("ascii")


def without_inner_marks(text: str) -> str:
    """`text` with its words in one: `dont` for don't, `obrien` for O'Brien, `email` for e-mail."""
    return _INNER_MARK.sub("", text)


def without_joints(text: str) -> str:
    """The words of `text` once more, with those that an apostrophe or a hyphen separates in one, as many people type
    them; empty where there are none."""
    if text.isascii() and "'" not in text and "-" not in text:
        return ""
    whole = without_inner_marks(text)
    return words_of(whole) if len(whole) < len(text) else ""


def haystack(fields: Iterable[str]) -> str:
    """The words of several texts, to look for a needle in (`needle_for`). None reaches from one text into the next.

    What is `without_joints` in them comes first.
    """
    filled = [field for field in fields if field]
    return "\n".join(
        [f" {words} " for fold_ in (without_joints, words_of) for field in filled if (words := fold_(field))]
    )


def needle_for(text: str, *, whole: bool = False) -> str:
    """What to look for in a haystack to find the words of `text` in this order; empty when it has none.

    The last word may go on, unless `whole`. Scripts without blanks between words are found anywhere.
    """
    words = words_of(text)
    if not words or any(first <= ord(words[0]) <= last for first, last in _UNSPACED):
        return words
    return f" {words} " if whole else f" {words}"


def places(text: str, needles: Iterable[str]) -> list[tuple[int, int]]:
    """Where `needles` are in `text` itself, as spans in order and without overlaps."""
    wanted = [needle for needle in needles if needle]
    if not wanted:
        return []
    spans = _spans(text, wanted)
    marks = {match.start() for match in _INNER_MARK.finditer(text)}
    if marks:
        kept = [place for place in range(len(text)) if place not in marks]
        spans += [(kept[start], kept[end - 1] + 1) for start, end in _spans(without_inner_marks(text), wanted)]
    return _merged(spans)


def _spans(text: str, needles: Iterable[str]) -> list[tuple[int, int]]:
    folded, origins = _with_origins(text)
    spans = []
    for needle in needles:
        start = folded.find(needle)
        while start >= 0:
            first = start + (needle[0] == " ")
            last = start + len(needle) - 1 - (needle[-1] == " ")
            spans.append((origins[first], _end_of(text, origins[last] + 1)))
            start = folded.find(needle, start + 1)
    return spans


def _with_origins(text: str) -> tuple[str, list[int]]:
    """The words of `text` with a blank on both sides, and for each of these letters the index it comes from."""
    letters, origins = [" "], [0]
    if text.isascii():
        for word in _WORD.finditer(text):
            letters += word[0].lower(), " "
            origins += range(word.start(), word.end() + 1)
        return "".join(letters), origins
    for index, letter in enumerate(text):
        for folded in fold(letter):
            if folded.isalnum():
                letters.append(folded)
                origins.append(index)
            elif letters[-1] != " ":
                letters.append(" ")
                origins.append(index)
    if letters[-1] != " ":
        letters.append(" ")
        origins.append(len(text))
    return "".join(letters), origins


def _end_of(text: str, end: int) -> int:
    """`end` moved past accents that are letters of their own."""
    while end < len(text) and not fold(text[end]):
        end += 1
    return end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
