"""A server that was set up in any earlier form comes to the newest by one command, with all that is in it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import psycopg
import pytest

from meetingtool.actions.people.office import check
from meetingtool.records.stories import Story
from meetingtool.rules.people.digests import digest
from meetingtool.store import Workspace
from meetingtool.store.server import office
from meetingtool.store.server.address import read_address
from meetingtool.store.server.administration import apply, scripts, set_up
from meetingtool.store.server.comparison import differences
from meetingtool.store.server.link import Link
from tests.store.postgres import Server

TABLES = {
    "form": "version",
    "team": "id, title, seq, closed_at",
    "member": "team, login, until",
    "record": "*",
    "former": "*",
    "deed": "*",
    "step": "*",
    "final": "team, evaluation, edition, person, number, name, period, since, until, digest, finalised_at,"
    " finalised_by, content, filed_by, reopened_at, reason",
    "reading": "number, login, team, evaluation, edition",
    "filed": "*",
    "forgotten": "team, id, edition, sum, digest",
}
"""What is kept, but for the moments at which the server took it in and what is made of them."""

STORY, PERSON, NOW_ANONYMOUS, OLD, RECENT = (f"01M8M4GW1FDKC3Y02MHQ31VZZ{n}" for n in range(5))


def save(link: Link, id: str, version: int, **document: Any) -> None:
    kind = document["type"]
    link.one(
        "select meetingtool.save('desk', %s, '2026-11-24T09:00:00+00:00', 'x', null, %s, %s, %s, %s, %s)",
        f"01M8M4GW1FDKC3Y02MHQ31V{version}{id[-2:]}", [id], ["team" if kind == "person" else "2026"], [kind], [version],
        [json.dumps({"id": id, "version": version, "at": "2026-11-24T09:00:00Z", "made_at": "2026-11-24T09:00:00Z",
                     "made_by": "anna", **document})],
    )  # fmt: skip


def evaluation(year: int, **more: str) -> dict[str, Any]:
    since, until = f"{year}-01-01", f"{year}-12-31"
    period = {"label": str(year), "since": since, "until": until}
    content = {"person": {"id": PERSON, "name": "Zoë", "number": "7"}, "period": period, "made_on": "2026-01-20"}
    final = {"content": content, "digest": digest(content), "finalised_at": "2026-01-20T15:00:00Z"}
    one = {**final, "finalised_by": "anna", **more}
    return {"type": "evaluation", "person": PERSON, "since": since, "until": until, "finals": [one]}


def work(server: Server, database: str, form: int) -> None:
    """What a team and HR did on a server of that form: changed, reopened, read, deleted."""
    anna, hr = (Link(read_address(server.address(login, database), team=False)) for login in ("anna", "hr"))
    for version, text in ((1, "one \x00"), (2, "two \\u0000")):
        save(anna, STORY, version, type="story", kind="win", text=text, line=text)
    save(anna, PERSON, 1, type="person", handle="zoe", name="Zoë \x00")
    save(anna, NOW_ANONYMOUS, 1, type="person", handle="former-1", name="Former-colleague-1")
    for id, year in ((OLD, 2018), (RECENT, 2025)):
        save(anna, id, 1, **evaluation(year))
    save(anna, RECENT, 2, **evaluation(2025, reopened_at="2026-02-01T09:00:00Z", reason="a wrong name"))
    if form < 3:
        read = hr.one("select meetingtool.open_final('desk', %s, 1)", RECENT)
    else:
        noted = hr.one("select meetingtool.note_reading('desk', %s, 1)", RECENT)
        read = hr.one("select meetingtool.open_final(%s)", noted)
    assert "Zoë" in json.dumps(json.loads(read), ensure_ascii=False)
    assert office.forget_finals(hr, date(2020, 1, 1)) == 1
    anna.close()
    hr.close()


def test_every_form_becomes_the_newest_with_all_that_was_in_it(
    server: Server, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    forms, found = [number for number, _ in scripts()], {}
    assert forms == list(range(1, 13))
    for form in forms:
        database = f"form{form}"
        with psycopg.connect(server.address("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(f"create database {database}")
        admin = Link(read_address(server.address("postgres", database), team=False))
        with admin.transaction():
            apply(admin, scripts()[:form])
        admin.run("set role meetingtool_owner")
        admin.run("insert into meetingtool.team (id, title) values ('desk', 'Harbour Desk')")
        admin.run("reset role")
        admin.run("grant meetingtool_manager to anna")
        admin.run("set role meetingtool_owner")
        admin.run("insert into meetingtool.member (team, login) values ('desk', 'anna')")
        if form < 12:
            admin.run("insert into meetingtool.member values ('desk', 'dora', now(), 'infinity')")
        admin.run("reset role")
        work(server, database, form)
        assert set_up(admin) == forms[form:]
        said = differences(admin)
        assert [each for each in said if "can't be read (infinity)" not in each] == []
        assert (form < 12) == any("The time of dora in the team desk" in each for each in said)
        admin.run("delete from meetingtool.member where login = 'dora'")
        found[form] = {
            table: admin.rows(f"select {columns} from meetingtool.{table} order by 1, 2" if table != "form" else
                              "select version from meetingtool.form") for table, columns in TABLES.items()
        }  # fmt: skip
        assert [row[:3] for row in found[form]["forgotten"]] == [("desk", NOW_ANONYMOUS, 0), ("desk", OLD, 1)]
        hr = Link(read_address(server.address("hr", database), team=False))
        assert [(each.final.evaluation, each.why) for each in check(hr, office.finals(hr))] == [(RECENT, "")]
        with Workspace.open(server.address("anna", database, "desk")) as workspace:
            assert [story.text for story in workspace.find(Story)] == ["two \\u0000"]
        hr.close()
        admin.close()
    assert [form for form in forms if found[form] != found[forms[-1]]] == []
