"""Which columns are questions with a scale, which scale it is, and the value of every answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial

import msgspec

from meetingtool.importers.customers.best_first import best_first, names_ends, titled
from meetingtool.importers.customers.faces import steps_of_faces
from meetingtool.importers.customers.labels import Steps, is_no_answer, lean, steps_of, tidy
from meetingtool.records.surveys import Measure, Scale
from meetingtool.rules.folding import fold

MOST_DISTINCT = 120
"""A question with a scale has no more different answers, typing errors included."""
_MOSTLY = 0.9
"""The part of a column's answers that must lie on a scale."""
_ON_SCALE = 0.95
"""The part of the numbers that must lie within the ends of a scale; the others are out of its range."""
_FEW = 20
"""With fewer answers the highest number decides the scale."""

_ASKS = re.compile(
    r"satisf|zufrieden|soddisfa|tevreden|csat|osat|(?:^|[^a-z])sat(?!ur|isf|e[^a-z]|elli)|\bnps\b|net promoter|"
    r"recommend|empfehl|recommand|recomend|recomiend|raccomand|aanbevel|(?:^|[^a-z])rat(?:e|ed|ing|ings)(?:[^a-z]|$)|"
    r"(?:^|[^a-z])scores?(?:[^a-z]|$)|\bstars?\b|starrating|\bsterne?\b|\betoiles?\b|estrellas?|estrelas?|bewert|"
    r"\bnote\b|"
    r"\bnota\b|punkt|punktzahl|valorac|calificac|puntuac|puntaje|avaliac|valutaz|beoordel|\beas(?:e|y)\b|effort|"
    r"\bces\b|"
    r"aufwand|likel|wahrscheinlich|probab|provavel|quality|qualitat|qualite|calidad|qualidade|overall|insgesamt|"
    r"\bhappy\b|friendl|freundlich|helpful|hilfreich|how (?:was|were|did|well|would you)|"
    r"(?:your|overall) experience|agree|smiley|grade|"
    r"\bservice\b.*\?|stelle sta|tyytyvais|nojd\b|zadowol|spokoj|tilfreds|fornoyd"
)
_OVERALL = re.compile(r"overall|osat|insgesamt|gesamt|global|ensemble|general|complessiv|algemeen|all in all|main")
_SATISFIED = re.compile(r"satisf|zufrieden|soddisfa|tevreden|csat|osat|(?:^|[^a-z])sat(?!ur)|happy|nojd|zadowol")
_PROMOTER = re.compile(
    r"\bnps\b|(?:^|_)nps(?:_|$)|net promoter|recommend|empfehl|recommand|recomend|recomiend|raccomand|aanbevel|"
    r"likelihood"
)
_STARS = re.compile(r"star|stern|etoile|estrell|estrel|rating|review|bewertung|valorac|calificac|avaliac|beoordel")
_EFFORT = re.compile(r"effort|\beas(?:e|y)\b|\bces\b|aufwand|einfach|leicht|facil|gemak")
_NOT_ASKED = re.compile(
    r"\b(?:number|count|anzahl|nombre de|numero de|percent\w*|average|avg|mean|trustscore|sentiment|seconds|secs|"
    r"zip|progress|reviews|id|threshold|timer|"
    r"confidence|polarity|rank|venue rating|place rating|business rating|total score)\b|%"
)
_NO_TOPIC = re.compile(r"\b(?:minutes|duration|dauer|age|salary|price|amount|phone|year|month|code|weight)\b")
"""What a column holds where it is not asked how content somebody was with it."""
_ASPECT = re.compile(
    r"\bclean|sauber|proprete|limpieza|pulizia|wait(?:ing)?[ -]?times?\b|wartezeit|temps d'attente|tiempo de espera|"
    r"value for (?:the )?money|preis-? ?/? ?leistung|qualite[ -]prix|speed of|^speed$|schnelligkeit|rapidite|rapidez|"
    r"response time|reliab|zuverlassig|fiabilite|punctual|punktlich|ponctualite|puntualidad|courte[so]|polite|"
    r"hoflich|politesse|knowledge of|kompetenz|competen[ct]e|professionali|communication|kommunikation|atmosph|"
    r"ambian?ce|comfort|\bkomfort|confort|responsive|attitude|attentive"
)
"""What customers are asked to score, besides satisfaction."""
_ENDS = re.compile(
    r"(?:[(\[]|\b(?:from|von|de|scale of|skala|echelle|escala)\b)[^\d()\[\]]{0,20}([01])\s*(?:\([^()]*\)\s*)?"
    r"(?:-|–|—|to|bis|a|/|\.\.+|and)\s*([3-9]|10|100)\b"
)
_YES = frozenset(["yes", "y", "true", "ja", "oui", "si", "sim", "wahr", "vrai", "verdadero", "1", "👍", "thumbs-up"])
_NO = frozenset(["no", "n", "false", "nein", "non", "nao", "falsch", "faux", "falso", "0", "nee", "👎", "thumbs-down"])
_GOOD = re.compile(r"(?:good|gut|bon|buen[oa]?|bom|positive|happy|😀|🙂|👍)(?: ?with ?comment)?")
_BAD = re.compile(r"(?:bad|schlecht|mauvaise?|mal[oa]?|ruim|negative|unhappy|🙁|👎)(?: ?with ?comment)?")
_SAYS = re.compile(r"[^\W\d]{2}|n/a")
_NUMBER = re.compile(r"'?(-?\d{1,3})(?:[.,]0+)?")
_OF = re.compile(r"(\d{1,3})(?:[.,]0+)?\s*(?:/|out of|of|von|sur|de|su|van)\s*(\d{1,3})(?:\s*\w+)?")
_STARRED = re.compile(r"(\d)\s*(?:stars?|sterne?n?|etoiles?|estrellas?|estrelas?|stelle|sterren|\*|★|⭐).*")
_LED = re.compile(r"(\d{1,2})\s*[-–—:=.)(]\s*[^\d\s].*")
_TRAILED = re.compile(r"[^\d]*[^\d\s]\s*[(\[]\s*(\d{1,2})\s*[)\]]")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]0+)?\s*%")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


class Question(msgspec.Struct, frozen=True):
    """A column as a question. values: of every distinct answer, None for no answer. wrong: answers not on the scale,
    with the reason. rank: the lower, the likelier that it is the one that counts most. answers: how many rows have
    one."""

    measure: Measure
    values: dict[str, int | None]
    wrong: dict[str, str]
    rank: int
    answers: int


def asks(title: str) -> bool:
    """Whether a column's title sounds like a question with a scale."""
    return _is_asked(_title(title))


def is_barred(words: str) -> bool:
    """Whether folded words name what is measured or counted, and not asked."""
    return _NOT_ASKED.search(words) is not None or (
        _NO_TOPIC.search(words) is not None and not _SATISFIED.search(words)
    )


def _is_asked(words: str) -> bool:
    if is_barred(words):
        return False
    return _ASKS.search(words) is not None or _ASPECT.search(words) is not None


def question(
    title: str, answers: Counter[str], scale: Scale | None = None, choices: Iterable[str] = ()
) -> Question | None:
    """The column as a question with a scale, if it is one. scale: where a person has said which. choices: folded
    answers in words that could have been given, too."""
    if len(answers) > MOST_DISTINCT:
        return None
    tidied = {answer: tidy(answer) for answer in answers}
    words = _title(title)
    meant = {str(number): meaning for number, meaning in titled(words).items() if _SAYS.search(meaning)}
    without = {number for number, meaning in meant.items() if is_no_answer(tidy(meaning))}
    given = {answer: label for answer, label in tidied.items() if not is_no_answer(label) and label not in without}
    if not given:
        return None
    total = sum(answers[answer] for answer in given)
    for read in (_two_ways, _faces, _numbers, partial(_labels, choices=tuple(choices))):
        found = read(words, given, answers, total, scale)
        if found is not None:
            measure, values, wrong = found
            values |= {answer: None for answer in answers if answer not in given}
            nothing = tuple((label, None) for label in sorted(without & set(tidied.values())))
            measure = msgspec.structs.replace(measure, title=title, labels=(*measure.labels, *nothing))
            return Question(measure, values, wrong, _rank(words, measure, title), total)
    return None


def number_in(label: str) -> tuple[int, int | None] | None:
    """The number that a folded answer says, and of how many: `4`, `4/5`, `4 stars`, `10 - very likely`, `★★★★☆`."""
    if match := _NUMBER.fullmatch(label):
        return int(match[1]), None
    if match := _OF.fullmatch(label):
        return int(match[1]), int(match[2])
    if match := _PERCENT.fullmatch(label):
        return int(match[1]), 100
    if match := _STARRED.fullmatch(label) or _LED.fullmatch(label) or _TRAILED.fullmatch(label):
        return int(match[1]), None
    if label in _WORDS:
        return _WORDS[label], 5
    full, hollow = sum(label.count(sign) for sign in "★⭐"), label.count("☆")
    if full and not re.search(r"\w", label):
        return full, full + hollow if hollow else None
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
        side = _side(label, measure.scale)
        return side, "" if side is not None else _strange(measure)
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
    return (found[0], "") if measure.low <= found[0] <= measure.high else (None, _beyond(measure))


Read = tuple[Measure, dict[str, int | None], dict[str, str]]


def _title(title: str) -> str:
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title)
    return fold(spread).replace("_", " ")


def _two_ways(
    words: str, given: Mapping[str, str], answers: Counter[str], total: int, scale: Scale | None
) -> Read | None:
    """Yes and no, good and bad."""
    if scale not in (None, "yes-no", "good-bad"):
        return None
    is_asked = _SATISFIED.search(words) or _PROMOTER.search(words) or (words.endswith("?") and _ASKS.search(words))
    if scale is None and not is_asked:
        return None
    for kind in ("yes-no", "good-bad"):
        if scale not in (None, kind):
            continue
        values = {answer: _side(label, kind) for answer, label in given.items()}
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


def _side(label: str, kind: str) -> int | None:
    if kind == "yes-no":
        return 1 if label in _YES else 0 if label in _NO else None
    return 1 if _GOOD.fullmatch(label) else 0 if _BAD.fullmatch(label) else None


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
    words: str, given: Mapping[str, str], answers: Counter[str], total: int, scale: Scale | None
) -> Read | None:
    """Numbers, alone or with words beside them."""
    found = {answer: number for answer, label in given.items() if (number := number_in(label))}
    if sum(answers[answer] for answer in found) < _MOSTLY * total:
        return None
    bare = all(_NUMBER.fullmatch(given[answer]) for answer in found)
    if scale is None and bare and (is_barred(words) or not (_is_asked(words) or _says_so(words))):
        return None
    if scale is None and not bare and not (asks(words) or any(lean(given[answer]) for answer in found)):
        return None
    tally: Counter[int] = Counter()
    for answer, (said, _) in found.items():
        tally[said] += answers[answer]
    of = {of for _, of in found.values() if of is not None}
    measure = _standard(scale) if scale else _by_numbers(words, tally, max(of) if len(of) == 1 else None)
    if measure is None or (scale is None and bare and measure.high > 7 and not _says_so(words)):
        return None
    values: dict[str, int | None] = {}
    wrong: dict[str, str] = {}
    for answer in given:
        number = found.get(answer)
        if number is None:
            wrong[answer] = _strange(measure)
        elif measure.low <= number[0] <= measure.high:
            values[answer] = number[0]
        else:
            wrong[answer] = _beyond(measure)
    meant = {number: given[one] for one, number in values.items() if number}
    if meant and measure.scale != "nps" and (top := best_first(words, meant)):
        return _turned(top, measure, given, values, wrong)
    return (measure, values, wrong) if values else None


def _says_so(words: str) -> bool:
    """Whether a title asks for a score, so that its numbers are no minutes or pieces."""
    return bool(_ASKS.search(words) or _ENDS.search(words) or names_ends(words))


def _turned(
    top: int, measure: Measure, given: Mapping[str, str], values: Mapping[str, int | None], wrong: dict[str, str]
) -> Read:
    """The same question with the best answer as the highest; its labels tell which number stands for which step."""
    if top != measure.high:
        measure = _measure("own", max(top - 1, 2), 1, top)
    turned = {answer: 1 + top - number for answer, number in values.items() if number}
    labels = {str(number): 1 + top - number for number in range(1, top + 1)}
    labels |= {given[answer]: step for answer, step in turned.items()}
    measure = msgspec.structs.replace(measure, labels=tuple(labels.items()))
    wrong |= {answer: _beyond(measure) for answer in values if answer not in turned}
    return measure, dict(turned), wrong


def _by_numbers(words: str, tally: Counter[int], of: int | None) -> Measure | None:
    """The scale that the numbers lie on, by the question, the ends it names, and where nearly all of them lie."""
    total, top = tally.total(), max(tally)
    ends = _ENDS.search(words)
    high = int(ends[2]) if ends else of
    if high in (3, 4, 6, 8, 9):
        return _measure("own", high - (high > 3), int(ends[1]) if ends else 1, high)
    if high not in (5, 7, 10, 100):
        high = next(
            (end for end in (5, 7, 10, 100) if sum(n for v, n in tally.items() if v <= end) >= _reach(total)), 0
        )
    if not high:
        return None
    promoter = _PROMOTER.search(words) is not None
    zero = bool(ends and ends[1] == "0") or tally.get(0, 0) > (1 - _ON_SCALE) * total
    if high == 10 or (promoter and high == 7 and not ends):
        return _standard("nps") if promoter or zero or (not ends and 0 in tally) else _measure("own", 9, 1, 10)
    if high == 7:
        return _standard("ces7" if _EFFORT.search(words) else "csat7")
    if high == 100:
        return _measure("own", 80, 0, 100) if top > 10 else None
    if promoter and total >= _FEW and not ends and zero:
        return _standard("nps")
    if promoter:
        return _measure("own", 4, 1, 5)
    if _SATISFIED.search(words) or not _STARS.search(words):
        return _standard("csat5") if not _EFFORT.search(words) or _SATISFIED.search(words) else _measure("own", 4, 1, 5)
    return _standard("stars5")


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
    steps = steps_of(dict.fromkeys((*given.values(), *choices)))
    if steps is None:
        return None
    values = {answer: steps.values.get(label) for answer, label in given.items()}
    if sum(answers[answer] for answer, value in values.items() if value is not None) < _MOSTLY * total:
        return None
    measure = _in_words(words, steps)
    wrong = {answer: _strange(measure) for answer, value in values.items() if value is None}
    return measure, {answer: value for answer, value in values.items() if value is not None}, wrong


def _in_words(words: str, steps: Steps) -> Measure:
    named: Scale = "own"
    satisfied = steps.satisfied
    if steps.family in ("satisfied", "happy") or (steps.family == "quality" and _SATISFIED.search(words)):
        named = "csat5" if steps.top == 5 else "csat7" if steps.top == 7 else "own"
    elif steps.top == 7 and (steps.family == "easy" or (steps.family == "agree" and _EFFORT.search(words))):
        named, satisfied = "ces7", 5
    kept = tuple(sorted(steps.values.items(), key=lambda item: -item[1]))
    return msgspec.structs.replace(_measure(named, satisfied, 1, steps.top), labels=kept)


def grown(measure: Measure, answers: Iterable[str]) -> Measure:
    """A known question in words with the words that were never answered before: "neutral" moves those above it up.

    The same measure where there are none, or where they don't fit.
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
    whole = _in_words(_title(measure.title), steps)
    return msgspec.structs.replace(whole, key=measure.key, title=measure.title)


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
    if _SATISFIED.search(words):
        rank = 0 if _OVERALL.search(words) else 1
    elif measure.scale in ("stars5", "good-bad") or _OVERALL.search(words):
        rank = 2
    elif measure.scale == "nps" or (_PROMOTER.search(words) and measure.scale != "yes-no"):
        rank = 3
    elif _EFFORT.search(words) or measure.scale in ("csat5", "csat7"):
        rank = 4
    elif _PROMOTER.search(words):
        rank = 5
    is_one_of_many = title.rstrip().endswith("]")
    return rank + 10 * is_one_of_many


def _strange(measure: Measure) -> str:
    return f"it isn't an answer on the scale {measure.low} to {measure.high}"


def _beyond(measure: Measure) -> str:
    return f"it is outside the scale {measure.low} to {measure.high}"
