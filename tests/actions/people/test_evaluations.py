"""The course of an evaluation: draft, shared, acknowledged, final, and back with a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import remove, undo
from meetingtool.actions.people import evaluation_course, evaluations
from meetingtool.actions.people import evaluation_documents as documents
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.people.score_settings import change_rule, change_year, try_rule, why_fixed
from meetingtool.actions.people.scores import Scored, rule_of, scores_of
from meetingtool.actions.people.soundness import unsound
from meetingtool.actions.people.team import edit_person
from meetingtool.actions.playbook.standards import add_standard, edit_standard, retire_standard
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.records.team import ScoreRule
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.digests import digest
from meetingtool.rules.people.periods import Period, between, half_of, period_of
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace

YEAR = period_of(2026)
OTHER = ScoreRule(standards=50, customers=20, promises=20, training=10)


@pytest.fixture
def roster(workspace: Workspace, today: date) -> Roster:
    return roster_of(workspace, today)


def score_of(workspace: Workspace, person: Person, period: Period, today: date) -> Scored:
    """The score of one person for one period."""
    return scores_of(workspace, [person], period, today)[0]


def person(roster: Roster, handle: str) -> Person:
    found = roster.person(handle)
    assert found is not None
    return found


@pytest.fixture
def maria(workspace: Workspace, roster: Roster, now: datetime) -> Person:
    """Maria, rated 4 on every standard, in spring and in autumn."""
    for standard in roster.standards:
        for when in (now - timedelta(days=200), now):
            rate(workspace, person(roster, "maria"), standard, 4, now, at=when)
    return person(roster, "maria")


@pytest.fixture
def shared(workspace: Workspace, maria: Person, now: datetime) -> Person:
    """Maria, whose evaluation is shared."""
    evaluations.write(workspace, maria, YEAR, now, strengths="Sees things through.")
    evaluation_course.share(workspace, maria, YEAR, now, reason="Her first year.")
    return maria


def test_sharing_with_something_to_look_at_needs_a_reason(workspace: Workspace, maria: Person, now: datetime) -> None:
    assert evaluations.open_guards(workspace, maria, YEAR, now.date())
    with pytest.raises(Refused, match="Check first"):
        evaluation_course.share(workspace, maria, YEAR, now)
    changed = evaluation_course.share(workspace, maria, YEAR, now, reason="Her first year.")
    assert (changed.state, changed.shared_at, changed.open_guards_reason) == ("shared", now, "Her first year.")


def test_what_is_shared_stays_as_it_was_shared(
    workspace: Workspace, shared: Person, roster: Roster, now: datetime
) -> None:
    before = documents.document_of(workspace, shared, YEAR, now).edition.paper
    rate(workspace, shared, roster.standards[0], 3, now)
    edit_person(workspace, shared, now, name="Maria Garcia")
    assert documents.document_of(workspace, shared, YEAR, now + timedelta(days=3)).edition.paper == before
    assert documents.numbers_of(score_of(workspace, shared, YEAR, now.date())).shown == before["score"]["shown"]
    for deed in (
        lambda: evaluations.write(workspace, shared, YEAR, now, goals="More."),
        lambda: evaluations.adjust(workspace, shared, YEAR, 1, "x", now),
        lambda: evaluation_course.share(workspace, shared, YEAR, now, reason="x"),
    ):
        with pytest.raises(Refused, match="can't be changed"):
            deed()


def test_the_answer_is_receipt_and_whoever_disagrees_is_heard(
    workspace: Workspace, shared: Person, now: datetime
) -> None:
    with pytest.raises(Refused, match="A disagreement needs"):
        evaluation_course.acknowledge(workspace, shared, YEAR, False, now, comment="  ")
    changed = evaluation_course.acknowledge(workspace, shared, YEAR, False, now, comment="The spring is missing.")
    assert (changed.state, changed.agrees, changed.acknowledged_at) == ("acknowledged", False, now)
    with pytest.raises(Refused, match="already been noted"):
        evaluation_course.acknowledge(workspace, shared, YEAR, True, now)
    answer = documents.document_of(workspace, shared, YEAR, now).edition.paper["answer"]
    assert (answer["agrees"], answer["comment"]) == (False, "The spring is missing.")
    with pytest.raises(Refused, match="can't be undone"):
        undo(workspace, now)
    again = evaluation_course.acknowledge(workspace, shared, YEAR, None, now, reason="Asked again.")
    assert (again.agrees, again.comment) == (None, "")
    assert [(r.what, r.agrees, r.comment, r.answered_at) for r in again.reopened] == [
        ("answer", False, "The spring is missing.", now)
    ]


def test_an_answer_comes_after_sharing(workspace: Workspace, maria: Person, now: datetime) -> None:
    with pytest.raises(Refused, match="not been shared"):
        evaluation_course.acknowledge(workspace, maria, YEAR, True, now)
    evaluations.write(workspace, maria, YEAR, now, goals="More.")
    with pytest.raises(Refused, match="not been shared"):
        evaluation_course.acknowledge(workspace, maria, YEAR, True, now)


def test_what_was_acknowledged_becomes_final_unchanged(
    workspace: Workspace, shared: Person, roster: Roster, now: datetime
) -> None:
    evaluation_course.acknowledge(workspace, shared, YEAR, True, now, comment="Thank you.")
    before = documents.document_of(workspace, shared, YEAR, now).edition.paper
    rate(workspace, shared, roster.standards[0], 3, now)
    later = now + timedelta(days=7)
    assert evaluation_course.before_final(workspace, shared, YEAR, later.date()) == ()
    final = evaluation_course.finalise(workspace, shared, YEAR, later)
    locked = final.finals[-1]
    del before["answer_to"]
    assert locked.content == before | {"state": "final", "made_on": later.date().isoformat()}
    assert digest(locked.content) == locked.digest
    assert final.shared is None


def test_without_an_answer_it_is_final_only_with_a_reason(workspace: Workspace, shared: Person, now: datetime) -> None:
    with pytest.raises(Refused, match="no answer to it yet"):
        evaluation_course.finalise(workspace, shared, YEAR, now)
    final = evaluation_course.finalise(workspace, shared, YEAR, now, reason="Away until spring.")
    assert final.open_guards_reason == "Her first year.\nMade final anyway, because: Away until spring."
    assert final.finals[-1].content["words"]["open_guards_reason"] == final.open_guards_reason


def test_a_draft_is_final_only_with_a_reason(workspace: Workspace, maria: Person, now: datetime) -> None:
    with pytest.raises(Refused, match="not been shared with the employee"):
        evaluation_course.finalise(workspace, maria, YEAR, now)
    assert evaluation_course.finalise(workspace, maria, YEAR, now, reason="Left in March.").state == "final"


def test_reopening_voids_the_answer_and_keeps_what_was_final(
    workspace: Workspace, shared: Person, now: datetime
) -> None:
    evaluation_course.acknowledge(workspace, shared, YEAR, False, now, comment="No.")
    evaluation_course.finalise(workspace, shared, YEAR, now)
    with pytest.raises(Refused, match="needs a reason"):
        evaluation_course.reopen(workspace, shared, YEAR, " ", now)
    draft = evaluation_course.reopen(workspace, shared, YEAR, "A rating was missing.", now)
    assert (draft.state, draft.agrees, draft.comment, draft.shared_at) == ("draft", None, "", None)
    assert [final.reason for final in draft.finals] == ["A rating was missing."]
    assert draft.finals[0].content["answer"]["comment"] == "No."
    assert [(r.state, r.reason, r.agrees, r.comment) for r in draft.reopened] == [
        ("final", "A rating was missing.", False, "No.")
    ]
    evaluation_course.share(workspace, shared, YEAR, now, reason="x")
    evaluation_course.acknowledge(workspace, shared, YEAR, True, now)
    second = evaluation_course.finalise(workspace, shared, YEAR, now)
    assert [final.content["edition"] for final in second.finals] == [1, 2]


def test_what_was_shared_and_not_final_can_be_taken_back_too(
    workspace: Workspace, shared: Person, now: datetime
) -> None:
    draft = evaluation_course.reopen(workspace, shared, YEAR, "Sent to the wrong person.", now)
    assert (draft.state, draft.shared, draft.finals) == ("draft", None, ())
    evaluations.write(workspace, shared, YEAR, now, goals="More.")
    with pytest.raises(Refused, match="neither shared nor final"):
        evaluation_course.reopen(workspace, shared, YEAR, "x", now)


def test_what_was_shared_or_final_is_not_thrown_away(workspace: Workspace, shared: Person, now: datetime) -> None:
    found = documents.find_evaluation(workspace, shared, YEAR)
    assert found is not None
    with pytest.raises(Refused, match="was shared is kept"):
        remove(workspace, found, now)
    final = evaluation_course.finalise(workspace, shared, YEAR, now, reason="x")
    with pytest.raises(Refused, match="was once final is kept"):
        remove(workspace, final, now)
    with pytest.raises(Refused, match="evaluation finalised"):
        undo(workspace, now)
    with pytest.raises(Refused, match="is final"):
        evaluation_course.finalise(workspace, shared, YEAR, now, reason="x")


def test_a_period_that_has_not_begun_can_be_neither_shared_nor_final(
    workspace: Workspace, maria: Person, now: datetime
) -> None:
    for deed in (evaluation_course.share, evaluation_course.finalise):
        with pytest.raises(Refused, match="has not begun"):
            deed(workspace, maria, period_of(2027), now, reason="x")


def test_evaluations_that_share_only_some_days_and_people_who_were_not_there_are_refused(
    workspace: Workspace, shared: Person, roster: Roster, now: datetime
) -> None:
    with pytest.raises(Refused, match="covers some of these days"):
        evaluations.write(workspace, shared, period_of(2026, 4), now, goals="x")
    with pytest.raises(Refused, match="needs its first and its last day"):
        between(date(2026, 1, 1), None)
    with pytest.raises(Refused, match="was not on the team"):
        evaluations.write(workspace, person(roster, "karim"), period_of(2025), now, goals="x")


def test_a_review_of_half_a_year_stands_beside_the_annual_one(
    workspace: Workspace, roster: Roster, now: datetime
) -> None:
    sam = person(roster, "sam")
    half = evaluations.write(workspace, sam, half_of(2026, 1), now, goals="x")
    year = evaluations.write(workspace, sam, YEAR, now, goals="y")
    assert documents.find_evaluation(workspace, sam, half_of(2026, 1)) == half
    assert documents.find_evaluation(workspace, sam, YEAR) == year


def test_two_programs_begin_one_evaluation(workspace: Workspace, roster: Roster, now: datetime) -> None:
    """The second takes up what the first saved meanwhile, under the lock, though it had looked before."""
    tom = person(roster, "tom")
    with Workspace.open(workspace.folder, user="other") as other:
        assert documents.find_evaluation(other, tom, YEAR) is None
        first = evaluations.write(workspace, tom, YEAR, now, strengths="Calm.")
        second = evaluations.write(other, tom, YEAR, now, goals="More.")
        assert (second.id, second.strengths, second.goals) == (first.id, "Calm.", "More.")
        assert len(other.find(Evaluation, person=tom.id)) == 1


def double(workspace: Workspace, first: Evaluation, now: datetime, **changes: object) -> Evaluation:
    """Another evaluation of the same person and period, as a merge of two folders brings it."""
    other = msgspec.structs.replace(first, id=mint(now), version=1, **changes)
    workspace.save(other, deed=deeds.COPY_MERGED, now=now)
    return other


def test_two_evaluations_of_one_period_are_said_and_become_one(
    workspace: Workspace, shared: Person, roster: Roster, now: datetime
) -> None:
    tom = person(roster, "tom")
    draft = evaluations.write(workspace, tom, YEAR, now, strengths="Calm.")
    double(workspace, draft, now, strengths="Asks.", adjustment=2.0, adjustment_reason="Led the desk.")
    [said] = unsound(workspace)
    assert "There are 2 of the evaluation of Tom Ng for 2026" in said.message
    assert said.hint.startswith("`meetingtool evaluation join @tom --year 2026-01-01..2026-12-31`")
    both = evaluation_course.join_doubles(workspace, tom, YEAR, now)
    assert (both.strengths, both.adjustment) == ("Calm.\n\nAsks.", 2)
    assert unsound(workspace) == []
    with pytest.raises(Refused, match="nothing to merge"):
        evaluation_course.join_doubles(workspace, tom, YEAR, now)
    handed_over = documents.find_evaluation(workspace, shared, YEAR)
    assert handed_over is not None
    twin = double(workspace, handed_over, now, state="draft", shared=None, strengths="Late words.")
    assert documents.find_evaluation(workspace, shared, YEAR) == handed_over, "what is further stands"
    evaluation_course.join_doubles(workspace, shared, YEAR, now)
    kept = documents.find_evaluation(workspace, shared, YEAR)
    assert kept is not None
    assert (kept.id, kept.strengths, kept.shared) == (handed_over.id, handed_over.strengths, handed_over.shared)
    assert twin.id not in {e.id for e in workspace.find(Evaluation)}


def test_other_weights_are_tried_and_settled_on_before_the_first_is_shared(
    workspace: Workspace, maria: Person, roster: Roster, now: datetime
) -> None:
    tried = try_rule(workspace, roster.people, YEAR, OTHER, now.date())
    assert {entry.person.handle for entry in tried} == {"maria", "tom", "zoe", "karim"}
    of_maria = next(entry for entry in tried if entry.person.id == maria.id)
    assert of_maria.now.computed == 75
    assert of_maria.then.computed is None, "the standards weigh 50 of the 60 that a number needs"
    assert of_maria.change is None
    with pytest.raises(Refused, match="add up to 110, not 100"):
        try_rule(workspace, roster.people, YEAR, ScoreRule(standards=70), now.date())
    with pytest.raises(Refused, match="add up to 110, not 100"):
        change_rule(workspace, ScoreRule(standards=70), now)
    assert change_rule(workspace, OTHER, now).score == OTHER
    assert score_of(workspace, maria, YEAR, now.date()).score.shown is None


def test_the_rule_of_a_period_is_fixed_when_its_first_evaluation_is_shared(
    workspace: Workspace, shared: Person, roster: Roster, now: datetime
) -> None:
    tom = person(roster, "tom")
    for standard in roster.standards:
        rate(workspace, tom, standard, 5 if standard.tag == "listen" else 3, now, note="seen")
    before = score_of(workspace, tom, YEAR, now.date()).score
    change_rule(workspace, OTHER, now)
    edit_standard(workspace, roster.standards[1], now, weight=9)
    assert score_of(workspace, tom, YEAR, now.date()).score == before, "of the same rule as the one shared first"
    assert documents.document_of(workspace, tom, YEAR, now).edition.paper["rule"]["standards"] == 60
    with pytest.raises(Refused, match="fixed since Tue 24 Nov, when the first evaluation"):
        try_rule(workspace, roster.people, YEAR, OTHER, now.date())
    assert rule_of(workspace, period_of(2027)).rule == OTHER
    assert rule_of(workspace, half_of(2026, 1)).rule == ScoreRule(), "it shares days with what was shared"
    assert why_fixed(rule_of(workspace, period_of(2027)), period_of(2027), now.date()) == ""
    evaluation_course.reopen(workspace, shared, YEAR, "x", now)
    assert rule_of(workspace, YEAR).rule == ScoreRule(), "having been shared fixes it, too"


def test_the_set_of_standards_of_a_period_is_fixed_with_its_weights(
    workspace: Workspace, shared: Person, roster: Roster, now: datetime
) -> None:
    tom = person(roster, "tom")
    for standard in roster.standards:
        for when in (now - timedelta(days=200), now):
            rate(workspace, tom, standard, 3, now, at=when)
    before = score_of(workspace, tom, YEAR, now.date()).score
    new = add_standard(workspace, "quick", "Quick", "Answers at once", now, weight=9)
    rate(workspace, tom, new, 5, now, note="seen")
    edit_standard(workspace, retire_standard(workspace, roster.standards[0], now.date(), now), now, weight=7)
    scored = score_of(workspace, tom, YEAR, now.date())
    assert scored.score == before
    assert [guard.code for guard in scored.guards if guard.code == "uncounted"] == ["uncounted"]
    evaluation_course.reopen(workspace, shared, YEAR, "x", now)
    assert score_of(workspace, tom, YEAR, now.date()).score == before, "having been shared fixes it, too"
    found = documents.find_evaluation(workspace, shared, YEAR)
    assert found is not None
    with pytest.raises(Refused, match="was shared is kept"):
        remove(workspace, found, now)
    assert "quick" in [line.tag for line in score_of(workspace, tom, period_of(2027), date(2027, 2, 1)).score.standards]


def test_what_was_shared_by_the_former_rule_stays_by_it(
    workspace: Workspace, shared: Person, roster: Roster, now: datetime
) -> None:
    """A rule that was kept without a version is of the first form: a told win adds a point a month."""
    found = documents.find_evaluation(workspace, shared, YEAR)
    assert found is not None
    assert found.fixed is not None
    former = msgspec.structs.replace(found.fixed, version=1, held=())
    kept = msgspec.structs.replace(found, version=found.version + 1, fixed=former)
    workspace.save(kept, deed="x", now=now)
    held = rule_of(workspace, YEAR)
    assert held.rule.version == 1
    assert set(held.held) == {standard.id for standard in roster.standards}, "those of the document that was shared"
    tom = person(roster, "tom")
    for standard in roster.standards[:5]:
        rate(workspace, tom, standard, 3, now)
    assert score_of(workspace, tom, YEAR, now.date()).score.shown == 50, "five ratings of one quarter were enough"
    paper = documents.document_of(workspace, tom, YEAR, now).edition.paper
    assert paper["rule"]["version"] == 1
    assert rule_of(workspace, period_of(2027)).rule.version == 2


def test_before_sharing_a_running_period_and_empty_words_are_said(
    workspace: Workspace, maria: Person, now: datetime
) -> None:
    said = evaluations.open_guards(workspace, maria, YEAR, now.date())
    assert said[-2:] == (
        "the period has not ended: 37 days of it are still to come",
        "there is nothing in your own words",
    )
    evaluations.write(workspace, maria, YEAR, now, goals="More.")
    january = datetime(2027, 1, 12, 9, tzinfo=now.tzinfo)
    later = evaluations.open_guards(workspace, maria, YEAR, january.date())
    assert not [words for words in later if "not ended" in words or "own words" in words]


def test_evaluation_years_can_start_in_any_month(workspace: Workspace, shared: Person, now: datetime) -> None:
    with pytest.raises(Refused, match="is not a month"):
        change_year(workspace, 13, now)
    assert change_year(workspace, 4, now).year_starts == 4
    with pytest.raises(Refused, match="covers some of these days"):
        evaluations.write(workspace, shared, period_of(2026, 4), now, goals="x")


def test_a_joiner_is_evaluated_for_the_part_of_the_year(workspace: Workspace, roster: Roster, now: datetime) -> None:
    karim = person(roster, "karim")
    for standard in roster.standards:
        rate(workspace, karim, standard, 4, now)
    evaluation_course.share(workspace, karim, YEAR, now, reason="Here since June.")
    paper = documents.document_of(workspace, karim, YEAR, now).edition.paper
    assert not [gap for gap in paper["gaps"] if "in this period" in gap]
    assert paper["person"]["started"] == "2026-06-01"


def test_nothing_of_it_is_told_in_the_room(workspace: Workspace, shared: Person, now: datetime) -> None:
    from meetingtool.actions.people import standing
    from meetingtool.errors import InRoom

    desk = Desk(workspace, lambda: now, room=True)
    for look in (standing.evaluation_of, standing.score, standing.document_of, standing.ratings_of):
        with pytest.raises(InRoom):
            look(desk, shared, YEAR)
    assert not undo(workspace, now, room=True).what.startswith("evaluation")


def test_evidence_removed_since_stays_in_what_is_final(
    workspace: Workspace, maria: Person, roster: Roster, now: datetime
) -> None:
    win = record_story(workspace, "win", "@maria closed the gap #own-it", now).story
    rate(workspace, maria, roster.standards[2], 5, now, stories=[win])
    evaluation_course.finalise(workspace, maria, YEAR, now, reason="x")
    remove(workspace, win, now)
    content = documents.document_of(workspace, maria, YEAR, now).edition.paper
    assert [story["text"] for story in content["stories"]] == ["closed the gap"]
    assert documents.removed_since(workspace, content) == {win.id}
