"""The way in and the one way out: the commands by name, and what a person is told when something goes wrong."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import NoReturn

import click

import meetingtool
from meetingtool.cli.commands import Commands
from meetingtool.cli.opening import Opening, local_now
from meetingtool.cli.streams import Careful, nobody_reads, prepare, reason
from meetingtool.errors import MeetingtoolError

INTERRUPTED = 130
"""The exit code after Ctrl+C, as shells expect it."""

ASKED_BY_SHELL = "_MEETINGTOOL_COMPLETE"
"""The variable that a shell sets to ask what the Tab key can offer."""

FAMILIES = {
    "Record": {
        "win": "stories.stories:win",
        "sticky": "stories.stories:sticky",
        "praise": "stories.stories:praise",
        "promise": "stories.stories:promise",
        "action": "stories.stories:action",
    },
    "Look up and correct": {
        "today": "today:today",
        "history": "history.history:history",
        "show": "stories.records:show",
        "edit": "stories.records:edit",
        "remove": "stories.records:remove",
        "bin": "keeping.bin:bin_",
        "undo": "stories.records:undo",
        "follow-up": "stories.follow_ups:follow_up",
        "sort-out": "stories.sorting:sort_out",
    },
    "Look back and share": {
        "insight": "history.insights:insight",
        "newsletter": "history.insights:newsletter",
        "brag-sheet": "history.insights:brag_sheet",
        "card": "history.insights:card",
        "reward": "stories.rewards:reward",
        "thanks": "stories.rewards:thanks",
    },
    "On paper": {
        "poster": "playbook.posters:poster",
        "cards": "playbook.posters:cards",
        "comment-card": "playbook.posters:comment_card",
        "interview": "playbook.posters:interview",
    },
    "Meet": {
        "agenda": "meeting.agendas:agenda",
        "meeting": "meeting.meetings:meeting",
        "calendar": "meeting.calendars:calendar",
        "question": "playbook.questions:question",
        "scenario": "playbook.scenarios:scenario",
        "philosophy": "playbook.philosophy:philosophy",
    },
    "Train": {
        "course": "playbook.courses:course",
        "training": "playbook.training:training",
        "talk": "people.talks:talk",
        "pulse": "people.pulse:pulse",
    },
    "Rate and evaluate": {
        "rate": "people.ratings:rate",
        "score": "people.scores:score",
        "evaluation": "people.evaluations:evaluation",
    },
    "Customers": {
        "said": "customers.voices:said",
        "survey": "customers.surveys:survey",
        "mention": "customers.mentions:mention",
        "complaint": "customers.complaints:complaint",
        "customer": "customers.customers:customer",
        "call": "customers.calls:call",
        "hands-on": "customers.calls:hands_on",
        "fund": "customers.fund:fund",
        "group": "playbook.groups:group",
    },
    "Keep safe": {
        "backup": "keeping.safekeeping:backup",
        "restore": "keeping.safekeeping:restore",
        "check": "keeping.safekeeping:check",
        "forget": "keeping.retention:forget",
        "archive": "keeping.retention:archive",
        "encrypt": "keeping.encryption:encrypt",
        "decrypt": "keeping.encryption:decrypt",
        "passphrase": "keeping.encryption:passphrase",
    },
    "On a server": {
        "server": "server.administration:server",
        "finals": "server.finals:finals",
    },
    "Set up": {
        "init": "setup:init",
        "team": "people.team:team",
        "standard": "playbook.standards:standard",
        "settings": "settings:settings",
        "demo": "setup:demo",
        "where": "setup:where",
        "completion": "completion:completion",
    },
}


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"meetingtool {meetingtool.__version__}")
        ctx.exit()


@click.command(
    cls=Commands,
    families=FAMILIES,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def meetingtool_command(ctx: click.Context) -> int:
    """Run the customer service item of your weekly team meeting, and keep what it teaches.

    Without a command, the app opens. `meetingtool demo` opens it on a sample team.

    The workspace is the folder (or the team on a server) given with --data, else that of the variable
    MEETINGTOOL_DATA, else a folder in your user's data folder; `meetingtool where` prints it.
    """
    if ctx.invoked_subcommand is None:
        return open_app(ctx.ensure_object(Opening))
    return 0


def open_app(opening: Opening) -> int:
    """Open the app on the workspace, and return its exit code; refused where there is no terminal to draw on."""
    from meetingtool.cli.printing import interactive

    if not interactive():
        raise MeetingtoolError("The app needs a terminal.", "Run it in one, or see `meetingtool --help` for commands.")
    from meetingtool.tui import run as run_app

    place = opening.place()
    if isinstance(place, str):
        return run_app(place)
    return run_app(place, envelope=opening.envelope(), unlock=opening.unlocked_anew)


def run(argv: Sequence[str], *, clock: Callable[[], datetime] = local_now, output: Careful | None = None) -> int:
    """Run one command line (without the program's name) and return its exit code. output: see `streams.prepare`.

    Everything expected that can go wrong ends here, as one line on standard error.
    """
    opening = Opening(clock)
    if ASKED_BY_SHELL in os.environ:
        from meetingtool.cli.shells import know_shells

        know_shells()
    try:
        code = meetingtool_command.main(list(argv), prog_name="meetingtool", standalone_mode=False, obj=opening)
        sys.stdout.flush()
        code = code if isinstance(code, int) else 0
        return _printed(output.lost, opening, code) if output and output.lost else code
    except MeetingtoolError as error:
        return _told(str(error))
    except click.UsageError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _told(error.format_message())
    except (click.Abort, KeyboardInterrupt, EOFError):
        return _told("Stopped.", INTERRUPTED)
    except OSError as error:
        if error.filename is None or error.errno not in _OF_THE_PATH:
            raise
        from meetingtool.rules.wording import shortened

        name = shortened(str(error.filename), 80)
        return _told(f"“{name}” can't be used: {error.strerror}. Name another, or ask for permission to use it.")
    finally:
        opening.close()


_OF_THE_PATH = (errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENOTDIR)
"""Failures caused by the name of a file that somebody typed."""


def _told(what: str, code: int = 1) -> int:
    from meetingtool.cli.printing import talk
    from meetingtool.rules import wording

    talk(f"meetingtool: {wording.one_line(what)}")
    return code


def _printed(lost: OSError, opening: Opening, code: int) -> int:
    """Say that the command ran to its end but its words could not be printed: a failure, whatever its code was."""
    if nobody_reads(lost):
        return code
    what = "It is saved, but it" if opening.saved else "The command ran to its end, but it"
    return _told(f"{what} could not be printed: {reason(lost)}.")


def start() -> NoReturn:
    """Run the command line of this process."""
    sys.excepthook = _crashed
    sys.exit(run(sys.argv[1:], output=prepare()))


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from meetingtool.crash import report

    report(kind, error, trace)
