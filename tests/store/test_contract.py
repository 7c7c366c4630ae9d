"""What any store must do, said in its verbs alone: whatever engine stands behind them, this is what it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from meetingtool.errors import Conflict, NotFound, Refused, Unclear
from meetingtool.records.base import Record, mint
from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.store import Workspace, WorkspaceMissing

Make = Any
change = msgspec.structs.replace


@pytest.fixture(params=["folder", "server"])
def place(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where a workspace is to be: `place % "anna"` is how Anna opens it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(folder.parent / "state"))
    if request.param == "folder":
        return str(folder)
    return str(request.getfixturevalue("server").team())


@pytest.fixture
def workspace(place: str) -> Iterator[Workspace]:
    """A new and empty workspace of Anna's."""
    with ExitStack() as stack:
        workspace = stack.enter_context(opened(place, "anna", create=True))
        workspace.reopened = lambda user: stack.enter_context(opened(place, user))
        yield workspace


def opened(place: str, user: str, *, create: bool = False) -> Workspace:
    return Workspace.open(place % user if "%s" in place else place, user=user, create=create)


def reopened(workspace: Workspace, user: str = "tom") -> Workspace:
    return workspace.reopened(user)


def test_a_saved_record_is_there_at_once_and_after_reopening(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story("held the door")
    workspace.save(story, deed="win.recorded", now=now)
    assert workspace.get(Story, story.id) == story
    assert reopened(workspace).get(Story, story.id) == story


def test_a_moment_keeps_the_offset_of_the_place_where_it_was_told(workspace: Workspace, make: Make) -> None:
    at = datetime(2026, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    workspace.save(make.story(at=at), deed="win.recorded", now=at)
    (kept,) = reopened(workspace).find(Story)
    assert kept.at.isoformat() == "2026-12-31T23:30:00-08:00"
    assert workspace.years() == [2026]


def test_saving_several_records_is_all_or_nothing(workspace: Workspace, make: Make, now: datetime) -> None:
    kept = make.story()
    workspace.save(kept, deed="win.recorded", now=now)
    other = make.story("another")
    with pytest.raises(Conflict):
        workspace.save(other, change(kept, version=3), deed="changed two", now=now)
    with pytest.raises(NotFound):
        workspace.get(Story, other.id)
    assert workspace.find(Story) == [kept] == reopened(workspace).find(Story)


def test_records_of_two_books_can_not_be_saved_in_one_go(workspace: Workspace, make: Make, now: datetime) -> None:
    with pytest.raises(ValueError, match="one book"):
        workspace.save(make.story(), make.person(), deed="two", now=now)
    with pytest.raises(ValueError, match="nothing"):
        workspace.save(deed="none", now=now)
    assert workspace.find(Story) == []


def test_a_change_of_an_outdated_version_is_a_conflict_that_shows_the_present_one(
    workspace: Workspace, make: Make, now: datetime
) -> None:
    story = make.story()
    workspace.save(story, deed="win.recorded", now=now)
    mine = change(story, version=2, text="mine")
    theirs = change(story, version=2, text="theirs")
    workspace.save(mine, deed="edited", now=now)
    with pytest.raises(Conflict) as refused:
        workspace.save(theirs, deed="edited", now=now)
    assert refused.value.current == mine
    assert workspace.get(Story, story.id) == mine


def test_a_new_record_with_a_taken_id_is_a_conflict(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story()
    workspace.save(story, deed="win.recorded", now=now)
    with pytest.raises(Conflict):
        workspace.save(change(story, text="something else"), deed="win.recorded", now=now)
    assert workspace.get(Story, story.id) == story


def test_saving_the_same_again_is_safe_and_gives_the_deed_of_then(
    workspace: Workspace, make: Make, now: datetime
) -> None:
    story = make.story()
    first = workspace.save(story, deed="win.recorded", now=now)
    second = change(story, version=2, starred=True)
    workspace.save(second, deed="starred it", now=now)
    before = workspace.generation
    assert workspace.save(story, deed="win.recorded", now=make.later()) == first
    assert workspace.save(second, deed="starred it", now=make.later()).what == "starred it"
    assert len(workspace.deeds()) == 2
    assert workspace.generation == before


def test_a_change_of_what_is_not_kept_is_refused(workspace: Workspace, make: Make, now: datetime) -> None:
    with pytest.raises(NotFound):
        workspace.save(change(make.story(), version=2), deed="edited", now=now)


def test_a_record_can_not_become_another_kind(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story()
    workspace.save(story, deed="win.recorded", now=now)
    with pytest.raises(ValueError, match="kind"):
        workspace.save(change(make.promise(), id=story.id, version=2), deed="turned it", now=now)


def test_what_was_begun_in_a_year_stays_in_its_book(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story(at=make.in_year(2026))
    workspace.save(story, deed="win.recorded", now=now)
    with pytest.raises(Refused, match="2026"):
        workspace.save(change(story, version=2, at=make.in_year(2027)), deed="moved it", now=now)
    moved = change(story, version=2, at=make.in_year(2026) + timedelta(days=9))
    workspace.save(moved, deed="moved it", now=make.in_year(2027))
    assert workspace.years() == [2026]
    assert workspace.find(Story) == [moved]


def test_former_versions_are_kept_with_who_replaced_them_and_why(
    workspace: Workspace, make: Make, now: datetime
) -> None:
    first = make.story("one")
    second = change(first, version=2, text="two")
    third = change(second, version=3, removed_at=make.later(2))
    workspace.save(first, deed="win.recorded", now=now)
    workspace.save(second, deed="edited it", now=make.later(1))
    reopened(workspace).save(third, deed="removed it", now=make.later(2))
    versions = reopened(workspace).versions(first.id)
    assert [version.record for version in versions] == [first, second, third]
    assert [version.deed for version in versions] == ["edited it", "removed it", ""]
    assert [version.replaced_by for version in versions] == ["anna", "tom", ""]
    assert [version.replaced_at for version in versions] == [make.later(1), make.later(2), None]


def test_of_a_record_changed_all_day_the_newest_forty_former_versions_stay(workspace: Workspace, make: Make) -> None:
    story = make.story()
    workspace.save(story, deed="win.recorded", now=make.now)
    with workspace.batch("yesterday and today", make.now):
        pass
    for day, steps in ((0, 30), (1, 60)):
        for _ in range(steps):
            story = change(story, version=story.version + 1, text=f"version {story.version + 1}")
            workspace.save(story, deed="edited it", now=make.now + timedelta(days=day))
    kept = [version.record.version for version in workspace.versions(story.id)]
    assert kept == [30, *range(51, 92)]


def test_find_gives_a_kind_in_the_order_it_happened(workspace: Workspace, make: Make, now: datetime) -> None:
    stories = [make.story(f"story {number}", at=make.later(-number)) for number in range(5)]
    workspace.save(*stories, deed="recorded", now=now)
    workspace.save(make.promise(), deed="promised", now=now)
    assert workspace.find(Story) == stories[::-1]
    late = make.story("between", at=make.later(-1.5))
    workspace.save(late, deed="recorded", now=now)
    assert [story.text for story in workspace.find(Story)] == ["story 4", "story 3", "story 2", "between"] + [
        "story 1",
        "story 0",
    ]
    assert workspace.find(Story) == reopened(workspace).find(Story)


def test_find_orders_by_the_moment_over_the_turn_of_the_year(workspace: Workspace, make: Make, now: datetime) -> None:
    east = make.story("in the new year already", at=datetime(2027, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=9))))
    west = make.story("still in the old year", at=datetime(2026, 12, 31, 20, tzinfo=timezone(timedelta(hours=-8))))
    for story in (west, east):
        workspace.save(story, deed="recorded", now=now)
    assert workspace.find(Story) == [east, west]


def test_find_by_days_takes_both_ends_and_the_day_of_the_place(workspace: Workspace, make: Make, now: datetime) -> None:
    zone = timezone(timedelta(hours=13))
    days = [make.story(f"day {day}", at=datetime(2026, 5, day, 0, 10, tzinfo=zone)) for day in (1, 2, 3, 4)]
    workspace.save(*days, deed="recorded", now=now)
    assert workspace.find(Story, since=date(2026, 5, 2), until=date(2026, 5, 3)) == days[1:3]
    assert workspace.find(Story, since=date(2026, 5, 4)) == days[3:]
    assert workspace.find(Story, until=date(2026, 4, 30)) == []
    assert workspace.find(Story, since=date(2026, 5, 3), until=date(2026, 5, 2)) == []


def test_find_by_fields_and_by_what_is_in_the_bin(workspace: Workspace, make: Make, now: datetime) -> None:
    win, sticky = make.story("a", customer="Acme"), make.story("b", kind="sticky")
    gone = make.story("c", removed_at=make.later())
    workspace.save(win, sticky, gone, deed="recorded", now=now)
    assert workspace.find(Story, kind="sticky") == [sticky]
    assert workspace.find(Story, kind="win", customer="Acme") == [win]
    assert workspace.find(Story, removed=True) == [gone]
    assert workspace.find(Story, removed=None) == [win, sticky, gone]
    assert workspace.get(Story, gone.id) == gone
    with pytest.raises(TypeError, match="no field"):
        workspace.find(Story, colour="red")


def test_get_is_by_kind_and_says_when_there_is_nothing(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story(at=make.in_year(2031))
    workspace.save(story, deed="recorded", now=now)
    assert workspace.get(Record, story.id) == story  # type: ignore[type-abstract]
    for kind, id in ((FollowUp, story.id), (Person, story.id), (Story, mint(now)), (Story, "nonsense"), (Story, "")):
        with pytest.raises(NotFound):
            workspace.get(kind, id)


def test_a_record_is_found_by_any_unambiguous_end_of_its_id(workspace: Workspace, make: Make, now: datetime) -> None:
    old, new = make.story(at=make.in_year(2019)), make.person()
    id = old.id[:-6] + "A10Z0F"
    old = change(old, id=id)
    workspace.save(old, deed="recorded", now=now)
    workspace.save(new, deed="added", now=now)
    for ref in ("A10Z0F", "a10z0f", "ALOZOF", "aiozof", "10Z0F", "0z0f", id, f"  {id[-8:].lower()} "):
        assert workspace.by_ref(ref) == old
    assert workspace.by_ref(new.ref) == new


def test_a_reference_that_is_none_or_several_is_said_so(workspace: Workspace, make: Make, now: datetime) -> None:
    one, two = make.story("secret words"), make.story("secret words")
    one, two = change(one, id=one.id[:-5] + "7ABCD"), change(two, id=two.id[:-5] + "8ABCD")
    workspace.save(one, two, deed="recorded", now=now)
    with pytest.raises(Unclear) as several:
        workspace.by_ref("abcd")
    assert one.id[-12:] in str(several.value)
    assert "secret" not in str(several.value)
    assert workspace.by_ref("7abcd") == one
    with pytest.raises(NotFound):
        workspace.by_ref("9abcd")
    for ref in ("bcd", "", "what?", "abcdu", "ÄBCD", "٣٣٣٣", "A" * 27):
        with pytest.raises(Unclear):
            workspace.by_ref(ref)


def test_what_was_done_is_told_newest_first_over_all_books(workspace: Workspace, make: Make, now: datetime) -> None:
    old = make.story(at=make.in_year(2020))
    workspace.save(make.person(), deed="person.added", now=make.later(1))
    workspace.save(old, deed="recorded an old win", now=make.later(2))
    workspace.save(make.story(), deed="win.recorded", now=make.later(3))
    again = reopened(workspace)
    again.save(change(old, version=2, starred=True), deed="starred it", now=make.later(4), undoes=None)
    assert [deed.what for deed in again.deeds(3)] == ["starred it", "win.recorded", "recorded an old win"]
    assert {deed.what for _, deed in again.log()} >= {"starred it", "win.recorded", "recorded an old win"}
    newest = reopened(workspace).deeds(1)[0]
    assert (newest.by, newest.at) == ("tom", make.later(4))
    (step,) = newest.changes
    assert (step.id, step.before, step.after) == (old.id, 1, 2)
    assert workspace.deeds()[-1].changes[0].before == 0


def test_an_action_over_two_books_is_one_deed(workspace: Workspace, make: Make, now: datetime) -> None:
    person, story = make.person(), make.story()
    first = workspace.save(person, deed="added a person with a win", now=now)
    second = workspace.save(story, deed="added a person with a win", now=now, deed_id=first.id)
    assert second.id == first.id
    (deed,) = reopened(workspace).deeds()
    assert {step.id for step in deed.changes} == {person.id, story.id}


def test_a_deed_says_which_deed_it_takes_back(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story()
    done = workspace.save(story, deed="win.recorded", now=now)
    undo = change(story, version=2, removed_at=now)
    workspace.save(undo, deed="took back: recorded a win", now=now, undoes=done.id)
    assert reopened(workspace).deeds()[0].undoes == done.id


def test_a_batch_is_seen_at_once_and_saved_as_one_deed(workspace: Workspace, make: Make, now: datetime) -> None:
    person, old, new = make.person(), make.story(at=make.in_year(2024)), make.story()
    with workspace.batch("imported", now):
        for record in (new, person, old):
            workspace.save(record, deed="not told", now=now)
        workspace.save(change(new, version=2, starred=True), deed="not told", now=now)
        assert workspace.get(Story, new.id).starred
        assert workspace.find(Story) == [old, change(new, version=2, starred=True)]
        assert workspace.by_ref(old.ref) == old
        assert reopened(workspace).find(Story, removed=None) == []
    again = reopened(workspace)
    assert [again.find(Person), again.find(Story)] == [[person], [old, change(new, version=2, starred=True)]]
    (deed,) = again.deeds()
    assert deed.what == "imported"
    assert {(step.id, step.before, step.after) for step in deed.changes} == {
        (person.id, 0, 1),
        (old.id, 0, 1),
        (new.id, 0, 2),
    }


def test_a_batch_that_fails_leaves_nothing(workspace: Workspace, make: Make, now: datetime) -> None:
    kept = make.story("kept")
    workspace.save(kept, deed="recorded", now=now)
    with pytest.raises(ZeroDivisionError), workspace.batch("imported", now):
        workspace.save(make.story("lost"), deed="x", now=now)
        workspace.save(make.person(), deed="x", now=now)
        _ = 1 / 0
    assert workspace.find(Story) == [kept] == reopened(workspace).find(Story)
    assert workspace.find(Person) == []
    assert [deed.what for deed in workspace.deeds()] == ["recorded"]
    workspace.save(make.person(), deed="added", now=now)


def test_a_refused_save_inside_a_batch_leaves_the_rest_of_it(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story()
    with workspace.batch("imported", now):
        workspace.save(story, deed="x", now=now)
        with pytest.raises(Conflict):
            workspace.save(make.story("not kept"), change(story, text="taken"), deed="x", now=now)
    assert reopened(workspace).find(Story) == [story]


def test_a_batch_in_a_batch_belongs_to_the_outer_one(workspace: Workspace, make: Make, now: datetime) -> None:
    with workspace.batch("outer", now):
        with workspace.batch("inner", now):
            workspace.save(make.story(), deed="x", now=now)
        assert reopened(workspace).find(Story) == []
    (deed,) = reopened(workspace).deeds()
    assert deed.what == "outer"


def test_a_batch_without_changes_is_no_deed(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story()
    workspace.save(story, deed="recorded", now=now)
    before = workspace.generation
    with workspace.batch("again", now):
        workspace.save(story, deed="x", now=now)
    assert workspace.generation == before
    assert len(workspace.deeds()) == 1


def test_the_generation_grows_when_anyone_saved(workspace: Workspace, make: Make, now: datetime) -> None:
    other = reopened(workspace)
    start, mine = other.generation, workspace.generation
    assert not other.refresh()
    story = make.story()
    workspace.save(story, deed="recorded", now=now)
    assert workspace.generation > mine
    assert other.generation == start
    assert other.refresh()
    assert other.generation > start
    assert other.find(Story) == [story]
    assert not other.refresh()


def test_two_that_write_in_turn_see_and_keep_each_others_records(
    workspace: Workspace, make: Make, now: datetime
) -> None:
    other = reopened(workspace)
    told = []
    for number in range(10):
        writer = (workspace, other)[number % 2]
        told.append(make.story(f"story {number}", at=make.later(number)))
        writer.save(told[-1], deed="recorded", now=now)
    workspace.refresh()
    other.refresh()
    assert workspace.find(Story) == other.find(Story) == told


def test_a_change_by_another_is_seen_as_the_conflict_it_is(workspace: Workspace, make: Make, now: datetime) -> None:
    story = make.story()
    workspace.save(story, deed="recorded", now=now)
    theirs = change(story, version=2, text="theirs")
    reopened(workspace).save(theirs, deed="edited", now=now)
    with pytest.raises(Conflict) as refused:
        workspace.save(change(story, version=2, text="mine"), deed="edited", now=now)
    assert refused.value.current == theirs
    workspace.save(change(theirs, version=3, text="theirs and mine"), deed="edited", now=now)


def test_nothing_handed_out_can_change_what_is_kept(workspace: Workspace, make: Make, now: datetime) -> None:
    at = make.now
    settings = Settings(id=mint(at), at=at, made_at=at, made_by="anna", team="Harbour Desk", keys={"win": "w"})
    workspace.save(settings, deed="set up", now=now)
    settings.keys["win"] = "x"
    workspace.find(Settings)[0].keys["win"] = "y"
    workspace.get(Settings, settings.id).keys["win"] = "z"
    assert workspace.get(Settings, settings.id).keys == {"win": "w"}
    assert workspace.find(Settings)[0].keys == {"win": "w"}
    final = Final(content={"score": {"shown": 84}}, digest="d", finalised_at=at, finalised_by="anna")
    day = date(2026, 12, 31)
    evaluation = Evaluation(
        id=mint(at), at=at, made_at=at, made_by="anna", person=mint(at), since=day, until=day, finals=(final,)
    )
    workspace.save(evaluation, deed="finalised", now=now)
    workspace.find(Evaluation)[0].finals[0].content["score"]["shown"] = 100
    assert workspace.find(Evaluation)[0].finals[0].content == {"score": {"shown": 84}}


HOSTILE = [
    "[/foo] [bold]x[/] [1, 2]",
    "\x1b[31mred\x1b[0m \x00 \u202e reversed \u2028 \r\n\t",
    '"quotes" \\ back\\slash \',\n"1":{},\n\n"records":{\n',
    "=HYPERLINK(1)",
    "🙂 Ж ع 中 \U0010ffff",
    "x" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["markup", "controls", "json", "formula", "scripts", "long"])
def test_any_text_comes_back_as_it_was(workspace: Workspace, make: Make, now: datetime, text: str) -> None:
    story = make.story(text, customer=text)
    workspace.save(story, make.story("neighbour"), deed="recorded", now=now)
    again = reopened(workspace)
    assert again.get(Story, story.id) == story
    assert len(again.find(Story)) == 2


def test_text_that_is_no_unicode_is_refused_kindly(workspace: Workspace, make: Make, now: datetime) -> None:
    with pytest.raises(Refused, match="broken characters"):
        workspace.save(make.story("half \ud83d pair"), deed="recorded", now=now)
    assert workspace.find(Story) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "not-a-ulid"},
        {"id": "81HZZZZZZZZZZZZZZZZZZZZZZZ"},
        {"at": datetime(2026, 1, 1)},
        {"kind": "triumph"},
        {"version": 0},
        {"text": 5},
        {"people": (None,)},
    ],
)
def test_a_record_that_could_not_be_read_back_is_not_saved(
    workspace: Workspace, make: Make, now: datetime, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"."):
        workspace.save(change(make.story(), **wrong), deed="recorded", now=now)
    assert workspace.find(Story) == []


def test_the_moment_of_a_deed_needs_its_offset(workspace: Workspace, make: Make) -> None:
    with pytest.raises(ValueError, match="offset"):
        workspace.save(make.story(), deed="recorded", now=datetime(2026, 1, 1))


def test_half_typed_text_is_kept_until_it_is_cleared(workspace: Workspace) -> None:
    assert workspace.drafts.get("win") == ""
    workspace.drafts.put("win", "@maria stayed\r\nuntil \x00 \u202e")
    workspace.drafts.put("Meeting: Q/../../x", "elsewhere")
    again = reopened(workspace, "anna")
    assert again.drafts.get("win") == "@maria stayed\r\nuntil \x00 \u202e"
    assert again.drafts.get("Meeting: Q/../../x") == "elsewhere"
    again.drafts.put("win", "shorter")
    assert workspace.drafts.get("win") == "shorter"
    workspace.drafts.clear("win")
    workspace.drafts.clear("win")
    assert again.drafts.get("win") == ""
    again.drafts.put("Meeting: Q/../../x", "")
    assert workspace.drafts.get("Meeting: Q/../../x") == ""
    assert workspace.find(Story) == []


def test_years_are_those_that_hold_something(workspace: Workspace, make: Make, now: datetime) -> None:
    assert workspace.years() == []
    for year in (2027, 2009, 2026):
        workspace.save(make.story(at=make.in_year(year)), deed="recorded", now=now)
    assert workspace.years() == [2009, 2026, 2027] == reopened(workspace).years()
    again = reopened(workspace)
    again.load_years()
    assert [story.at.year for story in again.find(Story)] == [2009, 2026, 2027]


def test_a_folder_without_a_workspace_is_said_so(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(WorkspaceMissing):
            Workspace.open(folder)
    assert not (tmp_path / "nowhere").exists()


def test_opening_to_create_keeps_what_is_there(workspace: Workspace, make: Make, now: datetime) -> None:
    workspace.save(make.story(), deed="recorded", now=now)
    assert len(reopened(workspace).find(Story)) == 1
    assert reopened(workspace).user == "tom"


def test_now_may_come_with_any_zone(workspace: Workspace, make: Make) -> None:
    workspace.save(make.story(), deed="recorded", now=datetime.now(UTC))
    assert workspace.deeds()[0].at.tzinfo is not None


@given(keys=st.sets(st.text(min_size=1, max_size=90), min_size=2, max_size=4))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(keys={"evaluation-words-01M86CH3M0FSMCSRAAZFFE2YAH-2026-01-01", "EVALUATION" * 9, "EVALUATION" * 8 + "X"})
def test_half_typed_text_is_kept_under_any_key(workspace: Workspace, keys: set[str]) -> None:
    for key in keys:
        workspace.drafts.put(key, f"text of {key!r}")
    assert {key: workspace.drafts.get(key) for key in keys} == {key: f"text of {key!r}" for key in keys}
    for key in keys:
        workspace.drafts.clear(key)
    assert {workspace.drafts.get(key) for key in keys} == {""}
