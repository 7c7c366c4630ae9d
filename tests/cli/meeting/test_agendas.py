"""The agenda, its file, and role-plays from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli


def test_the_agenda_alone_still_prints_the_next_meeting(cli: Cli) -> None:
    printed = cli("agenda", "--format", "md")
    assert printed.out.startswith("# Harbour Desk: Weekly meeting")
    assert "## 1. Standard of the week (1 minute)" in printed.out


def test_agenda_and_minutes_are_written_as_pdf(cli: Cli, tmp_path: Path) -> None:
    cli("agenda", "--format", "pdf", "--to", tmp_path / "agenda.pdf")
    cli("meeting", "start")
    cli("meeting", "close")
    cli("meeting", "minutes", "--format", "pdf", "--to", tmp_path / "minutes.pdf")
    for name in ("agenda.pdf", "minutes.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    assert "Name a file" in cli("agenda", "--format", "pdf", code=1).err


def test_an_agenda_goes_to_a_file_and_comes_back_changed(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    cli("agenda", "export", "--to", file)
    text = file.read_text(encoding="utf-8").replace('name = "Customer service"', 'name = "Short week"')
    file.write_text(text.split("\n[[segment]]")[0] + "\n[[segment]]" + text.split("\n[[segment]]")[3], encoding="utf-8")
    assert cli("agenda", "import", file).out == "Short week · 1 segment, 4:00\n"
    assert cli("agenda", "use", "short").out == "in use: Short week\n"
    listed = cli("agenda", "list", "--json").json
    assert [(entry["name"], entry["in_use"]) for entry in listed] == [("Customer service", False), ("Short week", True)]
    assert "1. Wins (4 minutes)" in cli("agenda").out
    assert "is in use" in cli("agenda", "remove", "short", "--yes", code=1).err


def test_a_mistake_in_the_file_names_its_line(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('name = "X"\n[[segment]]\ntitle = "A"\ntopic = "free"\nminutes = "two"\n', encoding="utf-8")
    assert "mine.toml, line 5" in cli("agenda", "import", file, code=1).err
    assert "There is no file" in cli("agenda", "import", tmp_path / "none.toml", code=1).err


def test_a_segment_is_skipped_once(cli: Cli) -> None:
    assert cli("agenda", "skip", 6).out == "skipped once: Question of the week\n"
    assert "Question of the week" not in cli("agenda").out
    assert "skipped" in cli("agenda", "show").out
    assert cli("agenda", "skip", 6).out == "not skipped: Question of the week\n"
    assert "It has 7" in cli("agenda", "skip", 9, code=1).err


def test_thanks_are_recorded_found_and_stand_in_the_minutes(cli: Cli) -> None:
    cli("meeting", "start")
    said = cli("praise", "@zoe stayed with the boy #listen", "--reward", "a free afternoon")
    assert said.out.startswith("praise ")
    cli("meeting", "close")
    assert "a free afternoon" in cli("meeting", "minutes").out
    assert "stayed with the boy" in cli("history", "is:praise").out


def test_a_role_play_is_shown_first_and_kept_on_demand(cli: Cli) -> None:
    ref = cli("sticky", "@maria Acme got the wrong flowers ^Acme #listen").out.split()[1]
    shown = cli("scenario", "make", ref)
    assert "The customer got the wrong flowers" in shown.out
    assert "Acme" not in shown.out
    assert "--save" in shown.err
    assert "Somebody can still be recognised" in cli("scenario", "make", ref, "--title", "Acme", "--save", code=1).err
    kept = cli("scenario", "make", ref, "--title", "Wrong flowers", "--save").out.split()[1]
    assert cli("scenario", "list").lines[-1].split()[:3] == [kept, "Wrong", "flowers"]
    assert cli("scenario", "show", kept, "--json").json["standards"] == ["listen"]


def test_keys_are_shown_changed_and_checked(cli: Cli) -> None:
    assert "capture.win" in cli("settings", "keys").out
    cli("settings", "keys", "capture.win=f6")
    assert next(key for key in cli("settings", "keys", "--json").json if key["id"] == "capture.win")["keys"] == ["f6"]
    assert "s is “Sticky” already" in cli("settings", "keys", "capture.win=s", code=1).err
    assert "nothing called “nope”" in cli("settings", "keys", "nope=x", code=1).err
    cli("settings", "keys", "--usual")
    assert next(key for key in cli("settings", "keys", "--json").json if key["id"] == "capture.win")["keys"] == ["w"]


def test_questions_are_listed_added_changed_moved_and_retired(cli: Cli) -> None:
    assert len(cli("question", "list", "--json").json) == 40
    said = cli("question", "add", "What", "made", "you", "laugh?", "--about", "company")
    ref = said.out.split()[1]
    assert said.out == f"question {ref}  What made you laugh?\n"
    assert cli("question", "edit", ref, "What", "made", "us", "laugh?", "--place", "1").out.endswith("us laugh?\n")
    first = cli("question", "list", "--json").json[0]
    assert (first["ref"], first["text"], first["audience"]) == (ref, "What made us laugh?", "company")
    assert "Say what to change" in cli("question", "edit", ref, code=2).err
    assert cli("question", "retire", ref).out == f"question {ref}  What made us laugh? (retired)\n"
    assert ref not in cli("question", "list").out
    assert "Tue 24 Nov" in cli("question", "list", "--all").lines[2]
    cli("undo")
    assert ref in cli("question", "list").out
    assert "is not a question" in cli("question", "retire", cli("win", "one").out.split()[1], code=1).err


def test_role_plays_are_added_changed_moved_and_retired(cli: Cli) -> None:
    parts = ("--customer", "You wait.", "--employee", "You are alone.", "--look-for", "A look", "--standard", "listen")
    ref = cli("scenario", "add", "The", "queue", *parts).out.split()[1]
    cli("scenario", "edit", ref, "--title", "A long queue", "--place", "1")
    first = cli("scenario", "list", "--json").json[0]
    assert (first["title"], first["customer"], first["standards"]) == ("A long queue", "You wait.", ["listen"])
    assert "Say what to change" in cli("scenario", "edit", ref, code=2).err
    assert cli("scenario", "retire", ref).out == f"scenario {ref}  A long queue (retired)\n"
    assert ref not in cli("scenario", "list").out
    assert ref in cli("scenario", "list", "--all").out
