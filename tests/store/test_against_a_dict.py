"""The store beside a plain dict, through random saves, conflicts, batches, crashes and reopenings by two programs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from meetingtool.errors import Conflict
from meetingtool.records.base import Record, mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.store.commit import Disk
from meetingtool.store.errors import ServerAway
from meetingtool.store.examination import examine
from meetingtool.store.folder import Folder

change = msgspec.structs.replace
KINDS = (Story, FollowUp, Person)
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
TEXT = st.text(max_size=12)
YEAR = st.sampled_from((2025, 2026))


class PowerCut(BaseException):
    """The program is gone."""


class CrashingDisk(Disk):
    """A disk that ends the program before one of its calls. None of its syncs takes time."""

    def __init__(self) -> None:
        self.left = -1

    def _call(self) -> None:
        if self.left == 0:
            raise PowerCut
        self.left -= 1

    def create(self, path: Path) -> int:
        self._call()
        return super().create(path)

    def write(self, descriptor: int, pieces: Sequence[bytes]) -> None:
        self._call()
        super().write(descriptor, pieces)

    def sync(self, descriptor: int) -> None:
        self._call()

    def link(self, source: Path, target: Path) -> None:
        self._call()
        super().link(source, target)

    def replace(self, source: Path, target: Path) -> None:
        self._call()
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._call()
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._call()


class StoreAndDict(RuleBasedStateMachine):
    """`kept` is what the store must hold: the versions of each record, oldest first, by id."""

    records = Bundle("records")

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.begin()
        self.kept: dict[str, list[Record]] = {}
        self.deeds = 0
        self.clock = NOW
        self.programs: list[Workspace] = []

    def begin(self) -> None:
        self.folder = self.place / "workspace"
        Workspace.open(self.folder, create=True).close()
        self.disks = [CrashingDisk(), CrashingDisk()]

    @initialize()
    def open_both(self) -> None:
        self.programs = [self._opened(0), self._opened(1)]

    def _opened(self, number: int) -> Workspace:
        return Folder(self.folder, f"program {number}", files=self.disks[number])

    def cut_after(self, program: int, calls: int) -> None:
        """Let the power go after so many more calls."""
        self.disks[program].left = calls

    def mend(self, program: int) -> None:
        self.disks[program] = CrashingDisk()

    def _now(self) -> datetime:
        self.clock += timedelta(hours=3)
        return self.clock

    def _new(self, kind: type, year: int, text: str) -> Record:
        at = NOW.replace(year=year) + timedelta(minutes=len(self.kept))
        told = {"id": mint(NOW), "at": at, "made_at": NOW, "made_by": "x"}
        if kind is Story:
            return Story(**told, kind="win", text=text, line=text)
        if kind is FollowUp:
            return FollowUp(**told, kind="promise", text=text)
        return Person(**told, handle="x", name=text)

    def _next(self, id: str, text: str) -> Record:
        current = self.kept[id][-1]
        field = "name" if isinstance(current, Person) else "text"
        return change(current, version=current.version + 1, **{field: text})

    def _save(self, program: int, *records: Record) -> None:
        self.programs[program].save(*records, deed="x", now=self._now())
        self._note(*records)

    def _note(self, *records: Record) -> None:
        for record in records:
            self.kept.setdefault(record.id, []).append(record)
        self.deeds += 1

    @rule(target=records, program=st.integers(0, 1), kind=st.sampled_from(KINDS), year=YEAR, text=TEXT)
    def record(self, program: int, kind: type, year: int, text: str) -> str:
        record = self._new(kind, year, text)
        self._save(program, record)
        return record.id

    @rule(program=st.integers(0, 1), id=records, text=TEXT)
    def edit(self, program: int, id: str, text: str) -> None:
        self._save(program, self._next(id, text))

    @rule(program=st.integers(0, 1), id=records)
    def bin(self, program: int, id: str) -> None:
        self._save(program, change(self._next(id, "binned"), removed_at=NOW))

    @rule(program=st.integers(0, 1), id=records, text=TEXT)
    def edit_what_was_changed_meanwhile(self, program: int, id: str, text: str) -> None:
        outdated = change(self.kept[id][-1], version=self.kept[id][-1].version + 2)
        new = self._new(Person, 2026, text)
        for records in ((outdated,), (new, outdated) if isinstance(outdated, Person) else (outdated,)):
            with pytest.raises(Conflict) as told:
                self.programs[program].save(*records, deed="x", now=self._now())
            assert told.value.current == self.kept[id][-1]

    @rule(program=st.integers(0, 1), id=records, back=st.integers(0, 2))
    def save_again(self, program: int, id: str, back: int) -> None:
        versions = self.kept[id]
        self.programs[program].save(versions[max(0, len(versions) - 1 - back)], deed="x", now=self._now())

    @rule(target=records, program=st.integers(0, 1), texts=st.lists(TEXT, min_size=2, max_size=4), year=YEAR)
    def record_several(self, program: int, texts: list[str], year: int) -> object:
        records = [self._new(Story, year, text) for text in texts]
        self._save(program, *records)
        return multiple(*(record.id for record in records))

    @rule(program=st.integers(0, 1), id=records, fails=st.booleans(), text=TEXT)
    def batch(self, program: int, id: str, fails: bool, text: str) -> None:
        records = [self._next(id, text), self._new(Person, 2026, text), self._new(Story, 2025, text)]
        try:
            with self.programs[program].batch("x", self._now()):
                for record in records:
                    self.programs[program].save(record, deed="x", now=self.clock)
                if fails:
                    raise ZeroDivisionError
            self._note(*records)
        except ZeroDivisionError:
            assert fails

    @rule(target=records, program=st.integers(0, 1), cut=st.integers(0, 14), year=YEAR, text=TEXT)
    def crash_while_recording(self, program: int, cut: int, year: int, text: str) -> object:
        record = self._new(Story, year, text)
        self.cut_after(program, cut)
        acknowledged = False
        try:
            self.programs[program].save(record, deed="x", now=self._now())
            acknowledged = True
        except (PowerCut, ServerAway):
            pass
        self.programs[program].close()
        self.mend(program)
        self.programs[program] = self._opened(program)
        there = self.programs[program].find(Story, removed=None, id=record.id)
        assert there in ([record], []) if not acknowledged else there == [record]
        if not there:
            return multiple()
        self._note(record)
        return record.id

    @rule(program=st.integers(0, 1))
    def reopen(self, program: int) -> None:
        self.programs[program].close()
        self.programs[program] = self._opened(program)

    @rule(program=st.integers(0, 1))
    def read_all(self, program: int) -> None:
        self.programs[program].load_years()

    @invariant()
    def both_programs_have_what_the_dict_has(self) -> None:
        for program in self.programs:
            program.refresh()
            for kind in KINDS:
                wanted = [versions[-1] for versions in self.kept.values() if isinstance(versions[-1], kind)]
                wanted.sort(key=lambda record: (record.at, record.id))
                assert program.find(kind, removed=None) == wanted
                assert program.find(kind) == [record for record in wanted if record.removed_at is None]
            for id, versions in self.kept.items():
                assert [version.record for version in program.versions(id)] == versions
            assert len(program.deeds(10_000)) == self.deeds

    def end(self) -> None:
        assert examine(self.folder) == []

    def teardown(self) -> None:
        self.end()
        shutil.rmtree(self.place)


TestStoreAndDict = StoreAndDict.TestCase
TestStoreAndDict.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
