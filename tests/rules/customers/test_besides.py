"""A line says its day, its way and its reason as the options of a command do; whatever is none stays a word."""

from __future__ import annotations

from datetime import date

import pytest

from meetingtool.rules.customers.besides import Besides, besides
from meetingtool.rules.dates import Dates

DATES = Dates(date(2026, 11, 29), "day-first")
TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("kind", "line", "found"),
    [
        ("step", "on:tue told her", Besides(line="told her", on=TUESDAY)),
        ("step", "told her on:24-nov", Besides(line="told her", on=TUESDAY)),
        ("step", 'told on:"24 nov" her', Besides(line="told her", on=TUESDAY)),
        ("step", "way:visit by:phone", Besides(line="way:visit by:phone")),
        ("call", "^Acme way:visit why:thanks glad", Besides(line="^Acme glad", way="visit", why="thanks")),
        ("complaint", "by:Letter late ^Acme", Besides(line="late ^Acme", by="letter")),
        ("complaint", 'late !"send it on:tue" by fri', Besides(line='late !"send it on:tue" by fri')),
        ("complaint", "see http://on:80/ and  by: hand", Besides(line="see http://on:80/ and  by: hand")),
    ],
)
def test_options_are_taken_out_of_a_line_and_all_else_stays(kind: str, line: str, found: Besides) -> None:
    assert besides(line, DATES, kind=kind) == found


def test_what_is_no_day_stays_in_the_line_and_is_said() -> None:
    told = besides("the light is always on:nobody", DATES)
    assert (told.line, told.on) == ("the light is always on:nobody", None)
    assert told.remarks == ("“nobody” is no day. It stays in the text.",)


def test_a_word_that_an_option_does_not_have_is_said() -> None:
    told = besides("late by:carrier", DATES, kind="complaint")
    assert told.line == "late by:carrier"
    assert told.remarks[0].startswith("“by:carrier” is not known; it can be card, e-mail")
