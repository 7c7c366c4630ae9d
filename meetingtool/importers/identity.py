"""Who on the team a row of a roster is: by proof, never by a number or an address alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from meetingtool.importers.roster_rows import RosterRow
from meetingtool.records.people import Person
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import first_name, name_key, name_letters, number_key, surname, telling_words

What = Literal["employee number", "e-mail address", "name", "same name"]


class Likeness(msgspec.Struct, frozen=True):
    """A row of somebody new who has something in common with somebody on the team, which proves nothing.

    may_be: whether they could be one person, so that it is worth asking.
    """

    person: Person
    what: What
    may_be: bool = False


class Matches(msgspec.Struct, frozen=True):
    """By the index of the row: who on the team it is; which of several it could be; whom somebody new is like."""

    found: dict[int, Person]
    unclear: dict[int, tuple[Person, ...]]
    alike: dict[int, Likeness]


def matches(existing: Sequence[Person], rows: Sequence[RosterRow]) -> Matches:
    """Who of `existing` each row gives again; rows in neither `found` nor `unclear` are of new people.

    A handle, an employee number or an e-mail address shows who it is only together with a name in common (one name
    alone may be a relative's or a namesake's), and nobody takes the number of somebody whose name is in another row, or
    who started on another day. A name alone, also without its apostrophe, is enough where only one person has it; it
    does not bring back somebody who had left before the start. Different numbers are different people; 7 is 0007 where
    the names agree.
    """
    match = _Matching(existing, rows)
    match.by(_handle_and_name, _handle_and_name)
    match.by(_number_and_name, _number_and_name)
    match.by_name()
    match.by(lambda row: name_letters(row.name), lambda person: name_letters(person.name), _may_be, single=True)
    match.by(lambda row: row.handle, lambda person: person.handle, _share_a_word)
    match.by(lambda row: row.number, lambda person: person.number, match.renamed)
    match.by(lambda row: fold(row.email), lambda person: fold(person.email), match.is_own_address, single=True)
    for place in range(max((len(person.nicknames) for person in existing), default=0)):
        match.by(lambda row: name_key(row.name), _other_name(place), _may_be)
    match.contradicted()
    return Matches(match.found, match.unclear, match.alike())


def _handle_and_name(one: RosterRow | Person) -> str:
    return f"{one.handle} {name_key(one.name)}" if one.handle else ""


def _number_and_name(one: RosterRow | Person) -> str:
    return f"{number_key(one.number)} {name_key(one.name)}" if one.number else ""


def _other_name(place: int) -> Callable[[Person], str]:
    """One of the other names in full, as two merged entries leave it; a short one proves nothing."""

    def key(person: Person) -> str:
        name = person.nicknames[place] if place < len(person.nicknames) else ""
        return name_key(name) if " " in name else ""

    return key


def _numbers_agree(row: RosterRow, person: Person) -> bool:
    return not row.number or not person.number or number_key(row.number) == number_key(person.number)


def _may_be(row: RosterRow, person: Person) -> bool:
    came_later = row.started is not None and person.left is not None and person.left < row.started
    return _numbers_agree(row, person) and not came_later


def _share_a_word(row: RosterRow, person: Person) -> bool:
    return _numbers_agree(row, person) and bool(_words(row) & _words(person))


def _words(one: RosterRow | Person) -> set[str]:
    return telling_words(" ".join((one.name, *one.nicknames)))


def _same(one: str, other: str) -> bool:
    return bool(one) and fold(one) == fold(other)


def _came_later(row: RosterRow, person: Person) -> bool:
    return row.started is not None and row.started > person.made_at.date()


def _firsts(one: RosterRow | Person) -> set[str]:
    return {fold(first_name(name)).rstrip(".") for name in (one.name, *one.nicknames)}


def _short_for(one: str, other: str) -> bool:
    """Whether two first names may be of one person: `rob` and `robert`, `j` and `john`."""
    return one.startswith(other) or other.startswith(one)


class _Matching:
    """Pairs of a row and a person, each in one pair at most."""

    def __init__(self, existing: Sequence[Person], rows: Sequence[RosterRow]) -> None:
        self.rows = rows
        self.everyone = existing
        self.free = {person.id: person for person in sorted(existing, key=lambda person: person.left is not None)}
        self.found: dict[int, Person] = {}
        self.unclear: dict[int, tuple[Person, ...]] = {}
        self.names = {name_key(row.name) for row in rows}

    def _pair(self, index: int, person: Person) -> None:
        self.found[index] = self.free.pop(person.id)
        self.unclear.pop(index, None)

    def _open(self) -> list[tuple[int, RosterRow]]:
        return [(index, row) for index, row in enumerate(self.rows) if index not in self.found]

    def by(
        self,
        of_row: Callable[[RosterRow], str],
        of_person: Callable[[Person], str],
        agree: Callable[[RosterRow, Person], bool] = lambda row, person: True,
        *,
        single: bool = False,
    ) -> None:
        """Pair those with the same key; `single`: only where no other row and no other person has that key."""
        row_keys = Counter(map(of_row, self.rows))
        people: dict[str, list[Person]] = {}
        for person in self.free.values():
            people.setdefault(of_person(person), []).append(person)
        for index, row in self._open():
            key = of_row(row)
            candidates = people.get(key, []) if key else []
            if single and (row_keys[key] > 1 or len(candidates) > 1):
                continue
            told = next((person for person in candidates if person.id in self.free and agree(row, person)), None)
            if told is not None:
                self._pair(index, told)

    def by_name(self) -> None:
        """Pair those of one name: among several, by the e-mail address, the first day, or as the only one still here.
        Where none of these decides, the row is unclear.
        """
        tells: tuple[Callable[[RosterRow, Person], bool], ...] = (
            lambda row, person: bool(row.email) and fold(row.email) == fold(person.email),
            lambda row, person: row.started is not None and row.started == person.started,
            lambda row, person: person.left == row.left,
        )
        for tell in tells:
            for index, row in self._open():
                told = [person for person in self._named(row) if tell(row, person)]
                if len(told) == 1 and len(self._rivals(row, told[0], tell)) == 1:
                    self._pair(index, told[0])
        for index, row in self._open():
            named = self._named(row)
            if len(named) == 1 and len(self._rivals(row, named[0], _may_be)) == 1:
                self._pair(index, named[0])
            elif named:
                self.unclear[index] = tuple(named)

    def _named(self, row: RosterRow) -> list[Person]:
        key = name_key(row.name)
        return [person for person in self.free.values() if name_key(person.name) == key and _may_be(row, person)]

    def _rivals(self, row: RosterRow, person: Person, tell: Callable[[RosterRow, Person], bool]) -> list[int]:
        key = name_key(row.name)
        return [i for i, other in self._open() if name_key(other.name) == key and tell(other, person)]

    def renamed(self, row: RosterRow, person: Person) -> bool:
        """Whether somebody with that number may go by another name now, which is in no other row."""
        return self._may_be_called(row, person, proven=False)

    def is_own_address(self, row: RosterRow, person: Person) -> bool:
        """The same by an e-mail address, if it is somebody's own: a name of theirs beside the first is in it."""
        local = fold(row.email).partition("@")[0]
        own = any(word in local for word in _words(person) - _firsts(person))
        return own and self._may_be_called(row, person, proven=True)

    def _may_be_called(self, row: RosterRow, person: Person, *, proven: bool) -> bool:
        """Whether the name of a row is another one of a person, with a number or an address in common.

        The same first day is proof enough. Else first names have to agree, and something besides: the family name, or
        `proven`; with number and address in common either of the names is enough. Nobody who has left, or was known
        here before the first day of the row, goes by a new name.
        """
        if name_key(person.name) in self.names or not _share_a_word(row, person):
            return False
        if row.started is not None and person.started is not None:
            return row.started == person.started
        if (person.left is not None and person.left != row.left) or _came_later(row, person):
            return False
        ours, theirs = _words(row), _words(person)
        within = len(ours & theirs) > 1 and (ours <= theirs or theirs <= ours)
        firsts = any(_short_for(one, other) for one in _firsts(row) for other in _firsts(person))
        both = _same(row.email, person.email) and _same(number_key(row.number), number_key(person.number))
        if both and (firsts or fold(surname(row.name)) == fold(surname(person.name))):
            return True
        return within or (firsts and (proven or bool(ours & theirs - _firsts(row) - _firsts(person))))

    def contradicted(self) -> None:
        """A row of somebody's name with the number of somebody else: numbers of this file prove nothing."""
        for index, row in self._open():
            others = [person for person in self.everyone if number_key(person.number) == number_key(row.number) != ""]
            named = [person for person in self.free.values() if name_key(person.name) == name_key(row.name)]
            if named and others and not any(_words(row) & _words(person) for person in others):
                self.unclear[index] = tuple(named)

    def alike(self) -> dict[int, Likeness]:
        """Whom the rows of new people are like: by number, by address, or by a name that holds the other."""
        found: dict[int, Likeness] = {}
        for index, row in self._open():
            if index not in self.unclear and (likeness := self._likeness(row)) is not None:
                found[index] = likeness
        return found

    def _likeness(self, row: RosterRow) -> Likeness | None:
        words, key = telling_words(row.name), name_key(row.name)
        number, email = number_key(row.number), fold(row.email)
        likenesses: tuple[tuple[What, Callable[[Person], bool]], ...] = (
            ("same name", lambda person: person.left is None and name_key(person.name) == key),
            ("employee number", lambda person: bool(number) and number_key(person.number) == number),
            ("e-mail address", lambda person: bool(email) and fold(person.email) == email),
            ("name", lambda person: person.id in self.free and person.left is None and _holds(words, person)),
        )
        for what, alike in likenesses:
            other = next((person for person in self.everyone if alike(person)), None)
            if other is not None:
                missing = other.id in self.free and name_key(other.name) not in self.names
                here_before = other.left is None and not _came_later(row, other)
                return Likeness(other, what, what != "same name" and missing and here_before)
        return None


def _holds(words: set[str], person: Person) -> bool:
    """Whether one of two names has all the words of the other, or the same letters."""
    theirs = telling_words(person.name)
    return words <= theirs or theirs <= words or _letters(words) == _letters(theirs)


def _letters(words: set[str]) -> list[str]:
    return sorted("".join(filter(str.isalnum, "".join(words))))
