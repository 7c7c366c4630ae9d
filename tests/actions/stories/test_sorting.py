"""Open marks are matched again when the team changes, and sorted out in all their stories at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.people.team import add_person, edit_person
from meetingtool.actions.stories.editing import line_of, revise_story
from meetingtool.actions.stories.follow_ups import decide, record_follow_up
from meetingtool.actions.stories.open_marks import OpenMark, in_words, mark_named, marks_of, open_marks, places
from meetingtool.actions.stories.sorting import add_and_credit, as_words, credit
from meetingtool.actions.stories.stories import record_story
from meetingtool.errors import NotFound, Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.store import Workspace


def desk(workspace: Workspace, now: datetime) -> Desk:
    return Desk(workspace, lambda: now)


def win(workspace: Workspace, line: str, now: datetime) -> Story:
    return record_story(workspace, "win", line, now).story


def only(workspace: Workspace, now: datetime) -> OpenMark:
    found = open_marks(desk(workspace, now), desk(workspace, now).unsorted())
    assert len(found) == 1
    return found[0]


def handles(workspace: Workspace, story: Story) -> list[str]:
    people = {person.id: person.handle for person in workspace.find(Person)}
    return [people[each] for each in workspace.get(Story, story.id).people]


def test_a_mark_is_one_in_all_its_stories_however_it_is_spelt(workspace: Workspace, now: datetime) -> None:
    one = win(workspace, "@jo carried the boxes", now - timedelta(days=2))
    other = win(workspace, "@Jo and @maria swept up", now)
    mark = only(workspace, now)
    assert (mark.mark, [record.id for record in mark.records]) == ("@Jo", [other.id, one.id])
    assert mark.people == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda w, now: add_person(w, "Jo Byrne", now),
        lambda w, now: add_person(w, "Joanna Byrne", now, nicknames=("Jo",)),
        lambda w, now: add_person(w, "Joanna Byrne", now, handle="jo"),
        lambda w, now: edit_person(w, w.find(Person, handle="zoe")[0], now, nicknames=("Jo",)),
        lambda w, now: edit_person(w, w.find(Person, handle="zoe")[0], now, handle="jo"),
    ],
)
def test_an_open_mark_is_matched_again_when_the_team_changes(
    workspace: Workspace, now: datetime, change: object
) -> None:
    win(workspace, "@jo carried the boxes", now)
    person = change(workspace, now)  # type: ignore[operator]
    assert [each.id for each in only(workspace, now).people] == [person.id]
    told = marks_of(desk(workspace, now), [person])
    assert in_words(told) == [f"“@jo” needs sorting out in 1 story: meetingtool sort-out @jo --as @{person.handle}"]
    assert marks_of(desk(workspace, now), [workspace.find(Person, handle="tom")[0]]) == []


def test_crediting_a_mark_credits_all_its_stories_as_one_deed(workspace: Workspace, now: datetime) -> None:
    one = win(workspace, "@jo carried the boxes #own-it ^Acme", now - timedelta(days=2))
    other = win(workspace, "@maria a customer thanked @Jo for the lift home +", now)
    jo = add_person(workspace, "Jo Byrne", now)
    changed = credit(workspace, only(workspace, now), jo, now)
    assert len(changed) == 2
    assert handles(workspace, one) == ["jo"]
    assert set(handles(workspace, other)) == {"maria", "jo"}
    kept = workspace.get(Story, one.id)
    assert (kept.text, kept.customer, kept.unsorted) == ("carried the boxes", "Acme", ())
    assert len(kept.standards) == 1
    assert workspace.get(Story, other.id).text.endswith("for the lift home")
    assert workspace.get(Story, other.id).starred
    assert undo(workspace, now).what == "story.sorted-out"
    assert workspace.get(Story, one.id).unsorted == ("@jo",)
    assert workspace.get(Story, other.id).unsorted == ("@Jo",)


def test_a_mark_can_mean_somebody_who_is_called_otherwise(workspace: Workspace, now: datetime) -> None:
    story = win(workspace, "@jo and @jo-ann carried the boxes", now)
    mark = mark_named(desk(workspace, now), "jo")
    credit(workspace, mark, workspace.find(Person, handle="tom")[0], now)
    assert handles(workspace, story) == ["tom"]
    assert workspace.get(Story, story.id).unsorted == ("@jo-ann",)


def test_a_tag_can_mean_a_standard(workspace: Workspace, now: datetime) -> None:
    story = win(workspace, "@tom rang back #ring-back", now)
    standard = workspace.find(Standard, tag="own-it")[0]
    credit(workspace, only(workspace, now), standard, now)
    kept = workspace.get(Story, story.id)
    assert (kept.standards, kept.unsorted, kept.text) == ((standard.id,), (), "rang back")


def test_promises_made_with_the_story_follow_it(workspace: Workspace, now: datetime) -> None:
    recorded = record_story(workspace, "win", "@jo !call the bank by fri", now)
    jo = add_person(workspace, "Jo Byrne", now)
    credit(workspace, only(workspace, now), jo, now)
    assert [f.people for f in workspace.find(FollowUp, story=recorded.story.id)] == [(jo.id,)]


def test_somebody_new_gets_the_handle_that_was_typed(workspace: Workspace, now: datetime) -> None:
    story = win(workspace, "@jb carried the boxes", now)
    person, _ = add_and_credit(workspace, only(workspace, now), "Jo Byrne", now)
    assert (person.handle, handles(workspace, story)) == ("jb", ["jb"])
    undo(workspace, now)
    assert workspace.find(Person, handle="jb") == []
    assert workspace.get(Story, story.id).unsorted == ("@jb",)


def test_a_mark_that_was_sorted_out_meanwhile_is_told_and_adds_nobody(workspace: Workspace, now: datetime) -> None:
    win(workspace, "@jo carried the boxes", now)
    mark = only(workspace, now)
    person, found = add_and_credit(workspace, mark, "Jo Byrne", now)
    assert places(found) == "1 story"
    for again in (
        lambda: add_and_credit(workspace, mark, "Jo Byrne", now),
        lambda: credit(workspace, mark, person, now),
        lambda: as_words(workspace, mark, now),
    ):
        with pytest.raises(Refused, match="“@jo” was sorted out meanwhile"):
            again()
    assert [one.name for one in workspace.find(Person) if "Jo" in one.name] == ["Jo Byrne"]


def test_plain_words_stay_as_they_were_said(workspace: Workspace, now: datetime) -> None:
    story = win(workspace, "@tom left the parcel @home", now)
    as_words(workspace, only(workspace, now), now)
    kept = workspace.get(Story, story.id)
    assert (kept.unsorted, "@home" in kept.text) == ((), True)
    add_person(workspace, "Home Run", now)
    assert revise_story(workspace, kept, line_of(workspace, kept, now), StoryDetails(), now) == kept


def test_an_edited_line_credits_whoever_goes_by_the_mark_now(workspace: Workspace, now: datetime) -> None:
    story = win(workspace, "@jo carried the boxes", now)
    add_person(workspace, "Jo Byrne", now)
    line = line_of(workspace, story, now)
    assert line == "@jo carried the boxes"
    revise_story(workspace, story, f"{line} upstairs", StoryDetails(), now)
    assert handles(workspace, story) == ["jo"]


def test_a_mark_that_is_open_nowhere_is_told(workspace: Workspace, now: datetime) -> None:
    win(workspace, "@jo carried the boxes", now)
    with pytest.raises(NotFound, match="“@tim” is not waiting to be sorted out"):
        mark_named(desk(workspace, now), "@tim")


def test_in_the_room_private_stories_are_neither_counted_nor_changed(workspace: Workspace, now: datetime) -> None:
    private = win(workspace, "@jo was late again ~", now)
    win(workspace, "@jo carried the boxes", now)
    shared = Desk(workspace, lambda: now, room=True)
    mark = mark_named(shared, "@jo")
    assert len(mark.records) == 1
    credit(workspace, mark, workspace.find(Person, handle="tom")[0], now)
    assert workspace.get(Story, private.id).unsorted == ("@jo",)


def test_a_mark_in_a_promise_of_a_story_alone_is_sorted_out_there_too(workspace: Workspace, now: datetime) -> None:
    story = win(workspace, "@maria sorted it !ring @jo back by fri >@jo orders paper by mon", now)
    told = win(workspace, "@maria sorted that !ring @tom back by fri >@tom orders paper by mon", now)
    add_and_credit(workspace, only(workspace, now), "Jo Byrne", now)

    def of(record: Story) -> list[tuple[str, list[str]]]:
        people = {person.id: person.handle.replace("tom", "jo") for person in workspace.find(Person)}
        follow_ups = sorted(workspace.find(FollowUp, story=record.id), key=lambda each: each.id)
        return [(f.text.replace("Tom", "Jo"), [people[each] for each in f.people]) for f in follow_ups]

    assert handles(workspace, story) == ["maria", "jo"]
    assert of(story) == of(told) == [("ring Jo back", ["maria", "jo"]), ("orders paper", ["maria", "jo"])]
    assert workspace.get(Story, story.id).text == "sorted it"
    assert desk(workspace, now).unsorted() == []
    undo(workspace, now)
    assert of(story)[0] == ("ring @jo back", ["maria"])


def test_a_mark_in_a_promise_is_sorted_out_like_one_in_a_story(workspace: Workspace, now: datetime) -> None:
    promise = record_follow_up(workspace, "promise", "@jo calls Acme back by fri", now)
    action = record_follow_up(workspace, "action", "ask @Jo and @ben for the key ~", now)
    story = win(workspace, "@jo carried the boxes", now - timedelta(days=1))
    mark = mark_named(desk(workspace, now), "@jo")
    assert (len(mark.records), mark.places) == (3, "1 story, 1 promise and 1 action")
    jo = add_person(workspace, "Jo Byrne", now)
    credit(workspace, mark, jo, now)
    kept, asked = workspace.get(FollowUp, promise.id), workspace.get(FollowUp, action.id)
    assert (kept.text, kept.people, kept.due, kept.unsorted) == ("calls Acme back", (jo.id,), promise.due, ())
    assert (asked.text, asked.people, asked.private) == ("ask Jo and @ben for the key", (jo.id,), True)
    assert (asked.unsorted, handles(workspace, story)) == (("@ben",), ["jo"])
    as_words(workspace, only(workspace, now), now)
    assert workspace.get(FollowUp, action.id).text == "ask Jo and @ben for the key"
    assert line_of(workspace, workspace.get(FollowUp, action.id), now) == r"~ @jo ask Jo and \@ben for the key"
    assert desk(workspace, now).unsorted() == []


def test_what_is_decided_needs_no_sorting_out(workspace: Workspace, now: datetime) -> None:
    decide(workspace, record_follow_up(workspace, "promise", "@jo calls back", now), "dropped", now)
    assert desk(workspace, now).unsorted() == []
    assert mark_named(desk(workspace, now), "@jo").places == "1 promise"
