"""What the ids of a file tell: the same answer, a changed one, and where they start again another answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from meetingtool.actions.customers.imports import IDS_START_AGAIN


def month(folder: Path, month: str, prefix: str = "", words: str = "") -> Path:
    """Thirty answers of a month whose ids count from 1."""
    rows = [f"{prefix}{n},{month}-{n % 20 + 1:02},{n % 5 + 1 if words else 5},{words}" for n in range(1, 31)]
    path = folder / f"{month}.csv"
    path.write_text("\n".join(["ID,Completion time,How satisfied are you? (1-5),Comment", *rows, ""]))
    return path


def told(cli: Any, path: Path) -> tuple[int, int, int]:
    found = cli("survey", "import", path, "--as", "Desk", "--json").json
    return found["taken"], found["same"], found["changed"]


@pytest.mark.parametrize(("prefix", "words"), [("", ""), ("", "fine"), ("2026-form-", "fine")])
def test_ids_that_start_again_replace_no_answer_of_another_month(
    cli: Any, tmp_path: Path, prefix: str, words: str
) -> None:
    months = [month(tmp_path, one, prefix, f"{words} {one}" if words else "") for one in ("2026-08", "2026-09")]
    assert [told(cli, one) for one in (*months, *months)] == [(30, 0, 0), (30, 0, 0), (0, 30, 0), (0, 30, 0)]
    periods = cli("survey", "show", "Desk", "--json").json["periods"]
    assert [(one["period"], one["measures"][0]["n"]) for one in periods] == [("2026-08", 30), ("2026-09", 30)]
    assert (
        IDS_START_AGAIN
        in cli("survey", "import", month(tmp_path, "2026-10", prefix, words), "--as", "Desk", "--dry-run").err
    )


def test_a_changed_answer_is_shown_with_what_it_was(cli: Any, tmp_path: Path) -> None:
    path = month(tmp_path, "2026-09")
    cli("survey", "import", path, "--as", "Desk")
    path.write_text(path.read_text().replace("\n7,2026-09-08,5,", "\n7,2026-09-08,2,Nobody came"))
    found = cli("survey", "import", path, "--dry-run", "--json").json
    (change,) = found["changes"]
    assert (found["changed"], change["id"], change["was"], change["value"]) == (1, "7", 5, 2)
    said = cli("survey", "import", path).err
    assert "7 of Tue 8 Sep: 5 is 2 now, the words are others." in said


def test_rows_without_an_id_are_told_by_what_they_say(cli: Any, tmp_path: Path) -> None:
    path = month(tmp_path, "2026-09")
    path.write_text(path.read_text().replace("\n7,", "\nN/A,").replace("\n8,", "\nNA,"))
    assert [told(cli, path), told(cli, path)] == [(30, 0, 0), (0, 30, 0)]


def test_of_two_rows_with_one_id_the_last_counts_and_it_is_said(cli: Any, tmp_path: Path) -> None:
    path = month(tmp_path, "2026-09")
    path.write_text(path.read_text() + "9,2026-09-10,1,\n")
    assert "1 row has the id of an earlier one and another answer" in cli("survey", "import", path).err


def test_a_column_of_codes_is_the_id_whatever_it_is_called_and_without_one_it_is_said(cli: Any, tmp_path: Path) -> None:
    path = month(tmp_path, "2026-09", "T-")
    text = path.read_text()
    for header in ("Vorgang", "Ticket No.", "Was auch immer"):
        path.write_text(text.replace("ID,", f"{header},", 1))
        cli("survey", "import", path, "--as", header)
        path.write_text(path.read_text().replace("\nT-7,2026-09-08,5,", "\nT-7,2026-09-08,2,"))
        found = cli("survey", "import", path, "--as", header, "--dry-run", "--json").json
        assert (found["taken"], found["changed"]) == (0, 1), header
    path.write_text("\n".join(line.partition(",")[2] for line in text.splitlines()))
    assert "have no id: one that is changed in a later file will count twice" in cli("survey", "import", path).err


def test_an_answer_whose_day_moves_over_new_year_moves_there(cli: Any, tmp_path: Path) -> None:
    path = tmp_path / "desk.csv"
    rows = ["Ticket ID,Satisfaction Score,Satisfaction Comment,Updated at"]
    rows += ["901,Good,Maria was lovely,2025-12-30", "902,Good,fine,2025-12-31", "903,Bad,slow,2026-01-03"]
    path.write_text("\n".join(rows))
    cli("survey", "import", path, "--as", "Desk")
    (found,) = cli("mention", "list", "--json").json
    cli("mention", "confirm", found["ref"], "praise")
    (spoken,) = [one for one in cli("survey", "comments", "--json").json if "lovely" in one["comment"]]
    cli("survey", "read-aloud", spoken["ref"])
    path.write_text("\n".join(rows).replace("2025-12-30", "2026-01-04"))
    assert "1 changed" in cli("survey", "import", path).err
    shown = cli("survey", "show", "Desk", "--json").json
    periods = [(one["period"], one["measures"][0]["n"]) for one in shown["periods"]]
    assert (shown["taken"], periods) == (3, [("2025-12", 1), ("2026-01", 2)])
    assert told(cli, path) == (0, 3, 0)
    (praised,) = cli("mention", "list", "--state", "confirmed", "--json").json
    assert (praised["person"], praised["date"]) == ("maria", "2026-01-04")
    voices = cli("history", "lovely", "--json").json
    assert {one["date"][:10] for one in voices if one["kind"] == "voice"} == {"2026-01-04"}
    cli("undo")
    periods = cli("survey", "show", "Desk", "--json").json["periods"]
    assert [one["measures"][0]["n"] for one in periods] == [2, 1]


def test_an_answer_with_its_id_of_long_before_is_the_same_where_the_other_ids_are(cli: Any, tmp_path: Path) -> None:
    path = month(tmp_path, "2026-08")
    cli("survey", "import", path, "--as", "Desk")
    text = path.read_text()
    path.write_text(text.replace("\n7,2026-08-08,5,", "\n7,2026-10-08,1,"))
    assert told(cli, path) == (0, 29, 1)
    few = "\n".join(line for line in text.splitlines() if line.startswith(("ID", "8,", "9,")))
    path.write_text(few.replace("2026-08-10", "2026-10-10"))
    assert "1 row has the id of an answer of more than 31 days away" in cli("survey", "import", path).err


def test_a_correction_that_is_rejected_leaves_what_is_there(cli: Any, tmp_path: Path) -> None:
    path = month(tmp_path, "2026-09", words="fine")
    cli("survey", "import", path, "--as", "Desk")
    path.write_text(path.read_text().replace("\n7,2026-09-08,3,fine", "\n7,2026-09-08,9,slow"))
    said = cli("survey", "import", path).err
    assert "outside the scale" in said
    assert "7 of Tue 8 Sep: the words are others." in said
    assert cli("survey", "show", "Desk", "--json").json["measures"][0]["n"] == 30
    path.write_text(path.read_text().replace("\n8,2026-09-09,4,", "\n8,2026-09-09,,"))
    assert "8 of Wed 9 Sep: 4 is blank now." in cli("survey", "import", path).err
