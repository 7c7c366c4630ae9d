"""Every kind of record is described, and with that is named, shown, exported, undone, binned and kept private."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import msgspec
import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.history.history import History
from meetingtool.actions.keeping.log import bin_of, entries
from meetingtool.actions.keeping.undo import bring_back, undo
from meetingtool.cli import portraits, shapes
from meetingtool.documents.formats.markdown import render
from meetingtool.documents.history.listing import as_csv, listing
from meetingtool.errors import InRoom, Refused
from meetingtool.records.alerts import Alert, Comparison, Telling
from meetingtool.records.base import Record, mint
from meetingtool.records.complaints import Complaint
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.customers import Customer, CustomerList
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.kinds import AnyRecord
from meetingtool.records.meetings import Agenda, Meeting, Segment
from meetingtool.records.mentions import Mention
from meetingtool.records.people import Person
from meetingtool.records.philosophy import Group, Statement
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.pulse import PulseRound
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.records.talks import Talk
from meetingtool.records.team import Settings
from meetingtool.records.training import Course, Part, Session
from meetingtool.records.voices import Voice
from meetingtool.rules.keeping import deeds
from meetingtool.rules.kinds.joining import merged_record
from meetingtool.rules.kinds.kind import BOOKKEEPING, ROW_KEYS, Background, Kind
from meetingtool.rules.kinds.table import (
    KINDS,
    NAMES_A_CUSTOMER,
    SEARCHED,
    SORTS,
    differences,
    kind_of,
    name_of,
    row_of,
    sort_of,
    with_ids_replaced,
    words_for,
)
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SEGMENT = Segment(title="Wins", topic="wins", seconds=300)
WORD = "quokka"
"""Stands in every record of a kind that can be searched."""

ONCE_WITHOUT_A_KEY = {Standard, Meeting, Evaluation}

EXAMPLES: dict[type[Record], dict[str, Any]] = {
    Story: {"kind": "win", "text": f"a {WORD} came in", "line": f"a {WORD} came in", "people": ("who",)},
    FollowUp: {"kind": "promise", "text": f"feed the {WORD}", "people": ("who",)},
    Meeting: {"title": "Weekly", "segments": (SEGMENT,), "notes": f"saw a {WORD}"},
    Rating: {"person": "who", "standard": "what", "value": 4, "note": "calm"},
    Evaluation: {"person": "who", "since": date(2026, 1, 1), "until": date(2026, 12, 31), "goals": "more"},
    Person: {"handle": "ada", "name": "Ada Moss"},
    Standard: {"tag": "tidy", "title": "Tidy", "behaviour": "Leaves it clean", "anchors": ("a", "b", "c", "d", "e")},
    Question: {"text": "What went well?", "audience": "team"},
    Scenario: {"title": "The queue", "customer": "waits", "employee": "is alone"},
    Agenda: {"name": "Monthly", "segments": (SEGMENT,)},
    Settings: {"team": "Harbour Desk"},
    Survey: {"name": "After the visit"},
    Batch: {"survey": "s", "file": "june.csv", "first": date(2026, 11, 24), "measures": ("m",), "days": (0,)},
    LeftOut: {"batch": "b", "row": 3, "because": "product"},
    Mention: {"words": "Ada", "tier": "unique", "person": "who"},
    Alert: {"survey": "s", "measure": "m", "period": "2026-11", "kind": "fall", "n": 40, "satisfied": 20},
    Comparison: {
        "survey": "s",
        "measure": "m",
        "before_since": date(2026, 1, 1),
        "before_until": date(2026, 3, 31),
        "after_since": date(2026, 4, 1),
        "after_until": date(2026, 6, 30),
        "because": "training",
    },
    Telling: {"survey": "s", "period": "2026-11"},
    Course: {"title": "The standards", "people": ("who",)},
    Session: {"course": "c", "title": f"Lions and a {WORD}", "people": (Part("who", "done"),)},
    Voice: {"text": f"the {WORD} was kind", "line": f"the {WORD} was kind", "people": ("who",)},
    Complaint: {"text": f"the {WORD} was late", "line": f"the {WORD} was late", "about": ("who",)},
    Customer: {"name": "Northgate Nursery"},
    CustomerList: {"file": "june.csv", "first": date(2026, 11, 1), "last": date(2026, 11, 20)},
    Contact: {"text": f"likes the {WORD}", "line": f"likes the {WORD}", "people": ("who",)},
    Statement: {"section": "promise", "text": "We answer the same day.", "agreed_with": ("who",)},
    Talk: {"person": "who", "days": 30, "text": f"misses the {WORD}"},
    Group: {"name": "Commuters", "who": "need the bike by eight"},
    PulseRound: {"statements": ("I know what we are trying to achieve.",), "asked": 4},
    HandsOn: {"minutes": 60, "what": "phones", "text": f"fed the {WORD}", "people": ("who",)},
}
"""What it takes to make one record of each kind, beyond what every record has."""

PRIVATE = {Rating, Evaluation, Batch, LeftOut, Mention, Session, Complaint, CustomerList, Talk}
"""The kinds of which a new record is private."""

NO_WORDS = {
    *("handle", "email", "number", "former_handles", "tag", "former_tags", "tags", "weight", "clock", "keys", "theme"),
    *(
        "currency",
        "agenda",
        "team",
        "off",
        "meeting_title",
        "day_order",
        "manager_title",
        "unsorted",
        "customer",
        "customers",
    ),
    *("kind", "state", "topic", "audience", "tier", "tone", "because", "source", "primary", "period", "work", "file"),
    *(
        "survey",
        "measure",
        "measures",
        "batch",
        "voice",
        "ids",
        "told_in",
        "read_in",
        "channel",
        "action",
        "actions",
        "shared",
        "meeting",
        "question",
        "scenario",
    ),
    *("former_names", "former_nicknames"),
    *("source_id", "service", "telephone", "group", "forgotten"),
    *(
        "standard",
        "standards",
        "story",
        "stories",
        "considered",
        "merged",
        "shared_digest",
        "answer_digest",
        "course_digest",
        "nicknames",
        "role",
    ),
    *("course", "roles", "scenarios", "how", "thanks"),
    *("section", "questions", "agreed_in", "known_from"),
    *("course", "roles", "scenarios", "how", "thanks", "statements"),
    *("actions", "shared", "employee", "behaviour", "anchors", "look_for", "name"),
}
"""Fields of text that hold an id, a choice, a name that is looked after by itself, or what ships with the product."""

EXAMPLE_KINDS = list(EXAMPLES)
REMOVABLE = [kind for kind in EXAMPLE_KINDS if kind is not Settings]


def made(kind: type[Record], /, at: datetime = NOW, **fields: Any) -> Record:
    return kind(id=mint(at), at=at, made_at=at, made_by="pat", **{**EXAMPLES[kind], **fields})


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    later = itertools.count(1)
    return Desk(workspace, lambda: NOW + timedelta(minutes=next(later)))


def saved(desk: Desk, kind: type[Record]) -> Record:
    """A record of the kind, in the workspace, about somebody and something that are there."""
    roster = desk.roster
    ids = {"who": roster.people[0].id, "what": roster.standards[0].id}
    example = {key: _with_ids(value, ids) for key, value in EXAMPLES[kind].items()}
    record = made(kind, **example)
    desk.workspace.save(record, deed=deeds.WIN, now=desk.now)
    return record


def _with_ids(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], Part):
        return tuple(msgspec.structs.replace(part, person=ids[part.person]) for part in value)
    return tuple(ids.get(each, each) for each in value) if value == ("who",) else ids.get(str(value), value)


def test_every_kind_is_described_and_has_an_example_here() -> None:
    every = set(get_args(AnyRecord))
    described = [kind.record for kind in KINDS]
    assert every - set(described) == set(), "describe these in rules/kinds/table.py"
    assert every - set(EXAMPLES) == set(), "give an example of these here"
    assert len(described) == len(set(described)) == len(EXAMPLES) == len(every) >= 18


def test_every_sort_has_words_and_belongs_to_one_kind() -> None:
    sorts = [sort for kind in KINDS for sort in kind.sorts]
    assert len(sorts) == len(set(sorts)) == len(SORTS) >= 21
    for sort, words in SORTS.items():
        assert all((words.short, words.plural, words.long, words.title, words.found)), sort
        assert words.title[0].isupper(), sort


def test_what_is_searched_is_kept_in_the_books_of_the_years() -> None:
    assert set(SEARCHED) >= {Story, FollowUp, Meeting}
    assert {kind.kept_in for kind in SEARCHED} == {"year"}


@pytest.mark.parametrize("kind", EXAMPLE_KINDS)
def test_no_text_of_a_record_is_forgotten_where_names_are_taken_out(kind: type[Record]) -> None:
    described = kind_of(made(kind))
    texts = {field.name for field in msgspec.structs.fields(kind) if _may_hold_text(field.type)}
    left = texts - described.written - {*described.people_in} - BOOKKEEPING - NO_WORDS
    assert left == set(), "say in `written` or here whether somebody writes there"


def _may_hold_text(type_: Any) -> bool:
    return type_ is str or any(_may_hold_text(part) for part in get_args(type_) if part is not Ellipsis)


@pytest.mark.parametrize("kind", EXAMPLE_KINDS)
def test_every_record_has_a_name_a_row_a_shape_and_a_portrait(desk: Desk, kind: type[Record]) -> None:
    record = saved(desk, kind)
    described, roster = kind_of(record), desk.roster
    assert name_of(record, roster).strip()
    assert words_for(record) is described.sorts[sort_of(record)]
    assert tuple(row_of(record, roster)) == ROW_KEYS
    shape = msgspec.json.decode(msgspec.json.encode(shapes.shape(record, roster)))
    assert shape["id"] == record.id
    assert len(shape) > len(shapes.base(record))
    assert sort_of(record) in portraits.heading(record, desk)
    assert [value for _, value in portraits.fields(record, desk) if value.strip()]
    assert all(fact.label == fact.label.lower() for fact in described.facts(record, roster, Background()))
    assert set(described.people(record)) <= {person.id for person in roster.everyone}


@pytest.mark.parametrize("kind", EXAMPLE_KINDS)
def test_what_is_private_does_not_exist_in_the_room(desk: Desk, kind: type[Record]) -> None:
    record = saved(desk, kind)
    room = Desk(desk.workspace, desk.clock, room=True)
    assert record.private is (kind in PRIVATE)
    if record.private:
        with pytest.raises(InRoom):
            room.get(kind, record.id)
    else:
        assert room.get(kind, record.id) == record
    binned = msgspec.structs.replace(record, version=2, removed_at=desk.now)
    desk.workspace.save(binned, deed=deeds.REMOVED, now=desk.now)
    assert [each.record for each in bin_of(room)] == ([] if record.private else [binned])


@pytest.mark.parametrize("kind", REMOVABLE)
def test_every_record_is_undone_and_comes_back_out_of_the_bin(desk: Desk, kind: type[Record]) -> None:
    record = saved(desk, kind)
    binned = msgspec.structs.replace(record, version=2, removed_at=desk.now)
    desk.workspace.save(binned, deed=deeds.REMOVED, now=desk.now)
    (found,) = bin_of(desk)
    assert (found.record, found.kind, found.what) == (binned, sort_of(record), name_of(record, desk.roster))
    assert bring_back(desk.workspace, binned, desk.now).removed_at is None
    assert entries(desk)[0].ids == (record.id,)
    undo(desk.workspace, desk.now)
    assert desk.workspace.get(kind, record.id).removed_at is not None
    told = [change.changed for change in portraits.changes(desk.workspace.get(kind, record.id), desk)]
    assert len(told) == 4
    assert all(told[1:])


def test_what_may_exist_once_does_not_come_back_beside_another(desk: Desk) -> None:
    """In turn a record of every kind is removed, made again, and brought back."""
    refused = set()
    for kind in REMOVABLE:
        record = saved(desk, kind)
        binned = msgspec.structs.replace(record, version=2, removed_at=desk.now)
        desk.workspace.save(binned, deed=deeds.REMOVED, now=desk.now)
        other = msgspec.structs.replace(record, id=mint(desk.now), made_at=desk.now)
        desk.workspace.save(other, deed=deeds.WIN, now=desk.now)
        try:
            back = bring_back(desk.workspace, binned, desk.now)
        except Refused as said:
            assert other.ref in said.message
            assert said.hint
            refused.add(kind)
        else:
            assert not isinstance(back, Person) or (back.handle, record.handle) == ("ada-m", "ada")
    described = {kind for kind in REMOVABLE if kind_of(made(kind)).once(made(kind)) or kind in ONCE_WITHOUT_A_KEY}
    assert refused == described
    assert len(refused) == 18


@pytest.mark.parametrize("kind", EXAMPLE_KINDS)
def test_records_of_two_entries_of_a_person_go_over_to_one(kind: type[Record]) -> None:
    record = made(kind)
    described = kind_of(record)
    assert with_ids_replaced(record, {}) is record
    moved = with_ids_replaced(record, {"who": "other"})
    assert (moved is record) == ("who" not in described.people(record))
    assert described.people(moved) == tuple("other" if each == "who" else each for each in described.people(record))
    assert differences(record, record, Roster([], [], NOW.date())) == ()


def test_every_kind_that_is_searched_is_found_listed_and_exported(desk: Desk) -> None:
    records = [saved(desk, kind) for kind in SEARCHED]
    history = History(desk)
    assert {record.id for record in history.records(history.query(WORD))} == {record.id for record in records}
    csv = as_csv(records, desk.roster)
    page = render(listing(records, desk.roster, desk.today, title="History"))
    for record in records:
        sort = sort_of(record)
        assert [found.id for found in history.records(history.query(f"is:{sort} {WORD}"))] == [record.id], sort
        assert kind_of(record).has_words(record), sort
        assert WORD in " ".join(kind_of(record).texts(record)), sort
        assert record.id in csv, sort
    assert page.count(WORD) == len(records) >= 3


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.record.__name__)
def test_a_customer_that_a_record_names_is_known_to_its_kind(kind: Kind[Any]) -> None:
    if "customer" not in kind.record.__struct_fields__ or not kind.searched:
        assert kind.record not in NAMES_A_CUSTOMER
        return
    example = msgspec.structs.replace(made(kind.record), customer="Blue Door")
    assert kind.customer(example) == "Blue Door"
    assert kind.record in NAMES_A_CUSTOMER


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.record.__name__)
def test_what_is_kept_back_is_private(kind: Kind[Any]) -> None:
    if "kept_back" in kind.record.__struct_fields__:
        assert msgspec.structs.replace(made(kind.record), kept_back=True).private


ONCE = {
    *(Survey, LeftOut, Mention, Alert, Telling, Course, Session, Customer, CustomerList, Statement, Group),
    *(Rating, Question, Scenario, Agenda, Settings),
}
"""The kinds of which two computers together may have made one only, with the key that their kind says."""

TWO_ARE_TWO = {
    *(Story, FollowUp, Meeting, Voice, Complaint, Contact, HandsOn, Talk, PulseRound, Comparison),
    *(Person, Standard, Evaluation, Batch),
}
"""What is told twice was said twice. Of people, standards, evaluations and answers something else is done: a handle and
a tag of its own, a choice by a person, and each answer by its id."""


@pytest.mark.parametrize("kind", EXAMPLE_KINDS)
def test_of_every_kind_it_is_said_whether_two_computers_make_one_and_how_their_changes_are_joined(
    kind: type[Record],
) -> None:
    described, record = (
        kind_of(made(kind)),
        made(kind, people=(Part("who", "done"),)) if kind is Session else made(kind),
    )
    assert (kind in ONCE) != (kind in TWO_ARE_TWO)
    assert bool(described.once(record)) == (kind in ONCE)
    assert described.once(record) == described.once(made(kind))
    named = {field for group in described.together for field in group}
    named |= described.added_to | described.by_place | described.as_one | {*described.listed_by}
    assert named <= set(kind.__struct_fields__)


@pytest.mark.parametrize("kind", EXAMPLE_KINDS)
def test_two_changes_of_one_record_are_both_there_or_named_as_giving_way(kind: type[Record]) -> None:
    base = made(kind)
    for first, second in itertools.permutations(_fields_to_change(base), 2):
        here = msgspec.structs.replace(base, version=2, **{first: _another(base, first, 1)})
        there = msgspec.structs.replace(base, version=2, **{second: _another(base, second, 2)})
        both, gave_way = merged_record(base, there, here)
        kept = {first: getattr(here, first), second: getattr(there, second)}
        lost = {field for field, said in kept.items() if getattr(both, field) != said}
        assert lost <= {each.field for each in gave_way}
        again, _ = merged_record(base, both, here)
        assert msgspec.structs.replace(again, version=1) == msgspec.structs.replace(both, version=1)
    assert merged_record(base, base, base) == (base, ())


def _fields_to_change(record: Record) -> list[str]:
    return [
        field.name
        for field in msgspec.structs.fields(record)
        if field.name not in BOOKKEEPING and field.name in kind_of(record).written and field.type is str
    ][:4]


def _another(record: Record, field: str, number: int) -> str:
    return f"{getattr(record, field)} {number}"
