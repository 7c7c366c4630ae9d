"""What is said about the difference between two versions of a record."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from meetingtool.records.followups import FollowUp
from meetingtool.records.money import Money
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.kinds.table import differences
from meetingtool.rules.roster import Roster
from meetingtool.rules.stories.changes import LONGEST

NOW = datetime(2026, 11, 24, 9, 3, tzinfo=UTC)
MARIA, TOM = (
    Person(id=f"0{number}", at=NOW, made_at=NOW, made_by="pat", handle=name.lower(), name=name)
    for number, name in enumerate(("Maria", "Tom"))
)
OWN_IT = Standard(
    id="05", at=NOW, made_at=NOW, made_by="pat", tag="own-it", title="Owns it", behaviour="", anchors=("",) * 5
)
ROSTER = Roster([MARIA, TOM], [OWN_IT], NOW.date())
STORY = Story(id="10", at=NOW, made_at=NOW, made_by="pat", kind="win", text="Rang back", line="Rang back")
PROMISE = FollowUp(id="20", at=NOW, made_at=NOW, made_by="pat", kind="promise", text="refund", due=date(2026, 11, 27))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ()),
        ({"text": "Rang again", "line": "Rang again"}, ("words, before: “Rang back”",)),
        ({"people": (MARIA.id, TOM.id)}, ("who: Maria and Tom (was none)",)),
        ({"standards": (OWN_IT.id,)}, ("standards: #own-it (was none)",)),
        ({"customer": "Acme"}, ("customer: Acme (was none)",)),
        ({"starred": True}, ("starred",)),
        ({"private": True}, ("made private",)),
        ({"meeting": "30"}, ("told in a meeting",)),
        ({"fund": Money(2500, "GBP")}, ("from the fund: £25.00",)),
        ({"learned": "Ask first"}, ("what we learned added",)),
        ({"removed_at": NOW}, ("moved to the bin",)),
        ({"starred": True, "private": True}, ("starred", "made private")),
    ],
)
def test_a_changed_story_says_what_became_different(change: dict[str, object], words: tuple[str, ...]) -> None:
    assert differences(STORY, msgspec.structs.replace(STORY, **change), ROSTER) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"due": date(2026, 12, 1)}, ("due Tue 1 Dec (was Fri 27 Nov)",)),
        ({"due": None}, ("due without a date (was Fri 27 Nov)",)),
        ({"state": "kept"}, ("kept",)),
        ({"people": (TOM.id,)}, ("who: Tom (was none)",)),
        ({"text": "refund posted"}, ("words, before: “refund”",)),
        ({"note": "by cheque"}, ("note added",)),
    ],
)
def test_a_changed_promise_says_what_became_different(change: dict[str, object], words: tuple[str, ...]) -> None:
    assert differences(PROMISE, msgspec.structs.replace(PROMISE, **change), ROSTER) == words


def test_taking_things_back_is_said_the_other_way_round() -> None:
    starred = msgspec.structs.replace(STORY, starred=True, private=True, fund=Money(2500, "GBP"), removed_at=NOW)
    assert differences(starred, STORY, ROSTER) == (
        "star removed",
        "from the fund: nothing (was £25.00)",
        "made public",
        "restored from the bin",
    )
    kept = msgspec.structs.replace(PROMISE, state="kept")
    assert differences(kept, PROMISE, ROSTER) == ("open again",)


def test_a_former_text_of_great_length_is_quoted_in_part() -> None:
    long = msgspec.structs.replace(STORY, text="x" * 50_000)
    (words,) = differences(long, STORY, ROSTER)
    assert len(words) < LONGEST + 40
    assert words.endswith("…”")
