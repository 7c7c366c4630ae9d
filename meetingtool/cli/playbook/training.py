"""`meetingtool training`: who was trained in what, who is due, and the register of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Day, Ref, Who, paired
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import SIGN, out, print_json, print_table, talk
from meetingtool.cli.tables import TableOptions, table_options
from meetingtool.errors import Unclear

if TYPE_CHECKING:
    from meetingtool.actions.playbook.training import Took
    from meetingtool.records.training import Session
    from meetingtool.rules.roster import Roster

JSON = click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
FORMAT = click.option("--format", "form", type=click.Choice(["csv"]), help="Print CSV.")


@click.group(cls=Family)
def training() -> None:
    """Who was trained in what, and who is due. For you only.

    A course is named by its title, by its beginning or by a part of it, such as complains for When somebody complains.
    """


def _took(
    opening: Opening,
    done: tuple[str, ...],
    part: tuple[str, ...],
    absent: tuple[str, ...],
    excused: tuple[str, ...],
    everyone: bool,
    day: date,
) -> list[Took]:
    """Everybody who was named, with how it went; with `everyone` also those on the team who weren't named, as done."""
    from meetingtool.actions.playbook.training import Took
    from meetingtool.actions.reading import person_named

    roster = opening.roster()
    reasons = paired(excused, "--excuse")
    found = [Took(person_named(roster, name)) for name in done]
    found += [Took(person_named(roster, name), "part") for name in part]
    found += [Took(person_named(roster, name), "absent") for name in absent]
    found += [Took(person_named(roster, name), "excused", why) for name, why in reasons.items()]
    if everyone:
        named = {took.person.id for took in found}
        found += [Took(p) for p in roster.everyone if p.on_team(day) and p.id not in named]
    return found


_WHO = (
    click.option("--part", "part", multiple=True, type=Who(), help="Did part of it; does not count as done yet."),
    click.option("--absent", "absent", multiple=True, type=Who(), help="Was not there."),
    click.option("--excuse", "excused", multiple=True, metavar="@WHO=WHY", help="Is excused from it this time."),
    click.option("--minutes", type=int, help="How long it took; that of the course when left out."),
    click.option("--led-by", help="Who led it."),
    click.option("--noticed", help="What was seen in the group; no grades for anyone."),
)


@training.command()
@click.argument("named", metavar="COURSE")
@click.argument("done", metavar="[@WHO]...", nargs=-1, type=Who())
@click.option("--everyone", is_flag=True, help="Everybody on the team who isn't named otherwise.")
@_WHO[0]
@_WHO[1]
@_WHO[2]
@click.option("--on", "day", type=Day(), help="The day it was held; today when left out.")
@_WHO[3]
@_WHO[4]
@_WHO[5]
@click.option("--role-play", "play", metavar="REF", help="The role-play that was played.")
@pass_opening
def record(
    opening: Opening,
    named: str,
    done: tuple[str, ...],
    everyone: bool,
    part: tuple[str, ...],
    absent: tuple[str, ...],
    excused: tuple[str, ...],
    day: str | None,
    minutes: int | None,
    led_by: str | None,
    noticed: str | None,
    play: str | None,
) -> None:
    """Record that a course was held, with who did it.

    \b
    meetingtool training record complains @maria @tom --absent @karim
    meetingtool training record "The standards" --everyone --excuse @zoe="on leave" --on fri
    """
    from meetingtool.actions.playbook.courses import course_named
    from meetingtool.actions.playbook.training import record_session
    from meetingtool.cli.playbook.scenarios import find_scenario

    workspace = opening.desk().workspace
    on = opening.day(day, "past")
    session = record_session(
        workspace,
        course_named(workspace, named),
        _took(opening, done, part, absent, excused, everyone, on or opening.today),
        opening.now,
        on=on,
        minutes=minutes,
        led_by=led_by or "",
        scenario=find_scenario(opening, play).id if play else None,
        noticed=noticed or "",
    )
    _tell(session, opening)


def _tell(session: Session, opening: Opening) -> None:
    from meetingtool.rules import wording
    from meetingtool.rules.kinds.training import outcome_words

    roster = opening.roster()
    parts = [
        session.title or "all courses",
        wording.day(session.at.date(), opening.today),
        outcome_words(session, roster),
    ]
    out(f"training {session.ref}  {SIGN.join(parts)}")


@training.command()
@click.argument("ref", type=Ref("training"))
@click.option("--done", "done", multiple=True, type=Who(), help="Did it.")
@_WHO[0]
@_WHO[1]
@_WHO[2]
@_WHO[3]
@_WHO[4]
@_WHO[5]
@pass_opening
def edit(
    opening: Opening,
    ref: str,
    done: tuple[str, ...],
    part: tuple[str, ...],
    absent: tuple[str, ...],
    excused: tuple[str, ...],
    minutes: int | None,
    led_by: str | None,
    noticed: str | None,
) -> None:
    """Correct a training: what you give for a person replaces what was there, the others stay."""
    from meetingtool.actions.playbook.training import edit_session

    if not (done or part or absent or excused) and {minutes, led_by, noticed} == {None}:
        raise click.UsageError("Say what to change, such as --done @maria or --minutes.")
    session = _session(opening, ref)
    took = _took(opening, done, part, absent, excused, False, session.at.date())
    changed = edit_session(
        opening.workspace(), session, opening.now, took=took or None, minutes=minutes, led_by=led_by, noticed=noticed
    )
    _tell(changed, opening)


def _session(opening: Opening, ref: str) -> Session:
    from meetingtool.records.training import Session

    return opening.record(Session, ref, "a training", "training list")


_BECAUSE = click.option("--because", required=True, metavar="WHY", help="Why, in a few words.")


@training.command()
@click.argument("who", type=Who())
@click.argument("named", metavar="[COURSE]", required=False)
@_BECAUSE
@click.option("--from", "since", type=Day(), help="The first day of a leave; today when left out.")
@click.option("--until", type=Day(), help="The last day of a leave; for good when left out.")
@pass_opening
def excuse(opening: Opening, who: str, named: str | None, because: str, since: str | None, until: str | None) -> None:
    """Excuse somebody from a course this time, or from everything due during a leave.

    \b
    meetingtool training excuse @karim angry --because "led it himself"
    meetingtool training excuse @zoe --from 1 dec --until 31 mar --because "parental leave"
    """
    from meetingtool.actions.playbook import training as actions
    from meetingtool.actions.playbook.courses import course_named
    from meetingtool.actions.reading import person_named

    workspace = opening.desk().workspace
    person = person_named(opening.roster(), who)
    course = course_named(workspace, named) if named is not None else None
    if course is not None and since is None and until is None:
        _tell(actions.excuse(workspace, course, person, because, opening.now), opening)
        return
    first, last = opening.day(since, "future") or opening.today, opening.day(until, "future")
    if last is None and course is None:
        raise Unclear("That would excuse them from everything, for good.", "Say --until, or name the course.")
    _tell(actions.excuse_for_leave(workspace, person, first, last, because, opening.now, course=course), opening)


@training.command()
@click.argument("who", type=Who())
@click.argument("named", metavar="COURSE")
@click.option("--to", "to", required=True, type=Day(), help="The new date.")
@click.option("--because", default="", metavar="WHY", help="Why, in a few words.")
@pass_opening
def move(opening: Opening, who: str, named: str, to: str, because: str) -> None:
    """Agree on another date with somebody. The old one stays on record."""
    from meetingtool.actions.playbook.courses import course_named
    from meetingtool.actions.playbook.training import move_due
    from meetingtool.actions.reading import person_named

    workspace = opening.desk().workspace
    day = opening.day(to, "future")
    if day is None:
        raise click.UsageError("Give --to with a day.")
    person = person_named(opening.roster(), who)
    _tell(move_due(workspace, course_named(workspace, named), person, day, opening.now, why=because), opening)


@training.command("list")
@click.argument("who", required=False, type=Who())
@click.option("--course", "named", metavar="COURSE", help="Only those of this course.")
@click.option("--since", type=Day(), help="From this day on; all when left out.")
@JSON
@FORMAT
@pass_opening
def list_trainings(
    opening: Opening, who: str | None, named: str | None, since: str | None, for_programs: bool, form: str | None
) -> None:
    """List the trainings and what was agreed about them, the newest first."""
    from meetingtool.actions.playbook.courses import course_named
    from meetingtool.actions.reading import person_named
    from meetingtool.records.training import Session
    from meetingtool.rules import wording
    from meetingtool.rules.kinds.training import outcome_words

    if for_programs and form:
        raise click.UsageError("Give either --format or --json.")
    desk = opening.desk()
    found = desk.workspace.find(Session, since=opening.day(since, "past"))[::-1]
    if who is not None:
        person = person_named(desk.roster, who)
        found = [session for session in found if any(part.person == person.id for part in session.people)]
    if named is not None:
        course = course_named(desk.workspace, named)
        found = [session for session in found if session.course in (course.id, "")]
    if for_programs:
        from meetingtool.cli.shapes import shape

        print_json([shape(session, desk.roster) for session in found])
    elif form:
        _print_csv(found, desk.roster)
    else:
        rows = [
            (
                session.ref,
                wording.day(session.at.date(), opening.today),
                session.title or "all courses",
                str(session.minutes) if session.minutes else "",
                outcome_words(session, desk.roster),
            )
            for session in found
        ]
        print_table(("Ref", "Day", "Course", "Minutes", "Who"), rows, right={3})
    if not found:
        talk("No training is recorded yet. `meetingtool training record COURSE @who` records one.")


def _print_csv(sessions: list[Session], roster: Roster) -> None:
    """Print a line for each person of each training, as in a register; it can be imported again."""
    from meetingtool.documents.formats.tables import csv_text

    rows = [
        (
            session.at.date(),
            session.title,
            roster.full_name(part.person),
            roster.handle(part.person),
            part.how,
            session.minutes,
            session.led_by,
            part.why,
            session.ref,
        )
        for session in sessions
        for part in session.people
    ]
    heads = ("date", "course", "name", "handle", "outcome", "minutes", "led by", "why", "ref")
    click.echo(csv_text(heads, rows), nl=False)


@training.command()
@JSON
@pass_opening
def due(opening: Opening, for_programs: bool) -> None:
    """List who has to be trained in what in the coming month, or should have been already."""
    from meetingtool.actions.playbook.training_grid import needed
    from meetingtool.rules import wording

    found = needed(opening.desk())
    if for_programs:
        print_json(
            [
                {
                    "due": one.due,
                    "person": one.person.handle,
                    "course": one.course.title,
                    "over": one.due < opening.today,
                }
                for one in found
            ]
        )
        return
    rows = [
        ("!" if one.due < opening.today else "", wording.due(one.due, opening.today), one.course.title, one.person.name)
        for one in found
    ]
    print_table(("", "Due", "Course", "Person"), rows)
    if not rows:
        talk("Nobody is due in the coming month.")


@training.command()
@JSON
@FORMAT
@pass_opening
def grid(opening: Opening, for_programs: bool, form: str | None) -> None:
    """Show people by courses: what is done (✓), due (·) or over (!), and excused."""
    from meetingtool.actions.playbook.training_grid import grid_of
    from meetingtool.documents.formats.tables import csv_text
    from meetingtool.rules.playbook.training import cell_text

    if for_programs and form:
        raise click.UsageError("Give either --format or --json.")
    found = grid_of(opening.desk())
    if for_programs:
        print_json(
            [
                {
                    "person": person.handle,
                    "course": course.title,
                    "state": cell.state,
                    "day": cell.day,
                    "due": cell.due,
                }
                for person in found.people
                for course in found.courses
                if (cell := found.of(person, course)).state
            ]
        )
        return
    heads = ("Person", *(course.title for course in found.courses))
    rows = [
        (person.name, *(cell_text(found.of(person, course), opening.today) for course in found.courses))
        for person in found.people
    ]
    if not found.courses:
        talk("There are no courses yet. `meetingtool course take-up` takes up the six that come with it.")
    elif form:
        click.echo(csv_text(heads, rows), nl=False)
    else:
        print_table(heads, rows)
        talk(f"{found.done} of {found.asked} done, {found.over} over.")


@training.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@table_options()
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@pass_opening
def import_register(
    opening: Opening,
    file: Path,
    options: TableOptions,
    dry_run: bool,
) -> None:
    """Import a register of trainings from a CSV file or a spreadsheet.

    Its columns are person, course and date; outcome, minutes, trainer and reason are optional. Importing it again
    adds nothing twice. Lines that can't be imported are listed, and the exit code is 1.
    """
    from meetingtool.actions.playbook.courses import courses_of
    from meetingtool.actions.playbook.register import plan_register, take_in_register
    from meetingtool.importers.register import REGISTER_FIELDS, read_register
    from meetingtool.rules import wording

    desk = opening.desk()
    courses, usual = courses_of(desk.workspace), desk.settings.day_order
    sheet = options.read(file, REGISTER_FIELDS)
    draft = options.drafted(
        lambda order: read_register(sheet, desk.roster, courses, opening.today, order, options.columns, usual)
    )
    plan = plan_register(desk.workspace, draft.rows)
    if not dry_run:
        take_in_register(desk.workspace, plan, opening.now)
    titles = {course.id: course.title for course in courses}
    rows = [
        (wording.day(together[0].on, opening.today), titles[together[0].course], str(len(together)))
        for together in plan.sessions
    ]
    if rows:
        print_table(("Day", "Course", "People"), rows, right={2})
    for problem in sorted(draft.problems, key=lambda problem: problem.line):
        talk(f"meetingtool: {sheet.unit} {problem.line}: {problem.text}")
    if draft.unknown:
        named = wording.listed([f"“{wording.shortened(title, 40)}”" for title in draft.unknown[:5]])
        talk(f"No course is called {named}. `meetingtool course add` adds one; then import the file again.")
    early = [c for c in courses if any(row.course == c.id and row.on < c.at.date() for row in plan.rows)]
    for course in early:
        talk(
            f"“{course.title}” is asked since {wording.day(course.at.date(), opening.today)}; what was done long "
            f"before that counts once it begins earlier: `meetingtool course edit {course.ref} --since DATE`."
        )
    done = "would be imported" if dry_run else "imported"
    talk(
        f"{wording.count(len(plan.rows), 'line')} {done}, {plan.same:,} already known, "
        f"{wording.count(len(draft.problems), 'line')} left out."
    )
    if draft.problems:
        click.get_current_context().exit(1)
