"""Answers of those who said who served them are counted by day and person; the others never name anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from meetingtool.records.surveys import Batch, Count, Measure, Served
from meetingtool.rules.customers.served import answers_in
from meetingtool.rules.customers.thinning import thinned, whole_rows
from meetingtool.rules.kinds.table import kind_of, with_ids_replaced

FIRST = date(2026, 3, 2)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
CSAT = Measure(key="csat", title="Satisfied?", scale="csat5", satisfied=4, low=1, high=5)
BATCH = Batch(
    id="b1",
    at=NOON,
    made_at=NOON,
    made_by="pat",
    survey="s1",
    file="desk.csv",
    first=FIRST,
    measures=("csat",),
    days=(0, 0, 1, 1, 1),
    values=((5, 2, 4, None, 1),),
    served=(Served("Tom Ng", "tom"), Served("A temp")),
    by=(0, 0, 1, 0, -1),
)
NEXT = FIRST + timedelta(days=1)


def told(batch: Batch, left_out: tuple[int, ...] = ()) -> set[tuple[str | None, date, bool, int, bool]]:
    found = answers_in(batch, CSAT, left_out)
    return {(one.person, one.day, one.satisfied, one.times, one.left_out) for one in found if one.times}


def test_only_a_name_on_the_team_takes_an_answer_and_a_blank_is_none() -> None:
    assert told(BATCH) == {
        ("tom", FIRST, True, 1, False),
        ("tom", FIRST, False, 1, False),
        (None, NEXT, True, 1, False),
        (None, NEXT, False, 1, False),
    }


def test_a_row_that_is_left_out_is_marked_as_such() -> None:
    assert ("tom", FIRST, False, 1, True) in told(BATCH, (1,))


def test_an_answer_of_two_who_served_is_of_both_and_of_the_team_once() -> None:
    both = msgspec.structs.replace(BATCH, served=(Served("Tom & Zoë", "tom", ("zoe",)),), by=(0, -1, -1, -1, -1))
    after = thinned(both, (CSAT,), whole_rows(both, date.max), (), NOON)
    for batch in (both, after):
        (one,) = [one for one in answers_in(batch, CSAT) if one.person and one.times]
        assert (one.person, one.others, one.times) == ("tom", ("zoe",), 1)


def test_where_nobody_says_who_served_no_answer_counts_for_a_score() -> None:
    assert told(msgspec.structs.replace(BATCH, served=(), by=())) == set()


def test_thinned_answers_count_as_they_did() -> None:
    march = date(2026, 3, 1)
    counts = (
        Count(month=march, measure="csat", n=7, satisfied=5, total=28, person="tom"),
        Count(month=march, measure="csat", n=2, satisfied=0, total=3, person="tom", left_out=True),
    )
    thinned = msgspec.structs.replace(BATCH, counts=counts, days=(), values=(), served=(), by=())
    assert told(thinned) == {
        ("tom", march, True, 5, False),
        ("tom", march, False, 2, False),
        ("tom", march, False, 2, True),
    }


def test_of_a_batch_that_is_partly_old_the_old_answers_become_counts_and_the_others_keep_their_places() -> None:
    batch = msgspec.structs.replace(
        BATCH, days=(0, 40), values=((5, 4),), ids=("r1", "r2"), comments=("old", "new"), by=(0, 0)
    )
    before, now = batch.first + timedelta(days=10), batch.at
    rows = whole_rows(batch, before)
    half = thinned(batch, (CSAT,), rows, (), now)
    assert (rows, half.values, half.ids, half.comments, half.by) == (
        [0],
        ((None, 4),),
        ("", "r2"),
        ("", "new"),
        (-1, 0),
    )
    assert [(one.n, one.satisfied, one.total, one.person) for one in half.counts] == [(1, 1, 5, "tom")]
    assert sum(one.times for one in answers_in(half, CSAT)) == sum(one.times for one in answers_in(batch, CSAT)) == 2
    assert whole_rows(half, before) == []
    rest = thinned(half, (CSAT,), whole_rows(half, date.max), (), now)
    assert (rest.days, rest.ids, rest.comments, [one.n for one in rest.counts]) == ((), (), (), [1, 1])


def test_the_answers_of_an_entry_that_was_merged_go_to_the_one_that_stays() -> None:
    moved = with_ids_replaced(BATCH, {"tom": "thomas"})
    assert kind_of(moved).people(moved) == ("thomas",)
    assert with_ids_replaced(BATCH, {"maria": "mary"}) is BATCH
    both = msgspec.structs.replace(BATCH, served=(Served("Tom & T. Ng", "tom", ("zoe", "tom2")),) * 2)
    merged = with_ids_replaced(both, {"tom2": "tom"})
    assert (merged.served[0].person, merged.served[0].others) == ("tom", ("zoe",))
