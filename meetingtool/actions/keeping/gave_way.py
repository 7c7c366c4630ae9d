"""What a merge of two computers did not use, by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetingtool.errors import NotFound
from meetingtool.records.base import Record
from meetingtool.records.team import Settings
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.joining import GaveWay
from meetingtool.rules.kinds.table import name_of, words_for
from meetingtool.rules.kinds.values import label, value
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace

_UNTOLD = frozenset(
    {"at", "order", "line", "segment", "segment_since", "spent", "segments", "closed_at", "decided_at", "fixed"}
)
"""What follows from other fields, or moves on by itself."""

LONGEST = 80
_ID = re.compile(r"\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b")


def gave_way_in_words(
    workspace: Workspace, record: Record, gave_way: Sequence[GaveWay], roster: Roster, was_at: str, stands_at: str
) -> str:
    """`Bo: role Driver (here) gives way to Lead (there).` For private records only the fields are named. Empty where
    nothing gives way. was_at, stands_at: on which side each was said, `here` or `there`; empty where both are.
    """
    told = [each for each in gave_way if each.field not in _UNTOLD and _differs(each)]
    if not told:
        return ""
    name = wording.shortened(name_of(record, roster), LONGEST)
    name = f"Settings of {name}" if isinstance(record, Settings) else name
    see = f"`show {record.ref} --changes` has both"
    if record.private:
        fields = wording.listed([label(each.field) for each in told])
        where = f" of {was_at}" if was_at else ""
        return f"{name}: {fields}{where} {'gives' if len(told) == 1 else 'give'} way; {see}."
    said = [(label(each.field), *(_short(workspace, each.field, one, roster) for one in _apart(each))) for each in told]
    parts = [f"{what} {was}{_at(was_at)} gives way to {stands}{_at(stands_at)}" for what, was, stands in said]
    return f"{name}: {'; '.join(parts)}. {see[0].upper()}{see[1:]}."


def _at(side: str) -> str:
    return f" ({side})" if side else ""


def _short(workspace: Workspace, field: str, said: object, roster: Roster) -> str:
    told = _ID.sub(lambda found: _called(workspace, found[0], roster), value(field, said, roster))
    return wording.shortened(told, LONGEST)


def _called(workspace: Workspace, id: str, roster: Roster) -> str:
    """The name of what an id stands for, also of what is in the bin; of a private record only what it is."""
    try:
        record = workspace.by_ref(id)
    except NotFound:
        return "something that is gone"
    return words_for(record).short if record.private else name_of(record, roster)


def _apart(each: GaveWay) -> tuple[object, object]:
    """The two values; for lists, what only one of them has."""
    was, stands = each.was, each.stands
    if isinstance(was, tuple) and isinstance(stands, tuple):
        return tuple(one for one in was if one not in stands), tuple(one for one in stands if one not in was)
    return was, stands


def _differs(each: GaveWay) -> bool:
    if isinstance(each.was, str) and isinstance(each.stands, str):
        return fold(each.was) != fold(each.stands)
    return bool(each.was != each.stands)
