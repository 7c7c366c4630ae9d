"""Everything that can be set, one row each. Private, because the limits of the score are among the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from meetingtool.actions.people.score_settings import keeps_its_rule
from meetingtool.actions.people.year_start import after_moving_the_year
from meetingtool.actions.settings import change_setting
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.settings import SETTINGS, Setting
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.press_key import ChangeKeys
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_panel import Row, RowPanel, words
from meetingtool.tui.places import ALSO
from meetingtool.tui.themes import colours_named

TITLE = 22
"""Cells for what a setting is called."""

VALUE = 18
"""Cells for its value."""

NOT_SET = "–"


class SettingsPage(Page[None]):
    """Enter changes the setting in the row; the change is saved at once, and undo takes it back."""

    for_manager_alone = True
    undoes = frozenset({deeds.SETTINGS})
    enter = "Change"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "app.undo", "Undo", id="undo", tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("escape", "dismiss(None)", "Back", id="settings.back", tooltip="Back to where you came from"),
    ]
    CSS = """
    SettingsPage .dialog { width: 110; padding: 1 1; }
    SettingsPage .panel, SettingsPage .panel:focus { height: auto; max-height: 76vh; border: none; padding: 0; }
    SettingsPage.-tiny .dialog { height: 100%; padding: 0 1; }
    SettingsPage.-tiny .panel, SettingsPage.-tiny .panel:focus { height: 1fr; max-height: 100%; }
    """

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Settings"
            yield RowPanel("", id="rows")

    def on_mount(self) -> None:
        self.query_one(RowPanel).focus()

    def show_records(self) -> None:
        panel, rows = self.query_one(RowPanel), self._rows()
        panel.fill(rows)
        panel.names = {
            at: f"{row.row.plain.strip()} · {_also(row.key)}" for at, row in enumerate(rows) if not row.silent
        }

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        group = ""
        for setting in SETTINGS:
            if setting.group != group:
                rows += _heading(setting.group, first=not group)
                group = setting.group
            rows.append(_row(setting.name, setting.title, setting.shown(self.desk.settings), setting.hint))
        changed = len(self.desk.settings.keys)
        keys = f"{wording.count(changed, 'key')} changed" if changed else "default"
        rows += _heading("The app")
        rows.append(_row("colours", "Colours", colours_named(self.app.theme), "dark, light or the terminal's own"))
        rows.append(_row("keys", "Keys", keys, "any key can be changed"))
        return rows

    @on(RowPanel.Entered)
    def _entered(self, event: RowPanel.Entered) -> None:
        own: dict[str, Callable[[], object]] = {
            "colours": lambda: self.tool.run_worker(self.tool.run_action("colours")),
            "keys": lambda: self.app.push_screen(ChangeKeys()),
        }
        if event.key in own:
            own[event.key]()
        else:
            self._change(next(setting for setting in SETTINGS if setting.name == event.key))

    @work
    async def _change(self, setting: Setting) -> None:
        """Ask for another value until one is valid, or Escape cancels."""
        desk, title = self.desk, f"{setting.group} · {setting.title}"
        before = desk.settings
        if setting.choices:
            options = [(value, Content(told)) for value, told in setting.choices]
            typed = await self.app.push_screen_wait(Choose(title, options, chosen=setting.typed(before)))
        else:
            typed = await self.app.push_screen_wait(
                AskText(
                    title,
                    draft=f"setting-{setting.name}",
                    value=setting.typed(before),
                    hint=setting.hint,
                    take=lambda text: setting.read(text, desk.settings),
                )
            )
        if typed is None:
            return
        changed = self.tool.attempt(lambda: change_setting(desk.workspace, setting, typed, desk.now))
        if (
            changed is not None
            and changed.score != before.score
            and (kept := keeps_its_rule(desk.workspace, desk.today))
        ):
            self.tool.say(kept)
        if changed is not None and (changed.weekday, changed.clock) != (before.weekday, before.clock):
            self.tool.say(f"The next meeting is on {wording.moment(desk.next_meeting_at(), desk.today)}.")
        moved = changed is not None and changed.year_starts != before.year_starts
        if moved and not desk.room and (follows := after_moving_the_year(desk.workspace)):
            self.tool.warn(follows)


def _also(key: str) -> str:
    """Other words by which a setting is found."""
    return " ".join(filter(None, (key.replace("-", " "), ALSO.get(key, ""))))


def _heading(text: str, *, first: bool = False) -> list[Row]:
    heading = Row("", ColumnsRow((), Content.styled(text, "bold"), most=0), silent=True)
    return [heading] if first else [words(""), heading]


def _row(key: str, title: str, value: str, hint: str) -> Row:
    """A setting, its value and what it is about, in columns; the last goes below a value that is longer than its
    column."""
    said = Content(value) if value else Content.styled(NOT_SET, "$text-muted")
    lead, about = [(Content(f"  {title}"), TITLE)], Content.styled(hint, "$text-muted")
    if said.cell_length > VALUE:
        return Row(key, ColumnsRow(lead, Content("\n").join([said, about]) if hint else said, most=0))
    return Row(key, ColumnsRow([*lead, (said, VALUE)], about, most=0))
