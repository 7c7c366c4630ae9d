"""What opens instead of the app when a book is damaged: what is wrong, and what it can be restored from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions.keeping.safekeeping import recoverable, told_recovery
from meetingtool.errors import MeetingtoolError
from meetingtool.rules import wording
from meetingtool.store import BookDamaged
from meetingtool.store.copies import Copy
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.examination import NOTHING_LEFT, examine
from meetingtool.store.mending.finding import Finding
from meetingtool.store.mending.recovery import recover
from meetingtool.store.places import TEAM
from meetingtool.tui.frame.textual_private import NothingPrinted
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.notices import TITLES
from meetingtool.tui.themes import DARK, LIGHT, legible

CLOSE = "Close and change nothing"
WITHOUT_COPY = {
    "damaged": "Recover what can be read of the damaged file",
    "missing": "Go on without it",
    "misnamed": "Give it its own name again",
    "set back": "Go on with it as it is",
}


class MendingApp(NothingPrinted[bool]):
    """A page of its own, because no other can be drawn. It returns True when all is sound again and the app can open.

    Nothing is changed before a copy is chosen, and even then the damaged file is kept.
    """

    TITLE = "meetingtool"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    CSS = """
    #page { border: round $error; border-title-style: bold; padding: 0 1; }
    #told { height: auto; max-height: 60%; margin: 0 0 1 0; }
    #wrong { height: auto; }
    #copies { height: 1fr; border: none; padding: 0; }
    #copies:focus { border: none; }
    #keys { dock: bottom; height: 1; padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape", "leave", "Close", id="mend.close", tooltip="Leave everything as it is"),
    ]

    def __init__(
        self, folder: Path, damage: BookDamaged, clock: Callable[[], datetime], envelope: Envelope = PLAIN
    ) -> None:
        super().__init__()
        self.folder = folder
        self.damage = damage
        self.clock = clock
        self.envelope = envelope
        self.finding: Finding | None = None
        self.done: list[str] = []
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_css_variables(self) -> dict[str, str]:
        """The variables of the theme, made legible for our screens."""
        self.theme_variables = legible(self.theme, super().get_css_variables())
        return self.theme_variables

    def compose(self) -> ComposeResult:
        with Vertical(id="page") as page:
            page.border_title = Content(self.damage.title)
            with VerticalScroll(id="told", can_focus=False):
                yield Static("Looking for sound copies ...", id="wrong", markup=False)
            yield PagedOptions(id="copies", markup=False).found_by("")
        yield Static("Enter chooses · Escape closes and changes nothing", id="keys", markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self._look()

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        """Read every copy, which can take a moment."""
        try:
            found = recoverable(examine(self.folder, envelope=self.envelope))
        except MeetingtoolError as error:
            self.call_from_thread(self._tell, [str(error)], ())
            return
        back = [each for each in found if each.kind == "set back" and each.book == TEAM]
        stopping = [each for each in found if each.kind in ("damaged", "missing", "misnamed")] + back
        self.call_from_thread(self._show, stopping)

    def _show(self, findings: list[Finding]) -> None:
        if not findings:
            self._none_left()
            return
        self.finding = findings[0]
        self.query_one("#page").border_title = Content(TITLES.get(self.finding.kind, self.damage.title))
        lines = [*self.done, self.finding.message]
        if self.finding.kind == "missing":
            lines.append("If a cloud folder is still bringing it, close this and wait. What comes later can be merged.")
        if self.finding.kind in ("damaged", "missing") and not self.finding.copies:
            lines.append(NOTHING_LEFT)
        if self.finding.copies:
            lines.append("Choose what to start from. Anything newer that can still be read in the file here is added.")
        if self.finding.path.exists() and self.finding.kind == "damaged":
            lines.append(f"The damaged file is kept in {self.folder / 'damaged'}.")
        self._tell(lines, self.finding.copies)

    def _none_left(self) -> None:
        self.finding = None
        if self.done:
            self._tell([*self.done, "Everything is sound."], (), go_on="Open meetingtool")
        else:
            self._tell([str(self.damage)], ())

    def _tell(self, lines: list[str], copies: tuple[Copy, ...], go_on: str = "") -> None:
        self.query_one("#wrong", Static).update(Content("\n\n".join(map(wording.one_line, lines))))
        options = self.query_one(OptionList)
        rows = [self._row(copy, best=copy is copies[0]) for copy in copies]
        if self.finding is not None and not copies:
            rows = [Content(WITHOUT_COPY.get(self.finding.kind, ""))]
        if go_on:
            rows = [Content(go_on)]
        options.set_options([*map(Option, rows), Option(Content("Close" if go_on else CLOSE))])
        options.highlighted = 0

    def _row(self, copy: Copy, *, best: bool) -> Content:
        name = f"{copy.told[0].upper()}{copy.told[1:]}, {wording.count(copy.records, 'record')}"
        return Content.assemble((name, "bold"), " · the best" if best else "", "\n", (f"  {copy.cost}", "$text-muted"))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_index == event.option_list.option_count - 1:
            self.exit(False)
        elif self.finding is None:
            self.exit(True)
        else:
            copies = self.finding.copies
            self._bring_back(self.finding, copies[event.option_index].path if event.option_index else None)

    def _bring_back(self, finding: Finding, copy: Path | None) -> None:
        """Recover from the copy, or without one from the best, with what the damaged file still has."""
        try:
            done = recover(self.folder, finding.book, now=self.clock(), copy=copy, envelope=self.envelope)
        except MeetingtoolError as error:
            self.finding = None
            self._tell([*self.done, str(error)], ())
            return
        self.done.append(told_recovery(done, self.folder))
        self._look()

    def action_leave(self) -> None:
        """Close; nothing was changed since the last choice."""
        self.exit(False)
