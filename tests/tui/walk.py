"""Reading all that a shared screen shows, and walking wherever keys and rows lead from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from marks import MARK
from screen_text import said, screen_text, until
from textual.pilot import Pilot
from textual.screen import ActiveBinding, Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Tabs, TextArea

from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.lists.record_list import RecordList
from meetingtool.tui.lists.row_list import RowList
from meetingtool.tui.lists.row_panel import RowPanel
from meetingtool.tui.palette import commands
from meetingtool.tui.stories.story_page import RecordLink

MODES = ("today", "meeting", "history", "people", "customers", "playbook")

TALL = (110, 40)
"""So wide that nothing is left out; what has to be scrolled to is read from the widgets."""

LISTS = (RowList, RecordList, OptionList)
"""What has rows and a cursor."""

LEAVES = frozenset({"quit", "leave"})
"""Actions that end the app."""

OUT = frozenset({"toggle_room"})
"""Actions that leave the room; asking first is tested elsewhere."""

AGREED = "answer(True)"
"""The action that says yes to a question."""


def everything(app: MeetingtoolApp) -> str:
    """All that can be read now: every screen of the stack as drawn, what stands outside of the view, what was said."""
    texts = [screen_text(app), said(app), str(app.title), str(app.sub_title)]
    for screen in app.screen_stack:
        for widget in screen.walk_children(Widget):
            texts += _texts_of(widget)
    for command in commands(app, app.screen):
        texts += [command.title, command.help or ""]
    return "\n".join(texts)


def _texts_of(widget: Widget) -> Iterator[str]:
    """What a widget says, drawn or not yet."""
    yield from (str(text) for text in (widget.border_title, widget.border_subtitle, widget.tooltip) if text)
    if not widget.display:
        return
    if isinstance(widget, OptionList):
        yield from (str(getattr(option.prompt, "plain", option.prompt)) for option in widget.options)
    if isinstance(widget, RowPanel):
        yield widget.plain
    if isinstance(widget, Input):
        yield from (widget.value, str(widget.placeholder))
    if isinstance(widget, TextArea):
        yield widget.text
    content = getattr(widget, "content", None)
    if content is not None:
        yield str(getattr(content, "plain", content))


def unmarked(app: MeetingtoolApp, where: str) -> None:
    """Nothing private can be read; `where` tells how one came here."""
    read = everything(app)
    assert app.desk.room, f"left the room by {where}"
    found = [line.strip() for line in read.splitlines() if MARK in line.casefold()]
    assert not found, f"after {where}: {found[:3]}"


async def settle(pilot: Pilot[None]) -> None:
    """Let every message be handled and everything be drawn."""
    await pilot.pause(0)
    await until(pilot, lambda: pilot.app.screen.is_mounted)
    await pilot.pause()


class Key:
    """A step: what a key does where the walk stands."""

    def __init__(self, action: str, key: str) -> None:
        self.action, self.key = action, key

    def __str__(self) -> str:
        return self.action

    async def take(self, walk: Walk) -> None:
        """Do what the key does, where it works."""
        for active in walk.keys_here():
            if active.binding.action == self.action:
                await walk.app.run_action(self.action, active.node)
                return


class Command:
    """A step: what the palette does that no key does."""

    def __init__(self, title: str) -> None:
        self.title = title

    def __str__(self) -> str:
        return self.title

    async def take(self, walk: Walk) -> None:
        """Choose it in the palette."""
        for command in commands(walk.app, walk.app.screen):
            if command.title == self.title:
                command.callback()
                return


class Row:
    """A step: entering a row of a list, or a line that leads elsewhere. place: which list of the screen."""

    def __init__(self, place: int, index: int, text: str) -> None:
        self.place, self.index, self.text = place, index, text

    def __str__(self) -> str:
        return f"row {self.index} of list {self.place}, {self.text[:30]}"

    async def point(self, walk: Walk) -> bool:
        """Put the cursor on the row; whether it is still there."""
        lists = lists_of(walk.app.screen)
        if self.place >= len(lists) or self.index not in rows_of(lists[self.place]):
            return False
        widget = lists[self.place]
        walk.app.screen.set_focus(widget)
        if isinstance(widget, RecordList):
            widget.cursor = self.index
        elif isinstance(widget, LISTS):
            widget.highlighted = self.index
        await settle(walk.pilot)
        return True

    async def take(self, walk: Walk) -> None:
        """Point at it, and enter it."""
        if await self.point(walk):
            walk.look(walk.app, f"pointing at {self}")
            await walk.pilot.press("enter")


class Walk:
    """Goes wherever a person can go from a mode, reads all that can be read at each step, and counts its steps.

    Each sort of page is read whenever it opens, and walked the first time. without: actions that would lead out of what
    is to be looked at; elsewhere: sorts of pages that another walk goes through. look: what is done at each step, with
    how one came there.
    """

    def __init__(
        self,
        app: MeetingtoolApp,
        pilot: Pilot[None],
        mode: str,
        *,
        without: frozenset[str] = frozenset(),
        elsewhere: frozenset[str] = frozenset(),
        look: Callable[[MeetingtoolApp, str], None] = unmarked,
    ) -> None:
        self.app, self.pilot, self.mode = app, pilot, mode
        self.without = LEAVES | OUT | without
        self.elsewhere = elsewhere
        self.look = look
        self.rows = self.tabs = self.keys = 0
        self._unwalked: list[Route] = []
        self.twice: set[tuple[str, str]] = set()
        """Keys that led to a page on which they do something, with the page."""
        self.pages: Counter[str] = Counter()

    async def take(self, step: Step, route: Route) -> None:
        """Take a step, and read what is there now."""
        before = self.app.screen
        await step.take(self)
        await settle(self.pilot)
        if isinstance(step, Key) and self.app.screen is not before:
            here = type(self.app.screen).__name__
            self.twice |= {(step.key, here) for active in self.keys_here() if active.binding.key == step.key}
        if str(step) == AGREED and not self.app.desk.room:  # to show private things, which it asked
            self.app.set_room(True)
            await settle(self.pilot)
        self.look(self.app, " → ".join([self.mode, *map(str, route), str(step)]))

    async def stand(self, route: Route) -> bool:
        """Go from the mode by steps taken before; whether that leads to where it led."""
        await self.go_back_to(self.app.screen_stack[0])
        if self.app.current_mode != self.mode:
            self.app.switch_mode(self.mode)
            await settle(self.pilot)
        self.app.clear_notifications()
        for step in route:
            await step.take(self)
            await settle(self.pilot)
        return len(self.app.screen_stack) > 1 or not route

    async def go_back_to(self, screen: Screen[Any]) -> bool:
        """Close the pages that lie on a screen; whether it is still there."""
        if screen not in self.app.screen_stack:
            return False
        while self.app.screen is not screen:
            self.app.pop_screen()
            await settle(self.pilot)
        self.app.clear_notifications()
        return True

    async def every_tab(self) -> None:
        """Open each tab, and enter its rows. Tabs that the room hides are tried, too: a click can still reach them."""
        await self.stand(())
        for tabs in self.app.screen.query(Tabs):
            for name in [tab.id or "" for tab in tabs.query("Tab")]:
                tabs.active = name
                await settle(self.pilot)
                self.look(self.app, f"{self.mode}, tab {name}")
                self.tabs += 1
                if tabs.active == name:
                    await self.every_row()
        if not self.tabs:
            await self.every_row()
        await self._walk_pages()

    async def every_row(self, route: Route = ()) -> None:
        """Enter each row that is here, the last list first: what it shows may depend on the others."""
        been: set[tuple[int, str]] = set()
        here = self.app.screen
        while await self.go_back_to(here) or await self.stand(route):
            here = self.app.screen
            row = next((row for row in _places(here) if (row.place, row.text) not in been), None)
            if row is None:
                return
            been.add((row.place, row.text))
            self.rows += 1
            await self.take(row, route)
            self._note_page(here, (*route, row))

    async def every_key(self, route: Route = (), *, everywhere: bool = False) -> None:
        """Press each key that does something here, on whatever row. everywhere: also those that work in every mode,
        and what the palette alone can do.
        """
        been: set[str] = set()
        looked: set[str] = set()
        here = self.app.screen
        while await self.go_back_to(here) or await self.stand(route):
            here = self.app.screen
            step = next((step for step in self._keys_and_commands(everywhere) if str(step) not in been), None)
            if step is not None:
                been.add(str(step))
                self.keys += 1
                await self.take(step, route)
                self._note_page(here, (*route, step))
                continue
            if not await self._look_elsewhere(looked):
                break
        if not route:
            await self._walk_pages()

    async def _look_elsewhere(self, looked: set[str]) -> bool:
        """Put the focus where it has not been, or the cursor on another row: other keys may work there."""
        screen = self.app.screen
        for widget in (None, *screen.focus_chain):
            if f"{widget}" not in looked:
                looked.add(f"{widget}")
                screen.set_focus(widget)
                await settle(self.pilot)
                return True
        row = next((row for row in _places(screen) if f"{row.place} {row.text}" not in looked), None)
        if row is None:
            return False
        looked.add(f"{row.place} {row.text}")
        await row.point(self)
        return True

    async def _walk_pages(self) -> None:
        """Walk the pages that were seen on the way: every row of each and every key."""
        while self._unwalked:
            route = self._unwalked.pop(0)
            for walk in (self.every_row, self.every_key):
                if await self.stand(route):
                    await walk(route)

    def _note_page(self, before: Screen[Any], route: Route) -> None:
        """Count the page that lies here now, if it is one of ours. The first of its sort will be walked."""
        page = type(self.app.screen)
        if (
            self.app.screen is before
            or len(self.app.screen_stack) == 1
            or not page.__module__.startswith("meetingtool.")
        ):
            return
        name = page.__name__
        self.pages[name] += 1
        if self.pages[name] == 1 and name not in self.elsewhere:
            self._unwalked.append(route)

    def _keys_and_commands(self, everywhere: bool) -> Iterator[Step]:
        for active in self.keys_here():
            if everywhere or active.node is not self.app:
                yield Key(active.binding.action, active.binding.key)
        for command in commands(self.app, self.app.screen) if everywhere else ():
            if not f" {command.help}".rpartition(" key ")[1]:
                yield Command(command.title)

    def keys_here(self) -> list[ActiveBinding]:
        """The keys that work here and do something of ours."""
        found = []
        for active in self.app.screen.active_bindings.values():
            target, _, name = active.binding.action.partition("(")[0].rpartition(".")
            owner = {"app": self.app, "screen": self.app.screen}.get(target, active.node)
            method = getattr(owner, f"action_{name}", None)
            own = method is not None and method.__module__.startswith("meetingtool.")
            moves = own and method.__module__.startswith("meetingtool.tui.lists.")
            if active.enabled and own and not moves and name not in self.without:
                found.append(active)
        return found


Step = Key | Command | Row
Route = tuple[Step, ...]


def lists_of(screen: Screen[Any]) -> list[Widget]:
    """What has rows to enter on a screen, in the order of Tab. Each sort of list must be one that the walk knows."""
    for widget in screen.focus_chain:
        assert isinstance(widget, LISTS) or not hasattr(widget, "action_select"), widget
    return [widget for widget in screen.focus_chain if rows_of(widget)]


def rows_of(widget: Widget) -> dict[int, str]:
    """The rows that can be entered, with what they say."""
    if isinstance(widget, OptionList):
        prompts = [(index, option.prompt) for index, option in enumerate(widget.options) if not option.disabled]
        return {index: str(getattr(prompt, "plain", prompt)) for index, prompt in prompts}
    if isinstance(widget, RowPanel):
        return {index: widget.rows[index].row.plain for index in widget.enabled}
    if isinstance(widget, RecordList):
        return {index: f"{index} of {widget.count}" for index in range(widget.count)}
    return {0: str(widget.content)} if isinstance(widget, RecordLink) else {}


def _places(screen: Screen[Any]) -> Iterator[Row]:
    """Every row that can be entered, the last list first."""
    for place, widget in reversed([*enumerate(lists_of(screen))]):
        for index, text in rows_of(widget).items():
            yield Row(place, index, text)
