"""Asking the team how it is, and reading what it said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from meetingtool.actions.reading import roster_of
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.meetings import Meeting
from meetingtool.records.pulse import PulseRound
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people import pulse
from meetingtool.rules.people.pulse import PulseTally, ShownRound
from meetingtool.store import Workspace

DAY = timedelta(days=1)


def rounds(workspace: Workspace, since: date | None = None, until: date | None = None) -> list[PulseRound]:
    """The rounds of a span of time, oldest first."""
    return sorted(workspace.find(PulseRound, since=since, until=until), key=lambda each: (each.at, each.id))


def shown_rounds(workspace: Workspace, since: date | None = None, until: date | None = None) -> list[ShownRound]:
    """The rounds of a span of time as they may be shown, oldest first; earlier rounds matter for that, too."""
    found = pulse.as_told(rounds(workspace, until=until), lambda each: who_was_asked(workspace, each))
    return [each for each in found if since is None or each.round.at.date() >= since]


def who_was_asked(workspace: Workspace, asked: PulseRound) -> Collection[str]:
    """Ids of who was here when it was asked: in its meeting, else who was on the team that day."""
    day = asked.at.date()
    for meeting in workspace.find(Meeting, since=day, until=day):
        if meeting.id == asked.meeting:
            return [entry.person for entry in meeting.attendance if entry.presence != "absent"]
    return [person.id for person in roster_of(workspace, day).people]


def require_turn(workspace: Workspace, day: date, today: date) -> date:
    """The day, if a round can be kept on it; to be called before anybody answers. Refused for a day to come, and within
    three weeks of another round whose answers were kept."""
    if day > today:
        raise Refused(f"{wording.day(day, today)} is still to come.", "Give the day on which it was asked.")
    known = [each for each in rounds(workspace, since=day - pulse.APART) if each.answered]
    free = pulse.free_from((each.at.date() for each in known), day)
    if free != day:
        near = next(each for each in known if each.at.date() + pulse.APART == free)
        raise Refused(
            f"The team was asked on {wording.day(near.at.date(), today)} (pulse {near.ref}).",
            "Two rounds must be at least three weeks apart, since a late slip would show whose it is. "
            f"It can be asked again from {wording.day(free, today)} on.",
        )
    return day


def record_round(
    workspace: Workspace,
    tally: PulseTally,
    now: datetime,
    *,
    asked: int,
    on: date | None = None,
    meeting: Meeting | None = None,
    round_id: str | None = None,
) -> PulseRound:
    """Keep a round, in one go at its end; with fewer than five answers, only the fact that the team was asked.

    asked: how many people were. on: the day, today when left out. round_id: minted before the first attempt. Refused
    when more answered than were asked, and for a day to come. `require_turn` is called before the first answer, and not
    again here: what was answered is kept, even if another round was kept meanwhile (`what_follows`).
    """
    day = on or now.date()
    if day > now.date():
        raise Refused(f"{wording.day(day, now.date())} is still to come.", "Give the day on which it was asked.")
    if asked < max(1, tally.answered):
        raise Refused(
            f"{wording.count(tally.answered, 'person', 'people')} answered, but only {asked} were asked.",
            "Give the number of those who were asked.",
        )
    answered, counts = tally.kept
    at = datetime.combine(day, time(), tzinfo=now.tzinfo)
    made = PulseRound(
        id=round_id or mint(now),
        at=at,
        made_at=now,
        made_by=workspace.user,
        statements=pulse.STATEMENTS,
        asked=asked,
        answered=answered,
        counts=counts,
        meeting=meeting.id if meeting else None,
    )
    with workspace.batch(deeds.PULSE, now):
        kept = [known for known in rounds(workspace, day, day) if known.id == made.id]
        if kept:
            return kept[0]
        workspace.save(made, deed=deeds.PULSE, now=now)
    return made


def what_follows(workspace: Workspace, made: PulseRound) -> str:
    """What to say about a round that was just kept: that none of its answers were kept, or that another round was kept
    too near to it; empty where there is nothing to say."""
    if not made.answered:
        return "It can be asked again at any time."
    day = made.at.date()
    near = rounds(workspace, day - pulse.APART + DAY, day + pulse.APART - DAY)
    others = [each.ref for each in near if each.answered and each.id != made.id]
    return f"Pulse {others[-1]} was kept meanwhile; both count." if others else ""
