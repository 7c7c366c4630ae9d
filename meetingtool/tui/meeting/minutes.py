"""The minutes of a meeting, to read, correct, copy and save; and the way on to the private pass."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from meetingtool.actions.meeting import meetings
from meetingtool.actions.meeting.papers import minutes_paper
from meetingtool.documents.formats.paper import Paper
from meetingtool.records.meetings import Meeting
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import AskText, WriteText
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import Page
from meetingtool.tui.meeting.attendance import AttendancePage
from meetingtool.tui.meeting.closed_elsewhere import not_saved, notes_draft, rating_draft, take_up
from meetingtool.tui.meeting.closing import read_ratings
from meetingtool.tui.meeting.rating_pass import RatingPass
from meetingtool.tui.meeting.told_page import ToldPage
from meetingtool.tui.papers.paper_page import PaperPage


class MinutesPage(PaperPage, inherit_bindings=False):
    """Room-safe minutes. What is corrected after closing appears in them as a correction."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Page.BINDINGS,
        Binding("t", "ratings", "To ratings", id="minutes.ratings", tooltip="Go through what was told, alone"),
        *PaperPage.BINDINGS,
        Binding("n", "notes", "Notes", id="minutes.notes", tooltip="Correct the notes"),
        Binding("r", "rating", "Its rating", id="minutes.rating", tooltip="Correct how the team rated the meeting"),
        Binding("a", "attendance", "Who was here", id="minutes.attendance", tooltip="Correct who was here"),
        Binding("e", "stories", "Stories", id="minutes.stories", tooltip="Correct or add what was told"),
    ]

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting

    def paper(self, *, private: bool) -> Paper:
        self.meeting = self.desk.get(Meeting, self.meeting.id)
        return minutes_paper(self.desk, self.meeting, private=private)

    def on_mount(self) -> None:
        super().on_mount()
        take_up(self, self.meeting)
        self.redraw()

    def heading(self) -> str:
        return f"Minutes · {wording.day(self.meeting.at.date(), self.desk.today)}"

    def file_stem(self) -> str:
        return f"minutes-{self.meeting.at.date().isoformat()}"

    def show_records(self) -> None:
        super().show_records()
        left = len(meetings.to_consider(self.desk.told_in(self.meeting), self.meeting))
        ratings = f"{left} of its stories not yet considered for ratings (t)" if left and not self.desk.room else ""
        self.query_one(".dialog").border_subtitle = not_saved(self, self.meeting) or ratings

    @work
    async def action_notes(self) -> None:
        """Correct the notes."""
        draft = notes_draft(self.meeting)
        shown, held = self.desk.notes_of(self.meeting)
        text = await self.app.push_screen_wait(WriteText("Notes for the minutes", shown, draft=draft))
        notes = "\n".join(filter(None, (text, held)))
        writing = partial(meetings.write_notes, self.desk.workspace, self.meeting, notes, self.desk.now)
        if text is not None and self.tool.attempt(writing) is not None:
            self.keep(draft, "")
        self.redraw()

    @work
    async def action_rating(self) -> None:
        """Correct the numbers that the team gave."""
        now = " ".join(map(str, self.meeting.team_rating))

        def take(typed: str) -> object:
            desk = self.desk
            return meetings.correct(desk.workspace, self.meeting, desk.now, team_rating=read_ratings(typed))

        draft, question = rating_draft(self.meeting), "How was it, 1 to 10? One number each."
        await self.app.push_screen_wait(AskText(question, draft=draft, value=now, take=take))
        self.redraw()

    def action_attendance(self) -> None:
        """Correct who was here."""
        self.app.push_screen(AttendancePage(self.meeting))

    def action_stories(self) -> None:
        """Correct, add or take out what was told."""
        self.app.push_screen(ToldPage(self.meeting))

    @work
    async def action_ratings(self) -> None:
        """Go private, and through what was told."""
        if self.desk.room:
            sure = await self.app.push_screen_wait(
                Confirm(
                    "Is the screen yours alone now?",
                    "Going from stories to ratings is private: nobody else should see it.",
                    yes="It is",
                    no="Not yet",
                )
            )
            if not sure:
                return
            self.tool.set_room(False)
        self.app.push_screen(RatingPass(self.meeting))
