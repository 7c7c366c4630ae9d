"""Backups by name, what a restore would change in words, and mending what is damaged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.errors import NotFound
from meetingtool.records.evaluations import Evaluation
from meetingtool.rules import wording
from meetingtool.store import Workspace
from meetingtool.store.backups import Made, backup, own_backups
from meetingtool.store.commit import ready_folder
from meetingtool.store.copies import zips_of
from meetingtool.store.envelope import Envelope
from meetingtool.store.lock import why_not
from meetingtool.store.mending.finding import Finding
from meetingtool.store.mending.loss import Loss
from meetingtool.store.mending.recovery import Recovered
from meetingtool.store.mending.restoring import BookDifference
from meetingtool.store.places import BACKUPS, file_of

_REASONS = {
    "": "daily",
    "edited": "before it took over a file edited by hand",
    "replaced": "before a restore",
    "copy": "a conflicted copy that was merged",
}


class Backup(msgspec.Struct, frozen=True):
    """Something that can be restored. name: as it is typed. book: empty for a zip with all of them.

    changed: the last deed in it; for a zip, when it was written. records: None for a zip, which is not unpacked.
    """

    name: str
    book: str
    path: Path
    made: str
    changed: datetime | None
    records: int | None


def new_zip(folder: Path, now: datetime) -> Path:
    """A free name for a zip in the workspace's own backups, whose folder is made. CannotWrite."""
    try:
        backups = ready_folder(folder / BACKUPS)
    except OSError as error:
        raise why_not(error, folder) from error
    stem, number = f"{now:%Y-%m-%d-%H%M}", 1
    target = backups / f"{stem}.zip"
    while target.exists():
        number += 1
        target = backups / f"{stem}-{number}.zip"
    return target


def back_up(workspace: Workspace, now: datetime, target: Path | None = None) -> Made:
    """Write all records to a new zip: `target`, or one in the workspace's own backups."""
    folder = workspace.files()
    return backup(folder, target or new_zip(folder, now), now=now, envelope=workspace.envelope)


def backups_in(folder: Path, envelope: Envelope) -> list[Backup]:
    """Everything that a restore can start from: zips first, then what each book kept of itself, newest first."""
    zips = [
        Backup(path.name, "", path, "all books", datetime.fromtimestamp(path.stat().st_mtime).astimezone(), None)
        for path in zips_of(folder)
    ]
    books = [
        Backup(
            f"{one.book}/{one.path.stem}",
            one.book,
            one.path,
            _REASONS.get(one.reason, f"before {one.reason.replace('-', ' ')}"),
            one.changed,
            one.records,
        )
        for one in own_backups(folder, envelope=envelope)
    ]
    return zips + books


def backup_named(folder: Path, text: str, envelope: Envelope) -> Path:
    """The file that `text` means: a name that `restore` lists, or a path. NotFound when it is neither."""
    for one in backups_in(folder, envelope):
        if text in (one.name, one.name.removesuffix(".zip")):
            return one.path
    path = Path(text).expanduser()
    if path.is_file():
        return path.absolute()
    raise NotFound(
        f"There is no backup “{wording.shortened(text, 80)}”.", "`meetingtool restore` lists those of the workspace."
    )


def restore_in_words(difference: BookDifference) -> str:
    """What putting the backup of one book in place of the book here would change, and lose, in a few sentences."""
    parts = [_told_change(difference)]
    if (again := difference.named_again) and difference.readable:
        who = "1 person who was" if again == 1 else f"{again} people who were"
        parts.append(f"{who} made anonymous would be back by name; `meetingtool forget` makes them so again.")
    parts += [
        f"The evaluation of {_whose(each)} ({each.ref}) is {_state(each)} here and stays so: what was handed over is "
        "not taken back."
        + (
            " The backup has another version that was handed over: both are kept, and `meetingtool check` says how to "
            "decide."
            if each.id in difference.handed_over.both
            else ""
        )
        for each in difference.handed_over.staying
    ]
    parts += [
        f"The evaluation of {_whose(each)} ({each.ref}) is {each.state} here and would be what it was before, since "
        "its record was changed outside meetingtool."
        for each in difference.handed_over.going_back
    ]
    if difference.altered:
        parts.append(f"{difference.book}.json in the backup was changed outside meetingtool after it was written.")
    if loss := told_loss(difference):
        parts.append(loss)
    if difference.elsewhere:
        records = wording.count(difference.elsewhere, "record")
        parts.append(f"`meetingtool check --recover {difference.book}` brings back {records} that it lacks.")
    return " ".join(parts)


def _whose(evaluation: Evaluation) -> str:
    document = evaluation.shared or next((final.content for final in evaluation.finals[::-1]), _UNKNOWN)
    return f"{wording.one_line(document['person']['name'])} for {document['period']['label']}"


def _state(evaluation: Evaluation) -> str:
    return evaluation.state if evaluation.state != "draft" else "reopened"


_UNKNOWN = {"person": {"name": "somebody"}, "period": {"label": "a period"}}
"""What is said of an evaluation from before there was a document of what was shared."""


def told_loss(difference: BookDifference) -> str:
    """What a backup lacks of a book that is damaged, missing or set back, in a sentence; empty where nothing."""
    if difference.loss is None or difference.loss == Loss(0, 0):
        return ""
    return f"With this backup {difference.loss.in_words}."


def _told_change(difference: BookDifference) -> str:
    name = f"{difference.book}.json"
    if difference.here is None and difference.readable and not (difference.only_here or difference.later_here):
        return f"{name} comes back with {wording.count(difference.only_there, 'record')}."
    if not difference.readable:
        records = wording.count(difference.records, "record")
        return f"{name} can't be read here; it is kept, and the backup with {records} takes its place."
    if difference.is_none:
        return f"{name} is the same."
    changes = [
        (difference.only_here, "that only the workspace has would be lost"),
        (difference.later_here, "would go back to an earlier version"),
        (difference.only_there, "would come back"),
        (difference.later_there, "would get a later version"),
        (difference.unlike, "would change without a new version"),
    ]
    parts = [f"{wording.count(number, 'record')} {what}" for number, what in changes if number]
    return f"{name}: {'; '.join(parts)}."


def told_recovery(done: Recovered, folder: Path) -> str:
    """What a recovery did, in a few sentences."""
    if done.source is not None and done.aside is not None and done.aside.parent == folder:
        return (
            f"{done.source.name} is {done.aside.name} now, a copy of {done.book}.json. "
            "`meetingtool check --merge` merges the two."
        )
    if done.records or done.source is not None:
        parts = [f"{done.book}.json is back with {wording.count(done.records, 'record')}."]
    elif file_of(folder, done.book).exists():
        parts = [f"{done.book}.json is accepted as it is."]
    else:
        parts = [f"{done.book}.json is given up and starts anew with the next record."]
    if done.saved and done.source is not None:
        parts.append(f"{wording.count(done.saved, 'newer record')} could be saved from the damaged file.")
    words = done.loss.in_words
    parts.append(f"{words[0].upper()}{words[1:]}.")
    if done.aside is not None and done.aside.parent.parent.name == BACKUPS:
        other = done.aside.parent.name
        parts.append(f"The book of {other} lay in its place; it is in {done.aside.relative_to(folder)} now.")
    elif done.aside is not None:
        parts.append(f"The damaged file is kept in {done.aside.relative_to(folder)}.")
    return " ".join(parts)


RECOVERABLE = ("damaged", "missing", "misnamed", "set back", "edited", "newer")


def recoverable(findings: list[Finding]) -> list[Finding]:
    """The findings that bringing a book back, or accepting it, would settle."""
    return [finding for finding in findings if finding.kind in RECOVERABLE]


def all_readable(findings: list[Finding]) -> bool:
    """Whether the records of every book can be read, whatever else was found."""
    return not any(
        each.book and each.kind in ("damaged", "missing", "misnamed", "newer", "misplaced") for each in findings
    )
