"""What a document is before it has a format: headings, paragraphs, lists, facts and tables of plain text.

A builder makes a `Paper` from records; a renderer (markdown.py, plaintext.py) writes one. Text in a paper is as it was
typed; making it safe for a format is left to the renderer.
"""

from __future__ import annotations

import msgspec


class Strong(msgspec.Struct, frozen=True):
    """Bold words."""

    text: str


Inline = str | tuple[str | Strong, ...]
"""One line of text, or one made of parts."""


class Heading(msgspec.Struct, frozen=True, tag=True):
    """The title of a section. level: 2 for a section, 3 for one within; 1 is the paper's own title."""

    text: str
    level: int = 2


class Paragraph(msgspec.Struct, frozen=True, tag=True):
    """Words, with the line breaks that were typed."""

    text: Inline


class Item(msgspec.Struct, frozen=True):
    """One entry of a list, with lines that belong to it."""

    text: Inline
    inner: tuple[Inline, ...] = ()


class Items(msgspec.Struct, frozen=True, tag=True):
    """A list."""

    items: tuple[Item, ...]


class Facts(msgspec.Struct, frozen=True, tag=True):
    """Names with their values, one to a line."""

    pairs: tuple[tuple[str, Inline], ...]


class Column(msgspec.Struct, frozen=True):
    """The head of a column. right: its cells are aligned right, as numbers are."""

    title: str
    right: bool = False


class Table(msgspec.Struct, frozen=True, tag=True):
    """Rows of cells under columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Inline, ...], ...]


class Signatures(msgspec.Struct, frozen=True, tag=True):
    """Lines to sign on, one for each name."""

    names: tuple[str, ...]


Block = Heading | Paragraph | Items | Facts | Table | Signatures


TO_WRITE_ON = Paragraph("_" * 66)
"""A line to write on."""


class Paper(msgspec.Struct, frozen=True):
    """A whole document. subtitle: one line under the title. whole_sections: none is split over two pages."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    whole_sections: bool = False


def without_emphasis(parts: tuple[str | Strong, ...]) -> str:
    """The words of a line without what makes them stand out."""
    return "".join(part.text if isinstance(part, Strong) else part for part in parts)


def plain_text(text: Inline) -> str:
    """The words of one line of text."""
    return text if isinstance(text, str) else without_emphasis(text)


def section(title: str, *blocks: Block | None, level: int = 2) -> tuple[Block, ...]:
    """A heading with what comes under it; nothing when nothing does."""
    filled = tuple(block for block in blocks if block is not None)
    return (Heading(title, level), *filled) if filled else ()


def items(entries: list[Item]) -> Items | None:
    """A list, or None when it is empty."""
    return Items(tuple(entries)) if entries else None


def paragraph(text: str) -> Paragraph | None:
    """A paragraph, or None when there are no words."""
    return Paragraph(text.strip()) if text.strip() else None
