"""How somebody is reached: an e-mail address or a telephone number, checked and tidied for keeping."""

from __future__ import annotations

import re

from meetingtool.errors import Refused
from meetingtool.rules import wording

LONGEST_ADDRESS = 200
LONGEST_NUMBER = 60
FEWEST_DIGITS = 3

_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


def email_address(typed: str) -> str:
    """An e-mail address on one line, or empty. Refused for what can't be one."""
    said = wording.one_line(wording.storable(typed)).strip()
    if not said:
        return ""
    if len(said) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(said):
        raise Refused(
            f"“{wording.shortened(said, 40)}” isn't an e-mail address.",
            "Write it like name@example.org, or leave it empty.",
        )
    return said


def telephone_number(typed: str) -> str:
    """A telephone number on one line as it was written, or empty. Refused for what nobody can dial."""
    said = wording.one_line(wording.storable(typed)).strip()
    if not said:
        return ""
    if len(said) > LONGEST_NUMBER or "@" in said or sum(letter.isdigit() for letter in said) < FEWEST_DIGITS:
        raise Refused(
            f"“{wording.shortened(said, 40)}” isn't a telephone number.",
            "Write it with its digits, like +44 161 496 0000, or leave it empty.",
        )
    return said
