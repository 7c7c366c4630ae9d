from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules.words import haystack, needle_for, places, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Zoë's Café – OPEN! ", "zoe s cafe open"),
        ("e-mail_me: “now”…", "e mail me now"),
        ("Straße, Sørensen, Łódź", "strasse sorensen lodz"),
        ("½ £25.50", "1 2 25 50"),
        ("Москва́ рядом", "москва рядом"),
        (".*[a-z]+?", "a z"),
        ("\x00\ud800", ""),
    ],
)
def test_words_are_told_without_case_accents_and_punctuation(text: str, words: str) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("cou", "the courier called", True),
        ("ourier", "the courier called", False),
        ("CAFE", "Blue Door Café", True),
        ("café", "blue door cafe", True),
        ("o'neil", "O’Neil’s van", True),
        ("oneil", "O’Neil’s van", True),
        ("onei", "O’Neil’s van", True),
        ("dont cant", "don't can't", True),
        ("dont know", "They don’t know.", True),
        ("send an email", "to send an e-mail by noon", True),
        ("obrien sent", "O'Brien sent it", True),
        ("dont", "don - t", False),
        ("door caf", "Blue Door, Café", True),
        ("明", "王小明很好", True),
        ("при", "всё при нас", True),
    ],
)
def test_words_match_where_a_word_begins(typed: str, text: str, found: bool) -> None:
    assert (needle_for(typed) in haystack([text])) is found


def test_exact_words_end_where_they_end_and_do_not_reach_across_texts() -> None:
    assert needle_for("blue door", whole=True) in haystack(["The Blue Door, we say"])
    assert needle_for("blue doo", whole=True) not in haystack(["The Blue Door"])
    assert needle_for("blue door") not in haystack(["so blue", "door open"])


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("The Courier called", "cour", ["Cour"]),
        ("Zoë and ZOE and zoe", "zoë", ["Zoë", "ZOE", "zoe"]),
        ("Cafe\u0301s", "café", ["Cafe\u0301"]),
        ("Blue, “Door” café", "blue door", ["Blue, “Door"]),
        ("große Straße", "strasse", ["Straße"]),
        ("王小明很好", "小明", ["小明"]),
        ("I don’t, and Don't", "dont", ["don’t", "Don't"]),
        ("by E-Mail", "email", ["E-Mail"]),
        ("They don’t, O'Neil said", "dont oneil", ["don’t, O'Neil"]),
        ("[/foo] \x1b[31mred", "red", []),
    ],
)
def test_places_are_those_in_the_text_as_typed(text: str, typed: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in places(text, [needle_for(typed)])] == marked


@given(st.text(), st.text(max_size=3))
def test_places_are_found_exactly_where_the_haystack_has_the_needle(text: str, typed: str) -> None:
    needle = needle_for(typed)
    spans = places(text, [needle])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert bool(spans) == (bool(needle) and needle in haystack([text]))


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_the_short_way_for_latin_letters_tells_the_same_words_as_the_long_one(text: str) -> None:
    assert words_of(f"{text} ж") == f"{words_of(text)} ж".strip()
