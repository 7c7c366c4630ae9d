"""Recovering a damaged book.

Nothing here overwrites a damaged file: it is copied aside into `damaged/` first.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.errors import Refused
from meetingtool.store.bookfile import SCHEMA, Header, header_of_tables, replaced_state, write_tables
from meetingtool.store.commit import DISK, Files, commit, ready_folder
from meetingtool.store.conflicted import conflicted_copies, place_for_copy, put_away, under_another_name
from meetingtool.store.copies import copies_of, copy_files, lines_of
from meetingtool.store.daily import EDITED
from meetingtool.store.envelope import AGE, PLAIN, Envelope
from meetingtool.store.errors import BookDamaged, NewerVersion
from meetingtool.store.examination import NOTHING_LEFT, as_it_is, best_copies, put_back_as
from meetingtool.store.file_reading import read_whole
from meetingtool.store.inspection import looked_over
from meetingtool.store.lines import Tables
from meetingtool.store.lock import why_not
from meetingtool.store.mending.loss import Loss, Outcome, outcome
from meetingtool.store.mending.state import State
from meetingtool.store.places import BACKUPS, BOOK_FILE, DAMAGED, TEAM, file_of, free_name
from meetingtool.store.roll import Roll, SavedBook, known_books
from meetingtool.store.together import lock_of


class Recovered(msgspec.Struct, frozen=True):
    """What a recovery did. records: how many the book has now. saved: how many of them, or later versions, came from
    the damaged file. loss: of the records that the book had. aside: where the damaged file is now; None when there was
    none. source: the copy; None when there was none."""

    book: str
    source: Path | None
    aside: Path | None
    records: int
    saved: int
    loss: Loss


def recover(
    folder: Path,
    book: str,
    *,
    now: datetime,
    copy: Path | None = None,
    files: Files = DISK,
    envelope: Envelope = PLAIN,
) -> Recovered:
    """Recover a book: from `copy`, else from the best sound copy, with whatever newer records the damaged file
    still gives. A readable file that was only edited by hand is taken over as it is, unless `copy` is given; so is one
    that went back to an earlier state, where no copy has more. A book of which nothing is left is given up. The damaged
    file goes to `damaged/`. Raises BookDamaged when nothing of the team's book can be recovered.
    """
    path = file_of(folder, book)
    with lock_of(folder, files):
        state, known = State.of(path, envelope), known_books(folder, envelope).get(book)
        known = None if known is not None and known.gone else known
        right = put_back_as(path, state, known)
        if right is not None and copy is None:
            return _put_back(files, path, right, state)
        plan = planned(path, state, envelope, known, copy, now)
        if state.problem and plan.source is None and not plan.done.saved:
            if book == TEAM:
                raise BookDamaged(f"Nothing of {path.name} can be recovered.", NOTHING_LEFT, path)
            return _given_up(folder, path, files, envelope, now, plan.done.loss)
        pieces, header = rebuilt(book, state, known, plan, envelope, now)
        tables, roll = plan.done.tables, Roll(folder, envelope)
        try:
            aside = None if state.is_sound and plan.source is None else _out_of_the_way(files, path, envelope, now)
            roll.begin(book, None)
            commit(files, path, pieces, keep_previous=False)
            roll.note(book, header, settled=True)
            _move_damaged_copies(files, path, envelope, now)
            if plan.source is not None and _is_beside(plan.source, path, envelope):
                put_away(files, path, plan.source, now)
        except OSError as error:
            raise why_not(error, folder) from error
    return Recovered(book, plan.source, aside, len(tables.get("records", {})), plan.done.saved, plan.done.loss)


def _is_beside(source: Path, path: Path, envelope: Envelope) -> bool:
    """Whether the source is a conflicted copy, or the book under another name: left where it is, it would only be found
    again."""
    beside = (*conflicted_copies(path.parent, envelope=envelope), *under_another_name(path.parent, envelope))
    return source in (each.path for each in beside if not each.problem)


class RecoveryPlan(msgspec.Struct, frozen=True):
    """What a recovery will do. base: the header of the source."""

    source: Path | None
    base: Header | None
    done: Outcome


def planned(
    path: Path, state: State, envelope: Envelope, known: SavedBook | None, copy: Path | None, now: datetime
) -> RecoveryPlan:
    """What bringing a book back from `copy`, or from the best there is, results in; nothing is written."""
    if state.newer and state.sheet is not None and state.sheet.sound:
        raise NewerVersion(f"{path.name} {state.problem}.", "Update meetingtool on this computer.")
    is_back = state.sheet is not None and state.is_sound and known is not None and known.is_beyond(state.sheet.header)
    source = copy
    if copy is None and known is not None and is_back:
        source = next((each.path for each in best_copies(path, state, envelope, known)), None)
    elif copy is None and state.problem:
        source = next((each.path for each in copies_of(path, envelope, state.found, known)), None)
    if source is None and state.is_sound:
        if not is_back and (known is None or known.gap is None):
            raise Refused(f"{path.name} is sound.", "Name a copy to go back to it.")
        done = as_it_is(path, state, envelope, known)
        if not is_back and known is not None and known.gap is not None:
            done = msgspec.structs.replace(done, loss=Loss(known.gap.least, known.gap.most))
        return RecoveryPlan(None, None, done)
    sound = lines_of(path, envelope)
    if state.is_sound and state.found is not None:
        sound |= frozenset(state.found.tables["records"].values())
    start, base = ({}, None) if source is None else _copy_at(source, path.stem, envelope)
    if copy is not None:
        _refuse_other(path, copy, start, state, envelope)
    add = bool(state.problem) or source is None or (is_back and copy is None)
    return RecoveryPlan(source, base, outcome(start, state.found, sound, now, add=add, known=known, base=base))


def _refuse_other(path: Path, copy: Path, tables: Tables, state: State, envelope: Envelope) -> None:
    """Refused for a copy without a single record that the book or its copies have: it isn't a copy of this book."""
    here = {} if state.found is None else state.found.tables["records"]
    known = {line.partition(b":")[0] for line in (*here.values(), *lines_of(path, envelope))}
    if known and known.isdisjoint(line.partition(b":")[0] for line in tables.get("records", {}).values()):
        raise Refused(
            f"{copy.name} has none of the records of {path.name}: it is of another workspace, or empty.",
            "Nothing was changed; name a copy of this book.",
        )


def rebuilt(
    book: str, state: State, known: SavedBook | None, plan: RecoveryPlan, envelope: Envelope, now: datetime
) -> tuple[list[bytes], Header]:
    """The file of a book as the plan brings it back, and its header."""
    header = _header_after(book, state, known, plan.base, now)
    tables = plan.done.tables
    return list(envelope.wrap([write_tables(header, tables)])), header_of_tables(header, tables)


def _header_after(book: str, state: State, known: SavedBook | None, base: Header | None, now: datetime) -> Header:
    told = state.found.told if state.found is not None else None
    saves = max((each.saves for each in (told, known, base) if each is not None), default=0) + 1
    order = told.order if told is not None else 0
    return replaced_state(Header(SCHEMA, book, changed=now, secured=now.date(), order=order), saves)


def tidy(folder: Path, book: str, *, now: datetime, files: Files = DISK, envelope: Envelope = PLAIN) -> list[Path]:
    """Move damaged copies of a sound book to `damaged`; where they are now."""
    with lock_of(folder, files):
        try:
            return _move_damaged_copies(files, file_of(folder, book), envelope, now)
        except OSError as error:
            raise why_not(error, folder) from error


def _put_back(files: Files, path: Path, right: Path, state: State) -> Recovered:
    """Give a book its own name again; where that name is taken, the name of a copy to be merged."""
    target = free_name(right.with_name(f"{right.stem} ({path.stem}).json")) if right.exists() else right
    try:
        files.replace(path, target)
        files.sync_folder(path.parent)
    except OSError as error:
        raise why_not(error, path.parent) from error
    rows = {} if state.sheet is None else state.sheet.tables.get("records", {})
    return Recovered(right.stem, path, None if target == right else target, len(rows), 0, Loss(0, 0))


def _given_up(folder: Path, path: Path, files: Files, envelope: Envelope, now: datetime, loss: Loss) -> Recovered:
    """Go on without a book of which nothing is left: its file is put aside, and it no longer counts as missing."""
    try:
        aside = _out_of_the_way(files, path, envelope, now)
        Roll(folder, envelope).strike([path.stem], known_books(folder, envelope))
        _move_damaged_copies(files, path, envelope, now)
        files.remove(path)
        files.sync_folder(folder)
    except OSError as error:
        raise why_not(error, folder) from error
    return Recovered(path.stem, None, aside, 0, 0, loss)


def _move_damaged_copies(files: Files, path: Path, envelope: Envelope, now: datetime) -> list[Path]:
    """Put copies aside that nothing can be brought back from."""
    moved = []
    for copy in copy_files(path):
        state = State.of(copy, envelope)
        edited = copy.stem.endswith(EDITED)
        if state.newer or (not state.problem and (edited or state.is_sound)):
            continue
        aside = set_aside(files, copy, envelope, now, path.stem)
        if aside is not None:
            files.remove(copy)
            moved.append(aside)
    return moved


def _copy_at(copy: Path, book: str, envelope: Envelope) -> tuple[Tables, Header | None]:
    """The tables of a copy, and its header where that is sound."""
    state = State.of(copy, envelope, book)
    sheet = state.to_go_by() or (None if state.problem else state.sheet)
    if sheet is None:
        raise BookDamaged(f"{copy.name} {state.problem}.", "Name another copy.", copy)
    return dict(looked_over(sheet.tables)[0]), sheet.header if sheet.sound else None


def _out_of_the_way(files: Files, path: Path, envelope: Envelope, now: datetime) -> Path | None:
    """Keep a file that is in the place of a book: in `damaged`, or, if it is another book just as it was saved, in the
    backups of that one, since it may be all that is left of it."""
    sheet = State.of(path, envelope).sheet
    other = "" if sheet is None or not sheet.sound else sheet.header.book
    read = read_whole(path)
    if read is None or other in ("", path.stem) or not BOOK_FILE.fullmatch(f"{other}.json"):
        return set_aside(files, path, envelope, now)
    target = place_for_copy(file_of(path.parent, other), now)
    commit(files, target, [read[1]], keep_previous=False)
    return target


def set_aside(files: Files, path: Path, envelope: Envelope, now: datetime, book: str = "") -> Path | None:
    """Keep the damaged file, wrapped like the others; returns where it goes. book: which one it is, if the name doesn't
    say."""
    read = read_whole(path)
    if read is None:
        return None
    folder = path.parent.parent.parent if path.parent.parent.name == BACKUPS else path.parent
    aside = ready_folder(folder / DAMAGED)
    target = free_name(aside / f"{book or path.stem} {now:%Y-%m-%d %H%M}.json")
    data = read[1]
    commit(files, target, [data] if data.startswith(AGE) else envelope.wrap([data]), keep_previous=False)
    return target
