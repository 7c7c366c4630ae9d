"""The command palette: every deed that works here and now, found by the words of its key, its name and its help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from itertools import pairwise

from textual.app import SystemCommand
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen

from meetingtool import __version__
from meetingtool.rules import areas
from meetingtool.rules.folding import fold
from meetingtool.rules.settings import SETTINGS
from meetingtool.tui.places import ALSO, CAPTURES, ELSEWHERE, PLACES, SAME, Elsewhere, Place
from meetingtool.tui.settings.keeping import back_up_to, keeping_commands
from meetingtool.tui.tool import Tool

HIDDEN = ("palette.colon", "undo.anywhere", "room.anywhere", "keys.anywhere")

MOVES = ("up", "down", "left", "right", "tab", "shift+tab")
"""Keys that lead on to what is beside: found when they are looked for, but not listed before anything is typed."""

MOVING = "list."
"""How the ids of the keys begin that move in every list: like those of the toolkit, which have no id, no deeds."""

ON_THE_SPOT = frozenset({"back", "list", "into", "find", "room", "down", "up", "left", "right", "first", "last",
                         "page_up", "page_down", "next_tab", "tab_before"})  # fmt: skip
"""How the ids of the keys end that move about in one place, so that they are not looked for from elsewhere."""

SETTING = "Setting: "
"""How a setting is announced."""

SET_AFTER, SET_ABOUT = 0.9, 0.1
"""How much less a setting fits the words than a deed: where its name has them, and where only its help does."""

BEHIND, BEHIND_BY_NAME = 0.2, 0.75
"""How much less what is done elsewhere fits the words than what can be done at once: where its name or help has them,
and where they are its very word in the line of keys.
"""


def commands(tool: Tool, screen: Screen[object]) -> Iterable[SystemCommand]:
    """The actions of the screen's active bindings, then what can be done from anywhere, and where the rest is done."""

    def act(action: str, node: DOMNode | None = None) -> None:
        tool.call_later(tool.run_action, action, node)

    seen: set[str] = set()
    once: set[tuple[str, str]] = set()
    bindings = [active.binding for active in screen.active_bindings.values() if active.enabled]
    different = {each.action: each.tooltip or each.description for each in bindings}
    alike = Counter((title, action.partition("(")[0]) for action, title in different.items())
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.description or not binding.id or binding.id in HIDDEN or binding.id.startswith(MOVING):
            continue
        if not active.enabled or binding.action in seen:
            continue
        seen.add(binding.action)

        def run(action: str = binding.action, node: DOMNode = active.node) -> None:
            act(action, node)

        title, key = binding.tooltip or binding.description, f"key {tool.get_key_display(binding)}"
        deed, _, degree = binding.action.rstrip(")").partition("(")
        if alike[title, deed] > 1:
            if not degree.isdigit():  # the same by another key
                if (title, deed) in once:
                    continue
                once.add((title, deed))
            else:
                title = f"{binding.description} {degree}"
        words = (ALSO.get(binding.id or "", ""), "" if title == binding.description else binding.description, key)
        help = " · ".join(filter(None, words))
        yield SystemCommand(title, help, run, discover=binding.key not in MOVES)
    off = tool.desk.settings.off
    for kind, title, help, area in CAPTURES:
        if area not in off:
            yield SystemCommand(title, help, lambda kind=kind: tool.action_capture(kind))
    yield SystemCommand("Promises and actions", "follow-up: mark kept, missed, dropped", lambda: _show_due(tool))
    yield SystemCommand("Stories to sort out", "sort-out: names nobody had", lambda: tool.look_for("is:unsorted"))
    yield SystemCommand("Calendar file", "reminders of what is due, in your calendar", lambda: _save_calendar(tool))
    yield SystemCommand("What was done", "the latest changes, and who made them", lambda: _show_deeds(tool))
    yield SystemCommand(
        "Back up all records now", "a backup: one ZIP file, here or on another disk", lambda: back_up_to(tool)
    )
    yield from keeping_commands(tool)
    yield SystemCommand("Which version this is", "about meetingtool", lambda: tool.say(f"meetingtool {__version__}"))
    yield SystemCommand("The bin", "trash: what was removed in the last year, to restore", lambda: _show_bin(tool))
    yield SystemCommand(
        "Change the colours, the theme", "dark or light mode, the terminal's own", lambda: act("colours")
    )
    yield SystemCommand("Change a key", "any key can be changed", lambda: act("change_keys"))
    yield SystemCommand("Skip or move the next meeting", "a holiday, vacation, another day", lambda: _move_next(tool))
    if areas.PULSE not in tool.desk.settings.off:
        yield SystemCommand("Ask the team how it is", "the pulse: five statements, no names", lambda: _pulse(tool))
    if not tool.desk.room:
        for setting in SETTINGS:
            words = (setting.name.replace("-", " "), ALSO.get(setting.name, ""), setting.hint)
            help = " · ".join(filter(None, words))
            yield SystemCommand(f"{SETTING}{setting.title}", help, lambda: act("settings"), discover=False)
    for place in PLACES:
        there = place.mode == tool.current_mode and not place.go
        if place.area in off:
            if not tool.desk.room:
                yield SystemCommand(f"{place.title}: switched off", place.help, lambda: act("settings"), discover=False)
        elif not there and not (place.alone and tool.desk.room):
            yield SystemCommand(place.title, place.help, lambda place=place: _lead(tool, place), discover=False)


def elsewhere(tool: Tool, screen: Screen[object]) -> Iterable[SystemCommand]:
    """The deeds of other places, which lead there; none while the screen is shared, since many are private."""
    if tool.desk.room:
        return
    seen = {active.binding.tooltip or active.binding.description for active in screen.active_bindings.values()}
    for place in ELSEWHERE:
        if place.area in tool.desk.settings.off:
            continue
        for binding in deeds_of(place):
            title = binding.tooltip or binding.description
            if title not in seen:
                seen.add(title)
                words = (ALSO.get(binding.id or "", ""), binding.description, place.where)
                yield SystemCommand(title, " · ".join(filter(None, words)), lambda place=place: _lead(tool, place))


def deeds_of(place: Elsewhere) -> Iterable[Binding]:
    """The keys of a place that do something there or lead further."""
    module, _, name = place.of.partition(":")
    for binding in getattr(import_module(f"meetingtool.tui.{module}"), name).BINDINGS:
        if binding.id and binding.description and binding.id.rpartition(".")[2] not in ON_THE_SPOT:
            yield binding


def _lead(tool: Tool, place: Place | Elsewhere) -> None:
    if place.go:
        tool.go_to(place.mode, place.go)
    else:
        tool.action_mode(place.mode)


class Deeds(Provider):
    """Finds deeds by the beginnings of words, in any order: `drop prom` finds "Drop the promise"."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for deed in self._deeds():
            if deed.discover:
                yield DiscoveryHit(_titled(deed), deed.callback, text=deed.title, help=deed.help)

    async def search(self, query: str) -> Hits:
        """Those that have a word for each one that was typed; matches in the name itself come first."""
        wanted = [(each, *SAME.get(each, ())) for each in fold(query).split()]
        weighed = [*((deed, 1.0) for deed in self._deeds()), *((deed, BEHIND) for deed in self._elsewhere())]
        for deed, weight in weighed:
            name, help = fold(deed.title.removeprefix(SETTING)).split(), fold(deed.help).split()
            title = [*name, *map("".join, pairwise(name))]  # "backup" is in "Back up all records"
            words = [*title, *help, *fold(deed.title).split()]
            if all(any(word.startswith(each) for word in words) for each in wanted):
                in_title = sum(any(word.startswith(each) for word in title) for each in wanted)
                whole = sum(bool({word.rstrip(",:") for word in title} & {*each}) for each in wanted) / 2
                named = len(wanted) == 1 and not {*wanted[0]}.isdisjoint(fold(deed.help).split(" · "))
                set = deed.title.startswith(SETTING)
                first = bool(not set and wanted and "".join(name[:2]).startswith(wanted[0]))
                if set:
                    weight = SET_AFTER if in_title else SET_ABOUT
                elif named and weight == BEHIND:
                    weight = BEHIND_BY_NAME
                score = weight * (1 + in_title + whole + first + named) / (len(wanted) * 1.5 + 2)
                yield Hit(score, _titled(deed), deed.callback, help=deed.help)

    def _deeds(self) -> Iterable[SystemCommand]:
        return self.app.get_system_commands(self.screen)

    def _elsewhere(self) -> Iterable[SystemCommand]:
        return elsewhere(self.app, self.screen) if isinstance(self.app, Tool) else ()


def _titled(deed: SystemCommand) -> Content:
    """What a deed is called, told from its help without a colour."""
    return Content.styled(deed.title, "bold")


def _show_due(tool: Tool) -> None:
    from meetingtool.tui.meeting.due import DuePage

    tool.push_screen(DuePage())


def _save_calendar(tool: Tool) -> None:
    from meetingtool.actions.meeting.calendar import calendar_of
    from meetingtool.tui.dialogs.save_as import save_as

    save_as(tool, "Save the calendar file", "meetingtool.ics", ("ics",), lambda _: calendar_of(tool.desk)[0])


def _show_deeds(tool: Tool) -> None:
    from meetingtool.tui.stories.log import DeedsPage

    tool.push_screen(DeedsPage())


def _show_bin(tool: Tool) -> None:
    from meetingtool.tui.stories.log import BinPage

    tool.push_screen(BinPage())


def _pulse(tool: Tool) -> None:
    from meetingtool.tui.meeting.pulse_page import ask_pulse

    ask_pulse(tool)


def _move_next(tool: Tool) -> None:
    from meetingtool.tui.dialogs.move_next import ask_move

    ask_move(tool)
