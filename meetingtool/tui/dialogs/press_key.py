"""Giving something another key."""

from __future__ import annotations

from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.settings import change_settings
from meetingtool.errors import Refused
from meetingtool.rules import wording
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.frame.page import Page
from meetingtool.tui.keymap import NamedBinding, checked, choosable, read_key
from meetingtool.tui.lists.columns_row import ColumnsRow

KEYS = 16
"""The cells for the keys of one action."""


class PressKey(Page[str | None], inherit_bindings=False):
    """Waits for the key to give, whatever it does elsewhere; Escape changes nothing, Backspace restores the default."""

    can_focus = True
    takes_any_key = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "dismiss('')", "The default", id="press.default", tooltip="Restore the default key"),
        Binding("escape", "dismiss(None)", "Cancel", id="press.cancel", tooltip="Leave the key as it is"),
    ]
    DEFAULT_CSS = """
    PressKey .dialog { width: 64; padding: 1 2; }
    PressKey #problem { color: $error; height: auto; }
    """

    def __init__(self, named: NamedBinding) -> None:
        super().__init__()
        self.named = named

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self.named.name)
            yield Static(self.named.does, classes="dim", markup=False)
            yield Static("Press the new key.", markup=False)
            yield Static(id="problem", markup=False)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        try:
            self.dismiss("" if event.key == "backspace" else read_key(event.key, self.named.keys))
        except Refused as problem:
            self.query_one("#problem", Static).update(str(problem))


class ChangeKeys(Page[None]):
    """Asks which action gets another key, one after the other; it draws nothing itself."""

    def on_mount(self) -> None:
        self.ask()

    @work
    async def ask(self) -> None:
        """Ask for one after the other until Escape."""
        while True:
            wishes = self.desk.settings.keys
            options = [
                (
                    named.id,
                    ColumnsRow(
                        [
                            (
                                Content.styled(self._shown(wishes.get(named.id, ",".join(named.keys))), "bold $accent"),
                                KEYS,
                            )
                        ],
                        Content.assemble(f"{named.name}  ", (f"{named.does} · {named.place}", "$text-muted")),
                        most=0,
                    ),
                )
                for named in choosable()
            ]
            chosen = await self.app.push_screen_wait(Choose("Which key do you want to change?", options))
            if chosen is None:
                break
            named = next(each for each in choosable() if each.id == chosen)
            key = await self.app.push_screen_wait(PressKey(named))
            while key is not None and not self._give(named, key):
                key = await self.app.push_screen_wait(PressKey(named))
        self.dismiss(None)

    def _shown(self, keys: str) -> str:
        """Keys as they are printed on the keyboard."""
        return "  ".join(self.app.get_key_display(Binding(key, "", "")) for key in keys.split(","))

    def _give(self, named: NamedBinding, key: str) -> bool:
        """Give the key; returns whether it could be given, and says why not."""
        desk = self.desk
        wishes = {id: keys for id, keys in desk.settings.keys.items() if id != named.id}
        if key:
            wishes[named.id] = key
        if self.tool.attempt(lambda: change_settings(desk.workspace, desk.now, keys=checked(wishes))) is None:
            return False
        self.tool.set_keymap(desk.settings.keys)
        self.tool.say(f"{wording.one_line(named.name)}: {self._shown(key or ','.join(named.keys))}")
        return True
