"""Forgetting that was interrupted: until it is finished, names may still be in some files."""

from __future__ import annotations

import shlex
from pathlib import Path

from meetingtool.actions.customers import forgetting
from meetingtool.actions.keeping import retention
from meetingtool.store import Workspace
from meetingtool.store.examination import Finding


def interrupted(workspace: Workspace) -> list[tuple[str, str]]:
    """Whose forgetting is not finished, and the command that finishes it."""
    people = [f"@{person.handle}" for person in retention.begun(workspace)]
    customers = workspace.drafts.get(forgetting.NOTE).splitlines()[:1]
    return [
        *((who, f"meetingtool forget {who}") for who in people),
        *((name, f"meetingtool customer forget {shlex.quote(name)}") for name in customers),
    ]


def unfinished(workspace: Workspace) -> list[Finding]:
    """The same for `check`."""
    return [
        Finding(
            "records",
            "",
            Path(workspace.folder),
            f"Forgetting {who} was interrupted, so the name may still be in some files.",
            f"`{command}` finishes it.",
        )
        for who, command in interrupted(workspace)
    ]
