"""Setting text on paper: a Typst template and its data become a PDF.

The text of people reaches Typst as JSON data alone, never as source, so that nothing in it can be taken for an
instruction. The font is Libertinus Serif, which comes with Typst; other scripts take the computer's fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from threading import local
from typing import TYPE_CHECKING, Any

import msgspec

from meetingtool.errors import MeetingtoolError

if TYPE_CHECKING:
    from typst import Compiler, PDFStandards

TEMPLATES = Path(__file__).parents[1] / "templates"

STANDARDS: PDFStandards = ["a-2a", "ua-1"]
"""For keeping for decades (PDF/A-2a, ISO 19005-2) and for screen readers (PDF/UA-1, ISO 14289-1)."""

RUN = 30
"""How many letters may follow each other before a line may break between them."""
RIGHT_TO_LEFT = "\u200f"
"""Precedes a paragraph whose first letter runs from right to left, so that the template need not look for it."""
PICTURES_MOST = 60
"""At most this many different pictures are looked for in the fonts at once; others become boxes where no font has
them."""
KEYCAP = "\u20e3"
"""Makes a keycap of the digit before it."""
FLAGS = {chr(0x1F1E6 + place): letter for place, letter in enumerate(ascii_uppercase)}
"""The signs of which two are a country's flag, with the letter that each stands for."""

_LONG = re.compile(rf"\S{{{RUN}}}(?=\S)")
_TAGS = re.compile("[\U000e0020-\U000e007f]+")
"""Invisible letters that say which part of a country a flag belongs to: fonts without that flag draw them as boxes."""
_BETWEEN_PARAGRAPHS = re.compile(r"\n(?:[^\S\n]*\n)+")
_NO_FONT = re.compile(r'the text `"(.+?)"` could not be displayed')
_ATTACHED = "[\u200d\u20e3\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
"""What may follow a picture to vary it or join it to another."""

_ALL = '#let it = json("data.json")\n#set document(title: it)\n#set text(font: "Libertinus Serif")\n#it'
"""A paper of nothing but letters, to find out which have no font."""

_threads = local()
_looked_for: frozenset[str] = frozenset()
_undrawable: frozenset[str] = frozenset()
"""Pictures, such as emoji, that were looked for in the fonts of this computer, and those of them that none has."""


class NotTypeset(MeetingtoolError):
    """The paper could not be made. Nothing was written."""

    title = "No PDF"


def _compiler() -> Compiler:
    """One compiler for each thread, since none can do two things at once; for the whole run, so that fonts are read
    only once."""
    if not hasattr(_threads, "compiler"):
        from typst import Compiler

        _threads.compiler = Compiler(root=TEMPLATES)
    compiler: Compiler = _threads.compiler
    return compiler


def settable(value: object) -> object:
    """JSON values whose texts are ready to be set.

    In every long run of letters there is an invisible place to break, so that none runs off the page; paragraphs are
    separated by single empty lines; and a paragraph from right to left begins with `RIGHT_TO_LEFT`.
    """
    if isinstance(value, str):
        return _settable_text(value)
    if isinstance(value, dict):
        return {key: settable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [settable(inner) for inner in value]
    return value


_DIGEST = re.compile(r"[0-9a-f]{64}")
"""A digest fits a line of small print; an invisible letter would spoil it for anybody who copies it."""


def _settable_text(text: str) -> str:
    if not text.isascii():
        text = _TAGS.sub("", text)
    if len(text) > RUN and not _DIGEST.fullmatch(text):
        text = _LONG.sub("\\g<0>\u200b", text)
    if "\n" not in text:
        return _directed(text)
    return "\n\n".join(_directed(paragraph) for paragraph in _BETWEEN_PARAGRAPHS.split(text.strip()))


def _directed(text: str) -> str:
    """With the mark before it when its first letter that has a direction runs from right to left."""
    if text.isascii():
        return text
    ways = (unicodedata.bidirectional(letter) for letter in text)
    first = next((way for way in ways if way in ("L", "R", "AL")), "L")
    return text if first == "L" else RIGHT_TO_LEFT + text


def typeset(template: str, data: dict[str, Any], made_on: date, *, on_wall: bool = False) -> bytes:
    """The PDF of a template (`evaluation.typ`) with its data, JSON values. The same data gives the same bytes.

    The PDF is tagged and conforms to `STANDARDS`. A picture that no font on this computer has appears as its name,
    `[honeybee]`; on a wall it is left out, unless there is nothing else. Other letters without a font appear as boxes;
    then the PDF is tagged, but claims no standard, and `data["letters_missing"]` is set, for the template to say so.
    NotTypeset when Typst refuses.
    """
    from typst import TypstError

    refused = None
    for _ in range(2):
        try:
            return _compiled(template, drawable(data, _undrawable, left_out=on_wall), made_on, STANDARDS)
        except TypstError as error:
            if "PDF/" not in error.message:
                raise _not_typeset(error) from error
            refused = _NO_FONT.search(error.message)
        if not _look_for_pictures(data):
            break
    try:
        whole = data | {"letters_missing": refused is not None}
        return _compiled(template, drawable(whole, _undrawable, left_out=on_wall), made_on, None)
    except TypstError as error:
        raise _not_typeset(error) from error


def lacks_letters(pdf: bytes) -> bool:
    """Whether letters appear as boxes in a PDF made here, which then claims no standard."""
    return b"pdfaid" not in pdf


def boxes_in(files: Mapping[str, bytes], instead: str = "") -> str:
    """A sentence if letters appear as boxes in PDF files, by their names, with what to do; else empty.

    instead: what else can be done besides installing a font.
    """
    names = [name for name, data in files.items() if name.endswith(".pdf") and lacks_letters(data)]
    if not names:
        return ""
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return (
        f"Some letters appear as boxes in {names[0]}{more}, because this computer has no font for them. Install one, "
        f"such as the Noto font of that script, and export again{instead}."
    )


def _not_typeset(error: RuntimeError) -> NotTypeset:
    """What Typst said, without the text of people, which its messages can quote."""
    reason = str(error).split("`")[0].strip(" .:") or "no reason given"
    return NotTypeset(f"The PDF could not be made ({reason}).", "Choose another format, such as HTML.")


def _look_for_pictures(data: dict[str, Any]) -> bool:
    """Look in the fonts for all pictures of JSON values at once; returns whether some turn out to be in none."""
    global _looked_for, _undrawable
    letters = set(msgspec.json.encode(data).decode())
    fresh = sorted({letter for letter in letters if _is_picture(letter)} - _looked_for)[:PICTURES_MOST]
    missing = _without_font(fresh)
    _looked_for, _undrawable = _looked_for | set(fresh), _undrawable | missing
    return bool(missing)


def _without_font(pictures: Iterable[str]) -> set[str]:
    """Those that no font has: Typst names one each time that it refuses."""
    from typst import TypstError

    left, missing = {f"1\ufe0f{KEYCAP}" if each == KEYCAP else each: each for each in pictures}, set()
    while left:
        try:
            _compile(_ALL, " ".join(left), pdf_standards=STANDARDS)
            break
        except TypstError as error:
            refused = _NO_FONT.search(error.message)
        found = next((each for each in left if refused is not None and each.startswith(refused[1])), None)
        if found is None:
            break
        missing.add(left.pop(found))
    return missing


def _is_picture(letter: str) -> bool:
    return letter == KEYCAP or (unicodedata.category(letter) == "So" and bool(unicodedata.name(letter, "")))


def drawable(value: Any, undrawable: Set[str], *, left_out: bool = False) -> Any:
    """JSON values with the names of undrawable pictures in their place; or, where pictures are left out, only if a text
    has nothing else."""
    if isinstance(value, str):
        return value if undrawable.isdisjoint(value) else _without_pictures(value, undrawable, left_out)
    if isinstance(value, dict):
        return {key: drawable(inner, undrawable, left_out=left_out) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [drawable(inner, undrawable, left_out=left_out) for inner in value]
    return value


def _without_pictures(text: str, undrawable: Set[str], left_out: bool) -> str:
    if KEYCAP in undrawable:
        text = re.sub(f"\ufe0f?{KEYCAP}", "", text)
    one = f"[{''.join(map(re.escape, sorted(undrawable)))}]{_ATTACHED}"
    flag = "".join(sorted(undrawable & FLAGS.keys()))
    pictures = re.compile((f"[{flag}]{{2}}|" if flag else "") + f"{one}(?:(?<=\u200d){one})*")
    if left_out and (rest := pictures.sub("", text).strip()):
        return _closed_up(rest)
    return pictures.sub(_named, text)


def _closed_up(text: str) -> str:
    """A text from which pictures were taken, without the blanks and commas between them."""
    text = re.sub(r"([,;])(?:\s*\1)+", r"\1", re.sub(" {2,}", " ", text))
    return re.sub(r" +(?=[,.;])", "", text)


def _named(picture: re.Match[str]) -> str:
    """`[honeybee]`, `[man, woman, girl]` for what is joined to one picture, `[flag UA]`."""
    letters = [letter for letter in picture[0] if _is_picture(letter)]
    if len(letters) == 2 and FLAGS.keys() >= set(letters):
        return f"[flag {''.join(FLAGS[letter] for letter in letters)}]"
    return f"[{', '.join(unicodedata.name(letter).lower() for letter in letters)}]"


def _compiled(template: str, data: dict[str, Any], made_on: date, standards: PDFStandards) -> bytes:
    from datetime import UTC, datetime

    noon = datetime(made_on.year, made_on.month, made_on.day, 12, tzinfo=UTC)
    made = _compile(f'#include "{template}"', settable(data), pdf_standards=standards, timestamp=noon)
    if not isinstance(made, bytes):
        raise _not_typeset(RuntimeError("Typst gave no file"))
    return made


def _compile(main: str, data: object, **options: Any) -> object:
    """What Typst makes of a source that reads JSON values from `data.json`, a file that is in memory alone.

    Given as `sys.inputs`, the data would become part of the key of everything that Typst caches from one paper for the
    next, and nothing would be found again.
    """
    files: Any = {"main.typ": main.encode(), "data.json": msgspec.json.encode(data)}
    return _compiler().compile(files, format="pdf", **options)
