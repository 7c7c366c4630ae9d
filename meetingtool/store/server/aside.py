"""Records on a server that can't be read: a team sets one aside, out of everybody's way, and can bring it back.

Nothing of it is deleted.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.records.base import mint
from meetingtool.records.kinds import AnyRecord
from meetingtool.rules.keeping import deeds
from meetingtool.store.server.address import EXAMPLE
from meetingtool.store.server.link import Link

_RECORD: msgspec.json.Decoder[AnyRecord] = msgspec.json.Decoder(AnyRecord)


class Unread(msgspec.Struct, frozen=True):
    """A record that can't be read, as the server has it."""

    id: str
    book: str
    kind: str
    version: int
    document: str


class _Head(msgspec.Struct):
    removed_at: Any = None


def is_removed(document: str) -> bool:
    """Whether a record that can't be read is out of use, by the part that every record has for that."""
    return msgspec.json.decode(document, type=_Head).removed_at is not None


def is_readable(document: str | bytes) -> bool:
    """Whether this version can read a record."""
    try:
        _RECORD.decode(document)
    except msgspec.DecodeError:
        return False
    return True


def unread(link: Link, ref: str) -> Unread:
    """The record of the address's team with that reference. Unclear where no team is named, NotFound, and Refused for
    one that can be read."""
    team, end = link.address.team, ref.upper()
    if not team:
        raise Unclear("The address does not name a team.", f"Such as {EXAMPLE}.")
    found = [
        Unread(*row)
        for row in link.rows(
            "select id, book, kind, version, document from meetingtool.record where team = %s and right(id, %s) = %s",
            team, len(end), end,
        )
    ]  # fmt: skip
    wanted = [each for each in found if not is_readable(each.document)]
    if len(wanted) == 1:
        return wanted[0]
    if found and not wanted:
        raise Refused(f"{end} can be read.", f"`meetingtool remove {end}` moves it to the bin.")
    raise NotFound(f"There is no record {end} that can't be read.", "What can't be read is named where it is needed.")


def set_aside(link: Link, record: Unread, now: datetime, *, back: bool = False) -> None:
    """Let a record that can't be read count as removed, or with `back` no longer. The former version stays."""
    removed = b"null" if back else msgspec.json.encode(now)
    fields = msgspec.json.decode(record.document, type=dict[str, msgspec.Raw]) | {
        "version": msgspec.Raw(str(record.version + 1).encode()),
        "removed_at": msgspec.Raw(removed),
    }
    link.one(
        "select meetingtool.save(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        link.address.team, mint(now), now.isoformat(), deeds.BROUGHT_BACK if back else deeds.SET_ASIDE, None,
        [record.id], [record.book], [record.kind], [record.version + 1], [msgspec.json.encode(fields).decode()],
    )  # fmt: skip
