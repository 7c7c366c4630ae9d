"""Looking back at one thing: a person, a standard, a customer; this week in earlier years; the year in review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.insight.sums import (
    Honoured,
    best,
    by_month,
    customer_term,
    decided_promises,
    few,
    joined_and_left,
    kind_cells,
    learned_section,
    month_key,
    of_kind,
    on_the_team,
    person_term,
    quarter_label,
    quarters_of,
    query_of,
    standard_term,
    story_section,
    within,
)
from meetingtool.rules.insight.view import Behind, Section, TableRow, View, found_by, these
from meetingtool.rules.people.periods import Period, months_of
from meetingtool.rules.roster import Roster

BEST = 25


def person(
    who: Person,
    period: Period,
    stories: Iterable[Story],
    follow_ups: Iterable[FollowUp],
    roster: Roster,
    *,
    year_starts: int = 1,
    honoured: Honoured = iter,
) -> View:
    """What was told about a person: by quarter, by standard, praise, promises, and the wins themselves. honoured: see
    `best`."""
    own = [s for s in stories if who.id in s.people and s.at.date() in period and s.removed_at is None]
    mine = [f for f in follow_ups if who.id in f.people and f.at.date() in period and f.removed_at is None]
    wins, praise = of_kind(own, "win"), of_kind(own, "praise")
    shown_wins = best(wins, BEST, honoured)
    no_wins = "None is shown while the screen is shared." if wins else "No wins were recorded."
    promises = [f for f in mine if f.kind == "promise"]
    term = person_term(who.id, roster)
    return View(
        name="person",
        title=wording.one_line(who.name),
        subtitle=f"What was told, {period.label}",
        sections=(
            Section(
                title="By quarter",
                columns=("Quarter", "Wins", "Stickies", "Thanks", "Promises"),
                rows=_quarters(term, period, own, promises, year_starts),
            ),
            Section(
                title="Standards shown",
                columns=("Standard", "Title", "Wins"),
                rows=_standards_shown(term, period, wins, roster),
                empty="No win names a standard yet.",
            ),
            story_section("Thanks", praise[::-1], roster, "No thanks to show here."),
            story_section("Promises", promises[::-1], roster, "No promises to show here."),
            story_section("Wins", shown_wins, roster, no_wins),
        ),
        cautions=(
            "This is what was told in meetings, which depends on who speaks up.",
            *few(len(own), "story", "stories"),
            *joined_and_left([who], period),
        ),
    )


def _quarters(
    term: str, period: Period, stories: Sequence[Story], promises: Sequence[FollowUp], year_starts: int
) -> tuple[TableRow, ...]:
    """What somebody told and promised, by quarter. term: that finds the person."""
    rows = []
    for since, until in quarters_of(period, year_starts):
        then = [s for s in stories if since <= s.at.date() <= until]
        made = [f for f in promises if since <= f.at.date() <= until]
        span = within(Period(max(since, period.since), min(until, period.until), ""))
        counts = [len(of_kind(then, kind)) for kind in ("win", "sticky", "praise")]
        promised = f"{sum(f.state == 'kept' for f in made)} of {len(made)} kept" if made else ""
        inside = (*kind_cells(term, span), found_by(query_of(term, "is:promise", span)))
        label = quarter_label(since, until, period)
        rows.append(TableRow((label, *counts, promised), found_by(query_of(term, span)), inside))
    return tuple(rows)


def _standards_shown(term: str, period: Period, wins: Sequence[Story], roster: Roster) -> tuple[TableRow, ...]:
    """How many wins name each standard, the most first. term: that finds the person."""
    shown = Counter(standard for story in wins for standard in set(story.standards))
    return tuple(
        TableRow(
            (f"#{roster.tag(s)}", _title(roster.standard_of(s)), n),
            found_by(query_of(term, standard_term(s, roster), "is:win", within(period))),
        )
        for s, n in sorted(shown.items(), key=lambda counted: (-counted[1], roster.tag(counted[0])))
        if roster.tag(s)
    )


def _title(standard: Standard | None) -> str:
    return standard.title if standard else ""


def standard(
    what: Standard, period: Period, stories: Iterable[Story], roster: Roster, honoured: Honoured = iter
) -> View:
    """The team's own textbook on a standard: its best stories, and what was learned where it was hard. honoured: see
    `best`."""
    own = [s for s in stories if what.id in s.standards and s.at.date() in period and s.removed_at is None]
    wins, stickies = of_kind(own, "win"), of_kind(own, "sticky")
    shown = Counter(p for story in wins for p in set(story.people))
    by_name = sorted(shown, key=lambda p: roster.short_name(p).casefold())
    told = f"{wording.count(len(wins), 'win')}, {wording.count(len(stickies), 'sticky situation')}"
    term = standard_term(what.id, roster)
    people = tuple(
        TableRow(
            (roster.short_name(p), shown[p]), found_by(query_of(term, person_term(p, roster), "is:win", within(period)))
        )
        for p in by_name
    )
    return View(
        name="standard",
        title=f"#{what.tag} · {wording.one_line(what.title)}",
        subtitle=f"{told}, {period.label}",
        sections=(
            story_section("Its best stories", best(wins, BEST, honoured), roster, "No win shows it yet."),
            learned_section(stickies),
            Section(title="Who showed it", columns=("Who", "Wins"), rows=people, empty="Nobody yet."),
        ),
        cautions=("The best are those you starred, then the newest.", *few(len(wins), "win")),
    )


def customer(
    name: str,
    stories: Iterable[Story],
    follow_ups: Iterable[FollowUp],
    roster: Roster,
    today: date,
) -> View:
    """Everything that happened with a customer, the newest first. The name is compared without case and accents."""
    wanted = fold(name)
    own = [s for s in stories if s.removed_at is None and fold(s.customer) == wanted]
    promised = [f for f in follow_ups if f.removed_at is None and fold(f.customer) == wanted]
    happened: list[Story | FollowUp] = sorted([*own, *promised], key=lambda r: (r.at.timestamp(), r.id), reverse=True)
    waiting = sorted((f for f in promised if f.state == "open"), key=lambda f: (f.due or date.max, f.id))
    known = Counter(p for record in happened for p in set(record.people))
    people = tuple(
        TableRow((roster.short_name(p), n), found_by(query_of(customer_term(name), person_term(p, roster))))
        for p, n in sorted(known.items(), key=lambda counted: (-counted[1], roster.short_name(counted[0])))
    )
    since = f" since {wording.day(happened[-1].at.date(), today)}" if happened else ""
    return View(
        name="customer",
        title=wording.one_line(happened[0].customer) if happened else wording.one_line(name),
        subtitle=f"{wording.count(len(happened), 'entry', 'entries')}{since}",
        sections=(
            story_section("Open with them", waiting, roster, "Nothing is open."),
            story_section("Everything that happened", happened, roster, "Nothing has been noted about this customer."),
            Section(title="Who was there for them", columns=("Who", "Entries"), rows=people, empty="Nobody yet."),
        ),
        cautions=("Only records that name the customer with ^ are here; search to find a name in the text.",),
    )


def customers(period: Period, stories: Iterable[Story], follow_ups: Iterable[FollowUp]) -> tuple[tuple[str, int], ...]:
    """The customers named in a period, in their latest spelling, with how many entries each has; the most frequent
    first."""
    number: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    records: list[Story | FollowUp] = [*stories, *follow_ups]
    for record in sorted(records, key=lambda r: r.at.timestamp()):
        if record.customer and record.removed_at is None and record.at.date() in period:
            number[fold(record.customer)] += 1
            spelt[fold(record.customer)] = record.customer
    return tuple((spelt[key], n) for key, n in sorted(number.items(), key=lambda counted: (-counted[1], counted[0])))


def week_of(day: date, year: int) -> tuple[date, date]:
    """Monday to Sunday of the week around the same day of another year."""
    try:
        same = day.replace(year=year)
    except ValueError:
        same = date(year, 2, 28)
    monday = same - timedelta(days=same.weekday())
    return monday, monday + timedelta(days=6)


def this_week(today: date, stories: Iterable[Story], roster: Roster) -> View:
    """What was told in this week of earlier years: a section a year, the latest first."""
    kept = [s for s in stories if s.removed_at is None]
    years = sorted({s.at.year for s in kept if s.at.year < today.year}, reverse=True)
    sections = []
    for year in years:
        since, until = week_of(today, year)
        then = [s for s in kept if since <= s.at.date() <= until]
        then.sort(key=lambda s: (s.kind != "win", not s.starred, s.at))
        if then:
            ago = wording.count(today.year - year, "year")
            sections.append(story_section(f"{year}, {ago} ago", then, roster, ""))
    nothing = story_section("Earlier years", (), roster, "Nothing was told in this week of an earlier year.")
    since, until = week_of(today, today.year)
    return View(
        name="week",
        title="This week in earlier years",
        subtitle=f"{wording.day(since, today)} to {wording.day(until, today)}",
        sections=tuple(sections) or (nothing,),
        cautions=("The week is the one around the same day of the month.",),
    )


def year(
    period: Period,
    stories: Iterable[Story],
    follow_ups: Iterable[FollowUp],
    meetings: Iterable[Meeting],
    roster: Roster,
    honoured: Honoured = iter,
) -> View:
    """The year in review: its numbers, its months, its standards, its best stories. honoured: see `best`."""
    own = [s for s in stories if s.at.date() in period and s.removed_at is None]
    wins, stickies = of_kind(own, "win"), of_kind(own, "sticky")
    inside = within(period)
    shown = Counter(standard for story in wins for standard in set(story.standards))
    standards = tuple(
        TableRow((f"#{s.tag}", s.title, shown[s.id]), found_by(query_of(standard_term(s.id, roster), "is:win", inside)))
        for s in roster.all_standards
        if shown[s.id] or s in roster.standards
    )
    numbers = _numbers(period, own, list(follow_ups), list(meetings))
    return View(
        name="year",
        counts_nothing=not any(row.cells[1] for row in numbers.rows),
        title=f"{period.label[0].upper()}{period.label[1:]} in review",
        subtitle=f"{wording.day_in_full(period.since)} to {wording.day_in_full(period.until)}",
        sections=(
            numbers,
            Section(title="By month", columns=("Month", "Wins", "Stickies", "Thanks"), rows=_months(period, own)),
            Section(
                title="Standards",
                columns=("Standard", "Title", "Wins"),
                rows=standards,
                empty="There are no standards.",
            ),
            story_section("The best stories", best(wins, 10, honoured), roster, "No wins were told."),
            learned_section(stickies, 10),
        ),
        cautions=(*few(len(own), "story", "stories"), *joined_and_left(on_the_team(roster.everyone, period), period)),
    )


def _numbers(
    period: Period, own: Sequence[Story], follow_ups: Sequence[FollowUp], meetings: Sequence[Meeting]
) -> Section:
    inside = within(period)
    decided = decided_promises(follow_ups, period)
    held = [m for m in meetings if m.state == "closed" and m.at.date() in period]
    votes = [vote for m in held for vote in m.team_rating]
    credited = {p for s in own if s.kind == "win" for p in s.people}
    rows = [
        TableRow((title, len(of_kind(own, kind))), found_by(query_of(f"is:{kind}", inside)))
        for kind, title in (("win", "Wins"), ("sticky", "Sticky situations"), ("praise", "Thanks"))
    ]
    kept = [f.id for f in decided if f.state == "kept"]
    missed = [f.id for f in decided if f.state == "missed"]
    customers = len({fold(s.customer) for s in own if s.customer})
    rows += [
        TableRow(("People with a win", len(credited)), Behind(view="heat")),
        TableRow(("Promises kept", len(kept)), these(kept)),
        TableRow(("Promises missed", len(missed)), these(missed)),
        TableRow(("Meetings held", len(held)), these(m.id for m in held)),
        TableRow(
            ("How the team rated them, of 10", round(sum(votes) / len(votes), 1) if votes else None),
            Behind(view="meetings" if votes else ""),
        ),
        TableRow(("Customers named", customers), Behind(view="customer" if customers else "")),
    ]
    return Section(title="In numbers", columns=("What", "Number"), rows=tuple(rows))


def _months(period: Period, own: Sequence[Story]) -> tuple[TableRow, ...]:
    rows, told = [], by_month(own)
    for month in months_of(period):
        then = told.get(month_key(month), [])
        counts = [len(of_kind(then, kind)) for kind in ("win", "sticky", "praise")]
        days = f"on:{month_key(month)}"
        rows.append(TableRow((wording.month(month), *counts), found_by(days), kind_cells(days)))
    return tuple(rows)
