"""Books of every form that was ever written can be read."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.records.alerts import Alert, Comparison, Telling
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.kinds import AnyRecord
from meetingtool.records.meetings import Agenda, Meeting
from meetingtool.records.mentions import Mention
from meetingtool.records.people import Person
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.records.team import Settings
from meetingtool.store import Workspace
from meetingtool.store.bookfile import SCHEMA, Header, Sheet, read_book
from meetingtool.store.examination import examine
from meetingtool.store.migrations import STEPS, Documents, brought_up
from meetingtool.store.shelf import WITH_DICTS
from meetingtool.store.storage import decode_rows, encode_rows

KEPT = Path(__file__).parent.parent / "kept_books"
FORMS = sorted(KEPT.glob("form-*"))
KINDS = (Person, Standard, Settings, Agenda, Question, Scenario, Meeting, Story, FollowUp, Rating, Evaluation)
ADDED = (Survey, Batch, LeftOut, Mention, Alert, Comparison, Telling)
"""Kinds that came after the kept book of their form was written."""
Make = Any


def test_every_form_has_a_kept_book_and_a_step_to_the_next() -> None:
    assert [folder.name for folder in FORMS] == [f"form-{form}" for form in range(1, SCHEMA + 1)]
    assert sorted(STEPS) == list(range(1, SCHEMA))


@pytest.mark.parametrize("kept", FORMS, ids=lambda folder: folder.name)
def test_a_kept_book_is_read_whole_and_can_be_worked_with(kept: Path, tmp_path: Path, make: Make) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(kept, folder)
    folder.chmod(0o700)
    assert examine(folder) == []
    before = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    form = read_book(before["team.json"]).header.schema
    with Workspace.open(folder, user="anna") as workspace:
        for kind in KINDS:
            assert len(workspace.find(kind, removed=None)) >= 1, kind
        win, sticky = workspace.find(Story)
        assert (win.text, win.customer, win.starred) == ("stayed until the courier called", "Blue Door Café", True)
        assert [version.record.version for version in workspace.versions(win.id)] == [1, 2]
        assert sticky.fund is not None
        assert sticky.fund.minor == 2500
        assert workspace.find(Evaluation)[0].finals[0].content == {"score": {"shown": 84}}
        assert [deed.what for deed in workspace.deeds()][-1] == "set up the team"
        now = datetime(2026, 12, 1, tzinfo=UTC)
        workspace.save(make.story("new"), deed="recorded a win", now=now)
    assert examine(folder) == []
    (copy,) = (folder / "backups" / "2026").iterdir()
    assert copy.read_bytes() == before["2026.json"]
    assert copy.name.endswith(f"-form-{form}.json") == (form < SCHEMA)


def test_steps_are_taken_one_after_the_other() -> None:
    def shout(name: str, documents: Documents) -> Documents:
        return {
            key: {**one, "text": one["text"].upper()} if name == "records" else one for key, one in documents.items()
        }

    def frame(name: str, documents: Documents) -> Documents:
        return {f"{key}0": {**one, "by": name} for key, one in documents.items()}

    tables = {"records": encode_rows({"1": {"text": "a"}}), "deeds": encode_rows({"2": {"what": "b"}})}
    sheet = Sheet(Header(schema=1), tables, sound=True)
    turned = brought_up(sheet, {1: shout, 2: frame}, form=3)
    assert decode_rows(turned.tables["records"]) == {"10": {"text": "A", "by": "records"}}
    assert decode_rows(turned.tables["deeds"]) == {"20": {"what": "b", "by": "deeds"}}
    assert turned.header.schema == 1
    assert brought_up(sheet, {1: shout, 2: frame}, form=1) == sheet


def test_exactly_the_kinds_with_a_dict_inside_are_handed_out_as_copies() -> None:
    def has_dict(kind: msgspec.inspect.Type) -> bool:
        if isinstance(kind, msgspec.inspect.DictType | msgspec.inspect.ListType | msgspec.inspect.SetType):
            return True
        if isinstance(kind, msgspec.inspect.AnyType):
            return True
        parts: list[Any] = list(getattr(kind, "types", ()))
        parts += getattr(kind, "item_types", ())
        parts += [field.type for field in getattr(kind, "fields", ())]
        parts += [kind.item_type] if isinstance(kind, msgspec.inspect.VarTupleType) else []
        return any(has_dict(part) for part in parts)

    union = msgspec.inspect.type_info(AnyRecord)
    assert isinstance(union, msgspec.inspect.UnionType)
    kinds = [kind for kind in union.types if isinstance(kind, msgspec.inspect.StructType)]
    assert {kind.cls for kind in kinds} == {*KINDS, *ADDED}
    assert {kind.cls for kind in kinds if has_dict(kind)} == set(WITH_DICTS)
