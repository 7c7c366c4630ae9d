"""The app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meetingtool.store import BookDamaged


def run(folder: Path, *, sample: bool = False) -> None:
    """Open the app on the workspace in `folder`, which is made when it is missing.

    sample: whether it is the sample team, which the app then says. Errors of the store reach the caller before
    the screen changes; a damaged book is offered to be mended first, and BookDamaged reaches the caller if it stays so.
    """
    while (damage := _opened(folder, sample)) is not None:
        from meetingtool.tui.app import local_now
        from meetingtool.tui.mending import MendingApp

        if not MendingApp(folder, damage, local_now).run():
            raise damage


def _opened(folder: Path, sample: bool) -> BookDamaged | None:
    """Run the app to its end; the damage that ended it, if any."""
    from meetingtool.store import BookDamaged, Workspace
    from meetingtool.tui.app import MeetingtoolApp

    try:
        with Workspace.open(folder, create=True) as workspace:
            app = MeetingtoolApp(workspace, sample=sample)
            app.run()
            return app.damage
    except BookDamaged as error:
        return error
