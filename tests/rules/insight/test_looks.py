from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from meetingtool.rules.history.query import parse_query
from meetingtool.rules.insight import looks
from meetingtool.rules.insight.sums import quarter_label, quarters_of
from meetingtool.rules.insight.view import Behind, View
from meetingtool.rules.people.periods import Period, months_of
from meetingtool.rules.roster import Roster
from tests.rules.conftest import select

TODAY = date(2026, 11, 24)


def section(view: View, title: str) -> list[tuple[Any, ...]]:
    return next([row.cells for row in part.rows] for part in view.sections if part.title == title)


def test_months_and_quarters_cover_the_period() -> None:
    span = Period(date(2025, 12, 15), date(2026, 2, 1), "")
    assert months_of(span) == (date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))
    assert quarters_of(span) == ((date(2025, 10, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 3, 31)))
    assert quarters_of(span, starts=2)[0] == (date(2025, 11, 1), date(2026, 1, 31))


def test_a_quarter_of_which_only_a_part_is_looked_at_says_so() -> None:
    span = Period(date(2025, 12, 1), date(2026, 11, 21), "the last 12 months")
    labels = [quarter_label(since, until, span) for since, until in quarters_of(span)]
    assert labels == [
        "Oct–Dec 2025, from 1 Dec",
        "Jan–Mar 2026",
        "Apr–Jun 2026",
        "Jul–Sep 2026",
        "Oct–Dec 2026, until 21 Nov",
    ]


def test_a_person_by_quarter_and_by_standard(made: Any, year: Period, roster: Roster) -> None:
    stories = [
        made.story("2026-02-01", people=("maria",), standards=("own-it", "listen")),
        made.story("2026-05-01", people=("maria", "tom"), standards=("own-it",)),
        made.story("2026-05-02", people=("maria",), kind="sticky"),
        made.story("2026-05-03", people=("maria",), kind="praise", text="Thank you"),
        made.story("2026-05-04", people=("tom",)),
    ]
    promises = [
        made.promise("2026-05-01", decided="2026-05-02", people=("maria",)),
        made.promise("2026-05-01", decided="2026-05-02", people=("maria",), state="missed"),
        made.promise("2026-05-01", people=("tom",)),
    ]
    maria = roster.person("maria")
    assert maria is not None
    view = looks.person(maria, year, stories, promises, roster)
    assert section(view, "By quarter")[:2] == [("Jan–Mar 2026", 1, 0, 0, ""), ("Apr–Jun 2026", 1, 1, 1, "1 of 2 kept")]
    assert section(view, "Standards shown") == [("#own-it", "own-it", 2), ("#listen", "listen", 1)]
    assert len(section(view, "Promises")) == 2
    assert section(view, "Thanks")[0][3] == "Thank you"
    assert len(section(view, "Wins")) == 2


def test_entering_a_quarter_finds_its_stories(made: Any, year: Period, roster: Roster) -> None:
    stories = [made.story(day, people=("maria",)) for day in ("2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01")]
    maria = roster.person("maria")
    assert maria is not None
    second = looks.person(maria, year, stories, [], roster).sections[0].rows[1]
    found = select(stories, parse_query(second.behind.query, roster, TODAY), roster)
    assert [story.id for story in found] == [stories[1].id, stories[2].id]


def test_a_standard_shows_starred_stories_first_and_what_was_learned(made: Any, year: Period, roster: Roster) -> None:
    stories = [
        made.story("2026-02-01", "old and starred", standards=("listen",), starred=True, people=("zoe",)),
        made.story("2026-05-01", "new", standards=("listen",), people=("maria", "zoe")),
        made.story("2026-05-02", "hard", standards=("listen",), kind="sticky", learned="Ask twice"),
        made.story("2026-05-02", "other", standards=("own-it",)),
    ]
    listen = roster.standard("listen")
    assert listen is not None
    view = looks.standard(listen, year, stories, roster)
    assert [cells[3] for cells in section(view, "Its best stories")] == ["old and starred", "new"]
    assert section(view, "What was learned") == [(date(2026, 5, 2), "hard", "Ask twice")]
    assert section(view, "Who showed it") == [("Maria", 1), ("Zoë", 2)]


def test_a_customer_is_one_whatever_the_spelling(made: Any, roster: Roster) -> None:
    stories = [
        made.story("2026-02-01", "first", customer="blue door cafe", people=("tom",)),
        made.story("2026-05-01", "second", customer="Blue Door Café", people=("tom",)),
        made.story("2026-05-01", "not them", customer="Blue Door"),
    ]
    promises = [made.promise("2026-04-01", customer="Blue Door Café", due=date(2026, 5, 1))]
    view = looks.customer("BLUE DOOR CAFÉ", stories, promises, roster, TODAY)
    assert view.title == "Blue Door Café"
    assert [cells[3] for cells in section(view, "Everything that happened")] == ["second", "a thing (open)", "first"]
    assert len(section(view, "Open with them")) == 1
    assert section(view, "Who was there for them") == [("Tom", 2)]


def test_customers_are_listed_in_their_latest_spelling(made: Any, year: Period) -> None:
    stories = [made.story("2026-02-01", customer="ACME"), made.story("2026-03-01", customer="Acme")]
    promises = [made.promise("2026-03-02", customer="Other"), made.promise("2025-03-02", customer="Earlier")]
    assert looks.customers(year, stories, promises) == (("Acme", 2), ("Other", 1))


def test_this_week_in_earlier_years(made: Any, roster: Roster) -> None:
    stories = [
        made.story("2025-11-24", "a year ago"),
        made.story("2020-11-29", "six years ago"),
        made.story("2020-11-22", "the week before"),
        made.story("2026-11-24", "today"),
    ]
    view = looks.this_week(TODAY, stories, roster)
    assert [part.title for part in view.sections] == ["2025, 1 year ago", "2020, 6 years ago"]
    assert [row.behind.record for part in view.sections for row in part.rows] == [stories[0].id, stories[1].id]


@pytest.mark.parametrize("year", [2025, 2024, 2023])
def test_the_week_of_a_leap_day_exists_in_every_year(year: int) -> None:
    monday, sunday = looks.week_of(date(2024, 2, 29), year)
    assert monday.weekday() == 0
    assert monday <= date(year, 2, 28) <= sunday or monday <= date(2024, 2, 29) <= sunday


def test_the_year_in_numbers(made: Any, year: Period, roster: Roster) -> None:
    stories = [
        made.story("2026-02-01", people=("maria",), standards=("own-it",), customer="Acme", starred=True),
        made.story("2026-02-02", people=("maria", "tom")),
        made.story("2026-02-02", kind="sticky", learned="Ask", customer="ACME"),
    ]
    promises = [made.promise("2026-02-01", decided="2026-02-03"), made.promise("2025-02-01", decided="2025-02-03")]
    view = looks.year(year, stories, promises, [], roster)
    numbers = dict(section(view, "In numbers"))
    assert numbers["Wins"] == 2
    assert numbers["Sticky situations"] == 1
    assert numbers["People with a win"] == 2
    assert numbers["Promises kept"] == 1
    assert numbers["Customers named"] == 1
    assert numbers["How the team rated them, of 10"] is None
    assert section(view, "By month")[1] == ("February 2026", 2, 1, 0)


def test_every_number_of_a_year_leads_to_as_many_records(made: Any, year: Period, roster: Roster) -> None:
    stories = [
        made.story("2026-02-01", people=("maria",), standards=("own-it",), customer="Acme", starred=True),
        made.story("2026-02-02", people=("maria", "tom"), kind="praise"),
        made.story("2026-02-02", kind="sticky", learned="Ask", customer="ACME"),
    ]
    promises = [
        made.promise("2026-02-01", decided="2026-02-03"),
        made.promise("2026-02-01", decided="2026-02-04", state="missed"),
    ]
    numbers, months, standards = looks.year(year, stories, promises, [], roster).sections[:3]

    def found(behind: Behind) -> int:
        query = parse_query(behind.query, roster, TODAY)
        return len(behind.records) if behind.records else len(select(stories, query, roster))

    led = {str(row.cells[0]): found(row.behind) for row in numbers.rows if row.behind and not row.behind.view}
    counted = {str(row.cells[0]): row.cells[1] for row in numbers.rows}
    assert led == {name: counted[name] for name in led}
    assert {"Wins", "Sticky situations", "Thanks", "Promises kept", "Promises missed"} <= led.keys()
    for row in (*months.rows, *standards.rows):
        for place in row.doors:
            assert found(row.inside[place]) == row.cells[place]
    leads = {str(row.cells[0]): row.behind.view for row in numbers.rows if row.behind.view}
    assert leads == {"People with a win": "heat", "Customers named": "customer"}


def test_the_numbers_of_a_quarter_lead_to_what_they_count(made: Any, roster: Roster) -> None:
    maria = roster.person("maria")
    assert maria is not None
    stories = [made.story(day, people=("maria",)) for day in ("2026-01-10", "2026-02-10", "2026-03-10")]
    span = Period(date(2026, 2, 1), date(2026, 12, 31), "from February on")
    first = looks.person(maria, span, stories, [], roster).sections[0].rows[0]
    found = select(stories, parse_query(first.inside[1].query, roster, TODAY), roster)
    assert (first.cells[1], len(found)) == (2, 2), "the quarter is cut where the span of time begins"


def test_nothing_told_gives_every_view_its_words(year: Period, roster: Roster) -> None:
    for view in (looks.year(year, [], [], [], roster), looks.this_week(TODAY, [], roster)):
        assert all(part.rows or part.empty for part in view.sections)
