"""`meetingtool calendar`: a file for the manager's own calendar."""

from __future__ import annotations

from pathlib import Path

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import print_json, talk


@click.command(cls=Command)
@click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE.ics",
    help="The file to write; - for standard output.",
)
@click.option("--no-trainings", is_flag=True, help="Leave out who is to be trained, for a calendar that others see.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def calendar(opening: Opening, file: Path | None, no_trainings: bool, force: bool, for_programs: bool) -> None:
    """Write a calendar file with the next meeting, promises, actions and trainings that are due.

    Write it over the last one (--force) and import it again at any time: what is in the calendar already is updated,
    what was settled in the last 90 days is removed from it, and nothing appears twice. Nothing private is in it except
    trainings.
    """
    from meetingtool.actions.meeting.calendar import calendar_of, events, write_calendar

    if (file is None) is not for_programs:
        raise click.UsageError("Give --to FILE.ics, or --json.")
    if file is None:
        found = events(opening.desk(), trainings=not no_trainings)
        print_json([{"title": event.title, "at": event.at, "about": event.about} for event in found])
        return
    from meetingtool.rules.wording import count

    if str(file) == "-":
        click.echo(calendar_of(opening.desk(), trainings=not no_trainings)[0], nl=False)
        return
    written, number = write_calendar(opening.desk(), file, trainings=not no_trainings, force=force)
    talk(f"Written to {written}: {count(number, 'entry', 'entries')}.")
