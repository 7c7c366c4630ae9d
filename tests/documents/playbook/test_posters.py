"""Posters, cards and the comment card: one sheet, large type, any script, nothing taken for markup."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, date, datetime
from typing import Any

import pytest

from meetingtool.documents.customers.wall import WallLine
from meetingtool.documents.formats import typesetting
from meetingtool.documents.formats.typesetting import drawable, lacks_letters
from meetingtool.documents.playbook.comment_card import SHEETS, comment_card_pdf, squares
from meetingtool.documents.playbook.posters import (
    PAPERS,
    SMALLEST,
    Poster,
    of_heard,
    of_philosophy,
    of_standards,
    poster_pdf,
)
from meetingtool.documents.playbook.standards import cards_pdf
from meetingtool.records.philosophy import Group, Statement
from meetingtool.records.standards import Standard

AT = datetime(2026, 1, 1, tzinfo=UTC)
MADE: dict[str, Any] = {"at": AT, "made_at": AT, "made_by": "pat"}
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
            id=f"s{n}", **MADE, tag=f"tag-{n}", title=title, behaviour=behaviour, anchors=("a", "b", "c", "d", "e")
        )
        for n, (title, behaviour) in enumerate(words)
    ]


def pages(pdf: bytes) -> int:
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf)
    assert found is not None
    return int(found[1])


def sizes(pdf: bytes) -> set[float]:
    """The sizes of type in a PDF, in points, as its pages set them."""
    found: set[float] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            page = zlib.decompress(stream)
        except zlib.error:
            continue
        found |= {float(size) for size in re.findall(rb"/f\d+ ([\d.]+) Tf", page)}
    return found


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
def test_up_to_twelve_standards_fill_one_sheet_in_large_type(
    paper: str, words: list[tuple[str, str]], sheets: int
) -> None:
    poster = of_standards("Harbour [Desk]", standards(words))
    pdf = poster_pdf(poster, paper, MADE_ON)
    assert pages(pdf) == sheets
    assert b"pdfaid" in pdf
    assert min(sizes(pdf)) >= SMALLEST[paper]
    assert pdf == poster_pdf(poster, paper, MADE_ON)


def test_a_picture_left_out_takes_the_blank_and_the_comma_beside_it_along() -> None:
    assert drawable("Families 🐝, flags 🐝, 🐝, honey  🐝 ", {"🐝"}, left_out=True) == "Families, flags, honey"


def test_cards_stand_eight_to_a_sheet() -> None:
    assert pages(cards_pdf("Harbour Desk", standards([("Listens", LONG)] * 8), "a4", MADE_ON)) == 1
    assert pages(cards_pdf("Harbour Desk", standards([*HOSTILE, *[("Listens", LONG)] * 9]), "letter", MADE_ON)) == 2


def test_a_poster_of_the_philosophy_has_what_was_agreed_and_no_proposal() -> None:
    sentences = [
        Statement(id="a", **MADE, section="promise", text="We ring back.", agreed_on=MADE_ON),
        Statement(id="b", **MADE, section="promise", text="The same day.", agreed_on=MADE_ON),
        Statement(id="c", **MADE, section="vision", text="A proposal."),
    ]
    groups = [Group(id=name, **MADE, name=name) for name in ("commuters", "families")]
    poster = of_philosophy("Harbour Desk", sentences, groups)
    assert [(each.title, each.text) for each in poster.entries] == [
        ("Whom we serve", "Commuters and families."),
        ("What we promise", "We ring back.\n\nThe same day."),
    ]
    assert pages(poster_pdf(poster, "a3", MADE_ON)) == 1


def test_what_was_heard_stands_with_what_became_of_it_the_newest_dozen() -> None:
    lines = [
        WallLine("“Open earlier”", "open at [seven]", "open"),
        WallLine("wet saddles", "saddle covers at the door", "done"),
        WallLine("", "a café", "dropped", "no room"),
        WallLine("cold", "heat the hall", "dropped", "the hall is the town's"),
        *[WallLine("x", f"old {n}", "done") for n in range(20)],
    ]
    poster = of_heard("Harbour Desk", lines)
    told = [(each.title, each.text) for each in poster.entries]
    assert told[0] == ("Saddle covers at the door", "“wet saddles”")
    assert told[-3:] == [
        ("Still to come: open at [seven]", "“Open earlier”"),
        ("Not done: a café", "no room"),
        ("Not done: heat the hall", "“cold”\n\nthe hall is the town's"),
    ]
    assert len(told) == 12
    assert isinstance(poster, Poster)


@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize("address", ["", "https://example.org/harbour", "https://example.org/" + "x" * 280])
def test_a_comment_card_stands_on_one_sheet_and_can_be_read_aloud(paper: str, address: str) -> None:
    pdf = comment_card_pdf("Harbour [Desk] كرسي", address, paper, MADE_ON)
    assert pages(pdf) == 1
    assert b"pdfaid" in pdf
    assert (b"/Alt" in pdf) is bool(address)
    assert min(sizes(pdf)) >= 7


def test_the_squares_of_a_code_have_its_three_corners() -> None:
    rows = squares("https://example.org/harbour")
    side = len(rows)
    corner = [[1] * 7, [1, 0, 0, 0, 0, 0, 1], [1, 0, 1, 1, 1, 0, 1]]
    assert all(len(row) == side for row in rows)
    for y, x in ((0, 0), (0, side - 7), (side - 7, 0)):
        assert [row[x : x + 7] for row in rows[y : y + 3]] == corner


def test_a_picture_without_a_font_is_left_out_on_a_wall_and_named_elsewhere() -> None:
    undrawable = frozenset("👋👨👩👧🇺🇦\u20e3")
    words = {
        "title": "Hello 👋",
        "entries": ["👨\u200d👩\u200d👧 come 👋🏽 from 🇺🇦 too", "👋", "plain 1\ufe0f\u20e3 2"],
    }
    on_wall = {"title": "Hello", "entries": ["come from too", "[waving hand sign]", "plain 1 2"]}
    assert drawable(words, undrawable, left_out=True) == on_wall
    elsewhere = {"title": "Hello [waving hand sign]", "entries": ["[man, woman, girl] come", "[flag UA]"]}
    named = {"title": words["title"], "entries": ["👨\u200d👩\u200d👧 come", "🇺🇦"]}
    assert drawable(named, undrawable) == elsewhere


def test_letters_without_a_font_leave_no_picture_behind_as_a_box() -> None:
    """Whatever fonts a computer has, each picture is in one or known as missing."""
    private_use, pictures = chr(0xF8FF0), {"\U0001f46a", "\U0001f1fa", "\U0001f1e6", typesetting.KEYCAP}
    title = f"Hello {' '.join(pictures)} 1{typesetting.KEYCAP}"
    assert lacks_letters(poster_pdf(of_standards("Harbour", standards([(title, private_use)])), "a4", MADE_ON))
    assert typesetting._undrawable & pictures == typesetting._without_font(pictures)
