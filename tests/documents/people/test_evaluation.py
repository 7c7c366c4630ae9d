"""The evaluation on paper, in an HR system's CSV and as JSON, from content as it is locked."""

from __future__ import annotations

import copy
import csv
import io
import json
from typing import Any

import pytest

from meetingtool.documents.formats import markdown, plaintext
from meetingtool.documents.people import evaluation_html, year_before
from meetingtool.documents.people import evaluation_words as said
from meetingtool.documents.people.evaluation import evaluation
from meetingtool.documents.people.evaluation_data import COLUMNS, csv_file, json_content, json_file
from meetingtool.documents.people.evaluation_words import number, telling
from meetingtool.rules.people.digests import digest, verify


def part(
    key: str, value: float | None, weight: int, adds: float | None, basis: str, absent: str = ""
) -> dict[str, Any]:
    return {
        "key": key,
        "label": key.capitalize(),
        "value": value,
        "weight": weight,
        "adds": adds,
        "basis": basis,
        "absent_because": absent,
        "from": [],
    }


def story(story_id: str, text: str, **changes: Any) -> dict[str, Any]:
    plain = {
        "id": story_id,
        "ref": f"REF0{story_id}",
        "kind": "win",
        "day": "2026-03-02",
        "text": text,
        "people": ["María López"],
        "standards": ["listen"],
        "customer": "",
        "starred": False,
        "private": False,
        "told": True,
        "removed": False,
    }
    return plain | changes


def content(**changes: Any) -> dict[str, Any]:
    """The worked example of the score, with a little of everything around it."""
    plain: dict[str, Any] = {
        "document": "customer service evaluation",
        "schema": 1,
        "state": "final",
        "edition": 1,
        "made_on": "2027-01-05",
        "team": "Harbour Desk",
        "person": {
            "id": "P",
            "handle": "maria",
            "name": "María López",
            "role": "front desk",
            "number": "0042",
            "started": "2021-05-03",
            "left": None,
        },
        "period": {
            "label": "2026",
            "since": "2026-01-01",
            "until": "2026-12-31",
            "quarters": [{"label": q, "since": "", "until": ""} for q in ("Jan–Mar", "Apr–Jun")],
        },
        "score": {
            "shown": 82,
            "computed": 84,
            "value": 84.372727,
            "adjustment": {"points": -2.0, "reason": "away for three months"},
            "band": "Strong",
            "coverage": "5 of 5 parts known",
            "weights": 100,
            "capped": False,
            "missing": [],
            "parts": [
                part("standards", 76.0, 60, 45.6, "1 standard, 25 ratings"),
                part("customers", 86.363636, 20, 17.272727, "21 of 24 satisfied"),
                part("promises", 90.0, 15, 13.5, "9 kept, 1 missed"),
                part("training", 80.0, 5, 4.0, "4 of 5 done"),
                part("recognition", None, 0, 4.0, "Feb Mar Jun Sep"),
            ],
            "standards": [
                {
                    "standard": "S1",
                    "tag": "listen",
                    "title": "Listens first",
                    "weight": 2,
                    "value": 76.0,
                    "quarters": [
                        {"label": "Jan–Mar", "mean": 4.04, "from": []},
                        {"label": "Apr–Jun", "mean": None, "from": []},
                    ],
                }
            ],
            "promises": [],
        },
        "rule": {"bonus_most": 6, "bands": [[90, "Outstanding"], [75, "Strong"], [0, "Growing"]]},
        "standards": [
            {
                "id": "S1",
                "tag": "listen",
                "title": "Listens first",
                "behaviour": "Hears people out",
                "anchors": ["talks over", "", "listens", "", "changes how we listen"],
                "weight": 2,
            }
        ],
        "ratings": [
            {"id": "R1", "ref": "REF0R1", "day": "2026-03-03", "standard": "S1", "tag": "listen", "value": 5,
             "note": "calm throughout", "stories": ["W1"]},
            {"id": "R2", "ref": "REF0R2", "day": "2026-05-03", "standard": "S1", "tag": "listen", "value": None,
             "note": "", "stories": []},
        ],
        "best": [{"standard": "S1", "stories": ["W1"]}],
        "stories": [
            story("W1", "Stayed on the line", customer="Acme"),
            story("K1", "Wrong flowers", kind="sticky", learned="read it back", handled=""),
            story("W2", "", removed=True),
        ],
        "promises": [
            {"id": "F1", "ref": "REF0F1", "text": "refund", "customer": "Acme", "made_on": "2026-02-01", "due": None,
             "settled_on": "2026-02-09", "state": "kept", "counts": "kept", "why": "", "story": None, "private": False}
        ],
        "before": {"label": "2025", "source": "final evaluation of 2025", "shown": 79, "band": "Strong",
                   "parts": {"standards": 70.0, "customers": None}, "standards": {"listen": 70.0}},
        "gaps": ["nothing on #listen since March"],
        "guards": [{"code": "gap", "message": "nothing on #listen since March", "records": []}],
        "words": {"strengths": "Calm.\nAlways.", "growth": "", "goals": "Train Zoë", "open_guards_reason": ""},
        "answer": {"shared_on": None, "acknowledged_on": "2027-01-09", "agrees": False, "comment": "I did ask."},
    }  # fmt: skip
    return copy.deepcopy(plain | changes)


def scored(**changes: Any) -> dict[str, Any]:
    plain = content()
    return content(score=plain["score"] | changes)


def page(found: dict[str, Any], **options: Any) -> str:
    return markdown.render(evaluation(found, **options))


def test_the_score_stands_with_its_whole_sum_and_both_numbers() -> None:
    assert (
        "## The score\n\n"
        "**82 of 100** · Strong · 5 of 5 parts known\n\n"
        "| Part | Value | Weight | Adds | Rests on |\n"
        "| --- | ---: | ---: | ---: | --- |\n"
        "| Standards | 76.0 | 60 | 45.6 | 1 standard, 25 ratings |\n"
        "| Customers | 86.4 | 20 | 17.3 | 21 of 24 satisfied |\n"
        "| Promises | 90.0 | 15 | 13.5 | 9 kept, 1 missed |\n"
        "| Training | 80.0 | 5 | 4.0 | 4 of 5 done |\n"
        "| Recognition |  |  | 4.0 | Feb Mar Jun Sep |\n"
        "| **Score** |  |  | **84.4** | the sum, rounded to 84 |\n\n"
        "Computed: 84. Adjusted by the manager by −2 to 82: away for three months\n"
    ) in page(content())


def test_without_an_adjustment_that_is_said() -> None:
    text = page(scored(shown=84, adjustment={"points": 0.0, "reason": ""}))
    assert "The manager made no adjustment: 84 as computed." in text


def test_the_total_never_seems_to_round_to_another_number_than_the_one_shown() -> None:
    assert (telling(84.4727, 84), telling(84.3727, 84), telling(84.5, 85)) == ("84.47", "84.4", "84.5")
    assert (number(84.25), number(None), number(0.05)) == ("84.3", "–", "0.1")


def test_without_a_number_what_is_missing_stands_there() -> None:
    parts = [part("standards", None, 60, None, "1 of 3 standards, 1 rating", "fewer than half is rated")]
    text = page(scored(shown=None, computed=None, value=None, parts=parts, missing=["ratings on two standards"]))
    assert "**Not enough evidence** · 5 of 5 parts known" in text
    assert "| Standards | – | 60 | – | fewer than half is rated (1 of 3 standards, 1 rating) |" in text
    assert "- Needed: ratings on two standards" in text
    assert "adjust" not in text


def test_absent_parts_and_a_cut_sum_are_explained() -> None:
    text = page(scored(weights=80, capped=True, value=100.0, computed=100, shown=98))
    assert "Each part adds its value × its weight ÷ 80" in text
    assert "The sum exceeds 100 and is capped there." in text
    assert "the sum, capped at 100, rounded to 100" in text


def test_ratings_stories_promises_words_and_answer_stand_in_it() -> None:
    text = page(content(), digest="ab" * 32)
    for line in (
        "# Customer service evaluation 2026\n\nMaría López\n",
        "**State:** Final, edition 1, made on 5 Jan 2027",
        "| Listens first #listen | 2 | 4.0 | – | 76.0 |",
        "- nothing on #listen since March",
        "- **#listen 5** · 3 Mar 2026 · calm throughout · rests on REF0W1\n- **#listen not seen** · 3 May 2026\n",
        "### Listens first #listen\n\n- **2 Mar 2026** Stayed on the line · Acme · REF0W1\n",
        "- **2 Mar 2026** Wrong flowers · sticky situation · REF0K1\n  - What we learned: read it back\n",
        "- **2 Mar 2026** Removed; its text is not kept here. · REF0W2\n",
        "- **Kept** refund · Acme · kept 9 Feb 2026 · REF0F1\n",
        "| Part | 2025 | 2026 |\n| --- | ---: | ---: |\n| Score | 79 | 82 |\n| Standards | 70.0 | 76.0 |\n",
        "### Strengths\n\nCalm.  \nAlways.\n\n### Goals\n\nTrain Zoë\n",
        "María López received this evaluation on 9 Jan 2027 and disagrees with it.\n\nI did ask.\n",
        "- 5: changes how we listen\n",
        "María López: ______________________________ Date: ____________\n",
        "SHA-256 of the finalised content: " + "ab" * 32,
    ):
        assert line in text
    assert "Where to grow" not in text


def test_of_what_was_changed_since_no_number_stands_as_a_result() -> None:
    found = content(changed=True, stamp="This is not what was finalised.")
    for text in (page(found), evaluation_html.html(found).split("<body")[1]):
        assert "Changed since it was final" in text
        assert "82" not in text
    assert "Strong" not in page(found)


def test_a_story_removed_after_finalising_is_kept_and_shown_as_removed() -> None:
    text = page(content(), removed={"W1", "F1"})
    assert "Stayed on the line · Acme · removed since · REF0W1" in text
    assert "refund · Acme · kept 9 Feb 2026 · removed since · REF0F1" in text


def test_a_draft_has_no_digest_and_a_final_names_its_edition() -> None:
    assert "SHA-256" not in page(content(state="draft"))
    assert "**State:** Final, edition 2, made on" in page(content(edition=2))


def test_the_employees_copy_names_what_is_left_out_and_shows_no_checks() -> None:
    checked = content(guards=[{"code": "quiet", "message": "no story for 7 weeks", "records": []}])
    found = {**checked, "copy": "employee", "left_out": ["1 private story"]}
    del found["guards"]
    text = page(found)
    assert "**Copy:** Employee’s copy" in text
    assert "## Left out of this copy\n\n- 1 private story\n" in text
    assert "own checks" not in text
    assert "## The manager’s own checks\n\n- no story for 7 weeks\n" in page(checked)
    assert "own checks" not in page(content()), "what is among the gaps is not said twice"


def test_it_reads_as_plain_text_too() -> None:
    text = plaintext.render(evaluation(content()), 100)
    assert "82 of 100 · Strong · 5 of 5 parts known" in text
    assert "Standards     76.0      60  45.6  1 standard, 25 ratings" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_hostile_names_and_words_stand_as_typed() -> None:
    hostile = "<script>alert(1)</script> | [x](javascript:1) =1+1 \x1b[31m"
    found = content(stories=[story("W1", hostile, customer=hostile)])
    found["person"]["name"] = found["words"]["strengths"] = found["team"] = hostile
    text = page(found)
    assert "<script>" not in text
    assert "\x1b" not in text
    assert "\n[x]" not in text


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_csv_has_one_row_a_person_with_real_numbers() -> None:
    draft = scored(shown=None, computed=None, value=None)
    data = csv_file([(content(), "ab"), (draft, "")])
    first, second = rows(data)
    assert tuple(first) == COLUMNS
    assert (first["number"], first["name"], first["score"], first["computed"]) == ("0042", "María López", "82", "84")
    assert (first["customers"], first["recognition"], first["agrees"]) == ("86.363636", "4.0", "no")
    assert (first["ratings"], first["score_before"], first["digest"]) == ("1", "79", "ab")
    assert (second["score"], second["digest"]) == ("", "")
    assert b",82,84,84.372727,-2.0," in data


def test_no_cell_of_the_csv_becomes_a_formula() -> None:
    found = content()
    found["person"]["name"] = "=HYPERLINK(1)"
    found["words"]["goals"] = "@SUM(1)"
    (row,) = rows(csv_file([(found, "")]))
    assert (row["name"], row["goals"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


def test_json_is_complete_and_can_be_verified_also_after_another_program_wrote_it() -> None:
    found = content()
    sealed = digest(found)
    data = json_file(found, sealed)
    assert json.loads(data) == {"digest": sealed, "content": found}
    assert verify(json_content(data) or {}, sealed)
    elsewhere = json.dumps(json.loads(data), sort_keys=True).encode("utf-8-sig")
    assert verify(json_content(elsewhere) or {}, sealed)
    assert json.loads(json_file(found))["digest"] is None


def test_a_changed_file_is_noticed_even_with_a_digest_to_match() -> None:
    found = content()
    sealed = digest(found)
    found["score"]["shown"] = 99
    assert not verify(json_content(json_file(found, digest(found))) or {}, sealed)


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"[]", b'{"content": 1}', b"\xff\xfe", b"null"])
def test_what_is_no_exported_evaluation_is_told(data: bytes) -> None:
    assert json_content(data) is None


def test_the_sections_are_called_the_same_on_every_paper() -> None:
    checks = [{"code": "quiet", "message": "no story for 7 weeks", "records": []}]
    found = content(guards=checks, rule={"bonus_most": 6, "bands": [[75, "Strong"], [0, "Growing"]]})
    text, web = page(found), evaluation_html.html(found)
    for title in (said.SCORE, said.WORDS, said.STANDARDS, said.STORIES, said.PROMISES, said.GAPS, said.CHECKS):
        assert f"## {title}\n" in text
        assert f">{title}<" in web


def test_years_known_by_different_parts_are_compared_by_those_that_both_have(content: dict[str, Any]) -> None:
    content["score"]["parts"] = [
        {**part, "value": {"standards": 80.0, "promises": 90.0}.get(part["key"])} for part in content["score"]["parts"]
    ]
    content["before"] |= {"parts": {"standards": 59.0}, "rule": content["rule"].get("version", 1)}
    assert year_before.like_with_like(content) == (
        f"{content['before']['label']} and this period rest on different parts, so the two scores can't be compared. "
        "By standards alone: 59.0 then, 80.0 now."
    )
    change = {"now": 80.0, "then": 59.0, "words": "+21.0 ±10", "parts": ["standards"], "points": 21.0, "margin": 10.0}
    content["before"]["change"] = change
    assert year_before.like_with_like(content).endswith("By standards alone: 59.0 then, 80.0 now, +21.0 ±10.")
    content["before"]["parts"] = {"standards": 59.0, "promises": 70.0}
    assert year_before.like_with_like(content).startswith(
        "Like with like, by standards and promises without recognition: "
    )
    assert not year_before.unlike_scores(content)
    content["before"]["parts"] = {"promises": 59.0}
    assert year_before.like_with_like(content).endswith("rest on different parts: the two scores can't be compared.")


def test_of_a_sticky_situation_in_brief_it_is_true_what_rests_on_it() -> None:
    found = content()
    found["stories"][1]["brief"] = True
    found["ratings"][1] |= {"value": 4, "stories": ["K1"]}
    counted = page(found).split("### Other stories that numbers rest on")[1].split("###")[0]
    assert "A sticky situation shared on " in counted
    assert "; the rating #listen 4 rests on how it was handled." in counted
    assert "1 rating rests on how a sticky situation was handled, and counts like any other." in page(found)
    found["ratings"][1]["stories"] = []
    assert "it adds nothing and lowers nothing." in page(found).split("### Stories that promises came from")[1]
    assert "Other stories that numbers rest on" not in page(found)


def test_an_edition_replaces_the_one_before_it_and_no_other() -> None:
    def reopened(edition: int) -> dict[str, Any]:
        plain = {"what": "reopened", "edition": edition, "on": "2027-02-01", "final_on": "2027-01-05"}
        return plain | {"digest": "ab" * 32, "reason": "A typo", "answered_on": None, "agrees": None, "comment": ""}

    paper = page(content(edition=3, course=[reopened(1), reopened(2)]))
    assert "Edition 1, final since 5 Jan 2027 (digest abababababababab), was reopened on 1 Feb 2027" in paper
    assert "This replaces edition 2, final since 5 Jan 2027" in paper
    assert "This replaces edition 1" not in paper


def test_the_right_to_reply_is_printed_until_it_was_used() -> None:
    office = {"reply": "You may answer within 14 days.", "kept": "Kept for six years."}
    answered, open_ = content(office=office), content(office=office)
    open_["answer"] |= {"acknowledged_on": None, "agrees": None, "comment": ""}
    assert ("14 days" in page(open_), "14 days" in page(answered)) == (True, False)
    assert "Kept for six years." in page(answered)


def test_the_reasons_for_sharing_and_for_finalising_stand_apart() -> None:
    words = {"open_guards_reason": "Left in January\nMade final anyway, because: Left"}
    assert said.nevertheless({"words": words}) == (
        "Shared anyway, because: Left in January",
        "Made final anyway, because: Left",
    )
    assert said.nevertheless({"words": {"open_guards_reason": "Made final anyway, because: Left"}}) == (
        "Made final anyway, because: Left",
    )
    assert said.nevertheless({"words": {"open_guards_reason": ""}}) == ()
