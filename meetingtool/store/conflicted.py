"""Copies that cloud folders make when two computers changed a book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from meetingtool.store.bookfile import Header, Unreadable
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.errors import gone
from meetingtool.store.places import BOOK_FILE
from meetingtool.store.roll import Known
from meetingtool.store.storage import read_sheet

_NAME = re.compile(r"(?P<book>team|(?:surveys-|names-)?[0-9]{4})(?P<rest>[ ._(\[\-~].*)\.json", re.IGNORECASE)
_SERVICES = (
    (re.compile(r"\.sync-conflict-\d{8}-\d{6}", re.IGNORECASE), "Syncthing"),
    (re.compile(r"\(conflicted copy \d{4}-\d{2}-\d{2} \d{6}\)|_conflict-\d{8}-\d{6}", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"conflicted copy|case conflict", re.IGNORECASE), "Dropbox"),
    (re.compile(r"^ \(\d+\)$|\[conflict\]|\(conflict\)", re.IGNORECASE), "Google Drive"),
    (re.compile(r"^ \d+$"), "iCloud"),
    (re.compile(r"^-[\w-]+$"), "OneDrive"),
)


class ConflictedCopy(msgspec.Struct, frozen=True):
    """A file that was a book on another computer. service: who made it, as far as its name tells."""

    book: str
    path: Path
    service: str
    header: Header = Header()


def conflicted_copies(folder: Path, *, envelope: Envelope = PLAIN) -> list[ConflictedCopy]:
    """The copies in a workspace's folder. A file counts when its name begins like a book's and its content says so.

    WorkspaceMissing where the folder is gone.
    """
    copies = []
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise gone(folder) from error
    for path in paths:
        found = _NAME.fullmatch(path.name)
        if found is None or BOOK_FILE.fullmatch(path.name) or not path.is_file():
            continue
        book = found["book"].lower()
        try:
            sheet = read_sheet(path, envelope)
        except (Unreadable, OSError):
            continue
        if sheet.header.book in (book, "") and "records" in sheet.tables:
            copies.append(ConflictedCopy(book, path, _service(found["rest"]), sheet.header))
    return copies


def without_those_in(known: Mapping[str, Known], copies: Iterable[ConflictedCopy]) -> dict[str, Known]:
    """What is known of the books, but for those of which a conflicted copy is the state that was last saved: merging
    brings it back."""
    there = {copy.book for copy in copies if copy.book in known and not known[copy.book].is_beyond(copy.header)}
    return {book: told for book, told in known.items() if book not in there}


def _service(rest: str) -> str:
    return next((name for pattern, name in _SERVICES if pattern.search(rest)), "another program")
