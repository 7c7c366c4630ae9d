"""What is promised, and by when."""

from __future__ import annotations

from datetime import date

import pytest

from meetingtool.rules.due import split_due

TODAY = date(2026, 11, 24)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("text", "words", "due"),
    [
        ("refund posted by fri", "refund posted", date(2026, 11, 27)),
        ("call by tomorrow morning", "call by morning", date(2026, 11, 25)),
        ("£64.20 refund by fri.", "£64.20 refund", date(2026, 11, 27)),
        ("sent by courier", "sent by courier", None),
        ("by the door by mon", "by the door", date(2026, 11, 30)),
        ("put it by 31 Feb", "put it by 31 Feb", None),
        ("", "", None),
    ],
)
def test_the_date_at_the_end_is_the_due_date(text: str, words: str, due: date | None) -> None:
    assert split_due(text, TODAY) == (words, due)
