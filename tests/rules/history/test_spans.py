from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.errors import Unclear
from meetingtool.rules.history.spans import span_of

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2/2026", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-03-24", date(2026, 3, 24), date(2026, 3, 24)),
        ("march", date(2026, 3, 1), date(2026, 3, 31)),
        ("Nov", date(2026, 11, 1), date(2026, 11, 30)),
        ("dec", date(2025, 12, 1), date(2025, 12, 31)),
        ("mar-2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("24-Dec", date(2025, 12, 24), date(2025, 12, 24)),
        ("yesterday", date(2026, 11, 23), date(2026, 11, 23)),
        ("tue", date(2026, 11, 17), date(2026, 11, 17)),
        ("this week", date(2026, 11, 23), date(2026, 11, 29)),
        ("last-week", date(2026, 11, 16), date(2026, 11, 22)),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("this quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_reads_years_months_days_and_words_for_them(typed: str, first: date, last: date) -> None:
    assert span_of(typed, TUESDAY) == (first, last)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-13", "There is no month 13."),
        ("2026-02-30", "There is no 30 February 2026."),
        ("0000", "That year is out of range."),
        ("soon", "“soon” can't be read as a day, month or year"),
        ("marchy", "“marchy” can't be read as a day"),
        ("", "can't be read as a day"),
    ],
)
def test_says_what_is_wrong_with_a_span(typed: str, said: str) -> None:
    with pytest.raises(Unclear) as refused:
        span_of(typed, TUESDAY)
    assert said in str(refused.value)


@given(
    st.text(max_size=12) | st.from_regex(r"(this|last|next)[ -](week|month|quarter|year)", fullmatch=True), st.dates()
)
def test_any_text_gives_a_span_or_a_refusal(text: str, today: date) -> None:
    try:
        first, last = span_of(text, today)
    except Unclear as refused:
        assert refused.hint
    else:
        assert first <= last
