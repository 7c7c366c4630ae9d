"""Exporting evaluations: whose, for whom, in which format, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

import msgspec
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Checkbox, Input, ProgressBar, Static
from textual.worker import Worker, get_current_worker

from meetingtool.actions.people.exports import FORMATS, export_evaluations
from meetingtool.errors import MeetingtoolError
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.people.periods import Period
from meetingtool.tui.frame.page import Page


class TickBox(Checkbox):
    """`[✓] yes` or `[ ] no`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TickBox { border: none; padding: 0; margin: 0 2 0 0; background: transparent; height: auto; }
    TickBox:focus { border: none; background: $panel; }
    """

    def render(self) -> Content:
        box = Content.styled("[✓]" if self.value else "[ ]", "bold $accent" if self.value else "$text-muted")
        return Content.assemble(box, self.label.pad(1, 1).stylize_before(self.get_visual_style("toggle--label")))


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written."""

    people: tuple[Person, ...]
    formats: tuple[str, ...]
    to: Path
    archive: bool
    paper: Literal["a4", "letter"]
    for_employee: bool
    edition: int | None
    force: bool


class Stopped(MeetingtoolError):
    """The export was stopped while the files were being made."""

    title = "Stopped"


class ExportPage(Page[None]):
    """Nothing is overwritten unless it is ticked; all files are written, or none. Stopping leaves nothing behind."""

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "export", "Export", id="export.export", tooltip="Write the files"),
        Binding("escape", "cancel", "Cancel", id="export.cancel", tooltip="Export nothing, or stop the export"),
    ]
    DEFAULT_CSS = """
    ExportPage .dialog { width: 76; padding: 1 2 0 2; }
    ExportPage .label { color: $text-muted; margin: 1 0 0 0; }
    ExportPage #formats { height: auto; }
    ExportPage #formats TickBox { margin: 0 1 0 0; }
    ExportPage #problem { height: auto; color: $error; }
    ExportPage ProgressBar { width: 100%; margin: 1 0 0 0; display: none; }
    ExportPage ProgressBar Bar { width: 1fr; }
    ExportPage.-running ProgressBar { display: block; }
    ExportPage .dialog-buttons { margin: 1 0 1 0; }
    ExportPage.-short .dialog { padding: 0 2; }
    ExportPage.-short .label { margin: 0; }
    """

    def __init__(
        self, person: Person, period: Period, *, for_employee: bool = False, edition: int | None = None
    ) -> None:
        """edition: a locked one by its number, instead of what holds now."""
        super().__init__()
        self.edition = edition
        self.for_employee = for_employee
        self.person = person
        self.period = period
        self._writing: Worker[None] | None = None

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            which = f" · edition {self.edition}" if self.edition is not None else ""
            whose = f"{wording.one_line(self.person.name)} · {self.period.label}{which}"
            dialog.border_title = Content(f"Export · {whose}")
            if self.edition is None:
                yield TickBox("The whole team, not just this person", id="all")
            yield TickBox(
                "For the employee: without anything private, and it says so", value=self.for_employee, id="employee"
            )
            yield Static("Formats", classes="label", markup=False)
            with Horizontal(id="formats"):
                for name in FORMATS:
                    yield TickBox(name.upper(), value=name == FORMATS[0], id=f"format-{name}")
            yield TickBox("PDF on US Letter instead of A4", value=self.desk.settings.paper == "letter", id="letter")
            yield Static("Folder", classes="label", markup=False)
            yield Input(str(Path.home() / f"evaluations-{self.period.label.replace('/', '-')}"), id="folder")
            yield TickBox("As one ZIP file with that name", id="zip")
            yield TickBox("Overwrite existing files", id="force")
            yield ProgressBar(show_eta=False, id="bar")
            yield Static(id="problem", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Cancel", id="cancel", compact=True)
                yield Button("Export", id="export", compact=True)

    def on_mount(self) -> None:
        self.query_one("#export").focus()

    def on_unmount(self) -> None:
        self._stop()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_export()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "export":
            self.action_export()
        else:
            self.action_cancel()

    def action_cancel(self) -> None:
        """Stop what is being made, or go back."""
        if self._writing is not None:
            self._stop()
        else:
            self.dismiss(None)

    def _stop(self) -> None:
        if self._writing is not None:
            self._writing.cancel()

    def _ticked(self, name: str) -> bool:
        return any(tick.value for tick in self.query(f"#{name}").results(TickBox))

    def action_export(self) -> None:
        """Write the files, or say what is in the way."""
        if self._writing is not None:
            return
        problem = self.query_one("#problem", Static)
        formats = tuple(name for name in FORMATS if self._ticked(f"format-{name}"))
        typed = self.query_one("#folder", Input).value.strip()
        if not formats or not typed:
            problem.update("Tick at least one format." if typed else "Name a folder.")
            return
        problem.update("")
        try:
            self.desk.require_private("An evaluation")
            to = Path(typed).expanduser()
        except (MeetingtoolError, RuntimeError) as error:
            problem.update(str(error))
            return
        archive = self._ticked("zip")
        order = Order(
            people=tuple(self.desk.roster.everyone) if self._ticked("all") else (self.person,),
            formats=formats,
            to=to.with_name(f"{to.name.removesuffix('.zip')}.zip") if archive else to,
            archive=archive,
            paper="letter" if self._ticked("letter") else "a4",
            for_employee=self._ticked("employee"),
            edition=self.edition,
            force=self._ticked("force"),
        )
        self.add_class("-running")
        self.query_one(ProgressBar).update(total=None, progress=0)
        self._writing = self._write(order)

    @work(thread=True, exit_on_error=False)
    def _write(self, order: Order) -> None:
        """Make the files in a thread, so that the screen stays usable; messages are left to the screen's own thread."""
        worker = get_current_worker()

        def progress(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise Stopped("Stopped.", "No file was written.")
            self.app.call_from_thread(self._tell_progress, done, of)

        told: list[str] = []
        try:
            written = export_evaluations(
                self.desk.workspace,
                order.people,
                self.period,
                order.formats,
                order.to,
                self.desk.now,
                paper=order.paper,
                archive=order.archive,
                force=order.force,
                for_employee=order.for_employee,
                edition=order.edition,
                progress=progress,
                tell=told.append,
            )
        except MeetingtoolError as error:
            self.app.call_from_thread(self._failed, error)
        else:
            self.app.call_from_thread(self._done, written, told)

    def _tell_progress(self, done: int, of: int) -> None:
        if self.is_attached:
            self.query_one(ProgressBar).update(total=of, progress=done)

    def _failed(self, error: MeetingtoolError) -> None:
        self._writing = None
        if self.is_attached:
            self.remove_class("-running")
            self.query_one("#problem", Static).update(Content(str(error)))

    def _done(self, written: tuple[Path, ...], told: list[str]) -> None:
        self._writing = None
        if self.is_attached:
            self.dismiss(None)
        shown = [str(path) for path in written[:3]]
        if len(written) > len(shown):
            shown.append(f"and {len(written) - len(shown):,} more")
        self.tool.say("\n".join([*shown, *told]), title=f"{wording.count(len(written), 'file')} written")
