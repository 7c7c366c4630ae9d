"""Who was forgotten on one computer stays so, whatever the other one did with the entry meanwhile."""

from __future__ import annotations

import pytest

from meetingtool.actions.keeping import retention
from meetingtool.actions.keeping.doubles import twice
from meetingtool.actions.keeping.unfinished import unfinished
from meetingtool.actions.people.one_person import merge, plan_merge
from meetingtool.actions.people.team import add_person, leave
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.errors import Refused
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules.keeping import deeds
from tests.actions.keeping.two_computers import Computers, change


@pytest.mark.parametrize("forgotten_here", [True, False])
@pytest.mark.parametrize("edited_later", [True, False])
def test_who_was_made_anonymous_on_one_computer_stays_so_whatever_the_other_did(
    computers: Computers, forgotten_here: bool, edited_later: bool
) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo = add_person(workspace, "Bo Lind", computers.now)
        record_story(workspace, "win", "@bo stayed", computers.now)
    computers.fork()
    forgets, edits = (here, there) if forgotten_here else (there, here)

    def edit() -> None:
        computers.edit(edits, Person, role="Boss")
        with computers.at(edits) as workspace:
            record_story(workspace, "win", "@bo came back", computers.now)

    if not edited_later:
        edit()
    with computers.at(forgets) as workspace:
        leave(workspace, workspace.get(Person, bo.id), computers.now.date(), computers.now)
        plan = retention.plan_to_forget(workspace, workspace.get(Person, bo.id), computers.now)
        retention.forget(workspace, plan, computers.now)
    if edited_later:
        edit()
    assert computers.merge() == [
        "Former-colleague-1 was made anonymous on one of the computers and stays so. What the other has may still have "
        "the name: `meetingtool forget @bo` takes it out."
    ]
    with computers.at(here) as workspace:
        alias = workspace.get(Person, bo.id)
        assert (alias.handle, alias.role) == ("former-1", "")
        assert [each.message for each in unfinished(workspace)] == [
            "Forgetting @bo is not finished, so the name may still be in some files."
        ]
        person = retention.person_to_forget(workspace, roster_of(workspace, computers.now.date()), "@bo")
        retention.forget(workspace, retention.plan_to_forget(workspace, person, computers.now), computers.now)
        assert unfinished(workspace) == []
        assert not [path for path in here.rglob("*") if path.is_file() and b"Bo Lind" in path.read_bytes()]


@pytest.mark.parametrize("forgotten_here", [True, False])
@pytest.mark.parametrize("stays_named", [True, False])
def test_of_two_entries_that_the_other_computer_merged_the_forgotten_one_leaves_no_name(
    computers: Computers, forgotten_here: bool, stays_named: bool
) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo = add_person(workspace, "Bo Lind", computers.now)
        dan = add_person(workspace, "Dan Fox", computers.now, email="dan@example.org", number="7")
        record_story(workspace, "win", "@dan stayed", computers.now)
        gone = dan if stays_named else bo
        leave(workspace, workspace.get(Person, gone.id), computers.now.date(), computers.now)
    computers.fork()
    forgets, merges = (here, there) if forgotten_here else (there, here)
    with computers.at(merges) as workspace:
        both = workspace.get(Person, bo.id), workspace.get(Person, dan.id)
        merge(workspace, plan_merge(workspace, *both, computers.now), computers.now)
    with computers.at(forgets) as workspace:
        plan = retention.plan_to_forget(workspace, workspace.get(Person, gone.id), computers.now)
        retention.forget(workspace, plan, computers.now)
    assert f"`meetingtool forget @{gone.handle}` takes it out." in computers.merge()[-1]
    with computers.at(here) as workspace:
        person = retention.person_to_forget(workspace, roster_of(workspace, computers.now.date()), f"@{gone.handle}")
        retention.forget(workspace, retention.plan_to_forget(workspace, person, computers.now), computers.now)
        stays = workspace.get(Person, bo.id)
        assert (stays.name == "Bo Lind", stays.merged) == (stays_named, (dan.id,))
        assert [story.people for story in workspace.find(Story)] == [(bo.id,)]
        assert [*twice(workspace), *unfinished(workspace)] == []
    names = [gone.name] if stays_named else ["Bo Lind", "Dan Fox"]
    for name in [*names, "dan@example.org"]:
        assert not [each for each in here.rglob("*") if each.is_file() and name.encode() in each.read_bytes()], name


def test_two_people_whom_two_computers_made_anonymous_are_told_apart_without_their_names(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        both = [add_person(workspace, name, computers.now) for name in ("Bo Lind", "Dan Fox")]
        for person in both:
            leave(workspace, workspace.get(Person, person.id), computers.now.date(), computers.now)
    computers.fork()
    for place, person in zip((here, there), both, strict=True):
        with computers.at(place) as workspace:
            plan = retention.plan_to_forget(workspace, workspace.get(Person, person.id), computers.now)
            retention.forget(workspace, plan, computers.now)
    computers.merge()
    with computers.at(here) as workspace:
        aliases = [workspace.get(Person, person.id) for person in both]
        assert {one.handle: one.name for one in aliases} == {
            "former-1": "Former-colleague-1",
            "former-2": "Former-colleague-2",
        }
        assert twice(workspace) == []


def test_who_was_forgotten_gets_no_name_again_and_check_finds_one_that_has(computers: Computers) -> None:
    with computers.at(computers.folder) as workspace:
        bo, dan = (add_person(workspace, name, computers.now) for name in ("Bo Lind", "Dan Fox"))
        bo = leave(workspace, workspace.get(Person, bo.id), computers.now.date(), computers.now)
        retention.forget(workspace, retention.plan_to_forget(workspace, bo, computers.now), computers.now)
        alias = workspace.get(Person, bo.id)
        with pytest.raises(Refused, match="@former-1 was forgotten and would get the name of @dan again"):
            plan_merge(workspace, alias, dan, computers.now)
        named = change(alias, version=alias.version + 1, former_names=("Bo Lind",), email="bo@example.org")
        workspace.save(named, deed=deeds.PERSON_EDITED, now=computers.now)
        (found,) = twice(workspace)
        assert found.message == ("@former-1 was made anonymous, and still says who it was: email and former names.")
        assert "`meetingtool forget @former-1` takes it out." in found.hint
        plan = retention.plan_to_forget(workspace, named, computers.now)
        retention.forget(workspace, plan, computers.now)
        assert twice(workspace) == []
    assert b"Bo Lind" not in (computers.folder / "team.json").read_bytes()
