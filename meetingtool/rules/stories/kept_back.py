"""Thanks to somebody who would rather not have them before others."""

from __future__ import annotations

from collections.abc import Iterable

from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import listed, one_line


def wants_privacy(people: Iterable[str], roster: Roster) -> list[str]:
    """The names of those among people (ids) who want to be thanked in private."""
    known = (roster.person_of(person) for person in people)
    return [one_line(roster.short_name(p.id)) for p in known if p is not None and p.thanks == "private"]


def kept_back(people: Iterable[str], roster: Roster) -> str:
    """What to say of thanks that were kept private because of who is thanked; empty where nobody minds."""
    names = wants_privacy(people, roster)
    return f"Kept for a word in private: {listed(names)} would rather not be thanked before others." if names else ""
