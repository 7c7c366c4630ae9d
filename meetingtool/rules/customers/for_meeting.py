"""What customers say, as a meeting hears it: words to read aloud, results in a sentence, questions, thanks."""

from __future__ import annotations

import msgspec

from meetingtool.records.alerts import Alert
from meetingtool.records.voices import Voice
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import listed, one_line

CAUSES = {
    "promise": "a promise that was not kept",
    "wait": "a wait",
    "words": "how something was explained",
    "manner": "how somebody was treated",
    "work": "the work itself",
    "price": "a price",
    "rule": "a rule of ours",
    "handover": "a handover between us",
    "other": "something else",
}
"""What a change can come from, in words."""


ALERTS = {"fall": "a real fall", "under-target": "under the target", "rise": "a real rise", "watch": "to be watched"}
"""What was noticed, in words."""


class Result(msgspec.Struct, frozen=True):
    """The results of a period of a survey in one sentence. name: of the survey; period: as `November 2026`."""

    survey: str
    label: str
    name: str
    period: str
    says: str


class CustomersSay(msgspec.Struct, frozen=True):
    """read: words of customers. results: of periods. asked: alerts that want to know what it was. thanked: ids of
    people whom customers praised by name, who are told by name alone and never with a number."""

    read: tuple[Voice, ...] = ()
    results: tuple[Result, ...] = ()
    asked: tuple[Alert, ...] = ()
    thanked: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.read or self.results or self.asked or self.thanked)


def thanked_names(people: tuple[str, ...], roster: Roster) -> str:
    """`Aisha, Maria and Tom`: in the order of the alphabet, so that it is no ranking."""
    return listed(sorted({one_line(roster.short_name(person)) for person in people}, key=str.casefold))


def question(alert: Alert) -> str:
    """What the team is asked about an alert, and what it said."""
    if alert.words:
        return f"What we think it was: {one_line(alert.words)}"
    return "What do we think helped?" if alert.kind == "rise" else "What do we think it was?"
