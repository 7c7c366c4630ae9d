"""Files that somebody names, and standard input: their bytes, up to what such a file can have, and their text."""

from __future__ import annotations

from pathlib import Path

from meetingtool.errors import NotFound, Refused
from meetingtool.importers.decoding import decode, looks_binary
from meetingtool.rules.wording import one_line

MOST_BYTES = 100_000_000


def bytes_of(path: Path, most: int = MOST_BYTES, hint: str = "Split it into several files.") -> bytes:
    """The content of a file that somebody named. NotFound if there is no such file, Refused if it can't be read or has
    more bytes than `most`; hint: what to do then. Of a device that never ends no more is read either.
    """
    name = one_line(path.name)
    try:
        with path.open("rb") as file:
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
