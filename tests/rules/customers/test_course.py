"""An alert is raised when, and only when, a fall is real; each is told once, in one sentence."""

from __future__ import annotations

import pytest

from meetingtool.rules.customers.course import Point, changed, course, look, offered_target, unraised
from meetingtool.rules.customers.sentences import compared, finding, standing
from meetingtool.rules.customers.shares import Tally


def points(*shares: tuple[int, int]) -> list[Point]:
    return [Point(f"2026-{month:02}", Tally(n, satisfied)) for month, (satisfied, n) in enumerate(shares, 1)]


@pytest.mark.parametrize(
    ("now", "before", "kind"),
    [
        ((75, 100), (263, 300), "fall"),
        ((83, 100), (270, 300), None),
        ((38, 50), (135, 150), "watch"),
        ((15, 20), (18, 20), None),
        ((29, 29), (3, 300), None),
        ((890, 1000), (2790, 3000), None),  # sure, but four points only
        ((950, 1000), (2640, 3000), "rise"),
    ],
)
def test_a_period_is_compared_with_the_three_before(
    now: tuple[int, int], before: tuple[int, int], kind: str | None
) -> None:
    found = look(points(before, now))
    assert [one.kind for one in found] == ([kind] if kind else [])


def test_only_the_primary_measure_alerts() -> None:
    assert look(points((135, 150), (38, 50)), primary=False) == ()
    assert [one.kind for one in look(points((263, 300), (70, 100)), primary=False)] == ["watch"]


def test_four_periods_ago_is_not_compared_with() -> None:
    series = points((10, 1000), (90, 100), (88, 100), (85, 100), (75, 100))
    (found,) = look(series)
    assert found.change is not None
    assert (found.change.before.satisfied, found.change.before.n) == (263, 300)


def test_under_the_target_is_told_when_the_upper_limit_lies_under_it() -> None:
    assert [one.kind for one in look(points((75, 100)), target=0.88)] == ["under-target"]
    assert look(points((82, 100)), target=0.88) == ()
    assert look(points((5, 29)), target=0.88) == ()
    assert look(points((75, 100)), target=0.88, primary=False) == ()


def test_a_net_promoter_score_falls_by_its_own_interval() -> None:
    before, now = Tally(400, 220, 0, 80), Tally(400, 160, 0, 120)
    (found,) = look([Point("a", before), Point("b", now)], is_nps=True)
    assert found.kind == "fall"
    assert "NPS +10" in finding(found)
    assert look([Point("a", Tally(100, 55, 0, 20)), Point("b", Tally(100, 40, 0, 30))], is_nps=True)[0].kind == "watch"


def test_the_same_fall_is_told_once_until_it_is_over_or_goes_further() -> None:
    series = points((90, 100), (90, 100), (90, 100), (75, 100), (74, 100), (73, 100))
    assert [(one.period, one.kind) for one in course(series)] == [("2026-04", "fall")]
    further = points((180, 200), (180, 200), (180, 200), (150, 200), (128, 200))
    assert [one.period for one in course(further)] == ["2026-04", "2026-05"]
    again = points(*[(180, 200)] * 3, (150, 200), *[(170, 200)] * 4, (140, 200))
    assert [(one.period, one.kind) for one in course(again)] == [("2026-04", "fall"), ("2026-09", "fall")]


def test_a_period_with_few_answers_neither_tells_nor_ends_anything() -> None:
    series = points(*[(180, 200)] * 3, (150, 200), (5, 5), (150, 200))
    assert [one.period for one in course(series)] == ["2026-04"]


def test_the_target_offered_is_what_the_year_surely_reached() -> None:
    assert offered_target(points(*[(90, 100)] * 12)) == 88
    assert offered_target(points((10, 10), (9, 10))) is None


def test_a_fall_is_said_with_how_far_it_may_reach() -> None:
    change = changed(Tally(100, 75), Tally(300, 263))
    assert change is not None
    assert compared(change) == (
        "75 of 100 satisfied; the three months before: 263 of 300. "
        "12.7 points fewer: with so many answers, anything from 4 to 23."
    )


def test_few_answers_are_said_to_be_few() -> None:
    assert standing(Tally(7, 7)) == "too few to say (7)"
    assert standing(Tally(10, 9)) == "9 of 10 satisfied, which can mean 60 to 98 %: too few to compare"
    assert standing(Tally(30, 27)) == "27 of 30 satisfied"
    assert changed(Tally(29, 1), Tally(300, 299)) is None


def test_an_unsure_change_is_said_in_both_directions() -> None:
    change = changed(Tally(100, 83), Tally(300, 270))
    assert change is not None
    assert compared(change).endswith("7.0 points fewer: with so many answers, anything from 16 fewer to 0 more.")


def test_what_stands_since_long_is_raised_when_no_alert_said_so() -> None:
    line = points(*[(80, 100)] * 7)
    assert [(one.period, one.kind) for one in unraised(line, (), target=0.95)] == [("2026-07", "under-target")]
    assert unraised(line, {("2026-03", "under-target")}, target=0.95) == ()
    kept = points((80, 100), (97, 100), (80, 100))
    assert len(unraised(kept, {("2026-01", "under-target")}, target=0.95)) == 1
    assert unraised(line, ()) == ()
