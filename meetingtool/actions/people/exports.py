"""Evaluations as files: pages to read for each person, one table for an HR system, and the whole content as JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from meetingtool.actions.people.evaluation_documents import document_each, document_of, removed_since, two_of
from meetingtool.actions.people.evaluations import unnamed
from meetingtool.documents.formats import markdown
from meetingtool.documents.formats.writing import file_name, write_whole
from meetingtool.documents.people.evaluation import evaluation as paper_of
from meetingtool.documents.people.evaluation_data import csv_file, json_file
from meetingtool.documents.people.evaluation_words import identity
from meetingtool.errors import Refused
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.people.digests import digest as digest_of
from meetingtool.rules.people.editions import Edition
from meetingtool.rules.people.employee_copy import for_employee as copy_of
from meetingtool.rules.people.evaluation import Content
from meetingtool.rules.people.periods import Period, part_of
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.documents.people.evaluation_pdf import Paper as PaperSize

FORMATS = ("pdf", "md", "html", "xlsx", "csv", "json", "team")
"""What evaluations can be exported as; `team` is a page with a row for everybody."""
EACH = ("pdf", "md", "html", "json")
"""Formats with a file for each person; the others put everybody into one."""
PAPERS: tuple[PaperSize, ...] = ("a4", "letter")
"""Sizes of paper for the PDF."""

Progress = Callable[[int, int], None]
"""Called with how many people are done, and of how many. It may raise to stop; nothing is written then."""


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
    edition: int | None = None,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """Write the evaluations of those who were on the team in the period: all files or none. Returns their paths.

    to: the folder, or with `archive` the ZIP file that all goes into. for_employee: without what is private.
    edition: a locked one by its number, in place of what holds now. tell: called with whatever should be known about
    the files. Refused where a file is there already, unless `force`, and when nobody of `people` was on the team.
    """
    team = [person for person in people if part_of(period, person.started, person.left) is not None]
    if not team:
        raise Refused(
            f"None of these people was on the team in {period.label}.", "Choose other people or another period."
        )
    if for_employee and set(formats) - set(EACH):
        raise Refused(
            "The employee's copy is a file for one person; a table of everybody is for the manager only.",
            f"Choose another format: {', '.join(EACH)}.",
        )
    files = _Files(
        lambda content: removed_since(workspace, content), formats, paper, for_employee=for_employee, edition=edition
    )
    if tell is not None:
        for person in team:
            if told := two_of(workspace, person, period):
                tell(" ".join(told))
    editions = ((_said(found, tell), period) for found in _editions(workspace, team, period, now, edition))
    whole = _all_of(files, editions, len(team), period.label, progress, tell)
    if tell is not None and edition is None:
        for words in dict.fromkeys(unnamed(workspace, person, period) for person in team):
            if words:
                tell(words)
    if archive:
        return write_whole(to.parent, {file_name(to.stem, ".zip"): _zipped(whole, now)}, force=force)
    return write_whole(to, whole, force=force)


def export_editions(
    editions: Collection[tuple[Edition, Period]],
    label: str,
    formats: Collection[str],
    to: Path,
    *,
    reader: str,
    teams: Sequence[str] = (),
    force: bool = False,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """Write given documents, each of its own period: all files or none. label: what files for everybody are named
    after. reader: whom they are for. teams: for each document the name of its team, which its files are named after.
    The rest is as for `export_evaluations`."""
    files = _Files(
        lambda _content: frozenset(),
        formats,
        "a4",
        for_employee=False,
        edition=None,
        reader=reader,
        teams=teams,
    )
    return write_whole(to, _all_of(files, editions, len(editions), label, progress, tell), force=force)


def _said(edition: Edition, tell: Callable[[str], None] | None) -> Edition:
    """The edition; `tell` is called with its name where it is not what was shared or finalised."""
    if tell is not None and not edition.genuine:
        tell(f"{edition.content['person']['name']}, {edition.content['period']['label']}: {edition.stamp}")
    return edition


def _all_of(
    files: _Files,
    editions: Iterable[tuple[Edition, Period]],
    number: int,
    label: str,
    progress: Progress | None,
    tell: Callable[[str], None] | None,
) -> dict[str, bytes]:
    made = files.pages(editions)
    with closing(made):
        for done, _ in enumerate(made, 1):
            if progress is not None:
                progress(done, number)
    whole = files.whole(label)
    from meetingtool.documents.formats.typesetting import boxes_in

    boxes = boxes_in(whole, "; or choose HTML, which uses the reader's fonts")
    if boxes and tell is not None:
        tell(boxes)
    return whole


class _Files:
    """The files of an export, filled person by person."""

    def __init__(
        self,
        removed_since: Callable[[Content], Collection[str]],
        formats: Collection[str],
        paper: PaperSize,
        *,
        for_employee: bool,
        edition: int | None,
        reader: str = "the manager",
        teams: Sequence[str] = (),
    ) -> None:
        self._teams = iter(teams)
        self.reader = "the employee" if for_employee else reader
        self.removed_since = removed_since
        self.formats = [wanted for wanted in FORMATS if wanted in formats]
        self.paper = paper
        self.for_employee = for_employee
        self.mark = f" - edition {edition}" if edition is not None else ""
        self.files: dict[str, bytes] = {}
        self.together: list[tuple[Content, str]] = []
        self._of: list[str] = []
        self.removed: set[str] = set()
        self._pdfs: list[str] = []

    def pages(self, editions: Iterable[tuple[Edition, Period]]) -> Generator[None]:
        """Make the files of each person; yields after every one."""
        each = (self._person(edition, period) for edition, period in editions)
        if "pdf" not in self.formats:
            for _ in each:
                yield
            return
        from meetingtool.documents.people.evaluation_pdf import pdfs

        made = pdfs(each, paper=self.paper)
        with closing(made):
            for number, data in enumerate(made):
                self.files[self._pdfs[number]] = data
                yield

    def _person(self, edition: Edition, period: Period) -> tuple[Content, str, Collection[str]]:
        """Make what is quickly made, and return what the PDF is made from."""
        removed = self.removed_since(edition.content)
        shown = copy_of(edition.paper) if self.for_employee else edition.paper
        team = next(self._teams, "")
        called = f"{team} {_called(edition.content, period)}{self.mark} - for {self.reader}".lstrip()
        for wanted in self.formats:
            if wanted == "pdf":
                self._pdfs.append(file_name(called, ".pdf", {*self.files, *self._pdfs}))
            elif wanted in EACH:
                name = file_name(called, f".{wanted}", self.files)
                self.files[name] = _page(wanted, shown, edition.digest, removed)
        if set(self.formats) - set(EACH):
            self.together.append((shown, edition.digest))
            self._of.append(team)
            self.removed.update(removed)
        return shown, edition.digest, removed

    def _team_pages(self) -> None:
        """A page for each team and period, since those of a whole house can be of several."""
        from meetingtool.documents.people.team_summary import team_summary

        teams: dict[tuple[str, str, str], list[Content]] = {}
        for of, (content, _) in zip(self._of, self.together, strict=True):
            teams.setdefault((of, content["team"], content["period"]["label"]), []).append(content)
        for (of, team, label), contents in teams.items():
            called = f"{of} team {wording.shortened(team, LONGEST_NAME)} {label} - for {self.reader}".lstrip()
            self.files[file_name(called, ".pdf", self.files)] = team_summary(contents, paper=self.paper)

    def whole(self, label: str) -> dict[str, bytes]:
        """All files, with those that hold everybody."""
        called = f"evaluations {label}"
        if "team" in self.formats:
            self._team_pages()
        if "csv" in self.formats:
            self.files[file_name(called, ".csv", self.files)] = csv_file(self.together)
        if "xlsx" in self.formats:
            from meetingtool.documents.people.evaluation_xlsx import xlsx

            contents, digests = zip(*self.together, strict=True)
            self.files[file_name(called, ".xlsx", self.files)] = xlsx(contents, digests, removed=self.removed)
        return self.files


def _called(content: Content, period: Period) -> str:
    """`Maria Lopez 0042 2026`: a long name is cut, but never what distinguishes one file from another.

    A number or handle that can't stand whole in the name of a file has some digits of its digest after it, so that no
    two people share a name.
    """
    whole = identity(content).removeprefix("@")
    shown = file_name(wording.shortened(whole, LONGEST_NUMBER), ".x").removesuffix(".x")
    if shown != whole:
        shown = f"{shown} {digest_of({'number': whole})[:8]}"
    room = LONGEST_BYTES - len(shown.encode())
    name = wording.shortened(content["person"]["name"], LONGEST_NAME).encode()[:room].decode("utf-8", "ignore")
    return f"{name} {shown} {period.label}"


LONGEST_NAME, LONGEST_NUMBER, LONGEST_BYTES = 60, 60, 140
"""The most letters of a name, and of a number or handle, in the name of a file; and the most bytes of both."""


def _editions(
    workspace: Workspace, team: list[Person], period: Period, now: datetime, number: int | None
) -> Iterator[Edition]:
    """Everybody's document, one after the other. number: of the locked edition; None for what holds now."""
    if number is None:
        return (found.edition for found in document_each(workspace, team, period, now))
    return (document_of(workspace, person, period, now, edition=number).edition for person in team)


def _page(wanted: str, content: Content, digest: str, removed: Collection[str]) -> bytes:
    """One person's file in one of the formats of `EACH` other than PDF."""
    if wanted == "json":
        plain = {key: value for key, value in content.items() if key not in ("stamp", "changed", "answer_to")}
        genuine = not content.get("changed")
        if digest and content.get("copy"):
            return json_file(plain, digest_of(plain), whole=digest, genuine=genuine)
        return json_file(plain, digest, genuine=genuine)
    if wanted == "html":
        from meetingtool.documents.people.evaluation_html import html

        return html(content, digest, removed=removed).encode("utf-8", "replace")
    return markdown.render(paper_of(content, digest, removed=removed)).encode("utf-8", "replace")


def pages_of(content: Content, digest: str, removed: Collection[str], ending: str) -> list[bytes]:
    """The files with that ending (`.md`) which an export may make of a document, on every size of paper."""
    wanted = ending.removeprefix(".")
    if wanted == "pdf":
        from meetingtool.documents.people.evaluation_pdf import pdf

        return [pdf(content, paper=paper, digest=digest, removed=removed) for paper in PAPERS]
    return [_page(wanted, content, digest, removed)] if wanted in ("md", "html") else []


def _zipped(files: dict[str, bytes], now: datetime) -> bytes:
    """All files in a ZIP archive, with the moment of the export as their date."""
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    from meetingtool.store.backups import moment_in_zip

    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = ZipInfo(name, moment_in_zip(now))
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, data, ZIP_DEFLATED)
    return whole.getvalue()
