"""What a shell's greeting, or cron, is told of the day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

Cli = Any


def test_nothing_needs_anybody_and_the_code_says_so(cli: Cli) -> None:
    told = cli("today")
    assert told.lines == ["Next meeting: Tue 24 Nov, 09:00", "Nothing needs you now."]
    assert cli("today", "--json").json == []


def test_what_is_due_is_told_and_what_is_over_comes_with_another_code(cli: Cli, now: datetime) -> None:
    cli("promise", "@maria refund posted ^Acme by tomorrow")
    told = cli("today", code=3)
    assert "·  promise  tomorrow  refund posted · Acme · Maria" in told.out
    (need,) = cli("today", "--json", code=3).json
    assert need.pop("id")
    assert need == {
        "kind": "promise",
        "overdue": False,
        "due": "2026-11-25",
        "when": "tomorrow",
        "text": "refund posted · Acme · Maria",
    }
    (late,) = cli("today", "--json", code=4, at=now + timedelta(days=3)).json
    assert late["overdue"] is True


def test_in_the_room_nothing_private_is_told(cli: Cli) -> None:
    cli("promise", "~ hushword refund by tomorrow")
    assert "~ hushword" in cli("today", code=3).out
    assert "hushword" not in cli("today", "--room").out


def test_a_year_kept_longer_than_was_set_is_named_until_it_is_archived(cli: Cli, tmp_path: Path) -> None:
    cli("win", "@maria from long ago", "--on", "2023-05-02")
    cli("settings", "set", "years-kept", "2")
    cli("promise", "refund by tomorrow")
    *_, archive, promise = cli("today", code=4).lines
    assert "archive  1 year    2023 is kept longer than 2 years" in archive
    assert "refund" in promise, "what is over comes first"
    cli("undo")
    cli("archive", "2023", tmp_path / "2023.zip", "--yes")
    assert "Nothing needs you now." in cli("today").out
