"""A TinyDB table with string ids that two programs can write to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tinydb.table import Document, Table

from meetingtool.store.keys import key_of
from meetingtool.store.lines import Rows
from meetingtool.store.storage import BookStorage, decode_rows


class BookTable(Table):
    """A table of a book.

    TinyDB's own methods work on it, each one under the lock from reading to writing. Ids are strings: the key of the
    record's ULID where the document has one, else the next number. There is no query cache: it would miss what another
    program saves.
    """

    document_id_class: Any = str
    default_query_cache_capacity = 0

    def __init__(self, storage: BookStorage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        del cache_size
        self._book = storage
        super().__init__(storage, name, cache_size=0, persist_empty=persist_empty)

    def put(self, rows: Rows, drop: Sequence[str] = ()) -> None:
        """Stage encoded rows, in a transaction of the storage."""
        self._book.stage(self.name, rows, drop)

    def rows(self) -> Rows:
        """The encoded rows."""
        return self._book.rows(self.name)

    def insert(self, document: Mapping[str, Any]) -> Any:
        """Insert one document; ValueError when its id is taken."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Insert documents, all or none; ValueError when an id is taken or comes twice."""
        inserted: list[Any] = []

        def updater(table: dict[Any, Mapping[str, Any]]) -> None:
            for document in documents:
                if not isinstance(document, Mapping):
                    raise ValueError("Document is not a Mapping")
                doc_id = self._id_for(document, table)
                if doc_id in table:
                    raise ValueError(f"Document with ID {doc_id} already exists")
                table[doc_id] = dict(document)
                inserted.append(doc_id)

        self._update_table(updater)
        return inserted

    def _id_for(self, document: Mapping[str, Any], table: Mapping[Any, Any]) -> Any:
        if isinstance(document, Document):
            return self.document_id_class(document.doc_id)
        told = document.get("id")
        if isinstance(told, str):
            try:
                return self.document_id_class(key_of(told))
            except ValueError:
                pass
        return self.document_id_class(max((int(key) for key in table), default=0) + 1)

    def _get_next_id(self) -> Any:
        """The id that the next document without one of its own would get now; asking does not reserve it."""
        return self._id_for({}, self._read_table())

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        if self._book.is_stale():
            self._book.forget()
        return decode_rows(self.rows())

    def _update_table(self, updater: Callable[[dict[Any, Mapping[str, Any]]], None]) -> None:
        with self._book.lock:
            super()._update_table(updater)
