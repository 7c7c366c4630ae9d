"""The app."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meetingtool.store import BookDamaged
    from meetingtool.store.envelope import Envelope


def run(
    place: Path | str,
    *,
    sample: bool = False,
    envelope: Envelope | None = None,
    unlock: Callable[[], Envelope] | None = None,
) -> int:
    """Open the app on a workspace, a folder that is made when it is missing or a team on a server; its exit code.

    sample: whether it is the sample team, so that the app says so. envelope: that of an encrypted workspace. unlock:
    asks for the envelope of one that was encrypted from the app, which then opens anew. Errors of the store reach the
    caller before the screen changes; a damaged book can be mended first, and BookDamaged reaches the caller if it
    isn't.
    """
    while not isinstance(damage := _opened(place, sample, envelope), int):
        if damage is None:
            if unlock is None:
                return 0
            envelope = unlock()
            continue
        from meetingtool.store.age import Age
        from meetingtool.store.envelope import PLAIN, is_encrypted
        from meetingtool.tui.app import local_now
        from meetingtool.tui.mending import MendingApp

        if isinstance(place, str):
            raise damage
        folder = place
        encrypted_meanwhile = is_encrypted(folder) and not isinstance(envelope, Age)
        if encrypted_meanwhile or not MendingApp(folder, damage, local_now, envelope or PLAIN).run():
            raise damage
    return damage


def _opened(place: Path | str, sample: bool, envelope: Envelope | None) -> BookDamaged | int | None:
    """Run the app to its end: its exit code, the damage that ended it, or None where it is to start anew, encrypted.

    While the app starts nothing is garbage, so nothing is collected until the first frame is drawn.
    """
    gc.disable()
    _forget_sizes_that_are_none()
    from meetingtool.store import BookDamaged, Workspace
    from meetingtool.tui.app import MeetingtoolApp

    try:
        with Workspace.open(place, create=True, envelope=envelope) as workspace, workspace.showing():
            workspace.refuse_if_missing()
            if workspace.FAR:
                from meetingtool.actions.stories.typed_away import take_up

                take_up(workspace)  # what is refused goes on waiting, which the first line says
            app = MeetingtoolApp(workspace, sample=sample)
            app.run()
            if app.encrypted_meanwhile:
                return None
            return app.damage or app.return_code or 0
    except BookDamaged as error:
        return error
    finally:
        gc.enable()


def _forget_sizes_that_are_none() -> None:
    """COLUMNS=0 in the environment says nothing about the terminal; then the terminal itself is asked."""
    for name in ("COLUMNS", "LINES"):
        value = os.environ.get(name, "1")
        if not value.isdecimal() or not int(value):
            del os.environ[name]
