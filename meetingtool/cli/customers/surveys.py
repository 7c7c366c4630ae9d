"""`meetingtool survey`: importing customers' answers, and what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import paired
from meetingtool.cli.commands import Family
from meetingtool.cli.customers import alerts, comments, comparing, leaving_out, results, thinning
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_json, print_table, progress_told, talk
from meetingtool.cli.tables import TableOptions, table_options
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.actions.customers.between_people import BetweenResult
    from meetingtool.actions.customers.imports import SurveyImport
    from meetingtool.rules.customers.results import MeasureResult

TITLE_WIDTH = 44


@click.group(cls=Family)
def survey() -> None:
    """Answers of customers: import exports as they come, see how satisfied people are, and whether a fall is real."""


@survey.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "name", default="", metavar="NAME", help="The survey it belongs to, or the name of a new one.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), metavar="FILE.toml", help="What the columns hold.")
@table_options(column=("WHAT=HEADER", "What a column holds, such as date=Closed or csat5=Q1; may be repeated."))
@click.option(
    "--steps", multiple=True, metavar="HEADER=WORST<...<BEST", help="Answers in words, in their order; may be repeated."
)
@click.option(
    "--satisfied", multiple=True, metavar="HEADER=ANSWER", help="From which answer on a customer is satisfied."
)
@click.option("--on", "on", default="", metavar="PERIOD", help="When customers answered: 2026-09, 2026-Q3, 2026-W40.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def import_(
    opening: Opening,
    file: Path,
    name: str,
    map_file: Path | None,
    steps: tuple[str, ...],
    satisfied: tuple[str, ...],
    on: str,
    dry_run: bool,
    for_programs: bool,
    options: TableOptions,
) -> None:
    """Import an export of customers' answers, just as it came: CSV, a workbook or JSON.

    SurveyMonkey, Qualtrics, Typeform, Google Forms, Microsoft Forms, LimeSurvey, Formbricks, Zendesk, reviews of
    Google and Trustpilot, plain tables and others are recognised by what is in them. It reports what was understood;
    with --dry-run nothing else happens. A file with more columns than last time adds its new questions. Answers that
    were imported before stay as they are, changed ones are brought up to date, and `undo` reverses the whole import.

    WHAT in --column: id, date, comment, person, named, customer, finished, none; a scale: csat5, csat7, ces7, nps,
    stars5, yes-no, good-bad, own; or the key of a question that the survey has (`survey show --json` tells it), where
    the file asks it in other words.

    The file of --map says the same to keep it: id, date, comment, person, named, customer, finished and primary, each
    = "HEADER"; leave = ["HEADER"]; dates = "day-first" or "month-first"; period = "week", "month" or "quarter"; sheet;
    and for a question [[measure]] with column = "HEADER", and scale, title, satisfied, same or
    labels = {"good" = 2, "bad" = 1}.
    """
    from msgspec import structs

    from meetingtool.actions.customers.imports import import_survey, plan_survey
    from meetingtool.actions.customers.report import report_of_import
    from meetingtool.importers.customers.mapping import GivenMapping, read_map, with_columns, with_satisfied, with_steps
    from meetingtool.importers.given_files import bytes_of

    said = read_map(map_file.expanduser()) if map_file else GivenMapping()
    said = with_columns(said, paired(options.given, "--column", "\n"))
    for header, order in _headed(steps, "--steps"):
        said = with_steps(said, header, order.split("<" if "<" in order else ","))
    for header, answer in _headed(satisfied, "--satisfied"):
        said = with_satisfied(said, header, int(answer) if answer.isdecimal() else answer)
    if options.day_order is not None:
        said = structs.replace(said, dates=options.day_order)
    desk = opening.desk()
    data = bytes_of(file.expanduser())
    with progress_told(4, "Reading the answers") as tell:
        plan = plan_survey(
            desk.workspace,
            data,
            file.name,
            opening.now,
            name=name,
            said=said,
            encoding=options.encoding,
            sheet=options.worksheet,
            on=on,
            tell=tell,
        )
    if for_programs:
        print_json(report_of_import(plan, desk.roster))
    else:
        _tell_plan(opening, plan)
    if plan.draft.asks:
        raise Refused(plan.draft.asks[0])
    if dry_run:
        talk("Nothing was changed; run it again without --dry-run.")
        return
    plan = import_survey(desk.workspace, plan, opening.now)
    if plan.is_idle:
        talk(f"There is nothing new in it: “{plan.survey.name}” has it all.")
    else:
        talk(f"Saved in “{plan.survey.name}”; `meetingtool undo` reverses it.")


@survey.command("list")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_surveys(opening: Opening, for_programs: bool) -> None:
    """List the surveys."""
    from meetingtool.records.surveys import Survey

    desk = opening.desk()
    found = desk.workspace.find(Survey)
    if for_programs:
        keys = ("name", "source", "period", "primary", "target")
        print_json([{"id": one.id, "ref": one.ref, **{key: getattr(one, key) for key in keys}} for one in found])
    elif found:
        print_table(
            ("Survey", "From", "By", "Questions", "Target"),
            [
                (one.name, one.source, one.period, str(len(one.measures)), f"{one.target} %" if one.target else "")
                for one in found
            ],
            right={3, 4},
        )
    else:
        talk("There is no survey yet; `meetingtool survey import FILE` imports one.")


@survey.command("show")
@click.argument("name", default="")
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def show(opening: Opening, name: str, for_programs: bool) -> None:
    """Show all that is kept of a survey; NAME may be left out where there is one.

    Where customers say who served them, it tells whether the answers of the last year that has any show a difference
    between people of one role, and only then gives each of them a share. It is never a ranking.
    """
    from meetingtool.actions.customers.report import report_of_survey
    from meetingtool.actions.customers.surveys import survey_named

    desk = opening.desk()
    report = report_of_survey(desk.workspace, survey_named(desk.workspace, name), desk.roster)
    if for_programs:
        print_json(report)
        return
    print_measures(report.measures)
    for noticed in report.alerts:
        talk(f"! {noticed.period}, {noticed.kind}: {noticed.says}")
    if report.people is not None:
        _print_people(report.people)


def _print_people(found: BetweenResult) -> None:
    """Whether people differ, and who has which share where they do."""
    from meetingtool.rules import wording

    span = f"{wording.day_in_full(found.since)} to {wording.day_in_full(found.until)}"
    talk(f"Who served, {span}. {found.says}")
    rows = [
        (
            f"@{one.person}",
            group.role or "",
            f"{one.n:,}",
            f"{one.satisfied:,}",
            results.percent(one.share),
            f"{results.percent(one.low)} – {results.percent(one.high)}",
        )
        for group in found.groups
        for one in group.people
    ]
    if rows:
        print_table(("Who", "Role", "Answers", "Satisfied", "Share, pulled", "Between"), rows, right={2, 3, 4})


def _headed(values: tuple[str, ...], option: str) -> list[tuple[str, str]]:
    """`HEADER=VALUE` options. A header may have an equals sign of its own: `1 = bad`."""
    pairs = [tuple(part.strip() for part in value.rpartition("=")[::2]) for value in values]
    for (header, rest), value in zip(pairs, values, strict=True):
        if not header or not rest:
            raise click.UsageError(f"{option} needs HEADER=VALUE, not “{value}”.")
    return [(header, rest) for header, rest in pairs]


def _tell_plan(opening: Opening, plan: SurveyImport) -> None:
    """Print what a file was understood to say, for people."""
    from meetingtool.actions.customers.report import in_words, report_of_import
    from meetingtool.rules import wording

    draft = plan.draft
    for note in draft.notes:
        talk(note)
    used = [
        f"{wording.shortened(column.header, 40)} -> {column.role}"
        for column in draft.mapping.columns
        if column.role != "measure"
    ]
    talk(f"Columns: {', '.join(used) or 'the questions alone'}.")
    if plan.is_new and draft.mapping.unused:
        names = [f"“{wording.shortened(wording.one_line(name), 40)}”" for name in draft.mapping.unused]
        others = f" and {len(names) - 8} others" if len(names) > 8 else ""
        talk(f"Not used: {', '.join(names[:8])}{others}. --column says otherwise, such as --column csat5=HEADER.")
    report = report_of_import(plan, opening.desk().roster)
    print_measures(report.measures)
    for line in in_words(plan, report, opening.desk().today):
        talk(line)
    for question in draft.asks[1:]:
        talk(question)


def print_measures(measures: tuple[MeasureResult, ...]) -> None:
    """A table of measures, the primary one with a star."""
    from meetingtool.rules import wording

    if not measures:
        out("No answers.")
        return
    print_table(
        ("", "Measure", "Scale", "Answers", "Satisfied", "Share", "Between", "Mean", "NPS"),
        (
            (
                "*" if one.primary else "",
                wording.shortened(one.title, TITLE_WIDTH),
                one.scale,
                f"{one.n:,}",
                f"{one.satisfied:,}",
                results.percent(one.share),
                ""
                if one.low is None or one.high is None
                else f"{results.percent(one.low)} – {results.percent(one.high)}",
                "" if one.mean is None else f"{one.mean:.2f}",
                "" if one.nps is None else f"{one.nps:+.1f}",
            )
            for one in measures
        ),
        right={3, 4, 5, 7, 8},
    )


for _command in (results.trend, results.target, results.told):
    survey.add_command(_command)
for _command in (alerts.alerts, alerts.explain, alerts.act, alerts.dismiss):
    survey.add_command(_command)
for _command in (leaving_out.answers, leaving_out.leave_out):
    survey.add_command(_command)
for _command in (comments.comments, comments.read_aloud):
    survey.add_command(_command)
survey.add_command(comparing.compare)
survey.add_command(thinning.thin)
