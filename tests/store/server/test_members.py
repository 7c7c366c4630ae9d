"""Who manages a team, from when until when, and what a team sees of that."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from meetingtool.errors import MeetingtoolError, Refused, Unclear
from meetingtool.records.stories import Story
from meetingtool.rules.keeping import deeds
from meetingtool.store import WorkspaceMissing
from meetingtool.store.server import administration
from meetingtool.store.server.comparison import differences

Make = Any


def test_a_deputy_manages_until_the_day_is_over_and_a_successor_from_then_on(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    open_as("anna").save(make.story("one"), deed=deeds.WIN, now=now)
    administration.add_member(linked("postgres"), "olga", "desk", date.today())
    assert len(open_as("olga").find(Story)) == 1
    administration.add_member(linked("postgres"), "olga", "desk", date(2020, 1, 1))
    with pytest.raises(WorkspaceMissing):
        open_as("olga")
    administration.remove_member(linked("postgres"), "anna", "desk")
    with pytest.raises(WorkspaceMissing):
        open_as("anna")


def test_nothing_more_is_written_in_a_closed_team_and_all_of_it_can_be_read(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    workspace = open_as("anna")
    workspace.save(make.story("one"), deed=deeds.WIN, now=now)
    administration.close_team(linked("postgres"), "desk")
    with pytest.raises(Refused, match="closed"):
        workspace.save(make.story("two"), deed=deeds.WIN, now=now)
    assert len(open_as("tom").find(Story)) == 1
    assert len(workspace.find(Story)) == 1


def test_whoever_manages_a_team_no_longer_is_told_so_and_sees_nothing_of_it(
    open_as: Any, linked: Any, make: Make, now: datetime
) -> None:
    workspace, other = open_as("dora"), open_as("anna")
    other.save(story := make.story("theirs"), deed=deeds.WIN, now=now)
    assert workspace.refresh()
    assert workspace.find(Story) == [story]
    administration.remove_member(linked("postgres"), "dora", "desk")
    with pytest.raises(Refused, match="not yours any more"):
        workspace.refresh()
    assert workspace.find(Story) == [], "nothing of it stays in memory"
    (workspace.folder / "waiting").mkdir(exist_ok=True)
    (workspace.folder / "waiting" / "X.json").write_bytes(b"{}")
    with pytest.raises(WorkspaceMissing, match="1 thing that was told waits for it on this computer"):
        open_as("dora")


def test_who_may_not_make_managers_is_told_what_the_administrator_types(linked: Any) -> None:
    root = linked("postgres")
    for role in ("chief", "newcomer"):
        root.run(f"drop role if exists {role}")
        root.run(f"create role {role} login")
    root.run("grant meetingtool_teams to chief")
    with pytest.raises(Refused, match="may not make newcomer a manager") as refused:
        administration.add_member(linked("chief"), "newcomer", "desk")
    assert 'grant meetingtool_manager to "newcomer"' in refused.value.hint
    root.run("grant meetingtool_manager to chief with admin option")
    administration.add_member(linked("chief"), "newcomer", "desk")
    members = next(team.members for team in administration.teams(linked("chief")) if team.id == "desk")
    assert "newcomer" in {member.login for member in members}


@pytest.mark.parametrize("level", ["read committed", "repeatable read"])
def test_a_deputy_whose_time_is_over_is_held_to_it_in_an_open_transaction(linked: Any, level: str) -> None:
    admin, dora = linked("postgres"), linked("dora")
    with dora.transaction():
        dora.run(f"set transaction isolation level {level}")
        assert dora.rows("select id from meetingtool.my_team('desk')") == [("desk",)]
        admin.run("update meetingtool.member set until = clock_timestamp() where login = 'dora'")
        if level == "read committed":
            assert dora.rows("select id from meetingtool.my_team('desk')") == []
        with pytest.raises(MeetingtoolError):
            dora.one("select meetingtool.hold('desk')")
        dora.run("rollback")


UNREADABLE = ("infinity", "-infinity", "20000-01-01", "4714-11-24 BC", "10000-01-02")


def test_a_moment_that_can_not_be_read_is_refused_and_one_that_is_there_hides_no_other_line(linked: Any) -> None:
    root, keeper = linked("postgres"), linked("keeper_of_teams")
    root.run("drop role if exists keeper_of_teams; create role keeper_of_teams login")
    root.run("grant meetingtool_teams to keeper_of_teams")
    for until in UNREADABLE:
        with pytest.raises(Refused, match="for good"):
            keeper.one("select meetingtool.add_member('desk', 'olga', %s::timestamptz)", until)
        with pytest.raises(Refused):
            root.run("insert into meetingtool.member (team, login, until) values ('desk', 'olga', %s)", [until])
    for title in ("x\ny", "x\x1b[31m", "x" * 201, " "):
        with pytest.raises(Refused, match="one line"):
            keeper.one("select meetingtool.rename_team('desk', %s)", title)
    with pytest.raises(Unclear, match="too far off"):
        administration.add_member(linked("postgres"), "olga", "desk", date.max)
    for table in ("member", "membership"):
        root.run(f"alter table meetingtool.{table} drop constraint {table}_until_check")
    for until in UNREADABLE:
        root.run("insert into meetingtool.member values ('desk', %s, now(), %s)", [f"login {until}", until])
    for table in ("member", "membership"):
        root.run(f"alter table meetingtool.{table} add constraint {table}_until_check"
                 " check (meetingtool.is_readable(until)) not valid")  # fmt: skip
    listed = {m.login: m for team in administration.teams(linked("keeper_of_teams")) for m in team.members}
    assert all(listed[f"login {until}"].unread for until in UNREADABLE)
    said = differences(linked("postgres"))
    for until in UNREADABLE:
        administration.remove_member(linked("postgres"), f"login {until}", "desk")
        administration.add_member(linked("postgres"), "olga", "desk")
    log = administration.memberships(linked("anna"))
    assert [m.what for m in log[:2]] == ["changed", "removed"]
    assert [(m.login, m.until) for m in log if m.unread] == [(f"login {until}", None) for until in UNREADABLE[::-1]]
    assert sum("can't be read (" in each for each in said) == 2 * len(UNREADABLE)


def test_who_let_whom_into_a_team_is_a_line_that_the_team_sees(linked: Any) -> None:
    root = linked("postgres")
    administration.add_member(linked("postgres"), "olga", "desk", date(2030, 1, 1))
    administration.remove_member(linked("postgres"), "olga", "desk")
    lines = [(m.by, m.login, m.what, m.until) for m in administration.memberships(linked("tom"))[:2]]
    assert lines == [("postgres", "olga", "removed", None), ("postgres", "olga", "added", date(2030, 1, 1))]
    assert "desk" not in {m.team for m in administration.memberships(linked("olga"))}
    root.run("insert into meetingtool.member (team, login) values ('desk', 'nobodyhere'), ('desk', 'hr')")
    root.run("create role zed login; insert into meetingtool.member (team, login) values ('desk', 'zed')")
    root.run("drop role zed; create role zed login; create view public.spy as table meetingtool.record")
    root.run("create function public.spied() returns text language sql security definer"
             " as 'select document from meetingtool.record'")  # fmt: skip
    try:
        said = " ".join(differences(linked("postgres")))
    finally:
        root.run("drop role zed; drop view public.spy; drop function public.spied()")
    for sentence in (
        "The member nobodyhere of the team desk is no login",
        "The login zed is another one than that which was let into the team desk",
        "The login hr manages the team desk and is of the HR office.",
        "The view spy shows the table meetingtool.record.",
        "The function spied() names meetingtool and works with the rights of its owner",
    ):
        assert sentence in said
