"""Names of other scripts in Latin letters, for handles that anybody can type: Иван is ivan, 김민준 gimminjun."""

from __future__ import annotations

import re
import unicodedata

_ALPHABETS = """
аa бb вv гg дd еe ёyo жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts
чch шsh щshch ъ ыy ь эe юyu яya іi єye їyi ґg ўu јj
αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo
"""
"""Each Cyrillic and Greek letter with what it becomes."""
_KNOWN = {pair[0]: pair[1:] for pair in _ALPHABETS.split()}
_SYLLABLE = re.compile(r"(?:HANGUL SYLLABLE|HIRAGANA LETTER|KATAKANA LETTER) (SMALL )?([A-Z]+)")
_INDIC = re.compile(r"[A-Z]+ (LETTER|VOWEL SIGN|SIGN) ([A-Z]+)")
_LETTER = re.compile(r"[A-Z]+ (?:SMALL LETTER|LETTER|CHARACTER) (?:SARA |FINAL )?([^AEIOU\W]+|[AEIOU])")
_INHERENT = frozenset({"DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM"})
"""Scripts whose consonants have an a of their own, until a sign behind them takes it away."""


def in_latin(text: str) -> str:
    """`text` with letters of other scripts as Latin ones, as far as their names in Unicode say how they sound; others,
    such as Chinese, stay. A rough spelling: it has to be short, not correct.
    """
    if text.isascii():
        return text
    spelled = ""
    for letter in unicodedata.normalize("NFC", text.lower()):
        name = "" if letter.isascii() else unicodedata.name(letter, "")
        spelled = _with(spelled, letter, name)
    return spelled


def _with(spelled: str, letter: str, name: str) -> str:
    script = name.partition(" ")[0]
    bare = unicodedata.normalize("NFD", letter)[0]
    if script in ("CYRILLIC", "GREEK"):
        return spelled + _KNOWN.get(letter, _KNOWN.get(bare, letter))
    if syllable := _SYLLABLE.match(name):
        small_y = syllable[1] and syllable[2].startswith("Y") and spelled.endswith("i")
        return (spelled[:-1] if small_y else spelled) + syllable[2].lower()
    if script in _INHERENT and (sign := _INDIC.match(name)):
        if sign[1] == "LETTER":
            return spelled + sign[2].lower()
        vowel = sign[2].lower() if sign[1] == "VOWEL SIGN" else ""
        return spelled.removesuffix("a") + vowel if vowel or sign[2] == "VIRAMA" else spelled
    if script not in ("", "LATIN", "CJK") and (found := _LETTER.match(name)):
        return spelled + found[1].lower()
    return spelled + letter
