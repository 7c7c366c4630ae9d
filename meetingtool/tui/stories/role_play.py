"""A sticky situation or a complaint as a role-play card: names have become roles already, and the manager corrects it
before it is kept."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static, TextArea

from meetingtool.actions.playbook import roleplay
from meetingtool.errors import InRoom, MeetingtoolError, NotFound
from meetingtool.records.complaints import Complaint
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.playbook.roleplay import RolePlayCard, suspects
from meetingtool.tui.frame.page import Page


class RolePlayPage(Page[None]):
    """The card to correct. A card that still names somebody is refused; what only looks like a name is pointed out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Into the playbook", id="roleplay.keep", tooltip="Keep it as a role-play"),
        Binding("escape", "cancel", "Cancel", id="roleplay.cancel", tooltip="Make no role-play"),
    ]
    DEFAULT_CSS = """
    RolePlayPage .dialog { width: 100; padding: 0 1; }
    RolePlayPage TextArea { height: 5; }
    RolePlayPage.-tall TextArea { height: 6; }
    RolePlayPage.-short TextArea { height: 4; }
    RolePlayPage .label { color: $text-muted; }
    RolePlayPage #check { height: auto; }
    RolePlayPage #problem { height: auto; color: $error; }
    RolePlayPage .dialog-buttons { margin: 0; }
    """

    def __init__(self, story: Story | Complaint, card: RolePlayCard) -> None:
        super().__init__()
        self.story = story
        self.card = card
        self.draft = f"role-play-{story.id.lower()}"

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = "Make it a role-play"
            yield Static(
                "Names and customers have become roles. Read it before it is used.", classes="label", markup=False
            )
            texts = self._made() | self.kept_fields(self.draft)
            yield Input(texts["title"], id="title")
            for name, label in (
                ("customer", "What the customer plays"),
                ("employee", "What the employee knows"),
                ("look_for", "What to watch for, one a line"),
            ):
                area = TextArea(texts[name], id=name, tab_behavior="focus", soft_wrap=True)
                area.border_title = label
                yield area
            yield Static(id="check", markup=False)
            yield Static(id="problem", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Cancel", id="cancel", compact=True)
                yield Button("Into the playbook", id="keep", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#title").focus()
        self._check()

    def _made(self) -> dict[str, str]:
        """The card as it was made of the story, by the names of the fields."""
        card = self.card
        look_for = "\n".join(card.look_for)
        return {"title": card.title, "customer": card.customer, "employee": card.employee, "look_for": look_for}

    def show_records(self) -> None:
        """Leave when the story or complaint has become private in the room, or is gone."""
        try:
            self.desk.get(type(self.story), self.story.id)
        except (InRoom, NotFound):
            self.query_one("#title", Input).value = ""
            for area in self.query(TextArea):
                area.text = ""
            self.withdraw()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self) -> None:
        """Keep what is typed, and look for names in it."""
        if not self.withdrawn:
            made = self._made()
            self.keep_fields(self.draft, {name: self._text(name) for name in made}, made)
        self._check()

    def _check(self) -> None:
        left = suspects((self._text("title"), *(area.text for area in self.query(TextArea))))
        words = wording.listed([wording.one_line(word) for word in left[:8]])
        check = self.query_one("#check", Static)
        check.update(
            Content.assemble(("Names? ", "bold $warning"), words) if left else Content("No other names found.")
        )
        self.query_one("#problem", Static).update("")

    def _text(self, name: str) -> str:
        widget = self.query_one(f"#{name}")
        return widget.value if isinstance(widget, Input) else widget.text if isinstance(widget, TextArea) else ""

    @on(Input.Submitted)
    def _on(self) -> None:
        self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.action_cancel()

    def action_cancel(self) -> None:
        """Make no role-play."""
        self.dismiss(None)

    def action_keep(self) -> None:
        """Keep the card as it is here, or say what is in the way."""
        card = msgspec.structs.replace(
            self.card,
            title=self._text("title"),
            customer=self._text("customer"),
            employee=self._text("employee"),
            look_for=tuple(self._text("look_for").splitlines()),
        )
        try:
            roleplay.save_card(self.desk.workspace, self.story, card, self.desk.now)
        except MeetingtoolError as error:
            self.query_one("#problem", Static).update(str(error))
            return
        self.keep(self.draft, "")
        self.tool.redraw()
        self.tool.say("The role-play is in the playbook now (b, then 3).")
        self.dismiss(None)
