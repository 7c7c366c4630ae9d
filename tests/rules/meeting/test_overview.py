"""The sums of Today, with worked numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp, FollowUpState
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story, StoryKind
from meetingtool.rules.meeting.overview import (
    evaluations_so_far,
    heard_from,
    last_used,
    quarter_of_day,
    quarter_so_far,
    rated_so_far,
)

TODAY = date(2026, 11, 24)
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def noon(day: date) -> datetime:
    """The middle of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def story(day: date, kind: StoryKind = "win", name: str = "s") -> Story:
    return Story(id=f"{name}{day}", at=noon(day), made_at=MADE, made_by="pat", kind=kind, text="x", line="x")


def promise(state: FollowUpState, decided: date | None) -> FollowUp:
    return FollowUp(
        id=f"{state}{decided}",
        at=MADE,
        made_at=MADE,
        made_by="pat",
        kind="promise",
        text="x",
        state=state,
        decided_at=noon(decided) if decided else None,
    )


def meeting(day: date, votes: tuple[int, ...], *, closed: bool = True) -> Meeting:
    return Meeting(
        id=f"m{day}",
        at=noon(day),
        made_at=MADE,
        made_by="pat",
        title="Weekly",
        segments=(),
        state="closed" if closed else "running",
        team_rating=votes,
    )


def person(name: str, started: date | None = None, left: date | None = None) -> Person:
    return Person(id=name, at=MADE, made_at=MADE, made_by="pat", handle=name, name=name, started=started, left=left)


def standard(tag: str, weight: int = 1) -> Standard:
    return Standard(
        id=tag,
        at=MADE,
        made_at=MADE,
        made_by="pat",
        tag=tag,
        title=tag,
        behaviour=tag,
        anchors=("", "", "", "", ""),
        weight=weight,
    )


def rating(who: str, tag: str, day: date, value: int | None = 3) -> Rating:
    return Rating(
        id=f"{who}{tag}{day}", at=noon(day), made_at=MADE, made_by="pat", person=who, standard=tag, value=value
    )


def evaluation(who: str, year: int, state: str) -> Evaluation:
    return Evaluation(
        id=f"{who}{year}",
        at=MADE,
        made_at=MADE,
        made_by="pat",
        person=who,
        since=date(year, 1, 1),
        until=date(year, 12, 31),
        state="final" if state == "final" else "draft",
    )


def test_the_quarter_follows_the_evaluation_year() -> None:
    assert (quarter_of_day(TODAY).since, quarter_of_day(TODAY).until) == (date(2026, 10, 1), date(2026, 12, 31))
    shifted = quarter_of_day(TODAY, starts=3)
    assert (shifted.since, shifted.until) == (date(2026, 9, 1), date(2026, 11, 30))


def test_wins_are_counted_by_weeks_from_monday_and_others_are_left_out() -> None:
    quarter = quarter_of_day(TODAY)
    stories = [
        story(date(2026, 9, 30), name="before"),
        story(date(2026, 10, 1)),
        story(date(2026, 10, 4)),
        story(date(2026, 10, 5)),
        story(TODAY),
        story(TODAY, kind="sticky", name="k"),
        story(date(2026, 11, 25), name="to come"),
    ]
    so_far = quarter_so_far(quarter, stories, (), (), TODAY)
    assert so_far.wins_by_week == (2, 1, 0, 0, 0, 0, 0, 0, 1)
    assert so_far.wins == 4


def test_promises_count_in_the_quarter_of_their_decision() -> None:
    quarter = quarter_of_day(TODAY)
    decided = [
        promise("kept", date(2026, 10, 2)),
        promise("kept", TODAY),
        promise("missed", date(2026, 11, 1)),
        promise("dropped", date(2026, 11, 2)),
        promise("kept", date(2026, 9, 30)),
        promise("open", None),
    ]
    so_far = quarter_so_far(quarter, (), decided, (), TODAY)
    assert (so_far.kept, so_far.decided) == (2, 3)


def test_meetings_are_rated_by_the_mean_of_all_votes() -> None:
    held = [
        meeting(date(2026, 11, 3), (8, 9)),
        meeting(date(2026, 11, 10), (7,)),
        meeting(date(2026, 9, 29), (1,)),
        meeting(date(2026, 11, 17), (1,), closed=False),
    ]
    so_far = quarter_so_far(quarter_of_day(TODAY), (), (), held, TODAY)
    assert (so_far.held, so_far.rating) == (2, 8.0)
    assert quarter_so_far(quarter_of_day(TODAY), (), (), (), TODAY).rating is None


def test_a_person_is_rated_when_half_of_the_weight_has_an_answer() -> None:
    standards = [standard("a", 2), standard("b"), standard("c")]
    people = [person("half"), person("less"), person("unseen"), person("none"), person("new", date(2026, 12, 15))]
    given = [
        rating("half", "a", TODAY),
        rating("less", "b", TODAY),
        rating("unseen", "b", TODAY, None),
        rating("unseen", "c", TODAY, None),
        rating("none", "a", date(2026, 9, 30)),
    ]
    progress = rated_so_far(quarter_of_day(TODAY), people, standards, given)
    assert (progress.done, progress.of, progress.label) == (2, 4, "Oct–Dec")


def test_without_standards_nobody_is_to_be_rated() -> None:
    assert rated_so_far(quarter_of_day(TODAY), [person("a")], [], []).of == 0


def test_evaluations_come_up_four_weeks_before_the_period_ends() -> None:
    people = [person("a"), person("b"), person("gone", left=date(2025, 6, 1))]
    assert evaluations_so_far(people, (), date(2026, 12, 2)) is None
    coming = evaluations_so_far(people, (), date(2026, 12, 3))
    assert coming is not None
    assert (coming.done, coming.of, coming.label, coming.by) == (0, 2, "2026", date(2026, 12, 31))


def test_evaluations_begun_early_are_told_and_finished_ones_are_not() -> None:
    people = [person("a"), person("b")]
    begun = evaluations_so_far(people, [evaluation("a", 2026, "final")], date(2026, 7, 1))
    assert begun is not None
    assert (begun.done, begun.of) == (1, 2)
    done = [evaluation("a", 2026, "final"), evaluation("b", 2026, "final")]
    assert evaluations_so_far(people, done, date(2026, 12, 20)) is None


def test_in_january_the_evaluations_of_the_year_before_are_still_written() -> None:
    progress = evaluations_so_far([person("a")], [evaluation("a", 2026, "draft")], date(2027, 1, 20))
    assert progress is not None
    assert (progress.label, progress.of) == ("2026", 1)


def test_the_last_use_is_the_latest_in_any_order() -> None:
    used = [(noon(date(2026, 3, 1)), "a"), (noon(date(2026, 5, 1)), "a"), (noon(date(2026, 4, 1)), "a"), (MADE, None)]
    assert last_used(used) == {"a": date(2026, 5, 1)}


def test_a_quarter_in_which_anything_happened_is_not_empty() -> None:
    quarter = quarter_of_day(TODAY)
    assert quarter_so_far(quarter, (), (), (), TODAY).empty
    assert not quarter_so_far(quarter, [story(TODAY)], (), (), TODAY).empty
    assert not quarter_so_far(quarter, (), [promise("missed", TODAY)], (), TODAY).empty
    assert not quarter_so_far(quarter, (), (), [meeting(TODAY, ())], TODAY).empty


def test_thirty_days_on_the_team_ask_for_a_rating_and_29_do_not() -> None:
    quarter = quarter_of_day(TODAY)
    stayed = [person(str(days), left=quarter.since + timedelta(days=days - 1)) for days in (29, 30)]
    assert [rated_so_far(quarter, [who], [standard("a")], []).of for who in stayed] == [0, 1]


def test_half_of_an_odd_weight_is_not_reached_with_the_smaller_part() -> None:
    standards = [standard("a"), standard("b", 2)]
    given = [rating("less", "a", TODAY), rating("more", "b", TODAY)]
    done = [rated_so_far(quarter_of_day(TODAY), [person(who)], standards, given).done for who in ("less", "more")]
    assert done == [0, 1]


def test_who_had_a_story_within_13_days_was_heard_from() -> None:
    told = [
        msgspec.structs.replace(story(TODAY + timedelta(days=days)), people=(f"p{days}",)) for days in (-14, -13, 0, 1)
    ]
    people = [person(f"p{days}") for days in (-14, -13, 0, 1, 2)]
    assert heard_from(people, told, TODAY) == {"p-13", "p0"}
    assert heard_from(people[:2], told, TODAY) == {"p-13"}
