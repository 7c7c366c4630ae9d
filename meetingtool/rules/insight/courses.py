"""How things went over time: wins and sticky situations, promises, meetings, and how long a sticky situation took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median

from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.insight.sums import (
    by_month,
    decided_promises,
    few,
    joined_and_left,
    kind_cells,
    month_key,
    month_label,
    of_kind,
    on_the_team,
    person_term,
    query_of,
    standard_term,
    story_section,
    within,
)
from meetingtool.rules.insight.view import (
    Behind,
    Chart,
    Heat,
    PictureLine,
    Section,
    TableRow,
    View,
    cells_behind,
    found_by,
    these,
)
from meetingtool.rules.people.periods import Period, months_of
from meetingtool.rules.roster import Roster

FIRST_MARK, SECOND_MARK = "█", "░"


def told_by_month(period: Period, stories: Sequence[Story], people: Iterable[Person]) -> View:
    """Wins and sticky situations by month."""
    months = months_of(period)
    inside = [story for story in stories if story.at.date() in period]
    wins, stickies = _counted(of_kind(inside, "win")), _counted(of_kind(inside, "sticky"))
    keys = [month_key(month) for month in months]
    rows = tuple(
        TableRow(
            (wording.month(month), wins.get(key, 0), stickies.get(key, 0)),
            found_by(f"on:{key}"),
            kind_cells(f"on:{key}", kinds=("win", "sticky")),
        )
        for month, key in zip(months, keys, strict=True)
    )
    number = sum(wins.values()) + sum(stickies.values())
    return View(
        name="months",
        counts_nothing=not number,
        title="Wins and sticky situations by month",
        subtitle=period.label,
        sections=(Section(title="By month", columns=("Month", "Wins", "Stickies"), rows=rows),),
        chart=Chart(
            labels=tuple(map(month_label, months)),
            months=period,
            lines=(
                PictureLine("wins", FIRST_MARK, tuple(wins.get(key, 0) for key in keys)),
                PictureLine("stickies", SECOND_MARK, tuple(stickies.get(key, 0) for key in keys)),
            ),
            unit="stories",
        ),
        cautions=(
            "It counts what was told, not what happened: a month with fewer meetings has fewer stories.",
            "More sticky situations can mean that people dare to talk about them.",
            *few(number, "story", "stories"),
            *joined_and_left(people, period),
        ),
    )


def _counted(stories: Iterable[Story]) -> dict[str, int]:
    return {month: len(own) for month, own in by_month(stories).items()}


def people_by_standards(period: Period, stories: Sequence[Story], roster: Roster) -> View:
    """How many wins were told about each person for each standard. Counts, never ratings."""
    wins = of_kind((story for story in stories if story.at.date() in period), "win")
    people = on_the_team(roster.everyone, period)
    standards = roster.standards
    counts: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for story in wins:
        for person in set(story.people):
            totals[person] = totals.get(person, 0) + 1
            for standard in set(story.standards):
                counts[person, standard] = counts.get((person, standard), 0) + 1
    numbers = tuple(tuple(counts.get((p.id, s.id), 0) for s in standards) for p in people)
    terms = within(period)
    heat = Heat(
        rows=tuple(roster.short_name(p.id) for p in people),
        columns=tuple(f"#{s.tag}" for s in standards),
        counts=numbers,
        totals=tuple(totals.get(p.id, 0) for p in people),
    )

    def row(who: Person, line: tuple[int, ...]) -> TableRow:
        term = person_term(who.id, roster)
        alone = found_by(query_of(term, "is:win", terms))
        inside = [found_by(query_of(term, standard_term(s.id, roster), "is:win", terms)) for s in standards]
        return TableRow(
            (roster.short_name(who.id), *line, totals.get(who.id, 0)), alone, cells_behind(None, *inside, alone)
        )

    rows = tuple(row(p, line) for p, line in zip(people, numbers, strict=True))
    return View(
        name="heat",
        counts_nothing=not wins,
        title="People by standards",
        subtitle=f"How many wins were told, {period.label}",
        sections=(Section(title="Wins told", columns=("Who", *heat.columns, "All"), rows=rows, empty="Nobody yet."),),
        heat=heat,
        cautions=(
            "An empty cell means that nothing was told, not that nothing was done.",
            "These are counts of stories. They say nothing about how good anyone is.",
            "A win that shows two standards counts in both columns, and once in the total.",
            *few(len(wins), "win"),
            *joined_and_left(people, period),
        ),
    )


def promises_by_month(period: Period, follow_ups: Sequence[FollowUp], today: date) -> View:
    """Promises to customers by the month in which they were kept or missed."""
    decided = decided_promises(follow_ups, period)
    months = months_of(period)
    ids: dict[tuple[str, str], list[str]] = {
        (month_key(month), state): [] for month in months for state in ("kept", "missed")
    }
    for promise in decided:
        assert promise.decided_at is not None
        ids[month_key(promise.decided_at.date()), promise.state].append(promise.id)
    rows = []
    for month in months:
        kept, missed = ids[month_key(month), "kept"], ids[month_key(month), "missed"]
        both = these([*kept, *missed])
        share = f"{100 * len(kept) / len(both.records):.0f} %" if both else ""
        inside = cells_behind(None, these(kept), these(missed), both)
        rows.append(TableRow((wording.month(month), len(kept), len(missed), share), both, inside))
    late = [f for f in follow_ups if f.kind == "promise" and f.state == "open" and f.due is not None and f.due < today]
    waiting = f"{wording.count(len(late), 'promise')} overdue and still open" if late else ""
    keys = [month_key(month) for month in months]
    return View(
        name="promises",
        counts_nothing=not (decided or late),
        title="Promises kept by month",
        subtitle=period.label,
        sections=(Section(title="By month", columns=("Month", "Kept", "Missed", "Share kept"), rows=tuple(rows)),),
        chart=Chart(
            labels=tuple(map(month_label, months)),
            months=period,
            lines=(
                PictureLine("kept", FIRST_MARK, tuple(len(ids[key, "kept"]) for key in keys)),
                PictureLine("missed", SECOND_MARK, tuple(len(ids[key, "missed"]) for key in keys)),
            ),
            unit="promises",
        ),
        cautions=(
            "A promise counts in the month it was decided; given a new date before it was due, it is not missed.",
            *((f"{waiting}: {'it counts' if len(late) == 1 else 'they count'} nowhere.",) if waiting else ()),
            *few(len(decided), "decided promise"),
        ),
    )


def meeting_ratings(period: Period, meetings: Iterable[Meeting]) -> View:
    """How the team rated its meetings."""
    held = sorted((m for m in meetings if m.state == "closed" and m.at.date() in period), key=lambda m: m.at)
    rated = [m for m in held if m.team_rating]
    means = [sum(m.team_rating) / len(m.team_rating) for m in rated]
    rows = tuple(
        TableRow(
            (m.at.date(), round(mean, 1), min(m.team_rating), max(m.team_rating), len(m.team_rating)),
            Behind(record=m.id),
        )
        for m, mean in zip(rated, means, strict=True)
    )
    unrated = len(held) - len(rated)
    return View(
        name="meetings",
        title="How the team rated its meetings",
        subtitle=f"1 to 10, {period.label}",
        sections=(
            Section(
                title="By meeting",
                columns=("Day", "Mean", "Lowest", "Highest", "Votes"),
                rows=rows[::-1],
                empty="No meeting has been rated yet. Closing a meeting asks for the rating.",
            ),
        ),
        chart=Chart(
            labels=_labels([m.at.date() for m in rated]),
            lines=(PictureLine("mean", "●", tuple(means)),),
            unit="of 10",
            bars=False,
            reach=(1, 10),
        )
        if rated
        else None,
        cautions=(
            "Absent people do not rate, and what is said aloud in a room tends to be kind.",
            *((f"{wording.count(unrated, 'meeting')} had no rating.",) if unrated else ()),
            *few(len(rated), "rated meeting"),
        ),
    )


def _labels(days: Sequence[date]) -> tuple[str, ...]:
    """`24 Nov`; `Nov ’26` where the days are from more than a year."""
    if (days[-1] - days[0]).days > 366:
        return tuple(map(month_label, days))
    return tuple(f"{day.day} {wording.MONTHS[day.month - 1]}" for day in days)


def time_to_resolve(period: Period, stories: Sequence[Story], follow_ups: Iterable[FollowUp], roster: Roster) -> View:
    """Days from telling a sticky situation until the last promise or action that came out of it was decided."""
    stickies = of_kind((story for story in stories if story.at.date() in period), "sticky")
    born: dict[str, list[FollowUp]] = {}
    for follow_up in follow_ups:
        if follow_up.story is not None and follow_up.removed_at is None:
            born.setdefault(follow_up.story, []).append(follow_up)
    days = {story.id: _days(story, born.get(story.id, ())) for story in stickies}
    unresolved = [s for s in stickies if s.id in born and days[s.id] is None]
    months, told_in = months_of(period), by_month(stickies)
    rows = [_resolved_in(month, told_in.get(month_key(month), ()), days) for month in months]
    medians = tuple(middle for middle, _ in rows)
    without = sum(story.id not in born for story in stickies)
    ended = sum(found is not None for found in days.values())
    return View(
        name="resolve",
        counts_nothing=not stickies,
        title="Time to resolve a sticky situation",
        subtitle=f"Days until everything promised was done, {period.label}",
        sections=(
            Section(
                title="By month, in days",
                columns=("Month", "Stickies", "Resolved", "Median", "Longest"),
                rows=tuple(row for _, row in rows),
            ),
            story_section("Not resolved yet", unresolved[::-1], roster, "None are waiting."),
        ),
        chart=Chart(
            labels=tuple(map(month_label, months)),
            months=period,
            lines=(PictureLine("median", "●", medians),),
            unit="days",
            bars=False,
        )
        if ended
        else None,
        cautions=(
            "A sticky situation counts as resolved when the last promise or action that came out of it was decided.",
            *(
                (f"{wording.count(without, 'sticky situation')} had none: how long they took is not known.",)
                if without
                else ()
            ),
            "Recent months look quicker than they were: whatever is still open is not in the median.",
            *few(ended, "resolved sticky situation"),
        ),
    )


def _resolved_in(
    month: date, stickies: Sequence[Story], days: Mapping[str, int | None]
) -> tuple[float | None, TableRow]:
    """The median of those of a month, and its row. days: until each was resolved, by id."""
    taken = sorted((found, story.id) for story in stickies if (found := days[story.id]) is not None)
    middle = float(median(found for found, _ in taken)) if taken else None
    longest, slowest = (taken[-1][0], Behind(record=taken[-1][1])) if taken else (None, None)
    told, resolved = found_by(f"is:sticky on:{month_key(month)}"), these(one for _, one in taken)
    cells = (wording.month(month), len(stickies), len(taken), middle, longest)
    return middle, TableRow(cells, told, cells_behind(None, told, resolved, resolved, slowest))


def _days(story: Story, born: Iterable[FollowUp]) -> int | None:
    """Whole days until the last was decided; None while one is open, and without any."""
    ends = [follow_up.decided_at for follow_up in born]
    if not ends or any(end is None for end in ends):
        return None
    return max(0, max((end.date() - story.at.date()).days for end in ends if end is not None))
