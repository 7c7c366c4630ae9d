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
