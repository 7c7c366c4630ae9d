"""Words that no language writes so: a file was read in another encoding than the one in which it was saved."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
"""Letters beside a to z of the languages that are written in Windows-1252; no word needs those of two of them."""
_NORTHERN = frozenset("ðþý")
_BESIDE_NORTHERN = frozenset("áðéíóúýþæöøå")
"""Icelandic letters are Turkish ones in another encoding, in a file that has other letters beside them."""
_NEUTRAL = frozenset("ªºµ")
_WORD = re.compile(rf"{_LETTER}+")


def check_letters(sheet: Sheet) -> None:
    """Raise LeftOpen where the encoding of a file was guessed and words of it can't be right that way.

    Its key is one such word as it was read.
    """
    if GUESSED not in sheet.notes:
        return
    wrong = _wrong_word(cell for row in (sheet.header, *sheet.rows) for cell in row if not cell.isascii())
    if wrong:
        seen = [f"{name} ({shortened(word, 30)})" for name, word in readings(wrong).items()]
        raise LeftOpen(
            f"“{shortened(wrong, 40)}” is no word: the file is not in the encoding that it was read in.",
            f"Say how it was saved, by --encoding: {listed(seen)}.",
            "encoding",
            key=wrong,
            options=list(ENCODINGS),
        )


def readings(word: str) -> dict[str, str]:
    """A word that was read as Windows-1252 as each of the other encodings would have it, where it fits."""
    found = {}
    for name in ENCODINGS:
        try:
            found[name] = word.encode("cp1252").decode("mac_roman" if name == "mac" else name)
        except UnicodeError:
            continue
    return found


def _wrong_word(cells: Iterable[str]) -> str:
    northern, others = "", False
    for cell in cells:
        for word in cell.split():
            if _BROKEN.search(word):
                return word
        for word in _WORD.findall(cell):
            letters = frozenset(letter for letter in word.lower() if letter > "\x7f") - _NEUTRAL
            if letters and not any(letters <= alphabet for alphabet in _ALPHABETS):
                return str(word)
            northern = northern or (word if letters & _NORTHERN else "")
            others = others or not letters <= _BESIDE_NORTHERN
    return northern if others else ""
