"""What a book will be once it is recovered, and what that costs: said before it is done, and done exactly so.

Of the records that the book had, some may come back in no version, in an earlier one, or altered by the damage; these
are called lost here. How many they are lies between two numbers, of which the larger may be unknown.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Collection
from datetime import datetime

import msgspec

from meetingtool.rules.keeping.deeds import SALVAGED
from meetingtool.store.bookfile import content_of
from meetingtool.store.deeds import Former, read_former
from meetingtool.store.keys import VERSION_DIGITS, former_key
from meetingtool.store.lines import Rows, Tables, document_of, line_of
from meetingtool.store.salvage import Salvage
from meetingtool.store.shelf import decode_record


class Loss(msgspec.Struct, frozen=True):
    """How many records are lost: at least, and at most; None where nothing says how many there were."""

    least: int = 0
    most: int | None = None

    @property
    def is_none(self) -> bool:
        """Whether it is certain that nothing is lost."""
        return self.most == 0

    @property
    def in_words(self) -> str:
        """`1 record is lost`, `at most 3 records are lost or altered`: to go on a sentence."""
        if self.most is None:
            if not self.least:
                return "there is no telling how many records are lost"
            return f"{_records(self.least, 'at least ')} lost; how many in all can't be known"
        if self.least == self.most:
            return f"{_records(self.least)} lost or altered" if self.least else "nothing is lost"
        if not self.least:
            return f"{_records(self.most, 'at most ')} lost or altered"
        return f"between {self.least:,} and {self.most:,} records are lost or altered"


def _records(number: int, before: str = "") -> str:
    return f"{before}1 record is" if number == 1 else f"{before}{number:,} records are"


class Outcome(msgspec.Struct, frozen=True):
    """What a book will be. tables: all of it. saved: how many records only the damaged file gave, or in a later version
    than the copy. loss: of the records that the book had."""

    tables: Tables
    saved: int
    loss: Loss


def outcome(
    copy: Tables, found: Salvage | None, sound: Collection[bytes], now: datetime, *, add: bool = True
) -> Outcome:
    """What comes of a copy, and of what was found in the damaged file.

    copy: its tables, or none. found: None when there is no such file any more. sound: the lines of records in all
    sound copies, which vouch for the same lines in the damaged file. add: take over what was found; else it only says
    what is lost with the copy as it is.
    """
    if found is None:
        return Outcome(copy, 0, Loss())
    if not add:
        return Outcome(copy, 0, _loss(copy.get("records", {}), found, sound))
    whole, saved = _joined(copy, found, now)
    if found.told is not None and found.told.content is not None:
        whole["records"] = _vouched_for(whole["records"], found, found.told.content)
    return Outcome(whole, saved, _loss(whole["records"], found, sound))


def _vouched_for(records: Rows, found: Salvage, content: int) -> Rows:
    """The rows, or those with other lines of the same versions that were found, if the header's sum vouches for them.

    Of two texts of one version the sound copy's was taken, and of two in the damaged file the first.
    """
    missing = content - content_of(records.values())
    if not missing:
        return records
    others = [*found.tables["records"].items(), *found.twice]
    same = [(key, line) for key, line in others if line != records[key] and _is_version_of(key, line, records[key])]
    for key, line in same:
        if crc32(line) - crc32(records[key]) == missing:
            return {**records, key: line}
    all_others = {**records, **dict(same)}
    return all_others if content_of(all_others.values()) == content else records


def _is_version_of(key: str, line: bytes, taken: bytes) -> bool:
    return decode_record(key, line).version == decode_record(key, taken).version


def _loss(records: Rows, found: Salvage, sound: Collection[bytes]) -> Loss:
    """The bounds.

    Where number and sum of the records are those in the header, all are there. Else every record that had been there is
    lost but for those that a sound copy vouches for in the present version, at most; and at least as many as the header
    counts beyond those that are there.
    """
    told, unread = found.told, len(found.unreadable - records.keys())
    if told is None:
        return Loss(unread)
    differs = told.content is not None and content_of(records.values()) != told.content
    if len(records) == told.records and told.content is not None and not differs:
        return Loss(0, 0)
    rows = found.tables["records"]
    certain = sum(line in sound and rows.get(key) == line and key not in found.unsure for key, line in records.items())
    most = max(0, told.records - certain)
    least = max(unread, told.records - len(records), int(differs and len(records) == told.records))
    return Loss(min(least, most), most)


def _joined(copy: Tables, found: Salvage, now: datetime) -> tuple[Tables, int]:
    """The copy with what the damaged file has beyond it; how many records came so.

    A version that is replaced so becomes a former one, if the file does not give it as such itself. Of a record whose
    own row can't be read, the last of its former versions is better than none.
    """
    records = dict(copy.get("records", {}))
    newer = found.newer_than(records)
    replaced: Rows = {}
    for key in newer:
        if key in records:
            row = former_key(key, decode_record(key, records[key]).version)
            former = Former(msgspec.Raw(document_of(key, records[key])), now, "", SALVAGED)
            replaced[row] = line_of(row, msgspec.json.encode(former))
    records.update({key: found.tables["records"][key] for key in newer})
    formers = {**replaced, **copy.get("former", {}), **found.tables["former"]}
    from_former = _last_former(records, formers)
    records.update(from_former)
    deeds = {**copy.get("deeds", {}), **found.tables["deeds"]}
    return {**copy, "records": records, "former": formers, "deeds": deeds}, len(newer) + len(from_former)


def _last_former(records: Rows, formers: Rows) -> Rows:
    """The last former versions of records that are not there, or only in an earlier version."""
    last: dict[str, str] = {}
    for row in sorted(formers):
        last[row[:-VERSION_DIGITS]] = row
    rows: Rows = {}
    for key, row in last.items():
        version = int(row[-VERSION_DIGITS:])
        if key not in records or decode_record(key, records[key]).version < version:
            rows[key] = line_of(key, bytes(read_former(row, formers[row]).record))
    return rows
