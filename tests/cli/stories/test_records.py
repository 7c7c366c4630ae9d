"""Showing, editing, removing one record, and undo."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def ref_of(told: str, place: int = 0) -> str:
    """The reference in a printed line such as `win 3F7K2Q  Maria`."""
    return told.splitlines()[place].split()[1]


def test_a_story_is_shown_with_all_that_belongs_to_it(cli: Cli) -> None:
    cli("meeting", "start")
    story = cli("win", '@maria rang back #listen ^Acme !"refund posted" by fri')
    cli("rate", "@maria", "listen", "4", "--story", ref_of(story.out))
    shown = cli("show", ref_of(story.out))
    assert shown.lines[0].startswith(f"win {ref_of(story.out)} · Tue 24 Nov")
    assert shown.lines[1] == "rang back"
    fields = {line.split("  ")[0]: line.split("  ", 1)[1].strip() for line in shown.lines[2:]}
    assert fields["who"] == "Maria Lopez"
    assert fields["standard"] == "#listen  Listens before answering"
    assert fields["customer"] == "Acme"
    assert fields["told"].split("  ")[1].startswith("Weekly meeting, Tue 24 Nov")
    assert fields["promise"].endswith("refund posted · Acme · Maria · by Fri 27 Nov · open")
    assert "Maria · #listen · 4 · Tue 24 Nov" in fields["cited in"]


def test_a_reference_is_any_end_of_the_id_in_either_case(cli: Cli) -> None:
    ref = ref_of(cli("win", "rang back").out)
    whole = cli("show", ref, "--json").json["id"]
    assert cli("show", ref[-4:].lower(), "--json").json["id"] == whole
    assert cli("show", whole, "--json").json["text"] == "rang back"


@pytest.mark.parametrize("ref", ["ZZZZZZ", "abc", "!!!!", "", "x" * 100])
def test_an_unknown_reference_is_refused_in_one_line(cli: Cli, ref: str) -> None:
    refused = cli("show", ref, code=1)
    assert refused.out == ""
    assert refused.err.startswith("meetingtool: ")
    assert len(refused.err.splitlines()) == 1


def test_json_is_exact_where_the_screen_is_made_harmless(cli: Cli) -> None:
    nasty = "a\x1b[31mb \u202ec"
    ref = ref_of(cli("win", nasty).out)
    assert cli("show", ref, "--json").json["text"] == nasty
    assert "\x1b" not in cli("show", ref).out


def test_changes_tell_who_did_what_and_when(cli: Cli) -> None:
    ref = ref_of(cli("win", "@maria rang back").out)
    cli("edit", ref, "@tom rang back +")
    changes = cli("show", ref, "--changes", "--json").json["changes"]
    assert [change["version"] for change in changes] == [1, 2]
    assert changes[1]["deed"] == "story edited"
    assert changes[1]["code"] == "story.edited"
    assert changes[1]["changed"] == ["who: Tom (was Maria)", "starred"]
    assert "who: Tom (was Maria); starred" in cli("show", ref, "--changes").out


def test_an_edited_line_takes_the_place_of_the_old(cli: Cli) -> None:
    ref = ref_of(cli("win", '@maria rang back !"refund posted" by fri').out)
    told = cli("edit", ref, "@tom", "rang", "twice", "#listen")
    assert told.lines[0] == f"win {ref}  Tom · #listen"
    assert told.lines[1].startswith("promise ")
    assert cli("show", ref, "--json").json["text"] == "rang twice"


def test_a_promise_is_edited_with_its_date(cli: Cli) -> None:
    ref = ref_of(cli("promise", "refund posted ^Acme by fri").out)
    assert cli("edit", ref, "@tom card posted by 1 Dec").out == f"promise {ref}  card posted · Tom · by Tue 1 Dec\n"


def test_what_was_learned_is_added_without_touching_the_line(cli: Cli) -> None:
    ref = ref_of(cli("sticky", "@tom late again #on-time").out)
    cli("edit", ref, "--learned", "Ring before noon", "--ended", "All fine")
    shown = cli("show", ref, "--json").json
    assert (shown["text"], shown["learned"], shown["ended"]) == ("late again", "Ring before noon", "All fine")
    win = ref_of(cli("win", "x").out)
    assert "Only a sticky situation" in cli("edit", win, "--learned", "x", code=1).err


def test_without_a_text_and_a_terminal_the_command_does_not_wait(cli: Cli) -> None:
    ref = ref_of(cli("win", "rang back").out)
    assert "Say what it should be" in cli("edit", ref, code=2).err


def test_the_line_is_edited_in_the_editor_of_the_user(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = ref_of(cli("win", "@maria rang back").out)
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\np = pathlib.Path(sys.argv[1])\n"
        "p.write_text(p.read_text(encoding='utf-8').replace('back', 'twice'), encoding='utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{editor}"')
    assert cli("edit", ref, typed="").out == f"win {ref}  Maria\n"
    assert cli("show", ref, "--json").json["text"] == "rang twice"


def test_what_was_typed_in_the_editor_is_kept_when_it_is_refused(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = ref_of(cli("promise", "call back").out)
    editor, seen = tmp_path / "editor.py", tmp_path / "seen.txt"
    editor.write_text(
        f"import pathlib, sys\np = pathlib.Path(sys.argv[1])\npathlib.Path({str(seen)!r}).write_text(p.read_text())\n"
        "p.write_text('by 1 Jan 2020')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{editor}"')
    refused = cli("edit", ref, typed="", code=1)
    assert "What you typed is kept" in refused.err
    cli("edit", ref, typed="", code=1)
    assert seen.read_text().strip() == "by 1 Jan 2020"


def test_removing_needs_a_yes_where_nobody_can_be_asked(cli: Cli) -> None:
    ref = ref_of(cli("win", "rang back").out)
    refused = cli("remove", ref, code=1)
    assert refused.err == f"meetingtool: Removing win {ref} needs a yes. Add --yes.\n"
    assert cli("remove", ref, "--yes").out == f"win {ref}  removed\n"
    assert cli("show", ref).lines[0].endswith("in the bin")
    assert "already in the bin" in cli("remove", ref, "--yes", code=1).err
    assert cli("edit", ref, "x", code=1).err.startswith("meetingtool: This is in the bin.")
    assert cli("remove", ref, "--back").out == f"win {ref}  restored\n"


def test_removing_asks_at_a_terminal_and_no_is_the_safe_answer(cli: Cli) -> None:
    ref = ref_of(cli("win", "rang back").out)
    asked = cli("remove", ref, typed="\n")
    assert f"Remove win {ref}, “rang back”?" in asked.err
    assert asked.err.endswith("Nothing was removed.\n")
    assert cli("remove", ref, typed="y\n").out == f"win {ref}  removed\n"


def test_a_person_with_a_history_is_not_removed(cli: Cli, tmp_path: Path) -> None:
    people = {person["handle"]: person["ref"] for person in cli("team", "list", "--json").json}
    cli("win", "@tom rang back")
    refused = cli("remove", people["tom"], "--yes", code=1)
    assert "name Tom Ng. Note a leaving date instead." in refused.err
    assert cli("remove", people["zoe"], "--yes").out.endswith("removed\n")


def test_undo_says_what_it_took_back_and_goes_on_from_there(cli: Cli) -> None:
    cli("win", "one")
    cli("sticky", "two")
    assert cli("undo").out == "undone: sticky situation recorded, Tue 24 Nov, 09:00\n"
    assert cli("undo").out == "undone: win recorded, Tue 24 Nov, 09:00\n"
    assert cli("undo").out.startswith("undone: person added")


def test_undo_of_nothing_is_refused(cli: Cli, tmp_path: Path) -> None:
    cli("init", "--team", "New", data=tmp_path / "new")
    assert "nothing to undo" in cli("undo", data=tmp_path / "new", code=1).err
