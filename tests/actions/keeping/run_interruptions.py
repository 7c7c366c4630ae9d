"""Stop every deed that touches several files at each of its system calls, and look whether it can be taken up again.

    python tests/actions/keeping/run_interruptions.py                 every call of every deed, in three ways
    python tests/actions/keeping/run_interruptions.py --every 9       each ninth call
    python tests/actions/keeping/run_interruptions.py --deed undo     one deed

The program is killed at the call; or the call fails once; or the disk is full from then on. Afterwards the workspace is
opened again: a deed in several books must be in all of them or in none. Then the deed is done again, as a person would
who was not told that it is done, and the workspace must be as if nothing had happened. After forgetting, archiving and
encrypting every byte of the folder is searched for what is to be gone. Exit code 0 when all were.
"""

from __future__ import annotations

import argparse
import errno
import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyrage

from meetingtool.actions.customers.forgetting import forget_customer
from meetingtool.actions.customers.forgetting import plan_to_forget as plan_to_forget_customer
from meetingtool.actions.customers.keeping import add_alias, change_customer
from meetingtool.actions.history.searches import keep_search
from meetingtool.actions.keeping.retention import archive, forget, plan_to_forget
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.people.leaving import OpenOfLeaver, hand_over
from meetingtool.actions.people.one_person import merge, plan_merge
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.people.team import add_person
from meetingtool.actions.start import set_up
from meetingtool.actions.stories.stories import record_story, set_private
from meetingtool.errors import MeetingtoolError, NotFound
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.keeping.deeds import PROMISE
from meetingtool.store import Workspace
from meetingtool.store.backups import backup
from meetingtool.store.bookfile import read_book
from meetingtool.store.encryption import encrypt
from meetingtool.store.examination import examine
from meetingtool.store.mending.restoring import restore
from meetingtool.store.together import is_unfinished

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WAYS = ("kill", "fail", "full")
CALLS = ("open", "write", "writev", "fsync", "link", "rename", "replace", "unlink", "remove", "mkdir", "rmdir")
FILLING = ("open", "write", "writev", "link", "mkdir")
"""Calls that need room on the disk."""
State = dict[str, Any]


class Killed(BaseException):
    """The program is no more: nothing of it runs after this, not even what tidies up."""


@contextmanager
def stopped(folder: Path, at: int, way: str) -> Iterator[list[str]]:
    """Let system calls that change the folder fail from call `at` on; the names of the calls that were made."""
    made: list[str] = []
    real = {name: getattr(os, name) for name in CALLS if hasattr(os, name)}
    ours: set[int] = set()

    def call(name: str, *arguments: Any, **more: Any) -> Any:
        target = arguments[0]
        if isinstance(target, int):
            counted = target in ours
        else:
            counted = Path(os.fsdecode(target)).is_relative_to(folder)
            counted = counted and (name != "open" or bool(arguments[1] & (os.O_CREAT | os.O_WRONLY)))
        if counted:
            number = len(made)
            if number == at and way == "fail":
                made.append(f"{name} failed")
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            if number >= at and way == "kill":
                raise Killed
            if number >= at and way == "full" and name in FILLING:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            made.append(name)
        result = real[name](*arguments, **more)
        if counted and name == "open":
            ours.add(result)
        return result

    def patched(name: str) -> Callable[..., Any]:
        return lambda *arguments, **more: call(name, *arguments, **more)

    for name in real:
        setattr(os, name, patched(name))
    try:
        yield made
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def prepared(folder: Path) -> None:
    """A team with two entries of one person, and records of three years about both."""
    with Workspace.open(folder, create=True, user="pat") as workspace:
        set_up(workspace, "Harbour Desk", NOW.replace(year=2024), currency="GBP")
        for name in ("Maria Lopez", "Tom Ng", "Marie Lopes"):
            add_person(workspace, name, NOW.replace(year=2024), started=NOW.date().replace(year=2020))
        standard = workspace.find(Standard)[0].tag
        for year in (2024, 2025, 2026):
            at = NOW.replace(year=year, month=3)
            for handle in ("maria", "marie", "tom"):
                record_story(workspace, "win", f"@{handle} stayed with the customer !refund by 2 may", at)
                person = workspace.find(Person, handle=handle)[0]
                rate(workspace, person, workspace.find(Standard, tag=standard)[0], 3, at)
        record_story(workspace, "win", "@tom told of a promise !call back by fri", NOW)


def contents(folder: Path) -> State:
    """Every record of every book, without the versions and moments that differ from one run to the next."""
    state: State = {}
    with Workspace.open(folder) as workspace:
        names = ["team", *(f"{year:04d}" for year in workspace.years())]
    for name in names:
        sheet = read_book(folder.joinpath(f"{name}.json").read_bytes())
        for line in sheet.tables.get("records", {}).values():
            record = msgspec.json.decode(line[line.index(b"{") :])
            record.pop("version", None)
            record["removed_at"] = bool(record.get("removed_at"))
            state[f"{name} {record['id']}"] = record
    return state


def sealed(data: bytes, passphrase: str) -> bytes:
    """In place of the passphrase's seal, which takes a second on purpose."""
    return b"sealed " + bytes(byte ^ 0x55 for byte in passphrase.encode() + b"\0" + data)


def opened(data: bytes, passphrase: str) -> bytes:
    """What `sealed` sealed."""
    found, _, plain = bytes(byte ^ 0x55 for byte in data.removeprefix(b"sealed ")).partition(b"\0")
    assert found == passphrase.encode()
    return plain


class Kind(NamedTuple):
    """One kind of deed: how a workspace is made ready for it, and how it is done. once: doing it again does more."""

    ready: Callable[[Path], object]
    do: Callable[[Path], object]
    once: bool = False


def _merge(folder: Path) -> None:
    with Workspace.open(folder, user="pat") as workspace:
        kept = workspace.find(Person, handle="maria")[0]
        double = next(one for one in workspace.find(Person, removed=None) if one.handle == "marie")
        if double.removed_at is not None:
            double = kept
        merge(workspace, plan_merge(workspace, kept, double, NOW), NOW)


def _undo(folder: Path) -> None:
    with Workspace.open(folder, user="pat") as workspace:
        undo(workspace, NOW)


def _promise_of_next_year(folder: Path) -> None:
    """A promise that belongs to a story of the year before."""
    with Workspace.open(folder, user="pat") as workspace:
        story = next(one for one in workspace.find(Story) if one.at == NOW)
        at = NOW + timedelta(days=60)
        promise = FollowUp(
            id=mint(at), at=at, made_at=at, made_by="pat", kind="promise", text="write to them", story=story.id
        )
        workspace.save(promise, deed=PROMISE, now=at)


def _private(folder: Path) -> None:
    with Workspace.open(folder, user="pat") as workspace:
        story = next(one for one in workspace.find(Story) if one.at == NOW)
        if not story.private:
            set_private(workspace, story, True, NOW + timedelta(days=61))


def _back_up_and_go_on(folder: Path) -> None:
    backup(folder, folder.parent / "all.zip", now=NOW, force=True)
    _merge(folder)


def _restore(folder: Path) -> None:
    restore(folder, folder.parent / "all.zip", now=NOW)


def _hand_over(folder: Path) -> None:
    """Promises of three years go to somebody else."""
    with Workspace.open(folder, user="pat") as workspace:
        tom, maria = (workspace.find(Person, handle=handle)[0] for handle in ("tom", "maria"))
        waiting = tuple(one for one in workspace.find(FollowUp, state="open") if tom.id in one.people)
        if waiting:
            hand_over(workspace, OpenOfLeaver(tom, waiting), maria, NOW)


DEEDS = {
    "merge": Kind(lambda folder: None, _merge),
    "undo": Kind(_merge, _undo, once=True),
    "hand-over": Kind(lambda folder: None, _hand_over),
    "private": Kind(_promise_of_next_year, _private),
    "restore": Kind(_back_up_and_go_on, _restore),
}


def wrong(folder: Path, deed: Kind, before: State, after: State, told: BaseException | None) -> str:
    """What is not as it should be after the interruption, or after doing it again."""
    roll = "is not noticed"  # where the roll could not be written it is taken away, which is told
    found = [each.message for each in examine(folder) if each.kind != "no backup" and roll not in each.message]
    if found:
        return f"found {found}"
    state = contents(Path(shutil.copytree(folder, folder.parent / "looked at")))
    if state not in (before, after):
        return "in some books and not in others"
    if told is None and state != after:
        return "said to be done, and is not"
    if isinstance(told, MeetingtoolError) and state == after and not is_unfinished(folder):
        return f"done, though it said: {told}"
    if deed.once and state == after and not is_unfinished(folder):
        return ""
    try:
        deed.do(folder)
    except MeetingtoolError as error:
        if contents(folder) != after:
            return f"can't be done again: {error}"
    if contents(folder) != after:
        return "not as it should be after it was done again"
    left = [path.name for path in folder.rglob(".*") if path.name != ".lock" and not path.name.startswith(".roll-")]
    return f"left {left}" if left else ""


def _leave_with_copies(folder: Path) -> None:
    """Somebody has left, and a customer of two names is kept; there are backups, a restore, drafts, a kept search, a
    conflicted and a damaged copy with the names."""
    with Workspace.open(folder, user="pat") as workspace:
        for year in (2024, 2026):
            record_story(workspace, "win", "@maria drove it to Pell ^Pell", NOW.replace(year=year, month=3))
        change_customer(workspace, "Pell", NOW, note="Pell is shy")
        add_alias(workspace, "Pell", "Quillworks", NOW)
        record_story(workspace, "sticky", "@maria let ^Quillworks wait", NOW)
        workspace.drafts.put("meeting", "win\nnew lamp for ^Quillworks")
        gone = workspace.find(Person, handle="tom")[0]
        workspace.save(msgspec.structs.replace(gone, version=2, left=date(2026, 10, 1)), deed="person.left", now=NOW)
        record_story(workspace, "win", "thanks to Tom again", NOW + timedelta(days=1))
        workspace.drafts.put("quick", "win\n@tom half typed")
        workspace.drafts.put("quick-room", "win\nthanks to Tom")
        keep_search(workspace, "@tom is:win", NOW)
        _merge_undo_and_merge_again(workspace, gone.id)
    backup(folder, folder.parent / "all.zip", now=NOW, force=True)
    restore(folder, folder.parent / "all.zip", now=NOW + timedelta(days=2))
    shutil.copy(folder / "2025.json", folder / "2025 (conflicted copy 2026-11-24 090000).json")
    folder.joinpath("damaged").mkdir(exist_ok=True)
    shutil.copy(folder / "2024.json", folder / "damaged" / "2024 2026-03-03 1010.json")
    for book in ("2024", "2025", "2026"):
        folder.joinpath("index").mkdir(exist_ok=True)
        folder.joinpath("index", f"{book}.bin").write_bytes(b"worked out: Tom Ng, zzz-of-2024")


def _merge_undo_and_merge_again(workspace: Workspace, gone: str) -> None:
    """A second entry of the one who left, told of once, is merged, taken out again, and merged for good."""
    double = add_person(
        workspace, "Thomasina Quillfeather", NOW.replace(year=2024), started=NOW.date().replace(year=2020)
    )
    record_story(workspace, "win", "@thomasina found the key", NOW + timedelta(days=1))
    for done in ("merged", "undone", "merged"):
        if done == "undone":
            undo(workspace, NOW)
        else:
            kept, other = workspace.get(Person, gone), workspace.get(Person, double.id)
            merge(workspace, plan_merge(workspace, kept, other, NOW), NOW)


def _forget(folder: Path) -> None:
    with Workspace.open(folder, user="pat") as workspace:
        for person in workspace.find(Person):
            if person.left is not None:
                forget(workspace, plan_to_forget(workspace, person, NOW, texts=True), NOW)


def _forget_customer(folder: Path) -> None:
    with Workspace.open(folder, user="pat") as workspace, suppress(NotFound):
        forget_customer(workspace, plan_to_forget_customer(workspace, "Pell"), NOW)


def _archive(folder: Path) -> None:
    with Workspace.open(folder, user="pat") as workspace:
        if 2025 in workspace.years():
            archive(workspace, 2025, folder.parent / "2025.zip", NOW, force=True)


def _encrypt(folder: Path) -> None:
    encrypt(folder, "seven red bicycles")


class LettingGo(NamedTuple):
    """What is to be gone from every byte of the folder. names: no file may be called so."""

    do: Callable[[Path], object]
    trace: re.Pattern[bytes]
    names: str = ""


LETTING_GO = {
    "forget": LettingGo(_forget, re.compile(rb"(?i)\btom\b|thomasina|quillfeather")),
    "forget-customer": LettingGo(_forget_customer, re.compile(rb"(?i)\bpell\b|quillworks")),
    "archive": LettingGo(_archive, re.compile(rb'"at":"2025-'), "2025"),
    "encrypt": LettingGo(_encrypt, re.compile(rb"stayed with the customer|Maria Lopez")),
}


class Stop(NamedTuple):
    """One interruption of a deed: after how many calls, the words for it, and what the deed said."""

    calls: int
    where: str
    told: BaseException | None


def interruptions(name: str, do: Callable[[Path], object], way: str, every: int, place: Path) -> Iterator[Stop]:
    """Do a deed on copies of what is made ready, each time stopped `every` calls later, until it comes to its end."""
    trial = place / "trial" / "workspace"
    for at in itertools.count(0, every):
        shutil.rmtree(place / "trial", ignore_errors=True)
        shutil.copytree(place / "whole", place / "trial")
        told: BaseException | None = None
        with stopped(trial, at, way) as made:
            try:
                do(trial)
            except (MeetingtoolError, OSError, Killed) as error:
                told = error
        where = f"{name}, {way} at call {at} ({', '.join(made[-3:])})"
        assert not isinstance(told, OSError), f"{where}: a bare {told!r}"
        yield Stop(at, where, told)
        if told is None and not any("failed" in call for call in made):
            return


def run_letting_go(name: str, every: int, place: Path) -> dict[str, int]:
    """Stop a deed that lets go of something in each way, do it again, and search every byte of the folder; at how many
    calls it was stopped in each way. An AssertionError names what is wrong.
    """
    deed, whole, trial = LETTING_GO[name], place / "whole" / "workspace", place / "trial" / "workspace"
    prepared(whole)
    _leave_with_copies(whole)
    calls = {}
    for way in WAYS:
        for stop in interruptions(name, deed.do, way, every, place):
            deed.do(trial)
            files = [path for path in trial.rglob("*") if path.is_file()]
            left = [path.name for path in files if deed.trace.search(path.read_bytes())]
            left += [path.name for path in files if deed.names and deed.names in path.name]
            assert not left, f"{stop.where}: left in {left}"
            calls[way] = stop.calls
    return calls


def run_in_several_books(name: str, every: int, place: Path) -> dict[str, int]:
    """Stop a deed in several books in each way; at how many calls in each. An AssertionError names what is wrong."""
    deed, whole, trial = DEEDS[name], place / "whole" / "workspace", place / "trial" / "workspace"
    prepared(whole)
    deed.ready(whole)
    before = contents(whole)
    shutil.copytree(place / "whole", place / "trial")
    deed.do(trial)
    after = contents(trial)
    calls = {}
    for way in WAYS:
        for stop in interruptions(name, deed.do, way, every, place):
            said = wrong(trial, deed, before, after, stop.told)
            assert not said, f"{stop.where}: {said}"
            calls[way] = stop.calls
    return calls


def run(name: str, every: int, place: Path) -> dict[str, int]:
    """Stop one deed at each of its calls, or at every so many; see the two above."""
    return (run_in_several_books if name in DEEDS else run_letting_go)(name, every, place)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--deed", choices=sorted([*DEEDS, *LETTING_GO]))
    options = parser.parse_args()
    pyrage.passphrase.encrypt, pyrage.passphrase.decrypt = sealed, opened  # as quick as what is looked at
    for name in [options.deed] if options.deed else [*DEEDS, *LETTING_GO]:
        with tempfile.TemporaryDirectory() as place:
            try:
                found = run(name, options.every, Path(place))
            except AssertionError as wrong:
                sys.exit(str(wrong))
        for way, calls in found.items():
            print(f"{name}, {way}: stopped at {calls} calls, nothing lost, doubled or half done")


if __name__ == "__main__":
    main()
