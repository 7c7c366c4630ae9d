"""Half-typed text, kept beside the books so that closing a screen or a crash loses none of it."""

from __future__ import annotations

import threading
from pathlib import Path

from meetingtool.errors import Refused
from meetingtool.store.bookfile import Unreadable
from meetingtool.store.commit import FOLDER_MODE, Files, commit
from meetingtool.store.errors import BROKEN_TEXT, WorkspaceUnusable
from meetingtool.store.lock import why_not
from meetingtool.store.places import DRAFT, DRAFTS
from meetingtool.store.storage import Envelope

_LONGEST_NAME, _CUT_AT = 120, 80


class Drafts:
    """One small file a key. They are no records: no versions, no undo, and clearing one deletes it."""

    def __init__(self, workspace: Path, files: Files, envelope: Envelope) -> None:
        self._folder = workspace / DRAFTS
        self._files = files
        self._envelope = envelope
        self._mutex = threading.Lock()

    def get(self, key: str) -> str:
        """The text kept under the key, exactly as it was put; empty when there is none."""
        try:
            return self._envelope.unwrap(self._path(key).read_bytes()).decode("utf-8", "replace")
        except FileNotFoundError:
            return ""
        except (OSError, Unreadable) as error:
            raise WorkspaceUnusable(
                f"A draft in {self._folder} can't be read.", "Look at the rights of that folder."
            ) from error

    def ready_folder(self) -> Path:
        """The folder of the drafts, made when it is missing: for what must lie beside them. CannotWrite where it can't
        be made."""
        try:
            self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        except OSError as error:
            raise why_not(error, self._folder) from error
        return self._folder

    def put(self, key: str, text: str) -> None:
        """Keep the text, durably; empty text clears the key. CannotWrite when it can't be kept."""
        if not text:
            self.clear(key)
            return
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise Refused(BROKEN_TEXT, "Type or paste it again without them.") from error
        try:
            self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            with self._mutex:
                commit(self._files, self._path(key), self._envelope.wrap([data]), keep_previous=False)
        except OSError as error:
            raise why_not(error, self._folder) from error

    def clear(self, key: str) -> None:
        """Forget the text of the key."""
        try:
            self._files.remove(self._path(key))
        except NotADirectoryError:
            return
        except OSError as error:
            raise why_not(error, self._folder) from error

    def _path(self, key: str) -> Path:
        """A file name that stays inside the folder and differs for different keys, on every file system.

        The end of a long one, written with capitals or other scripts, is told by its digest.
        """
        name = "".join(sign if sign in _PLAIN else f"%{sign.encode('utf-8', 'surrogatepass').hex()}." for sign in key)
        if not name:
            raise ValueError("a draft's key is a name")
        if len(name) > _LONGEST_NAME:
            from hashlib import sha256

            name = f"{name[:_CUT_AT]}-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
        return self._folder / f"{name}{DRAFT}"


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
