"""Text that is written in the user's own editor and never lost, whatever happens to the editor or the text."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from meetingtool.actions.keeping.editors import adopt_left_over, folder_prefix, has_copy
from meetingtool.cli.printing import talk
from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.store.lock import why_not

if TYPE_CHECKING:
    from meetingtool.store import Workspace

_NAMES = ("VISUAL", "EDITOR")
SET_IT = "Set EDITOR to a program that is installed, such as EDITOR=nano."
_KEPT = "What you typed is kept, and will be there next time."


@contextmanager
def edited(workspace: Workspace, key: str, text: str, *, extension: str = ".txt") -> Iterator[str | None]:
    """The text after the user has changed it in an editor; None when it is still `text`.

    Unsaved text from before is offered instead of `text`. It is kept as a draft under `key` until the
    block ends well; when that is refused, it stays for the next time. Refused when there is no editor, or it fails.
    """
    for folder in adopt_left_over(workspace):
        talk(f"An editor that was closed by force left a copy of its own in {folder}; it can recover it from there.")
    kept = workspace.drafts.get(key)
    for told in workspace.drafts.noticed():
        talk(told)
    if kept:
        talk("What you typed last time is in the editor.")
    typed = _typed(workspace, key, kept or _with_end(text), extension)
    if typed.strip() == text.strip() or not typed.strip():
        if kept and not typed.strip():
            workspace.drafts.put(key, kept)
            talk(f"The file is empty. {_KEPT}")
        else:
            workspace.drafts.clear(key)
        yield None
        return
    try:
        yield typed
    except MeetingtoolError:
        talk(_KEPT)
        raise
    workspace.drafts.clear(key)


def _typed(workspace: Workspace, key: str, text: str, extension: str) -> str:
    """What is in the file once the editor is closed; by then it is kept as a draft."""
    place = workspace.drafts.ready_folder()
    try:
        folder = Path(mkdtemp(prefix=folder_prefix(), dir=place))
        path = folder / f"{key}{extension}"
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise why_not(error, place) from error
    ended: MeetingtoolError | None = None
    try:
        with _told_of_the_end():
            _run(path)
    except MeetingtoolError as error:
        ended = error
    typed = _read(path)
    if typed != text:
        try:
            workspace.drafts.put(key, typed)
        except MeetingtoolError as error:
            raise Refused(f"{error.message} What you typed is in {path}.", error.hint) from error
    if not (ended and has_copy(folder)):
        shutil.rmtree(folder, ignore_errors=True)
    if ended is not None:
        if typed != text:
            talk(_KEPT)
        raise ended
    return typed


def _read(path: Path) -> str:
    """The text of the file, in whatever encoding the editor saves; Refused when the editor removed it."""
    from meetingtool.importers.decoding import decode

    try:
        text, notes = decode(path.read_bytes())
    except OSError:
        raise Refused("The editor removed its file, so nothing was changed.", "Save the text in the file.") from None
    for note in notes:
        talk(note)
    return text.replace("\r\n", "\n")


def _run(path: Path) -> None:
    """Open the file in the editor and wait until it is closed."""
    import subprocess

    named = next((value for name in _NAMES if (value := os.environ.get(name, "").strip())), "")
    if blank := next((name for name in _NAMES if os.environ.get(name) and not named), ""):
        raise Refused(f"{blank} is set to nothing but blanks.", SET_IT)
    try:
        command = shlex.split(named) if named else [_usual()]
    except ValueError:
        raise Refused(f"The editor “{named}” can't be understood.", SET_IT) from None
    try:
        code = subprocess.run([*command, str(path)], check=False).returncode
    except OSError:
        raise Refused(f"The editor “{named or command[0]}” can't be run.", SET_IT) from None
    if code:
        raise Refused(f"The editor “{command[0]}” ended with an error ({code}), so nothing was changed.", SET_IT)


def _usual() -> str:
    if os.name == "nt":
        return "notepad"
    return next(filter(shutil.which, ("sensible-editor", "vim", "nano")), "vi")


@contextmanager
def _told_of_the_end() -> Iterator[None]:
    """Let a closed terminal or a shutdown end the waiting, so that what is in the file by then is kept."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        raise Refused("The terminal was closed.", "")

    former = {}
    for name in ("SIGHUP", "SIGTERM"):
        if (number := getattr(signal, name, None)) is not None:
            with suppress(ValueError):  # not in the main thread
                former[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _with_end(text: str) -> str:
    return text.rstrip("\n") + "\n" if text.strip() else ""
