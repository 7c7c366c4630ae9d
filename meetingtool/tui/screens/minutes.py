"""The minutes of a meeting, to read, copy and save; and the way on to the private pass."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.papers import minutes_paper
from meetingtool.documents import markdown, plaintext
from meetingtool.documents.writing import write_whole
from meetingtool.errors import Refused
from meetingtool.records.meetings import Meeting
from meetingtool.rules import wording
from meetingtool.tui.screens.dialog import Page

WIDTH = 92


class MinutesPage(Page[None]):
    """Room-safe minutes. In private, `v` adds the manager's part and `g` goes through the stories for ratings."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "Save", id="minutes.save", tooltip="Save the minutes as a file"),
        Binding("y", "copy", "Copy", id="minutes.copy", tooltip="Copy them as plain text, for an e-mail"),
        Binding("n", "notes", "Correct the notes", id="minutes.notes", tooltip="Correct the notes"),
        Binding("g", "ratings", "From stories to ratings", id="minutes.ratings", tooltip="Go through what was told"),
        Binding("m", "private_part", "Manager's part", id="minutes.private", tooltip="With the manager's part"),
        Binding("escape,enter", "app.pop_screen", "Done", id="minutes.done", tooltip="Back"),
    ]
    DEFAULT_CSS = """
    MinutesPage .dialog { width: 100; height: 96%; padding: 0 1; }
    MinutesPage VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    MinutesPage #paper { height: auto; }
    MinutesPage #keys { height: auto; color: $text-muted; margin: 1 0 0 0; }
    """

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting
        self.private = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            with VerticalScroll():
                yield Static(id="paper", markup=False)
            yield Static(id="keys", markup=False)

    def show_records(self) -> None:
        self.meeting = self.desk.get(Meeting, self.meeting.id)
        if self.desk.room:
            self.private = False
        paper = minutes_paper(self.desk, self.meeting, private=self.private)
        width = min(WIDTH, max(40, self.app.size.width - 8))
        self.query_one("#paper", Static).update(Content(plaintext.render(paper, width)))
        day = wording.day(self.meeting.at.date(), self.desk.today)
        self.query_one(".dialog").border_title = f"Minutes · {day}"
        left = sum(story.id not in self.meeting.considered for story in self.desk.told_in(self.meeting))
        keys = "s save · y copy · n correct the notes · Escape done"
        if not self.desk.room:
            keys = f"m manager's part · g from stories to ratings ({left} to go) · {keys}"
        else:
            keys += " · g in private, from stories to ratings"
        self.query_one("#keys", Static).update(keys)

    def on_resize(self) -> None:
        self.show_records()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The manager's part does not exist in the room."""
        return action != "private_part" or not self.desk.room

    def action_private_part(self) -> None:
        """Add the manager's part, or take it away."""
        self.private = not self.private
        self.show_records()

    def action_copy(self) -> None:
        """Hand the minutes to the terminal's clipboard."""
        self.app.copy_to_clipboard(plaintext.render(minutes_paper(self.desk, self.meeting, private=self.private)))
        self.tool.say("Handed to the terminal's clipboard. Whether it took it can't be told from here; s saves a file.")

    @work
    async def action_notes(self) -> None:
        """Correct the notes; a correction after closing is told among the meeting's changes."""
        from meetingtool.actions.meetings import write_notes
        from meetingtool.tui.screens.write_text import WriteText

        text = await self.app.push_screen_wait(WriteText("Notes for the minutes", self.meeting.notes))
        if text is not None:
            self.tool.attempt(lambda: write_notes(self.desk.workspace, self.meeting, text, self.desk.now))

    @work
    async def action_save(self) -> None:
        """Save the minutes: Markdown for a name that ends in .md, else plain text."""
        from meetingtool.tui.screens.ask_text import AskText

        name = f"minutes-{self.meeting.at.date().isoformat()}.md"
        typed = await self.app.push_screen_wait(
            AskText("Save the minutes as", value=str(Path.home() / name), hint=".md is Markdown, .txt plain text")
        )
        if not typed:
            return
        path = Path(typed).expanduser()
        paper = minutes_paper(self.desk, self.meeting, private=self.private)
        text = markdown.render(paper) if path.suffix == ".md" else plaintext.render(paper)

        def save() -> tuple[Path, ...]:
            try:
                return write_whole(path.parent, {path.name: text.encode("utf-8", "replace")})
            except ValueError:
                raise Refused(
                    "That is no file name that every system can have.", "Use letters, digits and -."
                ) from None

        if self.tool.attempt(save) is not None:
            self.tool.say(f"Saved as {path}")

    @work
    async def action_ratings(self) -> None:
        """Go private, and through what was told."""
        from meetingtool.tui.screens.confirm import Confirm
        from meetingtool.tui.screens.rating_pass import RatingPass

        if self.desk.room:
            sure = await self.app.push_screen_wait(
                Confirm(
                    "Is the screen yours alone now?",
                    "From stories to ratings is private: nobody else should see it.",
                    yes="It is",
                    no="Not yet",
                )
            )
            if not sure:
                return
            self.tool.set_room(False)
        self.app.push_screen(RatingPass(self.meeting))
