"""`meetingtool completion`: what makes the Tab key know the commands, people, standards and records."""

from __future__ import annotations

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.printing import talk

INSTALL = {
    "bash": 'Put this line into ~/.bashrc:  eval "$(meetingtool completion bash)"',
    "zsh": 'Put this line into ~/.zshrc, after compinit:  eval "$(meetingtool completion zsh)"',
    "fish": "Run once:  meetingtool completion fish > ~/.config/fish/completions/meetingtool.fish",
}


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(sorted(INSTALL)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, people and standards in your shell.

    \b
    bash   eval "$(meetingtool completion bash)"   in ~/.bashrc
    zsh    eval "$(meetingtool completion zsh)"    in ~/.zshrc, after compinit
    fish   meetingtool completion fish > ~/.config/fish/completions/meetingtool.fish
    """
    from meetingtool.cli.shells import SHELLS

    script = SHELLS[shell](ctx.find_root().command, {}, "meetingtool", "_MEETINGTOOL_COMPLETE").source()
    click.echo(script.rstrip())
    talk(INSTALL[shell])
