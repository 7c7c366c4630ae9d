"""The way in and the one way out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import meetingtool
from meetingtool import crash
from meetingtool.cli.entry import run
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from tests.cli.conftest import Cli

PROGRAM = [sys.executable, "-m", "meetingtool"]


def environment(folder: Path | None = None, **settings: str) -> dict[str, str]:
    """The environment of a process that works on a workspace."""
    settings["PYTHONPATH"] = str(Path(meetingtool.__file__).parents[1])
    if folder is not None:
        settings["MEETINGTOOL_DATA"] = str(folder)
    return {**os.environ, **settings}


def program(*arguments: str | bytes, folder: Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own on a workspace."""
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, env=environment(folder, **settings), check=False)
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert b"Traceback" not in done.stderr
    return done


def stories(folder: Path) -> list[Story]:
    """The stories of a workspace."""
    with Workspace.open(folder) as workspace:
        return workspace.find(Story)


def test_the_version_is_told(cli: Cli) -> None:
    assert cli("--version").out == f"meetingtool {meetingtool.__version__}\n"


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_names_every_command_under_its_heading(cli: Cli, option: str) -> None:
    shown = cli(option)
    for heading in ("Record:", "Look up and correct:", "Meet:", "Rate and evaluate:", "Set up:"):
        assert heading in shown.lines
    assert ["win", "Record", "a", "service", "win."] in map(str.split, shown.lines)


def test_an_unknown_command_is_wrong_usage_with_the_nearest_one(cli: Cli) -> None:
    assert "There is no command “wni”. Did you mean win" in cli("wni", code=2).err
    assert "There is no command “ad”. Did you mean add?" in cli("team", "ad", "x", code=2).err


def test_the_workspace_may_be_named_before_and_after_the_command(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEETINGTOOL_DATA", str(tmp_path / "elsewhere"))
    assert run(["where"]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "elsewhere")
    for arguments in (["--data", str(folder), "where"], ["where", "--data", str(folder)]):
        assert run(arguments) == 0
        assert capsys.readouterr().out.strip() == str(folder)
    assert run(["team", "list", "--data", str(folder)]) == 0
    assert "@maria" in capsys.readouterr().out


def test_an_empty_folder_name_is_wrong_usage_and_not_this_very_folder(cli: Cli) -> None:
    assert "it is empty" in cli("team", "list", "--data", "", code=2).err


def test_the_workspace_else_lies_in_the_users_data_folder(
    nobodys_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["where"]) == 0
    printed = capsys.readouterr()
    assert Path(printed.out.strip()).is_relative_to(nobodys_home)
    assert "no workspace there yet" in printed.err
    assert not Path(printed.out.strip()).exists(), "looking it up makes nothing"


def test_without_a_terminal_the_app_does_not_open(cli: Cli) -> None:
    assert cli(code=1).err.startswith("meetingtool: The app needs a terminal.")


@pytest.mark.parametrize("command", [["team", "list"], ["win", "x"], ["undo"], ["history"], ["score"], ["agenda"]])
def test_without_a_workspace_every_command_says_how_to_make_one(cli: Cli, tmp_path: Path, command: list[str]) -> None:
    refused = cli(*command, data=tmp_path / "none", code=1)
    assert refused.err.startswith(f"meetingtool: There is no workspace in {tmp_path / 'none'}. `meetingtool init`")
    assert not (tmp_path / "none").exists()


def test_a_process_prints_data_and_talk_apart_in_utf8(folder: Path) -> None:
    done = program("win", "@zoë fand die Schlüssel @jo", folder=folder)
    assert "Zoë" in done.stdout.decode("utf-8")
    assert b"to sort out: @jo" in done.stderr


def test_a_terminal_that_can_not_print_a_letter_gets_another(folder: Path) -> None:
    program("win", "café ✓", folder=folder)
    ref = stories(folder)[0].ref
    done = program("show", ref, folder=folder, PYTHONIOENCODING="latin-1")
    assert b"caf\xe9 ?" in done.stdout
    exact = program("show", ref, "--json", folder=folder, PYTHONIOENCODING="latin-1")
    assert "café ✓" in exact.stdout.decode("utf-8")


def test_words_in_another_encoding_are_understood(folder: Path) -> None:
    program("win", os.fsdecode(b"caf\xe9") if os.name == "posix" else "café", folder=folder)
    assert stories(folder)[0].text == "café"


def test_a_reader_that_goes_away_ends_it_quietly_and_loses_nothing(folder: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "win", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(folder, PYTHONUNBUFFERED="1"),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(b"story 0\n")
    process.stdin.flush()
    assert process.stdout.readline().startswith(b"win ")
    process.stdout.close()
    process.stdin.write(b"".join(b"story %d\n" % number for number in range(1, 20)))
    process.stdin.close()
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), told) == (0, b"")
    assert len(stories(folder)) == 20


def test_two_programs_write_at_once_and_both_are_kept(folder: Path) -> None:
    with Workspace.open(folder) as opened:
        running = [
            subprocess.Popen(
                [*PROGRAM, "win", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment(folder)
            )
            for _ in range(2)
        ]
        for number, process in enumerate(running):
            assert process.stdin is not None
            process.stdin.write("".join(f"story {number} {line}\n" for line in range(15)).encode())
            process.stdin.close()
        assert [process.wait(timeout=60) for process in running] == [0, 0]
        opened.refresh()
        assert len(opened.find(Story)) == 30


PROVES_NO_SCREEN = """
import sys
from meetingtool.cli.entry import run
code = run({arguments!r})
loaded = [name for name in ("textual", "rich", "typst", "python_calamine", "xlsxwriter") if name in sys.modules]
sys.exit(f"loaded: {{loaded}}" if loaded or code else 0)
"""


@pytest.mark.parametrize("arguments", [["history"], ["win", "@tom helped"], ["score"], ["team", "list"], ["--help"]])
def test_a_command_never_loads_the_screen(folder: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROVES_NO_SCREEN.format(arguments=arguments)],
        capture_output=True,
        env=environment(folder),
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_version_loads_nothing_but_click_and_the_way_in() -> None:
    script = (
        "import sys\nfrom meetingtool.cli.entry import run\nrun(['--version'])\n"
        "print(*sorted(n for n in sys.modules if n.startswith(('meetingtool', 'msgspec', 'tinydb', 'platformdirs'))))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=True)
    assert done.stdout.splitlines()[-1].split() == [
        "meetingtool",
        "meetingtool.cli",
        "meetingtool.cli.commands",
        "meetingtool.cli.entry",
        "meetingtool.cli.opening",
        "meetingtool.cli.streams",
        "meetingtool.errors",
    ]


def _failure() -> Exception:
    secret = "Maria's rating"
    try:
        try:
            raise KeyError(secret)
        except KeyError as cause:
            raise ValueError(f"no {secret}") from cause
    except ValueError as error:
        return error


def test_an_unexpected_failure_is_one_line_and_its_details_hold_no_record(
    nobodys_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = _failure()
    crash.report(type(error), error, error.__traceback__)
    told = capsys.readouterr().err
    assert told.startswith("meetingtool: Something went wrong inside (ValueError).")
    assert len(told.splitlines()) == 1
    [file] = nobodys_home.rglob("crash.txt")
    assert str(file) in told
    details = file.read_text(encoding="utf-8")
    assert "Maria" not in details + told
    assert "builtins.ValueError" in details
    assert "caused by" in details
    assert "test_entry.py" in details


def test_a_crash_report_that_can_not_be_written_is_still_one_line(
    nobodys_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = nobodys_home / "a file"
    file.write_text("")
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(file))
    error = _failure()
    crash.report(type(error), error, error.__traceback__)
    assert len(capsys.readouterr().err.splitlines()) == 1
