"""What `check` says about ratings and evaluations: records that can be read but are not what they should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from meetingtool.actions.people.doubts import doubts_of_each
from meetingtool.actions.people.evaluation_documents import to_join
from meetingtool.actions.people.merged_finals import settle
from meetingtool.errors import NotFound
from meetingtool.records.base import REF_LENGTH, Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.course import COURSE_CHANGED, course_is_genuine
from meetingtool.rules.people.digests import answer_is_genuine, shared_is_genuine
from meetingtool.rules.people.doubles import doubles, rival_editions
from meetingtool.rules.people.misfits import WHOLE, misfit, rule_fits, state_fits
from meetingtool.rules.people.periods import between
from meetingtool.rules.people.score_rule import rule_then
from meetingtool.store import Workspace
from meetingtool.store.mending.finding import Finding
from meetingtool.store.places import file_of, year_name

RESTORE = "Restore the book from an earlier backup: `meetingtool restore` lists them."


def unsound(workspace: Workspace) -> list[Finding]:
    """Evaluations that are no longer what was shared or finalised, two of one person and period, and values out of
    range. Nothing is found when all is sound."""
    evaluations = workspace.find(Evaluation)
    found = [*_changed(workspace, evaluations), *_missing(workspace, evaluations), *_twice(workspace, evaluations)]
    return [*found, *_lost(workspace), *_beyond(workspace, evaluations), *_off_the_scale(workspace)]


def lost_finals(workspace: Workspace, only: str | None = None) -> dict[str, str]:
    """What the log of deeds says was finalised, but has no locked edition in any record, not even in the bin: each
    sentence with the book that had it (empty on a server). only: look into this book alone."""
    told = [(book, deed) for book, deed in workspace.log(only) if deed.what == deeds.EVALUATION_FINAL]
    if not told:
        return {}
    there = {e.id for removed in (False, True) for e in workspace.find(Evaluation, removed=removed) if e.finals}
    found = {}
    for book, deed in told:
        for lost in (change.id for change in deed.changes if change.id not in there):
            when = f"on {wording.day_in_full(deed.at.date())} ({lost[-REF_LENGTH:]})"
            found[f"The evaluation that was finalised {when} is not there any more."] = book
    return found


def _lost(workspace: Workspace) -> Iterator[Finding]:
    for message, book in lost_finals(workspace).items():
        yield Finding("records", book, file_of(workspace.folder, book), message, RESTORE)


def _changed(workspace: Workspace, evaluations: list[Evaluation]) -> Iterator[Finding]:
    doubts = doubts_of_each(workspace, evaluations)
    for evaluation in evaluations:
        whose, owner = _whose(workspace, evaluation), _person(workspace, evaluation.person)
        against = doubts[evaluation.id]
        for number in range(1, len(evaluation.finals) + 1):
            if wrong := misfit(evaluation, number, owner, against):
                message = f"Edition {number} of {whose} is not what was finalised: {wrong}."
                yield _finding(workspace, evaluation, message, RESTORE)
        if not state_fits(evaluation):
            left = "its last edition" if evaluation.shared is None else "what was shared of it"
            message = f"Whether {whose} is shared or final was changed in its record: {left} says otherwise."
            yield _finding(workspace, evaluation, message, RESTORE)
        if WHOLE in against:
            message = f"The record of {whose} is not what it was: {against[WHOLE]}."
            yield _finding(workspace, evaluation, message, RESTORE)
        if not shared_is_genuine(evaluation):
            message = f"What was shared of {whose} has been changed since: it no longer matches its digest."
            yield _finding(workspace, evaluation, message, RESTORE)
        if not answer_is_genuine(evaluation):
            message = f"The answer to {whose}, or its day, is not what was noted: it no longer matches its digest."
            yield _finding(workspace, evaluation, message, RESTORE)
        if not course_is_genuine(evaluation):
            message = f"What was reopened of {whose} is not what was noted: {COURSE_CHANGED}."
            yield _finding(workspace, evaluation, message, RESTORE)


def _missing(workspace: Workspace, evaluations: list[Evaluation]) -> Iterator[Finding]:
    """What was final in a former version of a record, and is no longer among its editions."""
    there = {final.digest for evaluation in evaluations for final in evaluation.finals}
    binned = workspace.find(Evaluation, removed=True)
    for evaluation in (*evaluations, *binned):
        if any("anonymised" in final.content for final in evaluation.finals):
            continue
        kept = [cast(Evaluation, version.record) for version in workspace.versions(evaluation.id)]
        whose = _whose(workspace, evaluation)
        for final in {final.digest: final for former in kept for final in former.finals}.values():
            if final.digest not in there:
                day = wording.day_in_full(final.finalised_at.date())
                message = f"What was finalised of {whose} on {day}, digest {final.digest[:16]}, is not there any more."
                yield _finding(workspace, evaluation, message, RESTORE)
        if evaluation in evaluations and not rule_fits(evaluation):
            message = f"The weights kept with {whose} are not those by which it was shared."
            yield _finding(workspace, evaluation, message, RESTORE)


def _twice(workspace: Workspace, evaluations: list[Evaluation]) -> Iterator[Finding]:
    for several in doubles(evaluations):
        refs = wording.listed([f"{each.ref} ({each.state})" for each in several])
        message = f"There are {len(several)} of {_whose(workspace, several[0])}: {refs}."
        hint = to_join(several, _person(workspace, several[0].person))
        yield _finding(workspace, several[0], message, hint)
    for evaluation in filter(rival_editions, evaluations):
        rivals = rival_editions(evaluation)
        computers, editions = "Several" if rivals[2:] else "Two", wording.listed([str(number) for number in rivals])
        message = f"{computers} computers finalised {_whose(workspace, evaluation)}: editions {editions}."
        yield _finding(workspace, evaluation, message, settle(evaluation, _person(workspace, evaluation.person)))


def _beyond(workspace: Workspace, evaluations: list[Evaluation]) -> Iterator[Finding]:
    for evaluation in evaluations:
        fixed = rule_then(evaluation)
        most = fixed.rule.adjustment_most if fixed is not None else 5
        if abs(evaluation.adjustment) > most:
            points = wording.count(most, "point")
            whose, handle = _whose(workspace, evaluation), _handle(workspace, evaluation.person)
            message = f"The adjustment of {whose} is {evaluation.adjustment:+g}, not {points} at most."
            way = f"`meetingtool evaluation adjust {handle} 0` removes it."
            hint = f"It does not count. {way if evaluation.state == 'draft' else RESTORE}"
            yield _finding(workspace, evaluation, message, hint)


def _off_the_scale(workspace: Workspace) -> Iterator[Finding]:
    for rating in workspace.find(Rating):
        if rating.value is not None and not 1 <= rating.value <= 5:
            name = _name(workspace, rating.person)
            day = rating.at.date().isoformat()
            message = f"The rating {rating.ref} of {name} on {day} is {rating.value}, not 1 to 5."
            hint = f"It does not count. Rate again, and remove it with `meetingtool remove {rating.ref}`."
            yield _finding(workspace, rating, message, hint)


def _finding(workspace: Workspace, record: Record, message: str, hint: str) -> Finding:
    book = year_name(record.at.year)
    path: Path = file_of(workspace.folder, book)
    return Finding("records", book, path, message, hint)


def _whose(workspace: Workspace, evaluation: Evaluation) -> str:
    period = between(evaluation.since, evaluation.until)
    return f"the evaluation of {_name(workspace, evaluation.person)} for {period.label}"


def _person(workspace: Workspace, person: str) -> Person | None:
    try:
        return workspace.get(Person, person)
    except NotFound:
        return None


def _name(workspace: Workspace, person: str) -> str:
    found = _person(workspace, person)
    return wording.one_line(found.name) if found else "somebody unknown here"


def _handle(workspace: Workspace, person: str) -> str:
    found = _person(workspace, person)
    return f"@{found.handle}" if found else "@who"
