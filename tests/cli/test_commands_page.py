"""The reference of the commands says what they say of themselves."""

from __future__ import annotations

import importlib.util
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from meetingtool.cli.entry import meetingtool_command

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def commands_page() -> ModuleType:
    """docs/commands.py."""
    spec = importlib.util.spec_from_file_location("commands_page", DOCS / "commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def every_command(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """All commands with their paths, such as `meetingtool team add`."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from every_command(inner, f"{path} {name}")


EVERY_COMMAND = dict(every_command(meetingtool_command, "meetingtool"))


def test_the_page_is_up_to_date(commands_page: ModuleType) -> None:
    written = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert written.split() == commands_page.page().split(), "run: python docs/commands.py"


@pytest.mark.parametrize("path", EVERY_COMMAND)
def test_every_command_and_option_has_help_and_stands_on_the_page(path: str) -> None:
    command = EVERY_COMMAND[path]
    assert command.help
    assert f" {path}\n" in (DOCS / "commands.md").read_text(encoding="utf-8")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help.endswith("."), parameter.help


@pytest.mark.parametrize("path", EVERY_COMMAND)
def test_every_command_takes_the_workspace_and_tells_its_help(path: str) -> None:
    command = EVERY_COMMAND[path]
    assert any(parameter.name == "data" for parameter in command.params)
    assert command.get_short_help_str(200).endswith((".", "!"))


def test_no_help_has_holes_where_its_lines_were_joined() -> None:
    for path, command in EVERY_COMMAND.items():
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            first, *others = paragraph.split("\n")
            assert first == "\b" or not any(line.startswith(" ") for line in others), path


def test_every_listing_has_json() -> None:
    listings = [path for path in EVERY_COMMAND if path.endswith((" list", " show", " history", " score"))]
    assert len(listings) >= 25
    for path in listings:
        assert any("--json" in parameter.opts for parameter in EVERY_COMMAND[path].params), path


README = DOCS.parent / "README.md"
SAID = re.compile(r"(?:^|[`/])meetingtool((?: [a-z][a-z-]*)*)", re.MULTILINE)


def test_the_readme_links_the_page_and_names_only_commands_that_there_are() -> None:
    text = README.read_text(encoding="utf-8")
    assert "(docs/commands.md)" in text
    named = [match[1].split() for match in SAID.finditer(text) if match[1]]
    assert len(named) >= 8
    for words in named:
        assert f"meetingtool {words[0]}" in EVERY_COMMAND, words
        if isinstance(EVERY_COMMAND[f"meetingtool {words[0]}"], click.Group) and len(words) > 1:
            assert f"meetingtool {words[0]} {words[1]}" in EVERY_COMMAND, words
