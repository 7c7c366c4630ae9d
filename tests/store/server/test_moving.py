"""A folder's records go to a server and come back just as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.errors import Refused
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules.keeping.anonymity import alias_of
from meetingtool.store import Workspace
from meetingtool.store.server.administration import add_member
from meetingtool.store.server.moving import export_team, import_folder

Make = Any


@pytest.fixture
def kept(workspace: Workspace, make: Make, now: datetime) -> Iterator[Workspace]:
    """A folder with a person, stories of two years, a change, one in the bin, and odd text."""
    story = make.story("one\\\\u0000 \\u0000 \x00 \u202e 客")
    workspace.save(make.person(), deed="person.added", now=now)
    workspace.save(story, make.story("two"), deed="win.recorded", now=make.later())
    workspace.save(make.story(at=make.in_year(2020)), deed="win.recorded", now=make.later())
    workspace.save(msgspec.structs.replace(story, version=2, starred=True), deed="story.starred", now=make.later(2))
    workspace.save(
        msgspec.structs.replace(story, version=3, removed_at=make.later(3)), deed="record.removed", now=make.later(3)
    )
    yield workspace


def told(workspace: Workspace) -> list[Any]:
    stories = workspace.find(Story, removed=None)
    return [stories, [workspace.versions(story.id) for story in stories], workspace.years(), workspace.deeds()]


def test_there_and_back_all_is_as_it_was(
    kept: Workspace, linked: Any, open_as: Any, tmp_path: Path, make: Make
) -> None:
    moved = import_folder(kept.folder, linked("anna"), "desk")
    assert (moved.records, moved.former, moved.deeds, moved.finals) == (4, 2, 5, 0)
    assert sorted(told(open_as("tom"))[0], key=lambda story: story.id) == sorted(
        told(kept)[0], key=lambda story: story.id
    )
    assert [deed.id for deed in told(open_as("tom"))[3]] == [deed.id for deed in told(kept)[3]]
    back = export_team(linked("tom"), "desk", tmp_path / "back")
    assert back == moved
    with Workspace.open(tmp_path / "back", user="anna") as again:
        assert told(again) == told(kept)
        again.save(make.story("more"), deed="win.recorded", now=make.later(9))


def test_records_are_moved_into_an_empty_team_only_and_by_who_manages_it(
    kept: Workspace, linked: Any, open_as: Any, make: Make, now: datetime, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="not yours"):
        import_folder(kept.folder, linked("olga"), "desk")
    open_as("anna").save(make.story("one"), deed="win.recorded", now=now)
    with pytest.raises(Refused, match="records already"):
        import_folder(kept.folder, linked("anna"), "desk")
    assert len(open_as("tom").find(Story)) == 1
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Refused, match="not empty"):
        export_team(linked("anna"), "desk", tmp_path)


def test_who_was_made_anonymous_on_the_server_does_not_come_back_by_name_with_an_older_folder(
    kept: Workspace, linked: Any, open_as: Any, make: Make, tmp_path: Path
) -> None:
    import_folder(kept.folder, linked("anna"), "desk")
    (person,) = kept.find(Person)
    alias = alias_of(person, ())
    open_as("tom").save(alias, deed="person.made-anonymous", now=make.later(8))
    add_member(linked("postgres"), "tom", "other")
    with pytest.raises(Refused, match=f"by name in the folder: @{person.handle}\\.") as refused:
        import_folder(kept.folder, linked("tom"), "other")
    assert f"--data {kept.folder} forget @{person.handle}" in refused.value.hint
    kept.save(alias, deed="person.made-anonymous", now=make.later(8))
    assert import_folder(kept.folder, linked("tom"), "other").records == 4
