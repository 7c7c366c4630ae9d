"""Which names in the folder of a workspace are its own. Nothing else in it is ever changed, moved or deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from meetingtool.errors import Refused

TEAM = "team"
SURVEYS, NAMES = "surveys-", "names-"
PREVIOUS = ".prev"
LOCK_NAME = ".lock"
ROLL = ".roll-"
"""How the names of files begin, one for each computer, that say what the books were like when last saved."""
MARK = ".unfinished.json"
"""Says that a deed in several books is not in all of them yet."""
KEY, RECIPIENTS, RECOVERY = "key.age", "recipients.txt", "key-recovery.age"
BACKUPS, DAMAGED, DRAFTS, INDEX = "backups", "damaged", "drafts", "index"
DRAFT = ".draft"

BOOK_NAME = rf"(?:{TEAM}|(?:{SURVEYS}|{NAMES})?[0-9]{{4}})"
BOOK_FILE = re.compile(rf"({BOOK_NAME})\.json")
BOOK_OR_PREVIOUS = re.compile(rf"({BOOK_NAME})\.json(\.prev)?")

# Patterns as text: a short command needs none of them, and compiling them all would cost it a millisecond.
BACKUP_FILE = r"(\d{4}-\d{2}-\d{2})(-\d+)?(-[a-z][a-z0-9-]*)?\.json"

_HERE = (
    rf"{BOOK_NAME}\.json(\.prev)?|{re.escape(KEY)}|{re.escape(RECIPIENTS)}|{re.escape(RECOVERY)}"
    rf"|{re.escape(LOCK_NAME)}|{re.escape(MARK)}|{re.escape(ROLL)}[0-9a-f]{{8}}"
)
_INSIDE = {
    BACKUPS: rf"[^.].*\.zip|{re.escape(KEY)}|{re.escape(RECIPIENTS)}",
    DAMAGED: rf"{BOOK_NAME} \d{{4}}-\d{{2}}-\d{{2}} \d{{4}}(-\d+)?\.json|.+\.draft(-\d+)?",
    DRAFTS: r"[^.].*\.draft",
    INDEX: rf"{BOOK_NAME}\.bin",
}
_LEFTOVER = r"\.(?P<name>.+)\.new-(?P<tail>\d+|copy|prev|[0-9A-HJKMNP-TV-Z]{26})"


def is_own(parts: Sequence[str]) -> bool:
    """Whether a path in the folder, by its parts, is one that the workspace makes, such as `backups`, `2026`,
    `2026-03-03.json`. Conflicted copies get their names from other programs: they are recognised by their content."""
    if len(parts) == 1:
        return re.fullmatch(_HERE, parts[0]) is not None
    if len(parts) == 2:
        return parts[0] in _INSIDE and re.fullmatch(_INSIDE[parts[0]], parts[1]) is not None
    return (
        len(parts) == 3
        and parts[0] == BACKUPS
        and BOOK_FILE.fullmatch(f"{parts[1]}.json") is not None
        and re.fullmatch(BACKUP_FILE, parts[2]) is not None
    )


def writer_of(parts: Sequence[str]) -> str | None:
    """Who left one of the workspace's own files half written: the number of a process, or another word; None for any
    other name.
    """
    found = re.fullmatch(_LEFTOVER, parts[-1]) if parts and ".new-" in parts[-1] else None
    return found["tail"] if found and is_own((*parts[:-1], found["name"])) else None


def refuse_own(target: Path, workspace: Path | None = None) -> None:
    """Refused where writing to the target would replace or join files of a workspace: its books and keys, other files
    of its own beside them, and everything in its own folders. Followed to where links lead, and whatever the case of
    the letters.

    workspace: a folder that is one for sure; others are known by the book of their team or by their key.
    """
    for path in (target.parent.resolve() / target.name, target.resolve()):
        for folder in (path, *path.parents[:3]):
            parts = path.relative_to(folder).parts
            known = workspace is not None and folder == workspace.resolve()
            if (known or _is_workspace(folder)) and (not parts or _is_taken(parts)):
                raise Refused(
                    f"{target} is the workspace's own." if parts else f"{target} is the workspace itself.",
                    "Choose another folder; no file was written.",
                )


def _is_workspace(folder: Path) -> bool:
    return any(folder.joinpath(name).exists() for name in (f"{TEAM}.json", f"{TEAM}.json{PREVIOUS}", KEY))


def _is_taken(parts: Sequence[str]) -> bool:
    """Whether a path in a workspace's folder is kept for its own files, on file systems of every kind."""
    alike = [part.casefold() for part in parts]
    return alike[0] in _INSIDE or is_own(alike) or alike[0].startswith(".")
