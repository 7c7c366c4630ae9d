"""The due date at the end of a sentence."""

from __future__ import annotations

import re
from datetime import date

from meetingtool.rules.dates import date_prefix

_BY = re.compile(r"(?:^|\s)by\s+", re.IGNORECASE)


def split_due(text: str, today: date) -> tuple[str, date | None]:
    """`refund posted by fri` -> (`refund posted`, the coming Friday); without a date at the end (text, None)."""
    for found in reversed(list(_BY.finditer(text[-200:]))):
        offset = max(len(text) - 200, 0)
        read = date_prefix(text[offset + found.end() :], today)
        if read is not None and not read[1].strip(" .!,;"):
            return text[: offset + found.start()].rstrip(" ,;"), read[0]
    return text, None
