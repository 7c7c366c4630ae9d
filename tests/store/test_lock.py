"""One writer at a time."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import filelock
import pytest

from meetingtool.store import CannotWrite
from meetingtool.store import lock as module
from meetingtool.store.lock import WriteLock, why_not


def test_the_lock_keeps_others_out_until_it_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with WriteLock(path) as held:
        assert held.held
        with pytest.raises(CannotWrite, match="Another program"), WriteLock(path, patience=0.02):
            raise AssertionError
        with held:
            assert held.held
        assert held.held
    assert not held.held
    with WriteLock(path, patience=0):
        pass


def test_who_waits_gets_it_when_it_is_free(tmp_path: Path) -> None:
    path, order = tmp_path / ".lock", []
    started = threading.Event()

    def other() -> None:
        started.set()
        with WriteLock(path):
            order.append("second")

    with WriteLock(path):
        thread = threading.Thread(target=other)
        thread.start()
        started.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_it_is_the_lock_that_filelock_takes(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    theirs = filelock.FileLock(path, timeout=0)
    with theirs, pytest.raises(CannotWrite), WriteLock(path, patience=0.02):
        raise AssertionError
    with WriteLock(path), pytest.raises(filelock.Timeout):
        theirs.acquire()


def test_without_flock_filelock_is_taken(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    grip = module._take_by_filelock(path, 1)
    with pytest.raises(TimeoutError):
        module._take_by_filelock(path, 0.02)
    grip.release()
    module._take_by_filelock(path, 0.02).release()


def test_a_lock_file_that_was_deleted_keeps_nobody_in_the_belief_of_holding_it(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with WriteLock(path):
        path.unlink()
        with WriteLock(path, patience=0.02):
            assert path.exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOLCK, "can't lock"),
        (errno.EOPNOTSUPP, "can't lock"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "may not write"),
        (errno.ENOENT, "gone"),
    ],
)
def test_a_lock_that_can_not_be_had_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(module.os, "open", fail)
    with pytest.raises(CannotWrite, match=said) as told, WriteLock(tmp_path / ".lock"):
        raise AssertionError
    assert told.value.hint


def test_every_reason_has_a_way_out(tmp_path: Path) -> None:
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBUSY):
        told = why_not(OSError(number, "said by the system"), tmp_path)
        assert told.hint
        assert str(tmp_path) in told.message
