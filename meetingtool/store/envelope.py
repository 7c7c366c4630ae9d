"""How the bytes of a workspace's files are wrapped: not at all, as long as it is not encrypted.

What unwraps encrypted files is in `age`, which is loaded where there are any.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from meetingtool.store.bookfile import Unreadable
from meetingtool.store.errors import CannotWrite, Locked
from meetingtool.store.places import BACKUPS, KEY

CHANGED = "Close this meetingtool and start it again; nothing was lost."
"""What to do when a workspace was encrypted or decrypted while it was open."""


class Envelope(Protocol):
    """How the bytes of a book are wrapped in its file."""

    def wrap(self, pieces: list[bytes]) -> list[bytes]:
        """What to write, in pieces."""

    def unwrap(self, data: bytes) -> bytes:
        """What was read, as it was before wrapping."""

    def rescued(self, data: bytes) -> bytes:
        """As much of damaged data as can be unwrapped, from its beginning."""


AGE = b"age-encryption.org/v1"
"""How an encrypted file begins."""


class PlainEnvelope:
    """No wrapping: the file is the JSON itself."""

    def wrap(self, pieces: list[bytes]) -> list[bytes]:
        return pieces

    def unwrap(self, data: bytes) -> bytes:
        """The data. Unreadable when it is encrypted."""
        if data.startswith(AGE):
            raise Unreadable("it is encrypted, and the passphrase was not asked for; start meetingtool again")
        return data

    def rescued(self, data: bytes) -> bytes:
        """The data; nothing of it when it is encrypted."""
        return b"" if data.startswith(AGE) else data


PLAIN = PlainEnvelope()


class Unencrypted(PlainEnvelope):
    """No wrapping, until the workspace is encrypted meanwhile: nothing plain is written after that."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def wrap(self, pieces: list[bytes]) -> list[bytes]:
        """The pieces as they are. CannotWrite when the workspace was encrypted meanwhile."""
        if is_encrypted(self._folder):
            raise CannotWrite("The workspace has been encrypted meanwhile.", CHANGED)
        return pieces

    def unwrap(self, data: bytes) -> bytes:
        """The data. Unreadable when it is encrypted; the words say whether there is a key to it."""
        if data.startswith(AGE) and not is_encrypted(self._folder):
            raise Unreadable(f"it is encrypted, and {KEY} is missing; {KEY_HINT}")
        return super().unwrap(data)


KEY_HINT = f"put {KEY} back into the folder: other copies of it and zips of all records have it"
"""What to do where both copies of the key are gone."""


def twin_of(folder: Path) -> Path:
    """The second copy of `key.age`."""
    return folder / BACKUPS / KEY


def is_encrypted(folder: Path) -> bool:
    """Whether the workspace in the folder is encrypted: it has a key, or the second copy of one."""
    try:
        return folder.joinpath(KEY).is_file() or twin_of(folder).is_file()
    except OSError:  # not a possible path: opening the workspace says why
        return False


def envelope_for(folder: Path) -> Envelope:
    """The envelope of a workspace that is not encrypted. Raises Locked when it is: then use `unlock`."""
    if is_encrypted(folder):
        raise Locked(
            f"The workspace in {folder} is encrypted.",
            "Run this in a terminal to be asked for the passphrase, or name a file that has it in "
            "MEETINGTOOL_PASSPHRASE_FILE.",
        )
    return Unencrypted(folder)
