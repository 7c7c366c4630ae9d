"""Files that somebody names, and standard input: their bytes, up to what such a file can have, and their text."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from meetingtool.errors import NotFound, Refused
from meetingtool.importers.decoding import decode, looks_binary
from meetingtool.rules.wording import one_line

MOST_BYTES = 100_000_000
_OF_A_COMMAND = ("/dev/fd/", "/dev/stdin", "/proc/")
"""How the paths begin by which a shell hands over what a command writes: `<(command)`."""


def opened(path: Path) -> BinaryIO:
    """A file that somebody named, to be read. Raises OSError, and what `refuse_endless` raises."""
    refuse_endless(path)
    return path.open("rb")


def refuse_endless(path: Path) -> None:
    """Refused for a pipe or a device, which may have no end or never begin. Raises OSError."""
    mode = path.stat().st_mode
    if not (S_ISREG(mode) or S_ISDIR(mode) or str(path).startswith(_OF_A_COMMAND)):
        raise Refused(f"{one_line(path.name)} is a pipe or a device.", "Save what comes from it in a file; name that.")


def bytes_of(path: Path, most: int = MOST_BYTES, hint: str = "Split it into several files.") -> bytes:
    """The content of a file that somebody named. NotFound if there is no such file, Refused if it can't be read or has
    more bytes than `most`; hint: what to do then.
    """
    name = one_line(path.name)
    try:
        with opened(path) as file:
            data = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no file {one_line(str(path))}.", "Check the path.") from None
    except OSError as error:
        if path.is_dir():
            raise Refused(f"{name} is a folder.", "Name the file in it.") from None
        raise Refused(f"{name} can't be read: {error.strerror}.", "Check who may read it.") from None
    if len(data) > most:
        raise Refused(f"{name} is larger than {most // 1_000_000} MB.", hint)
    return data


def text_in(data: bytes, called: str, hint: str) -> tuple[str, list[str]]:
    """The text of a file or of standard input, with notes as `decode` gives them; Refused for a program, a picture and
    whatever else nobody can have typed."""
    text, notes = decode(data)
    if looks_binary(text):
        raise Refused(f"{called} is not text.", hint)
    return text, notes
