"""Writing documents to a folder: all of them or none, whole or not at all, and never over what is there unasked."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.rules.keeping.leftovers import half_name, left_in
from meetingtool.rules.keeping.own_names import refuse_own
from meetingtool.rules.wording import count, listed, one_line, shortened

LONGEST = 120
"""Bytes of a file name before its ending, in UTF-8: room for an ending, a number and the temporary name."""

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
"""Names of devices on Windows, with any ending (learn.microsoft.com, "Naming Files, Paths, and Namespaces")."""

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}(?:\.[A-Za-z0-9]{1,8})?")


class CannotExport(MeetingtoolError):
    """The documents could not be written; none of them was."""

    title = "Not written"


def file_name(name: str, ending: str, taken: Collection[str] = ()) -> str:
    """A file name made from a person's name or any text, for every system, that stays inside its folder.

    ending: such as ".md". taken: names in use; compared without case, since many systems don't tell `A` from `a`.
    A name already taken is numbered: "Maria Lopez (2).md".
    """
    if not _ENDING.fullmatch(ending):
        raise ValueError(f"not a file extension: {ending!r}")
    stem = _UNFIT.sub(" ", unicodedata.normalize("NFC", name))
    stem = "".join(letter for letter in stem if letter == " " or letter.isprintable())
    stem = " ".join(stem.split()).lstrip("-~. ").rstrip(". ")
    stem = _cut(stem or "unnamed", LONGEST).rstrip(". ")
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    used = {unicodedata.normalize("NFC", other).casefold() for other in taken}
    wanted, number = f"{stem}{ending}", 2
    while wanted.casefold() in used:
        wanted, number = f"{stem} ({number}){ending}", number + 1
    return wanted


def _cut(text: str, size: int) -> str:
    """The beginning of `text` in at most `size` bytes of UTF-8, ending with a whole letter."""
    return text.encode("utf-8", "replace")[:size].decode("utf-8", "ignore")


def write_whole(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> tuple[Path, ...]:
    """Write files into a folder, which is made if need be: all of them, or none. Returns their paths.

    Refused when one of them is there already, unless `force`, and where it is a workspace's own. CannotExport when the
    system does not let us; what was there before is then restored. ValueError for a name that isn't a plain file name.
    Files that a killed export left half written there are removed.
    """
    names = list(files)
    for name in names:
        _require_plain(name)
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError("two names differ only in case")
    try:
        for name in names:
            refuse_own(folder / name)
        made = _make_folder(folder)
    except OSError as error:
        raise _cannot(folder, error) from error
    try:
        _removed(left_in(folder))
        _refuse_existing(folder, names, force)
        _write(folder, files, force)
    except BaseException as error:
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()
        if isinstance(error, OSError):
            raise _cannot(folder, error) from error
        raise
    return tuple(folder / name for name in names)


def _require_plain(name: str) -> None:
    if not name or name in (".", "..") or _UNFIT.search(name) or Path(name).name != name:
        raise ValueError(f"not a plain file name: {name!r}")


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder with its parents. Returns those that were not there, the innermost first."""
    missing = []
    at = folder
    while not at.exists() and at != at.parent:
        missing.append(at)
        at = at.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if not folder.is_dir() and folder.exists():
            raise Refused(f"{_shown(folder)} is a file, not a folder.", "Choose another folder.") from error
        raise _cannot(folder, error) from error
    return missing


def _refuse_existing(folder: Path, names: list[str], force: bool) -> None:
    there = [name for name in names if os.path.lexists(folder / name)]
    folders = [name for name in there if (folder / name).is_dir()]
    if folders:
        raise Refused(f"{listed(folders[:3])} in {_shown(folder)} is a folder.", "Choose another folder to write to.")
    if there and not force:
        raise Refused(
            f"{_several(there)} {'is' if len(there) == 1 else 'are'} "
            f"{'here' if folder == Path() else f'in {_shown(folder)}'} already.",
            "Choose another folder, or overwrite with --force.",
        )


def _write(folder: Path, files: Mapping[str, bytes], force: bool) -> None:
    """Write everything under temporary names first, then put it all in place, or take back what was placed. An existing
    name never disappears: its new file replaces the old one, which has a second name until all are placed. placed:
    whether each name existed before; noted before the new file takes it, which has happened once the temporary name is
    gone.
    """
    tag = os.urandom(4).hex()
    fresh = {name: folder / half_name(number, tag, "part") for number, name in enumerate(files)}
    kept = {name: folder / half_name(number, tag, "old") for number, name in enumerate(files)}
    placed: dict[str, bool] = {}
    lost: list[str] = []
    try:
        for name, data in files.items():
            _write_synced(fresh[name], data)
        for name in files:
            target = folder / name
            if force and os.path.lexists(target):
                _keep(target, kept[name])
                placed[name] = True
                fresh[name].replace(target)
            else:
                _place(fresh[name], target)
                placed[name] = False
    except BaseException as error:
        replaced = {name: kept[name] for name, over in placed.items() if over and not os.path.lexists(fresh[name])}
        lost, reason = _take_back(folder, replaced, [name for name, over in placed.items() if not over])
        if lost:
            olds = [_in_sight(replaced[name], name) for name in lost if name in replaced]
            raise CannotExport(
                f"{_several(lost)} in {_shown(folder)} could not be restored: {reason}.",
                f"The earlier files are now in {_several(olds)}." if olds else "Look at it before you share it.",
            ) from error
        raise
    finally:
        done = (path for name, path in kept.items() if name not in lost)
        left = _removed([*fresh.values(), *done, *left_in(folder)])
    if left:
        raise CannotExport(
            f"Everything was written to {_shown(folder)}, but {_several(left)} could not be removed.",
            "It holds earlier or half-written files: delete it yourself.",
        )


def _in_sight(old: Path, name: str) -> str:
    """Give an earlier file that stays a name that says what it is, if one is free; returns the name that it has now."""
    shown = old.with_name(f"earlier {name}")
    try:
        _place(old, shown)
    except OSError:
        return old.name
    _removed([old])
    return shown.name


def _removed(paths: Iterable[Path]) -> list[str]:
    """Remove files; returns the names of those that could not be removed."""
    left = []
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            left.append(path.name)
    return left


def _keep(target: Path, kept: Path) -> None:
    """Give a file that is about to be replaced a second name; a copy where hard links fail, or if it is itself a
    link."""
    import shutil  # only needed for overwriting; it loads the archive formats

    if not target.is_symlink():
        with contextlib.suppress(OSError):
            os.link(target, kept)
            return
    shutil.copy2(target, kept, follow_symlinks=False)


def _take_back(folder: Path, replaced: Mapping[str, Path], new: Iterable[str]) -> tuple[list[str], str]:
    """Put the old files back under their names, and remove new ones. Returns the names for which that failed, after all
    were tried, and the first reason.
    """
    lost, reason = [], ""
    for name in [*replaced, *new]:
        try:
            if name in replaced:
                replaced[name].replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        except OSError as error:
            lost.append(name)
            reason = reason or _reason(error)
    return lost, reason


def _write_synced(path: Path, data: bytes) -> None:
    """Write a file to the disk for its owner's eyes only: exports say things about people."""
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
    ) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _place(fresh: Path, target: Path) -> None:
    """Give a file its name, failing if that has been taken meanwhile. Where hard links fail, a rename must do."""
    try:
        os.link(fresh, target)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(target):
            raise
        fresh.rename(target)


def _cannot(folder: Path, error: OSError) -> MeetingtoolError:
    if isinstance(error, FileExistsError):
        return Refused(f"A file with that name has just appeared in {_shown(folder)}.", "Look at it, then try again.")
    return CannotExport(
        f"Nothing was written to {_shown(folder)}: {_reason(error)}.",
        "Choose another folder, or make room and try again.",
    )


def _reason(error: OSError) -> str:
    return one_line(error.strerror or "the system gave no reason")


def _several(names: list[str]) -> str:
    return listed([*names[:3], *([count(len(names) - 3, "more file")] if len(names) > 3 else [])])


def _shown(folder: Path) -> str:
    return shortened(one_line(str(folder)), 200)
