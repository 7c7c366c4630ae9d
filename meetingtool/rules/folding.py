"""One form of text for comparing: blind to case, accents and the sort of apostrophe or hyphen, in any script."""

from __future__ import annotations

import re
import unicodedata

_SAME = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | dict.fromkeys("‘’ʼ", "'")
    | {"‐": "-"}
)
"""Latin letters that Unicode does not decompose into a letter and an accent; and the signs that a telephone puts in the
place of those on a keyboard.
"""

SIGNS = (
    "\u07a6-\u07b0\u0900-\u0963\u0966-\u096f\u0971-\u09fc\u09fe-\u0aef\u0af1-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f3e-\u0f84\u0f8d-\u0fbc\u1000-\u1049\u1050-\u109d\u17b4-\u17d3"
    "\u1920-\u1938\u1a17-\u1a1b\u1a55-\u1a7f\u1b00-\u1b4c\u1b80-\u1bf3\u1c24-\u1c36\ua980-\ua9c0\uabe3-\uabed"
)
"""Letters of India and its neighbours with their vowel signs, as ranges for a pattern: `\\w` does not match these."""


def fold(text: str) -> str:
    """`text` without case and accents: "Zoë Sørensen" and "ZOE SORENSEN" fold to the same, and
    "O’Brien" and "o'brien" do.

    Case is folded once more after decomposition (Unicode's compatibility caseless matching, D146):
    only then is a mathematical 𝐴, say, the same as a.
    """
    if text.isascii():
        return text.casefold()
    spread = unicodedata.normalize("NFKD", text.casefold())
    if spread != (again := spread.casefold()):
        spread = unicodedata.normalize("NFKD", again)
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).translate(_SAME)


def spaced(name: str) -> str:
    """A file's name with single blanks in place of what joins words in it."""
    return re.sub(rf"(?:(?![{SIGNS}])[\W_])+", " ", name)
