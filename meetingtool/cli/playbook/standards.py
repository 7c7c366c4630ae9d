"""`meetingtool standard`: the service standards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Day, Tag, paired
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_fields, print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.records.standards import Standard


@click.group(cls=Family)
def standard() -> None:
    """The team's service standards.

    A standard is named by its tag. Shells treat # as the start of a comment, so write own-it, or '#own-it' in quotes.
    """


def as_json(standard: Standard) -> dict[str, object]:
    """A standard for programs."""
    return {
        "id": standard.id,
        "ref": standard.ref,
        "tag": standard.tag,
        "title": standard.title,
        "behaviour": standard.behaviour,
        "weight": standard.weight,
        "order": standard.order,
        "anchors": {str(value): text for value, text in enumerate(standard.anchors, start=1)},
        "retired": standard.retired,
        "former_tags": standard.former_tags,
    }


@standard.command("list")
@click.option("--all", "everything", is_flag=True, help="Show retired standards, too.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_standards(opening: Opening, everything: bool, for_programs: bool) -> None:
    """List the standards."""
    from meetingtool.rules import wording

    roster = opening.desk().roster
    found = roster.all_standards if everything else roster.standards
    if for_programs:
        print_json([as_json(each) for each in found])
    elif found:
        print_table(
            ("Tag", "Weight", "Retired", "Title"),
            (
                (
                    f"#{each.tag}",
                    str(each.weight),
                    wording.day(each.retired, opening.today) if each.retired else "",
                    each.title,
                )
                for each in found
            ),
            right={1},
        )
    if not found:
        talk("There are no standards yet. Add one with `meetingtool standard add TAG TITLE --behaviour TEXT`.")


@standard.command()
@click.argument("tag", type=Tag())
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def show(opening: Opening, tag: str, for_programs: bool) -> None:
    """Show a standard and what its ratings look like."""
    from meetingtool.actions.reading import standard_named
    from meetingtool.rules import wording

    found = standard_named(opening.desk().roster, tag)
    if for_programs:
        print_json(as_json(found))
        return
    out(f"#{found.tag}  {wording.one_line(found.title)}")
    out(found.behaviour)
    print_fields(
        [
            *((str(value), found.anchors[value - 1]) for value in (5, 4, 3, 2, 1)),
            ("weight", str(found.weight)),
            ("retired", wording.day(found.retired, opening.today) if found.retired else ""),
        ]
    )


_ANCHOR_HELP = "What a rating looks like, such as 5='finds and closes the gap behind it'; may be repeated."


@standard.command()
@click.argument("tag")
@click.argument("title", nargs=-1, required=True)
@click.option("--behaviour", required=True, help="What it asks people to do.")
@click.option("--anchor", "anchors", multiple=True, metavar="1..5=TEXT", help=_ANCHOR_HELP)
@click.option(
    "--weight", type=int, default=1, show_default=True, help="Its weight in the score, relative to the others."
)
@pass_opening
def add(
    opening: Opening, tag: str, title: tuple[str, ...], behaviour: str, anchors: tuple[str, ...], weight: int
) -> None:
    """Add a standard at the end of the list. The title needs no quotes."""
    from meetingtool.actions.playbook.standards import add_standard

    opening.desk()
    added = add_standard(
        opening.workspace(),
        tag,
        " ".join(title),
        behaviour,
        opening.now,
        anchors=_anchored(("", "", "", "", ""), anchors),
        weight=weight,
    )
    out(f"#{added.tag}  {added.title}")


@standard.command()
@click.argument("tag", type=Tag())
@click.option("--tag", "new_tag", help="A new tag; the former one still finds the standard.")
@click.option("--title", help="What it is called.")
@click.option("--behaviour", help="What it asks people to do.")
@click.option("--anchor", "anchors", multiple=True, metavar="1..5=TEXT", help=_ANCHOR_HELP)
@click.option("--weight", type=int, help="Its weight in the score, relative to the others.")
@click.option("--place", type=click.IntRange(min=1), help="Its place in the list, from 1.")
@pass_opening
def edit(
    opening: Opening,
    tag: str,
    new_tag: str | None,
    title: str | None,
    behaviour: str | None,
    anchors: tuple[str, ...],
    weight: int | None,
    place: int | None,
) -> None:
    """Change a standard. Finished documents keep what it said then."""
    from meetingtool.actions.playbook.standards import edit_standard
    from meetingtool.actions.reading import standard_named

    if not anchors and {new_tag, title, behaviour, weight, place} == {None}:
        raise click.UsageError("Say what to change, such as --title or --weight.")
    found = standard_named(opening.desk().roster, tag)
    changed = edit_standard(
        opening.workspace(),
        found,
        opening.now,
        tag=new_tag,
        title=title,
        behaviour=behaviour,
        anchors=_anchored(found.anchors, anchors) if anchors else None,
        weight=weight,
        order=None if place is None else place - 1,
    )
    out(f"#{changed.tag}  {changed.title}")


def _anchored(anchors: tuple[str, ...], given: tuple[str, ...]) -> list[str]:
    """The anchors with those given instead of the old ones; wrong usage for a rating off the scale."""
    texts = list(anchors)
    for value, text in paired(given, "--anchor").items():
        if value not in ("1", "2", "3", "4", "5"):
            raise click.UsageError(f"--anchor wants a rating from 1 to 5, not “{value}”.")
        texts[int(value) - 1] = text
    return texts


@standard.command()
@click.argument("tag", type=Tag())
@click.option("--on", "last_day", type=Day(), help="The last day on which it holds; today when left out.")
@pass_opening
def retire(opening: Opening, tag: str, last_day: str | None) -> None:
    """Retire a standard. Its ratings are kept."""
    from meetingtool.actions.playbook.standards import retire_standard
    from meetingtool.actions.reading import standard_named
    from meetingtool.rules import wording

    found = standard_named(opening.desk().roster, tag)
    day = opening.day(last_day, "past") or opening.today
    retired = retire_standard(opening.workspace(), found, day, opening.now)
    out(f"#{retired.tag}  {retired.title}: last day {wording.day(day, opening.today)}")
