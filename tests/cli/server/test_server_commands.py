"""The administrator's, the manager's and the HR office's commands on a server, from an empty database on."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import psycopg
import pytest

from meetingtool.cli.entry import run

NOW = datetime(2026, 11, 29, 9, 5, tzinfo=timezone(timedelta(hours=1)))
On = Callable[..., Any]


@pytest.fixture
def on(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> On:
    """on(login, *arguments, team=..., code=0): what a command prints, run on the server as that login."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    database = server.database()

    def command(login: str, *arguments: str, team: str = "", code: int = 0) -> str:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        address = server.address(login, database, team)
        words = [address if word == "DSN" else word for word in arguments]
        assert run(["--data", address, *words], clock=lambda: NOW) == code, capsys.readouterr()
        printed = capsys.readouterr()
        return printed.out + printed.err

    command.database = database
    return command


def test_a_year_of_a_folder_moves_to_the_server_and_hr_files_its_finals(on: On, tmp_path: Path) -> None:
    run(["demo", "--keep", str(tmp_path / "sample")], clock=lambda: NOW)
    said = on("anna", "server", "import", str(tmp_path / "sample"), "desk")
    assert "9 finals; the same on both sides" in said
    assert "Maria Lopez" in on("tom", "team", "list", team="desk")
    assert "#own-it" in on("tom", "win", "@maria drove the ring over #own-it", team="desk")
    assert "drove the ring over" in on("anna", "history", "ring over", team="desk")
    assert "undone: win recorded" in on("tom", "undo", team="desk")

    listed = json.loads(on("hr", "finals", "list", "--year", "2025", "--json"))
    assert len(listed) == 9
    assert {"ref", "team", "number", "name", "period", "edition", "digest"} <= set(listed[0])
    assert "content" not in listed[0]
    assert "Aisha Rahman" in on("hr", "finals", "show", listed[0]["ref"])
    assert "9 of 9 are as they were finalised." in on("hr", "finals", "verify")
    on(
        "hr",
        "finals",
        "export",
        "--all",
        "--year",
        "2025",
        "--format",
        "csv",
        "--format",
        "json",
        "--to",
        str(tmp_path),
    )
    assert len(list(tmp_path.glob("*.json"))) == 9
    assert len(json.loads(on("hr", "finals", "readings", "--json"))) == 1 + 9 + 9
    assert "hr" in on("anna", "finals", "readings")
    roster = tmp_path / "all.csv"
    roster.write_text("Employee ID,Name\n0001,Aisha Rahman\n9999,New Person\n")
    assert "2 of 2 have no final for 2025." in on("hr", "finals", "missing", str(roster), "--year", "2025")

    back = tmp_path / "back"
    assert "the same on both sides" in on("anna", "server", "export", "desk", str(back))
    assert run(["--data", str(back), "check"], clock=lambda: NOW) == 0


def test_hr_is_told_of_a_final_in_which_one_word_was_changed(on: On, server: Any, tmp_path: Path) -> None:
    run(["demo", "--keep", str(tmp_path / "sample")], clock=lambda: NOW)
    on("anna", "server", "import", str(tmp_path / "sample"), "desk")
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute("alter table meetingtool.final disable trigger all")
        connection.execute(
            "update meetingtool.final set content = replace(content, 'Maria Lopez', 'Maria Lopes')"
            " where name = 'Maria Lopez'"
        )
    assert "8 of 9 are as they were finalised." in on("hr", "finals", "verify", code=1)
    (ref,) = [each["ref"] for each in json.loads(on("hr", "finals", "list", "--json")) if each["name"] == "Maria Lopez"]
    assert "no longer matches its digest" in on("hr", "finals", "show", ref, code=1)


def test_an_administrator_sets_up_reads_and_checks(on: On, server: Any) -> None:
    assert "create policy own_teams on meetingtool.record" in on("postgres", "server", "init", "DSN")
    assert "already set up" in on("postgres", "server", "init", "DSN", "--run")
    assert "as it should be" in on("postgres", "server", "init", "DSN", "--check")
    on("postgres", "server", "team", "add", "north-desk", "--title", "North Desk")
    on("postgres", "server", "member", "add", "olga", "north-desk", "--until", "2027-01-31")
    teams = json.loads(on("postgres", "server", "team", "list", "--json"))
    assert [team["members"] for team in teams if team["id"] == "north-desk"] == [
        [{"login": "olga", "until": "2027-01-31"}]
    ]
    assert "for the administrator" in on("anna", "server", "team", "add", "mine", code=1)
    assert "no login 'nobody'" in on("postgres", "server", "member", "add", "nobody", "desk", code=1)
    assert "can't be a team's name" in on("postgres", "server", "team", "add", "North Desk", code=1)


def test_a_new_team_is_set_up_on_the_server(on: On) -> None:
    assert "no" in on("olga", "history", team="other", code=1)
    on("olga", "init", "--team", "Another Desk", team="other")
    assert "Ada" in on("olga", "team", "add", "Ada Byron", team="other")
    assert "Ada Byron" in on("olga", "team", "list", team="other")


def test_commands_on_files_say_who_keeps_a_server_safe(on: On) -> None:
    for command in (["backup"], ["check"], ["encrypt"], ["restore"], ["archive", "2020", "x.zip"]):
        assert "pg_dump" in on("anna", *command, team="desk", code=1)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://db.example.org/service?team=desk", "sslmode=verify-full"),
        ("postgresql://db.example.org/service?team=desk&sslmode=require", "sslmode=verify-full"),
        ("postgresql://anna:secret@localhost/x?team=desk", "password does not belong"),
        ("postgresql://localhost/x", "does not name a team"),
        ("postgresql://localhost/x?team=The+Desk", "does not name a team"),
        ("postgresql://localhost/x?hostaddr=192.0.2.7&team=desk", "sslmode=verify-full"),
        ("postgresql://localhost/x?team=desk&sslpassword=secret", "password does not belong"),
        ("postgresql://localhost:1/x?team=desk", "try again when it answers"),
        ("postgresql://localhost/x?team=desk&colour=red", "can't be used"),
        ("postgresql://localhost/x?team=desk&sslmode=some", "can't be used: invalid sslmode"),
        ("postgresql:///?service=far&team=desk", "192.0.2.7 is another computer"),
        ("postgresql:///?service=lost&team=desk", 'can\'t be used: definition of service "lost" not found'),
    ],
)
def test_an_address_that_is_unsafe_or_none_is_refused_with_the_reason(
    address: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "services.conf").write_text("[far]\nhost=192.0.2.7\ndbname=x\nsslmode=require\n")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services.conf"))
    assert run(["--data", address, "history"], clock=lambda: NOW) == 1
    printed = capsys.readouterr().err
    assert said in printed
    assert "secret" not in printed


def test_a_server_that_is_set_up_for_a_newer_meetingtool_asks_for_an_update(on: On, server: Any) -> None:
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute("update meetingtool.form set version = 999")
    for login, team, words in (
        ("anna", "desk", ("history",)),
        ("hr", "", ("finals", "list")),
        ("postgres", "", ("server", "team", "list")),
        ("postgres", "", ("server", "init", "DSN", "--run")),
    ):
        assert "Update meetingtool on this computer" in on(login, *words, team=team, code=1)
    assert "The schema has form 999" in on("postgres", "server", "init", "DSN", "--check", code=1)


def test_a_server_from_before_decisions_had_books_is_brought_up_to_date_by_one_command(on: On, server: Any) -> None:
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute(
            "alter table meetingtool.record drop constraint record_book_check, add constraint record_book_check"
            " check (book ~ '^(team|(surveys-)?[0-9]{4})$')"
        )
        connection.execute("update meetingtool.form set version = 1")
    assert "older form: 1" in (told := on("anna", "history", team="desk", code=1)) and "server init DSN --run" in told
    assert "Set up: form 2." in on("postgres", "server", "init", "DSN", "--run")
    assert "as it should be" in on("postgres", "server", "init", "DSN", "--check")


def test_a_deputy_is_not_added_up_to_a_day_that_is_over(on: On) -> None:
    assert "is over" in on("postgres", "server", "member", "add", "dora", "other", "--until", "2026-11-28", code=1)
    assert "until 2026-11-29" in on("postgres", "server", "member", "add", "dora", "other", "--until", "2026-11-29")


def test_the_printed_sql_makes_by_psql_what_run_makes(on: On, server: Any) -> None:
    with psycopg.connect(server.address("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("drop database if exists by_hand")
        connection.execute("create database by_hand")
    printed = on("postgres", "server", "init", "DSN")
    address = server.address("postgres", "by_hand")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(printed)
    assert "as it should be" in on("postgres", "server", "init", address, "--check")


@pytest.mark.usefixtures("quick_passphrases")
def test_an_encrypted_folder_moves_to_the_server_with_its_passphrase(
    on: On, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("seven grey herons by the lock\n")
    monkeypatch.setenv("MEETINGTOOL_PASSPHRASE_FILE", str(passphrase))
    folder = str(tmp_path / "sample")
    run(["demo", "--keep", folder], clock=lambda: NOW)
    assert run(["--data", folder, "encrypt", "--yes"], clock=lambda: NOW) == 0
    said = on("anna", "server", "import", folder, "desk")
    assert "the same on both sides" in said
    assert "nothing is encrypted: its administrators can read it" in said


def test_a_team_that_one_does_not_see_is_not_exported_as_an_empty_one(on: On, tmp_path: Path) -> None:
    for login, team in (("olga", "desk"), ("anna", "nowhere")):
        assert "no team" in on(login, "server", "export", team, str(tmp_path / "out"), code=1)
    assert not (tmp_path / "out").exists()


def test_a_customer_who_is_forgotten_is_gone_from_former_versions_on_the_server_too(on: On, server: Any) -> None:
    on("anna", "init", "--team", "Desk", team="desk")
    ref = on("anna", "win", 'repaired the lamp ^"Ottoline Quill"', team="desk").split()[1]
    on("anna", "edit", ref, 'repaired the lamp of Ottoline Quill ^"Ottoline Quill"', team="desk")
    on("anna", "customer", "forget", "Ottoline Quill", "--yes", team="desk")
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        for table in ("record", "former"):
            found = connection.execute(f"select document from meetingtool.{table} where document ~ 'Ottoline'")
            assert found.fetchall() == []


def test_who_is_forgotten_on_the_server_still_stands_in_what_hr_has_filed_and_that_is_said(on: On) -> None:
    on("anna", "init", "--team", "Desk", team="desk")
    on("anna", "team", "add", "Ottoline Quill", "--started", "2020-01-06", team="desk")
    on("anna", "win", "repaired the lamp @ottoline", team="desk")
    on("anna", "team", "leave", "@ottoline", "--on", "2026-01-05", team="desk")
    said = on("anna", "forget", "@ottoline", "--yes", team="desk")
    assert "The finals that the HR office has, the server's own backups, and papers" in said
    assert "Ottoline" not in on("anna", "team", "list", "--all", team="desk")


def test_a_final_that_nobody_could_have_written_here_is_named_and_stops_no_other(
    on: On, server: Any, tmp_path: Path
) -> None:
    run(["demo", "--keep", str(tmp_path / "sample")], clock=lambda: NOW)
    on("anna", "server", "import", str(tmp_path / "sample"), "desk")
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute("alter table meetingtool.final disable trigger all")
        connection.execute(
            """update meetingtool.final set content = '{"person": {"name": "x"}}' where name = 'Maria Lopez'"""
        )
    (ref,) = [each["ref"] for each in json.loads(on("hr", "finals", "list", "--json")) if each["name"] == "Maria Lopez"]
    assert "can't be printed" in on("hr", "finals", "show", ref, code=1)
    assert f"{ref} of desk is left out" in on(
        "hr", "finals", "export", "--all", "--format", "md", "--to", str(tmp_path)
    )
    assert len(list(tmp_path.glob("*.md"))) == 8
    assert "None of these finals" in on("hr", "finals", "export", ref, "--to", str(tmp_path), code=1)
