"""One employee number is one person, also in an import: who may not have a number goes without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.naming import number_key


class Numbered(msgspec.Struct, frozen=True):
    """The people of an import with numbers that are theirs alone. notes: whose number somebody didn't get."""

    added: list[Person]
    changed: list[Person]
    notes: list[str]


def with_own_numbers(
    existing: Sequence[Person], added: Sequence[Person], changed: Sequence[Person], today: date
) -> Numbered:
    """Leave out the numbers of an import that somebody else on the team has when all is imported; those who swap theirs
    may. Somebody who is changed in nothing else is no longer among the changed.
    """
    before = {person.id: person for person in existing}
    after = before | {person.id: person for person in (*changed, *added)}
    notes = []
    while clash := _clash(before, after, today):
        late, holder = clash
        old = before.get(late.id)
        after[late.id] = msgspec.structs.replace(late, number=old.number if old else "")
        notes.append(
            f"{wording.shortened(late.number, 40)} is the number of {_named(holder)}, so {_named(late)} is imported "
            "without it. Check both; one number is one person."
        )
    kept = [after[person.id] for person in changed]
    return Numbered(
        [after[person.id] for person in added],
        [each for each in kept if msgspec.structs.replace(each, version=before[each.id].version) != before[each.id]],
        notes,
    )


def _clash(before: dict[str, Person], after: dict[str, Person], today: date) -> tuple[Person, Person] | None:
    """Somebody with a new number that another has, and that other, rather one who had it before."""
    holders: dict[str, list[Person]] = {}
    for person in after.values():
        if person.number and person.on_team(today):
            holders.setdefault(number_key(person.number), []).append(person)
    for key, several in holders.items():
        new = [each for each in several if each.id not in before or number_key(before[each.id].number) != key]
        if len(several) > 1 and new:
            late = new[-1]
            return late, next(each for each in several if each is not late)
    return None


def _named(person: Person) -> str:
    return f"{wording.one_line(person.name)} (@{person.handle})"
