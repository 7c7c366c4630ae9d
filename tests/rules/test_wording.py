"""How dates, ages, counts and hostile text are put."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules import wording

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (date(2026, 11, 22), "2 days over"),
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 25), "tomorrow"),
        (date(2026, 11, 27), "Friday"),
        (date(2026, 12, 8), "Tue 8 Dec"),
        (date(2027, 1, 8), "Fri 8 Jan 2027"),
        (None, "no date"),
    ],
)
def test_a_due_date_is_said_as_people_say_it(when: date | None, text: str) -> None:
    assert wording.due(when, TODAY) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (69, "9 weeks"),
        (70, "2 months"),
        (400, "13 months"),
        (731, "2 years"),
    ],
)
def test_a_span_takes_the_unit_that_fits(days: int, text: str) -> None:
    assert wording.span(days) == text
    assert wording.span(-days) == text


def test_names_are_listed_with_and() -> None:
    assert wording.listed([]) == ""
    assert wording.listed(["Maria"]) == "Maria"
    assert wording.listed(["Maria", "Tom", "Zoë"]) == "Maria, Tom and Zoë"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (462, "7:42"), (-12, "-0:12"), (4062, "1:07:42"), (60, "1:00")]
)
def test_a_clock_shows_minutes_and_seconds(seconds: int, text: str) -> None:
    assert wording.minutes(seconds) == text


def test_controls_and_direction_marks_are_made_visible() -> None:
    assert wording.visible("\x1b[31mred\x00\u202e") == "␛[31mred␀<U+202E>"
    assert wording.visible("a\nb\tc") == "a\nb c"
    assert wording.one_line(" a\n b\r\n\x0b c ") == "a b ␋ c"
    assert wording.visible("café 👩‍🔧 日本") == "café 👩‍🔧 日本"


@given(st.text())
def test_nothing_that_steers_a_terminal_comes_through(text: str) -> None:
    shown = wording.visible(text)
    assert not any(ord(letter) < 32 or ord(letter) == 127 for letter in shown.replace("\n", ""))
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_keeps_to_its_width(text: str, width: int) -> None:
    assert len(wording.shortened(text, width)) <= width


def test_a_long_text_is_cut_at_a_word() -> None:
    assert wording.shortened("stayed on the line until midnight", 20) == "stayed on the line…"


@given(st.text(st.characters(codec=None), max_size=50))
def test_whatever_is_typed_can_be_stored(text: str) -> None:
    kept = wording.storable(text)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert len(kept) == len(text)
