"""Adding somebody to the team, or changing their details."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from meetingtool.actions.people.team import add_person, edit_person, leave, namesake
from meetingtool.actions.stories.kept_back import counted
from meetingtool.errors import Conflict, MeetingtoolError
from meetingtool.records.people import Person
from meetingtool.rules.keeping import deeds
from meetingtool.rules.stories.joining import merged_fields
from meetingtool.tui.frame.page import FROM_LAST_TIME, Page
from meetingtool.tui.stories.clash_note import ClashNote
from meetingtool.tui.stories.hand_over import ask_heir

FIELDS = (
    ("name", "Name", "Maria Lopez"),
    ("handle", "Handle", "maria; made from the name when left out"),
    ("nicknames", "Also called", "Mari, Lopez"),
    ("number", "Number", "the employee number, such as 0042; papers name it"),
    ("role", "Role", "front desk"),
    ("email", "E-mail", "maria@example.org"),
    ("started", "First day", "2024-03-01, 1 Mar 2024"),
    ("thanks", "Thanks", "ask, public, or private: never before others"),
    ("left", "Last day", "only for someone leaving"),
)


class PersonForm(Page[None]):
    """A line for each detail. Escape changes nothing; text half typed when the app was killed is there again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="person.save", tooltip="Save the person"),
        Binding("escape", "cancel", "Cancel", id="person.cancel", tooltip="Change nothing"),
    ]
    DEFAULT_CSS = """
    PersonForm .dialog { width: 72; padding: 1 2 0 2; }
    PersonForm .row { height: 1; margin: 0 0 1 0; }
    PersonForm .label { width: 14; color: $text-muted; }
    PersonForm Input { width: 1fr; }
    PersonForm #problem { height: auto; color: $error; }
    PersonForm .dialog-buttons { margin: 0 0 1 0; }
    """

    def __init__(self, person: Person | None) -> None:
        super().__init__()
        self.person = person
        self._draft = self._draft_of(person)

    @staticmethod
    def _draft_of(person: Person | None) -> str:
        return f"person-{person.id.lower()}-{person.version}" if person else "person-new"

    def body(self) -> ComposeResult:
        kept = self.kept_fields(self._draft)
        values = self._values() | kept
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = Content(self.person.name) if self.person else "New person"
            for field, label, example in FIELDS:
                with Horizontal(classes="row"):
                    yield Static(label, classes="label", markup=False)
                    yield Input(values.get(field, ""), id=field, placeholder=example)
            yield Static(f"! {FROM_LAST_TIME}" if kept else "", id="problem", markup=False)
            yield ClashNote()
            with Horizontal(classes="dialog-buttons"):
                yield Button("Cancel", id="cancel", compact=True)
                yield Button("Save", id="save", compact=True)

    def _values(self) -> dict[str, str]:
        person = self.person
        if person is None:
            return {}
        return {
            "name": person.name,
            "handle": person.handle,
            "nicknames": ", ".join(person.nicknames),
            "number": person.number,
            "role": person.role,
            "email": person.email,
            "thanks": person.thanks,
            "started": person.started.isoformat() if person.started else "",
            "left": person.left.isoformat() if person.left else "",
        }

    def on_mount(self) -> None:
        self.query_one("#name").focus()

    @on(Input.Changed)
    def _changed(self) -> None:
        """Keep what is typed."""
        self.keep_fields(self._draft, {field: self._typed(field) for field, _, _ in FIELDS}, self._values())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.id == FIELDS[-1][0]:
            self.action_save()
        else:
            self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "save":
            self.action_save()
        else:
            self.action_cancel()

    def action_cancel(self) -> None:
        """Change nothing, and forget what was typed."""
        self._leave()

    def _leave(self) -> None:
        self.keep(self._draft, "")
        self._draft = ""
        self.dismiss(None)

    def _typed(self, field: str) -> str:
        return self.query_one(f"#{field}", Input).value.strip()

    def _follow(self, person: Person) -> None:
        """Show what was changed elsewhere where nothing was typed; say so, and that saving again keeps both."""
        base, mine = self._values(), {field: self._typed(field) for field, _, _ in FIELDS}
        self.keep(self._draft, "")
        self.person, self._draft = person, self._draft_of(person)
        theirs = self._values()
        found = merged_fields(base, mine, theirs)
        for field, text in found.values.items():
            self.query_one(f"#{field}", Input).value = text
        if found.clashes:
            labels = {field: label for field, label, _ in FIELDS}
            self.query_one(ClashNote).tell((f"“{labels[field]}”", theirs[field]) for field in found.clashes)
            self.query_one("#problem", Static).update("")
        else:
            words = "! Changed elsewhere meanwhile; those changes are now here beside yours. Save again to keep both."
            self.query_one("#problem", Static).update(words)

    def _day(self, field: str) -> date | None:
        text = self._typed(field)
        return self.desk.dates.read(text, "past") if text else None

    def _kept(self, nicknames: list[str], started: date | None, left: date | None) -> Person:
        """Save the person as typed, and return the record."""
        workspace, now = self.desk.workspace, self.desk.now
        if self.person is None:
            return add_person(
                workspace,
                self._typed("name"),
                now,
                handle=self._typed("handle"),
                nicknames=nicknames,
                number=self._typed("number"),
                role=self._typed("role"),
                email=self._typed("email"),
                started=started,
                left=left,
                thanks=self._typed("thanks") or "ask",
            )
        with workspace.batch(deeds.PERSON_EDITED, now):
            person = edit_person(
                workspace,
                self.person,
                now,
                name=self._typed("name"),
                handle=self._typed("handle"),
                nicknames=nicknames,
                number=self._typed("number"),
                role=self._typed("role"),
                email=self._typed("email"),
                started=started,
                thanks=self._typed("thanks") or "ask",
            )
            return leave(workspace, person, left, now) if left != person.left else person

    def action_save(self) -> None:
        """Save the person, or say beside the fields what is wrong."""
        workspace, now = self.desk.workspace, self.desk.now
        nicknames = [name.strip() for name in self._typed("nicknames").split(",") if name.strip()]
        try:
            started, left = self._day("started"), self._day("left")
            before = self.person.left if self.person is not None else None
            person, changed = counted(workspace, lambda: self._kept(nicknames, started, left))
        except Conflict as conflict:
            self._follow(conflict.current)
            return
        except MeetingtoolError as error:
            self.query_one("#problem", Static).update(str(error))
            return
        self._leave()
        self.tool.redraw()
        if changed and not self.desk.room:
            self.tool.say(changed)
        other = namesake(workspace, person, now) if self.person is None else None
        if other is not None:
            self.tool.say(
                f"Somebody of that name was on the team already, as @{other.handle}; this is @{person.handle}."
            )
        if left is not None and left != before:
            ask_heir(self.tool, person)
