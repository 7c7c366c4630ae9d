"""Whoever leaves something open on the server keeps nobody else from work, and takes nothing back by it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import msgspec
import psycopg
import pytest

from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.digests import digest
from meetingtool.store.errors import ServerBusy
from meetingtool.store.server import administration, office
from meetingtool.store.server.books import ServerBooks
from meetingtool.store.transaction import begun

SOON, FORGET = date(2026, 1, 1), "select meetingtool.forget_finals('2026-01-01')"
WAITING = "select count(*) from pg_locks where relation = 'meetingtool.forgetting'::regclass and not granted"
PATIENT = "select count(*) from pg_stat_activity where usename = 'hr' and wait_event = 'PgSleep'"


def evaluation(year: int, now: datetime) -> Evaluation:
    """A final evaluation of a year."""
    since, until = date(year, 1, 1), date(year, 12, 31)
    period = {"label": str(year), "since": str(since), "until": str(until)}
    content = {"person": {"id": "p", "name": "Karim", "number": "7"}, "period": period}
    final = Final(content=content, digest=digest(content), finalised_at=now, finalised_by="anna")
    made = {"at": now, "made_at": now, "made_by": "anna"}
    return Evaluation(id=mint(now), person="p", since=since, until=until, state="final", finals=(final,), **made)


def test_a_deletion_of_finals_that_is_left_open_stops_no_save_and_nothing_deleted_is_filed_again(
    open_as: Any, linked: Any, now: datetime
) -> None:
    workspace, hr, admin = open_as("anna"), linked("hr"), linked("postgres")
    admin.run("alter function meetingtool.file_finals() set lock_timeout = '50ms'")
    old, recent = evaluation(2024, now), evaluation(2025, now)
    for each in (old, recent):
        workspace.save(each, deed=deeds.EVALUATION_FINAL, now=now)
    with psycopg.connect(hr.address.conninfo) as office_open:
        assert office_open.execute(FORGET).fetchone() == (2,)
        assert office_open.execute("show idle_in_transaction_session_timeout").fetchone() == ("1min",)
        noted = msgspec.structs.replace(recent, version=2, strengths="Patient.")
        workspace.save(noted, deed=deeds.EVALUATION_WRITTEN, now=now)
        copy = msgspec.structs.replace(old, id=mint(now))
        with pytest.raises(ServerBusy, match="isn't done"):
            workspace.save(copy, deed=deeds.EVALUATION_FINAL, now=now)
        admin.run("alter function meetingtool.file_finals() set lock_timeout = '20s'")
        with ThreadPoolExecutor() as threads:
            saved = threads.submit(workspace.save, copy, deed=deeds.EVALUATION_FINAL, now=now)
            while not admin.one(WAITING):
                assert not saved.done()
            office_open.commit()
            saved.result()
    assert office.finals(linked("hr")) == [], "it was deleted while its save waited"
    reopened = msgspec.structs.replace(recent.finals[0], reopened_at=now, reason="x")
    again = msgspec.structs.replace(noted, version=3, finals=(reopened,))
    with psycopg.connect(hr.address.conninfo) as office_open:
        office_open.execute(FORGET)
        workspace.save(again, deed=deeds.EVALUATION_FINAL, now=now)
    assert office.finals(linked("hr")) == []


def test_hr_deletes_what_was_filed_while_it_waited_and_lets_everybody_else_go_first(
    open_as: Any, linked: Any, now: datetime
) -> None:
    anna, hr, admin = linked("anna"), linked("hr"), linked("postgres")
    with ThreadPoolExecutor() as threads, anna.transaction():
        ServerBooks(anna, "desk").send(begun(None, now, "anna", deeds.EVALUATION_FINAL, None), [evaluation(2025, now)])
        deleted = threads.submit(office.forget_finals, hr, SOON)
        while not admin.one(PATIENT):
            assert not deleted.done()
        open_as("olga", "other").save(evaluation(2024, now), deed=deeds.EVALUATION_FINAL, now=now)
        assert not deleted.done()
    assert deleted.result() == 2
    assert office.finals(hr) == []


def test_an_upgrade_that_somebody_is_in_the_way_of_ends_and_names_who(
    server: Any, linked: Any, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, last = linked("postgres"), administration.scripts()[-1]
    admin.run("update meetingtool.form set version = version - 1")
    monkeypatch.setattr(administration, "WITHOUT_WAITING", "set local lock_timeout = '20ms'")
    monkeypatch.setattr(administration, "scripts", lambda: [(last[0], "alter table meetingtool.record add x text")])
    with psycopg.connect(linked("olga").address.conninfo) as reader:
        reader.execute("select count(*) from meetingtool.records_of('other')")
        with pytest.raises(Refused, match=r"Nothing was changed: olga \(process \d+\) had a transaction open"):
            administration.set_up(admin)
    assert administration.set_up(admin) == [last[0]]


LOCKS = (
    ("keeper", "lock table meetingtool.member in access exclusive mode"),
    ("keeper", "lock table meetingtool.team in share mode"),
    ("keeper", "update meetingtool.team set title = title"),
    ("keeper", "delete from meetingtool.member"),
    ("hr", "lock table meetingtool.final in share mode"),
    ("hr", "lock table meetingtool.forgetting in share mode"),
    ("anna", "lock table meetingtool.forgetting in row exclusive mode"),
    ("anna", "lock table meetingtool.record in share mode"),
)


def test_nobody_locks_a_table_and_what_is_left_open_ends_by_itself(linked: Any) -> None:
    linked("postgres").run("drop role if exists keeper; create role keeper login; grant meetingtool_teams to keeper")
    for login, statement in LOCKS:
        link = linked(login)
        with pytest.raises(Refused, match="may not do that"), link.transaction():
            link.run(statement)
    keeper = linked("keeper")
    for call in ("rename_team('desk', 'Desk')", "remove_member('desk', 'tom')", "close_team('desk', false)"):
        with keeper.transaction():
            assert keeper.one(f"select meetingtool.{call}")
            assert keeper.one("show idle_in_transaction_session_timeout") == "1min"
    with pytest.raises(Refused):
        linked("anna").one("select meetingtool.add_team('more', 'More')")
