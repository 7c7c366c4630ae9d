"""What a line about a customer says besides its sentence: `on:tue`, `way:visit`, `why:thanks`, `by:phone`.

They are the options of the commands, so that what a command can say, the line of the app can say too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import get_args

import msgspec

from meetingtool.errors import Unclear
from meetingtool.records.complaints import ComplaintChannel
from meetingtool.records.contacts import ContactWay, Why
from meetingtool.rules import wording
from meetingtool.rules.dates import Dates

OPTIONS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "complaint": {"by": frozenset(get_args(ComplaintChannel))},
    "call": {"way": frozenset(get_args(ContactWay)), "why": frozenset(get_args(Why))},
    "hands-on": {},
}
"""What each kind of line can say, and with which words; every one can say `on:`."""

NO_DAY = 'Give it as on:tue or on:"24 nov", or leave it out for today.'
"""What to do where the day of a line can't be read, and nobody is there to ask."""

_OPTION = re.compile(r'(?<!\S)(on|way|why|by):(?:"([^"]+)"|(\S+))(?!\S)')


class Besides(msgspec.Struct, frozen=True, kw_only=True):
    """line: without what was said besides. on: the day it is about. unread: why what looked like a day isn't one.
    unknown: what else was said with a word that this kind of line doesn't have. Both stay in the line.
    """

    line: str
    on: date | None = None
    way: ContactWay | None = None
    why: Why | None = None
    by: ComplaintChannel | None = None
    unread: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said of what could not be read."""
        return tuple(f"{why} It stays in the text." for why in (self.unread, *self.unknown) if why)

    def in_words(self, today: date) -> str:
        """`Tue 24 Nov · visit`, as it is understood while it is typed."""
        day = wording.day(self.on, today) if self.on else ""
        missed = (f"! {why}" for why in (self.unread, *self.unknown) if why)
        return " · ".join(filter(None, (day, self.by, self.way, self.why, *missed)))


def besides(line: str, dates: Dates, *, kind: str = "step") -> Besides:
    """What a line says besides its sentence. kind: a complaint has `by:`, a call `way:` and `why:`, all have `on:`.

    Whatever is no option of its kind, or stands in quotes, stays in the line.
    """
    known = OPTIONS.get(kind, {})
    found: dict[str, object] = {}
    unread = ""
    unknown: list[str] = []

    def take(match: re.Match[str]) -> str:
        nonlocal unread
        name, said = match[1], (match[2] or match[3]).casefold()
        if line.count('"', 0, match.start()) % 2:
            return match[0]
        if name == "on":
            try:
                found[name] = dates.read(said.replace("_", " "), "past")
            except Unclear:
                unread = f"“{wording.shortened(said, 20)}” is no day."
                return match[0]
        elif said in known.get(name, ()):
            found[name] = said
        else:
            if name in known:
                words = ", ".join(sorted(known[name]))
                unknown.append(f"“{name}:{wording.shortened(said, 20)}” is not known; it can be {words}.")
            return match[0]
        return ""

    rest = _OPTION.sub(take, line)
    if found:
        rest = re.sub(r"  +", " ", rest).strip()
    return msgspec.convert({"line": rest, "unread": unread, "unknown": unknown, **found}, Besides)
