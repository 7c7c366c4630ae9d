"""Which columns are questions with a scale, which scale it is, and the value of every answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import partial

import msgspec

from meetingtool.importers.customers.best_first import best_first, names_ends, titled
from meetingtool.importers.customers.faces import steps_of_faces
from meetingtool.importers.customers.labels import Steps, is_no_answer, is_sentence, lean, steps_of, tidy
from meetingtool.importers.customers.spoken_numbers import BARE, Number, number_in, parts_of
from meetingtool.importers.customers.titles import (
    ASKS,
    EFFORT,
    ENDS,
    OVERALL,
    PROMOTER,
    RATES_ALL,
    SATISFIED,
    STARS,
    SUMMED_UP,
    asks,
    is_asked,
    is_barred,
    says_so,
    title_words,
)
from meetingtool.importers.customers.two_sides import are_thumbs, group_of, groups_in, side_of
from meetingtool.records.surveys import Measure, Scale

MOST_DISTINCT = 120
"""The most different answers that a question with a scale has, typing errors included."""
_MOSTLY = 0.9
"""The part of a column's answers that must be on a scale."""
_SOME_NUMBERS = 0.5
"""The part that must be numbers where the title asks for a score; the rest is rejected by line."""
_ON_SCALE = 0.95
"""The part of the numbers that must be within the ends of a scale; the others count as out of range."""
_MANY = 30
"""Among this many answers somebody gives the best one."""
_FEW = 20
"""With fewer answers the highest number decides the scale."""

_SAYS = re.compile(r"[^\W\d]{2}|n/a")


class ScaleQuestion(msgspec.Struct, frozen=True):
    """A column as a question. values: of every distinct answer, None for no answer. wrong: answers not on the scale,
    with the reason. rank: the lower, the likelier that it is the one that counts most. answers: how many rows have
    one."""

    measure: Measure
    values: dict[str, int | None]
    wrong: dict[str, str]
    rank: int
    answers: int


def question(
    title: str, answers: Counter[str], scale: Scale | None = None, choices: Iterable[str] = ()
) -> ScaleQuestion | None:
    """The column as a question with a scale, if it is one. scale: where a person has said which. choices: folded
    answers in words that could have been given, too."""
    if len(answers) > MOST_DISTINCT:
        return None
    tidied = {answer: tidy(answer) for answer in answers}
    words = title_words(title)
    if scale is None and SUMMED_UP.search(words):
        return None
    meant = {str(number): meaning for number, meaning in titled(words).items() if _SAYS.search(meaning)}
    without = {number for number, meaning in meant.items() if is_no_answer(tidy(meaning))}
    given = {answer: label for answer, label in tidied.items() if not is_no_answer(label) and label not in without}
    if not given:
        return None
    total = sum(answers[answer] for answer in given)
    least = _SOME_NUMBERS if asks(title) or says_so(words) else _MOSTLY
    dirty = partial(_numbers, mostly=0 if scale is not None else least)
    for read in (_two_ways, _groups, _faces, _numbers, partial(_labels, choices=tuple(choices)), dirty):
        found = read(words, given, answers, total, scale)
        if found is not None:
            measure, values, wrong = found
            values |= {answer: None for answer in answers if answer not in given}
            nothing = tuple((label, None) for label in sorted(without & set(tidied.values())))
            measure = msgspec.structs.replace(measure, title=title, labels=(*measure.labels, *nothing))
            return ScaleQuestion(measure, values, wrong, _rank(words, measure, title), total)
    return None


def value_of(measure: Measure, answer: str) -> tuple[int | None, str]:
    """The value of an answer in a measure that is known, and why it has none where it is wrong."""
    label = tidy(answer)
    known = dict(measure.labels)
    if label in known:
        return known[label], ""
    if is_no_answer(label):
        return None, ""
    if measure.scale in ("yes-no", "good-bad"):
        side = side_of(label, measure.scale)
        return side, "" if side is not None else _strange(measure)
    if not measure.has_mean:
        group = group_of(label)
        return group, "" if group is not None else _strange(measure)
    found = number_in(label)
    if found is None:
        steps = steps_of([*known, label]) if known else None
        if (
            steps is not None
            and label in steps.values
            and all(steps.values.get(one) == step for one, step in known.items())
        ):
            return steps.values[label], ""
        return None, _strange(measure)
    value = found[0] * measure.parts
    if value % 1:
        return None, _strange(measure)
    return (int(value), "") if measure.low <= value <= measure.high else (None, _beyond(measure))


Read = tuple[Measure, dict[str, int | None], dict[str, str]]


def _two_ways(
    words: str, given: Mapping[str, str], answers: Counter[str], total: int, scale: Scale | None
) -> Read | None:
    """Yes and no, good and bad."""
    if scale not in (None, "yes-no", "good-bad"):
        return None
    means_it = SATISFIED.search(words) or PROMOTER.search(words) or (words.endswith("?") and ASKS.search(words))
    if scale is None and not means_it and not are_thumbs(given.values()):
        return None
    for kind in ("yes-no", "good-bad"):
        if scale not in (None, kind):
            continue
        values = {answer: side_of(label, kind) for answer, label in given.items()}
        known = sum(answers[answer] for answer, value in values.items() if value is not None)
        sides = {value for value in values.values() if value is not None}
        if scale is None and (
            known < _MOSTLY * total or (len(sides) < 2 and sides and set(given.values()) <= {"1", "0"})
        ):
            continue
        if not known:
            continue
        measure = _measure(kind, 1, 0, 1)
        wrong = {answer: _strange(measure) for answer, value in values.items() if value is None}
        return measure, {answer: value for answer, value in values.items() if value is not None}, wrong
    return None


def _groups(
    words: str, given: Mapping[str, str], answers: Counter[str], total: int, scale: Scale | None
) -> Read | None:
    """Promoters, passives and detractors, without the numbers that they gave."""
    groups = groups_in(given.values()) if scale in (None, "nps") else {}
    if not groups:
        return None
    labels: tuple[tuple[str, int | None], ...] = tuple(groups.items())
    measure = msgspec.structs.replace(_standard("nps"), labels=labels)
    return measure, {answer: groups[label] for answer, label in given.items()}, {}


def _faces(words: str, given: Mapping[str, str], answers: Counter[str], total: int, scale: Scale | None) -> Read | None:
    """Faces from angry to happy."""
    steps = steps_of_faces(given.values())
    values: dict[str, int | None] = {answer: steps[label] for answer, label in given.items() if label in steps}
    if scale not in (None, "csat5", "stars5") or sum(answers[answer] for answer in values) < _MOSTLY * total:
        return None
    labels: tuple[tuple[str, int | None], ...] = tuple(steps.items())
    measure = msgspec.structs.replace(_standard(scale or "csat5"), labels=labels)
    return measure, values, {answer: _strange(measure) for answer in given if answer not in values}


def _numbers(
    words: str,
    given: Mapping[str, str],
    answers: Counter[str],
    total: int,
    scale: Scale | None,
    *,
    mostly: float = _MOSTLY,
) -> Read | None:
    """Numbers, alone or with words beside them. mostly: the part of the answers that must be numbers."""
    found = {answer: number for answer, label in given.items() if (number := number_in(label))}
    if not found or sum(answers[answer] for answer in found) < mostly * total:
        return None
    bare = all(BARE.fullmatch(given[answer]) for answer in found)
    if scale is None and bare and (is_barred(words) or not (is_asked(words) or says_so(words))):
        return None
    if scale is None and not bare and not (asks(words) or any(lean(given[answer]) for answer in found)):
        return None
    tally: Counter[Number] = Counter()
    for answer, (said, _) in found.items():
        tally[said] += answers[answer]
    parts = parts_of(tally)
    of = {of for _, of in found.values() if of is not None}
    measure = (
        _by_numbers(words, tally, max(of) if len(of) == 1 else None) if scale is None else _said(scale, words, tally)
    )
    if measure is None or (scale is None and bare and measure.high > 7 and not says_so(words)):
        return None
    measure = _in_parts(measure, parts)
    values: dict[str, int | None] = {}
    wrong: dict[str, str] = {}
    for answer in given:
        number = found.get(answer)
        if number is None:
            wrong[answer] = _strange(measure)
        elif measure.low <= number[0] * parts <= measure.high:
            values[answer] = round(number[0] * parts)
        else:
            wrong[answer] = _beyond(measure)
    meant = {number // parts: given[one] for one, number in values.items() if number and number % parts == 0}
    if meant and measure.scale != "nps" and (top := best_first(words, meant)):
        return _turned(top, measure, given, values, wrong)
    return (measure, values, wrong) if values else None


def _in_parts(measure: Measure, parts: int) -> Measure:
    """The same scale with its points counted in parts."""
    low, high, satisfied = (end * parts for end in (measure.low, measure.high, measure.satisfied))
    return msgspec.structs.replace(measure, low=low, high=high, satisfied=satisfied, parts=parts)


def _turned(
    top: int, measure: Measure, given: Mapping[str, str], values: Mapping[str, int | None], wrong: dict[str, str]
) -> Read:
    """The same question with the best answer as the highest; its labels tell which number stands for which step."""
    parts = measure.parts
    if top * parts != measure.high:
        measure = _in_parts(_measure("own", max(top - 1, 2), 1, top), parts)
    ends = parts + top * parts
    turned = {answer: ends - number for answer, number in values.items() if number}
    labels: dict[str, int | None] = {}
    for number in range(parts, top * parts + 1):
        said = f"{number / parts:g}"
        labels |= dict.fromkeys((said, said.replace(".", ",")), ends - number)
    labels |= {given[answer]: step for answer, step in turned.items()}
    measure = msgspec.structs.replace(measure, labels=tuple(labels.items()))
    wrong |= {answer: _beyond(measure) for answer in values if answer not in turned}
    return measure, dict(turned), wrong


def _by_numbers(words: str, tally: Counter[Number], of: int | None) -> Measure | None:
    """The scale that the numbers lie on, by the question, the ends it names, and where nearly all of them lie."""
    total = tally.total()
    ends = _ends(words)
    high = ends[1] if ends else of
    if high in (3, 4, 6, 8, 9):
        return _measure("own", high - (high > 3), ends[0] if ends else 1, high)
    if high not in (5, 7, 10, 100):
        high = next(
            (end for end in (5, 7, 10, 100) if sum(n for v, n in tally.items() if v <= end) >= _reach(total)), 0
        )
    if not high:
        return None
    promoter = PROMOTER.search(words) is not None
    zero = bool(ends and ends[0] == 0) or tally.get(0, 0) > (1 - _ON_SCALE) * total
    if high == 10 and zero and SATISFIED.search(words) and not promoter:
        return _measure("own", 9, 0, 10)
    if high == 10 or (promoter and high == 7 and not ends):
        return _standard("nps") if promoter or zero or (not ends and 0 in tally) else _measure("own", 9, 1, 10)
    if high == 7:
        return _standard("ces7" if EFFORT.search(words) else "csat7")
    if high == 100:
        return _measure("own", 80, 0, 100) if sum(n for v, n in tally.items() if v > 10) * 2 >= total else None
    if promoter and total >= _FEW and not ends and zero:
        return _standard("nps")
    if promoter:
        return _measure("own", 4, 1, 5)
    if SATISFIED.search(words) or not STARS.search(words):
        return _standard("csat5") if not EFFORT.search(words) or SATISFIED.search(words) else _measure("own", 4, 1, 5)
    return _standard("stars5")


def _ends(words: str) -> tuple[int, int] | None:
    """The ends of the scale that a title names: `(1-4)`, `1 = poor, 4 = excellent`."""
    if ends := ENDS.search(words):
        return int(ends[1]), int(ends[2])
    meant = titled(words) if names_ends(words) else {}
    return (min(meant), max(meant)) if meant and min(meant) in (0, 1) and max(meant) in (*range(3, 11), 100) else None


def _said(scale: Scale, words: str, tally: Counter[Number]) -> Measure:
    """The scale that a person says it is; for a scale of its own, as long as its title or its numbers say."""
    if scale != "own":
        return _standard(scale)
    high = next((end for end in (*range(3, 11), 100) if max(tally) <= end), 0)
    low, high = _ends(words) or (0 if 0 in tally else 1, high)
    return _measure("own", 80 if high == 100 else high - (high > 3), low, high) if high else _standard(scale)


def best_unused(title: str, asked: ScaleQuestion) -> bool:
    """Whether a scale of five steps may really have four: none of many answers is the best one, and its title does not
    say."""
    measure = asked.measure
    numeric = not measure.labels and measure.parts == 1 and measure.scale != "stars5"
    given = max((value for value in asked.values.values() if value is not None), default=0)
    return numeric and (measure.high, given) == (5, 4) and asked.answers >= _MANY and _ends(title_words(title)) is None


def _reach(total: int) -> float:
    return total if total < _FEW else _ON_SCALE * total


def _labels(
    words: str,
    given: Mapping[str, str],
    answers: Counter[str],
    total: int,
    scale: Scale | None,
    *,
    choices: Iterable[str] = (),
) -> Read | None:
    """Words such as "very satisfied"."""
    labels = dict.fromkeys((*given.values(), *choices))
    steps = steps_of(labels, alone=scale is not None or is_asked(words))
    if steps is None or (scale is None and _only_praise(labels) and any(map(is_sentence, labels))):
        return None
    values = {answer: steps.values.get(label) for answer, label in given.items()}
    if sum(answers[answer] for answer, value in values.items() if value is not None) < _MOSTLY * total:
        return None
    measure = _in_words(words, steps)
    wrong = {answer: _strange(measure) for answer, value in values.items() if value is None}
    return measure, {answer: value for answer, value in values.items() if value is not None}, wrong


def _only_praise(labels: Collection[str]) -> bool:
    """Whether one or two answers, none of them on the side of blame, could be what customers wrote themselves."""
    return len(labels) <= 2 and all((found := lean(label)) is None or found[1][0] >= 0 for label in labels)


def _in_words(words: str, steps: Steps) -> Measure:
    named: Scale = "own"
    satisfied = steps.satisfied
    if steps.family in ("satisfied", "happy") or (steps.family == "quality" and SATISFIED.search(words)):
        named = "csat5" if steps.top == 5 else "csat7" if steps.top == 7 else "own"
    elif steps.top == 7 and (steps.family == "easy" or (steps.family == "agree" and EFFORT.search(words))):
        named, satisfied = "ces7", 5
    kept = tuple(sorted(steps.values.items(), key=lambda item: -item[1]))
    return msgspec.structs.replace(_measure(named, satisfied, 1, steps.top), labels=kept)


def grown(measure: Measure, answers: Iterable[str]) -> Measure:
    """A known question in words with the words that were never answered before: "neutral" moves those above it up. The
    same measure where there are no new words, or where they don't fit.
    """
    known = {label: step for label, step in measure.labels if step is not None}
    come = {tidy(answer) for answer in answers} - known.keys()
    come = {label for label in come if not is_no_answer(label) and number_in(label) is None}
    steps = steps_of([*known, *come]) if known and come else None
    if steps is None or not come <= steps.values.keys() or not known.keys() <= steps.values.keys():
        return measure
    moves = {(step, steps.values[label]) for label, step in known.items()}
    if len({new for _, new in moves}) != len(moves) or all(old == new for old, new in moves):
        return measure
    whole = _in_words(title_words(measure.title), steps)
    return msgspec.structs.replace(whole, key=measure.key, title=measure.title)


def fits(measure: Measure, answers: Iterable[str]) -> bool:
    """Whether nearly all of some answers are on the scale of a known question."""
    given = [answer for answer in answers if not is_no_answer(tidy(answer))]
    there = sum(value_of(measure, answer)[0] is not None for answer in given)
    return 0 < len(given) * _MOSTLY <= there


def _standard(scale: Scale) -> Measure:
    satisfied, low, high = {
        "csat5": (4, 1, 5),
        "stars5": (4, 1, 5),
        "csat7": (6, 1, 7),
        "ces7": (5, 1, 7),
        "nps": (9, 0, 10),
        "yes-no": (1, 0, 1),
        "good-bad": (1, 0, 1),
        "own": (9, 1, 10),
    }[scale]
    return _measure(scale, satisfied, low, high)


def _measure(scale: Scale, satisfied: int, low: int, high: int) -> Measure:
    return Measure(key="", title="", scale=scale, satisfied=satisfied, low=low, high=high)


def _rank(words: str, measure: Measure, title: str) -> int:
    """Overall satisfaction first, then satisfaction, ratings, recommendation, effort, a yes to recommending, anything
    else."""
    rank = 6
    if SATISFIED.search(words):
        rank = 0 if OVERALL.search(words) else 1
    elif measure.scale in ("stars5", "good-bad") or OVERALL.search(words) or RATES_ALL.search(words):
        rank = 2
    elif measure.scale == "nps" or (PROMOTER.search(words) and measure.scale != "yes-no"):
        rank = 3
    elif EFFORT.search(words) or measure.scale in ("csat5", "csat7"):
        rank = 4
    elif PROMOTER.search(words):
        rank = 5
    is_one_of_many = title.rstrip().endswith("]")
    return rank + 10 * is_one_of_many


def _strange(measure: Measure) -> str:
    return f"it isn't an answer on the scale {measure.said(measure.low)} to {measure.said(measure.high)}"


def _beyond(measure: Measure) -> str:
    return f"it is outside the scale {measure.said(measure.low)} to {measure.said(measure.high)}"
