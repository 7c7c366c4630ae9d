"""What may exist only once but is there twice, as when the folders of two computers were merged: found, and told
apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

import msgspec

from meetingtool.actions.keeping.answers_once import twice_in
from meetingtool.actions.keeping.once import doubles, join_doubles
from meetingtool.actions.people.merged_away import evaluations_beside, left_behind, move_over
from meetingtool.records.base import Record
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.surveys import Batch, Survey
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.keeping.anonymity import free_alias, is_alias, tells_who
from meetingtool.rules.kinds.table import name_of, words_for
from meetingtool.rules.kinds.values import label
from meetingtool.rules.naming import name_key, number_key
from meetingtool.rules.roster import Roster, handle_for
from meetingtool.store import Workspace
from meetingtool.store.mending.finding import Finding
from meetingtool.store.merging import Merged
from meetingtool.store.places import TEAM, file_of, year_name

R = TypeVar("R", bound=Record)
JOIN = "`meetingtool check --merge` makes one of them; the others go into the bin."
MOVE = "`meetingtool check --merge` moves them to the one that stays."
TELL_APART = "`meetingtool check --merge` gives each its own."


def twice(workspace: Workspace) -> list[Finding]:
    """Handles, employee numbers and tags that two have, whatever else is there twice and may exist only once, and
    meetings that are open at once, with what to do."""
    people, standards = workspace.find(Person), workspace.find(Standard)
    roster = Roster(people, standards, date.max)
    found = [
        *_left_behind(workspace),
        *_still_named(workspace),
        *(
            _team(workspace, f"{_both(each)} have the handle @{each[0].handle}.", TELL_APART)
            for each in _handles(people)
        ),
        *(
            _team(workspace, f"Standards {_titles(each)} have the tag #{each[0].tag}.", TELL_APART)
            for each in _tags(standards)
        ),
    ]
    for first, *others in doubles(workspace):
        refs = wording.listed([each.ref for each in (first, *others)])
        words = words_for(first).plural
        message = f"{wording.count(len(others) + 1, words, words)} are the same, {name_of(first, roster)}: {refs}."
        found.append(_team(workspace, message, JOIN))
    for survey in workspace.find(Survey):
        again = len(twice_in(workspace.find(Batch, survey=survey.id)))
        if again:
            answers = f"{wording.count(again, 'answer')} of “{wording.one_line(survey.name)}”"
            found.append(_team(workspace, f"{answers} {'is' if again == 1 else 'are'} counted twice.", JOIN))
    here = [person for person in people if person.number and person.left is None]
    for several in _alike(here, lambda person: number_key(person.number)):
        handles = " ".join(f"@{person.handle}" for person in several[:2])
        hint = f"If they are one person: `meetingtool team merge {handles}`; else correct a number with `team edit`."
        if len({fold(person.handle) for person in several}) < len(several):
            hint = TELL_APART
        found.append(_team(workspace, f"{_both(several)} have the employee number {several[0].number}.", hint))
    meetings = [meeting for meeting in workspace.find(Meeting) if meeting.state != "closed"]
    if len(meetings) > 1:
        book = year_name(meetings[0].at.year)
        message = (
            f"{wording.count(len(meetings), 'meeting')} are open at once: {wording.listed([m.ref for m in meetings])}."
        )
        hint = "`meetingtool meeting close` closes the latest; do it again for the other."
        found.append(Finding("records", book, file_of(workspace.folder, book), message, hint))
    return found


def _left_behind(workspace: Workspace) -> Iterator[Finding]:
    if behind := left_behind(workspace):
        refs = wording.listed([each.ref for each in behind[:6]])
        records = wording.count(len(behind), "record names", "records name")
        yield _team(workspace, f"{records} an entry that was merged into another one: {refs}.", MOVE)


def _still_named(workspace: Workspace) -> Iterator[Finding]:
    for person in workspace.find(Person, removed=None):
        if told := tells_who(person):
            hint = (
                f"`meetingtool forget @{person.handle}` takes it out. For somebody who wasn't forgotten: `meetingtool "
                f"team edit @{person.handle}` with another --handle and --name."
            )
            fields = wording.listed([label(field) for field in told])
            yield _team(workspace, f"@{person.handle} was made anonymous, and still says who it was: {fields}.", hint)


def tell_apart(
    workspace: Workspace,
    now: datetime,
    merged: Sequence[Merged] = (),
    stay: Collection[str] | None = None,
) -> list[str]:
    """Make what may exist only once exist once, and give everybody a handle and every standard a tag of its own:
    whoever came later gets another. Returns in words what was done.

    merged: merges that were just made. stay: evaluations of an entry that was merged away which stay with it; by
    default all that are there.
    """
    with workspace.batch(deeds.TOLD_APART, now):
        told = move_over(workspace, now, evaluations_beside(workspace) if stay is None else stay)
        told += join_doubles(workspace, now, merged)
        people, standards = workspace.find(Person), workspace.find(Standard)
        taken = {handle for person in people for handle in (person.handle, *person.former_handles)}
        for first, *others in _handles(people):
            for person in others:
                if is_alias(person):
                    handle, name = free_alias(taken)
                else:
                    handle, name = handle_for(person.name, taken, person.email, person.number), person.name
                changed = msgspec.structs.replace(person, version=person.version + 1, handle=handle, name=name)
                taken.add(changed.handle)
                workspace.save(changed, deed=deeds.TOLD_APART, now=now)
                same = name_key(first.name) == name_key(person.name)
                merge = f" If they are one person: meetingtool team merge @{first.handle} @{changed.handle}"
                told.append(
                    f"{_both([first, person])} had the handle @{first.handle}; the second is @{changed.handle} now."
                )
                told[-1] += merge if same else ""
        tags = {tag for standard in standards for tag in (standard.tag, *standard.former_tags)}
        for kept, *copies in _tags(standards):
            for standard in copies:
                tag = next(
                    f"{kept.tag}-{number}" for number in range(2, len(tags) + 3) if f"{kept.tag}-{number}" not in tags
                )
                tags.add(tag)
                workspace.save(
                    msgspec.structs.replace(standard, version=standard.version + 1, tag=tag),
                    deed=deeds.TOLD_APART,
                    now=now,
                )
                told.append(f"Standards {_titles([kept, standard])} had the tag #{kept.tag}; the second is #{tag} now.")
    return told


def _handles(people: Sequence[Person]) -> Iterator[list[Person]]:
    return _alike(people, lambda person: fold(person.handle))


def _tags(standards: Sequence[Standard]) -> Iterator[list[Standard]]:
    return _alike(standards, lambda standard: fold(standard.tag))


def _alike(records: Iterable[R], key: Callable[[R], str]) -> Iterator[list[R]]:
    """Records with the same key, the first made first."""
    by: dict[str, list[R]] = {}
    for record in sorted(records, key=lambda record: (record.made_at, record.id)):
        by.setdefault(key(record), []).append(record)
    return (several for several in by.values() if len(several) > 1)


def _both(people: Sequence[Person]) -> str:
    return wording.listed([wording.one_line(person.name) for person in people])


def _titles(standards: Sequence[Standard]) -> str:
    return wording.listed([f"“{wording.one_line(standard.title)}”" for standard in standards])


def _team(workspace: Workspace, message: str, hint: str) -> Finding:
    return Finding("records", TEAM, file_of(workspace.folder, TEAM), message, hint)
