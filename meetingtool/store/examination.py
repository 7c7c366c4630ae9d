"""Finding what is wrong with a workspace's files."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from meetingtool.rules.wording import count
from meetingtool.store.belongings import misplaced
from meetingtool.store.bookfile import Header
from meetingtool.store.commit import kind_of
from meetingtool.store.conflicted import ConflictedCopy, conflicted_copies, is_strange, without_those_in
from meetingtool.store.copies import NEVER, Copy, copies_of, copy_files, lines_of, moment
from meetingtool.store.daily import EDITED
from meetingtool.store.encryption import TAKEN_AWAY
from meetingtool.store.envelope import PLAIN, Envelope, is_encrypted, twin_of
from meetingtool.store.errors import LINK_HINT, WorkspaceMissing, WorkspaceUnusable
from meetingtool.store.mending.beside_books import (
    changed_recipients,
    damaged_rolls,
    damaged_zips,
    open_rights,
    plain_files,
)
from meetingtool.store.mending.finding import Finding
from meetingtool.store.mending.holding import books_elsewhere
from meetingtool.store.mending.loss import Loss, Outcome, outcome
from meetingtool.store.mending.state import State
from meetingtool.store.places import BOOK_FILE, KEY, TEAM, book_called, books_in, file_of
from meetingtool.store.roll import Gap, SavedBook, header_of, known_books


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
    told = known_books(folder, envelope)
    known = without_those_in(told, _copies_here(folder, envelope))
    if not books and not known and not is_encrypted(folder):
        raise WorkspaceMissing(f"There is no workspace in {folder}.", "Name it with --data.")
    findings = [_with_copies(each, envelope, told.get(each.book)) for each in _misplaced(folder)]
    odd = {finding.path for finding in findings}
    gone = {book for book, told in known.items() if told.gone and not os.path.lexists(file_of(folder, book))}
    there = {*books, TEAM, *known, *books_elsewhere(folder, envelope)} - gone
    for book in sorted(there):
        if file_of(folder, book) not in odd:
            findings += _examine_book(file_of(folder, book), envelope, known.get(book), told.get(book))
    return [
        *findings,
        *damaged_zips(folder, envelope),
        *_conflicts(folder, envelope, told),
        *damaged_rolls(folder, envelope),
        *plain_files(folder),
        *changed_recipients(folder, envelope),
        *open_rights(folder),
    ]


def _copies_here(folder: Path, envelope: Envelope) -> list[ConflictedCopy]:
    return conflicted_copies(folder, envelope=envelope) if folder.is_dir() else []


def at_a_glance(
    folder: Path, edited: Iterable[str], headers: Mapping[str, Header] = {}, *, envelope: Envelope = PLAIN
) -> list[Finding]:
    """What can be found out without reading the books: conflicted copies, a roll that is missing or damaged, which of
    the given books were edited, and which have a header saying that their daily backup fails."""
    told = known_books(folder, envelope)
    findings = [*_conflicts(folder, envelope, told), *_misplaced(folder), *damaged_rolls(folder, envelope)]
    findings += [_no_backup(file_of(folder, book)) for book, header in headers.items() if _backup_is_late(header)]
    for book, known in without_those_in(told, conflicted_copies(folder, envelope=envelope)).items():
        path = file_of(folder, book)
        header = header_of(path) or headers.get(book)
        is_less = known.gap is not None or (header is not None and known.is_beyond(header))
        if not known.gone and (is_less or not os.path.lexists(path)):
            findings += [
                each for each in _examine_book(path, envelope, known, known) if each.kind in ("missing", "set back")
            ]
    for book in edited:
        state = State.of(file_of(folder, book), envelope)
        if state.sheet is not None and not state.problem and not state.sheet.sound:
            findings.append(_edited(file_of(folder, book), state, envelope, None))
    return findings


def is_set_back(folder: Path, book: str, envelope: Envelope) -> bool:
    """Whether a book is in an earlier state than the one that was last saved here."""
    known = known_books(folder, envelope).get(book)
    state = State.of(file_of(folder, book), envelope)
    return known is not None and state.sheet is not None and not known.gone and known.is_beyond(state.sheet.header)


def _misplaced(folder: Path) -> list[Finding]:
    found = []
    for path in misplaced(folder):
        book = path.name.split(".")[0] if BOOK_FILE.fullmatch(path.name) else ""
        message, hint = f"{path.name} is {kind_of(path)}, and nothing can be read or written there.", LINK_HINT
        if path.name == KEY and twin_of(folder).is_file():
            message = f"{KEY} is {kind_of(path)}. The second copy of the key opens everything meanwhile."
            hint = TAKEN_AWAY
        found.append(Finding("misplaced", book, path, message, hint))
    return found


def _with_copies(misplaced: Finding, envelope: Envelope, known: SavedBook | None) -> Finding:
    """What stands in the place of a book, with what copies of it there are."""
    book = misplaced.book
    if not book or (known is not None and known.gone):
        return misplaced
    copies = copies_of(misplaced.path, envelope, None, known)
    none = "There is no copy of the book here; what is behind it may be all that is left."
    back = f" Or move it elsewhere: `meetingtool check --recover {book}` then brings the book back from a copy."
    return msgspec.structs.replace(
        misplaced,
        message=f"{misplaced.message} {copies[0].cost if copies else none}",
        hint=f"{misplaced.hint}{back if copies else ''}",
        copies=copies,
    )


def _conflicts(folder: Path, envelope: Envelope, told: Mapping[str, SavedBook]) -> list[Finding]:
    """The conflicted copies, as findings. told: what the rolls say about the books."""
    copies = conflicted_copies(folder, envelope=envelope)
    last_saved = {copy.path for copy in copies if without_those_in(told, [copy]) != told}
    return [
        _conflict(
            copy, copy.path in last_saved and is_set_back(folder, copy.book, envelope), is_strange(copy, envelope)
        )
        for copy in copies
    ]


def told_strange(copy: ConflictedCopy) -> str:
    """What to say about a copy that `is_strange`."""
    return f"It has none of the records of {copy.book}.json, so it may be of another workspace: look at it first."


def _conflict(copy: ConflictedCopy, book_went_back: bool, strange: bool) -> Finding:
    """A conflicted copy; for one that is not as it was saved, also what is wrong with it and how much can be read.
    book_went_back: the copy is the state last saved here, and the book is an earlier one.
    """
    said = [f"{copy.path.name} is a copy of {copy.book}.json that {copy.service} made when two computers saved."]
    hint = "`meetingtool check --merge` merges them, record by record."
    if book_went_back:
        said.append(f"{copy.book}.json itself is in an earlier state than when it was last saved; the copy is not.")
        hint = "`meetingtool check --merge` merges them, record by record, and so brings back what the book lacks."
    if strange:
        said.append(told_strange(copy))
    if copy.problem:
        said.append(told_problem(copy))
        hint = f"`meetingtool check --merge` {MERGED_IN_PART if copy.records else NOT_MERGED}"
    return Finding("conflicted copy", copy.book, copy.path, " ".join(said), hint)


def told_problem(copy: ConflictedCopy) -> str:
    """What is wrong with a conflicted copy, and how much of it can be read."""
    number = {0: "none of its records", 1: "1 record"}.get(copy.records, f"{copy.records:,} records")
    return f"It {copy.problem}; {number} can be read."


MERGED_IN_PART = "merges what can be read, and keeps the file in `damaged`. The other computer may have more."
NOT_MERGED = "moves it to `damaged`. The other computer may still have the whole book."


def _examine_book(path: Path, envelope: Envelope, known: SavedBook | None, told: SavedBook | None) -> list[Finding]:
    """What is wrong with a book. told: what the rolls say about it; known: the same, but None where a conflicted copy
    is the state last saved, as the book then didn't go back by itself."""
    state = State.of(path, envelope)
    findings = []
    if (other := put_back_as(path, state, known)) is not None:
        findings.append(_misnamed(path, other))
    elif state.problem:
        there = os.path.lexists(path)
        findings.append(_damaged(path, state, envelope, told) if there else _missing(path, envelope, told))
    elif state.sheet is not None and not state.sheet.sound:
        findings.append(_edited(path, state, envelope, told))
    elif state.sheet is not None and known is not None and known.is_beyond(state.sheet.header):
        findings.append(_set_back(path, state, envelope, known))
    if not findings and known is not None and known.gap is not None:
        findings.append(_went_on(path, known.gap))
    if state.sheet is not None and not state.problem and _backup_is_late(state.sheet.header):
        findings.append(_no_backup(path))
    for copy in copy_files(path):
        state = State.of(copy, envelope)
        changed = state.sheet is not None and not state.sheet.sound and not copy.stem.endswith(EDITED)
        problem = state.problem or ("was changed outside meetingtool" if changed else "")
        if problem:
            findings.append(_damaged_copy(copy, path, problem))
    return findings


def put_back_as(path: Path, state: State, known: SavedBook | None) -> Path | None:
    """The file that a sound book should be in, where it has the name of another book about which nothing is known."""
    told = "" if state.sheet is None or not state.sheet.sound else state.sheet.header.book
    if told in ("", path.stem) or not BOOK_FILE.fullmatch(f"{told}.json"):
        return None
    is_known = (known is not None and not known.gone) or path.stem == TEAM or copy_files(path)
    return None if is_known else file_of(path.parent, told)


def _misnamed(path: Path, right: Path) -> Finding:
    """A book under another one's name. None of it is lost, but the program doesn't find it there."""
    does = f"makes it a copy of {right.name}, and `--merge` then merges the two" if right.exists() else "puts it back"
    return Finding(
        "misnamed",
        path.stem,
        path,
        f"{path.name} is {book_called(right.stem)} under another name, and every record in it can be read.",
        f"`meetingtool check --recover {path.stem}` {does}.",
        (),
        Loss(0, 0),
    )


def lacking(path: Path, envelope: Envelope, known: SavedBook | None) -> Finding | None:
    """What is wrong with a book that is damaged, missing or in an earlier state than when it was last saved."""
    state = State.of(path, envelope)
    if state.newer or (known is not None and known.gone):
        known = None
    if state.problem and not state.newer:
        there = os.path.lexists(path)
        return _damaged(path, state, envelope, known) if there else _missing(path, envelope, known)
    if state.is_sound and state.sheet is not None and known is not None and known.is_beyond(state.sheet.header):
        return _set_back(path, state, envelope, known)
    return None


def _damaged_copy(copy: Path, book: Path, problem: str) -> Finding:
    return Finding(
        "copy damaged",
        book.stem,
        copy,
        f"{copy.relative_to(book.parent)} {problem}. The book itself does not depend on it.",
        f"`meetingtool check --recover {book.stem}` moves it to `damaged`.",
    )


def _no_backup(path: Path) -> Finding:
    return Finding(
        "no backup",
        path.stem,
        path,
        f"The backup of {path.name} that is made before the first change of a day could not be made.",
        "Check that the disk isn't full and that you may write to the folder `backups`.",
    )


def _damaged(path: Path, state: State, envelope: Envelope, known: SavedBook | None) -> Finding:
    copies = copies_of(path, envelope, state.found, known)
    what = Outcome({}, 0, Loss())
    if state.found is not None:
        what = outcome({}, state.found, lines_of(path, envelope), NEVER, known=known)
    loss = copies[0].loss if copies else what.loss
    if copies:
        best = copies[0].cost
    else:
        read = {0: "none of its records", 1: "1 record"}.get(what.saved, f"{what.saved:,} records")
        best = f"There is no sound copy of it here; {read} can be read, {loss.in_words}."
    hint = f"`meetingtool check --recover {path.stem}` recovers it and keeps the damaged file."
    if not copies and not what.saved:
        hint = NOTHING_LEFT if path.stem == TEAM else f"{NOTHING_LEFT} {_ACCEPT.format(path.stem)}"
    if not state.newer:
        return Finding("damaged", path.stem, path, f"{path.name} {state.problem}. {best}", hint, copies, loss)
    message, newer = f"{path.name} {state.problem}.", "Update meetingtool on this computer."
    if state.sheet is not None and state.sheet.sound:
        return Finding("newer", path.stem, path, message, newer, copies)
    newer += f" If there is no newer one, the file is damaged. {best} {hint}"
    return Finding("newer", path.stem, path, message, newer, copies, loss)


NOTHING_LEFT = "Restore it from a backup of your own, with `meetingtool restore FILE.zip`."
_ACCEPT = "If there is none, `meetingtool check --recover {}` accepts the loss."


def _missing(path: Path, envelope: Envelope, known: SavedBook | None) -> Finding:
    copies = copies_of(path, envelope, None, known)
    none = outcome({}, None, (), NEVER, known=known).loss
    where = f" There is a copy. {copies[0].cost}" if copies else f" There is no copy of it; {none.in_words}."
    hint = f"`meetingtool check --recover {path.stem}` recovers it."
    if not copies:
        hint = NOTHING_LEFT if path.stem == TEAM else f"{NOTHING_LEFT} {_ACCEPT.format(path.stem)}"
    loss = copies[0].loss if copies else none
    return Finding("missing", path.stem, path, f"{path.name} is missing.{where}", hint, copies, loss)


def _set_back(path: Path, state: State, envelope: Envelope, known: SavedBook) -> Finding:
    """A sound book in an earlier state than the one last saved here: what it lacks, and a copy that has more."""
    assert state.sheet is not None
    copies = tuple(msgspec.structs.replace(each, damaged=False) for each in best_copies(path, state, envelope, known))
    loss = copies[0].loss if copies else as_it_is(path, state, envelope, known).loss
    when = f", on {moment(known.changed)}" if known.changed else ""
    best = copies[0].cost if copies else f"There is no copy that has more; {loss.in_words}."
    return Finding(
        "set back",
        path.stem,
        path,
        f"{path.name} is in another, earlier state than when it was last saved{when}. {best}",
        "If a cloud folder is still bringing files, wait for it. "
        f"`meetingtool check --recover {path.stem}` brings back what copies have, or accepts it as it is.",
        copies,
        loss,
    )


def as_it_is(path: Path, state: State, envelope: Envelope, known: SavedBook | None) -> Outcome:
    """What it costs to take a sound book as it is, compared with what is known of it."""
    assert state.sheet is not None
    tables, header = state.sheet.tables, state.sheet.header
    sound = lines_of(path, envelope) | frozenset(tables.get("records", {}).values())
    return outcome(tables, state.found, sound, NEVER, known=known, base=header)


def best_copies(path: Path, state: State, envelope: Envelope, known: SavedBook) -> tuple[Copy, ...]:
    """The copies of a book that went back with which less is lost than with the book as it is."""
    now = as_it_is(path, state, envelope, known).loss
    copies = copies_of(path, envelope, state.found, known)
    return tuple(each for each in copies if _beyond(each.loss, now))


def _beyond(loss: Loss, other: Loss) -> bool:
    return (loss.least, loss.most if loss.most is not None else math.inf) < (
        other.least,
        other.most if other.most is not None else math.inf,
    )


def _went_on(path: Path, gap: Gap) -> Finding:
    loss = Loss(gap.least, gap.most)
    when = f" of {moment(gap.seen)}" if gap.seen else ""
    return Finding(
        "set back",
        path.stem,
        path,
        f"{path.name} had gone back to a state before the one{when} when it was saved on: {loss.in_words}.",
        f"Restore it from a backup that has more, or accept it with `meetingtool check --recover {path.stem}`.",
        (),
        loss,
    )


def _edited(path: Path, state: State, envelope: Envelope, known: SavedBook | None) -> Finding:
    """A readable file that was changed outside meetingtool: what the header says about the records before, and a
    copy."""
    assert state.found is not None
    copies = [each for each in copies_of(path, envelope, state.found, known, add=False) if each.sound]
    now, told = state.found.tables["records"], state.found.told
    loss = outcome({}, state.found, lines_of(path, envelope), NEVER, known=known).loss
    said = []
    if loss.most == 0:
        said.append("Its records are as last saved.")
    elif told is not None and told.records != len(now):
        said.append(f"It had {count(told.records, 'record')} when last saved, and has {len(now):,} now.")
    if (loss.least, loss.most, loss.history) != (0, 0, 0) or loss.altered:
        said.append(f"Unless that was intended, {loss.in_words}.")
    if copies:
        sheet = State.of(copies[0].path, envelope, path.stem).sheet
        before = {} if sheet is None else sheet.tables.get("records", {})
        number = sum(before.get(key) != now.get(key) for key in before.keys() | now.keys())
        records = "1 record differs" if number == 1 else f"{number:,} records differ"
        said.append(f"{records} from {copies[0].told}.")
    return Finding(
        "edited",
        path.stem,
        path,
        " ".join([f"{path.name} was changed outside meetingtool, and every record in it can be read.", *said]),
        "It is used as it is. `meetingtool check --recover` accepts it; with `--from` it goes back to a copy.",
        tuple(copies),
        loss,
    )


def _backup_is_late(header: Header) -> bool:
    return header.changed is not None and header.secured is not None and header.secured < header.changed.date()
