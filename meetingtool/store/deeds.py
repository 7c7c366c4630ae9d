"""What was done: the log behind undo and "what changed"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from meetingtool.rules.keeping.deeds import QUIET, Code
from meetingtool.store.keys import key_of
from meetingtool.store.lines import Rows, document_of, line_of

DEEDS_KEPT = 400
"""How many deeds a book remembers; older ones leave the log, but the records and their former versions stay."""


class Change(msgspec.Struct, frozen=True):
    """One record's step. before: the version it had, 0 when it is new. after: the version it has now."""

    id: str
    before: int
    after: int


class Deed(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing a person did, and the records it changed.

    what: its code, which `rules.keeping.deeds` puts into words. undoes: the id of the deed that this one took back.
    order: deeds are sorted by it first, then by moment. It goes up if the clock is behind an earlier deed.
    replaced: of a restore, the backups with what it replaced, each by book and name; empty where one book was not there
    or could not be kept as it was.
    """

    id: str
    at: datetime
    by: str
    what: Code
    changes: tuple[Change, ...] = ()
    undoes: str | None = None
    order: int = 0
    replaced: tuple[str, ...] = ()


class Version(msgspec.Struct, frozen=True):
    """One version of a record. replaced_at, replaced_by, deed: when, by whom and in which deed the next one was saved;
    None and empty for the current version."""

    record: msgspec.Struct
    replaced_at: datetime | None = None
    replaced_by: str = ""
    deed: Code = QUIET


class Former(msgspec.Struct, frozen=True):
    """A row of a book's `former` table: a record as it was before it was replaced, with by whom, when and in which
    deed."""

    record: msgspec.Raw
    replaced_at: datetime
    replaced_by: str
    deed: Code


class _Replaced(msgspec.Struct, frozen=True):
    replaced_at: datetime


_FORMER = msgspec.json.Decoder(Former)
_REPLACED = msgspec.json.Decoder(_Replaced)
_DEED = msgspec.json.Decoder(Deed)


def deed_row(deed: Deed) -> Rows:
    """The deed as a row of a book's log."""
    key = key_of(deed.id)
    return {key: line_of(key, msgspec.json.encode(deed))}


def with_deed(rows: Rows, deed: Deed) -> Rows:
    """A book's log with a new deed, without the oldest where these are too many."""
    return dict(list(rows.items())[-DEEDS_KEPT + 1 :]) | deed_row(deed)


def read_deed(key: str, line: bytes) -> Deed:
    """The deed in a row."""
    return _DEED.decode(document_of(key, line))


def read_former(key: str, line: bytes) -> Former:
    """The former version in a row."""
    return _FORMER.decode(document_of(key, line))


def when_replaced(key: str, line: bytes) -> datetime:
    """When the former version in a row was replaced."""
    return _REPLACED.decode(document_of(key, line)).replaced_at


def merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One change for each record: from the version before its first change to the version after its last."""
    steps: dict[str, Change] = {}
    for change in changes:
        first = steps.get(change.id, change)
        before = change.before if first.before == first.after else first.before
        steps[change.id] = Change(change.id, before, change.after)
    return tuple(steps.values())


def merged_deeds(deeds: Iterable[Deed]) -> list[Deed]:
    """Deeds of several books, newest first; those with one id are one deed."""
    whole: dict[str, Deed] = {}
    for deed in deeds:
        known = whole.get(deed.id)
        if known is not None:
            deed = msgspec.structs.replace(
                deed, changes=merged(known.changes + deed.changes), at=max(known.at, deed.at)
            )
        whole[deed.id] = deed
    return sorted(whole.values(), key=lambda deed: (deed.order, deed.at, deed.id), reverse=True)
