"""The score of several people or years side by side: the team, other weights, one person's years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from meetingtool.cli.printing import out, print_json, print_table, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.actions.people.comparison import TeamComparison, YearLine
    from meetingtool.records.people import Person
    from meetingtool.rules.people.periods import Period


def _shown(number: int | None) -> str:
    return "–" if number is None else str(number)


def _value(number: float | None) -> str:
    from meetingtool.rules.people.score import to_a_tenth

    return "" if number is None else to_a_tenth(number)


def print_team(desk: Desk, people: Sequence[Person], span: Period, *, for_programs: bool) -> None:
    """Print the team side by side, what the numbers can't show, how the ratings were given, and the work list."""
    from meetingtool.actions.people.comparison import compare
    from meetingtool.rules.people.calibration import trend_in_words
    from meetingtool.rules.people.like_with_like import give_or_take

    found = compare(desk.workspace, people, span, desk.today)
    if for_programs:
        print_json(_team_json(found))
        return
    rows = [
        (
            f"@{place.scored.person.handle}",
            place.scored.person.name,
            _shown(place.shown),
            give_or_take(place.entry.margin),
            trend_in_words(place.entry),
            place.scored.score.coverage,
            str(len(place.scored.inputs.ratings)),
            str(len(place.scored.inputs.wins)),
        )
        for place in found.places
    ]
    print_table(
        ("Handle", "Name", "Score", "Give or take", "Trend", "Known", "Ratings", "Wins"), rows, right={2, 3, 4, 6, 7}
    )
    out("")
    if found.side.spread is not None:
        out(f"From {found.side.spread[0]} to {found.side.spread[1]}. {found.side.verdict}")
    else:
        out(found.side.verdict)
    for note in found.notes:
        out(f"! {note}")
    lacking = [(f"@{place.scored.person.handle}", line) for place in found.places for line in place.lacking]
    if lacking:
        out("")
        print_table(("Who", "To do in the coming weeks"), lacking)
    talk(
        f"{span.label}. Give or take: in 19 of 20 cases the true score is within this many points. Trend: "
        "the last rated quarter against the first, on the same standards. By name, not by rank."
    )


def _team_json(found: TeamComparison) -> dict[str, object]:
    handles = {place.scored.person.id: place.scored.person.handle for place in found.places}
    return {
        "period": {"label": found.period.label, "since": found.period.since, "until": found.period.until},
        "people": [
            {
                "handle": place.scored.person.handle,
                "name": place.scored.person.name,
                "score": place.shown,
                "margin": place.entry.margin,
                "trend": place.entry.trend,
                "trend_margin": place.entry.trend_margin,
                "coverage": place.scored.score.coverage,
                "ratings": len(place.scored.inputs.ratings),
                "wins": len(place.scored.inputs.wins),
                "lacking": place.lacking,
            }
            for place in found.places
        ],
        "spread": found.side.spread,
        "verdict": found.side.verdict,
        "told_apart": [[handles[one], handles[other]] for one, other in found.side.apart],
        "pairs": found.side.pairs,
        "unlike_pairs": found.side.unlike,
        "notes": found.notes,
    }


def print_tried(desk: Desk, people: Sequence[Person], span: Period, typed: str, *, for_programs: bool) -> None:
    """Print everybody's score by the weights that hold and by others. Refused where the period's are fixed."""
    from meetingtool.actions.people.score_settings import try_rule
    from meetingtool.actions.people.scores import rule_of
    from meetingtool.rules.people.score_rule import rule_from, rule_in_words

    held = rule_of(desk.workspace, span).rule
    other = rule_from(typed, held)
    tried = try_rule(desk.workspace, people, span, other, desk.today)
    if for_programs:
        print_json(
            [
                {
                    "handle": entry.person.handle,
                    "name": entry.person.name,
                    "now": entry.now.computed,
                    "then": entry.then.computed,
                    "change": entry.change,
                    "missing": entry.then.missing,
                }
                for entry in tried
            ]
        )
        return
    rows = [
        (
            f"@{entry.person.handle}",
            entry.person.name,
            _shown(entry.now.computed),
            _shown(entry.then.computed),
            "" if not entry.change else f"{entry.change:+d}",
            entry.then.band,
            "; ".join(entry.then.missing) if entry.now.computed is not None else "",
        )
        for entry in tried
    ]
    print_table(("Handle", "Name", "Now", "Then", "Change", "Band then", "Missing then"), rows, right={2, 3, 4})
    talk(f"{span.label}, now with {rule_in_words(held)}; then with {rule_in_words(other)}.")
    talk("Nothing was changed. `meetingtool settings score` adopts weights; adjustments are left out here.")


def print_years(desk: Desk, people: Sequence[Person], today: date, *, for_programs: bool) -> None:
    """Print a person's parts over all evaluation years."""
    from meetingtool.actions.people.comparison import PART_KEYS, change_in_words, years_of
    from meetingtool.actions.people.year_start import beside_the_period
    from meetingtool.rules.people.like_with_like import give_or_take
    from meetingtool.rules.people.score_part import LABELS

    if not people:
        raise Refused("Say whose years.", "For example: meetingtool score @maria --years")
    found = [(person, years_of(desk.workspace, person, today)) for person in people]
    if for_programs:
        print_json([_year_json(person, line) for person, lines in found for line in lines])
        return
    for number, (person, lines) in enumerate(found):
        if number:
            out("")
        if not lines:
            talk(f"There is no rating and no evaluation of {person.name} yet.")
            continue
        out(f"{person.name} · @{person.handle}")
        rows = [
            (line.period.label, _shown(line.shown), give_or_take(line.margin),
             *(_value(line.parts.get(key)) for key in PART_KEYS), line.band, line.coverage, line.source,
             change_in_words(line))
            for line in lines
        ]  # fmt: skip
        heads = ("Year", "Score", "Give or take", *(LABELS[key] for key in PART_KEYS), "Band", "Known", "By",
                 "Against the year before, like with like")  # fmt: skip
        print_table(heads, rows, right=range(1, 3 + len(PART_KEYS)))
        for line in lines:
            for warning in beside_the_period(desk.workspace, [person], line.period):
                talk(f"! {warning}")


def _year_json(person: Person, line: YearLine) -> dict[str, object]:
    return {
        "handle": person.handle,
        "name": person.name,
        "period": {"label": line.period.label, "since": line.period.since, "until": line.period.until},
        "score": line.shown,
        "band": line.band,
        "coverage": line.coverage,
        "margin": line.margin,
        "change": line.change,
        "unlike": line.unlike,
        "parts": line.parts,
        "by": line.source,
    }
