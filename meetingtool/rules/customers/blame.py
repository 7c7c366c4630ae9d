"""Which calls and hours of the leader can blame somebody: they are private until the manager shows them to the team."""

from __future__ import annotations

from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.rules.capture import Capture
from meetingtool.rules.customers.calls import mood_in
from meetingtool.rules.roster import Roster

NAMED = frozenset({"full-name", "titled", "unique", "shared"})
"""How surely words name a person; a word that merely could be a name doesn't count here."""

WHY_PRIVATE = "Private, as it could blame somebody; edit it and take the ~ off to show it to the team."


def can_blame(record: Contact | HandsOn, roster: Roster) -> bool:
    """Whether it can: an unhappy customer's words, and whatever names somebody, as a customer who is glad can still
    complain of one of us.

    Who called is not named by that; whoever the leader stood beside is, once there are words.
    """
    if isinstance(record, Contact):
        return record.mood == "unhappy" or _names(record.text, roster)
    named = bool(record.people and record.text) or _names(record.text, roster)
    return named and not record.did_well


def private_line(kind: str, capture: Capture, roster: Roster) -> bool:
    """Whether what is typed will be private, as far as it has come: a complaint always; a call and the leader's own
    time once they can blame somebody; any line once it says so."""
    if kind == "complaint" or capture.private:
        return True
    if kind == "hands-on":
        named = bool(capture.people and capture.text.strip()) or _names(capture.text, roster)
        return named and not (capture.starred and capture.people)
    return kind == "call" and (
        mood_in(capture.text) == "unhappy" or (_names(capture.text, roster) and not capture.starred)
    )


def callers(people: tuple[str, ...], text: str, roster: Roster) -> tuple[str, ...]:
    """Those of the people in a call's line who called; whoever its sentence names was only spoken of."""
    if not people or not text:
        return people
    from meetingtool.rules.customers.names import find_names

    named = {hit.person for hit in find_names([text], roster.people).hits}
    return tuple(person for person in people if person not in named)


def _names(text: str, roster: Roster) -> bool:
    from meetingtool.rules.customers.names import find_names  # a call need not wait for it

    return bool(text) and any(hit.tier in NAMED for hit in find_names([text], roster.people).hits)
