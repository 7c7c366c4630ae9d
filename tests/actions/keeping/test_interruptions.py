"""Deeds in several books, stopped at their system calls; the script beside this says how to run it in full."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest

from tests.actions.keeping.run_interruptions import WAYS, opened, run, sealed


@pytest.mark.parametrize("deed", ["merge", "undo", "hand-over", "private", "restore"])
def test_a_deed_in_several_books_is_in_all_of_them_or_in_none(deed: str, tmp_path: Path) -> None:
    stopped_at(deed, 11, tmp_path)


@pytest.mark.parametrize(("deed", "every"), [("forget", 97), ("forget-customer", 53), ("archive", 5), ("encrypt", 43)])
def test_what_is_to_be_gone_is_in_no_byte_once_it_is_done_again(
    deed: str, every: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyrage.passphrase, "encrypt", sealed)
    monkeypatch.setattr(pyrage.passphrase, "decrypt", opened)
    stopped_at(deed, every, tmp_path)


def stopped_at(deed: str, every: int, place: Path) -> None:
    """Stop a deed at every so many calls, in each of the three ways at least once, until it comes to its end."""
    calls = run(deed, every, place)
    assert [*calls] == [*WAYS]
    assert min(calls.values()) >= every
