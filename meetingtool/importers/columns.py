"""Which column of a table holds what, recognised by its name or given by a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import msgspec

from meetingtool.errors import Refused
from meetingtool.rules.folding import fold
from meetingtool.rules.wording import listed, one_line, shortened

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NUMBER_SIGN = re.compile(r"[#№]|\b[nN][°º]")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
WHOSE = frozenset(
    {
        *("employee", "employees", "emp", "ee", "staff", "worker", "agent", "associate", "colleague", "person"),
        *("personal", "current", "official", "legal", "the", "of", "primary", "salarie", "empleado", "mitarbeiter"),
    }
)
"""Words that only say that a column is about a person, as in "Employee Status"."""
_WHERE_FROM = WHOSE | {
    *("name", "names", "info", "information", "data", "details", "employment", "job", "work", "basic", "hr", "core"),
    *("payroll", "contact", "profile", "general", "main", "position", "record", "user"),
}
"""Words of a first part that leave the meaning to the last one, as in "Legal Name - First Name" or "Job: Title"."""
_PARTS = re.compile(r"\s[-–—]\s|[:>/|.\n]+|__")
_OTHER_TONGUE = re.compile(r"[/|\n]")
SEVERAL = "\x1f"
"""Separates the columns of a field where a person named several."""
_COLUMNS_SHOWN = 15
_LONGEST_HEADER = 80
_HEADER_SHOWN = 40


class Field(msgspec.Struct, frozen=True):
    """Something that a column can hold.

    key: as programs call it. spoken: as people do. headers: the names of columns that hold it, the surest first,
    without blanks, signs, case and accents. needed: a table is useless without one of these. many: several columns can
    hold it, and all of them are used.
    """

    key: str
    spoken: str
    headers: tuple[str, ...]
    needed: bool = False
    many: bool = False


class Mapped(msgspec.Struct, frozen=True):
    """A column in use: its name in the file, and what it was read as."""

    header: str
    spoken: str


class Columns(msgspec.Struct, frozen=True):
    """In which column each field is, by its key, in a table with this header.

    also: further columns of fields that many columns can hold. chosen: keys not guessed.
    """

    header: tuple[str, ...]
    fields: tuple[Field, ...]
    where: dict[str, int]
    also: dict[str, tuple[int, ...]] = {}
    chosen: frozenset[str] = frozenset()

    def __contains__(self, key: str) -> bool:
        return key in self.where

    def cell(self, row: Sequence[str], key: str) -> str:
        """The cell of a field in a row (of several, the first filled one); empty where there is no such column."""
        places = self.places(key)
        return next((row[place] for place in places if row[place]), row[places[0]] if places else "")

    def places(self, key: str) -> tuple[int, ...]:
        """All columns of a field."""
        return (self.where[key], *self.also.get(key, ())) if key in self.where else ()

    def name(self, key: str) -> str:
        """The name in the file of the column of a field, in quotation marks."""
        return f"“{shown(self.header[self.where[key]])}”"

    def without(self, *keys: str) -> Columns:
        """The same, with the columns of `keys` not used."""
        where = {key: index for key, index in self.where.items() if key not in keys}
        return msgspec.structs.replace(self, where=where)

    def renamed(self, key: str, other: str) -> Columns:
        """The same, with the column of the field `key` read as the field `other`."""
        where = {other if field == key else field: index for field, index in self.where.items()}
        return msgspec.structs.replace(self, where=where)

    def without_place(self, key: str, place: int) -> Columns:
        """The same, with one of the columns of a field not used."""
        rest = tuple(each for each in self.places(key) if each != place)
        if not rest:
            return self.without(key)
        return msgspec.structs.replace(self, where={**self.where, key: rest[0]}, also={**self.also, key: rest[1:]})

    def with_place(self, key: str, place: int) -> Columns:
        """The same, with one more column of a field."""
        if key not in self.where:
            return msgspec.structs.replace(self, where={**self.where, key: place})
        return msgspec.structs.replace(self, also={**self.also, key: (*self.also.get(key, ()), place)})

    def next_best(self, key: str) -> Columns:
        """The same, with the field in the column whose name fits second best; without the field where there is none."""
        field = next(field for field in self.fields if field.key == key)
        rest = list(self.header)
        for used in {place for each in self.where for place in self.places(each)}:
            rest[used] = ""
        left = self.without(key)
        return msgspec.structs.replace(left, where={**left.where, **find_columns(rest, [field], {}).where})

    def is_named(self, place: int, names: Collection[str]) -> bool:
        """Whether a column has one of these names."""
        return any(form in names for form in _forms(self.header[place]))

    def is_just(self, place: int, names: Collection[str]) -> bool:
        """Whether a column has just one of these names and nothing else: "No.", but not "Employee No."."""
        return _forms(_ASIDE.sub(" ", self.header[place]))[:1] in [(name,) for name in names]

    @property
    def mapped(self) -> tuple[Mapped, ...]:
        """The columns in use, from left to right."""
        spoken = {field.key: field.spoken for field in self.fields}
        places = sorted((index, key) for key in self.where for index in self.places(key))
        return tuple(Mapped(shown(self.header[index]), spoken[key]) for index, key in places)

    @property
    def unused(self) -> tuple[str, ...]:
        """The names of the columns that are not used."""
        used = {index for key in self.where for index in self.places(key)}
        return tuple(shown(cell) for index, cell in enumerate(self.header) if cell and index not in used)

    def nameless(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """A note on the columns that are not used and hold something, though they have no name."""
        used = {index for key in self.where for index in self.places(key)}
        found = [at for at, cell in enumerate(self.header) if not cell and at not in used and any(r[at] for r in rows)]
        which = listed([f"{at + 1}" for at in found])
        told = f"Column {which} has no name" if len(found) == 1 else f"Columns {which} have no names"
        return [f"{told}; not used."] if found else []

    @property
    def in_words(self) -> str:
        """`Employee_Name -> name, DateofHire -> start date, not used: Sex and Desk`."""
        return self.told({})

    def told(self, besides: Mapping[int, str]) -> str:
        """`in_words` of these and of other columns, given by place with what they are read as."""
        told = [f"{column.header} -> {column.spoken}" for column in self.mapped]
        told += [f"{shown(self.header[place])} -> {spoken}" for place, spoken in besides.items()]
        read = {shown(self.header[place]) for place in besides}
        unused = [name for name in self.unused if name not in read]
        return ", ".join([*told, *([f"not used: {columns_there_are(unused)}"] if unused else [])])


def find_columns(header: Sequence[str], fields: Sequence[Field], chosen: Mapping[str, str]) -> Columns:
    """The columns of `header`, guessed by their names; `chosen` says, by field, which column it is ("": none), or which
    several with `SEVERAL` between them, where the field can have many.

    Refused where `chosen` names a field or a column that doesn't exist.
    """
    said = {_field(word, fields): _places_said(column, header) for word, column in chosen.items()}
    where = {field.key: places[0] for field, places in said.items() if places}
    further = {field.key: places[1:] for field, places in said.items() if field.many and places[1:]}
    forms = [_forms(cell) for cell in header]
    taken = {*where.values(), *(place for places in further.values() for place in places)}
    for field in fields:
        if field in said:
            continue
        fits = [
            (fit, index)
            for index, names in enumerate(forms)
            if index not in taken and (fit := _fit(names, field.headers)) is not None
        ]
        if fits:
            where[field.key] = min(fits)[1]
            taken.add(where[field.key])
    also = {field.key: _further(field, forms, taken) for field in fields if field.many and field not in said}
    return Columns(tuple(header), tuple(fields), where, also | further, frozenset(field.key for field in said))


def _further(field: Field, forms: Sequence[Sequence[str]], taken: set[int]) -> tuple[int, ...]:
    return tuple(i for i, names in enumerate(forms) if i not in taken and _fit(names, field.headers) is not None)


def known_columns(cells: Sequence[str], fields: Sequence[Field], chosen: Mapping[str, str]) -> tuple[int, bool, int]:
    """How surely `cells` are a header, to be compared: how many given columns are there, whether a needed one is, and
    how many fields are known.
    """
    said = sum(1 for column in said_columns(chosen) if not column.isdecimal() and _places(column, cells))
    forms = [_forms(cell) for cell in cells if len(cell) <= _LONGEST_HEADER]
    found = [field for field in fields if any(_fit(names, field.headers) is not None for names in forms)]
    named = min(len(found), sum(any(_fit(names, field.headers) for field in fields) for names in forms))
    return said, any(field.needed for field in found), named


def said_columns(chosen: Mapping[str, str]) -> list[str]:
    """The columns that a person named, one by one."""
    return [column.strip() for columns in chosen.values() for column in columns.split(SEVERAL) if column.strip()]


def names_columns(cells: Sequence[str], header: Sequence[str], fields: Sequence[Field]) -> bool:
    """Whether a row below `header` names its columns again in other words: `First Name` below `FIRSTNAME`. It takes two
    such names, one of them in a column that a table can't do without.
    """
    alike = [
        field
        for cell, above in zip(cells, header, strict=False)
        for field in fields
        if cell and _fit(_forms(above), field.headers) is not None and _fit(_forms(cell), field.headers) is not None
    ]
    return len(alike) > 1 and any(field.needed for field in alike)


def columns_there_are(header: Sequence[str]) -> str:
    """The column names in words, for a person to choose from."""
    names = [shown(cell) for cell in header if cell]
    if len(names) > _COLUMNS_SHOWN:
        names = [*names[:_COLUMNS_SHOWN], f"{len(names) - _COLUMNS_SHOWN} more"]
    return listed(names)


def shown(header: str) -> str:
    """A column name as it may be shown in a message."""
    return shortened(header, _HEADER_SHOWN)


def _fit(names: Sequence[str], headers: Sequence[str]) -> tuple[int, int] | None:
    """How surely a column with these forms of its name is meant; the lower the surer."""
    for form, name in enumerate(names):
        if name in headers:
            return form, headers.index(name)
    return None


def _forms(header: str) -> tuple[str, ...]:
    """The name as it is, without what is in brackets, without the words that say whose it is, and its last part where
    those before it add nothing; each part of a name in two languages by itself.
    """
    numbered = _NUMBER_SIGN.sub(" number ", header)
    bare = _ASIDE.sub(" ", numbered)
    rest = "".join(word for word in words_of(bare) if word not in WHOSE)
    forms = [_squeezed(numbered), _squeezed(bare), rest]
    *first, last = _PARTS.split(bare.strip(" .:"))
    if first and all(word in _WHERE_FROM for part in first for word in words_of(part)):
        forms.append(_squeezed(last))
    if _OTHER_TONGUE.search(bare):
        forms += map(_squeezed, _OTHER_TONGUE.split(bare))
    return tuple(dict.fromkeys(form for form in forms if form))


def words_of(text: str) -> list[str]:
    """The words of a column name, folded: `Manager_Rating`, `ManagerRating` and `Manager rating` have the same two."""
    return [fold(word) for word in _WORD.findall(text.replace("'", "").replace("’", ""))]


def _squeezed(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _field(word: str, fields: Sequence[Field]) -> Field:
    wanted = _squeezed(word)
    for field in fields:
        if wanted in (field.key, _squeezed(field.spoken), *field.headers):
            return field
    raise Refused(
        f"No column here can hold “{shown(word)}”.",
        f"There are {listed([field.spoken for field in fields])}.",
    )


def _places_said(columns: str, header: Sequence[str]) -> tuple[int, ...]:
    named = [column.strip() for column in columns.split(SEVERAL)]
    return tuple(dict.fromkeys(_place(column, header) for column in named if column))


def _place(wanted: str, header: Sequence[str]) -> int:
    if found := _places(wanted, header):
        return found[0]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(header):
        return int(wanted) - 1
    raise Refused(f"There is no column “{one_line(shown(wanted))}”.", f"The columns are {columns_there_are(header)}.")


def _places(wanted: str, header: Sequence[str]) -> list[int]:
    """The columns of that name, in the closest spelling there is."""
    for alike in (str, fold, _squeezed):
        found = [index for index, cell in enumerate(header) if cell and alike(cell) == alike(wanted.strip())]
        if found and alike(wanted.strip()):
            return found
    return []
