"""Half-typed text, kept beside the books so that closing a screen or a crash loses none of it."""

from __future__ import annotations

import threading
from pathlib import Path

from meetingtool.errors import Refused
from meetingtool.store.bookfile import Unreadable
from meetingtool.store.commit import Files, commit, ready_folder
from meetingtool.store.envelope import Envelope
from meetingtool.store.errors import BROKEN_TEXT
from meetingtool.store.file_reading import read_whole
from meetingtool.store.lock import why_not
from meetingtool.store.places import DAMAGED, DRAFT, DRAFTS, free_name

_LONGEST_NAME, _CUT_AT = 120, 80


class Drafts:
    """One small file per key. They aren't records: no versions, no undo, and clearing one deletes it."""

    def __init__(self, workspace: Path, files: Files, envelope: Envelope) -> None:
        self._folder = workspace / DRAFTS
        self._files = files
        self._envelope = envelope
        self._mutex = threading.Lock()
        self._noticed: list[str] = []
        self._unwritten: dict[str, str] = {}

    def get(self, key: str) -> str:
        """The text kept under the key, exactly as it was put; empty when there is none.

        One that can't be read is set aside, for `noticed` to report: a broken draft must not keep anybody from typing.
        """
        if key in self._unwritten:
            return self._unwritten[key]
        path = self.path(key)
        try:
            read = None if self._folder.is_symlink() else read_whole(path)
            return "" if read is None else self._envelope.unwrap(read[1]).decode("utf-8", "replace")
        except (OSError, Unreadable):
            self._noticed.append(self._set_aside(path))
            return ""

    def noticed(self) -> list[str]:
        """What to say about half-typed texts that could not be read, each once."""
        found, self._noticed = self._noticed, []
        return found

    def _set_aside(self, path: Path) -> str:
        """Move a text that can't be read to `damaged`; returns what to say about it."""
        try:
            target = free_name(ready_folder(self._folder.parent / DAMAGED) / path.name)
            self._files.replace(path, target)
        except OSError as error:
            return f"A half-typed text can't be read: {error.strerror}. It is {path}."
        return f"A half-typed text could not be read. It is in {target} now."

    def ready_folder(self) -> Path:
        """The folder of the drafts, made if it is missing: for files that belong beside them. CannotWrite where it
        can't be made."""
        try:
            return ready_folder(self._folder)
        except OSError as error:
            raise why_not(error, self._folder) from error

    def put(self, key: str, text: str) -> None:
        """Keep the text durably; empty text clears the key. CannotWrite when that fails; the text is still kept in
        memory then."""
        self._unwritten.pop(key, None)
        if not text:
            self.clear(key)
            return
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise Refused(BROKEN_TEXT, "Type or paste it again without them.") from error
        try:
            ready_folder(self._folder)
            with self._mutex:
                commit(self._files, self.path(key), self._envelope.wrap([data]), keep_previous=False)
        except OSError as error:
            self._unwritten[key] = text
            raise why_not(error, self._folder) from error

    def clear(self, key: str) -> None:
        """Forget the text of the key."""
        self._unwritten.pop(key, None)
        if self._folder.is_symlink():
            return
        try:
            self._files.remove(self.path(key))
        except NotADirectoryError:
            return
        except OSError as error:
            raise why_not(error, self._folder) from error

    def path(self, key: str) -> Path:
        """A file name that stays inside the folder and differs for different keys, on every file system.

        Long keys, and those with capitals or other scripts, end in a digest.
        """
        name = "".join(sign if sign in _PLAIN else f"%{sign.encode('utf-8', 'surrogatepass').hex()}." for sign in key)
        if not name:
            raise ValueError("a draft's key is a name")
        if len(name) > _LONGEST_NAME:
            from hashlib import sha256

            name = f"{name[:_CUT_AT]}-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
        return self._folder / f"{name}{DRAFT}"


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
