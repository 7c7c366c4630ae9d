"""`meetingtool scenario`: the role-plays, and making one out of a sticky situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Ref, Tag
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_fields, print_json, print_table, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.records.playbook import Scenario
    from meetingtool.rules.playbook.roleplay import RolePlayCard


@click.group(cls=Family)
def scenario() -> None:
    """The role-plays that the meetings take in turn."""


def _as_json(found: Scenario) -> dict[str, object]:
    from meetingtool.cli.shapes import base

    return {
        **base(found),
        "title": found.title,
        "customer": found.customer,
        "employee": found.employee,
        "look_for": found.look_for,
        "standards": found.standards,
        "order": found.order,
        "retired": found.retired,
    }


@scenario.command("list")
@click.option("--all", "everything", is_flag=True, help="Show retired role-plays, too.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_scenarios(opening: Opening, everything: bool, for_programs: bool) -> None:
    """List the role-plays in their order."""
    found = [each for each in opening.desk().scenarios() if everything or each.retired is None]
    if for_programs:
        print_json([_as_json(each) for each in found])
        return
    rows = [(each.ref, each.title, " ".join(f"#{tag}" for tag in each.standards)) for each in found]
    print_table(("Ref", "Role-play", "Standards"), rows)


@scenario.command()
@click.argument("ref", type=Ref("scenario"))
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def show(opening: Opening, ref: str, for_programs: bool) -> None:
    """Show a role-play in full."""
    found = find_scenario(opening, ref)
    if for_programs:
        print_json(_as_json(found))
        return
    out(found.title)
    _print(found)


def find_scenario(opening: Opening, ref: str) -> Scenario:
    """The role-play of a reference; NotFound for anything else."""
    from meetingtool.records.playbook import Scenario

    return opening.record(Scenario, ref, "a role-play", "scenario list")


def _tell(kept: Scenario) -> None:
    from meetingtool.rules import wording

    out(f"scenario {kept.ref}  {wording.one_line(kept.title)}{' (retired)' if kept.retired else ''}")


def _print(found: Scenario | RolePlayCard) -> None:
    print_fields(
        [
            ("customer", found.customer),
            ("employee", found.employee),
            *(("watch for", sign) for sign in found.look_for),
            ("standards", " ".join(f"#{tag}" for tag in found.standards)),
        ]
    )


_WATCH = "What everybody else watches for; may be repeated."
_PRACTISES = "A standard that it practises; may be repeated."


@scenario.command()
@click.argument("title", nargs=-1, required=True)
@click.option("--customer", required=True, help="The customer's part.")
@click.option("--employee", required=True, help="What the employee knows.")
@click.option("--look-for", "look_for", multiple=True, help=_WATCH)
@click.option("--standard", "standards", multiple=True, type=Tag(), help=_PRACTISES)
@pass_opening
def add(
    opening: Opening,
    title: tuple[str, ...],
    customer: str,
    employee: str,
    look_for: tuple[str, ...],
    standards: tuple[str, ...],
) -> None:
    """Add a role-play at the end of the list. The title needs no quotes."""
    from meetingtool.actions.playbook.playbook import add_scenario

    opening.desk()
    added = add_scenario(
        opening.workspace(),
        " ".join(title),
        customer,
        employee,
        opening.now,
        look_for=look_for,
        standards=standards,
    )
    _tell(added)


@scenario.command()
@click.argument("ref", type=Ref("scenario"))
@click.option("--title", help="What it is called.")
@click.option("--customer", help="The customer's part.")
@click.option("--employee", help="What the employee knows.")
@click.option("--look-for", "look_for", multiple=True, help=f"Replaces all there are. {_WATCH}")
@click.option("--standard", "standards", multiple=True, type=Tag(), help=f"Replaces all there are. {_PRACTISES}")
@click.option("--place", type=click.IntRange(min=1), help="Its place in the list, from 1.")
@pass_opening
def edit(
    opening: Opening,
    ref: str,
    title: str | None,
    customer: str | None,
    employee: str | None,
    look_for: tuple[str, ...],
    standards: tuple[str, ...],
    place: int | None,
) -> None:
    """Change a role-play."""
    from meetingtool.actions.playbook.playbook import edit_scenario

    if not look_for and not standards and {title, customer, employee, place} == {None}:
        raise click.UsageError("Say what to change, such as --title or --customer.")
    changed = edit_scenario(
        opening.workspace(),
        find_scenario(opening, ref),
        opening.now,
        title=title,
        customer=customer,
        employee=employee,
        look_for=look_for or None,
        standards=standards or None,
        order=None if place is None else place - 1,
    )
    _tell(changed)


@scenario.command()
@click.argument("ref", type=Ref("scenario"))
@pass_opening
def retire(opening: Opening, ref: str) -> None:
    """Retire a role-play: it won't come up again."""
    from meetingtool.actions.playbook.playbook import retire as let_rest

    _tell(let_rest(opening.workspace(), find_scenario(opening, ref), opening.now))


@scenario.command()
@click.argument("ref", type=Ref("story"))
@click.option("--title", help="What to call it, instead of the suggestion.")
@click.option("--customer", help="The customer's part.")
@click.option("--employee", help="What the employee knows.")
@click.option("--look-for", "look_for", multiple=True, help="What to watch for; may be repeated.")
@click.option("--save", is_flag=True, help="Save it; without this it is only shown, to read and correct first.")
@pass_opening
def make(
    opening: Opening,
    ref: str,
    title: str | None,
    customer: str | None,
    employee: str | None,
    look_for: tuple[str, ...],
    save: bool,
) -> None:
    """Turn a sticky situation or a complaint into a role-play: everybody in it becomes a role.

    Read it before using it: the options correct it, --save saves it.
    """
    import msgspec

    from meetingtool.actions.playbook.roleplay import draft_card, save_card
    from meetingtool.records.complaints import Complaint
    from meetingtool.records.stories import Story

    workspace = opening.desk().workspace
    story = workspace.by_ref(ref)
    if not isinstance(story, Story | Complaint):
        raise Refused(
            "Only a sticky situation or a complaint becomes a role-play.", "See `meetingtool history is:sticky`."
        )
    draft = draft_card(workspace, story, opening.now)
    given = {"title": title, "customer": customer, "employee": employee, "look_for": look_for or None}
    card = msgspec.structs.replace(draft, **{name: part for name, part in given.items() if part is not None})
    if save:
        kept = save_card(workspace, story, card, opening.now)
        _tell(kept)
        return
    out(card.title)
    _print(card)
    if card.suspects:
        from meetingtool.rules.wording import listed

        talk(f"These may be names: {listed(list(card.suspects))}.")
    talk("Not saved yet: read it, correct it with the options, and add --save.")
