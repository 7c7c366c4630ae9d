"""The employee's answer as a small file, saved by the HTML copy: taken if it answers what is shared."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from meetingtool.actions.people.evaluation_course import acknowledge
from meetingtool.documents.people.evaluation_data import with_names_twice
from meetingtool.errors import Refused, Unclear
from meetingtool.importers.given_files import bytes_of
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules.people.periods import between
from meetingtool.store import Workspace

LARGEST = 1_000_000
"""Bytes; an answer is a few lines."""


class AnswerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is in the file. answer_to: the digest of what was shared. agrees: null where no view is given."""

    answer_to: str
    agrees: bool | None
    comment: str


def read_answer(path: Path) -> AnswerFile:
    """The answer in a file. NotFound or Refused when it can't be read; Unclear when it isn't one."""
    try:
        data = bytes_of(path, LARGEST, "It is no answer: give the file that the employee's copy saved.")
        found: Any = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=AnswerFile)
        twice = with_names_twice(data)[1]
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unclear("This file is not an answer.", "Give the file that the employee's copy saved.") from error
    if twice:
        raise Unclear(f"“{twice[0]}” is in this file twice, so it gives two answers.", "Ask for a new file.")
    answer: AnswerFile = found
    return answer


def take_answer(workspace: Workspace, path: Path, now: datetime, *, reason: str = "") -> tuple[Evaluation, Person]:
    """Note the answer in a file for the person it belongs to. Refused where it answers nothing shared now. reason: why
    it replaces an answer noted before.
    """
    answer = read_answer(path)
    wanted = answer.answer_to.strip().lower()
    shared = [e for e in workspace.find(Evaluation) if wanted and e.shared_digest == wanted]
    if not shared:
        raise Refused(
            "This does not answer anything currently shared here.",
            "It may have been reopened since, or be final: hand over the new copy and ask for an answer to it.",
        )
    person = workspace.get(Person, shared[0].person)
    period = between(shared[0].since, shared[0].until)
    return acknowledge(workspace, person, period, answer.agrees, now, comment=answer.comment, reason=reason), person
