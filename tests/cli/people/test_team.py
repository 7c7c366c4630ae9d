"""The people, from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_the_list_shows_who_is_on_the_team_and_says_that_somebody_is_not(cli: Cli) -> None:
    listed = cli("team", "list")
    assert [line.split()[0] for line in listed.lines[2:]] == ["@karim", "@maria", "@tom", "@zoe"]
    assert "Maria Lopez" in listed.out
    assert "Mon 3 May 2021" in listed.out
    assert "1 person not on the team today: see `meetingtool team list --all`." in listed.err


def test_the_whole_list_shows_those_who_left_with_their_last_day(cli: Cli) -> None:
    line = next(line for line in cli("team", "list", "--all").lines if "@sam" in line)
    assert line.endswith("Tue 31 Mar")


def test_json_holds_iso_dates_whole_ids_and_nothing_but_json(cli: Cli) -> None:
    people = cli("team", "list", "--all", "--json").json
    sam = next(person for person in people if person["handle"] == "sam")
    assert sam["left"] == "2026-03-31"
    assert sam["on_team"] is False
    assert sam["id"].endswith(sam["ref"])
    assert len(sam["id"]) == 26


def test_a_person_is_added_under_a_handle_made_from_the_name(cli: Cli) -> None:
    added = cli("team", "add", "Maria", "Lindqvist", "--role", "Front desk", "--started", "1 Sep")
    assert added.out == "@maria-l  Maria Lindqvist\n"
    person = next(p for p in cli("team", "list", "--json").json if p["handle"] == "maria-l")
    assert (person["role"], person["started"]) == ("Front desk", "2026-09-01")


def test_two_people_of_one_name_get_handles_of_their_own(cli: Cli) -> None:
    cli("team", "add", "Maria Lopez")
    assert cli("team", "add", "Maria", "Lopez").out == "@maria-lopez  Maria Lopez\n"
    refused = cli("team", "leave", "Maria Lopez", code=1)
    assert "could be Maria Lopez (@maria), Maria Lopez (@maria-l) or Maria Lopez" in refused.err
    assert "@maria" in refused.err


def test_a_taken_handle_is_refused(cli: Cli) -> None:
    refused = cli("team", "add", "Tina Ng", "--handle", "@tom", code=1)
    assert refused.err == "meetingtool: @tom belongs to Tom Ng. Choose another handle.\n"
    assert refused.out == ""


def test_a_renamed_person_is_still_found_by_the_former_handle(cli: Cli) -> None:
    cli("team", "edit", "@maria", "--name", "Maria Lopez-Ruiz", "--handle", "mlr", "--nickname", "Mia")
    assert cli("team", "edit", "maria", "--role", "Lead").out == "@mlr  Maria Lopez-Ruiz\n"
    assert cli("team", "edit", "Mia", "--no-nicknames").code == 0


def test_editing_nothing_is_wrong_usage(cli: Cli) -> None:
    assert "Say what to change" in cli("team", "edit", "@maria", code=2).err


def test_an_unknown_person_is_told_with_the_nearest_handles(cli: Cli) -> None:
    refused = cli("team", "edit", "@mario", "--role", "x", code=1)
    assert refused.err == "meetingtool: Nobody on the team is called “@mario”. Did you mean @maria or @karim?\n"


def test_a_leaving_date_is_noted_and_taken_back(cli: Cli) -> None:
    assert cli("team", "leave", "@tom").out == "@tom  Tom Ng: last day Tue 24 Nov\n"
    assert cli("team", "leave", "@tom", "--back").out == "@tom  Tom Ng is on the team\n"


def test_a_leaving_date_may_lie_ahead(cli: Cli) -> None:
    assert "last day Thu 31 Dec" in cli("team", "leave", "@tom", "--on", "2026-12-31").out
    assert "@tom" in cli("team", "list").out


def test_a_date_that_does_not_exist_is_refused_by_name(cli: Cli) -> None:
    refused = cli("team", "leave", "@tom", "--on", "31 Feb", code=1)
    assert "There is no 31 February 2026." in refused.err
    assert next(p for p in cli("team", "list", "--json").json if p["handle"] == "tom")["left"] is None


ROSTER = "Name,Job title,E-mail,Hire date\nÁine Ó Briain,Front desk,aine@example.org,2026-01-05\nTom Ng,Foreman,,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_import_reads_the_encodings_that_people_have(cli: Cli, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "team.csv"
    file.write_bytes(ROSTER.encode(encoding))
    imported = cli("team", "import", file)
    assert "Columns: Name -> name, Job title -> role, E-mail -> e-mail, Hire date -> start date." in imported.err
    assert "1 person added, 1 changed, 0 unchanged." in imported.err
    people = {person["handle"]: person for person in cli("team", "list", "--json").json}
    assert people["aine"]["name"] == "Áine Ó Briain"
    assert people["tom"]["role"] == "Foreman"


def test_a_dry_run_tells_the_same_and_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    file.write_text(ROSTER, encoding="utf-8")
    tried = cli("team", "import", file, "--dry-run")
    assert [line.split()[:2] for line in tried.lines[2:]] == [["new", "@aine"], ["changed", "@tom"]]
    assert "1 person would be added" in tried.err
    assert "aine" not in cli("team", "list", "--json").out


def test_a_second_import_of_the_same_file_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    file.write_text(ROSTER, encoding="utf-8")
    cli("team", "import", file)
    assert "0 people added, 0 changed, 2 unchanged." in cli("team", "import", file).err


def test_a_table_without_names_is_refused_with_its_columns_and_the_way_out(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "sales.csv"
    file.write_text("Region,Amount\nNorth,3\nSouth,4\n", encoding="utf-8")
    refused = cli("team", "import", file, code=1)
    assert "No column seems to hold names. The columns are Region and Amount." in refused.err
    assert len(refused.err.splitlines()) == 1
    assert "--column name=" in refused.err


def test_a_column_can_be_said(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Kollegin;Seit\nÅsa Öberg;3.4.2025\n", encoding="utf-8")
    cli("team", "import", file, "--column", "name=Kollegin", "--column", "started=Seit", "--day-order", "day-first")
    asa = next(p for p in cli("team", "list", "--json").json if p["name"] == "Åsa Öberg")
    assert asa["started"] == "2025-04-03"


def test_two_people_of_one_name_in_a_file_are_two_people(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    file.write_text("Name,Number\nAda King,1\nAda King,2\n", encoding="utf-8")
    cli("team", "import", file, "--column", "number=Number")
    assert {"ada", "ada-k"} <= {person["handle"] for person in cli("team", "list", "--json").json}
    assert "0 people added, 0 changed, 2 unchanged." in cli("team", "import", file, "--column", "number=Number").err


def test_a_missing_file_is_told(cli: Cli, tmp_path: Path) -> None:
    assert "There is no file" in cli("team", "import", tmp_path / "nowhere.csv", code=1).err


def test_an_empty_team_says_what_to_do_next(cli: Cli, tmp_path: Path) -> None:
    cli("init", "--team", "New", data=tmp_path / "new")
    listed = cli("team", "list", data=tmp_path / "new")
    assert listed.out == ""
    assert "Add people with `meetingtool team add NAME`" in listed.err
    assert cli("team", "list", "--json", data=tmp_path / "new").json == []


def test_the_list_follows_the_day(cli: Cli) -> None:
    assert "@karim" not in cli("team", "list", at=datetime(2026, 5, 31, 9, tzinfo=UTC)).out


def test_two_entries_of_one_person_are_made_one(cli: Cli) -> None:
    cli("team", "add", "Maria", "Lopez", "--handle", "maria-2")
    cli("win", "@maria-2 found the parcel")
    plan = cli("team", "merge", "@maria", "@maria-2", "--dry-run")
    assert "1 story of @maria-2 will move to Maria Lopez (@maria). @maria-2 still finds Maria Lopez." in plan.err
    assert "Add --yes" in cli("team", "merge", "@maria", "@maria-2", code=1).err
    assert cli("team", "merge", "@maria", "@maria-2", "--yes").out == "@maria  Maria Lopez\n"
    assert "found the parcel" in cli("history", "@maria").out
    assert "maria-2" not in cli("team", "list", "--all").out
    assert "the same entry" in cli("team", "merge", "@tom", "@tom", "--yes", code=1).err
    cli("undo")
    assert "maria-2" in cli("team", "list").out


def test_whoever_leaves_hands_over_what_is_open(cli: Cli) -> None:
    cli("promise", "@tom refund posted by 2026-12-01")
    left = cli("team", "leave", "@tom")
    assert "Still open in the name of Tom Ng: 1 promise or action." in left.err
    assert "refund posted" in left.err
    assert "meetingtool team leave @tom --on 2026-11-24 --hand-to @WHO" in left.err
    handed = cli("team", "leave", "@tom", "--on", "2026-11-24", "--hand-to", "@zoe")
    assert "Handed to Zoë Martin-Reid: 1 promise or action." in handed.err
    assert [f["people"] for f in cli("follow-up", "list", "--json").json] == [["zoe"]]
    refused = cli("team", "leave", "@zoe", "--hand-to", "@sam", code=1)
    assert "Sam Bell is not on the team today" in refused.err
    assert cli("team", "list", "--json").json[-1]["on_team"] is True


def test_a_name_that_two_people_have_is_refused_where_one_is_rated(cli: Cli, tmp_path: Path) -> None:
    cli("team", "add", "Maria Nowak")
    for command in (
        ("rate", "Maria", "own-it", "4"),
        ("team", "leave", "Maria"),
        ("score", "Maria"),
        ("follow-up", "list", "--who", "Maria"),
    ):
        refused = cli(*command, code=1)
        assert "“Maria” could be Maria Lopez (@maria) or Maria Nowak (@maria-n)." in refused.err
    ratings = tmp_path / "ratings.csv"
    ratings.write_text("person,standard,rating\nMaria,own-it,4\n@maria-n,own-it,3\n")
    given = cli("rate", "--from", ratings, code=1)
    assert "line 2: “Maria” could be Maria Lopez (@maria) or Maria Nowak (@maria-n); give the handle." in given.err
    assert "Maria Nowak" in given.out


def test_a_column_that_counts_rows_renames_nobody(cli: Cli, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("#,Name,Role\n1,Ann Moore,Desk\n2,Bo Lind,Phones\n3,Cleo Ek,Desk\nTotal,,3\n")
    cli("team", "import", roster)
    cli("rate", "@ann", "own-it", "4")
    roster.write_text("#,Name,Role\n1,Bo Lind,Phones\n2,Cleo Ek,Desk\n3,Dan Fox,Desk\nTotal,,3\n")
    again = cli("team", "import", roster)
    assert "1 person added, 0 changed, 2 unchanged." in again.err
    names = {person["handle"]: person["name"] for person in cli("team", "list", "--json").json}
    assert {names[each] for each in ("ann", "bo", "cleo", "dan")} == {"Ann Moore", "Bo Lind", "Cleo Ek", "Dan Fox"}


def test_a_file_with_dates_of_both_orders_is_refused_until_it_is_said_which_comes_first(
    cli: Cli, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("Name,Hired\nAnn Moore,03/04/2019\nBo Lind,25/12/2020\nCleo Ek,12/30/2021\n")
    refused = cli("team", "import", roster, code=1)
    assert "holds both orders of day and month" in refused.err
    assert "Use --day-order day-first or --day-order month-first." in refused.err
    assert not any(person["name"] == "Ann Moore" for person in cli("team", "list", "--json").json)
    cli("team", "import", roster, "--day-order", "month-first")
    ann = next(person for person in cli("team", "list", "--json").json if person["name"] == "Ann Moore")
    assert ann["started"] == "2019-03-04"


def test_an_unshown_order_of_dates_is_the_one_of_the_team(cli: Cli, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("Name,Hired\nAnn Moore,03/04/2019\n")
    cli("settings", "set", "dates", "month-first")
    assert "read with the month first" in cli("team", "import", roster).err


def test_a_file_without_column_names_or_in_another_encoding_is_read_as_said(cli: Cli, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_bytes("Źdźbło,Łukasz\nAlt,Karl\n".encode("cp1250"))
    done = cli("team", "import", roster, "--column", "last=1", "--column", "first=2", "--encoding", "cp1250")
    assert "2 people added" in done.err
    assert "Łukasz Źdźbło" in done.out


@pytest.mark.parametrize("name", ["Ren\udce9", "Ren\udcc3\udca9"])
def test_a_name_is_read_in_whatever_encoding_the_shell_hands_it_over(cli: Cli, name: str) -> None:
    assert "René" in cli("team", "add", name).out


def test_somebody_at_the_terminal_says_whether_a_number_has_a_new_name(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    cli("team", "edit", "tom", "--number", "4")
    file.write_text("Emp No,Name\n4,Tommy Wild\n9,Ana Ruiz\n")
    added = cli("team", "import", file, "--dry-run")
    assert "Tommy Wild (@tommy) has the employee number of Tom Ng (@tom), and was added" in added.err
    asked = cli("team", "import", file, typed="y\n")
    assert "Tommy Wild has the employee number of Tom Ng (@tom). Is it the same person?" in asked.err
    assert "changed  @tom    Tommy Wild" in asked.out
