"""Files that the user's own editor works on: plain text beside the drafts for as long as it is open."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from meetingtool.importers.decoding import decode
from meetingtool.rules.keeping.leftovers import is_running
from meetingtool.store import Workspace
from meetingtool.store.places import DRAFT, DRAFTS

_FOLDER = re.compile(r"editor-(\d+)-.+")


def folder_prefix() -> str:
    """How the name of the folder for an editor that is opened now begins; it says whose it is."""
    return f"editor-{os.getpid()}-"


def adopt_left_over(workspace: Workspace) -> list[Path]:
    """Turn what is in the files of killed programs into drafts, and remove the files. Where an editor left a copy of
    its own, which may be newer, nothing is touched; returns those folders. Raises CannotWrite.
    """
    stay = []
    for folder, writer in _folders(workspace):
        if is_running(writer, unasked=False):
            continue
        if has_copy(folder):
            stay.append(folder)
            continue
        for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns):
            if not path.name.endswith("~") and path.is_file() and not path.is_symlink():
                _adopt(workspace, path)
        shutil.rmtree(folder, ignore_errors=True)
    return stay


def _adopt(workspace: Workspace, path: Path) -> None:
    """Keep the file's text as the draft: the file was begun with what was kept, so it is what was typed last."""
    kept = workspace.drafts.path(path.stem)
    if not kept.exists() or kept.stat().st_mtime_ns <= path.stat().st_mtime_ns:
        text, _ = decode(path.read_bytes())
        workspace.drafts.put(path.stem, text.replace("\r\n", "\n"))


def has_copy(folder: Path) -> bool:
    """Whether an editor that was ended left a copy of its own, which may be newer than what was saved."""
    return any(path.name.startswith(".") for path in folder.iterdir())


def still_open(workspace: Workspace) -> list[Path]:
    """The files that stay: those of open editors, and those with an editor's own copy beside them."""
    return sorted(path for folder, _ in _folders(workspace) for path in folder.iterdir())


def _folders(workspace: Workspace) -> Iterator[tuple[Path, int]]:
    place = workspace.folder / DRAFTS
    for folder in sorted(place.iterdir()) if place.is_dir() and not place.is_symlink() else ():
        found = _FOLDER.fullmatch(folder.name)
        if found is not None and folder.suffix != DRAFT and folder.is_dir() and not folder.is_symlink():
            yield folder, int(found[1])
