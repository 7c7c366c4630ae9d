"""An earlier edition of an evaluation, as it was locked: to read, to copy, to export. Private."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.people import standing
from meetingtool.documents.formats.paper import Paper
from meetingtool.documents.people.evaluation import evaluation as paper_of
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.people.periods import Period
from meetingtool.tui.papers.paper_page import PaperPage


class FormerEditionPage(PaperPage):
    """A locked edition that was reopened, with what became of it."""

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "export", "Export", id="edition.export", tooltip="Export this edition"),
    ]

    def __init__(self, person: Person, period: Period, edition: int) -> None:
        super().__init__()
        self.person = person
        self.period = period
        self.edition = edition

    def paper(self, *, private: bool) -> Paper:
        """The edition as it was locked."""
        found = standing.former_edition_of(self.desk, self.person, self.period, self.edition)
        return paper_of(found.paper, found.digest)

    def heading(self) -> str:
        """Whose it is, and which edition."""
        return f"{wording.one_line(self.person.name)} · {self.period.label} · edition {self.edition}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """It is saved by exporting it, in any format, and all of it is for the manager."""
        return action not in ("private_part", "save")

    def action_export(self) -> None:
        """Write it to a file."""
        from meetingtool.tui.people.export_page import ExportPage

        self.app.push_screen(ExportPage(self.person, self.period, edition=self.edition))


def former_editions(evaluation: Evaluation | None) -> list[tuple[str, Content]]:
    """The locked editions that were reopened, by number, with day and reason."""
    found = []
    for number, final in enumerate(evaluation.finals if evaluation is not None else (), 1):
        if final.reopened_at is not None:
            since = wording.day_in_full(final.finalised_at.date())
            words = f"Edition {number}, final since {since}, reopened: {wording.shortened(final.reason, 60)}"
            found.append((str(number), Content(words)))
    return found
