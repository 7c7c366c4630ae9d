"""A survey, or what a file would add to one, as one description with stable names."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from meetingtool.actions.customers.answers import ChangedAnswer
from meetingtool.actions.customers.between_people import BetweenResult, as_result, between_people
from meetingtool.actions.customers.imports import SurveyImport
from meetingtool.actions.customers.named import NameCount
from meetingtool.actions.customers.raising import is_lately
from meetingtool.actions.customers.surveys import batches_of
from meetingtool.importers.customers.draft import Reject
from meetingtool.records.mentions import Mention
from meetingtool.records.surveys import LeftOut, Survey
from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.customers.for_meeting import ALERTS
from meetingtool.rules.customers.results import (
    MeasureResult,
    Noticed,
    PeriodResult,
    as_noticed,
    by_period,
    noticed,
    whole,
)
from meetingtool.rules.customers.sentences import finding
from meetingtool.rules.customers.series import days_of, named, of_batches
from meetingtool.rules.customers.thinning import answers_in_all
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace


class NamedPerson(msgspec.Struct, frozen=True):
    """Who is named, by tier. person: a handle; None for nobody on the team, or for one of several."""

    person: str | None
    words: str
    tier: str
    count: int


class Report(msgspec.Struct, frozen=True):
    """What programs get. For a kept survey, whatever is about a single file is None or 0; people are compared there
    alone."""

    file: str | None
    source: str
    sheet: str | None
    encoding: str | None
    rows_read: int
    taken: int
    same: int
    changed: int
    changes: tuple[ChangedAnswer, ...]
    twins: int
    empty: int
    rejected_count: int
    rejected: tuple[Reject, ...]
    first: date | None
    last: date | None
    period: str
    measures: tuple[MeasureResult, ...]
    periods: tuple[PeriodResult, ...]
    comments: int
    mentions: tuple[NamedPerson, ...]
    alerts: tuple[Noticed, ...]
    people: BetweenResult | None
    asks: tuple[str, ...]


def report_of_import(plan: SurveyImport, roster: Roster) -> Report:
    """What importing a file would do; the numbers count all its answers, kept already or not."""
    draft, survey = plan.draft, plan.survey
    days = draft.answers.days if draft.dated else []
    series = plan.in_file
    return Report(
        file=draft.file,
        source=draft.source,
        sheet=draft.sheet,
        encoding=draft.encoding,
        rows_read=draft.rows_read,
        taken=plan.taken,
        same=plan.same,
        changed=plan.changed_count,
        changes=plan.changes,
        twins=draft.twins,
        empty=draft.empty,
        rejected_count=draft.rejected_count,
        rejected=draft.rejected,
        first=min(days, default=None),
        last=max(days, default=None),
        period=survey.period,
        measures=whole(draft.measures, survey.primary, series),
        periods=by_period(draft.measures, survey.primary, series, survey.period) if draft.dated else (),
        comments=sum(1 for comment in draft.answers.comments if comment),
        mentions=tuple(_person(one, roster) for one in plan.named),
        alerts=tuple(as_noticed(measure, found, survey.period) for measure, found in plan.noticed)
        if draft.dated
        else (),
        people=None,
        asks=draft.asks,
    )


def in_words(plan: SurveyImport, report: Report, today: date) -> list[str]:
    """What importing a file would do, a sentence a line: how many answers, what was not taken, what is real."""
    draft = plan.draft
    counts = [
        f"{wording.count(plan.taken, 'answer')} new",
        f"{plan.same:,} unchanged",
        f"{plan.changed_count:,} changed",
        f"{wording.count(draft.rejected_count, 'reject')}",
    ]
    if draft.twins:
        counts.append(f"{wording.count(draft.twins, 'twin')} without an id, counted anyway")
    if draft.empty:
        counts.append(f"{wording.count(draft.empty, 'row')} without an answer")
    span = ""
    if report.first is not None and report.last is not None:
        span = f", {wording.day(report.first, today)} to {wording.day(report.last, today)}"
    lines = [f"{wording.count(draft.rows_read, 'row')} read{span}: {', '.join(counts)}."]
    lines += _changed(plan, today)
    if not draft.answers.ids and (plan.is_new or (plan.same and plan.taken)):
        lines.append("The answers have no id: one that is changed in a later file will count twice.")
    for reject in draft.rejected[:5]:
        where = f"line {reject.line}" if draft.sheet is None else f"row {reject.line}"
        column = f", “{reject.column}”" if reject.column else ""
        value = f" “{reject.value}”" if reject.value else ""
        lines.append(f"{where}{column}{value}: {reject.reason}")
    if draft.partly:
        cells = wording.count(draft.partly, "reject is a single cell", "rejects are single cells")
        lines.append(f"{cells}: the rest of the row is taken.")
    if draft.rejected_count > 5:
        lines.append(f"{draft.rejected_count - 5:,} more; `survey import FILE --dry-run --json` lists the first 200.")
    if plan.thinned:
        lines.append(f"{wording.count(plan.thinned, 'answer')} of months that were thinned: counted already.")
    lines += _noticed(plan, today)
    lines += _names(plan)
    unknown = [one for one in plan.named if one.tier == "column" and one.person is None]
    if unknown:
        names = wording.listed([f"“{wording.shortened(one.words, 40)}”" for one in unknown[:3]])
        times = wording.count(sum(one.count for one in unknown), "answer")
        lines.append(
            f"Who served is not one person of the team in {times}, such as {names}: it counts for nobody. "
            "Add a nickname (`team edit WHO --nickname NAME`), then import again."
        )
    lines += [
        f"“{wording.shortened(one.words, 40)}” is named {wording.count(one.count, 'time')}, and on nobody's list."
        for one in plan.named
        if one.tier == "unlisted"
    ][:3]
    return lines


def _noticed(plan: SurveyImport, today: date) -> list[str]:
    """What is real in recent periods, each with its period; what is long over is only counted."""
    survey = plan.survey
    found = plan.noticed if plan.draft.dated else ()
    late = [(measure, one) for measure, one in found if is_lately(survey, one.period, today)]
    lines = []
    for measure, one in late:
        which = "" if measure.key == survey.primary else f", “{wording.shortened(wording.one_line(measure.title), 60)}”"
        when = f"{named(one.period, survey.period)}{which}"
        lines.append(f"! {when}, {ALERTS[one.kind]}: {finding(one, survey.period)}")
    if plan.is_new and len(found) > len(late):
        before = wording.count(len(found) - len(late), "change")
        lines.append(f"{before} of earlier periods: `survey trend` shows when, and nobody is asked about them.")
    return lines


def _changed(plan: SurveyImport, today: date) -> list[str]:
    """The first of the updated answers, each with what it was."""
    lines = []
    for one in plan.changes[:3]:
        said = [f"{_given(one.was)} is {_given(one.value)} now"] if one.was != one.value else []
        said += [f"the day is {wording.day(one.day, today)} now"] if one.day != one.was_day else []
        said += ["the words are others"] if one.comment_changed else []
        said += [_served(one)] if one.served or one.was_served else []
        what = ", ".join(said) or "something else is answered otherwise"
        which = wording.one_line(one.id)
        which = which if len(which) <= 40 else f"…{which[-39:]}"
        lines.append(f"{which or 'The answer'} of {wording.day(one.was_day, today)}: {what}.")
    if plan.changed_count > len(lines) > 0:
        lines.append(f"{plan.changed_count - len(lines):,} more that changed; --dry-run --json lists the first 200.")
    return lines


def _given(value: float | None) -> str:
    return "blank" if value is None else f"{value}"


def _served(change: ChangedAnswer) -> str:
    """Who served, where the file has another name than before, or a name has come to mean somebody."""
    name, was = (wording.shortened(wording.one_line(one), 40) for one in (change.served, change.was_served))
    if not name:
        return f"“{was}” didn't serve"
    if name == was:
        return f"“{name}” is known now"
    return f"“{name}” served, not “{was}”" if was else f"“{name}” served"


def _names(plan: SurveyImport) -> list[str]:
    """The names to be decided, and what became of decisions before."""
    lines, naming = [], plan.naming
    if plan.mentions:
        lines.append(f"{wording.count(len(plan.mentions), 'name')} of the team in comments, to be decided.")
    if naming.reopened:
        rested = wording.count(naming.reopened, "decision about a name", "decisions about names")
        lines.append(f"{rested} rested on other words, and no longer {'counts' if naming.reopened == 1 else 'count'}.")
    off = Counter(type(one) for one in plan.resting if one.removed_at is not None)
    off -= Counter(type(one) for one in plan.resting if one.version == 1)
    voices = off[Voice]
    if voices:
        lines.append(f"{wording.count(voices, 'comment')} to read aloud: the words are others, so the mark is off.")
    if off[LeftOut]:
        left_out = wording.count(off[LeftOut], "answer")
        lines.append(f"{left_out} with other words, left out before, counted again: decide anew.")
    if naming.passed_over:
        over = wording.count(naming.passed_over, "name")
        lines.append(f"{over} not asked about: rejected before, with the same words around.")
    return lines


def report_of_survey(workspace: Workspace, survey: Survey, roster: Roster) -> Report:
    """All that is kept of a survey."""
    batches = batches_of(workspace, survey)
    series = of_batches(survey, batches)
    days = [day for batch in batches for day in days_of(batch)]
    months = [count.month for batch in batches for count in batch.counts]
    mentions = [one for one in workspace.find(Mention, survey=survey.id) if one.state != "rejected"]
    counts = Counter((one.person, one.words, one.tier) for one in mentions)
    kept = sum(answers_in_all(batch) for batch in batches)
    between = between_people(workspace, survey, batches, roster)
    return Report(
        file=batches[-1].file if batches else None,
        source=survey.source,
        sheet=None,
        encoding=None,
        rows_read=kept,
        taken=kept,
        same=0,
        changed=0,
        changes=(),
        twins=0,
        empty=0,
        rejected_count=0,
        rejected=(),
        first=min([*days, *months], default=None),
        last=max([*days, *months], default=None),
        period=survey.period,
        measures=whole(survey.measures, survey.primary, series),
        periods=by_period(survey.measures, survey.primary, series, survey.period),
        comments=sum(1 for batch in batches for comment in batch.comments if comment),
        mentions=tuple(
            NamedPerson(roster.handle(person) or None, words, tier, times)
            for (person, words, tier), times in counts.most_common()
        ),
        alerts=tuple(as_noticed(measure, found, survey.period) for measure, found in noticed(survey, series)),
        people=as_result(between, roster) if between else None,
        asks=(),
    )


def _person(named: NameCount, roster: Roster) -> NamedPerson:
    handle = roster.handle(named.person) if named.person else ""
    return NamedPerson(handle or None, named.words, named.tier, named.count)
