"""Zips, to be read: one that would fill the memory is none."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from meetingtool.rules.keeping.packing import unpacks_to_too_much

NOT_A_ZIP = (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError)
"""What reading a zip that is damaged raises."""


class TooLarge(zipfile.BadZipFile):
    """A zip that unpacks to far more than a backup has."""


@contextmanager
def opened_zip(source: Path | BytesIO) -> Iterator[zipfile.ZipFile]:
    """A zip, to be read. Raises TooLarge, and what zips raise."""
    with zipfile.ZipFile(source) as packed:
        if unpacks_to_too_much((entry.file_size, entry.compress_size) for entry in packed.infolist()):
            raise TooLarge("it unpacks to far more than a backup has")
        yield packed
