"""A name in a comment is a question, and its tier says how sure it is; a word of every day is no name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from meetingtool.records.people import Person
from meetingtool.rules.customers.close import is_close
from meetingtool.rules.customers.names import find_names

MADE = datetime(2026, 1, 5, tzinfo=UTC)


def person(handle: str, name: str) -> Person:
    return Person(id=handle, at=MADE, made_at=MADE, made_by="pat", handle=handle, name=name)


TEAM = [
    person("tom", "Tom Ng"),
    person("maria-l", "Maria Lopez"),
    person("maria-n", "Maria Nowak"),
    person("will", "Will Carter"),
    person("jose", "José Alvarez"),
    person("karim", "Karim Haddad"),
]


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("tom's help was great", [("tom", "unique")]),
        ("Maria Lopez, then Maria again", [("maria-l", "full-name")]),
        ("Ms Lopez was kind", [("maria-l", "titled")]),
        ("Maria was kind", [("", "shared")]),
        ("Maria N was kind", [("maria-n", "unique")]),
        ("I spoke to Will, thanks", [("will", "ordinary")]),
        ("Will you please call? I will wait", []),
        ("JOSÉ helped", [("jose", "unique")]),
        ("Spoke with Kaarim yesterday", [("karim", "close")]),
        ("atomic tomorrow", []),
    ],
)
def test_who_is_named_and_how_surely(comment: str, found: list[tuple[str, str]]) -> None:
    assert [(hit.person, hit.tier) for hit in find_names([comment], TEAM).hits] == found


def test_a_name_on_nobody_s_list_is_told_with_its_count() -> None:
    found = find_names(["Thanks to Ayu for her help"] * 7, TEAM)
    assert [(one.words, one.count) for one in found.unlisted] == [("Ayu", 7)]
    assert find_names(["She said so"] * 7, TEAM).unlisted == ()


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [("karim", "kaarim", True), ("karim", "karm", True), ("karim", "kasim", True), ("karim", "kairm", True),
     ("karim", "karim", False), ("karim", "kasin", False), ("abcd", "badc", False)],
)  # fmt: skip
def test_close_is_one_letter_away(one: str, other: str, close: bool) -> None:
    assert is_close(one, other) is close
