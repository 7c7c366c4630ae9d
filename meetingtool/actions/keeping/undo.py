"""Undoing the last deed; removing and restoring records."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

import msgspec

from meetingtool.actions.keeping.only_one import require_only_one, with_free_handle
from meetingtool.errors import Conflict, InRoom, NotFound, Refused
from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.meetings import Agenda, Meeting
from meetingtool.records.people import Person
from meetingtool.records.pulse import PulseRound
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.rules.keeping import deeds
from meetingtool.rules.kinds.table import KINDS
from meetingtool.store import Deed, Workspace

LOOK_BACK = 200
"""How many deeds are looked through for one that can be undone."""


class BeyondUndo(Refused):
    """The last thing can't be undone. older: the latest deed before it that could be, which `past` takes back."""

    def __init__(self, message: str, hint: str, older: Deed | None) -> None:
        super().__init__(message, hint)
        self.older = older


def _deeds_left(workspace: Workspace) -> list[Deed]:
    """One's own deeds that were not undone yet, latest first; their codes say whether they can be."""
    recent = workspace.deeds(LOOK_BACK)
    undone = {deed.undoes for deed in recent if deed.undoes}
    return [
        deed
        for deed in recent
        if not (deed.undoes or deed.id in undone or deed.what == deeds.QUIET) and workspace.is_own(deed)
    ]


def next_undone(workspace: Workspace, *, room: bool = False, here: Collection[str] = ()) -> Deed | None:
    """The deed that `undo` would take back, or refuse to, if it were called now; None where there is none."""
    waiting = workspace.last_waiting()
    left = [waiting] if waiting is not None else _deeds_left(workspace)
    deed = next((each for each in left if not (room and _is_private(workspace, each, here))), None)
    return None if deed is None or deed.what in _FIRST else deed


def undo(
    workspace: Workspace, now: datetime, *, room: bool = False, past: bool = False, here: Collection[str] = ()
) -> Deed:
    """Undo the latest deed and return it.

    Only what the deed changed goes back: what was changed since in other fields of the same record stays. Conflict
    when the very same was changed since; Refused when there is nothing, BeyondUndo when the latest has its own way back
    or none (with `past` such deeds are skipped). While the screen is shared, what is private is as if it had never
    been done: the latest deed before it is undone, InRoom where there is none. here: ids of what was told in the room,
    which can be taken back there. An undo that was interrupted, and finished when the workspace was opened, is returned
    by the next call, so that it isn't done twice.
    """

    def hidden(deed: Deed) -> bool:
        return room and _is_private(workspace, deed, here)

    waiting = workspace.last_waiting()
    if waiting is not None:
        if hidden(waiting):
            raise _nothing_in_room()
        workspace.take_back(waiting, now)
        return waiting
    interrupted = _finished_undo(workspace)
    if interrupted is not None and not hidden(interrupted):
        return interrupted
    left = _deeds_left(workspace)
    older = _next_undoable(workspace, left, hidden)
    deed = older if past else next((each for each in left if not hidden(each)), None)
    if deed is not None and not deeds.is_known(deed.what):
        raise Refused("The last thing was done with a newer meetingtool.", "Update meetingtool here to undo it.")
    if deed is None or deed.what in _FIRST:
        raise _nothing_in_room() if room else Refused("There is nothing to undo.")
    message, hint = _why_beyond(workspace, deed)
    if message:
        raise BeyondUndo(message, hint, older)
    if deed.what == deeds.BACKUP_RESTORED:
        from meetingtool.store.mending.restoring import taken_back  # with all that mends a workspace, for few

        taken_back(workspace.files(), deed, now=now, by=workspace.user, envelope=workspace.envelope)
        workspace.refresh()
        return deed
    standing = {evaluation.id: evaluation for evaluation in merged_for_good(workspace, deed)}
    changes = [change for change in deed.changes if change.id not in standing and change.before != change.after]
    restored = [_taken_back(workspace, change.id, change.before, change.after, now) for change in changes]
    for change in deed.changes:
        was = _versions(workspace, change.id).get(change.before) if change.id in standing else None
        if isinstance(was, Evaluation) and was.person != (now_of := standing[change.id]).person:
            restored.append(msgspec.structs.replace(now_of, version=now_of.version + 1, person=was.person))
    with workspace.batch(deeds.undoing(deed.what), now, undoes=deed.id):
        removed = {record.id for record in restored if workspace.get(type(record), record.id).removed_at is not None}
        for record in restored:
            workspace.save(record, deed=deeds.QUIET, now=now)
        for record in restored:  # once all are as they were: one may have had what another has again
            if record.id in removed and record.removed_at is None:
                require_only_one(workspace, record, now)
    return deed


def _is_private(workspace: Workspace, deed: Deed, here: Collection[str]) -> bool:
    """Whether a deed is private by its kind, or a record of it was private before, after, or is now, or isn't known;
    none that told one of those in `here`."""
    if any(change.id in here and not change.before for change in deed.changes):
        return False
    if deeds.meaning_of(deed.what).private:
        return True
    for change in deed.changes:
        try:
            versions = _versions(workspace, change.id)
        except NotFound:
            return True
        for number in {change.before, change.after, max(versions, default=0)} & versions.keys():
            if versions[number].private:
                return True
    return False


def _nothing_in_room() -> InRoom:
    """The same refusal whether something private was done or nothing at all, so that the room can't tell the two
    apart."""
    return InRoom("There is nothing to undo in the room.", "What is private is undone when nobody else looks on.")


_FIRST = (deeds.STARTED_WORKSPACE, deeds.SAMPLE)
"""Before these nothing was done."""


def _next_undoable(workspace: Workspace, left: list[Deed], hidden: Callable[[Deed], bool]) -> Deed | None:
    """The latest deed that can be undone, or that this version doesn't know; none that would reveal what was forgotten
    since, and none that is hidden in the room."""
    forgotten: set[str] = set()
    for deed in left:
        if deed.what in _FIRST or (deed.what == deeds.BACKUP_RESTORED and not deed.replaced):
            return None
        ids = {change.id for change in deed.changes}
        if deed.what in (deeds.FORGOTTEN, deeds.CUSTOMER_FORGOTTEN):
            forgotten |= ids
        elif ids & forgotten or hidden(deed):
            continue
        elif not deeds.is_known(deed.what) or not _why_beyond(workspace, deed)[0]:
            return deed
    return None


def _why_beyond(workspace: Workspace, deed: Deed) -> tuple[str, str]:
    """Why a deed can't be undone, and what to do instead; empty where it can."""
    last = f"The last thing was: {deeds.deed_words(deed.what)}. "
    if not deeds.meaning_of(deed.what).undoable:
        return f"{last}That can't be undone.", _WAY_ON.get(deed.what, "")
    if deed.what == deeds.BACKUP_RESTORED:
        return ("", "") if deed.replaced else (f"{last}What was here could not be kept as it was.", _LIST_BACKUPS)
    if not deed.changes or any(change.before != change.after for change in deed.changes):
        standing = {evaluation.id for evaluation in merged_for_good(workspace, deed)}
        if not standing or not standing.issuperset(change.id for change in deed.changes):
            return "", ""
        return (
            "The last thing merged evaluations that were shared or final, which can't be undone.",
            "`meetingtool check` names what is to be decided; reopen an evaluation with a reason to go on with it.",
        )
    return (
        f"{last}What was here stayed as it was, so there is nothing to take back.",
        "`show REF` has what the copy said among the changes of a record.",
    )


_LIST_BACKUPS = "`meetingtool restore` lists all that can be brought back."

_WAY_ON = {
    deeds.EVALUATION_SHARED: "Reopen the evaluation with a reason, or change the answer with one.",
    deeds.EVALUATION_ANSWERED: "Reopen the evaluation with a reason, or change the answer with one.",
    deeds.EVALUATION_FINAL: "Reopen the evaluation with a reason; the final edition is kept.",
    deeds.EVALUATION_REOPENED: "Make it final again; its former edition is kept.",
    deeds.PULSE: "What was answered is kept for good; `meetingtool remove REF` removes a round without kept answers.",
    deeds.SET_ASIDE: "`meetingtool server set-aside REF --back` brings it back.",
    deeds.BROUGHT_BACK: "`meetingtool server set-aside REF` sets it aside again.",
    deeds.EVALUATIONS_JOINED: "`meetingtool bin list` shows the other one, and "
    "`meetingtool evaluation join @who --keep REF` continues with that one.",
}
"""What to do instead of undoing what is beyond undo."""


def merged_for_good(workspace: Workspace, deed: Deed) -> list[Evaluation]:
    """The evaluations that a merge of two computers changed and that were handed over: undo leaves them as they are."""
    if not deeds.is_merge(deed.what):
        return []
    ids = {change.id for change in deed.changes if change.before != change.after}
    found = [e for removed in (False, True) for e in workspace.find(Evaluation, removed=removed) if e.id in ids]
    return [e for e in found if e.state != "draft" or e.finals]


def told_standing(workspace: Workspace, deed: Deed) -> str:
    """What stays of a merge after it was undone, by name; empty where nothing does."""
    from meetingtool.actions.people.merged_finals import called, owner_of

    before = {change.id: change.before for change in deed.changes}
    told = []
    for each in merged_for_good(workspace, deed):
        was = _versions(workspace, each.id).get(before[each.id])
        drafted = isinstance(was, Evaluation) and was.state == "draft" != each.state
        whose = called(each, owner_of(workspace, each))
        told.append(
            f"{whose} is {each.state}"
            + (f" (a draft here before, which `show {each.ref} --changes` has)" if drafted else "")
        )
    return f"What was shared or final stays as it was merged: {'; '.join(told)}." if told else ""


def _finished_undo(workspace: Workspace) -> Deed | None:
    """The deed that an interrupted undo took back, if it was finished here and nothing was done since."""
    finished, workspace.finished = workspace.finished, None
    if finished is None or finished.undoes is None:
        return None
    recent = workspace.deeds(LOOK_BACK)
    if not recent or recent[0].id != finished.deed:
        return None
    return next((deed for deed in recent if deed.id == finished.undoes), None)


def _versions(workspace: Workspace, record_id: str) -> dict[int, Record]:
    """The versions of a record that are kept, by number."""
    kept = (version.record for version in workspace.versions(record_id))
    return {record.version: record for record in kept if isinstance(record, Record)}


def _taken_back(workspace: Workspace, record_id: str, before: int, after: int, now: datetime) -> Record:
    """The record as its next version, with the fields that went from version `before` to `after` set back."""
    versions = _versions(workspace, record_id)
    current = versions[max(versions)]
    if before == 0:
        return msgspec.structs.replace(current, version=current.version + 1, removed_at=now)
    if before not in versions or after not in versions:
        raise Refused("That has changed too often since then to be undone.", "Change the record by hand.")
    old, new = versions[before], versions[after]
    changes = {}
    for field in current.__struct_fields__:
        was, became = getattr(old, field), getattr(new, field)
        if field == "version" or was == became:
            continue
        if getattr(current, field) != became:
            raise Conflict("That has since been changed again elsewhere.", "Look at the record and change it by hand.")
        changes[field] = was
    return msgspec.structs.replace(current, version=current.version + 1, **changes)


def check_removable(workspace: Workspace, record: Record) -> None:
    """Refused for what is in the bin, for what was once final, and for what other records rest on."""
    if record.removed_at is not None:
        raise Refused("This is already in the bin.")
    if isinstance(record, Settings | Agenda):
        raise Refused("The workspace needs this.", "Change it instead.")
    if isinstance(record, PulseRound) and record.answered:
        raise Refused("A pulse is kept: it names nobody.", "Taking a round back would reveal single answers.")
    if isinstance(record, Evaluation) and record.finals:
        raise Refused("An evaluation that was once final is kept.", "Reopen it to write a new version.")
    if isinstance(record, Evaluation) and (record.state != "draft" or record.fixed is not None):
        raise Refused("An evaluation that was shared is kept.", "Continue with it; a draft can be rewritten.")
    if isinstance(record, Meeting) and workspace.find(Story, meeting=record.id):
        raise Refused("Stories were told in this meeting.", "Remove them first, if it was never held.")
    if isinstance(record, Person) and _is_named(workspace, record):
        raise Refused(f"Stories, ratings or promises name {record.name}.", "Note a leaving date instead.")
    if isinstance(record, Standard) and _is_used(workspace, record):
        raise Refused(f"Stories or ratings name #{record.tag}.", "Retire it instead.")


def _is_named(workspace: Workspace, person: Person) -> bool:
    naming = [kind for kind in KINDS if kind.people_in]
    return any(
        person.id in kind.people(record) for kind in naming for record in workspace.find(kind.record, removed=None)
    )


def _is_used(workspace: Workspace, standard: Standard) -> bool:
    told = workspace.find(Story, removed=None)
    return any(standard.id in story.standards for story in told) or bool(
        workspace.find(Rating, removed=None, standard=standard.id)
    )


def remove(workspace: Workspace, record: Record, now: datetime) -> Record:
    """Move a record to the bin, from where it can be restored. Refused like `check_removable`."""
    check_removable(workspace, record)
    binned = msgspec.structs.replace(record, version=record.version + 1, removed_at=now)
    workspace.save(binned, deed=deeds.REMOVED, now=now)
    return binned


def bring_back(workspace: Workspace, record: Record, now: datetime) -> Record:
    """Take a record out of the bin. Refused when it is not in the bin, for an entry that was merged with another, and
    where another has what only one may have; somebody whose handle is another's by now gets a free one.
    """
    if record.removed_at is None:
        raise Refused("This is not in the bin.")
    if isinstance(record, Person):
        for person in workspace.find(Person):
            if record.id in person.merged:
                raise Refused(f"This entry was merged into @{person.handle}.", "`undo` reverses that.")
    restored = msgspec.structs.replace(record, version=record.version + 1, removed_at=None)
    with workspace.batch(deeds.RESTORED, now):
        restored = with_free_handle(workspace, restored)
        require_only_one(workspace, restored, now)
        workspace.save(restored, deed=deeds.RESTORED, now=now)
    return restored
