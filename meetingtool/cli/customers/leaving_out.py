"""`meetingtool survey answers|leave-out`: single answers, without anybody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.records.surveys import Because

REASONS = ("product", "other-team", "not-ours", "abuse", "twin")
COMMENT_WIDTH = 60


@click.command(cls=Command)
@click.argument("name", default="")
@click.option("--on", "on", default="", metavar="PERIOD", help="Only those of a period, such as 2026-09.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def answers(opening: Opening, name: str, on: str, for_programs: bool) -> None:
    """List the answers that count in somebody's score, good and bad alike, without saying in whose."""
    from meetingtool.actions.customers.leaving_out import answers_of
    from meetingtool.actions.customers.surveys import survey_named
    from meetingtool.rules import wording
    from meetingtool.rules.customers.series import span_of

    desk = opening.desk()
    span = span_of(on, opening.today) if on else None
    survey = survey_named(desk.workspace, name)
    found = answers_of(desk.workspace, survey, span.since if span else None, span.until if span else None)
    if for_programs:
        print_json(found)
    elif found:
        rows = [
            (
                one.ref,
                str(one.date),
                "" if one.value is None else str(one.value),
                one.because or "",
                wording.shortened(wording.one_line(one.comment), COMMENT_WIDTH),
            )
            for one in found
        ]
        print_table(("Ref", "Day", "Answer", "Left out", "Comment"), rows, right={2})
    else:
        talk("No answer says who served.")


@click.command("leave-out", cls=Command)
@click.argument("ref")
@click.option("--because", type=click.Choice(REASONS), help="Why it says nothing of who served.")
@click.option("--back", is_flag=True, help="Count it again.")
@pass_opening
def leave_out(opening: Opening, ref: str, because: Because | None, back: bool) -> None:
    """Leave one answer out of the score of whoever served; the rate with it is always shown, too."""
    from meetingtool.actions.customers import leaving_out

    if (because is None) is not back:
        raise click.UsageError("Give --because, or --back.")
    workspace = opening.desk().workspace
    if because is None:
        leaving_out.count_again(workspace, ref, opening.now)
        talk("It counts again.")
    else:
        leaving_out.leave_out(workspace, ref, because, opening.now)
        talk("Left out; `meetingtool undo` reverses it.")
