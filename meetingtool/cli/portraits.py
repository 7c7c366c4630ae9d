"""One record in full, for a person to read, and how it changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from meetingtool.actions.stories.background import background
from meetingtool.cli.printing import SIGN
from meetingtool.records.base import Record
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.kinds.kind import BOOKKEEPING, Fact
from meetingtool.rules.kinds.table import differences, kind_of, sort_of

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.store import Version

Fields = list[tuple[str, str]]


def heading(record: Record, desk: Desk) -> str:
    """`win 3F7K2Q · Tue 24 Nov, 09:03 · private`."""
    parts = [
        f"{sort_of(record)} {record.ref}",
        moment(record.at, desk.today),
        "starred" if getattr(record, "starred", False) else "",
        "private" if record.private else "",
        "in the bin" if record.removed_at else "",
    ]
    return SIGN.join(part for part in parts if part)


def moment(when: datetime, today: date) -> str:
    """`Tue 24 Nov, 09:03`; noon stands for an unknown hour and is left out."""
    at_noon = (when.hour, when.minute, when.second) == (12, 0, 0)
    return wording.day(when.date(), today) if at_noon else wording.moment(when, today)


def own_words(record: Record, desk: Desk) -> str:
    """The record's own words, where it has any and its fields don't say them."""
    kind = kind_of(record)
    return "" if kind.words_are_facts else kind.text(record, desk.roster)


def fields(record: Record, desk: Desk) -> Fields:
    """What else is known about a record, by name, with the records it is linked to."""
    kind, roster, behind = kind_of(record), desk.roster, background(desk, record)
    facts, links = kind.facts(record, roster, behind), kind.links(record, roster, behind)
    said = [(title.lower(), words) for title, words in kind.parts(record)]
    return [*map(_field, facts), *said, *map(_field, links)]


def _field(fact: Fact) -> tuple[str, str]:
    return fact.label, f"{fact.ref}  {fact.text}" if fact.ref else fact.text


class VersionChange(msgspec.Struct, frozen=True):
    """One version of a record: when it came, by whom, in what deed, and what became different, in words.

    code: the deed as it is kept.
    """

    version: int
    at: datetime
    by: str
    deed: str
    changed: tuple[str, ...] = ()
    code: deeds.Code = deeds.QUIET


def changes(record: Record, desk: Desk) -> list[VersionChange]:
    """How a record came to be as it is, oldest first. A merge, which keeps both texts, is one change: from what stood
    here to what came of it, with what the copy said and is not used."""
    versions = desk.workspace.versions(record.id)
    first = _record_of(versions[0])
    found = [VersionChange(first.version, record.made_at, record.made_by, "")]
    at = 0
    while at + 1 < len(versions):
        end = at + 1
        while deeds.is_merge(versions[at].deed) and end + 1 < len(versions) and deeds.is_merge(versions[end].deed):
            end += 1
        before, after, former = _record_of(versions[at]), _record_of(versions[end]), versions[end - 1]
        said = differences(before, after, desk.roster)
        for other in map(_record_of, versions[at + 1 : end]):
            said += tuple(f"not used of the copy: {words}" for words in _unused(before, after, other, desk))
        assert former.replaced_at is not None
        deed = deeds.deed_words(former.deed)
        found.append(VersionChange(after.version, former.replaced_at, former.replaced_by, deed, said, former.deed))
        at = end
    return found


def _record_of(version: Version) -> Record:
    assert isinstance(version.record, Record)
    return version.record


def _unused(before: Record, after: Record, other: Record, desk: Desk) -> tuple[str, ...]:
    """What one of two merged versions says that neither stood here nor came of the merge."""
    kept = {}
    for field in after.__struct_fields__:
        said, now = getattr(other, field), getattr(after, field)
        if field in BOOKKEEPING or said in (getattr(before, field), now) or _is_in(said, now):
            continue
        kept[field] = said
    return differences(after, msgspec.structs.replace(after, **kept), desk.roster) if kept else ()


def _is_in(said: object, now: object) -> bool:
    """Whether a text or a list is part of another one."""
    if isinstance(said, str) and isinstance(now, str):
        return said in now
    return isinstance(said, tuple) and isinstance(now, tuple) and all(each in now for each in said)
