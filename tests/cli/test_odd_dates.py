"""Records dated where nobody lives, as by a slip of the hand in a file, keep no command from its work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click
import msgspec
import pytest

from meetingtool.cli.entry import meetingtool_command
from meetingtool.records.base import Record, mint
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.team import Settings
from meetingtool.store import Workspace
from tests.test_kinds import EXAMPLES

FIRST, OLD, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(1899, 6, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
LEAST_COMMANDS = 70
WITH_MORE = (
    ("history", "--limit", "0"),
    ("history", "is:promise"),
    ("agenda", "--on", "2026-12-01"),
    ("score", "@maria", "--why"),
    ("score", "--year", "2"),
    ("score", "--year", "9998"),
    ("evaluation", "show", "@maria"),
    ("team", "show", "@maria"),
    ("insight", "person", "@maria"),
)


def commands(command: click.Command, path: tuple[str, ...], context: click.Context) -> Iterator[tuple[str, ...]]:
    """Every command that can be called without saying more."""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and name not in ("init", "demo", "server"):
                yield from commands(found, (*path, name), context)
    elif not any(parameter.required for parameter in command.params):
        yield path


def dated(kind: type[Record], when: datetime, *, parts: bool) -> dict[str, Any]:
    """The fields of a kind that are a day or a moment, at `when`. parts: not only the one of the record itself."""
    found: dict[str, Any] = {"at": when}
    for field in msgspec.structs.fields(kind) if parts else ():
        told = str(field.type)
        if field.name not in ("made_at", "removed_at") and "tuple" not in told and "datetime." in told:
            found[field.name] = when if "datetime.datetime" in told else when.date()
    return found


def save_every_kind(workspace: Workspace, now: datetime, when: datetime, *, parts: bool) -> None:
    """Save a record of every kind that is dated at `when`."""
    ids = {"who": workspace.find(Person)[0].id, "what": workspace.find(Standard)[0].id}
    for kind, given in EXAMPLES.items():
        fields = {name: _known(value, ids) for name, value in given.items()} | dated(kind, when, parts=parts)
        if kind is Settings:
            current = workspace.find(Settings)[0]
            record: Record = msgspec.structs.replace(current, version=current.version + 1, **fields)
        else:
            record = kind(id=mint(now), made_at=now, made_by="pat", **fields)
        workspace.save(record, deed="record.salvaged", now=now)


@pytest.mark.parametrize("when", [FIRST, OLD, LAST], ids=["first", "old", "last"])
@pytest.mark.parametrize("parts", [False, True], ids=["record", "parts"])
def test_no_date_of_any_kind_of_record_stops_a_command(
    cli: Any, workspace: Workspace, now: datetime, when: datetime, parts: bool
) -> None:
    save_every_kind(workspace, now, when, parts=parts)
    workspace.close()
    called = [*commands(meetingtool_command, (), click.Context(meetingtool_command)), *WITH_MORE]
    assert len(called) >= LEAST_COMMANDS
    results = [cli(*path, code=None) for path in called]
    assert sum(bool(result.out or result.err) for result in results) >= LEAST_COMMANDS


def _known(value: Any, ids: dict[str, str]) -> Any:
    """The value with the people and standards of the workspace for those of the example."""
    if isinstance(value, tuple):
        return tuple(_known(each, ids) for each in value)
    return ids.get(value, value) if isinstance(value, str) else value
