"""What is still open in the name of somebody who has left, or is about to: to be handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.errors import Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


class LeftOpen(msgspec.Struct, frozen=True):
    """What is open in the name of one person who has left, the most urgent first."""

    person: Person
    follow_ups: tuple[FollowUp, ...]


def open_of(desk: Desk, person: Person) -> list[FollowUp]:
    """The open promises and actions in a person's name that are nobody else's on the team, the most urgent first."""
    known = desk.roster.person_of(person.id)
    return [each for each in desk.open_follow_ups() if known is not None and _alone(desk, each, known)]


def _alone(desk: Desk, follow_up: FollowUp, person: Person) -> bool:
    owners = [owner for each in follow_up.people if (owner := desk.roster.person_of(each)) is not None]
    return person in owners and not any(owner.on_team(desk.today) for owner in owners if owner.id != person.id)


def left_open(desk: Desk) -> list[LeftOpen]:
    """Of everybody who has left: what is still open in their name and falls to nobody on the team."""
    gone = [p for p in desk.roster.everyone if p.left is not None and p.left < desk.today]
    found = [LeftOpen(person, tuple(open_of(desk, person))) for person in gone]
    return [each for each in found if each.follow_ups]


def checked_heir(person: Person, heir: Person, today: date) -> None:
    """Refused where what is open would be handed to the person who leaves, or to somebody who is not on the team."""
    if person.id == heir.id or not heir.on_team(today):
        name = wording.one_line(heir.name)
        why = "is the person leaving" if person.id == heir.id else "is not on the team today"
        raise Refused(f"{name} {why}.", "Hand it to somebody who is staying.")


def hand_over(
    workspace: Workspace, follow_ups: Sequence[FollowUp], person: Person, heir: Person, now: datetime
) -> tuple[FollowUp, ...]:
    """Put somebody else in place of the leaver, in all of these, as one deed."""
    checked_heir(person, heir, now.date())
    former = {person.id, *person.merged}
    changed = []
    with workspace.batch(deeds.HANDED_OVER, now):
        for each in follow_ups:
            follow_up = workspace.get(FollowUp, each.id)
            people = dict.fromkeys(heir.id if one in former else one for one in follow_up.people)
            later = msgspec.structs.replace(follow_up, version=follow_up.version + 1, people=tuple(people))
            workspace.save(later, deed=deeds.HANDED_OVER, now=now)
            changed.append(later)
    return tuple(changed)
