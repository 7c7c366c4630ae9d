from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules.history.blocks import Block
from meetingtool.rules.history.query import parse_query
from meetingtool.rules.history.search import Facets, Index
from meetingtool.rules.roster import Roster
from tests.rules.conftest import entry_of, matches, select

TODAY = date(2026, 11, 24)
START = datetime(2026, 1, 6, 9, 30, tzinfo=UTC)


def story(record_id: str, text: str, days: int = 0, kind: str = "win", **fields: Any) -> Story:
    at = START + timedelta(days=days)
    base = Story(id=record_id, at=at, made_at=at, made_by="pat", kind="win", text=text, line=text)
    return msgspec.structs.replace(base, kind=kind, **fields)


def follow_up(record_id: str, text: str, days: int = 0, **fields: Any) -> FollowUp:
    at = START + timedelta(days=days)
    return FollowUp(id=record_id, at=at, made_at=at, made_by="pat", text=text, **{"kind": "promise", **fields})


RECORDS = (
    story(
        *("A", "Stayed on the line until the courier called", 0),
        people=("maria",),
        standards=("own-it",),
        starred=True,
    ),
    story(
        *("B", "Rang the café in Łódź again", 30),
        people=("maria", "zoe"),
        standards=("listen",),
        customer="Blue Door Café",
    ),
    story(
        *("C", "The invoice was wrong", 60, "sticky"),
        people=("tom",),
        handled="Tom rang, the courier came",
        private=True,
    ),
    story("D", "Moved the order; nobody told @jo", 90, "sticky", unsorted=("@jo",), meeting="M1"),
    follow_up("E", "refund posted", 91, people=("tom",), customer="Acme", state="kept", note="by courier"),
    follow_up("F", "new signs", 120, kind="action", people=("zoe",)),
)


@pytest.fixture
def index(roster: Roster) -> Index:
    made = Index()
    made.call(roster)
    made.update(RECORDS)
    return made


def ids(index: Index, text: str, roster: Roster, **how: Any) -> str:
    return "".join(entry.id for entry in index.search(parse_query(text, roster, TODAY), **how))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "FEDCBA"),
        ("courier", "ECA"),
        ("COUR", "ECA"),
        ("ourier", ""),
        ("cafe", "B"),
        ("lodz", "B"),
        ("maria", "BA"),
        ("martin-reid", "FB"),
        ('"courier called"', "A"),
        ('"courier call"', ""),
        ('"line maria"', ""),
        ("@maria", "BA"),
        ("@maria @zoe", "B"),
        ("#own-it", "A"),
        ("is:win", "BA"),
        ("is:sticky", "DC"),
        ("is:promise", "E"),
        ("is:action", "F"),
        ("is:starred", "A"),
        ("is:private", "C"),
        ("is:waiting", "CBA"),
        ("is:unsorted", "D"),
        ("is:open", "F"),
        ("is:kept", "E"),
        ("is:missed", ""),
        ("on:2026-03", "C"),
        ("after:2026-04", "FED"),
        ("before:2026-02", "A"),
        ("after:2026-02 before:2026-04", "CB"),
        ("customer:blue", "B"),
        ('customer:"blue doo"', ""),
        ("courier -called", "EC"),
        ("-@tom -is:win", "FD"),
        ("courier @tom is:sticky", "C"),
        ("zzz", ""),
    ],
)
def test_all_terms_must_hold_and_the_newest_comes_first(query: str, found: str, index: Index, roster: Roster) -> None:
    assert ids(index, query, roster) == found
    assert index.count(parse_query(query, roster, TODAY)) == len(found)
    assert "".join(r.id for r in select(RECORDS[::-1], parse_query(query, roster, TODAY), roster)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dont", "BA"),
        ("don't", "BA"),
        ("DON’T", "BA"),
        ("obrien", "DCB"),
        ("O'Brien", "DCB"),
        ("email", "FE"),
        ("e-mail", "FE"),
        ("e‑mail", "FE"),
        ('"e-mail"', "FE"),
        ("-email", "GDCBA"),
        ("motherinlaw", "G"),
        ("nobody's", "A"),
        ("nobodys", "A"),
        ("follow-up", "G"),
        ("customer:obriens", "B"),
        ("customer:o'brien", "B"),
        ("oleary", "A"),
        ("dont tcan", ""),
        ('"dont oleary"', ""),
        ("＠maria　is：win", "G"),
        ("is：win", "GFEDCBA"),
        ("－email", "GDCBA"),
        ("customer：ｏｂｒｉｅｎｓ", "B"),
    ],
)
def test_words_with_an_apostrophe_or_a_hyphen_are_found_with_and_without(
    query: str, found: str, roster: Roster
) -> None:
    index = Index()
    bo = Person(id="bo", at=START, made_at=START, made_by="pat", handle="bo", name="Bo O’Leary")
    index.call(Roster((*roster.everyone, bo), roster.all_standards, TODAY))
    index.update(
        (
            story("A", "I don’t mind, it is nobody’s fault", 0, people=("bo",)),
            story("B", "dont worry", 1, customer="O'Brien's"),
            story("C", "Mr O'Brien was glad", 2),
            story("D", "obrien again", 3),
            story("E", "answered by E-Mail", 4),
            story("F", "answered by email", 5),
            story("G", "her mother-in-law; a follow up", 6, people=("maria",), standards=("own-it",)),
        )
    )
    assert ids(index, query, roster) == found


def test_a_result_can_be_cut_short_and_turned_round(index: Index, roster: Roster) -> None:
    assert ids(index, "", roster, limit=2) == "FE"
    assert ids(index, "courier", roster, limit=2, newest_first=False) == "AC"


def test_in_room_private_ones_are_not_found_counted_or_blamed(index: Index, roster: Roster) -> None:
    query = parse_query("is:sticky courier", roster, TODAY)
    assert ids(index, "is:sticky courier", roster) == "C"
    assert ids(index, "is:sticky courier", roster, room=True) == ""
    assert index.count(query, room=True) == 0
    assert index.facets(query, room=True) == Facets()
    assert ids(index, "", roster, room=True) == "FEDBA"


def test_a_result_is_counted_by_person_standard_kind_and_month(index: Index, roster: Roster) -> None:
    assert index.facets(parse_query("after:2026-02", roster, TODAY)) == Facets(
        people=(("tom", 2), ("zoe", 2), ("maria", 1)),
        standards=(("listen", 1),),
        kinds=(("sticky", 2), ("action", 1), ("promise", 1), ("win", 1)),
        months=(("2026-02", 1), ("2026-03", 1), ("2026-04", 2), ("2026-05", 1)),
    )


@pytest.mark.parametrize(
    ("query", "blamed"),
    [
        ("courier", None),
        ("zzz", "zzz"),
        ("@maria zzz courier", "zzz"),
        ("courier on:2027", "on:2027"),
        ("courier is:win @tom", "is:win"),
        ("zzz yyy", "zzz"),
        ("", None),
    ],
)
def test_the_term_that_excludes_everything_is_named(
    query: str, blamed: str | None, index: Index, roster: Roster
) -> None:
    term = index.blame(parse_query(query, roster, TODAY))
    assert (term.typed if term else None) == blamed


def test_changes_are_taken_in_one_by_one(index: Index, roster: Roster) -> None:
    index.update([story("G", "courier once more", 130)])
    assert ids(index, "courier", roster) == "GECA"
    index.update([story("B", "the courier again", 30, people=("tom",), version=2)])
    assert ids(index, "courier", roster) == "GECBA"
    assert ids(index, "@maria", roster) == "A"
    index.update([story("H", "courier, told late", 45)])
    assert ids(index, "courier", roster) == "GECHBA"
    assert ids(index, "courier", roster, newest_first=False) == "ABHCEG"
    index.update([msgspec.structs.replace(RECORDS[2], removed_at=START)], removed=["E", "unheard-of"])
    assert ids(index, "courier", roster) == "GHBA"
    index.update([RECORDS[2]])
    assert ids(index, "courier", roster) == "GCHBA"
    assert len(index) == 7
    assert index.get("E") is None
    found = index.get("B")
    assert found is not None
    assert found.people == ("tom",)


def test_a_renamed_person_is_found_by_the_new_name_only(index: Index, roster: Roster) -> None:
    assert ids(index, "reid", roster) == "FB"

    person = Person(id="tom", at=START, made_at=START, made_by="pat", handle="tom", name="Thomas Nguyen")
    renamed = Roster([person], [], TODAY)
    index.call(renamed)
    assert ids(index, "nguyen", renamed) == "EC"
    assert ids(index, "reid", renamed) == ""


def test_ids_of_people_unknown_to_the_roster_do_no_harm(roster: Roster) -> None:
    index = Index()
    index.call(roster)
    index.update([story("A", "hello", people=("gone",))])
    assert ids(index, "hello", roster) == "A"


WORDS = [
    "café",
    "courier",
    "Courier's",
    "call",
    "refund",
    "zoë",
    "line",
    "the",
    "王小明",
    "[/x]",
    "e-mail",
    "email",
    "don’t",
    "dont",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=5)
STORIES = st.builds(
    story,
    st.sampled_from("ABCDEFGHIJKL"),
    TEXTS.map(" ".join),
    st.integers(0, 400),
    st.sampled_from(["win", "sticky"]),
    people=st.lists(st.sampled_from(["maria", "tom", "zoe"]), max_size=2).map(tuple),
    standards=st.lists(st.sampled_from(["own-it", "listen"]), max_size=2).map(tuple),
    customer=st.sampled_from(["", "Blue Door", "Acme"]),
    starred=st.booleans(),
    private=st.booleans(),
    removed_at=st.sampled_from([None, None, None, START]),
)
TERMS = [
    *[
        "cou",
        "courier",
        "caf",
        "the",
        "-the",
        "zo",
        "小明",
        "maria",
        "e-mail",
        "email",
        "dont",
        "-don't",
        "-e",
        "zzz",
        '"courier call"',
    ],
    *["@maria", "－＠tom", "#own-it", "is:win", "-is:starred", "customer:blue", "-customer:acme"],
    *["on:2026-03", "after:2026-06", "before:2027"],
]
QUERIES = st.lists(st.sampled_from(TERMS), max_size=4).map(" ".join)


@given(steps=st.lists(st.lists(STORIES, max_size=4), max_size=5), queries=st.lists(QUERIES, min_size=1, max_size=4))
def test_the_index_finds_what_going_through_all_would_find(
    steps: list[list[Story]], queries: list[str], roster: Roster
) -> None:
    index, kept = Index(), {}
    index.call(roster)
    for step in steps:
        index.update(step)
        for record in step:
            kept[record.id] = record
        entries = [entry_of(record, roster) for record in kept.values() if record.removed_at is None]
        entries.sort(key=lambda entry: (entry.moment, entry.id), reverse=True)
        assert len(index) == len(entries)
        for text in queries:
            query = parse_query(text, roster, TODAY)
            expected = [entry for entry in entries if matches(query, entry)]
            assert index.search(query) == expected
            assert index.search(query, room=True) == [entry for entry in expected if not entry.private]
            selected = select(kept.values(), query, roster)
            assert {record.id for record in selected} == {entry.id for entry in expected}
            facets = index.facets(query)
            assert sum(number for _, number in facets.months) == len(expected)
            assert dict(facets.people) == {
                person: found
                for person in ("maria", "tom", "zoe")
                if (found := sum(person in entry.people for entry in expected))
            }


def test_thousands_taken_in_at_once_are_found_like_a_few(roster: Roster) -> None:
    many = [story(f"N{number:04}", f"story {number} of many", number % 300) for number in range(2_000)]
    index = Index()
    index.update(many[:1_000])
    index.update(many[500:])
    assert len(index) == 2_000
    query = parse_query('"story 1234 of"', roster, TODAY)
    assert [entry.id for entry in index.search(query)] == ["N1234"]
    assert index.count(parse_query("story", roster, TODAY)) == 2_000
    assert index.count(parse_query("story 12", roster, TODAY)) == 111


ZONES = st.sampled_from([UTC, timezone(timedelta(hours=13)), timezone(timedelta(hours=-8))])
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
SCATTERED = st.lists(
    st.builds(
        lambda made, zone, year, hours: msgspec.structs.replace(
            made,
            at=(made.at if hours is None else NEW_YEAR.replace(year=year) + timedelta(hours=hours)).astimezone(zone),
        ),
        STORIES,
        ZONES,
        st.sampled_from([2024, 2025, 2026]),
        st.sampled_from([None, None, -11, -1, 0, 1, 7]),
    ),
    max_size=12,
    unique_by=lambda record: record.id,
)


@given(records=SCATTERED, order=st.randoms(use_true_random=False), queries=st.lists(QUERIES, min_size=1, max_size=3))
def test_an_index_grown_slice_by_slice_finds_what_one_made_at_once_finds(
    records: list[Story], order: random.Random, queries: list[str], roster: Roster
) -> None:
    whole, grown = Index(), Index()
    for index in (whole, grown):
        index.call(roster)
    whole.update(records)
    there = [record for record in records if record.removed_at is None]
    years = sorted({record.at.year for record in there})
    order.shuffle(years)
    parsed = [parse_query(text, roster, TODAY) for text in queries]
    for year in years:
        mine = [record for record in there if record.at.year == year]
        grown.put_year(year, Block(grown.rows(mine[: len(mine) // 2])))
        for query in parsed:
            grown.count(query)
        grown.put_year(year, Block(grown.rows(mine)))
    assert len(grown) == len(whole) == len(there)
    for query in parsed:
        for room in (False, True):
            for newest_first in (True, False):
                found = whole.search(query, newest_first=newest_first, room=room)
                assert found == sorted(found, key=lambda e: (e.moment, e.id), reverse=newest_first)
                hits = grown.look(query, newest_first=newest_first, room=room)
                hits.reach()
                assert list(hits) == found
                assert [hits.place_of(entry) for entry in found] == list(range(len(found)))
            assert grown.facets(query, room=room) == whole.facets(query, room=room)
            assert grown.blame(query, room=room) == whole.blame(query, room=room)


def test_hits_are_worked_out_no_further_than_they_are_asked_for(roster: Roster) -> None:
    index = Index()
    for year in (2023, 2024, 2025, 2026):
        days = (year - 2026) * 365
        index.put_year(year, Block(index.rows([story(f"{year}-{n}", "the courier", days + n) for n in range(10)])))
    hits = index.look(parse_query("courier", roster, TODAY))
    assert len(hits) == 0
    hits.reach(3)
    assert (len(hits), hits.complete, hits[0].id) == (10, False, "2026-9")
    hits.reach(11)
    assert (len(hits), hits[10].id) == (20, "2025-9")
    assert dict(hits.facets().kinds) == {"win": 20}
    hits.reach()
    assert (len(hits), hits.complete, hits.step()) == (40, True, False)
    assert dict(hits.facets().kinds) == {"win": 40}
    with pytest.raises(IndexError):
        hits[40]
