"""The groups of people whom the team serves: adding, changing, retiring them, and finding one by its name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from meetingtool.actions.playbook.playbook import after_the_last, line_of, retire, saved
from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.records.base import mint
from meetingtool.records.philosophy import Group, GroupNeed, KnownFrom
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.kinds.philosophy import KNOWN_FROM
from meetingtool.store import Workspace

LONGEST_NAME = 60


def groups_of(workspace: Workspace, *, retired: bool = False) -> list[Group]:
    """The groups that are served, in their order; retired: those no longer served, too."""
    found = [group for group in workspace.find(Group) if retired or group.retired is None]
    return sorted(found, key=lambda group: (group.order, group.id))


def group_named(workspace: Workspace, text: str) -> Group:
    """The group of a name, of the beginning of one, or of a reference. Raises NotFound and Unclear, with what there
    is."""
    wanted = fold(wording.one_line(text))
    for kept in (groups_of(workspace), groups_of(workspace, retired=True)):
        for fits in (
            [group for group in kept if fold(group.name) == wanted],
            [group for group in kept if wanted and fold(group.name).startswith(wanted)],
            [group for group in kept if len(wanted) > 3 and fold(group.id).endswith(wanted)],
        ):
            if len(fits) == 1:
                return fits[0]
            if fits:
                named = wording.listed([f"“{group.name}” ({group.ref})" for group in fits])
                raise Unclear(f"“{wording.shortened(text, 40)}” could be {named}.", "Give more of the name.")
    there = [f"“{group.name}”" for group in groups_of(workspace)]
    raise NotFound(
        f"No group is called “{wording.shortened(text, 40)}”.",
        f"There are {wording.listed(there)}." if there else "`meetingtool group add NAME` adds one.",
    )


def add_group(
    workspace: Workspace, name: str, now: datetime, *, who: str = "", needs: Sequence[GroupNeed] = ()
) -> Group:
    """Add a group at the end of the list. Refused without a name, and for one that there is already."""
    with workspace.batch(deeds.GROUP_ADDED, now):
        group = Group(
            id=mint(now),
            at=now,
            made_at=now,
            made_by=workspace.user,
            name=_checked_name(workspace, name),
            who=wording.one_line(wording.storable(who)),
            needs=_needs(needs),
            order=after_the_last(workspace, Group),
        )
        workspace.save(group, deed=deeds.GROUP_ADDED, now=now)
        return group


def edit_group(
    workspace: Workspace,
    group: Group,
    now: datetime,
    *,
    name: str | None = None,
    who: str | None = None,
    needs: Sequence[GroupNeed] | None = None,
    order: int | None = None,
) -> Group:
    """Change a group; None leaves a part as it is. order: its new place from 0; the others make room."""
    changes: dict[str, object] = {}
    if name is not None:
        changes["name"] = _checked_name(workspace, name, group)
    if who is not None:
        changes["who"] = wording.one_line(wording.storable(who))
    if needs is not None:
        changes["needs"] = _needs(needs)
    return saved(workspace, group, changes, order, now)


def retire_group(workspace: Workspace, group: Group, now: datetime) -> Group:
    """Stop serving a group from today on."""
    return retire(workspace, group, now)


def need_read(text: str) -> GroupNeed:
    """What a group needs, with how we know it before a colon: `survey: open before eight`; or behind it, as it is
    shown: `open before eight (from our survey)`. Refused when blank."""
    for source, shown in KNOWN_FROM.items():
        if fold(text.strip()).endswith(f"({shown})"):
            return GroupNeed(line_of(text.strip()[: -len(f"({shown})")], "Say what they need."), source)
    known, colon, words = text.partition(":")
    for source in get_args(KnownFrom):
        if colon and fold(known.strip()) == source:
            return GroupNeed(line_of(words, "Say what they need."), source)
    return GroupNeed(line_of(text, "Say what they need."))


def need_written(need: GroupNeed) -> str:
    """A need as `need_read` reads it."""
    return need.text if need.known_from == "said" else f"{need.known_from}: {need.text}"


def _needs(needs: Sequence[GroupNeed]) -> tuple[GroupNeed, ...]:
    return tuple(dict.fromkeys(needs))


def _checked_name(workspace: Workspace, name: str, itself: Group | None = None) -> str:
    words = line_of(name, "The group needs a name, such as “commuters with one bike”.")
    if len(words) > LONGEST_NAME:
        raise Refused(
            f"The name has {len(words)} letters; {LONGEST_NAME} is the most.", "Say the rest in who they are."
        )
    for group in groups_of(workspace):
        if fold(group.name) == fold(words) and (itself is None or group.id != itself.id):
            raise Refused(f"There is already a group called “{group.name}”.", "Give this one another name.")
    return words
