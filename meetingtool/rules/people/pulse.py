"""The team's pulse: five statements, answered without names, kept as counts where enough people answered.

Below `LEAST` answers nothing is kept. Two rounds are compared unless the groups differ by a single person: then the
change would be that person's answers. A statement that nobody, or one person alone, may have answered differently is
shown as it was, in the same words for both cases, with how far one answer could move its mean. Only the counts decide
that, not who was there: with paper slips nobody knows. A round is never taken back or added to, because the difference
would be somebody's ballot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta

import msgspec

from meetingtool.errors import Refused
from meetingtool.records.meetings import Segment
from meetingtool.records.pulse import PulseRound
from meetingtool.rules.wording import shortened

STATEMENTS = (
    "I had what I needed to serve our customers well.",
    "I can say openly what went wrong.",
    "Somebody helped me when I needed it.",
    "I know what we are trying to achieve.",
    "I would like to be here in a year.",
)
"""What the team is asked, each to be answered from 1, not at all, to 5, completely."""

LOWEST, HIGHEST = 1, 5
AGREES = 4
"""From this answer on somebody agrees."""
LEAST = 5
"""The fewest answers that are kept."""
SPREAD = (1.4, 4.6)
"""The lowest and the highest mean that is shown."""
APART = timedelta(weeks=3)
"""The least time between two rounds: any nearer, a late slip could be all that distinguishes one round from the
next."""
SEGMENT = Segment(title="Pulse", topic="pulse", seconds=180, hint="Pass the keyboard: five statements, no names.")
"""The part of a meeting in which the team is asked."""

Ballot = Sequence[int | None]
"""One person's answers, statement by statement; None where there was none."""


class PulseTally:
    """Answers while they are given. It holds sums alone, so not even the program's memory has an order or a person's
    answers."""

    def __init__(self, statements: int = len(STATEMENTS)) -> None:
        self.answered = 0
        self._counts = [[0] * HIGHEST for _ in range(statements)]

    def add(self, ballot: Ballot) -> None:
        """Count one person's answers. Somebody who answered nothing is not counted."""
        given = [answer for answer in ballot if answer is not None]
        if len(ballot) != len(self._counts) or any(not LOWEST <= answer <= HIGHEST for answer in given):
            raise ValueError("not one answer from 1 to 5 for each statement")
        if given:
            self.answered += 1
            for counts, answer in zip(self._counts, ballot, strict=True):
                if answer is not None:
                    counts[answer - 1] += 1

    @property
    def kept(self) -> tuple[int, tuple[tuple[int, ...], ...]]:
        """How many answered, and the counts, as far as they may be kept: (0, ()) where too few answered."""
        if self.answered < LEAST:
            return 0, ()
        return self.answered, tuple(tuple(counts) if sum(counts) >= LEAST else () for counts in self._counts)


def ballot_of(line: str) -> tuple[int | None, ...]:
    """The answers on one slip, typed as `5 4 3 - 5` or `543-5`. Refused with the reason for anything else."""
    marks = re.findall(r"[1-5]|-", line)
    if len(marks) != len(STATEMENTS) or re.sub(r"[1-5\s,;/-]", "", line):
        raise Refused(
            f"“{shortened(line, 40)}” is not a slip.",
            f"Type {len(STATEMENTS)} answers from 1 to 5, with - for one left out, such as 5 4 3 - 5.",
        )
    return tuple(None if mark == "-" else int(mark) for mark in marks)


class StatementResult(msgspec.Struct, frozen=True):
    """What may be shown of one statement.

    mean: of 1 to 5. agreed: how many gave a 4 or a 5, of n answers. Both are clipped (`SPREAD`, one of n), so that
    nobody who only reads them sees that all answered alike; somebody who alone answered differently may work it out.
    change: since the round before, where it may be shown. as_before: nobody, or one person alone, may have changed the
    answers, so they are shown as they were the time before.
    """

    statement: str
    n: int
    mean: float
    agreed: int
    change: float | None = None
    as_before: bool = False

    @property
    def margin(self) -> float:
        """By how much the mean may have moved since: at most what one answer, come, gone or changed, can move it."""
        return (HIGHEST - LOWEST) / self.n if self.as_before else 0.0


class ShownRound(msgspec.Struct, frozen=True):
    """A round as it may be shown."""

    round: PulseRound
    results: tuple[StatementResult, ...]

    @property
    def agreement(self) -> float | None:
        """The share of all answers that agree, 0 to 100; None where nothing was kept."""
        answers = sum(result.n for result in self.results)
        return 100 * sum(result.agreed for result in self.results) / answers if answers else None


def _result(statement: str, counts: Sequence[int]) -> StatementResult:
    n = sum(counts)
    mean = sum(value * count for value, count in enumerate(counts, LOWEST)) / n
    least, most = SPREAD
    return StatementResult(statement, n, max(least, min(most, mean)), max(1, min(n - 1, sum(counts[AGREES - 1 :]))))


def movers(before: Sequence[int], after: Sequence[int]) -> int:
    """The fewest people who must have come, gone or answered differently to turn one set of counts into the other."""
    gained = sum(max(0, new - old) for old, new in zip(before, after, strict=True))
    lost = sum(max(0, old - new) for old, new in zip(before, after, strict=True))
    return max(gained, lost)


def as_told(rounds: Iterable[PulseRound], here: Callable[[PulseRound], Collection[str]]) -> list[ShownRound]:
    """Rounds, oldest first, as they may be shown. here: the ids of the people who were asked in a round."""
    made: list[ShownRound] = []
    shown: dict[str, Sequence[int]] = {}
    before: PulseRound | None = None
    for each in rounds:
        fair = before is not None and comparable(before, each, here(before), here(each))
        found = []
        for statement, counts in zip(each.statements, each.counts, strict=False):
            if sum(counts) < LEAST:
                continue
            told = shown.get(statement)
            if told is not None and movers(told, counts) <= 1:
                found.append(msgspec.structs.replace(_result(statement, told), as_before=True))
                continue
            result = _result(statement, counts)
            change = result.mean - _result(statement, told).mean if told is not None and fair else None
            found.append(msgspec.structs.replace(result, change=change))
            shown[statement] = counts
        made.append(ShownRound(each, tuple(found)))
        before = each if each.answered else before
    return made


def comparable(before: PulseRound, after: PulseRound, here: Collection[str], here_after: Collection[str]) -> bool:
    """Whether the change between two rounds may be shown.

    here, here_after: ids of the people who were asked. Both rounds need enough answers, and a change must never be one
    person's doing: neither who was here nor how many answered may differ by exactly one.
    """
    if not (before.answered and after.answered):
        return False
    return len(set(here) ^ set(here_after)) != 1 and abs(before.answered - after.answered) != 1


def is_due(rounds: Iterable[PulseRound], weeks: int, day: date) -> bool:
    """Whether the pulse is due on a day: it was asked before, `weeks` ago or longer. weeks: 0 is never."""
    last = max((each.at.date() for each in rounds if each.removed_at is None), default=None)
    return bool(weeks) and last is not None and day - last >= timedelta(weeks=weeks, days=-1)


def free_from(asked: Iterable[date], day: date) -> date:
    """The first day from `day` on that is far enough from all days on which the team was asked."""
    for each in sorted(asked):
        if abs(each - day) < APART:
            day = each + APART
    return day


def with_pulse(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments of a meeting with one for the pulse, before the thanks at the end; unchanged if they have one."""
    if any(segment.topic == SEGMENT.topic for segment in segments):
        return tuple(segments)
    at = next((place for place, segment in enumerate(segments) if segment.topic == "thanks"), len(segments))
    return (*segments[:at], SEGMENT, *segments[at:])
