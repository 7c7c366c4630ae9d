"""Printing a paper, or writing it to a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

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
        written = save_paper(paper, file.expanduser(), made_on, form=form, private=private, force=force)
        talk(f"Written to {written}.")
    elif form == "pdf":
        raise Refused("A PDF can't be printed here.", "Name a file, such as --to agenda.pdf.")
    else:
        out(paper_bytes(paper, form, made_on).decode("utf-8").rstrip("\n"))
