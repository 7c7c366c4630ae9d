"""Books of every form that was ever written can be read."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.kinds import AnyRecord
from meetingtool.records.meetings import Agenda, Meeting
from meetingtool.records.people import Person
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace
from meetingtool.store.bookfile import SCHEMA, Header, ReadBook, read_book
from meetingtool.store.examination import examine
from meetingtool.store.mending.recovery import recover
from meetingtool.store.migrations import STEPS, Document, brought_up
from meetingtool.store.phrases import CODES, code_of
from meetingtool.store.shelf import WITH_DICTS
from meetingtool.store.storage import decode_rows, encode_rows

KEPT = Path(__file__).parent.parent / "kept_books"
FORMS = sorted(KEPT.glob("form-[0-9]"))
KINDS = (Person, Standard, Settings, Agenda, Question, Scenario, Meeting, Story, FollowUp, Rating, Evaluation)
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
        workspace.save(make.story("new"), deed="win.recorded", now=now)
    assert examine(folder) == []
    (copy,) = (folder / "backups" / "2026").iterdir()
    assert copy.read_bytes() == before["2026.json"]
    assert copy.name.endswith(f"-form-{form}.json") == (form < SCHEMA)


def test_steps_are_taken_one_after_the_other() -> None:
    def shout(one: Document) -> Document:
        return {**one, "text": one["text"].upper()}

    def sign(one: Document) -> Document:
        return {**one, "by": "anna"}

    tables = {"records": encode_rows({"1": {"text": "a"}}), "deeds": encode_rows({"2": {"what": "b"}})}
    sheet = ReadBook(Header(schema=1), tables, sound=True)
    steps = {1: {"records": shout}, 2: {"records": sign, "deeds": sign}}
    turned = brought_up(sheet, steps, form=3)
    assert decode_rows(turned.tables["records"]) == {"1": {"text": "A", "by": "anna"}}
    assert decode_rows(turned.tables["deeds"]) == {"2": {"what": "b", "by": "anna"}}
    assert turned.header.schema == 1
    assert brought_up(sheet, steps, form=1) == sheet


PRIVATE = {
    "rated a person",
    "imported ratings",
    "went on in the pass to ratings",
    "wrote in an evaluation",
    "adjusted an evaluation",
    "shared an evaluation",
    "noted the answer to an evaluation",
    "finalised an evaluation",
    "reopened an evaluation",
    "undid: rated a person",
}
SINCE = {"changed the settings"}
"""Told in the room then, and no longer: settings hold rules of the score."""
LEFT_ALONE = {
    "shared an evaluation",
    "noted the answer to an evaluation",
    "finalised an evaluation",
    "reopened an evaluation",
    "set the workspace up",
    "loaded the sample team",
    "made a person anonymous",
}


@pytest.fixture
def with_phrases(folder: Path) -> Path:
    """A workspace of form 1 in which every deed of then was done, and some were undone."""
    shutil.copytree(KEPT / "form-1-deeds", folder)
    folder.chmod(0o700)
    return folder


def test_deeds_kept_as_phrases_are_private_as_they_were_and_final_as_they_are_now(with_phrases: Path) -> None:
    phrases = {}
    for path in with_phrases.glob("*.json"):
        for key, line in read_book(path.read_bytes()).tables["deeds"].items():
            document = decode_rows({key: line})[key]
            phrases[document["id"]] = document["what"]
    with Workspace.open(with_phrases, user="anna") as workspace:
        codes = {deed.id: deed.what for deed in workspace.deeds(500)}
    assert codes.keys() == phrases.keys()
    assert len(codes) == 67
    assert len(set(phrases.values()) & (PRIVATE | LEFT_ALONE)) == len(PRIVATE | LEFT_ALONE)
    for id, phrase in phrases.items():
        meaning = deeds.meaning_of(codes[id])
        assert deeds.is_known(codes[id]), phrase
        assert meaning.private is (phrase in PRIVATE | SINCE), phrase
        assert meaning.undoable is not (phrase in LEFT_ALONE or phrase.startswith("undid: ")), phrase


def test_every_phrase_that_was_ever_written_stands_in_the_kept_books(with_phrases: Path) -> None:
    text = b"".join(path.read_bytes() for path in with_phrases.glob("*.json")).decode()
    assert [phrase for phrase in CODES if f'"{phrase}"' not in text] == []
    assert len(CODES) == 61
    assert code_of("undid: merged a copy made by Dropbox") == "undo:copy.merged:Dropbox"


def test_former_versions_say_in_which_deed_they_were_replaced_after_a_save_in_the_new_form(with_phrases: Path) -> None:
    with Workspace.open(with_phrases, user="anna") as workspace:
        (story,) = (story for story in workspace.find(Story) if story.starred)
        before = [version.deed for version in workspace.versions(story.id)]
        changed = msgspec.structs.replace(story, version=story.version + 1, starred=False)
        workspace.save(changed, deed=deeds.UNSTARRED, now=datetime(2026, 12, 1, tzinfo=UTC))
    header = read_book((with_phrases / "2026.json").read_bytes()).header
    assert header.schema == SCHEMA
    with Workspace.open(with_phrases, user="anna") as workspace:
        after = [version.deed for version in workspace.versions(story.id)]
    assert after == [*before[:-1], deeds.UNSTARRED, deeds.QUIET]
    assert before[:3] == [deeds.STORY_EDITED, deeds.STORY_TOLD, deeds.STORY_DEEPENED]
    assert {deeds.MADE_PRIVATE, deeds.COPY_MERGED, deeds.SALVAGED} <= set(before)


def test_what_is_saved_from_a_damaged_file_of_a_former_form_is_of_the_present_one(with_phrases: Path) -> None:
    book = with_phrases / "2026.json"
    for data in (book.read_bytes()[:-40], book.read_bytes()[200:]):
        book.write_bytes(data)
        recover(with_phrases, "2026", now=datetime(2026, 12, 1, tzinfo=UTC))
        with Workspace.open(with_phrases, user="anna") as workspace:
            codes = [deed.what for deed in workspace.deeds(500)]
        assert len(codes) > 60
        assert all(map(deeds.is_known, codes))


def test_records_of_a_former_form_are_read_without_the_rest_where_they_are_the_same(with_phrases: Path) -> None:
    with Workspace.open(with_phrases, user="anna") as workspace:
        found = [record for leaf in workspace.passing(2026) for record in leaf.records]
        assert workspace.kept_years() == []
    assert len(found) == 13


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
    assert {kind.cls for kind in kinds} >= {*KINDS}
    assert {kind.cls for kind in kinds if has_dict(kind)} == set(WITH_DICTS)
