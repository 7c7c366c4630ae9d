"""The service recovery fund: what was spent in a year, and its limits."""

from __future__ import annotations

from datetime import date, timedelta

from meetingtool.actions.desk import Desk
from meetingtool.records.complaints import Complaint
from meetingtool.rules.customers.fund import FundYear, fund_period, fund_years, spending
from meetingtool.rules.days import moved
from meetingtool.rules.people.periods import Period, period_of, year_of

BEFORE = timedelta(days=800)
"""How long before money is offered the complaint may have come in."""


def fund_of(desk: Desk, on: date | None = None) -> list[FundYear]:
    """The year of the fund that a day belongs to, once for each currency. In the room, what was kept back isn't in the
    sums either, which would reveal it."""
    rule = desk.settings.service
    period = fund_period(on or desk.today, rule)
    workspace = desk.workspace
    stories = desk.stories(period.since, period.until)
    early = moved(period.since, -BEFORE)
    complaints = workspace.find(Complaint, since=early, until=period.until)
    complaints = [each for each in complaints if not (desk.room and each.kept_back)]
    spent = spending(stories, complaints, rule)
    people = [person for person in desk.roster.everyone if person.on_team(min(desk.today, period.until))]
    return fund_years(period, spent, complaints, people, rule, desk.today, desk.settings.currency)


def fund_periods(desk: Desk) -> list[Period]:
    """The years of the fund, this one first, as far back as there are records."""
    starts = desk.settings.service.fund_starts
    this = year_of(desk.today, starts)
    first = min([this, *desk.workspace.years()])
    return [period_of(year, starts) for year in range(this, first - 1, -1)]
