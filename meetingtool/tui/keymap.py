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
from textual.app import App
from textual.binding import Binding
from textual.keys import REPLACED_KEYS, Keys, format_key, key_to_character
from textual.screen import ModalScreen, Screen

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
"""How the ids of keys that move in every list begin: a deed with one of these keys would never be reached there."""

ALWAYS = ("keys", "keys.anywhere", "undo.anywhere", "room.anywhere")
"""What has to work on every screen, so that no screen may take its key."""


APP, MODE, PAGE, PART = "app", "mode", "page", "part"
"""What has a binding: the whole app, one of its modes, a page that lies over a mode, or a part of either."""


class NamedBinding(msgspec.Struct, frozen=True):
    """A binding that can be given another key. where: the class it belongs to, as what, and in which room of the
    package; keys: those it comes with."""

    id: str
    keys: tuple[str, ...]
    name: str
    does: str
    where: str
    stands: str = PART
    room: str = ""

    @property
    def place(self) -> str:
        """Where it works, in words: `due page`, or `everywhere`."""
        if self.stands == APP:
            return "everywhere"
        return " ".join(re.findall("[A-Z][a-z]*", self.where)).lower().removesuffix(" screen")


@cache
def catalogue() -> tuple[NamedBinding, ...]:
    """Every binding with an id, those of the whole app first."""
    found: dict[tuple[str, str], NamedBinding] = {}
    for kind, binding in _bindings():
        owner = kind.__name__
        keys = tuple(key.strip() for key in binding.key.split(","))
        known = found.get((binding.id or "", owner))
        if known is not None:
            keys = (*known.keys, *keys)
        found[binding.id or "", owner] = NamedBinding(
            binding.id or "",
            keys,
            binding.description,
            binding.tooltip,
            owner,
            _stands(kind),
            kind.__module__.rpartition(".")[0],
        )
    return tuple(sorted(found.values(), key=lambda named: (named.where != "MeetingtoolApp", named.id)))


@cache
def choosable() -> tuple[NamedBinding, ...]:
    """What a person can give another key, each once: what is bound in several places has one key in all of them."""
    once: dict[str, NamedBinding] = {}
    for named in catalogue():
        if named.name:
            once.setdefault(named.id, named)
    return tuple(once.values())


def _stands(kind: type) -> str:
    stands = ((App, APP), (ModalScreen, PAGE), (Screen, MODE))
    return next((name for base, name in stands if issubclass(kind, base)), PART)


def _bindings() -> Iterator[tuple[type, Binding]]:
    """The bindings that have an id, with the class that has them."""
    for found in pkgutil.walk_packages([str(HERE)], "meetingtool.tui."):
        for _, kind in inspect.getmembers(import_module(found.name), inspect.isclass):
            if kind.__module__ == found.name:
                for binding in vars(kind).get("BINDINGS", ()):
                    if isinstance(binding, Binding) and binding.id:
                        yield kind, binding


def checked(wishes: Mapping[str, str]) -> dict[str, str]:
    """The wanted keys (id -> keys, separated by commas) as they can be saved.

    Refused for an unknown id, for what isn't a key, and when two things on one screen would have the same key.
    """
    usual: dict[str, tuple[str, ...]] = {}
    for named in catalogue():
        usual[named.id] = (*usual.get(named.id, ()), *named.keys)
    clean: dict[str, str] = {}
    for wished, keys in wishes.items():
        id = "undo" if wished.endswith(".undo") else wished  # once each page had a name of its own for it
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


def _may_meet(named: NamedBinding) -> bool:
    """Whether it works where a list has the focus; something that moves elsewhere under the same name does no harm."""
    return not named.id.startswith(IN_LISTS) and named.id.rpartition(".")[2] not in ("down", "up", "first", "last")


def _meet(one: NamedBinding, other: NamedBinding) -> bool:
    """Whether both can work in one place: a page takes all keys to itself, a mode shares them with what is in it."""
    if one.where == other.where:
        return True
    stand = {one.stands, other.stands}
    if APP in stand:
        return PAGE not in stand
    return stand == {MODE, PART} and one.room == other.room


def shown_key(key: str) -> str:
    """A key as it is printed on the keyboard: `?` for `question_mark`, `esc` for `escape`."""
    *held, name = key.split("+")
    return "+".join([*held, format_key(name)])


def _refuse_clashes(wishes: Mapping[str, str]) -> None:
    """Refuse a wanted key that does something else where the wanted action works; the default keys never clash."""
    given = {named: wishes[named.id].split(",") if named.id in wishes else named.keys for named in catalogue()}
    having: dict[str, list[NamedBinding]] = {}
    for named, keys in given.items():
        for key in keys:
            having.setdefault(key, []).append(named)
    for key, all_named in having.items():
        for named in all_named:
            for other in all_named if named.id in wishes else ():
                if other.id != named.id and not (key in named.keys and key in other.keys):
                    _refuse_clash(key, named, other)


def _refuse_clash(key: str, wished: NamedBinding, other: NamedBinding) -> None:
    """Refuse a key for the wanted action where another has it already, if both can work in one place."""
    wished_moves, moves = (named.id.startswith(IN_LISTS) for named in (wished, other))
    where = ""
    if moves != wished_moves and _may_meet(wished if moves else other):
        where = ", in every list" if moves else ""
    elif other.id in ALWAYS:
        where = ", on every screen"
    elif not _meet(wished, other):
        return
    does = f" ({other.does})" if other.does and other.does != other.name else ""
    raise Refused(
        f"{shown_key(key)} is “{other.name}” already{where}{does}.",
        f"Give “{wished.name}”{', in every list,' if wished_moves else ''} another key, or change that one too.",
    )
