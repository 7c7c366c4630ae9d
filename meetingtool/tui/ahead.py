"""Loading what the first frame does not need but the next key may, while nobody waits."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from meetingtool.tui.tool import Tool

if TYPE_CHECKING:
    from meetingtool.actions.history.history import History

SCREENS = (
    "meeting.meeting",
    "stories.quick_capture",
    "people.people",
    "customers.customers",
    "playbook.playbook",
    "stories.story_page",
)
"""The other screens that one key opens, by the names of their modules."""


async def load_ahead(tool: Tool) -> None:
    """Load the history's code, then the records, so that a search finds them at once, then the code of the other
    screens.

    All of it is done in threads. A screen asked for meanwhile waits only for its own code.
    """
    await to_thread(_load_screens, ("history.history",))
    if tool.set_up:
        tool.history.name_people()
        await to_thread(_read_history, tool.history)
    await to_thread(_load_screens, SCREENS)


def _load_screens(names: Iterable[str]) -> None:
    for name in names:
        import_module(f"meetingtool.tui.{name}")


def _read_history(history: History) -> None:
    worker = get_current_worker()
    with history.desk.workspace.showing():
        history.begin()
        while not worker.is_cancelled and history.read_on():
            pass
