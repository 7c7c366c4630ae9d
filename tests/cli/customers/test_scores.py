"""What customers answered counts in the score of who served them, as soon as it is imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def served(folder: Path, tom: int = 12, satisfied: int = 9, others: int = 8) -> Path:
    """Answers of September: so many of Tom's customers, so many of them satisfied; nobody else's are."""
    rows = [
        f"{number},2026-09-{number + 1:02},{5 if number < satisfied else 2},Tom Ng,Met tom on visit no. {number}"
        for number in range(tom)
    ]
    rows += [f"{100 + number},2026-09-20,1,A temp," for number in range(others)]
    path = folder / "served.csv"
    path.write_text("\n".join(["Response ID,Date,Overall satisfaction (1-5),Who served you?,Comment", *rows, ""]))
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


def test_an_answer_is_left_out_blind_and_both_rates_are_told(cli: Any, tmp_path: Path) -> None:
    cli("survey", "import", served(tmp_path))
    found = cli("survey", "answers", "--on", "2026-09", "--json").json
    assert len(found) == 20
    assert "tom" not in cli("survey", "answers").out.casefold()
    assert found[0]["comment"] == "Met … on visit no. 0"
    bad = next(one["ref"] for one in found if one["value"] == 2)
    cli("survey", "leave-out", bad, "--because", "product")
    part = customers(cli)
    assert part["basis"] == "9 of 11 satisfied; with 1 left out 9 of 12"
    assert round(part["value"], 4) == round((9 + 20 * 9 / 19) / 31 * 100, 4)
    assert [one["because"] for one in cli("survey", "answers", "--json").json].count("product") == 1
    assert "already" in cli("survey", "leave-out", bad, "--because", "twin", code=1).err
    cli("survey", "leave-out", bad, "--back")
    assert customers(cli)["basis"] == "9 of 12 satisfied"
    cli("undo")
    assert customers(cli)["basis"].startswith("9 of 11")
    cli("undo")
    assert customers(cli)["basis"] == "9 of 12 satisfied"


def test_what_names_no_answer_is_refused_in_one_line(cli: Any, tmp_path: Path) -> None:
    cli("survey", "import", served(tmp_path))
    ref = cli("survey", "answers", "--json").json[0]["ref"].split(":")[0]
    for wrong in ("17", f"{ref}:0", f"{ref}:99", "ZZZZZZ:1", f"{ref}:x"):
        refused = cli("survey", "leave-out", wrong, "--because", "twin", code=1)
        assert len(refused.err.splitlines()) == 1
    assert cli("survey", "leave-out", f"{ref}:1", code=2).out == ""


def test_thinning_leaves_every_sum_as_it_was_and_takes_no_answer_twice(cli: Any, tmp_path: Path, folder: Path) -> None:
    file = served(tmp_path)
    file.write_text(file.read_text().replace("2026-09", "2023-09"))
    cli("survey", "import", file)
    worst = next(one["ref"] for one in cli("survey", "answers", "--json").json if one["value"] == 2)
    cli("survey", "leave-out", worst, "--because", "product")

    def seen() -> list[Any]:
        part = next(
            p for p in cli("score", "tom", "--year", "2023", "--json").json[0]["parts"] if p["key"] == "customers"
        )
        report = cli("survey", "show", "--json").json
        return [part["value"], part["basis"], report["measures"], report["periods"], report["first"][:7]]

    before = seen()
    assert "20 answers" in cli("survey", "thin", "--dry-run").out
    assert "Add --yes" in cli("survey", "thin", code=1).err
    assert seen() == before, "nothing happens without a yes"
    cli("survey", "thin", "--yes")
    assert seen() == before
    assert not [path for path in folder.rglob("*") if path.is_file() and b"on visit no" in path.read_bytes()]
    again = cli("survey", "import", file)
    assert "20 answers of months that were thinned: counted already." in again.err
    assert seen() == before
    assert "Nothing of" in cli("survey", "thin", "--yes").err
