"""Calls and visits to customers, and the leader's own hours."""

from __future__ import annotations

from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.rules import wording
from meetingtool.rules.kinds.kind import Background, Fact, Kind, ListingRow, called
from meetingtool.rules.roster import Roster

REACHED = {
    "yes": "reached",
    "message": "left a message",
    "no": "not reached",
    "wrong": "wrong number",
    "declined": "does not want calls",
    "skipped": "left out",
}
WAYS = {"phone": "by phone", "visit": "by a visit", "message": "by a message"}
WHY = {
    "bought": "bought lately",
    "after-complaint": "after a complaint",
    "quiet": "not heard from lately",
    "thanks": "to say thanks",
    "other": "",
}
WORK = {
    "phones": "on the phones",
    "counter": "at the counter",
    "round": "on a round",
    "visit": "on a visit",
    "listening": "listening",
}


class ContactKind(Kind[Contact]):
    """A call or a visit to a customer."""

    record = Contact
    sorts = {"call": called("call", long="call to a customer", found="calls to customers")}
    together = (("text", "line"),)
    searched = True
    people_in = ("people",)
    written = frozenset({"text", "line"})

    def sort(self, record: Contact) -> str:
        return "call"

    def text(self, record: Contact, roster: Roster) -> str:
        return record.text or f"{REACHED[record.reached]}: {record.customer}"

    def customer(self, record: Contact) -> str:
        return record.customer

    def remark(self, record: Contact, roster: Roster) -> str:
        return ", ".join(filter(None, (REACHED[record.reached], record.mood)))

    def facts(self, record: Contact, roster: Roster, behind: Background) -> list[Fact]:
        by = wording.listed([wording.one_line(roster.full_name(person)) for person in record.people])
        return [
            Fact("customer", wording.one_line(record.customer)),
            Fact("called by", by or "the manager", tone="people"),
            Fact("way", WAYS[record.way]),
            Fact("why", WHY[record.why]),
            Fact("reached", REACHED[record.reached], tone="state"),
            Fact("mood", record.mood or ""),
        ]

    def texts(self, record: Contact) -> tuple[str, ...]:
        return (record.text,)

    def row(self, record: Contact, roster: Roster) -> ListingRow:
        return super().row(record, roster) | {"state": record.reached}

    def shape(self, record: Contact, roster: Roster) -> dict[str, object]:
        return super().shape(record, roster) | {"people": [roster.handle(person) for person in record.people]}


class HandsOnKind(Kind[HandsOn]):
    """Time of the leader with customers or beside somebody."""

    record = HandsOn
    sorts = {"hands-on": called("hands-on", "hours hands-on", long="time hands-on", found="time hands-on")}
    together = (("text", "line"),)
    searched = True
    people_in = ("people",)
    written = frozenset({"text", "line"})

    def text(self, record: HandsOn, roster: Roster) -> str:
        return record.text or f"{wording.count(record.minutes, 'minute')} {WORK[record.what]}"

    def customer(self, record: HandsOn) -> str:
        return record.customer

    def remark(self, record: HandsOn, roster: Roster) -> str:
        return f"{wording.count(record.minutes, 'minute')} {WORK[record.what]}"

    def facts(self, record: HandsOn, roster: Roster, behind: Background) -> list[Fact]:
        beside = wording.listed([wording.one_line(roster.full_name(person)) for person in record.people])
        return [
            Fact("time", self.remark(record, roster)),
            Fact("did well" if record.did_well else "beside", beside, tone="people"),
            Fact("customer", wording.one_line(record.customer)),
        ]

    def texts(self, record: HandsOn) -> tuple[str, ...]:
        return (record.text,)

    def shape(self, record: HandsOn, roster: Roster) -> dict[str, object]:
        return super().shape(record, roster) | {"people": [roster.handle(person) for person in record.people]}
