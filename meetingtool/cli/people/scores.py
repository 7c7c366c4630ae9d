"""`meetingtool score`: the customer service score with its sum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Who
from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.people import comparisons
from meetingtool.cli.printing import out, print_json, print_table, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.actions.people.scores import Scored
    from meetingtool.records.people import Person
    from meetingtool.rules.people.periods import Period

EARLIEST = 1900
"""Earlier years than this are refused: no team has records from then."""
YEAR_HELP = "The period: 2026, 2026-H1, 2026-Q3 or 2026-01-01..2026-06-30; the year being written when left out."


@click.command(cls=Command)
@click.argument("who", nargs=-1, type=Who())
@click.option("--year", "--period", "period", metavar="PERIOD", help=YEAR_HELP)
@click.option("--why", is_flag=True, help="Show the whole sum and the references of what it rests on.")
@click.option(
    "--team", is_flag=True, help="Side by side: how sure the numbers are, and what evidence is missing where."
)
@click.option("--years", is_flag=True, help="The parts of the named people over all years.")
@click.option(
    "--what-if",
    "weights",
    metavar="WEIGHTS",
    help="Try other weights, such as standards=50,customers=20,promises=20,training=10; changes nothing.",
)
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs, with the whole sum.")
@pass_opening
def score(
    opening: Opening,
    who: tuple[str, ...],
    period: str | None,
    why: bool,
    team: bool,
    years: bool,
    weights: str | None,
    for_programs: bool,
) -> None:
    """Show the customer service score, 0 to 100, of the people named, or of everybody.

    A score is the weighted mean of the parts with enough evidence, with points for recognition on top.
    Sticky situations never enter it. A score that was shared or is final is shown as it was then.
    """
    from meetingtool.actions.people.scores import scores_of
    from meetingtool.actions.reading import person_named

    if sum((why, team, years, weights is not None)) > 1:
        raise click.UsageError("Choose one of --why, --team, --years and --what-if.")
    desk = opening.desk()
    span = period_of_option(desk, period)
    named = [person_named(desk.roster, name) for name in who]
    people = named or there_in(desk, span)
    if years:
        comparisons.print_years(desk, named, desk.today, for_programs=for_programs)
        return
    if team:
        comparisons.print_team(desk, people, span, for_programs=for_programs)
        return
    if weights is not None:
        comparisons.print_tried(desk, people, span, weights, for_programs=for_programs)
        return
    scored = scores_of(desk.workspace, people, span, desk.today)
    if for_programs:
        print_json([as_json(one) for one in scored])
    elif why:
        for number, one in enumerate(scored):
            if number:
                out("")
            print_sum(one, desk)
    elif scored:
        print_table(("Handle", "Name", "Score", "Band", "Known", "State"), [_row(one) for one in scored], right={2})
        talk(f"{span.label}. `meetingtool score @who --why` shows the sum.")
    if not scored:
        talk(f"Nobody was on the team in {span.label}. Add people with `meetingtool team add NAME`.")


def _row(scored: Scored) -> tuple[str, ...]:
    """One line of the listing: the numbers as they were shared or locked, else from the records as they are."""
    from meetingtool.actions.people.evaluation_documents import numbers_of
    from meetingtool.rules.people.score import NOT_ENOUGH

    found, numbers = scored.evaluation, numbers_of(scored).score
    return (
        f"@{scored.person.handle}",
        scored.person.name,
        "–" if numbers["shown"] is None else str(numbers["shown"]),
        numbers["band"] or NOT_ENOUGH,
        numbers["coverage"],
        found.state if found is not None else "",
    )


def period_of_option(desk: Desk, text: str | None) -> Period:
    """The period that `--year` means; the evaluation year that is being written when it is left out."""
    from meetingtool.rules.people.periods import current_period, period_named

    starts = desk.settings.year_starts
    period = current_period(desk.today, starts) if text is None else period_named(text, starts)
    if period.since.year < EARLIEST:
        raise Refused(f"There are no records of {period.label}.", "Choose a later period.")
    return period


def there_in(desk: Desk, period: Period) -> list[Person]:
    """Those who were on the team in a part of the period that has begun, by name."""
    from meetingtool.rules.people.periods import part_of

    found = []
    for person in desk.roster.everyone:
        part = part_of(period, person.started, person.left)
        if part is not None and part.since <= desk.today:
            found.append(person)
    return found


def as_json(scored: Scored) -> dict[str, object]:
    """A score for programs: the whole sum as in the evaluation document, each number with the ids behind it."""
    from meetingtool.rules.people.kept_score import score_content

    reason = scored.evaluation.adjustment_reason if scored.evaluation else ""
    return {
        "state": scored.evaluation.state if scored.evaluation else None,
        "person": {"id": scored.person.id, "handle": scored.person.handle, "name": scored.person.name},
        "period": {"label": scored.period.label, "since": scored.period.since, "until": scored.period.until},
        **score_content(scored.score, reason),
        "guards": scored.guards,
    }


def print_sum(scored: Scored, desk: Desk) -> None:
    """Print the sum as it would be written down, then what it rests on."""
    from msgspec import to_builtins

    from meetingtool.actions.people.evaluation_documents import numbers_of
    from meetingtool.rules.people.kept_score import score_content
    from meetingtool.rules.people.sum_in_words import how_worked_out

    result = scored.score
    out(f"{scored.person.name} · @{scored.person.handle} · {scored.period.label}")
    out(" · ".join(word for word in (result.headline, result.band, result.coverage) if word))
    for need in result.missing:
        out(f"needed: {need}")
    out("")
    rows = [
        (
            part.label,
            _number(part.value),
            str(part.weight) if part.weight else "",
            _number(part.adds),
            part.absent_because or part.basis,
        )
        for part in result.listed
    ]
    if result.value is not None:
        total = "capped at 100" if result.capped else ""
        weights = f"of weights {result.weights}" if result.weights != 100 else ""
        words = ", ".join(word for word in (weights, total) if word)
        rows.append(("Sum", "", str(result.weights), _number(result.value), words))
    print_table(("Part", "Value", "Weight", "Adds", "Rests on"), rows, right={1, 2, 3})
    for sentence in how_worked_out(score_content(result), to_builtins(scored.rule)):
        out(sentence)
    if result.adjustment and scored.evaluation:
        out(f"{result.computed}, adjusted by {result.adjustment:+g} to {result.shown}")
        out(f"because: {scored.evaluation.adjustment_reason}")
    if scored.evaluation is not None and scored.evaluation.state != "draft":
        numbers = numbers_of(scored)
        number = "without a number" if numbers.shown is None else f"with {numbers.shown}"
        if (known := numbers.score["coverage"]) != result.coverage:
            number += f", {known}"
        out(f"The evaluation is {scored.evaluation.state} {number}; this is the sum as the records are now.")
    _print_standards(scored)
    _print_promises(scored, desk)
    for guard in scored.guards:
        out(f"! {guard.message}")


def _number(value: float | None) -> str:
    from meetingtool.rules.people.score import to_a_tenth

    return "" if value is None else to_a_tenth(value)


def _refs(ids: Iterable[str]) -> str:
    return " ".join(record_id[-6:] for record_id in ids)


def _print_standards(scored: Scored) -> None:
    lines = [line for line in scored.score.standards if line.value is not None]
    if not lines:
        return
    quarters = [quarter.label for quarter in lines[0].quarters]
    rows = [
        (
            f"#{line.tag}",
            str(line.weight),
            _number(line.value),
            *("–" if quarter.mean is None else f"{quarter.mean:.2f}" for quarter in line.quarters),
            _refs(rating for quarter in line.quarters for rating in quarter.ratings),
        )
        for line in lines
    ]
    out("")
    print_table(("Standard", "Weight", "Value", *quarters, "Ratings"), rows, right=range(1, 3 + len(quarters)))


def _print_promises(scored: Scored, desk: Desk) -> None:
    lines = scored.score.promises
    if not lines:
        return
    out("")
    rows = [(line.id[-6:], line.counts, line.why, _promised(desk, line.id)) for line in lines]
    print_table(("Promise", "Counts", "Why", "What"), rows)


def _promised(desk: Desk, record_id: str) -> str:
    from meetingtool.records.followups import FollowUp
    from meetingtool.rules.kinds.kind import in_one_line

    return in_one_line(desk.get(FollowUp, record_id), desk.roster)
