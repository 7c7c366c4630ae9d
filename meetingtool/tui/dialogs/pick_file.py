"""Picking a file: the newest ones of a folder are a key away, and any path can be typed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import ClassVar

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.rules import wording
from meetingtool.rules.choosing import fitting
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.paged_options import PagedOptions

MOST = 300
"""How many files of a folder are listed; typing finds the others."""
HINT = "Type a name or a path; Enter on a folder opens it."


class FileEntry(msgspec.Struct, frozen=True):
    """A file or a folder. changed: seconds since the epoch; 0 for a folder."""

    path: Path
    name: str
    changed: float


class PickFile(Page[Path | None]):
    """The files with certain endings, the newest first, then the folders; typing leaves only those that match."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="pick.cancel", tooltip="Choose no file"),
    ]
    enter = "Choose"
    DEFAULT_CSS = """
    PickFile .dialog { width: 100; padding: 1 1 0 1; }
    PickFile Input { margin: 0 0 1 0; }
    PickFile OptionList { height: auto; max-height: 60vh; }
    PickFile.-tiny OptionList { max-height: 40vh; }
    PickFile OptionList > .option-list--option-highlighted {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
    }
    PickFile #hint { margin: 1 1; }
    """

    def __init__(self, question: str, folder: Path, endings: Collection[str]) -> None:
        super().__init__()
        self.question, self.folder, self.endings = question, folder, frozenset(endings)
        self.entries: list[FileEntry] = []
        self.shown: list[FileEntry] = []

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self.question)
            yield Input(select_on_focus=False)
            files = PagedOptions(classes="plain-list", markup=False)
            files.can_focus = False
            yield files
            yield Static(HINT, id="hint", classes="dim", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._enter(self.folder)

    def _enter(self, folder: Path) -> None:
        """Show the files of a folder; if it can't be read, that is shown, and the list stays as it is."""
        try:
            found = list(folder.iterdir())
        except OSError as error:
            self._tell(f"! {wording.one_line(str(folder))} can't be read: {error.strerror or 'no right to'}.")
            return
        self.folder = folder
        files, folders = [], []
        for path in found:
            if path.name.startswith("."):
                continue
            try:
                if path.is_dir():
                    folders.append(FileEntry(path, f"{path.name}/", 0))
                elif path.suffix.casefold() in self.endings:
                    files.append(FileEntry(path, path.name, path.stat().st_mtime))
            except OSError:
                continue  # a link that leads nowhere is no file to pick
        files.sort(key=lambda entry: -entry.changed)
        folders.sort(key=lambda entry: entry.name.casefold())
        self.entries = [*files, *folders, FileEntry(folder.parent, "../", 0)]
        self.query_one(Input).value = ""
        self.query_one(".dialog").border_subtitle = Content(wording.one_line(str(folder)))
        self._tell(HINT)
        self._show("")

    def _tell(self, words: str) -> None:
        self.query_one("#hint", Static).update(words)

    def _show(self, typed: str) -> None:
        self.shown = fitting(self.entries, typed, lambda entry: entry.name)[:MOST]
        options = self.query_one(OptionList)
        options.set_options(Option(self._row(entry)) for entry in self.shown)
        options.highlighted = 0 if self.shown else None

    def _row(self, entry: FileEntry) -> Content:
        from datetime import datetime

        when = ""
        if entry.changed:
            when = wording.ago(datetime.fromtimestamp(entry.changed).date(), self.desk.today)
        style = "$foreground" if entry.changed else "$text-muted"
        return Content.assemble((wording.one_line(entry.name), style), (f"  {when}" if when else "", "$text-muted"))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell(HINT)
        self._show("" if _is_path(event.value) else event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value.strip().strip("'\"")
        if _is_path(typed):
            self._go(Path(typed).expanduser())
            return
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self.shown):
            self._go(self.shown[at].path)

    def _go(self, path: Path) -> None:
        """Go into a folder, or answer with a file."""
        try:
            there = self.folder / path
            if there.is_dir():
                self._enter(there.resolve())
            elif there.is_file():
                self.dismiss(there)
            else:
                self._tell(f"! There is no file {wording.one_line(str(path))}.")
        except (OSError, ValueError):
            self._tell("! That isn't a path.")

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._go(self.shown[event.option_index].path)

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list while the cursor stays in the line."""
        moves = {"down": "cursor_down", "up": "cursor_up", "pagedown": "page_down", "pageup": "page_up"}
        if event.key in moves:
            event.stop()
            getattr(self.query_one(OptionList), f"action_{moves[event.key]}")()


def _is_path(typed: str) -> bool:
    return typed.startswith(("/", "~", "./", "../")) or "\\" in typed or "/" in typed or typed[1:3] == ":"
