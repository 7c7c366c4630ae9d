"""Simulated weeks of calls. As a script: `python -m tests.rules.customers.run_weeks 10000`.

Customers buy, complain, decline and are skipped at random; whoever is on the list is called on some day of the week.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from meetingtool.records.complaints import Complaint, Step
from meetingtool.records.contacts import Contact
from meetingtool.records.customers import Customer, Purchase
from meetingtool.records.team import ServiceRule
from meetingtool.rules.customers.calls import BOUGHT_TO, REACHED, calls_of_week

RULE = ServiceRule()
PEOPLE = [f"Customer {number}" for number in range(40)]
MADE: dict[str, Any] = {"id": "A" * 26, "made_by": "pat", "made_at": datetime(2000, 1, 3, tzinfo=UTC)}


class Simulated:
    """Weeks one after the other. called: customers reached. shortest_gap: days between two calls to one customer."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.monday = date(2000, 1, 3)
        self.purchases: list[Purchase] = []
        self.complaints: list[Complaint] = []
        self.contacts: list[Contact] = []
        self.silent: dict[str, Customer] = {}
        self.reached: dict[str, date] = {}
        self.called = 0
        self.shortest_gap: int | None = None

    def run(self, weeks: int) -> None:
        """Go on for so many weeks; an AssertionError where somebody is called who may not be."""
        for _ in range(weeks):
            for day in range(5):
                self._day(self.monday + timedelta(days=day))
            self.monday += timedelta(days=7)
            self._forget_the_past()

    def _forget_the_past(self) -> None:
        long_ago, recent = self.monday - timedelta(days=120), self.monday - timedelta(days=BOUGHT_TO + 7)
        self.contacts = [each for each in self.contacts if each.at.date() > long_ago]
        self.purchases = [each for each in self.purchases if each.day > recent]
        self.complaints = [each for each in self.complaints if each.at.date() > long_ago]
        if len(self.silent) > 8:
            self.silent.pop(next(iter(self.silent)))

    def _day(self, day: date) -> None:
        pick = self.random.choice
        self.purchases += [Purchase(customer=pick(PEOPLE), day=day) for _ in range(2)]
        if self.random.random() < 0.2:
            self._complain(pick(PEOPLE), day)
        found = calls_of_week(day, self.purchases, self.complaints, self.contacts, self.silent.values(), RULE)
        waiting = [call for call in found if call.contact is None or call.contact.reached not in REACHED]
        if waiting and self.random.random() < 0.7:
            self._call(pick(waiting).customer, day)

    def _complain(self, name: str, day: date) -> None:
        at = datetime.combine(day, time(8), tzinfo=UTC)
        closed = self.random.random() < 0.5
        steps = ("received", "answered", "closed") if closed else ("received",)
        self.complaints.append(
            Complaint(
                **MADE,
                at=at,
                text="late",
                line="late",
                customer=name,
                state="closed" if closed else "open",
                steps=tuple(Step(name=step, at=at) for step in steps),  # type: ignore[arg-type]
            )
        )

    def _call(self, name: str, day: date) -> None:
        assert name not in self.silent, "called against a word"
        assert not any(each.customer == name and each.state == "open" for each in self.complaints), "in a complaint"
        reached = self.random.choice(("yes", "yes", "message", "no", "wrong", "declined", "skipped"))
        at = datetime.combine(day, time(12), tzinfo=UTC)
        self.contacts.append(Contact(**MADE, at=at, text="", line="", customer=name.upper(), reached=reached))
        if reached == "declined":
            self.silent[name] = Customer(**MADE, at=at, name=name, do_not_call=True)
        if reached in REACHED:
            self.called += 1
            if name in self.reached:
                gap = (day - self.reached[name]).days
                self.shortest_gap = min(self.shortest_gap or gap, gap)
            self.reached[name] = day


if __name__ == "__main__":
    simulated = Simulated(seed=1)
    simulated.run(int(sys.argv[1]))
    print(f"{sys.argv[1]} weeks, {simulated.called} reached, shortest gap {simulated.shortest_gap} days")
