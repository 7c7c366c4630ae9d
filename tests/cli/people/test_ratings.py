"""Ratings and scores from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from meetingtool.records.ratings import Rating
from meetingtool.store import Workspace
from tests.cli.conftest import Cli


def ratings(folder: Path) -> list[Rating]:
    with Workspace.open(folder) as workspace:
        return workspace.find(Rating)


def test_a_rating_is_given_with_or_without_the_marks(cli: Cli, folder: Path) -> None:
    told = cli("rate", "@maria", "#own-it", "4")
    assert told.out == f"rating {ratings(folder)[0].ref}  Maria · #own-it · 4\n"
    assert cli("rate", "Maria Lopez", "listen", "not-seen", "--on", "fri").out.endswith(
        "Maria · #listen · not-seen · Fri 20 Nov\n"
    )
    assert [given.value for given in ratings(folder)] == [None, 4]


def test_the_ends_of_the_scale_need_a_note_or_a_story(cli: Cli, folder: Path) -> None:
    assert "needs a note or a story" in cli("rate", "@maria", "own-it", "5", code=1).err
    win = cli("win", "@maria closed the gap #own-it").out.split()[1]
    cli("rate", "@maria", "own-it", "5", "--story", win, "--note", "The gap behind it")
    [given] = ratings(folder)
    assert (given.note, len(given.stories)) == ("The gap behind it", 1)
    assert given.stories[0].endswith(win)


@pytest.mark.parametrize("value", ["6", "0", "-1", "4.5", "five", ""])
def test_a_rating_off_the_scale_is_refused(cli: Cli, folder: Path, value: str) -> None:
    refused = cli("rate", "@maria", "own-it", "--note", "x", "--", value, code=1)
    assert "is not a rating. Give 1 to 5, or not-seen." in refused.err
    assert ratings(folder) == []


def test_who_and_what_must_be_known(cli: Cli) -> None:
    assert "Did you mean @maria" in cli("rate", "@mario", "own-it", "4", code=1).err
    assert "Did you mean #own-it" in cli("rate", "@maria", "ownit", "4", code=1).err
    assert "was not on the team on that day" in cli("rate", "@sam", "own-it", "4", code=1).err


def test_a_sticky_situation_never_carries_a_low_rating(cli: Cli, folder: Path) -> None:
    sticky = cli("sticky", "@maria shouted").out.split()[1]
    refused = cli("rate", "@maria", "own-it", "1", "--story", sticky, code=1)
    assert "sticky" in refused.err
    assert ratings(folder) == []


def test_where_a_shell_took_the_tag_for_a_comment_the_command_says_so(cli: Cli) -> None:
    assert "Most shells treat #own-it as a comment" in cli("rate", "@maria", code=2).err
    assert "Say whom to rate" in cli("rate", code=2).err


TABLE = "Person,Standard,Rating,Date,Note\n@maria,#own-it,4,2026-11-20,\nTom Ng,listen,5,2026-11-20,Seen twice\n"


def test_a_table_of_ratings_is_given_at_once_and_never_twice(cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_text(TABLE, encoding="utf-8")
    tried = cli("rate", "--from", file, "--dry-run")
    assert "2 ratings would be given, 0 given before, 0 lines left out." in tried.err
    assert ratings(folder) == []
    given = cli("rate", "--from", file)
    assert [line.split()[:3] for line in given.lines[2:]] == [["2", "Maria", "Lopez"], ["3", "Tom", "Ng"]]
    assert "0 ratings given, 2 given before, 0 lines left out." in cli("rate", "--from", file).err
    cli("undo")
    assert ratings(folder) == []


def test_lines_that_give_no_rating_are_told_and_the_others_given(cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_text(TABLE + "@mario,own-it,4,2026-11-20,\n@zoe,own-it,6,2026-11-20,\n@zoe,own-it,2,2026-11-20,\n")
    told = cli("rate", "--from", file, code=1)
    assert [line.split(": ")[1] for line in told.err.splitlines() if line.startswith("meetingtool: line")] == [
        "line 4",
        "line 5",
        "line 6",
    ]
    assert "2 ratings given, 0 given before, 3 lines left out." in told.err
    assert len(ratings(folder)) == 2


def test_a_file_and_a_person_do_not_go_together(cli: Cli, tmp_path: Path) -> None:
    assert "either a person" in cli("rate", "@maria", "own-it", "4", "--from", tmp_path / "x.csv", code=2).err
    assert "There is no file" in cli("rate", "--from", tmp_path / "x.csv", code=1).err


def rate_all(cli: Cli, who: str, value: int) -> None:
    for tag in ("welcome", "listen", "own-it", "plain-words", "on-time", "put-right", "know-how", "one-team"):
        for day in ("2026-05-12", "2026-11-20"):
            cli("rate", who, tag, str(value), "--on", day)


def test_a_score_is_shown_with_what_is_known(cli: Cli) -> None:
    rate_all(cli, "@maria", 4)
    listed = cli("score")
    rows = {line.split()[0]: line for line in listed.lines[2:]}
    assert rows["@maria"].split()[3:5] == ["75", "Strong"]
    assert "not enough evidence" in rows["@tom"]
    assert "@sam" in rows, "who was there for a part of the year"
    assert [line.split()[0] for line in cli("score", "@maria", "tom").lines[2:]] == ["@maria", "@tom"]


def test_why_shows_the_sum_and_every_rating_behind_it(cli: Cli, folder: Path) -> None:
    rate_all(cli, "@maria", 4)
    shown = cli("score", "@maria", "--why")
    assert shown.lines[1] == "75 of 100 · Strong · 1 of 1 part known"
    standards = next(line for line in shown.lines if line.startswith("Standards"))
    assert standards.split()[1:4] == ["75.0", "60", "75.0"]
    for given in ratings(folder):
        assert given.ref in shown.out
    missing = cli("score", "@tom", "--why")
    assert missing.lines[1].startswith("not enough evidence")
    assert missing.lines[2].startswith("needed: ")


def test_the_sum_in_json_names_the_records_behind_each_number(cli: Cli, folder: Path) -> None:
    rate_all(cli, "@maria", 4)
    [score] = cli("score", "@maria", "--json").json
    assert (score["shown"], score["band"], score["person"]["handle"]) == (75, "Strong", "maria")
    standards = next(part for part in score["parts"] if part["key"] == "standards")
    assert (standards["value"], standards["weight"], standards["adds"]) == (75.0, 60, 75.0)
    assert set(standards["from"]) == {given.id for given in ratings(folder)}
    assert [person["person"]["handle"] for person in cli("score", "--json").json] == [
        "karim",
        "maria",
        "sam",
        "tom",
        "zoe",
    ]


def test_a_period_is_named_as_people_do(cli: Cli) -> None:
    rate_all(cli, "@maria", 4)
    assert cli("score", "@maria", "--json", "--year", "2026 Q4").json[0]["shown"] == 75
    assert cli("score", "@maria", "--json", "--year", "2025").json[0]["shown"] is None
    assert "There are no records of 1." in cli("score", "--year", "0001", code=1).err
    assert "out of range" in cli("score", "--year", "9999", code=1).err
    assert "That is not a period." in cli("score", "--year", "soon", code=1).err
    assert "Nobody was on the team in 2010" in cli("score", "--year", "2010").err
    assert cli("score", "--year", "2010", "--json").json == []
