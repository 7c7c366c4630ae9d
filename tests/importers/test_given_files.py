"""Files that somebody names: what is read of them, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from meetingtool.errors import NotFound, Refused
from meetingtool.importers.given_files import bytes_of, text_in


def test_a_file_may_have_a_size(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"a" * 10)
    assert bytes_of(tmp_path / "list.csv", 10) == b"a" * 10
    with pytest.raises(Refused, match="is larger than"):
        bytes_of(tmp_path / "list.csv", 9)
    with pytest.raises(Refused, match="is a folder"):
        bytes_of(tmp_path)
    with pytest.raises(NotFound, match="There is no file"):
        bytes_of(tmp_path / "gone.csv")


def test_a_pipe_or_a_device_is_refused_at_once_and_what_a_command_writes_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.csv")
    for path in (tmp_path / "list.csv", Path(os.devnull)):
        with pytest.raises(Refused, match="is a pipe or a device"):
            bytes_of(path)
    reading, writing = os.pipe()
    os.write(writing, b"name")
    os.close(writing)
    assert bytes_of(Path(f"/dev/fd/{reading}")) == b"name"
    os.close(reading)


def test_what_nobody_can_have_typed_is_no_text() -> None:
    assert text_in("Zoë".encode("utf-16"), "It", "")[0] == "Zoë"
    with pytest.raises(Refused, match="It is not text"):
        text_in(bytes(number * 7919 % 256 for number in range(3000)), "It", "Give text.")
