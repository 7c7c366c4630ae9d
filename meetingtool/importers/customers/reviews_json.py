"""Reviews and answers as JSON: what Google hands out with Takeout, and any list of objects."""

from __future__ import annotations

from typing import Any

import msgspec

from meetingtool.errors import Refused
from meetingtool.rules.wording import one_line

_DEEPEST = 4


def rows_of_json(text: str, called: str) -> list[list[str]]:
    """A header and a row per object: of the longest list of objects in the text, or of objects line by line.

    Objects within become columns of their own, such as `reviewer.displayName`.
    """
    objects = _objects(text, called)
    flat = [_flat(one) for one in objects]
    header = list(dict.fromkeys(key for one in flat for key in one))
    if not header:
        raise Refused(f"{called} has no list of answers in it.", "Save it as CSV, or export it again.")
    return [header, *([one.get(key, "") for key in header] for one in flat)]


def _objects(text: str, called: str) -> list[dict[str, Any]]:
    try:
        return _longest(msgspec.json.decode(text), _DEEPEST)
    except msgspec.DecodeError:
        pass
    try:
        lines = [msgspec.json.decode(line) for line in text.splitlines() if line.strip()]
    except msgspec.DecodeError:
        raise Refused(
            f"{one_line(called)} is JSON that can't be read.", "Export it again, or save it as CSV."
        ) from None
    return [line for line in lines if isinstance(line, dict)]


def _longest(value: Any, depth: int) -> list[dict[str, Any]]:
    """The longest list of objects in it."""
    if isinstance(value, list):
        objects = [one for one in value if isinstance(one, dict)]
        if objects:
            return objects
    if depth and isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return max((_longest(one, depth - 1) for one in inner), key=len, default=[])
    return []


def _flat(value: dict[str, Any], start: str = "", depth: int = _DEEPEST) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, one in value.items():
        name = f"{start}{key}"
        if isinstance(one, dict) and depth:
            flat |= _flat(one, f"{name}.", depth - 1)
        elif isinstance(one, list):
            flat[name] = ", ".join(str(each) for each in one if not isinstance(each, dict | list))
        elif one is not None:
            flat[name] = {True: "true", False: "false"}.get(one, str(one)) if isinstance(one, bool) else str(one)
    return flat
