"""The views of many records together, as far as they may be seen now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.actions.people.pulse import shown_rounds
from meetingtool.actions.people.to_talk_about import praise_of
from meetingtool.actions.playbook.training import all_dues
from meetingtool.errors import NotFound
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.surveys import Batch, Survey
from meetingtool.records.voices import Voice
from meetingtool.rules import areas, wording
from meetingtool.rules.customers.series import of_batches
from meetingtool.rules.customers.shares import Tally
from meetingtool.rules.days import moved
from meetingtool.rules.folding import fold
from meetingtool.rules.insight import complaints, courses, looks, themes
from meetingtool.rules.insight.pulse import Year, on_one_page, pulse
from meetingtool.rules.insight.view import View
from meetingtool.rules.insight.voices import Written, with_voices
from meetingtool.rules.people.periods import Period, months_after, period_of, year_of
from meetingtool.rules.playbook.training import Due

PROMISED_BEFORE = timedelta(days=460)
"""How long before a period promises decided in it may have been made."""

COMES_OF_IT = timedelta(days=800)
"""How long after a sticky situation something can still come of it."""

TITLES = {
    "year": "The year in review",
    "page": "The year on one page",
    "week": "This week in earlier years",
    "themes": "What keeps coming back",
    "months": "Wins and stickies by month",
    "heat": "People by standards",
    "promises": "Promises kept by month",
    "meetings": "How meetings were rated",
    "resolve": "Time to resolve a sticky",
    "complaints": "What complaints came from",
    "pulse": "How the team is",
}
"""The views that need no name, in the order in which they are offered."""

OF_ONE = {"person": "One person", "standard": "One standard", "customer": "One customer"}
"""The views of one of several."""


def last_twelve_months(today: date) -> Period:
    """This month and the eleven before."""
    return Period(months_after(today.replace(day=1), -11), today, "the last 12 months")


def year_named(desk: Desk, year: int) -> Period:
    """An evaluation year by the year in which it starts."""
    return period_of(year, desk.settings.year_starts)


def all_years(desk: Desk) -> Period:
    """From the first year that has records until today."""
    first = date(_first_year(desk), 1, 1)
    return Period(min(first, desk.today), desk.today, "all years")


def _first_year(desk: Desk) -> int:
    """The first year that has records; while the screen is shared, the first with a story that may be shown."""
    for year in desk.workspace.years():
        if not desk.room or desk.stories(date(year, 1, 1), date(year, 12, 31)):
            return year
    return desk.today.year


def spans(desk: Desk) -> tuple[Period, ...]:
    """The spans of time to choose from: the last 12 months, every year back to the first, all years."""
    starts = desk.settings.year_starts
    latest = year_of(desk.today, starts)
    first = min(_first_year(desk), latest)
    years = [period_of(year, starts) for year in range(latest, first - 1, -1)]
    return (last_twelve_months(desk.today), *years, all_years(desk))


def titles(desk: Desk) -> dict[str, str]:
    """The views of `TITLES` that there are now: those of complaints in private alone, and where complaints are used."""
    hidden = desk.room or areas.COMPLAINTS in desk.settings.off
    return {name: title for name, title in TITLES.items() if name != "complaints" or not hidden}


def view_of(desk: Desk, name: str, period: Period) -> View:
    """One of the views of `TITLES`. In room without anything private, and InRoom where all of it is."""
    return desk.once(f"view {name} {period.since} {period.until} {period.label}", lambda: _MADE[name](desk, period))


def _year(desk: Desk, period: Period) -> View:
    stories, follow_ups = _stories(desk, period), _decided_in(desk, period)
    view = looks.year(period, stories, follow_ups, _meetings(desk, period), desk.roster, desk.honoured)
    return with_voices(view, [one for one in _voices(desk, period) if one.satisfied], desk.roster)


def _week(desk: Desk, period: Period) -> View:
    return looks.this_week(desk.today, _this_week_before(desk), desk.roster)


def _themes(desk: Desk, period: Period) -> View:
    return themes.themes(period, _stories(desk, period), desk.roster)


def _months(desk: Desk, period: Period) -> View:
    return courses.told_by_month(period, _stories(desk, period), desk.roster.everyone)


def _heat(desk: Desk, period: Period) -> View:
    return courses.people_by_standards(period, _stories(desk, period), desk.roster)


def _promises(desk: Desk, period: Period) -> View:
    return courses.promises_by_month(period, _decided_in(desk, period), desk.today)


def _meeting_ratings(desk: Desk, period: Period) -> View:
    return courses.meeting_ratings(period, _meetings(desk, period))


def _resolve(desk: Desk, period: Period) -> View:
    until = moved(period.until, COMES_OF_IT)
    came = desk.follow_ups(since=period.since, until=until)
    return courses.time_to_resolve(period, _stories(desk, period), came, desk.roster)


def _complaints(desk: Desk, period: Period) -> View:
    desk.require_private("What customers complain of")
    found = desk.workspace.find(Complaint, since=period.since, until=period.until)
    return complaints.by_cause(period, found, desk.settings.service, desk.today)


def _page(desk: Desk, period: Period) -> View:
    year = Year(
        stories=_stories(desk, period),
        follow_ups=_decided_in(desk, period),
        meetings=_meetings(desk, period),
        rounds=shown_rounds(desk.workspace, period.since, period.until),
        satisfied=_satisfied(desk, period),
        complaints=None if desk.room else desk.workspace.find(Complaint, since=period.since, until=period.until),
        dues=None if desk.room else _dues(desk),
        service=desk.settings.service,
        today=desk.today,
    )
    return on_one_page(period, year, desk.settings.year_starts, desk.roster, desk.honoured)


def _dues(desk: Desk) -> list[Due]:
    """Of all trainings that count."""
    if areas.TRAINING in desk.settings.off:
        return []
    return [due for dues in all_dues(desk.workspace, desk.roster.everyone).values() for due in dues]


def _pulse(desk: Desk, period: Period) -> View:
    shown = shown_rounds(desk.workspace, period.since, period.until)
    [satisfied] = list(_satisfied(desk, period).values())[:1] or [{}]
    return pulse(period, shown, satisfied)


def _satisfied(desk: Desk, period: Period) -> dict[str, dict[str, Tally]]:
    """By the name of the survey the answers to its first question, by month; those surveyed most come first."""
    found: dict[str, dict[str, Tally]] = {}
    for survey in desk.workspace.find(Survey):
        monthly = msgspec.structs.replace(survey, period="month")
        last = date(period.until.year, 12, 31)
        batches = desk.workspace.find(Batch, since=period.since, until=last, survey=survey.id)
        if months := of_batches(monthly, batches).get(survey.primary):
            found[survey.name] = months
    return dict(sorted(found.items(), key=lambda each: -sum(tally.n for tally in each[1].values())))


_MADE: dict[str, Callable[[Desk, Period], View]] = {
    "year": _year,
    "week": _week,
    "themes": _themes,
    "months": _months,
    "heat": _heat,
    "promises": _promises,
    "meetings": _meeting_ratings,
    "resolve": _resolve,
    "complaints": _complaints,
    "page": _page,
    "pulse": _pulse,
}


def person_view(desk: Desk, person: Person, period: Period) -> View:
    """What was told about a person; without ratings or scores, in the room and in private."""
    view = looks.person(
        person,
        period,
        _stories(desk, period),
        desk.follow_ups(since=period.since, until=period.until),
        desk.roster,
        year_starts=desk.settings.year_starts,
        honoured=desk.honoured,
    )
    praise = [one for one in _voices(desk, period) if one.satisfied and person.id in one.people]
    who = desk.roster.short_name(person.id)
    named = [Written(one.mention.at.date(), who, one.comment) for one in praise_of(desk, person, period)]
    return with_voices(view, praise, desk.roster, named)


def standard_view(desk: Desk, standard: Standard, period: Period) -> View:
    """The best stories of a standard, and what was learned where it was hard."""
    view = looks.standard(standard, period, _stories(desk, period), desk.roster, desk.honoured)
    said = [one for one in _voices(desk, period) if standard.id in one.standards]
    return with_voices(view, said, desk.roster)


def customer_view(desk: Desk, name: str) -> View:
    """Everything that happened with a customer, in all years."""
    view = looks.customer(name, desk.stories(), desk.follow_ups(), desk.roster, desk.today)
    said = [one for one in desk.shown(desk.workspace.find(Voice)) if one.customer and fold(one.customer) == fold(name)]
    return with_voices(view, said, desk.roster)


def customers_of(desk: Desk, period: Period) -> tuple[tuple[str, int], ...]:
    """The customers named in a period, the most named first."""
    return desk.once(
        f"customers {period.since} {period.until}",
        lambda: looks.customers(
            period, _stories(desk, period), desk.follow_ups(since=period.since, until=period.until)
        ),
    )


def customer_named(desk: Desk, text: str) -> str:
    """Which customer is meant: the whole name, or a part that only one has. NotFound with those it could be."""
    wanted = fold(text.strip().removeprefix("^").strip('"'))
    known = [name for name, _ in customers_of(desk, all_years(desk))]
    exact = [name for name in known if fold(name) == wanted]
    near = exact or [name for name in known if wanted and wanted in fold(name)]
    if len(near) == 1:
        return near[0]
    shown = wording.shortened(text, 60)
    if near:
        names = [wording.one_line(name) for name in near[:5]]
        raise NotFound(f"“{shown}” could be several customers.", f"Say which: {wording.listed(names)}.")
    raise NotFound(f"No story or promise names a customer “{shown}”.", "A customer is named with ^ in a story.")


def _stories(desk: Desk, period: Period) -> list[Story]:
    return desk.stories(since=period.since, until=period.until)


def _voices(desk: Desk, period: Period) -> list[Voice]:
    return desk.shown(desk.workspace.find(Voice, since=period.since, until=period.until))


def _decided_in(desk: Desk, period: Period) -> list[FollowUp]:
    """The follow-ups that may have been decided in the period."""
    since = moved(period.since, -PROMISED_BEFORE)
    return desk.follow_ups(since=since, until=period.until)


def _meetings(desk: Desk, period: Period) -> list[Meeting]:
    return desk.workspace.find(Meeting, since=period.since, until=period.until)


def _this_week_before(desk: Desk) -> list[Story]:
    """The stories of this week in all earlier years."""
    found: list[Story] = []
    for year in desk.workspace.years():
        if year < desk.today.year:
            since, until = looks.week_of(desk.today, year)
            found += desk.honoured(desk.stories(since=since, until=until))
    return found
