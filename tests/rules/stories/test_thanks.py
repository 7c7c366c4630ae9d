"""Who is owed thanks, who has not had any for long, and what comes with them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from meetingtool.records.kinds import AnyRecord
from meetingtool.records.mentions import Mention
from meetingtool.records.people import Person
from meetingtool.records.stories import Award, Story
from meetingtool.rules.capture.parts import Capture
from meetingtool.rules.stories.thanks import OwedThanks, owed_thanks, quality, reward_of, unthanked

TODAY = date(2026, 11, 24)


def base(id: str, day: date) -> dict[str, Any]:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return {"id": id, "at": at, "made_at": at, "made_by": "pat"}


def person(handle: str, **more: Any) -> Person:
    return Person(**base(handle, TODAY), handle=handle, name=handle.title(), **more)


def story(id: str, day: date, kind: Any, *people: str, **more: Any) -> Story:
    return Story(**base(id, day), kind=kind, text="x", line="x", people=people, **more)


def mention(id: str, day: date, who: str, **more: Any) -> Mention:
    return Mention(
        **base(id, day), words=who, tier="unique", person=who, **{"state": "confirmed", "tone": "praise", **more}
    )


def test_thanks_are_owed_a_week_after_praise_by_a_customer_or_a_starred_win() -> None:
    people = [person("ada"), person("ben"), person("cy")]
    stories = [
        story("w1", date(2026, 11, 17), "win", "ada", starred=True),
        story("w2", date(2026, 11, 18), "win", "ben", starred=True),
        story("w3", date(2026, 11, 1), "win", "ben"),
    ]
    mentions = [
        mention("m1", date(2026, 11, 10), "ada"),
        mention("m2", date(2026, 11, 1), "cy", tone="problem"),
        mention("m3", date(2026, 11, 1), "gone"),
        mention("m4", date(2026, 6, 1), "cy"),
        mention("m5", date(2026, 11, 2), "cy", thanked=datetime(2026, 11, 3, tzinfo=UTC)),
    ]
    assert owed_thanks(people, stories, mentions, TODAY) == [
        OwedThanks("ada", date(2026, 11, 10), "named by a customer", "m1")
    ]


@pytest.mark.parametrize(
    ("thanks", "settled"),
    [
        (story("p", date(2026, 11, 10), "praise", "ada"), True),
        (story("p", date(2026, 11, 9), "praise", "ada"), False),
        (story("p", date(2026, 11, 9), "praise", "ada", because="m1"), True),
        (story("p", date(2026, 11, 20), "praise", "ben"), False),
    ],
)
def test_thanks_to_the_person_since_then_or_for_that_settle_it(thanks: Story, settled: bool) -> None:
    found = owed_thanks([person("ada")], [thanks], [mention("m1", date(2026, 11, 10), "ada")], TODAY)
    assert (found == []) is settled


def test_whoever_was_not_thanked_for_longest_stands_first() -> None:
    people = [person("ada"), person("ben", started=date(2026, 11, 1)), person("cy")]
    found = unthanked(people, [story("p", date(2026, 10, 24), "praise", "ada")], TODAY)
    assert [(one.person.handle, one.last, one.days) for one in found] == [
        ("cy", None, None),
        ("ada", date(2026, 10, 24), 31),
        ("ben", None, 23),
    ]


def test_a_reward_kept_as_words_alone_was_given_and_is_of_no_kind() -> None:
    kept = (
        b'{"type":"story","id":"s","at":"2025-11-24T09:00:00Z","made_at":"2025-11-24T09:00:00Z","made_by":"pat",'
        b'"kind":"praise","text":"x","line":"x","reward":"a free afternoon"}'
    )
    reward = reward_of(msgspec.json.decode(kept, type=AnyRecord))  # type: ignore[arg-type]
    assert reward is not None
    assert (reward.words, reward.award, reward.owed) == ("a free afternoon", Award("other", "given"), False)
    assert reward_of(story("p", TODAY, "praise", "ada")) is None
    assert reward_of(story("w", TODAY, "win", "ada", reward="cake")) is None


def test_good_thanks_say_what_for_whom_and_by_which_standard() -> None:
    assert quality(Capture(line="", text="")) == (False, False, False)
    assert quality(Capture(line="", text="Thank you")) == (False, False, False)
    assert quality(Capture(line="", text="rang her back twice", customer="Acme", standards=("s",))) == (
        True,
        True,
        True,
    )
