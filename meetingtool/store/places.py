"""Where things are in a workspace's folder."""

from __future__ import annotations

from pathlib import Path

from meetingtool.rules.keeping.own_names import (
    BACKUP_FILE,
    BACKUPS,
    BOOK_FILE,
    BOOK_NAME,
    BOOK_OR_PREVIOUS,
    DAMAGED,
    DRAFT,
    DRAFTS,
    INDEX,
    KEY,
    LOCK_NAME,
    MARK,
    NAMES,
    PREVIOUS,
    RECIPIENTS,
    RECOVERY,
    ROLL,
    SURVEYS,
    TEAM,
)

__all__ = [
    "BACKUPS",
    "BACKUP_FILE",
    "BOOK_FILE",
    "BOOK_NAME",
    "BOOK_OR_PREVIOUS",
    "DAMAGED",
    "DRAFT",
    "DRAFTS",
    "INDEX",
    "KEY",
    "LOCK_NAME",
    "MARK",
    "NAMES",
    "OWN_FOLDERS",
    "PREVIOUS",
    "RECIPIENTS",
    "RECOVERY",
    "ROLL",
    "SURVEYS",
    "TEAM",
    "TEAM_FILE",
    "book_called",
    "books_in",
    "file_of",
    "free_name",
    "names_name",
    "previous_of",
    "surveys_name",
    "year_name",
]

TEAM_FILE = f"{TEAM}.json"
OWN_FOLDERS = (BACKUPS, DAMAGED, DRAFTS, INDEX)


def year_name(year: int) -> str:
    """The name of a year's book."""
    return f"{year:04d}"


def surveys_name(year: int) -> str:
    """The name of the book with a year's answers of customers."""
    return f"{SURVEYS}{year:04d}"


def names_name(year: int) -> str:
    """The name of the book with what is decided about a year's answers one by one."""
    return f"{NAMES}{year:04d}"


def file_of(folder: Path, book: str) -> Path:
    """The file of a book."""
    return folder / f"{book}.json"


def book_called(book: str) -> str:
    """A book in words."""
    return "the book of the team" if book == TEAM else f"the book of {book}"


def previous_of(path: Path) -> Path:
    """The copy of a book as it was before its last save."""
    return path.with_name(path.name + PREVIOUS)


def books_in(folder: Path) -> list[str]:
    """The names of the books in the folder: the years in order, then those beside them, then the team's; also of those
    with only the former copy or backups left."""
    names = {found[1] for entry in folder.iterdir() if (found := BOOK_OR_PREVIOUS.fullmatch(entry.name))}
    backups = folder / BACKUPS
    if backups.is_dir():
        names |= {entry.name for entry in backups.iterdir() if BOOK_FILE.fullmatch(f"{entry.name}.json")}
    return sorted(names)


def free_name(path: Path) -> Path:
    """The path, or the same with a number at its end where the name is taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
