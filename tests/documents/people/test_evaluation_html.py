"""The evaluation as one HTML file: whole, well formed, and nothing in it but text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from meetingtool.documents.people.evaluation_html import html
from meetingtool.rules.people.employee_copy import for_employee

VOID = {"meta", "br", "input"}
OURS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "div", "span", "bdi"),
    *("h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "b", "i", "br", "small"),
}


class Page(HTMLParser):
    """What a browser would find: the tags, what they carry, and the text beyond the style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.values: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_it_says_what_the_evaluation_says(content: dict[str, Any]) -> None:
    text = Page(html(content, "ab" * 32)).text
    for said in (
        "María López",
        "Customer service evaluation 2026",
        "Harbour Desk",
        "0042",
        "Edition 2",
        "81 of 100",
        "83 from the records, −2 by the manager",
        "Three months away.",
        "absent: 4 answers of at least 10 (3 of 4 satisfied)",
        "Calm. Always. Asks.",
        "not seen",
        "Stayed on the line for Acme · with Tom Ng and Zoë Reid",
        "counts as missed (kept, but given a new date only after it was due)",
        "Nothing on #one-team in this period.",
        "I did ask.",
        "and disagrees with it",
        "A signature confirms that this evaluation was received",
        "All 5 ratings are 4.",
        "mends the cause",
        "Digest (SHA-256) " + "ab" * 32,
    ):
        assert said in text


def test_every_tag_is_closed_and_none_comes_from_a_text(hostile: dict[str, Any]) -> None:
    page = Page(html(hostile))
    assert page.open == []
    assert page.tags == OURS
    assert "<script>alert(1)</script>" in page.text
    assert not any(name.startswith("on") or name in {"src", "href"} for name in page.attributes)


def test_it_needs_nothing_beside_it_and_may_load_nothing(content: dict[str, Any]) -> None:
    page = Page(html(content))
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.values
    assert not {"link", "img", "script", "iframe"} & page.tags


def test_controls_and_directions_in_text_are_shown_and_do_nothing(hostile: dict[str, Any]) -> None:
    made = html(hostile)
    assert "␀␛[31m &lt;U+202E&gt;abc" in made
    assert "\x00" not in made
    made.encode("utf-8")


def test_text_of_people_stands_in_its_own_direction(content: dict[str, Any]) -> None:
    content["words"]["strengths"] = "مرحبا بكم"
    assert '<p class="typed" dir="auto">مرحبا بكم</p>' in html(content)


def test_the_language_the_title_and_the_heads_of_tables_are_there_for_screen_readers(content: dict[str, Any]) -> None:
    made = html(content)
    page = Page(made)
    assert ("lang", "en") in page.values
    assert "<title>Customer service evaluation of María López, 2026</title>" in made
    assert {("scope", "col"), ("scope", "row")} <= set(page.values)
    assert ("aria-label", "A bar from 0 to 100 made of Standards 57.0, Promises 16.9, Training 5.0, Recognition 4.0, "
            "adjusted by −2: 81 of 100.") in page.values  # fmt: skip


@pytest.mark.parametrize(("points", "shown", "widths"), [(-2.0, 81, 0.80875), (2.0, 85, 0.84875)])
def test_the_bar_is_as_wide_as_the_score_and_shows_the_adjustment(
    content: dict[str, Any], points: float, shown: int, widths: float
) -> None:
    content["score"] |= {"shown": shown, "adjustment": {"points": points, "reason": "r"}}
    bar = html(content).split('<div class="sum"')[1].split("</div>")[0]
    drawn = [float(piece.split("%")[0]) / 100 for piece in bar.split("width:")[1:]]
    taken = drawn[-1] if points < 0 else 0.0
    assert sum(drawn) - taken == pytest.approx(widths, abs=0.001)
    assert drawn[-1] == pytest.approx(0.02, abs=0.001)


def test_a_sum_beyond_a_hundred_ends_at_the_end_of_the_bar(content: dict[str, Any]) -> None:
    for part in content["score"]["parts"]:
        part["adds"] = 30.0
    bar = html(content).split('<div class="sum"')[1].split("</div>")[0]
    assert sum(float(piece.split("%")[0]) for piece in bar.split("width:")[1:]) <= 100.01


def test_without_evidence_it_says_so(nobody_knows: dict[str, Any]) -> None:
    page = Page(html(nobody_knows))
    assert "No score" in page.text
    assert "There is not enough evidence for a number. It needs: ratings on standards" in page.text
    assert "☐ I agree with this evaluation." in page.text
    assert ("class", "draft") in page.values


def test_the_employees_copy_holds_nothing_private(content: dict[str, Any]) -> None:
    text = Page(html(for_employee(content))).text
    assert "Left out of this copy: 1 private story, 1 private promise" in text
    for private in ("Rang back", "ring on Monday", "All 5 ratings are 4", "It was a short year"):
        assert private not in text


def test_every_printed_page_says_whose_it_is_and_the_form_is_on_screen_alone(content: dict[str, Any]) -> None:
    content["person"]["name"] = 'Mia"; } </style> Öz'
    page = html(for_employee(content | {"state": "shared", "answer_to": "ab" * 32}))
    style = page.split("<style>")[1].split("</style>")[0]
    assert 'content: "Mia\\000022\\00003b' in style
    assert 'class="by-hand"' not in page or "@media screen { .by-hand { display: none; } }" in style
    file = Page(page).values[[name for name, _ in Page(page).values].index("data-file")][1]
    assert file == "answer of Mia ; } style Öz 0042 2026.json"


def test_the_sample_team_can_be_shown(sample_contents: list[dict[str, Any]]) -> None:
    for content in sample_contents:
        assert content["person"]["name"] in Page(html(content)).text
