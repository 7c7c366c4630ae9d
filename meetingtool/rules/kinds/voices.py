"""What customers said, written down by hand."""

from __future__ import annotations

from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.kinds.kind import Background, Fact, Kind, ListingRow, called, in_full
from meetingtool.rules.roster import Roster

CHANNELS = {
    "card": "on a card",
    "letter": "in a letter",
    "phone": "on the phone",
    "spoken": "in person",
    "review": "in a review",
    "survey": "in a survey",
}
"""How a customer said it."""


class VoiceKind(Kind[Voice]):
    """A customer's words. A problem is private."""

    record = Voice
    sorts = {"voice": called("voice", long="words of a customer", found="words of customers")}
    together = (("text", "line"),)
    searched = True
    people_in = ("people",)
    written = frozenset({"text", "line"})

    def text(self, record: Voice, roster: Roster) -> str:
        return record.text

    def standards(self, record: Voice) -> tuple[str, ...]:
        return record.standards

    def customer(self, record: Voice) -> str:
        return record.customer

    def remark(self, record: Voice, roster: Roster) -> str:
        return ", ".join(filter(None, (CHANNELS[record.channel], meant(record))))

    def facts(self, record: Voice, roster: Roster, behind: Background) -> list[Fact]:
        meeting = behind.meeting
        return [
            Fact("who", wording.listed([roster.full_name(person) for person in record.people]), tone="people"),
            *(Fact("standard", in_full(standard, roster), tone="standards") for standard in record.standards),
            Fact("customer", wording.one_line(record.customer)),
            Fact("said", CHANNELS[record.channel]),
            Fact("meant", meant(record)),
            Fact("read aloud", wording.one_line(meeting.title) if meeting else "", meeting.ref if meeting else ""),
        ]

    def texts(self, record: Voice) -> tuple[str, ...]:
        return (record.text,)

    def flags(self, record: Voice) -> frozenset[str]:
        signs = (("starred", record.starred), ("waiting", record.read_in is None))
        return super().flags(record) | {sign for sign, there in signs if there}

    def row(self, record: Voice, roster: Roster) -> ListingRow:
        return super().row(record, roster) | {"starred": record.starred, "told": record.read_in is not None}


def meant(voice: Voice) -> str:
    """`praise`, `a problem`, or nothing where that was not said."""
    return "" if voice.satisfied is None else "praise" if voice.satisfied else "a problem"
