"""`meetingtool agenda`: the next meeting as it will run, and the agendas that meetings follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Day
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import print_paper
from meetingtool.cli.printing import can_ask, out, print_json, print_table, sure, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.records.meetings import Agenda


@click.group(cls=Family, invoke_without_command=True, subcommand_metavar="[COMMAND] [ARGS]...")
@click.option("--on", "day", type=Day(), help="The day of the meeting; the next one when left out.")
@click.option("--private", is_flag=True, help="With private stories, who has been silent, and the customer's part.")
@click.option("--format", "form", type=click.Choice(["txt", "md", "pdf"]), default="txt", show_default=True,
              help="The format.")  # fmt: skip
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
@click.pass_context
def agenda(
    ctx: click.Context,
    opening: Opening,
    day: str | None,
    private: bool,
    form: str,
    file: Path | None,
    force: bool,
) -> None:
    """Print the agenda of the next meeting: what each segment brings. Its commands change the agendas.

    Without --private it has nothing private, so it can be shown to the team.
    """
    if ctx.invoked_subcommand is not None:
        return
    from meetingtool.actions.meeting.papers import agenda_paper

    paper = agenda_paper(opening.desk(), on=opening.day(day, "future"), private=private)
    print_paper(paper, form, file, force, opening.today, private=private)


@agenda.command("list")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_agendas(opening: Opening, for_programs: bool) -> None:
    """List the agendas; meetings use the one in use."""
    from meetingtool.rules.wording import count, minutes

    desk = opening.desk()
    if for_programs:
        print_json([_as_json(each, desk) for each in desk.agendas()])
        return
    in_use = desk.agenda().id
    print_table(
        ("Agenda", "Segments", "Time", ""),
        [
            (
                each.name,
                count(len(each.segments), "segment"),
                minutes(sum(segment.seconds for segment in each.segments)),
                "in use" if each.id == in_use else "",
            )
            for each in desk.agendas()
        ],
        right={2},
    )


def _as_json(agenda: Agenda, desk: Desk) -> dict[str, object]:
    from meetingtool.cli.shapes import base
    from meetingtool.rules.meeting.agenda import is_skipped

    held = desk.meetings()
    return {
        **base(agenda),
        "name": agenda.name,
        "in_use": agenda.id == desk.agenda().id,
        "segments": [
            {"title": s.title, "topic": s.topic, "seconds": s.seconds, "hint": s.hint, "skipped": is_skipped(s, held)}
            for s in agenda.segments
        ],
    }


def _named(opening: Opening, name: str | None) -> Agenda:
    from meetingtool.actions.meeting.agendas import agenda_named

    return agenda_named(opening.workspace(), name) if name else opening.desk().agenda()


@agenda.command()
@click.argument("name", required=False)
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def show(opening: Opening, name: str | None, for_programs: bool) -> None:
    """Show the segments of an agenda; of the one in use if none is named."""
    from meetingtool.rules.meeting.agenda import is_skipped
    from meetingtool.rules.wording import minutes

    desk = opening.desk()
    found, held = _named(opening, name), desk.meetings()
    if for_programs:
        print_json(_as_json(found, desk))
        return
    out(found.name)
    rows = [
        (str(number), segment.title, segment.topic, minutes(segment.seconds), "skipped" * is_skipped(segment, held))
        for number, segment in enumerate(found.segments, 1)
    ]
    print_table(("", "Segment", "Topic", "Time", ""), rows, right={0, 3})


@agenda.command()
@click.argument("name", required=False)
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def export(opening: Opening, name: str | None, file: Path | None, force: bool) -> None:
    """Print an agenda as TOML, which any editor can change and `agenda import` reads."""
    from meetingtool.documents.formats.writing import write_whole
    from meetingtool.documents.meeting.agenda_toml import agenda_toml

    text = agenda_toml(_named(opening, name))
    if file is None:
        out(text.rstrip("\n"))
        return
    path = file.expanduser()
    try:
        [written] = write_whole(path.parent, {path.name: text.encode("utf-8", "replace")}, force=force)
    except ValueError:
        raise Refused("That file name does not work on every system.", "Use letters, digits, - and _.") from None
    talk(f"Written to {written}.")


@agenda.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@pass_opening
def import_(opening: Opening, file: Path) -> None:
    """Import an agenda from a TOML file: one of its name is changed, else it is added."""
    from meetingtool.actions.meeting.agendas import read_file

    _tell(read_file(opening.desk().workspace, file.expanduser(), opening.now))


@agenda.command()
@click.argument("name", required=False)
@pass_opening
def edit(opening: Opening, name: str | None) -> None:
    """Open an agenda as TOML in your editor (the variable EDITOR names it); mistakes are reported with their line."""
    from meetingtool.actions.meeting.agendas import rewrite_agenda
    from meetingtool.cli.editor import edited
    from meetingtool.documents.meeting.agenda_toml import agenda_toml

    found = _named(opening, name)
    if not can_ask():
        raise click.UsageError("There is no terminal for an editor: use `agenda export` and `agenda import`.")
    with edited(opening.workspace(), f"agenda-{found.id.lower()}", agenda_toml(found), extension=".toml") as typed:
        if typed is None:
            talk("Nothing was changed.")
            return
        changed = rewrite_agenda(opening.workspace(), found, typed, "the agenda", opening.now)
    _tell(changed)


@agenda.command()
@click.argument("name")
@pass_opening
def use(opening: Opening, name: str) -> None:
    """Let the meetings to come follow this agenda."""
    from meetingtool.actions.meeting.agendas import use_agenda

    found = _named(opening, name)
    use_agenda(opening.workspace(), found, opening.now)
    out(f"in use: {found.name}")


@agenda.command()
@click.argument("number", type=click.IntRange(min=1))
@click.option("--agenda", "name", help="The agenda; the one in use when left out.")
@pass_opening
def skip(opening: Opening, number: int, name: str | None) -> None:
    """Leave a segment, by its number, out of the next meeting only; the same again puts it back."""
    from meetingtool.actions.meeting.agendas import skip_once
    from meetingtool.rules.meeting.agenda import is_skipped

    found = _named(opening, name)
    if number > len(found.segments):
        raise Refused(f"The agenda has no segment {number}.", f"It has {len(found.segments)}; see `agenda show`.")
    changed = skip_once(opening.workspace(), found, number - 1, opening.now)
    segment = changed.segments[number - 1]
    skipped = is_skipped(segment, opening.desk().meetings())
    out(f"{'skipped once' if skipped else 'not skipped'}: {segment.title}")


@agenda.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def remove(opening: Opening, name: str, yes: bool) -> None:
    """Move an agenda that is not in use to the bin; `undo` restores it."""
    from meetingtool.actions.meeting.agendas import remove_agenda

    found = _named(opening, name)
    if not yes:
        if not can_ask():
            raise Refused(f"Removing the agenda {found.name} needs a yes.", "Add --yes.")
        if not sure(f"Remove the agenda {found.name}?"):
            talk("Nothing was removed.")
            return
    remove_agenda(opening.workspace(), found, opening.now)
    out(f"removed: {found.name}")


def _tell(agenda: Agenda) -> None:
    from meetingtool.rules.wording import count, minutes

    total = minutes(sum(segment.seconds for segment in agenda.segments))
    out(f"{agenda.name} · {count(len(agenda.segments), 'segment')}, {total}")
