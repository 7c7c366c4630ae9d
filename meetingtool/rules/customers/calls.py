"""Whom to call this week: drawn by week and name, so that it is the same on every machine and nobody can pick."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, get_args

import msgspec

from meetingtool.errors import Refused
from meetingtool.records.complaints import Complaint
from meetingtool.records.contacts import Contact, HandsOn, Mood, Work
from meetingtool.records.customers import Customer, Purchase
from meetingtool.records.team import ServiceRule
from meetingtool.rules.customers.complaints import closed_on, next_due
from meetingtool.rules.customers.naming import CustomerNames, is_former

BOUGHT_FROM, BOUGHT_TO = 3, 21
"""How many days ago the customers we call bought something."""

QUIET_DAYS = 90
"""Nobody is called again for this many days after a contact."""

MOODS: dict[str, Mood] = {
    "glad": "glad",
    "happy": "glad",
    "pleased": "glad",
    "content": "glad",
    "so-so": "so-so",
    "ok": "so-so",
    "unhappy": "unhappy",
    "cross": "unhappy",
    "angry": "unhappy",
}
"""What the first word of a call can say of the customer's mood."""

LONGEST_DAY = 24 * 60
MOST_TRIES = 3
REACHED = frozenset({"yes", "message", "declined"})
TRIED = frozenset({"no", "wrong"})


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A customer to be called. since: the day of purchase, or on which the complaint was closed. what: bought, or
    complained of, which is private then. person: the id or the name of whoever served. tries: without reaching anybody.

    contact: this week's, with which it is done. complaint: the id of the one that it is about.
    """

    customer: str
    why: Literal["bought", "after-complaint"]
    since: date
    what: str = ""
    person: str = ""
    telephone: str = ""
    tries: int = 0
    contact: Contact | None = None
    complaint: str = ""


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def place(monday: date, key: str) -> bytes:
    """What the customers of a week are ordered by."""
    from hashlib import sha256  # 4 MB of OpenSSL, for few

    year, week, _ = monday.isocalendar()
    return sha256(f"{year}-W{week:02}:{key}".encode()).digest()


def calls_of_week(
    day: date,
    purchases: Iterable[Purchase],
    complaints: Sequence[Complaint],
    contacts: Iterable[Contact],
    customers: Iterable[Customer],
    rule: ServiceRule,
) -> list[Call]:
    """The calls of the week of a day: those drawn from who bought lately, and whoever is to be asked after a complaint.

    The draw rests on what was known on Monday; a complaint, a wish not to be called and a skip take somebody out at
    once, and the next one moves up.
    """
    return _Week(day, complaints, contacts, customers, rule).calls(purchases)


class _Week:
    def __init__(
        self,
        day: date,
        complaints: Sequence[Complaint],
        contacts: Iterable[Contact],
        customers: Iterable[Customer],
        rule: ServiceRule,
    ) -> None:
        self.day, self.monday, self.rule = day, week_of(day), rule
        self.names = CustomerNames(customers)
        self.contacts: dict[str, list[Contact]] = defaultdict(list)
        for contact in sorted(contacts, key=lambda each: each.at):
            if contact.removed_at is None and contact.at.date() <= day:
                self.contacts[self.names.key(contact.customer)].append(contact)
        self.complaints = [each for each in complaints if each.removed_at is None and each.customer]
        self.disputed = {self.names.key(each.customer) for each in self.complaints if each.state == "open"}

    def calls(self, purchases: Iterable[Purchase]) -> list[Call]:
        asking = self._asking()
        taken = {self.names.key(call.customer) for call in asking}
        latest: dict[str, Purchase] = {}
        for purchase in purchases:
            key = self.names.key(purchase.customer)
            days = (self.monday - purchase.day).days
            if key and key not in taken and not is_former(purchase.customer) and BOUGHT_FROM <= days <= BOUGHT_TO:
                known = latest.get(key)
                if known is None or (purchase.day, purchase.what) > (known.day, known.what):
                    latest[key] = purchase
        order = sorted(latest, key=lambda key: place(self.monday, key))
        drawn = [key for key in order if self._may_be_called(key, latest[key].day, self.monday, self.monday)]
        return [*asking, *(self._bought(key, latest[key]) for key in drawn[: self.rule.calls])]

    def _may_be_called(self, key: str, since: date, before: date, day: date) -> bool:
        """Whether somebody may be called on a day, by the contacts before another one."""
        kept = self.names.kept(key)
        if key in self.disputed or (kept is not None and kept.do_not_call):
            return False
        there = self.contacts.get(key, ())
        reached = [each.at.date() for each in there if each.reached in REACHED and each.at.date() < before]
        if any((day - when).days < QUIET_DAYS for when in reached):
            return False
        if any(each.reached == "skipped" and each.at.date() >= self.monday for each in there):
            return False
        return self._tries(key, since) < MOST_TRIES

    def _tries(self, key: str, since: date) -> int:
        return sum(each.reached in TRIED and each.at.date() >= since for each in self.contacts.get(key, ()))

    def _this_week(self, key: str) -> Contact | None:
        """This week's contact in which somebody was reached, else the last try."""
        found = [c for c in self.contacts.get(key, ()) if c.at.date() >= self.monday and c.reached != "skipped"]
        reached = [each for each in found if each.reached in REACHED]
        return reached[-1] if reached else found[-1] if found else None

    def _bought(self, key: str, purchase: Purchase) -> Call:
        kept = self.names.kept(purchase.customer)
        return Call(
            customer=self.names.name(purchase.customer),
            why="bought",
            since=purchase.day,
            what=purchase.what,
            person=purchase.person,
            telephone=(kept.telephone if kept else "") or purchase.telephone,
            tries=self._tries(key, purchase.day),
            contact=self._this_week(key),
        )

    def _asking(self) -> list[Call]:
        """Whoever is to be asked after a complaint by now, and whoever was this week."""
        found: dict[str, Call] = {}
        for each in self.complaints:
            closed = closed_on(each)
            if closed is None:
                continue
            due, key = next_due(each, self.rule), self.names.key(each.customer)
            called = self._this_week(key)
            done = called is not None and called.reached in REACHED and called.why == "after-complaint"
            waits = due is not None and due.by <= self.day
            if not done and not (waits and self._may_be_called(key, closed, self.day + timedelta(days=1), self.day)):
                continue
            kept = self.names.kept(each.customer)
            found[key] = Call(
                customer=self.names.name(each.customer),
                why="after-complaint",
                since=closed,
                what=each.text,
                person=each.owner,
                telephone=kept.telephone if kept else "",
                tries=self._tries(key, closed),
                contact=called,
                complaint=each.id,
            )
        return sorted(found.values(), key=lambda call: (call.since, call.customer))


def hours_typed(line: str) -> tuple[int, Work, str]:
    """`60 phones @karim three asked the same`: minutes, where they were spent, and the rest of the line.

    Refused without the first two, for no time at all and for more than a day.
    """
    minutes, _, rest = line.strip().partition(" ")
    what, _, words = rest.strip().partition(" ")
    work: Work | None = next((each for each in get_args(Work) if each == what.casefold()), None)
    if not (minutes.isascii() and minutes.isdecimal()) or work is None:
        raise Refused(
            "Say first the minutes, then where it was.", f"Such as 60 phones; where: {', '.join(get_args(Work))}."
        )
    return checked_minutes(int(minutes)), work, words.strip()


def checked_minutes(minutes: int) -> int:
    """The minutes as given. Refused for no time at all, and for more than a day."""
    if not 0 < minutes <= LONGEST_DAY:
        raise Refused(f"{minutes} minutes is not possible.", "Give the minutes of one day, such as 60.")
    return minutes


def mood_in(text: str) -> Mood | None:
    """The mood that the first word of a call says."""
    first = re.match(r"[\w-]+", text.strip())
    return MOODS.get(first[0].casefold()) if first else None


def without_mood(text: str) -> str:
    """What a customer said, without the word for the mood that a call can begin with."""
    first = re.match(r"([\w-]+)(?:[;,.:]\s+|\s*$)", text)
    return text[first.end() :] if first and first[1].casefold() in MOODS else text


class Hours(msgspec.Struct, frozen=True):
    """The leader's own hours. weeks: minutes a week, the oldest first, this one last. goal: minutes a week."""

    weeks: tuple[int, ...]
    goal: int

    @property
    def words(self) -> str:
        """`0:40 of 1:00 this week`; without a goal `0:40 this week`."""
        of = f" of {_clock(self.goal)}" if self.goal else ""
        return f"{_clock(self.this_week)}{of} this week"

    @property
    def this_week(self) -> int:
        """Minutes of this week."""
        return self.weeks[-1]

    @property
    def met(self) -> int:
        """In how many weeks the goal was met."""
        return sum(minutes >= self.goal for minutes in self.weeks)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def hours(hands_on: Iterable[HandsOn], today: date, goal: int, weeks: int = 12) -> Hours:
    """The leader's hours over a number of weeks, up to this one."""
    monday = week_of(today)
    minutes = [0] * weeks
    for each in hands_on:
        back = (monday - week_of(each.at.date())).days // 7
        if each.removed_at is None and 0 <= back < weeks:
            minutes[weeks - 1 - back] += each.minutes
    return Hours(tuple(minutes), goal)
