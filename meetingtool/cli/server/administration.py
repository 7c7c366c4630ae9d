"""What the administrator of a server does: schema, teams, members, and moving a folder there and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Command, Family
from meetingtool.cli.opening import Opening, named_place, pass_opening
from meetingtool.cli.printing import out, print_json, print_table, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.store.server.administration import Member, Membership
    from meetingtool.store.server.link import Link
    from meetingtool.store.server.moving import MovedWorkspace


@contextmanager
def linked(place: Path | str, *, to_set_up: bool = False) -> Iterator[Link]:
    """The connection to the server of an address; Refused for a folder. to_set_up: for any form of the schema, or
    none."""
    from meetingtool.store.server.address import EXAMPLE, read_address
    from meetingtool.store.server.administration import require_schema
    from meetingtool.store.server.link import Link, refuse_unsafe_host

    if isinstance(place, Path):
        raise Refused("This is for records on a server.", f"Name it with --data, such as {EXAMPLE.split('?')[0]}.")
    address = read_address(place, team=False)
    refuse_unsafe_host(address)
    link = Link(address)
    try:
        if not to_set_up:
            require_schema(link)
        yield link
    finally:
        link.close()


@click.group(cls=Family)
def server() -> None:
    """Set up a PostgreSQL server for many managers and HR, and look after it.

    All commands except `init` take the server from --data: postgresql://HOST/DATABASE.
    """


@server.command(cls=Command)
@click.argument("dsn", metavar="DSN")
@click.option("--run", "run_it", is_flag=True, help="Apply it, in one transaction.")
@click.option("--check", is_flag=True, help="Say what differs on the server; exits with 1 if anything does.")
def init(dsn: str, run_it: bool, check: bool) -> None:
    """Print the SQL that sets up a database for meetingtool, for an administrator to read.

    DSN: the database, as postgresql://HOST/DATABASE. Nothing is changed without --run. Running it again applies what a
    newer meetingtool brings.
    """
    from meetingtool.store.server.administration import WITHOUT_WAITING, scripts, set_up
    from meetingtool.store.server.comparison import differences

    if run_it and check:
        raise click.UsageError("--run or --check, not both.")
    if not run_it and not check:
        out(f"begin;\n{WITHOUT_WAITING};")
        for _, text in scripts():
            out(text.rstrip())
        out("commit;")
        return
    place = named_place(dsn)
    if isinstance(place, Path):
        raise Refused(f"{dsn} is not the address of a database.", "Such as postgresql://HOST/DATABASE.")
    with linked(place, to_set_up=True) as link:
        if run_it:
            done = set_up(link)
            said = f"Set up: form {done[-1]}." if done else "It is already set up; nothing was changed."
            talk(f"{said} Next: meetingtool server team add TEAM, meetingtool server member add LOGIN TEAM")
        found = differences(link)
        for sentence in found:
            out(sentence)
        if found and run_it:
            talk("! It is not as it should be: what is named above differs, and --run mends none of it.")
        if found:
            click.get_current_context().exit(1)
        if check:
            talk("The schema is as it should be.")


@server.group(cls=Family)
def team() -> None:
    """The teams on the server."""


@team.command("add", cls=Command)
@click.argument("name")
@click.option("--title", default="", help="What people call it; the name when left out.")
@pass_opening
def add_team(opening: Opening, name: str, title: str) -> None:
    """Make a team. NAME is the one in its address: harbour-desk."""
    from meetingtool.store.server import administration

    with linked(opening.place()) as link:
        administration.add_team(link, name, title)
    talk(f"Added. Let somebody manage it: meetingtool server member add LOGIN {name}")


@team.command("rename", cls=Command)
@click.argument("name")
@click.argument("title")
@pass_opening
def rename_team(opening: Opening, name: str, title: str) -> None:
    """Give a team another title; its name in the address stays."""
    from meetingtool.store.server import administration

    with linked(opening.place()) as link:
        administration.rename_team(link, name, title)
    talk(f"{name} is called {title.strip()} now.")


@team.command("close", cls=Command)
@click.argument("name")
@click.option("--reopen", is_flag=True, help="Reopen it for writing.")
@pass_opening
def close_team(opening: Opening, name: str, reopen: bool) -> None:
    """Close a team for writing. Its managers can still read it."""
    from meetingtool.store.server import administration

    with linked(opening.place()) as link:
        administration.close_team(link, name, again=reopen)
    talk("Reopened." if reopen else "Closed.")


@team.command("list", cls=Command)
@click.option("--json", "for_programs", is_flag=True, help="Print for programs.")
@pass_opening
def list_teams(opening: Opening, for_programs: bool) -> None:
    """List the teams with who manages them."""
    from meetingtool.rules import wording
    from meetingtool.store.server import administration

    with linked(opening.place()) as link:
        found = administration.teams(link)
    if for_programs:
        print_json(found)
        return
    rows = []
    for each in found:
        ends = [(m.login, _ends(m)) for m in each.members]
        members = ", ".join(f"{login} until {end}" if end else login for login, end in ends)
        title = wording.shortened(each.title, 60)
        rows.append((each.id, title, "closed" if each.closed else "", f"{each.deeds:,}", members))
    print_table(("Team", "Title", "State", "Deeds", "Managed by"), rows, right={3})


def _ends(entry: Member | Membership) -> str:
    """The last day of a deputy, in words; empty for good."""
    return f"a moment that can't be read ({entry.unread})" if entry.unread else str(entry.until or "")


@server.group(cls=Family)
def member() -> None:
    """Who manages a team: for good, or as a deputy for a time."""


@member.command("add", cls=Command)
@click.argument("login")
@click.argument("name", metavar="TEAM")
@click.option("--until", metavar="DAY", help="The last day, for a deputy.")
@pass_opening
def add_member(opening: Opening, login: str, name: str, until: str | None) -> None:
    """Let a login of the server manage a team. A successor is added, then the predecessor removed."""
    from meetingtool.rules.dates import Dates
    from meetingtool.store.server import administration

    last = Dates(opening.today, "day-first").read(until, "future") if until else None
    if last is not None and last < opening.today:
        raise Refused(
            f"{last} is over: {login} would manage nothing.", "Name a day to come; `member remove` ends it now."
        )
    with linked(opening.place()) as link:
        administration.add_member(link, login, name, last)
        is_of_hr = administration.is_of_hr(link, login)
    talk(f"{login} manages {name}" + (f" until {last}." if last else "."))
    if is_of_hr:
        talk(f"! {login} is of the HR office, too, and now reads the records of {name}.")


@member.command("log", cls=Command)
@click.option("--json", "for_programs", is_flag=True, help="Print for programs.")
@pass_opening
def member_log(opening: Opening, for_programs: bool) -> None:
    """List who let whom manage a team, and when: for the administrator in all teams, otherwise in one's own."""
    from meetingtool.store.server import administration

    with linked(opening.place()) as link:
        found = administration.memberships(link)
    if for_programs:
        print_json(found)
        return
    rows = ((f"{each.at:%Y-%m-%d %H:%M}", each.by, each.team, each.login, each.what, _ends(each)) for each in found)
    print_table(("When", "By", "Team", "Login", "What", "Until"), rows)
    if not found:
        talk("Since this log began nobody was let into a team of yours, or taken out of one.")


@member.command("remove", cls=Command)
@click.argument("login")
@click.argument("name", metavar="TEAM")
@pass_opening
def remove_member(opening: Opening, login: str, name: str) -> None:
    """Let a login manage a team no longer."""
    from meetingtool.store.server import administration

    with linked(opening.place()) as link:
        administration.remove_member(link, login, name)
    talk(f"{login} no longer manages {name}.")


@server.command("set-aside", cls=Command)
@click.argument("ref")
@click.option("--back", is_flag=True, help="Bring it back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def set_aside_(opening: Opening, ref: str, back: bool, yes: bool) -> None:
    """Take a record that no meetingtool can read out of the team's way.

    Nothing of it is deleted: it counts as removed, its versions stay on the server, and --back brings it back. What a
    newer meetingtool wrote is in that one's bin. --data names the team.
    """
    from meetingtool.cli.keeping.safekeeping import agreed
    from meetingtool.store.server import aside

    with linked(opening.place()) as link:
        record = aside.unread(link, ref)
        said = f"{record.kind} {record.id[-6:]}"
        if (aside.head_of(link, record.document).removed_at is not None) != back:
            raise Refused(f"{said} is not set aside." if back else f"{said} is set aside already.")
        asked = f"Set {said} aside? It stays on the server, and --back brings it back."
        if not back and not agreed(asked, yes=yes):
            return
        aside.set_aside(link, record, opening.now, back=back)
    talk(
        f"{said} is back."
        if back
        else f"{said} is set aside. Back with: meetingtool server set-aside {record.id[-6:]} --back"
    )


@server.command("import", cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("name", metavar="TEAM")
@pass_opening
def import_(opening: Opening, folder: Path, name: str) -> None:
    """Copy a folder's records into an empty team, with their former versions, the log and the finals.

    Run it as somebody who manages the team. All is counted and compared; the folder stays as it is.
    """
    from meetingtool.store.envelope import is_encrypted
    from meetingtool.store.server.moving import import_folder

    source = Opening(opening.clock)
    source.data = str(folder.expanduser())
    with linked(opening.place()) as link:
        envelope = source.envelope()
        _tell(import_folder(folder.expanduser(), link, name, envelope))
    if is_encrypted(folder.expanduser()):
        talk("On the server nothing is encrypted: its administrators can read it.")
    talk(f"The folder stays as it is. Continue with the team on the server, and keep {folder} as a copy.")


@server.command("export", cls=Command)
@click.argument("name", metavar="TEAM")
@click.argument("folder", type=click.Path(path_type=Path))
@pass_opening
def export(opening: Opening, name: str, folder: Path) -> None:
    """Copy a team's records into a new folder, with their former versions, the log and the finals."""
    from meetingtool.store.server.moving import export_team

    with linked(opening.place()) as link:
        _tell(export_team(link, name, folder.expanduser()))
    out(str(folder))


def _tell(moved: MovedWorkspace) -> None:
    out(
        f"{moved.records:,} records, {moved.former:,} former versions, {moved.deeds:,} deeds, {moved.finals:,} finals; "
        f"the same on both sides, SHA-256 {moved.digest}"
    )
    if moved.deleted:
        talk(f"! {moved.deleted:,} of the finals HR deleted on this server; they are not filed again.")
    if moved.left_out:
        more = f" and {len(moved.left_out) - 3:,} more" if len(moved.left_out) > 3 else ""
        talk(f"! Left out, because it can't be read: {', '.join(moved.left_out[:3])}{more}. It stays on the server.")
