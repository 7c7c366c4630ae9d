"""What all views share: months, the words of a query, rows of single records, and warnings about too little data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import islice

from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.days import moved
from meetingtool.rules.insight.view import Behind, Section, TableRow, cells_behind, found_by
from meetingtool.rules.kinds.table import words_for
from meetingtool.rules.people.periods import Period, months_after, months_of
from meetingtool.rules.roster import Roster

FEW = 12
"""With fewer records than this a trend says little."""

Honoured = Callable[[Iterable[Story]], Iterable[Story]]
"""Which of some stories may be picked out to be seen."""

STORY_COLUMNS = ("Day", "Kind", "Who", "What")


def quarters_of(period: Period, starts: int = 1) -> tuple[tuple[date, date], ...]:
    """The first and the last day of every quarter that has a day in the period, for years that start in `starts`."""
    firsts = dict.fromkeys(months_after(month, -((month.month - starts) % 3)) for month in months_of(period))
    return tuple((first, months_after(first, 3) - timedelta(days=1)) for first in firsts)


def by_month(stories: Iterable[Story]) -> dict[str, list[Story]]:
    """The stories of each month that has any, by `month_key`, in the order given."""
    found: dict[tuple[int, int], list[Story]] = {}
    for story in stories:
        found.setdefault((story.at.year, story.at.month), []).append(story)
    return {f"{year:04}-{month:02}": own for (year, month), own in found.items()}


def month_label(month: date) -> str:
    """`Mar ’26`."""
    return f"{wording.MONTHS[month.month - 1]} ’{month.year % 100:02}"


def month_key(day: date) -> str:
    """`2026-03`, as `on:` takes it."""
    return f"{day.year:04}-{day.month:02}"


def quarter_label(since: date, until: date, period: Period) -> str:
    """`Jan–Mar 2026`; `Oct–Dec 2025, from 1 Dec` where the period has only a part of the quarter."""
    parts = [f"{wording.MONTHS[since.month - 1]}–{wording.MONTHS[until.month - 1]} {until.year}"]
    if since < period.since:
        parts.append(f"from {_day_of_month(period.since)}")
    if period.until < until:
        parts.append(f"until {_day_of_month(period.until)}")
    return ", ".join(parts)


def _day_of_month(day: date) -> str:
    return f"{day.day} {wording.MONTHS[day.month - 1]}"


def within(period: Period) -> str:
    """The terms of a query that keep to the period."""
    after = moved(period.until, timedelta(days=1))
    return f"after:{period.since.isoformat()} before:{after.isoformat()}"


def customer_term(name: str) -> str:
    """The term of a query that finds a customer."""
    plain = name.replace('"', " ").strip()
    return f'customer:"{plain}"' if plain else ""


def query_of(*terms: str) -> str:
    """A query of several terms."""
    return " ".join(term for term in terms if term)


def person_term(person_id: str, roster: Roster) -> str:
    """`@maria`; empty for somebody no longer known."""
    handle = roster.handle(person_id)
    return f"@{handle}" if handle else ""


def standard_term(standard_id: str, roster: Roster) -> str:
    """`#own-it`; empty for a standard no longer known."""
    tag = roster.tag(standard_id)
    return f"#{tag}" if tag else ""


STORY_KINDS = ("win", "sticky", "praise")


def kind_cells(*terms: str, kinds: Iterable[str] = STORY_KINDS) -> tuple[Behind, ...]:
    """What stands behind a row that counts stories by kind, with its name in the first cell."""
    return cells_behind(None, *(found_by(query_of(*terms, f"is:{kind}")) for kind in kinds))


def learned_section(stickies: Iterable[Story], most: int | None = None) -> Section:
    """What was learned in sticky situations, the newest first."""
    rows = [
        TableRow((s.at.date(), s.text, s.learned), Behind(record=s.id))
        for s in sorted(stickies, key=lambda s: s.at, reverse=True)
        if s.learned
    ]
    return Section(
        title="What was learned",
        columns=("Day", "What happened", "What we learned"),
        rows=tuple(rows[:most]),
        empty="No sticky situation says what was learned.",
    )


def story_row(record: Story | FollowUp, roster: Roster) -> TableRow:
    """A record as a line under `STORY_COLUMNS`."""
    who = wording.listed([roster.short_name(person) for person in record.people])
    kind = words_for(record).short
    state = f" ({record.state})" if isinstance(record, FollowUp) else ""
    star = "+ " if isinstance(record, Story) and record.starred else ""
    return TableRow((record.at.date(), f"{star}{kind}", who, f"{record.text}{state}"), Behind(record=record.id))


def story_section(title: str, records: Iterable[Story | FollowUp], roster: Roster, empty: str) -> Section:
    """Records as a table, in the order given."""
    rows = tuple(story_row(record, roster) for record in records)
    return Section(title=title, columns=STORY_COLUMNS, rows=rows, empty=empty)


def of_kind(stories: Iterable[Story], kind: str) -> list[Story]:
    """The stories of a kind that are in use."""
    return [story for story in stories if story.kind == kind and story.removed_at is None]


def decided_promises(follow_ups: Iterable[FollowUp], period: Period) -> list[FollowUp]:
    """The promises to customers that were kept or missed in the period."""
    return [
        f
        for f in follow_ups
        if f.kind == "promise"
        and f.removed_at is None
        and f.state in ("kept", "missed")
        and f.decided_at is not None
        and f.decided_at.date() in period
    ]


def best_first(stories: Iterable[Story]) -> list[Story]:
    """Starred ones first, then the newest."""
    return sorted(stories, key=lambda story: (not story.starred, -story.at.timestamp(), story.id))


def best(stories: Iterable[Story], most: int, honoured: Honoured = iter) -> list[Story]:
    """The first of `best_first` that may be picked out to be seen. honoured: leaves out those that may not."""
    return list(islice(honoured(best_first(stories)), most))


def few(number: int, one: str, many: str = "") -> tuple[str, ...]:
    """A warning when there is little to go by; where there is nothing the view says so itself."""
    if not 0 < number < FEW:
        return ()
    return (
        f"There {'is' if number == 1 else 'are'} only {wording.count(number, one, many)} here: much of this is chance.",
    )


def on_the_team(people: Iterable[Person], period: Period) -> list[Person]:
    """Who was on the team on a day of the period."""
    return [p for p in people if (p.started or date.min) <= period.until and (p.left or date.max) >= period.since]


def joined_and_left(people: Iterable[Person], period: Period) -> tuple[str, ...]:
    """Who was on the team for a part of the period only."""
    came = [p for p in people if p.started is not None and period.since < p.started <= period.until]
    gone = [p for p in people if p.left is not None and period.since <= p.left < period.until]
    said = []
    if came:
        said.append(f"{_some(came)} joined in between, with no earlier records.")
    if gone:
        said.append(f"{_some(gone)} left in between, with no later records.")
    return tuple(said)


def _some(people: list[Person], most: int = 4) -> str:
    names = [wording.one_line(person.name) for person in people]
    if len(names) > most:
        names = [*names[: most - 1], wording.count(len(names) - most + 1, "other")]
    return wording.listed(names)
