"""Automatic backups: a copy of a book before its first save of a day, and before other big changes.

They are in `backups/BOOK/`, each named after the last day whose work it holds. They are plain copies, because a hard
link would share whatever happens to the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from meetingtool.store.bookfile import SCHEMA, Header, is_secured
from meetingtool.store.commit import Files, copy_durably, discard, ready_folder, write_new
from meetingtool.store.places import BACKUP_FILE, BACKUPS, free_name

DAILY = 14
DAILY_REACH = timedelta(days=100)
"""How far back the daily copies may reach; a book that is no longer changed keeps its monthly and yearly ones."""
EDITED = "edited"
SPECIAL_KEPT = timedelta(days=366)
"""How long copies from before an edit by hand, a restore or a merge are kept."""


def backup_folder(book: Path) -> Path:
    """The folder with the backups of a book's file."""
    return book.parent / BACKUPS / book.stem


def backups_of(book: Path) -> list[Path]:
    """The backups of a book, newest first."""
    folder = backup_folder(book)
    if not folder.is_dir() or folder.is_symlink() or folder.parent.is_symlink():
        return []
    return sorted((path for path in folder.iterdir() if re.fullmatch(BACKUP_FILE, path.name)), key=_age, reverse=True)


def _age(path: Path) -> tuple[str, int, str]:
    day, number, _ = split(path)
    return day.isoformat(), number, path.name


def split(path: Path) -> tuple[date, int, str]:
    """The day of a backup, its number among several of that day, and the reason for a special one. ValueError for other
    files."""
    found = re.fullmatch(BACKUP_FILE, path.name)
    if found is None:
        raise ValueError(f"not a backup: {path.name}")
    day, number, reason = found.groups()
    return date.fromisoformat(day), int((number or "-1")[1:]), (reason or "-")[1:]


def keep_copy(files: Files, book: Path, day: date, reason: str = "", pieces: Sequence[bytes] | None = None) -> Path:
    """Copy the book's file as it is into its backups, durably; the copy. reason: a word for a special one. pieces: what
    to keep instead of the file, such as where that is damaged."""
    folder = backup_folder(book)
    ready_folder(folder.parent)
    ready_folder(folder)
    target = free_name(folder / f"{day.isoformat()}{'-' + reason if reason else ''}.json")
    unfinished = target.with_name(f".{target.name}.new-copy")
    files.remove(unfinished)
    try:
        if pieces is None:
            copy_durably(files, book, unfinished)
        else:
            write_new(files, unfinished, pieces)
        files.replace(unfinished, target)
    except BaseException:
        discard(files, unfinished)
        raise
    files.sync_folder(folder)
    return target


def secure(files: Files, book: Path, header: Header, sound: bool, today: date) -> date | None:
    """Copy the book before a save where that is due; returns the day up to which it is secured then.

    A copy that can't be made does not stop the save: a story told in a meeting matters more. The day then stays what
    it was, so the next save tries again, and `check` says that backups fail. Only the copy of a file that somebody
    edited must be made (else OSError): nothing else keeps it.
    """
    reason = "" if sound else EDITED
    if header.schema < SCHEMA:
        reason = f"form-{header.schema}"
    if not reason and is_secured(header, today):
        return header.secured
    if reason or header.changed is not None:
        try:
            keep_copy(files, book, header.changed.date() if header.changed else today, reason)
        except OSError:
            if not sound:
                raise
            return header.secured
        with suppress(OSError):  # a backup that stays too long does no harm
            thin(files, book, today)
    return today


def thin(files: Files, book: Path, today: date) -> None:
    """Remove backups that are no longer needed, of this book and of those no longer changed."""
    for folder in book.parent.joinpath(BACKUPS).iterdir():
        if not folder.is_dir():
            continue
        backups = backups_of(book.with_name(f"{folder.name}.json"))
        for path in set(backups) - set(worth_keeping(backups, today)):
            files.remove(path)


def worth_keeping(backups: Iterable[Path], today: date) -> list[Path]:
    """The backups of one book that are to stay: 14 daily, 12 monthly, all yearly, and special ones for a year."""
    days: dict[date, Path] = {}
    kept = []
    for path in sorted(backups, key=_age):
        day, _, reason = split(path)
        if not reason:
            days[day] = path
        elif today - day <= SPECIAL_KEPT:
            kept.append(path)
    return kept + [days[day] for day in days_worth_keeping(days, today)]


def days_worth_keeping(days: Iterable[date], today: date) -> list[date]:
    """The last of every year, the last of each of the newest 12 months, and the newest 14 of the last 100 days."""
    years: dict[int, date] = {}
    months: dict[tuple[int, int], date] = {}
    ordered = sorted(days)
    for day in ordered:
        years[day.year] = months[day.year, day.month] = day
    first_month = (today.year - 1, today.month + 1) if today.month < 12 else (today.year, 1)
    monthly = [day for month, day in months.items() if month >= first_month]
    daily = [day for day in ordered if today - day <= DAILY_REACH][-DAILY:]
    return sorted({*years.values(), *monthly, *daily})
