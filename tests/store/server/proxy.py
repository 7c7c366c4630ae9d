"""A line to the server that can be slow and can be cut."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from pathlib import Path


class Proxy:
    """Listens beside the server and passes everything on, until it is cut.

    delay: seconds that every message takes. hung: nothing passes, and nothing says so. asked: whether anybody asked
    while it hung.
    after: how many more messages to the server pass before the line is cut.
    """

    def __init__(self, server: Path, place: Path) -> None:
        self.delay = 0.0
        self.hung = False
        self.asked = threading.Event()
        self.after: int | None = None
        self._server = str(server / ".s.PGSQL.5432")
        self._path = str(place / ".s.PGSQL.5432")
        self._open: list[socket.socket] = []
        self._listening: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        """Let connections be made again."""
        if self._listening is None:
            Path(self._path).unlink(missing_ok=True)
            self.after = None
            self._listening = socket.socket(socket.AF_UNIX)
            self._listening.bind(self._path)
            self._listening.listen()
            threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
            Path(self._path).unlink(missing_ok=True)
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open = []

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._server)
            except OSError:
                return
            self._open += [near, far]
            threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, outward: bool) -> None:
        while True:
            try:
                data = source.recv(1 << 16)
                if outward and data and self.after is not None:
                    self.after -= 1
                    if self.after < 0:
                        self.cut()
                        return
                if self.hung:
                    self.asked.set()
                    continue
                if self.delay:
                    time.sleep(self.delay / 2)
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(data)
            except OSError:
                return
