"""Taking a person's name out of records: where it is, and what replaces it.

Three kinds of places, by how sure it is that the person is meant:
marks (`@sam`) and the name in locked documents can only mean the person and are always replaced;
names in free text may mean a customer or somebody else, so they are listed, and replaced only when that is wanted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.records.people import Person
from meetingtool.rules.customers.ordinary import ORDINARY
from meetingtool.rules.folding import fold, spaced
from meetingtool.rules.insight.stop_words import EVERYDAY
from meetingtool.rules.keeping.near_names import given_pattern, near_pattern, ordinary_words, run_together
from meetingtool.rules.keeping.whole_names import in_small_letters, replaced, spans, spelled, whole_words
from meetingtool.rules.kinds.table import kind_of
from meetingtool.rules.naming import bare_words, spoken, telling_words
from meetingtool.rules.people.course import course_is_genuine, with_course
from meetingtool.rules.people.digests import answer_digest, answer_is_genuine, digest, seal_of, verify

CUSTOMERS = frozenset({"customer", "customers"})
"""Fields with the names of customers, who may be called like the person, or after them."""

NAMES = frozenset({"name", "handle", "people"})
"""Fields of locked documents that hold a name and nothing else."""

Plain = dict[str, Any]
Rewrite = Callable[[str], str]


_WORDS = frozenset(
    ["as", "bus", "gas", "has", "his", "is", "its", "news", "pass", "plus", "this", "thus", "us", "was", "yes"]
)
"""Words that are no genitive of a name, as this is none of Thi."""


class NamePlace(msgspec.Struct, frozen=True):
    """A place in free text that has the name. words: the whole text of the field."""

    record: Record
    field: str
    words: str


class Mask:
    """A person's names, and the ones to have in their place."""

    def __init__(self, person: Person, alias: Person, others: Iterable[Person]) -> None:
        """others: everybody else; names that one of them has, too, are not taken for the person's. Somebody who is
        already anonymous has no name to look for but what was noted beside it since.
        """
        self.person = person
        others = [_without_those_of(person, other) for other in others]
        self.alias = alias
        self.ids = frozenset({person.id, *person.merged})
        taken = {fold(name) for other in others for name in _called(other)}
        gone = is_alias(person)
        own = [name for name in (_beside(person) if gone else _called(person)) if fold(name) not in taken]
        merged = [name for name in person.nicknames if fold(name) not in taken] if person.merged else []
        self._whole = {fold(person.name), *map(fold, person.former_names), *map(fold, merged)}
        handles = person.former_handles if gone else (person.handle, *person.former_handles)
        marks = {*handles, *(name for name in own if " " not in name)}
        self._marks = whole_words([mark for mark in marks if fold(mark) not in taken], marks=True)
        names = {form for name in (*(() if gone else (person.name,)), *own) for form in _written(name)}
        everyday = {form for form in names if fold(form) in EVERYDAY["english"]}
        ordinary = {form for form in names if fold(form) in ORDINARY} - everyday
        self._names = whole_words(names - everyday - ordinary)
        self._words, self._ordinary = whole_words(everyday | ordinary), whole_words(ordinary)
        theirs = taken | {fold(part) for other in others for word in bare_words(other.name) for part in _halves(word)}
        families = {word for name in (person.name, *person.former_names) for word in _family_names(name)}
        alone = set() if gone else {word for word in families if fold(word) not in theirs}
        genitives = {f"{fold(name)}s" for name in (*alone, *names)}
        self._surnames = whole_words(alone | (genitives - theirs - _WORDS))
        self._run = whole_words(set() if gone else run_together(person.name) - theirs - alone)
        full = () if gone else (person.name, *person.former_names)
        self._theirs = frozenset(theirs)
        self._near, self._given = near_pattern(full, theirs), given_pattern(full, theirs)
        taken_in_files = {spaced(name) for name in theirs}
        self._filed = whole_words({spaced(spelled(name)) for name in (*(names - everyday), *alone)} - taken_in_files)

    def in_marks(self, text: str) -> str:
        """The text with `@handle` replaced, however it was typed."""
        return replaced(text, self._marks, f"@{self.alias.handle}")

    def everywhere(self, text: str) -> str:
        """The text with marks, names and family names replaced; a family name in small letters stays, since it may be a
        word like any other.
        """
        return replaced(self._in_full(text), self._surnames, self.alias.name, capital=True)

    def _in_full(self, text: str) -> str:
        """A name that is a word as well, as Will and Hope are, stays in small letters."""
        whole = replaced(self.in_marks(text), self._names, self.alias.name)
        return replaced(whole, self._words, self.alias.name, capital=True)

    def stands_in(self, text: str) -> bool:
        """Whether a name of the person is in the text."""
        with_capital = (self._surnames, self._words)
        return any(spans(text, self._names)) or any(any(spans(text, each, capital=True)) for each in with_capital)

    def mentions(self, records: Iterable[Record]) -> list[NamePlace]:
        """Where the names are in the free text of records, besides their locked documents, and what may be one of the
        names in another form and is no ordinary word of all these texts."""
        found = [(each, self._near_in(each.words)) for record in records for each in self._texts(record)]
        ordinary = self._theirs | ordinary_words(word for _, near in found for word in near)
        return [
            each
            for each, near in found
            if self._is_sure(each.words)
            or any(not in_small_letters(word) and fold(word) not in ordinary for word in near)
        ]

    def _texts(self, record: Record) -> Iterator[NamePlace]:
        """The texts of a record that have a name or what is like one."""
        if isinstance(record, Person) and record.id in self.ids:
            return
        written = kind_of(record).written | CUSTOMERS
        for field, value in msgspec.to_builtins(record).items():
            for words in texts_in(field, value, written) if field not in ("finals", "shared") else ():
                if next(spans(words, self._near), None) or self._is_sure(words):
                    yield NamePlace(record, field, words)

    def _is_sure(self, words: str) -> bool:
        patterns = (self._run, self._given, self._surnames, self._ordinary)
        return self.stands_in(words) or any(next(spans(words, each), None) for each in patterns)

    def _near_in(self, words: str) -> list[str]:
        return [words[slice(*found)] for found in spans(words, self._near)]

    def in_name_of_file(self, path: str) -> bool:
        """Whether the person may be named in the name of a file, or of a folder, with any signs between the words."""
        if self.in_file(path) or next(spans(spaced(path), self._filed), None):
            return True
        near = {word for word in self._near_in(path) if not in_small_letters(word)}
        return bool({fold(word) for word in near} - ordinary_words(near) - self._theirs)

    def in_file(self, words: str) -> bool:
        """Whether words of a file that is somebody else's to change may name the person."""
        return self.tells_in(words) or any(next(spans(words, each), None) for each in (self._given, self._ordinary))

    def tells_of(self, record: Record) -> bool:
        """Whether a name or a mark of the person is anywhere in the record."""
        return self.tells_in(msgspec.json.encode(record).decode())

    def tells_in(self, words: str) -> bool:
        """Whether a name or a mark of the person is in the words."""
        return self.stands_in(words) or next(spans(words, self._marks), None) is not None

    def masked(self, record: Record, today: str, *, texts: bool) -> Record:
        """The record without the person's name, in the same version; the very same record when nothing changes.

        texts: also in free text. In the person's own evaluation every word is gone over in any case. Locked documents
        get a new digest, and say on which day they were made anonymous; those of other people also keep the former
        digest, so that a paper from before can still be recognised. One that no longer fits its digest gets none, so
        that it stays recognisable as such.
        """
        if isinstance(record, Person):
            return self._masked_person(record)
        own = isinstance(record, Evaluation) and record.person in self.ids
        change = self.everywhere if texts or own else self.in_marks
        before: Plain = msgspec.to_builtins(record)
        written = kind_of(record).written | CUSTOMERS
        after = {
            field: self._plain(field, value, change, written) for field, value in before.items() if field != "finals"
        }
        if after.get("shared") != before.get("shared") and verify(before["shared"], before.get("shared_digest", "")):
            after["shared_digest"] = digest(after["shared"])
        if "finals" in before:
            after["finals"] = [self._final(final, change, today, written, own=own) for final in before["finals"]]
        if after == before:
            return record
        masked = msgspec.convert(after, type(record))
        if isinstance(masked, Evaluation) and isinstance(record, Evaluation):
            if record.course_digest and course_is_genuine(record):
                masked = with_course(masked)
            known = record.answer_digest and answer_is_genuine(record)
            return msgspec.structs.replace(masked, answer_digest=answer_digest(masked)) if known else masked
        return masked

    def _masked_person(self, record: Person) -> Person:
        """Another entry of the person, in the bin, loses its names like the one that was kept; one that the person's
        was merged into loses what it has from it."""
        if record.id == self.person.id:
            return record if record == self.alias else self.alias
        if record.id in self.ids:
            return without_names(record, self.alias.handle, self.alias.name)
        return _without_those_of(self.person, record)

    def _final(self, final: Plain, change: Rewrite, today: str, written: Collection[str], *, own: bool) -> Plain:
        content = self._plain("content", final["content"], change, written)
        reason = change(final.get("reason", ""))
        if content == final["content"] or not verify(final["content"], final["digest"]):
            return {**final, "content": content, "reason": reason}
        former = final["content"].get("anonymised", {}).get("digests_before", [])
        content["anonymised"] = {"on": today, "digests_before": [] if own else [*former, final["digest"]]}
        masked = {**final, "content": content, "digest": digest(content), "reason": reason}
        if final.get("seal") and final["seal"] == seal_of(msgspec.convert(final, Final)):
            masked["seal"] = seal_of(msgspec.convert(masked, Final))
        return masked

    def _plain(self, field: str, value: Any, change: Rewrite, written: Collection[str]) -> Any:
        if isinstance(value, dict):
            if value.get("id") in self.ids and "handle" in value:
                return self._block(value)
            return {name: self._plain(name, inner, change, written) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self._plain(field, inner, change, written) for inner in value)
        if not isinstance(value, str):
            return value
        if field in written:  # a customer may well have the family name
            return self._in_full(value) if field in CUSTOMERS and change == self.everywhere else change(value)
        if field in NAMES and fold(value) in self._whole:
            return self.alias.name
        return value

    def _block(self, value: Plain) -> Plain:
        """The person in a locked document."""
        block = value | {"handle": self.alias.handle, "name": self.alias.name, "role": "", "number": ""}
        return block | ({"started": None} if "started" in value else {})


def alias_of(person: Person, handles: Collection[str]) -> Person:
    """The person without anything that says who it was: the next version, or the very same where that is so already.
    The last day stays, for the sums. handles: those of everybody else."""
    if is_alias(person):
        bare = without_names(person, person.handle, person.name)
        return person if bare == person else msgspec.structs.replace(bare, version=person.version + 1)
    handle, name = free_alias(handles)
    return msgspec.structs.replace(without_names(person, handle, name), version=person.version + 1)


def free_alias(handles: Collection[str]) -> tuple[str, str]:
    """The next handle and name for somebody without a name."""
    number = 1
    while f"former-{number}" in handles:
        number += 1
    return f"former-{number}", f"Former-colleague-{number}"


def without_names(person: Person, handle: str, name: str) -> Person:
    """The entry, in the same version, with nothing left that says who it was."""
    return msgspec.structs.replace(
        person,
        handle=handle,
        name=name,
        nicknames=(),
        role="",
        started=None,
        email="",
        number="",
        former_handles=(),
        former_names=(),
        former_nicknames=(),
    )


def is_alias(person: Person) -> bool:
    """Whether the person was made anonymous before."""
    return bool(_HANDLE.fullmatch(person.handle)) and person.name == _name_for(person.handle)


def tells_who(person: Person) -> list[str]:
    """The fields by which an entry that looks like that of somebody who was made anonymous says who it was."""
    if not (_HANDLE.fullmatch(person.handle) or _NAME.fullmatch(person.name)):
        return []
    bare = without_names(person, person.handle, person.name)
    told = [field for field in person.__struct_fields__ if getattr(bare, field) != getattr(person, field)]
    return told if is_alias(person) else ["name", *told]


def _name_for(handle: str) -> str:
    return f"Former-colleague-{handle.removeprefix('former-')}"


_HANDLE, _NAME = re.compile(r"former-\d+"), re.compile(r"Former-colleague-\d+")


def _without_those_of(gone: Person, kept: Person) -> Person:
    """An entry without what it has from another one that was merged into it; the very same where that is nothing, as
    where both have one name."""
    names = {fold(name) for name in (gone.name, *_beside(gone))}
    if gone.id not in kept.merged or fold(kept.name) in names:
        return kept
    fields = ("nicknames", "former_names", "former_nicknames")
    handles = {gone.handle, *gone.former_handles}
    parted = msgspec.structs.replace(
        kept,
        **{field: tuple(name for name in getattr(kept, field) if fold(name) not in names) for field in fields},
        former_handles=tuple(handle for handle in kept.former_handles if handle not in handles),
        email="" if kept.email == gone.email else kept.email,
        number="" if kept.number == gone.number else kept.number,
    )
    return kept if parted == kept else parted


def _beside(person: Person) -> tuple[str, ...]:
    """What somebody is called beside the name."""
    return (*person.nicknames, *person.former_names, *person.former_nicknames)


def _called(person: Person) -> set[str]:
    first, *more = person.name.split() or [""]
    short = (f"{first} {more[-1][0]}.",) if more else ()
    return spoken(person.name).union(_beside(person), (person.handle,), person.former_handles, short) - {""}


def _family_names(name: str) -> set[str]:
    """The words of a name after the first one, spelled for comparing, and the halves of a double one, which may stand
    alone; without initials and particles."""
    telling = telling_words(name)
    found = {word for word in bare_words(name)[1:] if fold(word) in telling or "-" in word}
    return {spelled(form) for word in found for part in _halves(word) for form in _written(part)}


def _halves(word: str) -> set[str]:
    """A word, and the parts that hyphens join in it, without initials."""
    return {word, *(part for part in re.split("[-‐]", word) if len(part) > 2)}


_IN_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def _written(name: str) -> set[str]:
    """A name as it is, with each half of a double surname alone, and with two letters for each that a keyboard may not
    have: `Haeusler` for `Häusler`."""
    *first, last = name.split() or [""]
    forms = {name, *(" ".join([*first, half]) for half in _halves(last) if first)}
    return {*forms, *(unicodedata.normalize("NFC", form).casefold().translate(_IN_TWO) for form in forms)}


def texts_in(field: str, value: object, written: Collection[str]) -> Iterator[str]:
    """Every text in a field, or in the fields below it, that somebody wrote."""
    if isinstance(value, str):
        if field in written:
            yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(field, inner, written)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts_in(name, inner, written)
