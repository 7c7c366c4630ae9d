"""The due date at the end of what is promised, and what a new one can't mend."""

from __future__ import annotations

import re
from datetime import date

from meetingtool.records.followups import FollowUp
from meetingtool.rules import wording
from meetingtool.rules.capture import parse
from meetingtool.rules.dates import date_prefix
from meetingtool.rules.roster import Roster

_BY = re.compile(r"(?:^|\s)by\s+", re.IGNORECASE)


def split_due(text: str, today: date) -> tuple[str, date | None]:
    """`refund posted by fri` -> (`refund posted`, the coming Friday); without a date at the end (text, None).

    Reads the words as the capture grammar reads a promise: `call by tomorrow morning` is due tomorrow.
    """
    read = parse(f"!{text}", Roster((), (), today), today)
    if len(read.pledges) == 1 and not read.text.strip() and read.pledges[0].due is not None:
        return read.pledges[0].text, read.pledges[0].due
    for found in reversed(list(_BY.finditer(text[-200:]))):
        offset = max(len(text) - 200, 0)
        rest = date_prefix(text[offset + found.end() :], today)
        if rest is not None and not rest[1].strip(" .!,;"):
            return text[: offset + found.start()].rstrip(" ,;"), rest[0]
    return text, None


def late_move(follow_up: FollowUp, today: date, *, counts: bool = True) -> str:
    """What to say before a promise gets a new date after its old one has passed; empty when it is in time.

    counts: whether the miss counts for anyone, and may be said where this is read.
    """
    if follow_up.kind != "promise" or follow_up.state != "open" or follow_up.due is None or follow_up.due >= today:
        return ""
    passed = f"Its date, {wording.day(follow_up.due, today)}, has passed"
    if counts:
        return f"{passed}: kept by a new date, the promise still counts as missed."
    return f"{passed}: a new date does not make it kept in time."
