"""The questions asked while a file of answers is imported, each with what the file itself shows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast, get_args

import msgspec
from textual.app import App
from textual.content import Content

from meetingtool.actions.customers.imports import day_answered
from meetingtool.errors import Refused
from meetingtool.importers.customers.draft import SurveyDraft
from meetingtool.importers.customers.labels import tidy
from meetingtool.importers.customers.mapping import GivenMapping, SaidMeasure, with_satisfied, with_steps
from meetingtool.importers.customers.two_sides import side_of
from meetingtool.importers.customers.unsure import Candidate, NoScale
from meetingtool.records.surveys import DayOrder, Scale, Survey
from meetingtool.rules import wording
from meetingtool.rules.customers.series import period_of
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose

SCALES: dict[str, str] = {
    "csat5": "satisfied, 1 to 5",
    "csat7": "satisfied, 1 to 7",
    "ces7": "effort, 1 to 7",
    "nps": "recommend, 0 to 10",
    "stars5": "stars, 1 to 5",
    "yes-no": "yes or no",
    "good-bad": "good or bad",
    "own": "a scale of its own",
}
"""The scales in words."""
assert set(SCALES) == set(get_args(Scale))
SAME = "same as "
"""Comes before the key of a question that the survey has."""
_TITLE = 50


async def what_is_open(
    app: App[Any], draft: SurveyDraft, known: Survey, said: GivenMapping, today: date
) -> GivenMapping | None:
    """What was said about the file, with the answer to the question it leaves open; None where nobody answered. known:
    the survey it belongs to."""
    if draft.open_order:
        orders = {"day-first": "the day: 3/4 is 3 April", "month-first": "the month: 3/4 is 4 March"}
        order = await _one_of(app, "Which comes first in the dates of this file?", orders)
        return msgspec.structs.replace(said, dates=cast("DayOrder", order)) if order else None
    if draft.sheets:
        sheet = await _one_of(app, "Which worksheet has the answers?", {one: one for one in draft.sheets})
        return msgspec.structs.replace(said, sheet=sheet) if sheet else None
    if draft.days:
        day = await _one_of(app, "On which day did customers answer?", {one: one for one in draft.days})
        return msgspec.structs.replace(said, columns={**said.columns, day: "date"}) if day else None
    if draft.scale_of:
        seen = next(one for one in draft.columns if one.header == draft.scale_of)
        return await _scale_of(app, seen.header, seen.samples, said)
    if draft.reworded[0]:
        return await _reworded(app, draft, known, said)

    def answered(typed: str) -> None:
        if day_answered(typed.strip(), today) is None:
            raise Refused("A period is needed.", "Type one, or press Escape to leave the file alone.")

    typed = await app.push_screen_wait(
        AskText(
            "The file has no dates. When did customers answer?",
            draft="import-period",
            value=period_of(today.replace(day=1), "month"),
            hint="such as 2026-09, 2026-Q3 or 2026-W40",
            take=answered,
        )
    )
    return msgspec.structs.replace(said, on=typed) if typed else None


async def _reworded(app: App[Any], draft: SurveyDraft, known: Survey, said: GivenMapping) -> GivenMapping | None:
    """Whether a new question is a missing one of the survey, in other words."""
    header, key = draft.reworded
    before, now = known.measure(key), draft.measure_in(header)
    assert before is not None
    assert now is not None
    name = wording.shortened(wording.one_line(before.title), _TITLE)
    options = {f"{SAME}{key}": f"the same as “{name}”, in other words", now.scale: "another question"}
    what = await _one_of(app, f"“{wording.shortened(header, _TITLE)}” is new, “{name}” is missing. It is", options)
    return held(said, header, what) if what else None


async def scale(app: App[Any], error: NoScale, said: GivenMapping) -> GivenMapping | None:
    """Which column is a question after all, and what its answers mean; None where nobody says."""
    found = {one.header: one for one in error.candidates}
    header = next(iter(found), None)
    if len(found) > 1:
        samples = {name: f"{name}: {_several(one.answers[:4])}" for name, one in found.items()}
        header = await _one_of(app, "No scale is known here. Which column says how satisfied they are?", samples)
    if header is None:
        return None
    one = found[header]
    return await _scale_of(app, header, one.answers, said) if one.numeric else await _order(app, one, said)


async def satisfied_from(app: App[Any], draft: SurveyDraft, header: str, said: GivenMapping) -> GivenMapping | None:
    """From which answer to a question on a customer is satisfied; None where nothing else is chosen."""
    measure = draft.measure_in(header)
    if measure is None:
        return None
    words = {step: label for label, step in reversed(measure.labels) if step is not None}
    if not measure.has_mean or (measure.parts == 1 and measure.high == 1):
        return None
    points = range(measure.high // measure.parts, measure.low // measure.parts, -1)
    options = {str(point): words.get(point * measure.parts, str(point)) for point in points}
    chosen = await _one_of(
        app,
        f"From which answer to “{wording.shortened(header, _TITLE)}” on is a customer satisfied?",
        options,
        str(measure.said(measure.satisfied)),
    )
    if chosen is None or int(chosen) * measure.parts == measure.satisfied:
        return None
    return with_satisfied(said, header, int(chosen))


async def _scale_of(app: App[Any], header: str, samples: tuple[str, ...], said: GivenMapping) -> GivenMapping | None:
    """On which scale the answers of a column are; for yes and no, which of them is the good one."""
    title = f"“{wording.shortened(header, _TITLE)}” has {_several(samples[:3])}."
    if any(sample.isdecimal() for sample in samples):
        chosen = await _one_of(app, f"{title} On which scale?", SCALES, "csat5")
        return held(said, header, chosen) if chosen else None
    sides = {sample: side for sample in samples if (side := side_of(tidy(sample), "yes-no")) is not None}
    worst_first = sorted(sides, key=sides.__getitem__)
    good = await _one_of(app, f"{title} Which answer is good?", {one: one for one in reversed(worst_first)})
    if good is None:
        return None
    return held(said, header, "yes-no") if sides[good] else with_steps(said, header, worst_first[::-1])


def held(said: GivenMapping, header: str, what: str) -> GivenMapping:
    """The same, with what a column holds: a role, a scale, a question of the survey (with `SAME` before its key), or
    nothing."""
    measures = tuple(one for one in said.measures if one.column != header)
    columns = {column: role for column, role in said.columns.items() if column != header}
    if what in SCALES:
        measures = (*measures, SaidMeasure(header, cast("Scale", what)))
    elif what.startswith(SAME):
        measures = (*measures, SaidMeasure(header, same=what.removeprefix(SAME)))
    else:
        columns[header] = what
    return msgspec.structs.replace(said, columns=columns, measures=measures)


async def _order(app: App[Any], one: Candidate, said: GivenMapping) -> GivenMapping | None:
    """The order of answers in words, typed as their numbers."""
    numbered = "\n".join(f"{at}  {wording.one_line(answer)}" for at, answer in enumerate(one.answers, 1))
    found: list[GivenMapping] = []

    def take(typed: str) -> None:
        places = [int(digits) - 1 for digits in re.findall(r"\d+", typed)]
        if any(not 0 <= place < len(one.answers) for place in places):
            raise Refused("There is no such answer.", f"Type the numbers from 1 to {len(one.answers)}.")
        if len(places) < 2:
            raise Refused("Two numbers are the least.", "Type them from the worst answer to the best, such as 3 1 2.")
        rest = [answer for place, answer in enumerate(one.answers) if place not in places]
        found.append(with_steps(said, one.header, [one.answers[place] for place in places], rest))

    await app.push_screen_wait(
        AskText(
            f"“{wording.shortened(one.header, _TITLE)}”: the answers from the worst to the best",
            draft="import-order",
            hint=f"{numbered}\n\ntheir numbers in order, such as 3 1 2; leave out what is no answer",
            take=take,
        )
    )
    return found[-1] if found else None


async def _one_of(app: App[Any], question: str, options: dict[str, str], chosen: str = "") -> str | None:
    codes = options is SCALES
    listed = [
        (
            key,
            Content.assemble(
                wording.shortened(wording.one_line(text), 78), (f"  {key}" if codes else "", "$text-muted")
            ),
        )
        for key, text in options.items()
    ]
    return await app.push_screen_wait(Choose(question, listed, chosen=chosen))


def _several(answers: tuple[str, ...]) -> str:
    return ", ".join(f"“{wording.shortened(wording.one_line(answer), 24)}”" for answer in answers)
