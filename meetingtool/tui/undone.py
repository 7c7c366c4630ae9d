"""What undoing a change of the settings brought back, in words."""

from __future__ import annotations

from meetingtool.actions.settings import before_and_after
from meetingtool.records.team import Settings
from meetingtool.rules.settings import SETTINGS
from meetingtool.store import Deed, Workspace
from meetingtool.tui.themes import DARK, colours_named

NOTHING = "not set"


def settings_undone(workspace: Workspace, deed: Deed) -> str:
    """Each setting that a deed changed and that is again as it was before, such as `Day: Tuesday again, not Friday`.

    Empty where it changed none.
    """
    both = before_and_after(workspace, deed)
    if both is None:
        return ""
    before, after = both
    values = [(setting.title, setting.shown(before), setting.shown(after)) for setting in SETTINGS]
    values.append(("Colours", _colours(before), _colours(after)))
    told = [f"{title}: {old or NOTHING} again, not {new or NOTHING}" for title, old, new in values if old != new]
    if before.keys != after.keys:
        told.append("Keys as they were")
    return "; ".join(told)


def _colours(settings: Settings) -> str:
    return colours_named(settings.theme or DARK.name)
