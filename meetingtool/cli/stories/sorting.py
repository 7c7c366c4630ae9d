"""`meetingtool sort-out`: names and tags that were not recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Who
from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_json, print_table, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.actions.stories.open_marks import OpenMark


@click.command("sort-out", cls=Command)
@click.argument("mark", required=False, metavar="[MARK]")
@click.option("--as", "meant", type=Who(), help="The person, or the standard, that it means.")
@click.option("--new", "name", default="", metavar="NAME", help="Add somebody of this name to the team; it means them.")
@click.option("--plain", is_flag=True, help="It means nobody: the words stay as they are.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def sort_out(opening: Opening, mark: str | None, meant: str | None, name: str, plain: bool, for_programs: bool) -> None:
    """List the names and tags in stories that fit nobody and no standard, or say what one means.

    All stories and promises with the mark follow at once, and `undo` reverses it.

    \b
    meetingtool sort-out
    meetingtool sort-out @jo --as @joanna
    meetingtool sort-out @jo --new "Jo Byrne"
    meetingtool sort-out @home --plain
    """
    if sum(map(bool, (meant, name, plain))) > 1 or (mark is None and (meant or name or plain)):
        raise click.UsageError("Give one mark, and either --as, --new or --plain.")
    desk = opening.desk()
    if mark is None:
        _list(desk, for_programs)
        return
    from meetingtool.actions.stories.open_marks import mark_named

    found = mark_named(desk, mark)
    if not (meant or name or plain):
        _show(found, desk, for_programs)
        return
    from meetingtool.actions.stories.kept_back import counted

    done, changed = counted(desk.workspace, lambda: _sort_out(desk, found, meant, name))
    out(done)
    if changed:
        talk(changed)


def _sort_out(desk: Desk, mark: OpenMark, meant: str | None, name: str) -> str:
    """Do what the options say; returns what to print about it."""
    from meetingtool.actions.reading import person_named, standard_named
    from meetingtool.actions.stories import sorting
    from meetingtool.actions.stories.open_marks import places

    if name:
        if not mark.names_a_person:
            raise Refused(
                f"{mark.mark} stands for a standard.", "Add it with `meetingtool standard add`, then use --as."
            )
        person, found = sorting.add_and_credit(desk.workspace, mark, name, desk.now)
        return f"{mark.mark} is @{person.handle}  {person.name} in {places(found)}"
    if meant is None:
        found = sorting.as_words(desk.workspace, mark, desk.now)
        return f"{mark.mark} is plain words in {places(found)}"
    if mark.names_a_person:
        person = person_named(desk.roster, meant)
        found = sorting.credit(desk.workspace, mark, person, desk.now)
        return f"{mark.mark} is @{person.handle}  {person.name} in {places(found)}"
    standard = standard_named(desk.roster, meant)
    found = sorting.credit(desk.workspace, mark, standard, desk.now)
    return f"{mark.mark} is #{standard.tag} in {places(found)}"


def _list(desk: Desk, for_programs: bool) -> None:
    from meetingtool.actions.stories.open_marks import every_open_mark
    from meetingtool.rules import wording

    marks = every_open_mark(desk)
    if for_programs:
        print_json([_as_json(mark) for mark in marks])
    elif marks:
        print_table(
            ("Mark", "May be", "Times", "The latest"),
            (
                (mark.mark, _may_be(mark), str(len(mark.records)), wording.shortened(mark.records[0].text, 80))
                for mark in marks
            ),
            right={2},
        )
    if not marks:
        talk("There is nothing to sort out.")
    elif not for_programs:
        talk("`meetingtool sort-out MARK` with --as, --new or --plain says what one means.")


def _show(mark: OpenMark, desk: Desk, for_programs: bool) -> None:
    from meetingtool.rules import wording

    if for_programs:
        print_json(_as_json(mark))
        return
    print_table(
        ("Ref", "Day", "What"),
        ((record.ref, wording.day(record.at.date(), desk.today), record.text) for record in mark.records),
    )
    may_be = _may_be(mark)
    talk(f"{mark.mark} may be {may_be}: --as says so." if may_be else "Use --as, --new or --plain.")


def _may_be(mark: OpenMark) -> str:
    from meetingtool.rules.roster import could_be

    if mark.standard is not None:
        return f"#{mark.standard.tag}"
    return could_be(mark.people) if mark.people else ""


def _as_json(mark: OpenMark) -> dict[str, object]:
    return {
        "mark": mark.mark,
        "may_be": [person.handle for person in mark.people] or ([mark.standard.tag] if mark.standard else []),
        "stories": [record.ref for record in mark.records],
    }


def tell_marks(opening: Opening, *people: str) -> None:
    """After the team has changed: print which open marks may mean one of these people, by their ids."""
    from meetingtool.actions.stories.open_marks import in_words, marks_of

    desk = opening.desk()
    named = [person for person in desk.roster.everyone if person.id in people]
    for line in in_words(marks_of(desk, named)):
        talk(line)
