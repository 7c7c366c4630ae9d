"""What an HR office does with the finals that managers' teams have filed on a server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from meetingtool.actions.people.evaluation_documents import is_readable
from meetingtool.actions.people.exports import Progress, export_editions
from meetingtool.errors import NotFound, Refused
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.rules import wording
from meetingtool.rules.naming import number_key
from meetingtool.rules.people.digests import digest
from meetingtool.rules.people.editions import Edition
from meetingtool.rules.people.misfits import doubt_within
from meetingtool.rules.people.periods import between
from meetingtool.store.server.link import Link
from meetingtool.store.server.office import (
    FiledFinal,
    FinalUnreadable,
    content_in,
    content_of,
    finals,
    is_hr,
    sums,
    text_of,
)

Content = dict[str, Any]

NOT_WRITTEN = "what is filed was not written by meetingtool, and can't be printed."


class Checked(msgspec.Struct, frozen=True):
    """Whether what is filed is still what was finalised. why: what is wrong, to follow a colon; empty where nothing
    is."""

    final: FiledFinal
    why: str

    @property
    def genuine(self) -> bool:
        """Whether nothing was changed."""
        return not self.why


class Missing(msgspec.Struct, frozen=True):
    """Somebody on HR's own list without a final for the year."""

    number: str
    name: str


def holding(link: Link, *, team: str = "", year: int | None = None, editions: bool = False) -> list[FiledFinal]:
    """The finals that hold: for each evaluation the last edition, if it was not reopened; with `editions`, all of
    them."""
    found = finals(link, team=team, year=year)
    if editions:
        return found
    last = {(each.team, each.evaluation): each for each in found}
    return [each for each in last.values() if each.reopened_at is None]


def check(link: Link, chosen: Sequence[FiledFinal], progress: Progress | None = None) -> list[Checked]:
    """Open each final, make its digest and its seal again, and compare what the list says with what the final itself
    says. Each opening is a line in the readings."""
    checked, filed = [], sums(link)
    for done, final in enumerate(chosen, 1):
        checked.append(
            Checked(final, _why_not(link, final, filed.get((final.team, final.evaluation, final.edition), "")))
        )
        if progress is not None:
            progress(done, len(chosen))
    return checked


def gone(link: Link, *, team: str = "") -> list[str]:
    """The references of finals that were filed and are no longer here, although HR did not delete them; each with its
    team."""
    here = {(each.team, each.evaluation, each.edition) for each in finals(link)}
    lost = sorted(key for key in sums(link).keys() - here if team in ("", key[0]))
    return [f"{evaluation[-6:]}.{edition} {of}" for of, evaluation, edition in lost]


def _why_not(link: Link, final: FiledFinal, filed: str) -> str:
    try:
        text = text_of(link, final)
        content = content_in(text, final)
    except (FinalUnreadable, NotFound):
        return "it was changed after it was made final, and can't be read"
    why = why_not_genuine(final, content)
    if not why and sha256(text.encode()).hexdigest() != filed:
        return "it is written in other bytes than were filed, though it says the same"
    return why


def why_not_genuine(final: FiledFinal, content: Content) -> str:
    """Why a content is not what was finalised, as far as HR can see: from digest, seal, the list, its day and its sum.
    Former versions and the log of deeds, which `evaluation verify` uses as well, stay with the team.
    """
    if digest(content) != final.digest:
        return "it was changed after it was made final"
    parts = (content.get(part) for part in ("person", "period"))
    person, period = (part if isinstance(part, dict) else {} for part in parts)
    said = {
        "employee number": (final.number, person.get("number") or ""),
        "name": (final.name, person.get("name") or ""),
        "period": (final.period, period.get("label") or ""),
        "first day": (final.since.isoformat(), period.get("since", final.since.isoformat())),
        "last day": (final.until.isoformat(), period.get("until", final.until.isoformat())),
    }
    other = [name for name, (listed, own) in said.items() if listed != own]
    if other:
        return f"the list does not say what the final says ({wording.listed(other)})"
    if not final.is_sealed:
        return "what the list says of it was changed after it was filed"
    finalised_on = datetime.fromisoformat(final.finalised_at).date()
    try:
        return doubt_within(content, finalised_on, date.fromisoformat(content.get("made_on", final.finalised_at[:10])))
    except (TypeError, ValueError, AttributeError):
        return "parts of it are missing"


def missing(link: Link, rows: Sequence[RosterRow], year: int) -> list[Missing]:
    """Who is on HR's own list and has no final for a period that ended in the year: by employee number alone, so that
    nothing is revealed about drafts. Whoever has no number on the list counts as missing. Leading zeros make no
    difference, unless only they distinguish two people on the list."""
    filed = {each.number for each in holding(link, year=year) if each.number}
    listed = Counter(number_key(row.number) for row in rows if row.number)
    about = {number_key(number) for number in filed}

    def has_one(number: str) -> bool:
        return number in filed or (listed[number_key(number)] == 1 and number_key(number) in about)

    return [Missing(row.number, row.name) for row in rows if not (row.number and has_one(row.number))]


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
    """Write finals as files named after their teams, all or none. Each opening is a line in the readings. One
    that was changed since it was finalised says so and bears no digest."""
    editions, teams = [], []
    for final in chosen:
        try:
            content = content_of(link, final)
        except FinalUnreadable:
            content = {}
        try:
            period = _period(final)
        except Refused:
            period = None
        if period is not None and is_readable(content):
            editions.append((_edition(final, content), period))
            teams.append(final.team)
        elif tell is not None:
            tell(f"{final.ref} of {final.team} is left out: {NOT_WRITTEN}")
    if not editions:
        raise Refused("None of these finals can be printed.", "`meetingtool finals verify` says which are sound.")
    label = chosen[0].period if len({final.period for final in chosen}) == 1 else "all"
    if len(set(teams)) == 1:
        label = f"{teams[0]} {label}"
    reader = "the HR office" if is_hr(link) else "the manager"
    return export_editions(
        editions, label, formats, to, reader=reader, teams=teams, force=force, progress=progress, tell=tell
    )


def _edition(final: FiledFinal, content: Content) -> Edition:
    if why := why_not_genuine(final, content):
        return Edition(content=content, genuine=False, stamp=f"This is not what was finalised: {why}.")
    return Edition(content=content, digest=final.digest)


def _period(final: FiledFinal) -> Any:
    return between(final.since, final.until)
