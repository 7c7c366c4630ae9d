"""Replacing a file durably: once it returns, the new content is on the disk; until then the old one is.

All of the store's writing goes through `Files`, one method a system call that can fail, so that a test can cut the
power before each of them.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from errno import ELOOP
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import Protocol, TypeVar

import msgspec

from meetingtool.store.places import OWN_FOLDERS, previous_of

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_UNFINISHED = ".new-"
_AT_ONCE = 512
"""How many pieces are given to one writev; POSIX guarantees 16, Linux and macOS take 1,024."""
_TRIES, _PAUSE = 40, 0.025
T = TypeVar("T")

Signature = tuple[int, int, int]
"""Inode, nanoseconds of the last change and size of a file: differs after every save by anyone."""


class FilePart(msgspec.Struct, frozen=True):
    """A file to be replaced. pieces: its new content. base: the signature of the file that is there, None where there
    is none. keep_previous: whether that one stays as `.prev`."""

    path: Path
    pieces: Sequence[bytes]
    base: Signature | None
    keep_previous: bool


class Files(Protocol):
    """The system calls of a commit. Each raises OSError when it fails."""

    def create(self, path: Path) -> int:
        """Make a new file that only its owner can read; the open descriptor."""

    def write(self, descriptor: int, pieces: Sequence[bytes]) -> None:
        """Write all the pieces, one after the other."""

    def sync(self, descriptor: int) -> None:
        """Return once the content is on the disk itself."""

    def close(self, descriptor: int) -> None:
        """Close it."""

    def link(self, source: Path, target: Path) -> None:
        """Give the file at `source` the second name `target`, which must be free."""

    def replace(self, source: Path, target: Path) -> None:
        """Rename `source` to `target` in one step, over whatever is there."""

    def remove(self, path: Path) -> None:
        """Take the name away; nothing happens when there is none."""

    def sync_folder(self, folder: Path) -> None:
        """Return once the names in the folder are on the disk itself."""


class Disk:
    """The real thing, on Linux, macOS and Windows."""

    def create(self, path: Path) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        return os.open(path, flags, FILE_MODE)

    def write(self, descriptor: int, pieces: Sequence[bytes]) -> None:
        for start in range(0, len(pieces), _AT_ONCE):
            _write_all(descriptor, pieces[start : start + _AT_ONCE])

    def sync(self, descriptor: int) -> None:
        sync_to_platter(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def link(self, source: Path, target: Path) -> None:
        link_or_copy(self, source, target)

    def replace(self, source: Path, target: Path) -> None:
        if sys.platform == "win32":
            patiently(lambda: source.replace(target))
        else:
            source.replace(target)

    def remove(self, path: Path) -> None:
        if sys.platform == "win32":
            patiently(lambda: path.unlink(missing_ok=True))
        else:
            path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        if sys.platform != "win32":
            sync_names(folder)


def _write_all(descriptor: int, pieces: Sequence[bytes]) -> None:
    """Write the pieces, in one call where the system has one for that and takes them all."""
    written = os.writev(descriptor, pieces) if hasattr(os, "writev") else 0
    for piece in pieces:
        left = memoryview(piece)[written:]
        written = max(0, written - len(piece))
        while left:
            left = left[os.write(descriptor, left) :]


DISK = Disk()


def commit(files: Files, path: Path, pieces: Sequence[bytes], *, keep_previous: bool = True) -> None:
    """Put the pieces in the file `path`, whole and durably, keeping what was there as `path.prev`.

    The caller holds the workspace's lock. Raises OSError, and then `path` holds the old content or, when only
    the last step failed, the new one.
    """
    unfinished = path.with_name(f".{path.name}{_UNFINISHED}{os.getpid()}")
    files.remove(unfinished)
    try:
        write_new(files, unfinished, pieces)
        put_in_place(files, unfinished, path, keep_previous=keep_previous)
    except BaseException:
        discard(files, unfinished)
        raise
    files.sync_folder(path.parent)


def write_new(files: Files, path: Path, pieces: Sequence[bytes]) -> None:
    """Write a new file and wait until its content is on the disk."""
    descriptor = files.create(path)
    try:
        files.write(descriptor, pieces)
        files.sync(descriptor)
    finally:
        files.close(descriptor)


def put_in_place(files: Files, unfinished: Path, path: Path, *, keep_previous: bool) -> None:
    """Give a written file its name, in one step."""
    if keep_previous and path.exists():
        _keep(files, path)
    files.replace(unfinished, path)


def _keep(files: Files, path: Path) -> None:
    """Give the present file its second name. A link can't replace a name that is taken, hence the detour."""
    link = path.with_name(f".{path.name}{_UNFINISHED}prev")
    files.remove(link)
    files.link(path, link)
    files.replace(link, previous_of(path))
    # Renaming one name of a file over another name of the same file does nothing and leaves both.
    files.remove(link)


def discard(files: Files, path: Path) -> None:
    """Remove an unfinished file, if possible; otherwise the next writer sweeps it away."""
    with suppress(OSError):
        files.remove(path)


def ready_folder(folder: Path) -> Path:
    """A folder of the workspace, made if it is missing. Raises OSError, also for a link: what is behind one is not the
    workspace's."""
    for each in (folder.parent, folder):
        if each.is_symlink() and each.name in OWN_FOLDERS:
            raise not_plain(each)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    return folder


def not_plain(path: Path) -> OSError:
    """The error for a file or folder of the workspace that is a link, or something else with that name."""
    return OSError(ELOOP, f"it is {kind_of(path)}", str(path))


def kind_of(path: Path) -> str:
    """What a name stands for, in a word: links are never followed."""
    mode = path.lstat().st_mode
    names = ((S_ISLNK, "a link, which is not followed"), (S_ISDIR, "a folder"), (S_ISREG, "a file"))
    return next((name for test, name in names if test(mode)), "not a plain file")


def sync_to_platter(descriptor: int) -> None:
    """fsync; on macOS F_FULLFSYNC, because fsync there stops at the drive's own cache."""
    if sys.platform == "darwin":
        import fcntl

        sync_fully(descriptor, fcntl.fcntl, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_fully(descriptor: int, control: Callable[[int, int], object], full: int) -> None:
    """Ask for a full sync by `control`; fsync on a volume that does not know it, such as a network share."""
    try:
        control(descriptor, full)
    except OSError:
        os.fsync(descriptor)


def sync_names(folder: Path) -> None:
    """fsync a folder, so that the renames in it are kept."""
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        sync_to_platter(descriptor)
    finally:
        os.close(descriptor)


def patiently(call: Callable[[], T], *, pause: Callable[[float], object] = time.sleep) -> T:
    """Make the call, and retry it for a second while the file is held open: on Windows a virus scanner, or another
    meetingtool that reads or replaces it, may hold it for a moment."""
    for _ in range(_TRIES):
        try:
            return call()
        except PermissionError:
            pause(_PAUSE)
    return call()


def link_or_copy(
    files: Files, source: Path, target: Path, *, link: Callable[[Path, Path], object] | None = None
) -> None:
    """Hard-link, or copy where the file system has no links (exFAT, some network shares)."""
    try:
        (link or os.link)(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        copy_durably(files, source, target)


def copy_durably(files: Files, source: Path, target: Path) -> None:
    """Copy a file to a new name and wait until the content is on the disk."""
    write_new(files, target, [source.read_bytes()])
