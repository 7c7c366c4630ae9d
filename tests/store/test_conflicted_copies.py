"""Copies that cloud folders make, and bringing them together."""

from __future__ import annotations

import gzip
import lzma
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.records.stories import Story
from meetingtool.store import Workspace, WorkspaceMissing
from meetingtool.store.conflicted import ConflictedCopy, conflicted_copies
from meetingtool.store.examination import examine
from meetingtool.store.merging import Merged, merge

Make = Any
change = msgspec.structs.replace

NAMES = {
    "2026 (Anna's conflicted copy 2026-03-04).json": "Dropbox",
    "2026 (conflicted copy 2026-03-04).json": "Dropbox",
    "2026 (Case Conflict).json": "Dropbox",
    "2026 (copie en conflit de Marie 2026-03-04).json": "Dropbox",
    "2026 (Ayşe'nin çakışan kopyası 2026-03-04).json": "Dropbox",
    "2026-LAPTOP-7.json": "OneDrive",
    "2026-Anna’s MacBook Pro.json": "OneDrive",
    "Copy of 2026.json": "another program",
    "Kopie von 2026 (1).json": "Google Drive",
    "2026’nin kopyası.json": "another program",
    "2026 (1).json": "Google Drive",
    "2026 2.json": "iCloud",
    "2026.sync-conflict-20260304-091500-ABCDEFG.json": "Syncthing",
    "2026 (conflicted copy 2026-03-04 091500).json": "Nextcloud",
    "2026_conflict-20260304-091500.json": "Nextcloud",
    "2026.json (Anna's conflicted copy)": "Dropbox",
    "2026.json.sync-conflict-20260304-091500-ABCDEFG": "Syncthing",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_copies_of_the_usual_services_are_known(workspace: Workspace, make: Make, now: datetime, name: str) -> None:
    workspace.save(make.story(), deed="recorded", now=now)
    shutil.copy(workspace.folder / "2026.json", workspace.folder / name)
    (copy,) = conflicted_copies(workspace.folder)
    assert (copy.book, copy.path.name, copy.service) == ("2026", name, NAMES[name])
    (finding,) = examine(workspace.folder)
    assert finding.kind == "conflicted copy"
    assert NAMES[name] in finding.message
    assert workspace.years() == [2026]


def test_other_files_are_no_copies(workspace: Workspace, make: Make, now: datetime) -> None:
    workspace.save(make.story(), deed="recorded", now=now)
    shutil.copy(workspace.folder / "2026.json", workspace.folder / "2026.json.prev (conflicted copy)")
    shutil.copy(workspace.folder / "2026.json", workspace.folder / "2026.json.bak")
    for name in ("2026 notes.json", "team photo.json", "2025-figures.json"):
        (workspace.folder / name).write_text('{"records": 5}', encoding="utf-8")
    (workspace.folder / "plan of 2026.json").write_text("wins: 5", encoding="utf-8")
    (workspace.folder / "2026 plan.json").write_text("wins: 5", encoding="utf-8")
    (workspace.folder / "2026 (2).json").mkdir()
    assert conflicted_copies(workspace.folder) == []


def test_a_copy_is_of_the_book_that_its_content_says(workspace: Workspace, make: Make, now: datetime) -> None:
    workspace.save(make.story(), deed="recorded", now=now)
    shutil.copy(workspace.folder / "2026.json", workspace.folder / "2031 (1).json")
    (copy,) = conflicted_copies(workspace.folder)
    assert (copy.book, copy.problem, copy.records) == ("2026", "", 1)


class Apart:
    """Two computers with one workspace, which each went on without the other."""

    def __init__(self, workspace: Workspace, make: Make) -> None:
        self.here, self.make = workspace, make
        folder = workspace.folder.parent / "laptop"
        shutil.copytree(workspace.folder, folder)
        self.there = Workspace.open(folder, user="tom")

    def merged(self) -> Merged:
        shutil.copy(self.there.folder / "2026.json", self.here.folder / "2026 (1).json")
        (copy,) = conflicted_copies(self.here.folder)
        done = merge(self.here.folder, copy, user="anna", now=self.make.later(90))
        self.here.refresh()
        return done

    def edit(self, where: Workspace, story: Story, text: str, minute: int) -> Story:
        now = self.make.later(minute)
        kept = where.get(Story, story.id)
        new = change(kept, version=kept.version + 1, text=text)
        where.save(new, deed="edited it", now=now)
        return new


@pytest.fixture
def story(workspace: Workspace, make: Make) -> Story:
    story: Story = make.story("as it was")
    workspace.save(story, deed="recorded", now=make.now)
    return story


def test_records_of_both_sides_are_brought_together(workspace: Workspace, make: Make, story: Story) -> None:
    apart = Apart(workspace, make)
    ours, theirs = make.story("ours", at=make.later(1)), make.story("theirs", at=make.later(2))
    workspace.save(ours, deed="recorded", now=make.later(1))
    apart.there.save(theirs, deed="recorded", now=make.later(2))
    done = apart.merged()
    assert (done.added, done.changed, done.both) == (1, 0, ())
    assert workspace.find(Story) == [story, ours, theirs]
    assert workspace.deeds()[0].what == "copy.merged:Google Drive"
    assert not (workspace.folder / "2026 (1).json").exists()
    assert done.copy.exists()
    assert examine(workspace.folder) == []


def test_what_only_one_side_changed_is_taken_with_its_history(workspace: Workspace, make: Make, story: Story) -> None:
    apart = Apart(workspace, make)
    apart.edit(apart.there, story, "better", 1)
    newest = apart.edit(apart.there, story, "best", 2)
    done = apart.merged()
    assert (done.added, done.changed, done.both) == (0, 1, ())
    assert workspace.get(Story, story.id) == newest
    assert [version.record.text for version in workspace.versions(story.id)] == ["as it was", "better", "best"]


def test_what_is_newer_here_stays(workspace: Workspace, make: Make, story: Story) -> None:
    apart = Apart(workspace, make)
    newest = apart.edit(workspace, story, "better", 1)
    before = workspace.generation
    done = apart.merged()
    assert (done.added, done.changed, done.both) == (0, 0, ())
    assert workspace.get(Story, story.id) == newest
    assert workspace.generation == before


@pytest.mark.parametrize(("here", "there", "stands"), [(5, 9, "theirs"), (9, 5, "ours")])
def test_of_two_texts_the_later_stands_and_the_other_is_kept(
    workspace: Workspace, make: Make, story: Story, here: int, there: int, stands: str
) -> None:
    apart = Apart(workspace, make)
    apart.edit(workspace, story, "ours", here)
    apart.edit(apart.there, story, "theirs", there)
    done = apart.merged()
    assert [each.id for each in done.both] == [story.id]
    other = {"ours": "theirs", "theirs": "ours"}[stands]
    versions = workspace.versions(story.id)
    assert [version.record.text for version in versions][-2:] == [other, stands]
    assert [version.record.text for version in versions][:2] == ["as it was", "ours"], (
        "what stood here keeps its number"
    )
    assert [version.record.version for version in versions] == list(range(1, len(versions) + 1))
    assert workspace.deeds()[0].changes[0].after == len(versions)
    assert examine(workspace.folder) == []


def test_texts_with_histories_of_different_length_are_both_kept(workspace: Workspace, make: Make, story: Story) -> None:
    apart = Apart(workspace, make)
    for minute in (1, 2, 3):
        apart.edit(workspace, story, f"ours {minute}", minute)
    apart.edit(apart.there, story, "theirs", 60)
    apart.merged()
    kept = [version.record.text for version in workspace.versions(story.id)]
    assert kept == ["as it was", "ours 1", "ours 2", "ours 3", "theirs"]


def test_merging_again_changes_nothing(workspace: Workspace, make: Make, story: Story) -> None:
    apart = Apart(workspace, make)
    apart.edit(workspace, story, "ours", 9)
    apart.edit(apart.there, story, "theirs", 5)
    apart.there.save(make.story("theirs alone", at=make.later(1)), deed="recorded", now=make.later(1))
    apart.merged()
    before = (workspace.folder / "2026.json").read_bytes()
    again = apart.merged()
    assert (again.added, again.changed, again.both) == (0, 0, ())
    assert (workspace.folder / "2026.json").read_bytes() == before


def test_a_copy_of_the_team_is_merged_too(workspace: Workspace, make: Make) -> None:
    person = make.person("zoe")
    with Workspace.open(workspace.folder.parent / "other", create=True) as other:
        other.save(person, deed="added", now=make.now)
        copy = workspace.folder / "team-LAPTOP.json"
        shutil.copy(other.folder / "team.json", copy)
    done = merge(workspace.folder, ConflictedCopy("team", copy, "OneDrive"), user="anna", now=make.later())
    workspace.refresh()
    assert done.added == 1
    assert workspace.get(type(person), person.id) == person


def test_a_damaged_copy_stays_until_it_is_merged(workspace: Workspace, make: Make, story: Story) -> None:
    torn = workspace.folder / "2026 (1).json"
    torn.write_bytes((workspace.folder / "2026.json").read_bytes()[:-50])
    workspace.save(make.story("next day"), deed="recorded", now=make.now + timedelta(days=1))
    assert torn.exists()


def test_a_folder_that_has_gone_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceMissing, match="is gone"):
        conflicted_copies(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("harm", "told", "texts"),
    [
        (lambda data: data[:-50], "It can't be read", ["here", "there"]),
        (lambda data: b"#" + data[1:], "It can't be read", ["here", "there"]),
        (lambda data: data.replace(b"there", b"these"), "It was changed outside meetingtool", ["here", "these"]),
        (lambda data: bytes(5000), "none of its records can be read", ["here"]),
        (lambda data: b"", "none of its records can be read", ["here"]),
        (lambda data: data.decode().encode("utf-16"), "2 records can be read", ["here", "there"]),
        (lambda data: gzip.compress(data, mtime=0), "2 records can be read", ["here", "there"]),
        (lambda data: lzma.compress(data)[:-9], "2 records can be read", ["here", "there"]),
        (lambda data: data.decode().encode("utf-32-be"), "2 records can be read", ["here", "there"]),
        (lambda data: bytes(byte ^ 1 for byte in data), "none of its records can be read", ["here"]),
        (lambda data: b"{}", "none of its records can be read", ["here"]),
    ],
)
def test_a_copy_that_is_not_as_it_was_saved_is_told_and_what_can_be_read_of_it_merged(
    workspace: Workspace, make: Make, harm: Any, told: str, texts: list[str]
) -> None:
    workspace.save(make.story("here"), deed="recorded", now=make.now)
    apart = Apart(workspace, make)
    apart.there.save(make.story("there"), deed="recorded", now=make.later(1))
    path = workspace.folder / "2026 (Ann's conflicted copy 2026-11-29).json"
    path.write_bytes(harm((apart.there.folder / "2026.json").read_bytes()))
    kept = path.read_bytes()
    (finding,) = examine(workspace.folder)
    assert (finding.kind, finding.path) == ("conflicted copy", path)
    assert told in finding.message
    (copy,) = conflicted_copies(workspace.folder)
    done = merge(workspace.folder, copy, user="anna", now=make.later(2))
    workspace.refresh()
    assert sorted(each.text for each in workspace.find(Story)) == texts
    assert (done.copy.parent.name, done.copy.read_bytes()) == ("damaged", kept)
    assert examine(workspace.folder) == []
