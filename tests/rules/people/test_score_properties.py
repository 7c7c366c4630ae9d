"""What holds for every score, whatever the records: from records through `gather_all` to the number."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.records.followups import FollowUp
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.evidence import gather_all
from meetingtool.rules.people.periods import period_of
from meetingtool.rules.people.score import Score, score
from meetingtool.rules.people.score_inputs import CustomerAnswer, NamedByCustomer, ScoreInputs, Training

YEAR = period_of(2026)
NOISE = 1e-9
Records = dict[str, list[Any]]

COUNTS = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))

steady = settings(max_examples=30)


def moment(day: int) -> datetime:
    """The `day`-th day of the period, from 0; below 0 and above 364 lie outside it."""
    return datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=day)


def base(kind: str, number: int, day: int) -> dict[str, Any]:
    return {"id": f"{kind}{number:04}", "at": moment(day), "made_at": moment(day), "made_by": "boss"}


DAY = st.integers(-40, 400)
WITHIN = st.integers(0, 364)
PERSON = st.sampled_from(["p1", "p2"])
PEOPLE = st.sampled_from([(), ("p1",), ("p2",), ("p1", "p2")])
TAG = st.sampled_from(["s1", "s2", "s3"])
SETTLED = st.sampled_from(["kept", "late", "missed", "open", "dropped"])


@st.composite
def records(draw: st.DrawFn) -> Records:
    """A small team's year: anything may be there or not."""
    weights = draw(st.lists(st.integers(1, 3), min_size=0, max_size=3))
    standards = [
        Standard(
            **base("s", n, -900) | {"id": f"s{n}"}, tag=f"s{n}", title="", behaviour="", anchors=("",) * 5, weight=w
        )
        for n, w in enumerate(weights, 1)
    ]
    given_ratings = draw(st.lists(st.tuples(DAY, PERSON, TAG, st.sampled_from([None, 1, 2, 3, 4, 5])), max_size=14))
    told = draw(st.lists(st.tuples(DAY, PEOPLE, st.sampled_from(["win", "sticky"]), st.booleans()), max_size=8))
    promised = draw(
        st.lists(st.tuples(WITHIN, PEOPLE, SETTLED, st.none() | st.integers(0, 7), st.none() | WITHIN), max_size=12)
    )
    return {
        "standards": standards,
        "ratings": [
            Rating(**base("r", n, day), person=person, standard=tag, value=value)
            for n, (day, person, tag, value) in enumerate(given_ratings)
        ],
        "stories": [
            Story(**base("w", n, day), kind=kind, text="x", line="x", people=people, meeting="m" if was_told else None)
            for n, (day, people, kind, was_told) in enumerate(told)
        ],
        "follow_ups": [
            promise(n, day, people, state, f"w{story:04}" if story is not None and story < len(told) else None, due)
            for n, (day, people, state, story, due) in enumerate(promised)
        ],
        "answers": [
            CustomerAnswer(f"c{n}", person, moment(day).date(), satisfied)
            for n, (person, day, satisfied) in enumerate(
                draw(st.lists(st.tuples(st.none() | PERSON, WITHIN, st.booleans()), max_size=40))
            )
        ],
        "trainings": [
            Training(f"t{n}", person, moment(day).date(), moment(day).date() if done else None, excused)
            for n, (person, day, done, excused) in enumerate(
                draw(st.lists(st.tuples(PERSON, WITHIN, st.booleans(), st.booleans()), max_size=4))
            )
        ],
        "mentions": [
            NamedByCustomer(f"n{n}", person, moment(day).date(), confirmed)
            for n, (person, day, confirmed) in enumerate(
                draw(st.lists(st.tuples(PERSON, DAY, st.booleans()), max_size=4))
            )
        ],
    }


def promise(
    number: int, day: int, people: tuple[str, ...], state: str, story: str | None, due: int | None = None
) -> FollowUp:
    """state "late": kept three days after it was due."""
    by = day - 3 if state == "late" else due
    return FollowUp(
        **base("f", number, day),
        kind="promise",
        text="x",
        people=people,
        state="kept" if state == "late" else state,
        story=story,
        due=None if by is None else moment(by).date(),
        decided_at=moment(day) if state != "open" else None,
    )


def inputs_of(found: Records, person: str = "p1") -> ScoreInputs:
    return gather_all([person], YEAR, **found)[person]


def scored(found: Records, person: str = "p1") -> Score:
    return score(inputs_of(found, person))


def plus(found: Records, **more: list[Any]) -> Records:
    return found | {name: [*found[name], *records_] for name, records_ in more.items()}


def never_lower(before: Score, after: Score) -> bool:
    if before.value is None:
        return True
    return after.value is not None and after.value >= before.value - NOISE


@steady
@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_never_matters(found: Records, chance: Any) -> None:
    shuffled = {name: chance.sample(some, len(some)) for name, some in found.items()}
    assert inputs_of(shuffled) == inputs_of(found)
    assert scored(shuffled) == scored(found)


@steady
@given(records())
def test_a_score_lies_between_0_and_100_and_its_lines_make_it(found: Records) -> None:
    result = scored(found)
    if result.value is None:
        assert result.missing
        assert result.shown is None
        return
    assert 0 <= result.value <= 100
    assert all(part.value is None or 0 <= part.value <= 100 for part in result.parts)
    total = sum(part.adds or 0 for part in result.parts)
    assert abs(min(100, total) - result.value) < NOISE


@steady
@given(records())
def test_nobody_gets_a_number_on_too_little(found: Records) -> None:
    result, inputs = scored(found), inputs_of(found)
    if result.value is None:
        return
    rated = {rating.standard for rating in inputs.ratings}
    weight = sum(standard.weight for standard in inputs.standards)
    assert 2 * sum(standard.weight for standard in inputs.standards if standard.id in rated) >= weight > 0
    assert len(inputs.ratings) >= 6
    assert len({rating.quarter for rating in inputs.ratings}) >= 2
    assert result.weights >= 60
    assert result.part("customers").value is None or inputs.customers.answers >= 10
    assert result.part("promises").value is None or len(inputs.promises) >= 5


@steady
@given(
    records(),
    st.integers(1, 5),
    COUNTS,
    st.lists(COUNTS, min_size=1, max_size=3),
    PEOPLE,
    st.integers(3, 364),
    st.booleans(),
    st.booleans(),
    st.sampled_from([ScoreRule(), ScoreRule(version=1)]),
)
def test_adding_a_sticky_never_lowers_any_score(
    found: Records,
    level: int,
    before: tuple[int, int, int],
    born: list[tuple[int, int, int]],
    named: tuple[str, ...],
    day: int,
    told: bool,
    binned: bool,
    rule: ScoreRule,
) -> None:
    """One sticky after the other, with any promises out of each, for those who shared it; later even put in the bin.

    level, before: ratings on every standard, and promises kept, late and missed, so that there is a score to lower.
    born: how many promises out of each sticky are kept, kept late, and missed.
    """
    rated = [
        Rating(**base("q", n * 100 + m * 10 + k, then), person=person, standard=standard.id, value=level)
        for n, standard in enumerate(found["standards"])
        for m, person in enumerate(("p1", "p2"))
        for k, then in enumerate((day, 20, 200, 300, 310, 320))
    ]
    settled = [promise(800 + n, day, ("p1", "p2"), state, None) for n, state in enumerate(_states(before))]
    found = plus(found | {"follow_ups": []}, ratings=rated, follow_ups=settled)
    for turn, counts in enumerate(born):
        sticky = Story(
            **base("k", turn, day), kind="sticky", text="x", line="x", people=named, meeting="m" if told else None
        )
        if binned:
            sticky = msgspec.structs.replace(sticky, removed_at=moment(day))
        promised = [
            promise(900 + 50 * turn + n, day, named, state, sticky.id) for n, state in enumerate(_states(counts))
        ]
        after = plus(found, stories=[sticky], follow_ups=promised)
        for person in ("p1", "p2"):
            was, now = (score(inputs_of(records_, person), rule) for records_ in (found, after))
            assert never_lower(was, now)
        found = after


def _states(counts: tuple[int, int, int]) -> list[str]:
    return ["kept"] * counts[0] + ["late"] * counts[1] + ["missed"] * counts[2]


@steady
@given(records(), WITHIN, TAG)
def test_one_more_rating_of_5_never_lowers(found: Records, day: int, tag: str) -> None:
    more = Rating(**base("r", 900, day), person="p1", standard=tag, value=5)
    assert never_lower(scored(found), scored(plus(found, ratings=[more])))


@steady
@given(records(), WITHIN)
def test_one_more_kept_promise_never_lowers_where_promises_count(found: Records, day: int) -> None:
    before = scored(found)
    if before.part("promises").value is not None:
        assert never_lower(before, scored(plus(found, follow_ups=[promise(900, day, ("p1",), "kept", None)])))


@steady
@given(records(), WITHIN, st.integers(10, 30))
def test_one_more_satisfied_customer_never_lowers_where_customers_count(found: Records, day: int, known: int) -> None:
    some = [CustomerAnswer(f"d{n}", "p1", date(2026, 3, 1), n % 3 > 0) for n in range(known)]
    enough = plus(found, answers=some)
    more = CustomerAnswer("more", "p1", moment(day).date(), satisfied=True)
    assert never_lower(scored(enough), scored(plus(enough, answers=[more])))


@steady
@given(records(), WITHIN)
def test_one_more_training_done_never_lowers_where_training_counts(found: Records, day: int) -> None:
    before = scored(found)
    if before.part("training").value is not None:
        done = Training("more", "p1", moment(day).date(), moment(day).date())
        assert never_lower(before, scored(plus(found, trainings=[done])))


@steady
@given(records(), WITHIN)
def test_recognition_never_lowers(found: Records, day: int) -> None:
    win = Story(**base("w", 900, day), kind="win", text="x", line="x", people=("p1",), meeting="m")
    assert never_lower(scored(found), scored(plus(found, stories=[win])))
    named = NamedByCustomer("more", "p1", moment(day).date())
    assert never_lower(scored(found), scored(plus(found, mentions=[named])))


@steady
@given(records())
def test_absent_parts_leave_the_sum(found: Records) -> None:
    """The score equals the weighted mean over the present parts alone."""
    rule = ScoreRule()
    inputs = inputs_of(found)
    result = score(inputs, rule)
    present = [part for part in result.parts if part.value is not None]
    if result.value is not None:
        mean = sum(part.weight * (part.value or 0) for part in present) / sum(part.weight for part in present)
        assert abs(min(100, mean + result.bonus) - result.value) < NOISE


@steady
@given(records(), st.floats(-5, 5, allow_nan=False))
def test_an_adjustment_moves_by_no_more_than_itself_and_keeps_the_computed_number(
    found: Records, points: float
) -> None:
    plain, adjusted = scored(found), score(inputs_of(found), adjustment=points)
    assert adjusted.value == plain.value
    if adjusted.adjusted is not None and plain.value is not None:
        assert 0 <= adjusted.adjusted <= 100
        assert abs(adjusted.adjusted - plain.value) <= abs(points) + NOISE
