"""Something that is wrong with a workspace's files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from meetingtool.store.copies import Copy
from meetingtool.store.mending.loss import Loss

Kind = Literal[
    "damaged",
    "missing",
    "misnamed",
    "set back",
    "edited",
    "newer",
    "copy damaged",
    "conflicted copy",
    "no backup",
    "not private",
    "can't write",
    "misplaced",
    "not encrypted",
    "recipients changed",
    "records",
    "log",
]


class Finding(msgspec.Struct, frozen=True):
    """Something that is wrong. message: what and where; hint: what to do. copies: the best first.

    loss: which of a book's records are lost if nothing else is done; None where no record is concerned.
    """

    kind: Kind
    book: str
    path: Path
    message: str
    hint: str
    copies: tuple[Copy, ...] = ()
    loss: Loss | None = None
