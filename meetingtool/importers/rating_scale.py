"""Whether a table of ratings was filled in on another scale than 1 to 5; such ratings are refused, never converted."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from meetingtool.errors import Refused
from meetingtool.importers.columns import Columns, shown, words_of
from meetingtool.importers.customers.best_first import best_first, sides, titled
from meetingtool.importers.customers.titles import title_words
from meetingtool.importers.tabular import Sheet
from meetingtool.rules.wording import shortened

LOWEST, HIGHEST = 1, 5
"""The ends of the scale on which people are rated here."""
_SPOKEN = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twenty": 20, "hundred": 100, "funf": 5, "zehn": 10, "hundert": 100, "cinq": 5, "dix": 10, "cent": 100,
    "cinco": 5, "diez": 10, "dez": 10, "cien": 100, "cinque": 5, "dieci": 10, "vijf": 5, "tien": 10,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,4}}|{'|'.join(_SPOKEN)})(?:[.,]0+)?"
_RANGE = re.compile(
    r"(?<![\w./-])(?P<low>-?\d{1,3})(?:[.,]0+)?\s*(?:\([^()]*\)\s*|[a-z]+\s+){0,2}(?:-|–|—|−|to|through|thru|bis|a|hasta|tot|ate"
    r"|until|\.\.+|…)\s*\+?(?P<high>\d{1,4})(?![\w/-]|[.,]\d)"
)
_OUT_OF = re.compile(
    r"(?:(?<!\d)\s*/\s*|\b(?:out of|of|von|sur|de|su|van|uit|max(?:imum|imal|imo)?|up to|bis(?: zu)?|hasta)\W*(?:a )?)"
    rf"{_NUMBER}(?![\w%]|[.,/-]\d)"
)
_POINTS = re.compile(rf"(?<![\w.]){_NUMBER}[\s-]*(?:points?|pts?|punkte?|stufig|star|level|likert)")
_IN_BRACKETS = re.compile(r"[(\[]\s*(?P<number>[06-9]|[1-9]\d{1,2})\s*[)\]]")
_OTHER = re.compile(
    r"%|\bpercent\w*|\bper cent\b|\bpct\b|\bprozent\w*|\bpourcent\w*|\bporcent\w*|\bpercentual\w*"
    r"|\b[a-f][+-]?\s*(?:-|–|—|to|bis|/)\s*[a-f]\b|\ba/b/c\b|\bletters?\b"
    r"|\blow(?:er|est)? (?:is|=) be(?:tter|st)\b|\brevers(?:ed?|al)\b|\binverted\b|\bschulnoten?\b|\bgpa\b"
)
"""A scale of percentages, letters, marks at school, or turned round."""
_MEANS = re.compile(r"(?<![\w.])(\d{1,3})\s*=\s*([a-z/ ]*)")
_GOOD = frozenset({"high", "highest", "top", "good", "hoch", "gut", "sehr", "great", "outstanding"})
_BAD = frozenset({"low", "lowest", "bottom", "bad", "niedrig", "schlecht", "weak"})
_UNSEEN = re.compile(r"\b(?:not?|n/a|none|unable|unseen|unknown)\b")
_RATES = frozenset({"rating", "ratings", "rated", "score", "scores", "scored", "bewertung", "bewertungen", "points"})
_SPELLED = re.compile(r"[(\[]|\b(?:out of|from|von|point)\b")
_LEGEND = re.compile(r"\W*\d{1,3}\s*=")
_SCALE = frozenset({"scale", "skala", "escala", "echelle", "schaal", "scala", "skali"})
_LIMIT = frozenset(
    {"max", "maximum", "min", "minimum", "possible", "highest", "lowest", "maximo", "minimo", "maximal", "denominator"}
)
_KIND = frozenset({"type", "unit", "format", "method", "system"})
_OF = frozenset({"of", "out", "von", "sur", "de", "su", "van"})
_BESIDE = (
    _SCALE
    | _LIMIT
    | _OF
    | {
        *(
            "rating",
            "ratings",
            "score",
            "scores",
            "points",
            "point",
            "mark",
            "marks",
            "grade",
            "value",
            "stars",
            "the",
            "a",
        ),
        *(
            "punkte",
            "note",
            "bewertung",
            "puntos",
            "used",
            "type",
            "range",
            "unit",
            "format",
            "method",
            "system",
            "top",
            "end",
            "standard",
            "competency",
        ),
        *("scoring", "grading", "performance", "evaluation", "review", "assessment", "our", "likert"),
    }
)
_LONGEST = 1000
"""Higher numbers are years or something else, never the end of a scale."""
_MANY, _PART = 2, 0.1
"""From how many cells on, and from which part of them, numbers off the scale are no slips."""
_WHOLE = re.compile(r"(-?\d{1,4})(?:[.,]0+)?")


def check_scale(found: Columns, sheet: Sheet, wide: Collection[int]) -> None:
    """Refused where the title of the table, the name of a column of ratings, a column such as "Scale" or "Out of", or
    the cells themselves show another scale than 1 to 5, or one whose 1 is the best.

    wide: the places of columns that hold ratings beside that of ratings.
    """
    ratings = [*found.places("rating"), *wide]
    for title in sheet.above:
        words = set(words_of(title))
        spelled = words & _SCALE or (words & _RATES and _SPELLED.search(title_words(title)))
        if spelled and (said := other_scale(title)):
            raise _refused("The title of the table", said)
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        alone = [cell for cell in row if cell]
        legend = len(alone) == 1 and (_SCALE & set(words_of(alone[0])) or _LEGEND.match(alone[0]))
        if legend and (said := other_scale(alone[0])):
            raise _refused(f"{sheet.places([line]).capitalize()}", said)
    for place in ratings:
        name, cells = found.header[place], [row[place] for row in sheet.rows]
        if said := other_scale(name) or _best_first(name, cells):
            raise _refused(f"“{shown(name)}”", said)
        if off := _off(cells):
            raise _refused(f"“{shown(name)}”", "", f" ({sheet.places([sheet.lines[at] for at in off])})")
    standards = {word for place in wide for word in words_of(found.header[place])}
    for place, name in enumerate(found.header):
        if place not in ratings and _names_scale(name, standards):
            _check_cells(name, [row[place] for row in sheet.rows], sheet)


def other_scale(text: str) -> str:
    """The words that name another scale than 1 to 5: `out of 10` in `Rating (out of 10)`; empty where none do."""
    words = title_words(text)
    for match in _RANGE.finditer(words):
        low, high = int(match["low"]), int(match["high"])
        if low <= 1 < high and (low, high) != (LOWEST, HIGHEST) and (low, high) != (1, 1):
            return match[0].strip()
    for pattern in (_OUT_OF, _POINTS, _IN_BRACKETS):
        for match in pattern.finditer(words):
            number = _SPOKEN.get(match["number"]) or int(match["number"])
            if number not in (LOWEST, HIGHEST) and number <= _LONGEST:
                return match[0].strip()
    if other := _OTHER.search(words):
        return other[0].strip()
    if _of_other_numbers(words):
        return _aside(text)
    meant = sides(titled(words))
    if any(
        number > HIGHEST or (number == LOWEST and side > 0) or (number == HIGHEST and side < 0)
        for number, side in meant
    ):
        return _aside(text)
    return ""


def _of_other_numbers(words: str) -> bool:
    """Whether folded words such as `1 = low; 10 = high` tell of numbers off the scale, or of its ends turned round."""
    means = {int(number): text for number, text in _MEANS.findall(words)}
    told = {number for number, text in means.items() if not (number == 0 and _UNSEEN.search(text))}
    if any(not LOWEST <= number <= HIGHEST for number in told) or (len(told) > 1 and max(told) != HIGHEST):
        return True
    first, last = (set(means.get(end, "").split()[:1]) for end in (LOWEST, HIGHEST))
    return bool(first & _GOOD or last & _BAD)


def _aside(text: str) -> str:
    """What is in brackets, or all of it."""
    match = re.search(r"[(\[]([^()\[\]]+)", text)
    return (match[1] if match else text).strip()


def _best_first(name: str, cells: Sequence[str]) -> str:
    """Words for a scale whose first step is the best one, as its cells say: `1 - Excellent`."""
    said = {int(cell[0]): title_words(cell) for cell in cells if cell[:1] in tuple("12345")}
    return "1 is the best" if said and best_first(title_words(name), said) else ""


def _off(cells: Sequence[str]) -> list[int]:
    """Where whole numbers are off the scale, if too many are for slips."""
    numbers = {at: int(match[1]) for at, cell in enumerate(cells) if (match := _WHOLE.fullmatch(cell.strip()))}
    off = [at for at, number in numbers.items() if not LOWEST <= number <= HIGHEST]
    return off if len(off) >= _MANY and len(off) >= _PART * len(numbers) else []


def _names_scale(name: str, standards: Collection[str]) -> bool:
    """Whether a column says on which scale the ratings are."""
    words = set(words_of(name))
    limit = words & (_SCALE | _LIMIT | _KIND | {"out"}) or words in ({"von"}, {"sur"}, {"of"})
    return bool(limit) and words <= _BESIDE | set(standards)


def _check_cells(name: str, cells: Sequence[str], sheet: Sheet) -> None:
    named = set(words_of(name))
    lowest = bool({"min", "minimum", "lowest", "minimo"} & named)
    hard = bool(named - _KIND - _RATES - {"value", "grade", "the", "a"})
    for line, cell in zip(sheet.lines, cells, strict=True):
        words = title_words(cell)
        number = _WHOLE.fullmatch(words)
        if not hard:
            wrong = bool(other_scale(cell))
        elif number:
            wrong = int(number[1]) != (LOWEST if lowest else HIGHEST)
        else:
            wrong = bool(other_scale(cell)) or (words in _SPOKEN and _SPOKEN[words] != HIGHEST)
            wrong = wrong or (any(map(str.isdigit, words)) and not _is_ours(words))
        if wrong:
            raise _refused(f"“{shown(name)}”", cell, f" ({sheet.places([line])})")


def _is_ours(words: str) -> bool:
    """Whether folded words with a number name the scale from 1 to 5, or nothing but its end."""
    return set(re.findall(r"\d+", words)) <= {"1", "2", "3", "4", "5"} and "5" in words


def _refused(where: str, said: str, at: str = "") -> Refused:
    seen = f"says “{shortened(said, 40)}”{at}" if said else f"holds numbers below 1 or above 5{at}"
    return Refused(
        f"{where} {seen}: that is another scale than the one here, from 1 to 5 with 5 as the best.",
        "Ratings are never converted: rate from 1 to 5 in the file, and take the other scale out of it. "
        "Nothing was given.",
    )
