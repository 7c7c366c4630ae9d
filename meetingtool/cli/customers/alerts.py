"""`meetingtool survey alerts|explain|act|dismiss`: what follows from a real change."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.actions.customers.alerts import Cause

CAUSES = ("promise", "wait", "words", "manner", "work", "price", "rule", "handover", "other")


@click.command(cls=Command)
@click.argument("name", default="")
@click.option("--all", "everything", is_flag=True, help="Show those done or dismissed, too.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def alerts(opening: Opening, name: str, everything: bool, for_programs: bool) -> None:
    """List the falls, rises and shares under the target that are real and still open, the newest first."""
    from meetingtool.actions.customers.alerts import alerts_of
    from meetingtool.actions.customers.surveys import survey_named
    from meetingtool.cli import shapes

    desk = opening.desk()
    survey = survey_named(desk.workspace, name) if name else None
    found = alerts_of(desk.workspace, survey, everything=everything)
    if for_programs:
        print_json([shapes.shape(one, desk.roster) for one in found])
    elif found:
        rows = [(one.ref, one.period, one.kind, one.state, one.words or one.reason or one.says) for one in found]
        print_table(("Ref", "Period", "What", "State", "Words"), rows)
    else:
        talk("No alerts are open.")


@click.command(cls=Command)
@click.argument("ref")
@click.argument("words", nargs=-1, required=True)
@click.option("--cause", type=click.Choice(CAUSES), help="The cause; `other` when left out.")
@pass_opening
def explain(opening: Opening, ref: str, words: tuple[str, ...], cause: Cause | None) -> None:
    """Write down what you and the team think it was.

    The cause may stand before the words: `survey explain K3V9QD wait "no vans on Mondays"`.
    """
    from meetingtool.actions.customers import alerts as life

    if cause is None and len(words) == 2 and words[0] in CAUSES and " " in words[1]:
        cause, words = cast("Cause", words[0]), words[1:]
    workspace = opening.desk().workspace
    life.explain(workspace, life.alert_of(workspace, ref), cause or "other", " ".join(words), opening.now)
    talk("Explained. `meetingtool survey act REF LINE` says what to do about it.")


@click.command(cls=Command)
@click.argument("ref")
@click.argument("line", nargs=-1, required=True)
@pass_opening
def act(opening: Opening, ref: str, line: tuple[str, ...]) -> None:
    """Agree on the action that answers it, in the words of any action: `@tom open at seven by fri`."""
    from meetingtool.actions.customers import alerts as life

    workspace = opening.desk().workspace
    _, action = life.act_on(workspace, life.alert_of(workspace, ref), " ".join(line), opening.now)
    talk(f"Done: action {action.ref}. `meetingtool undo` reverses both.")


@click.command(cls=Command)
@click.argument("ref")
@click.argument("reason", nargs=-1, required=True)
@pass_opening
def dismiss(opening: Opening, ref: str, reason: tuple[str, ...]) -> None:
    """Dismiss it, with the reason."""
    from meetingtool.actions.customers import alerts as life

    workspace = opening.desk().workspace
    life.dismiss(workspace, life.alert_of(workspace, ref), " ".join(reason), opening.now)
    talk("Dismissed; `meetingtool undo` reverses it.")
