"""Whether words name somebody by any of their names. In doubt they do, so that nothing that names somebody reaches
others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from meetingtool.records.people import Person
from meetingtool.rules.customers.ordinary import ORDINARY
from meetingtool.rules.folding import fold
from meetingtool.rules.insight.stop_words import STOP_WORDS
from meetingtool.rules.naming import first_name, telling_words
from meetingtool.rules.words import without_joints, words_of

SHORTEST = 3
"""The fewest letters a name needs to be recognised in small letters, with an ending or cut short."""


def names_in_words(text: str, people: Iterable[Person]) -> list[str]:
    """The ids of those whom a text names: by first name, surname, nickname or handle that they have or ever had, also
    with a pet ending (`tommy`) or cut short (`Alex`). A name that is a word as well counts with a capital."""
    words, whole = re.findall(r"\w+", text), fold(text)
    return [person.id for person in people if any(_said(name, words, whole) for name in _names(person))]


def may_name(words: str, people: Iterable[Person]) -> bool:
    """Whether folded words, as the search keeps them, may name one of them: whatever capitals they had, and where a
    name is but the beginning or the end of a word, as in a double name that is written as one."""
    people = list(people)
    if names_in_words(words.title(), people):
        return True
    parts = {part for person in people for name in _names(person) for part in (words_of(name), without_joints(name))}
    return any(f" {part}" in words or f"{part} " in words for part in parts if len(part) >= SHORTEST)


def _names(person: Person) -> set[str]:
    """Every folded word by which somebody is recognised; a nickname of several words as one."""
    handles = (person.handle, *person.former_handles)
    called = {fold(name) for name in (*handles, *person.nicknames, *person.former_nicknames)}
    for name in (person.name, *person.former_names):
        called |= {fold(first_name(name)), *telling_words(name)}
    return called - {""}


def _said(name: str, words: Sequence[str], text: str) -> bool:
    if not name.isascii():  # scripts without blanks, and with endings of their own
        return name in text
    if not name.isalnum():
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
    return any(_is_called(name, word) for word in words)


def _is_called(name: str, word: str) -> bool:
    """Whether a word of a text is a folded name, or what one makes of it."""
    said, capital = fold(word), word[0].isupper()
    if said == name:
        return capital or (len(name) >= SHORTEST and name not in ORDINARY)
    if min(len(said), len(name)) < SHORTEST or said in ORDINARY or said in STOP_WORDS:
        return False
    pet = re.fullmatch(rf"{name}{name[-1]}?(s|z|y|ie|i|ey|o)s?", said) is not None and name not in ORDINARY
    return pet or (capital and name.startswith(said))
