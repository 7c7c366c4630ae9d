"""Markdown: text is shown as it was typed, whatever is in it, and the plain file is still readable.

Escaped for CommonMark with GitHub's tables and strike-through (spec.commonmark.org, github.github.com/gfm).
"""

from __future__ import annotations

import re

from meetingtool.documents.formats.paper import (
    Block,
    Facts,
    Heading,
    Inline,
    Items,
    Paper,
    Paragraph,
    Signatures,
    Strong,
    Table,
)
from meetingtool.rules.wording import one_line, visible

_ANYWHERE = str.maketrans({mark: "\\" + mark for mark in "\\`*_[]|~"} | {"<": "&lt;"})
_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_AT_START = re.compile(r"(?=[#>:]|[-+](?:\s|$)|-+\s*$|=+\s*$)")
_NUMBERED = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_CLOSING = re.compile(r"(?<!\S)(#+)$")
_BACKSLASHED = r"\\\1"
_TO_SIGN_ON = "_" * 30
_FOR_THE_DATE = "_" * 12


def escaped(text: str, *, at_start: bool = True) -> str:
    """One line of `text` so that Markdown shows it as typed. at_start: nothing of ours comes before it on its line."""
    line = _ENTITY.sub("&amp;", one_line(text)).translate(_ANYWHERE)
    if at_start:
        if _AT_START.match(line):
            line = "\\" + line
        line = _NUMBERED.sub(r"\1\\", line, count=1) if _NUMBERED.match(line) else line
    return line


def _inline(text: Inline, *, at_start: bool = True) -> str:
    if isinstance(text, str):
        return escaped(text, at_start=at_start)
    out = ""
    for part in text:
        if isinstance(part, Strong):
            words = escaped(part.text, at_start=False)
            out += f"**{words}**" if words else ""
        else:
            out += _spaced(part, at_start=at_start and not out)
    return out.strip()


def _spaced(text: str, *, at_start: bool) -> str:
    """`escaped`, keeping a blank at either end."""
    line = escaped(text, at_start=at_start)
    if not line:
        return " " if text and not at_start else ""
    before = " " if text[:1].isspace() and not at_start else ""
    return before + line + (" " if text[-1:].isspace() else "")


def _paragraphs(text: Inline) -> str:
    """Lines as typed: a single line break stays one, blank lines separate paragraphs."""
    if not isinstance(text, str):
        return _inline(text)
    lines = [escaped(line) for line in visible(text).split("\n")]
    out: list[str] = []
    for number, line in enumerate(lines):
        if line:
            broken = number + 1 < len(lines) and lines[number + 1]
            out.append(line + ("  " if broken else ""))
        elif out and out[-1]:
            out.append("")
    return "\n".join(out).rstrip("\n")


def _heading(text: str, level: int) -> str:
    """A heading: `#` signs at its end would be taken for closing ones, so they are escaped."""
    return f"{'#' * level} {_CLOSING.sub(_BACKSLASHED, escaped(text, at_start=False))}"


def _table(table: Table) -> str:
    heads = [escaped(column.title, at_start=False) or " " for column in table.columns]
    rule = ["---:" if column.right else "---" for column in table.columns]
    rows = [heads, rule, *([_inline(cell, at_start=False) for cell in row] for row in table.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _block(block: Block) -> str:
    match block:
        case Heading(text=text, level=level):
            return _heading(text, level)
        case Paragraph(text=text):
            return _paragraphs(text)
        case Items(items=entries):
            lines = []
            for item in entries:
                lines.append(f"- {_inline(item.text)}")
                lines += [f"  - {_inline(line)}" for line in item.inner]
            return "\n".join(lines)
        case Facts(pairs=pairs):
            return "  \n".join(
                f"**{escaped(name, at_start=False)}:** {_inline(value, at_start=False)}" for name, value in pairs
            )
        case Signatures(names=names):
            return "\n\n".join(f"{escaped(name)}: {_TO_SIGN_ON} Date: {_FOR_THE_DATE}" for name in names)
        case Table():
            return _table(block)


def render(paper: Paper) -> str:
    """The whole paper as Markdown, ending in a line break."""
    parts = [_heading(paper.title, 1)]
    if paper.subtitle:
        parts.append(escaped(paper.subtitle))
    parts += [_block(block) for block in paper.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"
