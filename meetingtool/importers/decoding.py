"""From the bytes of a text file to its text, whatever program saved it."""

from __future__ import annotations

import re

from meetingtool.errors import Refused
from meetingtool.rules.wording import one_line, shortened

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
    (b"\xef\xbb\xbf", "utf-8-sig", ""),
)
"""Byte-order marks with the codec they announce; the longer ones first, since one begins like another."""

_CALLED = {
    "mac": "mac_roman",
    "macintosh": "mac_roman",
    "ansi": "cp1252",
    "western": "cp1252",
    "central-european": "cp1250",
    "cyrillic": "cp1251",
    "japanese": "cp932",
    "sjis": "cp932",
    "shift-jis": "cp932",
    "chinese": "gb18030",
    "korean": "cp949",
}
"""What people and programs call encodings, besides the names that Python knows."""
GUESSED = "Read as Windows-1252: check that accented letters look right."
_OTHERS = (
    "Such as utf-8, cp1252 (Western), cp1250 (Central European), cp1251 (Cyrillic), mac, cp932 (Japanese), "
    "gb18030 (Chinese), cp949 (Korean)."
)
_SAMPLE = 65_536
_PRINTED = range(0x20, 0x7F)
_REPLACEMENT = "\ufffd"
_NEVER_IN_TEXT = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, encoding: str = "") -> tuple[str, list[str]]:
    """The text of `data` without NUL characters, and what a person should know about how it was read.

    encoding: as a person said it, such as `cp1250`; it takes precedence over all guesses, and is refused if it does not
    fit. A byte-order mark decides; then the zeros of UTF-16; then UTF-8, where it fits; else Windows-1252, in which
    every byte means something, and which most programs use that don't write UTF-8.
    """
    text, notes = _as_said(data, encoding) if encoding else _by_mark(data) or _by_zeros(data) or _by_trial(data)
    zeros = text.count("\0")
    if zeros:
        text = text.replace("\0", "")
        were = "1 NUL character was" if zeros == 1 else f"{zeros:,} NUL characters were"
        notes.append(f"{were} removed.")
    return text, notes


def looks_binary(text: str) -> bool:
    """Whether `text` holds so many control characters that it can't have been written by people."""
    sample = text[:_SAMPLE]
    controls = len(_NEVER_IN_TEXT.findall(sample))
    return controls > 5 and controls * 50 > len(sample)


def _as_said(data: bytes, encoding: str) -> tuple[str, list[str]]:
    name = re.sub(r"[\s_]+", "-", encoding.strip().lower())
    name = _CALLED.get(name, name)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(
            f"This file is not in {one_line(encoding)}: line {line} can't be read that way.", _OTHERS
        ) from None
    except (LookupError, ValueError):
        raise Refused(f"“{shortened(encoding, 30)}” is not a known encoding.", _OTHERS) from None
    return text.removeprefix("\ufeff"), [f"Read as {name}, as given."]


def _by_mark(data: bytes) -> tuple[str, list[str]] | None:
    for mark, codec, spoken in _MARKS:
        if data.startswith(mark):
            text = data.decode(codec, "replace")
            notes = [f"Read as {spoken}."] if spoken else []
            return text, notes + _unreadable(text, data)
    return None


def _by_zeros(data: bytes) -> tuple[str, list[str]] | None:
    """UTF-16 without a mark: blanks, digits and separators have a zero byte, always on the same side."""
    pairs = len(data[:_SAMPLE]) // 2
    first, second = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    most, least = max(first, second), min(first, second)
    if pairs < 2 or most * 20 < pairs or least * 20 > most:
        return None
    sample = data[: 2 * min(pairs, _SAMPLE // 2)]
    plain = sum(one in _PRINTED and other in _PRINTED for one, other in zip(sample[::2], sample[1::2], strict=True))
    if plain * 3 > pairs * 2:  # letters beside letters: plain text with NULs in it
        return None
    if most * 4 < pairs * 3 and all(
        byte in _PRINTED or byte in b"\0\t\n\r" for byte in sample
    ):  # the same, in a short text
        return None
    text = data.decode("utf-16-le" if second == most else "utf-16-be", "replace")
    return text, ["Read as UTF-16, though the file does not say so.", *_unreadable(text, data)]


def _by_trial(data: bytes) -> tuple[str, list[str]]:
    try:
        return _once_only(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    broken = text.count(_REPLACEMENT)
    good = sum(1 for letter in text if letter > "\x7f") - broken
    if good >= 10 * broken:
        return text, _unreadable(text, data)
    text = data.decode("cp1252", "replace")
    return text, [GUESSED, *_unreadable(text, data)]


_FOLLOWING = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_TWICE = re.compile(rf"[Â-ß]{_FOLLOWING}|[à-ï]{_FOLLOWING}{{2}}|[ð-ô]{_FOLLOWING}{{3}}")
"""What one letter looks like that was written in UTF-8 and read as Windows-1252."""


def _once_only(text: str) -> tuple[str, list[str]]:
    """The text, where it was written in UTF-8, read as Windows-1252 and written in UTF-8 again: no other text has only
    such letters as `Ã©`."""
    broken = _TWICE.search(text)
    if broken is None:
        return text, []
    try:
        once = b"".join(map(_byte, text)).decode("utf-8")
    except UnicodeError:
        return text, []
    meant = b"".join(map(_byte, broken[0])).decode("utf-8")
    note = f"“{broken[0]}” was read as “{meant}”, and others like it: the file was saved in a wrong encoding once."
    return once, [note]


def _byte(letter: str) -> bytes:
    """The byte that Windows-1252 reads as this letter; UnicodeError where there is none."""
    return letter.encode("latin-1" if letter in "\x81\x8d\x8f\x90\x9d" else "cp1252")


def _unreadable(text: str, data: bytes) -> list[str]:
    broken = text.count(_REPLACEMENT)
    if not broken or b"\xef\xbf\xbd" in data:
        return []
    return [f"{broken:,} unreadable character{'' if broken == 1 else 's'} became {_REPLACEMENT}."]
