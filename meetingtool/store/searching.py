"""Looking for words in every file below a workspace's folder, whoever made it: in its name, in what it holds, and in
what is packed in it."""

from __future__ import annotations

import bz2
import gzip
import html
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from meetingtool.rules.folding import spaced
from meetingtool.store.bookfile import Unreadable
from meetingtool.store.envelope import AGE, Envelope
from meetingtool.store.places import BOOK_FILE, KEY, RECIPIENTS, RECOVERY
from meetingtool.store.zips import opened_zip

Tells = Callable[[str], bool]
"""Whether words have a name that is to be gone."""

LARGEST = 64 << 20
"""The most bytes of a file, or of one packed in it; larger ones are named, not read."""
_DEEPEST = 3
_CODED = re.compile(rb"(?i)content-transfer-encoding:\s*(?:base64|quoted-printable)")
_ZIP = b"PK\x03\x04"
_PACKED: dict[bytes, Callable[[BytesIO], gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile]] = {
    b"\x1f\x8b": lambda data: gzip.GzipFile(fileobj=data),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
FAILURES = (
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    Unreadable,
)


def may_tell(path: Path, folder: Path, envelope: Envelope, tells: Tells, in_name: Tells | None = None) -> bool:
    """Whether a file has the words in its name or its content, or can't be looked through; whether a folder or a link
    has them in its name. What lies in a folder that is called so is not told for that. in_name: where more is meant
    there than in the content."""
    if path.name in (KEY, RECOVERY):
        return False
    within = path.relative_to(folder)
    told, told_above = (any(map(in_name or tells, _as_words(each.as_posix()))) for each in (within, within.parent))
    named = told and not told_above
    if named or path.is_symlink() or not path.is_file():
        return named
    try:
        if path.stat().st_size > LARGEST:
            return True
        return any(map(tells, _words(path.read_bytes(), envelope)))
    except FAILURES:
        return True


def is_unread(path: Path, envelope: Envelope) -> bool:
    """Whether a file, or one packed in it, is a PDF, a picture or anything else that may have words that can't be read
    here."""
    if path.name in (KEY, RECOVERY):
        return False
    try:
        return any(isinstance(part, bytes) and not _is_text(part) for part in parts_of(path.read_bytes(), envelope))
    except FAILURES:
        return True


def zips_below(folder: Path, holds: Callable[[list[str]], bool]) -> list[Path]:
    """The zips anywhere below the folder, behind no link, with such members; those that can't be read, too."""
    found = []
    for path in sorted(folder.rglob("*.[zZ][iI][pP]")):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            with zipfile.ZipFile(path) as packed:
                names = packed.namelist()
        except FAILURES:
            found.append(path)
            continue
        if holds(names):
            found.append(path)
    return found


def holds_year(year: int) -> Callable[[list[str]], bool]:
    """Whether a book of that year is among the members of a zip."""
    return lambda names: any(BOOK_FILE.fullmatch(name) and f"{year:04d}" in name for name in names)


def _words(data: bytes, envelope: Envelope) -> Iterator[str]:
    """All that can be read as words in some data, in every way that it may be meant. Raises `FAILURES`."""
    for part in parts_of(data, envelope):
        yield from _texts(part) if isinstance(part, bytes) else (part,)


def parts_of(data: bytes, envelope: Envelope, depth: int = 0) -> Iterator[bytes | str]:
    """What data holds once it is opened and unpacked, and the names in it as words. Raises `FAILURES`."""
    if data.startswith(AGE):
        data = envelope.unwrap(data)
    if depth < _DEEPEST and data.startswith(_ZIP):
        with opened_zip(BytesIO(data)) as packed:
            for entry in packed.infolist():
                yield from _as_words(entry.filename)
                if entry.file_size > LARGEST:
                    raise ValueError("too large to be looked through")
                if entry.filename not in (KEY, RECOVERY, RECIPIENTS):
                    yield from parts_of(packed.read(entry), envelope, depth + 1)
        return
    opened = next((each for start, each in _PACKED.items() if data.startswith(start)), None)
    if depth < _DEEPEST and opened is not None:
        with opened(BytesIO(data)) as packed:
            content = packed.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValueError("too large to be looked through")
        yield from parts_of(content, envelope, depth + 1)
        return
    yield data


def _is_text(data: bytes) -> bool:
    """Whether all words in it are seen by `_texts`: no PDF, no picture, no mail with coded parts."""
    if data.startswith(b"%PDF") or _CODED.search(data):
        return False
    wide = max(data[:256:2].count(0), data[1:256:2].count(0)) * 4 > len(data[:256])
    return b"\0" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff")) or wide


def _texts(data: bytes) -> Iterator[str]:
    """The data in each of the encodings that it may be in; what has marks or escapes also without them."""
    text = data.decode("utf-8", "ignore")
    yield text
    if "\\u" in text:
        yield re.sub(r'"(?:[^"\\]|\\.)*"', _unescaped, text)
    if "&" in text and ";" in text:
        yield html.unescape(text)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        yield html.unescape(re.sub(r"<[^>]*>", "", text))
        yield html.unescape(re.sub(r"<[^>]*>", " ", text))
    if b"\0" in data[:4096]:
        yield data.decode("utf-16-be" if data.startswith(b"\xfe\xff") else "utf-16-le", "ignore")
    elif b"\0" not in data and not data.isascii() and text.encode() != data:
        yield data.decode("cp1250", "ignore")
        yield data.decode("cp1252", "ignore")
        yield data.decode("mac_roman")


def _as_words(name: str) -> tuple[str, str]:
    """A file's name as it is and with blanks in place of signs, which finds both `Jean-Luc D'Arcy` and `zoe_reid`."""
    return name, spaced(name)


def _unescaped(found: re.Match[str]) -> str:
    try:
        return str(json.loads(found[0]))
    except ValueError:
        return found[0]
