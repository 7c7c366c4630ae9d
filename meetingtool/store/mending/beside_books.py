"""What is wrong beside the books: backups, rolls, keys, recipients and rights."""

from __future__ import annotations

import os
from pathlib import Path

from meetingtool.rules.wording import listed
from meetingtool.store.age import Age, sealed_keys
from meetingtool.store.backups import problem_of_zip
from meetingtool.store.commit import kind_of
from meetingtool.store.copies import zips_of
from meetingtool.store.encryption import TAKEN_AWAY, keys_differ, still_plain
from meetingtool.store.envelope import PLAIN, Envelope, is_encrypted, twin_of
from meetingtool.store.mending.finding import Finding
from meetingtool.store.mending.holding import foreign_with_records
from meetingtool.store.mending.state import books_in_zip
from meetingtool.store.places import KEY, RECIPIENTS, ROLL, TEAM, books_in
from meetingtool.store.roll import is_without_roll, unreadable_rolls


def damaged_zips(folder: Path, envelope: Envelope) -> list[Finding]:
    """The zips in the backups that a restore would refuse. Those with another key are not looked into."""
    found = []
    for path in zips_of(folder):
        problem = problem_of_zip(path, envelope)
        if problem:
            hint = "Nothing can be restored from it; `meetingtool backup` makes a sound one, and then it can go."
            found.append(Finding("copy damaged", "", path, problem, hint))
    return found


def damaged_rolls(folder: Path, envelope: Envelope) -> list[Finding]:
    """Rolls that are damaged or missing: without one nobody notices that a book is missing or went back."""
    years = [book for book in books_in(folder) if book != TEAM]
    there = f"The books here are {', '.join(years)}" if years else "There is no book of a year here"
    wrong = [
        (path, f"{path.name}, which says what each book was like when it was last saved, can't be read")
        for path in unreadable_rolls(folder, envelope)
    ]
    if is_without_roll(folder):
        wrong = [(folder, f"{ROLL}…, the file that says what each book was like when it was last saved, is missing")]
    packed = sorted({book for path in zips_of(folder) for book in books_in_zip(path)} - {*books_in(folder)})
    kept = f"`meetingtool restore` has {listed(packed)} in a zip" if packed else "only a backup of your own has it"
    return [
        Finding(
            "copy damaged",
            "",
            path,
            f"{what}: a book that is missing, or went back to an earlier state, is not noticed.",
            f"{there}; if one is missing, {kept}. The next save starts a new list.",
        )
        for path, what in wrong
    ]


def _unlike_keys(folder: Path) -> list[Finding]:
    """What is wrong with two copies of the key that differ; nothing where `misplaced` says it."""
    key, twin = folder / KEY, twin_of(folder)
    missing = [path for path in (key, twin) if not path.is_file()]
    if not missing:
        message = "The key of the workspace and its second copy differ."
        hint = "`meetingtool encrypt` makes both the one that the books open with, and keeps the other in `damaged`."
        return [Finding("copy damaged", "", twin, message, hint)]
    (path,) = missing
    which = "the key of the workspace" if path == key else "the second copy of the key"
    if not os.path.lexists(path):
        message = f"{path.relative_to(folder).as_posix()}, {which}, is missing; the other copy is used."
        return [Finding("copy damaged", "", path, message, "`meetingtool encrypt` makes it again.")]
    message = f"{path.relative_to(folder).as_posix()}, {which}, is {kind_of(path)}; the other copy is used."
    return [] if path == key else [Finding("copy damaged", "", path, message, TAKEN_AWAY)]


def plain_files(folder: Path) -> list[Finding]:
    """Keys that differ, and files that are not encrypted although the workspace is, foreign ones with records too."""
    found = _unlike_keys(folder) if keys_differ(folder) else []
    found += [
        Finding(
            "not encrypted",
            "",
            path,
            f"{path.relative_to(folder)} is not encrypted, although the workspace is.",
            "`meetingtool encrypt` finishes what was interrupted.",
        )
        for path in still_plain(folder)
    ]
    return found + [
        Finding(
            "not encrypted",
            "",
            path,
            f"{path.relative_to(folder)} holds records in plain text, although the workspace is encrypted; meetingtool "
            "didn't make it, and leaves it as it is.",
            MOVED_AWAY,
        )
        for path in (foreign_with_records(folder, PLAIN) if is_encrypted(folder) else ())
    ]


MOVED_AWAY = "Move such a file to where only you can read it, or delete it if the books have all that is in it."
"""What to do about a foreign file that holds records in plain text."""


def changed_recipients(folder: Path, envelope: Envelope) -> list[Finding]:
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


def open_rights(folder: Path) -> list[Finding]:
    """Whether other users of this computer can read the folder; nothing is looked at on Windows."""
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
