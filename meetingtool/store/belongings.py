"""The workspace's own files in its folder. No link is followed, and no other file is looked at."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from meetingtool.rules.keeping.leftovers import is_running
from meetingtool.rules.keeping.own_names import is_own, writer_of
from meetingtool.store.bookfile import HEADER_START, Unreadable, read_book
from meetingtool.store.envelope import AGE
from meetingtool.store.file_reading import read_whole
from meetingtool.store.places import (
    BACKUPS,
    BOOK_FILE,
    DAMAGED,
    INDEX,
    KEY,
    OWN_FOLDERS,
    PREVIOUS,
    RECIPIENTS,
    RECOVERY,
)

_CONFLICT = ("conflict", "conflit", "konflikt", "çakış")
"""What is in the name of a copy that only two computers can have made, in the languages of cloud folders."""

COPY_NAME = (
    r"(?i)(?P<of>\w+ (?:of|von|van|de|di|do|av|af) )?(?P<book>team|(?:surveys-|names-)?[0-9]{4})"
    r"(?P<rest>(?(of)(?:[^0-9a-z].*)?|[^0-9a-z].*)(?=\.json\Z)"
    rf"|\.json(?!.*\.prev)[^0-9a-z].*(?:{'|'.join(_CONFLICT)}).*)(?:\.json)?"
)
"""What cloud folders call a copy of a book; few put their mark after the ending."""


def says_conflict(name: str) -> bool:
    """Whether the name of a file says that two computers saved."""
    return any(word in normalize("NFC", name).casefold() for word in _CONFLICT)


def own_files(folder: Path) -> list[Path]:
    """Every file that the workspace made, the most important last: books after their copies."""
    found = [path for path, parts in walked(folder) if is_own(parts)]
    return sorted(found, key=lambda path: (path.parent == folder, bool(BOOK_FILE.fullmatch(path.name)), path))


def leftovers(folder: Path) -> list[Path]:
    """Files that a program left half written when it was killed. Those of a running program don't count."""
    found = ((path, writer_of(parts)) for path, parts in walked(folder))
    return [path for path, writer in found if writer is not None and not _may_still_write(path, writer, folder)]


def _may_still_write(path: Path, writer: str, folder: Path) -> bool:
    """Only whoever has the lock, the caller, writes in the folder itself, in copies of books and in derived data."""
    locked = path.parent in (folder, folder / INDEX) or path.parent.parent == folder / BACKUPS
    return not locked and writer.isdigit() and int(writer) != os.getpid() and is_running(int(writer))


def sweep(folder: Path) -> None:
    """Remove what killed programs left behind. The caller holds the workspace's lock. Raises OSError."""
    for path in leftovers(folder):
        path.unlink(missing_ok=True)


def misplaced(folder: Path) -> list[Path]:
    """Paths that have one of our names but are links, or not the file or folder they should be: they are neither read
    nor written. Raises OSError."""
    found = []
    for entry in os.scandir(folder):
        if entry.name in OWN_FOLDERS:
            right = entry.is_dir(follow_symlinks=False)
        elif entry.name in (KEY, RECIPIENTS, RECOVERY) or BOOK_FILE.fullmatch(entry.name):
            right = entry.is_file(follow_symlinks=False)
        else:
            continue
        if not right:
            found.append(Path(entry.path))
    return sorted(found)


def copies_by_name(folder: Path) -> list[Path]:
    """Files beside the books that have the name of a copy and begin like one, whole or damaged; or whose name says that
    two computers saved, whatever is left in them."""
    named = (
        path for path in folder.iterdir() if re.fullmatch(COPY_NAME, path.name) and not BOOK_FILE.fullmatch(path.name)
    )
    plain = (path for path in named if path.is_file() and not path.is_symlink())
    return sorted(path for path in plain if says_conflict(path.name) or _looks_like_a_book(path))


def holds_records(path: Path) -> bool:
    """Whether a file is a book or a copy of one, by its name, its place or how it begins."""
    name = path.name.removesuffix(PREVIOUS)
    if BOOK_FILE.fullmatch(name) or re.fullmatch(COPY_NAME, name) or path.parent.name == DAMAGED:
        return True
    return path.is_file() and _looks_like_a_book(path)


def _looks_like_a_book(path: Path) -> bool:
    read = read_whole(path)
    if read is None:
        return False
    if read[1].startswith((AGE, HEADER_START)):
        return True
    try:
        return "records" in read_book(read[1]).tables
    except Unreadable:
        return False


def walked(folder: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The plain files in the folder and in the workspace's own folders below it, with the parts of their paths; no
    links, and nothing behind one."""
    for parent in _own_folders(folder):
        for entry in os.scandir(parent):
            if entry.is_file(follow_symlinks=False):
                path = Path(entry.path)
                yield path, path.relative_to(folder).parts


def _own_folders(folder: Path) -> Iterator[Path]:
    yield folder
    for name in OWN_FOLDERS:
        inside = folder / name
        if inside.is_symlink() or not inside.is_dir():
            continue
        yield inside
        if name == BACKUPS:
            for entry in os.scandir(inside):
                if BOOK_FILE.fullmatch(f"{entry.name}.json") and entry.is_dir(follow_symlinks=False):
                    yield Path(entry.path)
