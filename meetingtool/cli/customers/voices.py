"""`meetingtool said`: what a customer said, in one line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import TextCommand
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.stories.stories import STORY_MARKS, line_arguments, record_each, told_in
from meetingtool.cli.telling import signs, tell_follow_up, tell_kept_back, tell_remarks

if TYPE_CHECKING:
    from meetingtool.actions.customers.voices import HeardVoice
    from meetingtool.records.voices import Channel
    from meetingtool.rules.roster import Roster


@click.command(cls=TextCommand, help=f"Write down what a customer said. A problem is for you only.\n\n{STORY_MARKS}")
@line_arguments
@click.option(
    "--card", "channel", flag_value="card", help="On a card; with one @who it is an answer about that person."
)
@click.option("--letter", "channel", flag_value="letter", help="In a letter or an e-mail.")
@click.option("--phone", "channel", flag_value="phone", help="On the phone.")
@click.option("--review", "channel", flag_value="review", help="In a public review.")
@click.option("--praise/--problem", "satisfied", default=None, help="How it was meant; may be left out.")
@pass_opening
def said(
    opening: Opening,
    text: tuple[str, ...],
    day: str | None,
    meeting_ref: str | None,
    private: bool,
    channel: Channel | None,
    satisfied: bool | None,
) -> None:
    """Write down what a customer said."""

    def record(line: str, on: date | None) -> None:
        from meetingtool.actions.customers.voices import record_voice

        meeting, when = told_in(opening, meeting_ref, on)
        heard = record_voice(
            opening.workspace(),
            line,
            opening.now,
            channel=channel or "spoken",
            satisfied=satisfied,
            on=when,
            meeting=meeting,
        )
        tell_heard(heard, opening.roster())

    record_each(opening, "said", text, day, private, record)


def tell_heard(heard: HeardVoice, roster: Roster) -> None:
    """Print what was recorded, with its promises and actions."""
    from meetingtool.actions.customers.voices import waits_for_word
    from meetingtool.cli.printing import SIGN, out, talk
    from meetingtool.rules import wording
    from meetingtool.rules.kinds.table import kind_of

    voice = heard.voice
    who = (roster.names(voice.people), wording.one_line(voice.customer), kind_of(voice).remark(voice, roster))
    about = SIGN.join(filter(None, (*who, "private" if voice.private else "")))
    mark = signs(voice)
    out(f"voice {voice.ref}  {about}" + (f"  {mark}" if mark else ""))
    for follow_up in heard.follow_ups:
        tell_follow_up(follow_up, roster)
    tell_remarks(heard.remarks)
    if waits_for_word(voice):
        talk("The next meeting reads praise aloud: --praise says that it is, or y in the app's Voices.")
    tell_kept_back(voice, roster)
