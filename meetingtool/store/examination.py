"""Noticing that something is wrong with a workspace's files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import msgspec

from meetingtool.store.bookfile import SCHEMA, Header, Sheet, Unreadable
from meetingtool.store.conflicted import conflicted_copies
from meetingtool.store.daily import EDITED, backups_of, split
from meetingtool.store.encryption import keys_differ, still_plain, twin_of
from meetingtool.store.errors import WorkspaceMissing, WorkspaceUnusable
from meetingtool.store.inspection import Odd, looked_over
from meetingtool.store.places import TEAM, books_in, file_of, previous_of
from meetingtool.store.salvage import Salvage, salvage
from meetingtool.store.storage import PLAIN, Envelope, read_sheet, read_whole

Kind = Literal[
    "damaged",
    "missing",
    "edited",
    "newer",
    "copy damaged",
    "conflicted copy",
    "no backup",
    "not private",
    "can't write",
    "not encrypted",
]


class Copy(msgspec.Struct, frozen=True):
    """A sound copy that a book can be brought back from, and what that would cost.

    told: which copy it is, in words. changed: the last deed in it. records: how many it has.
    newer: records that only the damaged file has, or has in a later version. readable: how many of them can be saved.
    """

    path: Path
    told: str
    changed: datetime | None
    records: int
    newer: int
    readable: int

    @property
    def cost(self) -> str:
        """The cost in a sentence."""
        if not self.newer:
            return f"Nothing is lost with {self.told}."
        since = f" newer than {self.changed:%H:%M} on {_long(self.changed)}" if self.changed else ""
        saved = {0: "none of them can", 1: "1 of them can"}.get(self.readable, f"{self.readable} of them can")
        if self.newer == 1:
            saved = "it can" if self.readable else "it can't"
        number = "1 record" if self.newer == 1 else f"{self.newer} records"
        verb = "is" if self.newer == 1 else "are"
        return f"{number}{since} {verb} only in the damaged file; {saved} be read."


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it should be. message: what and where; hint: what to do. copies: the best first."""

    kind: Kind
    book: str
    path: Path
    message: str
    hint: str
    copies: tuple[Copy, ...] = ()


def examine(folder: Path, *, envelope: Envelope = PLAIN) -> list[Finding]:
    """Look at every file of the workspace; nothing is found when all is sound. Changes nothing.

    WorkspaceMissing when there is none in the folder, WorkspaceUnusable when it may not be looked at.
    """
    try:
        books = books_in(folder)
    except (FileNotFoundError, NotADirectoryError):
        books = []
    except OSError as error:
        raise WorkspaceUnusable(
            f"{folder} can't be opened: {error.strerror}.", "Ask for the right to read it."
        ) from error
    if not books:
        raise WorkspaceMissing(f"There is no workspace in {folder}.", "Name it with --data.")
    findings: list[Finding] = []
    for book in books:
        findings += _examine_book(file_of(folder, book), envelope)
    if not file_of(folder, TEAM).exists() and not any(finding.book == TEAM for finding in findings):
        findings.append(_missing(file_of(folder, TEAM), ()))
    return findings + _conflicts(folder, envelope) + _plain_files(folder) + _rights(folder)


def at_a_glance(
    folder: Path, edited: Iterable[str], headers: Mapping[str, Header] = {}, *, envelope: Envelope = PLAIN
) -> list[Finding]:
    """What can be told without reading the books: conflicted copies, which of the books named were edited, and
    whose header says that its daily backup fails."""
    findings = _conflicts(folder, envelope)
    findings += [_no_backup(file_of(folder, book)) for book, header in headers.items() if _backup_is_late(header)]
    for book in edited:
        state = State.of(file_of(folder, book), envelope)
        if state.sheet is not None and not state.problem and not state.sheet.sound:
            findings.append(_edited(file_of(folder, book), state.sheet, envelope))
    return findings


def _conflicts(folder: Path, envelope: Envelope) -> list[Finding]:
    return [
        Finding(
            "conflicted copy",
            copy.book,
            copy.path,
            f"{copy.path.name} is a copy of {copy.book}.json that {copy.service} made when two computers wrote.",
            "`meetingtool check --merge` brings both together, record by record.",
        )
        for copy in conflicted_copies(folder, envelope=envelope)
    ]


def _examine_book(path: Path, envelope: Envelope) -> list[Finding]:
    state = State.of(path, envelope)
    findings = []
    if state.problem:
        findings.append(
            _damaged(path, state, envelope) if path.exists() else _missing(path, sound_copies(path, envelope))
        )
    elif state.sheet is not None and not state.sheet.sound:
        findings.append(_edited(path, state.sheet, envelope))
    if state.sheet is not None and not state.problem and _backup_is_late(state.sheet.header):
        findings.append(_no_backup(path))
    for copy in _copy_files(path):
        state = State.of(copy, envelope)
        changed = state.sheet is not None and not state.sheet.sound and not copy.stem.endswith(EDITED)
        problem = state.problem or ("was changed outside meetingtool" if changed else "")
        if problem:
            findings.append(
                Finding(
                    "copy damaged",
                    path.stem,
                    copy,
                    f"{copy.relative_to(path.parent)} {problem}. The book itself does not depend on it.",
                    "Delete it, or keep it for somebody who can look into it.",
                )
            )
    return findings


def _no_backup(path: Path) -> Finding:
    return Finding(
        "no backup",
        path.stem,
        path,
        f"The backup of {path.name} that is made before the first change of a day could not be made.",
        "Look whether the disk is full and whether you may write in the folder `backups`.",
    )


def _damaged(path: Path, state: State, envelope: Envelope) -> Finding:
    copies = sound_copies(path, envelope, state.found)
    if state.newer:
        hint = "Update meetingtool on this computer."
        if state.sheet is not None and not state.sheet.sound:
            hint += f" If there is no newer one, the file is damaged: `meetingtool check --recover {path.stem}`."
        return Finding("newer", path.stem, path, f"{path.name} {state.problem}.", hint, copies)
    best = f" {copies[0].cost}" if copies else " There is no sound copy of it here."
    return Finding(
        "damaged",
        path.stem,
        path,
        f"{path.name} {state.problem}.{best}",
        f"`meetingtool check --recover {path.stem}` brings it back and keeps the damaged file.",
        copies,
    )


def _missing(path: Path, copies: tuple[Copy, ...]) -> Finding:
    where = f" There is a copy: {copies[0].told}, with {copies[0].records} records." if copies else ""
    hint = f"`meetingtool check --recover {path.stem}` brings it back." if copies else "Restore it from a backup."
    return Finding("missing", path.stem, path, f"{path.name} is missing.{where}", hint, copies)


def _edited(path: Path, sheet: Sheet, envelope: Envelope) -> Finding:
    copies = sound_copies(path, envelope)
    against = ""
    if copies:
        before = read_sheet(copies[0].path, envelope).tables.get("records", {})
        now = looked_over(sheet.tables)[0].get("records", {})
        number = sum(before.get(key) != now.get(key) for key in before.keys() | now.keys())
        records = "1 record differs" if number == 1 else f"{number} records differ"
        against = f" {records} from {copies[0].told}."
    return Finding(
        "edited",
        path.stem,
        path,
        f"{path.name} was changed outside meetingtool, and every record in it can be read.{against}",
        "It is used as it is. `meetingtool check --recover` takes it over; with `--from` it goes back to a copy.",
        copies,
    )


def _backup_is_late(header: Header) -> bool:
    return header.changed is not None and header.secured is not None and header.secured < header.changed.date()


def _plain_files(folder: Path) -> list[Finding]:
    key = Finding(
        "copy damaged",
        "",
        twin_of(folder),
        "The key of the workspace and its second copy are not the same.",
        "`meetingtool encrypt` makes both the one that the passphrase opens.",
    )
    found = [key] if keys_differ(folder) else []
    return found + [
        Finding(
            "not encrypted",
            "",
            path,
            f"{path.relative_to(folder)} is not encrypted, and the workspace is.",
            "`meetingtool encrypt` finishes what was interrupted.",
        )
        for path in still_plain(folder)
    ]


def _rights(folder: Path) -> list[Finding]:
    if os.name == "nt" or not folder.stat().st_mode & 0o077:
        return []
    return [
        Finding(
            "not private",
            "",
            folder,
            f"Other users of this computer can look into {folder}.",
            f"`chmod 700 {folder}` keeps it to yourself.",
        )
    ]


class State(msgspec.Struct, frozen=True):
    """A file as it was found. problem: what is wrong, to follow its name; empty when it can be used."""

    sheet: Sheet | None
    problem: str = ""
    newer: bool = False
    found: Salvage | None = None

    @classmethod
    def of(cls, path: Path, envelope: Envelope) -> State:
        try:
            sheet = read_sheet(path, envelope)
        except Unreadable as error:
            return cls(None, f"can't be read: {error}", found=_salvaged(path, envelope))
        except OSError as error:
            return cls(None, f"can't be read: {error.strerror}")
        if sheet.header.schema > SCHEMA:
            return cls(sheet, "was written by a newer meetingtool", newer=True)
        if sheet.header.book not in ("", path.name.split(".")[0], path.parent.name):
            return cls(sheet, f"holds the book of {sheet.header.book}", found=_salvaged(path, envelope))
        odd = looked_over(sheet.tables)[1]
        if odd:
            return cls(sheet, _told(odd), newer=sheet.sound, found=_salvaged(path, envelope))
        return cls(sheet)


def _told(odd: list[Odd]) -> str:
    number = "one row" if len(odd) == 1 else f"{len(odd)} rows"
    first = odd[0]
    return f"has {number} that can't be read, the first {first.ref or first.key[-6:]} ({first.why})"


def _salvaged(path: Path, envelope: Envelope) -> Salvage:
    read = read_whole(path)
    try:
        return salvage(envelope.unwrap(read[1]) if read else b"")
    except Unreadable:
        return salvage(b"")


def _copy_files(path: Path) -> list[Path]:
    previous = previous_of(path)
    return [*([previous] if previous.exists() else []), *backups_of(path)]


def sound_copies(path: Path, envelope: Envelope, found: Salvage | None = None) -> tuple[Copy, ...]:
    """The sound copies of a book, newest first."""
    copies = []
    for copy in _copy_files(path):
        state = State.of(copy, envelope)
        if state.problem or state.sheet is None or not state.sheet.sound:
            continue
        rows = state.sheet.tables.get("records", {})
        readable = len(found.newer_than(rows)) if found else 0
        newer = readable + (found.lost_beyond(rows) if found else 0)
        copies.append(Copy(copy, _called(copy), state.sheet.header.changed, len(rows), newer, readable))
    copies.sort(key=lambda copy: copy.changed.timestamp() if copy.changed else 0.0, reverse=True)
    return tuple(copies)


def _called(copy: Path) -> str:
    if copy.suffix == ".prev":
        return "the copy from before the last save"
    day, _, reason = split(copy)
    words = {"": "", "edited": " (edited by hand)", "replaced": " (before a restore)", "copy": " (a merged copy)"}
    return f"the backup of {_long(day)}{words.get(reason, f' ({reason})')}"
