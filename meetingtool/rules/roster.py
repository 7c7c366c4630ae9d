"""Who is meant by a handle or a name, which standard by a tag, and how people are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property

from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import (
    bare_words,
    called_by,
    called_in_full,
    first_name,
    letters,
    name_key,
    said_together,
    spoken,
    surname,
    with_initial,
    with_telling_word,
)
from meetingtool.rules.wording import one_line

GONE = "someone who has left"
HANDLE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""What a handle or a tag looks like, without its mark."""

_SPELT = 5
"""The fewest letters of a last name that is known in another spelling."""
_NEAR = 0.85
"""How alike two spellings are, from 0 to 1: nowack, nowak."""


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
        self.merged = {other: person.id for person in self.everyone for other in person.merged}
        self._by_id = {person.id: person for person in self.everyone}
        self._by_id = {other: self._by_id[person] for other, person in self.merged.items()} | self._by_id
        self._standard_by_id = {standard.id: standard for standard in self.all_standards}

    @cached_property
    def _by_tag(self) -> dict[str, Standard]:
        former = {tag: standard for standard in self.all_standards for tag in standard.former_tags}
        return former | {fold(standard.tag): standard for standard in self.all_standards}

    @cached_property
    def _by_handle(self) -> dict[str, tuple[Person, ...]]:
        """Who has each handle, else who had it: of two books that were merged it may be several."""
        had: dict[str, tuple[Person, ...]] = {}
        has: dict[str, tuple[Person, ...]] = {}
        for person in self.everyone:
            handle = fold(person.handle)
            has[handle] = (*has.get(handle, ()), person)
            for old in person.former_handles:
                had[old] = (*had.get(old, ()), person)
        return had | has

    @cached_property
    def _by_name(self) -> dict[str, tuple[Person, ...]]:
        """Whom each name means, folded: people on the team where one of them has it, else everyone who has it."""
        found: dict[str, tuple[Person, ...]] = {}
        for people in (self.everyone, self.people):
            called: dict[str, dict[str, Person]] = {}
            for person in people:
                short = with_initial(person.name)
                for name in spoken(person.name).union(
                    person.nicknames, (short, short.rstrip("."), self._short[person.id])
                ):
                    called.setdefault(fold(" ".join(name.split())), {})[person.id] = person
            found |= {name: tuple(persons.values()) for name, persons in called.items()}
        found.pop("", None)
        return found

    @cached_property
    def _short(self) -> dict[str, str]:
        initials = Counter(fold(with_initial(person.name)) for person in self.everyone)
        called: dict[str, list[Person]] = {}
        for person in self.everyone:
            called.setdefault(fold(first_name(person.name)), []).append(person)
        short = {}
        for people in called.values():
            words = Counter(word for person in people for word in {fold(word) for word in bare_words(person.name)})
            here = sum(person.on_team(self.today) for person in people)
            for person in people:
                if (here if person.on_team(self.today) else len(people)) == 1:
                    short[person.id] = first_name(person.name)
                elif initials[fold(with_initial(person.name))] == 1:
                    short[person.id] = with_initial(person.name)
                else:
                    short[person.id] = with_telling_word(person.name, words)
        return {other: short[person] for other, person in self.merged.items()} | short

    def meant_by(self, text: str) -> tuple[Person, ...]:
        """Everyone whom `text` may mean: `@handle` means its owner and nobody else; a former handle, a bare word or
        several may be the handle of one and the name of others, or the last name of some. `Moore, Ann` is Ann Moore,
        also where Ann is a nickname.
        """
        wanted = fold(" ".join(text.removeprefix("@").split()))
        owners, named = self._by_handle.get(wanted, ()), self._by_name.get(wanted, ())
        if not owners:
            family, comma, given = wanted.partition(",")
            if comma and not named:
                return self.called(f"{given} {family}")
            named = named or self.called(wanted)
            return named if named or text.startswith("@") else self._of_family(wanted)
        has_it = any(fold(person.handle) == wanted for person in owners)
        return owners if has_it and text.startswith("@") else tuple(dict.fromkeys((*owners, *named)))

    def called(self, words: str) -> tuple[Person, ...]:
        """Everyone whose name in full two words or more may be: a first name, nickname or handle with the last name, a
        word of it or its initial, `annie nguyen`; people on the team where one of them is called so, else everyone.
        """
        said = " ".join(filter(None, map(letters, words.split())))
        first, _, last = said.partition(" ")
        if not last:
            return ()
        may_be = [(person, called_in_full(person.name, _other_names(person))) for person in self._begun.get(first, ())]
        found = [person for person, names in may_be if said in names]
        if not found and (whole := said_together(said)):
            found = [person for person, names in may_be if whole in map(said_together, names)]
        if found and (named := self._by_name.get(fold(" ".join(words.split())))):
            return named
        here = [person for person in found if person.on_team(self.today)]
        return tuple(here or found)

    def spelt_otherwise(self, first: str, last: str) -> tuple[Person, ...]:
        """Of several people of a first name, nickname or handle the ones whose last name a word may mean that is spelt
        otherwise: `maria nowack`. A short one may be any word."""
        several = self._begun.get(letters(first), ())
        if len(several) < 2 or len(last) < _SPELT:
            return ()
        from difflib import SequenceMatcher

        families = [(person, letters(surname(person.name))) for person in several]
        return tuple(
            person
            for person, family in families
            if len(family) >= _SPELT and SequenceMatcher(None, family, letters(last)).ratio() > _NEAR
        )

    def called_like(self, words: str) -> tuple[Person, ...]:
        """Everyone whose name in full may begin with two words or more, the last of which may be a part of one."""
        said = " ".join(filter(None, map(letters, words.split())))
        may_be = self._begun.get(said.partition(" ")[0], ())
        return tuple(
            person
            for person in may_be
            if any(name.startswith(said) for name in called_in_full(person.name, _other_names(person)))
        )

    @cached_property
    def _begun(self) -> dict[str, list[Person]]:
        """Everyone by the word with which a name in full may begin."""
        found: dict[str, list[Person]] = {}
        for person in self.everyone:
            others = (other.split()[0] for other in _other_names(person) if other.strip())
            for first in {letters(word) for word in (*bare_words(person.name), *others)}:
                found.setdefault(first, []).append(person)
        return found

    def _of_family(self, wanted: str) -> tuple[Person, ...]:
        """Whose last name it is, `lopez`, `van dijk` or `obrien`: people on the team where one of them has it, else
        everyone.
        """
        end = f" {wanted}"
        found = [person for person in self.everyone if wanted and name_key(person.name).endswith(end)]
        found = found or self._families.get(letters(wanted), [])
        here = [person for person in found if person.on_team(self.today)]
        return tuple(here or found)

    @cached_property
    def _families(self) -> dict[str, list[Person]]:
        """Everyone by the letters alone of the last name."""
        found: dict[str, list[Person]] = {}
        for person in self.everyone:
            if last := letters(surname(person.name)):
                found.setdefault(last, []).append(person)
        return found

    def alike(self, text: str) -> tuple[Person, ...]:
        """Whom on the team a text may mean although it is nobody's name or handle: by the last name, both names in
        either order, one of them with the initial of the other, or the last name in another spelling. To be asked
        about, never taken for certain.
        """
        wanted = letters(text)
        likely = [person for person in self.people if wanted and wanted in _likely(person)]
        first, _, last = text.removeprefix("@").strip().partition(" ")
        return tuple(likely or (one for one in self.spelt_otherwise(first, last) if one.on_team(self.today)))

    def person(self, text: str) -> Person | None:
        """Whom `@handle`, a handle, a name or a nickname means; None when it is nobody or several."""
        meant = self.meant_by(text)
        return meant[0] if len(meant) == 1 else None

    def person_by_handle(self, handle: str) -> Person | None:
        """Whom an `@mark` in a line means: the owner of the handle, else the only one of that name or nickname."""
        return self.person(f"@{handle.removeprefix('@')}")

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
        """The first name where it is unique, else with an initial, else with a word that distinguishes it from
        others."""
        return self._short.get(person_id, GONE)

    def full_name(self, person_id: str) -> str:
        """A person's whole name; of somebody unknown what `short_name` says."""
        person = self.person_of(person_id)
        return person.name if person else self.short_name(person_id)

    def handle(self, person_id: str) -> str:
        """The handle of an id, or empty."""
        person = self._by_id.get(person_id)
        return person.handle if person else ""

    def tag(self, standard_id: str) -> str:
        """The tag of an id, or empty."""
        standard = self._standard_by_id.get(standard_id)
        return standard.tag if standard else ""

    def mistaken(self, people: Iterable[str], day: date) -> str:
        """What to say where somebody who had left by `day` is named, though another of that first name is on the team;
        else empty.
        """
        told = []
        for gone in filter(None, map(self.person_of, people)):
            first = fold(first_name(gone.name))
            others = [person for person in self.people if fold(first_name(person.name)) == first and person != gone]
            if others and gone.left is not None and gone.left < day:
                told.append(
                    f"{one_line(gone.name)} (@{gone.handle}) had left by then; did you mean {could_be(others)}?"
                )
        return " ".join(told)

    def names(self, people: Iterable[str]) -> str:
        """The short names of ids on one line: `Maria, Tom`."""
        return ", ".join(one_line(self.short_name(person)) for person in people)

    def tags(self, standards: Iterable[str]) -> str:
        """The tags of ids, without those that are unknown: `#own-it #listen`."""
        return " ".join(f"#{tag}" for standard in standards if (tag := self.tag(standard)))


def _other_names(person: Person) -> tuple[str, ...]:
    return (*person.nicknames, person.handle, *person.former_handles)


def _likely(person: Person) -> set[str]:
    first, last = letters(first_name(person.name)), letters(surname(person.name))
    return {last, first + last, last + first, first + last[:1], first[:1] + last} - {"", first}


def could_be(people: Iterable[Person]) -> str:
    """`Maria Lopez (@maria) or Maria Nowak (@maria-n)`, for a name that several people have."""
    *first, last = [f"{one_line(person.name)} (@{person.handle})" for person in people]
    return f"{', '.join(first)} or {last}" if first else last


def _plain(text: str) -> str:
    if not text.isascii():
        from meetingtool.rules.latin import in_latin  # only new people get a handle

        text = in_latin(text)
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def handle_for(name: str, taken: Collection[str], email: str = "", number: str = "") -> str:
    """A handle for `name` that is not in `taken`.

    The first name; else with the initial of the last name; else with the last name; else numbered.
    A name that can't be spelled in Latin letters becomes the beginning of the e-mail address, else "person", with the
    employee number where there is one.
    """
    address = _plain(re.split(r"[@._-]", email)[0])
    first = _plain(called_by(name)) or _plain(name) or address or _plain(f"person {number}")
    last = _plain(surname(name))
    wishes = [first, f"{first}-{last[0]}", f"{first}-{last}"] if last else [first]
    for wish in wishes:
        if wish not in taken:
            return wish
    again = 2
    while f"{wishes[-1]}-{again}" in taken:
        again += 1
    return f"{wishes[-1]}-{again}"
