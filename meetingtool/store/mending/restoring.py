"""Putting a backup in place of the books here: what would change, what would be lost, and the deed itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.people import Person
from meetingtool.rules.keeping.anonymity import is_alias
from meetingtool.rules.keeping.deeds import BACKUP_RESTORED, undoing
from meetingtool.store.backups import books_of
from meetingtool.store.bookfile import (
    Header,
    ReadBook,
    Unreadable,
    header_of_tables,
    replaced_state,
    write_tables,
)
from meetingtool.store.commit import DISK, FOLDER_MODE, FilePart, Files
from meetingtool.store.copies import NEVER, lines_of
from meetingtool.store.daily import keep_copy
from meetingtool.store.deeds import Deed, with_deed
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.examination import lacking
from meetingtool.store.file_reading import signature_of
from meetingtool.store.inspection import looked_over
from meetingtool.store.library import Library
from meetingtool.store.lines import Rows, Tables
from meetingtool.store.lock import why_not
from meetingtool.store.mending.handed_over import HandedOver, handed_over, with_handed_over
from meetingtool.store.mending.loss import Loss, outcome
from meetingtool.store.mending.recovery import RecoveryPlan, planned, rebuilt, set_aside
from meetingtool.store.mending.state import State
from meetingtool.store.places import BACKUPS, TEAM, file_of
from meetingtool.store.roll import Gap, Roll, SavedBook, known_books
from meetingtool.store.shelf import decode_record
from meetingtool.store.storage import read_book_file
from meetingtool.store.together import DeedMark, commit_together, lock_of

REPLACED = "replaced"


class BookDifference(msgspec.Struct, frozen=True):
    """How a book here differs from the same book in a backup. Counts of records.

    here: the moment of its last deed, None when the book is not here at all; there: that of the last deed in the
    backup.
    only_here, only_there: in one of them alone. later_here, later_there: in both, with a later version in one. unlike:
    in both with the same version and yet different, as after an edit by hand. readable: whether the book here can be
    read; if not, the counts say nothing about it. records: how many the backup has.
    loss: where the book here is damaged, missing or set back, what of its last state the backup lacks; else None.
    elsewhere: how many records that the backup lacks, or has in an earlier version, recovering would bring back.
    altered: whether the book in the backup was changed outside meetingtool. named_again: how many people who are
    anonymous here have their names in the backup. handed_over: what the backup lacks of evaluations that were handed
    over here; those that stay are counted in none of the numbers.
    """

    book: str
    here: datetime | None
    there: datetime | None
    only_here: int
    only_there: int
    later_here: int
    later_there: int
    unlike: int
    readable: bool = True
    records: int = 0
    loss: Loss | None = None
    elsewhere: int = 0
    altered: bool = False
    named_again: int = 0
    handed_over: HandedOver = HandedOver()

    @property
    def is_none(self) -> bool:
        """Whether nothing differs."""
        return self.readable and not (
            self.only_here or self.only_there or self.later_here or self.later_there or self.unlike
        )


class Restored(msgspec.Struct, frozen=True):
    """What a restore did. kept: backups of the books as they were before; for a damaged or missing one, of all that
    could be brought back. aside: where damaged files are."""

    books: tuple[str, ...]
    kept: tuple[Path, ...]
    aside: tuple[Path, ...] = ()


def compare(
    folder: Path, source: Path, *, envelope: Envelope = PLAIN, source_envelope: Envelope | None = None
) -> list[BookDifference]:
    """What a restore from `source` would change, book by book. A book that is only here is not listed: it stays.

    source_envelope: that of the backup, where it is another one.
    """
    found = {name: sheet for name, (_, sheet) in books_of(source, source_envelope or envelope).items()}
    known = known_books(folder, envelope)
    whole = _with_handed_over(folder, found, envelope, "", NEVER)
    return [
        _difference(folder, name, sheet, whole[name].tables["records"], envelope, known.get(name))
        for name, sheet in found.items()
    ]


def restore(
    folder: Path,
    source: Path,
    *,
    now: datetime,
    by: str = "",
    books: Iterable[str] | None = None,
    files: Files = DISK,
    envelope: Envelope = PLAIN,
    source_envelope: Envelope | None = None,
) -> Restored:
    """Replace the books here by those of a backup; `books` names some of them, else all.

    Everything in the backup is checked before anything is written, and each book that is replaced is kept in its
    backups; of one that is damaged, missing or set back all that can be recovered, and what is lost with the backup
    stays noted. An evaluation that was handed over since stays as it is. The books say in their logs that they were
    restored, and from where `taken_back` gets what was here. source: a zip written by `backup`, or one of a book's own
    backups. The folder may be new. by: who restores.
    """
    found = {name: sheet for name, (_, sheet) in books_of(source, source_envelope or envelope).items()}
    chosen = {name: sheet for name, sheet in found.items() if books is None or name in books}
    return _put_in_place(folder, chosen, Deed(mint(now), now, by, BACKUP_RESTORED), files, envelope)


def taken_back(folder: Path, restoring: Deed, *, now: datetime, by: str, envelope: Envelope = PLAIN) -> Restored:
    """Put back what a restore replaced. Refused when it was not all kept as it was, or is not there any more."""
    paths = [folder / BACKUPS / f"{name}.json" for name in restoring.replaced]
    if not paths or not all(path.is_file() for path in paths):
        raise Refused("What a restore replaced is not all there any more.", "`meetingtool restore` lists what is.")
    found = {name: sheet for path in paths for name, (_, sheet) in books_of(path, envelope).items()}
    deed = Deed(mint(now), now, by, undoing(restoring.what), undoes=restoring.id)
    return _put_in_place(folder, found, deed, DISK, envelope)


def _put_in_place(folder: Path, found: dict[str, ReadBook], deed: Deed, files: Files, envelope: Envelope) -> Restored:
    kept, aside, parts, now = [], [], [], deed.at
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        with lock_of(folder, files) as lock:
            roll, known = Roll(folder, envelope), known_books(folder, envelope)
            order = Library(folder, lock, files, envelope).order_at(now)
            whole = _with_handed_over(folder, found, envelope, deed.by, now)
            headers, gaps, as_it_was = {}, {}, True
            for name in sorted(whole, key=lambda name: (name != TEAM, name)):
                path = file_of(folder, name)
                gaps[name] = _gap(path, found[name], envelope, known.get(name))
                plan = _best_of(path, envelope, known.get(name), now)
                as_it_was = as_it_was and plan is None and path.exists()
                if plan is not None:
                    aside += _set_aside(files, path, envelope, now)
                    kept += _keep_recovered(files, path, plan, envelope, known.get(name), now)
                elif path.exists():
                    kept.append(keep_copy(files, path, now.date(), REPLACED))
            replaced = tuple(f"{path.parent.name}/{path.stem}" for path in kept) if as_it_was else ()
            deed = msgspec.structs.replace(deed, order=order, replaced=replaced)
            for name in gaps:
                path = file_of(folder, name)
                plain, headers[name] = _going_on(whole[name], deed, known.get(name))
                parts.append(FilePart(path, envelope.wrap([plain]), signature_of(path), _is_sound(path, envelope)))
                roll.begin(name, None)
            commit_together(files, folder, parts, DeedMark(deed.id, now.date()))
            for name, header in headers.items():
                roll.note(name, header, settled=True, gap=gaps[name])
    except OSError as error:
        raise why_not(error, folder) from error
    return Restored(tuple(headers), tuple(kept), tuple(aside))


def _with_handed_over(
    folder: Path, found: Mapping[str, ReadBook], envelope: Envelope, by: str, now: datetime
) -> dict[str, ReadBook]:
    """The books of a backup with what was handed over here since."""
    here = {name: _here(file_of(folder, name), envelope)[1] or {} for name in found}
    whole = with_handed_over(here, {name: sheet.tables for name, sheet in found.items()}, by, now)
    return {name: msgspec.structs.replace(found[name], tables=tables) for name, tables in whole.items()}


def _here(path: Path, envelope: Envelope) -> tuple[Header, Tables | None]:
    """What a book here says of itself, and its tables; None for one that can't be read."""
    try:
        sheet = read_book_file(path, envelope)
    except FileNotFoundError:
        return Header(), {}
    except (Unreadable, OSError):
        return Header(), None
    return sheet.header, looked_over(sheet.tables)[0]


def _best_of(path: Path, envelope: Envelope, known: SavedBook | None, now: datetime) -> RecoveryPlan | None:
    """What recovering the book would bring back, where it is damaged, missing or went back; None where it is whole, or
    nothing shows that there was one."""
    if not path.parent.is_dir() or (known is not None and known.gone and not path.exists()):
        return None
    finding = lacking(path, envelope, known)
    if finding is None or (finding.kind == "missing" and known is None and not finding.copies):
        return None
    return planned(path, State.of(path, envelope), envelope, known, None, now)


def _cost(
    path: Path, there: ReadBook, plan: RecoveryPlan, envelope: Envelope, known: SavedBook | None
) -> tuple[Loss, int]:
    """What a backup lacks of a book's last state, and how many of those records recovering would bring back."""
    state = State.of(path, envelope)
    rows = there.tables.get("records", {})
    elsewhere = _beyond(plan.done.tables.get("records", {}), rows)
    sound = lines_of(path, envelope)
    loss = outcome(there.tables, state.found, sound, NEVER, add=False, known=known, base=there.header).loss
    least = max(loss.least, elsewhere)
    most = None if loss.most is None else max(loss.most, least)
    return msgspec.structs.replace(loss, least=least, most=most), elsewhere


def _beyond(rows: Rows, there: Rows) -> int:
    """How many records the others lack, or have in an earlier version."""
    return sum(
        key not in there or (line != there[key] and decode_record(key, line).version > _version(key, there))
        for key, line in rows.items()
    )


def _version(key: str, rows: Rows) -> int:
    return decode_record(key, rows[key]).version


def _gap(path: Path, there: ReadBook, envelope: Envelope, known: SavedBook | None) -> Gap | None:
    """What the roll says is missing once the backup is in place; nothing that was given up on purpose."""
    plan = _best_of(path, envelope, known, NEVER)
    if plan is not None:
        loss, _ = _cost(path, there, plan, envelope, known)
        return None if not loss.least else Gap(loss.least, loss.most, known.changed if known else None)
    if known is None or known.gap is None:
        return None
    state = State.of(path, envelope)
    here = {} if state.sheet is None else state.sheet.tables.get("records", {})
    back = _beyond(there.tables.get("records", {}), here)
    least, most = max(0, known.gap.least - back), known.gap.most
    return Gap(least, None if most is None else max(least, most - back), known.gap.seen) if least else None


def _set_aside(files: Files, path: Path, envelope: Envelope, now: datetime) -> list[Path]:
    """Keep a file that can't be taken as it is."""
    aside = None if State.of(path, envelope).is_sound else set_aside(files, path, envelope, now)
    return [] if aside is None else [aside]


def _keep_recovered(
    files: Files, path: Path, plan: RecoveryPlan, envelope: Envelope, known: SavedBook | None, now: datetime
) -> list[Path]:
    """Keep all that can be brought back of a book as one of its backups, where `restore` finds it."""
    if not plan.done.tables.get("records"):
        return []
    pieces, _ = rebuilt(path.stem, State.of(path, envelope), known, plan, envelope, now)
    return [keep_copy(files, path, now.date(), REPLACED, pieces)]


def _going_on(sheet: ReadBook, deed: Deed, known: SavedBook | None) -> tuple[bytes, Header]:
    """A book from a backup as it is put in place: with the restore in its log, and numbered after what is known of it,
    so that it isn't taken for one that went back by itself."""
    header = replaced_state(sheet.header, max(known.saves if known else 0, sheet.header.saves) + 1)
    header = msgspec.structs.replace(header, changed=deed.at, secured=deed.at.date(), order=deed.order)
    tables = {**sheet.tables, "deeds": with_deed(sheet.tables.get("deeds", {}), deed)}
    return write_tables(header, tables), header_of_tables(header, tables)


def _is_sound(path: Path, envelope: Envelope) -> bool:
    """Whether the file is worth keeping as the one before the last save."""
    try:
        return path.exists() and read_book_file(path, envelope).sound
    except (Unreadable, OSError):
        return False


def _difference(
    folder: Path, name: str, there: ReadBook, whole: Rows, envelope: Envelope, known: SavedBook | None
) -> BookDifference:
    path = file_of(folder, name)
    header, tables = _here(path, envelope)
    here, rows = (tables or {}).get("records", {}), there.tables.get("records", {})
    plan = _best_of(path, envelope, known, NEVER)
    loss, elsewhere = (None, 0) if plan is None else _cost(path, there, plan, envelope, known)
    return BookDifference(
        name,
        header.changed,
        there.header.changed,
        *_counts(here, whole),
        readable=tables is not None,
        records=len(rows),
        loss=loss,
        elsewhere=elsewhere,
        altered=not there.sound,
        named_again=_named_again(here, rows),
        handed_over=handed_over(here, rows),
    )


def _named_again(here: Rows, there: Rows) -> int:
    """How many people in the backup were made anonymous since."""
    changed = [key for key in here.keys() & there.keys() if here[key] != there[key]]
    people = [(decode_record(key, here[key]), decode_record(key, there[key])) for key in changed]
    return sum(
        isinstance(ours, Person) and isinstance(theirs, Person) and is_alias(ours) and not is_alias(theirs)
        for ours, theirs in people
    )


def _counts(here: Rows, there: Rows) -> tuple[int, int, int, int, int]:
    later_here = later_there = unlike = 0
    for key in here.keys() & there.keys():
        if here[key] == there[key]:
            continue
        ours, theirs = decode_record(key, here[key]), decode_record(key, there[key])
        later_here += ours.version > theirs.version
        later_there += ours.version < theirs.version
        unlike += ours.version == theirs.version and ours != theirs
    return len(here.keys() - there.keys()), len(there.keys() - here.keys()), later_here, later_there, unlike
