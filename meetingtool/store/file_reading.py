"""Reading a file of the workspace, whole or in part: one and the same file, even while another takes its place."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from stat import S_ISREG

from meetingtool.store.commit import Signature, not_plain, patiently
from meetingtool.store.errors import LINK_HINT, WorkspaceUnusable


def signature_of(path: Path) -> Signature | None:
    """The file's signature; None when there is no file."""
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def read_part(path: Path, start: int, size: int, signature: Signature | None) -> bytes | None:
    """A part of a file; None when it is another by now than the one of that signature."""
    descriptor = patiently(lambda: _open(path)) if sys.platform == "win32" else _open(path)
    with os.fdopen(descriptor, "rb") as file:
        stat = os.fstat(descriptor)
        if (stat.st_ino, stat.st_mtime_ns, stat.st_size) != signature:
            return None
        file.seek(start)
        return file.read(size)


_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _open(path: Path) -> int:
    """The descriptor of a plain file: what is behind a link is not the workspace's, and reading a pipe never ends."""
    try:
        descriptor = os.open(path, _READING)
    except OSError as error:
        raise not_plain(path) if error.errno == errno.ELOOP else error from None
    if S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise not_plain(path)


def not_readable(path: Path, error: OSError) -> WorkspaceUnusable:
    """What to say about a file that the system does not let us read."""
    hint = LINK_HINT if error.errno == errno.ELOOP else "Ask for permission to read it, or use --data."
    return WorkspaceUnusable(f"{path} can't be read: {error.strerror}.", hint)


def read_whole(path: Path) -> tuple[Signature, bytes] | None:
    """A file's signature and content, of one and the same file even while it is being replaced."""
    try:
        descriptor = patiently(lambda: _open(path)) if sys.platform == "win32" else _open(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    with os.fdopen(descriptor, "rb") as file:
        stat = os.fstat(descriptor)
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size), file.read()
