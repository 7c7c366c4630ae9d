"""What a book will be once it is recovered, and what that costs: announced beforehand, and done exactly so. Some of the
records that the book had may not come back at all, or in an earlier version, or altered by the damage; these are called
lost here. Their number is between two bounds, of which the upper one may be unknown.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Collection
from datetime import datetime

import msgspec

from meetingtool.rules.keeping.deeds import SALVAGED
from meetingtool.store.bookfile import Header, content_of
from meetingtool.store.deeds import Former, read_former
from meetingtool.store.keys import VERSION_DIGITS, former_key
from meetingtool.store.lines import Rows, Tables, document_of, line_of
from meetingtool.store.mending.salvage import Salvage
from meetingtool.store.roll import SavedBook
from meetingtool.store.shelf import decode_record


class Loss(msgspec.Struct, frozen=True):
    """How many records are lost: at least, and at most; None where nothing says how many there were.

    history: how many former versions and entries of the log are missing as well. altered: none of these is missing, but
    they may not say what was saved. by_roll: whether the roll says which state of the book was the last; if not, the
    file may be an earlier one, and `most` holds only for that state.
    """

    least: int = 0
    most: int | None = None
    history: int = 0
    by_roll: bool = True
    altered: bool = False

    @property
    def in_words(self) -> str:
        """`1 record is lost`, `at most 3 records are lost or altered`: the end of a sentence."""
        so_far = "" if self.by_roll else "as far as the file tells, "
        if self.altered:
            return f"{so_far}no record is lost, but its log or former versions may have been changed"
        if not self.history:
            return f"{so_far}{self._of_records}"
        history = _history(self.history)
        if self.most == 0:
            return f"{so_far}no record is lost, but {history}"
        return f"{so_far}{self._of_records}, and {history}"

    @property
    def _of_records(self) -> str:
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


def _history(number: int) -> str:
    return (
        f"{number:,} log entries or earlier versions are lost"
        if number > 1
        else ("1 log entry or earlier version is lost")
    )


class Outcome(msgspec.Struct, frozen=True):
    """What a book will be. tables: all of it. saved: how many records only the damaged file had, or had in a later
    version than the copy. loss: of the records that the book had."""

    tables: Tables
    saved: int
    loss: Loss


def outcome(
    copy: Tables,
    found: Salvage | None,
    sound: Collection[bytes],
    now: datetime,
    *,
    add: bool = True,
    known: SavedBook | None = None,
    base: Header | None = None,
) -> Outcome:
    """What results from a copy and from what was found in the damaged file.

    copy: its tables, or none. base: its header. found: None when there is no such file any more. sound: the lines of
    records in all sound copies, which vouch for the same lines in the damaged file. known: what the roll says about the
    book. add: take over what was found; if not, it only says what is lost with the copy as it is.
    """
    told, whole, saved = _latest(found.told if found is not None else None, known), copy, 0
    if found is not None and add:
        whole, saved = _joined(copy, found, now)
        if told is not None and told.content is not None:
            whole["records"] = _vouched_for(whole["records"], found, told.content)
    loss = _loss(whole, found or _EMPTY, copy.get("records", {}), told, base, () if found is None else sound)
    by_roll = loss.most is None or (known is not None and not known.gone and known.saves > 0)
    altered = loss.most == 0 and not loss.history and add and found is not None and not _is_as_saved(whole, copy, found)
    return Outcome(whole, saved, msgspec.structs.replace(loss, by_roll=by_roll, altered=altered))


def _is_as_saved(whole: Tables, copy: Tables, found: Salvage) -> bool:
    """Whether the log and the former versions are all as they were saved: the copy has them, or the checksum fits."""
    return all(whole.get(name, {}) == copy.get(name, {}) for name in ("former", "deeds")) or found.fits(whole)


def _latest(told: Header | None, known: SavedBook | None) -> SavedBook | None:
    """The last known state: a header that is certain, or the roll's where that is later."""
    if told is None or (known is not None and not known.gone and known.is_beyond(told)):
        return None if known is None or known.gone else known
    return SavedBook.of(told)


def _vouched_for(records: Rows, found: Salvage, content: int) -> Rows:
    """The rows, or, if only those fit the header's sum, the rows with the other lines found for the same versions.
    Where one version had two texts, the sound copy's was taken, or the first in the damaged file.
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


def _loss(
    tables: Tables,
    found: Salvage,
    copy: Rows,
    told: SavedBook | None,
    base: Header | None,
    sound: Collection[bytes] = (),
) -> Loss:
    """The bounds. Where the number and the sum of the records are the known ones, all are there. Otherwise the most is
    every record that was there, without those that a sound copy vouches for in their present version; and never more
    than changed since the copy, plus those from elsewhere that nothing vouches for. The least is how many more there
    were than are there now.
    """
    records = tables.get("records", {})
    unread = len(found.unreadable - records.keys())
    history = 0 if told is None else told.history_beyond(tables)
    if told is None:
        return Loss(unread)
    differs = told.content is not None and content_of(records.values()) != told.content
    if len(records) == told.records and told.content is not None and not differs:
        return Loss(0, 0 if told.sure else None, history)
    least = max(unread, told.records - len(records), int(differs and len(records) == told.records))
    if not told.sure:
        return Loss(max(0, least), None, history)
    rows = found.tables["records"]
    most = told.records
    if found.told is not None and told == SavedBook.of(
        found.told
    ):  # without the roll the file may be an earlier state as well
        vouched = (line in sound and rows.get(key) == line and key not in found.unsure for key, line in records.items())
        most = max(0, most - sum(vouched))
    steps = told.steps_since(base)
    if steps:
        most = min(most, steps + sum(copy.get(key) != line and line not in sound for key, line in records.items()))
    return Loss(max(0, min(least, most)), most, history)


def _joined(copy: Tables, found: Salvage, now: datetime) -> tuple[Tables, int]:
    """The copy with what only the damaged file has; and how many records came that way. A version replaced by this
    becomes a former one, if the file does not have it as such itself. For a record whose own row can't be read, the
    last of its former versions is better than nothing.
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
    """The last former versions of records that are missing, or there only in an earlier version."""
    last: dict[str, str] = {}
    for row in sorted(formers):
        last[row[:-VERSION_DIGITS]] = row
    rows: Rows = {}
    for key, row in last.items():
        version = int(row[-VERSION_DIGITS:])
        if key not in records or decode_record(key, records[key]).version < version:
            rows[key] = line_of(key, bytes(read_former(row, formers[row]).record))
    return rows


_EMPTY = Salvage({"records": {}, "former": {}, "deeds": {}})
