"""Importing the file of a survey: first what it would do, then doing it as one deed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from functools import partial

import msgspec

from meetingtool.actions.customers.answers import START_AGAIN, ChangedAnswer, known_answers, regraded
from meetingtool.actions.customers.incoming import SERVED, Incoming, incoming
from meetingtool.actions.customers.keeping import forgotten_names
from meetingtool.actions.customers.named import NameCount, Naming, mentions_in
from meetingtool.actions.customers.raising import alerts_for, to_say_of
from meetingtool.actions.customers.resting import moved_in, placed_in, resting_on
from meetingtool.actions.customers.surveys import batches_of
from meetingtool.actions.reading import roster_of
from meetingtool.errors import Refused
from meetingtool.importers.customers.draft import SurveyDraft
from meetingtool.importers.customers.mapping import GivenMapping
from meetingtool.importers.customers.reading import NOTHING_SAID, read_survey
from meetingtool.records.alerts import Alert
from meetingtool.records.base import mint
from meetingtool.records.mentions import Mention
from meetingtool.records.surveys import Batch, LeftOut, MappedColumn, Mapping, Measure, Survey
from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.customers.course import Notable
from meetingtool.rules.customers.series import Series, merged, of_batches, span_of, tallies
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

LONGEST_NAME = 80
IDS_START_AGAIN = (
    "The ids start again in this file, so an answer is recognised by its id and its day, and none replaces another."
)

Tell = Callable[[int, int], None] | None


class SurveyImport(msgspec.Struct, frozen=True, kw_only=True):
    """What importing a file would do. Nothing is saved yet.

    survey: as it will be. batches, changed: of answers that are new, and of kept ones that have another answer now.
    in_file: all answers of the file, counted. noticed: what to say about its periods. alerts: those raised. taken:
    answers that are new. same, changed_count: answers that are kept already. thinned: of the same, those of months of
    which only counts are left. learned: the survey's columns are read differently from now on. resting: what rested on
    other words or days, as it will be. again: plans it anew after somebody else saved; it takes `tell`, as
    `plan_survey` does.
    """

    draft: SurveyDraft
    survey: Survey
    is_new: bool
    batches: tuple[Batch, ...]
    changed: tuple[Batch, ...]
    naming: Naming
    in_file: Series
    noticed: tuple[tuple[Measure, Notable], ...]
    alerts: tuple[Alert, ...]
    taken: int
    same: int
    changed_count: int
    generation: int
    again: Callable[..., SurveyImport]
    thinned: int = 0
    learned: bool = False
    changes: tuple[ChangedAnswer, ...] = ()
    resting: tuple[Voice | LeftOut, ...] = ()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Names to be decided: new ones, and those whose words are others."""
        return tuple(one for one in (*self.naming.mentions, *self.naming.revised) if _is_open(one))

    @property
    def named(self) -> tuple[NameCount, ...]:
        """Who is named, and how often."""
        return tuple(self.naming.named)

    @property
    def is_idle(self) -> bool:
        """Whether everything in the file is kept already."""
        return not (self.taken or self.changed or self.learned or self.naming.mentions)


def plan_survey(
    workspace: Workspace,
    data: bytes,
    file: str,
    now: datetime,
    *,
    name: str = "",
    said: GivenMapping = NOTHING_SAID,
    encoding: str = "",
    sheet: str = "",
    on: str = "",
    tell: Tell = None,
) -> SurveyImport:
    """What importing a file would do: the dry run of `import_survey`.

    name: the survey it belongs to, or the name of a new one. on: the period of answers without dates. tell: called with
    how much is done, and of how much. Refused for a file that has no answers on a scale.
    """
    generation, known = workspace.generation, workspace.find(Survey)
    survey = next((one for one in known if name and fold(one.name) == fold(name.strip())), None)
    draft = read_survey(
        data,
        file,
        now.date(),
        said=said,
        known=known if not name else (),
        survey=survey,
        encoding=encoding,
        sheet=sheet,
        on=day_answered(on or said.on, now.date()),
    )
    _tell(tell, 1)
    survey = survey or next((one for one in known if one.id == draft.survey), None)
    if not name:
        draft = _with_whose(draft, survey, known)
    after = _survey(workspace, draft, survey, name, said, now)
    kept = [regraded(batch, survey, after) for batch in batches_of(workspace, survey)] if survey else []
    redated = survey is not None and _is_redated(survey.mapping, draft.mapping)
    roster = roster_of(workspace, now.date())
    come = incoming(draft, roster, forgotten_names(workspace))
    fresh = known_answers(kept, after, redated=redated).told_apart(come)
    if fresh.starts_again or fresh.far:
        note = IDS_START_AGAIN if fresh.starts_again else _far(fresh.far)
        draft = msgspec.structs.replace(draft, notes=(*draft.notes, note))
    _tell(tell, 2)
    batches = _batches(workspace, draft, come, after, [*fresh.rows, *fresh.away], now)
    moved = moved_in(kept, fresh.changed)
    placed = placed_in(fresh, come.days, kept, batches, moved)
    naming = mentions_in(workspace, come, after, placed, roster, now)
    _tell(tell, 3)
    changed = _changed(workspace, kept, fresh.changed)
    replaced = {batch.id: batch for batch in changed}
    told = tallies(after.measures, *_columns(draft, after, fresh.told), after.period)
    is_all = len(fresh.told) == len(draft.answers)
    in_file = told if is_all else tallies(after.measures, *_columns(draft, after, None), after.period)
    everything = merged(
        of_batches(after, [replaced.get(batch.id, batch) for batch in kept]), of_batches(after, batches)
    )
    touched = {label for line in told.values() for label in line}
    found = to_say_of(workspace, after, everything, touched)
    _tell(tell, 4)
    return SurveyImport(
        draft=draft,
        survey=after,
        is_new=survey is None,
        batches=tuple(batches),
        changed=tuple(changed),
        naming=naming,
        resting=tuple(resting_on(workspace, after, moved, placed, now)),
        in_file=in_file,
        noticed=found,
        alerts=tuple(alerts_for(workspace, after, found, now)),
        taken=len(fresh.rows),
        same=draft.same + fresh.same,
        changed_count=draft.changed + len(fresh.other),
        thinned=fresh.thinned,
        changes=fresh.changes,
        learned=survey is not None and _means(after) != _means(survey),
        generation=generation,
        again=partial(
            plan_survey, workspace, data, file, now, name=name, said=said, encoding=encoding, sheet=sheet, on=on
        ),
    )


def _with_whose(draft: SurveyDraft, survey: Survey | None, known: Sequence[Survey]) -> SurveyDraft:
    """With what is said of the survey that a file was found to belong to, or of those that it may belong to."""
    if survey is None:
        return msgspec.structs.replace(draft, notes=(*draft.notes, *_asked_before(draft, known)))
    if survey.mapping.fingerprint == draft.mapping.fingerprint:
        return draft
    called = wording.one_line(survey.name)
    said_so = f"“{called}” asks the same, so this belongs to it; another name (--as; n in the app) begins another."
    return msgspec.structs.replace(draft, notes=(said_so, *draft.notes))


def _is_open(mention: Mention) -> bool:
    return mention.state == "open" and mention.removed_at is None


def _far(rows: int) -> str:
    """Says that ids come again after so long that other answers must be meant."""
    have = wording.count(rows, "row has", "rows have")
    return (
        f"{have} the id of an answer of more than {START_AGAIN.days} days away, and {'is' if rows == 1 else 'are'} new."
    )


def _is_redated(before: Mapping, now: Mapping) -> bool:
    """Whether the days come from another column than before, although that one is still there."""
    former = _day_column(before)
    return _day_column(now) != former and former in {*now.unused, *(column.header for column in now.columns)}


def _day_column(mapping: Mapping) -> str:
    return next((column.header for column in mapping.columns if column.role == "date"), "")


def _means(survey: Survey) -> tuple[frozenset[MappedColumn], str]:
    return frozenset(survey.mapping.columns), survey.primary


def _changed(workspace: Workspace, kept: Iterable[Batch], other: Sequence[Batch]) -> list[Batch]:
    """Batches that are not as they were: with other answers, or all on another scale."""
    there = {batch.id for batch in other}
    again = [batch for batch in kept if batch.id not in there and batch != workspace.get(Batch, batch.id)]
    return [*other, *(msgspec.structs.replace(batch, version=batch.version + 1) for batch in again)]


def _asked_before(draft: SurveyDraft, known: Iterable[Survey]) -> list[str]:
    """Says which survey the answers may belong to, where columns of its file were added, lost or renamed since."""
    headers = {column.header for column in draft.mapping.columns}
    how = "under its name (--as, or n in the app)"
    for survey in known:
        if survey.source != draft.source:
            continue
        called = f"“{wording.one_line(survey.name)}”"
        used = {column.header for column in survey.mapping.columns}
        asked = {column.header for column in survey.mapping.columns if column.role == "measure"}
        if asked and asked <= headers:
            return [f"{called} asks the same: {how}, the answers to these questions are added to it."]
        if 2 * len(used & headers) >= len(headers) > 1:
            return [f"{called} has {len(used & headers)} of these columns: if it is the same survey, import it {how}."]
    return []


def import_survey(workspace: Workspace, plan: SurveyImport, now: datetime) -> SurveyImport:
    """Keep what was planned, as one deed; returns what was kept.

    Where anybody saved since it was planned, it is planned again first, while everybody else waits: nothing is counted
    twice. Refused while a question is open, and where no row of the file is an answer.
    """
    with workspace.batch(deeds.SURVEY_IMPORTED, now):
        if workspace.generation != plan.generation:
            plan = plan.again()
        if plan.draft.asks:
            raise Refused(plan.draft.asks[0])
        if not (plan.taken or plan.same or plan.changed_count):
            raise _nothing_taken(plan.draft)
        if plan.is_new or not plan.is_idle:
            _keep(workspace, plan, now)
    return plan


def _nothing_taken(draft: SurveyDraft) -> Refused:
    """Why no row of a file is an answer."""
    if not draft.rejected:
        return Refused("Nobody answered in this file.", "Export a period in which customers answered.")
    first = draft.rejected[0]
    rows = wording.count(draft.rows_read, "row")
    return Refused(
        f"None of the {rows} can be taken: in line {first.line}, “{wording.one_line(first.column)}”, {first.reason}.",
        "Export finished answers, or say which column has the day (--column date=HEADER, or e in the app).",
    )


def _keep(workspace: Workspace, plan: SurveyImport, now: datetime) -> None:
    workspace.save(plan.survey, deed=deeds.SURVEY_IMPORTED, now=now)
    for record in (*plan.changed, *plan.batches):
        workspace.save(record, deed=deeds.SURVEY_IMPORTED, now=now)
    mentions = (*plan.naming.mentions, *plan.naming.revised)
    for year in {mention.at.year for mention in mentions}:
        named = [mention for mention in mentions if mention.at.year == year]
        workspace.save(*named, deed=deeds.SURVEY_IMPORTED, now=now)
    for rested in plan.resting:
        workspace.save(rested, deed=deeds.SURVEY_IMPORTED, now=now)
    if plan.alerts:
        workspace.save(*plan.alerts, deed=deeds.SURVEY_IMPORTED, now=now)


def _tell(tell: Tell, done: int) -> None:
    if tell is not None:
        tell(done, 4)


def day_answered(on: str, today: date) -> date | None:
    """The day for answers of a period without dates: its last, or today while it is not over; None without a period.

    Refused for what is no period, or has not begun.
    """
    if not on:
        return None
    span = span_of(on, today)
    if span.since > today:
        raise Refused(f"“{on}” has not begun yet.", "Say the period in which customers answered.")
    return min(span.until, today)


def _survey(
    workspace: Workspace, draft: SurveyDraft, survey: Survey | None, name: str, said: GivenMapping, now: datetime
) -> Survey:
    """The survey after the import: a new one, or the known one with what the file has taught about its columns."""
    if survey is None:
        called = _free_name(workspace, wording.one_line(name) or draft.title, bool(name))
        return Survey(
            id=mint(now),
            at=now,
            made_at=now,
            made_by=workspace.user,
            name=called,
            source=draft.source,
            measures=draft.measures,
            primary=draft.primary,
            period=said.period or ("quarter" if draft.by == "quarter" else "month"),
            mapping=draft.mapping,
        )
    known = {measure.key: measure for measure in survey.measures}
    measures = tuple({**known, **{measure.key: measure for measure in draft.measures}}.values())
    mapping = _widened(survey.mapping, draft.mapping)
    changes = {"measures": measures, "mapping": mapping, "period": said.period or survey.period}
    changes["primary"] = draft.primary
    changed = msgspec.structs.replace(survey, **changes)
    return survey if changed == survey else msgspec.structs.replace(changed, version=survey.version + 1)


def _widened(old: Mapping, new: Mapping) -> Mapping:
    """The mapping with the fingerprint of the latest file; columns that it does not have are kept for another time."""
    there = {column.header for column in new.columns} | set(new.unused)
    rest = tuple(column for column in old.columns if column.header not in there)
    order = new.day_order or old.day_order
    unused = tuple(dict.fromkeys((*new.unused, *(name for name in old.unused if name not in there))))
    return msgspec.structs.replace(new, columns=(*new.columns, *rest), day_order=order, unused=unused)


def _free_name(workspace: Workspace, name: str, is_said: bool) -> str:
    if len(name) > LONGEST_NAME:
        raise Refused(f"The name has {len(name)} letters.", f"Use at most {LONGEST_NAME}.")
    taken = {fold(survey.name) for survey in workspace.find(Survey)}
    if is_said or fold(name) not in taken:
        return name
    number = 2
    while fold(f"{name} {number}") in taken:
        number += 1
    return f"{name} {number}"


def _columns(
    draft: SurveyDraft, survey: Survey, rows: Sequence[int] | None
) -> tuple[list[date], list[list[int | None]]]:
    """The days and the values of some rows; a column for every measure of the survey."""
    answers = draft.answers
    mine = {measure.key: column for measure, column in zip(draft.measures, answers.values, strict=True)}
    nothing: list[int | None] = [None] * len(answers)
    columns = [mine.get(measure.key, nothing) for measure in survey.measures]
    if rows is None:
        return answers.days, columns
    return [answers.days[row] for row in rows], [[column[row] for row in rows] for column in columns]


def _batches(
    workspace: Workspace, draft: SurveyDraft, come: Incoming, survey: Survey, rows: Sequence[int], now: datetime
) -> list[Batch]:
    """The new answers, a batch a year."""
    years: dict[int, list[int]] = {}
    for row in rows:
        years.setdefault(come.days[row].year, []).append(row)
    return [_batch(workspace, draft, come, survey, sorted(mine), now) for _, mine in sorted(years.items())]


def _batch(
    workspace: Workspace, draft: SurveyDraft, come: Incoming, survey: Survey, rows: list[int], now: datetime
) -> Batch:
    days, values = _columns(draft, survey, rows)
    first, last = min(days), max(days)
    names = [come.texts[SERVED][row] for row in rows] if SERVED in come.texts else []
    served = [name for name in dict.fromkeys(names) if name]
    places = {name: index for index, name in enumerate(served)} | {"": -1}
    offsets = {day: (day - first).days for day in set(days)}
    return Batch(
        id=mint(now),
        at=datetime.combine(last, time(12), tzinfo=now.tzinfo),
        made_at=now,
        made_by=workspace.user,
        survey=survey.id,
        file=wording.shortened(wording.storable(draft.file), 120),
        first=first,
        measures=tuple(measure.key for measure in survey.measures),
        days=tuple(offsets[day] for day in days),
        values=tuple(tuple(column) for column in values),
        ids=_told(come.ids, rows),
        comments=_told(come.texts.get("comments", ()), rows),
        customers=_told(come.texts.get("customers", ()), rows),
        named=_told(come.texts.get("named", ()), rows),
        served=tuple(come.people[name] for name in served),
        by=tuple(places[name] for name in names),
    )


def _told(column: Sequence[str], rows: Sequence[int]) -> tuple[str, ...]:
    """The texts of some rows; () where none of them says anything."""
    told = tuple(column[row] for row in rows) if column else ()
    return told if any(told) else ()
