"""When the next meeting is, whose turn it is, who was not heard from, and the meeting's two clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Attendance, Meeting, Presence, Segment
from meetingtool.records.people import Person
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.rules.meeting import agenda, meeting_time

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday."""
TODAY = NOW.date()
MADE = {"at": NOW, "made_at": NOW, "made_by": "pat"}
SETTINGS = Settings(id="S", **MADE, team="Harbour Desk", weekday=1, clock="09:00")  # type: ignore[arg-type]
SEGMENTS = (Segment(title="Wins", topic="wins", seconds=240), Segment(title="Close", topic="thanks", seconds=60))


def meeting(days_ago: int, **more: object) -> Meeting:
    fields = {"state": "closed", "segments": SEGMENTS, "spent": (0, 0)} | more
    at = NOW - timedelta(days=days_ago)
    return Meeting(id=f"M{days_ago}", at=at, made_at=at, made_by="pat", title="Weekly", **fields)  # type: ignore[arg-type]


def person(name: str, **more: object) -> Person:
    return Person(id=name.upper(), **{**MADE, **more}, handle=name, name=name.title())  # type: ignore[arg-type]


def story(days_ago: int, *people: str) -> Story:
    at = NOW - timedelta(days=days_ago)
    return Story(
        id=f"S{days_ago}", at=at, made_at=at, made_by="pat", kind="win", text="x", line="x", people=tuple(people)
    )


@pytest.mark.parametrize(
    ("now", "held", "start"),
    [
        (NOW - timedelta(days=1), (), NOW),
        (NOW + timedelta(hours=3), (), NOW),
        (NOW + timedelta(hours=3), (meeting(0),), NOW + timedelta(days=7)),
        (NOW + timedelta(days=1), (meeting(0),), NOW + timedelta(days=7)),
        (NOW + timedelta(days=1), (meeting(0, next_at=NOW + timedelta(days=9)),), NOW + timedelta(days=9)),
        (NOW + timedelta(days=20), (meeting(0, next_at=NOW + timedelta(days=9)),), NOW + timedelta(days=21)),
    ],
)
def test_the_next_meeting_is_the_agreed_one_else_the_usual_slot(
    now: datetime, held: tuple[Meeting, ...], start: datetime
) -> None:
    assert agenda.next_meeting_at(SETTINGS, now, held) == start


def test_each_standard_has_its_turn_and_none_is_skipped() -> None:
    standards = [
        Standard(id=tag, **MADE, tag=tag, title=tag, behaviour="", anchors=("",) * 5, order=order)  # type: ignore[arg-type]
        for order, tag in enumerate(("a", "b", "c"))
    ]
    held: list[Meeting] = []
    chosen = []
    for week in range(7):
        standard = agenda.standard_of_the_week(standards, held)
        assert standard is not None
        chosen.append(standard.tag)
        held.append(meeting(100 - week, standard=standard.id))
    assert chosen == ["a", "b", "c", "a", "b", "c", "a"]
    assert agenda.standard_of_the_week([], held) is None


def test_questions_take_the_audiences_in_turn() -> None:
    questions = [
        Question(id=f"{audience}{number}", **MADE, text="?", audience=audience, order=order)  # type: ignore[arg-type]
        for order, (audience, number) in enumerate((a, n) for a in ("team", "service") for n in (1, 2))
    ]
    held: list[Meeting] = []
    for week in range(4):
        question = agenda.question_of_the_week(questions, held)
        assert question is not None
        held.append(meeting(100 - week, question=question.id))
    assert [m.question for m in held] == ["team1", "service1", "team2", "service2"]


def test_the_longest_silence_comes_first_and_newcomers_are_not_blamed() -> None:
    long_here = {**MADE, "at": NOW - timedelta(days=200)}
    people = [
        *(person(name, **long_here) for name in ("ada", "ben", "dan")),
        person("cleo", **long_here, started=TODAY - timedelta(days=5)),
        person("eve", started=TODAY - timedelta(days=300)),
        person("finn", **{**MADE, "at": NOW - timedelta(days=15)}),
    ]
    stories = [story(40, "ADA"), story(20, "BEN", "ADA"), story(3, "BEN")]
    quiet = agenda.not_heard_from(people, stories, TODAY - timedelta(days=100), TODAY)
    assert [(entry.person.handle, entry.days) for entry in quiet] == [("dan", 100), ("ada", 20), ("finn", 15)]
    assert agenda.not_heard_from(people, [], None, TODAY) == []


def test_what_is_overdue_or_due_within_a_week_needs_attention_promises_first() -> None:
    def follow_up(name: str, kind: str, days: int | None, state: str = "open") -> FollowUp:
        due = None if days is None else TODAY + timedelta(days=days)
        return FollowUp(id=name, **MADE, kind=kind, text=name, due=due, state=state)  # type: ignore[arg-type]

    found = agenda.needing_attention(
        [
            follow_up("later", "promise", 8),
            follow_up("action", "action", 2),
            follow_up("promise", "promise", 2),
            follow_up("over", "action", -3),
            follow_up("dateless", "promise", None),
            follow_up("kept", "promise", 0, "kept"),
        ],
        TODAY,
    )
    assert [f.text for f in found] == ["over", "promise", "action"]


def test_the_segment_and_the_meeting_clock_count_what_was_used() -> None:
    running = meeting(0, state="running", segment_since=NOW)
    after = NOW + timedelta(seconds=100)
    assert meeting_time.segment_spent(running, 0, after) == 100
    assert meeting_time.segment_left(running, 0, NOW + timedelta(seconds=250)) == -10
    assert (meeting_time.elapsed(running, after), meeting_time.planned(running)) == (100, 300)
    moved = meeting_time.moved_to(running, 1, after)
    later = after + timedelta(seconds=30)
    assert [meeting_time.segment_spent(moved, index, later) for index in (0, 1)] == [100, 30]
    paused = meeting_time.stopped(moved, later)
    assert meeting_time.elapsed(paused, later + timedelta(hours=5)) == 130


def test_how_late_a_meeting_began_is_said_in_whole_minutes_of_the_same_day() -> None:
    assert meeting_time.late(NOW + timedelta(minutes=7, seconds=50), NOW) == "7 minutes late"
    assert meeting_time.late(NOW + timedelta(minutes=1), NOW) == "1 minute late"
    assert meeting_time.late(NOW + timedelta(seconds=59), NOW) == ""
    assert meeting_time.late(NOW - timedelta(minutes=5), NOW) == ""
    assert meeting_time.late(NOW + timedelta(days=1, minutes=5), NOW) == ""
    assert meeting_time.late(NOW + timedelta(hours=9), NOW) == ""
    assert meeting_time.late(NOW, None) == ""


def test_what_the_meeting_before_agreed_says_when_a_meeting_was_to_begin() -> None:
    agreed = NOW + timedelta(days=7)
    before = msgspec.structs.replace(meeting(0), next_at=agreed)
    earlier = msgspec.structs.replace(meeting(1), next_at=NOW)
    now_running = msgspec.structs.replace(
        meeting(0, state="running"), id="today", at=agreed + timedelta(minutes=3), made_at=agreed + timedelta(minutes=3)
    )
    assert agenda.agreed_for(now_running, [earlier, before, now_running]) == agreed
    written_up_later = msgspec.structs.replace(now_running, made_at=agreed + timedelta(days=2))
    assert agenda.agreed_for(written_up_later, [earlier, before]) is None
    assert agenda.agreed_for(now_running, []) is None


def test_a_clock_set_back_takes_no_time_away() -> None:
    running = msgspec.structs.replace(meeting(0, state="running"), segment_since=NOW, spent=(50, 0))
    assert meeting_time.segment_spent(running, 0, NOW - timedelta(seconds=600)) == 50


FIVE = tuple(
    Segment(title=topic.title(), topic=topic, seconds=60)
    for topic in ("standard", "wins", "stickies", "question", "thanks")
)


@pytest.mark.parametrize(
    ("spent", "segment", "told", "answers", "left"),
    [
        ((600, 0, 0, 0, 0), 0, ("win",), (), ""),
        ((600, 0, 0, 0, 0), 0, (), ("Ring first",), ""),
        ((600, 0, 0, 0, 0), 0, (), (), "Wins Stickies Question Thanks"),
        ((0, 600, 0, 0, 0), 1, ("win",), (), "Standard Stickies Question Thanks"),
        ((60, 0, 90, 0, 0), 2, ("win",), (), "Question Thanks"),
        ((60, 90, 0, 0, 0), 1, ("sticky", "praise"), (), "Question"),
        ((60, 90, 0, 0, 0), 1, (), ("Ring first",), "Stickies Thanks"),
        ((0, 0, 0, 0, 0), 0, (), (), ""),
    ],
)
def test_what_was_told_or_answered_was_reached_whatever_the_clock_says(
    spent: tuple[int, ...], segment: int, told: tuple[str, ...], answers: tuple[str, ...], left: str
) -> None:
    held = meeting(0, segments=FIVE, spent=spent, segment=segment, answers=answers)
    stories = [msgspec.structs.replace(story(0), kind=kind) for kind in told]  # type: ignore[arg-type]
    assert " ".join(each.title for each in agenda.not_reached(held, stories)) == left
    hidden = [msgspec.structs.replace(each, private=True) for each in stories]
    assert agenda.not_reached(held, hidden) == agenda.not_reached(held, ())


@pytest.mark.parametrize("spent", [(0, 60, 60, 60, 60), (0, 60, 60, 0, 0)])
def test_a_standard_that_a_meeting_did_not_get_to_comes_again_where_its_clock_was_moved_on(
    spent: tuple[int, ...],
) -> None:
    standards = [
        Standard(id=tag, **MADE, tag=tag, title=tag, behaviour="", anchors=("",) * 5)  # type: ignore[arg-type]
        for tag in ("a", "b")
    ]
    held = meeting(7, segments=FIVE, spent=spent, segment=4, standard="a")
    assert agenda.standard_of_the_week(standards, [held]) == standards[0]
    unmoved = msgspec.structs.replace(held, spent=(0, 0, 0, 0, 60))
    assert agenda.standard_of_the_week(standards, [unmoved]) == standards[1]


def test_an_agreed_date_of_today_still_holds_and_one_of_yesterday_does_not() -> None:
    held = (meeting(7, next_at=NOW - timedelta(hours=2)),)
    assert agenda.next_meeting_at(SETTINGS, NOW, held) == NOW - timedelta(hours=2)
    assert agenda.next_meeting_at(SETTINGS, NOW + timedelta(days=1), held) == NOW + timedelta(days=7)


def test_a_meeting_began_as_the_last_closed_one_before_it_agreed() -> None:
    agreed = NOW + timedelta(hours=1)
    earlier, before = meeting(14, next_at=NOW), meeting(7, next_at=agreed)
    assert agenda.agreed_for(meeting(0), [earlier, before, meeting(0, next_at=NOW)]) == agreed
    assert agenda.agreed_for(meeting(0), [meeting(7, next_at=agreed, state="running")]) is None
    assert agenda.agreed_for(meeting(7), [meeting(0, next_at=agreed)]) is None
    beside = msgspec.structs.replace(meeting(0, next_at=agreed), id="of the same moment")
    assert agenda.agreed_for(meeting(0), [beside]) is None


def test_a_segment_is_skipped_until_a_meeting_is_started_after_that() -> None:
    skipped = Segment(title="Wins", topic="wins", seconds=240, skipped_at=NOW - timedelta(days=1))
    assert not agenda.is_skipped(SEGMENTS[0], [])
    assert agenda.is_skipped(skipped, [])
    assert agenda.is_skipped(skipped, [meeting(1)]), "it was skipped in the moment in which that one was started"
    assert not agenda.is_skipped(skipped, [meeting(0)])
    assert agenda.next_segments([skipped, SEGMENTS[1]], []) == (SEGMENTS[1],)
    assert agenda.next_segments([skipped], [meeting(0)]) == (SEGMENTS[0],)


def scenario(name: str, order: int, **more: object) -> Scenario:
    fields = {"title": name, "customer": "x", "employee": "x", **more}
    return Scenario(id=name, **MADE, order=order, **fields)  # type: ignore[arg-type]


def test_the_role_play_is_the_one_played_longest_ago_and_never_a_retired_one() -> None:
    plays = [scenario("late", 3), scenario("first", 1), scenario("gone", 0, retired=TODAY), scenario("second", 2)]
    held: list[Meeting] = []
    for week in range(4):
        chosen = agenda.scenario_of_the_week(plays, held)
        assert chosen is not None
        held.append(meeting(100 - week, scenario=chosen.id))
    assert [m.scenario for m in held] == ["first", "second", "late", "first"]
    assert agenda.scenario_of_the_week(plays, [*reversed(held[:3])]).id == "first", "in any order of meetings"  # type: ignore[union-attr]
    assert agenda.scenario_of_the_week([], held) is None


@pytest.mark.parametrize(("days", "quiet"), [(13, []), (14, ["ada"])])
def test_two_weeks_without_a_story_are_quiet(days: int, quiet: list[str]) -> None:
    ada = person("ada", at=NOW - timedelta(days=200))
    for stories in ([story(days, "ADA"), story(50, "ADA")], [story(50, "ADA"), story(days, "ADA")]):
        found = agenda.not_heard_from([ada], stories, TODAY - timedelta(days=100), TODAY)
        assert [entry.person.handle for entry in found] == quiet


def test_a_week_ahead_is_soon_and_eight_days_are_not() -> None:
    due = [FollowUp(id=f"F{n}", **MADE, kind="action", text="x", due=TODAY + timedelta(n)) for n in (7, 8)]  # type: ignore[arg-type]
    assert [f.id for f in agenda.needing_attention(due, TODAY)] == ["F7"]


HOW: dict[str, Presence] = {"ada": "here", "ben": "here", "cleo": "late", "dan": "here", "finn": "absent"}
"""Who is there, and how."""


def test_whoever_is_present_and_has_told_nothing_has_a_turn() -> None:
    here = [Attendance(person=name.upper(), presence=how) for name, how in HOW.items()]
    running = meeting(0, state="running", attendance=tuple(here))
    told = msgspec.structs.replace(story(0, "DAN"), meeting=running.id)
    stories = [told, story(3, "BEN"), story(9, "BEN"), story(5, "CLEO")]
    everybody = [person(name) for name in (*HOW, "eve")]
    found = agenda.turns(everybody, stories, running, TODAY)
    assert [(turn.person.handle, turn.days) for turn in found] == [("ada", None), ("cleo", 5), ("ben", 3)]


def test_what_is_told_counts_for_the_meeting_day_unless_that_was_left_open_for_long() -> None:
    open_for_days = meeting(66, state="running", segment_since=NOW - timedelta(days=66))
    assert meeting_time.counts_for(open_for_days, NOW) is None
    assert meeting_time.elapsed(open_for_days, NOW) == 0
    assert meeting_time.counts_for(meeting(66), NOW) == (NOW - timedelta(days=66)).date()
    begun = meeting(1, state="running")
    assert meeting_time.counts_for(begun, begun.at + timedelta(hours=11)) is None
    late = msgspec.structs.replace(begun, at=NOW.replace(hour=23), made_at=NOW.replace(hour=23))
    assert meeting_time.counts_for(late, late.at + timedelta(hours=2)) == late.at.date()
    written_up = msgspec.structs.replace(begun, made_at=NOW)
    assert meeting_time.counts_for(written_up, NOW + timedelta(hours=1)) == begun.at.date()
    assert meeting_time.when_told(NOW, open_for_days) == "later"
