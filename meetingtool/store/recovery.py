"""Bringing a damaged book back.

Nothing here overwrites a damaged file: it is copied aside into `damaged/` first.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.rules.keeping.deeds import SALVAGED
from meetingtool.store.bookfile import SCHEMA, Header, write_tables
from meetingtool.store.commit import DISK, FOLDER_MODE, Files, commit, copy_durably
from meetingtool.store.deeds import Former
from meetingtool.store.errors import BookDamaged, NewerVersion
from meetingtool.store.examination import State, sound_copies
from meetingtool.store.inspection import looked_over
from meetingtool.store.keys import former_key
from meetingtool.store.lines import Rows, Tables, document_of, line_of
from meetingtool.store.lock import WriteLock, why_not
from meetingtool.store.places import DAMAGED, LOCK_NAME, file_of, free_name
from meetingtool.store.salvage import Salvage
from meetingtool.store.shelf import decode_record
from meetingtool.store.storage import PLAIN, Envelope


class Recovered(msgspec.Struct, frozen=True):
    """What a recovery did. records: how many the book has now. saved, lost: newer ones that were only in the damaged
    file. aside: where that file is now, None when there was none. source: the copy, None when there was none."""

    book: str
    source: Path | None
    aside: Path | None
    records: int
    saved: int
    lost: int


def recover(
    folder: Path,
    book: str,
    *,
    now: datetime,
    copy: Path | None = None,
    files: Files = DISK,
    envelope: Envelope = PLAIN,
) -> Recovered:
    """Bring a book back: from `copy`, else from the newest sound copy, with whatever newer records the damaged file
    still gives. A file that was only edited by hand and can be read is taken over as it is, unless `copy` is given.

    The damaged file goes to `damaged/`. BookDamaged when nothing can be brought back.
    """
    path = file_of(folder, book)
    with WriteLock(folder / LOCK_NAME):
        state = State.of(path, envelope) if path.exists() else State(None, "is missing")
        if state.newer and state.sheet is not None and state.sheet.sound:
            raise NewerVersion(f"{path.name} {state.problem}.", "Update meetingtool on this computer.")
        source, found = copy, None
        if copy is None and state.problem:
            source, found = _newest(path, envelope), state.found
        if source is not None:
            tables = _sound_tables(source, envelope)
        else:
            tables = {} if state.problem or state.sheet is None else looked_over(state.sheet.tables)[0]
        saved, lost = _bring(tables, found, now)
        if state.problem and source is None and not saved:
            raise BookDamaged(
                f"Nothing of {path.name} can be brought back.", "Restore it from a backup of your own.", path
            )
        try:
            aside = _set_aside(files, path, now)
            header = Header(SCHEMA, book, records=len(tables.get("records", {})), changed=now, secured=now.date())
            commit(files, path, envelope.wrap([write_tables(header, tables)]), keep_previous=False)
        except OSError as error:
            raise why_not(error, folder) from error
    return Recovered(book, source, aside, len(tables.get("records", {})), saved, lost)


def _newest(path: Path, envelope: Envelope) -> Path | None:
    copies = sound_copies(path, envelope)
    return copies[0].path if copies else None


def _sound_tables(copy: Path, envelope: Envelope) -> Tables:
    state = State.of(copy, envelope)
    if state.problem or state.sheet is None:
        raise BookDamaged(f"{copy.name} {state.problem}.", "Name another copy.", copy)
    return dict(looked_over(state.sheet.tables)[0])


def _bring(tables: Tables, found: Salvage | None, now: datetime) -> tuple[int, int]:
    """Add what the damaged file has beyond the tables; how many records that were, and how many can't be read.

    A version that is replaced so becomes a former one, if the file does not give it as such itself.
    """
    if found is None:
        return 0, 0
    records = dict(tables.get("records", {}))
    newer = found.newer_than(records)
    lost = found.lost_beyond(records)
    replaced: Rows = {}
    for key in newer:
        if key in records:
            row = former_key(key, decode_record(key, records[key]).version)
            former = Former(msgspec.Raw(document_of(key, records[key])), now, "", SALVAGED)
            replaced[row] = line_of(row, msgspec.json.encode(former))
    records.update({key: found.tables["records"][key] for key in newer})
    tables["records"] = records
    tables["former"] = {**replaced, **tables.get("former", {}), **found.tables["former"]}
    tables["deeds"] = {**tables.get("deeds", {}), **found.tables["deeds"]}
    return len(newer), lost


def _set_aside(files: Files, path: Path, now: datetime) -> Path | None:
    if not path.exists():
        return None
    aside = path.parent / DAMAGED
    aside.mkdir(mode=FOLDER_MODE, exist_ok=True)
    target = free_name(aside / f"{path.stem} {now:%Y-%m-%d %H%M}.json")
    copy_durably(files, path, target)
    files.sync_folder(aside)
    return target
