"""Which names in the folder of a workspace are its own. Nothing else in it is ever changed, moved or deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence

TEAM = "team"
SURVEYS = "surveys-"
PREVIOUS = ".prev"
LOCK_NAME = ".lock"
MARK = ".unfinished.json"
"""Says that a deed in several books is not in all of them yet."""
KEY, RECIPIENTS, RECOVERY = "key.age", "recipients.txt", "key-recovery.age"
BACKUPS, DAMAGED, DRAFTS, INDEX = "backups", "damaged", "drafts", "index"
DRAFT = ".draft"

BOOK_NAME = rf"(?:{TEAM}|(?:{SURVEYS})?[0-9]{{4}})"
BOOK_FILE = re.compile(rf"({BOOK_NAME})\.json")
BOOK_OR_PREVIOUS = re.compile(rf"({BOOK_NAME})\.json(\.prev)?")
BACKUP_FILE = re.compile(r"(\d{4}-\d{2}-\d{2})(-\d+)?(-[a-z][a-z0-9-]*)?\.json")

_HERE = re.compile(
    rf"{BOOK_NAME}\.json(\.prev)?|{re.escape(KEY)}|{re.escape(RECIPIENTS)}|{re.escape(RECOVERY)}"
    rf"|{re.escape(LOCK_NAME)}|{re.escape(MARK)}"
)
_INSIDE = {
    BACKUPS: re.compile(rf"[^.].*\.zip|{re.escape(KEY)}|{re.escape(RECIPIENTS)}"),
    DAMAGED: re.compile(rf"{BOOK_NAME} \d{{4}}-\d{{2}}-\d{{2}} \d{{4}}(-\d+)?\.json|.+\.draft(-\d+)?"),
    DRAFTS: re.compile(r"[^.].*\.draft"),
    INDEX: re.compile(rf"{BOOK_NAME}\.bin"),
}
_LEFTOVER = re.compile(r"\.(?P<name>.+)\.new-(?P<tail>\d+|copy|prev|[0-9A-HJKMNP-TV-Z]{26})")


def is_own(parts: Sequence[str]) -> bool:
    """Whether a path in the folder, by its parts, is one that the workspace makes, such as `backups`, `2026`,
    `2026-03-03.json`. Conflicted copies have names of others' making: their content tells."""
    if len(parts) == 1:
        return _HERE.fullmatch(parts[0]) is not None
    if len(parts) == 2:
        return parts[0] in _INSIDE and _INSIDE[parts[0]].fullmatch(parts[1]) is not None
    return (
        len(parts) == 3
        and parts[0] == BACKUPS
        and BOOK_FILE.fullmatch(f"{parts[1]}.json") is not None
        and BACKUP_FILE.fullmatch(parts[2]) is not None
    )


def writer_of(parts: Sequence[str]) -> str | None:
    """Who left an own file half written: a process by its number, or another word; None for any other name."""
    found = _LEFTOVER.fullmatch(parts[-1]) if parts else None
    return found["tail"] if found and is_own((*parts[:-1], found["name"])) else None
