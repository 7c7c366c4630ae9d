"""Columns of numbers that aren't named like a question: beside a question on the same scale they count as one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from meetingtool.importers.customers.labels import is_no_answer, tidy
from meetingtool.importers.customers.scales import ScaleQuestion, question
from meetingtool.importers.customers.spoken_numbers import BARE, Number, number_in
from meetingtool.importers.customers.titles import is_barred
from meetingtool.records.surveys import Measure
from meetingtool.rules.folding import fold

_HIGHEST = 10
_FEWEST = 3
"""With fewer different numbers a column is rather a group or a kind."""
_MOSTLY = 0.9
"""The part of what is answered that must be numbers; the rest is rejected line by line."""
_COUNTED = re.compile(
    r"\b(?:id|nr|no|n°|count|counts|qty|quantity|menge|visits?|besuche|party|people|persons?|personen|guests?|gaste|"
    r"adults?|children|kids|kinder|age|alter|years?|months?|weeks?|days?|jahre?|monate?|tage?|quarter|quartal|hours?|"
    r"stunden|time|table|tisch|room (?:no|number)|floor|etage|stockwerk|store|shop|branch|filiale|region|zone|area|"
    r"district|bezirk|team|group|gruppe|cluster|segment|priority|prioritat|severity|level|stufe|tier|rang|position|"
    r"order|orders|reihenfolge|wave|welle|round|version|category|kategorie|class|klasse|type|typ|channel|kanal|gender|"
    r"sex|geschlecht|household|haushalt|size|grosse|items?|artikel|bookings?|nights?|nachte|tickets?|touches|replies|"
    r"reopens?|reassignments?|transfers?|attempts?|versuche|calls|anrufe|language|sprache|collector|page|seite|step|"
    r"status|state|flag|length|index|row|zeile|seats?|lanes?|desk|counter|schalter|till|kasse|cars?|source|device|"
    r"batch|shift|schicht|contacts?|responses?|respondents?|tenure|frequency|code|minutes?|minuten|seconds?)\b|"
    r"how (?:many|much|often|long|old)|wie (?:viele?|oft|lange|alt)|combien|cuant|quanti"
)
"""Names of numbers that count or sort something."""


def could_be_score(title: str, answers: Counter[str]) -> bool:
    """Whether a column holds numbers up to ten, and is not called something that is counted."""
    words = fold(title).replace("_", " ")
    numbers = _numbers(answers)
    return len(numbers) >= _FEWEST and max(numbers) <= _HIGHEST and not _COUNTED.search(words) and not is_barred(words)


def alongside(title: str, answers: Counter[str], asked: Iterable[Measure]) -> ScaleQuestion | None:
    """The column as a question on the scale of one of those asked for sure, if its numbers use that scale from end to
    end."""
    if not could_be_score(title, answers):
        return None
    numbers = _numbers(answers)
    for measure in asked:
        on_it = measure.scale != "nps" and not measure.labels and measure.high >= _FEWEST
        low, high = measure.said(measure.low), measure.said(measure.high)
        if on_it and max(numbers) == high and (min(numbers) in (low, low + 1) or measure.parts > 1):
            found = question(title, answers, measure.scale)
            if found is not None and found.measure.parts == measure.parts:
                own = msgspec.structs.replace(measure, key="", title=title)
                return msgspec.structs.replace(found, measure=own, rank=found.rank + 10)
    return None


def _numbers(answers: Counter[str]) -> set[Number]:
    """The numbers of a column; none where it has much besides numbers and blanks."""
    given = {answer: label for answer in answers if not is_no_answer(label := tidy(answer))}
    found = {answer: number_in(label) for answer, label in given.items() if BARE.fullmatch(label)}
    there, total = sum(answers[answer] for answer in found), sum(answers[answer] for answer in given)
    return {one[0] for one in found.values() if one} if there >= _MOSTLY * total else set()
