"""What a new workspace begins with, as TOML that a manager can read and change.

Each reader takes the text of a file and its name as errors should call it (`source`). Refused or Unclear
says the line, what is wrong there, and what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, cast, get_args

import msgspec

from meetingtool.importers.toml_tables import TomlTable, nearest, read_tables
from meetingtool.records.meetings import Segment, Topic
from meetingtool.records.philosophy import Section
from meetingtool.records.playbook import Audience
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import HANDLE

HEAVIEST: Final = 100
"""The most that a standard may weigh."""

LONGEST: Final = 480
"""The most minutes that a segment may take: a working day."""

_AGENDA = {"name": 'name = "Customer service"'}
_SEGMENT = {
    "title": 'title = "Wins"',
    "topic": 'topic = "wins"',
    "minutes": "minutes = 4",
    "hint": 'hint = "One each: who did what for whom?"',
}
_STANDARD = {
    "tag": 'tag = "own-it"',
    "title": 'title = "Owns it to the end"',
    "behaviour": 'behaviour = "Whoever is asked first sees it through."',
    "weight": "weight = 1",
    "rating_1": 'rating_1 = "Leaves it"',
    "rating_2": 'rating_2 = "Hands it on and lets go"',
    "rating_3": 'rating_3 = "Does what was agreed"',
    "rating_4": 'rating_4 = "Follows through unasked"',
    "rating_5": 'rating_5 = "Closes the gap behind the problem"',
}
_QUESTION = {"audience": 'audience = "team"', "text": 'text = "Who made your week easier?"'}
_PHILOSOPHY = {"section": 'section = "vision"', "text": 'text = "What would our one goal be?"'}
_SCENARIO = {
    "title": 'title = "The third call about the music"',
    "standards": 'standards = ["put-right", "own-it"]',
    "customer": 'customer = "You have called twice already, and you are close to tears."',
    "employee": 'employee = "One quiet room is free."',
    "look_for": 'look_for = ["Says what happens next", "Offers a hand with the bags"]',
}


class StarterAgenda(msgspec.Struct, frozen=True, kw_only=True):
    """The standing agenda item."""

    name: str
    segments: tuple[Segment, ...]


class StarterStandard(msgspec.Struct, frozen=True, kw_only=True):
    """A service standard; the fields mean what they mean in the record."""

    tag: str
    title: str
    behaviour: str
    weight: int
    anchors: tuple[str, str, str, str, str]


class StarterQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A discussion question."""

    text: str
    audience: Audience


class PhilosophyQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the philosophy. section: where a sentence distilled from it belongs."""

    section: Section
    text: str


class StarterScenario(msgspec.Struct, frozen=True, kw_only=True):
    """A role-play. standards: tags."""

    title: str
    standards: tuple[str, ...]
    customer: str
    employee: str
    look_for: tuple[str, ...]


def read_agenda(text: str, source: str) -> StarterAgenda:
    """The agenda with its [[segment]] tables, at least one of them; minutes become seconds."""
    root, tables = read_tables(text, source, "segment", _AGENDA)
    name = root.text("name", _AGENDA["name"])
    if not tables:
        raise root.refused("has no [[segment]].", "An agenda needs at least one, with title, topic and minutes.")
    return StarterAgenda(name=name, segments=tuple(_segment(table) for table in tables))


def _segment(table: TomlTable) -> Segment:
    table.expect(_SEGMENT, optional=("hint",))
    topic = table.choice("topic", _SEGMENT["topic"], get_args(Topic))
    return Segment(
        title=table.text("title", _SEGMENT["title"]),
        topic=cast("Topic", topic),
        seconds=_seconds(table),
        hint=table.text("hint", _SEGMENT["hint"]) if table.values.get("hint", "") != "" else "",
    )


def _seconds(table: TomlTable) -> int:
    minutes = table.number("minutes")
    if minutes is None or not 0 < minutes <= LONGEST or not round(minutes * 60):
        raise table.refused(
            "needs minutes above 0.", f"Write a number such as minutes = 2 or 1.5, at most {LONGEST}.", "minutes"
        )
    return round(minutes * 60)


def read_standards(text: str, source: str) -> tuple[StarterStandard, ...]:
    """The [[standard]] tables, at least one, each with a tag of its own."""
    root, tables = read_tables(text, source, "standard")
    if not tables:
        raise root.refused("has no [[standard]].", f"Add at least one, with {wording.listed(list(_STANDARD))}.")
    standards = tuple(_standard(table) for table in tables)
    first: dict[str, TomlTable] = {}
    for table, standard in zip(tables, standards, strict=True):
        other = first.setdefault(standard.tag, table)
        if other is not table:
            raise table.refused(
                f"has the tag “{standard.tag}” of {other.what} in line {other.line('tag')}.",
                "Give each standard a tag of its own.",
                "tag",
            )
    return standards


def _standard(table: TomlTable) -> StarterStandard:
    table.expect(_STANDARD)
    tag = table.text("tag", _STANDARD["tag"])
    _check_tag(table, "tag", tag)
    weight = table.number("weight")
    if not isinstance(weight, int) or not 1 <= weight <= HEAVIEST:
        raise table.refused(
            "needs a weight above 0.",
            f"Write a whole number from 1 to {HEAVIEST}; weight = 1 is usual.",
            "weight",
        )
    one, two, three, four, five = (table.text(f"rating_{n}", _STANDARD[f"rating_{n}"]) for n in range(1, 6))
    return StarterStandard(
        tag=tag,
        title=table.text("title", _STANDARD["title"]),
        behaviour=table.text("behaviour", _STANDARD["behaviour"]),
        weight=weight,
        anchors=(one, two, three, four, five),
    )


def _check_tag(table: TomlTable, key: str, tag: str) -> None:
    if HANDLE.fullmatch(tag) and not tag.isdigit():
        return
    suggestion = "-".join(re.findall(r"[a-z0-9]+", fold(tag)))
    better = suggestion if suggestion and not suggestion.isdigit() else "own-it"
    raise table.refused(
        f"has “{wording.shortened(tag, 40)}”, which can't be typed as a tag.",
        f"Use small letters a to z, digits and -, without blanks and without #, such as “{better}”.",
        key,
    )


def read_questions(text: str, source: str) -> tuple[StarterQuestion, ...]:
    """The [[question]] tables; none is allowed."""
    _, tables = read_tables(text, source, "question")
    return tuple(_question(table) for table in tables)


def _question(table: TomlTable) -> StarterQuestion:
    table.expect(_QUESTION)
    audience = table.choice("audience", _QUESTION["audience"], get_args(Audience))
    return StarterQuestion(text=table.text("text", _QUESTION["text"]), audience=cast("Audience", audience))


def read_philosophy(text: str, source: str) -> tuple[PhilosophyQuestion, ...]:
    """The [[question]] tables of the philosophy; none is allowed."""
    _, tables = read_tables(text, source, "question")
    return tuple(_philosophy(table) for table in tables)


def _philosophy(table: TomlTable) -> PhilosophyQuestion:
    table.expect(_PHILOSOPHY)
    section = table.choice("section", _PHILOSOPHY["section"], get_args(Section))
    return PhilosophyQuestion(text=table.text("text", _PHILOSOPHY["text"]), section=cast("Section", section))


def read_scenarios(text: str, source: str, tags: Collection[str] | None = None) -> tuple[StarterScenario, ...]:
    """The [[scenario]] tables; none is allowed. With `tags`, a standard that is not among them is Unclear."""
    _, tables = read_tables(text, source, "scenario")
    return tuple(_scenario(table, tags) for table in tables)


def _scenario(table: TomlTable, tags: Collection[str] | None) -> StarterScenario:
    table.expect(_SCENARIO)
    standards = table.texts("standards", _SCENARIO["standards"])
    for tag in standards:
        _check_tag(table, "standards", tag)
        if tags is not None and tag not in tags:
            near = nearest(tag, list(tags))
            guess = f"Did you mean “{near}”? " if near else ""
            raise table.refused(
                f"practises “{tag}”, and there is no such standard.",
                f"{guess}Standards: {', '.join(tags)}.",
                "standards",
                unclear=True,
            )
    return StarterScenario(
        title=table.text("title", _SCENARIO["title"]),
        standards=standards,
        customer=table.text("customer", _SCENARIO["customer"]),
        employee=table.text("employee", _SCENARIO["employee"]),
        look_for=table.texts("look_for", _SCENARIO["look_for"]),
    )
