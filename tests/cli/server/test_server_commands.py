"""The administrator's, the manager's and the HR office's commands on a server, from an empty database on."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from shutil import rmtree
from typing import Any

import psycopg
import pytest

from meetingtool.cli.entry import run
from meetingtool.rules.people.digests import digest
from meetingtool.store.server.administration import scripts
from tests.store.server.proxy import Proxy

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


def test_a_year_of_a_folder_moves_to_the_server_and_hr_files_its_finals(on: On, server: Any, tmp_path: Path) -> None:
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
    assert "root, filed by anna" in on("hr", "finals", "list")
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute("alter table meetingtool.final disable trigger check_final")
        connection.execute(
            "update meetingtool.final set reopened_at = '2026-02-01' where edition = 1 and team = 'desk'"
        )
    assert "reopened on 2026-02-01" in on("hr", "finals", "show", listed[0]["ref"])
    assert "9 of 9 are as they were finalised." in on("hr", "finals", "verify")
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute("update meetingtool.final set reopened_at = null")
    on("olga", "server", "import", str(tmp_path / "sample"), "other")
    assert "--team: desk, other" in on("hr", "finals", "show", listed[0]["ref"], code=1)
    assert "Aisha Rahman" in on("hr", "finals", "show", listed[0]["ref"], "--team", "other")
    on(
        "hr",
        "finals",
        "export",
        "--all",
        "--team",
        "desk",
        "--year",
        "2025",
        "--format",
        "csv",
        "--format",
        "json",
        "--to",
        str(tmp_path),
    )
    assert len(list(tmp_path.glob("desk *.json"))) == 9
    assert [each.name for each in tmp_path.glob("*.csv")] == ["evaluations desk 2025.csv"]
    assert len(json.loads(on("hr", "finals", "readings", "--json"))) == 1 + 9 + 1 + 9 + 1 + 9
    assert "hr" in on("anna", "finals", "readings")
    assert "9 of 9 are as they were finalised." in on("tom", "finals", "verify")
    assert "HR alone deletes finals" in on("anna", "finals", "forget", "--before", "2020-01-01", "--yes", code=1)
    assert "is a day to come" in on("hr", "finals", "forget", "--before", "2026-12-01", "--yes", code=1)
    roster = tmp_path / "all.csv"
    roster.write_text("Employee ID,Name\n0001,Aisha Rahman\n9999,New Person\n")
    assert "2 of 2 have no final for 2025." in on("hr", "finals", "missing", str(roster), "--year", "2025")
    assert "your own teams alone" in on("anna", "finals", "missing", str(roster), "--year", "2025")

    assert "can be over yet" in on("hr", "finals", "missing", str(roster), "--year", "2027", code=1)

    back = tmp_path / "back"
    assert "the same on both sides" in on("anna", "server", "export", "desk", str(back))
    assert run(["--data", str(back), "check"], clock=lambda: NOW) == 0
    ref = json.loads(on("anna", "finals", "list", "--team", "desk", "--json"))[0]["ref"]
    written = on("anna", "finals", "export", ref, "--team", "desk", "--format", "json", "--to", str(tmp_path))
    assert "for the manager.json" in written
    gone = on("hr", "finals", "forget", "--before", "2026-02-01", "--yes")
    assert ("Deleted 18 finals" in gone, f"{ref} desk " in gone, gone.count(" 2025\n")) == (True, True, 18)
    assert "deleted 9 finals of periods before 2026-02-01" in on("anna", "finals", "readings")
    on("postgres", "server", "team", "add", "third")
    on("postgres", "server", "member", "add", "tom", "third")
    assert "9 of the finals HR deleted on this server; they are not filed again" in on(
        "tom", "server", "import", str(back), "third"
    )
    assert "0 of 0 are" in on("hr", "finals", "verify")


CHANGES = [
    ("content = replace(content, name, name || 's')", "changed after it was made final."),
    ("content = '{' || content", "changed after it was made final, and can't be read."),
    (
        "content = '{\"x\":' || repeat('[', 900) || repeat(']', 900) || '}'",
        "changed after it was made final, and can't be read.",
    ),
    ("content = '{\"x\": 1e400}'", "changed after it was made final, and can't be read."),
    ("content = repeat('[', 90000)", "changed after it was made final, and can't be read."),
    (
        "number = '0042', name = name || chr(10) || chr(27)",
        "the list does not say what the final says (employee number and name).",
    ),
    ("period = '2024', since = '2026-01-01'", "the list does not say what the final says (period and first day)."),
    ("content = content || ' '", "it is written in other bytes than were filed, though it says the same."),
    ("finalised_by = 'tom'", "what the list says of it was changed after it was filed."),
]


def test_hr_is_told_of_each_final_of_which_anything_was_changed_and_the_others_are_checked(
    on: On, server: Any, tmp_path: Path
) -> None:
    run(["demo", "--keep", str(tmp_path / "sample")], clock=lambda: NOW)
    on("anna", "server", "import", str(tmp_path / "sample"), "desk")
    refs = [each["ref"] for each in json.loads(on("hr", "finals", "list", "--json"))]
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute("alter table meetingtool.final disable trigger all")
        for ref, (change, _) in zip(refs, CHANGES, strict=False):
            connection.execute(f"update meetingtool.final set {change} where evaluation like '%{ref[:6]}'")  # type: ignore[arg-type]
    told = on("hr", "finals", "verify", code=1)
    assert "0 of 9 are as they were finalised." in told
    lines = {line[:8]: line for line in told.splitlines()}
    for ref, (change, said) in zip(refs, CHANGES, strict=False):
        assert lines[ref].endswith(said), change
    assert "is not what was finalised: it was changed after" in on("hr", "finals", "show", refs[0], code=1)
    assert "changed after it was made final, and can't be read." in on("hr", "finals", "show", refs[1], code=1)
    told = on("hr", "finals", "export", "--all", "--format", "md", "--to", str(tmp_path))
    assert [f"{ref} of desk is left out" in told for ref in refs] == [False, *[True] * 4, False, True, False, False]


def test_an_administrator_sets_up_reads_and_checks(on: On, server: Any) -> None:
    assert "create policy own_teams on meetingtool.record" in on("postgres", "server", "init", "DSN")
    assert "already set up" in on("postgres", "server", "init", "DSN", "--run")
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute("create table meetingtool.extra (x int)")
    told = on("postgres", "server", "init", "DSN", "--run", code=1)
    assert "The table extra is an added one." in told
    assert "not as it should be" in told
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute("drop table meetingtool.extra")
    assert "as it should be" in on("postgres", "server", "init", "DSN", "--check")
    on("postgres", "server", "team", "add", "north-desk", "--title", "North Desk")
    on("postgres", "server", "member", "add", "olga", "north-desk", "--until", "2027-01-31")
    assert "A title has letters" in on("postgres", "server", "team", "rename", "north-desk", " ", code=1)
    teams = json.loads(on("postgres", "server", "team", "list", "--json"))
    assert [team["members"] for team in teams if team["id"] == "north-desk"] == [
        [{"login": "olga", "until": "2027-01-31", "unread": ""}]
    ]
    assert "olga   added  2027-01-31" in on("postgres", "server", "member", "log")
    assert "for the administrator" in on("anna", "server", "team", "add", "mine", code=1)
    assert "no login 'nobody'" in on("postgres", "server", "member", "add", "nobody", "desk", code=1)
    assert "can't be a team's name" in on("postgres", "server", "team", "add", "North Desk", code=1)


def test_a_database_that_can_not_keep_every_letter_is_not_set_up(on: On, server: Any) -> None:
    address = empty_database(server, "latin", "encoding latin1 locale 'C' template template0")
    assert "encoding LATIN1" in on("postgres", "server", "init", address, "--run", code=1)
    with psycopg.connect(address) as connection, pytest.raises(psycopg.Error, match="needs UTF8"):
        connection.execute("".join(text for _, text in scripts()))


def test_somebody_of_hr_who_becomes_a_manager_is_named(on: On, server: Any) -> None:
    assert "hr is of the HR office, too" in on("postgres", "server", "member", "add", "hr", "other")
    with psycopg.connect(server.address("postgres", on.database)) as connection:
        connection.execute("revoke meetingtool_manager from hr")


def test_what_nobody_can_read_is_set_aside_by_the_team_and_brought_back(on: On, server: Any, tmp_path: Path) -> None:
    run(["demo", "--keep", str(tmp_path / "sample")], clock=lambda: NOW)
    on("anna", "server", "import", str(tmp_path / "sample"), "desk")
    win = json.loads(on("anna", "history", "is:win", "--limit", "0", "--json", team="desk"))[0]
    ids = ("01M8M4GW1FDKC3Y02MHQ31VZZ1", "01M8M4GW1FDKC3Y02MHQ31VZZ2")
    with psycopg.connect(server.address("tom", on.database)) as connection:
        for id, kind in zip(ids, ("zzz", "story"), strict=True):
            document = json.dumps({"id": id, "type": kind, "version": 1, "text": 5})
            connection.execute(
                "select meetingtool.save('desk', %s, '2026-11-24T09:00:00+00:00', 'x', null, %s, %s, %s, %s, %s)",
                [id, [id], ["2026"], [kind], [1], [document]],
            )
    refused = on("anna", "history", team="desk", code=1)
    assert "server set-aside REF" in refused
    assert "31VZZ1" in refused
    told = on("anna", "today", team="desk", code=4)
    assert "Next meeting" in told
    assert "left out here (31VZZ1, 31VZZ2)" in told
    assert "can be read" in on("anna", "server", "set-aside", win["ref"], "--yes", team="desk", code=1)
    assert "does not name a team" in on("anna", "server", "set-aside", "31VZZ1", "--yes", code=1)
    assert "can't be read" in on("olga", "server", "set-aside", "31VZZ1", "--yes", team="other", code=1)
    assert "needs a yes" in on("anna", "server", "set-aside", "31VZZ1", team="desk", code=1)
    refused = on("anna", "server", "export", "desk", str(tmp_path / "back"), code=1)
    assert any(f"server set-aside {id[-6:]}" in refused for id in ids)
    assert not (tmp_path / "back").exists()
    for ref in ("31VZZ1", "31VZZ2"):
        on("anna", "server", "set-aside", ref, "--yes", team="desk")
    assert win["ref"] in on("anna", "history", "is:win", "--limit", "3", team="desk")
    assert "record that can't be read set aside" in on("anna", "undo", "--list", team="desk")
    assert "--back" in on("anna", "undo", team="desk", code=1)
    assert "the same on both sides" in on("anna", "server", "export", "desk", str(tmp_path / "back"))
    assert "set aside already" in on("anna", "server", "set-aside", "31VZZ1", "--yes", team="desk", code=1)
    on("tom", "server", "set-aside", "31VZZ2", "--back", team="desk")
    assert "31VZZ2" in on("anna", "history", team="desk", code=1)


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
        ("postgresql://localhost/x?team=The+Desk", "'The Desk' can't be a team's name"),
        ("postgresql://localhost/x?team=desk&team=other", "names several teams: desk, other"),
        ("postgresql:/localhost/x?team=desk", "Two slashes follow"),
        ("host=db.example.org dbname=x", "a service as postgresql:///?service=NAME&team=TEAM"),
        ("service=meetings", "a service as postgresql:///?service=NAME&team=TEAM"),
        ("postgresql://localhost/x#team=desk", "The team follows ? or &"),
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


def test_a_server_with_an_older_form_is_brought_up_to_date_by_one_command_and_keeps_what_is_filed(
    on: On, server: Any
) -> None:
    address = empty_database(server, "older")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(scripts()[0][1])
        connection.execute(
            "insert into meetingtool.final (team, evaluation, edition, person, number, name, period, since,"
            " until, digest, finalised_at, finalised_by, content) values ('desk', 'X', 1, 'p', '7', 'Zoë', '2025',"
            " '2025-01-01', '2025-12-31', %s, '2026-01-20T15:00:00+00:00', 'anna', %s)",
            (
                digest(content := {"person": {"number": "7", "name": "Zoë"}, "period": {"label": "2025"}}),
                json.dumps(content),
            ),
        )
    told = on("anna", "--data", f"{address}&team=desk", "history", code=1)
    assert "older form: 1" in told
    assert "server init DSN --run" in told
    assert f"Set up: form {scripts()[-1][0]}." in on("postgres", "server", "init", address, "--run")
    assert "as it should be" in on("postgres", "server", "init", address, "--check")
    assert "1 of 1 are as they were finalised" in on("postgres", "--data", address, "finals", "verify")


def empty_database(server: Any, name: str, how: str = "") -> str:
    """The address of a database without a schema."""
    with psycopg.connect(server.address("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"drop database if exists {name}")
        connection.execute(f"create database {name} {how}")
    return str(server.address("postgres", name))


def test_a_deputy_is_not_added_up_to_a_day_that_is_over(on: On) -> None:
    assert "is over" in on("postgres", "server", "member", "add", "dora", "other", "--until", "2026-11-28", code=1)
    assert "until 2026-11-29" in on("postgres", "server", "member", "add", "dora", "other", "--until", "2026-11-29")


def test_the_printed_sql_makes_by_psql_what_run_makes(on: On, server: Any) -> None:
    printed = on("postgres", "server", "init", "DSN")
    address = empty_database(server, "by_hand")
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


def test_what_is_told_by_command_while_the_server_is_away_is_kept_and_recorded_once(
    on: On, server: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    on("tom", "init", "--team", "Harbour Desk", team="desk")
    on("tom", "team", "add", "Maria Lopez", team="desk")
    place = Path(tempfile.mkdtemp(prefix="mt-"))
    line = Proxy(server.place, place)

    def far(*words: str, at: datetime = NOW) -> tuple[int, str]:
        code = run(["--data", f"postgresql://anna@/{on.database}?host={place}&team=desk", *words], clock=lambda: at)  # type: ignore[attr-defined]
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    try:
        line.cut()
        assert far("win", "@maria", "before", "this", "computer", "knew", "the", "team")[0] == 1
        line.mend()
        assert far("history")[0] == 0
        line.cut()
        for kind in ("win", "sticky", "praise", "promise", "action"):
            code, said = far(kind, f"@maria told as {kind}")
            assert (code, "recorded as of now once it answers" in said) == (0, True)
        code, said = far("win", "--on", "yesterday", "@maria late")
        assert (code, "Without options the line is kept" in said) == (1, True)
        assert far("said", "thank you ^Acme")[0] == 1
        code, said = far("history")
        assert (code, "5 things that were told wait" in said, "keep a line here" in said) == (1, True, True)
        line.mend()
        for _ in range(2):
            code, said = far("history", "told as", "--json", at=NOW + timedelta(hours=1))
            assert (code, {each["at"][:16] for each in json.loads(said)}) == (0, {"2026-11-29T09:05"})
            assert sorted(each["text"] for each in json.loads(said)) == [
                f"told as {kind}" for kind in ("action", "praise", "promise", "sticky", "win")
            ]
    finally:
        line.cut()
        rmtree(place)
