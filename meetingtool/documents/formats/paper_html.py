"""Any paper as one self-contained HTML file: to read in a browser, to put into an e-mail, to print.

Every text is escaped where it is put in, and a policy in the file forbids everything but its own style.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

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

STYLE = Path(__file__).parents[1] / "templates" / "paper.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render(paper: Paper) -> str:
    """The whole paper as an HTML document."""
    title = escape(one_line(paper.title))
    subtitle = f'<p class="subtitle" dir="auto">{escape(one_line(paper.subtitle))}</p>\n' if paper.subtitle else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n"
        f'<body>\n<main>\n<h1 dir="auto">{title}</h1>\n{subtitle}'
        f"{''.join(_block(block) for block in paper.blocks)}</main>\n</body>\n</html>\n"
    )


def _inline(text: Inline) -> str:
    if isinstance(text, str):
        return escape(one_line(text))
    return "".join(
        f"<strong>{escape(visible(part.text))}</strong>" if isinstance(part, Strong) else escape(visible(part))
        for part in text
    )


def _block(block: Block) -> str:
    match block:
        case Heading(text=text, level=level):
            tag = f"h{min(max(level, 2), 6)}"
            return f'<{tag} dir="auto">{escape(one_line(text))}</{tag}>\n'
        case Paragraph(text=str(text)):
            parts = [part for part in visible(text).split("\n\n") if part.strip()]
            return "".join(f'<p dir="auto">{escape(part.strip()).replace(chr(10), "<br>")}</p>\n' for part in parts)
        case Paragraph(text=text):
            return f'<p dir="auto">{_inline(text)}</p>\n'
        case Items(items=entries):
            lines = []
            for item in entries:
                inner = "".join(f'<div class="inner" dir="auto">{_inline(line)}</div>' for line in item.inner)
                lines.append(f'<li dir="auto">{_inline(item.text)}{inner}</li>\n')
            return f"<ul>\n{''.join(lines)}</ul>\n"
        case Facts(pairs=pairs):
            rows = "".join(f"<dt>{escape(one_line(name))}</dt><dd>{_inline(value)}</dd>\n" for name, value in pairs)
            return f"<dl>\n{rows}</dl>\n"
        case Signatures(names=names):
            return "".join(f'<p class="signature">{escape(one_line(name))}<span>Date</span></p>\n' for name in names)
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    sides = [' class="right"' if column.right else "" for column in table.columns]
    heads = "".join(
        f"<th{side}>{escape(one_line(column.title))}</th>" for side, column in zip(sides, table.columns, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f'<td{side} dir="auto">{_inline(cell)}</td>' for side, cell in zip(sides, row, strict=True))
        + "</tr>\n"
        for row in table.rows
    )
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
