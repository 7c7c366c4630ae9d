"""What the commands of evaluations share: whose it is, for which period, and how it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import click

from meetingtool.cli.opening import Opening
from meetingtool.cli.people.scores import YEAR_HELP, period_of_option
from meetingtool.cli.printing import out, talk

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.records.evaluations import Evaluation
    from meetingtool.records.people import Person
    from meetingtool.rules.people.periods import Period
    from meetingtool.store import Workspace

F = TypeVar("F", bound=Callable[..., object])


def year_option(command: F) -> F:
    """`--year PERIOD`, also as `--period`."""
    return click.option("--year", "--period", "period", metavar="PERIOD", help=YEAR_HELP)(command)


def of_person(opening: Opening, who: str, period: str | None) -> tuple[Desk, Person, Period]:
    """The desk, the person and the period that a command is about."""
    from meetingtool.actions.reading import person_named

    desk = opening.desk()
    return desk, person_named(desk.roster, who), period_of_option(desk, period)


def tell_evaluation(changed: Evaluation, person: Person, span: Period) -> None:
    """Print an evaluation on a line, with how far it is."""
    out(f"evaluation {changed.ref}  {person.name} · {span.label} · {changed.state}")


def tell_answer(changed: Evaluation) -> None:
    """Say what was noted as the answer, since it can't be undone."""
    from meetingtool.documents.people.evaluation_words import SAYS
    from meetingtool.rules.wording import one_line, shortened

    words = shortened(one_line(changed.comment), 200)
    comment = f", “{words}”{'' if words.endswith(('.', '!', '?', '…')) else '.'}" if words else "."
    talk(f"Noted as the answer: {SAYS[changed.agrees]}{comment} Changing it needs a --reason.")


def tell_two(workspace: Workspace, people: Iterable[Person], span: Period) -> None:
    """Say whose evaluation for a period is there twice: only one of them is shown, so the other has to be looked at."""
    from meetingtool.actions.people.evaluation_documents import two_of

    for person in people:
        if told := two_of(workspace, person, span):
            talk(f"! {' '.join(told)}")


def from_input() -> str:
    """Standard input as text, whatever program wrote it. Refused for what can't be text."""
    import sys

    from meetingtool.importers.given_files import text_in

    text, _ = text_in(sys.stdin.buffer.read(), "Standard input", "Nothing was changed; give it as text.")
    return text.replace("\r\n", "\n")
