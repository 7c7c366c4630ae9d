"""What programs that were killed left half written, wherever it is."""

from __future__ import annotations

import os
import re
from pathlib import Path

_HALF = re.compile(r"\.meetingtool-(?P<writer>\d+)-[0-9a-f]{8}-\d+\.(?:part|old)|\..+\.zip\.new-(?P<packer>\d+)")


def half_name(number: int, tag: str, ending: str) -> str:
    """The name of a file until it gets its own one, by which its writer is known. tag: eight hexadecimal digits."""
    return f".meetingtool-{os.getpid()}-{tag}-{number}.{ending}"


def left_in(folder: Path) -> list[Path]:
    """Half-written papers and zips in a folder, left by programs that no longer run, with what each was to become.
    Raises OSError.
    """
    found = ((entry, _HALF.fullmatch(entry.name)) for entry in os.scandir(folder))
    named = [
        (Path(entry.path), int(half["writer"] or half["packer"]))
        for entry, half in found
        if half is not None and entry.is_file(follow_symlinks=False)
    ]
    return sorted(path for path, writer in named if writer != os.getpid() and not is_running(writer))


def is_running(process: int, *, unasked: bool = True) -> bool:
    """Whether a process of that number runs here. unasked: the answer on Windows, where asking would do harm."""
    if os.name == "nt":
        return unasked
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
