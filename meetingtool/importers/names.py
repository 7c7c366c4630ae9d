"""Names of people as rosters write them, made into names as people say them."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from meetingtool.importers.standing import standing_of

_ESCAPE = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?", re.S)
_JOINERS = "\u200c\u200d"
_CALLED = re.compile(r"(?<=\S)\s+(?:\((\w+)\)|[\"“„«](\w+)[\"”“»]|['‘](\w+)['’])(?=\s+\S)")
_CUT = "…"
_ID = r"(?:(?:id|no|nr|emp|ee|pers|badge)[.:# -]*)?#?([A-Za-z]{0,3}-?\d{2,12})"
_ID_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*{_ID}\s*[)\]]\s*", re.IGNORECASE)
_ID_BEHIND = re.compile(rf"(?<=\w)\.?(?:\s*[-–—:|/,;#]\s*|\s+){_ID}$", re.IGNORECASE)
_ID_BEFORE = re.compile(rf"^{_ID}(?:\s*[-–—:|/,;]\s*|\s+)(?=[^\W\d])", re.IGNORECASE)
_STATE = re.compile(r"\s*(?:[(\[]([^()\[\]]+)[)\]]|\s[-–—]\s+([^-–—]+))\s*$")
_NOTED = re.compile(r"\s*[(\[](?=[^()\[\]]*\d|(?:ex|former(?:ly)?)\b)[^()\[\]]+[)\]]\s*$", re.IGNORECASE)
"""A note in brackets behind a name, such as from when on, or from which firm: no name has a number in it."""
_CONTINGENT = re.compile(r"\s*\[C\]$")
"""How Workday marks those who are not on the payroll."""
_PRONOUN = "(?:she|her|hers|he|him|his|they|them|theirs?|ze|zir|xe|xem|sie|er|elle|elles?|il|iel|ella|él|any|all)"
_PRONOUNS = re.compile(
    rf"\s*[(\[]{_PRONOUN}(?:\s*[/,|]\s*\w+)*(?: pronouns)?[)\]]|[\s,–—-]+{_PRONOUN}(?:\s*/\s*{_PRONOUN})+\s*$",
    re.IGNORECASE,
)
_BORN = re.compile(r"\s+[(\[]?(?:[Gg]eb\.|geborene|née|nee|born)\s+[^,()\[\]]+[)\]]?(?=\s*(?:,|$))")
"""The name that somebody was born with."""
_STARS = " *†‡"
_EMAIL = re.compile(r"[^@\s<>:]+@[^@\s<>]+")


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


def email_in(cell: str) -> str:
    """The e-mail address in a cell, such as `Ann Moore <ann@x.example>`; empty where there is none."""
    match = _EMAIL.search(cell)
    return match[0] if match else ""


def has_letters(name: str) -> bool:
    """Whether there is anything in it by which a person could be called."""
    return any(letter.isalpha() for letter in name)


def is_name(text: str) -> bool:
    """Whether somebody could be called by it: it has letters, and is no `#tag` and no e-mail address."""
    said = text.strip()
    return has_letters(said) and not said.startswith("#") and not _EMAIL.fullmatch(said)


class Asides(msgspec.Struct, frozen=True):
    """A name without what is put beside it: pronouns, the name at birth, a number, and a word on who is still there.

    unmarked: nothing but a blank separates the number from the name. dropped: brackets with a note were left out.
    """

    name: str
    number: str = ""
    status: str = ""
    unmarked: bool = False
    dropped: bool = False


def without_asides(name: str) -> Asides:
    """`Moore, Ann (10231)`, `10231 - Ann Moore` and `Ann Moore (On Leave)` as `Ann Moore`, the number and the status.

    Somebody called by one word and a number, such as `Agent 12`, keeps both.
    """
    text, number, status = _CONTINGENT.sub("", _BORN.sub("", _PRONOUNS.sub("", name)).strip(_STARS)), "", ""
    unmarked = False
    while (match := _STATE.search(text)) and standing_of(match[1] or match[2]) != "unclear":
        said = (match[1] or match[2]).strip()
        if len(said) < 2 or not has_letters(said) or not has_letters(text[: match.start()]):
            break
        text, status = text[: match.start()], f"{said} {status}".strip()
    for pattern in (_ID_IN_BRACKETS, _ID_BEHIND, _ID_BEFORE):
        match = pattern.search(text)
        rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split()) if match else ""
        if match and has_letters(rest) and (" " in rest or "," in rest):
            text, number = rest.replace(" ,", ","), match[1]
            unmarked = match[0].strip() == number and not number.isdecimal()
            break
    rest = _NOTED.sub("", text)
    dropped = rest != text and has_letters(rest)
    return Asides((rest if dropped else text).strip(_STARS), number, status, unmarked, dropped)


def without_nickname(name: str) -> tuple[str, str]:
    """`Katherine "Kate" Smith` as `Katherine Smith` and `Kate`; the second is empty where there is none."""
    match = _CALLED.search(name)
    if not match:
        return name, ""
    return " ".join((name[: match.start()] + name[match.end() :]).split()), next(filter(None, match.groups()))
