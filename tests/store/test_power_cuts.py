"""The power goes before every file-system call of a save, with everything lost that the disk was not told to keep.

The calls are really made, on a real folder; beside them a model notes what a disk is bound to have kept at that
moment: the content of a file once it was synced, the names in a folder once the folder was. Whatever was not synced
may be there, in part, or not at all, each renaming by itself. Every such state is then laid out in a folder and opened.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.records.stories import Story
from meetingtool.store import CannotWrite, Workspace
from meetingtool.store.commit import Disk
from meetingtool.store.examination import examine
from meetingtool.store.folder import Folder

Make = Any
change = msgspec.structs.replace
Names = dict[Path, int | None]


class PowerCut(BaseException):
    """The machine is off."""


class FailingDisk(Disk):
    """A disk that makes the calls, and notes what a power cut would leave. `cut` says before which call it comes."""

    def __init__(self, folder: Path, cut: int, failure: Callable[[], BaseException] = PowerCut) -> None:
        self._cut, self._failure = cut, failure
        self.calls: list[str] = []
        self._open: dict[int, tuple[Path, int]] = {}
        self._number = itertools.count()
        self.contents: dict[int, bytes] = {}
        self.synced: set[int] = set()
        self.names: dict[Path, int] = {}
        for path in folder.rglob("*"):
            if path.is_file():
                number = next(self._number)
                self.contents[number], self.names[path] = path.read_bytes(), number
                self.synced.add(number)
        self.kept_names = dict(self.names)
        self.unsynced: list[Names] = []

    def _call(self, name: str) -> None:
        if len(self.calls) == self._cut:
            raise self._failure()
        self.calls.append(name)

    def _renamed(self, names: Names) -> None:
        self.unsynced.append(names)
        _apply(self.names, names)

    def create(self, path: Path) -> int:
        self._call("create")
        descriptor = super().create(path)
        number = next(self._number)
        self._open[descriptor] = path, number
        self.contents[number] = b""
        self._renamed({path: number})
        return descriptor

    def write(self, descriptor: int, pieces: Sequence[bytes]) -> None:
        self._call("write")
        super().write(descriptor, pieces)
        self.contents[self._open[descriptor][1]] += b"".join(pieces)

    def sync(self, descriptor: int) -> None:
        self._call("sync")
        super().sync(descriptor)
        self.synced.add(self._open[descriptor][1])

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        self._call("close")

    def link(self, source: Path, target: Path) -> None:
        self._call("link")
        super().link(source, target)
        self._renamed({target: self.names[source]})

    def replace(self, source: Path, target: Path) -> None:
        self._call("replace")
        super().replace(source, target)
        if self.names[source] != self.names.get(target):
            self._renamed({target: self.names[source], source: None})

    def remove(self, path: Path) -> None:
        self._call("remove")
        super().remove(path)
        if path in self.names:
            self._renamed({path: None})

    def sync_folder(self, folder: Path) -> None:
        self._call("sync folder")
        super().sync_folder(folder)
        self.unsynced = [names for names in self.unsynced if not _apply_in(self.kept_names, names, folder)]

    def outcomes(self) -> Iterator[dict[Path, bytes]]:
        """Every state of the folder that a power cut now could leave."""
        seen = set()
        for which in itertools.product((False, True), repeat=len(self.unsynced)):
            names = dict(self.kept_names)
            for names_then, kept in zip(self.unsynced, which, strict=True):
                if kept:
                    _apply(names, names_then)
            for torn in (0.0, 0.4, 1.0):
                state = {path: self._left_of(number, torn) for path, number in names.items()}
                mark = hash(frozenset(state.items()))
                if mark not in seen:
                    seen.add(mark)
                    yield state

    def _left_of(self, number: int, torn: float) -> bytes:
        content = self.contents[number]
        if number in self.synced:
            return content
        kept = int(len(content) * torn)
        return content[:kept] + bytes((len(content) - kept) // 2)


def _apply(names: dict[Path, int], then: Names) -> None:
    for path, number in then.items():
        if number is None:
            names.pop(path, None)
        else:
            names[path] = number


def _apply_in(names: dict[Path, int], then: Names, folder: Path) -> bool:
    inside = all(path.parent == folder for path in then)
    if inside:
        _apply(names, then)
    return inside


def laid_out(state: dict[Path, bytes], folder: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    for path, content in state.items():
        target = place / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return place


def opened_on(disk: Disk, folder: Path) -> Workspace:
    return Folder(folder, "anna", files=disk)


Save = Callable[[Workspace], None]


def cut_before_every_call(folder: Path, place: Path, save: Save, old: list[str], new: list[str]) -> int:
    """Try the save with a cut before each call; how many states were looked at."""
    looked_at = 0
    for cut in itertools.count():
        trial = place / f"cut {cut}"
        shutil.copytree(folder, trial)
        disk = FailingDisk(trial, cut)
        acknowledged = False
        try:
            save(opened_on(disk, trial))
            acknowledged = True
        except PowerCut:
            pass
        for state in disk.outcomes():
            looked_at += 1
            left = laid_out(state, trial, place / "left")
            with Workspace.open(left) as workspace:
                texts = [story.text for story in workspace.find(Story)]
                assert texts == new or (texts == old and not acknowledged), (cut, disk.calls)
                save(workspace)
                assert [story.text for story in workspace.find(Story)] == new
            with Workspace.open(left) as again:
                assert [story.text for story in again.find(Story)] == new
        if acknowledged:
            assert len(disk.calls) == cut
            return looked_at
    raise AssertionError


def test_a_cut_at_any_moment_leaves_the_old_or_the_new(workspace: Workspace, make: Make, tmp_path: Path) -> None:
    for number in range(3):
        workspace.save(make.story(f"{number}", at=make.later(number)), deed="recorded", now=make.later(number))
    story = make.story("new", at=make.later(5))
    looked_at = cut_before_every_call(
        workspace.folder,
        tmp_path,
        lambda opened: opened.save(story, deed="recorded", now=make.later(5)) and None,
        ["0", "1", "2"],
        ["0", "1", "2", "new"],
    )
    assert looked_at > 30


def test_a_cut_in_the_first_save_of_a_year_leaves_nothing_or_the_story(
    workspace: Workspace, make: Make, tmp_path: Path
) -> None:
    story = make.story("first")
    cut_before_every_call(
        workspace.folder, tmp_path, lambda opened: opened.save(story, deed="x", now=make.now) and None, [], ["first"]
    )


def test_a_cut_while_the_backup_of_the_day_is_made_loses_nothing(
    workspace: Workspace, make: Make, tmp_path: Path
) -> None:
    for number in range(2):
        workspace.save(make.story(f"{number}", at=make.later(number)), deed="recorded", now=make.later(number))
    story = make.story("new", at=make.later(5))
    tomorrow = make.now + timedelta(days=1)
    cut_before_every_call(
        workspace.folder,
        tmp_path,
        lambda opened: opened.save(story, deed="recorded", now=tomorrow) and None,
        ["0", "1"],
        ["0", "1", "new"],
    )


def test_a_cut_between_two_books_of_a_batch_leaves_the_team_first(
    workspace: Workspace, make: Make, tmp_path: Path
) -> None:
    person, story = make.person(), make.story()
    for cut in range(40):
        trial = tmp_path / f"cut {cut}"
        shutil.copytree(workspace.folder, trial)
        opened = opened_on(FailingDisk(trial, cut), trial)
        try:
            with opened.batch("imported", make.now):
                opened.save(story, deed="x", now=make.now)
                opened.save(person, deed="x", now=make.now)
        except PowerCut:
            pass
        with Workspace.open(trial) as again:
            assert again.find(type(person)) or not again.find(Story)


@pytest.mark.parametrize("sequence", ["save", "edit"])
def test_an_error_of_the_disk_at_any_call_is_told_and_memory_is_what_is_on_the_disk(
    workspace: Workspace, make: Make, tmp_path: Path, sequence: str
) -> None:
    kept = make.story("kept")
    workspace.save(kept, deed="recorded", now=make.now)
    workspace.save(make.story("also", at=make.later(1)), deed="recorded", now=make.now)
    new = make.story("new", at=make.later(2)) if sequence == "save" else change(kept, version=2, text="new")
    for cut in itertools.count():
        trial = tmp_path / f"cut {cut}"
        shutil.copytree(workspace.folder, trial)
        disk = FailingDisk(trial, cut, lambda: OSError(28, "No space left on device"))
        opened = opened_on(disk, trial)
        assert len(opened.find(Story)) == 2
        try:
            opened.save(new, deed="recorded", now=make.later(2))
        except CannotWrite as told:
            assert "full" in str(told)
            with Workspace.open(trial) as again:
                assert opened.find(Story) == again.find(Story)
            disk._cut = -1
            opened.save(new, deed="recorded", now=make.later(2))
            assert "new" in [story.text for story in opened.find(Story)]
            assert not [path.name for path in trial.iterdir() if ".new-" in path.name]
            assert examine(trial) == []
        else:
            break
    assert cut >= 8
