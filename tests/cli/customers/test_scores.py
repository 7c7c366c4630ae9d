"""What customers answered counts in the score of who served them, as soon as it is imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def served(folder: Path, tom: int = 12, satisfied: int = 9, others: int = 8) -> Path:
    """Answers of September: so many of Tom's customers, so many of them satisfied; nobody else's are."""
    rows = [f"{number},2026-09-{number + 1:02},{5 if number < satisfied else 2},Tom Ng" for number in range(tom)]
    rows += [f"{100 + number},2026-09-20,1,A temp" for number in range(others)]
    path = folder / "served.csv"
    path.write_text("\n".join(["Response ID,Date,Overall satisfaction (1-5),Who served you?", *rows, ""]))
    return path


def customers(cli: Any) -> Any:
    (score,) = cli("score", "tom", "--year", "2026", "--json").json
    return next(part for part in score["parts"] if part["key"] == "customers")


def test_the_part_of_the_customers_is_pulled_to_the_rate_of_the_team_and_undo_takes_it_away(
    cli: Any, tmp_path: Path
) -> None:
    assert customers(cli)["basis"] == ""
    cli("survey", "import", served(tmp_path))
    part = customers(cli)
    assert part["basis"] == "9 of 12 satisfied"
    assert round(part["value"], 4) == round((9 + 20 * 9 / 20) / 32 * 100, 4)
    cli("undo")
    assert customers(cli)["value"] is None


def test_fewer_than_ten_answers_make_no_part(cli: Any, tmp_path: Path) -> None:
    cli("survey", "import", served(tmp_path, tom=9))
    assert customers(cli)["value"] is None
