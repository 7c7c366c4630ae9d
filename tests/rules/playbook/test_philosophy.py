"""Which questions of the philosophy come first, and what the team is asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from meetingtool.records.meetings import Meeting
from meetingtool.records.philosophy import Statement
from meetingtool.records.playbook import Question
from meetingtool.rules.meeting.agenda import question_of_the_week
from meetingtool.rules.playbook.philosophy import due_soon, to_ask_about, to_distil

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
MADE: dict[str, Any] = {"at": NOW, "made_at": NOW, "made_by": "pat"}
QUESTIONS = [
    Question(id=f"{audience}{number}", **MADE, text="?", audience=audience, order=order)  # type: ignore[arg-type]
    for order, (audience, number) in enumerate((a, n) for a in ("team", "service", "philosophy") for n in (1, 2))
]


def meeting(weeks_ago: int, question: str | None, *answers: str) -> Meeting:
    at = NOW - timedelta(weeks=weeks_ago)
    made = {**MADE, "at": at, "made_at": at}
    return Meeting(
        id=f"M{weeks_ago:03}", **made, title="w", segments=(), state="closed", question=question, answers=answers
    )


def statement(name: str, *questions: str, **fields: Any) -> Statement:
    return Statement(id=name, **MADE, section="own", text=name, questions=questions, **fields)


def asked(held: list[Meeting], statements: list[Statement], weeks: int, *, answered: bool = True) -> list[str]:
    """What so many weekly meetings ask, one after the other."""
    found = []
    for week in range(weeks):
        question = question_of_the_week(QUESTIONS, held, statements, TODAY)
        assert question is not None
        found.append(question.id)
        held = [*held, meeting(100 - week, question.id, *(["yes"] if answered else []))]
    return found


def test_questions_never_answered_come_before_all_others_and_then_take_turns_with_them() -> None:
    assert asked([], [], 6) == ["philosophy1", "philosophy2", "team1", "service1", "team2", "service2"]
    assert asked([], [], 9)[6:] == ["philosophy1", "philosophy2", "team1"]


def test_without_an_answer_a_question_comes_first_three_times_and_no_more() -> None:
    first = ["philosophy1", "philosophy2"]
    assert asked([], [], 8, answered=False) == [*first * 3, "team1", "service1"]


def test_a_question_with_a_sentence_is_asked_again_only_when_the_sentence_is_due() -> None:
    agreed = {"agreed_on": TODAY - timedelta(days=400)}
    due = statement("s", "philosophy1", "philosophy2", **agreed, read_again=TODAY - timedelta(weeks=101))
    assert asked([], [due], 3) == ["philosophy1", "philosophy2", "team1"]
    settled = statement("s", "philosophy1", "philosophy2", **agreed, read_again=TODAY + timedelta(days=1))
    assert asked([], [settled], 5) == ["team1", "service1", "team2", "service2", "team1"]
    retired = statement("s", "philosophy1", **agreed, retired=TODAY)
    assert asked([], [retired], 1) == ["philosophy1"]


def test_the_team_is_asked_about_proposals_first_and_then_about_what_is_longest_due() -> None:
    def agreed(name: str, days: int) -> Statement:
        return statement(name, agreed_on=TODAY, read_again=TODAY + timedelta(days=days))

    everything = [agreed("b", -1), agreed("a", -9), agreed("c", 20), agreed("d", 40), statement("p")]
    assert [each.id for each in to_ask_about(everything, TODAY)] == ["p", "a", "b"]
    assert [each.id for each in due_soon(everything, TODAY)] == ["a", "b", "c"]
    assert to_ask_about([statement("p", retired=date(2026, 1, 1))], TODAY) == []


def test_what_was_answered_waits_for_a_sentence_the_most_answered_first() -> None:
    held = [
        meeting(9, "philosophy1", "x"),
        *(meeting(week, "philosophy2", "x") for week in (7, 5)),
        meeting(3, "team1", "x"),
    ]
    assert [(one.question.id, one.times) for one in to_distil(QUESTIONS, held, [])] == [
        ("philosophy2", 2),
        ("philosophy1", 1),
    ]
    found = to_distil(QUESTIONS, held, [statement("s", "philosophy2")])
    assert [one.question.id for one in found] == ["philosophy1"]
