"""Which columns of an export are used, and as what: as saved, as a person says, or as their content shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.columns import shown
from meetingtool.importers.customers.alongside import alongside, could_be_score
from meetingtool.importers.customers.counting import Columns, counted
from meetingtool.importers.customers.files import texts
from meetingtool.importers.customers.headings import ColumnHeading
from meetingtool.importers.customers.kinds_of_survey import is_bare, is_category, scale_of_file
from meetingtool.importers.customers.labels import is_sentence, tidy
from meetingtool.importers.customers.mapping import ROLES, GivenMapping, SaidMeasure, place, same_question
from meetingtool.importers.customers.roles import doubtful_days, is_comment, is_roster, roles_of
from meetingtool.importers.customers.scales import ScaleQuestion, best_unused, question, value_of
from meetingtool.importers.customers.titles import asks
from meetingtool.importers.customers.unsure import guessed_scales, no_such_scale, nothing_to_take, unknown_words
from meetingtool.importers.date_columns import DayOrder
from meetingtool.records.surveys import Measure, Role
from meetingtool.rules.folding import fold
from meetingtool.rules.wording import listed

_LOOKED_AT = 4000
"""How many rows are enough to tell what a column holds."""
_FEWEST = 4
"""With fewer different answers, all in different words, the title must ask for a scale."""
_LONGEST_TITLE = 300


class QuestionColumn(msgspec.Struct, frozen=True):
    """A question: the index of its column, and its measure."""

    column: int
    measure: Measure


class ColumnPlan(msgspec.Struct, frozen=True):
    """What is taken from which column. roles: index by role, except for questions and comments, of which there may be
    several. order: of `3/4/2026`, where it is known. notes, asks: what to tell and to ask a person. The open questions:
    days: which of these columns has the day of the answer; scale_of: on which scale this column is; reworded: whether
    this column is a question of the survey in other words, and the key of that question."""

    measures: list[QuestionColumn]
    roles: dict[Role, int]
    comments: list[int]
    primary: str
    order: DayOrder | None = None
    notes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    scale_of: str = ""
    reworded: tuple[str, str] = ("", "")


def planned(found: Sequence[ColumnHeading], columns: Columns, today: date, said: GivenMapping) -> ColumnPlan:
    """The columns to use of a file that belongs to no survey yet.

    Refused for a file without answers on a scale, and for a list of employees.
    """
    for one in said.measures:
        if one.same:
            same_question(one.same, None)
    if is_roster(found) and not said.columns and not said.measures:
        raise Refused(
            "This is a list of employees, not a survey of customers.", "`meetingtool team import FILE` imports it."
        )
    named = {place(column, found): role for column, role in said.columns.items()}
    told = {place(one.column, found): one for one in said.measures}
    questions = questions_of(found, columns, set(named), told)
    open_questions: list[str] = []
    if not questions:
        questions, open_questions = guessed_scales(found, columns, set(named))
    scale_of = found[next(iter(questions))].name if open_questions else ""
    if questions and not open_questions:
        scale_of, open_questions = _without_best(found, questions, set(told))
    roles, comments = columns_of(found, columns, today, named, set(questions))
    if not questions:
        raise nothing_to_take(found, columns, {*roles.values(), *comments})
    measures = with_keys(questions)
    primary = _primary(questions, measures, place(said.primary, found) if said.primary else None)
    days = () if open_questions or "date" in named.values() else doubtful_of(found, columns, today, roles)
    open_questions += which_day(days)
    used = {*questions, *roles.values(), *comments, *named}
    notes = [*_perhaps_scores(found, columns, used), *unknown_words(found, columns, used)]
    return ColumnPlan(
        measures, roles, comments, primary, said.dates, tuple(notes), tuple(open_questions), days, scale_of
    )


def _without_best(
    found: Sequence[ColumnHeading], questions: dict[int, ScaleQuestion], told: set[int]
) -> tuple[str, list[str]]:
    """The first question that may have four steps or five, and what to ask about it."""
    for index, asked in questions.items():
        if index not in told and best_unused(found[index].title, asked):
            called = shown(found[index].name)
            ask = (
                f"None of {asked.answers:,} gave “{called}” a 5. Is 4 the best answer? Say so with --column "
                f'own="{called}", or --column {asked.measure.scale}="{called}" where it is 5.'
            )
            return found[index].name, [ask]
    return "", []


def _perhaps_scores(found: Sequence[ColumnHeading], columns: Columns, used: set[int]) -> list[str]:
    """Says which columns that are not used could be scores, too."""
    left = [
        heading.name
        for index, heading in enumerate(found)
        if index not in used
        and not is_category(heading.name)
        and (answers := counted(columns[index])) is not None
        and could_be_score(heading.title, answers)
    ]
    if not left:
        return []
    names = listed([f"“{shown(name)}”" for name in left[:5]])
    are = "could be a score and is" if len(left) == 1 else "could be scores and are"
    return [f"{names}{' and others' if len(left) > 5 else ''} {are} not used."]


def doubtful_of(
    found: Sequence[ColumnHeading], columns: Columns, today: date, roles: dict[Role, int]
) -> tuple[str, ...]:
    """The three or more columns that could have the days of the answers, where no name shows which one does."""
    if "date" not in roles:
        return ()
    looked_at = [texts(column[:_LOOKED_AT]) for column in columns]
    doubtful = doubtful_days(found, looked_at, today, roles["date"])
    return tuple(found[at].name for at in doubtful[:5]) if len(doubtful) >= 3 else ()


def which_day(days: Sequence[str]) -> list[str]:
    """What to ask where several columns could have the days of the answers."""
    if not days:
        return []
    which = f"{', '.join(f'“{shown(day)}”' for day in days[:-1])} or “{shown(days[-1])}”"
    return [f'On which day did customers answer: {which}? Say so, such as --column date="{days[0]}".']


def questions_of(
    found: Sequence[ColumnHeading],
    columns: Columns,
    named: set[int],
    told: dict[int, SaidMeasure],
    known: Iterable[Measure] = (),
) -> dict[int, ScaleQuestion]:
    """The columns that are questions. known: those of the survey that the file belongs to."""
    questions: dict[int, ScaleQuestion] = {}
    numbers: dict[int, Counter[str]] = {}
    groups: dict[int, ScaleQuestion] = {}
    hint = scale_of_file([heading.name for heading in found], columns)
    for index, heading in enumerate(found):
        if index in named:
            continue
        answers = counted(columns[index])
        said = told.get(index)
        if said is None and (is_category(heading.name) or is_category(heading.title, answers or ())):
            asked = question(heading.title, answers) if answers else None
            if asked is not None and not asked.measure.has_mean:
                groups[index] = asked
            continue
        if said is not None:
            questions[index] = _as_said(heading, answers, said)
        elif (
            answers is not None and (asked := _hinted(heading, answers, hint)) and not _is_told(heading, asked, answers)
        ):
            questions[index] = asked
        elif answers is not None and could_be_score(heading.title, answers):
            numbers[index] = answers
    if not any(asked.measure.scale == "nps" for asked in questions.values()):
        questions |= dict(list(groups.items())[:1])
    questions = _on_one_scale(found, columns, questions, set(told))
    sure = [*known, *(asked.measure for asked in questions.values())]
    also = {index: alongside(found[index].title, answers, sure) for index, answers in numbers.items()}
    return dict(sorted({**questions, **{index: asked for index, asked in also.items() if asked}}.items()))


def _hinted(heading: ColumnHeading, answers: Counter[str], hint: str) -> ScaleQuestion | None:
    """The question of a column. hint: what the rest of the file says about one that is only called a score."""
    if not hint or not is_bare(heading.title):
        return question(heading.title, answers, choices=heading.choices)
    asked = question(f"{heading.title} {hint}", answers)
    if asked is None:
        return None
    return msgspec.structs.replace(asked, measure=msgspec.structs.replace(asked.measure, title=heading.title))


def _on_one_scale(
    found: Sequence[ColumnHeading], columns: Columns, questions: dict[int, ScaleQuestion], told: set[int]
) -> dict[int, ScaleQuestion]:
    """Questions with the same words are on the same scale, whichever of its words each got as answers."""
    words = {
        index: {label for label, step in asked.measure.labels if step is not None} | set(found[index].choices)
        for index, asked in questions.items()
        if asked.measure.labels and index not in told
    }
    for index, mine in words.items():
        everywhere = set().union(*(other for other in words.values() if other & mine))
        if everywhere != mine:
            again = question(found[index].title, counted(columns[index]) or Counter(), choices=sorted(everywhere))
            questions[index] = again or questions[index]
    return questions


def _is_told(heading: ColumnHeading, asked: ScaleQuestion, answers: Counter[str]) -> bool:
    """Whether a column of comments only happens to hold words of a scale: no two customers wrote the same, or one wrote
    more than a step of a scale would say."""
    words = any(step is not None for _, step in asked.measure.labels)
    if words and is_comment(heading) and not asks(heading.title) and any(is_sentence(tidy(one)) for one in answers):
        return True
    told = is_comment(heading) or (len(answers) < _FEWEST and not asks(heading.title))
    return words and told and max(times for answer, times in answers.items() if answer) == 1


def _as_said(heading: ColumnHeading, answers: Counter[str] | None, said: SaidMeasure) -> ScaleQuestion:
    """The question that a person says the column is. Refused where the answers fit no scale."""
    asked = question(heading.title, answers or Counter(), said.scale)
    if said.labels:
        asked = _with_labels(heading, answers or Counter(), said, asked)
    if asked is None:
        raise no_such_scale(heading, answers, said.scale or "")
    measure = msgspec.structs.replace(asked.measure, title=said.title or heading.title)
    if said.satisfied is not None:
        measure = msgspec.structs.replace(measure, satisfied=_satisfied_from(measure, said.satisfied, heading))
    return msgspec.structs.replace(asked, measure=measure)


def _with_labels(
    heading: ColumnHeading, answers: Counter[str], said: SaidMeasure, asked: ScaleQuestion | None
) -> ScaleQuestion:
    labels = tuple((tidy(label), step) for label, step in said.labels.items())
    if {label for label, _ in labels}.isdisjoint(map(tidy, answers)):
        there = listed([f"“{shown(answer)}”" for answer in list(answers)[:5]])
        raise Refused(f"None of these answers is in “{shown(heading.name)}”.", f"It has {there}.")
    steps = [step for step in said.labels.values() if step is not None]
    ends = (asked.measure.low, asked.measure.high) if asked else (min(steps), max(steps))
    satisfied = max(min(steps), max(steps) - 1)
    scale = said.scale or "own"
    measure = Measure(key="", title="", scale=scale, satisfied=satisfied, low=ends[0], high=ends[1], labels=labels)
    return ScaleQuestion(measure, {}, {}, 0, answers.total())


def _satisfied_from(measure: Measure, said: int | str, heading: ColumnHeading) -> int:
    """From which value on a customer is satisfied, where a value or an answer was said."""
    value = said * measure.parts if isinstance(said, int) else value_of(measure, said)[0]
    if value is None or not measure.low < value <= measure.high:
        known = [label for label, step in measure.labels if step is not None and step > measure.low]
        may = listed([f"“{one}”" for one in known]) if known else f"{measure.low + 1} to {measure.high}"
        raise Refused(f"“{said}” is no answer of “{shown(heading.name)}” to be satisfied from.", f"Give {may}.")
    return value


def columns_of(
    found: Sequence[ColumnHeading], columns: Columns, today: date, named: dict[int, str], questions: set[int]
) -> tuple[dict[Role, int], list[int]]:
    looked_at = [texts(column[:_LOOKED_AT]) for column in columns]
    by_index = roles_of(found, looked_at, today, questions | set(named))
    comments = [index for index, role in by_index.items() if role == "comment"]
    roles: dict[Role, int] = {role: index for index, role in by_index.items() if role != "comment"}
    said_comments = [index for index, role in named.items() if role == "comment"]
    roles |= {one: index for index, role in named.items() for one in ROLES if role == one != "comment"}
    return roles, said_comments or comments


def with_keys(questions: dict[int, ScaleQuestion], known: Iterable[str] = ()) -> list[QuestionColumn]:
    """Measures with unique keys, made from their titles. known: keys that are taken."""
    taken = set(known)
    measures = []
    for index, asked in questions.items():
        stem = "-".join(re.findall(r"[a-z0-9]+", fold(asked.measure.title)))[:40].strip("-") or "score"
        key, number = stem, 2
        while key in taken:
            key, number = f"{stem}-{number}", number + 1
        taken.add(key)
        title = asked.measure.title[:_LONGEST_TITLE]
        measures.append(QuestionColumn(index, msgspec.structs.replace(asked.measure, key=key, title=title)))
    return measures


def _primary(questions: dict[int, ScaleQuestion], measures: list[QuestionColumn], said: int | None) -> str:
    """The measure that counts most: of those that most customers answered, the one about satisfaction on the whole."""
    keys = {asked.column: asked.measure.key for asked in measures}
    if said is not None and said in keys:
        return keys[said]
    most = max(asked.answers for asked in questions.values())
    often = {index: asked for index, asked in questions.items() if 2 * asked.answers >= most}
    return keys[min(often, key=lambda index: (often[index].rank, index))]
