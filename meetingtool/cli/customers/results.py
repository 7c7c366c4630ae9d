"""`meetingtool survey trend|target|told`: the results over time, the target, and telling the team."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from meetingtool.cli.arguments import Ref
from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import print_json, print_table, talk
from meetingtool.errors import NotFound

if TYPE_CHECKING:
    from meetingtool.records.alerts import Alert
    from meetingtool.records.surveys import Measure, Survey
    from meetingtool.rules.customers.results import Noticed


_PERCENT = re.compile(r"[0-9]{1,3}%?")


@click.command(cls=Command)
@click.argument("name", default="")
@click.option(
    "--measure", "key", default="", metavar="KEY", help="A question by its key; the primary one when left out."
)
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def trend(opening: Opening, name: str, key: str, for_programs: bool) -> None:
    """Show a question period by period, what to say about it, and whether the team was told.

    NAME may be left out where there is one survey.
    """
    from meetingtool.actions.customers.alerts import alerts_of, told_periods
    from meetingtool.actions.customers.report import report_of_survey
    from meetingtool.actions.customers.surveys import survey_named, target_offered

    desk = opening.desk()
    survey = survey_named(desk.workspace, name)
    measure = measure_named(survey, key)
    report = report_of_survey(desk.workspace, survey, desk.roster)
    told, raised = told_periods(desk.workspace, survey), alerts_of(desk.workspace, survey)
    rows: list[dict[str, Any]] = []
    for period in report.periods:
        one = next(each for each in period.measures if each.key == measure.key)
        says: dict[str, str] = {}
        found: tuple[Noticed | Alert, ...] = (*report.alerts, *raised)
        for each in found:
            if (each.period, each.measure) == (period.period, measure.key):
                says.setdefault(each.kind, each.says)
        numbers = {field: getattr(one, field) for field in ("n", "satisfied", "share", "low", "high", "mean", "nps")}
        notes = {"noticed": list(says), "says": list(says.values())}
        rows.append({"period": period.period, **numbers, **notes, "told": period.period in told})
    if for_programs:
        whole = {"survey": survey.name, "measure": measure.key, "title": measure.title, "scale": measure.scale}
        aims = {"target": survey.target, "target_why": survey.target_why}
        offered = target_offered(desk.workspace, survey)
        print_json({**whole, "period": survey.period, **aims, "target_offered": offered, "periods": rows})
        return
    _print_trend(measure, rows)


def _print_trend(measure: Measure, rows: list[dict[str, Any]]) -> None:
    from meetingtool.rules.customers.shares import COUNTED_LEAST

    if not rows:
        talk("There are no answers yet.")
        return
    lines = []
    for row in rows:
        few = row["n"] < COUNTED_LEAST
        share = "too few to say" if few else f"{row['nps']:+.0f}" if measure.scale == "nps" else percent(row["share"])
        between = "" if few else f"{percent(row['low'])} – {percent(row['high'])}"
        notes = ", ".join(row["noticed"])
        lines.append(
            (
                row["period"],
                f"{row['n']:,}",
                f"{row['satisfied']:,}",
                share,
                between,
                notes,
                "told" if row["told"] else "",
            )
        )
    print_table(("Period", "Answers", "Satisfied", "Share", "Between", "To tell", "Team"), lines, right={1, 2, 3})
    for row in rows:
        for kind, says in zip(row["noticed"], row["says"], strict=True):
            talk(f"! {row['period']}, {kind}: {says}")


@click.command(cls=Command)
@click.argument("words", nargs=-1, metavar="[NAME] [PERCENT]")
@click.option("--set", "percentage", type=int, metavar="PERCENT", help="The percentage of satisfied customers to hold.")
@click.option("--why", default="", help="Why it is the target.")
@click.option("--none", "without", is_flag=True, help="Remove the target.")
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def target(
    opening: Opening, words: tuple[str, ...], percentage: int | None, why: str, without: bool, for_programs: bool
) -> None:
    """Show or set the percentage of satisfied customers to hold. What your own year suggests is shown beside it.

    `survey target 88` sets it where there is one survey, `survey target NAME 88` for one of several.
    """
    from meetingtool.actions.customers.surveys import set_target, survey_named, target_offered

    typed = " ".join(words).replace(" %", "%").split()
    at = next((at for at in (-1, 0) if typed and _PERCENT.fullmatch(typed[at])), None)
    if percentage is None and not without and at is not None:
        percentage = int(typed.pop(at).removesuffix("%"))
    name = " ".join(typed)
    if percentage is not None and without:
        raise click.UsageError("Choose one of --set and --none.")
    desk = opening.desk()
    survey = survey_named(desk.workspace, name)
    offered = target_offered(desk.workspace, survey)
    if percentage is not None or without:
        survey = set_target(desk.workspace, survey, percentage, why, opening.now)
    if for_programs:
        aims = {"target": survey.target, "target_why": survey.target_why, "target_offered": offered}
        print_json({"survey": survey.name, **aims})
        return
    own = "Your own year is too short to offer one." if offered is None else f"Your own year offers {offered} %."
    if survey.target is None:
        talk(f"“{survey.name}” has no target. {own}")
        return
    wish = " That makes it a wish, as it is higher." if offered is not None and survey.target > offered else ""
    because = f" ({survey.target_why})" if survey.target_why else ""
    talk(f"The target of “{survey.name}” is {survey.target} %{because}. {own}{wish}")


@click.command(cls=Command)
@click.argument("name", default="")
@click.option("--period", default="", metavar="PERIOD", help="Such as 2026-11; the last with answers when left out.")
@click.option("--meeting", "ref", type=Ref("meeting"), default="", help="The meeting in which it was told.")
@click.option("--how", default="", help="How else, such as a sheet on the wall.")
@pass_opening
def told(opening: Opening, name: str, period: str, ref: str, how: str) -> None:
    """Note that the team was told the results of a period; its alerts count as told, too."""
    from meetingtool.actions.customers.alerts import tell_results
    from meetingtool.actions.customers.surveys import survey_named
    from meetingtool.records.meetings import Meeting

    desk = opening.desk()
    survey = survey_named(desk.workspace, name)
    meeting = None
    if ref:
        found = desk.workspace.by_ref(ref)
        if not isinstance(found, Meeting):
            raise NotFound("That is not the reference of a meeting.", "`meetingtool meeting list` shows them.")
        meeting = found.id
    telling = tell_results(desk.workspace, survey, opening.now, period=period, meeting=meeting, how=how)
    talk(f"The results of {telling.period} are told; `meetingtool undo` reverses it.")


def measure_named(survey: Survey, key: str) -> Measure:
    """The question of a key, or the primary one. NotFound with the keys there are."""
    measure = survey.measure(key)
    if measure is None:
        from meetingtool.rules.wording import listed, shortened

        have = listed([one.key for one in survey.measures])
        raise NotFound(f"There is no question “{shortened(key, 40)}”.", f"The keys are {have}.")
    return measure


def percent(share: float | None) -> str:
    """`75.0 %`; empty for none."""
    return "" if share is None else f"{100 * share:.1f} %"
