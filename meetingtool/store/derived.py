"""Results worked out from the books, kept beside them so that they need not be worked out again at each start.

They can be deleted at any time: they aren't records, are in no backup, and are valid only while their book stays as it
was.
"""

from __future__ import annotations

from binascii import crc32
from pathlib import Path

from meetingtool.errors import MeetingtoolError
from meetingtool.store.bookfile import Unreadable
from meetingtool.store.commit import Files, Signature, commit, ready_folder
from meetingtool.store.envelope import Envelope
from meetingtool.store.file_reading import read_whole
from meetingtool.store.places import INDEX

_SUFFIX = ".bin"


class Derived:
    """One file for each book, wrapped like the books. What was kept is given only for the book's present signature.
    Nothing here raises: what can't be read is worked out again, and what can't be written is merely not kept.
    """

    def __init__(self, workspace: Path, files: Files, envelope: Envelope) -> None:
        self._folder = workspace / INDEX
        self._files = files
        self._envelope = envelope

    def get(self, book: str, signature: Signature) -> bytes | None:
        """What was kept for a book with that signature, exactly as it was put; None when there is nothing."""
        try:
            read = None if self._folder.is_symlink() else read_whole(self._path(book))
            if read is None:
                return None
            data = self._envelope.unwrap(read[1])
        except (OSError, Unreadable, MeetingtoolError):
            return None
        head = _head(signature, data[_length(signature) :])
        return data[len(head) :] if data.startswith(head) else None

    def put(self, book: str, signature: Signature, data: bytes) -> bool:
        """Keep it in place of what was kept for the book before; returns whether that was possible."""
        try:
            ready_folder(self._folder)
            pieces = self._envelope.wrap([_head(signature, data), data])
            commit(self._files, self._path(book), pieces, keep_previous=False)
        except (OSError, MeetingtoolError):
            return False
        return True

    def _path(self, book: str) -> Path:
        return self._folder / f"{book}{_SUFFIX}"


def _head(signature: Signature, data: bytes) -> bytes:
    """What comes before the data: of which book it is, and its checksum."""
    return b"%d %d %d %08x\n" % (*signature, crc32(data))


def _length(signature: Signature) -> int:
    return len(_head(signature, b""))


def clear_derived(folder: Path, files: Files) -> None:
    """Delete all that was worked out from the books of a workspace: it may hold words that must go.

    Raises OSError when a file can't be deleted.
    """
    from meetingtool.store.belongings import own_files

    for path in own_files(folder):
        if path.parent == folder / INDEX:
            files.remove(path)
