"""`meetingtool init`, `demo` and `where`: the workspace itself."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import ask, can_ask, interactive, out, talk
from meetingtool.cli.tables import TableOptions, table_options
from meetingtool.errors import Refused

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@click.command(cls=Command)
@pass_opening
def where(opening: Opening) -> None:
    """Print the workspace's folder, or the address of the team on a server."""
    place = opening.place()
    click.echo(place)
    if not isinstance(place, Path):
        from platformdirs import user_state_path

        beside = user_state_path("meetingtool", appauthor=False) / "servers"
        talk(f"The records are on that server. Half-typed text, and what waits to be sent to it, is in {beside}.")
    elif not (place / "team.json").exists():
        talk("There is no workspace there yet; `meetingtool init` makes one, and so does the app.")


@click.command(cls=Command)
@click.option("--team", "team_name", help="The team's name.")
@click.option(
    "--people", type=click.Path(path_type=Path), metavar="FILE", help="A CSV file or spreadsheet with the people."
)
@table_options("With --people: ")
@click.option(
    "--weekday",
    type=click.Choice(WEEKDAYS, case_sensitive=False),
    default="tuesday",
    show_default=True,
    help="The day of the weekly meeting.",
)
@click.option("--clock", default="09:00", show_default=True, metavar="HH:MM", help="When it starts.")
@click.option("--currency", default="USD", show_default=True, help="The team's currency, in three letters.")
@pass_opening
def init(
    opening: Opening,
    team_name: str | None,
    people: Path | None,
    options: TableOptions,
    weekday: str,
    clock: str,
    currency: str,
) -> None:
    """Set up a workspace: the team's name, its people, and starter standards, agenda and questions."""
    from meetingtool.actions.reading import roster_of
    from meetingtool.actions.settings import change_settings
    from meetingtool.actions.start import set_up
    from meetingtool.cli.people.team import read_people
    from meetingtool.rules import wording
    from meetingtool.rules.hours import checked_clock
    from meetingtool.rules.settings import checked_currency

    if team_name is None:
        if not can_ask():
            raise click.UsageError('Say what the team is called: meetingtool init --team "Front desk"')
        team_name = ask("What is the team called? ")
    rows = read_people(people, opening.today, options).rows if people else ()
    checked_clock(clock)
    checked_currency(currency)
    place = opening.place()
    foreign = _foreign_in(place) if isinstance(place, Path) else ()
    workspace = opening.workspace(create=True)
    settings = set_up(
        workspace,
        team_name,
        opening.now,
        people=rows,
        weekday=WEEKDAYS.index(weekday.lower()),
        clock=clock,
        currency=currency,
    )
    if options.day_order:
        settings = change_settings(workspace, opening.now, day_order=options.day_order)
    roster = roster_of(workspace, opening.today)
    out(f"{settings.team}  {place}")
    if foreign:
        talk(f"The folder was not empty: {wording.listed(foreign)}. Those files stay as they are.")
    talk(
        f"Set up with {wording.count(len(roster.people), 'person', 'people')} and "
        f"{wording.count(len(roster.standards), 'standard')}. Next: `meetingtool` opens the app, "
        "`meetingtool win TEXT` records a win, `meetingtool team add NAME` adds somebody."
    )


def _foreign_in(folder: Path) -> list[str]:
    """The names of what is in the folder and doesn't belong to a workspace, with a number for those beyond the
    third."""
    from meetingtool.rules.keeping.own_names import is_own

    try:
        names = sorted(path.name for path in folder.iterdir() if not is_own((path.name,)))
    except OSError:
        return []  # the folder is made now, or opening it says what is wrong
    return names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} more"]


@click.command(cls=Command)
@click.option("--keep", type=click.Path(path_type=Path), metavar="DIR", help="Write it to this folder; open nothing.")
@pass_opening
def demo(opening: Opening, keep: Path | None) -> int:
    """Open the app on a sample team, in a workspace that is thrown away afterwards.

    The team has a year of meetings behind it, ending last week. Your own workspace is not touched.
    """
    if keep is not None:
        _keep_sample(keep.expanduser(), opening)
        return 0
    if not interactive():
        raise Refused("The app needs a terminal.", "`meetingtool demo --keep DIR` writes the sample team to a folder.")
    from tempfile import TemporaryDirectory

    from meetingtool.tui import run as run_app

    with TemporaryDirectory(prefix="meetingtool-", ignore_cleanup_errors=True) as folder:
        _make_sample(Path(folder) / "sample", opening)
        opening.data = str(Path(folder) / "sample")
        return run_app(Path(folder) / "sample", sample=True, unlock=opening.unlocked_anew)


def _keep_sample(folder: Path, opening: Opening) -> None:
    try:
        free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError as error:
        raise Refused(f"{folder} can't be read: {error.strerror}.", "Name another folder.") from None
    if not free:
        raise Refused(f"{folder} is not an empty folder.", "Name an empty or a new one.")
    _make_sample(folder, opening)
    out(str(folder))
    talk(f"Open it with: meetingtool --data {shlex.quote(str(folder))}")


def _make_sample(folder: Path, opening: Opening) -> None:
    from meetingtool.actions.sample import load_sample
    from meetingtool.store import Workspace

    talk("Making the sample team ...")
    with Workspace.open(folder, create=True) as workspace:
        load_sample(workspace, opening.now)
