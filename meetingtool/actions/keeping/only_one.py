"""What may exist only once, asked before a record comes back: meanwhile another may be the same, or have what was
its own."""

from __future__ import annotations

from datetime import datetime

import msgspec

from meetingtool.actions.reading import roster_of
from meetingtool.errors import Refused
from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.table import kind_of, name_of, sort_of
from meetingtool.rules.roster import handle_for
from meetingtool.store import Workspace


def require_only_one(workspace: Workspace, record: Record, now: datetime) -> None:
    """Refused when another record is the same, or has what only one may have, and names it. Called in a batch, so that
    nobody makes one meanwhile.
    """
    if isinstance(record, Evaluation):
        _require_no_other_evaluation(workspace, record)
    kind = kind_of(record)
    keys, own = set(kind.once(record)), kind.own(record)
    if not keys and not own:
        return
    for other in workspace.find(type(record)):
        if other.id == record.id:
            continue
        roster = roster_of(workspace, now.date())
        named = f"the {sort_of(other)} {wording.one_line(name_of(other, roster))} ({other.ref})"
        if keys & set(kind.once(other)):
            raise Refused(
                f"The same is there already: {named}.",
                f"Continue with that one; or remove it first: meetingtool remove {other.ref}",
            )
        theirs = kind.own(other)
        if shared := next((each for each in own if each in theirs), ""):
            raise Refused(f"{named[:1].upper()}{named[1:]} has {shared}.", _way_out(other, shared))


def _way_out(other: Record, shared: str) -> str:
    """What to change of the other first, so that the record can come back."""
    if isinstance(other, Meeting):
        return "Close that one first: meetingtool meeting close"
    if isinstance(other, Standard):
        return f"Give that one another first: meetingtool standard edit {other.tag} --tag NEW"
    if not isinstance(other, Person):
        return ""
    option = "handle" if shared.startswith("@") else "number"
    return f"Give that one another first: meetingtool team edit @{other.handle} --{option} NEW"


def with_free_handle(workspace: Workspace, record: Record) -> Record:
    """Somebody whose handle another has or had meanwhile, with a free one; any other record as it is."""
    if not isinstance(record, Person):
        return record
    others = [person for person in workspace.find(Person) if person.id != record.id]
    taken = {fold(handle) for person in others for handle in (person.handle, *person.former_handles)}
    if fold(record.handle) not in taken:
        return record
    return msgspec.structs.replace(record, handle=handle_for(record.name, taken, record.email, record.number))


def told_restored(before: Record, after: Record) -> str:
    """What to say of a record that came back otherwise than it was; empty where it is as it was."""
    if not (isinstance(before, Person) and isinstance(after, Person)) or before.handle == after.handle:
        return ""
    return (
        f"@{before.handle} is somebody else now, so {wording.one_line(after.name)} has the handle @{after.handle}. "
        f"If they are one person: meetingtool team merge @{before.handle} @{after.handle}"
    )


def _require_no_other_evaluation(workspace: Workspace, record: Evaluation) -> None:
    """Refused when the person has another evaluation for the very period."""
    others = workspace.find(Evaluation, person=record.person)
    for other in others:
        if other.id != record.id and (other.since, other.until) == (record.since, record.until):
            who = workspace.get(Person, record.person).handle
            span = f"{record.since.isoformat()}..{record.until.isoformat()}"
            raise Refused(
                f"This person has another evaluation for the same days: {other.ref}.",
                f"Continue with that one; or `meetingtool evaluation join @{who} --year {span} --keep {record.ref}` "
                "continues with this one and merges the other into it.",
            )
