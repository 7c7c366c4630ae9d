"""The books of a team on a server: each is read once, when it is first needed, and then followed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.kinds import AnyRecord
from meetingtool.records.team import Settings
from meetingtool.rules.wording import one_line
from meetingtool.store.book import book_of, planned
from meetingtool.store.books import Books, Readable
from meetingtool.store.deeds import Deed, Version, merged
from meetingtool.store.errors import BookDamaged, NewerVersion, NotYours
from meetingtool.store.keys import id_of
from meetingtool.store.server.aside import changes_in, deed_of_row, former_of_row, head_of, read
from meetingtool.store.server.link import Link
from meetingtool.store.shelf import Leaf, Shelf, Wanted, collector_paused, share_what_is_the_same

UNREAD = "The server has records with parts that this meetingtool does not know"
MENDED = (
    "If a newer one wrote them, update meetingtool on this computer; else `meetingtool server set-aside REF` takes "
    "them out of the way."
)


def _some(named: Sequence[str]) -> str:
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return f" ({', '.join(named[:3])}{more})" if named else ""


_NEWEST = datetime.max.replace(tzinfo=UTC)


class News(msgspec.Struct, frozen=True):
    """What others saved after the deed of number `since`, up to that of number `last`: the book and the document of
    every change."""

    since: int
    last: int
    documents: tuple[tuple[str, str], ...]


class ServerBook:
    """The records of one book as they are in memory."""

    def __init__(self, name: str, books: ServerBooks) -> None:
        self.name = name
        self._books = books
        self._shelf: Shelf | None = None
        self._kept_back: dict[str, str] = {}
        """The kinds of the records that this version can't read, by their ids."""

    @property
    def in_memory(self) -> bool:
        """Whether its records are here."""
        return self._shelf is not None

    def shelf(self) -> Shelf:
        """The records, read from the server the first time."""
        if self._shelf is None:
            found = self._books.documents(self.name)
            with collector_paused():
                records = [record for record in map(self._decoded, found) if record is not None]
                share_what_is_the_same(records)
                self._shelf = Shelf(None, records)
                self._shelf.decode_all()
        return self._shelf

    def begin_empty(self) -> None:
        """Note that everything is here, for a book of which the server has nothing yet."""
        self._shelf = Shelf(None, ())
        self._shelf.decode_all()

    def _decoded(self, document: str) -> AnyRecord | None:
        """The record; None for one that this version can't read, which is kept back: asking for it, or for all of its
        kind, raises an error."""
        try:
            return read(document)
        except msgspec.DecodeError:
            self.keep_back(document)
            return None

    def keep_back(self, document: str) -> None:
        """Note a record that can't be read, unless it is out of use: then it is in nobody's way."""
        head = head_of(self._books.link, document)
        self._kept_back.pop(head.id, None)
        if head.removed_at is None:
            self._kept_back[head.id] = head.type

    def get(self, id: str, place: int | None = None) -> AnyRecord | None:
        """The record of an id, or None. Raises NewerVersion for one that can't be read."""
        found = self.shelf().get(id)
        if id in self._kept_back:
            raise self.not_understood()
        return found

    def of_kind(self, kind: type[Record]) -> Sequence[AnyRecord]:
        """Every record of a kind, in order. Raises NewerVersion where one of them can't be read."""
        found = self.shelf().of_kind(kind)
        if str(kind.__struct_config__.tag) in self._kept_back.values() and not self._books.leaves_out(kind):
            raise self.not_understood()
        return found

    def ending(self, end: str) -> list[AnyRecord]:
        """The records whose ids end so."""
        return self.shelf().ending(end)

    def leaves(self, wanted: Wanted | None = None) -> Iterator[Leaf]:
        """Every record, in no order. Raises NewerVersion where one can't be read."""
        found = self.shelf().everything()
        if self._kept_back and not self._books.leaves_out():
            raise self.not_understood()
        return iter([Leaf(found)])

    def read_records(self) -> None:
        """Read all records into memory."""
        self.shelf()

    def versions(self, key: str, current: AnyRecord) -> list[Version]:
        """The former versions of a record that are still kept, oldest first, then the current one."""
        return [*self._books.formers(id_of(key)), Version(current)]

    def all_deeds(self) -> list[Deed]:
        """The log is kept for all books together: see `ServerBooks.deeds`."""
        return []

    def not_understood(self) -> BookDamaged | NewerVersion:
        """The error about records that can't be read."""
        named = [f"{kind} {id[-6:]}" for id, kind in sorted(self._kept_back.items())]
        return NewerVersion(
            f"{UNREAD}{_some(named)}.", f"{MENDED} Nothing was changed; what needs none of them can be used."
        )

    def kept_back(self) -> list[str]:
        """The references of the records that can't be read."""
        return [id[-6:] for id in sorted(self._kept_back)]

    def take_document(self, document: str) -> bool:
        """Take in a version as the server has it; returns whether it was new."""
        record = self._decoded(document)
        if record is not None:
            return self.take(record)
        id = head_of(self._books.link, document).id
        if self._shelf is not None and (former := self._shelf.get(id)) is not None:
            self._shelf.take_out(former)
        return True

    def take(self, record: AnyRecord) -> bool:
        """Take in a version that the server has; returns whether it was new."""
        if self._shelf is None:
            return True
        self._kept_back.pop(record.id, None)
        kept = self._shelf.get(record.id)
        if kept is not None and kept.version >= record.version and kept == record:
            return False
        self._shelf.put(kept, record)
        return True

    def take_back(self, kept: AnyRecord | None, new: AnyRecord) -> None:
        """Undo putting `new` on the shelf."""
        if self._shelf is not None:
            self._shelf.take_out(new)
            if kept is not None:
                self._shelf.put(None, kept)

    def plan(self, records: Iterable[Record]) -> list[tuple[AnyRecord | None, AnyRecord]]:
        """See `planned`."""
        return planned(records, self.get, self._was)

    def _was(self, record: AnyRecord) -> bool:
        return any(version.record == record for version in self._books.formers(record.id, record.version))


class ServerBooks(Books):
    """All books of a team. seq: the number of the team's last deed that is in memory."""

    def __init__(self, link: Link, team: str) -> None:
        self.link = link
        self.team = team
        self.seq = 0
        self.missed: frozenset[str] = frozenset()
        """Books with changes that arrived while something else was done; the next look reports them."""
        self._books: dict[str, ServerBook] = {}
        self._sizes: dict[str, int] | None = None
        self._showing = threading.local()
        self._unread_deeds: set[str] = set()

    # What can't be read

    @contextmanager
    def showing(self, only: bool = True) -> Iterator[None]:
        """See `Workspace.showing`."""
        before, self._showing.only = getattr(self._showing, "only", False), only
        try:
            yield
        finally:
            self._showing.only = before

    def leaves_out(self, kind: type[Record] | None = None) -> bool:
        """Whether what can't be read is left out at this point. Without the settings nothing is shown."""
        return getattr(self._showing, "only", False) and kind is not Settings

    def left_out(self) -> tuple[str, str]:
        """What to say about the records that were left out, and what to do; two empty texts where there are none."""
        refs = [ref for book in self._books.values() for ref in book.kept_back()]
        return (f"{UNREAD}, and they are left out here{_some(refs)}.", MENDED) if refs else ("", "")

    def left_out_of_log(self) -> str:
        """What to say about deeds that were left out because they can't be read; empty where there are none."""
        refs = sorted(one_line(id)[-6:] for id in self._unread_deeds)
        return f"The log has deeds that can't be read, and they are left out{_some(refs)}." if refs else ""

    # Asking the server

    def documents(self, book: str) -> list[str]:
        """The documents of one book of the team."""
        found = self.link.rows("select meetingtool.documents_in(%s, %s)", self.team, book)
        return [document for (document,) in found]

    def formers(self, id: str, version: int | None = None) -> list[Version]:
        """The former versions of a record that are kept, or only the given one, oldest first."""
        found = self.link.rows(
            "select document, replaced_at, replaced_by, deed from meetingtool.formers_of(%s, %s)"
            " where %s::integer is null or version = %s",
            self.team, id, version, version,
        )  # fmt: skip
        formers = (former_of_row(*row) for row in found)
        return [
            Version(read(bytes(former.record).decode()), former.replaced_at, former.replaced_by, former.deed)
            for former in formers
            if former is not None
        ]

    def log(self, only: str | None = None) -> list[tuple[str, Deed]]:
        """All deeds of the team, which are in no book."""
        return [("", deed) for deed in self.deeds(None)]

    def deeds(self, limit: int | None) -> list[Deed]:
        """The team's last deeds, newest first, in the order in which the server took them; None for all. One that can't
        be read is left out: see `left_out_of_log`."""
        found = self.link.rows(
            "select id, at, by, what, undoes, steps from meetingtool.last_deeds(%s, %s)", self.team, limit
        )
        deeds = [
            (id, deed_of_row(id, at, by, what, undoes, merged(changes_in(steps))))
            for id, at, by, what, undoes, steps in found
        ]
        self._unread_deeds |= {id for id, deed in deeds if deed is None}
        return [deed for _, deed in deeds if deed is not None]

    def deed_of(self, records: Iterable[Record]) -> Deed | None:
        """The deed that brought these versions, if it is among the last ones."""
        wanted = {(record.id, record.version) for record in records}
        for deed in self.deeds(400):
            if wanted <= {(change.id, change.after) for change in deed.changes}:
                return deed
        return None

    def send(self, deed: Deed, records: Sequence[AnyRecord]) -> int:
        """Save the records of a deed on the server, all or none; the team's number after it."""
        return int(
            self.link.one(
                "select meetingtool.save(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                self.team, deed.id, deed.at.isoformat(), deed.what, deed.undoes,
                [record.id for record in records], [book_of(record) for record in records],
                [str(record.__struct_config__.tag) for record in records], [record.version for record in records],
                [msgspec.json.encode(record).decode() for record in records],
            )
        )  # fmt: skip

    def asked(self) -> News:
        """Every change on the server since the last look, which takes nothing in yet. NotYours when the team is no
        longer this login's."""
        since = self.seq
        seq = self.link.one("select seq from meetingtool.my_team(%s)", self.team)
        if seq is None:
            raise NotYours("This team is not yours any more.", "Close the app; ask the administrator of the server.")
        if int(seq) == since:
            return News(since, since, ())
        found = self.link.rows(
            "select seq, book, document from meetingtool.records_since(%s, %s)",
            self.team,
            since,
        )
        last = max(int(seq), *(number for number, *_ in found)) if found else int(seq)
        return News(since, last, tuple((book, document) for _, book, document in found))

    def take_in(self, news: News) -> frozenset[str]:
        """Take in what others saved; the names of the books it is in."""
        self.seq = news.last
        changed, self.missed = set(self.missed), frozenset()
        for name, document in news.documents:
            self.begun(name)
            if self.book(name).take_document(document):
                changed.add(name)
        return frozenset(changed)

    # Which books there are

    def book(self, name: str) -> ServerBook:
        """The book of that name, which need not be there yet."""
        if name not in self._books:
            self._books[name] = ServerBook(name, self)
        return self._books[name]

    def _known(self) -> dict[str, int]:
        """The bytes of every book; changes are followed from the first look on."""
        if self._sizes is None:
            self.seq = int(self.link.one("select seq from meetingtool.my_team(%s)", self.team) or 0)
            found = self.link.rows("select book, size from meetingtool.sizes_of(%s)", self.team)
            self._sizes = {book: int(size) for book, size in found}
        return self._sizes

    def names(self) -> set[str]:
        """Of all books that are there, or are begun."""
        return set(self._known())

    def begun(self, name: str) -> None:
        """Note a book that has its first record."""
        self._known().setdefault(name, 0)

    def in_memory(self) -> list[int]:
        """The years of which anything is kept in memory."""
        return sorted(int(name) for name, book in self._books.items() if book.in_memory and name.isdigit())

    def size(self, first: int, *, undecoded: bool = False) -> int:
        """The bytes of the books from a year on. undecoded: of those whose records are still to be read."""
        known = {name for name, book in self._books.items() if undecoded and book.in_memory}
        return sum(
            size for name, size in self._known().items() if name.isdigit() and int(name) >= first and name not in known
        )

    def by_last_deed(self) -> Sequence[tuple[datetime, Readable]]:
        """Every book counts as newest: the server lists its deeds itself."""
        return [(_NEWEST, self.book(name)) for name in self.names()]

    def saw(self, book: Readable) -> bool:
        """True: what is saved from here is noted as it is saved."""
        return True

    def look_again(self) -> frozenset[str]:
        """Take in what others saved; the names of the books it is in."""
        self._known()
        return self.take_in(self.asked())

    def close(self) -> None:
        """Let go of every book."""
        self._books.clear()
        self._sizes = None
