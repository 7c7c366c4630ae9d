"""What stands on the printed evaluation, and that it can always be printed."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.documents.formats.typesetting import RIGHT_TO_LEFT, RUN, NotTypeset, settable, typeset
from meetingtool.documents.people.evaluation_display import display
from meetingtool.documents.people.evaluation_pdf import Paper, paper_data, pdf, pdfs
from meetingtool.documents.people.evaluation_words import points, signed
from meetingtool.rules.people.employee_copy import for_employee

DIGEST = "0123456789abcdef" * 4


def pages(data: bytes) -> int:
    """How many pages a PDF has."""
    found = re.search(rb"/Type/Pages/Count (\d+)", data)
    assert found is not None
    return int(found[1])


def metadata(data: bytes) -> str:
    """The XMP metadata of a PDF, where the standards stand that it keeps."""
    found = re.search(rb"<x:xmpmeta.*?</x:xmpmeta>", data, re.DOTALL)
    assert found is not None
    return found[0].decode()


# What is said.


def test_the_sum_stands_as_a_reader_would_work_through_it(content: dict[str, Any]) -> None:
    total = display(content).sum
    assert [(p.label, p.value, p.weight, p.adds) for p in total.parts] == [
        ("Standards", "76.0", "60", "57.0"),
        ("Customers", "", "20", ""),
        ("Promises", "90.0", "15", "16.9"),
        ("Training", "80.0", "5", "5.0"),
        ("Recognition", "", "bonus", "+4.0"),
    ]
    assert (total.total, total.computed, total.adjustment, total.adjusted, total.shown) == (
        "82.9", "83", "−2", "80.9", "81",
    )  # fmt: skip
    assert total.reason == "Three months away."
    assert "value × its weight ÷ 80, the sum of the weights of the parts that are known" in " ".join(total.how)


def test_an_absent_part_says_why_and_what_there_is(content: dict[str, Any]) -> None:
    customers = display(content).sum.parts[1]
    assert customers.absent
    assert customers.basis == "4 answers of at least 10 (3 of 4 satisfied)"
    assert customers.share is None


def test_the_parts_of_the_bar_add_up_to_the_score(content: dict[str, Any]) -> None:
    total = display(content).sum
    drawn = sum(part.adds_share for part in total.parts)
    assert drawn == pytest.approx(0.82875)
    assert drawn + total.adjustment_share == pytest.approx(0.80875)


def test_an_adjustment_beyond_the_scale_is_drawn_to_its_end(content: dict[str, Any]) -> None:
    content["score"] |= {"value": 98.0, "computed": 98, "shown": 100, "adjustment": {"points": 5.0, "reason": "r"}}
    total = display(content).sum
    assert total.adjustment_share == pytest.approx(0.02)
    assert total.adjusted == "100.0"


def test_the_total_never_rounds_to_another_score_than_the_one_shown(content: dict[str, Any]) -> None:
    content["score"] |= {"value": 84.47, "computed": 84, "shown": 84, "adjustment": {"points": 0.0, "reason": ""}}
    assert display(content).sum.total == "84.47"


def test_the_band_of_the_score_is_marked_on_the_scale(content: dict[str, Any]) -> None:
    scale = display(content).sum.scale
    assert [(band.name, band.at, band.here) for band in scale] == [
        ("Needs help", 0.0, False),
        ("Solid", 0.6, False),
        ("Strong", 0.75, True),
        ("Outstanding", 0.9, False),
    ]


def test_the_drawn_sum_is_told_to_those_who_do_not_see_it(content: dict[str, Any]) -> None:
    assert display(content).sum.chart == (
        "A bar from 0 to 100 made of Standards 57.0, Promises 16.9, Training 5.0, Recognition 4.0, "
        "adjusted by −2: 81 of 100."
    )


def test_quarters_tell_not_seen_from_not_rated(content: dict[str, Any]) -> None:
    rows = display(content).standards
    assert [row.cells for row in rows] == [
        ("4.0", "4.3", "–", "–"),
        ("–", "not seen", "4.0", "4.2"),
        ("–", "–", "–", "–"),
    ]
    assert [row.value for row in rows] == ["75.0", "77.0", "not rated"]
    assert [row.before for row in rows] == ["87.5", "–", "–"]
    assert rows[0].before_share == 0.875


def test_stories_stand_under_their_standard_with_day_customer_and_company(content: dict[str, Any]) -> None:
    shown = display(content)
    first, second = shown.best
    assert (first.title, first.tag) == ("Listens first", "listen")
    assert (second.title, second.tag) == ("Under no standard", "")
    (told,) = first.stories
    assert (told.day, told.ref, told.text) == ("2 Mar", "REF0W1", "Stayed on the line")
    assert told.about == ("for Acme", "with Tom Ng and Zoë Reid")
    assert second.stories[0].day == "30 Dec 2025"
    assert second.stories[0].marks == ("starred", "private")


def test_stories_behind_numbers_stand_apart_from_those_that_a_promise_came_from(content: dict[str, Any]) -> None:
    (counted, (sticky,)), (origins, (gone,)) = display(content).further
    assert (counted, origins) == ("Other stories that numbers rest on", "Stories that promises came from")
    assert sticky.kind == "Sticky situation"
    assert sticky.told == (("What happened", "mixed up"),)
    assert gone.gone
    assert gone.text == "Removed; its text is not kept here."


def test_what_was_removed_since_keeps_its_words_and_says_so(content: dict[str, Any]) -> None:
    shown = display(content, removed={"W1", "F1", "W3"})
    assert shown.best[0].stories[0].marks == ("removed since",)
    assert shown.best[0].stories[0].text == "Stayed on the line"
    assert shown.promises[0].note == "removed since"
    assert shown.further[1][1][0].marks == ()


def test_promises_say_how_they_count(content: dict[str, Any]) -> None:
    rows = display(content).promises
    assert [(row.outcome, row.note) for row in rows] == [
        ("kept", ""),
        ("missed, left out", "born from a sticky situation that was shared"),
        ("counts as missed", "kept, but given a new date only after it was due"),
        ("open", "private"),
    ]
    assert (rows[0].made, rows[0].due, rows[0].settled) == ("1 Feb", "5 Feb", "4 Feb")
    assert (rows[3].due, rows[3].settled) == ("–", "–")


def test_ratings_name_the_stories_they_rest_on(content: dict[str, Any]) -> None:
    rows = display(content).ratings
    assert [row.value for row in rows] == ["5", "not seen", "4"]
    assert rows[0].rests_on == "REF0W1 and 1 story that is not here"
    assert rows[2].rests_on == "REF0K1"


def test_the_year_before_stands_beside_this_one(content: dict[str, Any]) -> None:
    before = display(content).before
    assert before is not None
    assert [(row.label, row.now, row.before, row.change) for row in before.rows] == [
        ("Score", "81", "84", ""),
        ("Standards", "76.0", "70.0", "+6.0"),
        ("Customers", "–", "–", ""),
        ("Promises", "90.0", "92.5", "−2.5"),
        ("Training", "80.0", "–", ""),
        ("Recognition", "4.0", "1.0", "+3.0"),
    ]
    assert before.rows[-1].now_share is None


def test_a_gap_is_not_repeated_among_the_checks(content: dict[str, Any]) -> None:
    shown = display(content)
    assert shown.gaps == ("Nothing on #one-team in this period.",)
    assert shown.checks == ("All 5 ratings are 4.",)


@pytest.mark.parametrize(
    ("state", "note"),
    [
        ("draft", "Made on 5 January 2027. Numbers and text can still change."),
        ("shared", "Shared on 6 January 2027, not yet final. Made on 5 January 2027."),
        ("acknowledged", "Acknowledged on 9 January 2027, not yet final. Made on 5 January 2027."),
        ("final", "Final since 5 January 2027."),
    ],
)
def test_the_state_is_said_in_full(content: dict[str, Any], state: str, note: str) -> None:
    shown = display(content | {"state": state})
    assert shown.state_note == note
    assert shown.draft is (state == "draft")


def test_receipt_is_not_agreement(content: dict[str, Any]) -> None:
    answer = display(content).answer
    assert answer.sentence == "María López received this evaluation on 9 January 2027 and disagrees with it."
    assert "does not mean agreement" in answer.receipt


def test_without_an_answer_there_is_room_for_one(nobody_knows: dict[str, Any]) -> None:
    assert not display(nobody_knows).answer.given


def test_without_evidence_there_is_no_number_but_what_is_missing(nobody_knows: dict[str, Any]) -> None:
    total = display(nobody_knows).sum
    assert (total.shown, total.total, total.missing) == ("", "", ("ratings on standards",))
    assert all(part.absent and not part.adds for part in total.parts)
    assert total.chart == "No score: not enough evidence."


def test_of_what_was_changed_since_no_number_stands_as_a_result_on_any_paper(content: dict[str, Any]) -> None:
    changed = content | {"state": "final", "changed": True, "stamp": "This is not what was finalised."}
    shown = display(changed)
    assert (shown.sum.instead, shown.sum.shown, shown.sum.band) == ("Changed since it was final", "", "")
    assert (shown.sum.total, shown.before, sum(part.adds_share for part in shown.sum.parts)) == ("", None, 0)
    assert pages(pdf(changed)) > 0


def test_the_employees_copy_says_what_it_leaves_out(content: dict[str, Any]) -> None:
    shown = display(for_employee(content))
    assert shown.copy == "Employee’s copy"
    assert shown.left_out == "1 private story, 1 private promise and the manager's own checks before sharing"
    assert shown.checks == ()
    assert shown.checks_reason == ""
    assert "Rang back" not in msgspec.json.encode(shown).decode()


def test_every_text_is_made_visible(hostile: dict[str, Any]) -> None:
    text = msgspec.json.encode(display(hostile)).decode()
    assert "\\u0000" not in text
    assert "␀␛[31m <U+202E>abc \N{REPLACEMENT CHARACTER}" in text


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (0.04, "0"), (-0.04, "0"), (5.65, "+5.7"), (-2.05, "−2.1")])
def test_changes_carry_their_sign(value: float, text: str) -> None:
    assert signed(value) == text


def test_an_adjustment_is_as_exact_as_it_was_made() -> None:
    assert (points(2.0), points(-1.5)) == ("+2", "−1.5")


# What Typst is given.


def test_long_runs_of_letters_can_break_and_words_stay_whole() -> None:
    found = settable({"a": ["x" * 100, "some words"]})
    assert max(map(len, found["a"][0].split("\u200b"))) == RUN
    assert found["a"][0].replace("\u200b", "") == "x" * 100
    assert found["a"][1] == "some words"
    assert settable("0123456789abcdef" * 4) == "0123456789abcdef" * 4, "a digest can be copied and compared"


def test_paragraphs_from_right_to_left_are_marked_one_by_one() -> None:
    first, second = settable("(1) مرحبا بكم\n \n\nOne more: שלום").split("\n\n")
    assert first.startswith(RIGHT_TO_LEFT)
    assert second == "One more: שלום"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_making_a_text_settable_loses_no_letter(text: str) -> None:
    kept = re.sub(r"[\s\u200b\u200f]", "", settable(text))
    assert kept == re.sub(r"[\s\u200b\u200f]", "", text)


# What comes out.


def test_it_is_a_tagged_pdf_to_be_kept_with_its_language_and_title(content: dict[str, Any]) -> None:
    made = pdf(content, digest=DIGEST)
    assert made.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in made
    assert b"/Lang (en)" in made or b"/Lang(en)" in made
    known = metadata(made)
    assert "Customer service evaluation of María López, 2026" in known
    assert "<pdfaid:part>2</pdfaid:part>" in known
    assert "<pdfuaid:part>1</pdfuaid:part>" in known


@pytest.mark.parametrize(("paper", "box"), [("a4", rb"595\.2\d* 841\.8\d*"), ("letter", rb"612 792")])
def test_it_comes_on_the_paper_that_was_asked_for(content: dict[str, Any], paper: Paper, box: bytes) -> None:
    assert re.search(rb"/MediaBox ?\[0 0 " + box + rb"\]", pdf(content, paper=paper))


def test_the_same_content_gives_the_same_bytes(content: dict[str, Any]) -> None:
    assert pdf(content, digest=DIGEST) == pdf(content, digest=DIGEST)


def test_the_digest_and_the_size_reach_the_template(content: dict[str, Any]) -> None:
    data = paper_data(content, "letter", DIGEST.upper())
    assert (data["digest"], data["paper"], data["edition"]) == (DIGEST, "us-letter", "Edition 2")


def test_what_many_are_given_reaches_each(content: dict[str, Any]) -> None:
    assert list(pdfs([(content, DIGEST, {"W1"}), (content, "", ())], paper="letter")) == [
        pdf(content, paper="letter", digest=DIGEST, removed={"W1"}),
        pdf(content, paper="letter"),
    ]


def test_hostile_text_is_only_text(hostile: dict[str, Any]) -> None:
    assert pages(pdf(hostile)) >= 3


def test_without_evidence_it_is_printed_all_the_same(nobody_knows: dict[str, Any]) -> None:
    nobody_knows |= {"standards": [], "score": nobody_knows["score"] | {"standards": []}}
    assert pages(pdf(nobody_knows)) == 2


def test_a_hundred_thousand_letters_run_over_many_pages(content: dict[str, Any]) -> None:
    content["words"]["growth"] = "x" * 100_000
    content["ratings"][0]["note"] = "word " * 4_000
    assert pages(pdf(content)) > 20


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_of_standards_and_quarters_fits(content: dict[str, Any], count: int) -> None:
    content["score"]["standards"] = [content["score"]["standards"][0]] * count
    content["standards"] = [content["standards"][0]] * count
    assert pdf(content).startswith(b"%PDF")


def test_other_scripts_are_set_and_letters_without_a_font_stop_nothing(content: dict[str, Any]) -> None:
    content["words"]["goals"] = "Ελληνικά, Кириллица, Tiếng Việt, مرحبا, שלום, 漢字 한국어 ไทย \U000f0000 \ufdd0"
    assert pages(pdf(content)) >= 3


def test_pictures_without_a_font_do_not_cost_the_standards(content: dict[str, Any]) -> None:
    content["words"]["goals"] = "a NUL \x00 and an escape \x1b"
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(pdf(content))


def test_what_typst_refuses_is_told_without_quoting_anybody() -> None:
    with pytest.raises(NotTypeset) as refused:
        typeset("evaluation.typ", {"heading": "Maria has 40"}, date(2026, 1, 1))
    assert "Maria" not in str(refused.value)
    assert refused.value.hint


def test_many_come_in_order_and_only_a_few_are_made_ahead(content: dict[str, Any]) -> None:
    asked = 0

    def evaluations() -> Any:
        nonlocal asked
        for number in range(30):
            asked += 1
            yield content | {"person": content["person"] | {"name": f"Person {number:02}"}}, "", ()

    stream = pdfs(evaluations())
    first, second = metadata(next(stream)), metadata(next(stream))
    assert "Person 00" in first
    assert "Person 01" in second
    assert asked <= 12
    stream.close()


def test_several_threads_can_print_at_once(content: dict[str, Any]) -> None:
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda _: pdf(content), range(6)))
    assert len(set(made)) == 1


def test_the_sample_team_can_be_printed(sample_contents: list[dict[str, Any]]) -> None:
    assert len(sample_contents) >= 8
    for made in pdfs((content, "", ()) for content in sample_contents[:3]):
        assert 3 <= pages(made) <= 8
