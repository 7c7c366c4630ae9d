"""A confirmed problem waits to be talked about; before the person's own account stands beside it, it is no evidence."""

from __future__ import annotations

from datetime import datetime

import pytest

from meetingtool.actions.customers import mentions
from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.customers.voices import record_voice, say_meant
from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.need import ABOUT
from meetingtool.actions.needs import needs
from meetingtool.actions.people import to_talk_about
from meetingtool.actions.reading import person_named, roster_of
from meetingtool.errors import InRoom, Refused
from meetingtool.records.mentions import Mention
from meetingtool.rules.people.periods import current_period
from meetingtool.store import Workspace


@pytest.fixture
def problem(workspace: Workspace, now: datetime) -> Mention:
    """Tom was named, and it was a problem."""
    data = b"id,date,csat,comment\na1,2026-11-02,2,Tom kept me waiting\na2,2026-11-03,5,Tom was a star\n"
    import_survey(workspace, plan_survey(workspace, data, "desk.csv", now), now)
    first, second = workspace.find(Mention)
    mentions.confirm(workspace, second, "praise", now)
    return mentions.confirm(workspace, first, "problem", now)


def test_it_waits_until_the_account_is_written_and_undo_takes_that_back(
    workspace: Workspace, problem: Mention, now: datetime
) -> None:
    desk = Desk(workspace, lambda: now)
    tom = next(one for one in roster_of(workspace, now.date()).people if one.id == problem.person)
    period = current_period(now.date())
    assert [one.key for one in needs(desk) if one.key.startswith(ABOUT)] == [f"{ABOUT}{tom.id}"]
    assert to_talk_about.talked_about(desk, tom) == []
    (asked,) = to_talk_about.problems_of(desk, tom, period)
    with pytest.raises(Refused, match="no evidence until"):
        to_talk_about.as_note(desk, asked, tom)
    to_talk_about.write_account(workspace, problem, "The till was down.", now)
    (asked,) = to_talk_about.talked_about(desk, tom)
    assert to_talk_about.as_note(desk, asked, tom).endswith("“Tom kept me waiting” Tom Ng: “The till was down.”")
    assert ABOUT not in {one.key[: len(ABOUT)] for one in needs(desk)}
    assert [one.comment for one in to_talk_about.praise_of(desk, tom, period)] == ["Tom was a star"]
    undo(workspace, now)
    assert to_talk_about.talked_about(desk, tom) == []


def test_an_account_goes_with_the_problem_and_praise_has_none(
    workspace: Workspace, problem: Mention, now: datetime
) -> None:
    written = to_talk_about.write_account(workspace, problem, "The till was down.", now)
    assert mentions.confirm(workspace, written, "both", now).account == "The till was down."
    again = workspace.get(Mention, problem.id)
    praised = mentions.confirm(workspace, again, "praise", now)
    assert (praised.account, praised.private) == ("", False)
    with pytest.raises(Refused, match="Nothing was said against"):
        to_talk_about.write_account(workspace, praised, "x", now)


def test_nothing_of_it_is_given_to_the_room(workspace: Workspace, problem: Mention, now: datetime) -> None:
    desk = Desk(workspace, lambda: now)
    desk.room = True
    tom = next(one for one in desk.roster.people if one.id == problem.person)
    assert not [one for one in needs(desk) if one.key.startswith(ABOUT)]
    assert to_talk_about.praise_of(desk, tom, current_period(now.date())) == []
    for read in (lambda: to_talk_about.waiting(desk), lambda: to_talk_about.talked_about(desk, tom)):
        with pytest.raises(InRoom):
            read()


def test_words_typed_by_hand_wait_like_those_of_a_survey(workspace: Workspace, now: datetime) -> None:
    voice = record_voice(workspace, '"Nobody called me back" ^Acme @tom @karim', now, satisfied=False).voice
    desk = Desk(workspace, lambda: now)
    tom, karim = (person_named(desk.roster, name) for name in ("tom", "karim"))
    assert set(to_talk_about.waiting(desk)) == {tom.id, karim.id}
    (asked,) = to_talk_about.problems_of(desk, tom, current_period(now.date()))
    assert asked.comment == voice.text
    with pytest.raises(Refused, match="--who"):
        to_talk_about.problem_of(desk, voice.ref)
    to_talk_about.write_account(workspace, to_talk_about.problem_of(desk, voice.ref, tom), "I was ill.", now)
    desk = Desk(workspace, lambda: now)
    assert set(to_talk_about.waiting(desk)) == {karim.id}
    (asked,) = to_talk_about.talked_about(desk, tom)
    assert (asked.mention.account, asked.comment) == ("I was ill.", voice.text)
    again = to_talk_about.problem_of(desk, voice.ref, tom)
    assert to_talk_about.write_account(workspace, again, "I was on leave.", now).version == 2
    say_meant(workspace, voice, True, now)
    desk = Desk(workspace, lambda: now)
    assert to_talk_about.waiting(desk) == {}
    assert to_talk_about.talked_about(desk, tom) == [], "it is praise now"
