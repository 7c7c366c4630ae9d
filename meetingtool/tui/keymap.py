"""Which keys can be given to what: every binding that has an id, and the reasons a key is refused."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import msgspec
from textual.binding import Binding
from textual.keys import REPLACED_KEYS, Keys, key_to_character

from meetingtool.errors import Refused
from meetingtool.rules import wording

HERE = Path(__file__).parent

MODIFIED = re.compile(r"((?:ctrl\+|alt\+)?(?:shift\+)?)(.+)")
"""A key as Textual calls it, with what is held down first: `w`, `W`, `ctrl+n`, `f5`, `shift+up`, `question_mark`."""

NAMED_KEYS = frozenset(str(key.value) for key in Keys if key.value[0].isalpha() and "+" not in key.value)
"""Keys that type no letter: arrows, f1 to f24, space, delete ..."""

EXAMPLES = "Give another one, such as w, ctrl+n, f5, shift+up or plus."

FIXED = {
    "tab": "goes on to the next field",
    "shift+tab": "goes back to the previous field",
    "escape": "goes back",
    "enter": "opens, or accepts what was typed",
    "backspace": "deletes a letter",
    "up": "moves in every list",
    "down": "moves in every list",
    "ctrl+c": "copies what is selected",
    "ctrl+q": "ends the app at once",
}
"""Keys that keep their meaning everywhere, except for what has them by default."""

SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}
"""Keys that a terminal can't tell from others."""

IN_LISTS = "list."
"""How the ids of the keys begin that move in every list: a deed that had one of them would never be heard there."""

ALWAYS = ("keys", "keys.anywhere", "undo.anywhere", "room.anywhere")
"""What has to work on every screen, so that no screen may take its key."""


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
    """The wanted keys (id -> keys, separated by commas) as they can be saved.

    Refused for an unknown id, for what isn't a key, and when two things on one screen would have the same key.
    """
    usual: dict[str, tuple[str, ...]] = {}
    for named in catalogue():
        usual[named.id] = (*usual.get(named.id, ()), *named.keys)
    clean: dict[str, str] = {}
    for id, keys in wishes.items():
        if id not in usual:
            shown = wording.shortened(id, 40)
            raise Refused(f"There is nothing called “{shown}” to give a key to.", "See `meetingtool settings keys`.")
        wanted = [key.strip() for key in keys.split(",") if key.strip()]
        wanted = [read_key(key, usual[id]) for key in wanted]
        if wanted:
            clean[id] = ",".join(wanted)
    _refuse_clashes(clean)
    return clean


def read_key(text: str, usual: Collection[str] = ()) -> str:
    """A key as it fires: `question_mark` for `?`. usual: the keys that it comes with, which it may always have.

    Refused for what isn't a key, for what no terminal sends, and for keys that keep their meaning everywhere.
    """
    typed = next(iter(Binding.make_bindings([Binding(text, "")]))).key
    if typed in usual:
        return typed
    fixed = SAME.get(typed, typed)
    if fixed in FIXED:
        same = "" if fixed == typed else f" (it is {fixed})"
        raise Refused(f"{typed}{same} {FIXED[fixed]}, everywhere.", EXAMPLES)
    found = MODIFIED.fullmatch(typed)
    held, name = (found[1], found[2]) if found else ("", typed)
    letter = key_to_character(REPLACED_KEYS.get(name, name))
    if held == "shift+" and letter is not None and name != "space":
        upper = letter.upper() if letter.isalpha() else "what Shift makes of it"
        raise Refused(f"{typed} never arrives: a terminal sends {upper} instead.", f"Write {upper}.")
    if held == "ctrl+shift+" and letter is not None:
        raise Refused(f"{typed} never arrives: most terminals send ctrl+{name} instead.", EXAMPLES)
    if held.startswith("ctrl+") and letter is not None and not (letter.isascii() and letter.isalpha()):
        raise Refused(f"{typed} never arrives from most terminals.", EXAMPLES)
    if name not in NAMED_KEYS and letter is None:
        raise Refused(f"“{wording.shortened(text, 20)}” isn't a key.", EXAMPLES)
    return typed


def _may_meet(named: Named) -> bool:
    """Whether it works where a list has the focus; what moves in other places under the same name does no harm."""
    return not named.id.startswith(IN_LISTS) and named.id.rpartition(".")[2] not in ("down", "up", "first", "last")


def _refuse_clashes(wishes: Mapping[str, str]) -> None:
    taken: dict[tuple[str, str], Named] = {}
    given = {named: wishes[named.id].split(",") if named.id in wishes else named.keys for named in catalogue()}
    always = {key: named for named, keys in given.items() if named.id in ALWAYS for key in keys}
    moves = {key: named for named, keys in given.items() if named.id.startswith(IN_LISTS) for key in keys}
    for named, keys in given.items():
        for key in keys:
            list_key = moves.get(key, named)
            if list_key.id != named.id and _may_meet(named) and (named.id in wishes or list_key.id in wishes):
                raise Refused(
                    f"{key} would be both {list_key.id}, in every list, and {named.id}.",
                    "Give another key, or change the other one too.",
                )
            if key in always and key not in named.keys and named.id != always[key].id:
                raise Refused(f"{key} belongs to {always[key].id}, on every screen.", "Give another key.")
            other = taken.setdefault((named.where, key), named)
            if other.id != named.id and (named.id in wishes or other.id in wishes):
                raise Refused(
                    f"{key} would mean both {other.id} and {named.id}.",
                    "Give another key, or change the other one too.",
                )
