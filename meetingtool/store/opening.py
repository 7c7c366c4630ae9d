"""Finding the folder of a workspace, or making it."""

from __future__ import annotations

import os
from pathlib import Path

from meetingtool.store.commit import FOLDER_MODE
from meetingtool.store.envelope import is_encrypted
from meetingtool.store.errors import BookDamaged, CannotWrite, WorkspaceMissing, WorkspaceUnusable
from meetingtool.store.places import BACKUPS, BOOK_OR_PREVIOUS, ROLL, TEAM, TEAM_FILE
from meetingtool.store.storage import CHECK_HINT


def find_or_make(folder: Path, *, create: bool) -> bool:
    """Make sure that the folder holds a workspace, or with `create` can hold a new one; returns whether it is to be
    new.

    A folder with years but without the team isn't empty: something was lost or moved, and BookDamaged says so.
    """
    names = _names_in(folder)
    if TEAM_FILE in (names or ()):
        return False
    if (
        any(BOOK_OR_PREVIOUS.fullmatch(name) or name.startswith(ROLL) for name in names or ())
        or (BACKUPS in (names or ()) and folder.joinpath(BACKUPS, TEAM).is_dir())
        or is_encrypted(folder)
    ):
        raise BookDamaged(
            f"{TEAM_FILE} is missing from {folder}, but other files of a workspace are there.",
            CHECK_HINT,
            folder / TEAM_FILE,
        )
    if not create:
        raise WorkspaceMissing(
            f"There is no workspace in {folder}.", "`meetingtool init` makes one, `--data DIR` names another."
        )
    _make(folder, names)
    return True


def _names_in(folder: Path) -> set[str] | None:
    try:
        return {entry.name for entry in os.scandir(folder)}
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise WorkspaceUnusable(f"{folder} is a file, not a folder.", "Name a folder with --data.") from error
    except OSError as error:
        raise WorkspaceUnusable(
            f"{folder} can't be opened: {error.strerror}.",
            "Ask for permission to read it, or name another with --data.",
        ) from error


def _make(folder: Path, names: set[str] | None) -> None:
    """Make the folder, or tighten the rights of an empty one; a folder with other things in it keeps its rights."""
    try:
        if names is None:
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        elif not names:
            folder.chmod(FOLDER_MODE)
    except NotADirectoryError as error:
        raise WorkspaceUnusable(f"{folder} is inside a file, not a folder.", "Name a folder with --data.") from error
    except OSError as error:
        raise CannotWrite(
            f"{folder} can't be made: {error.strerror}.", "Name a folder that you may write in with --data."
        ) from error


NAMED_BY = ("LOGNAME", "USER", "LNAME", "USERNAME")
"""The environment variables that say who is logged in, as in `getpass`, which takes half a millisecond to load."""


def user_of_computer() -> str:
    """Who is logged in."""
    if name := next(filter(None, map(os.environ.get, NAMED_BY)), None):
        return name
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "someone"
