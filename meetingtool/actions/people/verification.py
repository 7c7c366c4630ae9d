"""Whether an exported file is what was finalised.

Only the digests in the records are trusted, never those in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from meetingtool.actions.people.doubts import doubts_of
from meetingtool.actions.people.soundness import lost_finals
from meetingtool.documents.people.evaluation_data import beyond_export, json_content
from meetingtool.errors import Unclear
from meetingtool.importers.given_files import bytes_of
from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.people.course import holding
from meetingtool.rules.people.digests import digest, is_genuine
from meetingtool.rules.people.doubles import rival_editions
from meetingtool.rules.people.editions import Edition, replaced_by, stamps_of
from meetingtool.rules.people.employee_copy import for_employee
from meetingtool.rules.people.misfits import EDITION_LOST, WHOLE, misfit
from meetingtool.rules.people.periods import between
from meetingtool.store import Workspace

LARGEST_EXPORT = 16_000_000
"""Bytes; nothing larger was ever exported."""
TABLES = (".csv", ".xlsx", ".zip")
"""Endings of exports with everybody in one file, whose people differ each time."""
_DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")

_BREAK = "\u200b".encode()
"""An invisible place to break a long word; papers have it in their digests."""


class Verdict(msgspec.Struct, frozen=True):
    """same: whether the file is what was finalised. words: which edition it is, or what is wrong with it, in a
    sentence."""

    same: bool
    words: str


def verify_file(workspace: Workspace, path: Path) -> Verdict:
    """Tell whether a file holds what was finalised. NotFound or Refused when it can't be read; Unclear when it isn't
    an export.

    JSON is compared by its content, so it may have been reformatted. Other files are made again from the locked
    edition that they name, and compared byte by byte.
    """
    if path.suffix.lower() in TABLES:
        raise Unclear(
            "A table of several evaluations can't be verified.",
            "Give the JSON, Markdown, HTML or PDF file of one person, exported once the evaluation was final.",
        )
    data = bytes_of(path, LARGEST_EXPORT, "It is no exported evaluation: give the file that was exported.")
    content = json_content(data)
    if content is not None:
        if wrong := beyond_export(data):
            return Verdict(False, wrong)
        return _of_content(workspace, content)
    named = {found.decode() for found in _DIGEST.findall(data.replace(_BREAK, b""))}
    editions = [(e, final) for e in workspace.find(Evaluation) for final in e.finals if final.digest in named]
    if not editions:
        raise _names_none(workspace, named)
    evaluation, final = min(editions, key=lambda found: bool(_wrong(workspace, *found)))
    if _wrong(workspace, evaluation, final):
        return Verdict(
            False,
            f"{_lost(workspace, evaluation, final)} A JSON file of it can still be checked by its digest; bring the "
            "book back from a backup (`meetingtool restore`) to check others.",
        )
    for stamp in stamps_of(evaluation, evaluation.finals.index(final) + 1):
        paper = Edition(content=final.content, stamp=stamp).paper
        for content, what in ((paper, ""), (for_employee(paper), "the employee's copy of ")):
            if data in _made_again(workspace, content, final.digest, path.suffix.lower()):
                return Verdict(True, f"This is {what}{_named(workspace, evaluation, final)}.")
    return Verdict(
        False,
        f"This names {_named(workspace, evaluation, final)}, but differs from the file made from it here. It may have "
        "been changed, or made by a different version; export JSON to be sure.",
    )


def _names_none(workspace: Workspace, named: set[str]) -> Unclear:
    """Why a paper can't be compared: somebody in it was anonymised since, a final is gone here, or it names none."""
    for evaluation in workspace.find(Evaluation):
        for final in evaluation.finals:
            if named.intersection(_digests_before(final)):
                return Unclear(
                    f"This names {_named(workspace, evaluation, final)}, as it was before somebody in it was "
                    "anonymised, so this paper can't be compared any more.",
                    "A JSON file exported at that time still can: export JSON whenever something may have to be "
                    "proved later.",
                )
    gone = [
        f"Of {_whose(workspace, each)}, {EDITION_LOST}."
        for each in workspace.find(Evaluation)
        if _lacks(workspace, each)
    ]
    gone += lost_finals(workspace)
    if gone:
        return Unclear(
            f"This file names no final evaluation that is still here. {' '.join(gone)}",
            "Restore the book from a backup (`meetingtool restore`), then verify again.",
        )
    if not named:
        return Unclear(
            "This file has no digest, so it names no final evaluation: papers of drafts, and of what was shared or "
            "answered before it was final, have none.",
            "Give a JSON, Markdown, HTML or PDF file that was exported once the evaluation was final.",
        )
    return Unclear(
        "This file names no final evaluation of this workspace.",
        "Give a JSON, Markdown, HTML or PDF file that was exported once the evaluation was final.",
    )


def _shared_as(workspace: Workspace, found: str, evaluations: Iterable[Evaluation]) -> Iterator[str]:
    """What was shared, now or formerly, and has that digest, or whose employee's copy has it, in words."""
    for evaluation in evaluations:
        for version in reversed(workspace.versions(evaluation.id)):
            then = version.record
            if not isinstance(then, Evaluation) or then.shared_at is None or then.shared is None:
                continue
            if found in (digest(then.shared), digest(for_employee(then.shared))):
                on = wording.day_in_full(then.shared_at.date())
                yield f"{_whose(workspace, evaluation)} as it was shared on {on}"


def _digests_before(final: Final) -> list[str]:
    before: list[str] = final.content.get("anonymised", {}).get("digests_before", [])
    return before


def _lacks(workspace: Workspace, evaluation: Evaluation) -> bool:
    """Whether an edition of an evaluation was taken out of its record."""
    return doubts_of(workspace, evaluation).get(WHOLE, "") == EDITION_LOST


def _whose(workspace: Workspace, evaluation: Evaluation) -> str:
    name = workspace.get(Person, evaluation.person).name
    return f"the evaluation of {name} for {between(evaluation.since, evaluation.until).label}"


def _of_content(workspace: Workspace, content: dict[str, Any]) -> Verdict:
    person, period = content.get("person"), content.get("period")
    who = person.get("id") if isinstance(person, dict) else None
    span = (period.get("since"), period.get("until")) if isinstance(period, dict) else None
    kept = next((person.id for person in workspace.find(Person) if who in person.merged), who)
    mine = [
        e
        for e in workspace.find(Evaluation)
        if e.person in (who, kept) and (e.since.isoformat(), e.until.isoformat()) == span
    ]
    if not mine:
        none = "There is no evaluation of this person and period in this workspace."
        return Verdict(False, " ".join([none, *lost_finals(workspace)]))
    found, lost_one = digest(content), ""
    for evaluation in mine:
        for final in evaluation.finals:
            if found == final.digest and is_genuine(final) and _wrong(workspace, evaluation, final):
                return Verdict(False, _lost(workspace, evaluation, final))
            if found == final.digest:
                lost = f" {_lost(workspace, evaluation, final)}" if _wrong(workspace, evaluation, final) else ""
                return Verdict(True, f"This is {_named(workspace, evaluation, final)}.{lost}")
            if _wrong(workspace, evaluation, final):
                lost_one = _lost(workspace, evaluation, final)
                continue
            if found == digest(for_employee(final.content)):
                return Verdict(True, f"This is the employee's copy of {_named(workspace, evaluation, final)}.")
            if found in _digests_before(final):
                named = _named(workspace, evaluation, final)
                return Verdict(True, f"This is {named}, as it was before somebody in it was anonymised.")
    if gone := next((words for evaluation in mine if (words := _beyond_comparison(workspace, evaluation))), ""):
        return Verdict(False, gone)
    if told := next(_shared_as(workspace, found, mine), ""):
        return Verdict(False, f"This is {told}, before it was final, and only a final can be verified.")
    if not any(evaluation.finals for evaluation in mine):
        return Verdict(False, "This evaluation is not final, so there is nothing locked to compare the file with.")
    if content.get("state") in ("draft", "shared", "acknowledged"):
        return Verdict(False, "This was written before the evaluation was final, and only a final can be verified.")
    differs = "This is not what was finalised: its content differs from every edition locked here."
    return Verdict(False, f"{differs} {lost_one}".strip())


def _beyond_comparison(workspace: Workspace, evaluation: Evaluation) -> str:
    """Why a file can't be compared with the editions here, in sentences: one is gone, or the person was anonymised;
    empty where it can."""
    if _lacks(workspace, evaluation):
        return (
            f"This is no edition that is still here. Of {_whose(workspace, evaluation)}, {EDITION_LOST}. Restore its "
            "book from a backup (`meetingtool restore`), then verify again."
        )
    for final in evaluation.finals:
        if final.content.get("anonymised") and not _digests_before(final):
            on = wording.day_in_full(date.fromisoformat(final.content["anonymised"]["on"]))
            return f"The person it is about was anonymised here on {on}, so it can't be compared any more."
    return ""


def _wrong(workspace: Workspace, evaluation: Evaluation, final: Final) -> str:
    number, owner = evaluation.finals.index(final) + 1, workspace.get(Person, evaluation.person)
    return misfit(evaluation, number, owner, doubts_of(workspace, evaluation))


def _lost(workspace: Workspace, evaluation: Evaluation, final: Final) -> str:
    """A sentence saying that the records here no longer hold what was finalised."""
    day = wording.day_in_full(final.finalised_at.date())
    wrong = _wrong(workspace, evaluation, final)
    return f"What is kept here ({evaluation.ref}) is not what was finalised on {day}: {wrong}."


def _named(workspace: Workspace, evaluation: Evaluation, final: Final) -> str:
    """`edition 2 of the evaluation of Maria Lopez for 2026, finalised on 24 Nov 2026, digest 3f7a...`."""
    content = final.content
    day = wording.day_in_full(final.finalised_at.date())
    now = workspace.get(Person, evaluation.person).name
    name = now if _wrong(workspace, evaluation, final) else content["person"]["name"]
    called = f"{name} (now {now})" if now != name else name
    number, printed = evaluation.finals.index(final) + 1, content["edition"]
    successor = replaced_by(evaluation, number)
    old = "" if final.reopened_at is None and evaluation.state == "final" else ", which was reopened since"
    old += f" and replaced by edition {successor}" if successor else ""
    if number in rival_editions(evaluation) and final.reopened_at is not None:
        old = f", beside edition {holding(evaluation)} of another computer, which holds until one is chosen"
    says = "" if number == printed else f" (edition {printed} on the paper, from before two computers were merged)"
    return (
        f"edition {number}{says} of the evaluation of {called} for {content['period']['label']}, "
        f"finalised on {day}{old}, digest {final.digest}"
    )


def _made_again(workspace: Workspace, content: dict[str, Any], digest: str, ending: str) -> list[bytes]:
    """The files that an export makes of a document, now and before anything it rests on was removed."""
    from meetingtool.actions.people.evaluation_documents import removed_since
    from meetingtool.actions.people.exports import pages_of

    made: list[bytes] = []
    for removed in dict.fromkeys((removed_since(workspace, content), frozenset[str]())):
        made += pages_of(content, digest, removed, ending)
    return made
