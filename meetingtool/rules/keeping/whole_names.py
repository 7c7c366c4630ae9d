"""A name in a text as a whole word, and what stands in its place. A mark that makes another word of it, as a vowel sign
of India does, belongs to the word as a letter does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from meetingtool.rules.folding import SIGNS, fold

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that write no blank after a name, as ranges for a pattern; Korean adds to it what others write apart."""
WHOLE_SYLLABLE = "(?![\u1160-\u11ff])"
"""Folded Korean is spelled out in letters: none of them adds to the last syllable, which would be another one."""
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u0640\u200b\u200c\u200d\u2060\ufeff"))
"""Signs within a word that nobody sees, such as where it may be parted, or that only make it longer."""

_ADDED = "\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u3099\u309a"
"""What adds to the syllable before it, or repeats it, in scripts that write no blank after a name."""
_LEADING = "\u0e40-\u0e44\u0ec0-\u0ec4\u1039\u17d2"
"""What stands before a letter and belongs to its syllable there."""
_CLOSING = "[\u1000-\u1021]\u103a"
"""A letter of Burmese that ends the syllable before it."""
_AS_WRITTEN = re.compile(
    rf"([{_ADDED}\u3040-\u30ff]|[{SIGNS}](?![{''.join(map(chr, _UNSEEN))}]*(?:[^\W_]|[{SIGNS}])))",
)
"""Letters and marks that folding would make less of, although another word is meant: kana, the marks of scripts without
blanks, and the last sign of a word in those of India."""


def spelled(text: str) -> str:
    """`text` folded, but for the marks that make another word."""
    if text.isascii():
        return fold(text)
    parts = _AS_WRITTEN.split(text.translate(_UNSEEN))
    return "".join(_spread(part) if place % 2 else fold(part) for place, part in enumerate(parts))


def _spread(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter)


def whole_words(names: Iterable[str], *, marks: bool = False) -> re.Pattern[str] | None:
    """Any of the names as whole words, for `spans` and `replaced`; None where there is no name. marks: only with an `@`
    before them, else only without."""
    folded = sorted({spelled(" ".join(name.split())) for name in names} - {""}, key=len, reverse=True)
    if not folded:
        return None
    if marks:
        words = "|".join(map(re.escape, folded))
        return re.compile(rf"(?<![\w{SIGNS}])@(?:{words})(?![\w{SIGNS}-]*[\w{SIGNS}])")
    words = "|".join(r"[\s_]+".join(map(re.escape, name.split())) for name in folded)
    unspaced = "|".join(
        f"(?<![{_LEADING}]){word}{WHOLE_SYLLABLE}(?![{_ADDED}]|{_CLOSING})" for word in folded if is_unspaced(word)
    )
    whole = rf"(?<![\w@{SIGNS}])(?:{words})(?![\w{SIGNS}{_ADDED}])"
    return re.compile(f"{unspaced}|{whole}" if unspaced else whole)


def is_unspaced(word: str) -> bool:
    """Whether a word has two letters or more, in a script in which it is found without a blank around it."""
    letters = re.sub(f"[{_ADDED}]", "", unicodedata.normalize("NFC", word))
    return len(letters) > 1 and re.fullmatch(rf"[{_UNSPACED}]+", word) is not None


def in_small_letters(words: str) -> bool:
    """Whether words have no capital, in a script in which a name has one: Georgian has small letters alone."""
    return words.islower() and words != words.title()


def spans(text: str, pattern: re.Pattern[str] | None, *, capital: bool = False) -> Iterator[tuple[int, int]]:
    """Where the pattern is in the text, which is compared in folded form. capital: none in small letters alone."""
    if pattern is None:
        return
    if capital:
        yield from (found for found in spans(text, pattern) if not in_small_letters(text[slice(*found)]))
        return
    if text.isascii():
        yield from (found.span() for found in pattern.finditer(text.casefold()))
        return
    if pattern.search(spelled(text)) is None:  # most texts; where each letter came from takes twenty times as long
        return
    as_written = {found.start() for found in _AS_WRITTEN.finditer(text)}
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for folded in _spread(letter) if place in as_written else fold(letter.translate(_UNSEEN)):
            letters.append(folded)
            places.append(place)
    places.append(len(text))
    for found in pattern.finditer("".join(letters)):
        yield places[found.start()], places[found.end() - 1] + 1 if found.end() < len(places) else len(text)


def replaced(text: str, pattern: re.Pattern[str] | None, by: str, *, capital: bool = False) -> str:
    """`text` with other words wherever the pattern occurs, blind to case and accents. capital: as in `spans`."""
    pieces, done = [], 0
    for start, end in spans(text, pattern, capital=capital):
        while end < len(text) and not fold(text[end]) and not text[end].isspace():
            end += 1  # an accent without a letter
        pieces += [text[done:start], by]
        done = end
    return "".join([*pieces, text[done:]])
