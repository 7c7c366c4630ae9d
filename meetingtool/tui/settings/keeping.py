"""What is done to all records at once: begun in the app, and carried out by its command in the terminal. Such a command
shows what it would do and asks; it does the same here as from a shell.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported, SystemCommand
from textual.content import Content

from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import NO_FILE, AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.pick_file import PickFile
from meetingtool.tui.frame.page import NOT_KEPT
from meetingtool.tui.tool import Tool

if TYPE_CHECKING:
    from meetingtool.store.backups import Made


def keeping_commands(tool: Tool) -> Iterable[SystemCommand]:
    """What the palette offers; nothing of it while the screen is shared."""
    if tool.desk.room:
        return
    offered = (
        ("Check every record and every copy", "says whether all is sound", lambda: carry_out(tool, ["check"])),
        ("Restore a backup", "replace what is here by it", lambda: _restore(tool)),
        ("Forget somebody who has left", "who is gone: make them anonymous everywhere", lambda: _forget(tool)),
        ("Archive a past year", "to one ZIP file, and out of the workspace", lambda: archive(tool)),
        ("Encrypt all records", "with a passphrase, a password; decrypt reverses it", lambda: _encrypt(tool)),
    )
    for title, help, run in offered:
        yield SystemCommand(title, help, run)


HERE = "here"
"""The choice of the workspace's own backups."""

ANOTHER = ""
"""The choice of a file, such as one on a stick."""

STOPPED = 130
"""The exit code of a command that Ctrl+C stopped, which says so itself."""

CLEARED = "\x1b[H\x1b[2J\x1b[3J"
"""Clears a terminal and what has scrolled out of it, as `clear` does."""


def carry_out(tool: Tool, command: Sequence[str]) -> None:
    """Leave the screen to a command, and come back when it has ended. What it printed is private and is cleared. If it
    encrypted the workspace, the app can't read it any more, and starts anew.
    """
    from meetingtool.store.envelope import is_encrypted

    folder = tool.workspace.files()
    before, shown = is_encrypted(folder), f"meetingtool {shlex.join(command)}"
    arguments = [sys.executable, "-m", "meetingtool", "--data", str(folder), *command]
    try:
        with tool.suspend():
            print(f"$ {shown}\n", flush=True)  # noqa: T201
            heard = signal.signal(signal.SIGINT, lambda *_: None)  # ctrl+c is for the command
            try:
                done = subprocess.run(arguments, env={**os.environ, "PYTHONSAFEPATH": "1"}, check=False)
                ended = {0: "Done. ", STOPPED: ""}.get(done.returncode, "It ended with an error. ")
                anew = "Press Enter: the app starts anew, and asks for the passphrase once more."
                input(f"\n{ended}{anew if is_encrypted(folder) and not before else 'Press Enter to go back.'}")
            finally:
                signal.signal(signal.SIGINT, heard)
                print(CLEARED, end="", flush=True)  # noqa: T201
    except SuspendNotSupported:
        tool.tell(Refused("This terminal can't run a command from the app.", f"Run it in another: {shown}"))
        return
    except EOFError:
        pass
    if is_encrypted(folder) and not before:
        tool.encrypted_meanwhile = True
        tool.end()
        return
    tool.look_for_changes()
    tool.redraw()


def back_up_to(tool: Tool) -> None:
    """Ask where, the workspace's own backups first, and write all records there."""
    if tool.attempt(tool.workspace.files) is None:
        return
    name = f"meetingtool {tool.desk.now:%Y-%m-%d %H%M}.zip"

    def chosen(where: str | None) -> None:
        if where == HERE:
            tool.attempt(lambda: _back_up(tool, None))
        elif where == ANOTHER:
            tool.push_screen(
                AskText(
                    "Back up to which file?",
                    draft=NOT_KEPT,
                    value=str((tool.saved_to or Path.home()) / name),
                    hint="a file, or a folder to put it in; only you can read it",
                    take=lambda typed: _back_up(tool, _target(typed, name)),
                    does="Back up",
                    needs=NO_FILE,
                )
            )

    rows = [
        (HERE, Content("the workspace's own backups")),
        (ANOTHER, Content("a file elsewhere, such as on a stick …")),
    ]
    tool.push_screen(Choose("Back up all records to where?", rows), chosen)


def _target(typed: str, name: str) -> Path:
    """The file that was typed, or one with this name in the folder that was. Refused for one that is there already."""
    try:
        path = Path.home() / Path(typed.strip()).expanduser()
        path = path / name if path.is_dir() else path
        there, folder_there = path.exists(), path.parent.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        raise Refused("That name can't be used.", "Type another one.") from error
    if there:
        raise Refused(f"{wording.one_line(path.name)} already exists.", "Type another name.")
    if not folder_there:
        raise Refused(f"There is no folder {wording.one_line(str(path.parent))}.", "Type another one.")
    return path


def _back_up(tool: Tool, target: Path | None) -> Made:
    from meetingtool.actions.keeping.safekeeping import back_up

    made = back_up(tool.workspace, tool.desk.now, target)
    tool.say(f"All records are in\n{wording.one_line(made.path.name)},\nin {wording.one_line(str(made.path.parent))}.")
    return made


def _restore(tool: Tool) -> None:
    from meetingtool.actions.keeping.safekeeping import backups_in

    found = tool.attempt(lambda: backups_in(tool.workspace.files(), tool.workspace.envelope))
    if found is None:
        return

    def picked(path: Path | None) -> None:
        if path is not None:
            carry_out(tool, ["restore", str(path)])

    def chosen(name: str | None) -> None:
        if name == ANOTHER:
            tool.push_screen(PickFile("Restore from which file?", Path.home(), {".zip"}), picked)
        elif name:
            carry_out(tool, ["restore", name])

    rows = [(each.name, Content.assemble(each.name, (f"  {each.made}", "$text-muted"))) for each in found]
    rows.append((ANOTHER, Content("a file from elsewhere …")))
    tool.push_screen(Choose("Restore which backup? What would change is shown first.", rows), chosen)


def _forget(tool: Tool) -> None:
    left = [person for person in tool.desk.roster.everyone if person.left and person.left < tool.desk.today]
    if not left:
        tool.say("Nobody has left the team. A last day is noted on the People page first.")
        return
    rows = [
        (
            f"@{person.handle}",
            Content.assemble(wording.one_line(person.name), (f"  @{person.handle}", "$text-muted")),
        )
        for person in left
    ]
    tool.push_screen(
        Choose("Make whom anonymous? What would change is shown first; it can't be undone.", rows),
        lambda handle: carry_out(tool, ["forget", handle]) if handle else None,
    )


def archive(tool: Tool) -> None:
    """Ask which past year, and to which file."""
    past = [year for year in tool.workspace.years() if year < tool.desk.today.year]
    if not past:
        tool.say("There is no past year to archive yet.")
        return
    rows = [(str(year), Content(str(year))) for year in past]

    def asked(year: str | None) -> None:
        if year is None:
            return
        target = Path.home() / f"meetingtool {year}.zip"
        tool.push_screen(
            AskText(
                f"Archive {year} to which file?",
                draft=NOT_KEPT,
                value=str(target),
                hint="Enter shows what would be removed, and asks",
                does="Show",
                needs=NO_FILE,
            ),
            lambda path: carry_out(tool, ["archive", year, path.strip()]) if path else None,
        )

    tool.push_screen(Choose("Archive which year? What would be removed is shown first.", rows), asked)


def _encrypt(tool: Tool) -> None:
    from meetingtool.store.envelope import is_encrypted

    try:
        folder = tool.workspace.files()
    except MeetingtoolError as error:
        tool.tell(error)
        return
    if is_encrypted(folder):
        tool.say("The records are encrypted. `meetingtool passphrase` changes the passphrase, `decrypt` reverses it.")
        return
    carry_out(tool, ["encrypt"])
