"""Removing what may no longer be kept: a person's name, or a whole year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec

from meetingtool.actions.keeping.editors import adopt_left_over
from meetingtool.actions.keeping.unfinished import PEOPLE, begun, let_go, note_only
from meetingtool.actions.people.doubts import doubts_of_each
from meetingtool.actions.reading import person_named, roster_of, settings_of
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.keeping.anonymity import Mask, NamePlace, alias_of, is_alias
from meetingtool.rules.kinds.table import KINDS
from meetingtool.rules.people.misfits import sound
from meetingtool.rules.people.periods import current_period
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace
from meetingtool.store.belongings import copies_by_name, holds_records, own_files
from meetingtool.store.bookfile import Unreadable
from meetingtool.store.copies import zips_of
from meetingtool.store.envelope import PLAIN
from meetingtool.store.lock import why_not
from meetingtool.store.mending.holding import books_with_records, foreign_with_records
from meetingtool.store.places import DRAFTS, names_name, surveys_name, year_name
from meetingtool.store.retention import Archived, CopyRewrite, Purged, archive_year, records_in_copies
from meetingtool.store.searching import Tells, holds_year, is_unread, may_tell, zips_below


class Forgetting(msgspec.Struct, frozen=True):
    """What making a person anonymous would do.

    changed: the records as they will be, the person last. cleared: ids of records whose former versions go.
    mentions: names in free text that stay, for a decision. locked, others_locked: final evaluations of the person, and
    of other people, that change. drafts: half-typed words about the person, to go. zips: whole backups in
    the workspace that have the name, which can only be kept or deleted. beside: other files below its folder that have
    the name; only their owner may touch them. unread: files that can't be searched for it.
    """

    person: Person
    alias: Person
    changed: tuple[Record, ...]
    cleared: tuple[str, ...]
    mentions: tuple[NamePlace, ...]
    locked: int
    others_locked: int
    drafts: tuple[Path, ...]
    zips: tuple[Path, ...]
    beside: tuple[Path, ...]
    unread: tuple[Path, ...]
    mask: Mask
    texts: bool


def plan_to_forget(workspace: Workspace, person: Person, now: datetime, *, texts: bool = False) -> Forgetting:
    """Look through every record of every year. Refused for somebody who is on the team. Changes no record.

    texts: take the name out of free text as well, and leave no mention.
    """
    let_go(workspace)
    here = _present(workspace, person)
    if here and (person.left is None or person.left > now.date()):
        raise Refused(
            f"{person.name} is on the team.", f"Note their last day first: meetingtool team leave @{person.handle}"
        )
    adopt_left_over(workspace)
    roster = roster_of(workspace, now.date())
    others = [other for other in roster.everyone if other.id != person.id]
    alias = alias_of(person, {other.handle for other in others})
    if is_alias(person):
        person = next((one for one in begun(workspace) if one.id == person.id), person)
    mask = Mask(person, alias, others)
    changed: list[Record] = []
    cleared: list[str] = []
    kept: list[Record] = []
    for kind in KINDS:
        for record in workspace.find(kind.record, removed=None):
            masked = mask.masked(record, now.date().isoformat(), texts=texts)
            if masked is not record:
                changed.append(msgspec.structs.replace(masked, version=record.version + 1))
            if masked is not record or told_once(workspace, record, mask.tells_of):
                cleared.append(record.id)
            kept.append(masked)
    note = workspace.drafts.path(PEOPLE)
    finals = [each for each in changed if isinstance(each, Evaluation) and each.finals]
    changed.sort(key=lambda record: (record.id == person.id, record.kept_in == "team"))
    beside = beside_that_tell(workspace, mask.in_file, mask.in_name_of_file)
    return Forgetting(
        person,
        alias,
        tuple(changed),
        tuple(dict.fromkeys([*cleared, person.id])),
        tuple(mask.mentions(kept)),
        sum(len(each.finals) for each in finals if each.person in mask.ids),
        sum(len(each.finals) for each in finals if each.person not in mask.ids),
        tuple(path for path in drafts_that_tell(workspace, mask.tells_in, mask.ids) if path != note),
        zips_that_tell(workspace, mask.tells_in),
        beside,
        unread_beside(workspace, but=beside),
        mask,
        texts,
    )


def person_to_forget(workspace: Workspace, roster: Roster, text: str) -> Person:
    """Whom `text` means, as they are now; somebody whose forgetting was interrupted is also found by the former
    names."""
    for one in begun(workspace):
        if not Roster([one], [], roster.today).meant_by(text):
            continue
        if not _present(workspace, one):
            return one
        person = workspace.get(Person, one.id)
        if is_alias(person):
            return person
    try:
        return person_named(roster, text)
    except NotFound:
        meant = Roster(only_in_copies(workspace), [], roster.today).meant_by(text)
        if len(meant) == 1:
            return meant[0]
        gone = [f"@{one.handle}" for one in roster.everyone if is_alias(one)]
        if meant or not gone:
            raise
        is_called = f"is called {gone[0]}" if len(gone) == 1 else f"are called {wording.listed(gone)}"
        raise NotFound(
            f"Nobody on the team is called “{wording.shortened(text, 60)}”.",
            f"Whoever was forgotten {is_called} now, and nothing here knows the names of before: if that is whom you "
            "mean, it is done.",
        ) from None


def _present(workspace: Workspace, person: Person) -> bool:
    """Whether the person is in the records, not only in copies of them."""
    try:
        workspace.get(Person, person.id)
    except NotFound:
        return False
    return True


def only_in_copies(workspace: Workspace) -> list[Person]:
    """People whom backups and other copies of the books have, and the books do not."""
    found = records_in_copies(workspace.files(), Person, envelope=workspace.envelope)
    return [person for person in found if not is_alias(person) and not _present(workspace, person)]


def drafts_that_tell(workspace: Workspace, tells: Tells, ids: Collection[str] = ()) -> tuple[Path, ...]:
    """Half-typed words with a name in them, or kept under one of the ids."""
    found = []
    for path in own_files(workspace.folder):
        if path.parent.name != DRAFTS:
            continue
        try:
            words = workspace.envelope.unwrap(path.read_bytes()).decode("utf-8", "replace")
        except Unreadable:
            words = ""
        if tells(words) or any(one.lower() in path.name for one in ids):
            found.append(path)
    return tuple(found)


def zips_that_tell(workspace: Workspace, tells: Tells) -> tuple[Path, ...]:
    """The zips in the workspace's backups with a name in them, newest first, and those that can't be read."""
    folder, envelope = workspace.folder, workspace.envelope
    return tuple(path for path in zips_of(folder) if may_tell(path, folder, envelope, tells))


def beside_that_tell(workspace: Workspace, tells: Tells, in_name: Tells | None = None) -> tuple[Path, ...]:
    """Files below the folder that meetingtool never touches, such as papers kept there, with a name in them."""
    own = {*own_files(workspace.folder), *copies_by_name(workspace.folder)}
    paths = (path for path in sorted(workspace.folder.rglob("*")) if path not in own)
    return tuple(path for path in paths if may_tell(path, workspace.folder, workspace.envelope, tells, in_name))


def unread_beside(workspace: Workspace, *, but: Collection[Path] = ()) -> tuple[Path, ...]:
    """Other files below the folder, which may have words that can't be searched for here."""
    out = {*own_files(workspace.folder), *copies_by_name(workspace.folder), *zips_of(workspace.folder), *but}
    found = (path for path in sorted(workspace.folder.rglob("*")) if path not in out)
    return tuple(
        path for path in found if path.is_file() and not path.is_symlink() and is_unread(path, workspace.envelope)
    )


def told_unread(paths: Collection[Path], folder: Path) -> str:
    """What to say about files that could not be looked into; empty where there are none."""
    if not paths:
        return ""
    names = [str(path.relative_to(folder)) for path in paths]
    rest = [wording.count(len(names) - _NAMED, "more file")] if len(names) > _NAMED else []
    return (
        f"Not looked into, since words in PDFs, pictures and the like can't be searched here: "
        f"{wording.listed([*names[:_NAMED], *rest])}."
    )


_NAMED = 10
"""How many files are named one by one; of more, only their number is."""


def told_once(workspace: Workspace, record: Record, tells_of: Callable[[Record], bool]) -> bool:
    """Whether a former version of the record has the name."""
    if record.version == 1:
        return False
    formers = [version.record for version in workspace.versions(record.id)[:-1]]
    return any(tells_of(former) for former in formers if isinstance(former, Record))


def forget(workspace: Workspace, plan: Forgetting, now: datetime, *, with_zips: bool = False) -> Purged:
    """Make the person anonymous, in the former versions and the backups of the books too. It can't be undone.

    Copies of the books that have the name are rewritten as well, and any file that still has it is named.
    The names are noted until it is finished: if it is interrupted, it can be run again and finds everything.
    """
    mask = plan.mask
    others_begun = [one for one in begun(workspace) if one.id != plan.person.id]
    if not is_alias(plan.person):
        note_only(workspace, [*others_begun, plan.person])

    def without(record: Record) -> Record:
        return mask.masked(record, now.date().isoformat(), texts=plan.texts)

    def told(row: bytes) -> bool:
        return mask.tells_in(row.decode())

    others = CopyRewrite(told, lambda record: record if record.id == plan.person.id else without(record))
    rest = [record for record in plan.changed if record.id != plan.person.id]
    if rest:
        with workspace.batch(deeds.FORGOTTEN, now):
            for record in rest:
                workspace.save(record, deed=deeds.FORGOTTEN, now=now)
    first = workspace.purge([id for id in plan.cleared if id != plan.person.id], others)
    try:
        for path in (*plan.drafts, *(plan.zips if with_zips else ())):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise why_not(error, workspace.folder) from error
    if _present(workspace, plan.person) and plan.alias != workspace.get(Person, plan.person.id):
        workspace.save(plan.alias, deed=deeds.FORGOTTEN, now=now)
    last = workspace.purge([plan.person.id], CopyRewrite(told, without))
    note_only(workspace, others_begun)
    zips = () if with_zips else plan.zips
    return Purged(
        first.former + last.former,
        tuple(sorted({*first.copies, *last.copies})),
        tuple(dict.fromkeys([*last.out_of_reach, *zips, *still_telling(workspace, mask.tells_in, texts=plan.texts)])),
    )


def still_telling(workspace: Workspace, tells: Tells, *, texts: bool) -> Iterator[Path]:
    """Files of any kind below the folder, foreign ones too, that have the name or can't be searched. Where texts stay
    as they are, books and their copies are left out: their mentions were listed."""
    for path in sorted(workspace.folder.rglob("*")):
        is_copy = not texts and path.suffix in (".json", ".prev")
        if not is_copy and may_tell(path, workspace.folder, workspace.envelope, tells):
            yield path


def still_named(path: Path, what: str = "the name") -> str:
    """What to say about a file that may still have a name. One with records must never be deleted."""
    if path.is_symlink() or path.is_dir():
        kind = "link" if path.is_symlink() else "folder"
        return f"A {kind} has {what} in its own name; rename it: {path}"
    is_copy = path.suffix in (".json", ".prev") and holds_records(path)
    advice = "it holds records, so keep it" if is_copy else "look at it, or delete it"
    if not is_copy and books_with_records(path, PLAIN):
        advice = "it holds records, so delete it only if the books have them all"
    return f"This file may still have {what}; {advice}: {path}"


def zips_with_year(workspace: Workspace, year: int, target: Path) -> list[Path]:
    """The zips below the workspace's folder that hold the year or can't be read, except the archive itself."""
    return [path for path in zips_below(workspace.folder, holds_year(year)) if path != target]


def others_with_year(workspace: Workspace, year: int, target: Path) -> list[Path]:
    """Other files below the folder that have records of the year, or records of which the year can't be told: they
    stay, as meetingtool didn't make them. Without zips and the archive itself."""
    books = {year_name(year), surveys_name(year), names_name(year), ""}
    found = foreign_with_records(workspace.folder, workspace.envelope)
    return [path for path, held in found.items() if held & books and path != target and path.suffix.lower() != ".zip"]


def archive(
    workspace: Workspace, year: int, target: Path, now: datetime, *, dry_run: bool = False, force: bool = False
) -> Archived:
    """Write a year to one zip, with a list of what was told for people to read, and take it out of the workspace.

    Refused for the current year: its book is still written to. Like `store.retention.archive_year` otherwise.
    """
    if year >= now.year:
        raise Refused(f"{year} is not over yet.", "Archive it once it is.")
    return archive_year(
        workspace.files(),
        year,
        target,
        now=now,
        also={} if dry_run else _for_people(workspace, year, now),
        dry_run=dry_run,
        force=force,
        envelope=workspace.envelope,
    )


def still_open(workspace: Workspace, year: int, now: datetime) -> list[str]:
    """What in the year is still needed and would be missed, or is not as it was left: promises, evaluations that are
    not final or were changed since, and records of a period that still runs."""
    last = date(year, 12, 31)
    found: list[str] = []
    waiting = [each for each in workspace.find(FollowUp, state="open") if each.at.year == year]
    if waiting:
        found.append(f"{wording.count(len(waiting), 'promise or action', 'promises and actions')} still open")
    evaluations = [each for each in workspace.find(Evaluation) if each.at.year == year]
    drafts = [each for each in evaluations if each.state != "final"]
    if drafts:
        found.append(f"{wording.count(len(drafts), 'evaluation')} not final")
    doubts = doubts_of_each(workspace, evaluations)
    changed = [each for each in evaluations if not sound(each, doubts[each.id])]
    if changed:
        found.append(f"{wording.count(len(changed), 'evaluation')} no longer as finalised (`check` says whose)")
    period = current_period(now.date(), settings_of(workspace).year_starts)
    if period.since <= last:
        found.append(f"what counts in {period.label}, the period that runs")
    return found


def _for_people(workspace: Workspace, year: int, now: datetime) -> dict[str, bytes]:
    """What was told and promised in the year, as a spreadsheet opens it; and what the zip is."""
    from meetingtool.documents.history.listing import as_csv_file

    told: list[Story | FollowUp] = [*workspace.find(Story), *workspace.find(FollowUp)]
    records = sorted((each for each in told if each.at.year == year), key=lambda each: (each.at, each.id))
    words = (
        f"The records of {year}, taken out of the workspace on {wording.day_in_full(now.date())}.\n\n"
        f"{year}.json has every record, one per line; team.json the people and standards they name;\n"
        f"history-{year}.csv what was told and promised.\n\n"
        f"`meetingtool restore THIS.zip --book {year}` puts the year back.\n"
    )
    return {f"history-{year}.csv": as_csv_file(records, roster_of(workspace, now.date())), "README.txt": words.encode()}
