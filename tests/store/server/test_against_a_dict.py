"""The same deeds as on a folder, by two programs on a server, with lines that are cut at any message."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from meetingtool.store import Workspace
from tests.store.postgres import Server
from tests.store.server.proxy import Proxy
from tests.store.test_against_a_dict import StoreAndDict

MESSAGES = 6
"""More than a save takes."""


def test_a_server_keeps_what_a_dict_keeps(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    cuts = count()

    class ServerAndDict(StoreAndDict):
        def begin(self) -> None:
            self.database = server.database()
            self.lines = [self._line(name) for name in ("a", "b")]

        def _line(self, name: str) -> Proxy:
            self.place.joinpath(name).mkdir()
            return Proxy(server.place, self.place / name)

        def _opened(self, number: int) -> Workspace:
            login, line = ("anna", "tom")[number], "ab"[number]
            return Workspace.open(f"postgresql://{login}@/{self.database}?host={self.place / line}&team=desk")

        def cut_after(self, program: int, calls: int) -> None:
            next(cuts)
            self.lines[program].after = calls % MESSAGES

        def mend(self, program: int) -> None:
            self.lines[program].cut()
            self.lines[program].mend()

        def end(self) -> None:
            for program in self.programs:
                program.close()
            for line in self.lines:
                line.cut()

    few = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(ServerAndDict, settings=few)
    assert next(cuts) > 0
