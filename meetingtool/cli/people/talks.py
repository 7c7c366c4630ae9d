"""`meetingtool talk`: talks with people who are new on the team."""

from __future__ import annotations

from pathlib import Path

import click

from meetingtool.cli.arguments import Day, Who
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_json, print_table
from meetingtool.cli.printing import talk as say


@click.group(cls=Family)
def talk() -> None:
    """Talks with people who are new: after 30, 60 and 90 days. For you alone; `history is:talk` finds them."""


@talk.command()
@click.option("--json", "for_programs", is_flag=True, help="Print for programs.")
@pass_opening
def due(opening: Opening, for_programs: bool) -> None:
    """List whom to talk with now."""
    from meetingtool.actions.people.talks import due as due_now
    from meetingtool.rules import wording

    found = due_now(opening.desk())
    if for_programs:
        print_json([{"person": one.person.handle, "days": one.days, "due": one.due} for one in found])
        return
    rows = [(one.person.name, f"{one.days} days", wording.due(one.due, opening.today)) for one in found]
    print_table(("Who", "After", "Due"), rows)
    if not rows:
        say("No talk with anybody new is due.")


@talk.command()
@click.argument("who", type=Who())
@click.argument("text", nargs=-1, required=True)
@click.option("--after", "days", type=click.Choice(["30", "60", "90"]), help="Days; the nearest when left out.")
@click.option("--on", "day", type=Day(), help="The day of the talk; today when left out.")
@pass_opening
def note(opening: Opening, who: str, text: tuple[str, ...], days: str | None, day: str | None) -> None:
    """Note one line about a talk. The text needs no quotes."""
    from meetingtool.actions.people.talks import record_talk
    from meetingtool.actions.reading import person_named
    from meetingtool.rules import wording

    person = person_named(opening.roster(), who)
    kept = record_talk(
        opening.workspace(),
        person,
        " ".join(text),
        opening.now,
        days=int(days or 0),
        on=opening.day(day, "past"),
    )
    out(f"talk {kept.ref}  {wording.one_line(person.name)}, {kept.days} days: {kept.text}")


@talk.command()
@click.argument("days", type=click.Choice(["30", "60", "90"]))
@click.option("--with", "who", type=Who(), metavar="@WHO", help="Whose name is on it.")
@click.option("--format", "form", type=click.Choice(["txt", "md", "pdf"]), default="txt", help="The format.")
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def sheet(opening: Opening, days: str, who: str | None, form: str, file: Path | None, force: bool) -> None:
    """Print four questions for a talk, with room to write."""
    from meetingtool.actions.people.talks import sheet as made
    from meetingtool.actions.reading import person_named
    from meetingtool.cli.papers import print_paper

    desk = opening.desk()
    person = person_named(desk.roster, who) if who else None
    chosen = "" if file is not None and form == "txt" else form
    print_paper(made(desk, int(days), person), chosen, file, force, opening.today)
