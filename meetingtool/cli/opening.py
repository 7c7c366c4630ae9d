"""Which workspace a command works on, and what time it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.rules.roster import Roster
    from meetingtool.store import Workspace

VARIABLE = "MEETINGTOOL_DATA"


def local_now() -> datetime:
    """This moment, with the offset of this place."""
    return datetime.now().astimezone()


class Opening:
    """One run of a command: its clock, the folder it was given, and the workspace once it is opened."""

    def __init__(self, clock: Callable[[], datetime] = local_now) -> None:
        self.clock = clock
        self.folder: Path | None = None
        self._workspace: Workspace | None = None

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.clock()

    @property
    def today(self) -> date:
        """The date here and now."""
        return self.clock().date()

    def path(self) -> Path:
        """The workspace's folder: `--data`, else MEETINGTOOL_DATA, else the user's data folder. Touches nothing."""
        if self.folder is not None:
            return self.folder.expanduser()
        named = os.environ.get(VARIABLE, "")
        if named:
            return Path(named).expanduser()
        from platformdirs import user_data_path

        return user_data_path("meetingtool", appauthor=False)

    def workspace(self, *, create: bool = False) -> Workspace:
        """The workspace, opened the first time; WorkspaceMissing where there is none and none is to be made."""
        if self._workspace is None:
            from meetingtool.store import Workspace

            self._workspace = Workspace.open(self.path(), create=create)
        return self._workspace

    def day(self, text: str | None, prefer: Literal["future", "past"]) -> date | None:
        """The day that `text` means, in the team's order of day and month; None for None. Unclear where it is none."""
        if text is None:
            return None
        from meetingtool.rules.dates import parse_date

        return parse_date(text, self.today, prefer=prefer, day_order=self._day_order())

    def _day_order(self) -> Literal["day-first", "month-first"]:
        from meetingtool.actions.reading import settings_of

        return settings_of(self.workspace()).day_order

    def roster(self) -> Roster:
        """The look-up over people and standards, as of today."""
        from meetingtool.actions.reading import roster_of

        return roster_of(self.workspace(), self.today)

    def desk(self, *, room: bool = False) -> Desk:
        """The reading side, in private unless `room`. NotFound before the workspace is set up."""
        from meetingtool.actions.desk import Desk
        from meetingtool.actions.reading import settings_of

        settings_of(self.workspace())
        return Desk(self.workspace(), self.clock, room=room)

    def close(self) -> None:
        """Close the workspace if it was opened."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None


pass_opening = click.make_pass_decorator(Opening)
"""Hands the Opening to a command as its first argument."""
