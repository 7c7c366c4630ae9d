"""Records as programs get them: stable keys, whole ids beside the references, handles and tags beside the ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meetingtool.records.base import Record
    from meetingtool.rules.roster import Roster


def base(record: Record) -> dict[str, object]:
    """What every record has. date: the day of `at`."""
    return {
        "id": record.id,
        "ref": record.ref,
        "type": record.__struct_config__.tag,
        "date": record.at.date(),
        "at": record.at,
        "made_at": record.made_at,
        "made_by": record.made_by,
        "version": record.version,
        "removed_at": record.removed_at,
    }


def shape(record: Record, roster: Roster) -> dict[str, object]:
    """A record with what every record has and what its kind adds."""
    from meetingtool.rules.kinds.table import kind_of

    return base(record) | kind_of(record).shape(record, roster)


def listed(record: Record, roster: Roster) -> dict[str, object]:
    """A record as the history lists it: with the keys of every row, and its own."""
    from meetingtool.rules.kinds.table import row_of

    return shape(record, roster) | row_of(record, roster)
