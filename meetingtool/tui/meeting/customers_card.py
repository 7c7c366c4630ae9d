"""What the screen of the meeting shows about customers: words to read aloud, the results, and whom they thanked."""

from __future__ import annotations

from textual.content import Content

from meetingtool.actions.customers.for_meeting import to_hear
from meetingtool.actions.customers.voices import not_said
from meetingtool.actions.desk import Desk
from meetingtool.records.meetings import Meeting
from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.customers.for_meeting import called, question, seen_line, thanked_names
from meetingtool.rules.kinds.voices import CHANNELS

LONGEST = 600
"""How many letters of words to read aloud are shown; the rest of a long letter is read from paper."""

EMPTY = "Nothing is marked to be read aloud. Type what a customer said; r in Customers marks words for next time."
NOT_SAID = "Of {voices} nobody has said whether it is praise: y in Customers says so, and it is read aloud."


def customers_card(desk: Desk, meeting: Meeting, *, short: bool = False) -> list[Content]:
    """What customers say, for the part of the meeting that has that name."""
    said = to_hear(desk, meeting)
    if not said:
        return [Content.styled(not_said_line(desk) or EMPTY, "$text-muted")]
    blocks = [_words(desk, voice, 240 if short else LONGEST) for voice in said.read]
    for result in said.results:
        name = f"{wording.shortened(result.name, 40)}, {result.period}: "
        blocks.append(Content.assemble((name, "$text-muted"), wording.one_line(result.says)))
    blocks += [Content.assemble(("? ", "bold $warning"), (question(alert), "bold")) for alert in said.asked[:2]]
    if told := called(said.calls):
        blocks.append(Content(wording.visible(told)))
    if said.thanked:
        blocks.append(_thanked(desk, said.thanked))
    gap = [] if short else [Content("")]
    return [line for block in blocks for line in (*gap, block)][len(gap) :]


def not_said_line(desk: Desk) -> str:
    """A line about customers' words that wait for somebody to say whether they are praise; empty without any."""
    waiting = not_said(desk)
    return NOT_SAID.format(voices=wording.count(len(waiting), "voice")) if waiting else ""


def thanked_line(desk: Desk, meeting: Meeting) -> list[Content]:
    """Whom customers thanked by name and whom the leader saw do well, for the end of the meeting."""
    said = to_hear(desk, meeting)
    lines = [_thanked(desk, said.thanked)] if said.thanked else []
    for who, what in (seen_line(one, desk.roster) for one in said.seen):
        lines.append(Content.assemble(("Seen by the manager  ", "$text-muted"), (who, "bold"), f"  {what}"))
    return lines


def _thanked(desk: Desk, people: tuple[str, ...]) -> Content:
    return Content.assemble(
        ("Thanked by customers by name: ", "$text-muted"), (thanked_names(people, desk.roster), "bold")
    )


def _words(desk: Desk, voice: Voice, most: int) -> Content:
    text = wording.visible(voice.text.strip())
    about = [wording.one_line(voice.customer), desk.roster.names(voice.people), CHANNELS[voice.channel]]
    return Content.assemble(
        (text if len(text) <= most else f"{text[:most]}…", "bold"),
        (f"  {' · '.join(part for part in about if part)}", "$text-muted"),
    )
