"""Whom words name: by every name one has, and not by a word that only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from meetingtool.records.people import Person
from meetingtool.rules.stories.called import names_in_words

AT = datetime(2026, 11, 24, tzinfo=UTC)


def person(name: str, *nicknames: str, handle: str = "") -> Person:
    return Person(id="01", at=AT, made_at=AT, made_by="anna", name=name, handle=handle or "x1", nicknames=nicknames)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (person("Tom Ng"), "Thank you TOM"),
        (person("Tom Ng"), "tommy's van"),
        (person("Tom Ng"), "Mr Ng was there"),
        (person("Tom Ng", "big fish"), "our Big Fish did it"),
        (person("Tom Ng", handle="tng"), "tng did it"),
        (person("Zoë de la Cruz"), "Cruz and zoe"),
        (person("Alexandra Smith"), "Alex did it"),
        (person("Rose Hill"), "It was Rose"),
        (person("田中 花子"), "田中さんが助けた"),
        (person("Иван Петров"), "Спасибо Ивану"),
    ],
)
def test_every_name_that_somebody_has_names_them(who: Person, words: str) -> None:
    assert names_in_words(words, [who]) == ["01"]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (person("Tom Ng"), "tomorrow a tomato from the bottom"),
        (person("Rose Hill"), "prices rose"),
        (person("Zoë de la Cruz"), "de la casa"),
        (person("Theodor Will"), "The pump will do"),
        (person("Ann Lee"), "an annual sleeve"),
    ],
)
def test_a_word_that_holds_a_name_names_nobody(who: Person, words: str) -> None:
    assert names_in_words(words, [who]) == []
