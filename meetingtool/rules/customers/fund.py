"""The service recovery fund: what was spent to put things right, by whom, and who never used it.

Every currency is a sum by itself. Over the limit for a case is marked, never refused: latitude is the point.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec

from meetingtool.records.complaints import Complaint
from meetingtool.records.money import Money
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.records.team import FormerLimit, ServiceRule
from meetingtool.rules.people.periods import Period, period_of, year_of


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """Money of the fund that was spent in one case. people: ids of who spent it. record: the id of its record.

    over: by how much it takes its case over the limit for one, in the same currency. private: whether its record is.
    """

    day: date
    money: Money
    people: tuple[str, ...]
    customer: str
    what: str
    record: str
    private: bool
    over: Money | None = None


class FundYear(msgspec.Struct, frozen=True, kw_only=True):
    """A year of the fund in one currency. amount: what the fund has; None where no amount is set.

    own: whether the fund is in this currency; only then is it said how many people used it. spent: in minor
    units. gone: the share of the year that has gone by, from 0 to 1. used, never: ids of people who used it, and of
    those on the team who meet customers and did not. asked, content: of the closed complaints in which it was used.
    """

    period: Period
    currency: str
    own: bool
    amount: Money | None
    spent: int
    gone: float
    entries: tuple[Spent, ...]
    used: tuple[str, ...]
    never: tuple[str, ...]
    content: int
    asked: int

    @property
    def over(self) -> int:
        """How many cases were over the limit."""
        return len({entry.record for entry in self.entries if entry.over is not None})


def limit_at(moment: datetime, rule: ServiceRule) -> Money | None:
    """The most for one case that held at a moment: a limit that is set later marks nothing that was spent before."""
    return next((each.limit for each in rule.fund_case_before if moment < each.until), rule.fund_case)


def with_limit(rule: ServiceRule, limit: Money | None, now: datetime) -> ServiceRule:
    """The rule with another limit from now on."""
    if limit == rule.fund_case:
        return rule
    former = FormerLimit(until=now, limit=rule.fund_case)
    return msgspec.structs.replace(rule, fund_case=limit, fund_case_before=(*rule.fund_case_before, former))


OVER = "{} of that is over the limit for one case. It is recorded and marked."


def overs(complaint: Complaint, rule: ServiceRule) -> dict[int, Money]:
    """By how much the offers of a case, by their place, take it over the limit."""
    return {place: over for place, over in _sums(complaint, rule) if over is not None}


def last_over(complaint: Complaint, rule: ServiceRule) -> Money | None:
    """By how much the offer noted last takes its case over the limit."""
    return overs(complaint, rule).get(len(complaint.offers) - 1)


def _sums(case: Story | Complaint, rule: ServiceRule) -> list[tuple[int, Money | None]]:
    """The sums of a case that count, by their place among its offers: by how much each takes it (further) over the
    limit, so that they add up to what the case is over. What was spent in another currency has no limit."""
    before = 0
    found: list[tuple[int, Money | None]] = []
    for place, money in _spent_in(case):
        over, limit = None, limit_at(case.at if isinstance(case, Story) else case.offers[place].at, rule)
        if limit is not None and money.currency == limit.currency:
            further = max(0, before + money.minor - limit.minor) - max(0, before - limit.minor)
            before += money.minor
            over = Money(further, limit.currency) if further else None
        found.append((place, over))
    return found


def _spent_in(case: Story | Complaint) -> list[tuple[int, Money]]:
    """What a case took of the fund. What a customer did not take was not spent, and nothing is no sum."""
    if isinstance(case, Story):
        return [(0, case.fund)] if case.fund is not None and case.fund.minor else []
    return [
        (place, offer.money)
        for place, offer in enumerate(case.offers)
        if offer.from_fund and offer.money is not None and offer.money.minor and offer.taken is not False
    ]


def spending(stories: Iterable[Story], complaints: Iterable[Complaint], rule: ServiceRule) -> list[Spent]:
    """What was spent, oldest first. Of a complaint its owner spent it."""
    cases: list[Story | Complaint] = [*stories, *complaints]
    found: list[Spent] = []
    for case in cases:
        if case.removed_at is None:
            overs = dict(_sums(case, rule))
            found += [_spent(case, place, money, overs[place]) for place, money in _spent_in(case)]
    return sorted(found, key=lambda entry: (entry.day, entry.record))


def _spent(case: Story | Complaint, place: int, money: Money, over: Money | None) -> Spent:
    if isinstance(case, Story):
        day, people, what = case.at.date(), case.people, case.text
    else:
        offer = case.offers[place]
        day, what = offer.at.date(), offer.words or case.text
        people = (case.owner,) if case.owner else ()
    return Spent(
        day=day,
        money=money,
        people=people,
        customer=case.customer,
        what=what,
        record=case.id,
        private=case.private,
        over=over,
    )


def told_in_room(years: Iterable[FundYear]) -> Spent | None:
    """The one case that the team hears of: the latest that is not private."""
    return next((entry for year in years for entry in reversed(year.entries) if not entry.private), None)


def fund_period(day: date, rule: ServiceRule) -> Period:
    """The year of the fund that a day belongs to."""
    return period_of(year_of(day, rule.fund_starts), rule.fund_starts)


def fund_years(
    period: Period,
    spent: Sequence[Spent],
    complaints: Sequence[Complaint],
    people: Sequence[Person],
    rule: ServiceRule,
    today: date,
    currency: str,
) -> list[FundYear]:
    """One year of the fund: once for the team's currency, and once for every other one in which money was spent."""
    within = [entry for entry in spent if entry.day in period]
    own = rule.fund.currency if rule.fund else currency
    currencies = dict.fromkeys([own, *(e.money.currency for e in within)])
    asked = {each.id: each.content for each in complaints if each.content != "unasked"}
    days = (period.until - period.since).days + 1
    gone = min(max((today - period.since).days + 1, 0), days) / days
    years = []
    for code in currencies:
        entries = tuple(entry for entry in within if entry.money.currency == code)
        used = tuple(dict.fromkeys(person for entry in entries for person in entry.people))
        contents = [asked[record] for record in dict.fromkeys(e.record for e in entries) if record in asked]
        years.append(
            FundYear(
                period=period,
                currency=code,
                own=code == own,
                amount=rule.fund if rule.fund is not None and rule.fund.currency == code else None,
                spent=sum(entry.money.minor for entry in entries),
                gone=gone,
                entries=entries,
                used=used,
                never=tuple(p.id for p in people if code == own and p.meets_customers and p.id not in used),
                content=contents.count("yes"),
                asked=len(contents),
            )
        )
    return years
