"""Replacing a file durably, on every system."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from meetingtool.store import commit as module
from meetingtool.store.belongings import sweep
from meetingtool.store.commit import (
    DISK,
    commit,
    link_or_copy,
    patiently,
    sync_fully,
    sync_names,
    sync_to_platter,
)


def test_a_commit_replaces_the_file_and_keeps_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "2026.json"
    for pieces in ([b"one"], [b"t", b"wo"], [b"three"]):
        commit(DISK, path, pieces)
    assert path.read_bytes() == b"three"
    assert path.with_name("2026.json.prev").read_bytes() == b"two"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["2026.json", "2026.json.prev"]


def test_a_commit_after_one_that_stopped_half_way_still_keeps_the_one_before(tmp_path: Path) -> None:
    path, previous = tmp_path / "2026.json", tmp_path / "2026.json.prev"
    commit(DISK, path, [b"one"])
    os.link(path, previous)
    commit(DISK, path, [b"two"])
    assert (path.read_bytes(), previous.read_bytes()) == (b"two", b"one")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["2026.json", "2026.json.prev"]


def test_a_large_file_is_written_whole(tmp_path: Path) -> None:
    pieces = [os.urandom(100_000) for _ in range(50)]
    commit(DISK, tmp_path / "large", pieces)
    assert (tmp_path / "large").read_bytes() == b"".join(pieces)


def test_a_write_that_the_system_takes_in_parts_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [bytes([number % 256]) * (number % 7) for number in range(1500)]
    whole = b"".join(pieces)
    for taken in (0, 1, 6, 500, len(whole)):
        monkeypatch.setattr(os, "writev", lambda fd, parts, n=taken: os.write(fd, b"".join(parts)[:n]), raising=False)
        path = tmp_path / f"{taken}"
        commit(DISK, path, pieces)
        assert path.read_bytes() == whole


def test_what_killed_writers_left_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    kept = ["2026.json", "2026.json.prev", ".lock", "notes.new-1", ".hidden"]
    for name in [*kept, ".2026.json.new-123", ".2026.json.new-prev"]:
        (tmp_path / name).write_bytes(b"")
    sweep(tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(kept)


def test_where_links_fail_the_file_is_copied(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"content")

    def no_links(_source: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    link_or_copy(DISK, source, target, link=no_links)
    assert target.read_bytes() == b"content"
    assert target.stat().st_ino != source.stat().st_ino
    with pytest.raises(FileNotFoundError):
        link_or_copy(DISK, tmp_path / "nothing", tmp_path / "other")


class Held:
    """A file that another program holds for a while, as on Windows."""

    def __init__(self, times: int) -> None:
        self.times, self.tried, self.paused = times, 0, 0.0

    def call(self) -> str:
        self.tried += 1
        if self.tried <= self.times:
            raise PermissionError(errno.EACCES, "held")
        return "done"

    def pause(self, seconds: float) -> None:
        self.paused += seconds


def test_a_file_that_is_held_for_a_moment_is_waited_for() -> None:
    held = Held(times=5)
    assert patiently(held.call, pause=held.pause) == "done"
    assert held.tried == 6
    assert 0 < held.paused < 1


def test_a_file_that_stays_held_is_given_up_after_a_second() -> None:
    held = Held(times=10**6)
    with pytest.raises(PermissionError):
        patiently(held.call, pause=held.pause)
    assert 0.5 < held.paused < 2


def test_macos_is_asked_for_a_full_sync_and_a_volume_without_one_for_a_plain_one(tmp_path: Path) -> None:
    asked = []

    def control(descriptor: int, request: int) -> int:
        asked.append((descriptor, request))
        return 0

    def unknown(_descriptor: int, _request: int) -> int:
        raise OSError(errno.ENOTSUP, "not here")

    with (tmp_path / "file").open("wb") as file:
        sync_fully(file.fileno(), control, 51)
        assert asked == [(file.fileno(), 51)]
        sync_fully(file.fileno(), unknown, 51)
        sync_to_platter(file.fileno())
    with pytest.raises(OSError, match="Bad file"):
        sync_fully(file.fileno() if not file.closed else 10**6, unknown, 51)


def test_the_names_in_a_folder_are_synced_where_the_system_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(module, "sync_names", synced.append)
    DISK.sync_folder(tmp_path)
    monkeypatch.setattr(sys, "platform", "win32")
    DISK.sync_folder(tmp_path)
    assert synced == [tmp_path]


def test_syncing_a_folder_works_here(tmp_path: Path) -> None:
    if os.name != "nt":
        sync_names(tmp_path)
    with pytest.raises(OSError, match=r"nowhere"):
        sync_names(tmp_path / "nowhere")
