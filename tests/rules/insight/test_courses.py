from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec

from meetingtool.records.meetings import Meeting
from meetingtool.rules.insight import courses
from meetingtool.rules.insight.view import View
from meetingtool.rules.people.periods import Period
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)


def table(view: View, number: int = 0) -> dict[str, tuple[Any, ...]]:
    return {str(row.cells[0]): row.cells[1:] for row in view.sections[number].rows}


def test_wins_and_stickies_are_counted_by_month(made: Any, year: Period) -> None:
    stories = [
        made.story("2026-03-01"),
        made.story("2026-03-31"),
        made.story("2026-03-04", kind="sticky"),
        made.story("2026-03-04", kind="praise"),
        made.story("2025-12-31"),
        made.story("2026-12-31"),
    ]
    view = courses.told_by_month(year, stories, [])
    assert table(view)["March 2026"] == (2, 1)
    assert table(view)["December 2026"] == (1, 0)
    assert len(view.sections[0].rows) == 12
    assert view.chart is not None
    assert view.chart.lines[0].values[2] == 2
    assert view.sections[0].rows[2].behind.query == "on:2026-03"


def test_a_view_of_zeros_alone_counts_nothing(made: Any, year: Period) -> None:
    assert courses.told_by_month(year, [], []).counts_nothing
    assert not courses.told_by_month(year, [made.story("2026-03-01")], []).counts_nothing
    assert courses.promises_by_month(year, [], TODAY).counts_nothing
    assert courses.time_to_resolve(year, [], [], Roster((), (), TODAY)).counts_nothing
    assert courses.people_by_standards(year, [], Roster((), (), TODAY)).counts_nothing


def test_few_stories_are_said_to_be_few(made: Any, year: Period) -> None:
    few = courses.told_by_month(year, [made.story("2026-03-01")], [])
    many = courses.told_by_month(year, [made.story("2026-03-01") for _ in range(12)], [])
    assert "There is only 1 story here: much of this is chance." in few.cautions
    assert not any("only" in caution for caution in many.cautions)


def test_who_joined_or_left_in_between_is_named(made: Any, year: Period, roster: Roster) -> None:
    people = [
        msgspec.structs.replace(roster.everyone[0], name="Ann A", started=date(2026, 6, 1)),
        msgspec.structs.replace(roster.everyone[0], name="Ben B", left=date(2026, 3, 31)),
        msgspec.structs.replace(roster.everyone[0], name="Cleo C", started=date(2020, 1, 1)),
    ]
    cautions = " ".join(courses.told_by_month(year, [], people).cautions)
    assert "Ann A joined in between" in cautions
    assert "Ben B left in between" in cautions
    assert "Cleo" not in cautions


def test_the_heat_map_counts_wins_for_each_person_and_standard(made: Any, year: Period, roster: Roster) -> None:
    stories = [
        made.story("2026-03-01", people=("maria", "tom"), standards=("own-it", "listen")),
        made.story("2026-03-02", people=("maria",), standards=("own-it",)),
        made.story("2026-03-02", people=("maria",), standards=("own-it",), kind="sticky"),
    ]
    view = courses.people_by_standards(year, stories, roster)
    heat = view.heat
    assert heat is not None
    maria, tom = heat.rows.index("Maria"), heat.rows.index("Tom")
    own, listen = heat.columns.index("#own-it"), heat.columns.index("#listen")
    assert (heat.counts[maria][own], heat.counts[maria][listen], heat.counts[tom][own]) == (2, 1, 1)
    assert sum(map(sum, heat.counts)) == 5
    row = view.sections[0].rows[maria]
    assert row.behind_cell(own + 1).query == "@maria #own-it is:win after:2026-01-01 before:2027-01-01"
    assert row.behind_cell(None).query == "@maria is:win after:2026-01-01 before:2027-01-01"


def test_a_win_of_two_standards_counts_once_in_all(made: Any, year: Period, roster: Roster) -> None:
    view = courses.people_by_standards(
        year, [made.story("2026-03-01", people=("maria",), standards=("own-it", "listen"))], roster
    )
    assert view.heat is not None
    assert view.heat.totals[view.heat.rows.index("Maria")] == 1
    assert table(view)["Maria"][-1] == 1


def test_promises_count_in_the_month_of_their_decision(made: Any, year: Period) -> None:
    promises = [
        made.promise("2025-12-20", decided="2026-01-04"),
        made.promise("2026-01-10", decided="2026-02-01", state="missed"),
        made.promise("2026-01-10", decided="2026-02-02"),
        made.promise("2026-01-10", decided="2026-02-03", state="dropped"),
        made.promise("2026-10-10", due=date(2026, 11, 1)),
    ]
    view = courses.promises_by_month(year, promises, TODAY)
    assert table(view)["January 2026"] == (1, 0, "100 %")
    assert table(view)["February 2026"] == (1, 1, "50 %")
    assert table(view)["March 2026"] == (0, 0, "")
    assert "1 promise overdue and still open: it counts nowhere." in view.cautions
    february = view.sections[0].rows[1]
    assert february.behind.records == (promises[2].id, promises[1].id)
    assert february.behind_cell(1).records == (promises[2].id,)
    assert february.behind_cell(2).records == (promises[1].id,)
    assert not view.sections[0].rows[2].behind, "where nothing was decided, nothing can be entered"


def test_meetings_show_the_mean_and_the_spread_of_their_ratings(year: Period) -> None:
    def meeting(day: int, *votes: int) -> Meeting:
        at = datetime(2026, 3, day, 9, tzinfo=UTC)
        base = {"id": f"M{day}", "at": at, "made_at": at, "made_by": "pat"}
        return Meeting(**base, title="Weekly", segments=(), state="closed", team_rating=votes)

    view = courses.meeting_ratings(year, [meeting(3, 8, 9, 6), meeting(10), meeting(17, 10)])
    newest, oldest = view.sections[0].rows
    assert oldest.cells == (date(2026, 3, 3), 7.7, 6, 9, 3)
    assert newest.cells == (date(2026, 3, 17), 10.0, 10, 10, 1)
    assert "1 meeting had no rating." in view.cautions


def test_without_a_rated_meeting_there_is_no_picture(year: Period) -> None:
    assert courses.meeting_ratings(year, []).chart is None


def test_a_sticky_is_resolved_when_the_last_thing_that_came_of_it_is_decided(
    made: Any, year: Period, roster: Roster
) -> None:
    quick, slow, waiting, alone = (made.story("2026-03-02", kind="sticky") for _ in range(4))
    came = [
        made.promise("2026-03-02", decided="2026-03-05", story=quick.id),
        made.promise("2026-03-02", decided="2026-03-03", story=slow.id),
        made.promise("2026-03-02", decided="2026-03-11", story=slow.id, kind="action", state="dropped"),
        made.promise("2026-03-02", decided="2026-03-03", story=waiting.id),
        made.promise("2026-03-02", story=waiting.id),
    ]
    view = courses.time_to_resolve(year, [quick, slow, waiting, alone], came, roster)
    assert table(view)["March 2026"] == (4, 2, 6.0, 9)
    assert [row.behind.record for row in view.sections[1].rows] == [waiting.id]
    march = view.sections[0].rows[2]
    assert march.behind_cell(2).records == (quick.id, slow.id)
    assert march.behind_cell(4).record == slow.id
    assert "1 sticky situation had none: how long they took is not known." in view.cautions
