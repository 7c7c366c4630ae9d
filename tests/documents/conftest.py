"""One evaluation with a little of everything, as plain JSON values, for the documents that are drawn from it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from meetingtool.actions.people.evaluation_documents import document_each
from meetingtool.actions.sample import load_sample
from meetingtool.records.people import Person
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace

HOSTILE = (
    '#panic("x") [x] $a^2$ \\ \\u{41} *b* _i_ `c` <l> @r /* // ~ = h\n= head\n- item #import "@preview/x:1.0.0"'
    " \x00\x1b[31m \u202eabc \ud800 {\"a\": 1} <b>bold</b> & 's' =1+1 </title></style><script>alert(1)</script>"
)
"""What no document may take for anything but text."""

QUARTERS = (
    ("Jan–Mar", "2026-01-01", "2026-03-31"),
    ("Apr–Jun", "2026-04-01", "2026-06-30"),
    ("Jul–Sep", "2026-07-01", "2026-09-30"),
    ("Oct–Dec", "2026-10-01", "2026-12-31"),
)


def part(key: str, value: float | None, weight: int, adds: float | None, basis: str, absent: str = "") -> Any:
    found = {"key": key, "label": key.capitalize(), "value": value, "weight": weight, "adds": adds}
    return found | {"basis": basis, "absent_because": absent, "from": []}


def standard_line(key: str, tag: str, title: str, value: float | None, means: list[float | None]) -> Any:
    quarters = [{"label": q[0], "mean": mean, "from": []} for q, mean in zip(QUARTERS, means, strict=True)]
    return {"standard": key, "tag": tag, "title": title, "weight": 1, "value": value, "quarters": quarters}


def story(key: str, day: str, text: str, **changes: Any) -> Any:
    plain = {"id": key, "ref": f"REF0{key}", "kind": "win", "day": day, "text": text, "people": ["María López"]}
    plain |= {"standards": ["listen"], "customer": "", "starred": False, "private": False, "told": True}
    return plain | {"removed": False} | changes


def rating(key: str, day: str, standard: str, value: int | None, note: str, stories: list[str]) -> Any:
    found = {"id": key, "ref": f"REF0{key}", "day": day, "standard": standard, "tag": standard.lower(), "value": value}
    return found | {"note": note, "stories": stories}


def promise(key: str, text: str, state: str, counts: str, why: str = "", **changes: Any) -> Any:
    plain = {"id": key, "ref": f"REF0{key}", "text": text, "customer": "", "made_on": "2026-02-01"}
    plain |= {"due": "2026-02-05", "settled_on": "2026-02-04", "state": state, "counts": counts, "why": why}
    return plain | {"story": None, "private": False} | changes


def standard(key: str, tag: str, title: str) -> Any:
    anchors = ["turns away", "is late", "does it", "sees it coming", "mends the cause"]
    found = {"id": key, "tag": tag, "title": title, "behaviour": "We let people finish.", "anchors": anchors}
    return found | {"weight": 1}


PARTS = [
    part("standards", 76.0, 60, 57.0, "2 of 3 standards, 3 ratings"),
    part("customers", None, 20, None, "3 of 4 satisfied", "4 answers of at least 10"),
    part("promises", 90.0, 15, 16.875, "9 kept, 1 missed, 1 left out"),
    part("training", 80.0, 5, 5.0, "4 of 5 done"),
    part("recognition", None, 0, 4.0, "Feb Mar Jun Sep"),
]

SCORE = {
    "shown": 81,
    "computed": 83,
    "value": 82.875,
    "adjustment": {"points": -2.0, "reason": "Three months away."},
    "band": "Strong",
    "coverage": "4 of 5 parts known",
    "weights": 80,
    "capped": False,
    "missing": [],
    "parts": PARTS,
    "standards": [
        standard_line("LISTEN", "listen", "Listens first", 75.0, [4.0, 4.25, None, None]),
        standard_line("ONTIME", "on-time", "Keeps the time", 77.0, [None, None, 4.0, 4.16]),
        standard_line("TEAM", "one-team", "One team", None, [None, None, None, None]),
    ],
    "promises": [],
}

CONTENT: dict[str, Any] = {
    "document": "customer service evaluation",
    "schema": 1,
    "state": "acknowledged",
    "edition": 2,
    "made_on": "2027-01-05",
    "team": "Harbour Desk",
    "person": {"id": "P", "handle": "maria", "name": "María López", "role": "front desk", "number": "0042"}
    | {"started": "2021-05-03", "left": None},
    "period": {"label": "2026", "since": "2026-01-01", "until": "2026-12-31"}
    | {"quarters": [{"label": label, "since": since, "until": until} for label, since, until in QUARTERS]},
    "score": SCORE,
    "rule": {"bonus_most": 6, "bands": [[90, "Outstanding"], [75, "Strong"], [60, "Solid"], [0, "Needs help"]]},
    "standards": [
        standard("LISTEN", "listen", "Listens first"),
        standard("ONTIME", "on-time", "Keeps the time"),
        standard("TEAM", "one-team", "One team"),
    ],
    "ratings": [
        rating("R1", "2026-03-03", "LISTEN", 5, "calm throughout", ["W1", "GONE"]),
        rating("R2", "2026-05-03", "ONTIME", None, "", []),
        rating("R3", "2026-10-03", "ONTIME", 4, "on the day", ["K1"]),
    ],
    "best": [{"standard": "LISTEN", "stories": ["W1"]}, {"standard": "", "stories": ["W2"]}],
    "stories": [
        story("W1", "2026-03-02", "Stayed on the line", customer="Acme", people=["María López", "Tom Ng", "Zoë Reid"]),
        story("W2", "2025-12-30", "Rang back", starred=True, private=True),
        story(
            "K1", "2026-09-01", "Wrong flowers", kind="sticky", happened="mixed up", handled="", learned="", ended=""
        ),
        story("W3", "2026-11-01", "", removed=True),
    ],
    "promises": [
        promise("F1", "refund posted", "kept", "kept", customer="Acme"),
        promise("F2", "loan bike", "missed", "left out", "born from a sticky situation that was shared"),
        promise("F3", "second quote", "kept", "missed", "kept, but given a new date only after it was due"),
        promise("F4", "ring on Monday", "open", "open", due=None, settled_on=None, private=True),
    ],
    "before": {"label": "2025", "source": "final evaluation of 2025", "shown": 84, "band": "Strong"}
    | {"parts": {"standards": 70.0, "customers": None, "promises": 92.5, "recognition": 1.0}}
    | {"standards": {"listen": 87.5}},
    "gaps": ["nothing on #one-team in this period"],
    "guards": [
        {"code": "gap", "message": "nothing on #one-team in this period", "records": []},
        {"code": "alike", "message": "all 5 ratings are 4", "records": []},
    ],
    "words": {"strengths": "Calm.\r\nAlways.\n\n\nAsks.", "growth": "", "goals": "Train Zoë"}
    | {"open_guards_reason": "It was a short year"},
    "answer": {"shared_on": "2027-01-06", "acknowledged_on": "2027-01-09", "agrees": False, "comment": "I did ask."},
}


@pytest.fixture
def content() -> dict[str, Any]:
    """An evaluation of María López for 2026: acknowledged, adjusted, one part absent, the year before beside it."""
    return copy.deepcopy(CONTENT)


@pytest.fixture
def hostile(content: dict[str, Any]) -> dict[str, Any]:
    """The same, with `HOSTILE` in the place of every text that somebody typed."""
    return _infected(content)


TYPED = {
    "team",
    "name",
    "role",
    "number",
    "title",
    "tag",
    "behaviour",
    "anchors",
    "note",
    "text",
    "people",
    "standards",
}
TYPED |= {"customer", "happened", "reason", "strengths", "growth", "goals", "open_guards_reason", "comment"}


def _infected(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _infected(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_infected(inner, key) for inner in value]
    return HOSTILE if isinstance(value, str) and key in TYPED else value


@pytest.fixture
def nobody_knows(content: dict[str, Any]) -> dict[str, Any]:
    """An evaluation without evidence: no rating, no story, no promise, no year before, and so no number."""
    absent = [part(p["key"], None, p["weight"], None, "", "none yet") for p in PARTS]
    lines = [
        line | {"value": None, "quarters": [q | {"mean": None} for q in line["quarters"]]}
        for line in SCORE["standards"]
    ]
    none = {"shown": None, "computed": None, "value": None, "band": "", "weights": 0, "parts": absent}
    none |= {"standards": lines, "missing": ["ratings on standards"], "coverage": "0 of 5 parts known"}
    none |= {"adjustment": {"points": 0.0, "reason": ""}}
    empty: dict[str, Any] = {name: [] for name in ("ratings", "best", "stories", "promises", "gaps", "guards")}
    silent = {"shared_on": None, "acknowledged_on": None, "agrees": None, "comment": ""}
    words = dict.fromkeys(content["words"], "")
    return content | empty | {"state": "draft", "before": None, "score": SCORE | none, "answer": silent, "words": words}


@pytest.fixture(scope="session")
def sample_contents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """The evaluations of the sample team, as the actions give them."""
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    with Workspace.open(tmp_path_factory.mktemp("sample") / "workspace", create=True, user="pat") as workspace:
        load_sample(workspace, now)
        people = workspace.find(Person)
        yield [found.edition.content for found in document_each(workspace, people, period_of(2026), now)]
