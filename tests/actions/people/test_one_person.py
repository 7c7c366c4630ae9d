"""Two entries of one person become one, and can be two again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping import retention
from meetingtool.actions.keeping.doubles import twice
from meetingtool.actions.keeping.undo import bring_back, undo
from meetingtool.actions.meeting import meetings
from meetingtool.actions.meeting.papers import minutes_paper
from meetingtool.actions.people import evaluation_course, evaluations
from meetingtool.actions.people import evaluation_documents as documents
from meetingtool.actions.people.one_person import merge, plan_merge
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.people.soundness import unsound
from meetingtool.actions.people.team import add_person, import_people, leave
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.documents.formats import plaintext
from meetingtool.errors import Conflict, Refused
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.people.digests import digest
from meetingtool.rules.people.periods import period_named, period_of
from meetingtool.store import Workspace


def maria(workspace: Workspace) -> Person:
    return workspace.find(Person, handle="maria")[0]


@pytest.fixture
def double(workspace: Workspace, now: datetime) -> Person:
    """Maria a second time, with a little of everything, over two years."""
    person = add_person(
        workspace, "Maria Lopez Ruiz", now, handle="maria-2", number="QX-0042", started=date(2025, 1, 7)
    )
    before = now.replace(year=2025)
    record_story(workspace, "win", "@maria-2 found the parcel #own-it", before)
    record_story(workspace, "win", '@maria @maria-2 @tom drove there !"call back" by fri', now)
    standard = workspace.find(Standard, tag="own-it")[0]
    rate(workspace, person, standard, 4, now)
    meeting = meetings.start_meeting(workspace, now - timedelta(days=1))
    meeting = meetings.set_presence(workspace, meeting, person.id, "absent", now)
    meetings.close_meeting(workspace, meeting, now - timedelta(hours=23))
    return person


def kept(workspace: Workspace) -> dict[str, bytes]:
    """All records without their versions, as bytes by id."""
    kinds = (Person, Story, FollowUp, Rating, Meeting, Evaluation)
    found: list[Record] = [record for kind in kinds for record in workspace.find(kind, removed=None)]
    return {record.id: msgspec.json.encode(msgspec.structs.replace(record, version=1)) for record in found}


def test_all_that_named_the_double_names_the_kept_entry(workspace: Workspace, now: datetime, double: Person) -> None:
    plan = plan_merge(workspace, maria(workspace), double, now)
    assert plan.counts == ("2 stories", "1 promise or action", "1 rating", "1 meeting")
    assert (
        "2 stories, 1 promise or action, 1 rating and 1 meeting of @maria-2 will move to Maria Lopez" in plan.in_words()
    )
    one = merge(workspace, plan, now)
    assert (one.name, one.number, one.started) == ("Maria Lopez", "QX-0042", date(2021, 5, 3))
    assert one.nicknames == ("Maria Lopez Ruiz",)
    roster = roster_of(workspace, now.date())
    assert roster.person("@maria-2") == roster.person("Maria Lopez Ruiz") == roster.person_of(double.id) == one
    tom = workspace.find(Person, handle="tom")[0]
    assert [story.people for story in workspace.find(Story)] == [(one.id,), (one.id, tom.id)]
    assert [f.people for f in workspace.find(FollowUp)] == [(one.id, tom.id)]
    assert [rating.person for rating in workspace.find(Rating)] == [one.id]
    noted = [entry for meeting in workspace.find(Meeting) for entry in meeting.attendance if entry.person == one.id]
    assert [entry.presence for entry in noted] == ["here"]
    assert all(double.id not in text.decode() for id, text in kept(workspace).items() if id not in (one.id, double.id))


def test_it_is_one_deed_and_undo_makes_them_two_again(workspace: Workspace, now: datetime, double: Person) -> None:
    before = kept(workspace)
    merge(workspace, plan_merge(workspace, maria(workspace), double, now), now)
    assert kept(workspace) != before
    assert undo(workspace, now).what == "people.merged"
    assert kept(workspace) == before


def test_the_minutes_of_a_closed_meeting_are_not_called_corrected_by_it(
    workspace: Workspace, now: datetime, double: Person
) -> None:
    merge(workspace, plan_merge(workspace, maria(workspace), double, now), now)
    desk = Desk(workspace, lambda: now)
    paper = plaintext.render(minutes_paper(desk, workspace.find(Meeting)[0], private=False))
    assert "Corrected" not in paper
    assert "corrected" not in paper


def test_what_is_final_stays_word_for_word_and_is_read_of_the_kept_entry(
    workspace: Workspace, now: datetime, double: Person
) -> None:
    last_year = period_of(2025)
    evaluations.write(workspace, double, last_year, now, strengths="Calm.")
    evaluation_course.finalise(workspace, double, last_year, now, reason="a paper of then")
    (locked,) = workspace.find(Evaluation)
    one = merge(workspace, plan_merge(workspace, maria(workspace), double, now), now)
    found = evaluations.find_evaluation(workspace, one, last_year)
    assert found is not None
    assert found.finals == locked.finals
    assert digest(documents.document_of(workspace, one, last_year, now).edition.paper) == locked.finals[0].digest


def test_of_two_finals_of_the_same_days_somebody_says_which_is_valid(
    workspace: Workspace, now: datetime, double: Person
) -> None:
    last_year = period_of(2025)
    for person in (maria(workspace), double):
        evaluations.write(workspace, person, last_year, now, strengths=f"Of {person.handle}.")
        evaluation_course.finalise(workspace, person, last_year, now, reason="a paper of then")
    (theirs,) = workspace.find(Evaluation, person=double.id)
    plan = plan_merge(workspace, maria(workspace), double, now)
    assert (plan.twice, plan.stays) == ((theirs,), ())
    assert "There are two evaluations for 2025 then: `meetingtool evaluation join @maria --year" in plan.in_words()
    one = merge(workspace, plan, now)
    assert [each.message.partition(":")[0] for each in [*unsound(workspace), *twice(workspace)]] == [
        "There are 2 of the evaluation of Maria Lopez for 2025"
    ]
    told = documents.two_of(workspace, one, last_year)
    assert told is not None
    assert "--keep REF --reason WHY` continues with the valid one." in told[1]
    evaluation_course.join_doubles(workspace, one, last_year, now, keep=theirs.ref, reason="the later one")
    assert [*unsound(workspace), *twice(workspace)] == []


def test_an_evaluation_of_half_of_the_days_stays_and_is_read_by_reference(
    workspace: Workspace, now: datetime, double: Person
) -> None:
    evaluations.write(workspace, maria(workspace), period_named("2025-H1"), now, strengths="Of maria.")
    evaluations.write(workspace, double, period_named("2025-01-01..2025-03-31"), now, strengths="Quick.")
    (theirs,) = workspace.find(Evaluation, person=double.id)
    plan = plan_merge(workspace, maria(workspace), double, now)
    assert (plan.twice, plan.stays) == ((), (theirs,))
    assert f"one of some of its days, and can be read by reference: {theirs.ref}." in plan.in_words()
    merge(workspace, plan, now)
    assert workspace.by_ref(theirs.ref) == theirs
    assert twice(workspace) == []


def test_drafts_of_the_same_period_become_one_with_both_words(
    workspace: Workspace, now: datetime, double: Person
) -> None:
    year = period_of(2026)
    evaluations.write(workspace, maria(workspace), year, now, strengths="Calm.")
    evaluations.write(workspace, double, year, now, strengths="Quick.", goals="Rest")
    evaluations.adjust(workspace, double, year, 2.0, "away in May", now)
    one = merge(workspace, plan_merge(workspace, maria(workspace), double, now), now)
    draft = evaluations.find_evaluation(workspace, one, year)
    assert draft is not None
    assert (draft.strengths, draft.goals, draft.adjustment) == ("Calm.\n\nQuick.", "Rest", 2)
    assert len(workspace.find(Evaluation)) == 1


def test_half_typed_words_go_over_too(workspace: Workspace, now: datetime, double: Person) -> None:
    drafts, mine = workspace.drafts, maria(workspace).id.lower()
    for one, words in ((mine, "half"), (double.id.lower(), "a thought")):
        drafts.put(f"evaluation-{one}-2026-12-31-goals", words)
    drafts.put(f"evaluation-{double.id.lower()}-2026-12-31-growth", "more")
    merge(workspace, plan_merge(workspace, maria(workspace), double, now), now)
    assert drafts.get(f"evaluation-{mine}-2026-12-31-goals") == "half\n\na thought"
    assert drafts.get(f"evaluation-{mine}-2026-12-31-growth") == "more"
    assert drafts.get(f"evaluation-{double.id.lower()}-2026-12-31-goals") == ""


def test_what_speaks_against_it_is_said(workspace: Workspace, now: datetime, double: Person) -> None:
    tom = workspace.find(Person, handle="tom")[0]
    doubts = plan_merge(workspace, maria(workspace), tom, now).doubts
    assert doubts == ("Both were noted as present in 1 meeting.",)
    assert plan_merge(workspace, maria(workspace), double, now).doubts == ()


def test_one_entry_is_refused_and_so_is_what_was_changed_meanwhile(
    workspace: Workspace, now: datetime, double: Person
) -> None:
    with pytest.raises(Refused, match="the same entry"):
        plan_merge(workspace, double, double, now)
    plan = plan_merge(workspace, maria(workspace), double, now)
    leave(workspace, double, now.date(), now)
    before = kept(workspace)
    with pytest.raises(Conflict):
        merge(workspace, plan, now)
    assert kept(workspace) == before


def test_a_merge_that_was_cut_off_between_two_books_is_finished_by_doing_it_again(
    workspace: Workspace, now: datetime, double: Person
) -> None:
    plan = plan_merge(workspace, maria(workspace), double, now)
    team = msgspec.structs.replace(plan, changed=())
    one = merge(workspace, team, now)
    assert roster_of(workspace, now.date()).short_name(double.id) == "Maria"
    merge(workspace, plan_merge(workspace, one, one, now), now)
    assert all(double.id not in story.people for story in workspace.find(Story))
    with pytest.raises(Refused, match="They are one entry already: @maria"):
        plan_merge(workspace, workspace.get(Person, one.id), one, now)


def test_merging_again_after_undo_is_whole_at_once(workspace: Workspace, now: datetime, double: Person) -> None:
    merge(workspace, plan_merge(workspace, maria(workspace), double, now), now)
    undo(workspace, now)
    one = merge(workspace, plan_merge(workspace, maria(workspace), workspace.get(Person, double.id), now), now)
    with pytest.raises(Refused, match="They are one entry already: @maria"):
        plan_merge(workspace, one, one, now)


def test_the_other_entry_is_not_brought_back_beside_the_one_it_became(
    workspace: Workspace, now: datetime, double: Person
) -> None:
    merge(workspace, plan_merge(workspace, maria(workspace), double, now), now)
    with pytest.raises(Refused, match="merged into @maria"):
        bring_back(workspace, workspace.get(Person, double.id), now)


def test_making_the_person_anonymous_takes_the_names_of_both_entries(
    workspace: Workspace, folder: Path, now: datetime, double: Person
) -> None:
    last_year = period_of(2025)
    evaluation_course.finalise(workspace, double, last_year, now, reason="a paper of then")
    one = merge(workspace, plan_merge(workspace, maria(workspace), double, now), now)
    gone = leave(workspace, one, now.date() - timedelta(days=1), now)
    plan = retention.plan_to_forget(workspace, gone, now, texts=True)
    retention.forget(workspace, plan, now)
    for name in (b"Lopez", b"maria-2", b"QX-0042"):
        assert [path.name for path in folder.rglob("*.json*") if name in path.read_bytes()] == []


def test_the_roster_that_brought_the_double_brings_it_no_more(
    workspace: Workspace, now: datetime, double: Person
) -> None:
    one = merge(workspace, plan_merge(workspace, maria(workspace), double, now), now)
    done = import_people(workspace, [RosterRow(line=2, name="Maria LOPEZ Ruiz"), RosterRow(line=3, name="Tom Ng")], now)
    assert (done.added, done.changed, done.same) == ((), (), 2)
    assert workspace.get(Person, one.id).name == "Maria Lopez"
