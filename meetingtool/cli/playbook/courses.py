"""`meetingtool course`: what people are trained in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Day, Tag, Who
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_fields, print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.records.people import Person
    from meetingtool.records.playbook import Scenario
    from meetingtool.records.training import Course

KINDS = click.Choice(["session", "role-play", "reading", "starting"])
_KIND = "What it is; starting is asked only of people who join after the course began."


@click.group(cls=Family)
def course() -> None:
    """What people are trained in, and how often.

    A course is named by its title, by the beginning or by a word of it, or by its reference.
    """


def _as_json(found: Course, opening: Opening) -> dict[str, object]:
    from meetingtool.cli.shapes import shape

    return shape(found, opening.roster()) | {"since": found.at.date()}


@course.command("list")
@click.option("--all", "everything", is_flag=True, help="Show retired courses, too.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_courses(opening: Opening, everything: bool, for_programs: bool) -> None:
    """List the courses in their order."""
    from meetingtool.actions.playbook.courses import courses_of
    from meetingtool.rules.kinds.training import for_whom

    desk = opening.desk()
    found = [each for each in courses_of(desk.workspace) if everything or each.retired is None]
    if for_programs:
        print_json([_as_json(each, opening) for each in found])
        return
    rows = [
        (
            each.ref,
            f"{each.title} (retired)" if each.retired else each.title,
            each.kind,
            f"after {each.first_after_days} days",
            f"every {each.again_after_months} months" if each.again_after_months else "once",
            for_whom(each, desk.roster),
        )
        for each in found
    ]
    if rows:
        print_table(("Ref", "Course", "Kind", "First", "Again", "For"), rows)
    else:
        talk("There are no courses yet. `meetingtool course take-up` adds the six that come with meetingtool.")


@course.command()
@click.argument("named", metavar="COURSE")
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def show(opening: Opening, named: str, for_programs: bool) -> None:
    """Show a course in full, with its role-plays."""
    from meetingtool.actions.playbook.courses import course_named
    from meetingtool.rules.kinds.kind import Background
    from meetingtool.rules.kinds.table import kind_of

    desk = opening.desk()
    found = course_named(desk.workspace, named)
    if for_programs:
        print_json(_as_json(found, opening))
        return
    out(f"course {found.ref}  {found.title}")
    facts = kind_of(found).facts(found, desk.roster, Background())
    plays = [scenario.title for scenario in desk.scenarios() if scenario.id in found.scenarios]
    print_fields(
        [*((fact.label, fact.text) for fact in facts if fact.label != "title"), *(("role-play", p) for p in plays)]
    )


def _people(opening: Opening, handles: tuple[str, ...]) -> list[Person]:
    from meetingtool.actions.reading import person_named

    roster = opening.roster()
    return [person_named(roster, handle) for handle in handles]


@course.command()
@click.argument("title", nargs=-1, required=True)
@click.option("--kind", type=KINDS, default="session", show_default=True, help=_KIND)
@click.option("--standard", "standards", multiple=True, type=Tag(), help="A standard it trains; may be repeated.")
@click.option("--role", "roles", multiple=True, help="Only for those of this role; may be repeated.")
@click.option("--for", "people", multiple=True, type=Who(), help="For this person; may be repeated.")
@click.option("--first-after", type=int, default=30, show_default=True, help="Days from joining until it is first due.")
@click.option("--again-after", type=int, default=6, show_default=True, help="Months to the next time; 0 is once.")
@click.option("--minutes", type=int, default=30, show_default=True, help="How long it takes.")
@click.option("--material", default="", help="What is taught, and where the material is kept.")
@click.option("--role-play", "plays", multiple=True, metavar="REF", help="A role-play of it; may be repeated.")
@click.option("--since", type=Day(), help="The day from which it is asked; today when left out.")
@pass_opening
def add(
    opening: Opening,
    title: tuple[str, ...],
    kind: str,
    standards: tuple[str, ...],
    roles: tuple[str, ...],
    people: tuple[str, ...],
    first_after: int,
    again_after: int,
    minutes: int,
    material: str,
    plays: tuple[str, ...],
    since: str | None,
) -> None:
    """Add a course at the end of the list. The title needs no quotes."""
    from meetingtool.actions.playbook.courses import add_course

    desk = opening.desk()
    added = add_course(
        desk.workspace,
        " ".join(title),
        opening.now,
        kind=kind,
        standards=standards,
        roles=roles,
        people=_people(opening, people),
        first_after_days=first_after,
        again_after_months=again_after,
        minutes=minutes,
        material=material,
        scenarios=[_play(opening, ref) for ref in plays],
        since=opening.day(since, "past"),
    )
    _tell(added)


def _play(opening: Opening, ref: str) -> Scenario:
    from meetingtool.cli.playbook.scenarios import find_scenario

    return find_scenario(opening, ref)


def _tell(kept: Course) -> None:
    out(f"course {kept.ref}  {kept.title}{' (retired)' if kept.retired else ''}")


@course.command()
@click.argument("named", metavar="COURSE")
@click.option("--title", help="What it is called.")
@click.option("--kind", type=KINDS, help=_KIND)
@click.option("--standard", "standards", multiple=True, type=Tag(), help="Replaces all others; may be repeated.")
@click.option("--role", "roles", multiple=True, help="Replaces all others; may be repeated.")
@click.option("--for", "people", multiple=True, type=Who(), help="Replaces all others; may be repeated.")
@click.option("--everybody", is_flag=True, help="For everybody, whatever roles and people were set.")
@click.option("--first-after", type=int, help="Days from joining until it is first due.")
@click.option("--again-after", type=int, help="Months to the next time; 0 is once.")
@click.option("--minutes", type=int, help="How long it takes.")
@click.option("--material", help="What is taught, and where the material is kept.")
@click.option("--since", type=Day(), help="From when on it is asked.")
@click.option("--place", type=click.IntRange(min=1), help="Its place in the list, from 1.")
@pass_opening
def edit(
    opening: Opening,
    named: str,
    title: str | None,
    kind: str | None,
    standards: tuple[str, ...],
    roles: tuple[str, ...],
    people: tuple[str, ...],
    everybody: bool,
    first_after: int | None,
    again_after: int | None,
    minutes: int | None,
    material: str | None,
    since: str | None,
    place: int | None,
) -> None:
    """Change a course. What was recorded keeps the title it had."""
    from meetingtool.actions.playbook.courses import course_named, edit_course

    several = (standards, roles, people)
    if (
        not any(several)
        and not everybody
        and {title, kind, first_after, again_after, minutes, material, since, place} == {None}
    ):
        raise click.UsageError("Say what to change, such as --title or --again-after.")
    if everybody and (roles or people):
        raise click.UsageError("Give either --everybody or --role and --for.")
    desk = opening.desk()
    changed = edit_course(
        desk.workspace,
        course_named(desk.workspace, named),
        opening.now,
        title=title,
        kind=kind,
        standards=standards or None,
        roles=roles if roles or everybody else None,
        people=_people(opening, people) if people or everybody else None,
        first_after_days=first_after,
        again_after_months=again_after,
        minutes=minutes,
        material=material,
        since=opening.day(since, "past"),
        order=None if place is None else place - 1,
    )
    _tell(changed)


@course.command()
@click.argument("named", metavar="COURSE")
@pass_opening
def retire(opening: Opening, named: str) -> None:
    """Stop asking for a course. What was recorded is kept."""
    from meetingtool.actions.playbook.courses import course_named, retire_course

    workspace = opening.desk().workspace
    _tell(retire_course(workspace, course_named(workspace, named), opening.now))


@course.command("take-up")
@click.option("--since", type=Day(), help="The day from which they are asked; today when left out.")
@pass_opening
def take_up_courses(opening: Opening, since: str | None) -> None:
    """Add the six courses that come with meetingtool, with their role-plays."""
    from meetingtool.actions.playbook.courses import take_up

    added = take_up(opening.desk().workspace, opening.now, since=opening.day(since, "past"))
    for each in added:
        _tell(each)
    if not added:
        talk("You already have all of them.")
