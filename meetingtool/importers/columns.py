"""Which column of a table holds what, told from the column names or said by a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import msgspec

from meetingtool.errors import Refused
from meetingtool.rules.folding import fold
from meetingtool.rules.wording import count, listed, one_line, shortened

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NUMBER_SIGN = re.compile(r"[#№]|\bn[°º]")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
_WHOSE = frozenset(
    {
        *("employee", "employees", "emp", "staff", "worker", "agent", "associate", "colleague", "person", "personal"),
        *("current", "official", "legal", "the", "of"),
    }
)
"""Words that only say that a column is about a person, as in "Employee Status"."""
_COLUMNS_SHOWN = 15
_HEADER_SHOWN = 40


class Field(msgspec.Struct, frozen=True):
    """Something that a column can hold.

    key: as programs call it. spoken: as people do. headers: names that columns holding it have,
    the surest first, without blanks, signs, case and accents.
    """

    key: str
    spoken: str
    headers: tuple[str, ...]


class Mapped(msgspec.Struct, frozen=True):
    """A column in use: its name in the file, and what it was taken for."""

    header: str
    spoken: str


class Columns(msgspec.Struct, frozen=True):
    """Where each field stands, by its key, in every row of a table with this header. chosen: keys not guessed."""

    header: tuple[str, ...]
    fields: tuple[Field, ...]
    where: dict[str, int]
    chosen: frozenset[str] = frozenset()

    def __contains__(self, key: str) -> bool:
        return key in self.where

    def cell(self, row: Sequence[str], key: str) -> str:
        """The cell of a field in a row; empty where the table has no such column."""
        index = self.where.get(key)
        return "" if index is None else row[index]

    def name(self, key: str) -> str:
        """The name in the file of the column of a field, in quotation marks."""
        return f"“{shown(self.header[self.where[key]])}”"

    def without(self, *keys: str) -> Columns:
        """The same, with the columns of `keys` not used."""
        where = {key: index for key, index in self.where.items() if key not in keys}
        return msgspec.structs.replace(self, where=where)

    def renamed(self, key: str, other: str) -> Columns:
        """The same, with the column of the field `key` taken for the field `other`."""
        where = {other if field == key else field: index for field, index in self.where.items()}
        return msgspec.structs.replace(self, where=where)

    def is_named(self, key: str, names: Collection[str]) -> bool:
        """Whether the column of a field has one of these names."""
        return key in self.where and any(form in names for form in _forms(self.header[self.where[key]]))

    @property
    def mapped(self) -> tuple[Mapped, ...]:
        """The columns in use, from left to right."""
        spoken = {field.key: field.spoken for field in self.fields}
        places = sorted(self.where.items(), key=lambda item: item[1])
        return tuple(Mapped(shown(self.header[index]), spoken[key]) for key, index in places)

    @property
    def unused(self) -> tuple[str, ...]:
        """The names of the columns that are not used."""
        used = set(self.where.values())
        return tuple(shown(cell) for index, cell in enumerate(self.header) if cell and index not in used)

    @property
    def in_words(self) -> str:
        """`Employee_Name -> name, DateofHire -> start date, 31 columns not used`."""
        told = [f"{column.header} -> {column.spoken}" for column in self.mapped]
        if self.unused:
            told.append(f"{count(len(self.unused), 'column')} not used")
        return ", ".join(told)


def find_columns(header: Sequence[str], fields: Sequence[Field], chosen: Mapping[str, str]) -> Columns:
    """The columns of `header`, guessed by their names; `chosen` says, by field, which column it is ("": none).

    Refused where `chosen` speaks of a field or a column that there is not.
    """
    said = {_field(word, fields).key: _place(column, header) for word, column in chosen.items()}
    where = {key: index for key, index in said.items() if index is not None}
    forms = [_forms(cell) for cell in header]
    taken = set(where.values())
    for field in fields:
        if field.key in said:
            continue
        fits = [
            (fit, index)
            for index, names in enumerate(forms)
            if index not in taken and (fit := _fit(names, field.headers)) is not None
        ]
        if fits:
            where[field.key] = min(fits)[1]
            taken.add(where[field.key])
    return Columns(tuple(header), tuple(fields), where, frozenset(said))


def columns_there_are(header: Sequence[str]) -> str:
    """The column names in words, for a person to choose from."""
    names = [shown(cell) for cell in header if cell]
    if len(names) > _COLUMNS_SHOWN:
        names = [*names[:_COLUMNS_SHOWN], f"{len(names) - _COLUMNS_SHOWN} more"]
    return listed(names)


def shown(header: str) -> str:
    """A column name as it may stand in a message."""
    return shortened(header, _HEADER_SHOWN)


def _fit(names: Sequence[str], headers: Sequence[str]) -> tuple[int, int] | None:
    """How surely a column with these forms of its name is meant; the lower the surer."""
    for form, name in enumerate(names):
        if name in headers:
            return form, headers.index(name)
    return None


def _forms(header: str) -> tuple[str, ...]:
    """The name as it is, without what stands in brackets, and without the words that say whose it is."""
    numbered = _NUMBER_SIGN.sub(" number ", header)
    bare = _ASIDE.sub(" ", numbered)
    words = [fold(word) for word in _WORD.findall(bare.replace("'", "").replace("’", ""))]
    rest = "".join(word for word in words if word not in _WHOSE)
    return tuple(form for form in (_squeezed(numbered), _squeezed(bare), rest) if form)


def _squeezed(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _field(word: str, fields: Sequence[Field]) -> Field:
    wanted = _squeezed(word)
    for field in fields:
        if wanted in (field.key, _squeezed(field.spoken), *field.headers):
            return field
    raise Refused(
        f"“{shown(word)}” is nothing that a column can hold here.",
        f"There are {listed([field.spoken for field in fields])}.",
    )


def _place(column: str, header: Sequence[str]) -> int | None:
    wanted = column.strip()
    if not wanted:
        return None
    for alike in (str, fold, _squeezed):
        found = [index for index, cell in enumerate(header) if cell and alike(cell) == alike(wanted)]
        if found:
            return found[0]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(header):
        return int(wanted) - 1
    raise Refused(f"There is no column “{one_line(shown(column))}”.", f"The columns are {columns_there_are(header)}.")
