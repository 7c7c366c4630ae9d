"""One book's file as a TinyDB storage: whole, durable, checked, and shared with other programs."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from meetingtool.errors import MeetingtoolError
from meetingtool.store.bookfile import (
    SCHEMA,
    STEPS_OF_SAVE,
    Header,
    ReadBook,
    Unreadable,
    content_of,
    document_bytes,
    end_of_records,
    is_secured,
    open_book,
    peek,
    read_book,
    records_in,
    write_book,
)
from meetingtool.store.commit import DISK, FilePart, Files, Signature, commit
from meetingtool.store.envelope import PLAIN, Envelope, PlainEnvelope
from meetingtool.store.errors import BookDamaged, NewerVersion
from meetingtool.store.file_reading import not_readable, read_part, read_whole, signature_of
from meetingtool.store.lines import LEAF, Lines, Rows, Tables, document_of, line_in, line_of
from meetingtool.store.lock import WriteLock, why_not
from meetingtool.store.places import book_called, previous_of
from meetingtool.store.roll import Roll

CHECK_HINT = "It was left as it is. `meetingtool check` says what can be recovered, and from where."


RECORD_TABLES = ("records", "former", "deeds")
NOT_SOUND = " If there is no newer one, the file is damaged: `meetingtool check` says more."


class BookStorage(Storage):
    """The tables of one book.

    `read` and `write` are TinyDB's, with plain dicts, fresh at every call. The book's own way is `tables`,
    `begin`, `stage`, `commit`: rows stay as the bytes they are in the file, and only rows that change are encoded.
    Nothing of a failed save stays in memory: whatever goes wrong, the file is read again.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        lock: WriteLock | None = None,
        files: Files = DISK,
        envelope: Envelope = PLAIN,
        backups: bool = False,
        roll: Roll | None = None,
    ) -> None:
        super().__init__()
        self.path = Path(path)
        self.lock = lock or WriteLock(self.path.with_name(f".{self.path.name}.lock"))
        self._files = files
        self._envelope = envelope
        self._backups = backups
        self._roll = roll
        self._tables: dict[str, Lines] | None = None
        self._staged: dict[str, Lines] | None = None
        self._touched: set[str] = set()
        self._steps = 0
        self.header = Header(book=self.path.stem)
        self.sound = True
        self.signature: Signature | None = None
        self.replaced: Signature | None = None
        """The signature of the file that the last commit replaced."""
        self._first_row: int | None = None
        self._leaf: tuple[int, bytes] | None = None
        self.edition = 0
        """Grows whenever the tables are others than those that were here before, save by `commit`."""

    # TinyDB's side

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Every table with its documents, decoded again; None when there is no file yet."""
        if self._staged is None and self.is_stale():
            self.forget()
        tables = self.tables()
        if self.signature is None and not tables:
            return None
        return {name: decode_rows(rows) for name, rows in tables.items()}

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Make these the tables, durably."""
        with self.transaction(None):
            self._staged = {name: Lines(name, rows=encode_rows(table)) for name, table in data.items()}
            self._steps = STEPS_OF_SAVE
            self.edition += 1

    def close(self) -> None:
        """Let go of what is in memory."""
        self.forget()

    # The book's side

    def tables(self) -> Tables:
        """The rows of every table; in a transaction with what it has staged. Not to be changed by the caller."""
        return {name: lines.rows() for name, lines in self._present().items()}

    def lines(self, table: str) -> Lines:
        """One table, uncut as long as that will do."""
        return self._present().get(table) or Lines(table)

    def rows(self, table: str) -> Rows:
        """The rows of one table."""
        return self.lines(table).rows()

    def _present(self) -> dict[str, Lines]:
        if self._staged is not None:
            return self._staged
        if self._tables is None:
            self._load()
        assert self._tables is not None
        return self._tables

    @property
    def in_memory(self) -> bool:
        """Whether the rows are in memory."""
        return self._tables is not None

    @property
    def is_wrapped(self) -> bool:
        """Whether the file is not the JSON itself, so that no part of it can be read alone."""
        return not isinstance(self._envelope, PlainEnvelope)

    @property
    def in_transaction(self) -> bool:
        """Whether changes are being staged."""
        return self._staged is not None

    def is_new(self) -> bool:
        """Whether there is no file yet."""
        return signature_of(self.path) is None

    def is_stale(self) -> bool:
        """Whether the file has changed since it was last read or written."""
        return self.signature != signature_of(self.path)

    def forget(self) -> None:
        """Drop everything that is in memory; the file is read again when it is needed."""
        self._tables = self._staged = None
        self._touched = set()
        self.signature = self._first_row = self._leaf = None
        self.edition += 1

    def take(self, tables: Tables) -> None:
        """Use these tables in place of those that were read: the same rows under corrected keys."""
        self._tables = {name: Lines(name, rows=rows) for name, rows in tables.items()}
        if self._staged is not None:
            self._staged = dict(self._tables)

    def record_text(self) -> tuple[bytes, int, int] | None:
        """A sound file with records of the present form, and where their rows begin and end, read and not kept;
        None for any other file."""
        text = self._sound_text()
        return None if text is None else (*text, end_of_records(*text))

    def _sound_text(self) -> tuple[bytes, int] | None:
        read = self._read()
        if read is None:
            return None
        signature, data = read[0], self._unwrapped(read[1])
        first_row = records_in(data)
        header = peek(data) if first_row is not None else None
        if first_row is None or header is None or header.book != self.path.stem:
            return None
        if header.schema != SCHEMA:
            from meetingtool.store.migrations import has_records_of_now

            if not has_records_of_now(header):
                return None
        self._tables = None
        self._remember(header, True, signature)
        self._first_row = first_row
        return data, first_row

    def is_at(self, signature: Signature) -> bool:
        """Whether the file is sound and still has that signature; it is read through for that, without being kept,
        unless it was before."""
        try:
            if self.signature is None and self._sound_text() is None:
                return False
            return self.sound and self.signature == signature == signature_of(self.path)
        except (MeetingtoolError, OSError):
            return False  # reading it for its records will say what is wrong

    def line_near(self, key: str, place: int) -> bytes | None:
        """The line of a record in the leaf that begins this many bytes after the first line; None when it is not there,
        or when the whole book would have to be read to know."""
        if self._tables is not None:
            return self.lines("records").near(key, place)
        if self._first_row is None or self.is_wrapped:
            return None
        if self._leaf is None or self._leaf[0] != place or self.is_stale():
            self._leaf = None
            try:
                leaf = read_part(self.path, self._first_row + place, LEAF, self.signature)
            except OSError:
                return None  # reading it whole will say what is wrong
            if leaf is None:
                return None
            self._leaf = place, leaf
        return line_in(self._leaf[1], key)

    def begin(self) -> None:
        """Start to stage changes. The lock must be held; the file is read again if anybody changed it."""
        if self.is_stale():
            self.forget()
        self._staged, self._touched, self._steps = dict(self._present()), set(), 0

    def stage(self, table: str, rows: Rows, drop: Sequence[str] = ()) -> None:
        """Put rows in a table, replacing those with the same key, and take rows out; not saved before `commit`."""
        assert self._staged is not None
        if table not in self._touched:
            self._staged[table] = self._staged[table].copy() if table in self._staged else Lines(table)
            self._touched.add(table)
        self._staged[table].put(rows, drop)
        self._steps += len(rows) if table == "records" else 0

    def commit(self, changed: datetime | None, order: int = 0) -> None:
        """Write what was staged. Raises CannotWrite, and then memory is what is on the disk."""
        with self.prepared(changed, order) as part:
            commit(self._files, part.path, part.pieces, keep_previous=part.keep_previous)

    @contextmanager
    def prepared(self, changed: datetime | None, order: int) -> Iterator[FilePart]:
        """A context with the file made from what was staged; the caller puts it in place inside, which is noted at the
        end. After an exception memory is what is on the disk; an OSError becomes CannotWrite.
        """
        assert self._staged is not None
        header = msgspec.structs.replace(
            self.header,
            schema=SCHEMA,
            book=self.path.stem,
            saves=self.header.saves + 1,
            records=self.lines("records").count(),
            changed=changed or self.header.changed,
            content=self._content(),
            order=max(self.header.order, order),
            steps=self.header.steps_now + self._steps,
            former=self.lines("former").count(),
            deeds=self.lines("deeds").count(),
        )
        staged, self.replaced = self._staged, self.signature
        try:
            if self._backups and changed is not None:
                header = msgspec.structs.replace(header, secured=self._secured(changed.date()))
            pieces = write_book(header, [staged[name] for name in _in_order(staged)])
            # A file that was edited by hand lies in the backups; `.prev` stays the sound one before it.
            keep_previous = self.sound or not self._backups
            wrapped = self._envelope.wrap(pieces)
            if self._roll is not None:
                self._roll.begin(self.path.stem, self.header if self.sound and self.signature is not None else None)
            yield FilePart(self.path, wrapped, self.signature, keep_previous)
            signature = signature_of(self.path)
        except OSError as error:
            self.forget()
            raise why_not(error, self.path.parent) from error
        except BaseException:
            self.forget()
            raise
        self._tables, self._staged = staged, None
        self.lines("records").moved = 0
        self.header, self.signature, self.sound = header, signature, True
        if self._roll is not None:
            self._roll.note(self.path.stem, header)

    def _content(self) -> int:
        """The sum over the lines of the records that are staged, worked out from the last one where that is known."""
        records, header = self.lines("records"), self.header
        known = header.content if self.sound and header.schema == SCHEMA else None
        if known is not None and records.moved is not None:
            return known + records.moved
        return content_of(records.rows().values())

    def _secured(self, today: date) -> date | None:
        """The day up to which the book is secured, after a copy was made where that is due."""
        header = self.header
        if self.sound and header.schema == SCHEMA and is_secured(header, today):
            return header.secured
        from meetingtool.store.daily import secure

        return secure(self._files, self.path, header, self.sound, today)

    def abandon(self) -> None:
        """End a transaction in which nothing was staged."""
        self._staged = None

    @contextmanager
    def transaction(self, changed: datetime | None) -> Iterator[None]:
        """Hold the lock, begin, and commit at the end; after an exception nothing of it is left."""
        with self.lock:
            try:
                self.begin()
                yield
                self.commit(changed)
            except BaseException:
                self.forget()
                raise

    def _load(self) -> None:
        read = self._read()
        if read is None:
            self._be_new()
            return
        signature, data = read
        data = self._unwrapped(data)
        opened = open_book(data)
        if opened is not None and opened.header.schema == SCHEMA and opened.header.book == self.path.stem:
            self._remember(opened.header, True, signature)
            self._tables = opened.tables
            return
        sheet = self._check(data)
        self._remember(sheet.header, sheet.sound, signature)
        self._tables = {name: Lines(name, rows=rows) for name, rows in sheet.tables.items()}

    def _read(self) -> tuple[Signature, bytes] | None:
        try:
            return read_whole(self.path)
        except OSError as error:
            raise not_readable(self.path, error) from error

    def _remember(self, header: Header, sound: bool, signature: Signature) -> None:
        self.edition += signature != self.signature
        self.header, self.sound, self.signature = header, sound, signature

    def _be_new(self) -> None:
        if previous_of(self.path).exists():
            raise BookDamaged(
                f"{self.path.name} is missing, but its previous copy is still here.", CHECK_HINT, self.path
            )
        self.header, self.sound = Header(book=self.path.stem), True
        self._tables, self.signature = {}, None

    def _unwrapped(self, data: bytes) -> bytes:
        try:
            return self._envelope.unwrap(data)
        except Unreadable as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Unreadable) -> BookDamaged:
        return BookDamaged(f"{self.path.name} can't be read: {error}.", CHECK_HINT, self.path)

    def _check(self, data: bytes) -> ReadBook:
        """Read a file that is not sound, or not of the present form, or of another name."""
        try:
            sheet = read_book(data)
        except Unreadable as error:
            raise self._unreadable(error) from error
        if sheet.header.schema > SCHEMA:
            raise NewerVersion(
                f"{self.path.name} was written by a newer meetingtool (form {sheet.header.schema}, this one knows "
                f"{SCHEMA}).",
                f"Update meetingtool on this computer; nothing was changed.{'' if sheet.sound else NOT_SOUND}",
            )
        if sheet.header.book not in ("", self.path.stem):
            raise BookDamaged(
                f"{self.path.name} contains {book_called(sheet.header.book)}.",
                CHECK_HINT,
                self.path,
            )
        return in_present_form(sheet)


def _in_order(tables: dict[str, Lines]) -> list[str]:
    """Records first, so that a torn file loses the log at its end rather than records."""
    return [
        *(name for name in RECORD_TABLES if name in tables),
        *(name for name in tables if name not in RECORD_TABLES),
    ]


def decode_rows(rows: Rows) -> dict[str, Any]:
    """The documents of a table as plain dicts."""
    return {key: msgspec.json.decode(document_of(key, line)) for key, line in rows.items()}


def encode_rows(table: Mapping[Any, Mapping[str, Any]]) -> Rows:
    """The rows of a table of plain dicts."""
    return {str(key): line_of(str(key), document_bytes(document)) for key, document in table.items()}


def read_book_file(path: Path, envelope: Envelope = PLAIN) -> ReadBook:
    """Read a book's file, or a copy of one under another name, in the present form.

    Raises Unreadable and OSError. A sheet of a newer form comes as it is: look at its header first.
    """
    read = read_whole(path)
    if read is None:
        raise FileNotFoundError(errno.ENOENT, "it is not there", str(path))
    sheet = read_book(envelope.unwrap(read[1]))
    return in_present_form(sheet)


def in_present_form(sheet: ReadBook) -> ReadBook:
    """The sheet, brought up from a former form where it has one. One of a newer form stays as it is."""
    if sheet.header.schema >= SCHEMA:
        return sheet
    from meetingtool.store.migrations import brought_up

    return brought_up(sheet)
