"""Looking a book over record by record: after an edit by hand, and for `check`."""

from __future__ import annotations

import re

import msgspec

from meetingtool.store.deeds import Former, read_deed, read_former
from meetingtool.store.keys import former_key, is_version, key_of
from meetingtool.store.lines import Rows, Tables, document_of, line_of
from meetingtool.store.shelf import decode_record, has_bare_moment


class Odd(msgspec.Struct, frozen=True):
    """A row that can't be taken as it is. ref: the end of the record's id, if it is known. why: in words without any of
    its content."""

    table: str
    key: str
    ref: str
    why: str


_BARE = "a moment without its offset"
_NO_VERSION = "`version` has a value that can't be"
_PLACE = re.compile(r"at `\$\.?([^`]*)`")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_ID = re.compile(rb'"id":\s*"([0-9A-HJKMNP-TV-Z]{26})"')


def looked_over(tables: Tables) -> tuple[Tables, list[Odd]]:
    """The tables with every row under the right key, and the rows that can't be understood.

    A record added by hand, or by a stock TinyDB, can have any key; it gets its own.
    """
    odd: list[Odd] = []
    fixed = dict(tables)
    for name, look in _LOOKS:
        if name not in tables:
            continue
        rows: Rows = {}
        for key, line in tables[name].items():
            try:
                right = look(key, line)
            except (msgspec.DecodeError, ValueError) as error:
                odd.append(Odd(name, key, _ref_in(line), _why(error)))
                continue
            if right in rows or (right != key and right in tables[name]):
                odd.append(Odd(name, key, _ref_in(line), "another one has the same id"))
                continue
            rows[right] = line if right == key else line_of(right, document_of(key, line))
        fixed[name] = rows
    return fixed, odd + _strays(tables)


def _strays(tables: Tables) -> list[Odd]:
    """Records in a table of another name, such as when the name was damaged: nothing would read them."""
    known = {name for name, _ in _LOOKS}
    found = []
    for name, rows in tables.items():
        for key, line in rows.items() if name not in known else ():
            try:
                _record(key, line)
            except (msgspec.DecodeError, ValueError):
                continue
            found.append(Odd(name, key, _ref_in(line), "it is in a table of another name"))
    return found


def _record(key: str, line: bytes) -> str:
    record = decode_record(key, line)
    _refuse_bare_moment(record)
    if not is_version(record.version):
        raise ValueError(_NO_VERSION)
    return key_of(record.id)


def _refuse_bare_moment(part: msgspec.Struct) -> None:
    if has_bare_moment(part):
        raise ValueError(_BARE)


def _former(key: str, line: bytes) -> str:
    former: Former = read_former(key, line)
    record = decode_record("", line_of("", bytes(former.record)))
    _refuse_bare_moment(former)
    _refuse_bare_moment(record)
    return former_key(key_of(record.id), record.version)


def _deed(key: str, line: bytes) -> str:
    deed = read_deed(key, line)
    _refuse_bare_moment(deed)
    return key_of(deed.id)


_LOOKS = (("records", _record), ("former", _former), ("deeds", _deed))


def _ref_in(line: bytes) -> str:
    found = _ID.search(line)
    return found[1][-6:].decode() if found else ""


def _why(error: Exception) -> str:
    """What is wrong, without the text in it."""
    told = str(error)
    if told in (_BARE, _NO_VERSION):
        return told
    if "unknown field" in told and (field := _UNKNOWN.search(told)):
        return f"`{field[1]}` is not known"
    if "missing required field" in told and (field := re.search(r"field `([^`]*)`", told)):
        return f"`{field[1]}` is missing"
    if place := _PLACE.search(told):
        return f"`{place[1]}` has a value that can't be"
    return "its id is missing" if told.startswith("not an id") else "it can't be read"
