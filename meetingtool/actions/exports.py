"""Evaluations as files: pages to read for each person, one table for an HR system, and the whole content as JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from meetingtool.actions.evaluations import document_each, removed_since
from meetingtool.documents import markdown
from meetingtool.documents.evaluation import evaluation as paper_of
from meetingtool.documents.evaluation_data import csv_file, json_file
from meetingtool.documents.writing import file_name, write_whole
from meetingtool.errors import Refused
from meetingtool.records.people import Person
from meetingtool.rules.employee_copy import for_employee as copy_of
from meetingtool.rules.evaluation import Content
from meetingtool.rules.periods import Period, part_of
from meetingtool.store import Workspace

FORMATS = ("md", "csv", "json")
"""What evaluations can be exported as."""
EACH = ("md", "json")
"""Formats with a file for each person; the others put everybody into one."""

PaperSize = Literal["a4", "letter"]
Progress = Callable[[int, int], None]
"""Told how many people are done, of how many. It may raise to stop; nothing is written then."""


def export_evaluations(
    workspace: Workspace,
    people: Iterable[Person],
    period: Period,
    formats: Collection[str],
    to: Path,
    now: datetime,
    *,
    paper: PaperSize = "a4",
    archive: bool = False,
    force: bool = False,
    for_employee: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the evaluations of those who were on the team in the period: all files or none. Returns their paths.

    to: the folder, or with `archive` the ZIP file that all goes into. for_employee: without what is private.
    Refused where a file is there already, unless `force`, and when nobody of `people` was on the team.
    """
    team = [person for person in people if part_of(period, person.started, person.left) is not None]
    if not team:
        raise Refused(f"Nobody of these was on the team in {period.label}.", "Choose other people or another period.")
    if for_employee and set(formats) - set(EACH):
        raise Refused(
            "The employee's copy is a file for one person; a table of everybody is for the manager alone.",
            f"Choose another format: {', '.join(EACH)}.",
        )
    files: dict[str, bytes] = {}
    together: list[tuple[Content, str]] = []
    for done, (content, digest) in enumerate(_documents(workspace, team, period, now), 1):
        shown = copy_of(content) if for_employee else content
        called = f"{content['person']['name']} {period.label}" + (" - for the employee" if for_employee else "")
        removed = removed_since(workspace, content)
        for wanted in formats:
            if wanted in EACH:
                files[file_name(called, f".{wanted}", files)] = _page(wanted, shown, digest, removed, paper)
        if set(formats) - set(EACH):
            together.append((content, digest))
        if progress is not None:
            progress(done, len(team))
    if "csv" in formats:
        files[file_name(f"evaluations {period.label}", ".csv", files)] = csv_file(together)
    if archive:
        return write_whole(to.parent, {file_name(to.stem, ".zip"): _zipped(files, now)}, force=force)
    return write_whole(to, files, force=force)


def _documents(
    workspace: Workspace, team: list[Person], period: Period, now: datetime
) -> Iterator[tuple[Content, str]]:
    """Everybody's document with its digest, empty for one that is not final, one after the other."""
    for content, evaluation in document_each(workspace, team, period, now):
        final = evaluation is not None and evaluation.state == "final"
        yield content, evaluation.finals[-1].digest if final and evaluation else ""


def _page(wanted: str, content: Content, digest: str, removed: Collection[str], paper: PaperSize) -> bytes:
    """One person's file in one of the formats of `EACH`."""
    if wanted == "json":
        return json_file(content, digest)
    return markdown.render(paper_of(content, digest, removed=removed)).encode("utf-8", "replace")


def pages_of(content: Content, digest: str, removed: Collection[str], suffix: str) -> list[bytes]:
    """The files with that ending (`.md`) which an export may make of a document, on every size of paper."""
    wanted = suffix.removeprefix(".")
    if wanted not in EACH or wanted == "json":
        return []
    sizes: tuple[PaperSize, ...] = ("a4", "letter") if wanted == "pdf" else ("a4",)
    return [_page(wanted, content, digest, removed, size) for size in sizes]


def _zipped(files: dict[str, bytes], now: datetime) -> bytes:
    """All files in a ZIP archive, with the moment of the export as their date."""
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = ZipInfo(name, now.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, data, ZIP_DEFLATED)
    return whole.getvalue()
