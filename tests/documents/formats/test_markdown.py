from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from meetingtool.documents.formats.markdown import escaped, render
from meetingtool.documents.formats.paper import (
    Block,
    Column,
    Facts,
    Heading,
    Item,
    Items,
    Paper,
    Paragraph,
    Signatures,
    Strong,
    Table,
)
from meetingtool.rules.wording import one_line, visible

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = [
    "[x](javascript:alert(1))",
    "![x](http://example.com/a.png)",
    "<script>alert(1)</script>",
    "<b>",
    "`code` and ```",
    "| a | b |",
    "\\| \\",
    "# no heading",
    "#own-it",
    "- no list",
    "+ no list",
    "* no list",
    "1. no list",
    "12) no list",
    "> no quote",
    "---",
    "===",
    "***bold***",
    "_x_ ~~y~~",
    "[ ] no task",
    "[foo]: http://example.com",
    "&lt; &#35; &copy",
    "AT&T & co",
    "~~~",
    "    indented",
    "ends with a backslash\\",
    ": no definition",
    "2 * 3 * 4 < 5 > 1",
    "\x1b[31mred \u202e \x00",
    "maria_lopez@example.com",
]


def words(tokens: list[Token]) -> str:
    """What a reader sees, when nothing but text came out."""
    out = ""
    for token in tokens:
        if token.type in ("text", "text_special"):
            out += token.content
        elif token.type in ("softbreak", "hardbreak"):
            out += "\n"
        else:
            raise AssertionError(f"{token.type} came out of text: {token.content!r}")
    return out


def inlines(text: str) -> list[list[Token]]:
    return [token.children or [] for token in READER.parse(text) if token.type == "inline"]


def blocks(text: str) -> list[str]:
    return [token.type for token in READER.parse(text) if token.nesting == 1]


def paper(*parts: Block, title: str = "T") -> str:
    return render(Paper(title, "", parts))


TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.sampled_from("\\`*_[]()<>#+-=|~&!:;1. \nab@$\"'^{}"), max_size=24),
    st.text(max_size=12),
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_stands_as_typed_in_a_paragraph(typed: str) -> None:
    (_, found) = inlines(paper(Paragraph(typed)))
    assert words(found) == one_line(typed)
    assert blocks(paper(Paragraph(typed))) == ["heading_open", "paragraph_open"]


@given(TEXT)
@example("a\n---")
@example("a\n===\nb")
@example("a\n\n\n b")
@example("| a |\n|---|")
def test_any_paragraph_stands_as_typed(typed: str) -> None:
    found = inlines(paper(Paragraph(typed)))[1:]
    seen = "\n".join(words(tokens) for tokens in found)
    lines = [one_line(line) for line in visible(typed).split("\n")]
    assert [line for line in seen.split("\n") if line] == [line for line in lines if line]
    assert set(blocks(paper(Paragraph(typed)))) <= {"heading_open", "paragraph_open"}


@given(TEXT, TEXT)
@example("1 #", "##")
@example("#", "- x")
@example("1. x", "# x #")
def test_any_text_stands_as_typed_in_a_list_a_heading_and_a_table(one: str, other: str) -> None:
    if not one_line(one) or not one_line(other):
        return
    text = paper(
        Heading(one),
        Items((Item(one, (other,)), Item(other))),
        Table((Column(one), Column("n", right=True)), ((other, one),)),
        title=other,
    )
    seen = [words(tokens) for tokens in inlines(text)]
    a, b = one_line(one), one_line(other)
    assert seen == [b, a, a, b, b, a, "n", b, a]


@given(TEXT)
def test_any_text_stands_as_typed_after_strong_words(typed: str) -> None:
    if not one_line(typed):
        return
    (_, found) = inlines(paper(Items((Item((Strong("Maria"), " ", typed)),))))
    kinds = [token.type for token in found if token.type not in ("text", "text_special")]
    assert kinds == ["strong_open", "strong_close"]
    assert " ".join("".join(t.content for t in found).split()) == f"Maria {one_line(typed)}"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Stayed on the line (until 9), then rang back!", "Stayed on the line (until 9), then rang back!"),
        ("first-rate, 1 + 1 = 2; 24.11.", "first-rate, 1 + 1 = 2; 24.11."),
        ("It's “Blue Door Café” & co.", "It's “Blue Door Café” & co."),
        ("3.5 stars", "3.5 stars"),
        ("Gull's Nest B&B", "Gull's Nest B&B"),
        ("-5 degrees", "-5 degrees"),
    ],
)
def test_ordinary_words_are_left_readable(typed: str, written: str) -> None:
    assert escaped(typed) == written


def test_a_whole_paper_reads_well_as_it_is() -> None:
    text = render(
        Paper(
            "Weekly meeting",
            "Harbour Desk",
            (
                Facts((("Here", "Maria and Tom"), ("Away", "Zoë"))),
                Heading("Wins"),
                Items((Item((Strong("Maria"), " stayed on the line"), ("learned: ring early",)),)),
                Paragraph("One line\nand another.\n\nA new thought."),
                Table((Column("Part"), Column("Adds", right=True)), (("Standards", "45.6"), ("a|b", "4.0"))),
                Signatures(("María López",)),
            ),
        )
    )
    assert text == (
        "# Weekly meeting\n\nHarbour Desk\n\n"
        "**Here:** Maria and Tom  \n**Away:** Zoë\n\n"
        "## Wins\n\n- **Maria** stayed on the line\n  - learned: ring early\n\n"
        "One line  \nand another.\n\nA new thought.\n\n"
        "| Part | Adds |\n| --- | ---: |\n| Standards | 45.6 |\n| a\\|b | 4.0 |\n\n"
        "María López: ______________________________ Date: ____________\n"
    )


def test_signature_lines_are_lines() -> None:
    (_, found) = inlines(paper(Signatures(("Zoë Martin-Reid",))))
    assert words(found).startswith("Zoë Martin-Reid: ____")
