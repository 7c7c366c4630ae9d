"""TOML files that people edit by hand: reading them so that every complaint names its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from meetingtool.errors import MeetingtoolError, Refused, Unclear
from meetingtool.rules import wording

_CURLY = "\u201c\u201d\u201e\u2018\u2019"
_STRAIGHT_QUOTES = 'Use straight quotes ("), not the curly ones that word processors make.'
_HOW_TO_WRITE = 'Put text between straight quotes, as in title = "Wins"; a quote inside it is written \\".'

_COMPLAINTS = (
    ("Cannot overwrite", "the key appears twice", "Keep one of the two."),
    ("']]'", "a bracket is missing", "A table begins with two brackets on each side, as in [[standard]]."),
    ("Unclosed array", "the list is never closed", 'Write it as ["one", "two"], with a comma between the texts.'),
    ("Unterminated string", "the text is never closed", "Close it with the same quotes it begins with."),
    ("Illegal character '\\n'", "the text has no closing quote", _HOW_TO_WRITE),
)
"""What tomllib says about slips in editing, what that means, and what to do."""

_SILENT = re.compile(
    r"""\#[^\n]* | \"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*'""",
    re.DOTALL | re.VERBOSE,
)
"""Comments and text: what may look like a table or a key without being one."""

_TABLES = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([\w-]+)\s*\]\s*$")
_KEY = re.compile(r"\s*([\w-]+)\s*[.=]")

Lines = dict[str, int]
"""The line of each key of a table, counted from 1; under "" that of the table itself."""


def _lines(text: str) -> list[tuple[str, Lines]]:
    """The tables of a TOML text in order, each with its name and lines; the first, nameless one is the file itself."""
    found: list[tuple[str, Lines]] = [("", {"": 1})]
    bare = _SILENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate(bare.split("\n"), start=1):
        if table := _TABLES.match(line):
            found[0][1].setdefault(table[1], number)
            found.append((table[1], {"": number}))
        elif table := _TABLE.match(line):
            found[0][1].setdefault(table[1], number)
            found.append(("", {"": number}))
        elif key := _KEY.match(line):
            found[-1][1].setdefault(key[1], number)
    return found


class TomlTable:
    """One table of a file, or the file's own keys. what: what to call it, such as "standard 2"."""

    def __init__(self, source: str, what: str, values: Mapping[str, object], lines: Lines) -> None:
        self.source = source
        self.what = what
        self.values = values
        self._lines = lines

    def line(self, key: str = "") -> int:
        """The line of a key, else that of the table, counted from 1."""
        return self._lines.get(key, self._lines[""])

    def refused(self, message: str, hint: str, key: str = "", *, unclear: bool = False) -> MeetingtoolError:
        """The error to raise: it puts the file, the line of `key` and the table before the message."""
        kind = Unclear if unclear else Refused
        return kind(f"{self.source}, line {self.line(key)}: {self.what} {message}", hint)

    def expect(self, examples: Mapping[str, str], optional: Sequence[str] = ()) -> None:
        """Refuse keys that are not among `examples` (key -> a line that shows it), and missing ones."""
        for key in self.values:
            if key not in examples:
                near = nearest(key, examples)
                guess = f"Did you mean {near}? " if near else ""
                raise self.refused(
                    f"has “{wording.shortened(key, 40)}”, which has no meaning here.",
                    f"{guess}Known here: {wording.listed(list(examples))}.",
                    key,
                    unclear=True,
                )
        for key, example in examples.items():
            if key not in self.values and key not in optional:
                raise self.refused(f"has no {key}.", f"Add a line such as: {example}")

    def text(self, key: str, example: str) -> str:
        """The text of a key on one line. Refused when it isn't text, or is blank."""
        value = self.values[key]
        if not isinstance(value, str):
            raise self.refused(f"has a {key} that is not text.", f"Write it between straight quotes: {example}", key)
        words = wording.one_line(value)
        if not words:
            raise self.refused(f"has an empty {key}.", f"Fill it in, for example: {example}", key)
        return words

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """The texts of a list, each on one line. Refused when it isn't a list of texts, is empty, or one is blank."""
        value = self.values[key]
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.refused(f"has a {key} that is not a list of texts.", f"Write it as: {example}", key)
        words = tuple(wording.one_line(entry) for entry in value)
        if not words or not all(words):
            raise self.refused(f"has an empty {key}, or an empty text in it.", f"Fill it in: {example}", key)
        return words

    def choice(self, key: str, example: str, options: Sequence[str]) -> str:
        """The text of a key, which must be one of `options`. Unclear otherwise."""
        word = self.text(key, example)
        if word not in options:
            near = nearest(word, options)
            guess = f"Did you mean “{near}”? " if near else ""
            raise self.refused(
                f"has the {key} “{wording.shortened(word, 40)}”, which is unknown.",
                f"{guess}Choose one of: {', '.join(options)}.",
                key,
                unclear=True,
            )
        return word

    def number(self, key: str) -> int | float | None:
        """The number of a key; None when it isn't one (true and false aren't)."""
        value = self.values[key]
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def nearest(word: str, options: Sequence[str] | Mapping[str, object]) -> str:
    """The option that `word` was probably meant to be, or empty."""
    import difflib  # only after a mistake, and slow to import

    return next(iter(difflib.get_close_matches(word.casefold(), list(options), n=1)), "")


def read_tables(
    text: str, source: str, name: str, examples: Mapping[str, str] | None = None
) -> tuple[TomlTable, list[TomlTable]]:
    """A TOML text as the file's own keys, which are those of `examples`, and its [[name]] tables in order.

    Refused or Unclear, with the line, where the text isn't TOML, has other keys or is missing one, or has `name` as
    something other than [[name]] tables. No table at all is allowed.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    values = _parsed(text, source)
    places = _lines(text)
    inner = values.pop(name, [])
    root = TomlTable(source, "the file", values, places[0][1])
    if not isinstance(inner, list) or not all(isinstance(entry, dict) for entry in inner):
        raise root.refused(
            f"has “{name}”, but not as [[{name}]].",
            f"Put [[{name}]], with two brackets on each side, on a line of its own above each {name}.",
            name,
        )
    root.expect({**(examples or {}), f"[[{name}]]": ""}, optional=(f"[[{name}]]",))
    heads = [lines for table, lines in places if table == name]
    if len(heads) != len(inner):
        heads = [{"": root.line(name)}] * len(inner)
    tables = [
        TomlTable(source, f"{name} {number}", entry, lines)
        for number, (entry, lines) in enumerate(zip(inner, heads, strict=True), start=1)
    ]
    return root, tables


def _parsed(text: str, source: str) -> dict[str, Any]:
    import tomllib  # most commands don't need it

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(str(error), text, source) from None


def _unreadable(error: str, text: str, source: str) -> Refused:
    """What a complaint of tomllib means to a person; those without a place are about depth and length."""
    complaint, _, place = error.rpartition(" (at ")
    if not complaint:
        return Refused(
            f"{source} can't be read: its brackets are nested too deeply or a number is too long.", _HOW_TO_WRITE
        )
    line = _line_of(place, text)
    rest = _SILENT.sub("", text.split("\n")[line - 1])
    if any(quote in rest for quote in _CURLY):
        meaning, remedy = complaint, _STRAIGHT_QUOTES
    else:
        known = (known for part, *known in _COMPLAINTS if part in complaint)
        meaning, remedy = next(known, (complaint, _HOW_TO_WRITE))
    return Refused(f"{source}, line {line}: this can't be read ({wording.shortened(meaning, 80)}).", remedy)


def _line_of(place: str, text: str) -> int:
    """The line that a complaint of tomllib is about; for text that never ends, where it begins."""
    if named := re.match(r"line (\d+)", place):
        return int(named[1])
    opened = max(text.rfind('"""'), text.rfind("'''"))
    return text.count("\n", 0, opened if opened >= 0 else len(text.rstrip("\n"))) + 1
