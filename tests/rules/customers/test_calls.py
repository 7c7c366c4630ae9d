"""Whom to call: drawn, not picked; never twice in ninety days, nor against a word or a complaint."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from meetingtool.records.complaints import Complaint, Step
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.customers import Customer, Purchase
from meetingtool.records.team import ServiceRule
from meetingtool.rules.customers.calls import QUIET_DAYS, calls_of_week, hours, week_of
from tests.rules.customers.run_weeks import Simulated

TUESDAY = date(2026, 11, 24)
RULE = ServiceRule()
BASE: dict[str, Any] = {"id": "A" * 26, "made_at": datetime(2026, 1, 1, tzinfo=UTC), "made_by": "pat"}


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def bought(name: str, days_ago: int) -> Purchase:
    return Purchase(customer=name, day=TUESDAY - timedelta(days=days_ago))


def contact(name: str, day: date, reached: str = "yes") -> Contact:
    return Contact(**BASE, at=at(day), text="", line="", customer=name, reached=reached)  # type: ignore[arg-type]


def drawn(purchases: list[Purchase], **known: Any) -> list[str]:
    found = calls_of_week(
        known.get("day", TUESDAY),
        purchases,
        known.get("complaints", []),
        known.get("contacts", []),
        known.get("customers", []),
        known.get("rule", RULE),
    )
    return [call.customer for call in found]


def test_the_list_is_the_same_in_whatever_order_it_was_imported_and_changes_by_the_week() -> None:
    people = [bought(f"Customer {number}", 5) for number in range(30)]
    first = drawn(people)
    assert first == ["Customer 8", "Customer 21", "Customer 28"], "on every machine, for ever"
    assert drawn(people[::-1]) == drawn(people, day=week_of(TUESDAY)) == first
    assert drawn(people, day=TUESDAY + timedelta(days=7)) != first


def test_only_who_bought_between_three_days_and_three_weeks_before_monday_is_drawn() -> None:
    some = [bought(f"{days}", days) for days in (2, 3, 4, 22, 23, 40)]
    assert sorted(drawn(some, rule=ServiceRule(calls=50))) == ["22", "4"]


@pytest.mark.parametrize(
    ("known", "still"),
    [
        ({"contacts": [contact("acme", TUESDAY - timedelta(days=88))]}, False),
        ({"contacts": [contact("acme", TUESDAY - timedelta(days=91))]}, True),
        ({"contacts": [contact("Acme", TUESDAY)]}, True),
        ({"contacts": [contact("Acme", TUESDAY - timedelta(days=3), "no")] * 2}, True),
        ({"contacts": [contact("Acme", TUESDAY - timedelta(days=3), "no")] * 3}, False),
        ({"contacts": [contact("Acme", TUESDAY, "skipped")]}, False),
        ({"contacts": [contact("Acme", TUESDAY - timedelta(days=7), "skipped")]}, True),
        (
            {"customers": [Customer(**BASE, at=at(TUESDAY), name="Acme Ltd", aliases=("ACME",), do_not_call=True)]},
            False,
        ),
        ({"complaints": [Complaint(**BASE, at=at(TUESDAY), text="", line="", customer="Acme")]}, False),
    ],
)
def test_who_may_not_be_called_is_not_drawn(known: dict[str, Any], still: bool) -> None:
    assert bool(drawn([bought("Acme", 5)], **known)) is still


def test_a_closed_complaint_is_asked_after_two_weeks_on_whatever_else_is_drawn() -> None:
    closed = TUESDAY - timedelta(days=14)
    steps = tuple(Step(name=name, at=at(closed)) for name in ("received", "answered", "closed"))  # type: ignore[arg-type]
    one = Complaint(**BASE, at=at(closed), text="late", line="late", customer="Pell", state="closed", steps=steps)
    some = [bought(f"Customer {number}", 5) for number in range(9)]
    assert drawn(some, complaints=[one])[0] == "Pell"
    assert len(drawn(some, complaints=[one])) == 4
    assert "Pell" not in drawn(some, complaints=[one], day=TUESDAY - timedelta(days=1))
    assert "Pell" not in drawn(some, complaints=[one], contacts=[contact("Pell", TUESDAY)])


def test_in_simulated_weeks_nobody_is_called_twice_in_ninety_days_or_against_a_word() -> None:
    simulated = Simulated(seed=7)
    simulated.run(weeks=150)
    assert simulated.called > 150
    assert simulated.shortest_gap is not None
    assert simulated.shortest_gap >= QUIET_DAYS


def test_own_hours_are_summed_by_week() -> None:
    days = (0, -1, -7, -8, -100)
    found = [HandsOn(**BASE, at=at(TUESDAY + timedelta(days=d)), minutes=40, what="phones") for d in days]
    made = hours(found, TUESDAY, 60)
    assert made.weeks[-2:] == (80, 80)
    assert (made.this_week, made.met, len(made.weeks), sum(made.weeks)) == (80, 2, 12, 160)
