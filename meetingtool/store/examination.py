"""Finding what is wrong with a workspace's files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import msgspec

from meetingtool.store.age import Age, sealed_keys
from meetingtool.store.belongings import misplaced
from meetingtool.store.bookfile import SCHEMA, Header, ReadBook, Unreadable, read_book
from meetingtool.store.commit import kind_of
from meetingtool.store.conflicted import conflicted_copies
from meetingtool.store.daily import EDITED, backups_of, split
from meetingtool.store.encryption import keys_differ, still_plain, twin_of
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.errors import LINK_HINT, WorkspaceMissing, WorkspaceUnusable
from meetingtool.store.headers import certain_header
from meetingtool.store.inspection import Odd, looked_over
from meetingtool.store.lines import Tables
from meetingtool.store.loss import Loss, Outcome, outcome
from meetingtool.store.places import BOOK_FILE, RECIPIENTS, TEAM, books_in, file_of, previous_of
from meetingtool.store.salvage import Salvage, salvage
from meetingtool.store.storage import in_present_form, read_sheet, read_whole

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
    "misplaced",
    "not encrypted",
    "recipients changed",
    "records",
]


class Copy(msgspec.Struct, frozen=True):
    """A sound copy that a book can be brought back from, and what that would cost.

    told: which copy it is, in words. changed: the last deed in it. records: how many it has.
    saved: how many more, or later versions, come from the damaged file. loss: of the records that the book had.
    """

    path: Path
    told: str
    changed: datetime | None
    records: int
    saved: int
    loss: Loss

    @property
    def cost(self) -> str:
        """The cost in a sentence."""
        if self.loss.is_none:
            return f"Nothing is lost with {self.told}."
        saved = {0: "", 1: ", which gains 1 record from the damaged file"}.get(
            self.saved, f", which gains {self.saved:,} records from the damaged file"
        )
        since = f" of what was saved after {_moment(self.changed)}" if self.loss == Loss() and self.changed else ""
        return f"With {self.told}{saved}, {self.loss.in_words}{since}."


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} on {_long(moment)}"


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class Finding(msgspec.Struct, frozen=True):
    """Something that is wrong. message: what and where; hint: what to do. copies: the best first.

    loss: what is lost of a book's records when nothing but this is done; None where no record is concerned.
    """

    kind: Kind
    book: str
    path: Path
    message: str
    hint: str
    copies: tuple[Copy, ...] = ()
    loss: Loss | None = None


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
            f"{folder} can't be opened: {error.strerror}.", "Ask for permission to read it."
        ) from error
    if not books:
        raise WorkspaceMissing(f"There is no workspace in {folder}.", "Name it with --data.")
    findings = _misplaced(folder)
    odd = {finding.path for finding in findings}
    for book in books:
        if file_of(folder, book) in odd:
            continue
        findings += _examine_book(file_of(folder, book), envelope)
    if not file_of(folder, TEAM).exists() and not any(finding.book == TEAM for finding in findings):
        findings.append(_missing(file_of(folder, TEAM), ()))
    return (
        findings + _conflicts(folder, envelope) + _plain_files(folder) + _recipients(folder, envelope) + _rights(folder)
    )


def at_a_glance(
    folder: Path, edited: Iterable[str], headers: Mapping[str, Header] = {}, *, envelope: Envelope = PLAIN
) -> list[Finding]:
    """What can be told without reading the books: conflicted copies, which of the books named were edited, and
    whose header says that its daily backup fails."""
    findings = _conflicts(folder, envelope) + _misplaced(folder)
    findings += [_no_backup(file_of(folder, book)) for book, header in headers.items() if _backup_is_late(header)]
    for book in edited:
        state = State.of(file_of(folder, book), envelope)
        if state.sheet is not None and not state.problem and not state.sheet.sound:
            findings.append(_edited(file_of(folder, book), state, envelope))
    return findings


def _misplaced(folder: Path) -> list[Finding]:
    return [
        Finding(
            "misplaced",
            path.name.split(".")[0] if BOOK_FILE.fullmatch(path.name) else "",
            path,
            f"{path.name} is {kind_of(path)}, and nothing can be read or written there.",
            LINK_HINT,
        )
        for path in misplaced(folder)
    ]


def _conflicts(folder: Path, envelope: Envelope) -> list[Finding]:
    return [
        Finding(
            "conflicted copy",
            copy.book,
            copy.path,
            f"{copy.path.name} is a copy of {copy.book}.json that {copy.service} made when two computers saved.",
            "`meetingtool check --merge` merges them, record by record.",
        )
        for copy in conflicted_copies(folder, envelope=envelope)
    ]


def _examine_book(path: Path, envelope: Envelope) -> list[Finding]:
    state = State.of(path, envelope)
    findings = []
    if state.problem:
        there = os.path.lexists(path)
        findings.append(_damaged(path, state, envelope) if there else _missing(path, sound_copies(path, envelope)))
    elif state.sheet is not None and not state.sheet.sound:
        findings.append(_edited(path, state, envelope))
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
                    "Delete it, or keep it for an expert.",
                )
            )
    return findings


def _no_backup(path: Path) -> Finding:
    return Finding(
        "no backup",
        path.stem,
        path,
        f"The backup of {path.name} that is made before the first change of a day could not be made.",
        "Check that the disk isn't full and that you may write to the folder `backups`.",
    )


def _damaged(path: Path, state: State, envelope: Envelope) -> Finding:
    copies = sound_copies(path, envelope, state.found)
    what = outcome({}, state.found, (), _NEVER) if state.found is not None else Outcome({}, 0, Loss())
    loss = copies[0].loss if copies else what.loss
    if copies:
        best = copies[0].cost
    else:
        read = {0: "none of its records", 1: "1 record"}.get(what.saved, f"{what.saved:,} records")
        best = f"There is no sound copy of it here; {read} can be read, {loss.in_words}."
    hint = f"`meetingtool check --recover {path.stem}` recovers it and keeps the damaged file."
    if not state.newer:
        return Finding("damaged", path.stem, path, f"{path.name} {state.problem}. {best}", hint, copies, loss)
    message, newer = f"{path.name} {state.problem}.", "Update meetingtool on this computer."
    if state.sheet is not None and state.sheet.sound:
        return Finding("newer", path.stem, path, message, newer, copies)
    newer += f" If there is no newer one, the file is damaged. {best} {hint}"
    return Finding("newer", path.stem, path, message, newer, copies, loss)


def _missing(path: Path, copies: tuple[Copy, ...]) -> Finding:
    where = f" There is a copy. {copies[0].cost}" if copies else f" There is no copy of it; {Loss().in_words}."
    hint = f"`meetingtool check --recover {path.stem}` recovers it." if copies else "Restore it from a backup."
    return Finding("missing", path.stem, path, f"{path.name} is missing.{where}", hint, copies, Loss())


def _edited(path: Path, state: State, envelope: Envelope) -> Finding:
    """A file that was changed outside and can be read: what the header says of the records before, and a copy."""
    assert state.found is not None
    copies = sound_copies(path, envelope, state.found, add=False)
    now, told = state.found.tables["records"], state.found.told
    loss = outcome({}, state.found, lines_of(path, envelope), _NEVER).loss
    said = []
    if loss.is_none:
        said.append("Its records are as last saved.")
    elif told is not None and told.records != len(now):
        said.append(f"It had {told.records:,} records when last saved, and has {len(now):,} now.")
    if not loss.is_none:
        said.append(f"Unless that was intended, {loss.in_words}.")
    if copies:
        before = read_sheet(copies[0].path, envelope).tables.get("records", {})
        number = sum(before.get(key) != now.get(key) for key in before.keys() | now.keys())
        records = "1 record differs" if number == 1 else f"{number:,} records differ"
        said.append(f"{records} from {copies[0].told}.")
    return Finding(
        "edited",
        path.stem,
        path,
        " ".join([f"{path.name} was changed outside meetingtool, and every record in it can be read.", *said]),
        "It is used as it is. `meetingtool check --recover` accepts it; with `--from` it goes back to a copy.",
        copies,
        loss,
    )


def _backup_is_late(header: Header) -> bool:
    return header.changed is not None and header.secured is not None and header.secured < header.changed.date()


def _plain_files(folder: Path) -> list[Finding]:
    key = Finding(
        "copy damaged",
        "",
        twin_of(folder),
        "The key of the workspace and its second copy differ.",
        "`meetingtool encrypt` makes both the one that the passphrase opens.",
    )
    found = [key] if keys_differ(folder) else []
    return found + [
        Finding(
            "not encrypted",
            "",
            path,
            f"{path.relative_to(folder)} is not encrypted, although the workspace is.",
            "`meetingtool encrypt` finishes what was interrupted.",
        )
        for path in still_plain(folder)
    ]


def _recipients(folder: Path, envelope: Envelope) -> list[Finding]:
    """Whether the list of who can read was changed by somebody who doesn't have the key."""
    if not isinstance(envelope, Age) or sealed_keys(folder, envelope.identity) is not None:
        return []
    path = folder / RECIPIENTS
    if not path.exists() and still_plain(folder):
        return []  # encrypting was interrupted before the list was written
    return [
        Finding(
            "recipients changed",
            "",
            path,
            f"{RECIPIENTS} is missing or was changed outside meetingtool, so it isn't followed: what is saved now "
            "opens only with the passphrase.",
            "`meetingtool encrypt --recipient age1...` writes it again with each recovery key that you name.",
        )
    ]


def _rights(folder: Path) -> list[Finding]:
    if os.name == "nt" or not folder.stat().st_mode & 0o077:
        return []
    return [
        Finding(
            "not private",
            "",
            folder,
            f"Other users of this computer can read {folder}.",
            f"`chmod 700 {folder}` makes it private.",
        )
    ]


class State(msgspec.Struct, frozen=True):
    """A file as it was found. problem: what is wrong, to follow its name; empty when it can be used.

    found: what can be read of it; None where there is none.
    """

    sheet: ReadBook | None
    problem: str = ""
    newer: bool = False
    found: Salvage | None = None

    @classmethod
    def of(cls, path: Path, envelope: Envelope) -> State:
        try:
            read = read_whole(path)
        except OSError as error:
            return cls(None, f"can't be read: {error.strerror}", found=_NOTHING)
        if read is None:
            return cls(None, "is missing")
        data = read[1]
        try:
            plain = envelope.unwrap(data)
            sheet = in_present_form(read_book(plain))
        except Unreadable as error:
            return cls(None, f"can't be read: {error}", found=salvage(envelope.rescued(data)))
        if sheet.header.schema > SCHEMA:
            found = None if sheet.sound else salvage(plain)
            return cls(sheet, "was written by a newer meetingtool", newer=True, found=found)
        if sheet.header.book not in ("", path.name.split(".")[0], path.parent.name):
            return cls(sheet, f"contains the book of {sheet.header.book}", found=salvage(plain))
        tables, odd = looked_over(sheet.tables)
        if odd:
            return cls(sheet, _told(odd), newer=sheet.sound, found=salvage(plain))
        return cls(sheet, found=_readable(tables, sheet.header if sheet.sound else certain_header(plain)))


def _readable(tables: Tables, told: Header | None) -> Salvage:
    return Salvage({"records": {}, "former": {}, "deeds": {}, **tables}, told=told)


_NOTHING = _readable({}, None)


def _told(odd: list[Odd]) -> str:
    number = "one row" if len(odd) == 1 else f"{len(odd)} rows"
    first = odd[0]
    return f"has {number} that can't be read, the first {first.ref or first.key[-6:]} ({first.why})"


def _copy_files(path: Path) -> list[Path]:
    previous = previous_of(path)
    return [*([previous] if previous.exists() else []), *backups_of(path)]


def _sound_sheets(path: Path, envelope: Envelope) -> list[tuple[Path, ReadBook]]:
    states = ((copy, State.of(copy, envelope)) for copy in _copy_files(path))
    return [(copy, state.sheet) for copy, state in states if not state.problem and state.sheet and state.sheet.sound]


def lines_of(path: Path, envelope: Envelope) -> frozenset[bytes]:
    """The lines of all records in the sound copies of a book."""
    return _lines_in(sheet for _, sheet in _sound_sheets(path, envelope))


def _lines_in(sheets: Iterable[ReadBook]) -> frozenset[bytes]:
    return frozenset(line for sheet in sheets for line in sheet.tables.get("records", {}).values())


def sound_copies(path: Path, envelope: Envelope, found: Salvage | None = None, *, add: bool = True) -> tuple[Copy, ...]:
    """The sound copies of a book, first those that bring everything back, then the newest.

    found: what can be read of the damaged file. add: whether that is added to a copy.
    """
    sheets = _sound_sheets(path, envelope)
    sound = _lines_in(sheet for _, sheet in sheets)
    copies = []
    for copy, sheet in sheets:
        what = outcome(sheet.tables, found, sound, _NEVER, add=add)
        rows = sheet.tables.get("records", {})
        copies.append(Copy(copy, _called(copy), sheet.header.changed, len(rows), what.saved, what.loss))
    copies.sort(key=lambda one: (one.loss.is_none, one.changed.timestamp() if one.changed else 0.0), reverse=True)
    return tuple(copies)


def _called(copy: Path) -> str:
    if copy.suffix == ".prev":
        return "the copy from before the last save"
    day, _, reason = split(copy)
    words = {"": "", "edited": " (edited by hand)", "replaced": " (before a restore)", "copy": " (a merged copy)"}
    return f"the backup of {_long(day)}{words.get(reason, f' ({reason})')}"


_NEVER = datetime.min.replace(tzinfo=UTC)
"""The time used for what is only worked out, not done."""
