"""The philosophy: which of its questions come first, what is to be distilled, and what the team is asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from meetingtool.records.meetings import Meeting
from meetingtool.records.philosophy import Statement
from meetingtool.records.playbook import Question

AUDIENCE = "philosophy"
"""What its questions are about."""

ENOUGH = 3
"""After this many answers a sentence is to be distilled; an unanswered question comes first this often and no more."""

AGAIN_MONTHS = 12
"""How long a sentence holds until it is read again."""

NOTICE = timedelta(days=31)
"""How long before its date a sentence to be read again is announced."""


def in_use(statements: Iterable[Statement]) -> list[Statement]:
    """Those that hold or are proposed, in order."""
    return sorted((s for s in statements if s.retired is None), key=lambda statement: (statement.order, statement.id))


def settled(statements: Iterable[Statement]) -> set[str]:
    """The ids of the questions that led to a sentence."""
    return {question for statement in in_use(statements) for question in statement.questions}


def come_first(
    questions: Iterable[Question], meetings: Sequence[Meeting], statements: Sequence[Statement], today: date
) -> list[Question]:
    """The questions that are asked before all others, each as often as `ENOUGH` without an answer.

    First those whose sentence is to be read again and that have not been asked since; then those never answered.
    meetings: those that asked a question.
    """
    mine = [question for question in questions if question.audience == AUDIENCE and question.retired is None]
    asked = Counter(meeting.question for meeting in meetings)
    answered = {meeting.question for meeting in meetings if meeting.answers} | settled(statements)
    last: dict[str | None, datetime] = {}
    for meeting in meetings:
        last[meeting.question] = max(last.get(meeting.question, meeting.at), meeting.at)
    again: dict[str, date] = {}
    for statement in in_use(statements):
        if statement.agreed_on is not None and statement.read_again is not None and statement.read_again <= today:
            for each in statement.questions:
                again[each] = max(again.get(each, statement.read_again), statement.read_again)
    due = [q for q in mine if q.id in again and (q.id not in last or last[q.id].date() < again[q.id])]
    return due or [q for q in mine if q.id not in answered and asked[q.id] < ENOUGH]


def taking_turns(questions: Iterable[Question], statements: Iterable[Statement]) -> list[Question]:
    """The questions in use that are asked in turn: all but those that led to a sentence."""
    done = settled(statements)
    return [q for q in questions if q.retired is None and not (q.audience == AUDIENCE and q.id in done)]


def to_ask_about(statements: Iterable[Statement], today: date) -> list[Statement]:
    """What the team is asked about: proposals, then what is to be read again, the longest due first."""
    mine = in_use(statements)
    proposals = [statement for statement in mine if statement.agreed_on is None]
    due = [s for s in mine if s.agreed_on is not None and s.read_again is not None and s.read_again <= today]
    return proposals + sorted(due, key=lambda statement: statement.read_again or today)


def asks(statement: Statement) -> str:
    """What the team is asked about a sentence."""
    return "Is that it?" if statement.agreed_on is None else "Does it still hold?"


def due_soon(statements: Iterable[Statement], today: date) -> list[Statement]:
    """What is to be read again within `NOTICE`, the soonest first."""
    found = [s for s in in_use(statements) if s.agreed_on and s.read_again and s.read_again <= today + NOTICE]
    return sorted(found, key=lambda statement: (statement.read_again or today, statement.order))


class AnsweredQuestion(msgspec.Struct, frozen=True):
    """A question of the philosophy with how many meetings answered it."""

    question: Question
    times: int


def to_distil(
    questions: Iterable[Question], meetings: Iterable[Meeting], statements: Iterable[Statement]
) -> list[AnsweredQuestion]:
    """The questions that were answered but led to no sentence yet, the most answered first."""
    times = Counter(meeting.question for meeting in meetings if meeting.answers)
    done = settled(statements)
    found = [
        AnsweredQuestion(q, times[q.id])
        for q in sorted(questions, key=lambda question: question.order)
        if q.audience == AUDIENCE and q.retired is None and q.id not in done and times[q.id]
    ]
    return sorted(found, key=lambda one: -one.times)
