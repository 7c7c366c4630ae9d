"""Exporting evaluations: of whom, in which format, to which folder."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Checkbox, Input, Static

from meetingtool.actions.exports import FORMATS, export_evaluations
from meetingtool.errors import MeetingtoolError
from meetingtool.records.people import Person
from meetingtool.rules.periods import Period
from meetingtool.tui.screens.dialog import Page


class ExportPage(Page[None]):
    """Nothing is overwritten unless it is ticked; all files are written, or none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Cancel", id="export.cancel", tooltip="Export nothing"),
        Binding("ctrl+s", "export", "Export", id="export.export", tooltip="Write the files"),
    ]
    DEFAULT_CSS = """
    ExportPage .dialog { width: 76; padding: 1 2 0 2; }
    ExportPage .label { color: $text-muted; margin: 1 0 0 0; }
    ExportPage #formats { height: auto; }
    ExportPage Checkbox { border: none; padding: 0; margin: 0 2 0 0; background: $surface; }
    ExportPage #problem { height: auto; color: $error; }
    ExportPage .dialog-buttons { margin: 1 0 1 0; }
    """

    def __init__(self, person: Person, period: Period) -> None:
        super().__init__()
        self.person = person
        self.period = period

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f"Export · {self.person.name} · {self.period.label}")
            yield Checkbox("The whole team, not this person alone", id="all")
            yield Static("Formats", classes="label", markup=False)
            with Horizontal(id="formats"):
                for name in FORMATS:
                    yield Checkbox(name.upper(), value=name == FORMATS[0], id=f"format-{name}")
            yield Static("Into the folder", classes="label", markup=False)
            yield Input(str(Path.home() / f"evaluations-{self.period.label.replace('/', '-')}"), id="folder")
            yield Checkbox("Write over files that are there already", id="force")
            yield Static(id="problem", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Cancel", id="cancel", compact=True)
                yield Button("Export", id="export", compact=True)

    def on_mount(self) -> None:
        if self.desk.room:
            self.app.pop_screen()
            return
        self.query_one("#export").focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_export()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "export":
            self.action_export()
        else:
            self.dismiss(None)

    def action_export(self) -> None:
        """Write the files, or say what stands in the way."""
        problem = self.query_one("#problem", Static)
        formats = [name for name in FORMATS if self.query_one(f"#format-{name}", Checkbox).value]
        if not formats:
            problem.update("Tick at least one format.")
            return
        everyone = self.query_one("#all", Checkbox).value
        people = list(self.desk.roster.everyone) if everyone else [self.person]
        try:
            self.desk.require_private("An evaluation")
            written = export_evaluations(
                self.desk.workspace,
                people,
                self.period,
                formats,
                Path(self.query_one("#folder", Input).value).expanduser(),
                self.desk.now,
                force=self.query_one("#force", Checkbox).value,
            )
        except MeetingtoolError as error:
            problem.update(str(error))
            return
        self.dismiss(None)
        self.tool.say("\n".join(str(path) for path in written[:6]), title=f"{len(written)} files written")
