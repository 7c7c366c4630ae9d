"""A team to be named in lines and queries."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)
MADE = datetime(2026, 1, 5, tzinfo=UTC)

PEOPLE = (
    ("maria", "Maria Lopez", (), "Front desk"),
    ("tom", "Tom Ng", ("Tommy",), "Workshop"),
    ("zoe", "Zoë Martin-Reid", ("Zo",), "Front desk"),
    ("karim", "Karim Haddad", (), "Front desk"),
    ("sean", "Sean O'Neil", ("O'Neil",), ""),
    ("priya", "प्रिया शर्मा", (), "Calls"),
    ("sam-b", "Sam Bell", (), "Workshop"),
    ("sam-c", "Sam Cole", (), "Deliveries"),
)
TAGS = ("own-it", "listen", "on-time")


@pytest.fixture(scope="session")
def roster() -> Roster:
    """`PEOPLE` and `TAGS`; the handle or the tag is the id."""
    people = [
        Person(
            id=handle, at=MADE, made_at=MADE, made_by="pat", handle=handle, name=name, nicknames=nicknames, role=role
        )
        for handle, name, nicknames, role in PEOPLE
    ]
    standards = [
        Standard(id=tag, at=MADE, made_at=MADE, made_by="pat", tag=tag, title=tag, behaviour="", anchors=("",) * 5)
        for tag in TAGS
    ]
    return Roster(people, standards, TODAY)
