"""What was heard from customers and colleagues, and what became of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Literal

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.documents.customers import wall
from meetingtool.documents.formats.paper import Paper
from meetingtool.errors import NotFound
from meetingtool.records.base import Record
from meetingtool.records.contacts import Contact
from meetingtool.records.followups import FollowUp
from meetingtool.rules.customers.calls import without_mood
from meetingtool.rules.kinds.table import kind_of

HALF_A_YEAR = timedelta(days=183)
FROM = ("voice", "contact", "hands-on", "pulse")
"""What counts as heard. Complaints do not: they are private."""

Became = Literal["done", "open", "dropped"]


class Heard(msgspec.Struct, frozen=True):
    """One thing that was heard, with the action or promise that came out of it. words: what was said, where it is
    known."""

    words: str
    follow_up: FollowUp

    @property
    def became(self) -> Became:
        """What became of it. What was missed is still open for those who said it."""
        state = self.follow_up.state
        return "done" if state == "kept" else "dropped" if state == "dropped" else "open"


def heard(desk: Desk, since: date | None = None) -> list[Heard]:
    """What was heard since a day, half a year ago when left out, the newest first; nothing private is among it."""
    found = desk.workspace.find(FollowUp, since=since or desk.today - HALF_A_YEAR, private=False)
    return [
        Heard(words, each)
        for each in reversed(found)
        if each.source in FROM and (words := _words(desk, each)) is not None
    ]


def _words(desk: Desk, follow_up: FollowUp) -> str | None:
    """What was said; None where it may not be repeated. Unsigned answers have no words."""
    if follow_up.source_id is None:
        return ""
    source: Record | None = None
    with suppress(NotFound):
        source = desk.workspace.get(Record, follow_up.source_id)
    if source is None:
        return ""
    if source.private:
        return None
    text = kind_of(source).text(source, desk.roster)
    return without_mood(text) if isinstance(source, Contact) else text


def wall_lines(desk: Desk, since: date | None = None) -> list[wall.WallLine]:
    """What was heard and what became of it, as it is shown on a wall, the newest first."""
    return [
        wall.WallLine(each.words, each.follow_up.text, each.became, each.follow_up.note) for each in heard(desk, since)
    ]


def wall_paper(desk: Desk, since: date | None = None) -> Paper:
    """The sheet for the wall: you said, we did."""
    return wall.wall(desk.settings.team, wall_lines(desk, since), desk.today)
