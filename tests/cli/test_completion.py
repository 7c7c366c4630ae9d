"""What the Tab key offers, and the script that makes it work."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ShellComplete

from meetingtool.cli.entry import meetingtool_command, run
from meetingtool.cli.opening import Opening
from meetingtool.cli.shells import Fish, typed
from tests.cli.conftest import Cli

Offered = Callable[..., list[str]]


@pytest.fixture
def offered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Offered:
    """offered(line): what is offered for the last word of a command line."""

    def ask(line: str, data: Path = folder) -> list[str]:
        monkeypatch.setenv("MEETINGTOOL_DATA", str(data))
        shell = ShellComplete(meetingtool_command, {"obj": Opening()}, "meetingtool", "_MEETINGTOOL_COMPLETE")
        words = typed(line)
        return [found.value for found in shell.get_completions(list(words.words[1:]), words.last)]

    return ask


def test_a_shell_asks_by_a_variable_and_gets_an_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEETINGTOOL_DATA", str(folder))
    monkeypatch.setenv("_MEETINGTOOL_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_LINE", "meetingtool win @ma")
    monkeypatch.setenv("COMP_BREAKS", "")
    with pytest.raises(SystemExit):
        run([])
    printed = capsys.readouterr()
    assert printed.out.strip() == "plain\t@maria"
    assert printed.err == ""


@pytest.mark.parametrize("words", [["--data"], ["win", "--data"], ["team", "list", "--data"]])
def test_where_the_records_are_is_completed_with_folders(words: list[str]) -> None:
    shell = ShellComplete(meetingtool_command, {"obj": Opening()}, "meetingtool", "_MEETINGTOOL_COMPLETE")
    assert [(found.value, found.type) for found in shell.get_completions(words, "re")] == [("re", "dir")]


def test_commands_are_offered(offered: Offered) -> None:
    assert offered("meetingtool st") == ["sticky", "standard"]
    assert offered("meetingtool team l") == ["list", "leave"]
    assert "--private" in offered("meetingtool win --pr")


def test_people_are_offered_by_handle_and_by_name(offered: Offered) -> None:
    assert offered("meetingtool win rang @ma") == ["@maria"]
    assert offered("meetingtool score lop") == ["@maria"]
    assert offered("meetingtool score martin") == ["@zoe"]
    assert offered(r"meetingtool score maria\ lo") == offered('meetingtool score "Maria Lop') == ["@maria"]
    assert offered("meetingtool win '@tom and @mar") == ["@tom and @maria"]
    assert offered("meetingtool rate @") == ["@karim", "@maria", "@sam", "@tom", "@zoe"]
    assert "@sam" not in offered("meetingtool win @"), "who has left is not offered for a story"


def test_standards_are_offered_with_the_sign_only_where_it_was_typed(offered: Offered) -> None:
    assert offered("meetingtool rate @maria o") == ["own-it", "on-time", "one-team"]
    assert offered("meetingtool history #li") == ["#listen"]


def test_customers_are_offered_by_name_with_quotes_where_a_line_needs_them(offered: Offered, cli: Cli) -> None:
    now = datetime.now(UTC)
    for name in ("Blue Door", "Blue Bay", "Acme"):
        cli("win", f'@maria helped ^"{name}" today', at=now)
    assert sorted(offered("meetingtool win helped ^blu")) == ['^"Blue Bay"', '^"Blue Door"']
    assert offered("meetingtool win 'helped ^door") == ['helped ^"Blue Door"']
    assert offered("meetingtool history customer:acm") == ["customer:Acme"]
    assert offered(r"meetingtool customer edit Blue\ D") == ["Blue Door"]
    assert offered("meetingtool customer show Blue D") == ["Door"]


def test_fish_gets_the_name_where_the_handle_lacks_what_was_typed() -> None:
    fish = Fish(meetingtool_command, {}, "meetingtool", "_MEETINGTOOL_COMPLETE")
    for line, given in (("lop", "Maria Lopez\t@maria"), ("mar", "@maria\tMaria Lopez")):
        fish.line = typed(line)
        assert fish.format_completion(CompletionItem("@maria", help="Maria Lopez")) == f"plain\t{given}"


def test_references_are_offered_the_newest_first(offered: Offered, cli: Cli) -> None:
    now = datetime.now(UTC)
    first = cli("win", "one", at=now).out.split()[1]
    second = cli("promise", "two", at=now).out.split()[1]
    assert set(offered("meetingtool show ")) == {first, second}
    assert offered("meetingtool follow-up keep ") == [second]
    assert offered(f"meetingtool show {first[:4].lower()}") == [first]


def test_days_are_offered(offered: Offered) -> None:
    assert offered("meetingtool win x --on to") == ["today"]


def test_without_a_workspace_nothing_is_offered_and_nothing_said(offered: Offered, tmp_path: Path) -> None:
    assert offered("meetingtool score @ma", tmp_path / "none") == []
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "team.json").write_text("{")
    assert offered("meetingtool score @ma", tmp_path / "broken") == []


def test_the_workspace_on_the_line_counts(offered: Offered, folder: Path, tmp_path: Path) -> None:
    assert offered(f"meetingtool --data {folder} score @ma", tmp_path / "none") == ["@maria"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed_with_how_to_install_it(cli: Cli, shell: str) -> None:
    told = cli("completion", shell)
    out, err = told.out, told.err
    assert "_MEETINGTOOL_COMPLETE" in out
    assert "_meetingtool_completion" in out
    assert f"meetingtool completion {shell}" in err


def test_another_shell_is_wrong_usage(cli: Cli) -> None:
    assert "tcsh" in cli("completion", "tcsh", code=2).err


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (r"meetingtool win stayed on the line \#ow", r"\#own-it"),
        ("meetingtool win #ow", r"\#own-it"),
        ("meetingtool win '#ow", "#own-it"),
        ("meetingtool rate @mar", "maria"),
        ('meetingtool rate "@mar', "@maria"),
        (r"meetingtool rate maria\ lo", "@maria"),
        (r"meetingtool win '@maria and @to", "@maria and @tom"),
        ("meetingtool team li", "list"),
    ],
)
def test_bash_gets_what_goes_into_its_line(folder: Path, line: str, offered: str) -> None:
    program = shlex.join([sys.executable, "-m", "meetingtool"])
    script = (
        f'meetingtool() {{ {program} "$@"; }}; eval "$(meetingtool completion bash 2>/dev/null)"; '
        'COMP_LINE=$1; COMP_POINT=${#1}; _meetingtool_completion meetingtool; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script, "bash", line],
        env={**os.environ, "MEETINGTOOL_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{offered}\n"
