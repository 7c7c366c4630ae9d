"""Final is final: what was changed in a book since is said wherever it is read, and never stands under its digest."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingtool.records.evaluations import Final
from meetingtool.rules.people.digests import digest, seal_of
from tests.cli.conftest import Cli
from tests.conftest import Prepared

TAGS = ("welcome", "listen", "own-it", "plain-words", "on-time", "put-right", "know-how", "one-team")
GUARDS = ("--reason", "Agreed with HR.", "--yes")
CHANGED = "no longer matches its digest"


@pytest.fixture
def rated(cli: Cli, folder: Path, prepared: Prepared) -> Cli:
    """Maria has been rated 4 on every standard, in spring and now."""
    prepared(folder, rate_maria, cli)
    return cli


def rate_maria(cli: Cli) -> None:
    for tag in TAGS:
        for day in ("2026-05-12", "2026-11-24"):
            cli("rate", "@maria", tag, "4", "--on", day)
    cli("evaluation", "write", "@maria", "--strengths", "Sees things through: 76.0 of 100 “calls”, é, 東京.")


@pytest.fixture
def final(rated: Cli) -> Cli:
    """Maria's evaluation is shared, answered and final."""
    rated("evaluation", "share", "@maria", *GUARDS)
    rated("evaluation", "acknowledge", "@maria", "--agrees")
    rated("evaluation", "finalise", "@maria", *GUARDS)
    return rated


def edit_book(folder: Path, old: str, new: str) -> None:
    """Change the book of the year by hand, every place where it says so."""
    book = folder / "2026.json"
    text = book.read_text(encoding="utf-8")
    assert old in text
    book.write_text(text.replace(old, new), encoding="utf-8")


def exported(cli: Cli, to: Path, *words: str) -> Path:
    (name,) = cli("evaluation", "export", "@maria", *words, "--to", to).lines
    return Path(name)


def test_a_forged_score_is_said_in_lists_and_shown_under_no_digest(final: Cli, folder: Path) -> None:
    locked = final("evaluation", "show", "@maria", "--json").json["digest"]
    edit_book(folder, '"shown":75', '"shown":96')
    listed = final("evaluation", "list")
    (row,) = [line for line in listed.lines if line.startswith("@maria")]
    assert "changed since" in row
    assert "96" not in row
    assert "75" not in row
    assert CHANGED in listed.err
    (entry,) = [e for e in final("evaluation", "list", "--json").json if e["person"]["handle"] == "maria"]
    assert (entry["score"], entry["digest"], entry["genuine"]) == (None, None, False)
    shown = final("evaluation", "show", "@maria")
    assert CHANGED in shown.err
    assert CHANGED in shown.out
    assert locked not in shown.out
    assert "changed since" in final("score", "@maria").out


@pytest.mark.parametrize("kind", ["md", "html", "json", "csv", "pdf", "xlsx"])
def test_no_paper_prints_what_was_changed_under_the_digest(final: Cli, folder: Path, tmp_path: Path, kind: str) -> None:
    locked = final("evaluation", "show", "@maria", "--json").json["digest"]
    edit_book(folder, '"shown":75', '"shown":96')
    data = exported(final, tmp_path / "forged", "--format", kind).read_bytes()
    assert locked.encode() not in data
    if kind in ("md", "html"):
        assert CHANGED in data.decode()
    if kind == "json":
        assert json.loads(data)["genuine"] is False
    if kind == "csv":
        assert b",no," in data


@pytest.mark.parametrize("kind", ["json", "md", "html", "pdf"])
def test_the_forged_paper_is_never_genuine_and_the_genuine_json_always_is(
    final: Cli, folder: Path, tmp_path: Path, kind: str
) -> None:
    genuine = exported(final, tmp_path / "genuine", "--format", kind)
    forged = genuine.with_name(f"forged.{kind}")
    forged.write_bytes(genuine.read_bytes().replace(b"75 of 100", b"96 of 100").replace(b'"shown":75', b'"shown":96'))
    edit_book(folder, '"shown":75', '"shown":96')
    if kind == "json":
        assert "This is edition 1" in final("evaluation", "verify", genuine).out
    else:
        assert CHANGED in final("evaluation", "verify", genuine, code=1).err
    final("evaluation", "verify", forged, code=1)


def test_check_names_what_no_longer_fits_even_after_the_next_save(final: Cli, folder: Path) -> None:
    assert final("check").out == ""
    edit_book(folder, '"shown":75', '"shown":96')
    final("win", "@tom stayed late")
    told = final("check", code=1).out
    assert "Edition 1 of the evaluation of Maria Lopez for 2026 is not what was finalised" in told


def test_what_was_shared_is_guarded_too(rated: Cli, folder: Path) -> None:
    rated("evaluation", "share", "@maria", *GUARDS)
    edit_book(folder, '"shown":75', '"shown":96')
    assert CHANGED in rated("evaluation", "show", "@maria").err
    for command in (["acknowledge", "@maria", "--agrees"], ["finalise", "@maria", *GUARDS]):
        assert CHANGED in rated("evaluation", *command, code=1).err
    assert "What was shared of the evaluation of Maria Lopez" in rated("check", code=1).out


def test_values_out_of_range_are_named_and_the_others_go_on(rated: Cli, folder: Path) -> None:
    rated("evaluation", "adjust", "@maria", "2", "--reason", "Led the desk.")
    rated("rate", "@tom", "listen", "3", "--on", "2026-11-24")
    edit_book(folder, '"adjustment":2', '"adjustment":50')
    edit_book(folder, '"value":3', '"value":9')
    rows = {line.split()[0]: line for line in rated("evaluation", "list").lines[2:]}
    assert set(rows) == {"@maria", "@tom", "@zoe", "@karim", "@sam"}
    assert "75" in rows["@maria"]
    assert "adjustment of +50" in rated("score", "@maria", "--why").out
    assert "1 rating is not from 1 to 5" in rated("score", "@tom", "--why").out
    told = rated("check", code=1).out
    assert "The adjustment of the evaluation of Maria Lopez for 2026 is +50, not 5 points at most." in told
    assert "of Tom Ng on 2026-11-24 is 9, not 1 to 5." in told


def test_the_digest_can_be_made_again_with_sed_and_sha256sum(final: Cli, tmp_path: Path) -> None:
    file = exported(final, tmp_path, "--format", "json")
    line = subprocess.run(
        ["sed", "-n", 's/^  "content": //p', str(file)], capture_output=True, check=True
    ).stdout.rstrip(b"\n")
    made = subprocess.run(["sha256sum"], input=line, capture_output=True, check=True).stdout.split()[0].decode()
    assert made == json.loads(file.read_bytes())["digest"]


@pytest.mark.parametrize("reader", ["manager", "employee"])
def test_the_digest_can_be_made_again_with_the_few_lines_of_the_page(final: Cli, tmp_path: Path, reader: str) -> None:
    file = exported(final, tmp_path, "--format", "json", "--for", reader)
    anew = tmp_path / "set out anew.json"
    anew.write_text(json.dumps(json.loads(file.read_bytes()), indent=4), encoding="utf-8")
    page = Path("docs/checking.md").read_text(encoding="utf-8")
    code = page.split("```python\n")[1].split("```")[0]
    made = subprocess.run([sys.executable, "-c", code, str(anew)], capture_output=True, check=True, text=True).stdout
    kept = json.loads(file.read_bytes())
    assert made.strip() == kept["digest"]
    assert (kept.get("digest_of_whole") is not None) is (reader == "employee")


def test_a_share_and_an_answer_can_not_be_undone(rated: Cli) -> None:
    ref = rated("win", "@tom swept up").out.split()[1]
    rated("evaluation", "share", "@maria", *GUARDS)
    refused = rated("undo", code=1).err
    assert "evaluation shared. That can't be undone" in refused
    assert "`meetingtool undo --past` takes back what was done before it: win recorded" in refused
    rated("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "No.")
    assert "That can't be undone" in rated("undo", code=1).err
    assert "undone: win recorded" in rated("undo", "--past").out
    assert "in the bin" in rated("show", ref).out
    assert "shared" in rated("evaluation", "list").out or "acknowledged" in rated("evaluation", "list").out


def test_a_changed_answer_leaves_the_former_one_and_the_reason_on_the_paper(rated: Cli) -> None:
    rated("evaluation", "share", "@maria", *GUARDS)
    rated("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "The spring is missing.")
    assert "already been noted" in rated("evaluation", "acknowledge", "@maria", "--agrees", code=1).err
    rated("evaluation", "acknowledge", "@maria", "--agrees", "--reason", "Typed for the wrong person.")
    rated("evaluation", "finalise", "@maria", *GUARDS)
    paper = " ".join(rated("evaluation", "show", "@maria").out.split())
    assert "Maria Lopez received this evaluation on 24 Nov 2026 and agrees with it" in paper
    assert (
        "The answer was changed on 24 Nov 2026, because: Typed for the wrong person. "
        "The answer before: disagrees: The spring is missing." in paper
    )


def test_received_without_a_view_is_an_answer(rated: Cli, tmp_path: Path) -> None:
    rated("evaluation", "share", "@maria", *GUARDS)
    assert "Say which" in rated("evaluation", "acknowledge", "@maria", code=2).err
    assert "Say which" in rated("evaluation", "acknowledge", "@maria", "--agrees", "--received", code=2).err
    rated("evaluation", "acknowledge", "@maria", "--received")
    (row,) = [line for line in rated("evaluation", "list").lines if line.startswith("@maria")]
    assert "received" in row
    assert "received this evaluation on 24 Nov 2026 and gives no view" in rated("evaluation", "show", "@maria").out
    (table,) = rated("evaluation", "export", "@maria", "--format", "csv", "--to", tmp_path).lines
    (entry,) = csv.DictReader(Path(table).read_text(encoding="utf-8-sig").splitlines())
    assert (entry["answer"], entry["agrees"]) == ("received, no view", "")
    assert entry["person_id"]


def test_an_answer_by_file_is_bound_to_what_was_shared(rated: Cli, tmp_path: Path) -> None:
    rated("evaluation", "share", "@maria", *GUARDS)
    page = exported(rated, tmp_path, "--format", "html", "--for", "employee").read_text(encoding="utf-8")
    assert 'data-file="answer of Maria Lopez maria 2026.json"' in page, "answers of a team lie in one folder"
    shared = page.split('data-to="')[1].split('"')[0]
    assert len(shared) == 64
    script = page.split("<script>")[1].split("</script>")[0]
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{allowed}'" in page, "the page may run this script, and no other"
    assert "data-to=" not in exported(rated, tmp_path / "m", "--format", "html").read_text(encoding="utf-8")
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"answer_to": "0" * 64, "agrees": True, "comment": ""}), encoding="utf-8")
    assert "does not answer anything currently shared here" in rated("evaluation", "answer", file, code=1).err
    for broken in (
        "",
        "[]",
        '{"agrees": 1}',
        '{"answer_to": "x", "agrees": true}',
        '{"answer_to": "x", "agrees": "yes"}',
        '{"answer_to": "x", "agrees": true, "agrees": false, "comment": ""}',
        "[" * 100_000,
    ):
        file.write_text(broken, encoding="utf-8")
        refused = rated("evaluation", "answer", file, code=1).err
        assert "not an answer" in refused or "“agrees” is in this file twice" in refused
    file.write_text(json.dumps({"answer_to": shared, "agrees": False, "comment": "No <b>way</b>."}), encoding="utf-8")
    told = rated("evaluation", "answer", file)
    assert told.out.endswith("Maria Lopez · 2026 · acknowledged\n")
    assert "Noted as the answer: disagrees, “No <b>way</b>.” Changing" in told.err
    assert "already been noted" in rated("evaluation", "answer", file, "--reason", "Again.", code=1).err
    assert "No <b>way</b>." in rated("evaluation", "show", "@maria").out
    again = exported(rated, tmp_path / "again", "--format", "html", *FOR_HER).read_text(encoding="utf-8")
    assert f'data-to="{shared}"' in again
    assert "To change the answer, answer again here" in again
    file.write_text(json.dumps({"answer_to": shared, "agrees": True, "comment": ""}), encoding="utf-8")
    assert "already been noted" in rated("evaluation", "answer", file, code=1).err
    rated("evaluation", "answer", file, "--reason", "She talked with HR.")
    assert "She talked with HR." in rated("evaluation", "show", "@maria").out


@pytest.mark.parametrize("to", ["draft", "shared", "acknowledged"])
def test_a_final_that_was_made_something_else_by_hand_is_said_and_kept_from_further_steps(
    final: Cli, folder: Path, to: str
) -> None:
    edit_book(folder, '"state":"final"', f'"state":"{to}"')
    (row,) = [line for line in final("evaluation", "list").lines if line.startswith("@maria")]
    assert "changed since" in row
    assert "75" not in row
    assert "This is not how it was left" in final("evaluation", "show", "@maria").out
    refused = final("evaluation", "finalise", "@maria", *GUARDS, code=1).err
    assert "was changed outside meetingtool" in refused
    assert "its last edition says otherwise" in final("check", code=1).out


def test_an_edition_that_was_taken_out_or_is_anothers_is_found_by_check(final: Cli, folder: Path) -> None:
    book = folder / "2026.json"
    whole = json.loads(book.read_text(encoding="utf-8"))
    (key,) = [key for key, record in whole["records"].items() if record["type"] == "evaluation"]
    finals = whole["records"][key].pop("finals")
    book.write_text(json.dumps(whole), encoding="utf-8")
    assert "changed since" in final("evaluation", "list").out
    assert "This is not how it was left" in final("evaluation", "show", "@maria").out
    assert "its last edition says otherwise" in final("check", code=1).out
    finals[0]["content"]["person"]["id"] = "01K00000000000000000000000"
    finals[0]["digest"] = digest(finals[0]["content"])
    whole["records"][key]["finals"] = finals
    book.write_text(json.dumps(whole), encoding="utf-8")
    assert "is about somebody else" in final("check", code=1).out
    assert "is about somebody else" in final("evaluation", "show", "@maria").err


FORGERIES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "parts taken out": (lambda e: e["finals"][0]["content"].pop("score"), CHANGED),
    "all taken out": (lambda e: e["finals"][0]["content"].clear(), CHANGED),
    "another form": (lambda e: e["finals"][0]["content"].update(person="Maria"), CHANGED),
    "an edition that there never was": (lambda e: _anew(e, edition=2), "taken out or put in another order"),
    "another day": (
        lambda e: e["finals"][0].update(finalised_at="2026-01-05T09:00:00Z"),
        "the day on which it was finalised was changed",
    ),
    "another answer": (lambda e: e.update(agrees=False), "the answer or the words beside it"),
    "another number with its digest": (
        lambda e: _anew(e, score=e["finals"][0]["content"]["score"] | {"shown": 96}),
        "its score is not the sum of its parts",
    ),
    "another number that fits, with digest and seal": (
        lambda e: _sealed_anew(e, score=_praised(e["finals"][0]["content"]["score"])),
        "it is not what was shared and answered before it was finalised",
    ),
    "another answer everywhere, with digest and seal": (
        lambda e: (
            e.update(agrees=False),
            _sealed_anew(e, answer=e["finals"][0]["content"]["answer"] | {"agrees": False}),
        ),
        "it is not what was shared and answered before it was finalised",
    ),
    "its seal taken away": (lambda e: e["finals"][0].pop("seal"), "it is not what was shared and answered before"),
    "taken off the end": (lambda e: (e["finals"].clear(), e.update(state="draft")), "was taken out of its record"),
    "other weights for the others": (
        lambda e: e["fixed"]["rule"].update(standards=10),
        "are not those by which it was shared",
    ),
    "put in the bin": (lambda e: e.update(removed_at="2026-11-24T10:00:00Z"), "is not there any more"),
}


def _anew(evaluation: dict[str, Any], **changed: object) -> None:
    final = evaluation["finals"][0]
    final["content"].update(changed)
    final["digest"] = digest(final["content"])


def _sealed_anew(evaluation: dict[str, Any], **changed: object) -> None:
    """As docs/checking.md teaches to make digest and seal."""
    _anew(evaluation, **changed)
    final = evaluation["finals"][0]
    final["seal"] = seal_of(msgspec.convert(final, Final))


def _praised(score: dict[str, Any]) -> dict[str, Any]:
    return score | {"shown": score["computed"] + 5, "adjustment": {"points": 5, "reason": "Great"}}


def test_whatever_is_changed_by_hand_is_said_by_check_and_ends_no_other_command(
    final: Cli, folder: Path, tmp_path: Path
) -> None:
    book = folder / "2026.json"
    before = book.read_text(encoding="utf-8")
    for number, (name, (forge, said)) in enumerate(FORGERIES.items()):
        whole = json.loads(before)
        (record,) = [record for record in whole["records"].values() if record["type"] == "evaluation"]
        forge(record)
        book.write_text(json.dumps(whole), encoding="utf-8")
        assert said in final("check", code=1).out, name
        listed = final("evaluation", "list")
        assert len(listed.lines) == 7, name
        if said != "are not those by which it was shared":
            assert "agrees" not in listed.out or "changed since" in listed.out, name
        if "with digest and seal" in name:
            forged = exported(final, tmp_path / f"forged{number}", "--format", "json")
            final("evaluation", "verify", forged, code=1)
            content = json.dumps({"digest": record["finals"][0]["digest"], "content": record["finals"][0]["content"]})
            forged.write_text(content, encoding="utf-8")
            assert "is not what was finalised" in final("evaluation", "verify", forged, code=1).err
        exported(final, tmp_path / str(number), "--format", "html")


@pytest.mark.parametrize("forged", ["here", "copy"])
def test_of_a_forged_and_a_genuine_copy_the_genuine_one_is_kept_and_both_are_said(
    final: Cli, folder: Path, forged: str
) -> None:
    book, copy = folder / "2026.json", folder / "2026 (conflicted copy 2026-11-24 090000).json"
    copy.write_bytes(book.read_bytes())
    changed = copy if forged == "copy" else book
    changed.write_bytes(changed.read_bytes().replace(b'"shown":75', b'"shown":96'))
    told = final("check", "--merge", "--yes", code=None).out
    assert "One of the two versions of the evaluation of Maria Lopez for 2026" in told
    assert "is not what was finalised: its record has been changed since and no longer matches its digest." in told
    assert "It is not used; the one that was finalised is." in told
    (row,) = [line for line in final("evaluation", "list").lines if line.startswith("@maria")]
    assert "75" in row
    assert "changed since" not in row
    assert "Maria Lopez" not in final("check", code=None).out


def test_every_edition_can_be_printed_and_the_new_one_names_the_old(final: Cli, tmp_path: Path) -> None:
    first = final("evaluation", "show", "@maria", "--json").json
    final("evaluation", "reopen", "@maria", "--reason", "A rating was missing")
    final("evaluation", "write", "@maria", "--strengths", "Calm.")
    final("evaluation", "share", "@maria", *GUARDS)
    final("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "Not that.")
    final("evaluation", "finalise", "@maria", *GUARDS)
    paper = " ".join(final("evaluation", "show", "@maria").out.split())
    assert (
        f"This replaces edition 1, final since 24 Nov 2026 (digest {first['digest'][:16]}), which was reopened on "
        "24 Nov 2026, because: A rating was missing. The answer before: agrees." in paper
    )
    assert final("evaluation", "show", "@maria", "--edition", "1", "--json").json == first
    old = exported(final, tmp_path, "--edition", "1", "--format", "md")
    assert old.name == "Maria Lopez maria 2026 - edition 1 - for the manager.md"
    assert "Replaced by edition 2. Reopened on 24 Nov 2026: A rating was missing" in old.read_text(encoding="utf-8")
    assert "There is no edition 3" in final("evaluation", "show", "@maria", "--edition", "3", code=1).err


@pytest.mark.parametrize("kind", ["pdf", "html", "md"])
def test_a_paper_of_a_former_edition_is_genuine_at_every_time_it_may_have_been_made(
    final: Cli, tmp_path: Path, kind: str
) -> None:
    papers = [exported(final, tmp_path / "1", "--format", kind)]
    final("evaluation", "reopen", "@maria", "--reason", "A rating was missing")
    papers.append(exported(final, tmp_path / "2", "--edition", "1", "--format", kind))
    final("evaluation", "finalise", "@maria", *GUARDS)
    papers.append(exported(final, tmp_path / "3", "--edition", "1", "--format", kind, *FOR_HER))
    for paper in papers:
        told = final("evaluation", "verify", paper).out
        assert "edition 1 of the evaluation of Maria Lopez for 2026" in told
        assert "which was reopened since" in told


FOR_HER = ("--for", "employee")


def test_a_forged_final_says_so_wherever_it_is_read_though_its_digest_was_made_again(
    final: Cli, folder: Path, tmp_path: Path
) -> None:
    book = folder / "2026.json"
    whole = json.loads(book.read_text(encoding="utf-8"))
    (record,) = [record for record in whole["records"].values() if record["type"] == "evaluation"]
    _anew(record, person=record["finals"][0]["content"]["person"] | {"role": "Head of the house"})
    book.write_text(json.dumps(whole), encoding="utf-8")
    assert "changed since" in final("evaluation", "list").out
    page = exported(final, tmp_path, "--format", "html").read_text(encoding="utf-8")
    assert "not what was shared and answered before it was finalised" in page
    assert '<span class="state">Changed since</span>' in page
    _anew(record, score=record["finals"][0]["content"]["score"] | {"shown": 96})
    book.write_text(json.dumps(whole), encoding="utf-8")
    assert "its score is not the sum of its parts" in final("evaluation", "list").err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"agrees":false', '"agrees":true'),
        ('"comment":"Not that."', '"comment":"Great."'),
        ('"acknowledged_at":"2026-11', '"acknowledged_at":"2026-10'),
        ('"shared_at":"2026-11', '"shared_at":"2026-10'),
    ],
)
def test_an_answer_turned_by_hand_is_said_and_never_becomes_final(rated: Cli, folder: Path, old: str, new: str) -> None:
    rated("evaluation", "share", "@maria", *GUARDS)
    rated("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "Not that.")
    assert rated("check").out == ""
    edit_book(folder, old, new)
    assert "not the answer that was noted" in rated("evaluation", "list").err
    assert "not what was noted" in rated("check", code=1).out
    refused = rated("evaluation", "finalise", "@maria", *GUARDS, code=1).err
    assert "the answer has been changed since" in refused or "not what was noted" in refused


def evaluation_in(whole: dict[str, Any]) -> dict[str, Any]:
    (record,) = [record for record in whole["records"].values() if record["type"] == "evaluation"]
    found: dict[str, Any] = record
    return found


def test_an_answer_turned_by_hand_stays_found_out_when_its_digest_is_taken_away(rated: Cli, folder: Path) -> None:
    rated("evaluation", "share", "@maria", *GUARDS)
    rated("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "Not that.")
    book = folder / "2026.json"
    whole = json.loads(book.read_text(encoding="utf-8"))
    evaluation_in(whole).update(agrees=True, comment="Great")
    del evaluation_in(whole)["answer_digest"]
    book.write_text(json.dumps(whole), encoding="utf-8")
    assert "changed since" in rated("evaluation", "list").out
    rated("evaluation", "finalise", "@maria", *GUARDS, code=1)
    rated("win", "@tom stayed late")
    assert "is not what was noted" in rated("check", code=1).out


def test_an_edition_taken_off_the_end_is_missed_wherever_the_evaluation_is_read(
    final: Cli, folder: Path, tmp_path: Path
) -> None:
    final("evaluation", "reopen", "@maria", "--reason", "A rating was missing")
    final("evaluation", "finalise", "@maria", *GUARDS)
    papers = [exported(final, tmp_path / format, "--format", format) for format in ("json", "html")]
    book = folder / "2026.json"
    before = book.read_text(encoding="utf-8")
    whole = json.loads(before)
    evaluation_in(whole)["finals"].pop()
    evaluation_in(whole)["state"] = "draft"
    book.write_text(json.dumps(whole), encoding="utf-8")
    lost = "an edition that was finalised was taken out of its record"
    assert lost in final("check", code=1).out
    assert "changed since" in final("evaluation", "list").out
    assert lost in final("evaluation", "show", "@maria").err
    for paper in papers:
        told = final("evaluation", "verify", paper, code=1)
        assert lost in told.out + told.err
    assert lost in final("evaluation", "write", "@maria", "--goals", "More.", code=1).err
    whole = json.loads(before)
    record = evaluation_in(whole)
    record["reopened"], record["finals"][1]["content"]["course"] = [], []
    del record["course_digest"]
    record["finals"][1]["digest"] = digest(record["finals"][1]["content"])
    book.write_text(json.dumps(whole), encoding="utf-8")
    assert "why or when it was reopened" in final("evaluation", "show", "@maria").err
    assert "changed since" in final("evaluation", "list").out


def test_check_misses_a_final_that_was_taken_out_of_its_book(final: Cli, folder: Path) -> None:
    book = folder / "2026.json"
    whole = json.loads(book.read_text(encoding="utf-8"))
    (key,) = [key for key, record in whole["records"].items() if record["type"] == "evaluation"]
    del whole["records"][key]
    book.write_text(json.dumps(whole), encoding="utf-8")
    final("win", "@tom stayed late")
    assert "that was finalised on Tuesday 24 November 2026" in final("check", code=1).out
    assert "that was finalised on Tuesday 24 November 2026" in final("evaluation", "list").err
    assert final("evaluation", "list", "--year", "2025").err.count("is not there any more") == 0


def test_a_reason_for_reopening_changed_by_hand_is_said_wherever_it_stands(final: Cli, folder: Path) -> None:
    final("evaluation", "reopen", "@maria", "--reason", "A rating was missing")
    assert final("check").out == ""
    edit_book(folder, "A rating was missing", "Maria asked for it")
    told = "why or when it was reopened, or the answer before, was changed in its record"
    assert told in final("check", code=1).out
    assert told in final("evaluation", "list").err
    assert told in final("evaluation", "show", "@maria").err
    assert told in final("evaluation", "show", "@maria", "--edition", "1").err
    assert "no longer matches its digest" in final("evaluation", "share", "@maria", *GUARDS, code=1).err
    assert "no longer matches its digest" in final("evaluation", "finalise", "@maria", *GUARDS, code=1).err


def test_what_was_shared_and_is_made_a_draft_by_hand_is_said(rated: Cli, folder: Path) -> None:
    rated("evaluation", "share", "@maria", *GUARDS)
    edit_book(folder, '"state":"shared"', '"state":"draft"')
    assert "This is not how it was left" in rated("evaluation", "show", "@maria").out
    assert "what was shared of it says otherwise" in rated("check", code=1).out
    refused = rated("evaluation", "write", "@maria", "--goals", "More.", code=1).err
    assert "was changed outside meetingtool" in refused


def test_what_can_not_be_verified_is_told_as_that(rated: Cli, tmp_path: Path) -> None:
    rated("evaluation", "share", "@maria", *GUARDS)
    early = exported(rated, tmp_path / "early", "--format", "json", *FOR_HER)
    paper = exported(rated, tmp_path / "early", "--format", "md", *FOR_HER)
    for step in ("acknowledge", "finalise"):
        told = rated("evaluation", "verify", early, code=1).err
        assert "the evaluation of Maria Lopez for 2026 as it was shared on Tuesday 24 November 2026, before" in told
        assert "what was shared or answered before it was final" in rated("evaluation", "verify", paper, code=1).err
        rated("evaluation", step, "@maria", *(["--agrees"] if step == "acknowledge" else GUARDS))
    assert "as it was shared on" in rated("evaluation", "verify", early, code=1).err
    for kind in ("csv", "xlsx"):
        table = exported(rated, tmp_path / kind, "--format", kind)
        assert "A table of several evaluations can't be verified" in rated("evaluation", "verify", table, code=1).err


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('"genuine": false', "proves nothing"),
        ('"content": {"score": 99}', "“content” is in it more than once"),
        ('"score": 99', "“score” was added to it"),
    ],
)
def test_json_with_more_than_was_exported_is_not_what_was_exported(
    final: Cli, tmp_path: Path, added: str, said: str
) -> None:
    file = exported(final, tmp_path, "--format", "json")
    assert "This is edition 1" in final("evaluation", "verify", file).out
    file.write_bytes(file.read_bytes().replace(b"{", b"{ " + added.encode() + b",", 1))
    assert said in final("evaluation", "verify", file, code=1).err


def test_last_years_goals_stand_on_this_years_paper_with_what_became_of_them(final: Cli) -> None:
    final("evaluation", "write", "@tom", "--year", "2025", "--goals", "Learn the till.")
    final("evaluation", "write", "@tom", "--became", "He runs it alone.", "--carry-goals-on")
    final("settings", "set", "manager", "Pat Reed")
    final("settings", "set", "manager-title", "Head of the desk")
    paper = final("evaluation", "show", "@tom").out
    plain = " ".join(paper.split())
    assert "Learn the till." in plain
    assert "He runs it alone." in plain
    assert "Pat Reed, Head of the desk, for Harbour Desk" in plain
    assert "Second reviewer" in plain
    assert "within 14 days of receiving it" in plain
    assert "three years" in plain
    assert "90 to 100 Outstanding, 75 to 89 Strong, 60 to 74 Solid, 40 to 59 Growing, 0 to 39 Needs help" in plain
    assert final("evaluation", "show", "@tom", "--json").json["content"]["words"]["goals"] == "Learn the till."


def test_letters_without_a_font_and_a_paper_without_a_manager_are_told_with_the_way_out(
    cli: Cli, tmp_path: Path
) -> None:
    """A letter of a private area has a font nowhere."""
    assert "Papers leave your name empty" in cli("evaluation", "share", "@maria", "--yes", code=1).err
    assert "Papers leave your name empty" in cli("evaluation", "export", "@maria", "--to", tmp_path / "nobodys").err
    cli("evaluation", "share", "@tom", *GUARDS)
    cli("settings", "set", "manager", "Pat Doyle")
    assert "It was shared without your name" in cli("evaluation", "finalise", "@tom", *GUARDS).err
    assert cli("evaluation", "export", "@maria", "--to", tmp_path / "plain").err == ""
    cli("evaluation", "write", "@maria", "--goals", "\U00010486 \ue123")
    told = cli("evaluation", "export", "@maria", "--to", tmp_path / "boxes").err
    assert "Some letters appear as boxes in Maria Lopez maria 2026 - for the manager.pdf" in told
    assert "or choose HTML" in told


def test_a_long_name_keeps_what_tells_its_file_from_others(cli: Cli, tmp_path: Path) -> None:
    cli("team", "edit", "@maria", "--name", "Maria " + "Lopez-Garcia " * 15, "--number", "0042")
    name = exported(cli, tmp_path, "--format", "md", "--for", "employee").name
    assert name.endswith(" 0042 2026 - for the employee.md")
    assert len(name.encode()) < 200


def test_two_numbers_that_begin_alike_never_share_a_file(cli: Cli, tmp_path: Path) -> None:
    names = []
    for number in ("EMP-2024-NORTH-100014", "EMP-2024-NORTH-100026", "EMP/2024", "EMP:2024"):
        cli("team", "edit", "@maria", "--number", number)
        names.append(exported(cli, tmp_path / str(len(names)), "--format", "md").name)
    assert len(set(names)) == 4
    assert names[0] == "Maria Lopez EMP-2024-NORTH-100014 2026 - for the manager.md"


def test_a_mid_year_review_stands_beside_the_annual_one(final: Cli) -> None:
    final("evaluation", "write", "@maria", "--year", "2026-H1", "--goals", "More.")
    assert final("evaluation", "show", "@maria", "--year", "2026-H1", "--json").json["content"]["state"] == "draft"
    assert final("evaluation", "show", "@maria", "--json").json["content"]["state"] == "final"
    assert (
        "Mid-year customer service evaluation 2026 H1" in final("evaluation", "show", "@maria", "--year", "2026-H1").out
    )
    for other in ("2026-04-01..2027-03-31", "2026-05-01..2026-06-30"):
        refused = final("evaluation", "write", "@maria", "--year", other, "--goals", "x", code=1)
        assert "covers some of these days" in refused.err


def test_a_restored_evaluation_never_stands_beside_another_one(rated: Cli) -> None:
    first = rated("evaluation", "write", "@tom", "--goals", "One.").out.split()[1]
    rated("undo")
    rated("evaluation", "write", "@tom", "--goals", "Two.")
    assert "has another evaluation" in rated("bin", "restore", first, code=1).err


def test_the_page_of_the_team_is_named_after_it_and_is_not_for_employees(rated: Cli, tmp_path: Path) -> None:
    (page,) = rated("evaluation", "export", "--all", "--format", "team", "--to", tmp_path).lines
    assert Path(page).name == "team Harbour Desk 2026 - for the manager.pdf"
    refused = rated("evaluation", "export", "@maria", "--format", "team", "--for", "employee", "--to", tmp_path, code=1)
    assert "for the manager only" in refused.err


def _number_changed(evaluation: dict[str, Any]) -> None:
    evaluation["finals"][0]["content"]["score"]["shown"] = 30


@pytest.mark.parametrize(
    "change", [_number_changed, lambda one: one.update(finals=[]), lambda one: one.update(state="draft")]
)
def test_a_final_of_last_year_that_was_changed_since_lends_no_number_to_this_year(
    final: Cli, folder: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    book = folder / "2026.json"
    whole = json.loads(book.read_text(encoding="utf-8"))
    change(evaluation_in(whole))
    book.write_text(json.dumps(whole), encoding="utf-8")
    later = datetime.fromisoformat("2027-06-01T09:00:00+02:00")
    said = "the evaluation of 2026 was changed since"
    final("evaluation", "write", "@maria", "--became", "Half done.", at=later)
    paper = " ".join(final("evaluation", "show", "@maria", at=later).out.split())
    assert f"2026: {said}, so it has no number and no goals here." in paper
    assert f"Left out: {said}." in paper
    assert f"{said}, so its numbers and goals stay out" in final("evaluation", "share", "@maria", at=later, code=1).err
    refused = final("evaluation", "write", "@maria", "--carry-goals-on", at=later, code=1).err
    assert "was changed since, so its goals stay out" in refused
    (years,) = final("score", "@maria", "--years", "--json", at=later).json[:1]
    assert (years["by"], years["score"], years["coverage"]) == ("changed since", None, "")
    assert set(years["parts"].values()) == {None}
    (table,) = final("evaluation", "export", "@maria", "--format", "csv", "--to", tmp_path, at=later).lines
    (row,) = csv.DictReader(Path(table).read_text(encoding="utf-8-sig").splitlines())
    assert (row["genuine"], row["score_before"], row["genuine_before"]) == ("", "", "no")
    assert row["goals_before"] == ""


def test_a_year_that_starts_in_another_month_says_what_finals_it_leaves_aside(final: Cli) -> None:
    told = final("settings", "set", "year", "April").err
    assert "1 evaluation of 1 Jan 2026 to 31 Dec 2026 keeps its days: in years that share days with it" in told
    said = "@maria: the evaluation of 1 Jan 2026 to 31 Dec 2026 is final, and shares days with 2026/27"
    for asked in (("evaluation", "list"), ("evaluation", "show", "@maria"), ("score", "@maria", "--years")):
        assert said in final(*asked).err
    assert final("settings", "year", "january").err == ""
