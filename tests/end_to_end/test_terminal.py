"""The real program in a real terminal: a meeting, a kill in the middle of it, and what is there afterwards."""

from __future__ import annotations

import codecs
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from meetingtool.actions.settings import change_settings
from meetingtool.store import Workspace

PATIENCE = 40.0
"""Seconds after which a text that does not come is a failure; machines that run tests can be slow."""


class Terminal:
    """The program behind a pseudo-terminal: keys go in, and what was drawn so far can be searched."""

    def __init__(
        self, *arguments: str, size: tuple[int, int] = (120, 36), program: Sequence[str] = ("-m", "meetingtool")
    ) -> None:
        self.descriptor, inside = pty.openpty()
        columns, lines = size
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.program = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )
        os.close(inside)
        self.drawn = self.all_drawn = ""
        self._letters = codecs.getincrementaldecoder("utf-8")("replace")  # a letter may come in pieces

    def read(self, seconds: float) -> bool:
        """Read what was drawn meanwhile; False when the program has ended."""
        ready, _, _ = select.select([self.descriptor], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:
            return False
        words = re.sub(r"\x1b\[[0-9;?]*[ -/]*[@-~]", "", self._letters.decode(data))
        self.drawn += words
        self.all_drawn += words
        return bool(data)

    def see(self, text: str) -> None:
        """Wait until a text has been drawn since the last look."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.drawn:
            assert time.monotonic() < deadline, f"{text!r} never came; last drawn: {self.drawn[-2000:]!r}"
            assert self.read(0.1), f"the program ended before {text!r} came: {self.drawn[-2000:]!r}"
        self.drawn = ""

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        os.write(self.descriptor, text.encode())

    def end(self, with_signal: signal.Signals) -> None:
        """End the program by a signal, and wait for it."""
        self.program.send_signal(with_signal)
        while self.program.poll() is None:
            self.read(0.1)
        os.close(self.descriptor)


def tool(folder: Path, *arguments: str) -> str:
    """What a command prints."""
    done = subprocess.run(
        [sys.executable, "-m", "meetingtool", "--data", str(folder), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def half_typed(folder: Path) -> str:
    """What is kept of half-typed text in the meeting."""
    with Workspace.open(folder) as workspace:
        return workspace.drafts.get("meeting-room")


@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGHUP])
def test_a_meeting_goes_on_where_it_was_cut_off(folder: Path, with_signal: signal.Signals) -> None:
    with Workspace.open(folder) as workspace:
        some_other_day = (datetime.now().weekday() + 3) % 7
        change_settings(workspace, datetime.now().astimezone(), weekday=some_other_day)
    first = Terminal("--data", str(folder))
    first.see("Next meeting")
    first.type("m")
    first.see("Enter")
    first.type("\r")
    first.see("Start a meeting today?")
    first.type("y")
    first.see("ROOM")
    first.type("@maria stayed “on the line” until café Ñandú [called] back #own-it")
    first.see("Maria")
    first.type("\r")
    first.see("saved")
    first.type("half a thought that nobody has")
    deadline = time.monotonic() + PATIENCE
    while "half a thought that nobody has" not in half_typed(folder):
        assert time.monotonic() < deadline, "the half-typed line was never put into safety"
        assert first.read(0.05)
    first.end(with_signal)

    stories = json.loads(tool(folder, "history", "--json"))
    assert [story["text"] for story in stories] == ["stayed “on the line” until café Ñandú [called] back"]

    second = Terminal("--data", str(folder), size=(80, 24))
    second.see("half a thought that nobody has")
    second.end(signal.SIGTERM)


def test_what_another_program_records_appears_without_a_key(folder: Path) -> None:
    terminal = Terminal("--data", str(folder))
    terminal.see("Next meeting")
    tool(folder, "win", "@tom found the key in the tide")
    terminal.see("1 story waiting to be told")
    terminal.end(signal.SIGTERM)


def test_the_program_ends_when_its_terminal_is_gone(folder: Path) -> None:
    terminal = Terminal("--data", str(folder))
    terminal.see("Next meeting")
    os.close(terminal.descriptor)
    terminal.program.wait(timeout=PATIENCE)
    assert terminal.program.returncode is not None


def test_the_program_ends_when_its_connection_stalls_and_then_breaks(folder: Path) -> None:
    terminal = Terminal("--data", str(folder))
    terminal.see("Next meeting")
    terminal.type("w")
    for _ in range(200):  # nobody reads what is drawn, a frame for each key: the program comes to wait for a reader
        terminal.type("abc ")
        select.select([], [], [], 1 / 60)
    os.close(terminal.descriptor)
    terminal.program.wait(timeout=PATIENCE)
    assert terminal.program.returncode is not None


QUICK = """
import sys, types, pyrage
from meetingtool.cli.entry import run

def open_(data, passphrase):
    if not passphrase or not data.startswith(passphrase.encode()):
        raise pyrage.DecryptError("Decryption failed")
    return data[len(passphrase):]

pyrage.passphrase = types.SimpleNamespace(encrypt=lambda data, words: words.encode() + data, decrypt=open_)
sys.exit(run(sys.argv[1:]))
"""
"""The program with a stand-in for age's scrypt, which takes seconds on purpose."""


def test_the_passphrase_is_asked_for_without_being_drawn_and_changed(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    tool(folder, "init", "--team", "Harbour Desk")

    def asked(command: str, *typed: tuple[str, str], then: str) -> None:
        terminal = Terminal("--data", str(folder), command, program=("-c", QUICK))
        for question, words in typed:
            terminal.see(question)
            terminal.type(f"{words}\n")
        while terminal.read(0.1):
            assert terminal.all_drawn
        terminal.program.wait()
        os.close(terminal.descriptor)
        drawn = " ".join(terminal.all_drawn.split())
        assert then in drawn
        assert not [words for _, words in typed if len(words) > 1 and words in drawn], "nothing typed is drawn"

    new, again, old = "New passphrase: ", "Again: ", "Passphrase: "
    asked("encrypt", ("[y/N]", "y"), (new, "seven red bicycles"), (again, "seven red bicycles"), then="is encrypted")
    asked(
        "passphrase",
        (old, "seven red bicycles"),
        (new, "nine green boats"),
        (again, "nine green goats"),
        then="The two passphrases differ",
    )
    asked(
        "passphrase",
        (old, "wrong words"),
        (old, "seven red bicycles"),
        (new, "nine green boats"),
        (again, "nine green boats"),
        then="not the passphrase of this workspace. Passphrase: New passphrase: Again: "
        f"{folder} opens with the new passphrase",
    )
    asked("history", (old, "nine green boats"), then="Nothing is recorded yet")


def test_after_encrypting_from_the_app_refused_or_not_enter_leads_back_into_it(folder: Path) -> None:
    terminal = Terminal("--data", str(folder))
    terminal.see("Next meeting")
    begin_to_encrypt(terminal)
    terminal.type("n\n")
    terminal.see("Done. Press Enter to go back.")
    terminal.type("\n")
    terminal.see("Next meeting")
    begin_to_encrypt(terminal)
    os.killpg(terminal.program.pid, signal.SIGINT)  # what ctrl+c sends
    terminal.see("Press Enter to go back.")
    assert "Stopped." in terminal.all_drawn
    terminal.type("\n")
    terminal.see("Next meeting")
    begin_to_encrypt(terminal)
    for words, then in (
        ("y", "New passphrase: "),
        ("seven red bicycles", "Again: "),
        ("seven red bicycles", "Press Enter: the app starts anew, and asks for the passphrase once more."),
        ("", "Passphrase: "),
        ("seven red bicycles", "Next meeting"),
    ):
        terminal.type(f"{words}\n")
        terminal.see(then)
    terminal.end(signal.SIGTERM)


def begin_to_encrypt(terminal: Terminal) -> None:
    """From the palette, up to the question."""
    terminal.type(":")
    terminal.see("Search")
    terminal.type("encrypt all")
    terminal.see("with a passphrase")
    terminal.type("\r")
    terminal.see("[y/N]")


def typed_at_the_prompt(folder: Path, *keys: str) -> list[str]:
    """The texts of the stories that come of keys pressed at the prompt of `win`."""
    tool(folder, "init", "--team", "Desk")
    terminal = Terminal("--data", str(folder), "win")
    terminal.see("win ›")
    for key in keys:
        terminal.type(key)
        terminal.read(0.1)
    terminal.see("win ")
    while terminal.read(0.1) and terminal.program.poll() is None:
        pass
    terminal.program.wait()
    os.close(terminal.descriptor)
    return sorted(str(story["text"]) for story in json.loads(tool(folder, "history", "is:win", "--json")))


def test_a_line_at_the_prompt_is_edited_with_the_arrow_keys(tmp_path: Path) -> None:
    assert typed_at_the_prompt(tmp_path / "w", "rang bck", "\x1b[D\x1b[D", "a", "\r") == ["rang back"]


def test_a_line_at_the_prompt_is_never_cut(tmp_path: Path) -> None:
    keys = [*["x" * 400] * 15, "\r"]
    assert typed_at_the_prompt(tmp_path / "w", *keys) == ["x" * 6000]


def test_each_of_several_lines_pasted_at_the_prompt_is_recorded(tmp_path: Path) -> None:
    pasted = "\x1b[200~- rang back\n- stayed late\n\x1b[201~"
    assert typed_at_the_prompt(tmp_path / "w", pasted, "\r") == ["rang back", "stayed late"]
