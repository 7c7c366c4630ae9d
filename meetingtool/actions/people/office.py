"""What an HR office does with the finals that managers' teams have filed on a server."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from meetingtool.actions.people.evaluation_documents import is_readable
from meetingtool.actions.people.exports import Progress, export_editions
from meetingtool.errors import Refused
from meetingtool.importers.identity import number_key
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.rules.people.digests import digest
from meetingtool.rules.people.editions import Edition
from meetingtool.rules.people.periods import between
from meetingtool.store.server.link import Link
from meetingtool.store.server.office import FiledFinal, content_of, finals

Content = dict[str, Any]

NOT_WRITTEN = "what is filed was not written by meetingtool, and can't be printed."


class Checked(msgspec.Struct, frozen=True):
    """Whether what is filed still is what was finalised, by the digest made again."""

    final: FiledFinal
    genuine: bool


class Missing(msgspec.Struct, frozen=True):
    """Somebody on HR's own list without a final for the year."""

    number: str
    name: str


def holding(link: Link, *, team: str = "", year: int | None = None, editions: bool = False) -> list[FiledFinal]:
    """The finals that hold: of each evaluation the last edition, if it was not reopened; with `editions` all."""
    found = finals(link, team=team, year=year)
    if editions:
        return found
    last = {(each.team, each.evaluation): each for each in found}
    return [each for each in last.values() if each.reopened_at is None]


def check(link: Link, chosen: Sequence[FiledFinal], progress: Progress | None = None) -> list[Checked]:
    """Open each final and make its digest again. Each opening is a line in the readings."""
    checked = []
    for done, final in enumerate(chosen, 1):
        checked.append(Checked(final, digest(content_of(link, final)) == final.digest))
        if progress is not None:
            progress(done, len(chosen))
    return checked


def missing(link: Link, rows: Sequence[RosterRow], year: int) -> list[Missing]:
    """Who is on HR's own list and has no final for a period that ended in the year: by employee number alone, so that
    nothing is learnt of drafts. Whoever has no number on the list is counted as missing."""
    filed = {number_key(each.number) for each in holding(link, year=year) if each.number}
    return [Missing(row.number, row.name) for row in rows if not row.number or number_key(row.number) not in filed]


def export(
    link: Link,
    chosen: Sequence[FiledFinal],
    formats: Collection[str],
    to: Path,
    *,
    force: bool = False,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """Write finals as files, all or none. Each opening is a line in the readings. One that was changed since it was
    finalised says so and bears no digest."""
    editions = []
    for final in chosen:
        content = content_of(link, final)
        if is_readable(content):
            editions.append((_edition(final, content), _period(final)))
        elif tell is not None:
            tell(f"{final.ref} of {final.team} is left out: {NOT_WRITTEN}")
    if not editions:
        raise Refused("None of these finals can be printed.", "`meetingtool finals verify` says which are sound.")
    label = chosen[0].period if len({final.period for final in chosen}) == 1 else "all"
    return export_editions(editions, label, formats, to, force=force, progress=progress, tell=tell)


def _edition(final: FiledFinal, content: Content) -> Edition:
    if digest(content) == final.digest:
        return Edition(content=content, digest=final.digest)
    return Edition(content=content, genuine=False, stamp="This was changed after it was made final.")


def _period(final: FiledFinal) -> Any:
    return between(final.since, final.until)


def day_of(moment: str) -> date:
    """The day of a moment in ISO form."""
    return date.fromisoformat(moment[:10])
