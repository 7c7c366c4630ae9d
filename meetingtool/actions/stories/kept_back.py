"""Keeping praise private for those who want that, under every name they have or had, including what was told before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

import msgspec

from meetingtool.actions.reading import roster_of
from meetingtool.records.base import Record
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.stories.kept_back import as_wanted, by_wish
from meetingtool.store import Workspace

T = TypeVar("T")


def look_again(workspace: Workspace, deed: deeds.Code, now: datetime) -> None:
    """Make private whatever praises somebody who wants that in private, of every year and in the bin too, with the
    promises and actions that came out of it; and show again what was private only because of a wish that no longer
    exists. To be called when a wish, or a name of somebody who has one, has changed.
    """
    roster = roster_of(workspace, now.date())
    held: set[str] = set()
    closed: set[str] = set()
    with workspace.batch(deed, now):
        for record in _praise(workspace):
            wanted = as_wanted(record, roster)
            if wanted is not record:
                workspace.save(msgspec.structs.replace(wanted, version=record.version + 1), deed=deed, now=now)
            if wanted.private:
                (held if getattr(wanted, "by_wish", False) else closed).add(record.id)
        for pledge in workspace.find(FollowUp, removed=None):
            born_of = (pledge.story, pledge.source_id)
            if (pledge.private and not pledge.by_wish) or not closed.isdisjoint(born_of):
                continue
            wanted = as_wanted(pledge, roster)
            if not held.isdisjoint(born_of):
                wanted = by_wish(pledge, hidden=True)
            if wanted != pledge:
                workspace.save(msgspec.structs.replace(wanted, version=pledge.version + 1), deed=deed, now=now)


def held(workspace: Workspace) -> int:
    """How many thanks, wins, customers' words and calls are private only because of somebody's wish."""
    if not any(person.thanks == "private" for person in workspace.find(Person)):
        return 0
    return sum(getattr(record, "by_wish", False) for record in _praise(workspace))


def counted(workspace: Workspace, deed: Callable[[], T]) -> tuple[T, str]:
    """What a deed returned that can change a wish or a name, and a sentence like `3 records that praise them are
    private now.`, empty where their number is as before."""
    before = held(workspace)
    done = deed()
    return done, _changed_words(before, held(workspace))


def _changed_words(before: int, after: int) -> str:
    number = wording.count(abs(after - before), "record that praises them is", "records that praise them are")
    return "" if after == before else f"{number} {'private now' if after > before else 'shown again'}."


def _praise(workspace: Workspace) -> Iterator[Record]:
    yield from (story for story in workspace.find(Story, removed=None) if story.kind != "sticky")
    yield from workspace.find(Voice, removed=None)
    yield from workspace.find(HandsOn, removed=None)
    yield from workspace.find(Contact, removed=None)


def with_former_names(workspace: Workspace, person: Person, *more: str) -> Person:
    """The person with every name that kept versions have and that is no longer theirs, and with further nicknames by
    which they were called, such as a mark that was sorted out."""
    versions = [one.record for one in workspace.versions(person.id) if isinstance(one.record, Person)]
    names = [one.name for one in versions] + [*person.former_names]
    nicknames = [name for one in versions for name in one.nicknames] + [*person.former_nicknames, *more]
    had = {fold(person.name), *map(fold, person.nicknames), fold(person.handle), *map(fold, person.former_handles)}
    return msgspec.structs.replace(
        person,
        former_names=_once(names, {fold(person.name)}),
        former_nicknames=_once(nicknames, had),
    )


def _once(names: list[str], but: set[str]) -> tuple[str, ...]:
    """The names, each once however it is spelt, without some (folded)."""
    found = {fold(name): name for name in reversed(names)}
    return tuple(name for key, name in reversed(found.items()) if key not in but)
