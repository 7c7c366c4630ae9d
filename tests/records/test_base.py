"""Ids, and money in whole minor units."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meetingtool.records.base import CROCKFORD, mint
from meetingtool.records.money import Money, minor_digits
from meetingtool.rules.wording import money

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_ids_rise_and_never_repeat_even_when_the_clock_goes_back() -> None:
    moments = [NOW + timedelta(milliseconds=step) for step in (0, 0, 0, 5, -400, 5, 6)]
    ids = [mint(moment) for moment in moments * 300]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_an_id_is_26_letters_that_people_can_read_aloud() -> None:
    made = mint(NOW)
    assert len(made) == 26
    assert set(made) <= set(CROCKFORD)


def test_the_ends_of_ids_minted_at_one_moment_differ() -> None:
    ends = {mint(NOW)[-6:] for _ in range(500)}
    assert len(ends) == 500


def test_money_is_shown_as_its_currency_writes_it() -> None:
    assert money(Money(2550, "GBP")) == "£25.50"
    assert money(Money(300, "JPY")) == "¥300"
    assert money(Money(1250, "CHF")) == "CHF 12.50"
    assert money(Money(1234567, "EUR")) == "€12,345.67"
    assert money(Money(1500, "KWD")) == "KWD 1.500"


@given(st.sampled_from(["GBP", "JPY", "KWD", "USD"]))
def test_every_currency_has_none_two_or_three_minor_digits(currency: str) -> None:
    assert minor_digits(currency) in (0, 2, 3)
