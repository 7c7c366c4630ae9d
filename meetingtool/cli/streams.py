"""Standard input and output as they really are: closed, full, or read by nobody any more.

A command whose words can't be printed still runs to its end: what it saves is saved, and then the failure is reported.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from meetingtool.errors import MeetingtoolError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Careful(io.FileIO):
    """An open file that is written to for as long as that works. lost: why something could not be written, if
    anything."""

    def __init__(self, descriptor: int, *, closed: bool) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self.lost: OSError | None = None
        self._closed_to_us = closed

    def write(self, data: ReadableBuffer) -> int:
        """Write what can be written, and pretend that the rest was written."""
        view = memoryview(data)
        if self._closed_to_us and self.lost is None:
            self.lost = OSError(errno.EBADF, os.strerror(errno.EBADF))
        if self.lost is None:
            try:
                return super().write(view) or 0
            except OSError as error:
                self.lost = error
        return view.nbytes


class ClosedInput(io.RawIOBase):
    """Standard input where there is none."""

    def readable(self) -> bool:
        """True, so that reading is tried and says why it can't be done."""
        return True

    def readinto(self, _buffer: object) -> int:
        """Always refused."""
        raise MeetingtoolError("Standard input is closed, so there is nothing to read.", "Give it a pipe or a file.")


def prepare() -> Careful:
    """Put careful streams in the place of this process's own, and return the one that standard output ends in.

    Closed ones are opened on the null device, so that no file we open ever gets their numbers.
    """
    closed = [number for number in (0, 1, 2) if not _is_open(number)]
    for number in closed:
        null = os.open(os.devnull, os.O_RDWR)
        if null != number:
            os.dup2(null, number)
            os.close(null)
    if 0 in closed:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(ClosedInput()), encoding="utf-8")
    output = Careful(1, closed=1 in closed)
    sys.stdout = _text(output, sys.stdout)
    sys.stderr = _text(Careful(2, closed=2 in closed), sys.stderr)
    return output


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _text(raw: Careful, former: TextIO | None) -> io.TextIOWrapper:
    """Text over a careful file: a pipe or a file gets UTF-8 unless the user chose otherwise; a terminal shows `?` for
    what it can't."""
    encoding, errors = getattr(former, "encoding", None) or "utf-8", getattr(former, "errors", None) or "replace"
    newline = None
    if os.name == "nt" and not os.environ.get("PYTHONIOENCODING") and not raw.isatty():
        encoding, errors, newline = "utf-8", "replace", "\n"
    elif encoding.lower().replace("-", "") != "utf8" or errors == "strict":
        errors = "replace"
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=encoding, errors=errors, newline=newline, line_buffering=raw.isatty()
    )


def reason(lost: OSError) -> str:
    """Why something could not be printed, in words."""
    said = {errno.EBADF: "standard output is closed", errno.ENOSPC: "there is no space left"}
    return said.get(lost.errno or 0) or (lost.strerror or "the system gave no reason").lower()


def nobody_reads(lost: OSError) -> bool:
    """Whether the reader of the output is gone, such as a `head` that has enough; that is no failure of ours."""
    return isinstance(lost, BrokenPipeError) or (os.name == "nt" and lost.errno == errno.EINVAL)
