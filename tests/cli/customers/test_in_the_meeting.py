"""What customers say reaches the agenda, the meeting and its minutes by itself, and was told once it goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
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
    assert "Tom was a star" in cli("agenda").out
    cli("undo")
    assert "She drove it over" in cli("agenda").out
    cli("meeting", "next", "--to", 5)
    cli("meeting", "next")
    cli("meeting", "close")
    minutes = cli("meeting", "minutes").out
    for words in ("She drove it over herself", "Desk, November 2026:", "What do we think it was?", "by name: Tom."):
        assert words in minutes
    assert "called me back" not in minutes
    cli("meeting", "start")
    cli("meeting", "next", "--to", 5)
    cli("meeting", "next")
    cli("meeting", "close")
    assert "What do we think it was?" in cli("meeting", "minutes").out, "asked again, as nobody knows yet"
    cli("meeting", "start")
    cli("meeting", "close")
    assert "What do we think" not in cli("meeting", "minutes").out, "this one never came to it"


def test_a_comment_that_was_confirmed_as_praise_is_read_aloud_once_and_one_with_a_problem_never(
    cli: Any, tmp_path: Path
) -> None:
    rows = ["r1,2026-11-20,5,I must say that Tom was a star", "r2,2026-11-21,5,Tom was kind and Maria was rude"]
    rows += ["r3,2026-11-22,4,Many thanks to Zoë for that"]
    path = tmp_path / "desk.csv"
    path.write_text("\n".join(["Response ID,Date,Overall satisfaction (1-5),Comment", *rows, ""]), "utf-8")
    cli("survey", "import", path)
    cli("team", "edit", "@zoe", "--thanks", "private")
    assert "“" not in cli("agenda").out.partition("What customers say")[2].partition("Question")[0]
    for one in cli("mention", "list", "--json").json:
        cli("mention", "confirm", one["ref"], "problem" if one["person"] == "maria" else "praise")
    assert "Tom was a star" in cli("agenda").out
    cli("meeting", "start")
    cli("meeting", "next", "--to", 5)
    cli("meeting", "next")
    cli("meeting", "close")
    assert "Tom was a star" in cli("meeting", "minutes").out
    (voice,) = cli("history", "is:voice", "--json").json
    assert voice["text"] == "I must say that Tom was a star"
    for words in ("star", "rude", "Zoë for that"):
        assert words not in cli("agenda").out


def test_what_the_leader_did_since_the_last_meeting_is_told_in_parts_five_and_seven(cli: Any, now: datetime) -> None:
    before, after = now - timedelta(days=7), now + timedelta(minutes=20)
    cli("call", "^Old glad; the week before", at=before - timedelta(hours=1))
    cli("meeting", "start", at=before)
    cli("meeting", "close", at=before)
    day = now - timedelta(days=1)
    cli("call", "^Acme @maria glad; asks for winter hours", at=day)
    cli("call", "^Pell", "--reached", "yes", at=day)
    cli("call", "^Pell", "--reached", "no", at=day)
    cli("call", "^Secret unhappy; hush ~", at=day)
    cli("hands-on", "60", "phones", "@karim calmed an angry caller +", at=day)
    cli("hands-on", "30", "counter", "@tom was beside me", at=day)
    cli("hands-on", "30", "counter", "@tom hush, well done + ~", at=day)
    cli("team", "edit", "@zoe", "--thanks", "private")
    cli("hands-on", "30", "counter", "@zoe hush as well +", at=day)
    told = ("Called 3, reached 2: “asks for winter hours”.", "Karim: calmed an angry caller")
    for words in told:
        assert words in cli("agenda").out
    cli("meeting", "start", at=now)
    cli("meeting", "close", at=after)
    (this,) = cli("meeting", "list", "--limit", "1", "--json", at=after).json
    minutes = cli("meeting", "minutes", this["ref"], at=after).out
    for words in told:
        assert words in minutes
    for paper in (minutes, cli("agenda", at=after).out, cli("agenda", at=now + timedelta(days=2)).out):
        assert not [word for word in ("hush", "week before", "Secret", "Acme", "Pell", "beside me") if word in paper]
    assert "Called" not in cli("agenda", at=now + timedelta(days=2)).out
