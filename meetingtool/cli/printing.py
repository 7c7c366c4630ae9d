"""Standard output is for data, tables for people and JSON for programs; standard error is for everything else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from meetingtool.errors import MeetingtoolError
from meetingtool.rules import wording

GAP = "  "
SIGN = " · "
ROOMY = 120
"""In a terminal at least this wide, names and the like have columns of their own beside a text."""

LONGEST_AT_A_TERMINAL = 4_095
"""How many bytes of a line a terminal without a line editor hands over; it drops the rest silently."""

LINES_AROUND = 3
"""Lines of a screenful that stay free for the command above it and the question below."""

NARROWEST = 24
"""The width in which a value is wrapped at least, even where the terminal is narrower."""


def out(text: str) -> None:
    """Print data, with control characters made visible."""
    click.echo(wording.visible(text))


def out_by_screens(text: str) -> None:
    """Print data that has to be read whole before a question: where somebody sits at the terminal, a screenful at a
    time."""
    from shutil import get_terminal_size

    from meetingtool.documents.formats.tables import width_of

    if not (interactive() and can_ask()):
        click.echo(wording.visible(text))
        return
    width, height = get_terminal_size()
    used = 0
    for line in wording.visible(text).splitlines():
        lines = 1 + max(width_of(line) - 1, 0) // max(width, 1)
        if used and used + lines > height - LINES_AROUND:
            ask("Enter shows more ")
            used = 0
        click.echo(line)
        used += lines


def talk(text: str) -> None:
    """Tell the person something that isn't data."""
    click.echo(wording.visible(text), err=True)


def interactive() -> bool:
    """Whether a person sits at both ends, so that a full screen can be drawn."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def can_ask() -> bool:
    """Whether a question would be seen and answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """The line that a person types in answer, in a line editor where there is one; pasted lines are joined.

    Only where `can_ask`; the question goes to standard error.
    """
    return " ".join(ask_lines(question))


def ask_lines(question: str) -> list[str]:
    """Like `ask`, with pasted lines each by itself. At least one."""
    if _has_line_editor():
        sys.stdout.flush()
        with _output_on_talk():
            return [*filter(None, map(str.strip, input(wording.visible(question)).splitlines()))] or [""]
    click.echo(wording.visible(question), err=True, nl=False)
    line = input()
    if len(line.encode("utf-8", "surrogateescape")) >= LONGEST_AT_A_TERMINAL:
        raise MeetingtoolError("The terminal cuts a line as long as this one.", "Give it through a pipe: - as TEXT.")
    return [line]


def _has_line_editor() -> bool:
    """Whether a person sits at the terminal itself and GNU readline, or a stand-in for it, is available."""
    if sys.stdin is not sys.__stdin__ or not os.isatty(0) or not os.isatty(2):
        return False
    try:
        import readline
    except ImportError:
        return False
    readline.set_auto_history(False)
    readline.parse_and_bind(
        "set enable-bracketed-paste on"
    )  # Python turns it off, and then each pasted line would count as an answer
    return True


@contextmanager
def _output_on_talk() -> Iterator[None]:
    """Let the line editor draw on standard error: it only knows standard output, which is for data."""
    output = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(output, 1)
        os.close(output)


def secret(question: str) -> str:
    """The line that a person types in answer, which is not drawn. Only where `can_ask`."""
    from getpass import getpass

    return getpass(question, sys.stderr)


def sure(question: str) -> bool:
    """Whether a person says yes. Only where `can_ask`; anything but a yes is a no."""
    return ask(f"{question} [y/N] ").strip().casefold() in ("y", "yes")


@contextmanager
def progress_told(most: int, label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on standard error, drawn by calling what it yields with how many are done, and of how many.

    None where nobody looks at standard error, or where it is over at once.
    """
    if most < 2 or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=most, label=label, file=sys.stderr) as bar:

        def tell(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield tell


def print_json(value: object) -> None:
    """Print `value` as indented JSON in UTF-8, exactly as it is kept. To a terminal, signs that would steer it are
    written as JSON's escapes, which stand for the same text."""
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(value), indent=2)
    click.echo(_escaped(text.decode()) if sys.stdout.isatty() else text)


def _escaped(text: str) -> str:
    """JSON with an escape for every sign that is not printed: as two halves where it is beyond U+FFFF."""
    return "".join(sign if sign == "\n" or sign.isprintable() else _escape(sign) for sign in text)


def _escape(sign: str) -> str:
    data = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{data[at : at + 2].hex()}" for at in range(0, len(data), 2))


def print_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Collection[int] = (),
    behind: Collection[int] = (),
) -> None:
    """Print rows under headings, as `table` lays them out."""
    click.echo(table(headings, rows, right=right, behind=behind))


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Collection[int] = (),
    behind: Collection[int] = (),
) -> str:
    """Rows under headings, as wide as each column needs; a column without anything in it is left out.

    In a terminal the columns are folded to its width; elsewhere a row stays on one line. right: indexes of columns
    aligned right, such as numbers. behind: those that follow the text of the last column in a terminal narrower than
    `ROOMY`.
    """
    from meetingtool.documents.formats.tables import text_table

    cells = [list(row) for row in rows]
    if (screen_width() or ROOMY) < ROOMY:
        for row in cells:
            row[-1] = SIGN.join(filter(None, (row[-1], *(row[place] for place in behind))))
            for place in behind:
                row[place] = ""
    shown = [place for place in range(len(headings)) if any(row[place] for row in cells)]
    rightward = {place for place, column in enumerate(shown) if column in right}
    picked = [[row[place] for place in shown] for row in cells]
    laid_out = text_table([headings[place] for place in shown], picked, right=rightward, width=screen_width())
    return laid_out.rstrip("\n")


def screen_width() -> int | None:
    """Columns of the terminal that standard output is; None where it is a pipe or a file."""
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def print_fields(fields: Iterable[tuple[str, str]]) -> None:
    """Print names with their values below each other; those without a value are left out. Values may have lines."""
    from meetingtool.documents.formats.tables import wrapped

    filled = [(name, value) for name, value in fields if value.strip()]
    width = max((len(name) for name, _ in filled), default=0) + len(GAP)
    room = screen_width()
    for name, value in filled:
        lead = name.ljust(width)
        for paragraph in wording.visible(value).splitlines():
            for part in wrapped(paragraph, max(room - width, NARROWEST)) if room else [paragraph]:
                click.echo(f"{lead}{part}".rstrip())
                lead = " " * width
