"""What Today and the playbook show beyond single records: sums, what is still to be done, when something was used."""

from __future__ import annotations

from datetime import date

from meetingtool.actions.desk import Desk
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.ratings import Rating
from meetingtool.rules.meeting import overview
from meetingtool.rules.meeting.overview import Progress, QuarterSoFar


def quarter(desk: Desk) -> QuarterSoFar:
    """The sums of this quarter; in room without what is private."""
    period = overview.quarter_of_day(desk.today, desk.settings.year_starts)
    return overview.quarter_so_far(
        period,
        desk.stories(since=period.since, kind="win"),
        desk.follow_ups(since=desk.today - overview.PROMISED_WITHIN, kind="promise"),
        desk.meetings(),
        desk.today,
    )


def ratings_to_give(desk: Desk) -> Progress:
    """How many people have been rated in this quarter; InRoom while the screen is shared."""
    desk.require_private("Who has been rated")
    period = overview.quarter_of_day(desk.today, desk.settings.year_starts)
    given = desk.workspace.find(Rating, since=period.since, until=period.until)
    return overview.rated_so_far(period, desk.roster.people, desk.roster.standards, given)


def evaluations_to_write(desk: Desk) -> Progress | None:
    """How many evaluations are final, while there are some to write; InRoom while the screen is shared."""
    desk.require_private("What evaluations there are")
    evaluations = desk.workspace.find(Evaluation, since=desk.today - overview.EVALUATED_WITHIN)
    return overview.evaluations_so_far(desk.roster.everyone, evaluations, desk.today, desk.settings.year_starts)


def questions_asked(desk: Desk) -> dict[str, date]:
    """The day on which each question, by its id, was last the question of the week."""
    return overview.last_used((meeting.at, meeting.question) for meeting in desk.meetings())


def scenarios_played(desk: Desk) -> dict[str, date]:
    """The day on which each role-play, by its id, was last the role-play of the week."""
    return overview.last_used((meeting.at, meeting.scenario) for meeting in desk.meetings())


def standards_of_the_week(desk: Desk) -> dict[str, date]:
    """The day on which each standard, by its id, was last the standard of the week."""
    return overview.last_used((meeting.at, meeting.standard) for meeting in desk.meetings())


def quarter_label(desk: Desk) -> str:
    """What this quarter is called: `Oct–Dec`."""
    return overview.quarter_of_day(desk.today, desk.settings.year_starts).label
