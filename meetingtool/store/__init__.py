"""Where records are kept: `Workspace` and what it hands out.

    with Workspace.open(folder, create=True) as workspace:
        workspace.save(story, deed=deeds.WIN, now=now)
        workspace.find(Story, since=date(2026, 1, 1), kind="win")

A workspace is a folder of year books, each a plain JSON file that any TinyDB reads:

    team.json  2026.json          the books; beside each its state before the last save, as `.prev`
    backups/2026/2026-03-03.json  copies made before the first save of a day, thinned as time goes by
    .roll-0bbfd16a                what each book was like when this computer saved it last
    damaged/  drafts/  .lock      damaged files put aside; half-typed text; one writer at a time

What holds, and where it is proved (`tests/store/`):

- What `save` has acknowledged survives a kill and a power cut at any moment; what it has not is there whole or not at
  all (`test_power_cuts`, `run_kills`). A failed save leaves memory as the disk is (`test_power_cuts`, `test_posix`).
- Several programs and threads may write: nothing is lost or doubled, and an outdated change is a Conflict
  (`test_programs_at_once`, `test_against_a_dict`).
- No change of a file from outside goes unnoticed, and a damaged book is never overwritten (`run_damages`,
  `test_recovery`). Edits by hand that can be read are welcome.
- Any TinyDB method works on a book (`run_tinydb_suite`).

From the bytes up: `commit` (the durable replacing of a file), `lock`, `bookfile` (a book as bytes), `storage` and
`table` (TinyDB's two seams), `shelf` (records as Structs), `book`, `library`, `transaction`, `workspace`. Beside them,
for files that are not as they should be or should go: `roll`, `copies`, `loss`, `examination`, `salvage`, `recovery`,
`conflicted`, `merging`, `backups`, `daily`, `migrations`, `retention`. `encryption` wraps every file in the age format
where that is wanted (`test_encryption`).
"""

from __future__ import annotations

from pathlib import Path

from meetingtool.store.deeds import Change, Deed, Version
from meetingtool.store.envelope import Envelope
from meetingtool.store.errors import BookDamaged, CannotWrite, NewerVersion, WorkspaceMissing, WorkspaceUnusable
from meetingtool.store.folder import open_folder
from meetingtool.store.workspace import ENGINES, Changes, Workspace


def _open_team(
    place: Path | str, *, create: bool = False, user: str | None = None, envelope: Envelope | None = None
) -> Workspace:
    from meetingtool.store.server.team import open_team

    return open_team(place, create=create, user=user, envelope=envelope)


ENGINES["folder"] = open_folder
ENGINES["server"] = _open_team

__all__ = [
    "BookDamaged",
    "CannotWrite",
    "Change",
    "Changes",
    "Deed",
    "NewerVersion",
    "Version",
    "Workspace",
    "WorkspaceMissing",
    "WorkspaceUnusable",
]
