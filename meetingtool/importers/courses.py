"""The courses that come with the product, as TOML that a manager can read and change."""

from __future__ import annotations

from typing import cast, get_args

import msgspec

from meetingtool.importers.toml_tables import TomlTable, read_tables
from meetingtool.records.training import CourseKind

_COURSE = {
    "title": 'title = "When somebody complains"',
    "kind": 'kind = "role-play"',
    "standards": 'standards = ["put-right", "listen"]',
    "first_after_days": "first_after_days = 30",
    "again_after_months": "again_after_months = 6",
    "minutes": "minutes = 30",
    "material": 'material = "Hear it out. Say sorry once."',
    "scenarios": 'scenarios = ["The third call about the music"]',
}


class StarterCourse(msgspec.Struct, frozen=True, kw_only=True):
    """A course; the fields mean what they mean in the record. scenarios: titles of role-plays."""

    title: str
    kind: CourseKind
    standards: tuple[str, ...]
    first_after_days: int
    again_after_months: int
    minutes: int
    material: str
    scenarios: tuple[str, ...]


def read_courses(text: str, source: str) -> tuple[StarterCourse, ...]:
    """The [[course]] tables; none is allowed. Refused or Unclear with the line, as in `importers.starter`."""
    _, tables = read_tables(text, source, "course")
    return tuple(_course(table) for table in tables)


def _course(table: TomlTable) -> StarterCourse:
    table.expect(_COURSE)
    return StarterCourse(
        title=table.text("title", _COURSE["title"]),
        kind=cast("CourseKind", table.choice("kind", _COURSE["kind"], get_args(CourseKind))),
        standards=table.texts("standards", _COURSE["standards"]),
        first_after_days=_count(table, "first_after_days"),
        again_after_months=_count(table, "again_after_months"),
        minutes=_count(table, "minutes"),
        material=table.text("material", _COURSE["material"]),
        scenarios=table.texts("scenarios", _COURSE["scenarios"]),
    )


def _count(table: TomlTable, key: str) -> int:
    number = table.number(key)
    if not isinstance(number, int) or not 0 <= number <= 3650:
        raise table.refused(f"needs a whole number as {key}.", f"Write it as: {_COURSE[key]}", key)
    return number
