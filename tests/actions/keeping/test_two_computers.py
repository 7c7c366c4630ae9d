"""What two computers recorded, each without the other, is there once and whole after a merge, and one undo ends it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.customers.keeping import change_customer
from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.doubles import twice
from meetingtool.actions.keeping.merging import told_merge
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.meeting.meetings import start_meeting
from meetingtool.actions.meeting.papers import minutes_paper
from meetingtool.actions.people.evaluation_course import share
from meetingtool.actions.people.evaluations import write
from meetingtool.actions.people.merged_away import left_behind
from meetingtool.actions.people.one_person import merge, plan_merge
from meetingtool.actions.people.soundness import unsound
from meetingtool.actions.people.team import add_person
from meetingtool.actions.playbook.courses import add_course
from meetingtool.actions.playbook.groups import add_group
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.cli.portraits import changes
from meetingtool.documents.formats.markdown import render
from meetingtool.records.base import mint
from meetingtool.records.complaints import Complaint, Step
from meetingtool.records.customers import Customer
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Attendance, Meeting
from meetingtool.records.people import Person
from meetingtool.records.philosophy import Group
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.records.team import ScoreRule, ServiceRule, Settings
from meetingtool.records.training import Course, Part, Session
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.periods import period_of
from meetingtool.store import CannotWrite, Workspace
from meetingtool.store.conflicted import conflicted_copies, is_strange
from meetingtool.store.envelope import PLAIN
from tests.actions.keeping.two_computers import Computers, change

YEAR = period_of(2026)


def _made(kind: type[Any], now: datetime, **fields: Any) -> Any:
    return kind(id=mint(now), at=now, made_at=now, made_by="pat", **fields)


def test_who_did_it_corrected_differently_is_one_sides_and_told_and_both_handles_go_on_finding(
    computers: Computers,
) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo, dan = (add_person(workspace, name, computers.now) for name in ("Bo Lind", "Dan Fox"))
        record_story(workspace, "win", "@jo swept up", computers.now)
        record_follow_up(workspace, "promise", "@maria call them", computers.now)
    computers.fork()
    computers.edit(here, Story, people=(bo.id,), unsorted=())
    computers.edit(there, Story, people=(dan.id,), unsorted=())
    computers.edit(here, FollowUp, people=(bo.id,))
    computers.edit(there, FollowUp, people=(dan.id,))
    computers.edit(here, Person, handle="ek", former_handles=("bo",))
    computers.edit(there, Person, handle="cee", former_handles=("bo",))
    told = "\n".join(computers.merge())
    with computers.at(here) as workspace:
        assert workspace.find(Story)[0].people == workspace.find(FollowUp)[0].people == (dan.id,)
        roster = roster_of(workspace, computers.now.date())
        assert [roster.meant_by(f"@{each}")[0].id for each in ("bo", "ek", "cee")] == [bo.id] * 3
    assert told.count("people Bo Lind (here) gives way to Dan Fox (there)") == 2
    assert "handle ek (here) gives way to cee (there)" in told


def test_of_who_did_it_one_side_stands_whole_and_is_told_by_a_name_that_only_one_side_has(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo = add_person(workspace, "Bo Lind", computers.now)
        story = record_story(workspace, "win", "@tom swept up", computers.now).story
    computers.fork()
    with computers.at(there) as workspace:
        eve = add_person(workspace, "Eve Berg", computers.now)
    computers.edit(here, Story, people=(bo.id, *story.people), standards=("listen",))
    computers.edit(there, Story, people=(eve.id,), text="swept")
    told = "\n".join(computers.merge())
    with computers.at(here) as workspace:
        (merged,) = workspace.find(Story)
        assert (merged.people, merged.standards, merged.text) == ((eve.id,), (), "swept")
    assert "people Bo Lind; Tom Ng (here) gives way to Eve Berg (there)" in told


def test_who_was_added_on_each_of_two_computers_did_it_together(computers: Computers) -> None:
    with computers.at(computers.folder) as workspace:
        bo, dan = (add_person(workspace, name, computers.now) for name in ("Bo Lind", "Dan Fox"))
        story = record_story(workspace, "win", "@tom swept up", computers.now).story
    computers.fork()
    computers.edit(computers.folder, Story, people=(*story.people, bo.id))
    computers.edit(computers.elsewhere, Story, people=(*story.people, dan.id))
    computers.merge()
    with computers.at(computers.folder) as workspace:
        assert set(workspace.find(Story)[0].people) == {*story.people, bo.id, dan.id}


def test_a_year_that_two_computers_began_apart_is_merged_without_a_question(computers: Computers) -> None:
    computers.fork()
    computers.now = computers.now.replace(year=2027)
    for place in (computers.folder, computers.elsewhere):
        with computers.at(place) as workspace:
            record_story(workspace, "win", f"@tom swept {place.name}", computers.now)
    shutil.copy(computers.elsewhere / "2027.json", computers.folder / "2027 (conflicted copy 2027-01-05 090000).json")
    [copy] = conflicted_copies(computers.folder)
    assert not is_strange(copy, PLAIN)


def test_fields_and_lists_of_one_record_are_brought_together_and_what_gives_way_is_named(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        add_person(workspace, "Bo Lind", computers.now)
        start_meeting(workspace, computers.now)
        late = _made(Complaint, computers.now, text="late", line="late")
        workspace.save(late, deed=deeds.COMPLAINT, now=computers.now)
    computers.fork()

    def step(name: Any, words: str) -> Callable[[Complaint], tuple[Step, ...]]:
        return lambda record: (*record.steps, Step(name=name, at=computers.now, words=words))

    computers.edit(here, Person, role="Driver", left=computers.now.date())
    computers.edit(there, Person, role="Lead", email="bo@example.org")
    computers.edit(here, Settings, weekday=3)
    computers.edit(there, Settings, clock="14:30")
    computers.edit(here, Complaint, steps=step("looked-into", "found the driver"))
    computers.edit(there, Complaint, steps=step("assessed", "not grave"))
    computers.edit(here, Meeting, notes="note here", answers=("answer here",))
    computers.edit(there, Meeting, notes="note there", answers=("answer there",))
    told = computers.merge()
    with computers.at(here) as workspace:
        bo = max(workspace.find(Person), key=lambda each: each.made_at)
        assert told == [f"Bo Lind: role Driver (here) gives way to Lead (there). `show {bo.ref} --changes` has both."]
        assert (bo.role, bo.email, bo.left) == ("Lead", "bo@example.org", computers.now.date())
        (team,) = workspace.find(Settings)
        assert (team.weekday, team.clock) == (3, "14:30")
        (complaint,) = workspace.find(Complaint)
        assert [each.words for each in complaint.steps] == ["found the driver", "not grave"]
        (meeting,) = workspace.find(Meeting)
        assert (meeting.notes, meeting.answers) == ("note here\nnote there", ("answer here", "answer there"))
        desk = Desk(workspace, lambda: computers.now)
        said = "; ".join(words for each in changes(bo, desk) for words in each.changed)
        assert "Driver" in said
        assert "Lead" in said
        assert not any("without" in words for each in changes(complaint, desk) for words in each.changed)
        undo(workspace, computers.now)
        bo = workspace.get(Person, bo.id)
        assert (bo.role, bo.email) == ("Driver", "")
        assert workspace.get(Meeting, meeting.id).notes == "note here"
        assert workspace.get(Complaint, complaint.id).steps == complaint.steps[:1]


def test_of_the_settings_of_service_the_one_that_gives_way_is_named_and_days_off_add_up(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        add_person(workspace, "Bo Lind", computers.now)
    computers.fork()
    for place, holiday, answer, more in ((here, "2026-12-25", 4, {"calls": 9}), (there, "2026-12-24", 6, {"ask": 7})):
        service = ServiceRule(holidays=(holiday,), answer=answer, **more)
        computers.edit(place, Settings, service=service)
    told = computers.merge()
    with computers.at(here) as workspace:
        (team,) = workspace.find(Settings)
    assert team.service.holidays == ("2026-12-24", "2026-12-25")
    assert (team.service.answer, team.service.calls, team.service.ask) == (6, 9, 7)
    said = "working days to answer a complaint 4 (here) gives way to 6 (there)"
    assert [line.split(": ", 1)[1] for line in told] == [f"{said}. `show {team.ref} --changes` has both."]


def test_weights_of_the_score_are_joined_one_by_one_where_they_still_add_up_to_100(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        add_person(workspace, "Bo Lind", computers.now)
    computers.fork()
    computers.edit(here, Settings, score=ScoreRule(standards=50, customers=30))
    computers.edit(there, Settings, score=ScoreRule(promises=10, training=10))
    assert computers.merge() == []
    with computers.at(here) as workspace:
        (team,) = workspace.find(Settings)
    assert team.score == ScoreRule(standards=50, customers=30, promises=10, training=10)


def test_of_the_weights_of_the_score_those_of_one_computer_stand_and_what_gives_way_is_named(
    computers: Computers,
) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        add_person(workspace, "Bo Lind", computers.now)
    computers.fork()
    computers.edit(here, Settings, score=ScoreRule(standards=50, customers=30, ratings_least=8))
    computers.edit(there, Settings, score=ScoreRule(standards=55, promises=20, responses_least=12))
    (told,) = computers.merge()
    with computers.at(here) as workspace:
        (team,) = workspace.find(Settings)
    assert team.score == ScoreRule(standards=55, promises=20, ratings_least=8, responses_least=12)
    assert told.startswith("Settings of ")
    assert (
        "weight of standards 50 (here) gives way to 55 (there); weight of customers 30 (here) gives way to 20" in told
    )


def _rows(*numbers: int) -> bytes:
    head = "id,date,Q1 How satisfied (1-5),served by\n"
    return (head + "".join(f"{n},2026-11-0{n % 9 + 1},{n % 5 + 1},Bo Lind\n" for n in numbers)).encode()


def _import(workspace: Workspace, data: bytes, now: datetime) -> None:
    import_survey(workspace, plan_survey(workspace, data, "Desk.csv", now), now)


@pytest.mark.parametrize("known", [range(0), range(1, 5)], ids=["first import on both", "the survey was there"])
def test_an_answer_that_both_imported_counts_once_and_what_is_said_of_it_stays(
    computers: Computers, known: range
) -> None:
    here, there = computers.folder, computers.elsewhere
    if known:
        with computers.at(here) as workspace:
            _import(workspace, _rows(*known), computers.now)
    computers.fork()
    for place, numbers in ((here, range(1, 9)), (there, range(1, 11))):
        with computers.at(place) as workspace:
            _import(workspace, _rows(*numbers), computers.now)
    with computers.at(there) as workspace:
        batch = max(workspace.find(Batch), key=lambda each: each.made_at)
        rows = [batch.ids.index(each) for each in ("8", "10")]
        out = [_made(LeftOut, computers.now, batch=batch.id, row=row, because="product") for row in rows]
        workspace.save(*out, deed=deeds.LEFT_OUT, now=computers.now)
    computers.merge()
    with computers.at(here) as workspace:
        (survey,) = workspace.find(Survey)
        batches = {batch.id: batch for batch in workspace.find(Batch)}
        assert sorted(int(each) for batch in batches.values() for each in batch.ids) == list(range(1, 11))
        assert {batch.survey for batch in batches.values()} == {survey.id}
        assert {batches[each.batch].ids[each.row] for each in workspace.find(LeftOut)} == {"8", "10"}
        assert twice(workspace) == []
        _import(workspace, _rows(*range(1, 11)), computers.now)
        assert sum(len(batch.ids) for batch in workspace.find(Batch)) == 10


def test_a_course_a_group_and_a_customer_are_there_once_and_one_undo_gives_back_what_was_here(
    computers: Computers,
) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo = add_person(workspace, "Bo Lind", computers.now)
    computers.fork()
    for place, kept in ((here, {"telephone": "111"}), (there, {"note": "asks for Bo"})):
        with computers.at(place) as workspace:
            course = add_course(workspace, "Fire drill", computers.now)
            held = _made(Session, computers.now, course=course.id, title=course.title, people=(Part(bo.id, "done"),))
            workspace.save(held, deed=deeds.TRAINED, now=computers.now)
            add_group(workspace, "Ferry", computers.now)
            change_customer(workspace, "Acme", computers.now, group="Ferry", **kept)
            add_person(workspace, "Dan Fox", computers.now)
    told = computers.merge()
    with computers.at(here) as workspace:
        (course,) = (each for each in workspace.find(Course) if each.title == "Fire drill")
        (group,) = (each for each in workspace.find(Group) if each.name == "Ferry")
        (acme,) = workspace.find(Customer)
        (held,) = workspace.find(Session)
        assert (acme.telephone, acme.note, acme.group, held.course) == ("111", "asks for Bo", group.id, course.id)
        assert {each.handle for each in workspace.find(Person)} >= {"dan", "dan-f"}
        assert twice(workspace) == []
        assert sum("was there twice, and is now there once" in line for line in told) == 4
        undo(workspace, computers.now)
        assert [each.handle for each in workspace.find(Person) if each.name == "Dan Fox"] == ["dan"]
        (acme,) = workspace.find(Customer)
        (held,) = workspace.find(Session)
        assert (acme.telephone, acme.note) == ("111", "")
        assert twice(workspace) == []


def test_a_merge_that_was_stopped_is_finished_by_merging_again_and_one_undo_takes_all_of_it_back(
    computers: Computers,
) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo = add_person(workspace, "Bo Lind", computers.now)
        start_meeting(workspace, computers.now)
    computers.fork()
    for place in (here, there):
        with computers.at(place) as workspace:
            _import(workspace, b"date,Q1 How satisfied (1-5)\n2026-11-03,4\n", computers.now)
        computers.edit(place, Meeting, notes=f"said {place.name}")
        computers.edit(place, Person, role=f"role {place.name}")
    blocked = here / "backups" / "team"
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("in the way")
    with pytest.raises(CannotWrite):
        computers.merge()
    blocked.unlink()
    assert [copy.name.split()[0] for copy in here.glob("*conflicted*")] == ["team"], "some are put away, some are not"
    assert computers.merge() == []
    with computers.at(here) as workspace:
        assert [len(batch.days) for batch in workspace.find(Batch)] == [1]
        assert "said elsewhere" in workspace.find(Meeting)[0].notes
        undo(workspace, computers.now)
        assert workspace.get(Person, bo.id).role == f"role {here.name}"
        assert workspace.find(Meeting)[0].notes == f"said {here.name}"
        assert [len(batch.days) for batch in workspace.find(Batch)] == [1]
        assert twice(workspace) == []


def test_what_undo_took_back_of_a_merge_is_taken_in_again_by_merging_again(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo = add_person(workspace, "Bo Lind", computers.now)
    computers.fork()
    computers.edit(here, Person, role="Driver")
    computers.edit(there, Person, role="Lead", number="7")
    with computers.at(there) as workspace:
        zoe = add_person(workspace, "Zoe Ek", computers.now)
    for _ in range(2):
        computers.merge()
        with computers.at(here) as workspace:
            bo = workspace.get(Person, bo.id)
            assert (bo.role, bo.number) == ("Lead", "7")
            assert workspace.get(Person, zoe.id).removed_at is None
            undo(workspace, computers.now)
            assert workspace.get(Person, bo.id).role == "Driver"
            assert workspace.get(Person, zoe.id).removed_at is not None
    with computers.at(here) as workspace:
        chef = change(workspace.get(Person, bo.id), version=workspace.get(Person, bo.id).version + 1, role="Chef")
        workspace.save(chef, deed=deeds.PERSON_EDITED, now=computers.now)
    assert computers.merge() == [
        f"Bo Lind: role Lead (there) gives way to Chef (here). `show {bo.ref} --changes` has both."
    ]
    assert "2 records that `undo` had taken back are here again" in told_merge(computers.done[-1])
    with computers.at(here) as workspace:
        bo = workspace.get(Person, bo.id)
        assert (bo.role, bo.number) == ("Chef", "7")
        assert workspace.get(Person, zoe.id).removed_at is None
    computers.merge()
    assert {told_merge(each).split(": ")[1] for each in computers.done} == {"the copy had nothing new."}


@pytest.mark.parametrize("merged_here", [True, False])
def test_what_one_computer_noted_for_an_entry_that_the_other_merged_away_is_of_the_one_that_stays(
    computers: Computers, merged_here: bool
) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo, dan = add_person(workspace, "Bo Lind", computers.now), add_person(workspace, "Dan Fox", computers.now)
        what = workspace.find(Standard)[0]
    computers.fork()
    one, other = (here, there) if merged_here else (there, here)
    with computers.at(one) as workspace:
        merge(workspace, plan_merge(workspace, bo, dan, computers.now), computers.now)
        write(workspace, bo, YEAR, computers.now, goals="of bo")
    with computers.at(other) as workspace:
        workspace.save(
            _made(Rating, computers.now, person=dan.id, standard=what.id, value=3), deed=deeds.RATED, now=computers.now
        )
        record_story(workspace, "win", "@dan stayed", computers.now)
        write(workspace, dan, YEAR, computers.now, goals="of dan")
        share(workspace, dan, YEAR, computers.now, reason="x y z")
    assert any("of an entry that was merged into Bo Lind moved there (@bo)" in line for line in computers.merge())
    with computers.at(here) as workspace:
        named = [*workspace.find(Rating), *workspace.find(Evaluation)]
        assert {each.person for each in named} == {bo.id}
        assert [story.people for story in workspace.find(Story)] == [(bo.id,)]
        assert sorted(each.state for each in workspace.find(Evaluation)) == ["draft", "shared"]
        assert ["There are 2 of the evaluation of Bo Lind" in each.message for each in unsound(workspace)] == [True]
        assert twice(workspace) == []
        undo(workspace, computers.now)
        shared = next(each for each in workspace.find(Evaluation) if each.state == "shared")
        assert shared.person == (bo.id if merged_here else dan.id)
        assert left_behind(workspace) == []
        assert (workspace.get(Person, dan.id).removed_at is None) != merged_here


def test_two_entries_that_two_computers_merged_into_each_other_are_one(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        one, other = add_person(workspace, "Bo Lind", computers.now), add_person(workspace, "Bo Linde", computers.now)
    computers.fork()
    for place, kept, double in ((here, one, other), (there, other, one)):
        with computers.at(place) as workspace:
            merge(workspace, plan_merge(workspace, kept, double, computers.now), computers.now)
            record_story(workspace, "win", f"@{kept.handle} stayed", computers.now)
    computers.merge()
    with computers.at(here) as workspace:
        (stays,) = (each for each in workspace.find(Person) if each.id in (one.id, other.id))
        assert {stays.id, *stays.merged} == {one.id, other.id}
        assert [story.people for story in workspace.find(Story)] == [(stays.id,)] * 2
        assert twice(workspace) == []


@pytest.mark.parametrize("merged_here", [True, False])
def test_an_entry_that_one_computer_renamed_and_the_other_merged_away_is_found_by_both_names(
    computers: Computers, merged_here: bool
) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        one, other = add_person(workspace, "Bo Lind", computers.now), add_person(workspace, "Dan Fox", computers.now)
    computers.fork()
    merges, renames = (here, there) if merged_here else (there, here)
    with computers.at(merges) as workspace:
        merge(workspace, plan_merge(workspace, one, other, computers.now), computers.now)
    with computers.at(renames) as workspace:
        renamed = change(other, version=2, name="Ida Poe", handle="ida", former_handles=("dan",))
        workspace.save(renamed, deed=deeds.PERSON_EDITED, now=computers.now)
    assert not [line for line in computers.merge() if "gives way" in line]
    with computers.at(here) as workspace:
        (stays,) = (each for each in workspace.find(Person) if each.id in (one.id, other.id))
        assert (stays.id, stays.handle) == (one.id, "bo")
        for text in ("@ida", "@dan", "Ida Poe", "Dan Fox"):
            assert roster_of(workspace, computers.now.date()).meant_by(text) == (stays,)
        assert record_story(workspace, "win", "@ida stayed", computers.now).story.people == (stays.id,)


def test_what_three_computers_made_is_there_once_and_what_one_made_twice_stays(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo, what = add_person(workspace, "Bo Lind", computers.now), workspace.find(Standard)[0]
    computers.fork()
    third = Path(shutil.copytree(here, there.with_name("third")))
    for place, value, times in ((here, 2, 2), (there, 4, 1), (third, 4, 1)):
        with computers.at(place) as workspace:
            for _ in range(times):
                rating = _made(Rating, computers.now, person=bo.id, standard=what.id, value=value)
                workspace.save(rating, deed=deeds.RATED, now=computers.now)
    shutil.copy(third / "2026.json", here / "2026 (conflicted copy 2026-11-24 100000).json")
    computers.merge()
    with computers.at(here) as workspace:
        assert sorted(each.value or 0 for each in workspace.find(Rating)) == [2, 2, 4]


def test_what_both_noted_in_one_meeting_is_no_correction_nor_is_taking_the_merge_back(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        bo = add_person(workspace, "Bo Lind", computers.now)
        start_meeting(workspace, computers.now)
    computers.fork()
    presences: dict[Path, Any] = {here: "late", there: "absent"}
    for place, presence in presences.items():
        noted = (Attendance(bo.id, presence),)
        closed = {"state": "closed", "closed_at": computers.now}
        computers.edit(place, Meeting, notes=f"he was {presence}", attendance=noted, **closed)
    (told,) = computers.merge()
    assert "attendance Bo Lind, late (here) gives way to Bo Lind, absent (there)" in told
    with computers.at(here) as workspace:
        (meeting,) = workspace.find(Meeting)
        page = render(minutes_paper(Desk(workspace, lambda: computers.now), meeting))
        assert "he was late" in page
        assert "he was absent" in page
        assert "Corrected after closing" not in page
        undo(workspace, computers.now)
        meeting = workspace.get(Meeting, meeting.id)
        assert "Corrected after closing" not in render(minutes_paper(Desk(workspace, lambda: computers.now), meeting))


def test_what_one_computer_corrected_after_closing_is_told_as_corrected_once_it_is_merged(computers: Computers) -> None:
    here, there = computers.folder, computers.elsewhere
    with computers.at(here) as workspace:
        start_meeting(workspace, computers.now)
    computers.edit(here, Meeting, state="closed", closed_at=computers.now, notes="first")
    computers.fork()
    computers.edit(here, Meeting, answers=("one",))
    computers.edit(there, Meeting, notes="second")
    computers.merge()
    with computers.at(here) as workspace:
        page = render(minutes_paper(Desk(workspace, lambda: computers.now), workspace.find(Meeting)[0]))
        assert "the notes" in page
        assert "the answers to the question" in page


EDITS = st.dictionaries(
    st.sampled_from(["role", "email", "number", "name", "nicknames"]), st.sampled_from(["", "oak", "elm"]), min_size=1
)


@settings(max_examples=12)
@given(ours=EDITS, theirs=EDITS)
def test_nothing_that_one_side_typed_is_out_of_reach(
    tmp_path_factory: pytest.TempPathFactory, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    base, now = tmp_path_factory.mktemp("two"), datetime.fromisoformat("2026-11-24T09:00:00+00:00")
    with Workspace.open(base / "here", create=True, user="pat") as workspace:
        add_person(workspace, "Bo Lind", now)
    computers = Computers(base / "here", base / "there", now)
    computers.fork()
    typed: dict[Path, dict[str, Any]] = {}
    for side, edits in ((computers.folder, ours), (computers.elsewhere, theirs)):
        words = {field: f"{word} {side.name}".strip() for field, word in edits.items()}
        typed[side] = {field: (said,) if field == "nicknames" else said for field, said in words.items()}
        for field, said in typed[side].items():
            computers.edit(side, Person, **{field: said})
    computers.merge()
    here, there = typed.values()
    with computers.at(computers.folder) as workspace:
        (bo,) = workspace.find(Person)
        kept = [version.record for version in workspace.versions(bo.id)]
        for mine, other in ((here, there), (there, here)):
            for field, said in mine.items():
                assert any(said == getattr(record, field) for record in kept)
                assert field in other or getattr(bo, field) == said
        assert set(bo.nicknames) == {*here.get("nicknames", ()), *there.get("nicknames", ())}
        undo(workspace, computers.now)
        after = workspace.get(Person, bo.id)
        assert {field: getattr(after, field) for field in here} == here
