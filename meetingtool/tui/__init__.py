"""The app."""

from __future__ import annotations

from pathlib import Path


def run(folder: Path, *, sample: bool = False) -> None:
    """Open the app on the workspace in `folder`, which is made when it is missing.

    sample: whether it is the sample team, which the app then says. Errors of the store reach the caller before
    the screen changes.
    """
    from meetingtool.store import Workspace
    from meetingtool.tui.app import MeetingtoolApp

    with Workspace.open(folder, create=True) as workspace:
        MeetingtoolApp(workspace, sample=sample).run()
