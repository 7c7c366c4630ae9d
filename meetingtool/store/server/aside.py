"""Records on a server that can't be read: a team sets one aside, out of everybody's way, and can bring it back.

Nothing of it is deleted.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import msgspec

from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.records.base import mint
from meetingtool.records.kinds import AnyRecord
from meetingtool.rules.keeping import deeds
from meetingtool.rules.keeping.deeds import Code
from meetingtool.store.deeds import Change, Deed, Former
from meetingtool.store.keys import key_of
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


DEEPEST = 64
"""Lists and objects in one another; as in `is_too_deep` of the schema. Those of meetingtool lie about 8 deep."""
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_OTHERS = re.compile(r"[^][{}]+")


def is_too_deep(document: str) -> bool:
    """Whether a document is nested deeper than any that meetingtool writes, so that programs fail on it."""
    if document.count("[") + document.count("{") <= DEEPEST:
        return False
    depth = 0
    for bracket in _OTHERS.sub("", _STRINGS.sub("", document)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            return True
    return False


def changes_in(steps: Any) -> list[Change]:
    """The changes of a deed, from (id, before, after) as the server has them."""
    return [Change(id, int(before), int(after)) for id, before, after in steps or () if id is not None]


def deed_of_row(id: str, at: str, by: str, what: str, undoes: str | None, changes: tuple[Change, ...]) -> Deed | None:
    """A deed as the server has it; None for one that can't be read: an id or a moment that is none, which were taken
    before the server looked at them."""
    try:
        key_of(id)
        return Deed(id, _moment(at), by, Code(what), changes, undoes)
    except ValueError:
        return None


def former_of_row(document: str, at: str, by: str, deed: str) -> Former | None:
    """A former version as the server has it; None for one that can't be read, as with a deed."""
    try:
        return Former(msgspec.Raw(document.encode()), _moment(at), by, Code(deed))
    except ValueError:
        return None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset")
    return moment


class Head(msgspec.Struct):
    """The fields that can be read in any record."""

    id: str = ""
    type: str = "record"
    removed_at: object = None


def head_of(link: Link, document: str) -> Head:
    """The fields that can be read in an unreadable record. The server looks into what is too deep for a program."""
    if not is_too_deep(document):
        return msgspec.json.decode(document, type=Head)
    (found,) = link.rows(
        "select d ->> 'id', d ->> 'type', d ->> 'removed_at' from (select %s::json) as said(d)", document
    )
    return Head(*found)


def read(document: str) -> AnyRecord:
    """The record. DecodeError for one that this version can't read."""
    if is_too_deep(document):
        raise msgspec.DecodeError("nested too deep")
    return _RECORD.decode(document)


def is_readable(document: str) -> bool:
    """Whether this version can read a record."""
    try:
        read(document)
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
            "select id, book, kind, version, document from meetingtool.records_of(%s) where right(id, %s) = %s",
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
    """Let a record that can't be read count as removed, or with `back` no longer. The former version stays. Refused for
    one that would come back nested too deep."""
    if back and is_too_deep(record.document):
        raise Refused(
            f"{record.kind} {record.id[-6:]} is nested too deep for any program, and stays set aside.",
            "Its versions stay on the server.",
        )
    document = link.one(
        "select '{' || string_agg(to_json(key)::text || ':' || value::text, ',' order by place)"
        " || format(',\"version\":%%s,\"removed_at\":%%s}', %s::integer, %s::text)"
        " from json_each(%s::json) with ordinality as each(key, value, place)"
        " where key not in ('version', 'removed_at')",
        record.version + 1, "null" if back else msgspec.json.encode(now).decode(), record.document,
    )  # fmt: skip
    link.one(
        "select meetingtool.save(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        link.address.team, mint(now), now.isoformat(), deeds.BROUGHT_BACK if back else deeds.SET_ASIDE, None,
        [record.id], [record.book], [record.kind], [record.version + 1], [document],
    )  # fmt: skip
