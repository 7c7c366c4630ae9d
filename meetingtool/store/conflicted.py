"""Copies that cloud folders make when two computers changed a book."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.store.belongings import COPY_NAME, says_conflict
from meetingtool.store.bookfile import Header, Unreadable
from meetingtool.store.commit import Files, ready_folder
from meetingtool.store.daily import backup_folder
from meetingtool.store.envelope import AGE, PLAIN, Envelope
from meetingtool.store.errors import gone
from meetingtool.store.keys import key_of
from meetingtool.store.lines import Rows
from meetingtool.store.mending.state import State
from meetingtool.store.places import BOOK_FILE, TEAM, file_of, free_name
from meetingtool.store.roll import SavedBook
from meetingtool.store.storage import read_book_file

COPY = "copy"
_AN_ID = re.compile(rb'"([0-7][0-9A-HJKMNP-TV-Z]{25})"')
_NAME = re.compile(COPY_NAME)
_SERVICES = (
    (re.compile(r"\.sync-conflict-\d{8}-\d{6}", re.IGNORECASE), "Syncthing"),
    (re.compile(r"\(conflicted copy \d{4}-\d{2}-\d{2} \d{6}\)|_conflict-\d{8}-\d{6}", re.IGNORECASE), "Nextcloud"),
    (
        re.compile(
            "conflicted copy|case conflict|copie en conflit|Konflikt stehende|copia en conflicto|copia in conflitto"
            "|çakışan kopya",
            re.IGNORECASE,
        ),
        "Dropbox",
    ),
    (re.compile(r"^ \(\d+\)$|\[conflict\]|\(conflict\)", re.IGNORECASE), "Google Drive"),
    (re.compile(r"^ \d+$"), "iCloud"),
    (re.compile(r"^-\w[\w'’ -]*$"), "OneDrive"),
)
_NUMBERED = frozenset({"Google Drive", "iCloud"})
"""Who only numbers copies: a file that is not even JSON is one, too."""


class ConflictedCopy(msgspec.Struct, frozen=True):
    """A file that was a book on another computer. service: who made it, as far as its name says.

    problem: what is wrong with it, to follow its name; empty when it is just as it was saved. records: how many can be
    read.
    """

    book: str
    path: Path
    service: str
    header: Header = Header()
    problem: str = ""
    records: int = 0


def conflicted_copies(folder: Path, *, envelope: Envelope = PLAIN) -> list[ConflictedCopy]:
    """The copies in a workspace's folder, whole or damaged. A file counts when its name begins like a book's and its
    content shows that it is one, or was; or when the name says that two computers saved, whatever the content. The
    content also says which book it is, where it can.

    WorkspaceMissing where the folder is gone.
    """
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise gone(folder) from error
    named = ((path, _NAME.fullmatch(path.name)) for path in paths)
    copies = [
        _copy(path, found["book"].lower(), found["rest"], envelope)
        for path, found in named
        if found is not None and not BOOK_FILE.fullmatch(path.name) and path.is_file()
    ]
    return [copy for copy in copies if copy is not None]


def _copy(path: Path, book: str, rest: str, envelope: Envelope) -> ConflictedCopy | None:
    """What the file is; None for one that was never a book. rest: what follows the book's name in its own."""
    service, is_named = _service(rest), says_conflict(rest)
    state = State.of(path, envelope, book)
    told = _told(state)
    if told not in ("", book) and BOOK_FILE.fullmatch(f"{told}.json"):
        book, state = told, State.of(path, envelope, told)
    records = 0 if state.found is None else len(state.found.tables["records"])
    if state.sheet is None:
        was_one = records or told or (state.found is not None and state.found.unreadable) or _is_blank_or_sealed(path)
        was_one = was_one or is_named or service in _NUMBERED
        return ConflictedCopy(book, path, service, Header(), state.problem, records) if was_one else None
    if "records" not in state.sheet.tables:
        no_book = ConflictedCopy(book, path, service, Header(), "does not hold a book")
        return no_book if is_named else None
    problem = state.problem or ("" if state.sheet.sound else "was changed outside meetingtool")
    return ConflictedCopy(book, path, service, state.sheet.header, problem, records)


def _told(state: State) -> str:
    """Which book a file says it is, if that is certain."""
    if state.sheet is not None:
        return state.sheet.header.book
    told = None if state.found is None else state.found.told
    return "" if told is None else told.book


def _is_blank_or_sealed(path: Path) -> bool:
    """Whether nothing, or nothing but zeros, is left of a file, or it is encrypted and can't be opened."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return not data.strip(b"\0 \r\n") or data.startswith(AGE)


def is_strange(copy: ConflictedCopy, envelope: Envelope) -> bool:
    """Whether a copy has none of the records of its book, though both have some, and names nothing of this team: it may
    be of another workspace. A year that two computers began apart names the same people."""
    book = State.of(file_of(copy.path.parent, copy.book), envelope, copy.book).found
    theirs = State.of(copy.path, envelope, copy.book).found
    ours = set() if book is None else book.tables["records"].keys()
    if not (ours and theirs and theirs.tables["records"] and ours.isdisjoint(theirs.tables["records"])):
        return False
    return copy.book == TEAM or not _names_one_of(copy.path.parent, theirs.tables["records"], envelope)


def _names_one_of(folder: Path, rows: Rows, envelope: Envelope) -> bool:
    """Whether a record of the rows points to one in the book of the team."""
    team = State.of(file_of(folder, TEAM), envelope, TEAM).found
    known = set() if team is None else team.tables["records"].keys()
    return any(key_of(named.decode()) in known for row in rows.values() for named in _AN_ID.findall(row))


def under_another_name(folder: Path, envelope: Envelope) -> list[ConflictedCopy]:
    """Books whose file has another book's name, each as a copy of the book that it is."""
    found = []
    for path in sorted(folder.glob("*.json")):
        named = BOOK_FILE.fullmatch(path.name)
        if named is None or not path.is_file():
            continue
        try:
            sheet = read_book_file(path, envelope)
        except (Unreadable, OSError):
            continue
        book = sheet.header.book
        if sheet.sound and book not in ("", named[1]) and BOOK_FILE.fullmatch(f"{book}.json"):
            found.append(ConflictedCopy(book, path, "", sheet.header, "", len(sheet.tables.get("records", {}))))
    return found


def put_away(files: Files, book: Path, copy: Path, now: datetime) -> Path:
    """Move a copy to the backups of its book. Raises OSError."""
    target = place_for_copy(book, now)
    files.replace(copy, target)
    files.sync_folder(target.parent)
    files.sync_folder(copy.parent)
    return target


def place_for_copy(book: Path, now: datetime) -> Path:
    """A free name for a copy in the backups of its book, whose folder is made. Raises OSError."""
    ready_folder(backup_folder(book).parent)
    return free_name(ready_folder(backup_folder(book)) / f"{now.date().isoformat()}-{COPY}.json")


def without_those_in(known: Mapping[str, SavedBook], copies: Iterable[ConflictedCopy]) -> dict[str, SavedBook]:
    """What is known of the books, without those whose last saved state is a conflicted copy: merging brings that
    back."""
    whole = (copy for copy in copies if copy.book in known and not copy.problem)
    there = {copy.book for copy in whole if not known[copy.book].is_beyond(copy.header)}
    return {book: told for book, told in known.items() if book not in there}


def _service(rest: str) -> str:
    told = unicodedata.normalize("NFC", rest)
    return next((name for pattern, name in _SERVICES if pattern.search(told)), "another program")
