"""Errors of the place where records are kept."""

from __future__ import annotations

from pathlib import Path

from meetingtool.errors import MeetingtoolError, Refused


class WorkspaceMissing(MeetingtoolError):
    """There is no workspace in the folder."""

    title = "No workspace here"


def gone(folder: Path) -> WorkspaceMissing:
    """What to raise when the folder of an open workspace isn't there any more."""
    return WorkspaceMissing(
        f"{folder} is gone.", "Bring it back (is its disk or network drive connected?), then try again."
    )


class WorkspaceUnusable(MeetingtoolError):
    """The folder can't be a workspace: it is a file, or it may not be read."""

    title = "This folder can't be used"


class CannotWrite(MeetingtoolError):
    """Nothing was saved: read-only, full, locked by another program, or the folder is gone."""

    title = "Not saved"


class ServerAway(MeetingtoolError):
    """The server can't be reached now. What is in memory can still be read."""

    title = "The server is away"


class ServerBusy(ServerAway):
    """Somebody else holds on the server what is needed."""

    title = "The server is busy"


class OtherForm(ServerAway):
    """The server was set up anew for another version than this one while it was running."""

    title = "Another version"


class NotYours(Refused):
    """The login may not see this team any more; nothing of it stays in memory."""


class BookDamaged(MeetingtoolError):
    """A book can't be read, or only in part. It is left untouched; `path` is the file."""

    title = "A book is damaged"

    def __init__(self, message: str, hint: str = "", path: Path | None = None) -> None:
        super().__init__(message, hint)
        self.path = path


class NewerVersion(MeetingtoolError):
    """A book was written by a newer meetingtool, and reading it with this one would lose something."""

    title = "Made by a newer meetingtool"


class Locked(MeetingtoolError):
    """The workspace is encrypted, and nobody could be asked for the passphrase."""

    title = "Encrypted"


class WrongPassphrase(MeetingtoolError):
    """The passphrase, or the key for recovery, does not open the workspace."""

    title = "Not opened"


LINK_HINT = "Replace it by the file or folder that belongs there."


def no_files() -> Refused:
    """What to raise when the files of a workspace are asked for, and its records are on a server."""
    return Refused(
        "On a server there are no files to work on: its administrator keeps the records safe, with pg_dump.",
        "`meetingtool server export TEAM FOLDER` writes a team's records to a folder.",
    )


BROKEN_TEXT = "The text has broken characters that can't be saved."
"""For text that isn't Unicode, such as half a surrogate pair from a broken paste."""
