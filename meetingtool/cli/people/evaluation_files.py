"""Evaluations as files: writing them, and checking whether one is what was finalised."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from meetingtool.cli.arguments import Who
from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.people.evaluation_arguments import year_option
from meetingtool.cli.people.scores import period_of_option, there_in
from meetingtool.cli.printing import out, progress_told, talk

FORMATS = ("pdf", "md", "html", "xlsx", "csv", "json", "team")
"""The same as in `actions.people.exports`, which is not loaded just to show the help."""


@click.command(cls=Command)
@click.argument("who", nargs=-1, type=Who())
@click.option("--all", "everyone", is_flag=True, help="Export everybody who was on the team in the period.")
@year_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    default=("pdf",),
    show_default=True,
    help="The format: a paper to hand over, a page to read, a workbook, a table for an HR system, the whole content, "
    "one page on the team for you and the HR office. May be repeated.",
)
@click.option(
    "--paper", type=click.Choice(["a4", "letter"]), help="The size of the paper; that of the settings if left out."
)
@click.option("--to", "folder", type=click.Path(path_type=Path), metavar="DIR", help="The folder to write to.")
@click.option(
    "--zip", "archive", type=click.Path(path_type=Path), metavar="FILE", help="One ZIP file instead of a folder."
)
@click.option(
    "--for",
    "reader",
    type=click.Choice(["manager", "employee"]),
    default="manager",
    show_default=True,
    help="Whose copy: the employee's is without what is private, and says what was left out.",
)
@click.option("--for-employee", is_flag=True, help="The same as --for employee.")
@click.option("--edition", type=click.IntRange(1), metavar="N", help="A locked edition instead of the current one.")
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@pass_opening
def export(
    opening: Opening,
    who: tuple[str, ...],
    everyone: bool,
    period: str | None,
    formats: tuple[str, ...],
    paper: Literal["a4", "letter"] | None,
    folder: Path | None,
    archive: Path | None,
    reader: str,
    for_employee: bool,
    edition: int | None,
    force: bool,
) -> None:
    """Write evaluations to a folder or into a ZIP file: all of them, or none.

    One that is shared or final is written as it was then; a draft as the records are now.
    """
    from meetingtool.actions.people.exports import export_evaluations
    from meetingtool.actions.reading import person_named

    if everyone == bool(who):
        raise click.UsageError("Say whose: @who, or --all.")
    to = folder or archive
    if to is None or (folder and archive):
        raise click.UsageError("Say where to: --to DIR, or --zip FILE.")
    desk = opening.desk()
    span = period_of_option(desk, period)
    people = there_in(desk, span) if everyone else [person_named(desk.roster, name) for name in who]
    told: list[str] = []
    with progress_told(len(people), "Writing evaluations") as progress:
        written = export_evaluations(
            desk.workspace,
            people,
            span,
            formats,
            to.expanduser(),
            opening.now,
            paper=paper or desk.settings.paper,
            archive=archive is not None,
            force=force,
            for_employee=for_employee or reader == "employee",
            edition=edition,
            progress=progress,
            tell=told.append,
        )
    for path in written:
        out(str(path))
    for sentence in told:
        talk(f"! {sentence}")


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--reason", default="", help="Why an answer already noted is changed; both will be on the paper.")
@pass_opening
def answer(opening: Opening, file: Path, reason: str) -> None:
    """Import the answer that an employee saved from the HTML copy: it is bound to what was shared.

    `evaluation export @who --for employee --format html` writes that copy; it works from a file, without a network.
    """
    from meetingtool.actions.people.answer_files import take_answer
    from meetingtool.cli.people.evaluation_arguments import tell_answer, tell_evaluation
    from meetingtool.rules.people.periods import between

    desk = opening.desk()
    changed, person = take_answer(desk.workspace, file.expanduser(), opening.now, reason=reason)
    tell_evaluation(changed, person, between(changed.since, changed.until, desk.settings.year_starts))
    tell_answer(changed)


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@pass_opening
def verify(opening: Opening, file: Path) -> None:
    """Say whether an exported file is what was finalised, by the digest in the records.

    JSON, Markdown, HTML and PDF files can be verified. The exit code is 1 when the file is not what was finalised.
    """
    from meetingtool.actions.people.verification import verify_file

    verdict = verify_file(opening.desk().workspace, file.expanduser())
    (out if verdict.same else talk)(verdict.words)
    if not verdict.same:
        click.get_current_context().exit(1)
