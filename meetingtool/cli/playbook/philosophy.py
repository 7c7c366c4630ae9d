"""`meetingtool philosophy`: what the team is there for, in sentences that it agreed on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Day, Ref, Who
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import tell_written
from meetingtool.cli.printing import out, print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.records.philosophy import Statement

PARTS = ("vision", "customers", "promise", "values", "service", "own")

_JSON = click.option("--json", "for_programs", is_flag=True, help="Print for programs.")
_PART = "Which part of it: whom we serve is customers, how we work is own."
_AGAIN = click.option("--again", type=Day(), help="When to read it again; in a year when left out.")


@click.group(cls=Family)
def philosophy() -> None:
    """What the team is there for: vision, whom you serve, what you promise, in sentences that it agreed on.

    `take-up` has the meetings ask fourteen questions. You `distil` a sentence from the answers to each, the next
    meeting asks “Is that it?”, and in a year it is read again.
    """


@philosophy.command("take-up")
@pass_opening
def take_up_questions(opening: Opening) -> None:
    """Let the next meetings ask the fourteen questions, one at a time, before the other questions."""
    from meetingtool.actions.playbook.philosophy import take_up
    from meetingtool.rules import wording

    opening.desk()
    added = take_up(opening.workspace(), opening.now)
    talk(f"{wording.count(len(added), 'question')} added." if added else "You already have all of them.")


@philosophy.command("list")
@click.option("--all", "everything", is_flag=True, help="Show retired sentences, too.")
@_JSON
@pass_opening
def list_statements(opening: Opening, everything: bool, for_programs: bool) -> None:
    """List the sentences, agreed and proposed."""
    from meetingtool.cli.shapes import shape
    from meetingtool.rules import wording

    desk = opening.desk()
    found = [each for each in desk.statements() if everything or each.retired is None]
    if for_programs:
        print_json([shape(each, desk.roster) for each in found])
    elif found:

        def state(each: Statement) -> str:
            if each.retired is not None:
                return f"retired {wording.day(each.retired, opening.today)}"
            return wording.day(each.agreed_on, opening.today) if each.agreed_on else "proposed"

        rows = [
            (
                each.ref,
                each.section,
                state(each),
                wording.day(each.read_again, opening.today) if each.read_again else "",
                each.text,
            )
            for each in sorted(found, key=lambda each: PARTS.index(each.section))
        ]
        print_table(("Ref", "Part", "Agreed", "Read again", "Sentence"), rows)
    if not found:
        talk("There are no sentences yet. `meetingtool philosophy take-up` has the meeting ask for them.")


@philosophy.command()
@_JSON
@pass_opening
def show(opening: Opening, for_programs: bool) -> None:
    """Show the whole of it: vision, whom you serve and what they need, what you promise, your standards."""
    from meetingtool.actions.history.sharing import paper_bytes
    from meetingtool.actions.playbook.philosophy import philosophy_json, philosophy_paper

    desk = opening.desk()
    data = philosophy_json(desk) if for_programs else paper_bytes(philosophy_paper(desk), "txt", opening.today)
    click.echo(data, nl=False)


@philosophy.command()
@click.option("--to", "file", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The file.")
@click.option("--format", "form", type=click.Choice(["pdf", "html", "md", "txt", "json"]), help="The format.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def export(opening: Opening, file: Path, form: str | None, force: bool) -> None:
    """Write the whole of it to a file; its ending says the format."""
    from meetingtool.actions.history.sharing import save_file
    from meetingtool.actions.playbook.philosophy import FORMS, philosophy_bytes

    desk = opening.desk()
    written = save_file(
        file.expanduser(), FORMS, lambda wanted: philosophy_bytes(desk, wanted), form=form or "", force=force
    )
    tell_written(written)


@philosophy.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--part", type=click.Choice(PARTS), default="own", show_default=True, help=_PART)
@pass_opening
def add(opening: Opening, text: tuple[str, ...], part: str) -> None:
    """Propose a sentence for the team to agree on. The text needs no quotes."""
    from meetingtool.actions.playbook.philosophy import propose

    opening.desk()
    _tell(propose(opening.workspace(), " ".join(text), opening.now, section=part))


@philosophy.command()
@click.argument("ref", type=Ref("question"), required=False)
@click.argument("text", nargs=-1)
@click.option("--part", type=click.Choice(PARTS), help=_PART)
@pass_opening
def distil(opening: Opening, ref: str | None, text: tuple[str, ...], part: str | None) -> None:
    """Distil a sentence from all the answers to a question.

    Without TEXT it shows the answers; without anything, the questions that wait for a sentence.
    """
    from meetingtool.actions.playbook.philosophy import answers_to, propose, ready
    from meetingtool.cli.playbook.questions import question_of
    from meetingtool.rules import wording
    from meetingtool.rules.meeting.answers import with_names

    desk = opening.desk()
    if ref is None:
        waiting = ready(desk)
        print_table(
            ("Ref", "Answered", "Question"),
            [(one.question.ref, wording.count(one.times, "meeting"), one.question.text) for one in waiting],
        )
        if not waiting:
            talk("No answered question of the philosophy waits for a sentence.")
        return
    question = question_of(opening, ref)
    if text:
        _tell(propose(opening.workspace(), " ".join(text), opening.now, section=part or "", question=question))
        return
    said = answers_to(desk.workspace, question)
    out(wording.one_line(question.text))
    for one in said:
        for answer in one.answers:
            out(f"  {wording.day(one.day, opening.today)}  {wording.one_line(with_names(answer, desk.roster))}")
    if not said:
        talk("No meeting has answered it yet.")


@philosophy.command()
@click.argument("ref", type=Ref("statement"))
@click.option("--on", "day", type=Day(), help="The day it was agreed; today when left out.")
@click.option("--with", "people", type=Who(), multiple=True, metavar="@WHO", help="Who was there; may be repeated.")
@_AGAIN
@pass_opening
def agree(opening: Opening, ref: str, day: str | None, people: tuple[str, ...], again: str | None) -> None:
    """Note that the team agreed on a sentence, or read it again and still agrees."""
    from meetingtool.actions.playbook.philosophy import agree as agree_on
    from meetingtool.actions.reading import person_named

    agreed = agree_on(
        opening.workspace(),
        _find(opening, ref),
        opening.now,
        on=opening.day(day, "past"),
        people=[person_named(opening.roster(), who) for who in people],
        again=opening.day(again, "future"),
    )
    _tell(agreed)


@philosophy.command()
@click.argument("ref", type=Ref("statement"))
@click.argument("text", nargs=-1)
@click.option("--part", type=click.Choice(PARTS), help=_PART)
@click.option("--again", type=Day(), help="When to read it again.")
@click.option("--place", type=click.IntRange(min=1), help="Its place in the list, from 1.")
@click.option("--slip", is_flag=True, help="It only corrects a slip: the team need not agree on it again.")
@pass_opening
def edit(
    opening: Opening,
    ref: str,
    text: tuple[str, ...],
    part: str | None,
    again: str | None,
    place: int | None,
    slip: bool,
) -> None:
    """Change a sentence. With other words it is a proposal again, and the next meeting is asked."""
    from meetingtool.actions.playbook.philosophy import edit_statement

    if not text and {part, again, place} == {None}:
        raise click.UsageError("Say what to change: TEXT, --part, --again or --place.")
    changed = edit_statement(
        opening.workspace(),
        _find(opening, ref),
        opening.now,
        text=" ".join(text) or None,
        section=part,
        read_again=opening.day(again, "future"),
        order=None if place is None else place - 1,
        slip=slip,
    )
    _tell(changed)


@philosophy.command()
@click.argument("ref", type=Ref("statement"))
@pass_opening
def retire(opening: Opening, ref: str) -> None:
    """Let a sentence no longer hold. Its question is asked again in turn."""
    from meetingtool.actions.playbook.philosophy import retire_statement

    _tell(retire_statement(opening.workspace(), _find(opening, ref), opening.now))


def _find(opening: Opening, ref: str) -> Statement:
    from meetingtool.records.philosophy import Statement

    return opening.record(Statement, ref, "a sentence", "philosophy list")


def _tell(changed: Statement) -> None:
    from meetingtool.rules import wording

    state = "retired" if changed.retired else "agreed" if changed.agreed_on else "proposed"
    out(f"sentence {changed.ref}  {wording.one_line(changed.text)} ({state})")
