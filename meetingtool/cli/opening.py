"""Which workspace a command works on, and what time it is."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from meetingtool.errors import NotFound, Unclear

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.records.base import Record
    from meetingtool.rules.dates import Dates
    from meetingtool.rules.roster import Roster
    from meetingtool.store import Workspace
    from meetingtool.store.envelope import Envelope

Kind = TypeVar("Kind", bound="Record")

VARIABLE = "MEETINGTOOL_DATA"
ADDRESSES = ("postgresql://", "postgres://")
"""How the address of a server begins; see `store.workspace`, which is not loaded to parse a command line."""
_WORDS_OF_LIBPQ = re.compile(r"\s*(host|hostaddr|port|dbname|user|service)\s*=", re.IGNORECASE)
PASSPHRASE_FILE = "MEETINGTOOL_PASSPHRASE_FILE"
"""The variable that names a file whose first line is the passphrase of an encrypted workspace, for scripts."""
TRIES = 3


def local_now() -> datetime:
    """This moment, with the offset of this place."""
    return datetime.now().astimezone()


class Opening:
    """One run of a command: its clock, the folder it was given, and the workspace once it is opened."""

    def __init__(self, clock: Callable[[], datetime] = local_now) -> None:
        self.clock = clock
        self.data: str | None = None
        self._saved = False
        self._workspace: Workspace | None = None
        self._envelope: Envelope | None = None

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.clock()

    @property
    def saved(self) -> bool:
        """Whether anything was saved in this run."""
        return self._saved or (self._workspace is not None and self._workspace.saved)

    @property
    def today(self) -> date:
        """The date here and now."""
        return self.clock().date()

    def place(self) -> Path | str:
        """Where the records are: `--data`, else MEETINGTOOL_DATA, else the user's data folder. Touches nothing.

        A folder, or the address of a team on a server. Unclear for an address of anything else.
        """
        return named_place(self.data if self.data is not None else os.environ.get(VARIABLE, ""))

    def path(self) -> Path:
        """The workspace's folder, for what works on its files. Refused where the records are on a server."""
        place = self.place()
        if isinstance(place, Path):
            return place
        from meetingtool.store.errors import no_files

        raise no_files()

    def workspace(self, *, create: bool = False) -> Workspace:
        """The workspace, opened the first time; WorkspaceMissing where there is none and none is to be made."""
        if self._workspace is None:
            from meetingtool.store import Workspace

            place = self.place()
            envelope = self.envelope() if isinstance(place, Path) else None
            self._workspace = Workspace.open(place, create=create, envelope=envelope)
            if self._workspace.FAR and "_MEETINGTOOL_COMPLETE" not in os.environ:
                self._take_up(self._workspace)
        return self._workspace

    def _take_up(self, workspace: Workspace) -> None:
        """Record what was typed while the server was away, and say what could not be."""
        from meetingtool.actions.stories.typed_away import take_up
        from meetingtool.cli.printing import talk

        for error in take_up(workspace):
            talk(f"What was typed while the server was away could not be recorded, and stays: {error}")

    def envelope(self) -> Envelope:
        """How the workspace's files are read and written. Of an encrypted one the passphrase is asked for, once."""
        if self._envelope is None:
            from meetingtool.store.envelope import envelope_for, is_encrypted

            folder = self.path()
            self._envelope = self._unlocked(folder) if is_encrypted(folder) else envelope_for(folder)
        return self._envelope

    def use(self, envelope: Envelope) -> None:
        """Use this envelope from now on: the workspace was encrypted or decrypted, or has its keys now."""
        self.close()
        self._envelope = envelope

    def unlocked_anew(self) -> Envelope:
        """The envelope of a workspace that was encrypted since it was opened."""
        self.close()
        self._envelope = None
        return self.envelope()

    def _unlocked(self, folder: Path) -> Envelope:
        from meetingtool.cli.printing import talk
        from meetingtool.store.encryption import unlock
        from meetingtool.store.errors import WrongPassphrase

        for _ in range(TRIES - 1):
            passphrase = self.passphrase()
            try:
                return unlock(folder, passphrase)
            except WrongPassphrase as error:
                if os.environ.get(PASSPHRASE_FILE):
                    raise
                talk(error.message)
        return unlock(folder, self.passphrase())

    def passphrase(self, prompt: str = "Passphrase: ") -> str:
        """The passphrase, from the file that MEETINGTOOL_PASSPHRASE_FILE names, or as a person types it.

        Locked where neither can be; the completion of a shell never asks.
        """
        named = os.environ.get(PASSPHRASE_FILE, "")
        if named:
            return first_line(Path(named).expanduser(), f"{PASSPHRASE_FILE} names it.")
        from meetingtool.cli.printing import can_ask, secret

        if "_MEETINGTOOL_COMPLETE" in os.environ or not can_ask():
            from meetingtool.store.errors import Locked

            raise Locked(
                f"The workspace in {self.path()} is encrypted.",
                f"Run this in a terminal to be asked for the passphrase, or name a file that has it in "
                f"{PASSPHRASE_FILE}.",
            )
        return secret(prompt)

    def day(self, text: str | None, prefer: Literal["future", "past"]) -> date | None:
        """The day that `text` means, in the team's order of day and month; None for None. Unclear if it isn't one."""
        if text is None:
            return None
        return self.dates().read(text, prefer)

    def dates(self) -> Dates:
        """How days that are typed now are read, in the team's order of day and month."""
        from meetingtool.actions.reading import settings_of
        from meetingtool.rules.dates import Dates

        return Dates(self.today, settings_of(self.workspace()).day_order)

    def roster(self) -> Roster:
        """The look-up over people and standards, as of today."""
        from meetingtool.actions.reading import roster_of

        return roster_of(self.workspace(), self.today)

    def desk(self, *, room: bool = False) -> Desk:
        """The reading side, in private unless `room`. NotFound before the workspace is set up."""
        from meetingtool.actions.desk import Desk
        from meetingtool.actions.reading import settings_of

        settings_of(self.workspace())
        return Desk(self.workspace(), self.clock, room=room)

    def record(self, kind: type[Kind], ref: str, article: str, shown_by: str) -> Kind:
        """The record of a reference. NotFound for one of another kind or in the bin, with what lists those of the kind.

        article: what it should be, as in "a question".
        """
        found = self.desk().workspace.by_ref(ref)
        if not isinstance(found, kind) or found.removed_at is not None:
            raise NotFound(f"{found.ref} is not {article}.", f"`meetingtool {shown_by}` shows them.")
        return found

    def close(self) -> None:
        """Close the workspace if it was opened."""
        if self._workspace is not None:
            self._saved, waiting = self.saved, self._workspace.waiting
            self._workspace.close()
            self._workspace = None
            if waiting:
                from meetingtool.cli.printing import talk
                from meetingtool.rules.wording import count

                told = count(waiting, "thing that was told waits", "things that were told wait")
                talk(f"{told} on this computer for the server, and will be sent with the next command that reaches it.")


def named_place(named: str) -> Path | str:
    """The folder or the address that words name; the user's data folder for none. See `Opening.place`."""
    scheme, marked, rest = named.strip().partition("://")
    if marked and f"{scheme.lower()}://" in ADDRESSES:
        return f"{scheme.lower()}://{rest}"
    if not marked and named.strip().casefold().startswith(("postgresql:", "postgres:")):
        raise Unclear(
            "This is neither a folder nor an address.",
            "Two slashes follow postgresql: as in postgresql://HOST/DATABASE?team=TEAM.",
        )
    if marked and scheme.isalnum():
        raise Unclear(
            f"Records can't be kept at a {scheme.lower()}:// address.",
            "Give a folder, or a team on a PostgreSQL server: postgresql://HOST/DATABASE?team=TEAM.",
        )
    if _WORDS_OF_LIBPQ.match(named):
        raise Unclear(
            "Words such as host= and service= are no address.",
            "Write them as postgresql://HOST/DATABASE?team=TEAM, a service as postgresql:///?service=NAME&team=TEAM.",
        )
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("meetingtool", appauthor=False)


_LONGEST_LINE = 1 << 16


def first_line(path: Path, hint: str) -> str:
    """The first line of a file, such as a passphrase. hint: what to say when it can't be read."""
    from meetingtool.importers.given_files import opened

    try:
        mode = path.stat().st_mode
        if os.name != "nt" and S_ISREG(mode) and mode & 0o077:
            from meetingtool.cli.printing import talk

            talk(f"Other users of this computer can read {path}. `chmod 600 {path}` keeps it to yourself.")
        with opened(path) as file:
            return file.readline(_LONGEST_LINE).decode("utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        from meetingtool.errors import MeetingtoolError

        raise MeetingtoolError(f"{path} can't be read.", hint) from error


pass_opening = click.make_pass_decorator(Opening)
"""Hands the Opening to a command as its first argument."""
