"""What customers say, as a meeting hears it: words to read aloud, results in a sentence, questions, thanks."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from meetingtool.records.alerts import Alert
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.surveys import SurveyPeriod
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.calls import without_mood
from meetingtool.rules.customers.series import named
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import listed, one_line, says_something, shortened

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

LONGEST_SAID = 160
"""The line about calls quotes this many letters of what was said in one."""


class SurveyResult(msgspec.Struct, frozen=True):
    """The results of a period of a survey in one sentence. name: of the survey; period: as `November 2026`."""

    survey: str
    label: str
    name: str
    period: str
    says: str


class CustomersSay(msgspec.Struct, frozen=True):
    """read: words of customers. results: of periods. asked: alerts that want to know what it was. thanked: ids of
    people whom customers praised by name, who are told by name alone and never with a number. calls: what we began
    ourselves since the last meeting, without those that were left out. seen: whom the leader saw do well."""

    read: tuple[Voice, ...] = ()
    results: tuple[SurveyResult, ...] = ()
    asked: tuple[Alert, ...] = ()
    thanked: tuple[str, ...] = ()
    calls: tuple[Contact, ...] = ()
    seen: tuple[HandsOn, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.read or self.results or self.asked or self.thanked or self.calls)


def called(calls: Sequence[Contact]) -> str:
    """`Called 3, reached 2: “asks for winter hours”`; empty without a call. Numbers and words, never a name."""
    if not calls:
        return ""
    said = [without_mood(call.text).strip('“”"') for call in calls if call.reached == "yes"]
    quoted = "; ".join(f"“{shortened(words, LONGEST_SAID)}”" for words in said if says_something(words))
    counted = f"Called {len(calls)}, reached {sum(call.reached == 'yes' for call in calls)}"
    return f"{counted}: {quoted}" if quoted else counted


def seen_line(one: HandsOn, roster: Roster) -> tuple[str, str]:
    """Whom the leader saw do well, and what it was."""
    return roster.names(one.people), one_line(one.text)


def thanked_names(people: tuple[str, ...], roster: Roster) -> str:
    """`Aisha, Maria and Tom`: in the order of the alphabet, so that it is no ranking."""
    return listed(sorted({one_line(roster.short_name(person)) for person in people}, key=str.casefold))


def question(alert: Alert) -> str:
    """What the team is asked about an alert, and what it said."""
    by: SurveyPeriod = "week" if "W" in alert.period else "quarter" if "Q" in alert.period else "month"
    what = f"{named(alert.period, by)}, {ALERTS[alert.kind]}."
    if alert.words:
        return f"{what} What we think it was: {one_line(alert.words)}"
    return f"{what} What do we think {'helped' if alert.kind == 'rise' else 'it was'}?"
