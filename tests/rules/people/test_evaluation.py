"""The content of an evaluation document: complete, followed back to its records, and locked by its digest."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.errors import Refused
from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import ScoreRule
from meetingtool.rules.customers.quotes import Quote
from meetingtool.rules.people.best_stories import best_stories
from meetingtool.rules.people.digests import digest, verify
from meetingtool.rules.people.doubles import overlapping, require_room_between
from meetingtool.rules.people.employee_copy import for_employee
from meetingtool.rules.people.evaluation import Basis, content
from meetingtool.rules.people.evidence import gather_all
from meetingtool.rules.people.guards import guards
from meetingtool.rules.people.kept_score import score_content, year_before
from meetingtool.rules.people.periods import Period, between, period_of
from meetingtool.rules.people.score import score
from meetingtool.rules.people.score_inputs import ScoreInputs
from meetingtool.rules.people.score_rule import frozen_by
from meetingtool.rules.roster import Roster

YEAR = period_of(2026)
END = date(2026, 12, 31)


def base(record_id: str, month: int = 3, day: int = 2, year: int = 2026) -> dict[str, Any]:
    at = datetime(year, month, day, 9, tzinfo=UTC)
    return {"id": record_id.rjust(8, "0"), "at": at, "made_at": at, "made_by": "boss"}


MARIA = Person(**base("MARIA", year=2021), handle="maria", name="María López", role="front desk", number="0042")
TOM = Person(**base("TOM", year=2021), handle="tom", name="Tom Ng")
LISTEN = Standard(
    **base("LISTEN", year=2021), tag="listen", title="Listens first", behaviour="Hears them out", anchors=tuple("abcde")
)
OWN = Standard(
    **base("OWN", year=2021), tag="own-it", title="Owns it", behaviour="To the end", anchors=tuple("vwxyz"), order=1
)
ROSTER = Roster([MARIA, TOM], [LISTEN, OWN], END)


def win(record_id: str, month: int, standards: tuple[Standard, ...] = (LISTEN,), **changes: Any) -> Story:
    plain = {"kind": "win", "text": f"win {record_id}", "line": "", "people": (MARIA.id,), "meeting": "m"}
    return Story(**base(record_id, month) | plain | {"standards": tuple(s.id for s in standards)} | changes)


def rating(record_id: str, month: int, standard: Standard, value: int | None, **changes: Any) -> Rating:
    return Rating(**base(record_id, month), person=MARIA.id, standard=standard.id, value=value, **changes)


RATINGS = [
    rating("R1", 2, LISTEN, 5, note="calm with an angry caller", stories=("000000W1",)),
    rating("R2", 5, LISTEN, 4),
    rating("R3", 5, OWN, 3, note="Tom had to remind her", stories=("000000W3",)),
    rating("R5", 5, LISTEN, 4),
    rating("R6", 5, OWN, 3),
    rating("R7", 5, OWN, 3),
    rating("R4", 8, OWN, None),
]
STORIES = [
    win("W1", 2, starred=True),
    win("W2", 6, (LISTEN, OWN)),
    win("W3", 5, (OWN,), private=True, people=(MARIA.id, TOM.id), text="Tom shouted at her"),
    Story(**base("K1", 7), kind="sticky", text="wrong flowers", line="", people=(MARIA.id,), learned="read twice"),
    win("W9", 4, people=(TOM.id,)),
]
FOLLOW_UPS = [
    FollowUp(
        **base("F1", 7),
        kind="promise",
        text="new flowers",
        people=(MARIA.id,),
        story="000000K1",
        state="missed",
        decided_at=datetime(2026, 7, 9, tzinfo=UTC),
    ),
    FollowUp(**base("F2", 9), kind="promise", text="call back", people=(MARIA.id,), due=date(2026, 9, 9)),
]


def inputs_of(stories: list[Story], follow_ups: list[FollowUp]) -> ScoreInputs:
    found = gather_all(
        [MARIA.id], YEAR, ratings=RATINGS, standards=[LISTEN, OWN], stories=stories, follow_ups=follow_ups, today=END
    )
    return found[MARIA.id]


def basis(**changes: Any) -> Basis:
    stories = changes.get("stories", STORIES)
    inputs = inputs_of(stories, FOLLOW_UPS)
    plain = Basis(
        team="Harbour Desk",
        person=MARIA,
        inputs=inputs,
        score=score(inputs),
        rule=ScoreRule(),
        roster=ROSTER,
        ratings=RATINGS,
        stories=STORIES,
        follow_ups=FOLLOW_UPS,
        guards=guards(inputs, END),
    )
    return msgspec.structs.replace(plain, **changes)


def evaluation(**changes: Any) -> Evaluation:
    plain = Evaluation(**base("E1", 12), person=MARIA.id, since=YEAR.since, until=YEAR.until)
    return msgspec.structs.replace(plain, **changes)


def ids_from(value: Any) -> set[str]:
    """Every id that some number says it comes from."""
    if isinstance(value, dict):
        return set(value.get("from", [])).union(*(ids_from(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(ids_from(inner) for inner in value))
    return set()


def test_the_document_is_plain_json_and_survives_it_unchanged() -> None:
    document = content(basis(), END)
    assert json.loads(json.dumps(document)) == document
    assert msgspec.json.decode(msgspec.json.encode(document)) == document


def test_every_number_leads_to_records_that_stand_in_the_document() -> None:
    document = content(basis(), END)
    kept = {record["id"] for part in ("ratings", "stories", "promises") for record in document[part]}
    found = ids_from(document["score"])
    assert {"000000R1", "000000W1", "000000F1"} <= found
    assert found <= kept
    cited = {story for given_rating in document["ratings"] for story in given_rating["stories"]}
    assert cited <= kept
    assert {promise["story"] for promise in document["promises"]} - {None} <= kept


def test_the_sum_in_the_document_is_the_sum_of_the_score() -> None:
    document = content(basis(), END)
    # listen: (5 and 4 -> 4.5) 87.5; own-it: 3 -> 50; mean 68.75; wins told in 3 of 12 months: +0.75
    assert document["score"]["value"] == 69.5
    assert document["score"]["shown"] == 70
    assert document["score"]["standards"][0]["quarters"][0] == {
        "label": "Jan–Mar",
        "mean": 5,
        "from": ["000000R1"],
    }
    assert document["gaps"] == ["nothing on #listen since May", "nothing on #own-it since May"]


def test_ratings_keep_their_notes_and_not_seen() -> None:
    found = content(basis(), END)["ratings"]
    assert [(r["tag"], r["value"], r["note"]) for r in found] == [
        ("listen", 5, "calm with an angry caller"),
        ("listen", 4, ""),
        ("own-it", 3, "Tom had to remind her"),
        ("listen", 4, ""),
        ("own-it", 3, ""),
        ("own-it", 3, ""),
        ("own-it", None, ""),
    ]
    assert found[0]["ref"] == "0000R1"


def test_weights_anchors_and_names_are_copied_in() -> None:
    document = content(basis(), END)
    assert document["rule"]["standards"] == 60
    assert document["standards"][0]["anchors"] == ["a", "b", "c", "d", "e"]
    assert document["person"]["name"] == "María López"
    assert [story["people"] for story in document["stories"] if story["id"] == "000000W3"] == [
        ["María López", "Tom Ng"]
    ]


def test_a_missed_promise_out_of_a_sticky_is_shown_as_left_out() -> None:
    promises = {promise["ref"]: promise for promise in content(basis(), END)["promises"]}
    assert promises["0000F1"]["counts"] == "left out"
    assert promises["0000F1"]["settled_on"] == "2026-07-09"
    assert promises["0000F2"]["counts"] == "open"


def test_the_managers_words_and_the_answer_stand_in_the_document() -> None:
    words = evaluation(
        strengths="Calm", growth="Ask sooner", goals="Train Zoe", agrees=False, comment="I did ask", adjustment=2
    )
    words = msgspec.structs.replace(words, adjustment_reason="led the desk alone in June")
    document = content(basis(evaluation=words, score=score(basis().inputs, adjustment=2)), END)
    assert document["words"]["strengths"] == "Calm"
    assert document["answer"] == {
        "shared_on": None,
        "acknowledged_on": None,
        "agrees": False,
        "comment": "I did ask",
    }
    assert document["score"]["adjustment"] == {"points": 2, "reason": "led the desk alone in June"}
    assert (document["score"]["computed"], document["score"]["shown"]) == (70, 72)


def test_the_managers_picks_come_before_the_suggestion() -> None:
    suggested = content(basis(), END)["best"]
    assert suggested == [
        {"standard": LISTEN.id, "stories": ["000000W1"]},
        {"standard": OWN.id, "stories": ["000000W2"]},
    ]
    picked = content(basis(evaluation=evaluation(stories=("000000K1", "000000W2", "nowhere"))), END)
    assert picked["best"] == [
        {"standard": LISTEN.id, "stories": ["000000W2"]},
        {"standard": "", "stories": ["000000K1"]},
    ]
    assert "read twice" in [story.get("learned") for story in picked["stories"]]


def test_what_was_told_after_the_last_day_is_left_out_or_marked_where_it_was_picked() -> None:
    gone = msgspec.structs.replace(MARIA, left=date(2026, 5, 31))
    stories = [win("A", 3), win("B", 8), win("T", 9, kind="praise"), win("U", 4, kind="praise")]
    quotes = [Quote("Q", date(2026, 8, 2), "So kind"), Quote("R", date(2026, 4, 2), "Quick")]
    found = content(basis(person=gone, stories=stories, quotes=quotes), END)
    assert [story for group in found["best"] for story in group["stories"]] == [stories[0].id]
    assert [one["id"] for one in found["thanks"]] == [stories[3].id]
    assert [one["text"] for one in found["quotes"]] == ["Quick"]
    picked = content(basis(person=gone, stories=stories, evaluation=evaluation(stories=(stories[1].id,))), END)
    assert [story["after_leaving"] for story in picked["stories"] if story["id"] == stories[1].id] == [True]


def test_a_sticky_stands_in_full_only_where_the_manager_picked_it() -> None:
    def sticky(**changes: Any) -> dict[str, Any]:
        document = content(basis(**changes), END)
        return next(story for story in document["stories"] if story["kind"] == "sticky")

    brief = sticky()
    assert brief["brief"] is True
    assert [brief[part] for part in ("text", "customer", "happened", "handled", "learned", "ended")] == [""] * 6
    assert (brief["people"], brief["day"]) == ([], "2026-07-02")
    picked = sticky(evaluation=evaluation(stories=("000000K1",)))
    assert (picked["brief"], picked["text"], picked["learned"]) == (False, "wrong flowers", "read twice")


def test_a_rating_says_when_it_was_entered_and_a_promise_when_it_was_kept() -> None:
    late = msgspec.structs.replace(RATINGS[0], made_at=datetime(2026, 11, 29, tzinfo=UTC))
    document = content(basis(ratings=[late, *RATINGS[1:]]), END)
    assert (document["ratings"][0]["day"], document["ratings"][0]["entered"]) == ("2026-02-02", "2026-11-29")
    kept = FollowUp(
        **base("F3", 5),
        kind="promise",
        text="refund",
        people=(MARIA.id,),
        due=date(2026, 6, 1),
        state="kept",
        decided_at=datetime(2026, 11, 29, tzinfo=UTC),
    )
    inputs = inputs_of(STORIES, [kept])
    [promise] = content(basis(inputs=inputs, score=score(inputs), follow_ups=[kept]), END)["promises"]
    assert (promise["kept_on"], promise["days_late"], promise["counts"]) == ("2026-11-29", 181, "late")


def test_a_story_in_the_bin_keeps_its_place_without_its_words() -> None:
    gone = [win("W1", 2, removed_at=datetime(2026, 9, 1, tzinfo=UTC)), *STORIES[1:]]
    found = next(s for s in content(basis(stories=gone), END)["stories"] if s["id"] == "000000W1")
    assert found["removed"] is True
    assert found["text"] == ""


def test_the_year_before_stands_beside_this_one() -> None:
    before = year_before("2025", {"score": score_content(basis().score), "rule": {"version": 2}}, "records of 2025")
    document = content(basis(before=before), END)
    assert document["before"]["shown"] == 70
    assert document["before"]["parts"] == {
        "standards": 68.75,
        "customers": None,
        "promises": None,
        "training": None,
        "recognition": 0.75,
    }
    assert document["before"]["standards"] == {"listen": 87.5, "own-it": 50}


def test_the_state_and_the_edition_are_told() -> None:
    assert (content(basis(), END)["state"], content(basis(), END)["edition"]) == ("draft", 1)
    once = Final(content={}, digest="", finalised_at=datetime(2027, 1, 5, tzinfo=UTC), finalised_by="boss")
    reopened = basis(evaluation=evaluation(state="draft", finals=(once,)))
    assert content(reopened, END, state="final")["state"] == "final"
    assert content(reopened, END, state="final")["edition"] == 2


def test_the_digest_is_sha256_of_canonical_json() -> None:
    canonical = '{"a":[1,2.5,null,true],"b":{"x":"é","y":76}}'
    expected = hashlib.sha256(canonical.encode()).hexdigest()
    assert digest({"b": {"y": 76.0, "x": "é"}, "a": (1, 2.5, None, True)}) == expected
    assert verify({"a": [1.0, 2.5, None, True], "b": {"x": "é", "y": 76}}, f" {expected.upper()}\n")
    assert not verify({"a": [1, 2.5, None, True], "b": {"x": "e", "y": 76}}, expected)


def test_any_change_of_the_document_changes_the_digest() -> None:
    document = content(basis(), END)
    before = digest(document)
    document["ratings"][0]["note"] += " "
    assert digest(document) != before


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc_", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abc_", max_size=3), PLAIN, max_size=4))
def test_the_digest_survives_other_programs(document: dict[str, Any]) -> None:
    try:
        elsewhere = json.loads(json.dumps(document, ensure_ascii=False, indent=2))
    except UnicodeEncodeError:
        return
    shuffled = dict(sorted(elsewhere.items(), reverse=True))
    assert digest(shuffled) == digest(document)


def test_best_stories_take_starred_then_cited_then_spread_over_the_year() -> None:
    stories = [
        win("A", 1),
        win("B", 2),
        win("C", 11),
        win("D", 12),
        win("S", 12, starred=True),
        win("P", 6, starred=True, private=True),
        win("X", 6, starred=True, removed_at=datetime(2026, 7, 1, tzinfo=UTC)),
        Story(**base("K", 6), kind="sticky", text="", line="", people=(MARIA.id,), standards=(LISTEN.id,)),
        win("Y", 6, people=(TOM.id,)),
        win("Z", 1, standards=(), starred=True),
    ]
    cites = [rating("R", 3, LISTEN, 4, stories=("0000000A",))]

    def best(each: int, ratings: list[Rating]) -> tuple[str, ...]:
        found = best_stories(MARIA.id, YEAR, stories, ratings, [LISTEN.id, OWN.id], each)
        assert set(found) <= {LISTEN.id}
        return tuple(story.lstrip("0") for story in found[LISTEN.id])

    assert best(1, cites) == ("S",)
    assert best(2, cites) == ("A", "S")
    assert best(2, []) == ("B", "S"), "the first quarter is not shown yet, and B is its newest"
    assert best(9, []) == ("A", "B", "C", "D", "S")


def test_no_story_stands_under_two_standards() -> None:
    both = [win("A", 1, (LISTEN, OWN), starred=True), win("B", 2, (LISTEN,))]
    found = best_stories(MARIA.id, YEAR, both, [], [LISTEN.id, OWN.id])
    assert found == {LISTEN.id: ("0000000A", "0000000B")}


def test_the_employees_copy_has_no_private_story_and_says_so() -> None:
    copy = for_employee(content(basis(), END))
    text = json.dumps(copy, ensure_ascii=False)
    assert "shouted" not in text
    assert "Tom" not in text
    assert copy["copy"] == "employee"
    assert copy["left_out"] == [
        "1 private story",
        "1 note naming somebody from a private story",
        "the manager's own checks before sharing",
    ]
    assert copy["score"] == content(basis(), END)["score"]
    assert [r["value"] for r in copy["ratings"]] == [5, 4, 3, 4, 3, 3, None]
    assert [(r["stories"], r["private_stories"]) for r in copy["ratings"] if "private_stories" in r] == [([], 1)]
    assert "calm with an angry caller" in text


def test_the_managers_own_document_is_not_changed_by_making_a_copy() -> None:
    document = content(basis(), END)
    before = digest(document)
    for_employee(document)
    assert digest(document) == before


def test_an_evaluation_that_shares_days_with_another_is_refused() -> None:
    april = evaluation(since=date(2026, 4, 1), until=date(2027, 3, 31))
    assert overlapping([april], MARIA.id, YEAR) is april
    with pytest.raises(Refused, match="covers some of these days"):
        require_room_between([april], MARIA.id, YEAR)
    require_room_between([april], TOM.id, YEAR)
    require_room_between([april], MARIA.id, between(date(2026, 1, 1), date(2026, 3, 31)))
    require_room_between([evaluation()], MARIA.id, YEAR)
    removed = msgspec.structs.replace(april, removed_at=datetime(2027, 1, 1, tzinfo=UTC))
    require_room_between([removed], MARIA.id, YEAR)


def test_a_review_of_a_part_stands_beside_the_one_of_the_whole() -> None:
    half = evaluation(since=date(2026, 1, 1), until=date(2026, 6, 30))
    require_room_between([half], MARIA.id, YEAR)
    require_room_between([evaluation()], MARIA.id, between(date(2026, 4, 1), date(2026, 6, 30)))


@pytest.mark.parametrize(
    ("changes", "period", "frozen"),
    [
        ({}, YEAR, False),
        ({"state": "shared", "shared_at": datetime(2027, 1, 5, tzinfo=UTC)}, YEAR, True),
        ({"state": "final"}, YEAR, True),
        ({"state": "shared"}, period_of(2027), False),
        ({"state": "draft", "shared_at": datetime(2027, 1, 5, tzinfo=UTC)}, YEAR, True),
        ({"state": "shared"}, between(date(2026, 1, 1), date(2026, 6, 30)), True),
        ({"state": "shared", "until": date(2026, 6, 30)}, YEAR, False),
        ({"state": "shared", "since": date(2026, 4, 1), "until": date(2027, 3, 31)}, YEAR, False),
    ],
)
def test_the_rule_is_fixed_once_an_evaluation_of_the_period_was_shared(
    changes: dict[str, Any], period: Period, frozen: bool
) -> None:
    assert (frozen_by([evaluation(**changes)], period) is not None) is frozen


def test_a_review_of_half_a_year_keeps_its_own_rule_beside_that_of_the_year() -> None:
    year = evaluation(state="shared", shared_at=datetime(2026, 2, 1, tzinfo=UTC))
    half = evaluation(state="shared", shared_at=datetime(2026, 7, 5, tzinfo=UTC), until=date(2026, 6, 30))
    assert frozen_by([year, half], between(date(2026, 1, 1), date(2026, 6, 30))) is half
    assert frozen_by([year, half], YEAR) is year
