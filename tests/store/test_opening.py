"""Who opens a workspace."""

from __future__ import annotations

import getpass

import pytest

from meetingtool.store.opening import NAMED_BY, user_of_computer


def test_who_is_logged_in_is_who_python_says_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMED_BY:
        monkeypatch.delenv(name, raising=False)
    assert user_of_computer()
    for name in reversed(NAMED_BY):
        monkeypatch.setenv(name, f"pat by {name}")
        assert user_of_computer() == getpass.getuser() == f"pat by {name}"
