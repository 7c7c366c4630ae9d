"""One deed in several books: saved in all of them or in none, whatever interrupts it.

The new files are written beside the old ones first; then a mark says that they are all there; then each takes its
place, and the mark goes. Before the mark nothing has changed. Once it is there, whoever opens the workspace next
finishes the rest before anything else is written: only renaming is left to do.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from meetingtool.store.commit import FilePart, Files, Signature, commit, discard, put_in_place, write_new
from meetingtool.store.errors import CannotWrite
from meetingtool.store.lock import PATIENCE, WriteLock, why_not
from meetingtool.store.places import BOOK_NAME, LOCK_NAME, MARK

_STAGED = rf"\.({BOOK_NAME}\.json)\.new-([0-9A-HJKMNP-TV-Z]{{26}})"


class DeedMark(msgspec.Struct, frozen=True):
    """What the mark says of the deed. undoes: the id of the deed that it takes back.

    day: when it was done. bases: the signatures of the files to be replaced, by name. fresh: the names of those that
    are replaced without being kept.
    """

    deed: str
    day: date
    undoes: str | None = None
    bases: dict[str, Signature | None] = {}
    fresh: tuple[str, ...] = ()


def lock_of(
    folder: Path,
    files: Files,
    *,
    patience: float = PATIENCE,
    finished: Callable[[DeedMark], object] = lambda mark: None,
) -> WriteLock:
    """The lock of a workspace. Whoever takes it finishes first what was interrupted, which calls `finished`; the first
    time it also removes what killed programs left half written."""
    swept = False

    def begin() -> None:
        nonlocal swept
        try:
            if is_unfinished(folder):
                finished(finish(folder, files))
            if not swept:
                from meetingtool.store.belongings import sweep

                sweep(folder)
                swept = True
        except OSError as error:
            raise why_not(error, folder) from error

    return WriteLock(folder / LOCK_NAME, patience, begin)


def is_unfinished(folder: Path) -> bool:
    """Whether a deed in several books waits to be finished."""
    return os.path.lexists(folder / MARK)


def commit_together(files: Files, folder: Path, parts: Sequence[FilePart], mark: DeedMark) -> None:
    """Replace several files of the folder, all or none. The caller holds the lock.

    Raises OSError, and then nothing was changed; CannotWrite when it stopped halfway, for the next program to finish.
    """
    mark = msgspec.structs.replace(
        mark,
        bases={part.path.name: part.base for part in parts},
        fresh=tuple(part.path.name for part in parts if not part.keep_previous),
    )
    staged = [_staged_name(part.path, mark.deed) for part in parts]
    try:
        for part, path in zip(parts, staged, strict=True):
            write_new(files, path, part.pieces)
        files.sync_folder(folder)
        commit(files, folder / MARK, [msgspec.json.encode(mark)], keep_previous=False)
    except BaseException:
        discard(files, folder / MARK)
        if not is_unfinished(folder):
            for path in staged:
                discard(files, path)
        raise
    try:
        _finish_twice(files, folder)
    except OSError as error:
        raise CannotWrite(
            f"Only a part was saved: {error.strerror}.",
            "Nothing is lost. The next command in this workspace finishes it; there is no need to repeat this one.",
        ) from error


def _finish_twice(files: Files, folder: Path) -> None:
    """Finish; try once more if the disk refuses."""
    try:
        finish(folder, files)
    except OSError:
        finish(folder, files)


def finish(folder: Path, files: Files) -> DeedMark:
    """Put the files in place that wait for it, and take the mark away. The caller holds the lock. Raises OSError."""
    mark = _read_mark(folder)
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        found = re.fullmatch(_STAGED, entry.name)
        if found is None or (mark.deed and found[2] != mark.deed):
            continue
        path = folder / found[1]
        _keep_what_came_between(files, path, mark)
        put_in_place(files, folder / entry.name, path, keep_previous=path.name not in mark.fresh)
    files.sync_folder(folder)
    files.remove(folder / MARK)
    files.sync_folder(folder)
    return mark


def _read_mark(folder: Path) -> DeedMark:
    """The mark; an empty one where it was damaged (that it exists says enough) or is already gone."""
    try:
        return msgspec.json.decode(folder.joinpath(MARK).read_bytes(), type=DeedMark)
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        return DeedMark("", date.min)


def _keep_what_came_between(files: Files, path: Path, mark: DeedMark) -> None:
    """Copy a book to its backups if it is not the one that was to be replaced, as after a restore from elsewhere."""
    from meetingtool.store.daily import EDITED, keep_copy
    from meetingtool.store.file_reading import signature_of

    signature = signature_of(path)
    if signature is not None and mark.deed and mark.bases.get(path.name) != signature:
        keep_copy(files, path, mark.day, EDITED)


def _staged_name(path: Path, deed: str) -> Path:
    return path.with_name(f".{path.name}.new-{deed}")
