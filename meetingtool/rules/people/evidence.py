"""What the score of a person rests on: the records of a period, gathered as plain values with their ids.

Only records of the period count, by the day of their `at`. A promise counts on the day on which it was settled
(`settled_on`). What is in the bin never counts, with one exception: a sticky situation shields its promises even
after it was removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from meetingtool.records.followups import FollowUp
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.people.periods import Period, quarters
from meetingtool.rules.people.score_inputs import (
    CustomerAnswer,
    CustomerCount,
    GivenRating,
    HeldStandard,
    Mention,
    Month,
    OpenPromise,
    ScoreInputs,
    SettledPromise,
    Training,
    TrainingCount,
)


def settled_on(promise: FollowUp) -> date | None:
    """The day on which it became plain whether a promise is kept: the day it was decided, but never after its due date.

    So a promise kept early counts when it was kept, and one whose miss was written down weeks later still counts
    in the period in which it was due. None while it is open, and for a dropped one.
    """
    if promise.state not in ("kept", "missed"):
        return None
    decided = (promise.decided_at or promise.at).date()
    return min(decided, promise.due) if promise.due else decided


def moved_late(promise: FollowUp) -> bool:
    """Whether it was agreed anew only after a due date had passed: then that date was missed."""
    return any(move.old is not None and move.moved_at.date() > move.old for move in promise.moves)


def stories_needed(follow_ups: Iterable[FollowUp], known: Iterable[Story]) -> list[str]:
    """Ids of stories that promises were born from and that are not among `known`, to be fetched for `gather`.

    They may lie in an earlier year or in the bin.
    """
    have = {story.id for story in known}
    wanted = {f.story for f in follow_ups if f.kind == "promise" and f.story is not None}
    return sorted(wanted - have)


def held_standards(
    standards: Iterable[Standard], ratings: Iterable[Rating], period: Period
) -> tuple[HeldStandard, ...]:
    """The standards that count in a period, in their order.

    Not those that were retired before it began, nor those taken up after it ended, unless they were rated in it.
    Where none had been taken up by its end (the workspace was made later), all that were not retired count.
    """
    candidates = [s for s in standards if s.removed_at is None and not (s.retired and s.retired < period.since)]
    rated: dict[str, date] = {}
    for rating in ratings:
        if rating.value is not None:
            rated[rating.standard] = min(rated.get(rating.standard, date.max), rating.at.date())
    if any(s.at.date() <= period.until for s in candidates):
        candidates = [s for s in candidates if s.at.date() <= period.until or s.id in rated]
    candidates.sort(key=lambda s: (s.order, s.tag, s.id))
    return tuple(
        HeldStandard(s.id, s.tag, s.title, s.weight, min(s.at.date(), rated.get(s.id, date.max)), s.retired)
        for s in candidates
    )


def gather(
    person: str,
    period: Period,
    *,
    ratings: Iterable[Rating],
    standards: Iterable[Standard],
    stories: Iterable[Story],
    follow_ups: Iterable[FollowUp],
    answers: Iterable[CustomerAnswer] = (),
    trainings: Iterable[Training] = (),
    mentions: Iterable[Mention] = (),
    today: date | None = None,
) -> ScoreInputs:
    """What the score of one person rests on. Records of others, of other times and removed ones may be among them.

    stories: those of the period, and those that promises were born from (`stories_needed`), removed ones too.
    answers: the whole team's, for its rate. today: trainings and promises due after it are not due yet.
    """
    return gather_all(
        [person],
        period,
        ratings=ratings,
        standards=standards,
        stories=stories,
        follow_ups=follow_ups,
        answers=answers,
        trainings=trainings,
        mentions=mentions,
        today=today,
    )[person]


def gather_all(
    people: Iterable[str],
    period: Period,
    *,
    ratings: Iterable[Rating],
    standards: Iterable[Standard],
    stories: Iterable[Story],
    follow_ups: Iterable[FollowUp],
    answers: Iterable[CustomerAnswer] = (),
    trainings: Iterable[Training] = (),
    mentions: Iterable[Mention] = (),
    today: date | None = None,
) -> dict[str, ScoreInputs]:
    """`gather` for several people, going through the records once. Keys: the ids in `people`."""
    wanted = {person: _Heap() for person in people}
    end = min(period.until, today) if today else period.until
    spans = quarters(period)
    in_period = [r for r in ratings if r.removed_at is None and period.since <= r.at.date() <= period.until]
    held = held_standards(standards, in_period, period)
    sticky_people = _sort_stories(wanted, stories, period)
    _sort_ratings(wanted, in_period, {standard.id for standard in held}, spans, sticky_people)
    _sort_promises(wanted, follow_ups, sticky_people, period, end)
    team = _sort_answers(wanted, answers, period)
    for training in trainings:
        heap = wanted.get(training.person)
        if heap and not training.excused and period.since <= training.due <= end:
            done = training.done is not None and training.done <= period.until
            heap.training.append((training.id, done))
    for mention in mentions:
        heap = wanted.get(mention.person)
        if heap and mention.confirmed and mention.day in period:
            heap.mentions.append((mention.day, mention.id))
    return {person: heap.inputs(person, period, spans, held, team) for person, heap in wanted.items()}


class _Heap:
    """What was found for one person so far, unsorted."""

    def __init__(self) -> None:
        self.ratings: list[GivenRating] = []
        self.unseen: list[str] = []
        self.answers: list[tuple[str, bool]] = []
        self.promises: list[SettledPromise] = []
        self.still_open: list[OpenPromise] = []
        self.training: list[tuple[str, bool]] = []
        self.wins: list[tuple[date, str]] = []
        self.told: list[tuple[date, str]] = []
        self.mentions: list[tuple[date, str]] = []
        self.stickies: list[str] = []
        self.last_story: date | None = None

    def take(self, story: Story, day: date) -> None:
        """A story of the period that names the person."""
        if story.kind == "sticky":
            self.stickies.append(story.id)
            return
        if story.kind == "praise":
            return
        self.wins.append((day, story.id))
        if story.meeting is not None:
            self.told.append((day, story.id))

    def inputs(
        self,
        person: str,
        period: Period,
        spans: tuple[Period, ...],
        held: tuple[HeldStandard, ...],
        team: tuple[int, int],
    ) -> ScoreInputs:
        return ScoreInputs(
            person=person,
            period=period,
            quarters=spans,
            standards=held,
            ratings=tuple(sorted(self.ratings, key=lambda r: (r.day, r.id))),
            unseen=tuple(sorted(self.unseen)),
            customers=CustomerCount(
                sum(satisfied for _, satisfied in self.answers),
                len(self.answers),
                *team,
                ids=tuple(sorted(answer for answer, _ in self.answers)),
            ),
            promises=tuple(sorted(self.promises, key=lambda p: (p.day, p.id))),
            still_open=tuple(sorted(self.still_open, key=lambda p: (p.due, p.id))),
            training=TrainingCount(
                sum(done for _, done in self.training),
                len(self.training),
                tuple(sorted(training for training, _ in self.training)),
            ),
            win_months=_by_month(self.told),
            mention_months=_by_month(self.mentions),
            wins=tuple(sorted(self.wins)),
            stickies=tuple(sorted(self.stickies)),
            last_story=self.last_story,
        )


def _by_month(found: list[tuple[date, str]]) -> tuple[Month, ...]:
    months: dict[date, list[str]] = {}
    for day, record_id in sorted(found):
        months.setdefault(day.replace(day=1), []).append(record_id)
    return tuple(Month(first, tuple(ids)) for first, ids in months.items())


def _sort_ratings(
    wanted: Mapping[str, _Heap],
    ratings: Iterable[Rating],
    held: set[str],
    spans: tuple[Period, ...],
    sticky_people: Mapping[str, tuple[str, ...] | None],
) -> None:
    for rating in ratings:
        heap = wanted.get(rating.person)
        if heap is None or rating.standard not in held:
            continue
        if rating.value is None:
            heap.unseen.append(rating.id)
            continue
        day = rating.at.date()
        quarter = next(index for index, span in enumerate(spans) if day <= span.until)
        heap.ratings.append(
            GivenRating(
                rating.id,
                rating.standard,
                day,
                rating.value,
                quarter,
                noted=bool(rating.note.strip()),
                stories=rating.stories,
                on_sticky=any(sticky_people.get(story) is not None for story in rating.stories),
            )
        )


def _sort_stories(
    wanted: Mapping[str, _Heap], stories: Iterable[Story], period: Period
) -> dict[str, tuple[str, ...] | None]:
    """Give every story to those it names. Returns the people of every sticky by its id, and None for every win.

    This goes through all stories of a year, so what names nobody wanted is passed over first.
    """
    told = list(stories)
    ids = set(wanted)
    for story in told:
        if ids.isdisjoint(story.people) or story.removed_at is not None:
            continue
        day = story.at.date()
        if day > period.until:
            continue
        for person in ids.intersection(story.people):
            heap = wanted[person]
            if heap.last_story is None or heap.last_story < day:
                heap.last_story = day
            if day >= period.since:
                heap.take(story, day)
    return {story.id: story.people if story.kind == "sticky" else None for story in told}


def _sort_promises(
    wanted: Mapping[str, _Heap],
    follow_ups: Iterable[FollowUp],
    sticky_people: Mapping[str, tuple[str, ...] | None],
    period: Period,
    end: date,
) -> None:
    ids = set(wanted)
    for promise in follow_ups:
        if ids.isdisjoint(promise.people) or promise.kind != "promise" or promise.removed_at is not None:
            continue
        owners = ids.intersection(promise.people)
        if promise.state == "open" and promise.due is not None and period.since <= promise.due <= end:
            for person in owners:
                wanted[person].still_open.append(OpenPromise(promise.id, promise.due))
        day = settled_on(promise)
        if day is None or day not in period:
            continue
        late = promise.state == "kept" and moved_late(promise)
        for person in owners:
            own = _is_own_sticky(promise.story, person, sticky_people)
            kept = promise.state == "kept" and not late
            wanted[person].promises.append(SettledPromise(promise.id, day, kept, own, late))


def _is_own_sticky(story: str | None, person: str, sticky_people: Mapping[str, tuple[str, ...] | None]) -> bool:
    """Whether a promise was born from a sticky situation that `person` shared.

    A sticky that names nobody may be anyone's, and a story that is not to be found may have been one: both count
    as own.
    """
    if story is None:
        return False
    if story not in sticky_people:
        return True
    sharers = sticky_people[story]
    return sharers is not None and (not sharers or person in sharers)


def _sort_answers(wanted: Mapping[str, _Heap], answers: Iterable[CustomerAnswer], period: Period) -> tuple[int, int]:
    """Give every answer to the person it names. Returns the team's satisfied answers, and all of the team's."""
    satisfied = total = 0
    for answer in answers:
        if answer.day not in period:
            continue
        total += 1
        satisfied += answer.satisfied
        heap = wanted.get(answer.person) if answer.person is not None else None
        if heap is not None:
            heap.answers.append((answer.id, answer.satisfied))
    return satisfied, total


def evidence_problem(value: int | None, note: str, stories: Iterable[str]) -> str:
    """Why a rating can't stand without more evidence; empty when it can. A 1, 2 or 5 needs a note or a story."""
    if value in (1, 2, 5) and not note.strip() and not tuple(stories):
        return f"A rating of {value} needs a note or a story as its evidence."
    return ""


def citation_problem(value: int | None, stories: Iterable[Story]) -> str:
    """Why a rating can't cite these stories; empty when it can. A sticky situation never speaks for a 1 or a 2."""
    if value in (1, 2) and any(story.kind == "sticky" for story in stories):
        return f"A sticky situation can't be cited for a rating of {value}: sharing one is never held against anyone."
    return ""
