"""Whatever somebody can have written into a record of any kind is gone after forgetting, archiving and encrypting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from meetingtool.actions.customers.forgetting import forget_customer
from meetingtool.actions.customers.forgetting import plan_to_forget as plan_to_forget_customer
from meetingtool.actions.customers.keeping import change_customer
from meetingtool.actions.keeping.retention import archive, forget, plan_to_forget
from meetingtool.records.base import Record, mint
from meetingtool.records.kinds import AnyRecord
from meetingtool.records.people import Person
from meetingtool.records.team import Settings
from meetingtool.rules.kinds.kind import BOOKKEEPING
from meetingtool.rules.kinds.table import KINDS as DESCRIBED
from meetingtool.store import Workspace
from meetingtool.store.encryption import encrypt

KINDS = tuple(kind for kind in get_args(AnyRecord) if kind is not Person)
"""All kinds but that of the person who is forgotten."""

OF_THE_TEAM = {kind.__name__ for kind in KINDS if kind.kept_in == "team"}

LEAST_TEXTS = 190
"""How many texts the kinds have, in all their parts. A kind that is no longer walked fails here."""

REFERENCES = {
    *(
        "Alert.survey",
        "Alert.told_in",
        "Alert.action",
        "Batch.survey",
        "Batch.ids",
        "Batch.counts.person",
        "Batch.counts.others",
    ),
    *("Comparison.survey", "Complaint.about", "Complaint.owner", "Complaint.received_by", "Complaint.story"),
    *("Complaint.steps.person", "Contact.people", "Course.people", "Course.scenarios", "Evaluation.person"),
    *("Evaluation.stories", "Evaluation.fixed.held", "FollowUp.meeting", "FollowUp.people", "FollowUp.story"),
    *("FollowUp.source_id", "HandsOn.people", "LeftOut.batch", "Meeting.attendance.person", "Meeting.considered"),
    *("Meeting.question", "Meeting.scenario", "Meeting.standard", "Mention.batch", "Mention.others", "Mention.person"),
    *("Mention.survey", "Mention.told_in", "Mention.voice", "Rating.person", "Rating.standard", "Rating.stories"),
    *("Session.course", "Session.meeting", "Session.people.person", "Session.scenario", "Settings.agenda"),
    *("Story.because", "Story.meeting", "Story.people", "Story.standards", "Telling.actions", "Telling.meeting"),
    *("PulseRound.meeting", "Statement.agreed_in", "Statement.agreed_with", "Statement.questions"),
    *("Telling.survey", "Voice.people", "Voice.read_in", "Voice.standards", "Voice.survey"),
}
"""Ids of other records."""

OF_PEOPLE = {f"{kind.record.__name__}.{field}" for kind in DESCRIBED for field in kind.people_in}
"""Ids of people."""

CODES = {
    *("Alert.period", "Telling.period", "Survey.source", "Survey.work", "Survey.mapping.fingerprint", "Settings.off"),
    *("Settings.keys", "Settings.theme", "Settings.service.holidays", "Standard.tag", "Standard.former_tags"),
    *("Scenario.standards", "Course.standards", "Course.roles", "Evaluation.finals.digest", "Evaluation.shared_digest"),
    *("Evaluation.finals.seal", "Evaluation.answer_digest", "Evaluation.course_digest"),
    *("Complaint.offers.money.currency", "Settings.service.fund.currency", "Settings.service.fund_case.currency"),
    "Settings.service.fund_case_before.limit.currency",
    *("Story.award.value.currency", "Story.fund.currency", "Customer.forgotten"),
}
"""Choices, marks and numbers, and the name of a job."""

OF_OTHERS = {
    *("Customer.email", "Customer.telephone", "CustomerList.rows.email", "CustomerList.rows.telephone"),
    *("Evaluation.finals.finalised_by", "Evaluation.reopened.by"),
}
"""How to reach a customer, and who sat at the computer."""


STAYS = REFERENCES | OF_PEOPLE | CODES | OF_OTHERS


def filled(type_: Any, path: str, text: Callable[[str], str], now: datetime) -> Any:
    """A value of a type with a text in every place where one can stand."""
    origin, inner = get_origin(type_), get_args(type_)
    if origin is Annotated:
        limit = next((each.ge for each in inner[1:] if getattr(each, "ge", None) is not None), None)
        pattern = next((each.pattern for each in inner[1:] if getattr(each, "pattern", None)), "")
        return (
            limit
            if limit is not None
            else "09:00"
            if ":" in pattern
            else "GBP"
            if pattern
            else filled(inner[0], path, text, now)
        )
    if origin is Literal:
        return inner[0]
    if origin in (Union, UnionType):
        return filled(next(each for each in inner if each is not type(None)), path, text, now)
    if origin is tuple:
        return tuple(filled(each, path, text, now) for each in inner if each is not Ellipsis)
    if origin is dict:
        return {"key": filled(inner[1], path, text, now)}
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        return type_(**dict(parts(type_, path, text, now)))
    plain = {bool: False, int: 1, float: 1.0, datetime: now, date: now.date(), Any: {}}
    return text(path) if type_ is str else plain[type_]


def parts(
    struct: type[msgspec.Struct], path: str, text: Callable[[str], str], now: datetime
) -> Iterator[tuple[str, Any]]:
    """Every field of a struct with its value, but for those that each record has."""
    hints = get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        if not (issubclass(struct, Record) and field.name in BOOKKEEPING):
            yield field.name, filled(hints[field.name], f"{path}.{field.name}", text, now)


def fill(workspace: Workspace, words: str, now: datetime, at: datetime) -> set[str]:
    """Save a record of every kind with the words in every text; where they stand now."""
    places: set[str] = set()

    def text(path: str) -> str:
        places.add(path)
        return f"{words} in {path} end"

    for kind in KINDS:
        fields = dict(parts(kind, kind.__name__, text, now))
        if kind is Settings:
            current = workspace.find(Settings)[0]
            record: Record = msgspec.structs.replace(current, version=current.version + 1, **fields)
        else:
            record = kind(id=mint(now), at=at, made_at=now, made_by="pat", **fields)
        workspace.save(record, deed="record.salvaged", now=now)
    return places


def told_in(folder: Path, words: str) -> set[str]:
    """In which fields the words stand, in any byte of any file."""
    every = b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    return {found.decode() for found in re.findall(rf"{words} in ([\w.]+) end".encode(), every)}


def test_somebody_is_forgotten_in_the_texts_of_every_kind(workspace: Workspace, folder: Path, now: datetime) -> None:
    places = fill(workspace, "Sam Bell", now, now)
    assert len(places) >= LEAST_TEXTS
    assert told_in(folder, "Sam Bell") == places
    sam = workspace.find(Person, handle="sam")[0]
    kept = forget(workspace, plan_to_forget(workspace, sam, now, texts=True), now).out_of_reach
    assert told_in(folder, "Sam Bell") == STAYS, "is it written by somebody? `written` in rules/kinds says so"
    assert {path.name for path in kept} >= {"team.json", "2026.json"}, "what still tells of somebody is named"


def test_nothing_of_a_year_stays_when_it_is_archived(
    workspace: Workspace, folder: Path, tmp_path: Path, now: datetime
) -> None:
    places = fill(workspace, "quokka", now, now.replace(year=2025))
    archive(workspace, 2025, tmp_path / "2025.zip", now)
    of_no_year = {place for place in places if place.partition(".")[0] in OF_THE_TEAM}
    assert told_in(folder, "quokka") == of_no_year


@pytest.mark.usefixtures("quick_passphrases")
def test_nothing_of_any_kind_can_be_read_once_it_is_encrypted(
    workspace: Workspace, folder: Path, now: datetime
) -> None:
    assert len(fill(workspace, "quokka", now, now)) >= LEAST_TEXTS
    workspace.close()
    encrypt(folder, "seven red bicycles")
    assert told_in(folder, "quokka") == set()


def test_a_customer_is_forgotten_in_the_texts_of_every_kind(workspace: Workspace, folder: Path, now: datetime) -> None:
    places = fill(workspace, "Blue Door", now, now)
    change_customer(workspace, "Blue Door", now, note="rings on Mondays")
    forget_customer(workspace, plan_to_forget_customer(workspace, "Blue Door"), now)
    others = {place for place in places if place.rpartition(".")[2] in ("customer", "customers")}
    locked = {place for place in places if place.startswith("Evaluation.")}
    assert told_in(folder, "Blue Door") == STAYS | locked | others - {"Scenario.customer"}
