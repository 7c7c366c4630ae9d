"""`meetingtool question`: the discussion questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Ref
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.records.playbook import Question

AUDIENCES = ("team", "service", "company", "improvement", "philosophy")


@click.group(cls=Family)
def question() -> None:
    """The discussion questions that the meetings take in turn."""


def _as_json(found: Question) -> dict[str, object]:
    from meetingtool.cli.shapes import base

    return {
        **base(found),
        "text": found.text,
        "audience": found.audience,
        "order": found.order,
        "retired": found.retired,
    }


@question.command("list")
@click.option("--all", "everything", is_flag=True, help="Show retired questions, too.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_questions(opening: Opening, everything: bool, for_programs: bool) -> None:
    """List the questions in their order."""
    from meetingtool.rules import wording

    found = [each for each in opening.desk().questions() if everything or each.retired is None]
    if for_programs:
        print_json([_as_json(each) for each in found])
    elif found:
        rows = [
            (each.ref, each.audience, wording.day(each.retired, opening.today) if each.retired else "", each.text)
            for each in found
        ]
        print_table(("Ref", "About", "Retired", "Question"), rows)
    if not found:
        talk("There are no questions yet. Add one with `meetingtool question add TEXT`.")


@question.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--about", type=click.Choice(AUDIENCES), default="team", show_default=True, help="What it is about.")
@pass_opening
def add(opening: Opening, text: tuple[str, ...], about: str) -> None:
    """Add a question at the end of the list. The text needs no quotes."""
    from meetingtool.actions.playbook.playbook import add_question

    opening.desk()
    _tell(add_question(opening.workspace(), " ".join(text), about, opening.now))


@question.command()
@click.argument("ref", type=Ref("question"))
@click.argument("text", nargs=-1)
@click.option("--about", type=click.Choice(AUDIENCES), help="What it is about.")
@click.option("--place", type=click.IntRange(min=1), help="Its place in the list, from 1.")
@pass_opening
def edit(opening: Opening, ref: str, text: tuple[str, ...], about: str | None, place: int | None) -> None:
    """Change a question: TEXT replaces its words."""
    from meetingtool.actions.playbook.playbook import edit_question

    if not text and about is None and place is None:
        raise click.UsageError("Say what to change: TEXT, --about or --place.")
    changed = edit_question(
        opening.workspace(),
        question_of(opening, ref),
        opening.now,
        text=" ".join(text) or None,
        audience=about,
        order=None if place is None else place - 1,
    )
    _tell(changed)


@question.command()
@click.argument("ref", type=Ref("question"))
@pass_opening
def retire(opening: Opening, ref: str) -> None:
    """Retire a question: it won't come up again. What was said is kept."""
    from meetingtool.actions.playbook.playbook import retire as let_rest

    _tell(let_rest(opening.workspace(), question_of(opening, ref), opening.now))


def question_of(opening: Opening, ref: str) -> Question:
    """The question of a reference; NotFound for another record."""
    from meetingtool.records.playbook import Question

    return opening.record(Question, ref, "a question", "question list")


def _tell(changed: Question) -> None:
    from meetingtool.rules import wording

    out(f"question {changed.ref}  {wording.one_line(changed.text)}{' (retired)' if changed.retired else ''}")
