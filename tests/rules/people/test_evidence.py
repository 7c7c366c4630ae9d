"""Which records count, for whom, and in which period."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import msgspec
import pytest

from meetingtool.records.followups import FollowUp, Moved
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.people.evidence import Stay, gather_all, held_standards, stories_needed
from meetingtool.rules.people.guards import guards
from meetingtool.rules.people.periods import period_of
from meetingtool.rules.people.promise_dates import settled_on
from meetingtool.rules.people.score import score
from meetingtool.rules.people.score_inputs import CustomerAnswer, NamedByCustomer, ScoreInputs, Training

YEAR = period_of(2026)
ZONE = timezone(timedelta(hours=-5))


def moment(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def kept_at(record_id: str, day: date) -> dict[str, object]:
    return {"id": record_id, "at": moment(day), "made_at": moment(day), "made_by": "boss"}


def standard(record_id: str = "s1", day: date = date(2020, 1, 1), **changes: object) -> Standard:
    return Standard(
        **kept_at(record_id, day), tag=record_id, title=record_id, behaviour="", anchors=("",) * 5, **changes
    )


def rating(record_id: str, day: date, value: int | None = 4, **changes: object) -> Rating:
    return Rating(**kept_at(record_id, day), **{"person": "p1", "standard": "s1", "value": value} | changes)


def story(record_id: str, day: date, kind: str = "win", **changes: object) -> Story:
    return Story(**kept_at(record_id, day), **{"kind": kind, "text": "x", "line": "x", "people": ("p1",)} | changes)


def promise(record_id: str, state: str, decided: date | None, **changes: object) -> FollowUp:
    at = moment(decided) if decided else None
    plain = {"kind": "promise", "text": "x", "people": ("p1",), "state": state, "decided_at": at}
    return FollowUp(**kept_at(record_id, date(2026, 1, 1)), **plain | changes)


def gathered(stay: Stay = (None, None), **given: object) -> ScoreInputs:
    records = {"ratings": (), "standards": [standard()], "stories": (), "follow_ups": ()}
    return gather_all(["p1"], YEAR, **records | given, stays={"p1": stay})["p1"]


def test_only_ratings_of_the_person_in_the_period_count_by_their_own_day() -> None:
    late_evening = rating("r3", date(2026, 12, 31))
    late_evening = msgspec.structs.replace(late_evening, at=moment(date(2026, 12, 31), 23))
    found = gathered(
        ratings=[
            rating("r1", date(2025, 12, 31)),
            rating("r2", date(2026, 1, 1)),
            late_evening,
            rating("r4", date(2027, 1, 1)),
            rating("r5", date(2026, 5, 1), person="p2"),
            rating("r6", date(2026, 5, 1), standard="unheard-of"),
            msgspec.structs.replace(rating("r7", date(2026, 5, 1)), removed_at=moment(date(2026, 6, 1))),
        ]
    )
    assert [(r.id, r.quarter) for r in found.ratings] == [("r2", 0), ("r3", 3)]


def test_not_seen_leaves_the_sum_but_is_known() -> None:
    found = gathered(ratings=[rating("r1", date(2026, 3, 1), None)])
    assert found.ratings == ()
    assert found.unseen == ("r1",)


def test_a_standard_retired_before_the_period_does_not_count() -> None:
    held = held_standards(
        [
            standard("gone", retired=date(2025, 12, 31)),
            standard("went", retired=date(2026, 1, 1), order=2),
            standard("kept", order=1),
        ],
        [],
        YEAR,
    )
    assert [s.id for s in held] == ["kept", "went"]


def test_a_standard_taken_up_after_the_period_counts_only_when_rated_in_it() -> None:
    known, later, rated = standard("a"), standard("b", date(2027, 1, 5)), standard("c", date(2027, 1, 5))
    held = held_standards([known, later, rated], [rating("r", date(2026, 2, 1), standard="c")], YEAR)
    assert [(s.id, s.since) for s in held] == [("a", date(2020, 1, 1)), ("c", date(2026, 2, 1))]


def test_in_a_workspace_made_after_the_period_all_standards_count() -> None:
    later = [standard("a", date(2027, 1, 5)), standard("b", date(2027, 1, 5))]
    assert len(held_standards(later, [rating("r", date(2026, 2, 1), standard="a")], YEAR)) == 2


def test_a_win_is_confirmed_when_it_was_told_in_a_meeting() -> None:
    found = gathered(
        stories=[
            story("w1", date(2026, 2, 3), meeting="m1"),
            story("w2", date(2026, 2, 20), meeting="m2"),
            story("w3", date(2026, 3, 1)),
            story("w4", date(2026, 4, 1), meeting="m1", people=("p2",)),
            story("w5", date(2026, 5, 1), meeting="m1", removed_at=moment(date(2026, 5, 2))),
            story("k1", date(2026, 6, 1), "sticky", meeting="m1"),
            story("w6", date(2025, 12, 31), meeting="m1"),
        ]
    )
    assert [(month.first, month.ids) for month in found.win_months] == [(date(2026, 2, 1), ("w1", "w2"))]
    assert [record_id for _, record_id, _ in found.wins] == ["w1", "w2", "w3"]
    assert found.stickies == ("k1",)
    assert found.last_story == date(2026, 6, 1)


def test_only_confirmed_mentions_of_the_person_count() -> None:
    found = gathered(
        mentions=[
            NamedByCustomer("n1", "p1", date(2026, 3, 9)),
            NamedByCustomer("n2", "p1", date(2026, 4, 9), confirmed=False),
            NamedByCustomer("n3", "p2", date(2026, 5, 9)),
            NamedByCustomer("n4", "p1", date(2027, 5, 9)),
        ]
    )
    assert [month.ids for month in found.mention_months] == [("n1",)]


def test_the_team_rate_is_over_all_answers_also_those_that_name_nobody() -> None:
    found = gathered(
        answers=[
            CustomerAnswer("c1", "p1", date(2026, 1, 5), satisfied=True),
            CustomerAnswer("c2", None, date(2026, 1, 5), satisfied=False),
            CustomerAnswer("c3", "p2", date(2026, 1, 5), satisfied=True),
            CustomerAnswer("c4", "p1", date(2025, 1, 5), satisfied=True),
        ]
    ).customers
    assert (found.satisfied, found.answers, found.team_satisfied, found.team_answers) == (1, 1, 2, 3)
    assert found.ids == ("c1",)


def test_training_counts_once_it_is_due_and_excused_ones_stay_out() -> None:
    trainings = [
        Training("t1", "p1", due=date(2026, 3, 1), done=date(2026, 2, 1)),
        Training("t2", "p1", due=date(2026, 3, 1)),
        Training("t3", "p1", due=date(2026, 3, 1), excused=True),
        Training("t4", "p1", due=date(2026, 11, 1)),
        Training("t5", "p1", due=date(2026, 12, 1), done=date(2027, 1, 10)),
    ]
    by_june = gathered(trainings=trainings, today=date(2026, 6, 1)).training
    assert (by_june.done, by_june.due, by_june.ids) == (1, 2, ("t1", "t2"))
    in_the_end = gathered(trainings=trainings).training
    assert (in_the_end.done, in_the_end.due) == (1, 4)


def test_promises_count_for_their_owners_and_actions_never() -> None:
    found = gathered(
        follow_ups=[
            promise("f1", "kept", date(2026, 2, 1)),
            promise("f2", "missed", date(2026, 3, 1), people=("p2", "p1")),
            promise("f3", "kept", date(2026, 3, 1), people=("p2",)),
            promise("f4", "kept", date(2026, 3, 1), people=()),
            promise("f5", "dropped", date(2026, 3, 1)),
            promise("f6", "missed", date(2026, 3, 1), kind="action"),
            promise("f7", "missed", date(2026, 3, 1), removed_at=moment(date(2026, 4, 1))),
            promise("f8", "open", None, due=date(2026, 3, 1)),
            promise("f9", "open", None, due=date(2027, 3, 1)),
        ]
    )
    assert [(p.id, p.kept) for p in found.promises] == [("f1", True), ("f2", False)]
    assert [p.id for p in found.still_open] == ["f8"]


@pytest.mark.parametrize(
    ("due", "decided", "counted"),
    [
        (None, date(2026, 3, 1), date(2026, 3, 1)),
        (date(2026, 3, 9), date(2026, 3, 1), date(2026, 3, 1)),
        (date(2026, 12, 28), date(2027, 1, 7), date(2026, 12, 28)),
    ],
)
def test_a_promise_counts_on_the_day_it_was_settled(due: date | None, decided: date, counted: date) -> None:
    assert settled_on(promise("f", "missed", decided, due=due)) == counted


def test_agreed_anew_in_time_is_not_missed_but_agreed_anew_too_late_is() -> None:
    in_time = Moved(date(2026, 3, 1), date(2026, 3, 8), moment(date(2026, 3, 1)))
    too_late = Moved(date(2026, 3, 1), date(2026, 3, 8), moment(date(2026, 3, 2)))
    found = gathered(
        follow_ups=[
            promise("f1", "kept", date(2026, 3, 8), due=date(2026, 3, 8), moves=(in_time,)),
            promise("f2", "kept", date(2026, 3, 8), due=date(2026, 3, 8), moves=(too_late,)),
            promise("f3", "open", None, due=date(2026, 3, 8), moves=(in_time,)),
        ],
        today=date(2026, 3, 5),
    )
    assert [(p.id, p.kept, p.days_late, p.moved_late) for p in found.promises] == [
        ("f1", True, 0, False),
        ("f2", True, 7, True),
    ]
    assert found.still_open == ()


def test_a_promise_says_when_it_was_kept_and_how_late() -> None:
    late = promise("f1", "kept", date(2026, 11, 29), due=date(2026, 6, 1))
    early = promise("f2", "kept", date(2026, 5, 30), due=date(2026, 6, 1))
    found = {p.id: p for p in gathered(follow_ups=[late, early]).promises}
    assert (found["f1"].day, found["f1"].kept_on, found["f1"].days_late) == (date(2026, 6, 1), date(2026, 11, 29), 181)
    assert (found["f2"].day, found["f2"].kept_on, found["f2"].days_late) == (date(2026, 5, 30), date(2026, 5, 30), 0)


def test_ratings_and_wins_of_days_after_the_last_one_stay_out_and_are_told() -> None:
    found = gathered(
        ratings=[rating("r1", date(2026, 2, 10)), rating("r2", date(2026, 3, 10))],
        stories=[story("w1", date(2026, 2, 10)), story("w2", date(2026, 3, 10))],
        stay=(None, date(2026, 2, 28)),
    )
    assert [given.id for given in found.ratings] == ["r1"]
    assert found.after_leaving == ("r2",)
    assert [win for _, win, _ in found.wins] == ["w1"]
    part = score(found).part("standards")
    assert "1 rating, 1 left out: dated after the last day on the team" in part.basis + part.absent_because
    told = [one.message for one in guards(found, date(2026, 4, 1), left=date(2026, 2, 28))]
    assert "1 rating and 1 story or praise are dated after the last day on the team, and do not count" in told


def test_what_is_of_before_the_first_day_on_the_team_stays_out_and_is_told() -> None:
    first = date(2026, 3, 2)
    found = gathered(
        ratings=[rating("r1", date(2026, 2, 10)), rating("r2", date(2026, 3, 10))],
        stories=[story("w1", date(2026, 2, 10)), story("w2", date(2026, 3, 10))],
        follow_ups=[
            promise("f1", "missed", date(2026, 2, 25), due=date(2026, 2, 20)),
            promise("f2", "kept", date(2026, 2, 25), due=date(2026, 3, 20)),
            promise("f3", "open", None, due=date(2026, 2, 20)),
        ],
        stay=(first, None),
    )
    assert [given.id for given in found.ratings] == ["r2"]
    assert [win for _, win, _ in found.wins] == ["w2"]
    assert [(p.id, p.away) for p in found.promises] == [("f1", True), ("f2", False)]
    assert found.still_open == ()
    summed = score(found)
    assert summed.promises[0].why == "fell due before the first day on the team"
    part = summed.part("standards")
    assert "1 rating, 1 left out: dated before the first day on the team" in part.basis + part.absent_because
    told = [one.message for one in guards(found, date(2026, 4, 1), started=first)]
    words = "1 rating, 1 story or praise and 1 promise are dated before the first day on the team, and do not count"
    assert words in told


def test_what_falls_due_after_the_last_day_is_marked_and_no_longer_waited_for() -> None:
    found = gathered(
        follow_ups=[
            promise("f1", "missed", date(2026, 3, 25), due=date(2026, 3, 20)),
            promise("f2", "missed", date(2026, 3, 1), due=date(2026, 2, 28)),
            promise("f3", "missed", date(2026, 3, 1)),
            promise("f4", "open", None, due=date(2026, 3, 20)),
            promise("f5", "open", None, due=date(2026, 2, 20)),
        ],
        stay=(None, date(2026, 2, 28)),
    )
    assert [(p.id, p.after_leaving) for p in found.promises] == [("f2", False), ("f3", True), ("f1", True)]
    assert [p.id for p in found.still_open] == ["f5"]


def test_the_time_on_the_team_ends_today() -> None:
    found = gathered(today=date(2026, 6, 10), stay=(date(2026, 3, 2), None))
    assert found.there is not None
    assert (found.there.since, found.there.until) == (date(2026, 3, 2), date(2026, 6, 10))


def test_a_fixed_set_of_standards_stays_whatever_is_added_or_retired() -> None:
    then = [standard("a"), standard("b", retired=date(2025, 6, 1)), standard("new", date(2026, 8, 1))]
    ratings = [rating("r1", date(2026, 2, 1), standard="b"), rating("r2", date(2026, 9, 1), standard="new")]
    found = gathered(standards=then, ratings=ratings, fixed=("a", "b"))
    assert [held.id for held in found.standards] == ["a", "b"]
    assert ([r.id for r in found.ratings], found.uncounted) == (["r1"], ("r2",))


def test_what_nobody_on_the_team_has_anything_for_is_said() -> None:
    assert gathered().unused == ("customers", "promises", "recognition", "training")
    of_others = gathered(
        stories=[story("w1", date(2026, 2, 1), meeting="m", people=("p2",))],
        follow_ups=[promise("f1", "kept", date(2026, 2, 1), people=("p2",))],
        answers=[CustomerAnswer("c1", None, date(2026, 2, 1), satisfied=True)],
        trainings=[Training("t1", "p2", date(2026, 2, 1))],
    )
    assert of_others.unused == ()


@pytest.mark.parametrize(("people", "own"), [(("p1",), True), (("p2", "p1"), True), ((), True), (("p2",), False)])
def test_a_sticky_shields_those_who_shared_it_also_from_the_bin_and_from_earlier_years(
    people: tuple[str, ...], own: bool
) -> None:
    sticky = story("k1", date(2025, 12, 20), "sticky", people=people, removed_at=moment(date(2026, 5, 1)))
    found = gathered(stories=[sticky], follow_ups=[promise("f1", "missed", date(2026, 1, 2), story="k1")])
    assert [p.own_sticky for p in found.promises] == [own]


def test_a_win_shields_nothing_and_a_story_that_is_not_to_be_found_does() -> None:
    follow_ups = [
        promise("f1", "missed", date(2026, 1, 2), story="w1"),
        promise("f2", "missed", date(2026, 1, 2), story="nowhere"),
    ]
    stories = [story("w1", date(2026, 1, 1))]
    found = gathered(stories=stories, follow_ups=follow_ups)
    assert [(p.id, p.own_sticky) for p in found.promises] == [("f1", False), ("f2", True)]
    assert stories_needed(follow_ups, stories) == ["nowhere"]


def test_a_rating_knows_whether_it_has_evidence_and_whether_a_sticky_is_cited() -> None:
    found = gathered(
        stories=[story("k1", date(2026, 1, 1), "sticky", people=("p2",)), story("w1", date(2026, 1, 1))],
        ratings=[
            rating("r1", date(2026, 1, 2), note=" \u200b\u3164"),
            rating("r2", date(2026, 1, 3), note="seen", stories=("w1",)),
            rating("r3", date(2026, 1, 4), stories=("w1", "k1")),
        ],
    )
    assert [(r.noted, r.stories, r.on_sticky, r.lost) for r in found.ratings] == [
        (False, (), False, ()),
        (True, ("w1",), False, ()),
        (False, ("w1", "k1"), True, ("k1",)),
    ]
    assert [r.bare for r in found.ratings] == [True, False, False]


def test_a_rating_whose_stories_are_gone_or_name_others_has_nothing_behind_it() -> None:
    found = gathered(
        stories=[
            story("w1", date(2026, 1, 1), removed_at=moment(date(2026, 2, 1))),
            story("w2", date(2026, 1, 1), people=("p2",)),
        ],
        ratings=[
            rating(f"r{n}", date(2026, 1, n + 1), 5, stories=(cited,)) for n, cited in enumerate(("w1", "w2", "w3"))
        ],
    )
    assert [r.bare for r in found.ratings] == [True, True, True]


def test_several_people_are_gathered_as_each_alone() -> None:
    records = {
        "ratings": [rating("r1", date(2026, 2, 1)), rating("r2", date(2026, 2, 1), person="p2")],
        "standards": [standard()],
        "stories": [story("w1", date(2026, 2, 1), people=("p1", "p2"), meeting="m")],
        "follow_ups": [promise("f1", "kept", date(2026, 2, 1), people=("p1", "p2"))],
    }
    every = gather_all(["p1", "p2", "p3"], YEAR, **records)
    assert every == {person: gather_all([person], YEAR, **records)[person] for person in ("p1", "p2", "p3")}
    assert every["p3"].ratings == ()


def test_an_answer_that_is_left_out_counts_neither_for_the_person_nor_for_the_team_but_is_told() -> None:
    day = date(2026, 3, 1)
    found = gathered(
        answers=[
            CustomerAnswer("b1", "p1", day, satisfied=True, times=21),
            CustomerAnswer("b1", "p1", day, satisfied=False, times=3),
            CustomerAnswer("b1", "p1", day, satisfied=False, times=2, left_out=True),
            CustomerAnswer("b1", None, day, satisfied=True, times=64),
            CustomerAnswer("b1", "p2", day, satisfied=False, times=12),
        ]
    ).customers
    assert (found.satisfied, found.answers) == (21, 24)
    assert (found.team_satisfied, found.team_answers) == (85, 100)
    assert (found.left_out, found.left_out_satisfied) == (2, 0)
    assert found.ids == ("b1",)


def test_what_customers_say_of_days_before_the_start_or_after_the_last_day_is_not_about_the_person() -> None:
    days = (date(2026, 3, 1), date(2026, 3, 2), date(2026, 8, 31), date(2026, 9, 1))
    found = gathered(
        answers=[CustomerAnswer(f"b{number}", "p1", day, satisfied=True) for number, day in enumerate(days)],
        mentions=[NamedByCustomer(f"m{number}", "p1", day) for number, day in enumerate(days)],
        stay=(date(2026, 3, 2), date(2026, 8, 31)),
    )
    assert (found.customers.answers, found.customers.left_out, found.customers.team_answers) == (2, 2, 4)
    assert [ids for month in found.mention_months for ids in month.ids] == ["m1", "m2"]
