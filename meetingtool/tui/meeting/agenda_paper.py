"""The agenda of the next meeting as it will run, to read, print and send."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from meetingtool.actions.meeting.papers import agenda_paper
from meetingtool.documents.formats.paper import Paper
from meetingtool.rules import wording
from meetingtool.tui.papers.paper_page import PaperPage


class AgendaPaperPage(PaperPage):
    """For the team; in private also with what is private, who has been silent, and the customer's side of the play."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "change", "Change it", id="agenda.change", tooltip="Add, drop, move or skip segments"),
    ]

    def paper(self, *, private: bool) -> Paper:
        return agenda_paper(self.desk, private=private)

    def heading(self) -> str:
        return f"Agenda · {wording.day(self.desk.next_meeting_at().date(), self.desk.today)}"

    def file_stem(self) -> str:
        return f"agenda-{self.desk.next_meeting_at().date().isoformat()}"

    def action_change(self) -> None:
        """Change the agenda."""
        from meetingtool.tui.meeting.agenda_page import AgendaPage

        self.app.push_screen(AgendaPage())
