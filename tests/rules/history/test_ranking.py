from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from meetingtool.records.stories import Story
from meetingtool.rules.history.query import parse_query
from meetingtool.rules.history.ranking import MOST_RANKED, BestFirst
from meetingtool.rules.history.search import Index
from meetingtool.rules.roster import Roster
from tests.rules.insight.conftest import Made

TODAY = date(2026, 11, 24)


def best_first(stories: Sequence[Story], query: str, roster: Roster) -> BestFirst:
    index, asked = Index(), parse_query(query, roster, TODAY)
    index.call(roster)
    index.update(stories)
    return BestFirst(index.look(asked), asked)


@pytest.fixture
def order(roster: Roster) -> Any:
    """order(query, texts...): the texts, given the newest first, as they are ranked; `+` before one stars it."""

    def ranked(query: str, *texts: str) -> list[str]:
        made = Made()
        stories = [made.story("2026-03-01", t.removeprefix("+"), starred=t.startswith("+")) for t in reversed(texts)]
        said = {story.id: story.text for story in stories}
        return [said[entry.id] for entry in best_first(stories, query, roster)]

    return ranked


def test_a_whole_word_comes_before_the_beginning_of_one(order: Any) -> None:
    assert order("lock", "a locker was full", "the lock was stuck") == ["the lock was stuck", "a locker was full"]


def test_a_word_that_stands_more_often_comes_first(order: Any) -> None:
    assert order("lock", "lock it now please", "lock it, then lock")[0] == "lock it, then lock"


def test_a_short_text_comes_before_a_long_one(order: Any) -> None:
    long = "lock " + "and many other things besides " * 30
    assert order("lock", long, "the lock")[0] == "the lock"


def test_a_star_decides_between_equals(order: Any) -> None:
    assert order("lock", "one lock here", "+two lock here")[0] == "two lock here"


def test_equal_ones_stay_the_newest_first(order: Any) -> None:
    assert order("lock", "new lock aa", "old lock bb") == ["new lock aa", "old lock bb"]


def test_without_words_the_order_stays(order: Any) -> None:
    assert order("is:win", "long text here", "+short") == ["long text here", "short"]


def test_nothing_is_lost_where_there_is_too_much_to_weigh(roster: Roster) -> None:
    made = Made()
    found = best_first([made.story("2026-03-01", "lock") for _ in range(MOST_RANKED + 10)], "lock", roster)
    assert len({entry.id for entry in found}) == MOST_RANKED + 10
