"""Forgetting that was interrupted: until it is finished, names may still be in some files."""

from __future__ import annotations

import shlex
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from meetingtool.errors import NotFound
from meetingtool.records.people import Person
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.store.mending.finding import Finding

PEOPLE = "forgetting-people"
"""The key under which people are kept as they were until their names are gone everywhere."""

CUSTOMER = "forgetting"
"""The key under which a customer's names are kept until they are gone everywhere: the records may lose them before
copies do. The numbers and addresses follow after an empty line."""


def begun(workspace: Workspace) -> list[Person]:
    """Those whose forgetting was begun and is not finished, as they were before it; not who is on the team again under
    their own name, since the last day was taken back."""
    noted = (msgspec.json.decode(line, type=Person) for line in workspace.drafts.get(PEOPLE).splitlines())
    return [person for person in noted if not _is_back(workspace, person)]


def _is_back(workspace: Workspace, person: Person) -> bool:
    try:
        now = workspace.get(Person, person.id)
    except NotFound:
        return False
    return now.left is None and now.handle == person.handle


def let_go(workspace: Workspace) -> None:
    """Drop the note about people who are back on the team: nothing of them is to be forgotten."""
    if workspace.drafts.get(PEOPLE):
        note_only(workspace, begun(workspace))


def note_only(workspace: Workspace, people: Collection[Person]) -> None:
    """Note these people in place of those who were noted."""
    workspace.drafts.put(PEOPLE, "\n".join(msgspec.json.encode(person).decode() for person in people))


def note_begun(workspace: Workspace, people: Collection[Person]) -> None:
    """Note more people as they were before they were made anonymous, until their names are gone everywhere."""
    known = begun(workspace)
    more = [person for person in people if person.id not in {one.id for one in known}]
    if more:
        note_only(workspace, (*known, *more))


def interrupted(workspace: Workspace) -> list[tuple[str, str]]:
    """Whose forgetting is not finished, and the command that finishes it."""
    people = [f"@{person.handle}" for person in begun(workspace)]
    customers = workspace.drafts.get(CUSTOMER).splitlines()[:1]
    return [
        *((who, f"meetingtool forget {who}") for who in people),
        *((name, f"meetingtool customer forget {shlex.quote(name)}") for name in customers),
    ]


def unfinished(workspace: Workspace) -> list[Finding]:
    """The same for `check`."""
    from meetingtool.store.mending.finding import Finding

    return [
        Finding(
            "records",
            "",
            Path(workspace.folder),
            f"Forgetting {who} is not finished, so the name may still be in some files.",
            f"`{command}` finishes it.",
        )
        for who, command in interrupted(workspace)
    ]
