"""Recovering a damaged book.

Nothing here overwrites a damaged file: it is copied aside into `damaged/` first.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.errors import Refused
from meetingtool.store.bookfile import SCHEMA, Header, write_tables
from meetingtool.store.commit import DISK, Files, commit, ready_folder
from meetingtool.store.envelope import AGE, PLAIN, Envelope
from meetingtool.store.errors import BookDamaged, NewerVersion
from meetingtool.store.examination import State, lines_of, sound_copies
from meetingtool.store.inspection import looked_over
from meetingtool.store.lines import Tables
from meetingtool.store.lock import why_not
from meetingtool.store.loss import Loss, outcome
from meetingtool.store.places import DAMAGED, file_of, free_name
from meetingtool.store.storage import read_whole
from meetingtool.store.together import lock_of


class Recovered(msgspec.Struct, frozen=True):
    """What a recovery did. records: how many the book has now. saved: how many of them, or later versions, came from
    the damaged file. loss: of the records that the book had. aside: where that file is now, None when there was none.
    source: the copy, None when there was none."""

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
    still gives. A file that was only edited by hand and can be read is taken over as it is, unless `copy` is given.

    The damaged file goes to `damaged/`. BookDamaged when nothing can be recovered.
    """
    path = file_of(folder, book)
    with lock_of(folder, files):
        state = State.of(path, envelope)
        if state.newer and state.sheet is not None and state.sheet.sound:
            raise NewerVersion(f"{path.name} {state.problem}.", "Update meetingtool on this computer.")
        copies = sound_copies(path, envelope, state.found)
        source = copy if copy is not None or not state.problem else copies[0].path if copies else None
        start = _tables_of(source, envelope) if source is not None else {}
        is_sound = not state.problem and state.sheet is not None and state.sheet.sound
        if is_sound and source is None:
            raise Refused(f"{path.name} is sound.", "Name a copy to go back to it.")
        sound = lines_of(path, envelope)
        if is_sound and state.found is not None:
            sound |= frozenset(state.found.tables["records"].values())
        done = outcome(start, state.found, sound, now, add=bool(state.problem) or source is None)
        if state.problem and source is None and not done.saved:
            raise BookDamaged(
                f"Nothing of {path.name} can be recovered.", "Restore it from a backup of your own.", path
            )
        told = state.found.told if state.found is not None else None
        header = Header(SCHEMA, book, saves=told.saves + 1 if told else 0, changed=now, secured=now.date())
        if told is not None:
            header = msgspec.structs.replace(header, order=told.order)
        try:
            aside = _set_aside(files, path, envelope, now)
            commit(files, path, envelope.wrap([write_tables(header, done.tables)]), keep_previous=False)
        except OSError as error:
            raise why_not(error, folder) from error
    return Recovered(book, source, aside, len(done.tables.get("records", {})), done.saved, done.loss)


def _tables_of(copy: Path, envelope: Envelope) -> Tables:
    state = State.of(copy, envelope)
    if state.problem or state.sheet is None:
        raise BookDamaged(f"{copy.name} {state.problem}.", "Name another copy.", copy)
    return dict(looked_over(state.sheet.tables)[0])


def _set_aside(files: Files, path: Path, envelope: Envelope, now: datetime) -> Path | None:
    """Keep the damaged file, wrapped like the others; where it goes."""
    read = read_whole(path)
    if read is None:
        return None
    aside = ready_folder(path.parent / DAMAGED)
    target = free_name(aside / f"{path.stem} {now:%Y-%m-%d %H%M}.json")
    data = read[1]
    commit(files, target, [data] if data.startswith(AGE) else envelope.wrap([data]), keep_previous=False)
    return target
