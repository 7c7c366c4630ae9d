"""What a manager should look at before an evaluation is shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import msgspec

from meetingtool.rules.days import moved
from meetingtool.rules.people.periods import Period, part_of
from meetingtool.rules.people.rating_evidence import STICKY_LEAST
from meetingtool.rules.people.score import QUARTER_DAYS_LEAST
from meetingtool.rules.people.score_inputs import HeldStandard, ScoreInputs
from meetingtool.rules.wording import MONTHS_IN_FULL, count, day, listed, says_something, span

GuardCode = Literal[
    "recency", "gap", "silence", "alike", "thin", "sticky", "open", "gone", "uncounted", "running", "unwritten", "wrong"
]

RECENT_DAYS = 90
SILENT_DAYS = 42
ALIKE_LEAST = 5
"""With fewer ratings than this, it means little that all are the same."""


class Guard(msgspec.Struct, frozen=True):
    """One thing to look at. code: stable, for programs. message: for the manager, in plain words.

    subject: the id of the standard it is about, or empty. records: ids of the records it is about.
    """

    code: GuardCode
    message: str
    subject: str = ""
    records: tuple[str, ...] = ()


def guards(
    inputs: ScoreInputs, today: date, *, started: date | None = None, left: date | None = None
) -> tuple[Guard, ...]:
    """What keeps these inputs from a fair evaluation, the gravest first. started, left: of the person.

    In a running period only what has passed by `today` is looked at. Nothing for somebody who was not on the team by
    then.
    """
    passed = part_of(Period(inputs.period.since, min(inputs.period.until, today), ""), started, left)
    if passed is None or today < inputs.period.since:
        return ()
    found = [
        *_wrong(inputs),
        *_citing_stickies(inputs),
        *_gone(inputs),
        *_thin(inputs),
        *_uncounted(inputs),
        *_not_there(inputs),
        *_recency(inputs, passed, today),
        *gaps(inputs, today, started=started, left=left),
        *_silence(inputs, passed),
        *_alike(inputs),
        *_open_promises(inputs, today),
    ]
    return tuple(found)


def _wrong(inputs: ScoreInputs) -> list[Guard]:
    if not inputs.off_scale:
        return []
    verb = "is not from 1 to 5, and does" if len(inputs.off_scale) == 1 else "are not from 1 to 5, and do"
    return [Guard("wrong", f"{count(len(inputs.off_scale), 'rating')} {verb} not count", records=inputs.off_scale)]


def wrong_adjustment(points: float) -> Guard:
    """That an adjustment, as only a book that was edited has it, is larger than the rule allows and is ignored."""
    return Guard("wrong", f"the adjustment of {points:+g} exceeds what the rule allows, and does not count")


def _citing_stickies(inputs: ScoreInputs) -> list[Guard]:
    low = [rating.id for rating in inputs.ratings if rating.value < STICKY_LEAST and rating.on_sticky]
    if not low:
        return []
    verb = "cites" if len(low) == 1 else "cite"
    words = f"{count(len(low), 'rating')} below {STICKY_LEAST} {verb} a sticky situation"
    return [Guard("sticky", f"{words}; sharing one is never held against anyone", records=tuple(low))]


def final_changed(label: str) -> Guard:
    """That the evaluation of the year before, with this label, is no longer how it was left."""
    words = f"the evaluation of {label} was changed since, so its numbers and goals stay out: restore it first"
    return Guard("wrong", words)


def before_sharing(
    inputs: ScoreInputs, today: date, words: Iterable[str], *, left: date | None = None
) -> tuple[Guard, ...]:
    """What to check once an evaluation is about to be shared: that its period still runs, and that nothing
    is written. words: the manager's own. left: the last day on the team; after it nothing more is to come."""
    found = []
    end = min(inputs.period.until, left) if left else inputs.period.until
    if inputs.period.since <= today < end:
        days = (end - today).days
        to_come = f"{count(days, 'day')} of it {'is' if days == 1 else 'are'} still to come"
        found.append(Guard("running", f"the period has not ended: {to_come}"))
    if not any(says_something(text) for text in words):
        found.append(Guard("unwritten", "there is nothing in your own words"))
    return tuple(found)


def _gone(inputs: ScoreInputs) -> list[Guard]:
    """Ratings that rest on stories which are no longer there or name others, with no note and nothing else."""
    gone = [rating.id for rating in inputs.ratings if rating.bare and rating.stories]
    if not gone:
        return []
    them = "the story that 1 rating rests on" if len(gone) == 1 else f"the stories that {len(gone)} ratings rest on"
    verb = "is" if len(gone) == 1 else "are"
    return [Guard("gone", f"{them} {verb} gone, or {verb} not about the person", records=tuple(gone))]


def _uncounted(inputs: ScoreInputs) -> list[Guard]:
    """Ratings on standards that came when the set of the period was fixed already."""
    if not inputs.uncounted:
        return []
    verb = "lies" if len(inputs.uncounted) == 1 else "lie"
    words = f"{count(len(inputs.uncounted), 'rating')} {verb} on standards that don't count in {inputs.period.label}"
    return [Guard("uncounted", words, records=inputs.uncounted)]


def _not_there(inputs: ScoreInputs) -> list[Guard]:
    """Records from before the first day on the team, or after the last: none of them counts or is on the paper by
    itself. Promises due after the last day are no surprise; those due before the first are mentioned."""
    early = tuple(promise.id for promise in inputs.promises if promise.before_joining)
    found = []
    for ratings, told, promises, when in (
        (inputs.before_joining, inputs.told_before, early, "before the first"),
        (inputs.after_leaving, inputs.told_after, (), "after the last"),
    ):
        each = [
            count(len(ratings), "rating") if ratings else "",
            count(len(told), "story or praise", "stories and words of praise") if told else "",
            count(len(promises), "promise") if promises else "",
        ]
        records = (*ratings, *told, *promises)
        be, do = ("is", "does") if len(records) == 1 else ("are", "do")
        words = f"{listed([one for one in each if one])} {be} dated {when} day on the team, and {do} not count"
        found += [Guard("uncounted", words, records=records)] if records else []
    return found


def _thin(inputs: ScoreInputs) -> list[Guard]:
    if not inputs.ratings:
        return [Guard("thin", "there is no rating in this period")]
    found = []
    bare = [rating for rating in inputs.ratings if rating.bare]
    extreme = [rating.id for rating in bare if rating.value in (1, 2, 5)]
    if extreme:
        words = f"{count(len(extreme), 'rating')} of 1, 2 or 5 without a note or a story"
        found.append(Guard("thin", words, records=tuple(extreme)))
    if 2 * len(bare) > len(inputs.ratings):
        words = f"{len(bare)} of {count(len(inputs.ratings), 'rating')} rest on neither a note nor a story"
        found.append(Guard("thin", words, records=tuple(rating.id for rating in bare)))
    return found


def _recency(inputs: ScoreInputs, passed: Period, today: date) -> list[Guard]:
    """Over half of the ratings, wins and settled promises from the last 90 days, where twice as many have passed.

    Else the same by the day on which they were entered: a year rated in one go at its end is seen from its end, too.
    """
    if passed.days < 2 * RECENT_DAYS:
        return []
    evidence = [(rating.day, rating.entered or rating.day, rating.id) for rating in inputs.ratings]
    evidence += [(day, entered, win) for day, win, entered in inputs.wins]
    evidence += [(promise.day, promise.day, promise.id) for promise in inputs.promises if not promise.away]
    border = moved(passed.until, timedelta(days=-RECENT_DAYS))
    by_day, by_entry = [(day, record) for day, _, record in evidence], [(day, record) for _, day, record in evidence]
    for days, how in ((by_day, "is from"), (by_entry, "was entered in")):
        recent = [record for day, record in days if day > border]
        if 2 * len(recent) > len(evidence):
            end = f" up to {day(passed.until, today)}" if passed.until < today else ""
            words = f"over half of the evidence {how} the last {RECENT_DAYS} days{end}"
            words += f" ({len(recent)} of {len(evidence)})"
            return [Guard("recency", words, records=tuple(recent))]
    return []


def gaps(
    inputs: ScoreInputs, today: date, *, started: date | None = None, left: date | None = None
) -> tuple[Guard, ...]:
    """The standards without a rating in two quarters running, among the quarters that have ended by `today`."""
    ended = [(index, quarter) for index, quarter in enumerate(inputs.quarters) if quarter.until <= today]
    ended = [(index, quarter) for index, quarter in ended if _long_enough(quarter, started, left)]
    rated = {(rating.standard, rating.quarter) for rating in inputs.ratings}
    found = []
    for standard in inputs.standards:
        due = [(index, quarter) for index, quarter in ended if _long_enough(quarter, standard.since, standard.until)]
        empty = [(index, quarter) for index, quarter in due if (standard.id, index) not in rated]
        running = [(a, b) for (i, a), (j, b) in pairwise(empty) if j == i + 1]
        if running:
            found.append(Guard("gap", _gap_words(inputs, standard, running[-1]), standard.id))
    return tuple(found)


def _long_enough(quarter: Period, since: date | None, until: date | None) -> bool:
    there = part_of(quarter, since, until)
    return there is not None and there.days >= QUARTER_DAYS_LEAST


def _gap_words(inputs: ScoreInputs, standard: HeldStandard, running: tuple[Period, Period]) -> str:
    days = [rating.day for rating in inputs.ratings if rating.standard == standard.id]
    if not days:
        return f"nothing on #{standard.tag} in this period"
    if max(days) < running[0].since:
        return f"nothing on #{standard.tag} since {MONTHS_IN_FULL[max(days).month - 1]}"
    return f"nothing on #{standard.tag} in {running[0].label} and {running[1].label}"


def _silence(inputs: ScoreInputs, passed: Period) -> list[Guard]:
    last = inputs.last_story
    days = (passed.until - (last if last is not None and last >= passed.since else passed.since)).days
    if days < SILENT_DAYS:
        return []
    if last is None or last < passed.since:
        return [Guard("silence", "no story in this period")]
    return [Guard("silence", f"no story for {span(days)}")]


def _alike(inputs: ScoreInputs) -> list[Guard]:
    """Nine in ten ratings the same, where there are enough to tell."""
    if len(inputs.ratings) < ALIKE_LEAST:
        return []
    value, often = min(Counter(r.value for r in inputs.ratings).items(), key=lambda item: (-item[1], item[0]))
    if 10 * often < 9 * len(inputs.ratings):
        return []
    if often == len(inputs.ratings):
        return [Guard("alike", f"all {often} ratings are {value}")]
    return [Guard("alike", f"{often} of {len(inputs.ratings)} ratings are {value}")]


def _open_promises(inputs: ScoreInputs, today: date) -> list[Guard]:
    over = [promise.id for promise in inputs.still_open if promise.due < today]
    if not over:
        return []
    return [Guard("open", f"{count(len(over), 'promise')} past due and not yet decided", records=tuple(over))]
