"""Which keys can be given to what: every binding that has an id, and what stands against a wish."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import msgspec
from textual.binding import Binding

from meetingtool.errors import Refused
from meetingtool.rules import wording

HERE = Path(__file__).parent

KEY = re.compile(r"(?:(?:ctrl|shift|alt|super)\+)*(?:[a-z_]{2,}\d?|f\d{1,2}|[^\s,+])")
"""A key as Textual calls it: `w`, `W`, `ctrl+n`, `f5`, `shift+up`, `question_mark`."""


class Named(msgspec.Struct, frozen=True):
    """A binding that can be given another key. where: the class it belongs to; keys: those it comes with."""

    id: str
    keys: tuple[str, ...]
    name: str
    does: str
    where: str


@cache
def catalogue() -> tuple[Named, ...]:
    """Every binding with an id, those of the whole app first."""
    found: dict[tuple[str, str], Named] = {}
    for owner, binding in _bindings():
        keys = tuple(key.strip() for key in binding.key.split(","))
        known = found.get((binding.id or "", owner))
        if known is not None:
            keys = (*known.keys, *keys)
        found[binding.id or "", owner] = Named(binding.id or "", keys, binding.description, binding.tooltip, owner)
    return tuple(sorted(found.values(), key=lambda named: (named.where != "MeetingtoolApp", named.id)))


def _bindings() -> Iterator[tuple[str, Binding]]:
    """The bindings that have an id, with the class that has them."""
    for found in pkgutil.walk_packages([str(HERE)], "meetingtool.tui."):
        for name, kind in inspect.getmembers(import_module(found.name), inspect.isclass):
            if kind.__module__ == found.name:
                for binding in vars(kind).get("BINDINGS", ()):
                    if isinstance(binding, Binding) and binding.id:
                        yield name, binding


def checked(wishes: Mapping[str, str]) -> dict[str, str]:
    """The wishes (id -> keys, parted by commas) as they can be kept.

    Refused for an id that there is none of, for what is no key, and when two things on one screen would have the
    same key.
    """
    known = {named.id for named in catalogue()}
    clean: dict[str, str] = {}
    for id, keys in wishes.items():
        if id not in known:
            shown = wording.shortened(id, 40)
            raise Refused(f"There is nothing “{shown}” to give a key to.", "See `meetingtool settings keys`.")
        wanted = [key.strip() for key in keys.split(",") if key.strip()]
        for key in wanted:
            if not KEY.fullmatch(key):
                raise Refused(
                    f"“{wording.shortened(key, 20)}” is no key.", "Write it as w, ctrl+n, f5, shift+up or plus."
                )
        if wanted:
            clean[id] = ",".join(wanted)
    _refuse_clashes(clean)
    return clean


def _refuse_clashes(wishes: Mapping[str, str]) -> None:
    taken: dict[tuple[str, str], Named] = {}
    for named in catalogue():
        keys = wishes[named.id].split(",") if named.id in wishes else named.keys
        for key in keys:
            other = taken.setdefault((named.where, key), named)
            if other.id != named.id and (named.id in wishes or other.id in wishes):
                raise Refused(
                    f"{key} would be both {other.id} and {named.id}.", "Give another key, or change the other one too."
                )
