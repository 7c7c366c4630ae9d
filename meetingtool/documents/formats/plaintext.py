"""Plain text, as it goes into an e-mail or onto a terminal: no marks to read around, lines of a comfortable length."""

from __future__ import annotations

from meetingtool.documents.formats.paper import (
    Block,
    Facts,
    Heading,
    Items,
    Paper,
    Paragraph,
    Signatures,
    Table,
    plain_text,
)
from meetingtool.documents.formats.tables import Cell, text_table, width_of, wrapped
from meetingtool.rules.wording import one_line, visible

WIDTH = 72
"""The usual length of a line in an e-mail."""


def _indented(text: str, first: str, width: int) -> list[str]:
    """The lines of `text`, the first one after `first`, the others below it."""
    rest = " " * width_of(first)
    lines = wrapped(one_line(text), max(width - width_of(first), 20))
    return [(first if number == 0 else rest) + line for number, line in enumerate(lines)]


def _underlined(text: str, mark: str) -> list[str]:
    title = one_line(text)
    return [title, mark * width_of(title)]


def _facts(facts: Facts, width: int) -> list[str]:
    lines = []
    for name, value in facts.pairs:
        lines += _indented(plain_text(value), f"{one_line(name)}: ", width)
    return lines


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Heading(text=text, level=level):
            return _underlined(text, "-") if level <= 2 else [one_line(text)]
        case Paragraph(text=text):
            lines: list[str] = []
            for line in visible(plain_text(text)).split("\n"):
                lines += wrapped(one_line(line), width)
            return lines
        case Items(items=entries):
            lines = []
            for item in entries:
                lines += _indented(plain_text(item.text), "- ", width)
                for inner in item.inner:
                    lines += _indented(plain_text(inner), "    ", width)
            return lines
        case Facts():
            return _facts(block, width)
        case Signatures(names=names):
            return [f"{one_line(name)}: {'_' * 30} Date: {'_' * 12}" for name in names]
        case Table(columns=columns, rows=rows):
            cells: list[tuple[Cell, ...]] = [tuple(plain_text(cell) for cell in row) for row in rows]
            right = {number for number, column in enumerate(columns) if column.right}
            return text_table([column.title for column in columns], cells, right=right, width=width).splitlines()


def render(paper: Paper, width: int = WIDTH) -> str:
    """The whole paper as plain text in lines of at most `width` columns, ending in a line break."""
    lines = _underlined(paper.title, "=")
    if paper.subtitle:
        lines += wrapped(one_line(paper.subtitle), width)
    after_heading = False
    for block in paper.blocks:
        found = _block(block, width)
        if found:
            lines += found if after_heading else ["", *found]
            after_heading = isinstance(block, Heading)
    return "\n".join(line.rstrip() for line in lines) + "\n"
