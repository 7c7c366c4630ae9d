"""Words that no language writes this way: the file was read in another encoding than the one in which it was saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from meetingtool.importers.decoding import GUESSED
from meetingtool.importers.left_open import ENCODINGS, LeftOpen
from meetingtool.importers.tabular import Sheet
from meetingtool.rules.wording import listed, shortened

_HIGH = "À-ÖØ-öø-ÿŒœŠšŽžŸƒ"
_SIGN = "¢£¤¥¦¬¯±²³¹¶¸¼½¾×÷†‡‰"
_LETTER = r"[^\W\d_¹²³¼½¾]"
_BROKEN = re.compile(
    rf"[{_SIGN}](?={_LETTER})|{_LETTER}{{3}}[{_SIGN}]|(?<={_LETTER})[¿¡]"
    rf"|[{_HIGH}]{{3}}|(?:[a-z]|\b[A-Z](?=.[a-z]))[À-ÖØ-ÞŒŠŽŸ]|{_LETTER}iæ\b"
)
"""A sign within or at a word, three accents in a row, a capital within a word: `£ukasz`, `Micha³`, `Èâàíîâ`, `MŸller`.
The ending `iæ` is what `ić` looks like."""
_ALPHABETS = tuple(
    map(
        frozenset,
        (
            *("äöüß", "àâçéèêëîïôœùûüÿ", "áéíóúüñ", "áâãàçéêíóôõúü", "àèéìíîòóùú", "æøåéäöüô", "åäöéüšžõ"),
            *("áðéíóúýþæö", "éèëïöüáóç", "àçéèíïòóúü", "ãõçéêâêô", "áéíóúâêîôûàè"),
        ),
    )
)
"""The letters besides a to z of each language written in Windows-1252; no word needs those of two languages."""
_NORTHERN = frozenset("ðþý")
_BESIDE_NORTHERN = frozenset("áðéíóúýþæöøå")
"""Icelandic letters are Turkish ones in another encoding, in a file that has other letters beside them."""
_NEUTRAL = frozenset("ªºµ")
_UNREADABLE = "\ufffd"
_SEEN = 20
"""How many wrong words are looked at to show the clearest."""
_WORD = re.compile(rf"{_LETTER}+")
_JOINED, _AROUND = re.compile(r"[-'’./]"), '.,;:()"'
_BEYOND_LATIN, _ASCII_LETTER = "\u0370", re.compile("[A-Za-z]")
"""No word has letters of two scripts. What stands between the parts of a word, and around it."""


def check_letters(sheet: Sheet) -> None:
    """Raise LeftOpen where the encoding of a file was guessed and words of it can't be right that way.

    Its key is one such word as it was read.
    """
    if GUESSED not in sheet.notes:
        return
    cells = (cell for row in (sheet.header, *sheet.rows) for cell in row if not cell.isascii())
    found = list(islice(_wrong_words(cells), _SEEN))
    if found:
        wrong = max(found, key=lambda word: (_UNREADABLE not in word, min(len(word), 3)))
        others = [readings(word) for word in found if _UNREADABLE not in word]
        fits = [name for name in ENCODINGS if all(_is_word(each.get(name)) for each in others)]
        read = {name: word for name, word in readings(wrong).items() if name in fits}
        seen = [f"{name} ({shortened(word, 30)})" for name, word in read.items()] or list(ENCODINGS)
        raise LeftOpen(
            f"“{shortened(wrong, 40)}” is not a word: the file is not in the encoding that it was read in.",
            f"Say how it was saved, by --encoding: {listed(seen)}.",
            "encoding",
            key=wrong,
            options=list(dict.fromkeys([*read, *ENCODINGS])),
        )


def _is_word(read: str | None) -> bool:
    if read is None or (max(read) >= _BEYOND_LATIN and _ASCII_LETTER.search(read)):
        return False
    return all(part.isalpha() for part in _JOINED.split(read.strip(_AROUND)) if part)


def readings(word: str) -> dict[str, str]:
    """A word that was read as Windows-1252 as each of the other encodings would have it, where it fits."""
    found = {}
    for name in ENCODINGS:
        try:
            found[name] = word.encode("cp1252").decode("mac_roman" if name == "mac" else name)
        except UnicodeError:
            continue
    return found


def _wrong_words(cells: Iterable[str]) -> Iterator[str]:
    northern, others = "", False
    for cell in cells:
        for word in cell.split():
            parts = _WORD.findall(word)
            letters = [frozenset(letter for letter in part.lower() if letter > "\x7f") - _NEUTRAL for part in parts]
            if _BROKEN.search(word) or not all(any(each <= alphabet for alphabet in _ALPHABETS) for each in letters):
                yield word
            northern = northern or (word if any(each & _NORTHERN for each in letters) else "")
            others = others or not all(each <= _BESIDE_NORTHERN for each in letters)
    if northern and others:
        yield northern
