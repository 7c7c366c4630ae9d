"""Evaluations as files: Markdown and JSON for each person, one CSV for an HR system."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from meetingtool.actions.evaluations import all_documents, find_evaluation
from meetingtool.documents import markdown
from meetingtool.documents.evaluation import evaluation as paper_of
from meetingtool.documents.evaluation_data import csv_file, json_file
from meetingtool.documents.writing import file_name, file_names, write_whole
from meetingtool.errors import Refused
from meetingtool.records.people import Person
from meetingtool.rules.employee_copy import for_employee as copy_of
from meetingtool.rules.evaluation import Content
from meetingtool.rules.periods import Period
from meetingtool.store import Workspace

FORMATS = ("md", "csv", "json")
"""What evaluations can be exported as."""


def export_evaluations(
    workspace: Workspace,
    people: Iterable[Person],
    period: Period,
    formats: Collection[str],
    folder: Path,
    now: datetime,
    *,
    force: bool = False,
    for_employee: bool = False,
) -> tuple[Path, ...]:
    """Write the evaluations of those who were on the team in the period: all files or none. Returns their paths.

    for_employee: without what is private. Refused where a file is there already, unless `force`, and when nobody of
    `people` was on the team.
    """
    team = list(people)
    evaluations = [
        (copy_of(content) if for_employee else content, _digest(workspace, team, content, period))
        for content in all_documents(workspace, team, period, now)
    ]
    if not evaluations:
        raise Refused(f"Nobody of these was on the team in {period.label}.", "Choose other people or another period.")
    return write_whole(folder, _files(evaluations, period, formats), force=force)


def _digest(workspace: Workspace, people: Sequence[Person], content: Content, period: Period) -> str:
    person = next(person for person in people if person.id == content["person"]["id"])
    found = find_evaluation(workspace, person, period)
    return found.finals[-1].digest if found is not None and found.state == "final" else ""


def _files(evaluations: list[tuple[Content, str]], period: Period, formats: Collection[str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    called = [f"{content['person']['name']} {period.label}" for content, _ in evaluations]
    if "md" in formats:
        for name, (content, digest) in zip(file_names(called, ".md"), evaluations, strict=True):
            files[name] = markdown.render(paper_of(content, digest)).encode("utf-8", "replace")
    if "json" in formats:
        for name, (content, digest) in zip(file_names(called, ".json"), evaluations, strict=True):
            files[name] = json_file(content, digest)
    if "csv" in formats:
        files[file_name(f"evaluations {period.label}", ".csv")] = csv_file(evaluations)
    return files
