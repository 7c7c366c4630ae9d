"""What was done recently, and what is in the bin: for looking back and for restoring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.base import REF_LENGTH, Record
from meetingtool.rules.keeping import deeds
from meetingtool.rules.kinds.table import KINDS, name_of, sort_of
from meetingtool.store import Deed

IN_BIN = timedelta(days=366)
"""How long removed things are listed and can be brought back."""


class LoggedDeed(msgspec.Struct, frozen=True):
    """One deed. code, what: the deed as it is kept, and in words. ids: of the records that it changed.
    undone: whether it was taken back."""

    id: str
    at: datetime
    by: str
    code: deeds.Code
    what: str
    ids: tuple[str, ...]
    undone: bool

    @property
    def refs(self) -> tuple[str, ...]:
        """The references of the records."""
        return tuple(each[-REF_LENGTH:] for each in self.ids)


class Removed(msgspec.Struct, frozen=True):
    """One record in the bin. what: its words or name. removed_by: who put it there."""

    record: Record
    kind: str
    what: str
    at: datetime
    by: str


def entries(desk: Desk, limit: int = 50) -> list[LoggedDeed]:
    """The latest deeds, newest first, without those that are no step of their own. In the room, deeds are left out that
    are private by their kind or that touched only what is private now; the others name only the records that may be
    drawn.
    """
    back = 4 * limit
    while True:
        recent = desk.workspace.deeds(back)
        found = [*islice(_told(desk, recent), limit)]
        if len(found) == limit or len(recent) < back:
            return found
        back *= 4


def _told(desk: Desk, recent: Sequence[Deed]) -> Iterator[LoggedDeed]:
    undone = {deed.undoes for deed in recent if deed.undoes}
    for deed in recent:
        meaning = deeds.meaning_of(deed.what)
        ids = tuple(change.id for change in deed.changes)
        shown = tuple(each for each in ids if not _hidden(desk, each)) if desk.room else ids
        if deed.what == deeds.QUIET or (desk.room and (meaning.private or (ids and not shown))):
            continue
        yield LoggedDeed(deed.id, deed.at, deed.by, deed.what, meaning.words, shown, deed.id in undone)


def _hidden(desk: Desk, record_id: str) -> bool:
    """Whether a record may not be drawn now. One that is no longer kept says nothing and is not hidden."""
    try:
        desk.get(Record, record_id)
    except InRoom:
        return True
    except NotFound:
        return False
    return False


def bin_of(desk: Desk) -> list[Removed]:
    """What was removed within a year, the latest first; in the room without anything private."""
    since = desk.now - IN_BIN
    found = [record for kind in KINDS for record in desk.workspace.find(kind.record, removed=True)]
    lately = [
        (record.removed_at, record.id, record)
        for record in found
        if record.removed_at is not None and record.removed_at >= since and not (desk.room and record.private)
    ]
    return [_removed(desk, record) for _, _, record in sorted(lately, key=lambda one: one[:2], reverse=True)]


def _removed(desk: Desk, record: Record) -> Removed:
    versions = desk.workspace.versions(record.id)
    by = next((version.replaced_by for version in reversed(versions) if version.replaced_at is not None), "")
    assert record.removed_at is not None
    return Removed(record, sort_of(record), name_of(record, desk.roster), record.removed_at, by)
