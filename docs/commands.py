"""Writes commands.md, the reference of all commands, from their own help: python docs/commands.py"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from meetingtool.cli.entry import FAMILIES, meetingtool_command
from meetingtool.cli.opening import Opening

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 100
INTRODUCTION = """# Commands

Everything that the app does can be done by a command, too. This page is what each says of itself with `-h`.

- The workspace is the folder given with `--data DIR`, before or after the command's name; else that of the variable
  `MEETINGTOOL_DATA`; else a folder in the user's data folder, which `meetingtool where` prints.
- Standard output is data, standard error is talk: what is to be sorted out, what was left out, what to do next.
- Listings print a table for people and, with `--json`, an array for programs: ISO dates, whole ids beside the
  references that people type, texts exactly as they are kept. In a table, control characters are made visible.
- Where standard input is no terminal, no command waits for an answer: it takes the safe default, or names the option
  that would answer, such as `--yes`.
- Exit codes: 0; 1 refused or failed, with one line that says what and what to do; 2 wrong usage; 130 stopped with
  Ctrl+C.
- Dates are `2026-11-24`, `24 Nov`, `fri`, `yesterday`, `in 2 weeks`, `end of month`. People are `@handle`, or a name
  that only one has. Standards are `own-it`, or `'#own-it'` in quotes, since shells take `#` for a comment.
- A reference such as `3F7K2Q` is the end of a record's id; any end of four letters and digits or more will do.
"""


def page() -> str:
    """The whole page."""
    root = click.Context(meetingtool_command, info_name="meetingtool", obj=Opening(), max_content_width=WIDTH)
    root.help_option_names = ["-h", "--help"]
    parts = [INTRODUCTION, _entry(root, 2)]
    for heading, family in FAMILIES.items():
        parts.append(f"## {heading}\n")
        for name in family:
            parts += _entries(root, name)
    return "\n".join(parts)


def _entries(parent: click.Context, name: str) -> Iterator[str]:
    command = parent.command
    assert isinstance(command, click.Group)
    found = command.get_command(parent, name)
    assert found is not None
    context = click.Context(found, info_name=name, parent=parent, max_content_width=WIDTH)
    yield _entry(context, 3)
    if isinstance(found, click.Group):
        for inner in found.list_commands(context):
            yield from _entries(context, inner)


def _entry(context: click.Context, level: int) -> str:
    context.terminal_width = WIDTH
    return f"{'#' * level} {context.command_path}\n\n```text\n{context.get_help()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
