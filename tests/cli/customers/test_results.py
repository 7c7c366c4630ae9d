"""Results over time, the target, telling the team, and what a real fall leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

MONTHS = (("08", 88), ("09", 90), ("10", 85), ("11", 75))


def written(folder: Path, months: tuple[tuple[str, int], ...] = MONTHS) -> Path:
    """A hundred answers a month, so many of them satisfied; the fall of November is real."""
    rows = [
        f"{month}{number:03},2026-{month}-{number % 20 + 1:02},{5 if number < satisfied else 2}"
        for month, satisfied in months
        for number in range(100)
    ]
    path = folder / "desk.csv"
    path.write_text("\n".join(["Response ID,Date,Overall satisfaction (1-5)", *rows, ""]))
    return path


@pytest.fixture
def fallen(cli: Any, tmp_path: Path) -> Any:
    cli("survey", "import", written(tmp_path), "--as", "Desk")
    return cli


def raised(cli: Any) -> str:
    (alert,) = cli("survey", "alerts", "--json").json
    return str(alert["ref"])


def test_the_trend_tells_every_period_and_what_is_real(fallen: Any) -> None:
    told = fallen("survey", "trend", "--json").json
    assert [(one["period"], one["satisfied"], one["n"]) for one in told["periods"]] == [
        (f"2026-{month}", satisfied, 100) for month, satisfied in MONTHS
    ]
    assert [one["noticed"] for one in told["periods"]] == [[], [], [], ["fall"]]
    assert told["periods"][3]["says"] == [
        "75 of 100 satisfied; the three months before: 263 of 300. "
        "12.7 points fewer: with so many answers, anything from 4 to 23."
    ]
    assert (told["target"], told["target_offered"]) == (None, 80)
    assert "2026-11, fall" in fallen("survey", "trend").err
    assert "overall" in fallen("survey", "trend", "--measure", "speed", code=1).err


def test_few_answers_have_no_share(cli: Any, tmp_path: Path) -> None:
    rows = "".join(f"2026-09-{day:02},5\n" for day in range(1, 8))
    path = tmp_path / "few.csv"
    path.write_text(f"date,csat\n{rows}")
    cli("survey", "import", path)
    assert "too few to say" in cli("survey", "trend").out


def test_a_target_above_the_own_year_is_said_to_be_a_wish(fallen: Any) -> None:
    assert "offers 80 %" in fallen("survey", "target").err
    assert "wish" in fallen("survey", "target", "--set", "95", "--why", "we want it").err
    assert fallen("survey", "target", "--json").json == {
        "survey": "Desk",
        "target": 95,
        "target_why": "we want it",
        "target_offered": 80,
    }
    noticed = [one["noticed"] for one in fallen("survey", "trend", "--json").json["periods"]]
    assert noticed[3] == ["fall", "under-target"]
    assert "wish" not in fallen("survey", "target", "80 %").err
    fallen("undo")
    assert fallen("survey", "target", "--json").json["target"] == 95
    fallen("survey", "target", "--none")
    assert fallen("survey", "target", "--json").json["target"] is None
    for words in (("Desk", "95"), ("95 %", "desk")):
        assert "is 95 %" in fallen("survey", "target", *words).err
        fallen("undo")
    assert "120 isn't a percentage" in fallen("survey", "target", "120", code=1).err
    for wrong in ("0", "101"):
        assert "1 to 100" in fallen("survey", "target", "--set", wrong, code=1).err


def test_an_alert_is_told_explained_and_answered_by_an_action(fallen: Any) -> None:
    ref = raised(fallen)
    fallen("survey", "told")
    (alert,) = fallen("survey", "alerts", "--json").json
    assert (alert["state"], alert["period"], alert["kind"]) == ("told", "2026-11", "fall")
    assert [one["told"] for one in fallen("survey", "trend", "--json").json["periods"]] == [False] * 3 + [True]
    assert "explain" in fallen("survey", "act", ref, "@tom open at seven", code=1).err
    fallen("survey", "explain", ref, "wait", "two of us were away")
    fallen("survey", "act", ref, "@tom open at seven by friday")
    assert fallen("survey", "alerts", "--json").json == []
    (alert,) = fallen("survey", "alerts", "--all", "--json").json
    assert (alert["state"], alert["cause"], alert["words"]) == ("done", "wait", "two of us were away")
    (action,) = fallen("follow-up", "list", "--kind", "action", "--json").json
    assert (action["id"], action["people"]) == (alert["action"], ["tom"])
    assert "already" in fallen("survey", "dismiss", ref, "no", code=1).err
    fallen("undo")
    assert fallen("follow-up", "list", "--kind", "action", "--json").json == []
    assert fallen("survey", "alerts", "--json").json[0]["state"] == "explained"


def test_an_alert_is_dismissed_with_a_reason_and_undo_brings_it_back(fallen: Any) -> None:
    ref = raised(fallen)
    assert "reason" in fallen("survey", "dismiss", ref, " ", code=1).err
    fallen("survey", "dismiss", ref, "the form was broken")
    assert fallen("survey", "alerts", "--json").json == []
    fallen("undo")
    assert raised(fallen) == ref


def test_results_are_told_once_a_period_and_undo_takes_the_alert_back_too(fallen: Any) -> None:
    fallen("survey", "told", "--period", "2026-10", "--how", "a sheet on the wall")
    assert fallen("survey", "alerts", "--json").json[0]["state"] == "raised"
    assert "already" in fallen("survey", "told", "--period", "2026-10", code=1).err
    assert "2026-11" in fallen("survey", "told", "--period", "2026-12", code=1).err
    fallen("survey", "told")
    assert fallen("survey", "alerts", "--json").json[0]["state"] == "told"
    fallen("undo")
    assert fallen("survey", "alerts", "--json").json[0]["state"] == "raised"


def test_before_and_after_are_compared_and_one_chosen_afterwards_says_so(fallen: Any) -> None:
    fallen("survey", "compare", "--before", "2026-Q3", "--after", "2026-11", "--because", "new desk")
    (row,) = fallen("survey", "compare", "--json").json
    assert (row["before"], row["after"]) == ({"n": 200, "satisfied": 178}, {"n": 100, "satisfied": 75})
    assert (row["points"], row["afterwards"], row["p"]) == (-14.0, True, None)
    assert row["low"] < row["points"] < row["high"] < 0
    assert row["says"].endswith("Chosen afterwards.")
    fallen("survey", "compare", "--before", "2026-11", "--after", "2027-Q1", "--because", "a training")
    newest = fallen("survey", "compare", "--json").json[0]
    assert (newest["afterwards"], newest["points"]) == (False, None)
    assert "Too few to compare" in newest["says"]
    fallen("undo")
    assert len(fallen("survey", "compare", "--json").json) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--before", "2026-11", "--after", "2026-11", "--because", "x"),
        ("--before", "2026-09", "--after", "2026-11", "--because", " "),
        ("--before", "soon", "--after", "2026-11", "--because", "x"),
    ],
)
def test_what_can_not_be_compared_is_refused(fallen: Any, arguments: tuple[str, ...]) -> None:
    assert len(fallen("survey", "compare", *arguments, code=1).err.splitlines()) == 1
    assert fallen("survey", "compare", "--json").json == []


def test_a_target_that_is_set_later_raises_the_last_period_once(cli: Any, tmp_path: Path) -> None:
    months = tuple((f"{month:02}", 80) for month in range(5, 12))
    cli("survey", "import", written(tmp_path, months[:-1]), "--as", "Desk")
    cli("survey", "target", "95")
    assert [one["period"] for one in cli("survey", "alerts", "--json").json] == ["2026-10"]
    cli("undo")
    assert cli("survey", "alerts", "--json").json == []
    cli("survey", "target", "95")
    told = cli("survey", "import", written(tmp_path, months), "--as", "Desk")
    assert "under the target" not in told.out + told.err, "what began long ago is no news"
    assert [one["period"] for one in cli("survey", "alerts", "--json").json] == ["2026-10"]
    noticed = [one["noticed"] for one in cli("survey", "trend", "--json").json["periods"]]
    assert noticed == [["under-target"], [], [], [], [], ["under-target"], []]
