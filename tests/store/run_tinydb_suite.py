"""Run TinyDB's own test suite with our storage and our table in place of TinyDB's.

    python tests/store/run_tinydb_suite.py           fetch the source distribution of TinyDB 4.9.0, run its tests twice
    python tests/store/run_tinydb_suite.py --sdist tinydb-4.9.0.tar.gz

First with ids as the suite expects them, whole numbers, then with the strings that our books have. A test that can't
apply is left out by name, with the reason beside it. Exit code 0 when everything else passes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "4.9.0"

NO_QUERY_CACHE = "there is no query cache: it would outlive what another program saves"
NOT_OURS = "it is about an option of TinyDB's JSONStorage that a book does not have"
NO_TABLE = "what it stores is no table: a list and numbers stand where documents belong"
MEMORY = "it looks into TinyDB's MemoryStorage"
OWN_STORAGE = "it brings a storage of its own, and our table works on ours alone"
NO_NUMBER = "it compares an id with a whole number"

LEFT_OUT = {
    "test_middlewares.py::test_caching_write": NO_TABLE,
    "test_middlewares.py::test_caching_write_many": MEMORY,
    "test_middlewares.py::test_caching_flush": MEMORY,
    "test_middlewares.py::test_caching_flush_manually": MEMORY,
    "test_middlewares.py::test_caching_json_write": "it compares the whole file, in which a book has its header",
    "test_storages.py::test_json": NO_TABLE,
    "test_storages.py::test_in_memory": NO_TABLE,
    "test_storages.py::test_json_invalid_directory": "a book is opened when it is first needed",
    "test_storages.py::test_json_kwargs": NOT_OURS,
    "test_storages.py::test_json_read": NOT_OURS,
    "test_storages.py::test_create_dirs": NOT_OURS,
    "test_storages.py::test_encoding": NOT_OURS,
    "test_storages.py::test_json_invalid_mode_warning": NOT_OURS,
    "test_storages.py::test_read_once": OWN_STORAGE,
    "test_tables.py::test_next_id": "asking for the next id does not reserve it",
    "test_tables.py::test_query_cache": NO_QUERY_CACHE,
    "test_tables.py::test_query_cache_size": NO_QUERY_CACHE,
    "test_tables.py::test_lru_cache": NO_QUERY_CACHE,
    "test_tables.py::test_table_repr": "it compares the names of TinyDB's classes",
    "test_tinydb.py::test_delete": NOT_OURS,
    "test_tinydb.py::test_insert_on_existing_db": NOT_OURS,
    "test_tinydb.py::test_query_cache": NO_QUERY_CACHE,
    "test_tinydb.py::test_search": NO_QUERY_CACHE,
    "test_tinydb.py::test_search_path": NO_QUERY_CACHE,
}
LEFT_OUT_WITH_STRINGS = dict.fromkeys(
    (
        "test_tables.py::test_truncate_table",
        "test_tinydb.py::test_insert_ids",
        "test_tinydb.py::test_insert_with_doc_id",
        "test_tinydb.py::test_insert_with_duplicate_doc_id",
        "test_tinydb.py::test_insert_multiple_with_ids",
        "test_tinydb.py::test_insert_multiple_with_doc_ids",
        "test_tinydb.py::test_remove_ids",
        "test_tinydb.py::test_remove_returns_ids",
        "test_tinydb.py::test_remove_ids_mixed",
        "test_tinydb.py::test_update_returns_ids",
        "test_tinydb.py::test_update_ids",
        "test_tinydb.py::test_update_ids_mixed",
        "test_tinydb.py::test_upsert",
        "test_tinydb.py::test_upsert_by_id",
        "test_tinydb.py::test_lastid_after_open",
        "test_tinydb.py::test_doc_ids_json",
    ),
    NO_NUMBER,
)

PLUGIN = '''
import itertools, tempfile
from pathlib import Path

import pytest
import tinydb, tinydb.database, tinydb.storages
from meetingtool.store.storage import BookStorage
from meetingtool.store.table import BookTable

PLACE = Path(tempfile.mkdtemp())
NUMBERS = itertools.count()

LEFT_OUT = set(%r)

def pytest_collection_modifyitems(config, items):
    out = [item for item in items if f"{item.path.name}::{item.originalname}" in LEFT_OUT]
    items[:] = [item for item in items if item not in out]
    config.hook.pytest_deselected(items=out)

class NewBook(BookStorage):
    """In place of MemoryStorage: a book of its own, in a new file."""

    def __init__(self):
        super().__init__(PLACE / f"{next(NUMBERS)}.json")

class Table(BookTable):
    document_id_class = %s

tinydb.JSONStorage = tinydb.storages.JSONStorage = tinydb.database.JSONStorage = BookStorage
tinydb.storages.MemoryStorage = NewBook
tinydb.TinyDB.default_storage_class = BookStorage
tinydb.TinyDB.table_class = Table
'''


def unpacked(sdist: Path | None, place: Path) -> Path:
    """The folder with the suite."""
    if sdist is None:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-binary", ":all:", "--no-deps"]
        subprocess.run([*command, f"tinydb=={VERSION}", "--dest", str(place)], check=True)
        sdist = next(place.glob("tinydb-*.tar.gz"))
    with tarfile.open(sdist) as packed:
        packed.extractall(place, filter="data")
    return place / f"tinydb-{VERSION}" / "tests"


def run(suite: Path, ids: str, left_out: dict[str, str]) -> int:
    """Run the suite with ids of a type; pytest's exit code."""
    root = Path(__file__).resolve().parent.parent.parent
    plugin = suite.parent / "books_in_place.py"
    plugin.write_text(PLUGIN % (list(left_out), ids), encoding="utf-8")
    for source in (suite.parent / "tinydb").glob("*.py"):
        source.unlink()
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(suite),
        "-q",
        "-p",
        "books_in_place",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:asyncio",
    ]
    command += ["--rootdir", str(suite.parent)]
    path = f"import sys; sys.path[:0] = [{str(suite.parent)!r}, {str(root)!r}]; import pytest; "
    command[1:3] = ["-c", path + "sys.exit(pytest.main(sys.argv[1:]))"]
    print(f"ids of type {ids}, {len(left_out)} tests left out:")
    for name, reason in sorted(left_out.items()):
        print(f"  {name}: {reason}")
    return subprocess.run(command, cwd=suite.parent, check=False).returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sdist", type=Path, help="the source distribution, if it is here already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        suite = unpacked(options.sdist, Path(place))
        codes = [run(suite, "int", LEFT_OUT), run(suite, "str", LEFT_OUT | LEFT_OUT_WITH_STRINGS)]
    sys.exit(max(codes))


if __name__ == "__main__":
    main()
