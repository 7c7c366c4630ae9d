"""Where records are kept: `Workspace` and what it hands out.

with Workspace.open(folder, create=True) as workspace:
    workspace.save(story, deed="recorded a win", now=now)
    workspace.find(Story, since=date(2026, 1, 1), kind="win")
"""

from __future__ import annotations

from meetingtool.store.deeds import Change, Deed, Version
from meetingtool.store.errors import BookDamaged, CannotWrite, NewerVersion, WorkspaceMissing, WorkspaceUnusable
from meetingtool.store.workspace import Workspace

__all__ = [
    "BookDamaged",
    "CannotWrite",
    "Change",
    "Deed",
    "NewerVersion",
    "Version",
    "Workspace",
    "WorkspaceMissing",
    "WorkspaceUnusable",
]
