"""Standard output is data, standard error is talk: tables for people, JSON for programs."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import click

from meetingtool.rules import wording

GAP = "  "
NARROWEST = 24
"""Letters that the last column of a table keeps when it is wrapped, even where the terminal is narrower."""


def out(text: str) -> None:
    """Print data, with control characters made visible."""
    click.echo(wording.visible(text))


def talk(text: str) -> None:
    """Tell the person something beside the data."""
    click.echo(wording.visible(text), err=True)


def stop_printing() -> None:
    """Point standard output to nowhere, when whoever read it has gone: what is left is flushed once more at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def interactive() -> bool:
    """Whether a person sits at both ends, so that a full screen can be drawn."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def can_ask() -> bool:
    """Whether a question would be seen and answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def sure(question: str) -> bool:
    """Ask for a yes or no, with no as the default. Only where `can_ask`."""
    return click.confirm(wording.visible(question), default=False, err=True)


def print_json(value: Any) -> None:
    """Print `value` as indented JSON in UTF-8, exactly as it is kept."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def print_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[int] = (), keep_blank: bool = False
) -> None:
    """Print rows under headings, as wide as each column needs.

    In a terminal the last column wraps under itself; elsewhere a row stays on one line. A column without anything
    in it is left out. right: indexes of columns set to the right, such as numbers.
    """
    cells = [[wording.one_line(cell) for cell in row] for row in rows]
    shown = [i for i in range(len(headings)) if keep_blank or any(row[i] for row in cells)]
    lines = [[headings[i] for i in shown], *([row[i] for i in shown] for row in cells)]
    rightward = {place for place, i in enumerate(shown) if i in right}
    widths = [max(width_of(line[place]) for line in lines) for place in range(len(shown))]
    for line in lines:
        for text in _laid_out(line, widths, rightward):
            click.echo(text)


def _laid_out(line: Sequence[str], widths: Sequence[int], right: Collection[int]) -> list[str]:
    last = len(line) - 1
    before = GAP.join(_padded(line[i], widths[i], i in right) for i in range(last))
    indent = sum(widths[:last]) + len(GAP) * last
    lead = before + GAP if last else ""
    end = _padded(line[last], widths[last], True) if last in right else line[last]
    room = screen_width()
    if room is None:
        return [f"{lead}{end}".rstrip()]
    wrapped = wrap(end, max(room - indent, NARROWEST))
    return [f"{lead}{wrapped[0]}".rstrip(), *(" " * indent + part for part in wrapped[1:])]


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks


def screen_width() -> int | None:
    """Columns of the terminal that standard output is; None where it is a pipe or a file."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def width_of(text: str) -> int:
    """Columns that `text` takes in a terminal: two for wide letters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, broken at blanks, and within a word only where it is longer."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width_of(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while width_of(word) > width:
            cut = width
            while width_of(word[:cut]) > width:
                cut -= 1
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line or not lines else lines


def print_fields(fields: Iterable[tuple[str, str]]) -> None:
    """Print names with their values below each other; those without a value are left out. Values may have lines."""
    filled = [(name, value) for name, value in fields if value.strip()]
    width = max((len(name) for name, _ in filled), default=0) + len(GAP)
    room = screen_width()
    for name, value in filled:
        lead = name.ljust(width)
        for paragraph in wording.visible(value).splitlines():
            for part in wrap(paragraph, max(room - width, NARROWEST)) if room else [paragraph]:
                click.echo(f"{lead}{part}".rstrip())
                lead = " " * width
