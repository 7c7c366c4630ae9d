"""Posters and cards of the standards: one sheet, large type, any script, nothing taken for markup."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from meetingtool.documents.playbook.standards import PAPERS, cards_pdf, poster_pdf
from meetingtool.records.standards import Standard

AT = datetime(2026, 1, 1, tzinfo=UTC)
MADE_ON = date(2026, 11, 29)
LONG = ("We let people finish, ask until we understand, say it back, and only then answer. " * 3)[:200]
HOSTILE = [
    ("#panic() [/foo]", "= no heading *bold* $x$"),
    ("نستقبل الجميع بترحاب", "كل من يأتي أو يتصل أو يكتب يُلاحظ فورًا."),
    ("A" * 60, "b" * 200),
]


def standards(words: list[tuple[str, str]]) -> list[Standard]:
    return [
        Standard(
            id=f"s{n}",
            at=AT,
            made_at=AT,
            made_by="pat",
            tag=f"tag-{n}",
            title=title,
            behaviour=behaviour,
            anchors=("a", "b", "c", "d", "e"),
        )
        for n, (title, behaviour) in enumerate(words)
    ]


def pages(pdf: bytes) -> int:
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    ("words", "sheets"),
    [
        ([("Smile", "Look up and greet.")] * 3, 1),
        ([("Listens before answering", LONG)] * 12, 1),
        ([("Listens before answering", LONG)] * 15, 2),
        (HOSTILE, 1),
    ],
)
def test_up_to_twelve_standards_fill_one_sheet(paper: str, words: list[tuple[str, str]], sheets: int) -> None:
    pdf = poster_pdf("Harbour [Desk]", standards(words), paper, MADE_ON)
    assert pages(pdf) == sheets
    assert b"pdfaid" in pdf
    assert pdf == poster_pdf("Harbour [Desk]", standards(words), paper, MADE_ON)


def test_cards_stand_eight_to_a_sheet() -> None:
    assert pages(cards_pdf("Harbour Desk", standards([("Listens", LONG)] * 8), "a4", MADE_ON)) == 1
    assert pages(cards_pdf("Harbour Desk", standards([*HOSTILE, *[("Listens", LONG)] * 9]), "letter", MADE_ON)) == 2
