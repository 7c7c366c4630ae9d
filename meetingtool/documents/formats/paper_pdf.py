"""Any paper as a PDF: the agenda and the minutes, to print or to send."""

from __future__ import annotations

from datetime import date

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
    plain_text,
)
from meetingtool.documents.formats.typesetting import typeset
from meetingtool.rules.wording import one_line, visible

SIZES = {"a4": "a4", "letter": "us-letter"}
"""What Typst calls the sizes of paper."""


def paper_pdf(paper: Paper, made_on: date, *, private: bool = False) -> bytes:
    """The paper as a tagged PDF; the same paper on the same day gives the same bytes.

    private: whether it is for the manager only, which every page then says. NotTypeset when Typst refuses.
    """
    data = {
        "title": one_line(paper.title),
        "subtitle": one_line(paper.subtitle),
        "state": "For the manager only" if private else "",
        "private": private,
        "paper": SIZES["a4"],
        "whole_sections": paper.whole_sections,
        "blocks": [_block(block) for block in paper.blocks],
    }
    return typeset("paper.typ", data, made_on)


def _line(text: Inline) -> dict[str, object]:
    """A line in parts. whole: all its words, which decide the direction; plain: nothing in it is bold."""
    if isinstance(text, str):
        words = visible(text)
        return {"whole": words, "plain": True, "parts": [{"text": words, "strong": False}]}
    parts = [
        {"text": visible(part.text if isinstance(part, Strong) else part), "strong": isinstance(part, Strong)}
        for part in text
    ]
    return {"whole": visible(plain_text(text)), "plain": False, "parts": parts}


def _block(block: Block) -> dict[str, object]:
    kind = type(block).__name__
    match block:
        case Heading(text=text, level=level):
            return {"type": kind, "text": one_line(text), "level": level}
        case Paragraph(text=str(text)) if text and not text.strip("_"):
            return {"type": "Line"}
        case Paragraph(text=text):
            return {"type": kind, "line": _line(text)}
        case Items(items=entries):
            lists = [{"text": _line(item.text), "inner": [_line(line) for line in item.inner]} for item in entries]
            return {"type": kind, "items": lists}
        case Facts(pairs=pairs):
            return {"type": kind, "pairs": [[one_line(name), _line(value)] for name, value in pairs]}
        case Table(columns=columns, rows=rows):
            return {
                "type": kind,
                "columns": [{"title": one_line(column.title), "right": column.right} for column in columns],
                "rows": [[_line(cell) for cell in row] for row in rows],
            }
        case Signatures(names=names):
            return {"type": kind, "names": [one_line(name) for name in names]}
