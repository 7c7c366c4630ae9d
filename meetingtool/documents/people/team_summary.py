"""The evaluations of a team on one page: for the manager and the HR office, to see at a glance how far they are.

A row a person, by name and never by score: small differences say nothing, and a ranking is not what this is for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from meetingtool.documents.formats.typesetting import typeset
from meetingtool.documents.people import evaluation_words as said
from meetingtool.documents.people.evaluation import day_of
from meetingtool.documents.people.evaluation_pdf import SIZES
from meetingtool.rules.folding import fold
from meetingtool.rules.people.score import NOT_ENOUGH
from meetingtool.rules.wording import count, listed, one_line, shortened

if TYPE_CHECKING:
    from meetingtool.documents.people.evaluation_pdf import Paper

Content = Mapping[str, Any]

LONGEST_NAME = 60
"""The most letters of a name, and of a number or handle."""
MANY = 22
"""With more people than this the print is smaller."""
READERS = "For the manager and the HR office"
"""Who may see it: it has everybody's score."""


def team_summary(contents: Sequence[Content], *, paper: Paper = "a4") -> bytes:
    """The page as a tagged PDF, of at least one evaluation of one period. NotTypeset when Typst refuses."""
    made_on = max(date.fromisoformat(content["made_on"]) for content in contents)
    return typeset("team.typ", summary_data(contents, made_on) | {"paper": SIZES[paper]}, made_on)


def summary_data(contents: Sequence[Content], made_on: date) -> dict[str, object]:
    """What the template is given: strings, and shares from 0 to 1 for the bars."""
    people = sorted(contents, key=lambda content: (fold(content["person"]["name"]), content["person"]["handle"]))
    first = people[0]
    parts = {part["key"]: part["label"] for content in people for part in said.printed_parts(content["score"])}
    return {
        "title": f"{said.TITLE}s {one_line(first['period']['label'])}",
        "team": one_line(first["team"]),
        "readers": READERS,
        "facts": f"{count(len(people), 'person', 'people')}: {', '.join(_states(people))}",
        "made": f"As of {day_of(made_on.isoformat())}",
        "parts": [one_line(label) for label in parts.values()],
        "many": len(people) > MANY,
        "rows": [_row(content, parts) for content in people],
        "bands": _bands(people),
        "how": _how(people),
    }


def _states(contents: Sequence[Content]) -> list[str]:
    states = Counter(content["state"] for content in contents)
    return [f"{states[state]} {state}" for state in _STATES if states[state]]


_STATES = ("final", "acknowledged", "shared", "draft")


def _row(content: Content, parts: Mapping[str, str]) -> dict[str, object]:
    score, changed = content["score"], bool(content.get("changed"))
    values = {part["key"]: part["adds" if part["key"] == "recognition" else "value"] for part in score["parts"]}
    shown = None if changed else score["shown"]
    moved = score["adjustment"]["points"]
    return {
        "name": shortened(one_line(content["person"]["name"]), LONGEST_NAME),
        "identity": shortened(one_line(said.identity(content)), LONGEST_NAME),
        "shown": said.number(shown, 0),
        "share": None if shown is None else shown / 100,
        "band": "changed since" if changed else one_line(score["band"]) or NOT_ENOUGH,
        "values": [
            said.NONE if changed else said.number(values.get(key), 0 if key != "recognition" else 1) for key in parts
        ],
        "moved": "" if changed or not moved else said.points(moved),
        "state": _state(content),
        "answer": said.SAYS[content["answer"]["agrees"]] if content["answer"]["acknowledged_on"] else "",
    }


def _state(content: Content) -> str:
    answer = content["answer"]
    days = {"final": content["made_on"], "shared": answer["shared_on"], "acknowledged": answer["acknowledged_on"]}
    day = days.get(content["state"])
    return " ".join((content["state"], *([day_of(day, year=False)] if day else [])))


def _bands(contents: Sequence[Content]) -> str:
    """`Strong 4 · Solid 5 · without a score 1`, the highest band first."""
    score = [
        (content["score"]["shown"], content["score"]["band"]) for content in contents if not content.get("changed")
    ]
    numbers = Counter(band for shown, band in score if shown is not None)
    order = {band: least for content in contents for least, band in content["rule"]["bands"]}
    words = [f"{one_line(band)} {numbers[band]}" for band in sorted(numbers, key=lambda band: -order.get(band, 0))]
    without = len(contents) - numbers.total()
    return " · ".join(words + ([f"without a score {without}"] if without else []))


def _how(contents: Sequence[Content]) -> list[str]:
    parts = (said.printed_parts(content["score"]) for content in contents)
    weights = {listed([f"{p['label'].lower()} {p['weight']}" for p in one if p["weight"]]) for one in parts}
    rule = f"Weights: {one_line(*weights)}." if len(weights) == 1 else "Not everybody was scored by the same weights."
    return [
        rule,
        said.bands_in_words(contents[0]),
        "Parts are values from 0 to 100, recognition is in points; the score includes any adjustment. By name, not by "
        "score: differences of a few points say nothing about who is better.",
    ]
