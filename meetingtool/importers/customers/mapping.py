"""What a person says about the columns of an export: with options, or in a file that can be kept."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.columns import columns_there_are, shown
from meetingtool.importers.customers.headings import ColumnHeading
from meetingtool.importers.customers.labels import tidy
from meetingtool.importers.given_files import bytes_of
from meetingtool.records.surveys import DayOrder, Measure, Role, Scale, Survey, SurveyPeriod
from meetingtool.records.surveys import Mapping as Columns
from meetingtool.rules.folding import fold
from meetingtool.rules.wording import listed, one_line

ROLES: tuple[Role, ...] = ("id", "date", "comment", "person", "named", "customer", "finished")
_SCALES: tuple[Scale, ...] = get_args(Scale)


class SaidMeasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question as a person describes it. satisfied: from which value, or from which answer on. labels: words with
    their value. same: the key or the title of a question of the known survey, which is asked in other words here."""

    column: str
    scale: Scale | None = None
    title: str = ""
    satisfied: int | str | None = None
    labels: dict[str, int | None] = {}
    same: str = ""


class GivenMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What was given. columns: a role, or a scale, by the name of the column; "none" for one to ignore.

    primary: the name of the column of the measure that counts most. on: when customers answered, where the file has no
    dates.
    """

    columns: dict[str, str] = {}
    measures: tuple[SaidMeasure, ...] = ()
    dates: DayOrder | None = None
    period: SurveyPeriod | None = None
    primary: str = ""
    sheet: str = ""
    on: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    id: str = ""
    date: str = ""
    comment: str | tuple[str, ...] = ()
    person: str = ""
    named: str = ""
    customer: str = ""
    finished: str = ""
    leave: tuple[str, ...] = ()
    measure: tuple[SaidMeasure, ...] = ()
    primary: str = ""
    dates: DayOrder | None = None
    period: SurveyPeriod | None = None
    sheet: str = ""


def read_map(path: Path) -> GivenMapping:
    """A mapping from a TOML file. Refused if it can't be read or names something that doesn't exist."""
    name = one_line(path.name)
    try:
        table: dict[str, Any] = tomllib.loads(bytes_of(path).decode("utf-8-sig"))
        file = msgspec.convert(table, _File, strict=True)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{name} isn't a TOML file: {one_line(str(error))}.", "Correct it, or leave --map out.") from None
    except msgspec.ValidationError as error:
        hint = (
            "It may say id, date, comment, person, named, customer, finished, leave, measure, primary, dates, period."
        )
        raise Refused(f"{name} can't be used: {one_line(str(error))}.", hint) from None
    comments = (file.comment,) if isinstance(file.comment, str) else file.comment
    columns = {
        **{column: "comment" for column in comments if column},
        **{column: role for role in ROLES if role != "comment" and (column := getattr(file, role))},
        **dict.fromkeys(file.leave, "none"),
    }
    return GivenMapping(columns, file.measure, file.dates, file.period, file.primary, file.sheet)


def with_columns(said: GivenMapping, pairs: Mapping[str, str]) -> GivenMapping:
    """The same, with `ROLE=COLUMN` or `SCALE=COLUMN` as given with an option, several columns a line each; what is
    neither names a question that the survey has. Refused for two columns where there can only be one."""
    columns = dict(said.columns)
    measures = list(said.measures)
    for word, column in ((word, column) for word, given in pairs.items() for column in given.split("\n")):
        wanted = fold(word.strip())
        if fold(column.strip()) == "none" and wanted != "none":
            raise Refused(f"“{shown(word)}=none” names no column.", "To leave a column out, say none=HEADER.")
        if wanted in _SCALES:
            measures.append(SaidMeasure(column, next(scale for scale in _SCALES if scale == wanted)))
        elif wanted in (*ROLES, "none"):
            if wanted not in ("comment", "none") and "\n" in pairs[word]:
                both = listed([f"“{shown(one)}”" for one in pairs[word].split("\n")])
                raise Refused(f"“{wanted}” can be in one column only, and here are {both}.", "Give one of them.")
            columns[column] = wanted
        elif "\n" in pairs[word]:
            raise Refused(f"“{shown(word)}” is given twice.", "A question of the survey is in one column.")
        else:
            measures.append(SaidMeasure(column, same=word))
    return msgspec.structs.replace(said, columns=columns, measures=tuple(measures))


def with_steps(said: GivenMapping, column: str, answers: Sequence[str], nothing: Sequence[str] = ()) -> GivenMapping:
    """The same, with the answers of a column in their order, the worst first. nothing: answers that don't count as one.
    Of four or more steps the upper two are satisfied, else only the top one. Refused for fewer than two steps.
    """
    words = [answer.strip() for answer in answers if answer.strip()]
    if len(words) < 2 or len(set(map(tidy, words))) < len(words):
        raise Refused(
            f"The steps of “{shown(column)}” can't be told apart.",
            'Give each answer once, the worst first, such as "bad < fair < good".',
        )
    top = len(words)
    steps: dict[str, int | None] = {word: step for step, word in enumerate(words, 1)} | dict.fromkeys(nothing)
    scale: Scale = "csat5" if top == 5 else "csat7" if top == 7 else "own"
    return _with(said, column, scale=scale, labels=steps, satisfied=top - (top >= 4))


def with_satisfied(said: GivenMapping, column: str, answer: str | int) -> GivenMapping:
    """The same, with the answer from which a customer is satisfied."""
    return _with(said, column, satisfied=answer)


def _with(said: GivenMapping, column: str, **changes: object) -> GivenMapping:
    """The same, with something more that is said about the question in a column."""
    before = next((one for one in said.measures if one.column == column), SaidMeasure(column))
    others = tuple(one for one in said.measures if one.column != column)
    return msgspec.structs.replace(said, measures=(*others, msgspec.structs.replace(before, **changes)))


def place(column: str, found: Sequence[ColumnHeading]) -> int:
    """The index of a column by its name or title. Refused where there is none."""
    for alike in (str, fold, tidy):
        for index, heading in enumerate(found):
            if alike(column.strip()) in (alike(heading.name), alike(heading.title)):
                return index
    have = columns_there_are([heading.name for heading in found])
    raise Refused(f"There is no column “{one_line(shown(column))}”.", f"The columns are {have}.")


def fingerprint(found: Sequence[ColumnHeading]) -> str:
    """What identifies files with the same columns."""
    return sha256("\n".join(fold(heading.name) for heading in found).encode()).hexdigest()[:16]


def same_question(word: str, survey: Survey | None) -> Measure:
    """The question of a survey that a person means by its key or title. Refused where there is none."""
    asked = survey.measures if survey is not None else ()
    for measure in asked:
        if fold(word.strip()) in (measure.key, fold(measure.title)):
            return measure
    known = listed([*ROLES, *_SCALES, "none", *(measure.key for measure in asked)])
    raise Refused(f"“{shown(word)}” is not something a column can hold here.", f"There are {known}.")


def known_by(found: Sequence[ColumnHeading], mark: str, known: Sequence[Survey]) -> Survey | None:
    """The survey that a file belongs to: the one with the same columns, else the only one whose columns are all there,
    each under one of the names it has had."""
    names = {heading.name for heading in found}
    same = [one for one in known if one.mapping.fingerprint == mark]
    more = [one for one in known if one.mapping.columns and _holds(one.mapping) <= _holds(one.mapping, names)]
    return same[0] if same else more[0] if len(more) == 1 else None


def _holds(mapping: Columns, names: Collection[str] | None = None) -> set[tuple[Role, str]]:
    """What the columns hold, each question by its key; names: only the columns that have these."""
    return {(one.role, one.measure) for one in mapping.columns if names is None or one.header in names}
