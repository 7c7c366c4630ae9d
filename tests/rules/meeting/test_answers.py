"""Answers to the question of the week."""

from __future__ import annotations

import pytest

from meetingtool.rules.meeting.answers import with_names
from meetingtool.rules.roster import Roster


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("@maria would ring first", "Maria would ring first"),
        ("ask @maria, then @Tom.", "ask Maria, then Tom."),
        ("it is @maria's idea (@tom too)", "it is Maria's idea (Tom too)"),
        ("@nobody knows, write to maria@example.com", "@nobody knows, write to maria@example.com"),
        ("!refund @tom 20 £ #own-it ^Acme ~", "!refund Tom 20 £ #own-it ^Acme ~"),
        ("[/foo] no names\nat all", "[/foo] no names\nat all"),
    ],
)
def test_handles_are_read_as_names(typed: str, read: str, roster: Roster) -> None:
    assert with_names(typed, roster) == read
