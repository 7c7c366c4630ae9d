"""What customers say reaches the agenda, the meeting and its minutes by itself, and was told once it goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def survey(folder: Path) -> Path:
    """A hundred answers a month, with a fall in November and one comment that names Tom."""
    rows = [
        f"{month}{number:03},2026-{month}-{number % 20 + 1:02},{5 if number < satisfied else 2},"
        for month, satisfied in (("08", 88), ("09", 90), ("10", 85), ("11", 75))
        for number in range(100)
    ]
    rows[-1] += "I must say that Tom was a star"
    path = folder / "desk.csv"
    path.write_text("\n".join(["Response ID,Date,Overall satisfaction (1-5),Comment", *rows, ""]))
    return path


def test_part_five_fills_itself_and_is_told_when_the_meeting_goes_on(cli: Any, tmp_path: Path) -> None:
    cli("said", '"She drove it over herself" ^Pell @maria', "--praise")
    cli("said", '"Nobody called me back" ^Acme @karim', "--problem")
    cli("survey", "import", survey(tmp_path), "--as", "Desk")
    (name,) = cli("mention", "list", "--json").json
    cli("mention", "confirm", name["ref"], "praise")
    paper = cli("agenda").out
    for words in ("She drove it over herself", "75 of 100 satisfied", "What do we think it was?", "by name: Tom."):
        assert words in paper
    assert "called me back" not in paper
    cli("meeting", "start")
    cli("meeting", "next", "--to", 5)
    assert cli("survey", "alerts", "--json").json[0]["state"] == "raised"
    cli("meeting", "next")
    assert cli("survey", "alerts", "--json").json[0]["state"] == "told"
    assert "She drove it over" not in cli("agenda").out
    cli("undo")
    assert "She drove it over" in cli("agenda").out
    cli("meeting", "next", "--to", 5)
    cli("meeting", "next")
    cli("meeting", "close")
    minutes = cli("meeting", "minutes").out
    for words in ("She drove it over herself", "Desk, November 2026:", "What do we think it was?", "by name: Tom."):
        assert words in minutes
    assert "called me back" not in minutes
