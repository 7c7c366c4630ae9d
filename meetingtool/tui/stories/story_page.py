"""One record in full: its words, what belongs to it, where it is cited, and how it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from meetingtool.actions.stories.background import background, steps
from meetingtool.actions.stories.editing import Lined, check_there
from meetingtool.documents.history.newsletter import shareable
from meetingtool.errors import InRoom, NotFound, Refused
from meetingtool.records.base import Record
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp, FollowUpState
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.complaints import next_due
from meetingtool.rules.kinds.kind import Background
from meetingtool.store.errors import ServerAway
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, fact_row, table
from meetingtool.tui.lists.moving import ScrolledText
from meetingtool.tui.stories import record_deeds, record_text
from meetingtool.tui.stories.edit_line import EditLine
from meetingtool.tui.stories.kept_when import decide
from meetingtool.tui.stories.story_text import follow_up_line

OF_STORIES = ("star", "private", "remove_story")
OF_FOLLOW_UPS = ("decide", "move_date")


class RecordLink(Static, can_focus=True):
    """Focus it with Tab; Enter or a click opens the record."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RecordLink {
        height: auto;
        width: 1fr;
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
        &:hover { background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="link.open", tooltip="Open what the line is about"),
    ]

    @dataclass
    class Opened(Message):
        """The record is to be opened."""

        record_id: str

    def __init__(self, record_id: str, line: Content) -> None:
        super().__init__(line)
        self.record_id = record_id

    def action_open(self) -> None:
        """Open it."""
        self.post_message(self.Opened(self.record_id))

    def on_click(self) -> None:
        self.action_open()


class StoryPage(Page[None]):
    """A story, a follow-up, or any record without a page of another kind, on a page of its own.

    It closes itself when the record may no longer be drawn, and says so if that was done elsewhere.
    """

    CSS_PATH = "story_page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", "Back", id="record.back", tooltip="Back to where you were"),
        Binding("n", "next", "Next step", id="record.next", tooltip="Do the step of the complaint that is due"),
        Binding("e", "edit", "Edit", id="record.edit", tooltip="Edit the words"),
        Binding("asterisk,plus", "star", "Star", key_display="*", id="record.star", tooltip="Add or remove the star"),
        Binding("tilde", "private", "Private", key_display="~", id="record.private", tooltip="Private or public"),
        Binding("x", "remove_story", "Remove", id="record.remove", tooltip="Move the story to the bin"),
        Binding("plus", "decide('kept')", "Kept", key_display="+", id="record.kept", tooltip="It was kept"),
        Binding("x", "decide('missed')", "Missed", id="record.missed", tooltip="It was missed"),
        Binding("minus", "decide('dropped')", "Dropped", id="record.dropped", key_display="-",
                tooltip="It is no longer wanted"),
        Binding("o", "decide('open')", "Open again", id="record.open-again", tooltip="Take the decision back"),
        Binding("f", "move_date", "New date", id="record.move", tooltip="Agree on another date"),
        Binding("T", "thank", "Thank", id="record.thank", tooltip="Thank for it whoever is named"),
        Binding("R", "reward", "Reward", id="record.reward", tooltip="What comes with the thanks, owed or given"),
        Binding("C", "card", "Card", id="record.card", tooltip="A card of this win for the wall"),
        Binding("y", "copy", "Copy", id="record.copy", tooltip="Copy the text to the clipboard"),
        Binding("delete", "remove", "Remove", show=False, id="record.bin", tooltip="Move it to the bin"),
        Binding("u", "app.undo", "Undo", id="undo", tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("v,ctrl+r", "app.toggle_room", "Room", show=False, id="record.room", tooltip="Room or private"),
    ]  # fmt: skip

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record
        self._gone = False
        self._linked: tuple[str, ...] = ()

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog"), ScrolledText(id="scroll"):
            yield Static(id="words", markup=False)
            yield Static(id="facts", markup=False)
            yield Static(id="parts", markup=False)
            yield Static("What came of it", classes="caption", id="links-caption", markup=False)
            yield Vertical(id="links")
            yield Static("Evidence for", classes="caption", id="cited-caption", markup=False)
            yield Static(id="cited", markup=False)
            yield Static("Changes", classes="caption", id="changes-caption", markup=False)
            yield Static(id="changes", markup=False)

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def on_screen_resume(self) -> None:
        if self._gone:
            self.dismiss(None)

    def show_records(self) -> None:
        try:
            self.record = self.desk.get(type(self.record), self.record.id)
            check_there(self.desk.workspace, self.record)
        except InRoom:
            self._leave("It is private now and no longer shown in the room.")
            return
        except (NotFound, Refused) as error:
            self._leave(str(error))
            return
        self._gone = False
        self.query_one("#scroll").display = True
        roster, today = self.desk.roster, self.desk.today
        behind = background(self.desk, self.record)
        self.query_one(".dialog").border_title = record_text.heading(self.record, today)
        self.query_one(".dialog").border_subtitle = Content(f"ref {self.record.ref}")
        self._fill("words", record_text.words(self.record, roster))
        self._fill("parts", record_text.parts(self.record))
        self._fill("facts", table([*self._due(), *record_text.facts(self.record, behind, roster)]))
        self._fill("cited", record_text.cited(behind, roster), "cited-caption")
        self._fill("changes", self._changes(), "changes-caption")
        self._link(behind)
        self.refresh_bindings()

    def _changes(self) -> Content:
        """How the record came to be as it is. All but that is in memory while the server is away."""
        try:
            return record_text.changes(steps(self.desk, self.record), self.desk.today)
        except ServerAway as error:
            self.tool.goes_on(error)
            return Content.styled("They are on the server, and shown when it answers.", "$text-muted")

    def _due(self) -> list[ColumnsRow]:
        """The step of a complaint that is due next."""
        due = next_due(self.record, self.desk.settings.service) if isinstance(self.record, Complaint) else None
        return [] if due is None else [fact_row("Due", record_text.due_line(due, self.desk))]

    def _fill(self, id: str, content: Content | ColumnsTable, caption: str = "") -> None:
        """Put content into its place; an empty place takes no room."""
        place = self.query_one(f"#{id}", Static)
        place.update(content)
        place.display = bool(content.plain)
        if caption:
            self.query_one(f"#{caption}").display = bool(content.plain)

    def _link(self, behind: Background) -> None:
        """Lines that open what came out of a story, or the story a follow-up came from."""
        roster, today = self.desk.roster, self.desk.today
        lines = [(each.id, follow_up_line(each, roster, today)) for each in behind.follow_ups]
        if behind.story is not None:
            lines.append((behind.story.id, record_text.words(behind.story, roster, most=400)))
        box = self.query_one("#links", Vertical)
        caption = self.query_one("#links-caption", Static)
        caption.update("It came from" if isinstance(self.record, FollowUp) else "What came of it")
        box.display = caption.display = bool(lines)
        ids = tuple(id for id, _ in lines)
        if ids == self._linked:
            for link, (_, line) in zip(box.query(RecordLink), lines, strict=False):
                link.update(line)
            return
        self._linked = ids
        box.remove_children()
        box.mount_all(RecordLink(id, line) for id, line in lines)

    def _leave(self, why: str) -> None:
        """The record is in the bin, or private in the room: show nothing of it, and close.

        why: shown once if it was done elsewhere; what is done here reports itself.
        """
        if self.tool.from_elsewhere and not self._gone:
            self.tool.say(why)
        self._gone = True
        self.query_one("#scroll").display = False
        self.query_one(".dialog").border_title = ""
        if self.app.screen is self:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only the keys that make sense for this record."""
        if action == "card":
            if isinstance(self.record, Voice):
                return not self.record.private
            return isinstance(self.record, Story) and bool(shareable([self.record]))
        if action == "reward":
            return isinstance(self.record, Story) and self.record.kind == "praise"
        if action == "next":
            return bool(self._due())
        if action == "thank":
            return record_deeds.may_be_thanked_for(self.tool, self.record)
        if action == "edit":
            return isinstance(self.record, Lined)
        if action in OF_STORIES:
            return isinstance(self.record, Story)
        if action in OF_FOLLOW_UPS:
            if not isinstance(self.record, FollowUp):
                return False
            open_ = self.record.state == "open"
            return open_ if action == "move_date" else open_ != (parameters == ("open",))
        return True

    def why_not(self, action: str) -> str:
        """Why nobody can be thanked for it, and that nothing is due."""
        if action == "thank":
            return record_deeds.why_no_thanks(self.record)
        nothing = action == "next" and isinstance(self.record, Complaint)
        return "Nothing is due: the complaint came to its end." if nothing else ""

    def on_record_link_opened(self, event: RecordLink.Opened) -> None:
        """Open the record of a line over this page."""
        kind = Story if isinstance(self.record, FollowUp) else FollowUp
        linked = self.tool.attempt(lambda: self.desk.get(kind, event.record_id))
        if isinstance(linked, Story | FollowUp):
            self.app.push_screen(StoryPage(linked))

    def action_close(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)

    def action_edit(self) -> None:
        """Edit the words."""
        if isinstance(self.record, Lined):
            self.app.push_screen(EditLine(self.record))

    def action_next(self) -> None:
        """Do the step of the complaint that is due."""
        if isinstance(self.record, Complaint):
            self.tool.next_step(self.record)

    def action_star(self) -> None:
        """Star the story, or take the star off."""
        story = self.record
        if isinstance(story, Story):
            record_deeds.star(self.tool, story)

    def action_private(self) -> None:
        """Make the story private, or public again."""
        story = self.record
        if isinstance(story, Story):
            record_deeds.change_privacy(self.tool, story)

    def action_remove_story(self) -> None:
        """Move the story to the bin."""
        self.action_remove()

    def action_remove(self) -> None:
        """Move the record to the bin; the page closes."""
        record_deeds.put_into_bin(self.tool, self.record)

    def action_decide(self, state: FollowUpState) -> None:
        """Note what became of the follow-up."""
        follow_up = self.record
        if isinstance(follow_up, FollowUp):
            decide(self.tool, follow_up, state)

    def action_move_date(self) -> None:
        """Agree on another date."""
        follow_up = self.record
        if isinstance(follow_up, FollowUp):
            record_deeds.agree_anew(self.tool, follow_up)

    def action_card(self) -> None:
        """The win as a card for the wall, to look at and to save."""
        from meetingtool.tui.papers.shared_papers import CardPage

        if isinstance(self.record, Story | Voice):
            self.app.push_screen(CardPage(self.record))

    def action_thank(self) -> None:
        """Thank whoever is named, for this."""
        record_deeds.thank(self.tool, self.record)

    def action_reward(self) -> None:
        """Say what comes with these thanks."""
        from meetingtool.tui.stories.reward_form import RewardForm

        if isinstance(self.record, Story):
            self.app.push_screen(RewardForm(self.record))

    def action_copy(self) -> None:
        """Copy the words."""
        record_deeds.copy(self.tool, self.record)
