"""What is still open in the name of somebody who has left, or is about to: to be handed over."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from meetingtool.actions.customers.due_steps import steps_of
from meetingtool.actions.desk import Desk
from meetingtool.errors import Refused
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.customers.complaints import StepDue
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


class OpenOfLeaver(msgspec.Struct, frozen=True):
    """What is open in the name of one person and nobody else on the team shares, the most urgent first.

    steps: of the complaints that the person is to put right; none in the room. asks: of those that the person has put
    right, whose customers are still to be asked: not handed over, they fall to the manager.
    """

    person: Person
    follow_ups: tuple[FollowUp, ...] = ()
    steps: tuple[StepDue, ...] = ()
    asks: tuple[StepDue, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to hand over."""
        return bool(self.follow_ups or self.steps or self.asks)

    @property
    def words(self) -> str:
        """`2 promises and actions, 1 complaint, 1 customer to ask afterwards`."""
        kinds = (
            ("promise or action", "promises and actions", self.follow_ups),
            ("complaint", "", self.steps),
            ("customer to ask afterwards", "customers to ask afterwards", self.asks),
        )
        return ", ".join(wording.count(len(found), one, many) for one, many, found in kinds if found)

    @property
    def first(self) -> str:
        """What the first of it is about."""
        return self.follow_ups[0].text if self.follow_ups else self.steps[0].complaint.text

    @property
    def due(self) -> date | None:
        """The day of the most urgent one."""
        days = [self.follow_ups[0].due if self.follow_ups else None, self.steps[0].by if self.steps else None]
        return min(filter(None, days), default=None)


def open_of(desk: Desk, person: Person) -> OpenOfLeaver:
    """What is open in a person's name."""
    known = desk.roster.person_of(person.id)
    if known is None:
        return OpenOfLeaver(person)
    follow_ups = tuple(each for each in desk.open_follow_ups() if _alone(desk, each, known))
    ids = {known.id, *known.merged}
    mine = [due for due in steps_of(desk) if due.complaint.owner in ids]
    steps = tuple(due for due in mine if due.complaint.state == "open")
    return OpenOfLeaver(person, follow_ups, steps, tuple(due for due in mine if due.step == "ask"))


def _alone(desk: Desk, follow_up: FollowUp, person: Person) -> bool:
    owners = [owner for each in follow_up.people if (owner := desk.roster.person_of(each)) is not None]
    return person in owners and not any(owner.on_team(desk.today) for owner in owners if owner.id != person.id)


def left_open(desk: Desk) -> list[OpenOfLeaver]:
    """For everybody who has left: what is still open in their name and in nobody's on the team. Customers to ask
    afterwards fall to the manager."""
    gone = [p for p in desk.roster.everyone if p.left is not None and p.left < desk.today]
    return [found for person in gone if (found := open_of(desk, person)).follow_ups or found.steps]


def checked_heir(person: Person, heir: Person, today: date) -> None:
    """Refused where what is open would be handed to the person who leaves, or to somebody who is not on the team."""
    if person.id == heir.id or not heir.on_team(today):
        name = wording.one_line(heir.name)
        why = "is the person leaving" if person.id == heir.id else "is not on the team today"
        raise Refused(f"{name} {why}.", "Hand it to somebody who is staying.")


def hand_over(workspace: Workspace, left: OpenOfLeaver, heir: Person, now: datetime) -> None:
    """Put somebody else in place of the leaver, in all of it, as one deed."""
    from meetingtool.actions.customers.complaint_steps import hand_on_from_leaver

    checked_heir(left.person, heir, now.date())
    former = {left.person.id, *left.person.merged}
    with workspace.batch(deeds.HANDED_OVER, now):
        for each in left.follow_ups:
            follow_up = workspace.get(FollowUp, each.id)
            people = dict.fromkeys(heir.id if one in former else one for one in follow_up.people)
            later = msgspec.structs.replace(follow_up, version=follow_up.version + 1, people=tuple(people))
            workspace.save(later, deed=deeds.HANDED_OVER, now=now)
        for due in (*left.steps, *left.asks):
            hand_on_from_leaver(workspace, workspace.get(Complaint, due.complaint.id), heir.id, now)
