"""A file of a known survey whose columns have other names now: their content tells what they hold, or it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


def export(folder: Path, head: str, month: str) -> Path:
    rows = [f"{month}-{number:03},{month}-{number % 20 + 1:02},{number % 5 + 1},fine {number}" for number in range(20)]
    path = folder / f"{month}.csv"
    path.write_text("\n".join([head, *rows, ""]))
    return path


@pytest.fixture
def visits(cli: Any, tmp_path: Path) -> None:
    """A survey with the answers of October."""
    cli("survey", "import", export(tmp_path, "Response ID,Date,Overall satisfaction,Comment", "2026-10"), "--as", "V")


def test_days_ids_and_comments_are_found_under_other_names(cli: Any, tmp_path: Path, visits: None) -> None:
    path = export(tmp_path, "Antwort-ID,Submitted on,Overall satisfaction,Kommentar", "2026-11")
    for taken, same in ((20, 0), (0, 20)):
        told = cli("survey", "import", path, "--as", "V", "--json").json
        assert (told["taken"], told["same"], told["first"], told["last"]) == (taken, same, "2026-11-01", "2026-11-20")
    again = export(tmp_path, "Response ID,Date,Overall satisfaction,Comment", "2026-11")
    assert cli("survey", "import", again, "--json").json["same"] == 20
    shown = cli("survey", "show", "V", "--json").json
    assert (shown["comments"], [one["n"] for one in shown["measures"]]) == (40, [40])


def test_whether_a_new_question_is_a_missing_one_is_asked_once(cli: Any, tmp_path: Path, visits: None) -> None:
    path = export(tmp_path, "Response ID,Date,How satisfied are you overall?,Comment", "2026-11")
    asked = cli("survey", "import", path, "--as", "V", code=1).err
    assert "Is it the same question in other words?" in asked
    assert "“V” has 3 of these columns" in cli("survey", "import", path, "--dry-run").err
    cli("survey", "import", path, "--as", "V", "--column", "overall-satisfaction=How satisfied are you overall?")
    assert cli("survey", "import", path, "--json").json["same"] == 20
    assert [one["n"] for one in cli("survey", "show", "V", "--json").json["measures"]] == [40]


def test_a_new_question_stays_one_when_it_is_said_so(cli: Any, tmp_path: Path, visits: None) -> None:
    path = export(tmp_path, "Response ID,Date,Satisfied with the repair?,Comment", "2026-11")
    cli("survey", "import", path, "--as", "V", "--column", "csat5=Satisfied with the repair?")
    shown = cli("survey", "show", "V", "--json").json
    assert [(one["title"], one["n"]) for one in shown["measures"]] == [
        ("Overall satisfaction", 20),
        ("Satisfied with the repair?", 20),
    ]


def test_only_a_question_of_the_survey_on_its_scale_can_be_named(cli: Any, tmp_path: Path, visits: None) -> None:
    path = export(tmp_path, "Response ID,Date,Q1,Comment", "2026-11")
    refused = cli("survey", "import", path, "--as", "V", "--column", "speed=Q1", code=1).err
    assert "“speed” is not something a column can hold here" in refused
    assert "overall-satisfaction" in refused
    path.write_text(path.read_text().replace(",4,", ",40,").replace(",5,", ",50,"))
    refused = cli("survey", "import", path, "--as", "V", "--column", "overall-satisfaction=Q1", code=1).err
    assert "are not on the scale of “Overall satisfaction”" in refused


def test_several_columns_of_comments_are_all_taken_and_two_of_anything_else_refused(cli: Any, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("Date,CSAT,Best,Worst\n2026-11-02,5,Maria was kind,\n2026-11-03,2,,Tom was late\n")
    told = cli("survey", "import", path, "--column", "comment=Best", "--column", "comment=Worst", "--json").json
    assert told["comments"] == 2
    said = cli("survey", "import", path, "--as", "B", "--column", "date=Best", "--column", "date=Worst", code=1).err
    assert "“date” can be in one column only, and here are “Best” and “Worst”." in said
