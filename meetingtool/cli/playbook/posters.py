"""Papers for the wall and the counter: `meetingtool poster`, `cards`, `comment-card`, `interview`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import tell_written
from meetingtool.cli.printing import talk

F = TypeVar("F", bound=Callable[..., None])

_FORCE = click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
_TO = click.option("--to", "file", type=click.Path(path_type=Path), required=True, metavar="FILE.pdf", help="The file.")
_SHEETS = ("a3", "a4", "letter")


def _paper(usual: str, *papers: str) -> Callable[[F], F]:
    return click.option("--paper", type=click.Choice(papers), default=usual, show_default=True, help="The sheet.")


def _write(file: Path, make: Callable[[], bytes], force: bool) -> None:
    from meetingtool.actions.history.sharing import save_file
    from meetingtool.actions.playbook.posters import FORMS

    tell_written(save_file(file.expanduser(), FORMS, lambda _: make(), force=force))


@click.command(cls=Command)
@click.argument("what", type=click.Choice(["standards", "philosophy", "heard"]))
@_TO
@_paper("a3", *_SHEETS)
@_FORCE
@pass_opening
def poster(opening: Opening, what: str, file: Path, paper: str, force: bool) -> None:
    """Write a poster for the wall (PDF), in the largest type that fits on one sheet; a very long one continues on a
    second.

    Nothing private is on it.

    \b
    standards   with what each asks of you
    philosophy  what the team agreed on: vision, whom you serve, what you promise; without proposals
    heard       what was said in half a year, and what you did about it; `call heard` is the whole list
    """
    from meetingtool.actions.playbook import posters

    made = {
        "standards": posters.standards_poster,
        "philosophy": posters.philosophy_poster,
        "heard": posters.heard_poster,
    }
    desk = opening.desk()
    _write(file, lambda: made[what](desk, paper), force)
    if told := posters.more_sheets(lambda other: made[what](desk, other), paper):
        talk(told)


@click.command(cls=Command)
@click.argument("what", type=click.Choice(["standards"]), default="standards")
@_TO
@_paper("a4", *_SHEETS)
@_FORCE
@pass_opening
def cards(opening: Opening, what: str, file: Path, paper: str, force: bool) -> None:
    """Write the standards as cards to cut out, eight to a sheet (PDF)."""
    from meetingtool.actions.playbook.posters import standards_cards

    desk = opening.desk()
    _write(file, lambda: standards_cards(desk, paper), force)


@click.command("comment-card", cls=Command)
@_TO
@click.option(
    "--url", default="", metavar="ADDRESS", help="The address of your own survey: it is on the card as a QR code."
)
@_paper("a6", "a6", "a4", "letter")
@_FORCE
@pass_opening
def comment_card(opening: Opening, file: Path, url: str, paper: str, force: bool) -> None:
    """Write a card for customers to write on, or to scan with a telephone (PDF); on A4 and letter four to a sheet.

    What comes back is typed with `meetingtool said TEXT --card`.
    """
    from meetingtool.actions.playbook.posters import comment_card as made

    desk = opening.desk()
    _write(file, lambda: made(desk, url, paper), force)


@click.command(cls=Command)
@click.option("--format", "form", type=click.Choice(["txt", "md", "html", "pdf"]), help="The format.")
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file.")
@_FORCE
@pass_opening
def interview(opening: Opening, form: str | None, file: Path | None, force: bool) -> None:
    """Print a sheet for talking to somebody who wants to join: two questions for each standard, and what answers look
    like.

    No applicant is ever stored.
    """
    from meetingtool.actions.history.sharing import PAPER_FORMS, paper_bytes, save_file
    from meetingtool.actions.playbook.posters import interview_sheet
    from meetingtool.errors import Refused

    paper = interview_sheet(opening.desk())

    def content(wanted: str) -> bytes:
        return paper_bytes(paper, wanted, opening.today)

    if file is not None:
        tell_written(save_file(file.expanduser(), PAPER_FORMS, content, form=form or "", force=force))
    elif form == "pdf":
        raise Refused("A PDF can't be printed here.", "Name a file, such as --to interview.pdf.")
    else:
        click.echo(content(form or "txt"), nl=False)
