"""A manager reads and writes own teams, the HR office the finals, and nobody anything else, whatever they try."""

from __future__ import annotations

import json
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec
import psycopg
import pytest

from meetingtool.actions.people.evaluation_course import not_filed
from meetingtool.actions.people.office import gone, missing
from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.records.stories import Story
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.digests import digest
from meetingtool.store import Workspace, WorkspaceMissing
from meetingtool.store.server import administration, office
from meetingtool.store.server.address import read_address
from meetingtool.store.server.comparison import differences
from meetingtool.store.server.link import Link
from tests.store.postgres import Server

Make = Any
ON_THE_LIST = (("Maria", "42"), ("Tom", "43"), ("Zoë", ""))
MARK = "quillworth"
"""Stands in every record of the team that others try to read."""

READ = [
    "select document from meetingtool.record",
    "select document from meetingtool.former",
    "select content from meetingtool.final",
    "select * from meetingtool.final",
    "table meetingtool.record",
    "copy meetingtool.record to stdout",
    "copy (select document from meetingtool.record) to stdout",
    "select string_agg(document, ' ') from meetingtool.record",
    "set role meetingtool_owner; select document from meetingtool.record",
    "set session authorization anna; select document from meetingtool.record",
    "set local session_user to 'anna'; select document from meetingtool.record",
    "select set_config('role', 'anna', false); select document from meetingtool.record",
    "set row_security = off; select document from meetingtool.record",
    "do $$ begin perform 1; raise notice '%', (select document from meetingtool.record limit 1); end $$",
    "prepare p as select document from meetingtool.record; execute p",
    "create temp view v as select document from meetingtool.record; select * from v",
    "create temp table t as select document from meetingtool.record; select * from t",
    "create function pg_temp.f() returns setof text language sql security definer"
    " as 'select document from meetingtool.record'; select pg_temp.f()",
    "explain (analyze, verbose) select document from meetingtool.record where document like '%quill%'",
    "select most_common_vals::text from pg_stats where schemaname = 'meetingtool'",
    "select query from pg_stat_activity",
    "select pg_read_file('base/1/PG_VERSION')",
    "select document from meetingtool.record where (document::json ->> 'id')::int = 1",
    "select 1 / (select length(document) - length(document) from meetingtool.record limit 1)",
    "select lo_import('/etc/passwd')",
    "select meetingtool.open_final('desk', (select evaluation from meetingtool.final limit 1), 1)",
    "select * from meetingtool.team where id = 'desk'",
    "select * from meetingtool.step where team = 'desk'",
    "select * from meetingtool.deed where team = 'desk'",
    "select * from meetingtool.member where team = 'desk'",
    "listen meetingtool; select document from meetingtool.record",
    "declare c cursor for select document from meetingtool.record; fetch all in c",
    "select row_to_json(record) from meetingtool.record record",
    "select xmlforest(document) from meetingtool.record",
    "select query_to_xml('select document from meetingtool.record', true, true, '')",
    "with w as (select document from meetingtool.record) select * from w",
    "select document from only meetingtool.record for update",
    "select document from meetingtool.record tablesample system (100)",
    *(
        f"select t::text from meetingtool.{call} t"
        for call in (
            "records_of('desk')",
            "records_since('desk', 0)",
            "documents_in('desk', '2026')",
            "formers_of('desk', null)",
            "last_deeds('desk', null)",
        )
    ),
    "lock table meetingtool.record in access exclusive mode; select document from meetingtool.record",
    "create policy all_of_it on meetingtool.record using (true); select document from meetingtool.record",
    "alter table meetingtool.record disable row level security; select document from meetingtool.record",
    "grant meetingtool_manager to current_user; select document from meetingtool.record",
    "create schema mine; create table mine.t (like meetingtool.record); select * from mine.t",
    "select meetingtool.save('desk', 'x', 'x', 'x', null, '{x}', '{team}', '{x}', '{1}', '{x}')",
]

WRITE = [
    "update meetingtool.record set document = document",
    "delete from meetingtool.record",
    "insert into meetingtool.member (team, login) values ('desk', session_user)",
    "update meetingtool.final set content = '{}'",
    "delete from meetingtool.final",
    "insert into meetingtool.final (team, evaluation, edition, person, number, name, period, since, until, digest,"
    " finalised_at, finalised_by, content) values ('desk', 'x', 1, '', '', '', '', now(), now(), '', '', '', '')",
    "update meetingtool.final set reopened_at = null",
    "truncate meetingtool.final",
    "alter table meetingtool.final disable trigger all",
    "drop trigger check_final on meetingtool.final",
    "delete from meetingtool.reading",
    "delete from meetingtool.filed",
    "update meetingtool.filed set sum = ''",
    "delete from meetingtool.forgetting",
    "delete from meetingtool.forgotten",
    "insert into meetingtool.forgotten values ('x', 1)",
    "insert into meetingtool.forgetting (team, before, finals) values ('desk', now(), 1)",
    "update meetingtool.reading set login = 'other'",
    "update meetingtool.team set seq = 0",
    "set role meetingtool_owner; update meetingtool.final set content = '{}'",
    "set session_replication_role = replica; delete from meetingtool.final",
    "select meetingtool.forget_finals('2999-01-01')",
    "merge into meetingtool.final f using (select 1) s on true when matched then update set content = ''",
    "insert into meetingtool.final select * from meetingtool.final on conflict (team, evaluation, edition)"
    " do update set content = ''",
]


def tried(link: Any, statements: str) -> str:
    """Everything that comes back, answers and errors; in one go as the statements stand."""
    said: list[str] = []
    with psycopg.connect(link.address.conninfo, autocommit=True) as connection:
        connection.add_notice_handler(lambda notice: said.append(str(notice.message_primary)))
        try:
            if statements.startswith("copy"):
                with connection.cursor() as cursor, cursor.copy(statements) as copied:  # type: ignore[call-overload]
                    said += [bytes(data).decode() for data in copied]
            else:
                cursor = connection.execute(statements)  # type: ignore[call-overload]
                while True:
                    if cursor.description:
                        said += [str(row) for row in cursor.fetchall()]
                    if not cursor.nextset():
                        break
        except psycopg.Error as error:
            said += [str(error), str(error.diag.message_detail), str(error.diag.context)]
    return "\n".join(said)


def filled(workspace: Workspace, make: Make, now: datetime) -> Evaluation:
    """A story, a former version of it and a final, all with the mark."""
    story = make.story(f"about {MARK}")
    workspace.save(story, deed=deeds.WIN, now=now)
    workspace.save(
        msgspec.structs.replace(story, version=2, text=f"more about {MARK}"), deed=deeds.STORY_EDITED, now=now
    )
    content = {"person": {"id": "p", "name": "Maria", "number": "0042"}, "period": {"label": "2025"}, "words": MARK}
    final = Final(content=content, digest=digest(content), finalised_at=now, finalised_by="anna")
    evaluation = Evaluation(
        id=mint(now), at=now, made_at=now, made_by="anna", person="p", since=date(2025, 1, 1), until=date(2025, 12, 31),
        state="final", finals=(final,), strengths=MARK,
    )  # fmt: skip
    workspace.save(evaluation, deed=deeds.EVALUATION_FINAL, now=now)
    return evaluation


def test_nobody_reads_another_team_by_any_of_forty_ways(open_as: Any, linked: Any, make: Make, now: datetime) -> None:
    mine = open_as("anna")
    filled(mine, make, now)
    assert MARK in tried(linked("anna"), "select document from meetingtool.records_of('desk')")
    assert len(READ) >= 40
    for login in ("olga", "hr"):
        link = linked(login)
        for statements in READ:
            assert MARK not in tried(link, statements) or ("open_final" in statements and login == "hr"), statements
    with pytest.raises(WorkspaceMissing, match="no team 'desk' for the login 'olga'"):
        open_as("olga")
    assert open_as("olga", "other").find(Story) == []


def test_no_statement_of_a_manager_or_of_hr_changes_a_final_or_a_record(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    filled(open_as("anna"), make, now)
    admin = linked("postgres")

    def kept() -> list[Any]:
        tables = ("record", "former", "final", "member", "reading", "team")
        return [admin.rows(f"select * from meetingtool.{table} order by 1, 2, 3") for table in tables]

    before = kept()
    for login in ("anna", "dora", "olga", "hr"):
        link = linked(login)
        for statements in WRITE:
            if login == "hr" and "forget_finals" in statements:
                continue
            tried(link, statements)
            assert kept() == before, (login, statements)


def test_every_table_holds_everybody_to_its_row_security_and_has_a_policy(linked: Any) -> None:
    rows = linked("postgres").rows(
        "select relname, relrowsecurity, relforcerowsecurity,"
        " (select count(*) from pg_policies where schemaname = 'meetingtool' and tablename = relname)"
        " from pg_class where relnamespace = 'meetingtool'::regnamespace and relkind = 'r'"
    )
    assert len(rows) == 13
    assert [name for name, enabled, forced, policies in rows if not (enabled and forced and policies)] == []
    assert differences(linked("postgres")) == []


CHANGED = [
    ("drop policy own_teams on meetingtool.record", "The policy own_teams of the table record is missing."),
    (
        "create policy more on meetingtool.record using (true)",
        "The policy more of the table record is an added",
    ),
    (
        "alter policy own_teams on meetingtool.former using (true)",
        "own_teams of the table former was changed.",
    ),
    ("grant select on meetingtool.record to meetingtool_hr", "The table record was changed."),
    ("grant select (content) on meetingtool.final to meetingtool_hr", "The column content of the table final was"),
    ("alter table meetingtool.final no force row level security", "The table final was changed."),
    (
        "alter table meetingtool.final drop constraint final_pkey",
        "final_pkey of the table final is missing",
    ),
    (
        "drop trigger check_version on meetingtool.record",
        "check_version of the table record is missing",
    ),
    ("alter table meetingtool.record disable trigger check_depth", "check_depth of the table record was changed."),
    ("alter function meetingtool.my_teams() security invoker", "The function my_teams() was changed."),
    (
        "grant execute on function meetingtool.forget_finals(date) to public",
        "forget_finals(p_before date) was",
    ),
    ("create table meetingtool.extra (x int)", "The table extra is an added one."),
    ("create view meetingtool.more as table meetingtool.record", "The view more is an added one."),
    ("create role wide login bypassrls", "The login wide may pass by the rules of the server (bypassrls)."),
    ("create role wide login; grant pg_read_all_data to wide", "wide may pass by the rules"),
    ("create role wide login; grant meetingtool_owner to wide", "(meetingtool_owner)"),
    ("create role mid bypassrls; create role wide login; grant mid to wide", "wide may pass by the rules"),
    ("create role wide login superuser; grant meetingtool_manager to wide", "(superuser)"),
    (
        "create role wide login; alter role wide set session_replication_role = replica",
        "The setting session_replication_role=replica changes how the rules work for wide in every database.",
    ),
    (
        "create role wide; grant set on parameter session_replication_role to wide",
        "The role wide may set session_replication_role",
    ),
    (
        "create rule spy as on insert to meetingtool.record do also select 1",
        "The rule spy on the table record is an added one.",
    ),
    ("create publication away for table meetingtool.record", "The publication away gives away the table record."),
    ("create table child () inherits (meetingtool.record)", "The table child takes part in the table"),
    (
        "create function public.any(q text) returns void language plpgsql security definer as 'begin execute q; end'",
        'The function "any"(text) runs with the rights of postgres whatever text it is given.',
    ),
    ("create statistics shares on team, kind from meetingtool.record", "The statistics shares keep values of"),
    (
        "create function public.watch() returns event_trigger language plpgsql as 'begin end';"
        " create event trigger watched on ddl_command_end execute function public.watch()",
        "The event trigger watched runs watch().",
    ),
    (
        "create function public.peep(text) returns boolean language sql leakproof as 'select true'",
        "The function peep(text) counts as leakproof",
    ),
    (
        "create role wide login; grant meetingtool_hr to wide with admin option",
        "The login wide may make itself and others members of meetingtool_hr.",
    ),
    (
        "insert into meetingtool.forgetting (team, before, finals) values ('desk', '2020-01-01', 1)",
        "The table forgotten is empty, though HR deleted finals",
    ),
    (
        "alter default privileges for role meetingtool_owner in schema meetingtool grant all on tables to public",
        "What meetingtool_owner makes in the future gives rights away",
    ),
]


def test_what_an_administrator_changed_in_the_schema_is_said(linked: Any) -> None:
    admin = linked("postgres")
    with admin.transaction():
        for number, (change, _) in enumerate(CHANGED):
            admin.run(change.replace("wide", f"wide{number}").replace("mid ", f"mid{number} "))
        found = " ".join(differences(admin))
        assert [said for n, (_, said) in enumerate(CHANGED) if said.replace("wide", f"wide{n}") not in found] == []
        assert administration.set_up(admin) == []
        raise psycopg.Rollback
    assert differences(admin) == []


def test_hr_lists_finals_without_content_and_leaves_a_line_for_each_that_it_opens(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    workspace = open_as("anna")
    evaluation = filled(workspace, make, now)
    hr, olga = linked("hr"), linked("olga")
    (filed,) = office.finals(hr)
    assert (filed.team, filed.number, filed.name, filed.period, filed.edition) == ("desk", "0042", "Maria", "2025", 1)
    assert office.readings(hr) == []
    assert office.content_of(hr, filed)["words"] == MARK
    own = [RosterRow(line=n, name=name, number=number) for n, (name, number) in enumerate(ON_THE_LIST, 2)]
    assert [each.name for each in missing(hr, own, 2025)] == ["Tom", "Zoë"]
    (reading,) = office.readings(hr)
    assert (reading.login, reading.evaluation, reading.edition) == ("hr", evaluation.id, 1)
    assert [each.login for each in office.readings(linked("anna"))] == ["hr"]
    assert office.readings(olga) == []
    with pytest.raises(Refused):
        office.content_of(olga, filed)
    assert office.content_of(linked("anna"), filed)["words"] == MARK, "a manager opens those of the own team"
    assert [each.login for each in office.readings(linked("anna"))] == ["anna", "hr"]


NOTED = "meetingtool.note_reading(team, evaluation, edition)"
FINALS = "meetingtool.list_finals('', null)"
UNSEEN = [
    f"begin; select meetingtool.open_final({NOTED}) from {FINALS}; rollback",
    f"begin; select {NOTED} from {FINALS}; savepoint s; select meetingtool.open_final(1); rollback",
    f"begin; savepoint s; select {NOTED} from {FINALS}; release s;"
    " select meetingtool.open_final(1), meetingtool.open_final(2); rollback",
    f"select meetingtool.open_final({NOTED})::integer from {FINALS}",
    "do $$ declare said text; begin begin"
    f" select meetingtool.open_final({NOTED}) into said from {FINALS}; raise notice '%', said; raise 'no';"
    " exception when others then raise notice '%', said; end; end $$",
    f"do $$ begin perform {NOTED} from {FINALS}; rollback;"
    " raise notice '%', (select string_agg(meetingtool.open_final(n), '') from generate_series(1, 9) n); end $$",
    f"select meetingtool.open_final('desk', (select evaluation from {FINALS}), 1)",
]


@pytest.mark.parametrize("statements", UNSEEN)
def test_hr_reads_no_final_whose_reading_is_not_committed(
    open_as: Any, linked: Any, make: Make, now: datetime, statements: str
) -> None:
    filled(open_as("anna"), make, now)
    hr = linked("hr")
    assert MARK not in tried(hr, statements)
    note = f"select {NOTED} from {FINALS}"
    number = hr.one(note)
    assert MARK in tried(linked("hr"), f"select meetingtool.open_final({number})"), "another session of hers"
    assert MARK not in tried(linked("anna"), f"select meetingtool.open_final({number})")
    assert MARK not in tried(linked("postgres"), f"select meetingtool.open_final({number})"), "not the same login"
    linked("postgres").run("update meetingtool.reading set at = at - interval '61 seconds'")
    assert MARK not in tried(hr, f"select meetingtool.open_final({number})"), "too late"
    assert number in {n for (n,) in hr.rows("select number from meetingtool.list_readings()")}


def test_a_final_stays_filed_whatever_becomes_of_the_evaluation(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    workspace = open_as("anna")
    evaluation = filled(workspace, make, now)
    forged = msgspec.structs.replace(evaluation.finals[0], content={"words": "another"})
    workspace.save(
        msgspec.structs.replace(evaluation, version=2, finals=(forged,)), deed=deeds.EVALUATION_FINAL, now=now
    )
    reopened = msgspec.structs.replace(evaluation.finals[0], reopened_at=now, reason="a wrong name")
    workspace.save(
        msgspec.structs.replace(evaluation, version=3, finals=(reopened,), removed_at=now), deed=deeds.REMOVED, now=now
    )
    assert not_filed(workspace, evaluation) == ""
    (filed,) = office.finals(linked("hr"))
    assert (filed.reason, filed.reopened_at) == ("a wrong name", now.isoformat())
    assert office.content_of(linked("hr"), filed)["words"] == MARK
    assert office.forget_finals(linked("hr"), date(2025, 12, 31)) == 0
    for day in ("infinity", "2999-01-01", None):
        with pytest.raises(MeetingtoolError):
            linked("hr").one("select meetingtool.forget_finals(%s::date)", day)
    assert office.forget_finals(linked("hr"), date(2026, 1, 1)) == 1
    assert office.finals(linked("hr")) == []
    assert (gone(linked("hr")), office.sums(linked("hr"))) == ([], {})
    again = msgspec.structs.replace(evaluation, version=4, finals=(reopened,), removed_at=None)
    workspace.save(again, deed=deeds.EVALUATION_FINAL, now=now)
    assert office.finals(linked("hr")) == [], "what HR deleted is not filed again when its evaluation changes"
    assert "The HR office does not get it" in not_filed(workspace, again)
    workspace.save(
        msgspec.structs.replace(again, version=5, finals=(reopened, evaluation.finals[0])),
        deed=deeds.EVALUATION_FINAL,
        now=now,
    )
    other = msgspec.structs.replace(again, id=mint(now), version=1, finals=evaluation.finals)
    workspace.save(other, deed=deeds.EVALUATION_FINAL, now=now)
    assert office.finals(linked("hr")) == [], "nor as another edition, nor in another evaluation"
    workspace.save(
        msgspec.structs.replace(again, version=6, finals=(reopened, msgspec.structs.replace(forged, digest="new"))),
        deed=deeds.EVALUATION_FINAL,
        now=now,
    )
    assert [each.edition for each in office.finals(linked("hr"))] == [2]
    for login in ("hr", "anna"):
        (line,) = office.forgettings(linked(login))
        assert (line.login, line.team, line.before, line.finals) == ("hr", "desk", date(2026, 1, 1), 1)
    assert office.forgettings(linked("olga")) == []


def test_what_one_team_sends_is_forgotten_in_that_team_alone(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    olga = linked("olga")
    evaluation_id, person = mint(now), make.person(handle="former-7", name="Former-colleague-7")
    final = {"content": {"words": "x"}, "digest": "x", "finalised_at": "1991-01-01", "finalised_by": "olga"}
    document = {"type": "evaluation", "id": evaluation_id, "person": "p", "since": "1990-01-01", "until": "1990-12-31"}
    for id, kind, said in (
        (evaluation_id, "evaluation", json.dumps({**document, "finals": [final]})),
        (person.id, "person", msgspec.json.encode(person).decode()),
    ):
        olga.one(
            "select meetingtool.save('other', %s, '2026-01-01T00:00:00Z', 'x', null, %s, '{2026}', %s, '{1}', %s)",
            id, [id], [kind], [said],
        )  # fmt: skip
    assert office.forget_finals(linked("hr"), date(2000, 1, 1)) == 1
    workspace = open_as("anna")
    evaluation = filled(workspace, make, now)
    mine = msgspec.structs.replace(evaluation, id=evaluation_id, finals=evaluation.finals)
    workspace.save(mine, deed=deeds.EVALUATION_FINAL, now=now)
    assert [each.team for each in office.finals(linked("hr"))] == ["desk", "desk"]
    among = "select meetingtool.forgotten_among(%s)"
    assert (linked("anna").rows(among, [person.id]), olga.rows(among, [person.id])) == ([], [(person.id,)])


ROWS_READ = (
    "select relname, seq_scan, seq_tup_read, idx_scan, idx_tup_fetch from pg_stat_xact_user_tables"
    " where schemaname = 'meetingtool' and relname in ('record', 'former', 'deed', 'step', 'final') order by 1"
)


def test_no_plan_of_a_statement_tells_of_rows_elsewhere(open_as: Any, linked: Any, make: Make, now: datetime) -> None:
    filled(open_as("anna"), make, now)
    admin = linked("postgres")
    tables = [name for (name,) in admin.rows("select tablename from pg_tables where schemaname = 'meetingtool'")]
    assert len(tables) == 13
    for table in sorted({*tables} - {"form"}):
        for login in ("olga", "hr"):
            with pytest.raises(Refused):
                linked(login).rows(f"explain analyze select from meetingtool.{table}")
    for asked in ("list_finals('', null) where name >= 'M'", "records_of('desk') where id >= '0'"):
        plan = linked("olga").rows(f"explain (analyze, costs off, timing off) select from meetingtool.{asked}")
        assert ("Function Scan" in str(plan), "Removed" in str(plan)) == (True, False)
    olga, calls = linked("olga"), [call for call in READ if call.startswith("select t::text")]
    with olga.transaction():
        before = olga.rows(ROWS_READ)
        for call in (*calls, "select meetingtool.list_finals('desk', 2025)", "select meetingtool.is_kept('desk', 'x')"):
            assert olga.rows(call) in ([], [(False,)])
        assert (len(calls), olga.rows(ROWS_READ)) == (5, before)


def test_a_membership_lets_nobody_read_before_it_is_committed_nor_another_login_of_that_name(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    open_as("anna").save(make.story(MARK), deed=deeds.WIN, now=now)
    admin, read = linked("postgres"), "select document from meetingtool.records_of('desk')"
    login = f"pia{linked('anna').address.conninfo.rpartition('@/')[2].partition('?')[0]}"
    grant = f"grant meetingtool_manager, meetingtool_teams to {login}"
    admin.run(f"create role {login} login; {grant}")
    try:
        pia = Link(read_address(admin.address.conninfo.replace("postgres@", f"{login}@"), team=False))
        join = f"select meetingtool.add_member('desk', '{login}', null)"
        assert MARK not in tried(pia, f"begin; {join}; savepoint s; {read}; rollback")
        assert MARK not in tried(pia, f"begin; savepoint s; {join}; release s; {read}; rollback")
        assert pia.rows(read) == []
        administration.add_member(admin, login, "desk")
        assert MARK in str(pia.rows(read))
        pia.close()
        admin.run(f"reset role; drop role {login}; create role {login} login; {grant}")
        assert MARK not in tried(pia, read), "a new login of the old name"
    finally:
        admin.run(f"reset role; drop role {login}")


def test_a_final_that_is_gone_without_a_line_of_hr_is_missed_and_other_bytes_are_seen(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    evaluation = filled(open_as("anna"), make, now)
    hr, admin = linked("hr"), linked("postgres")
    filed = office.sums(hr)
    (final,) = office.finals(hr)
    text = office.text_of(hr, final)
    assert list(filed.values()) == [sha256(text.encode()).hexdigest()]
    admin.run("alter table meetingtool.final disable trigger check_final")
    admin.run("delete from meetingtool.final")
    assert gone(hr) == [f"{evaluation.id[-6:]}.1 desk"]
    assert gone(hr, team="other") == []


def test_no_final_that_hr_can_not_read_is_filed_by_a_statement(linked: Any) -> None:
    id, anna = "0" * 26, linked("anna")
    for until, content in (
        *(("infinity", {}), ("0044-03-15 BC", {}), ("99999-01-01", {}), ("2025-12-31", [1]), ("2025-12-31", "text")),
    ):
        one = {"content": content, "digest": "x", "finalised_at": "2026-01-01", "finalised_by": "anna"}
        document = {"type": "evaluation", "id": id, "person": "p", "since": "2025-01-01", "until": until}
        with pytest.raises(MeetingtoolError, match="refused"):
            anna.one(
                "select meetingtool.save('desk', %s, '2026-01-01T00:00:00Z', 'x', null, %s, %s, %s, %s, %s)",
                id, [id], ["2025"], ["evaluation"], [1], [json.dumps({**document, "finals": [one]})],
            )  # fmt: skip
    assert office.finals(linked("hr")) == []


def test_a_role_that_may_create_roles_sets_up_a_database_of_its_own(server: Server, linked: Any) -> None:
    admin = linked("postgres")
    admin.run("create role maker login createrole")
    is_16 = int(admin.one("select current_setting('server_version_num')")) >= 160_000
    how = "admin true, set false" if is_16 else "admin option"
    admin.run("create database makers owner maker")
    link = Link(read_address(server.address("maker", "makers"), team=False))
    if is_16:
        with pytest.raises(Refused, match="made by another login, for another database"):
            administration.set_up(link)
    admin.run(f"grant meetingtool_owner, meetingtool_manager, meetingtool_hr to maker with {how}")
    administration.set_up(link)
    assert differences(link) == []
    administration.add_team(link, "new", "New")
    link.close()
    admin.run("alter role maker nologin")


def test_somebody_of_hr_who_manages_a_team_opens_finals_as_all_of_hr_do(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    filled(open_as("anna"), make, now)
    administration.add_member(linked("postgres"), "hr", "other")
    hr = linked("hr")
    try:
        for statement in ("select content from meetingtool.final", "table meetingtool.final"):
            assert MARK not in tried(hr, statement)
        (final,) = office.finals(hr)
        assert office.content_of(hr, final)["words"] == MARK
        assert len(office.readings(hr)) == 1
        assert open_as("hr", "other").find(Story) == []
    finally:
        linked("postgres").run("revoke meetingtool_manager from hr")


def test_a_document_says_its_id_once_and_a_deed_keeps_who_began_it(linked: Any) -> None:
    one, two = "0" * 25 + "1", "0" * 25 + "2"

    def save(login: str, deed: str, id: str, document: str) -> None:
        linked(login).one(
            "select meetingtool.save('desk', %s, '2026-01-01T00:00:00Z', 'x', null, %s, '{2026}', '{win}', '{1}', %s)",
            deed, [id], [document],
        )  # fmt: skip

    for document in (
        f'{{"type":"win","id":"{two}","i\\\\d":"{one}"}}',
        f'{{"type":"win","id":"{two}","id":"{one}"}}',
        f'{{"type":"story","type":"win","id":"{one}"}}',
    ):
        with pytest.raises(MeetingtoolError, match="MT400"):
            save("anna", one, one, document)
    save("anna", one, one, f'{{"type":"win","id":"{one}","text":"a \\\\ and \\u0000"}}')
    with pytest.raises(MeetingtoolError, match="MT400"):
        save("tom", one, two, f'{{"type":"win","id":"{two}"}}')
    save("anna", one, two, f'{{"type":"win","id":"{two}"}}')
    assert linked("tom").rows("select by from meetingtool.last_deeds('desk', null)") == [("anna",)]


def test_who_looks_after_teams_reads_no_record_and_changes_no_rule(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    filled(open_as("anna"), make, now)
    root = linked("postgres")
    root.run("drop role if exists keeper")
    root.run("create role keeper login; grant meetingtool_teams to keeper")
    root.run("grant meetingtool_manager to keeper with admin option")
    keeper = linked("keeper")
    administration.add_team(keeper, "third", "Third Desk")
    administration.rename_team(keeper, "third", "The Third")
    administration.close_team(keeper, "third")
    administration.add_member(keeper, "olga", "third", date(2030, 1, 1))
    administration.remove_member(keeper, "olga", "third")
    assert {team.id for team in administration.teams(keeper)} == {"desk", "other", "third"}
    for statement in (*READ, "alter table meetingtool.record no force row level security; table meetingtool.record"):
        assert MARK not in tried(keeper, statement), statement
    with pytest.raises(Refused):
        keeper.run("update meetingtool.team set seq = 0")


def test_two_people_of_whom_leading_zeros_alone_tell_the_numbers_apart_are_two(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    filled(open_as("anna"), make, now)
    both = [RosterRow(line=n, name=name, number=number) for n, name, number in ((2, "Maria", "0042"), (3, "Tom", "42"))]
    assert [each.name for each in missing(linked("hr"), both, 2025)] == ["Tom"]
    assert missing(linked("hr"), [both[1]], 2025) == []


def test_deleting_former_versions_is_a_line_in_the_log_and_an_open_deed_ends_by_itself(linked: Any) -> None:
    anna, id = linked("anna"), "01M8M4GW1FDKC3Y02MHQ31VZZ1"
    for version in (1, 2):
        anna.one(
            "select meetingtool.save('desk', %s, '2026-01-01T00:00:00Z', 'x', null, %s, '{2026}', '{win}', %s, %s)",
            id[:-1] + str(version), [id], [version], [f'{{"type":"win","id":"{id}","version":{version}}}'],
        )  # fmt: skip
    tom = linked("tom")
    assert tom.one("select meetingtool.purge('desk', %s)", [id]) == 1
    assert tom.one("select meetingtool.purge('desk', %s)", [id]) == 0
    assert anna.rows("select by, what from meetingtool.last_deeds('desk', 1)") == [("tom", "versions.deleted")]
    assert anna.one("select seq from meetingtool.my_team('desk')") == 3
    with anna.transaction():
        anna.one("select meetingtool.hold('desk')")
        assert anna.one("show idle_in_transaction_session_timeout") == "1min"
    assert anna.one("show idle_in_transaction_session_timeout") == "0"


def test_another_isolation_level_of_a_login_is_no_hindrance(linked: Any, database: str) -> None:
    linked("postgres").run("alter role anna set default_transaction_isolation to 'repeatable read'")
    anna = linked("anna")
    try:
        assert anna.one("select meetingtool.hold('desk')") == 0
    finally:
        linked("postgres").run("alter role anna reset default_transaction_isolation")
    with pytest.raises(MeetingtoolError, match="another isolation level"), anna.transaction():
        anna.run("set transaction isolation level repeatable read")
        anna.one("select meetingtool.hold('desk')")


DEEP = "[" * 900 + "]" * 900


SENT = [
    {"deed": "../x"},
    {"deed": "d"},
    {"at": "garbage"},
    {"at": "2026-02-30T09:00:00Z"},
    {"at": "2026-02-03T09:00:00"},
    {"undoes": "../x"},
    {"document": '{"type":"story","id":"ID","more":DEEP}'},
    {"kind": "evaluation", "document": '{"type":"evaluation","id":"ID","finals":[{"content":{"x":DEEP}}]}'},
]


def test_no_statement_of_a_manager_sends_what_stops_the_program_of_others(linked: Any) -> None:
    id, anna = "01M8M4GW1FDKC3Y02MHQ31VZZ1", linked("anna")
    for changes in SENT:
        said: dict[str, Any] = {
            "deed": id,
            "at": "2026-02-03T09:00:00+00:00",
            "undoes": None,
            "kind": "story",
            **changes,
        }
        document = said.get("document", '{"type":"story","id":"ID"}').replace("ID", id).replace("DEEP", DEEP)
        with pytest.raises(Refused, match="as it was sent"):
            anna.one(
                "select meetingtool.save('desk', %s, %s, 'x', %s, %s, '{2026}', %s, '{1}', %s)",
                said["deed"], said["at"], said["undoes"], [id], [said["kind"]], [document],
            )  # fmt: skip
    assert anna.one("select count(*) from meetingtool.records_of('desk')") == 0
