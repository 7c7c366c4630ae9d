"""What happens when the program itself fails: one line for the person, the details in a file without any record."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

import meetingtool

_SAFE = "What was saved before is safe; look at what is there before you do it again."


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Replaces `sys.excepthook`: says in one line where the details were written."""
    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write("meetingtool: Stopped.\n")
        return
    sys.stderr.write(f"meetingtool: {written_down(error, trace)}\n")


def written_down(error: BaseException, trace: TracebackType | None) -> str:
    """Write the details to a file, and say in a sentence what happened and where they are."""
    kind = type(error).__name__
    try:
        where = write(anonymous(error, trace))
    except (OSError, ImportError):
        return f"Something went wrong inside ({kind}). {_SAFE}"
    return (
        f"Something went wrong inside ({kind}). {_SAFE} "
        f"{where} says where it happened, without the contents of any record."
    )


def anonymous(error: BaseException, trace: TracebackType | None) -> str:
    """Where it happened, as lines of text: kinds of errors, files and functions, but no message and no value."""
    import platform
    from traceback import extract_tb

    lines = [
        f"meetingtool {meetingtool.__version__}, Python {platform.python_version()}, {platform.system()}",
        *_frames(type(error), extract_tb(trace)),
    ]
    cause = error.__cause__ or error.__context__
    while cause is not None:
        lines += ["caused by", *_frames(type(cause), extract_tb(cause.__traceback__))]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def _frames(kind: type[BaseException], frames: object) -> list[str]:
    from traceback import StackSummary

    assert isinstance(frames, StackSummary)
    return [
        f"{kind.__module__}.{kind.__qualname__}",
        *(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames),
    ]


def write(details: str) -> Path:
    """Write the details to `crash.txt` in the user's log folder, for the user's eyes only."""
    from platformdirs import user_log_path

    folder = user_log_path("meetingtool", appauthor=False, ensure_exists=True)
    path = folder / "crash.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(details)
    return path
