"""Bringing together what two people changed in one record at the same time, field by field."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class MergedFields(msgspec.Struct, frozen=True):
    """values: what each field has now. clashes: fields that both changed, each in another way; mine is kept."""

    values: dict[str, str]
    clashes: tuple[str, ...]


def merged_fields(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> MergedFields:
    """Mine where I changed something, theirs elsewhere. base: the fields as they were before both."""
    values = {name: theirs[name] if text == base[name] else text for name, text in mine.items()}
    clashes = tuple(name for name, text in values.items() if theirs[name] != base[name] and text != theirs[name])
    return MergedFields(values, clashes)
