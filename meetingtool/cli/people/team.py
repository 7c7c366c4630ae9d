"""`meetingtool team`: the people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Day, Who
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import can_ask, out, print_json, print_table, sure, talk
from meetingtool.cli.stories.sorting import tell_marks
from meetingtool.cli.tables import DayOrder, TableOptions, table_options

if TYPE_CHECKING:
    from meetingtool.actions.people.leaving import OpenOfLeaver
    from meetingtool.importers.roster_rows import RosterDraft
    from meetingtool.records.people import Person, Thanks


_THANKS = "How they like to be thanked."


@click.group(cls=Family)
def team() -> None:
    """The people on the team."""


def as_json(person: Person, today: date) -> dict[str, object]:
    """A person for programs."""
    return {
        "id": person.id,
        "ref": person.ref,
        "handle": person.handle,
        "name": person.name,
        "nicknames": person.nicknames,
        "role": person.role,
        "email": person.email,
        "number": person.number,
        "started": person.started,
        "left": person.left,
        "on_team": person.on_team(today),
        "former_handles": person.former_handles,
        "thanks": person.thanks,
        "meets_customers": person.meets_customers,
    }


@team.command("list")
@click.option("--all", "everyone", is_flag=True, help="Also show those who have left or are yet to start.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_people(opening: Opening, everyone: bool, for_programs: bool) -> None:
    """List the people on the team."""
    from meetingtool.rules import wording

    desk = opening.desk()
    people = desk.roster.everyone if everyone else desk.roster.people
    today = opening.today
    if for_programs:
        print_json([as_json(person, today) for person in people])
    elif people:
        print_table(
            ("Handle", "Name", "Role", "Since", "Last day"),
            (
                (
                    f"@{person.handle}",
                    person.name,
                    person.role,
                    wording.day(person.started, today) if person.started else "",
                    wording.day(person.left, today) if person.left else "",
                )
                for person in people
            ),
        )
    away = len(desk.roster.everyone) - len(people)
    if not people:
        talk("Nobody is on the team. Add people with `meetingtool team add NAME` or `meetingtool team import FILE`.")
    if away and not for_programs:
        talk(f"{wording.count(away, 'person', 'people')} not on the team today: see `meetingtool team list --all`.")


@team.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--handle", default="", help="What @ is followed by; made from the name when left out.")
@click.option("--nickname", "nicknames", multiple=True, help="Another name that people use; may be repeated.")
@click.option("--role", default="", help="What the person does.")
@click.option("--email", default="", help="The e-mail address.")
@click.option("--number", default="", help="The employee number of the HR system.")
@click.option("--started", type=Day(), help="First day on the team.")
@click.option("--thanks", type=click.Choice(["ask", "public", "private"]), default="ask", help=_THANKS)
@pass_opening
def add(
    opening: Opening,
    name: tuple[str, ...],
    handle: str,
    nicknames: tuple[str, ...],
    role: str,
    email: str,
    number: str,
    started: str | None,
    thanks: Thanks,
) -> None:
    """Add a person. The name needs no quotes."""
    from meetingtool.actions.people.team import add_person, namesake
    from meetingtool.actions.stories.kept_back import counted

    opening.desk()
    workspace = opening.workspace()
    person, changed = counted(
        workspace,
        lambda: add_person(
            workspace,
            " ".join(name),
            opening.now,
            handle=handle,
            nicknames=nicknames,
            role=role,
            email=email,
            number=number,
            started=opening.day(started, "past"),
            thanks=thanks,
        ),
    )
    out(f"@{person.handle}  {person.name}")
    if changed:
        talk(changed)
    other = namesake(workspace, person, opening.now)
    if other is not None:
        merge = f"meetingtool team merge @{other.handle} @{person.handle}"
        talk(f"Somebody of that name was on the team already, as @{other.handle}. If they are one person: {merge}")
    tell_marks(opening, person.id)


@team.command()
@click.argument("who", type=Who())
@click.option("--name", help="The name in full.")
@click.option("--handle", help="A new handle; the former one still finds the person.")
@click.option("--nickname", "nicknames", multiple=True, help="Replaces all nicknames; may be repeated.")
@click.option("--no-nicknames", is_flag=True, help="Remove all nicknames.")
@click.option("--role", help="What the person does.")
@click.option("--email", help="The e-mail address.")
@click.option("--number", help="The employee number of the HR system.")
@click.option("--started", type=Day(), help="First day on the team.")
@click.option("--thanks", type=click.Choice(["ask", "public", "private"]), help=_THANKS)
@click.option("--meets-customers/--meets-no-customers", default=None, help="Whether customers could name them at all.")
@pass_opening
def edit(
    opening: Opening,
    who: str,
    name: str | None,
    handle: str | None,
    nicknames: tuple[str, ...],
    no_nicknames: bool,
    role: str | None,
    email: str | None,
    number: str | None,
    started: str | None,
    thanks: Thanks | None,
    meets_customers: bool | None,
) -> None:
    """Change a person's details."""
    from meetingtool.actions.people.team import edit_person
    from meetingtool.actions.reading import person_named
    from meetingtool.actions.stories.kept_back import counted

    given = (name, handle, role, email, number, started, thanks, meets_customers)
    if not (nicknames or no_nicknames) and set(given) == {None}:
        raise click.UsageError("Say what to change, such as --role or --handle.")
    workspace = opening.workspace()
    person, changed = counted(
        workspace,
        lambda: edit_person(
            workspace,
            person_named(opening.roster(), who),
            opening.now,
            name=name,
            handle=handle,
            nicknames=() if no_nicknames else nicknames or None,
            role=role,
            email=email,
            number=number,
            started=opening.day(started, "past"),
            thanks=thanks,
            meets_customers=meets_customers,
        ),
    )
    out(f"@{person.handle}  {person.name}")
    if changed:
        talk(changed)
    tell_marks(opening, person.id)


@team.command()
@click.argument("who", type=Who())
@click.option("--on", "last_day", type=Day(), help="The last day on the team; today when left out.")
@click.option("--back", is_flag=True, help="Remove the leaving date.")
@click.option("--hand-to", "heir", type=Who(), help="Hand what is still open in their name to this person.")
@pass_opening
def leave(opening: Opening, who: str, last_day: str | None, back: bool, heir: str | None) -> None:
    """Note that a person leaves. Their records stay; what is still open in their name is listed, to be handed over."""
    from meetingtool.actions.people import leaving
    from meetingtool.actions.people import team as actions
    from meetingtool.actions.reading import person_named
    from meetingtool.rules import wording

    if back and (last_day or heir):
        raise click.UsageError("Give either --on and --hand-to, or --back.")
    day = None if back else opening.day(last_day, "past") or opening.today
    desk = opening.desk()
    person = person_named(desk.roster, who)
    to = person_named(desk.roster, heir) if heir else None
    if to is not None:
        leaving.checked_heir(person, to, opening.today)
    person = actions.leave(opening.workspace(), person, day, opening.now)
    if person.left is None:
        out(f"@{person.handle}  {person.name} is on the team")
        return
    out(f"@{person.handle}  {person.name}: last day {wording.day(person.left, opening.today)}")
    left_open = leaving.open_of(desk, person)
    if not left_open:
        return
    if to is not None:
        leaving.hand_over(opening.workspace(), left_open, to, opening.now)
    _tell_open(left_open, to, opening)


def _tell_open(left: OpenOfLeaver, to: Person | None, opening: Opening) -> None:
    """What was open in the name of somebody who leaves, and how to hand it over."""
    from meetingtool.rules import wording
    from meetingtool.rules.customers.complaints import due_words
    from meetingtool.rules.customers.workdays import calendar_of

    today, person = opening.today, left.person
    if to is not None:
        talk(f"Handed to {wording.one_line(to.name)}: {left.words}.")
    else:
        talk(f"Still open in the name of {wording.one_line(person.name)}: {left.words}.")
    for follow_up in left.follow_ups:
        talk(f"  {follow_up.ref}  {wording.due(follow_up.due, today)}  {wording.shortened(follow_up.text, 80)}")
    calendar = calendar_of(opening.desk().settings.service)
    for step in left.steps:
        complaint = step.complaint
        whose = f" of {wording.one_line(complaint.customer)}" if complaint.customer else ""
        said = f"complaint{whose}: {wording.shortened(complaint.text, 60)}"
        talk(f"  {complaint.ref}  {due_words(step.by, today, calendar)}  {said}")
    if to is None:
        talk(f"meetingtool team leave @{person.handle} --on {person.left} --hand-to @WHO hands all of it over.")


@team.command()
@click.argument("keep", type=Who())
@click.argument("double", type=Who())
@click.option("--dry-run", is_flag=True, help="Show what would move, without doing it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def merge(opening: Opening, keep: str, double: str, dry_run: bool, yes: bool) -> None:
    """Merge two entries of the same person: KEEP stays, and everything of DOUBLE becomes KEEP's.

    Stories, promises, ratings, meetings and evaluations move over; what is final stays word for word. From then on
    DOUBLE's handle finds KEEP. `undo` reverses it.
    """
    from meetingtool.actions.people.one_person import merge as make_one
    from meetingtool.actions.people.one_person import plan_merge
    from meetingtool.actions.reading import person_named
    from meetingtool.actions.stories.kept_back import counted
    from meetingtool.cli.keeping.safekeeping import agreed

    desk = opening.desk()
    kept, other = (person_named(desk.roster, who) for who in (keep, double))
    plan = plan_merge(desk.workspace, kept, other, opening.now)
    talk(plan.in_words())
    if dry_run or not agreed(f"Merge @{plan.double.handle} into @{kept.handle}?", yes):
        return
    person, changed = counted(desk.workspace, lambda: make_one(desk.workspace, plan, opening.now))
    out(f"@{person.handle}  {person.name}")
    if changed:
        talk(changed)
    tell_marks(opening, person.id)


@team.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@table_options()
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@pass_opening
def import_(
    opening: Opening,
    file: Path,
    options: TableOptions,
    dry_run: bool,
) -> None:
    """Import people from a CSV file or a spreadsheet.

    Columns are found by their names, in the file of any HR system; it reports which was read as what. People already
    known are updated; a blank cell changes nothing. An employee number, a handle or an e-mail address identifies
    somebody only if a word of the name matches, too: nobody is renamed by a number alone. Where it could be a new name
    of somebody, you are asked; without a terminal they are added, and `team merge` is named.

    Fields for --column: name, first, middle, addition, prefix, last, last2, suffix, nicknames, handle, role,
    department, email, number, started, rehired, left, status. Several columns can say who has left: --column left=Exit
    --column left=End. Without a header line, give the position: --column last=1 --column first=2.
    """
    from meetingtool.actions.people import team as actions
    from meetingtool.actions.stories.kept_back import counted
    from meetingtool.rules import wording

    desk = opening.desk()
    draft = read_people(file, opening.today, options, desk.settings.day_order)
    said = _asked(opening, draft)
    act = actions.plan_import if dry_run else actions.import_people
    workspace = opening.workspace()
    done, changed = counted(workspace, lambda: act(workspace, draft.rows, opening.now, draft.gone, said))
    rows = [("new", person) for person in done.added] + [("changed", person) for person in done.changed]
    if rows:
        today = opening.today
        print_table(
            ("", "Handle", "Name", "Role", "Since", "Last day"),
            (
                (
                    what,
                    f"@{person.handle}",
                    person.name,
                    person.role,
                    wording.day(person.started, today) if person.started else "",
                    wording.day(person.left, today) if person.left else "",
                )
                for what, person in rows
            ),
        )
    for note in (*done.notes, *filter(None, [changed])):
        talk(note)
    if not dry_run:
        tell_marks(opening, *(person.id for person in (*done.added, *done.changed)))
    numbers = [
        wording.count(len(done.added), "person", "people") + (" would be added" if dry_run else " added"),
        f"{len(done.changed):,} {'would change' if dry_run else 'changed'}",
        f"{done.same:,} unchanged",
    ]
    talk(f"{', '.join(numbers)}." + (" Nothing was changed; run it again without --dry-run." if dry_run else ""))


def _asked(opening: Opening, draft: RosterDraft) -> dict[int, bool]:
    """Whether new people are the known ones they resemble, as somebody at the terminal answers; empty where nobody can
    be asked."""
    from meetingtool.actions.people.team import plan_import

    said: dict[int, bool] = {}
    while can_ask():
        plan = plan_import(opening.workspace(), draft.rows, opening.now, draft.gone, said)
        if not plan.doubts:
            break
        doubt = plan.doubts[0]
        said[doubt.index] = sure(f"{doubt.why} Is it the same person?")
    return said


def read_people(file: Path, today: date, options: TableOptions, usual: DayOrder = "day-first") -> RosterDraft:
    """The people in a file; prints what was mapped and what was left out. usual: how the team writes dates."""
    from meetingtool.importers.roster import read_roster
    from meetingtool.importers.roster_fields import ROSTER_FIELDS

    sheet = options.read(file, ROSTER_FIELDS)
    return options.drafted(lambda order: read_roster(sheet, today, order, options.columns, usual))
