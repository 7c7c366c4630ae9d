"""Where nothing in a file is surely a question: what could be one, what to ask about it, and why nothing is taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.columns import columns_there_are, shown
from meetingtool.importers.customers.alongside import could_be_score
from meetingtool.importers.customers.counting import Columns, counted
from meetingtool.importers.customers.headings import ColumnHeading
from meetingtool.importers.customers.kinds_of_survey import is_category
from meetingtool.importers.customers.labels import is_no_answer, tidy
from meetingtool.importers.customers.roles import is_comment
from meetingtool.importers.customers.scales import MOST_DISTINCT, ScaleQuestion, question
from meetingtool.importers.customers.spoken_numbers import number_in
from meetingtool.importers.customers.titles import asks, is_barred, title_words
from meetingtool.rules.wording import listed, one_line

_MOST_STEPS, _LONGEST_STEP = 11, 60
"""The most steps of a scale in words, and the most letters of one."""
_FEW = 6
"""In a file with this few answers each may be another step."""
_IN_BETWEEN = re.compile(r"\d{1,3}[.,]\d*[1-9]\d*")
"""A number that is not whole."""
_UNNAMED_QUESTION = re.compile(r"(?:q|question|frage|v|item)[ _.]?\d+\b.*|.*[?？؟;]", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"満足|满意|滿意|만족|довол|удовлетвор|задоволен|رضا|راض|שביעות|ικανοποι|memnun|hai long|kepuasan|พอใจ|संतु|"
    r"評価|评价|평가|оцен|рекоменд|お勧め|推荐|추천"
)
"""Satisfaction, rating and recommendation in languages whose answers in words are asked about."""
_COUNTS = re.compile(
    r"how (?:many|much|long|old|often)|number|combien|cuant|wie (?:viele?|oft|lange|alt)|quanti", re.IGNORECASE
)


class Candidate(msgspec.Struct, frozen=True):
    """A column that could be a question: its name, its different answers, the commonest first. numeric: most of them
    are numbers."""

    header: str
    answers: tuple[str, ...]
    numeric: bool


class NoScale(Refused):
    """No column is known to be a question. candidates: those that a person can say are questions."""

    def __init__(self, message: str, hint: str, candidates: Sequence[Candidate]) -> None:
        super().__init__(message, hint)
        self.candidates = tuple(candidates)


def guessed_scales(
    found: Sequence[ColumnHeading], columns: Columns, named: set[int]
) -> tuple[dict[int, ScaleQuestion], list[str]]:
    """Where nothing is surely a question: those that could be one, and what to ask about them."""
    guessed: dict[int, ScaleQuestion] = {}
    open_questions = []
    for index, heading in enumerate(found):
        answers = counted(columns[index]) if index not in named else None
        if answers is None or _COUNTS.search(heading.title):
            continue
        if not (
            _UNNAMED_QUESTION.fullmatch(heading.name) or asks(heading.title) or could_be_score(heading.title, answers)
        ):
            continue
        given = [answer for answer in answers if not is_no_answer(tidy(answer))]
        called = shown(heading.name)
        asked = question(heading.title, answers, "yes-no") if given else None
        if asked is not None and len(set(asked.values.values()) - {None}) == 2 and not asked.wrong:
            guessed[index] = asked
            open_questions.append(
                f'“{called}” has yes and no. Does yes mean satisfied? Say so, such as --column yes-no="{called}".'
            )
        elif given and all(answer.isdecimal() and int(answer) <= 10 for answer in given):
            asked = question(f"{heading.title} rating", answers)
            if asked is not None:
                measure = msgspec.structs.replace(asked.measure, title=heading.title)
                guessed[index] = msgspec.structs.replace(asked, measure=measure)
                open_questions.append(
                    f"Is “{called}” a score, and on which scale? Say so, such as "
                    f'--column csat5="{called}" (or csat7, ces7, nps, stars5, yes-no).'
                )
    return guessed, open_questions[:1]


def nothing_to_take(found: Sequence[ColumnHeading], columns: Columns, roles: Collection[int]) -> Refused:
    """Says why nothing is a question: nobody answered those there are, or there are none. roles: columns that hold
    something else."""
    for index, heading in enumerate(found):
        answers = counted(columns[index]) if asks(heading.title) and not is_comment(heading) else None
        said = [answer for answer in answers or () if answer]
        if said and all(is_no_answer(tidy(answer)) for answer in said):
            only = listed([f"“{shown(one)}”" for one in said[:3]])
            return Refused(
                f"Nobody answered “{shown(heading.name)}”: it has only {only}.",
                "Export a period in which customers answered.",
            )
        if said and sum(_IN_BETWEEN.fullmatch(answer) is not None for answer in said) * 3 > len(said):
            between = next(answer for answer in said if _IN_BETWEEN.fullmatch(answer))
            called = shown(heading.name)
            return Refused(
                f"“{called}” has scores such as {between}; only whole ones, halves and tenths are counted.",
                "Round them in a spreadsheet program, or export single answers in place of averages.",
            )
    candidates = _candidates(found, columns, roles)
    if candidates and _asks_how_satisfied(candidates[0].header):
        return _unknown_numbers(candidates) if candidates[0].numeric else _unknown_words(candidates)
    hint = f"The columns are {columns_there_are([heading.name for heading in found])}. "
    return NoScale(
        "There is no column with answers on a scale, such as 1 to 5, 0 to 10, stars or “very satisfied”.",
        hint + 'If one of them is a score, say so, such as --column csat5="Column title".',
        candidates,
    )


def _unknown_numbers(candidates: Sequence[Candidate]) -> NoScale:
    one = candidates[0]
    numbers = listed([f"“{shown(answer)}”" for answer in one.answers[:8]])
    return NoScale(
        f"On which scale is “{shown(one.header)}”? Its answers, such as {numbers}, are on none that is known.",
        f'Say so, such as --column csat5="{shown(one.header)}" (or csat7, ces7, nps, stars5); '
        "what is not on it is rejected line by line.",
        candidates,
    )


def _unknown_words(candidates: Sequence[Candidate]) -> NoScale:
    one = candidates[0]
    words = [f"“{shown(answer)}”" for answer in one.answers]
    order = " < ".join(map(one_line, one.answers))
    return NoScale(
        f"“{shown(one.header)}” has answers in words that are not known here: {listed(words)}.",
        f'Give their order, the worst first, such as --steps "{one_line(one.header)}={order}".',
        candidates,
    )


def no_such_scale(heading: ColumnHeading, answers: Counter[str] | None, scale: str) -> NoScale:
    """Says that the answers of a column don't fit the scale that was given."""
    candidate = _candidate(heading, answers) if answers else None
    hint = "Give another column or scale."
    if candidate is not None and not candidate.numeric:
        return _unknown_words([candidate])
    return NoScale(f"“{shown(heading.name)}” has no answers on the scale {scale or 'that was given'}.", hint, ())


def unknown_words(found: Sequence[ColumnHeading], columns: Columns, used: Collection[int]) -> list[str]:
    """Says which columns ask how satisfied somebody is, and are left out since their answers are in unknown words."""
    left = [
        candidate
        for candidate in _candidates(found, columns, used)
        if not candidate.numeric
        and _asks_how_satisfied(candidate.header)
        and not is_category(candidate.header, candidate.answers)
    ]
    return [
        f"“{shown(one.header)}” is not used, its words being unknown: --steps, or e in the app, gives their order."
        for one in left[:3]
    ]


def _candidates(found: Sequence[ColumnHeading], columns: Columns, roles: Collection[int]) -> list[Candidate]:
    """The columns with few different answers, those first that ask something."""
    there = []
    for index, heading in enumerate(found):
        answers = counted(columns[index]) if index not in roles else None
        candidate = _candidate(heading, answers) if answers else None
        if candidate is not None:
            there.append(candidate)
    return sorted(there, key=lambda one: (not _asks_how_satisfied(one.header), not _sounds_asked(one.header)))


def _candidate(heading: ColumnHeading, answers: Counter[str]) -> Candidate | None:
    given = [answer for answer, _ in answers.most_common() if not is_no_answer(tidy(answer))]
    numbers = sum(answers[answer] for answer in given if number_in(tidy(answer)))
    numeric = 2 * numbers > sum(answers[answer] for answer in given)
    most = MOST_DISTINCT if numeric else _MOST_STEPS
    if not 2 <= len(given) <= most or (not numeric and max(map(len, given)) > _LONGEST_STEP):
        return None
    if _COUNTS.search(heading.title) or (numeric and is_barred(title_words(heading.title))):
        return None
    if not numeric and len(given) == sum(answers.values()) > _FEW:
        return None
    return Candidate(heading.name, tuple(given), numeric)


def _sounds_asked(header: str) -> bool:
    return _asks_how_satisfied(header) or _UNNAMED_QUESTION.fullmatch(header) is not None


def _asks_how_satisfied(header: str) -> bool:
    return asks(header) or _ELSEWHERE.search(header.casefold()) is not None
