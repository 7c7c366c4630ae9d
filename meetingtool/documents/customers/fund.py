"""The year's sheet of the service recovery fund."""

from __future__ import annotations

from collections.abc import Sequence

from meetingtool.documents.formats.paper import Block, Column, Paper, Paragraph, Table
from meetingtool.documents.formats.tables import Cell, csv_text
from meetingtool.records.money import Money
from meetingtool.rules import wording
from meetingtool.rules.customers.fund import FundYear
from meetingtool.rules.roster import Roster

KEYS = ("day", "amount", "currency", "who", "customer", "what", "over")
"""The columns of the list of what was spent."""

UNUSED = "A fund that nobody uses gives nobody any freedom: ask why."


def sentences(year: FundYear, roster: Roster, *, room: bool = False) -> list[str]:
    """What to say about a year of the fund; in the room only sums and counts, and nobody's name."""
    spent = wording.money(Money(year.spent, year.currency))
    if year.amount is not None and year.amount.minor:
        share = year.spent * 100 / year.amount.minor
        first = f"{spent} of {wording.money(year.amount)} spent, {share:.0f} % of the money at {year.gone * 100:.0f} % "
        first += "of the year"
    else:
        first = f"{spent} spent"
    times = wording.count(len(year.entries), "time")
    if room:
        return [f"{first} · {times}"]
    people = len(year.used) + len(year.never)
    by = f" by {len(year.used)} of {wording.count(people, 'person', 'people')}" if year.own else ""
    said = [first, f"{times}{by}"]
    if year.asked:
        said.append(f"content afterwards {year.content} of {year.asked} asked")
    if year.over:
        said.append(f"over the limit in {wording.count(year.over, 'case')}")
    if year.never:
        said.append(f"never used by {wording.listed([roster.short_name(person) for person in year.never])}")
    if not year.entries and year.amount is not None:
        said.append(UNUSED)
    return said


def rows(years: Sequence[FundYear], roster: Roster) -> list[dict[str, Cell]]:
    """A row for each sum that was spent, oldest first within its currency."""
    return [
        {
            "day": entry.day,
            "amount": amount(entry.money),
            "currency": entry.money.currency,
            "who": ", ".join(roster.full_name(person) for person in entry.people),
            "customer": entry.customer,
            "what": entry.what,
            "over": amount(entry.over) if entry.over else "",
        }
        for year in years
        for entry in year.entries
    ]


def amount(money: Money) -> str:
    """`64.20`: the sum without its currency."""
    from meetingtool.records.money import minor_digits

    digits = minor_digits(money.currency)
    return f"{money.minor / 10**digits:.{digits}f}"


def fund_csv(years: Sequence[FundYear], roster: Roster) -> str:
    """What was spent as CSV."""
    return csv_text(KEYS, (tuple(row.values()) for row in rows(years, roster)))


def fund_paper(team: str, years: Sequence[FundYear], roster: Roster, who: str) -> Paper:
    """The sheet of a year: what was spent and by whom, for the manager and the office."""
    blocks: list[Block] = []
    for year in years:
        blocks.append(Paragraph(" · ".join(sentences(year, roster)) + "."))
        if year.entries:
            columns = (Column("day"), Column("amount", right=True), Column("who"), Column("customer"), Column("what"))
            lines = tuple(
                (
                    wording.day(entry.day, roster.today),
                    wording.money(entry.money) + (" !" if entry.over else ""),
                    roster.names(entry.people),
                    entry.customer,
                    entry.what,
                )
                for entry in year.entries
            )
            blocks.append(Table(columns, lines))
    if any(year.over for year in years):
        blocks.append(Paragraph("! over the limit for one case: recorded and marked, never refused."))
    blocks.append(Paragraph(f"It may be spent by {who}, without asking."))
    return Paper(f"{team}: service recovery fund", years[0].period.label, tuple(blocks))
