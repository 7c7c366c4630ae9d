"""How the team is, beside how satisfied its customers are; and a year's numbers side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.records.team import ServiceRule
from meetingtool.rules import wording
from meetingtool.rules.customers.complaints import Sums, sums
from meetingtool.rules.customers.shares import Tally
from meetingtool.rules.insight.courses import FIRST_MARK, SECOND_MARK
from meetingtool.rules.insight.sums import (
    Honoured,
    best,
    decided_promises,
    few,
    month_key,
    month_label,
    of_kind,
    quarters_of,
    query_of,
    story_section,
    within,
)
from meetingtool.rules.insight.view import NOTHING, Behind, Chart, PictureLine, Section, TableRow, View, found_by
from meetingtool.rules.people.periods import Period, month_of, months_of, period_of, year_of
from meetingtool.rules.people.pulse import HIGHEST, LEAST, SPREAD, ShownRound, StatementResult
from meetingtool.rules.playbook.training import Due
from meetingtool.rules.roster import Roster

SATISFIED = "customers satisfied"
AGREES = "the team agrees"
BEST = 5
"""How many wins are on a page."""
BARS = "▁▂▃▄▅▆▇█"
MOST_MONTHS = 18
"""With more of them a page draws no course."""
MOST_QUARTERS = 6
"""With more of them a page has a column for each year."""

Satisfaction = Mapping[str, Tally]
"""Tallies by month, `2026-11`: the answers of customers to the question that counts."""


def pulse(period: Period, told: Sequence[ShownRound], satisfied: Satisfaction) -> View:
    """The rounds of a period, the newest first, and their course beside the customers' satisfaction."""
    months = months_of(period)
    shares = {month_key(each.round.at.date()): each.agreement for each in told if each.agreement is not None}
    nothing = Section(
        title="Rounds",
        columns=("When",),
        rows=(),
        empty="The team has not been asked in this time. P in a meeting asks it.",
    )
    beside = tuple(
        TableRow((wording.month(month), _percent(shares[key]), _percent(_share(satisfied, month))))
        for month in months
        if (key := month_key(month)) in shares
    )
    sections = [_round(each) for each in reversed(told)] or [nothing]
    cautions = [
        f"Fewer than {LEAST} answers are never kept. Where at most one answer changed since the round before, a "
        "statement is shown as it was then, with ± how far one answer could move it; what nearly all agree on is "
        "shown as “or more”. Where all but one answered alike, that one can still work out what the others gave.",
        "It says how those who answered felt on that day. It is part of no evaluation.",
    ]
    if beside:
        sections.append(Section(title="Beside the customers", columns=("Month", "We agree", "Satisfied"), rows=beside))
        cautions.append("That both rise or fall in a month does not show that one causes the other.")
    return View(
        name="pulse",
        title="How the team is",
        subtitle=f"its pulse, {period.label}",
        counts_nothing=not shares,
        sections=tuple(sections),
        chart=Chart(
            labels=tuple(map(month_label, months)),
            months=period,
            lines=(
                PictureLine(AGREES, FIRST_MARK, tuple(shares.get(month_key(month)) for month in months)),
                PictureLine(SATISFIED, SECOND_MARK, tuple(_share(satisfied, month) for month in months)),
            ),
            unit="%",
            bars=False,
            reach=(0, 100),
        )
        if shares
        else None,
        cautions=tuple(cautions),
    )


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0f} %"


def _round(told: ShownRound) -> Section:
    asked = told.round
    rows = tuple(
        TableRow((one.statement, mean_words(one), agreed_words(one), change_words(one))) for one in told.results
    )
    answered = f"{asked.answered} of {asked.asked} answered" if asked.answered else f"{asked.asked} asked"
    return Section(
        title=f"{wording.day_in_full(asked.at.date())} · {answered}",
        columns=("Statement", f"Mean of {HIGHEST}", "Agree", "Change"),
        rows=rows,
        empty=f"Fewer than {LEAST} answered, so nothing was kept.",
    )


def mean_words(result: StatementResult) -> str:
    """`3.4`, `4.6 or more`; `3.4 ±0.8` where one answer may have moved it by that since."""
    if result.margin:
        return f"{result.mean:.1f} ±{result.margin:.1f}"
    least, most = SPREAD
    more = " or more" if result.mean >= most else " or less" if result.mean <= least else ""
    return f"{result.mean:.1f}{more}"


def agreed_words(result: StatementResult) -> str:
    """`4 of 6`, `5 or more of 6`."""
    more = " or more" if result.agreed >= result.n - 1 else " or fewer" if result.agreed <= 1 else ""
    return f"{result.agreed}{more} of {result.n}"


def change_words(result: StatementResult) -> str:
    """`+0.3`, `−0.4`, `as before`."""
    if result.change is None:
        return "as before" if result.as_before else ""
    number = round(result.change, 1)
    return f"{'+' if number > 0 else '−'}{abs(number):.1f}" if number else "as before"


def _share(satisfied: Satisfaction, month: date) -> float | None:
    tally = satisfied.get(month_key(month), Tally())
    return 100 * tally.satisfied / tally.n if tally.n else None


class Year:
    """What a year on one page is made from, as far as it may be seen. None is what must not be shown."""

    def __init__(
        self,
        *,
        stories: Iterable[Story],
        follow_ups: Iterable[FollowUp],
        meetings: Iterable[Meeting],
        rounds: Iterable[ShownRound],
        satisfied: Mapping[str, Satisfaction],
        complaints: Sequence[Complaint] | None,
        dues: Sequence[Due] | None,
        service: ServiceRule,
        today: date,
    ) -> None:
        """satisfied: by the name of the survey. dues: of trainings, of everybody."""
        self.stories, self.follow_ups, self.meetings = list(stories), list(follow_ups), list(meetings)
        self.rounds, self.satisfied, self.complaints, self.dues = list(rounds), satisfied, complaints, dues
        self.service, self.today = service, today

    def rows(self, period: Period) -> list[tuple[str, Callable[[Period], str], Behind]]:
        """The rows of the page: a name, what it was in a span of time, and what is behind it."""
        found: list[tuple[str, Callable[[Period], str], Behind]] = []
        for name, months in self.satisfied.items():
            title = wording.shortened(name, 30)
            found.append((f"{title}: satisfied", partial(_satisfied, months), NOTHING))
            found.append((f"{title}: answers", partial(_answers, months), NOTHING))
        if self.complaints:
            found.append(("Complaints", self._complaints, found_by("is:complaint")))
            found.append(("– answered in time", self._in_time, Behind(view="complaints")))
        found.append(("Promises kept", self._promises, Behind(view="promises")))
        if self.dues:
            found.append(("Trainings done", self._trainings, NOTHING))
        if self.rounds:
            found.append(("Pulse of the team: agree", self._pulse, Behind(view="pulse")))
        for kind, title in (("win", "Wins told"), ("sticky", "Sticky situations told"), ("praise", "Thanks")):
            behind = found_by(query_of(f"is:{kind}", within(period)))
            found.append((title, partial(self._told, kind), behind))
        found.append(("Meetings held", self._held, Behind(view="meetings")))
        found.append(("– as the team rated them", self._rated, Behind(view="meetings")))
        return found

    def _complained(self, span: Period) -> Sums:
        return sums([c for c in self.complaints or () if c.at.date() in span], self.service, self.today)

    def _complaints(self, span: Period) -> str:
        return str(self._complained(span).complaints or "")

    def _in_time(self, span: Period) -> str:
        made = self._complained(span)
        return _of(made.in_time, made.decided)

    def _promises(self, span: Period) -> str:
        decided = decided_promises(self.follow_ups, span)
        return _of(sum(f.state == "kept" for f in decided), len(decided))

    def _trainings(self, span: Period) -> str:
        asked = (d for d in self.dues or () if not d.excused and d.due in span)
        due = [d for d in asked if d.due < self.today or (d.due == self.today and d.done)]
        return _of(sum(d.done is not None for d in due), len(due))

    def _pulse(self, span: Period) -> str:
        shares = [s for r in self.rounds if r.round.at.date() in span and (s := r.agreement) is not None]
        return f"{sum(shares) / len(shares):.0f} %" if shares else ""

    def _told(self, kind: str, span: Period) -> str:
        return str(len(of_kind((s for s in self.stories if s.at.date() in span), kind)) or "")

    def _held(self, span: Period) -> str:
        return str(len(self._meetings_in(span)) or "")

    def _rated(self, span: Period) -> str:
        votes = [vote for m in self._meetings_in(span) for vote in m.team_rating]
        return f"{sum(votes) / len(votes):.1f}" if votes else ""

    def _meetings_in(self, span: Period) -> list[Meeting]:
        return [m for m in self.meetings if m.state == "closed" and m.at.date() in span]


def _tally_in(months: Satisfaction, span: Period) -> Tally:
    keys = {month_key(month) for month in months_of(span)}
    return sum((tally for month, tally in months.items() if month in keys), Tally())


def _satisfied(months: Satisfaction, span: Period) -> str:
    tally = _tally_in(months, span)
    return f"{100 * tally.satisfied / tally.n:.0f} %" if tally.n else ""


def _answers(months: Satisfaction, span: Period) -> str:
    n = _tally_in(months, span).n
    return f"{n:,}" if n else ""


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else ""


def _spans(period: Period, year_starts: int) -> list[Period]:
    """The columns: quarters, or years where there would be more than six; each as far as the period has it."""
    quarters = quarters_of(period, year_starts)
    if len(quarters) > MOST_QUARTERS:
        first, last = year_of(period.since, year_starts), year_of(period.until, year_starts)
        whole = [period_of(year, year_starts) for year in range(first, last + 1)]
        return [Period(max(y.since, period.since), min(y.until, period.until), y.label) for y in whole]
    found = []
    for since, until in quarters:
        span = Period(max(since, period.since), min(until, period.until), "")
        first_month, last_month = (wording.MONTHS[day.month - 1] for day in (span.since, span.until))
        label = first_month if first_month == last_month else f"{first_month}–{last_month}"
        found.append(Period(span.since, span.until, label))
    return found


def _course(cells: Iterable[str]) -> str:
    """The numbers in cells as small bars, from nought up to the most there can be; a dot where there is nothing."""
    values = [_value(cell) for cell in cells]
    known = [value for value, _ in values if value is not None]
    top = max([most for _, most in values if most] or known, default=0)
    return "".join(BARS[round(v / top * (len(BARS) - 1))] if v is not None and top else "·" for v, _ in values)


def _value(cell: str) -> tuple[float | None, float]:
    """The number in a cell, and the most that it could be where that is fixed, as for a share; else 0."""
    if " of " in cell:
        part, whole = cell.split(" of ")
        return int(part) / int(whole), 1
    number = cell.removesuffix(" %").replace(",", "")
    return (float(number), 100 if cell.endswith(" %") else 0) if number else (None, 0)


def on_one_page(period: Period, year: Year, year_starts: int, roster: Roster, honoured: Honoured = iter) -> View:
    """What a year was, side by side, quarter by quarter: for the team, and for the manager's own manager. honoured: see
    `best`."""
    spans, months = _spans(period, year_starts), [month_of(day) for day in months_of(period)]
    drawn = len(months) <= MOST_MONTHS
    made = [
        TableRow(
            (name, *(shown(span) for span in spans), shown(period), *([_course(map(shown, months))] if drawn else [])),
            behind,
        )
        for name, shown, behind in year.rows(period)
    ]
    rows = tuple(row for row in made if any(row.cells[1:]))
    columns = ("What", *(span.label for span in spans), "All", *(["By month"] if drawn else []))
    kept_out = year.complaints is None
    picked = best(of_kind(year.stories, "win"), BEST, honoured)
    return View(
        name="page",
        counts_nothing=not rows,
        title=f"{period.label[0].upper()}{period.label[1:]} on one page",
        subtitle=f"{wording.day_in_full(period.since)} to {wording.day_in_full(period.until)}",
        sections=(
            Section(title="Side by side", columns=columns, rows=rows),
            story_section("What it was like", picked, roster, "No win was told."),
        ),
        cautions=(
            "The lines stand side by side. None of them says that another one caused it.",
            "Wins and sticky situations count what was told, not what happened.",
            "Quarters with few answers move a lot by chance; the alerts of a survey say which fall is real.",
            *(("The bars of the months begin at nought; a dot is a month without any.",) if drawn else ()),
            *(("Complaints and trainings are on the manager’s own copy alone.",) if kept_out else ()),
            *few(len(year.stories), "story", "stories"),
        ),
    )
