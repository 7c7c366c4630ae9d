"""The annual evaluations from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.conftest import Prepared

TAGS = ("welcome", "listen", "own-it", "plain-words", "on-time", "put-right", "know-how", "one-team")


@pytest.fixture
def rated(cli: Cli, folder: Path, prepared: Prepared) -> Cli:
    """A workspace in which Maria has been rated 4 on every standard, in spring and now, one of them for a win."""
    prepared(folder, rate_maria, cli)
    return cli


def rate_maria(cli: Cli) -> None:
    win = cli("win", "@maria closed the gap behind it #own-it").out.split()[1]
    for tag in TAGS:
        story = ["--story", win] if tag == "own-it" else []
        cli("rate", "@maria", tag, "4", *story)
        cli("rate", "@maria", tag, "4", "--on", "2026-05-12")


def state(cli: Cli, handle: str = "maria") -> dict[str, object]:
    return next(e for e in cli("evaluation", "list", "--json").json if e["person"]["handle"] == handle)


def test_everybody_is_listed_with_how_far_they_are(rated: Cli) -> None:
    rated("evaluation", "write", "@maria", "--strengths", "Sees things through.")
    listed = rated("evaluation", "list")
    rows = {line.split()[0]: line for line in listed.lines[2:]}
    assert "draft" in rows["@maria"]
    assert "75" in rows["@maria"]
    assert "strengths" in rows["@maria"]
    assert "not begun" in rows["@tom"]
    assert listed.err.startswith("2026. ")
    assert state(rated, "tom")["state"] == "not begun"


def test_the_words_are_written_part_by_part(rated: Cli) -> None:
    told = rated("evaluation", "write", "@maria", "--strengths", "Sees things\nthrough.", "--goals", "Teach others.")
    assert told.out.endswith("Maria Lopez · 2026 · draft\n")
    rated("evaluation", "write", "@maria", "--growth", "-", stdin="Say no\r\nmore often.\r\n")
    written = state(rated)
    assert (written["strengths"], written["growth"]) == ("Sees things\nthrough.", "Say no\nmore often.")
    assert written["goals"] == "Teach others."
    rated("undo")
    assert state(rated)["growth"] == ""


def test_nothing_to_write_is_wrong_usage_where_nobody_can_be_asked(rated: Cli) -> None:
    assert "--strengths TEXT" in rated("evaluation", "write", "@maria", code=2).err
    assert "Only one of them" in rated("evaluation", "write", "@maria", "--goals", "-", "--growth", "-", code=2).err


def test_the_words_are_written_in_the_editor(rated: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\np = pathlib.Path(sys.argv[1])\n"
        "text = p.read_text(encoding='utf-8')\nassert '# Where to grow' in text\n"
        "p.write_text(text.replace('# Strengths', '# Strengths\\nSees it through.\\n\\nAlways.'), encoding='utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{editor}"')
    rated("evaluation", "write", "@maria", typed="")
    assert state(rated)["strengths"] == "Sees it through.\n\nAlways."
    editor.write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('all gone')\n", encoding="utf-8")
    refused = rated("evaluation", "write", "@maria", typed="", code=1)
    assert "“# Strengths” is missing" in refused.err
    assert state(rated)["strengths"] == "Sees it through.\n\nAlways."


def test_an_adjustment_has_its_reason_and_its_limit(rated: Cli) -> None:
    assert "at most 5 points" in rated("evaluation", "adjust", "@maria", "6", "--reason", "x", code=1).err
    assert "at most 5 points" in rated("evaluation", "adjust", "@maria", "nan", "--reason", "x", code=1).err
    assert "needs a reason" in rated("evaluation", "adjust", "@maria", "2", code=1).err
    rated("evaluation", "adjust", "@maria", "-2", "--reason", "Away in spring.")
    assert (state(rated)["score"], state(rated)["computed"]) == (73, 75)
    assert state(rated)["adjustment"] == {"points": -2, "reason": "Away in spring."}
    why = rated("score", "@maria", "--why").out
    assert "75, adjusted by -2 to 73" in why
    assert "because: Away in spring." in why
    rated("evaluation", "adjust", "@maria", "0")
    assert state(rated)["score"] == 75


def test_what_should_be_looked_at_needs_a_reason_and_final_is_locked(rated: Cli) -> None:
    refused = rated("evaluation", "finalise", "@maria", code=1)
    assert "Check first" in refused.err
    final = rated("evaluation", "finalise", "@maria", "--reason", "Her first year.")
    assert final.out.endswith("Maria Lopez · 2026 · final\n")
    digest = final.err.split()[-1]
    assert len(digest) == 64
    assert rated("evaluation", "show", "@maria", "--json").json["digest"] == digest
    for command in (
        ["write", "@maria", "--goals", "x"],
        ["adjust", "@maria", "1", "--reason", "x"],
        ["finalise", "@maria"],
    ):
        assert "is final" in rated("evaluation", *command, code=1).err
    rated("rate", "@maria", "listen", "3")
    assert state(rated)["score"] == 75, "what is final stays, whatever is rated since"
    assert rated("evaluation", "show", "@maria", "--json").json["digest"] == digest


def test_finalising_asks_at_a_terminal(rated: Cli) -> None:
    asked = rated("evaluation", "finalise", "@maria", "--reason", "x", typed="\n")
    assert "! " in asked.err
    assert "Finalise the evaluation of Maria Lopez for 2026?" in asked.err
    assert state(rated)["state"] == "not begun"
    rated("evaluation", "finalise", "@maria", "--reason", "x", typed="y\n")
    assert state(rated)["state"] == "final"


def test_reopening_keeps_what_was_final(rated: Cli) -> None:
    assert "neither shared nor final" in rated("evaluation", "reopen", "@maria", "--reason", "x", code=1).err
    rated("evaluation", "finalise", "@maria", "--reason", "x")
    assert "--reason" in rated("evaluation", "reopen", "@maria", code=2).err
    assert "needs a reason" in rated("evaluation", "reopen", "@maria", "--reason", " ", code=1).err
    rated("evaluation", "reopen", "@maria", "--reason", "A rating was missing.")
    assert (state(rated)["state"], state(rated)["editions"], state(rated)["digest"]) == ("draft", 1, None)


def test_an_evaluation_is_shown_with_every_number_followed_back(rated: Cli) -> None:
    shown = rated("evaluation", "show", "@maria")
    assert shown.lines[0] == "Customer service evaluation 2026"
    assert "75 of 100 · Strong · 1 of 1 part known" in shown.lines
    content = rated("evaluation", "show", "@maria", "--json").json["content"]
    standards = next(part for part in content["score"]["parts"] if part["key"] == "standards")
    known = {rating["id"]: rating for rating in content["ratings"]}
    assert set(standards["from"]) == known.keys()
    stories = {story["id"]: story["text"] for story in content["stories"]}
    cited = [story for rating in known.values() for story in rating["stories"]]
    assert [stories[story] for story in cited] == ["closed the gap behind it"]


def test_the_copy_for_the_employee_leaves_out_what_is_private(rated: Cli) -> None:
    private = rated("win", "@maria helped in secret #listen", "--private").out.split()[1]
    rated("rate", "@maria", "listen", "5", "--story", private)
    assert "helped in secret" in rated("evaluation", "show", "@maria").out
    copy = rated("evaluation", "show", "@maria", "--for-employee").out
    assert "helped in secret" not in copy
    assert "private" in copy


def test_evaluations_are_written_to_a_folder_whole(rated: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    written = rated("evaluation", "export", "@maria", "--format", "md", "--format", "json", "--to", folder)
    names = [Path(line).name for line in written.lines]
    assert names == ["Maria Lopez maria 2026 - for the manager.md", "Maria Lopez maria 2026 - for the manager.json"]
    assert "# Customer service evaluation 2026" in (folder / names[0]).read_text(encoding="utf-8")
    assert json.loads((folder / names[1]).read_text(encoding="utf-8"))["content"]["score"]["shown"] == 75
    before = {path: path.read_bytes() for path in folder.iterdir()}
    refused = rated("evaluation", "export", "--all", "--format", "md", "--to", folder, code=1)
    assert "Maria Lopez maria 2026 - for the manager.md is in" in refused.err
    assert {path: path.read_bytes() for path in folder.iterdir()} == before, "all files or none"
    everyone = rated("evaluation", "export", "--all", "--format", "csv", "--format", "md", "--to", folder, "--force")
    assert len(everyone.lines) == 6
    table = (folder / "evaluations 2026.csv").read_text(encoding="utf-8-sig")
    assert len(table.splitlines()) == 6


def test_whose_evaluations_must_be_said(rated: Cli, tmp_path: Path) -> None:
    assert "Say whose" in rated("evaluation", "export", "--to", tmp_path, code=2).err
    assert "Say whose" in rated("evaluation", "export", "@maria", "--all", "--to", tmp_path, code=2).err
    assert "None of these people was on the team" in rated(
        "evaluation", "export", "@karim", "--year", "2020", "--to", tmp_path / "x", code=1
    ).err  # fmt: skip
    assert not (tmp_path / "x").exists()


def test_an_evaluation_is_shared_answered_and_final(rated: Cli) -> None:
    refused = rated("evaluation", "share", "@maria", code=1)
    assert "Check first" in refused.err
    assert "`--reason`" in refused.err
    assert rated("evaluation", "share", "@maria", "--reason", "Her first year.").out.endswith("· 2026 · shared\n")
    assert "can't be changed" in rated("evaluation", "write", "@maria", "--goals", "x", code=1).err
    assert "--agrees" in rated("evaluation", "acknowledge", "@maria", code=2).err
    assert "A disagreement needs" in rated("evaluation", "acknowledge", "@maria", "--disagrees", code=1).err
    said = rated("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "-", stdin="The spring is missing.")
    assert said.out.endswith("· acknowledged\n")
    assert (state(rated)["agrees"], state(rated)["comment"]) == (False, "The spring is missing.")
    assert "disagrees" in next(line for line in rated("evaluation", "list").lines if line.startswith("@maria"))
    final = rated("evaluation", "finalise", "@maria")
    assert final.out.endswith("· final\n")
    shown = rated("evaluation", "show", "@maria").out
    assert "and disagrees with it" in " ".join(shown.split())
    assert "The spring is missing." in shown
    rated("evaluation", "reopen", "@maria", "--reason", "The spring was missing.")
    assert (state(rated)["state"], state(rated)["agrees"], state(rated)["editions"]) == ("draft", None, 1)
    assert state(rated)["reopened"][0]["reason"] == "The spring was missing."


def test_sharing_tells_what_to_look_at_and_asks_for_the_reason_at_a_terminal(rated: Cli) -> None:
    stopped = rated("evaluation", "share", "@maria", typed="\n")
    assert "! " in stopped.err
    assert "Reason for going ahead anyway" in stopped.err
    assert state(rated)["state"] == "not begun"
    rated("evaluation", "share", "@maria", typed="Her first year.\nn\n")
    assert state(rated)["state"] == "not begun"
    rated("evaluation", "share", "@maria", typed="Her first year.\ny\n")
    assert (state(rated)["state"], state(rated)["open_guards_reason"]) == ("shared", "Her first year.")


@pytest.fixture
def final(rated: Cli) -> Cli:
    """Maria's evaluation is final, with a private story among what it rests on."""
    private = rated("win", "@maria helped @tom in secret #listen", "--private").out.split()[1]
    rated("rate", "@maria", "listen", "5", "--story", private)
    rated("evaluation", "finalise", "@maria", "--reason", "x")
    return rated


@pytest.mark.parametrize("kind", ["json", "md", "html", "pdf"])
@pytest.mark.parametrize("reader", ["manager", "employee"])
def test_a_file_is_verified_by_the_records(final: Cli, tmp_path: Path, kind: str, reader: str) -> None:
    (name,) = final("evaluation", "export", "@maria", "--format", kind, "--for", reader, "--to", tmp_path).lines
    file = Path(name)
    verdict = final("evaluation", "verify", file).out
    assert "edition 1 of the evaluation of Maria Lopez for 2026, finalised on Tuesday 24 November 2026" in verdict
    assert ("the employee's copy of" in verdict) is (reader == "employee")
    final("team", "edit", "@maria", "--name", "Maria Garcia")
    assert "Maria Lopez (now Maria Garcia)" in final("evaluation", "verify", file).out
    file.write_bytes(file.read_bytes().replace(b"closed the gap", b"found the gap") + b"\n")
    refused = final("evaluation", "verify", file, code=1).err
    assert ("not what was finalised" if kind == "json" else "differs from the file made from it here") in refused


def test_what_is_no_exported_evaluation_can_not_be_verified(final: Cli, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("hello", encoding="utf-8")
    assert "names no final evaluation" in final("evaluation", "verify", other, code=1).err
    assert "There is no file" in final("evaluation", "verify", tmp_path / "none.json", code=1).err
    assert "is a folder" in final("evaluation", "verify", tmp_path, code=1).err
    final("evaluation", "reopen", "@maria", "--reason", "x")
    (name,) = final("evaluation", "export", "@maria", "--format", "json", "--to", tmp_path).lines
    assert "before the evaluation was final" in final("evaluation", "verify", name, code=1).err


def test_the_employees_copy_names_what_was_left_out(final: Cli, tmp_path: Path) -> None:
    (name,) = final("evaluation", "export", "@maria", "--for", "employee", "--format", "md", "--to", tmp_path).lines
    assert Path(name).name == "Maria Lopez maria 2026 - for the employee.md"
    text = Path(name).read_text(encoding="utf-8")
    assert "in secret" not in text
    assert "Tom" not in text
    assert "1 private story" in text
    refused = final("evaluation", "export", "--all", "--format", "csv", "--for", "employee", "--to", tmp_path, code=1)
    assert "for the manager only" in refused.err


def test_the_whole_team_goes_into_one_archive(rated: Cli, tmp_path: Path) -> None:
    import zipfile

    target = tmp_path / "year end.zip"
    told = rated("evaluation", "export", "--all", "--format", "md", "--format", "csv", "--zip", target)
    assert told.lines == [str(target)]
    with zipfile.ZipFile(target) as archive:
        assert len(archive.namelist()) == 6
        assert b"75 of 100" in archive.read("Maria Lopez maria 2026 - for the manager.md")
    again = rated("evaluation", "export", "--all", "--format", "md", "--zip", target, code=1)
    assert "year end.zip is in" in again.err
    assert "Say where to" in rated("evaluation", "export", "--all", code=2).err
    assert "Say where to" in rated("evaluation", "export", "--all", "--zip", target, "--to", tmp_path, code=2).err


def test_an_export_to_a_place_that_can_not_be_written_leaves_nothing(rated: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused = rated("evaluation", "export", "--all", "--to", tmp_path / "file", code=1)
    assert "is a file, not a folder" in refused.err
    assert [path.name for path in tmp_path.iterdir() if path.name != "workspace"] == ["file"]


def test_the_progress_is_told_to_a_person_alone(rated: Cli, tmp_path: Path) -> None:
    rated("settings", "set", "manager", "Pat Doyle")
    quiet = rated("evaluation", "export", "--all", "--format", "md", "--to", tmp_path / "a")
    assert quiet.err == ""
    shown = rated("evaluation", "export", "--all", "--format", "md", "--to", tmp_path / "b", typed="")
    assert "Writing evaluations" in shown.err


def test_a_story_removed_since_is_shown_as_removed(rated: Cli) -> None:
    rated("evaluation", "finalise", "@maria", "--reason", "x")
    win = rated("history", "is:win", "--json").json[0]["ref"]
    rated("remove", win, "--yes")
    shown = rated("evaluation", "show", "@maria").out
    assert "closed the gap behind it" in shown
    assert "removed since" in shown


def test_every_format_is_written_on_either_paper(rated: Cli, tmp_path: Path) -> None:
    every = [word for kind in ("pdf", "md", "html", "xlsx", "csv", "json") for word in ("--format", kind)]
    written = rated("evaluation", "export", "@maria", "@tom", *every, "--paper", "letter", "--to", tmp_path / "out")
    assert sorted(Path(line).name for line in written.lines) == sorted(
        [
            *(
                f"{name} 2026 - for the manager.{kind}"
                for name in ("Maria Lopez maria", "Tom Ng tom")
                for kind in ("pdf", "md", "html", "json")
            ),
            "evaluations 2026.csv",
            "evaluations 2026.xlsx",
        ]
    )
    letter = (tmp_path / "out" / "Maria Lopez maria 2026 - for the manager.pdf").read_bytes()
    assert letter.startswith(b"%PDF-")
    (a4,) = rated("evaluation", "export", "@maria", "--to", tmp_path / "a4").lines
    assert Path(a4).read_bytes() != letter
    assert (tmp_path / "out" / "evaluations 2026.xlsx").read_bytes().startswith(b"PK")


def test_thanks_stand_with_what_came_with_them_and_private_ones_of_several_people_name_no_other(
    rated: Cli, tmp_path: Path
) -> None:
    rated("praise", "@maria rang back twice [/b]", "--reward", "two tickets", "--owed")
    rated("praise", "@maria stayed late ~")
    rated("praise", "@maria @tom mended the till ~")
    rated("praise", "@maria and @tom carried it up ~", "--reward", "a cake for Tom")
    rated("praise", "@tom swept the yard")
    rated("praise", "@maria in another year", "--on", "2025-05-01")
    manager = rated("evaluation", "show", "@maria").out
    own = rated("evaluation", "show", "@maria", "--for-employee").out
    assert manager.count("Thanks and rewards") == own.count("Thanks and rewards") == 1
    for copy in (manager, own):
        words = " ".join(copy.split())
        assert "rang back twice [/b] · 24 Nov 2026 · two tickets, still to come" in words
        assert "stayed late · 24 Nov 2026 · in private" in words
        assert "swept the yard" not in words
        assert "in another year" not in words
        assert "mended the till · 24 Nov 2026 · in private" in words
    assert "carried it up · 24 Nov 2026 · a cake for Tom" in " ".join(manager.split())
    assert "Thanked together with others · 24 Nov 2026 · in private" in " ".join(own.split())
    assert "Tom" not in own
    for form in ("html", "xlsx", "pdf"):
        rated("evaluation", "export", "@maria", "--format", form, "--to", tmp_path)
    assert "two tickets, still to come" in next(tmp_path.glob("*.html")).read_text()
