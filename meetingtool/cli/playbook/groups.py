"""`meetingtool group`: the people whom the team serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_fields, print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.records.philosophy import Group

_NEED = "What they need; how you know it may stand before it, as in survey: open before eight. May be repeated."
_JSON = click.option("--json", "for_programs", is_flag=True, help="Print for programs.")


@click.group(cls=Family)
def group() -> None:
    """The groups of people you serve, and what they need of you.

    A group is named by its name or the beginning of it.
    """


@group.command("list")
@click.option("--all", "everything", is_flag=True, help="Show groups no longer served, too.")
@_JSON
@pass_opening
def list_groups(opening: Opening, everything: bool, for_programs: bool) -> None:
    """List the groups in their order."""
    from meetingtool.actions.playbook.groups import groups_of
    from meetingtool.cli.shapes import shape
    from meetingtool.rules import wording

    desk = opening.desk()
    found = groups_of(desk.workspace, retired=everything)
    if for_programs:
        print_json([shape(each, desk.roster) for each in found])
    elif found:
        rows = [
            (
                each.ref,
                each.name,
                each.who,
                str(len(each.needs)),
                wording.day(each.retired, opening.today) if each.retired else "",
            )
            for each in found
        ]
        print_table(("Ref", "Name", "Who they are", "Needs", "Retired"), rows, right={3})
    if not found:
        talk("No group is written down yet. Add one with `meetingtool group add NAME`.")


@group.command()
@click.argument("named", metavar="GROUP")
@_JSON
@pass_opening
def show(opening: Opening, named: str, for_programs: bool) -> None:
    """Show who a group is and what it needs."""
    from meetingtool.actions.playbook.groups import group_named
    from meetingtool.cli.shapes import shape
    from meetingtool.rules.kinds.philosophy import KNOWN_FROM

    desk = opening.desk()
    found = group_named(desk.workspace, named)
    if for_programs:
        print_json(shape(found, desk.roster))
        return
    out(f"group {found.ref}  {found.name}{' (retired)' if found.retired else ''}")
    needs = [("needs", f"{need.text} ({KNOWN_FROM[need.known_from]})") for need in found.needs]
    print_fields([("who", found.who), *needs])


@group.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--who", default="", help="What they have in common.")
@click.option("--need", "needs", multiple=True, metavar="TEXT", help=_NEED)
@pass_opening
def add(opening: Opening, name: tuple[str, ...], who: str, needs: tuple[str, ...]) -> None:
    """Add a group, such as: group add commuters with one bike --need 'survey: open before eight'."""
    from meetingtool.actions.playbook.groups import add_group, need_read

    opening.desk()
    read = [need_read(need) for need in needs]
    _tell(add_group(opening.workspace(), " ".join(name), opening.now, who=who, needs=read))


@group.command()
@click.argument("named", metavar="GROUP")
@click.option("--name", help="What it is called.")
@click.option("--who", help="What they have in common.")
@click.option("--need", "needs", multiple=True, metavar="TEXT", help=_NEED + " Replaces those there are.")
@click.option("--place", type=click.IntRange(min=1), help="Its place in the list, from 1.")
@pass_opening
def edit(
    opening: Opening, named: str, name: str | None, who: str | None, needs: tuple[str, ...], place: int | None
) -> None:
    """Change a group."""
    from meetingtool.actions.playbook.groups import edit_group, group_named, need_read

    if not needs and {name, who, place} == {None}:
        raise click.UsageError("Say what to change, such as --name or --need.")
    found = group_named(opening.desk().workspace, named)
    changed = edit_group(
        opening.workspace(),
        found,
        opening.now,
        name=name,
        who=who,
        needs=[need_read(need) for need in needs] if needs else None,
        order=None if place is None else place - 1,
    )
    _tell(changed)


@group.command()
@click.argument("named", metavar="GROUP")
@pass_opening
def retire(opening: Opening, named: str) -> None:
    """Stop serving a group. Customers keep its name."""
    from meetingtool.actions.playbook.groups import group_named, retire_group

    found = group_named(opening.desk().workspace, named)
    _tell(retire_group(opening.workspace(), found, opening.now))


def _tell(changed: Group) -> None:
    out(f"group {changed.ref}  {changed.name}{' (retired)' if changed.retired else ''}")
