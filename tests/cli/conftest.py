"""Running the commands as a person would, in this process, at one fixed moment."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.cli.entry import run


class Result(msgspec.Struct, frozen=True):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output read as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines of standard output."""
        return self.out.splitlines()


Cli = Callable[..., Result]


class Terminal(io.TextIOWrapper):
    """Standard input that a person sits at."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.fixture
def cli(folder: Path, now: datetime, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """cli(*arguments, stdin="", code=0): run a command on the small team and expect that exit code.

    typed: what a person types at a terminal, in place of `stdin`, which comes from a pipe.
    """

    def command(
        *arguments: object,
        stdin: str | bytes = "",
        typed: str | None = None,
        code: int | None = 0,
        at: datetime = now,
        data: Path = folder,
    ) -> Result:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        kind = io.TextIOWrapper if typed is None else Terminal
        monkeypatch.setattr(sys, "stdin", kind(io.BytesIO(raw if typed is None else typed.encode()), encoding="utf-8"))
        monkeypatch.setattr(sys.stderr, "isatty", lambda: typed is not None)
        capsys.readouterr()
        got = run(["--data", str(data), *map(str, arguments)], clock=lambda: at)
        printed = capsys.readouterr()
        result = Result(got, printed.out, printed.err)
        assert code is None or got == code, result
        assert "Traceback" not in printed.err
        return result

    return command
