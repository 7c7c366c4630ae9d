"""What can be an e-mail address or a telephone number, and what is said of what can't."""

from __future__ import annotations

import pytest

from meetingtool.errors import Refused
from meetingtool.rules.reach import email_address, telephone_number


@pytest.mark.parametrize("typed", ["ann@example.org", "a.b+c@mail.example.co.uk", "müller@bücher.example", ""])
def test_an_address_is_kept_as_it_was_written(typed: str) -> None:
    assert email_address(f" {typed} ") == typed


@pytest.mark.parametrize("typed", ["ann", "ann@", "@example.org", "ann@example", "a b@example.org", "0161 496 0000"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="isn't an e-mail address"):
        email_address(typed)


@pytest.mark.parametrize("typed", ["0777", "+44 (0)161 496-0000 ext. 12", "٠١٦١ ٤٩٦", "112", ""])
def test_a_number_is_kept_as_it_was_written(typed: str) -> None:
    assert telephone_number(f" {typed} ") == typed


@pytest.mark.parametrize("typed", ["call me", "12", "ann1234@example.org", "1" * 61])
def test_what_nobody_can_dial_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="isn't a telephone number"):
        telephone_number(typed)
