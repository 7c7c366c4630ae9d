"""`meetingtool survey thin`: after a time, only counts are left of answers."""

from __future__ import annotations

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.keeping.safekeeping import agreed
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, talk


@click.command(cls=Command)
@click.argument("name", default="")
@click.option(
    "--keep", "months", type=int, metavar="MONTHS", help="Keep answers younger than this whole; 24 when left out."
)
@click.option("--dry-run", is_flag=True, help="Show what would be done, without doing it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def thin(opening: Opening, name: str, months: int | None, dry_run: bool, yes: bool) -> None:
    """Reduce old answers to counts: words, ids and customers go, from the backups of the books, too.

    The counts are by person, month and question, so that every past score and every result still adds up. A file with
    answers of these months adds none of them again. It can't be undone.
    """
    from meetingtool.actions.customers import thinning
    from meetingtool.actions.customers.surveys import survey_named
    from meetingtool.rules import wording

    desk = opening.desk()
    survey = survey_named(desk.workspace, name)
    plan = thinning.plan_thinning(desk.workspace, survey, desk.today, months)
    until = wording.day(plan.before, desk.today)
    if not (plan.rows or plan.undone):
        talk(f"Nothing of “{survey.name}” from before {until} is kept whole.")
        return
    out(f"{wording.count(plan.answers, 'answer')} from before {until} would become counts.")
    out(f"{wording.count(plan.comments, 'comment')} would be deleted.")
    if plan.undone:
        out("So would what is left of imports that were taken back.")
    if dry_run or not agreed("Reduce them to counts? It can't be undone.", yes):
        return
    done = thinning.thin(desk.workspace, plan, opening.now)
    talk("Reduced to counts.")
    for path in done.out_of_reach:
        talk(f"This copy can't be read, and may still have them: {path}")
