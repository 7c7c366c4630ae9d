"""`meetingtool pulse`: paper slips become counts, too few become nothing, and the year stands on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SLIPS = "5 4 3 - 5\n44444\n55555\n4 4 3 2 1\n5 5 5 5 5\n4 4 4 4 4\n"


def test_slips_are_kept_as_counts_and_shown_beside_the_customers(cli: Any) -> None:
    assert "6 of 8 answered" in cli("pulse", "enter", "--asked", 8, "--on", "2026-10-06", stdin=SLIPS).out
    (asked,) = cli("pulse", "list", "--json").json
    assert (asked["date"], asked["asked"], asked["answered"]) == ("2026-10-06", 8, 6)
    statement = "I know what we are trying to achieve."
    assert asked["results"][3] == {"statement": statement, "n": 5, "mean": 4.0, "agreed": 4} | {
        "change": None,
        "as_before": False,
        "margin": 0.0,
    }
    assert "4 or more of 5" in cli("insight", "pulse").out
    assert "counts" not in cli("show", asked["ref"], "--json").out
    rows = cli("insight", "page", "--room", "--json").json["sections"][0]["rows"]
    assert next(row for row in rows if row["what"] == "Pulse of the team: agree")["all"] == "79 %"
    for near in ("2026-10-06", "2026-10-26", "2026-09-16"):
        again = cli("pulse", "enter", "--asked", 8, "--on", near, stdin="refused before a slip is read", code=1)
        assert f"asked on Tue 6 Oct (pulse {asked['ref']})" in again.err
        assert "It can be asked again from Tue 27 Oct on" in again.err
    cli("pulse", "enter", "--asked", 8, "--on", "2026-10-27", stdin=SLIPS)
    cli("undo", code=None)
    assert "A pulse is kept" in cli("remove", asked["ref"], code=1).err
    assert len(cli("pulse", "list", "--json").json) == 2
    assert "Two rounds must be at least three weeks apart" in cli("settings", "set", "pulse", "2", code=1).err


def test_of_four_slips_nothing_is_on_the_disk(cli: Any, folder: Path) -> None:
    told = cli("pulse", "enter", "--asked", 8, stdin="5 4 3 - 5\n44444\n55555\n4 4 3 2 1\n\n")
    assert "8 asked, fewer than 5 answered: nothing was kept" in told.out
    written = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b'"pulse"' in written
    assert b'"counts"' not in written
    assert b'"answered"' not in written
    assert "fewer than 5 answered" in cli("pulse", "list").out
    assert "It can be asked again at any time" in told.err
    assert "removes" in cli("undo", code=1).err
    (asked,) = cli("pulse", "list", "--json").json
    assert "6 of 8 answered" in cli("pulse", "enter", "--asked", 8, stdin=SLIPS).out, "nothing kept bars nothing"
    cli("remove", asked["ref"], "--yes")
    (kept,) = cli("pulse", "list", "--json").json
    assert kept["answered"] == 6


def test_wrong_slips_keep_nothing(cli: Any) -> None:
    assert "is not a slip" in cli("pulse", "enter", stdin="5 4 3 2 1\n9 9 9 9 9\n", code=1).err
    assert "no slip" in cli("pulse", "enter", stdin="", code=1).err
    assert "only 3 were asked" in cli("pulse", "enter", "--asked", 3, stdin=SLIPS, code=1).err
    assert cli("pulse", "list", "--json").json == []
    typed = cli("pulse", "enter", "--asked", 6, typed=f"oops\n{SLIPS}\ny\n")
    assert "is not a slip" in typed.err
    assert "6 of 6 answered" in typed.out


def test_six_weeks_after_the_last_it_is_a_part_of_the_meeting(cli: Any) -> None:
    assert "Pulse" not in cli("agenda").out
    cli("pulse", "enter", "--asked", 8, "--on", "2026-10-06", stdin=SLIPS)
    assert "Pulse" in cli("agenda").out
    cli("settings", "set", "pulse", "0")
    assert "Pulse" not in cli("agenda").out
    cli("settings", "set", "pulse", "6")
    cli("settings", "set", "off", "pulse")
    assert "Pulse" not in cli("agenda").out


def test_slips_to_fill_in_are_a_paper(cli: Any, tmp_path: Path) -> None:
    cli("pulse", "slips", "--to", tmp_path / "slips.pdf")
    assert (tmp_path / "slips.pdf").read_bytes().startswith(b"%PDF")


def test_the_year_on_one_page_draws_each_month_as_a_bar_from_nought(cli: Any) -> None:
    for day, times in (("2026-10-05", 1), ("2026-11-05", 2)):
        for each in range(times):
            cli("win", f"@maria held the door {each}", "--on", day)
    rows = {row["what"]: row for row in cli("insight", "page", "--json").json["sections"][0]["rows"]}
    assert (rows["Wins told"]["all"], rows["Wins told"]["by month"]) == ("3", "·" * 10 + "▅█")
