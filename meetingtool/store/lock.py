"""One writer at a time on a workspace, across threads and programs."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from meetingtool.store.commit import FILE_MODE
from meetingtool.store.errors import LINK_HINT, CannotWrite

PATIENCE = 15.0
"""Seconds to wait for another writer before giving up."""
_POLL = 0.005


class Grip(Protocol):
    """A held kernel lock."""

    def release(self) -> None:
        """Let go."""


class WriteLock:
    """The lock of one folder. Re-entrant; the caller keeps its own other threads out.

    It is a kernel lock on an open file (`flock`), so it ends with the program that holds it, however that ends.
    A file system that has no such locks is refused: a lock that is only a file's existence outlives a crash.
    """

    def __init__(self, path: Path, patience: float = PATIENCE, begin: Callable[[], object] | None = None) -> None:
        """begin: what to do first whenever the lock was taken; the lock is released when that fails."""
        self._path = path
        self._patience = patience
        self._begin = begin
        self._depth = 0
        self._grip: Grip | None = None

    @property
    def held(self) -> bool:
        """Whether this very object holds the lock."""
        return self._depth > 0

    def __enter__(self) -> WriteLock:
        if self._depth == 0:
            try:
                self._grip = _take(self._path, self._patience)
            except OSError as error:
                raise _cannot_lock(error, self._path.parent) from error
            self._depth += 1
            try:
                if self._begin is not None:
                    self._begin()
            except BaseException:
                self.__exit__(None, None, None)
                raise
            return self
        self._depth += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0 and self._grip is not None:
            self._grip.release()
            self._grip = None


def why_unlockable(path: Path) -> CannotWrite | None:
    """Why nothing could be saved here just now; None when the lock can be taken, or another writer has it."""
    try:
        _take(path, 0).release()
    except TimeoutError:
        return None
    except OSError as error:
        return _cannot_lock(error, path.parent)
    return None


class _Flock:
    """An flock on a descriptor. filelock takes the same lock, at ten times the import time of this module."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        os.close(self._descriptor)


def _take(path: Path, patience: float) -> Grip:
    """Take the lock, or raise TimeoutError. Polls: a blocking flock can't be given up again."""
    try:
        import fcntl
    except ImportError:
        return _take_by_filelock(path, patience)
    end = time.monotonic() + patience
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, FILE_MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still_there(path, descriptor):
                return _Flock(descriptor)
        except BlockingIOError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() > end:
            raise TimeoutError(errno.ETIMEDOUT, "locked")
        time.sleep(_POLL)


def _is_still_there(path: Path, descriptor: int) -> bool:
    """Whether the locked file still has its name; a lock on a deleted file keeps nobody out."""
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False


def _take_by_filelock(path: Path, patience: float) -> Grip:
    """The same where there is no flock (Windows)."""
    import filelock

    lock: Any = filelock.FileLock(path, timeout=patience, thread_local=False)
    try:
        lock.acquire(poll_interval=_POLL)
    except filelock.Timeout as error:
        raise TimeoutError(errno.ETIMEDOUT, "locked") from error
    grip: Grip = lock
    return grip


def _cannot_lock(error: OSError, folder: Path) -> CannotWrite:
    if isinstance(error, TimeoutError):
        return CannotWrite(
            "Another program keeps writing to this workspace.",
            "Close the other meetingtool, or try again in a moment.",
        )
    if error.errno in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL):
        return CannotWrite(
            f"The file system of {folder} can't lock files, so two programs could overwrite each other's records.",
            "Keep the workspace on a local disk, and back it up to this place with `meetingtool backup`.",
        )
    return why_not(error, folder)


def why_not(error: OSError, folder: Path) -> CannotWrite:
    """The error for a person about a failed write, with what to do."""
    if error.errno == errno.ELOOP:
        return CannotWrite(f"Could not write to {error.filename}: {error.strerror}.", LINK_HINT)
    said, hint = _REASONS.get(error.errno or 0, (f"the system says: {error.strerror}", "Nothing was lost; try again."))
    return CannotWrite(f"Could not write to {folder}: {said}.", hint)


_REASONS = {
    errno.ENOSPC: ("the disk is full", "Make some room, then try again; nothing was lost."),
    errno.EDQUOT: ("your disk quota is used up", "Make some room, then try again; nothing was lost."),
    errno.EFBIG: ("the file would exceed a size limit", "Raise the limit or make room, then try again."),
    errno.EROFS: ("it is on a read-only disk", "Reading works; to write, move the folder or use --data."),
    errno.EACCES: ("you may not write there", "Reading works; ask for permission to write, or use --data."),
    errno.EPERM: ("you may not write there", "Reading works; ask for permission to write, or use --data."),
    errno.ENOENT: ("the folder is gone", "Bring it back (is its disk or network drive connected?), then try again."),
    errno.ENOTDIR: ("the folder is gone", "Bring it back (is its disk or network drive connected?), then try again."),
    errno.EIO: ("the disk reports an error", "Save a copy of the folder on another disk before going on."),
}
