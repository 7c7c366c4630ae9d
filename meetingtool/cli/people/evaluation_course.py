"""How an evaluation goes on after its draft: sharing, the employee's answer, finalising, reopening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Who
from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.people.evaluation_arguments import from_input, of_person, tell_answer, tell_evaluation, year_option
from meetingtool.cli.printing import ask, can_ask, sure, talk

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.records.people import Person
    from meetingtool.rules.people.periods import Period


def _tell_unnamed(desk: Desk, person: Person, span: Period) -> None:
    """Warn about what nobody can add once it is shared."""
    from meetingtool.actions.people.evaluations import unnamed

    if words := unnamed(desk.workspace, person, span):
        talk(f"! {words}")


def _looked_at(still_open: Sequence[str], reason: str, question: str, *, yes: bool) -> str | None:
    """Say what should be checked, ask for the reason if there is none yet, and ask for a yes.

    Returns the reason, None if the person stepped back. If nobody can be asked or needs to be, `reason` is returned.
    """
    if yes or not can_ask():
        return reason
    for message in still_open:
        talk(f"! {message}")
    if still_open and not reason.strip():
        reason = ask("Reason for going ahead anyway (Enter stops here) ").strip()
        if not reason.strip():
            return None
    return reason if sure(question) else None


@click.command(cls=Command)
@click.argument("who", type=Who())
@year_option
@click.option("--reason", default="", help="Why it is shared although something should still be checked.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def share(opening: Opening, who: str, period: str | None, reason: str, yes: bool) -> None:
    """Share an evaluation with the employee. It stays as it is from then on, and so do the weights of its period.

    It says what should be checked first; then it needs a --reason. This notes that it is shared; `evaluation
    export @who --for employee` writes the copy to hand over.
    """
    from meetingtool.actions.people import evaluation_course as actions
    from meetingtool.actions.people.evaluations import open_guards

    desk, person, span = of_person(opening, who, period)
    still_open = open_guards(desk.workspace, person, span, opening.today)
    _tell_unnamed(desk, person, span)
    question = f"Share the evaluation of {person.name} for {span.label}?"
    agreed = _looked_at(still_open, reason, question, yes=yes)
    if agreed is None:
        talk("Nothing was changed.")
        return
    tell_evaluation(actions.share(desk.workspace, person, span, opening.now, reason=agreed), person, span)


@click.command(cls=Command)
@click.argument("who", type=Who())
@year_option
@click.option(
    "--agrees/--disagrees", "agrees", default=None, help="What the employee says; disagreeing needs a comment."
)
@click.option("--received", is_flag=True, help="The employee has received it, and gives no view.")
@click.option("--comment", default="", help="The employee's own words; - reads them from standard input.")
@click.option("--reason", default="", help="Why an answer already noted is changed; both will be on the paper.")
@pass_opening
def acknowledge(
    opening: Opening, who: str, period: str | None, agrees: bool | None, received: bool, comment: str, reason: str
) -> None:
    """Note that the employee received a shared evaluation, and agrees, disagrees or gives no view.

    It can't be undone. Changing it needs a --reason, and keeps the earlier answer on the paper.
    """
    from meetingtool.actions.people import evaluation_course as actions

    if (agrees is None) is not received:
        raise click.UsageError("Say which: --agrees, --received, or --disagrees with --comment TEXT.")
    desk, person, span = of_person(opening, who, period)
    said = from_input() if comment == "-" else comment
    changed = actions.acknowledge(desk.workspace, person, span, agrees, opening.now, comment=said, reason=reason)
    tell_evaluation(changed, person, span)
    tell_answer(changed)


@click.command(cls=Command)
@click.argument("who", type=Who())
@year_option
@click.option("--keep", metavar="REF", default="", help="The one to continue with; it may be in the bin.")
@click.option("--edition", type=click.IntRange(1), metavar="N", help="Which of its final editions is valid.")
@click.option("--reason", default="", help="Why that one is valid, where others were shared or final.")
@pass_opening
def join(opening: Opening, who: str, period: str | None, keep: str, edition: int | None, reason: str) -> None:
    """Merge two evaluations of one person and period, as two computers may have begun them.

    The one that is furthest along stays as it is, or the one that you --keep; a draft adds its words to another draft,
    and moves to the bin. Where two computers finalised one evaluation, --edition says which holds; both are kept.
    """
    from meetingtool.actions.people.evaluation_course import choose_edition, join_doubles
    from meetingtool.actions.people.evaluation_documents import evaluations_of
    from meetingtool.rules.people.course import held, holding
    from meetingtool.rules.people.doubles import adds_nothing

    if keep and edition:
        raise click.UsageError("--keep chooses one of two evaluations, --edition one of two editions: give one.")
    desk, person, span = of_person(opening, who, period)
    if edition:
        chosen = choose_edition(desk.workspace, person, span, edition, reason, opening.now)
        tell_evaluation(chosen, person, span)
        talk(f"Edition {holding(chosen)} holds now, digest {held(chosen).digest}")
        return
    before = evaluations_of(desk.workspace, person, span)
    kept = join_doubles(desk.workspace, person, span, opening.now, keep=keep, reason=reason)
    tell_evaluation(kept, person, span)
    for other in before:
        if other.id != kept.id and adds_nothing(kept, other):
            talk(
                f"The words of {other.ref} are not added, as {kept.ref} is {kept.state}: "
                f"`meetingtool show {other.ref}` shows them."
            )


@click.command(cls=Command)
@click.argument("who", type=Who())
@year_option
@click.option("--reason", default="", help="Why it is final although something should still be checked.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def finalise(opening: Opening, who: str, period: str | None, reason: str, yes: bool) -> None:
    """Lock an evaluation with everything that it rests on, and its digest.

    Without the employee's answer, or without having been shared, it needs a --reason.
    """
    from meetingtool.actions.people import evaluation_course as actions
    from meetingtool.rules.people.course import held, holding

    desk, person, span = of_person(opening, who, period)
    still_open = actions.before_final(desk.workspace, person, span, opening.today)
    _tell_unnamed(desk, person, span)
    agreed = _looked_at(still_open, reason, f"Finalise the evaluation of {person.name} for {span.label}?", yes=yes)
    if agreed is None:
        talk("Nothing was changed.")
        return
    final = actions.finalise(desk.workspace, person, span, opening.now, reason=agreed)
    tell_evaluation(final, person, span)
    talk(f"Edition {holding(final)}, digest {held(final).digest}")
    if told := actions.not_filed(desk.workspace, final):
        talk(f"! {told}")


@click.command(cls=Command)
@click.argument("who", type=Who())
@year_option
@click.option("--reason", required=True, help="Why; it will be on the paper.")
@pass_opening
def reopen(opening: Opening, who: str, period: str | None, reason: str) -> None:
    """Make a shared or final evaluation a draft again. What was final is kept; the employee's answer is void.

    The next edition says what it replaces, why, and what the answer was; `--edition 1` shows and exports the old one.
    """
    from meetingtool.actions.people import evaluation_course as actions

    desk, person, span = of_person(opening, who, period)
    tell_evaluation(actions.reopen(desk.workspace, person, span, reason, opening.now), person, span)
