"""People and standards as the tests of rating files have them."""

from __future__ import annotations

from datetime import UTC, datetime

from meetingtool.records.people import Person
from meetingtool.records.standards import Standard

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def person(handle: str, name: str, **more: object) -> Person:
    return Person(id=f"P-{handle}", at=NOW, made_at=NOW, made_by="t", handle=handle, name=name, **more)  # type: ignore[arg-type]


def standard(tag: str, title: str, **more: object) -> Standard:
    return Standard(
        id=f"S-{tag}",
        at=NOW,
        made_at=NOW,
        made_by="t",
        tag=tag,
        title=title,
        behaviour="b",
        anchors=("1", "2", "3", "4", "5"),
        **more,  # type: ignore[arg-type]
    )
