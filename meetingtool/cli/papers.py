"""Printing a paper, or writing it to a file; and listings as tables to keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from meetingtool.cli.printing import out, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.documents.formats.paper import Paper


def print_paper(
    paper: Paper, form: str, file: Path | None, force: bool, made_on: date, *, private: bool = False
) -> None:
    """Print a paper or write it to a file, whole or not at all. A PDF can only go to a file."""
    from meetingtool.actions.meeting.papers import paper_bytes, save_paper

    if file is not None:
        tell_written(save_paper(paper, file.expanduser(), made_on, form=form, private=private, force=force))
    elif form == "pdf":
        raise Refused("A PDF can't be printed here.", "Name a file, such as --to agenda.pdf.")
    else:
        out(paper_bytes(paper, form, made_on).decode("utf-8").rstrip("\n"))


def tell_written(file: Path) -> None:
    """Tell where a paper is, and if letters in it appear as boxes."""
    from meetingtool.actions.history.sharing import boxes_in_saved

    talk(f"Written to {file}.")
    if boxes := boxes_in_saved(file):
        talk(boxes)


def print_csv(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print these columns of what programs get, as CSV."""
    from meetingtool.documents.formats.tables import csv_text

    click.echo(csv_text(keys, (tuple(row[key] for key in keys) for row in rows)), nl=False)


def print_markdown(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print the table that people get as Markdown."""
    from meetingtool.documents.formats import markdown
    from meetingtool.documents.formats.paper import Column, Paper, Table

    table = Table(tuple(map(Column, heads)), tuple(map(tuple, rows)))
    out(markdown.render(Paper(title, "", (table,))).rstrip("\n"))
