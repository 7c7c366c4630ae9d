"""The server is away, or the line is cut: nothing that was told is lost, and nothing is said that isn't so."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.meeting import going_on, meetings
from meetingtool.actions.start import set_up
from meetingtool.actions.stories.editing import revise_story
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.actions.stories.thanks import thank
from meetingtool.errors import Conflict, Refused
from meetingtool.records.base import mint
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.stories import Award, Story, StoryDetails
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace
from meetingtool.store.errors import OtherForm, ServerAway, WorkspaceUnusable
from meetingtool.store.server import link
from meetingtool.store.server.administration import close_team
from tests.store.postgres import Server

Make = Any
change = msgspec.structs.replace


def back(workspace: Workspace, proxy: Any) -> None:
    """The server can be reached again, and the workspace has noticed."""
    proxy.mend()
    while workspace.waiting:
        try:
            workspace.refresh()
        except ServerAway:
            continue


def test_what_is_told_while_the_server_is_away_is_shown_and_kept_and_sent_once(
    open_as: Any, proxy: Any, make: Make, now: datetime, tmp_path: Path
) -> None:
    mine, theirs = open_as("anna", address=proxy.address), open_as("tom")
    first, second = make.story("one"), make.story("two")
    mine.save(first, deed=deeds.WIN, now=now)
    proxy.cut()
    done = mine.save(second, deed=deeds.WIN, now=now)
    assert [step.id for step in done.changes] == [second.id]
    assert (mine.waiting, mine.find(Story)) == (1, [first, second])
    (kept,) = (tmp_path / "state").rglob("waiting/*.json")
    assert json.loads(kept.read_text())["records"][0]["text"] == "two"
    assert kept.stat().st_mode & 0o077 == 0
    back(mine, proxy)
    theirs.refresh()
    assert theirs.find(Story) == [first, second] == mine.find(Story)
    assert not list((tmp_path / "state").rglob("waiting/*.json"))
    assert [deed.what for deed in mine.deeds()] == [deeds.WIN, deeds.WIN]


def test_what_waited_when_the_program_was_killed_is_sent_by_the_next_one(
    open_as: Any, proxy: Any, make: Make, now: datetime
) -> None:
    workspace = open_as("anna", address=proxy.address)
    story = make.story("told in a tunnel")
    proxy.cut()
    workspace.save(story, deed=deeds.WIN, now=now)
    proxy.mend()
    again = open_as("anna", address=proxy.address)
    assert (again.waiting, again.find(Story)) == (0, [story])


def test_all_that_people_tell_waits(open_as: Any, proxy: Any, now: datetime) -> None:
    workspace = open_as("anna", address=proxy.address)
    set_up(workspace, "Harbour Desk", now)
    proxy.cut()
    for kind in ("win", "sticky"):
        record_story(workspace, kind, "stayed late #own-it", now)
    thank(workspace, "@zoe stayed late for ^Acme", now, reward="a free afternoon", because=mint(now))
    for kind in ("promise", "action"):
        record_follow_up(workspace, kind, "refund posted by fri", now)
    assert workspace.waiting == 5
    back(workspace, proxy)
    theirs = open_as("tom")
    assert len(theirs.find(Story)) == 3
    (thanks,) = theirs.find(Story, kind="praise")
    assert (thanks.reward, thanks.award, bool(thanks.because)) == ("a free afternoon", Award(state="owed"), True)


def test_a_server_that_hangs_is_not_waited_for(
    open_as: Any, proxy: Any, make: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetingtool.store.server.link.HURRY", 0.2)
    workspace = open_as("anna", address=proxy.address)
    story = make.story("told while nothing answered")
    proxy.hung = True
    workspace.save(story, deed=deeds.WIN, now=now)
    assert (workspace.waiting, workspace.find(Story)) == (1, [story])
    with pytest.raises(ServerAway):
        workspace.refresh()
    proxy.hung = False
    proxy.cut()
    back(workspace, proxy)
    other = open_as("tom")
    assert other.find(Story) == [story]


def test_who_reads_does_not_wait_for_a_look_at_a_server_that_hangs(
    open_as: Any, proxy: Any, make: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetingtool.store.server.link.HURRY", 60.0)
    workspace = open_as("anna", address=proxy.address)
    workspace.save(story := make.story("one"), deed=deeds.WIN, now=now)
    proxy.hung = True
    look = threading.Thread(target=workspace.look_ahead)
    look.start()
    assert proxy.asked.wait(60)
    assert workspace.find(Story) == [story]
    assert look.is_alive()
    proxy.cut()
    look.join()


def test_news_that_something_saved_here_overtook_is_left_to_the_next_look(
    open_as: Any, make: Make, now: datetime
) -> None:
    mine, theirs = open_as("anna"), open_as("tom")
    mine.save(story := make.story("one"), deed=deeds.WIN, now=now)
    theirs.save(other := make.story("two"), deed=deeds.WIN, now=now)
    assert mine.find(Story) == [story]
    take = mine.look_ahead()
    mine.save(edited := change(story, version=2, text="one more"), deed=deeds.STORY_EDITED, now=now)
    assert take() is False
    assert mine.find(Story) == [edited]
    assert mine.refresh()
    assert mine.find(Story) == [edited, other]


def test_what_waits_is_not_lost_with_a_deed_that_is_refused_as_the_server_comes_back(
    open_as: Any, proxy: Any, make: Make, now: datetime
) -> None:
    mine = open_as("anna", address=proxy.address)
    assert mine.find(Story) == []
    proxy.cut()
    mine.save(story := make.story("one"), deed=deeds.WIN, now=now)
    proxy.mend()
    assert mine._link.is_back()  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="not this"), mine.batch(deeds.STARRED, now):
        raise Refused("not this")
    back(mine, proxy)
    assert open_as("tom").find(Story) == [story]


def test_after_a_pause_nobody_waits_for_a_server_that_hangs(
    open_as: Any, proxy: Any, make: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetingtool.store.server.link.HURRY", 0.2)
    workspace = open_as("anna", address=proxy.address)
    with monkeypatch.context() as idle:
        idle.setattr("meetingtool.store.server.link.IDLE", -1.0)
        assert workspace.refresh() is False
    proxy.hung = True
    story = make.story("told after a pause")
    workspace.save(story, deed=deeds.WIN, now=now)
    assert (workspace.waiting, workspace.find(Story)) == (1, [story])
    proxy.hung = False
    proxy.cut()
    back(workspace, proxy)
    assert open_as("tom").find(Story) == [story]


def test_where_a_meeting_is_waits_like_what_is_told_in_it(
    open_as: Any, proxy: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "AGAIN", 0.0)
    mine = open_as("anna", address=proxy.address)
    set_up(mine, "Harbour Desk", now)
    begun = meetings.start_meeting(mine, now)
    theirs, desk = open_as("tom"), Desk(mine, lambda: now)
    proxy.cut()
    third = going_on.go_to(desk, going_on.go_to(desk, begun, 1), 2)
    assert (mine.waiting, desk.open_meeting(), mine.last_waiting()) == (2, third, None)
    with pytest.raises(ServerAway):
        going_on.close(desk, third)
    back(mine, proxy)
    theirs.refresh()
    assert theirs.find(Meeting) == mine.find(Meeting) == [third]
    proxy.cut()
    going_on.go_to(desk, third, 3)
    elsewhere = going_on.go_to(Desk(theirs, lambda: now), third, 1)
    back(mine, proxy)
    with pytest.raises(Refused, match="changed elsewhere meanwhile"):
        mine.refresh()
    assert mine.find(Meeting) == [elsewhere]
    proxy.cut()
    last = going_on.go_to(desk, elsewhere, 4)
    proxy.mend()
    closed = last
    while closed is last:
        with suppress(ServerAway):
            closed = going_on.close(desk, last)
    assert mine.find(Meeting) == [closed], "what waits was sent before"


def test_a_server_set_up_anew_meanwhile_is_sent_nothing_and_what_is_told_waits_for_the_newer_program(
    open_as: Any, linked: Any, proxy: Any, make: Make, now: datetime
) -> None:
    mine, admin = open_as("anna", address=proxy.address), linked("postgres")
    admin.run("update meetingtool.form set version = version + 1")
    proxy.cut()
    proxy.mend()
    said = ""
    while "another meetingtool: form 13, where this one works with form 12" not in said:
        with pytest.raises(ServerAway) as refused:
            mine.save(make.person(), deed=deeds.PERSON_ADDED, now=now)
        said = str(refused.value)
    mine.save(story := make.story("told"), deed=deeds.WIN, now=now)
    with pytest.raises(OtherForm, match="another meetingtool"):
        mine.refresh()
    assert (mine.waiting, mine.find(Story), records_there(admin)) == (1, [story], 0)
    admin.run("update meetingtool.form set version = version - 1")
    proxy.cut()
    back(mine, proxy)
    assert records_there(admin) == 1


def records_there(admin: Any) -> int:
    """How many records the server has."""
    return int(admin.one("select count(*) from meetingtool.record"))


def test_all_else_says_that_it_can_not_be_done_now(open_as: Any, proxy: Any, make: Make, now: datetime) -> None:
    workspace = open_as("anna", address=proxy.address)
    story = make.story("one")
    workspace.save(story, deed=deeds.WIN, now=now)
    assert workspace.find(Person) == []
    proxy.cut()
    with pytest.raises(ServerAway, match="can't be reached"):
        workspace.save(change(story, version=2, starred=True), deed=deeds.STARRED, now=now)
    with pytest.raises(ServerAway), workspace.batch(deeds.STARRED, now):
        workspace.save(make.person(), deed=deeds.QUIET, now=now)
    assert workspace.get(Story, story.id) == story
    assert workspace.find(Person) == []


@pytest.mark.parametrize("after", range(7))
def test_a_cut_at_any_message_leaves_a_deed_whole_or_not_at_all(
    open_as: Any, proxy: Any, make: Make, now: datetime, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "AGAIN", 0.0)
    workspace, other = open_as("anna", address=proxy.address), open_as("tom")
    person, story = make.person(), make.story("one")
    assert (workspace.find(Person), workspace.find(Story)) == ([], [])
    proxy.after = after
    acknowledged = False
    try:
        with workspace.batch(deeds.STORIES, now):
            workspace.save(person, deed=deeds.QUIET, now=now)
            workspace.save(story, deed=deeds.QUIET, now=now)
        acknowledged = True
    except ServerAway:
        pass
    other.refresh()
    there = (other.find(Person), other.find(Story))
    assert there == ([person], [story]) if acknowledged else there in (([], []), ([person], [story]))
    if not acknowledged:
        assert (workspace.find(Person), workspace.find(Story)) == ([], []), "what there was can be read meanwhile"
    proxy.mend()
    while (workspace.find(Person), workspace.find(Story)) != there:
        with suppress(ServerAway):
            workspace.refresh()
    assert len(other.deeds()) == (1 if there[0] else 0)


def test_a_conflict_shows_the_present_version_though_nobody_looked(open_as: Any, make: Make, now: datetime) -> None:
    mine, theirs = open_as("anna"), open_as("tom")
    story = make.story("one")
    mine.save(story, deed=deeds.WIN, now=now)
    theirs.refresh()
    assert theirs.find(Story) == [story]
    mine.save(change(story, version=2, text="mine"), deed=deeds.STORY_EDITED, now=now)
    with pytest.raises(Conflict) as told:
        theirs.save(change(story, version=2, text="theirs"), deed=deeds.STORY_EDITED, now=now)
    assert told.value.current.text == "mine"
    assert theirs.refresh()
    assert theirs.get(Story, story.id).text == "mine"


def test_a_connection_that_nobody_needs_is_given_back(open_as: Any, linked: Any, monkeypatch: Any) -> None:
    workspace = open_as("anna")
    count = "select count(*) from pg_stat_activity where usename = 'anna'"
    assert linked("postgres").one(count) == 1
    monkeypatch.setattr("meetingtool.store.server.link.IDLE", -1.0)
    assert workspace.refresh() is False
    monkeypatch.undo()
    assert workspace.find(Story) == []
    assert workspace.refresh() is False


def test_what_reached_the_server_and_was_changed_there_is_not_sent_again_for_ever(
    open_as: Any, proxy: Any, make: Make, now: datetime
) -> None:
    mine, theirs = open_as("anna", address=proxy.address), open_as("tom")
    story = make.story("one")
    proxy.cut()
    mine.save(story, deed=deeds.WIN, now=now)
    theirs.save(story, deed=deeds.WIN, now=now)
    theirs.save(change(story, version=2, text="two"), deed=deeds.STARRED, now=now)
    back(mine, proxy)
    mine.refresh()
    assert [each.text for each in mine.find(Story)] == ["two"]


def test_what_another_window_of_the_same_login_sent_waits_no_longer(
    open_as: Any, proxy: Any, make: Make, now: datetime
) -> None:
    mine = open_as("anna", address=proxy.address)
    proxy.cut()
    mine.save(make.story("one"), deed=deeds.WIN, now=now)
    proxy.mend()
    open_as("anna", address=proxy.address)
    while True:
        try:
            mine.refresh()
            break
        except ServerAway:
            continue
    assert mine.waiting == 0


def test_what_waits_for_a_team_that_was_closed_stays_here_and_the_rest_goes_on(
    open_as: Any, linked: Any, proxy: Any, make: Make, now: datetime
) -> None:
    mine = open_as("anna", address=proxy.address)
    proxy.cut()
    mine.save(make.story("one"), deed=deeds.WIN, now=now)
    close_team(linked("postgres"), "desk")
    proxy.mend()
    again = open_as("anna", address=proxy.address)
    assert (again.waiting, again.find(Story)) == (1, [])


@pytest.mark.parametrize(
    ("login", "database", "said"),
    [("anna", "nosuch", 'database "nosuch" does not exist'), ("nobody9", "postgres", 'role "nobody9" does not exist')],
)
def test_a_login_that_is_turned_away_is_no_cut_line(server: Server, login: str, database: str, said: str) -> None:
    with pytest.raises(WorkspaceUnusable) as refused:
        Workspace.open(server.address(login, database, "desk"))
    assert refused.value.message == f"The server did not let you in: {said}."
    assert "certificates" in refused.value.hint


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ('connection to server at "db", port 5432 failed: FATAL:  the database system is starting up', False),
        ('connection to server at "db", port 5432 failed: FATAL:  sorry, too many clients already', False),
        ('connection to server at "db", port 5432 failed: Connection refused', False),
        ('connection to server at "db", port 5432 failed: FATAL:  password authentication failed for user "x"', True),
        ('connection to server at "db", port 5432 failed: SSL error: certificate verify failed', True),
        ('connection to server at "db" failed: server certificate for "a" does not match host name "b"', True),
        ('connection to server at "db" failed: root certificate file "/nope" does not exist', True),
        ('connection to server at "db" failed: fe_sendauth: no password supplied', True),
    ],
)
def test_what_passes_is_waited_for_and_what_does_not_is_told(said: str, refusal: bool) -> None:
    assert link._is_refusal(OSError(said)) is refusal


def test_at_rest_others_are_followed_from_time_to_time_and_at_once_when_somebody_is_there(
    open_as: Any, make: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = open_as("anna"), open_as("tom")
    monkeypatch.setattr(link, "IDLE", -1.0)
    assert mine.refresh() is False, "the connection is given back"
    theirs.save(make.story("one"), deed=deeds.WIN, now=now)
    assert mine.refresh() is False
    monkeypatch.setattr(link, "REST", -1.0)
    while not mine.refresh():
        continue
    monkeypatch.setattr(link, "REST", 1e9)
    assert mine.refresh() is False, "it is given back again"
    theirs.save(make.story("two"), deed=deeds.WIN, now=now)
    monkeypatch.setattr(link, "IDLE", 60.0)
    mine.in_use()
    while not mine.refresh():
        continue
    assert len(mine.find(Story)) == 2


def test_one_undoes_what_one_did_oneself(open_as: Any, make: Make, now: datetime) -> None:
    mine, theirs = open_as("anna"), open_as("tom")
    mine.save(make.story("mine"), deed=deeds.WIN, now=now)
    theirs.save(make.story("theirs"), deed=deeds.WIN, now=now)
    mine.refresh()
    assert undo(mine, now).by == "anna"
    assert [story.text for story in mine.find(Story)] == ["theirs"]
    with pytest.raises(Refused, match="nothing to undo"):
        undo(mine, now)


def test_what_waits_is_found_however_the_address_is_spelled_and_named_while_nobody_answers(
    open_as: Any, proxy: Any, make: Make, now: datetime
) -> None:
    mine, story = open_as("anna", address=proxy.address), make.story("told in a tunnel")
    proxy.cut()
    mine.save(story, deed=deeds.WIN, now=now)
    with pytest.raises(ServerAway, match="1 thing that was told waits for it on this computer, in "):
        open_as("anna", address=proxy.address)
    proxy.mend()
    again = open_as("anna", address=f"{proxy.address}&connect_timeout=9")
    assert (again.waiting, again.find(Story)) == (0, [story])


def test_what_waits_under_another_name_of_the_host_is_sent(
    open_as: Any, proxy: Any, make: Make, now: datetime, tmp_path: Path
) -> None:
    mine, story = open_as("anna", address=proxy.address), make.story("told in a tunnel")
    proxy.cut()
    mine.save(story, deed=deeds.WIN, now=now)
    assert open_as("tom").find(Story) == []
    here = open_as("anna")
    assert (here.waiting, here.find(Story)) == (0, [story])
    back(mine, proxy)
    assert (mine.waiting, open_as("tom").find(Story)) == (0, [story])
    assert not list((tmp_path / "state").rglob("waiting/*.json"))


def test_of_two_edits_of_one_story_the_later_is_told_of_the_earlier(open_as: Any, make: Make, now: datetime) -> None:
    mine, theirs = open_as("anna"), open_as("tom")
    set_up(mine, "Harbour Desk", now)
    told = record_story(mine, "win", "stayed late", now).story
    theirs.refresh()
    read = theirs.get(Story, told.id)
    revise_story(mine, told, "stayed very late", StoryDetails(), now)
    with pytest.raises(Conflict):
        revise_story(theirs, read, "stayed until ten", StoryDetails(), now)
    assert theirs.get(Story, told.id).text == "stayed very late"


@pytest.mark.parametrize("reached", [False, True])
def test_what_waits_is_taken_back_without_the_server_though_it_may_have_it_already(
    open_as: Any, proxy: Any, make: Make, now: datetime, reached: bool
) -> None:
    mine, theirs = open_as("anna", address=proxy.address), open_as("tom")
    kept, misheard = make.story("heard"), make.story("misheard")
    mine.save(kept, deed=deeds.WIN, now=now)
    proxy.cut()
    told = mine.save(misheard, deed=deeds.WIN, now=make.later())
    if reached:
        open_as("anna").close()
    assert mine.waits(misheard.id)
    assert undo(mine, make.later(2)).id == told.id
    assert (mine.waiting, mine.find(Story)) == (1, [kept])
    with pytest.raises(ServerAway):
        undo(mine, make.later(3))
    back(mine, proxy)
    assert not mine.waits(misheard.id)
    theirs.refresh()
    for workspace in (mine, theirs):
        assert (workspace.find(Story), workspace.find(Story, removed=True)) == (
            [kept],
            [change(misheard, version=2, removed_at=make.later(2))],
        )
    assert [(deed.what, deed.undoes) for deed in theirs.deeds()][:2] == [
        (deeds.undoing(deeds.WIN), told.id),
        (deeds.WIN, None),
    ]


def test_what_others_went_on_with_stays_though_it_was_taken_back_meanwhile(
    open_as: Any, proxy: Any, make: Make, now: datetime
) -> None:
    mine, theirs = open_as("anna", address=proxy.address), open_as("tom")
    proxy.cut()
    mine.save(story := make.story("one"), deed=deeds.WIN, now=now)
    theirs.save(story, deed=deeds.WIN, now=now)
    theirs.save(change(story, version=2, text="two"), deed=deeds.STORY_EDITED, now=now)
    undo(mine, make.later())
    proxy.mend()
    with pytest.raises(Refused, match="had been changed on the server by then"):
        while True:
            with suppress(ServerAway):
                mine.refresh()
    assert (mine.waiting, [each.text for each in mine.find(Story)]) == (0, ["two"])
