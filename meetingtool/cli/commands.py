"""What all commands have in common: `--data` and `-h`, families, suggestions, text that starts with a dash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from meetingtool.cli.opening import Opening

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

LAZY = "meetingtool.cli"


def _remember_folder(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not value.strip():
        raise click.BadParameter("it is empty.", ctx, parameter)
    ctx.ensure_object(Opening).data = value


def _folders(ctx: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Let the shell complete it with folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="dir")]


def data_option() -> click.Option:
    """`--data DIR`, understood before and after the command's name."""
    return click.Option(
        ["--data"],
        metavar="DIR",
        expose_value=False,
        is_eager=True,
        callback=_remember_folder,
        shell_complete=_folders,
        help="The workspace's folder, or a team on a server: postgresql://HOST/DATABASE?team=TEAM.",
    )


def readable(value: object) -> object:
    """What was typed, in whatever encoding the shell hands it over; lists of it likewise."""
    if isinstance(value, tuple):
        return tuple(map(readable, value))
    if not isinstance(value, str) or value.isascii():
        return value
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        with suppress(UnicodeEncodeError):
            from meetingtool.importers.decoding import decode

            return decode(value.encode("utf-8", "surrogateescape"))[0]
    return value


def _show_help(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


class WithHelp(click.Command):
    """A command whose `--help` is our own option: click's own, like its path type, looks for a translation that does
    not exist, which costs every command a millisecond."""

    own_help: click.Option | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`-h` and `--help`."""
        if self.own_help is None and (names := self.get_help_option_names(ctx)):
            self.own_help = click.Option(
                names,
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_help,
                help="Show this message and exit.",
            )
        return self.own_help


class Command(WithHelp):
    """A command that understands `--data`, and words in any encoding; names of files stay as they are."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.params.append(data_option())

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command with its words made readable."""
        for param in self.params:
            if param.name in ctx.params and not isinstance(param.type, click.Path):
                ctx.params[param.name] = readable(ctx.params[param.name])
        return super().invoke(ctx)


_NOT_TEXT = frozenset({"-", "-h"})
_DASHED = re.compile(r"-[^-]")
_DASH = "\ue000-"


class TextCommand(Command):
    """A command whose words may begin with a dash, such as `-5 degrees` or the `-word` of a query.

    Its own options are the long ones; `-h` by itself is help, and `-` by itself is standard input.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Shield dashed words from the option parser."""
        shielded = [_DASH + word[1:] if word not in _NOT_TEXT and _DASHED.match(word) else word for word in args]
        try:
            return super().parse_args(ctx, shielded)
        except click.UsageError as error:
            told = error.format_message().replace(_DASH, "-").replace(repr(_DASH)[1:-1], "-")
            raise click.UsageError(told, ctx=error.ctx or ctx) from error


def as_typed(words: tuple[str, ...]) -> str:
    """The words of a TextCommand as one text, as they were typed."""
    return " ".join(word.replace(_DASH, "-", 1) if word.startswith(_DASH) else word for word in words)


class Commands(WithHelp, click.Group):
    """A group whose members are imported only when they are named.

    families: a heading -> the names under it -> `module:attribute` below `meetingtool.cli`.
    """

    def __init__(self, *args: Any, families: Mapping[str, Mapping[str, str]], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.families = families
        self.params.append(data_option())

    @property
    def places(self) -> dict[str, str]:
        """Where each command is defined."""
        return {name: place for family in self.families.values() for name, place in family.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the help."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        place = self.places.get(cmd_name)
        if place is None:
            return None
        module, attribute = place.split(":")
        command = getattr(import_module(f"{LAZY}.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; wrong usage with the nearest names when there is none."""
        name = args[0]
        if not name.startswith("-") and name not in self.places and not ctx.resilient_parsing:
            ctx.fail(unknown_command(name, list(self.places)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under the headings of their families."""
        width = max(len(name) for name in self.places)
        for heading, family in self.families.items():
            with formatter.section(heading):
                rows = []
                for name in family:
                    command = self.get_command(ctx, name)
                    assert command is not None
                    rows.append((name.ljust(width), command.get_short_help_str(formatter.width)))
                formatter.write_dl(rows)


class Family(WithHelp, click.Group):
    """A group of commands under one name, such as `team`. Its members are defined beside it."""

    command_class = Command

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.params.append(data_option())

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order in which they were defined."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; wrong usage with the nearest names when there is none."""
        name = args[0]
        if not name.startswith("-") and name not in self.commands and not ctx.resilient_parsing:
            ctx.fail(unknown_command(name, list(self.commands)))
        return super().resolve_command(ctx, args)


class LineFamily(Family):
    """A family with one command, `of_a_line`, whose name may be left out: `complaint TEXT` is `complaint note TEXT`.

    A single word that is nearly the name of another command is taken for a typing error, not for the line.
    """

    of_a_line = "note"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Insert the command name that was left out before the line."""
        first = next(iter(args), "")
        asks = not args or first in ("-h", "--help", "--data") or first.startswith("--data=")
        leads = asks or first in self.commands
        if not leads and not (len(args) == 1 and self._slipped(first)):
            args = [self.of_a_line, *args]
        return super().parse_args(ctx, args)

    def _slipped(self, word: str) -> bool:
        from difflib import get_close_matches

        return word.isalpha() and bool(get_close_matches(word.casefold(), self.commands, n=1, cutoff=0.7))


def unknown_command(name: str, known: list[str]) -> str:
    """What to say about an unknown command."""
    from difflib import get_close_matches

    from meetingtool.rules import wording

    near = get_close_matches(name.casefold(), known, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(known)}."
    return f"There is no command “{wording.shortened(name, 40)}”. {hint}"
