"""`meetingtool survey compare`: before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.customers.results import measure_named
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_json, talk

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.records.surveys import Survey


@click.command(cls=Command)
@click.argument("name", default="")
@click.option("--before", default="", metavar="PERIOD", help="Such as 2026-Q1, 2026-04 or 2026.")
@click.option("--after", default="", metavar="PERIOD", help="Likewise; ideally it has not begun yet.")
@click.option("--because", default="", help="What happened between the two, such as a training.")
@click.option("--measure", "key", default="", metavar="KEY", help="A question; the primary one when left out.")
@click.option("--paired", is_flag=True, help="The same customers are asked twice.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def compare(
    opening: Opening, name: str, before: str, after: str, because: str, key: str, paired: bool, for_programs: bool
) -> None:
    """Compare a question before and after something, or show what is already compared.

    Fix it beforehand: one that was chosen afterwards says so. What changed after something was not necessarily caused
    by it.
    """
    from meetingtool.actions.customers.comparing import fix_comparison
    from meetingtool.actions.customers.surveys import survey_named
    from meetingtool.rules.customers.series import span_of

    if bool(before) is not bool(after) or (not before and (because or key or paired)):
        raise click.UsageError("Give --before and --after, with --because.")
    desk = opening.desk()
    survey = survey_named(desk.workspace, name)
    if before:
        spans = span_of(before, opening.today), span_of(after, opening.today)
        measure = measure_named(survey, key)
        fix_comparison(desk.workspace, survey, measure, *spans, because, opening.now, paired=paired)
    rows = _rows(desk, survey)
    if for_programs:
        print_json(rows)
        return
    for row in rows[:1] if before else rows:
        days = f"{row['before_since']} to {row['before_until']}, {row['after_since']} to {row['after_until']}"
        out(f"{row['ref']}  {row['because']} ({days}): {row['says']}")
    if not rows:
        talk("Nothing is compared yet. Give --before, --after and --because.")


def _rows(desk: Desk, survey: Survey) -> list[dict[str, object]]:
    """All comparisons of a survey, the newest first, for programs."""
    from meetingtool.actions.customers.comparing import compared

    rows = []
    for one, found in compared(desk, survey):
        kept = {field: getattr(one, field) for field in ("because", "measure", "paired", "afterwards")}
        days = {
            f"{side}_{end}": getattr(one, f"{side}_{end}") for side in ("before", "after") for end in ("since", "until")
        }
        numbers = {key: getattr(found, key) for key in ("points", "low", "high", "pairs", "p", "says")}
        numbers = {key: round(value, 4) if isinstance(value, float) else value for key, value in numbers.items()}
        sides = {
            "before": {"n": found.before.n, "satisfied": found.before.satisfied},
            "after": {"n": found.after.n, "satisfied": found.after.satisfied},
        }
        rows.append({"ref": one.ref, "id": one.id, **kept, **days, **sides, **numbers})
    return rows
