"""Who is meant by a handle or a name, which standard by a tag, and how people are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.rules.folding import fold

GONE = "someone who has left"
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
HANDLE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""What a handle or a tag looks like, without its mark."""


class Roster:
    """An immutable look-up over people and standards, as seen on one day.

    merged: ids of other entries of the same person -> the id of the one that was kept. They find the person, too.
    """

    def __init__(self, people: Iterable[Person], standards: Iterable[Standard], today: date) -> None:
        self.today = today
        self.everyone = tuple(sorted(people, key=lambda person: (fold(person.name), person.handle)))
        self.people = tuple(person for person in self.everyone if person.on_team(today))
        self.all_standards = tuple(sorted(standards, key=lambda standard: (standard.order, standard.tag)))
        self.standards = tuple(standard for standard in self.all_standards if standard.in_use(today))
        self._by_id = {person.id: person for person in self.everyone}
        self._standard_by_id = {standard.id: standard for standard in self.all_standards}
        self._by_handle = self._handles()
        self._by_name = self._names()
        self._by_tag = {former: s for s in self.all_standards for former in s.former_tags}
        self._by_tag |= {fold(standard.tag): standard for standard in self.all_standards}
        self._short = self._short_names()
        self.merged = {other: person.id for person in self.everyone for other in person.merged}
        self._by_id = {other: self._by_id[person] for other, person in self.merged.items()} | self._by_id
        self._short = {other: self._short[person] for other, person in self.merged.items()} | self._short

    def _handles(self) -> dict[str, Person]:
        former = {old: person for person in self.everyone for old in person.former_handles}
        return former | {fold(person.handle): person for person in self.everyone}

    def _names(self) -> dict[str, Person]:
        """Names that mean one person. Those on the team come before those who are not."""
        found: dict[str, Person] = {}
        for people in (self.everyone, self.people):
            called: dict[str, set[str]] = {}
            for person in people:
                names = {person.name, first_name(person.name), *person.nicknames}
                for name in names:
                    called.setdefault(fold(" ".join(name.split())), set()).add(person.id)
            for name, ids in called.items():
                if len(ids) == 1:
                    found[name] = self._by_id[next(iter(ids))]
                elif people is self.people:
                    found.pop(name, None)
        found.pop("", None)
        return found

    def _short_names(self) -> dict[str, str]:
        everyone = Counter(fold(first_name(person.name)) for person in self.everyone)
        present = Counter(fold(first_name(person.name)) for person in self.people)
        initials = Counter(fold(_with_initial(person.name)) for person in self.everyone)
        short = {}
        for person in self.everyone:
            first = first_name(person.name)
            counts = present if person.on_team(self.today) else everyone
            if counts[fold(first)] <= 1:
                short[person.id] = first
            elif initials[fold(_with_initial(person.name))] == 1:
                short[person.id] = _with_initial(person.name)
            else:
                short[person.id] = person.name
        return short

    def person(self, text: str) -> Person | None:
        """Whom a handle (with or without `@`), a name or a nickname means; None when nobody or several."""
        wanted = fold(" ".join(text.removeprefix("@").split()))
        return self._by_handle.get(wanted) or self._by_name.get(wanted)

    def person_by_handle(self, handle: str) -> Person | None:
        """Whom an `@mark` in a line means: a handle, or a nickname or first name that only one has."""
        return self.person(handle)

    def standard(self, tag: str) -> Standard | None:
        """The standard of a tag, with or without `#`; None when there is none."""
        return self._by_tag.get(fold(tag.removeprefix("#").strip()))

    def person_of(self, person_id: str) -> Person | None:
        """The person of an id."""
        return self._by_id.get(person_id)

    def standard_of(self, standard_id: str) -> Standard | None:
        """The standard of an id."""
        return self._standard_by_id.get(standard_id)

    def short_name(self, person_id: str) -> str:
        """The first name where it is unique, else with an initial, else in full."""
        return self._short.get(person_id, GONE)

    def handle(self, person_id: str) -> str:
        """The handle of an id, or empty."""
        person = self._by_id.get(person_id)
        return person.handle if person else ""

    def tag(self, standard_id: str) -> str:
        """The tag of an id, or empty."""
        standard = self._standard_by_id.get(standard_id)
        return standard.tag if standard else ""


def first_name(name: str) -> str:
    """What a person is called by: the first word of the name."""
    words = name.split()
    return words[0] if words else name


def _surname(name: str) -> str:
    words = [word for word in name.split()[1:] if fold(word).strip(".") not in _SUFFIXES]
    return words[-1] if words else ""


def _with_initial(name: str) -> str:
    surname = _surname(name)
    return f"{first_name(name)} {surname[0]}." if surname else name


def _plain(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def handle_for(name: str, taken: Collection[str]) -> str:
    """A handle for `name` that is not in `taken`.

    The first name; else with the initial of the last name; else with the last name; else numbered.
    A name without Latin letters or digits becomes "person".
    """
    first = _plain(first_name(name)) or _plain(name) or "person"
    last = _plain(_surname(name))
    wishes = [first, f"{first}-{last[0]}", f"{first}-{last}"] if last else [first]
    for wish in wishes:
        if wish not in taken:
            return wish
    number = 2
    while f"{wishes[-1]}-{number}" in taken:
        number += 1
    return f"{wishes[-1]}-{number}"
