"""What is said about a loss: never less than there was, and what can't be known is said to be unknown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.records.base import mint
from meetingtool.records.contacts import HandsOn
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.store.age import Age
from meetingtool.store.encryption import encrypt
from meetingtool.store.examination import examine
from meetingtool.store.mending.finding import Finding
from meetingtool.store.mending.loss import Loss
from meetingtool.store.mending.recovery import recover

Make = Any


@pytest.fixture
def book(workspace: Workspace, make: Make) -> Path:
    """The book of 2026 with stories 0 to 9, each saved by itself, a minute apart."""
    for number in range(10):
        at = make.later(number)
        workspace.save(make.story(f"story {number}", at=at), deed="recorded a win", now=at)
    return workspace.folder / "2026.json"


def only(folder: Path) -> Finding:
    (finding,) = [each for each in examine(folder) if each.kind != "copy damaged"]
    return finding


def texts(folder: Path) -> list[str]:
    with Workspace.open(folder) as workspace:
        return [story.text for story in workspace.find(Story)]


@pytest.mark.parametrize(
    ("loss", "words"),
    [
        (Loss(0, 0), "nothing is lost"),
        (Loss(1, 1), "1 record is lost or altered"),
        (Loss(0, 1), "at most 1 record is lost or altered"),
        (Loss(0, 1200), "at most 1,200 records are lost or altered"),
        (Loss(2, 5), "between 2 and 5 records are lost or altered"),
        (Loss(3), "at least 3 records are lost; how many in all can't be known"),
        (Loss(), "there is no telling how many records are lost"),
        (Loss(0, 0, 1), "no record is lost, but 1 log entry or earlier version is lost"),
        (Loss(2, 2, 9), "2 records are lost or altered, and 9 log entries or earlier versions are lost"),
    ],
)
def test_a_loss_in_words(loss: Loss, words: str) -> None:
    assert loss.in_words == words


def without_roll(folder: Path) -> None:
    """As in a folder that an earlier version kept."""
    for path in folder.glob(".roll-*"):
        path.unlink()


def test_without_a_roll_nobody_can_know_what_the_copy_of_a_missing_book_lacks(
    workspace: Workspace, book: Path, make: Make
) -> None:
    without_roll(workspace.folder)
    book.unlink()
    finding = only(workspace.folder)
    assert finding.loss == Loss()
    assert "there is no telling how many records are lost of what was saved after 09:13 on 3 March 2026" in (
        finding.message
    )
    assert recover(workspace.folder, "2026", now=make.later(60)).loss == Loss()


def test_a_zeroed_book_without_a_copy_is_not_said_to_have_lost_nothing(workspace: Workspace, book: Path) -> None:
    without_roll(workspace.folder)
    book.with_name("2026.json.prev").unlink()
    book.write_bytes(bytes(len(book.read_bytes())))
    finding = only(workspace.folder)
    assert finding.loss == Loss()
    assert "none of its records can be read, there is no telling how many records are lost" in finding.message


def test_a_wrong_number_of_the_form_costs_no_record_even_without_a_copy(
    workspace: Workspace, book: Path, make: Make
) -> None:
    book.with_name("2026.json.prev").unlink()
    book.write_bytes(book.read_bytes().replace(b'"schema":2', b'"schema":9'))
    finding = only(workspace.folder)
    assert finding.kind == "newer"
    assert "If there is no newer one, the file is damaged." in finding.hint
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert (done.records, done.loss) == (10, Loss(0, 0))
    assert len(texts(workspace.folder)) == 10


def test_rows_deleted_by_hand_are_counted(workspace: Workspace, book: Path, make: Make) -> None:
    content = json.loads(book.read_bytes())
    for key in list(content["records"])[2:5]:
        del content["records"][key]
    book.write_text(json.dumps(content), encoding="utf-8")
    finding = only(workspace.folder)
    assert finding.kind == "edited"
    assert "It had 10 records when last saved, and has 7 now." in finding.message
    assert finding.loss == Loss(3, 4)
    assert recover(workspace.folder, "2026", now=make.later(60)).loss == finding.loss


def test_a_book_that_was_only_laid_out_anew_has_lost_nothing(workspace: Workspace, book: Path) -> None:
    book.write_text(json.dumps(json.loads(book.read_bytes()), indent=2), encoding="utf-8")
    finding = only(workspace.folder)
    assert finding.loss == Loss(0, 0)
    assert "Its records are as last saved." in finding.message


def test_a_zeroed_start_leaves_every_row_behind_it(workspace: Workspace, book: Path, make: Make) -> None:
    book.with_name("2026.json.prev").unlink()
    data = book.read_bytes()
    place = data.index(b"story 4")
    book.write_bytes(bytes(place) + data[place:])
    finding = only(workspace.folder)
    assert (finding.loss, "5 records can be read" in finding.message) == (Loss(5, 10), True)
    recover(workspace.folder, "2026", now=make.later(60))
    assert texts(workspace.folder) == [f"story {number}" for number in range(5, 10)]


def test_a_row_comes_back_though_its_key_or_its_id_is_damaged(workspace: Workspace, book: Path, make: Make) -> None:
    book.with_name("2026.json.prev").unlink()
    data = bytearray(book.read_bytes()[:-2])
    fourth = data.index(b"story 4")
    data[data.rindex(b'\n"', 0, fourth) + 9] = ord("x")
    sixth = data.index(b"story 6")
    place = data.rindex(b'"id":"', 0, sixth) + 25
    data[place] = ord("0") if data[place] != ord("0") else ord("1")
    book.write_bytes(data)
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert (done.records, done.loss) == (10, Loss(0, 0))
    assert texts(workspace.folder) == [f"story {number}" for number in range(10)]


def test_a_former_version_is_better_than_none(workspace: Workspace, book: Path, make: Make) -> None:
    story = workspace.find(Story)[0]
    workspace.save(msgspec.structs.replace(story, version=2, text="better words"), deed="edited", now=make.later(30))
    book.with_name("2026.json.prev").unlink()
    book.write_bytes(book.read_bytes().replace(b'"text":"better words"', b'"text":"better words'))
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert (done.records, done.loss) == (10, Loss(1, 10))
    assert texts(workspace.folder)[0] == "story 0"


def test_of_two_texts_of_one_version_the_one_that_was_saved_comes_back(
    workspace: Workspace, book: Path, make: Make
) -> None:
    book.write_bytes(book.read_bytes().replace(b'"text":"story 4"', b'"text":"stori 4"')[:-2])
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert done.loss == Loss(0, 0)
    assert "story 4" in texts(workspace.folder)


@pytest.mark.usefixtures("quick_passphrases")
def test_of_an_encrypted_book_all_before_the_damage_is_read(workspace: Workspace, book: Path, make: Make) -> None:
    long = [make.story(f"{number} {'long ' * 400}", at=make.later(20 + number)) for number in range(60)]
    workspace.save(*long, deed="recorded a list", now=make.later(90))
    book.with_name("2026.json.prev").unlink()
    age = encrypt(workspace.folder, "seven red bicycles")
    data = bytearray(book.read_bytes())
    data[-100_000] ^= 1
    book.write_bytes(data)
    done = recover(workspace.folder, "2026", now=make.later(99), envelope=age)
    assert 10 < done.records < 70
    assert (done.loss.least, done.loss.most) == (70 - done.records, 70)
    with Workspace.open(workspace.folder, envelope=Age(workspace.folder, age.identity)) as again:
        assert len(again.find(Story)) == done.records


def test_a_copy_that_is_chosen_gains_what_the_damaged_file_still_has(
    workspace: Workspace, book: Path, make: Make
) -> None:
    old = book.with_name("2026.json.prev")
    book.write_bytes(book.read_bytes()[:-2])
    done = recover(workspace.folder, "2026", now=make.later(60), copy=old)
    assert (done.records, done.saved, done.loss) == (10, 1, Loss(0, 0))


def test_a_damaged_name_of_a_table_costs_no_record(workspace: Workspace, book: Path, make: Make) -> None:
    book.with_name("2026.json.prev").unlink()
    book.write_bytes(book.read_bytes().replace(b'"records":{', b'"recorts":{'))
    finding = only(workspace.folder)
    assert (finding.kind, finding.loss) == ("damaged", Loss(0, 0))
    recover(workspace.folder, "2026", now=make.later(60))
    assert len(texts(workspace.folder)) == 10


def test_what_begins_like_a_row_hides_none_of_those_behind_it(workspace: Workspace, book: Path, make: Make) -> None:
    book.with_name("2026.json.prev").unlink()
    book.write_bytes(book.read_bytes().replace(b'{"type":"story"', b'{"ty77":{"type":"story"', 1)[:-2])
    recover(workspace.folder, "2026", now=make.later(60))
    assert len(texts(workspace.folder)) == 10


def test_a_log_or_a_former_version_that_was_changed_by_hand_is_said(
    workspace: Workspace, book: Path, make: Make
) -> None:
    (story, *_) = workspace.find(Story)
    workspace.save(msgspec.structs.replace(story, version=2, text="tidy"), deed="edited", now=make.later(30))
    saved, words = book.read_bytes(), "its log or former versions may have been changed"
    start = saved.index(b'"former":{')
    for before, after in ((b'"by":"anna"', b'"by":"evil"'), (b"story 0", b"glory 0")):
        assert before in saved[start:]
        book.write_bytes(saved[:start] + saved[start:].replace(before, after, 1))
        finding = only(workspace.folder)
        assert "Its records are as last saved." in finding.message and words in finding.message
        assert finding.loss is not None and words in finding.loss.in_words
    done = recover(workspace.folder, "2026", now=make.later(60))
    assert done.loss == Loss(0, 0, altered=True)
    for same in (saved.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + saved, json.dumps(json.loads(saved)).encode()):
        book.write_bytes(same)
        assert words not in only(workspace.folder).message, "another layout alone changes nothing of what it says"


def test_a_record_with_fields_named_as_those_of_the_log_is_found_in_a_cut_book(
    workspace: Workspace, make: Make
) -> None:
    spent = HandsOn(id=mint(make.now), at=make.now, made_at=make.now, made_by="pat", minutes=60, what="phones")
    workspace.save(spent, deed="recorded time", now=make.now)
    book = workspace.folder / "2026.json"
    book.with_name("2026.json.prev").unlink(missing_ok=True)
    book.write_bytes(book.read_bytes()[:-3])
    assert recover(workspace.folder, "2026", now=make.later(60)).loss == Loss(0, 0)
    with Workspace.open(workspace.folder) as again:
        assert again.find(HandsOn) == [spent]
