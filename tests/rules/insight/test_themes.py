from __future__ import annotations

from datetime import date
from typing import Any

from meetingtool.records.stories import Story
from meetingtool.rules.history.query import parse_query
from meetingtool.rules.insight.themes import themes, words_in
from meetingtool.rules.people.periods import Period
from meetingtool.rules.roster import Roster
from tests.rules.conftest import select

TODAY = date(2026, 11, 24)


def test_everyday_words_are_passed_over() -> None:
    assert set(words_in("The customer was told that the Parcel is late again")) == {"parcel", "late"}


def test_a_word_is_one_whatever_its_case_accents_and_possessive() -> None:
    assert words_in("Café CAFE café’s") == {"cafe": "Café"}


def test_words_of_any_script_are_counted() -> None:
    assert "доставка" in words_in("Доставка опоздала")
    assert "配達" in words_in("配達が遅れた")
    assert "تأخير" in words_in("تأخير الطرد") or len(words_in("تأخير الطرد")) == 2


def test_a_word_counts_once_for_each_situation(made: Any, year: Period, roster: Roster) -> None:
    stories = [
        made.story("2026-03-01", "Parcel lost, parcel found, parcel broken", kind="sticky"),
        made.story("2026-04-01", "Another parcel", kind="sticky", customer="Parcel Ltd"),
        made.story("2026-04-02", "The PARCEL came", kind="sticky", learned="Ask for the parcel number"),
        made.story("2026-04-03", "A parcel brought by hand"),
        made.story("2025-04-03", "A parcel too early", kind="sticky"),
    ]
    rows = {row.cells[0]: row for row in themes(year, stories, roster).sections[0].rows}
    assert rows["parcel"].cells == ("parcel", 2, 1, date(2026, 4, 2))
    assert "number" not in rows, "one situation is no coming back"


def test_names_of_people_are_no_theme(made: Any, year: Period, roster: Roster) -> None:
    stories = [made.story("2026-03-01", "Maria and Zoë waited", kind="sticky") for _ in range(3)]
    assert [row.cells[0] for row in themes(year, stories, roster).sections[0].rows] == ["waited"]


def test_entering_a_word_finds_what_was_counted(made: Any, year: Period, roster: Roster) -> None:
    texts = ("The lock was stuck", "Locker and lock", "Lockers are full", "Full again, the lock", "Key's lock's teeth")
    stories: list[Story] = [made.story("2026-03-01", text, kind="sticky") for text in texts]
    for row in themes(year, stories, roster).sections[0].rows:
        found = row.behind.records or select(stories, parse_query(row.behind.query, roster, TODAY), roster)
        assert len(found) == row.cells[1], row.cells[0]


def test_a_word_in_several_forms_is_one_and_shown_as_it_is_mostly_written(
    made: Any, year: Period, roster: Roster
) -> None:
    texts = ("The refund was late and they asked again", "He had his refunds refused", "We refunded it to them twice")
    stories: list[Story] = [made.story("2026-03-01", text, kind="sticky") for text in texts]
    stories += [made.story("2026-03-04", "A refund that was there before she asked", kind="sticky")]
    stories += [made.story("2026-03-05", "All their refunding was done by us on the day")]
    row = themes(year, stories, roster).sections[0].rows[0]
    assert row.cells == ("refund", 4, 1, date(2026, 3, 4))
    assert row.behind_cell(1).records == tuple(story.id for story in stories[:4])
    assert row.behind_cell(2).records == (stories[4].id,)


def test_standards_and_customers_that_come_back(made: Any, year: Period, roster: Roster) -> None:
    stories = [
        made.story("2026-03-01", kind="sticky", standards=("listen",), customer="Blue Door Café"),
        made.story("2026-04-01", kind="sticky", standards=("listen", "own-it"), customer="BLUE DOOR CAFE"),
        made.story("2026-04-01", kind="sticky", customer="Acme"),
    ]
    view = themes(year, stories, roster)
    assert [row.cells[:2] for row in view.sections[1].rows] == [("#listen", 2), ("#own-it", 1)]
    assert [row.cells[:2] for row in view.sections[2].rows] == [("BLUE DOOR CAFE", 2)]
