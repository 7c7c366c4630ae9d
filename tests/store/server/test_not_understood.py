"""A record that this version can't read is kept back and named; whoever needs no record of its kind goes on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from meetingtool.errors import Refused
from meetingtool.records.base import Record, mint
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules.keeping import deeds
from meetingtool.store.errors import NewerVersion
from meetingtool.store.server import aside
from meetingtool.store.server.address import read_address
from meetingtool.store.server.link import Link
from meetingtool.store.server.moving import export_team


def test_one_record_that_is_not_understood_shuts_nobody_out(
    open_as: Any, server: Any, database: str, make: Any, now: datetime
) -> None:
    watching, writing = open_as("anna"), open_as("tom")
    person, story, other = make.person(), make.story("one"), make.story("two")
    writing.save(person, deed=deeds.PERSON_ADDED, now=now)
    writing.save(story, deed=deeds.WIN, now=now)
    watching.refresh()
    assert watching.find(Story) == [story]
    with psycopg.connect(server.address("postgres", database)) as connection:
        connection.execute("alter table meetingtool.record disable trigger all")
        forged = 'replace(document, \'"text"\', \'"novel":1,"text"\')'
        update = f"update meetingtool.record set document = {forged}, seq = seq + 1 where id = %s"
        connection.execute(update, [story.id])
        connection.execute("update meetingtool.team set seq = seq + 1 where id = 'desk'")
    watching.refresh()
    for workspace in (watching, open_as("anna")):
        assert workspace.find(Person) == [person]
        for ask in (lambda w=workspace: w.find(Story), lambda w=workspace: w.get(Story, story.id)):
            with pytest.raises(NewerVersion, match=f"win {story.ref}|story {story.ref}"):
                ask()
        assert workspace.get(Record, person.id) == person
        with workspace.showing():
            assert workspace.find(Story) == [], "what only shows goes on without it"
            assert workspace.leaves_out
            with workspace.showing(False), pytest.raises(NewerVersion, match=story.ref):
                workspace.find(Story)
        (notice,) = workspace.notices()
        assert f"left out here ({story.ref})" in notice.message
        with pytest.raises(NewerVersion), workspace.showing(), workspace.batch(deeds.WIN, now):
            workspace.find(Story)
    writing.save(other, deed=deeds.WIN, now=now)
    assert writing.deeds()[0].what == deeds.WIN


def test_a_record_too_deep_for_programs_is_named_and_set_aside(
    open_as: Any, linked: Any, make: Any, now: datetime
) -> None:
    story, other = make.story("one"), make.story("two")
    open_as("tom").save(story, other, deed=deeds.WIN, now=now)
    admin, anna = linked("postgres"), Link(read_address(f"{linked('anna').address.conninfo}&team=desk"))
    admin.run("alter table meetingtool.record disable trigger all")
    deep = "replace(document, '\"text\"', '\"novel\":' || repeat('[', 3000) || repeat(']', 3000) || ',\"text\"')"
    admin.run(f"update meetingtool.record set document = {deep} where id = %s", [story.id])
    admin.run("alter table meetingtool.record enable trigger all")
    with pytest.raises(NewerVersion, match=story.ref):
        open_as("anna").find(Story)
    aside.set_aside(anna, aside.unread(anna, story.ref), now)
    assert open_as("anna").find(Story) == [other]
    with pytest.raises(Refused, match="nested too deep for any program, and stays set aside"):
        aside.set_aside(anna, aside.unread(anna, story.ref), now, back=True)
    anna.close()


@pytest.mark.parametrize("garbled", ["at = 'garbage'", "at = '2026-11-24'", "id = '../x'"])
def test_a_deed_that_can_not_be_read_is_left_out_of_log_and_export_and_named(
    open_as: Any, linked: Any, make: Any, now: datetime, tmp_path: Path, garbled: str
) -> None:
    mine, admin = open_as("anna"), linked("postgres")
    story = make.story("one")
    mine.save(story, deed=deeds.WIN, now=now)
    done = mine.save(msgspec.structs.replace(story, version=2, starred=True), deed=deeds.STARRED, now=now)
    for check in ("deed drop constraint deed_at_check", "deed drop constraint deed_id_check"):
        admin.run(f"alter table meetingtool.{check}, add constraint {check.split()[-1]} check (true)")
    admin.run("alter table meetingtool.former drop constraint former_replaced_at_check")
    admin.run("alter table meetingtool.step disable trigger all")
    admin.run("alter table meetingtool.deed disable trigger all")
    admin.run(f"update meetingtool.deed set {garbled} where id = %s", [done.id])
    admin.run("update meetingtool.former set replaced_at = 'garbage'")
    assert [deed.what for deed in mine.deeds()] == [deeds.WIN]
    ref = "../x" if "/" in garbled else done.id[-6:]
    assert [f"left out ({ref})" in each.message for each in mine.notices()] == [True]
    assert [version.record.starred for version in mine.versions(story.id)] == [True]
    moved = export_team(linked("tom"), "desk", tmp_path / "back")
    assert (moved.records, moved.former, moved.deeds) == (1, 0, 1)
    assert moved.left_out == (f"deed {ref}", f"version 1 of {story.id[-6:]}")


@pytest.mark.parametrize("moment", ["2026-11-29T10:00Z", "2026-11-29T10:00:00+05:30:15", "0001-01-01T00:00:00+15:59"])
def test_every_moment_that_the_server_takes_is_read_and_exported(
    open_as: Any, linked: Any, make: Any, now: datetime, tmp_path: Path, moment: str
) -> None:
    tom, story = linked("tom"), make.story("one")
    for version in (1, 2):
        document = msgspec.json.encode(msgspec.structs.replace(story, version=version)).decode()
        tom.one(
            "select meetingtool.save('desk', %s, %s, 'x', null, %s, '{2026}', '{story}', %s, %s)",
            mint(now), moment, [story.id], [version], [document],
        )  # fmt: skip
    assert len(open_as("anna").deeds()) == 2
    moved = export_team(tom, "desk", tmp_path / "back")
    assert (moved.records, moved.former, moved.deeds, moved.left_out) == (1, 1, 2, ())
