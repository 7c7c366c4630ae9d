"""What a score is made from, as plain values that carry the ids of the records they came from."""

from __future__ import annotations

from datetime import date

import msgspec

from meetingtool.rules.people.periods import Period


class CustomerAnswer(msgspec.Struct, frozen=True):
    """Answers of customers on one day that say the same.

    id: of the record they are kept in. person: who served, an id, or None for nobody on the team. satisfied: whether
    they count as satisfied. times: how many. left_out: they do not count for the person, nor for the team.
    others: who served together with the person: the answers are theirs, too, and the team's once.
    """

    id: str
    person: str | None
    day: date
    satisfied: bool
    times: int = 1
    left_out: bool = False
    others: tuple[str, ...] = ()


class Training(msgspec.Struct, frozen=True):
    """One training that a person was asked to do, due on a day. done: the day it was done. excused: no longer asked."""

    id: str
    person: str
    due: date
    done: date | None = None
    excused: bool = False


class NamedByCustomer(msgspec.Struct, frozen=True):
    """A customer naming a person. confirmed: the manager has said that it is this person, and praise."""

    id: str
    person: str
    day: date
    confirmed: bool = True


class HeldStandard(msgspec.Struct, frozen=True):
    """A standard that held in the period. since: the first day on which it is known to have been in use."""

    id: str
    tag: str
    title: str
    weight: int
    since: date
    until: date | None


class GivenRating(msgspec.Struct, frozen=True):
    """A rating of 1 to 5. quarter: index of its quarter in the period. noted: it has a note that says something.

    stories: ids of the stories it rests on. on_sticky: one of them is a sticky situation. lost: those of them that are
    no longer there, or that do not name the person. entered: the day on which it was written down.
    """

    id: str
    standard: str
    day: date
    value: int
    quarter: int
    noted: bool = False
    stories: tuple[str, ...] = ()
    on_sticky: bool = False
    lost: tuple[str, ...] = ()
    entered: date | None = None

    @property
    def bare(self) -> bool:
        """Whether nothing supports it: no note, and no story that is there and names the person."""
        return not self.noted and set(self.stories) <= set(self.lost)


class SettledPromise(msgspec.Struct, frozen=True):
    """A promise that was kept or missed. day: the one on which it counts.

    own_sticky: it was born from a sticky situation that the person shared, so a miss is left out.
    kept_on: when it was kept. days_late: how long after the date that it was due by; 0 when in time, or missed.
    moved_late: it was given a new date only after a due date had passed.
    before_joining, after_leaving: it fell due when the person was not on the team, so it stays out. was_due: the day by
    which it had to be kept, where it was moved late.
    """

    id: str
    day: date
    kept: bool
    own_sticky: bool = False
    kept_on: date | None = None
    days_late: int = 0
    moved_late: bool = False
    before_joining: bool = False
    after_leaving: bool = False
    was_due: date | None = None

    @property
    def away(self) -> bool:
        """Whether it fell due when the person was not on the team."""
        return self.before_joining or self.after_leaving


class OpenPromise(msgspec.Struct, frozen=True):
    """A promise that was due by the period's end and is still open."""

    id: str
    due: date


class CustomerCount(msgspec.Struct, frozen=True):
    """The person's answers, and the whole team's: how many, and how many of them satisfied.

    left_out, left_out_satisfied: answers of the person that do not count. ids: of the records the answers are in.
    """

    satisfied: int = 0
    answers: int = 0
    team_satisfied: int = 0
    team_answers: int = 0
    ids: tuple[str, ...] = ()
    left_out: int = 0
    left_out_satisfied: int = 0


class TrainingCount(msgspec.Struct, frozen=True):
    """How many trainings were due, how many of them are done, and how many of these late."""

    done: int = 0
    due: int = 0
    ids: tuple[str, ...] = ()
    late: int = 0


class Month(msgspec.Struct, frozen=True):
    """A month with something to recognise: its first day, and the ids behind it."""

    first: date
    ids: tuple[str, ...]


class ScoreInputs(msgspec.Struct, frozen=True):
    """Everything that the sum needs for one person and period. Every tuple is in a fixed order.

    there: the part of the period so far in which the person was on the team; None stands for all of it.
    unseen: ids of ratings that say "not seen". stickies: ids of the person's sticky situations, which no
    score looks at. last_story: the day of the newest story that names the person, up to the period's end.
    uncounted: ids of ratings on standards that do not count in the period. wins: day, id and day of entry of each.
    off_scale: ids of ratings whose value is not from 1 to 5, found only in a book that was edited by hand.
    before_joining, after_leaving: ids of ratings dated before the first day on the team, or after the last one, which
    stay out like all else of that time. told_before, told_after: the same of stories, thanks and customers' praise.
    unused: the parts that nobody on the team has anything for.
    """

    person: str
    period: Period
    quarters: tuple[Period, ...]
    standards: tuple[HeldStandard, ...]
    there: Period | None = None
    ratings: tuple[GivenRating, ...] = ()
    unseen: tuple[str, ...] = ()
    customers: CustomerCount = CustomerCount()
    promises: tuple[SettledPromise, ...] = ()
    still_open: tuple[OpenPromise, ...] = ()
    training: TrainingCount = TrainingCount()
    win_months: tuple[Month, ...] = ()
    mention_months: tuple[Month, ...] = ()
    wins: tuple[tuple[date, str, date], ...] = ()
    stickies: tuple[str, ...] = ()
    last_story: date | None = None
    uncounted: tuple[str, ...] = ()
    off_scale: tuple[str, ...] = ()
    before_joining: tuple[str, ...] = ()
    told_before: tuple[str, ...] = ()
    after_leaving: tuple[str, ...] = ()
    told_after: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
