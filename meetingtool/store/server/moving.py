"""Moving a folder's records into a team on a server, and back; both ways count and compare everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path

import msgspec

from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.records.kinds import AnyRecord
from meetingtool.records.people import Person
from meetingtool.rules.keeping.anonymity import is_alias
from meetingtool.rules.wording import one_line
from meetingtool.store.book import book_of
from meetingtool.store.deeds import Deed, Former, deed_row, merged_deeds, read_former
from meetingtool.store.envelope import Envelope
from meetingtool.store.errors import NewerVersion, WorkspaceMissing
from meetingtool.store.folder import Folder, open_folder
from meetingtool.store.keys import VERSION_DIGITS, former_key, id_of, key_of
from meetingtool.store.lines import document_of, line_of
from meetingtool.store.places import TEAM
from meetingtool.store.server.aside import changes_in, deed_of_row, former_of_row, head_of, is_readable, read
from meetingtool.store.server.link import Link

_AT_ONCE = 1_000


class MovedWorkspace(msgspec.Struct, frozen=True):
    """What was moved. digest: SHA-256 over every record and former version as it is kept, the same on both sides.
    deleted: how many finals are not filed, because HR deleted them on the server. left_out: what of the log and of
    former versions can't be read, and stays where it is."""

    records: int
    former: int
    deeds: int
    finals: int
    digest: str
    deleted: int = 0
    left_out: tuple[str, ...] = ()


class _Kept(msgspec.Struct, frozen=True):
    """Everything in a workspace as it is kept: documents by (id, version), which of them are current, and when, by whom
    and in which deed the others were replaced. left_out: what can't be read of formers and deeds."""

    current: dict[tuple[str, int], bytes]
    former: dict[tuple[str, int], Former]
    deeds: tuple[Deed, ...]
    left_out: tuple[str, ...] = ()

    def moved(self) -> MovedWorkspace:
        whole = sha256()
        documents = {**{key: bytes(former.record) for key, former in self.former.items()}, **self.current}
        for (id, version), document in sorted(documents.items()):
            whole.update(f"{id} {version} ".encode() + document + b"\n")
        finals = sum(len(getattr(_read(document, id), "finals", ())) for (id, _), document in self.current.items())
        return MovedWorkspace(len(self.current), len(self.former), len(self.deeds), finals, whole.hexdigest())


def _read(document: bytes, id: str) -> AnyRecord:
    try:
        return read(document.decode())
    except msgspec.DecodeError as error:
        raise NewerVersion(
            f"The record {id[-6:]} has parts that this meetingtool does not know; nothing was moved.",
            "If a newer one wrote it, update meetingtool on this computer; else, on a server, "
            f"`meetingtool server set-aside {id[-6:]}` takes it out of the way.",
        ) from error


def import_folder(folder: Path, link: Link, team: str, envelope: Envelope | None = None) -> MovedWorkspace:
    """Put all that is in a folder into an empty team. The folder stays as it is. envelope: of an encrypted folder.

    Refused where the team has records, or the folder has people by name who were made anonymous on the server;
    MeetingtoolError, with nothing moved, where the server doesn't have the same afterwards.
    """
    with open_folder(folder, envelope=envelope) as workspace:
        kept = _kept_in(workspace)
    _refuse_forgotten(kept, link, folder)
    with link.transaction():
        for table, rows in (("record", _record_rows(kept)), ("former", _former_rows(kept)), ("deed", _deed_rows(kept))):
            while some := list(islice(rows, _AT_ONCE)):
                text = msgspec.json.encode(some).decode()
                link.rows("select meetingtool.take_in(%s, %s, %s, false)", team, table, text)
        link.rows("select meetingtool.take_in(%s, '', '[]', true)", team)
        moved = _compared(kept.moved(), _kept_on(link, team).moved())
        filed = int(link.one("select count(*) from meetingtool.list_finals(%s, null)", team))
        return msgspec.structs.replace(moved, deleted=moved.finals - filed)


def _refuse_forgotten(kept: _Kept, link: Link, folder: Path) -> None:
    found = (_read(document, id) for (id, _), document in kept.current.items() if b'"person"' in document)
    people = {one.id: one.handle for one in found if isinstance(one, Person) and not is_alias(one)}
    again = [f"@{people[id]}" for (id,) in link.rows("select meetingtool.forgotten_among(%s)", list(people))]
    if again:
        raise Refused(
            f"Made anonymous on this server, and by name in the folder: {', '.join(sorted(again))}.",
            f"`meetingtool --data {folder} forget {min(again)}` makes them so there, too. Nothing was moved.",
        )


def export_team(link: Link, team: str, folder: Path) -> MovedWorkspace:
    """Put all that a team has into a new folder. The team stays as it is. Refused where the folder isn't empty. Raises
    NewerVersion for a record that can't be read and WorkspaceMissing without such a team; then no folder is made."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty.", "Name a new folder.")
    if link.one("select id from meetingtool.my_team(%s)", team) is None:
        raise WorkspaceMissing(
            f"The server has no team {team!r} for the login {link.login()!r}.", "Log in as somebody who manages it."
        )
    kept = _kept_on(link, team)
    wanted = kept.moved()
    with open_folder(folder, create=True) as workspace:
        books: dict[str, _Rows] = {}
        names: dict[str, str] = {}
        for (id, _), document in kept.current.items():
            name = names[id] = book_of(_read(document, id))
            books.setdefault(name, _Rows()).records[key_of(id)] = line_of(key_of(id), document)
        for (id, version), former in kept.former.items():
            row = former_key(key_of(id), version)
            if id in names:
                books[names[id]].former[row] = line_of(row, msgspec.json.encode(former))
        for deed in kept.deeds:
            for name in {names[change.id] for change in deed.changes if change.id in names}:
                mine = tuple(change for change in deed.changes if names.get(change.id) == name)
                books[name].deeds |= deed_row(msgspec.structs.replace(deed, changes=mine))
        for name in sorted(books, key=lambda name: (name != TEAM, name)):
            workspace.put_rows(name, books[name].records, books[name].former, books[name].deeds)
    with open_folder(folder) as workspace:
        moved = _compared(wanted, _kept_in(workspace).moved())
        return msgspec.structs.replace(moved, left_out=kept.left_out)


class _Rows:
    def __init__(self) -> None:
        self.records: dict[str, bytes] = {}
        self.former: dict[str, bytes] = {}
        self.deeds: dict[str, bytes] = {}


def _compared(here: MovedWorkspace, there: MovedWorkspace) -> MovedWorkspace:
    """What was moved, if it is the same on both sides. A folder's log keeps only the last deeds of each book."""
    if (here.records, here.former, here.digest) != (there.records, there.former, there.digest):
        raise MeetingtoolError(
            f"{there.records} records and {there.former} former versions arrived of {here.records} and {here.former}, "
            "or not as they were.",
            "Nothing is lost where they came from. Please try again; if it fails again, go on with the place they "
            "came from.",
        )
    return there


def _kept_in(workspace: Folder) -> _Kept:
    current: dict[tuple[str, int], bytes] = {}
    former: dict[tuple[str, int], Former] = {}
    deeds: list[Deed] = []
    for book in workspace.books():
        for key, line in book.records.rows().items():
            document = document_of(key, line)
            current[id_of(key), _version_in(document)] = document
        for row, line in book.former.rows().items():
            former[id_of(row[:-VERSION_DIGITS]), int(row[-VERSION_DIGITS:])] = read_former(row, line)
        deeds += book.all_deeds()
    return _Kept(current, former, tuple(merged_deeds(deeds)))


def _kept_on(link: Link, team: str) -> _Kept:
    rows = link.rows("select id, version, document from meetingtool.records_of(%s)", team)
    aside = {id for id, _, document in rows if not is_readable(document) and head_of(link, document).removed_at}
    records = [row for row in rows if row[0] not in aside]
    formers = [
        row
        for row in link.rows(
            "select id, version, document, replaced_at, replaced_by, deed from meetingtool.formers_of(%s, null)", team
        )
        if row[0] not in aside
    ]
    found = link.rows("select id, at, by, what, undoes, steps from meetingtool.last_deeds(%s, null)", team)
    deeds = {
        id: deed_of_row(id, at, by, what, undoes, tuple(changes_in(steps)))
        for id, at, by, what, undoes, steps in reversed(found)
    }
    versions = {(id, version): former_of_row(*row) if version > 0 else None for id, version, *row in formers}
    left_out = [f"deed {one_line(id)[-6:]}" for id, deed in deeds.items() if deed is None]
    left_out += [f"version {version} of {one_line(id)[-6:]}" for (id, version), one in versions.items() if one is None]
    return _Kept(
        {(id, version): document.encode() for id, version, document in records},
        {key: former for key, former in versions.items() if former is not None},
        tuple(deed for deed in deeds.values() if deed is not None),
        tuple(left_out),
    )


class _Version(msgspec.Struct):
    version: int = 1


_VERSION = msgspec.json.Decoder(_Version)


def _version_in(document: bytes) -> int:
    return _VERSION.decode(document).version


def _record_rows(kept: _Kept) -> Iterator[Mapping[str, object]]:
    saved: dict[tuple[str, int], Deed] = {
        (change.id, change.after): deed for deed in kept.deeds for change in deed.changes
    }
    for (id, version), document in kept.current.items():
        record = _read(document, id)
        deed = saved.get((id, version))
        yield {
            "id": id,
            "book": book_of(record),
            "kind": str(record.__struct_config__.tag),
            "version": version,
            "document": document.decode(),
            "saved_at": (deed.at if deed else record.made_at).isoformat(),
            "saved_in": deed.what if deed else "",
        }


def _former_rows(kept: _Kept) -> Iterator[Mapping[str, object]]:
    for (id, version), former in kept.former.items():
        yield {
            "id": id,
            "version": version,
            "document": bytes(former.record).decode(),
            "replaced_at": former.replaced_at.isoformat(),
            "replaced_by": former.replaced_by,
            "deed": former.deed,
        }


def _deed_rows(kept: _Kept) -> Iterator[Mapping[str, object]]:
    for deed in kept.deeds:
        yield {
            "id": deed.id,
            "at": deed.at.isoformat(),
            "by": deed.by,
            "what": deed.what,
            "undoes": deed.undoes,
            "changes": [{"id": each.id, "before": each.before, "after": each.after} for each in deed.changes],
        }
