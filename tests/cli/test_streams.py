"""Commands whose standard input or output is closed, full, or read by nobody."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from meetingtool.cli.streams import Careful
from meetingtool.records.stories import Story
from meetingtool.store import Workspace

PROGRAM = shlex.join([sys.executable, "-m", "meetingtool"])
FULL = "there is no space left"
CLOSED = "standard output is closed"


def shell(line: str, folder: Path) -> tuple[int, str, str]:
    """What a shell makes of a line in which `meetingtool` stands for the program: exit code, output, talk."""
    command = line.replace("meetingtool", f"{PROGRAM} --data {shlex.quote(str(folder))}")
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def told(folder: Path) -> list[str]:
    with Workspace.open(folder) as workspace:
        return [story.text for story in workspace.find(Story)]


@pytest.mark.parametrize(("redirected", "why"), [(">/dev/full", FULL), (">&-", CLOSED)])
def test_what_is_saved_but_not_printed_is_said_to_be_saved(folder: Path, redirected: str, why: str) -> None:
    code, _, talk = shell(f"meetingtool win '@tom thanks' {redirected}", folder)
    assert (code, talk) == (1, f"meetingtool: It is saved, but it could not be printed: {why}.\n")
    assert told(folder) == ["thanks"]


@pytest.mark.parametrize("command", ["team add 'Ada Byron'", "today", "history --json", "--help", "backup"])
@pytest.mark.parametrize(("redirected", "why"), [(">/dev/full", FULL), (">&-", CLOSED)])
def test_every_command_says_why_its_words_are_not_there(folder: Path, command: str, redirected: str, why: str) -> None:
    code, _, talk = shell(f"meetingtool {command} {redirected}", folder)
    assert code == 1
    assert talk.endswith(f" could not be printed: {why}.\n")
    assert "Something went wrong" not in talk


def test_all_lines_are_recorded_whatever_becomes_of_what_is_printed(folder: Path) -> None:
    code, _, talk = shell("printf '@tom one\\n@tom two\\n@tom three\\n' | meetingtool win - >/dev/full", folder)
    assert (code, talk) == (1, f"meetingtool: It is saved, but it could not be printed: {FULL}.\n")
    assert told(folder) == ["one", "two", "three"]


def test_a_closed_standard_input_is_told_in_a_line(folder: Path) -> None:
    code, out, talk = shell("meetingtool win - <&-", folder)
    assert (code, out) == (1, "")
    assert talk == "meetingtool: Standard input is closed, so there is nothing to read. Give it a pipe or a file.\n"


def test_a_record_never_lands_in_a_stream_that_was_closed(folder: Path) -> None:
    assert shell("meetingtool win '@tom thanks' <&- >&- 2>&-", folder)[0] == 1
    assert told(folder) == ["thanks"]
    assert shell("meetingtool check", folder)[0] == 0


@pytest.mark.parametrize("command", ["team list", "history --limit 0 --json", "win '@tom thanks'"])
def test_a_reader_who_has_gone_is_no_failure(folder: Path, command: str) -> None:
    code, _, talk = shell(f"set -o pipefail; meetingtool {command} | true", folder)
    assert code == 0
    assert "printed" not in talk


def test_what_can_be_said_is_said_when_the_talk_is_closed(folder: Path) -> None:
    code, out, _ = shell("meetingtool win '@tom thanks' 2>&-", folder)
    assert code == 0
    assert out.startswith("win ")


def test_a_careful_stream_takes_all_and_remembers_the_first_failure() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with Careful(writer, closed=False) as stream:
        assert stream.write(b"four") == 4
        assert stream.write(b"more") == 4
        assert isinstance(stream.lost, BrokenPipeError)
    os.close(writer)
