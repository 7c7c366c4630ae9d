"""What the score of a person rests on: the records of a period, gathered as plain values with their ids.

Only records of the period count, by the day of their `at`. A promise counts on the day on which it was settled
(`promise_dates.settled_on`). What is in the bin never counts, with one exception: a sticky situation shields its
promises even after it was removed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from meetingtool.records.followups import FollowUp
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.people.periods import Period, part_of, quarters
from meetingtool.rules.people.promise_dates import days_late, due_to_keep, moved_late, settled_on
from meetingtool.rules.people.score_inputs import (
    CustomerAnswer,
    CustomerCount,
    GivenRating,
    HeldStandard,
    Month,
    NamedByCustomer,
    OpenPromise,
    ScoreInputs,
    SettledPromise,
    Training,
    TrainingCount,
)
from meetingtool.rules.wording import says_something

PARTS = frozenset({"standards", "customers", "promises", "training", "recognition"})

Stay = tuple[date | None, date | None]
"""The first and the last day of a person on the team, where known."""


def stories_needed(follow_ups: Iterable[FollowUp], known: Iterable[Story]) -> list[str]:
    """Ids of stories that promises were born from and that are not among `known`, to be fetched for `gather`.

    They may lie in an earlier year or in the bin.
    """
    have = {story.id for story in known}
    wanted = {f.story for f in follow_ups if f.kind == "promise" and f.story is not None}
    return sorted(wanted - have)


def held_standards(
    standards: Iterable[Standard], ratings: Iterable[Rating], period: Period, fixed: Collection[str] = ()
) -> tuple[HeldStandard, ...]:
    """The standards that count in a period, in their order.

    Standards retired before it began or taken up after it ended are left out, unless they were rated in it.
    Where none had been taken up by its end (the workspace was made later), all that were not retired count.
    fixed: ids of those that counted when the first evaluation was shared; these and no others count from then on.
    """
    if fixed:
        candidates = [standard for standard in standards if standard.id in fixed]
    else:
        candidates = [s for s in standards if s.removed_at is None and not (s.retired and s.retired < period.since)]
    rated: dict[str, date] = {}
    for rating in ratings:
        if rating.value is not None:
            rated[rating.standard] = min(rated.get(rating.standard, date.max), rating.at.date())
    if not fixed and any(s.at.date() <= period.until for s in candidates):
        candidates = [s for s in candidates if s.at.date() <= period.until or s.id in rated]
    candidates.sort(key=lambda s: (s.order, s.tag, s.id))
    return tuple(
        HeldStandard(s.id, s.tag, s.title, s.weight, min(s.at.date(), rated.get(s.id, date.max)), s.retired)
        for s in candidates
    )


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
    mentions: Iterable[NamedByCustomer] = (),
    today: date | None = None,
    stays: Mapping[str, Stay] = {},
    fixed: Collection[str] = (),
) -> dict[str, ScoreInputs]:
    """What the scores of people rest on, by their ids. The records handed in may include others', those of other times,
    and removed ones.

    stories: those of the period, those that ratings cite, and those that promises were born from (`stories_needed`),
    removed ones too. answers: the whole team's, for its rate. today: trainings and promises due after it are not due
    yet. stays: when each was on the team. fixed: as for `held_standards`.
    """
    wanted = {person: _Heap(stays.get(person, (None, None))) for person in people}
    end = min(period.until, today) if today else period.until
    spans = quarters(period)
    in_period = [r for r in ratings if r.removed_at is None and period.since <= r.at.date() <= period.until]
    held = held_standards(standards, in_period, period, fixed)
    told = {story.id: story for story in stories}
    used = {"standards"}
    if _sort_stories(wanted, told.values(), period):
        used.add("recognition")
    _sort_ratings(wanted, in_period, {standard.id for standard in held}, spans, told)
    if _sort_promises(wanted, follow_ups, told, period, end):
        used.add("promises")
    team = _sort_answers(wanted, answers, period)
    if team[1]:
        used.add("customers")
    for training in trainings:
        if training.excused or training.due > end or _settled_before(training, period.since):
            continue
        if training.due == today and training.done is None:  # the day isn't over
            continue
        used.add("training")
        heap = wanted.get(training.person)
        if heap and (heap.left is None or training.due <= heap.left):
            done = training.done if training.done and training.done <= period.until else None
            heap.training.append((training.id, done is not None, done is not None and done > training.due))
    for mention in mentions:
        if not (mention.confirmed and mention.day in period):
            continue
        used.add("recognition")
        heap = wanted.get(mention.person)
        if heap and heap.there(mention.day):
            heap.mentions.append((mention.day, mention.id))
        elif heap:
            heap.told_away(mention.id, mention.day)
    whole = Period(period.since, end, period.label, period.starts) if end >= period.since else period
    unused = tuple(sorted(PARTS - used))
    return {person: heap.inputs(person, whole, period, spans, held, team, unused) for person, heap in wanted.items()}


def _settled_before(training: Training, since: date) -> bool:
    """Whether it was due before a period and is not asked in it; one still open when the period began is."""
    return training.due < since and training.done is not None and training.done < since


class _Heap:
    """What was found for one person so far, unsorted. stay: the first and the last day on the team, where known."""

    def __init__(self, stay: Stay = (None, None)) -> None:
        self.started, self.left = stay
        self.uncounted: list[str] = []
        self.off_scale: list[str] = []
        self.before_joining: list[str] = []
        self.told_before: list[str] = []
        self.after_leaving: list[str] = []
        self.told_after: list[str] = []
        self.ratings: list[GivenRating] = []
        self.unseen: list[str] = []
        self.answers: list[CustomerAnswer] = []
        self.promises: list[SettledPromise] = []
        self.still_open: list[OpenPromise] = []
        self.training: list[tuple[str, bool, bool]] = []
        self.wins: list[tuple[date, str, date]] = []
        self.told: list[tuple[date, str]] = []
        self.mentions: list[tuple[date, str]] = []
        self.stickies: list[str] = []
        self.last_story: date | None = None

    def there(self, day: date) -> bool:
        """Whether the person was on the team on a day. Records of other days are not about their work here."""
        return not self.too_early(day) and (self.left is None or day <= self.left)

    def too_early(self, day: date) -> bool:
        """Whether a day lies before the person's first one on the team."""
        return self.started is not None and day < self.started

    def told_away(self, record_id: str, day: date) -> None:
        """A story or praise of a day on which the person was not on the team."""
        (self.told_before if self.too_early(day) else self.told_after).append(record_id)

    def take(self, story: Story, day: date) -> None:
        """A story of the period that names the person."""
        if not self.there(day):
            self.told_away(story.id, day)
        if story.kind == "sticky":
            self.stickies.append(story.id)
            return
        if story.kind == "praise" or not self.there(day):
            return
        self.wins.append((day, story.id, story.made_at.date()))
        if story.meeting is not None:
            self.told.append((day, story.id))

    def inputs(
        self,
        person: str,
        passed: Period,
        period: Period,
        spans: tuple[Period, ...],
        held: tuple[HeldStandard, ...],
        team: tuple[int, int],
        unused: tuple[str, ...],
    ) -> ScoreInputs:
        return ScoreInputs(
            person=person,
            period=period,
            quarters=spans,
            standards=held,
            there=part_of(passed, self.started, self.left),
            ratings=tuple(sorted(self.ratings, key=lambda r: (r.day, r.id))),
            unseen=tuple(sorted(self.unseen)),
            customers=_counted(self.answers, team),
            promises=tuple(sorted(self.promises, key=lambda p: (p.day, p.id))),
            still_open=tuple(sorted(self.still_open, key=lambda p: (p.due, p.id))),
            training=TrainingCount(
                sum(done for _, done, _ in self.training),
                len(self.training),
                tuple(sorted(training for training, _, _ in self.training)),
                sum(late for _, _, late in self.training),
            ),
            win_months=_by_month(self.told),
            mention_months=_by_month(self.mentions),
            wins=tuple(sorted(self.wins)),
            stickies=tuple(sorted(self.stickies)),
            last_story=self.last_story,
            uncounted=tuple(sorted(self.uncounted)),
            off_scale=tuple(sorted(self.off_scale)),
            before_joining=tuple(sorted(self.before_joining)),
            told_before=tuple(sorted(self.told_before)),
            after_leaving=tuple(sorted(self.after_leaving)),
            told_after=tuple(sorted(self.told_after)),
            unused=unused,
        )


def _counted(answers: Sequence[CustomerAnswer], team: tuple[int, int]) -> CustomerCount:
    """A person's answers, with those that are left out beside them."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for answer in answers:
        counts[answer.left_out, answer.satisfied] += answer.times
    return CustomerCount(
        counts[False, True],
        counts[False, True] + counts[False, False],
        *team,
        ids=tuple(sorted({answer.id for answer in answers})),
        left_out=counts[True, True] + counts[True, False],
        left_out_satisfied=counts[True, True],
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
    told: Mapping[str, Story],
) -> None:
    for rating in ratings:
        heap = wanted.get(rating.person)
        if heap is None:
            continue
        if rating.standard not in held:
            heap.uncounted.append(rating.id)
            continue
        if rating.value is None:
            heap.unseen.append(rating.id)
            continue
        if not 1 <= rating.value <= 5:
            heap.off_scale.append(rating.id)
            continue
        day = rating.at.date()
        if not heap.there(day):
            (heap.before_joining if heap.too_early(day) else heap.after_leaving).append(rating.id)
            continue
        quarter = next(index for index, span in enumerate(spans) if day <= span.until)
        cited = [told.get(story) for story in rating.stories]
        heap.ratings.append(
            GivenRating(
                rating.id,
                rating.standard,
                day,
                rating.value,
                quarter,
                noted=says_something(rating.note),
                stories=rating.stories,
                on_sticky=any(story is not None and story.kind == "sticky" for story in cited),
                lost=tuple(
                    story_id
                    for story_id, story in zip(rating.stories, cited, strict=True)
                    if story is None or story.removed_at is not None or rating.person not in story.people
                ),
                entered=rating.made_at.date(),
            )
        )


def _sort_stories(wanted: Mapping[str, _Heap], stories: Iterable[Story], period: Period) -> bool:
    """Give every story to those it names. Returns whether any of the period is a win of somebody told in a meeting.

    This goes through all stories of a year, so those that name none of these people are skipped first.
    """
    ids = set(wanted)
    any_win = False
    for story in stories:
        if not any_win and story.kind == "win" and story.people and story.meeting and story.removed_at is None:
            any_win = story.at.date() in period
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
    return any_win


def _sort_promises(
    wanted: Mapping[str, _Heap],
    follow_ups: Iterable[FollowUp],
    told: Mapping[str, Story],
    period: Period,
    end: date,
) -> bool:
    """Give every promise to those who own it. Returns whether any of anybody's was settled in the period."""
    ids = set(wanted)
    any_settled = False
    for promise in follow_ups:
        if promise.kind != "promise" or promise.removed_at is not None or not promise.people:
            continue
        day = settled_on(promise)
        any_settled = any_settled or (day is not None and day in period)
        for person in ids.intersection(promise.people):
            heap = wanted[person]
            due = promise.due or day
            there = due is None or heap.there(due)
            if promise.state == "open" and promise.due and period.since <= promise.due <= end and there:
                heap.still_open.append(OpenPromise(promise.id, promise.due))
            if day is not None and day in period:
                early = due is not None and heap.too_early(due)
                own = _is_own_sticky(promise, person, told)
                heap.promises.append(
                    msgspec.structs.replace(
                        _settled(promise, day, own), before_joining=early, after_leaving=not there and not early
                    )
                )
    return any_settled


def _settled(promise: FollowUp, day: date, own: bool) -> SettledPromise:
    kept = promise.state == "kept"
    return SettledPromise(
        promise.id,
        day,
        kept,
        own,
        kept_on=(promise.decided_at or promise.at).date() if kept else None,
        days_late=days_late(promise),
        moved_late=moved_late(promise),
        was_due=due_to_keep(promise) if moved_late(promise) else None,
    )


def _is_own_sticky(promise: FollowUp, person: str, told: Mapping[str, Story]) -> bool:
    """Whether a promise was born from a sticky situation that `person` shared, or from a customer's complaint.

    A sticky that names nobody may be anyone's, and a story that can't be found may have been one: both count as own.
    """
    if promise.source == "complaint":
        return True
    if promise.story is None:
        return False
    story = told.get(promise.story)
    if story is None:
        return True
    return story.kind == "sticky" and (not story.people or person in story.people)


def _sort_answers(wanted: Mapping[str, _Heap], answers: Iterable[CustomerAnswer], period: Period) -> tuple[int, int]:
    """Give every answer to those whom it names. Returns the team's satisfied answers, and all of the team's.

    One from a day on which the person was not on the team counts for the team alone, and is listed beside theirs as
    left out.
    """
    satisfied = total = 0
    for answer in answers:
        if answer.day not in period:
            continue
        if not answer.left_out:
            total += answer.times
            satisfied += answer.satisfied * answer.times
        for person in dict.fromkeys((answer.person, *answer.others)):
            heap = wanted.get(person) if person is not None else None
            if heap is not None:
                there = heap.there(answer.day)
                heap.answers.append(answer if there else msgspec.structs.replace(answer, left_out=True))
    return satisfied, total
