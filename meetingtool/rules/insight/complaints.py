"""Complaints together: what they came from, whether they were answered in time, and how customers felt afterwards.

For the manager alone, and about no person: neither whom a complaint is about nor who owned it is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from meetingtool.records.complaints import Complaint
from meetingtool.records.team import ServiceRule
from meetingtool.rules import wording
from meetingtool.rules.customers.complaints import CAUSES, Sums, closed_on, sums
from meetingtool.rules.insight.sums import few, month_key, month_label
from meetingtool.rules.insight.view import Behind, Chart, PictureLine, Section, TableRow, View, these
from meetingtool.rules.people.periods import Period, months_of

NO_CAUSE = "not said yet"
BAR = "█"


def by_cause(period: Period, complaints: Iterable[Complaint], rule: ServiceRule, today: date) -> View:
    """The complaints that came in during a period, by cause and by month, with what was learned."""
    found = sorted((each for each in complaints if each.at.date() in period), key=lambda each: each.at)
    whole = sums(found, rule, today)
    causes = [cause for cause, _ in whole.causes]
    rows = [_row(CAUSES[cause], [each for each in found if each.cause == cause], rule, today) for cause in causes]
    unsaid = [each for each in found if each.cause is None]
    rows += [_row(NO_CAUSE, unsaid, rule, today)] if unsaid else []
    months = months_of(period)
    by_month = [[each for each in found if month_key(each.at.date()) == month_key(month)] for month in months]
    heads = ("Complaints", "In time", "Content")
    return View(
        name="complaints",
        counts_nothing=not found,
        title="What complaints came from",
        subtitle=_subtitle(period, whole),
        sections=(
            Section(title="By cause", columns=("Cause", *heads), rows=tuple(rows)),
            Section(
                title="By month",
                columns=("Month", *heads),
                rows=tuple(
                    _row(wording.month(month), own, rule, today) for month, own in zip(months, by_month, strict=True)
                ),
            ),
            _learned(found),
        ),
        chart=Chart(
            labels=tuple(map(month_label, months)),
            months=period,
            lines=(PictureLine("received", BAR, tuple(map(len, by_month))),),
            unit="complaints",
        ),
        cautions=(
            "It counts what was written down: more complaints can mean that people dare to pass them on.",
            "In time: of those answered, or late by now, how many by their date, or by one the customer agreed to.",
            "Content: of the customers who were asked after closing.",
            *few(len(found), "complaint"),
        ),
    )


def _subtitle(period: Period, whole: Sums) -> str:
    said = [wording.count(whole.complaints, "complaint"), period.label]
    if whole.decided:
        said.insert(1, f"answered in time {whole.in_time} of {whole.decided}")
    if whole.asked:
        said.insert(-1, f"content afterwards {whole.content} of {whole.asked} asked")
    return ", ".join(said)


def _row(name: str, own: Sequence[Complaint], rule: ServiceRule, today: date) -> TableRow:
    made = sums(own, rule, today)
    timely = f"{made.in_time} of {made.decided}" if made.decided else ""
    content = f"{made.content} of {made.asked}" if made.asked else ""
    return TableRow((name, len(own), timely, content), these(each.id for each in own))


def _learned(found: Sequence[Complaint]) -> Section:
    closed = [(day, each) for each in found if each.lesson and (day := closed_on(each)) is not None]
    rows = tuple(
        TableRow((day, CAUSES[each.cause] if each.cause else "", each.lesson), Behind(record=each.id))
        for day, each in sorted(closed, key=lambda pair: (pair[0], pair[1].id), reverse=True)
    )
    return Section(
        title="What we learned",
        columns=("Closed", "Cause", "Lesson"),
        rows=rows,
        empty="No complaint of this period is closed with a lesson yet.",
    )
