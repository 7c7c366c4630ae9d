"""Finding the words of customers behind praise that counts, for the papers that may quote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from meetingtool.actions.customers.mentions import with_answers
from meetingtool.errors import NotFound
from meetingtool.records import mentions
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.quotes import MOST, Quote
from meetingtool.rules.people.score_inputs import NamedByCustomer
from meetingtool.store import Workspace


def quotes_of(
    workspace: Workspace, praise: Iterable[NamedByCustomer], most: int | None = MOST, *, own: bool = False
) -> list[Quote]:
    """What was said in praise that counts, the newest first. most: None for all of it.

    own: for a paper about the praised person, which may have private praise of that person only.

    An answer that also names somebody whom it isn't known to praise is quoted nowhere; thinned ones can't be.
    """
    newest = sorted(praise, key=lambda one: (one.day, one.id), reverse=True)
    found: list[Quote] = []
    told: set[str] = set()
    for quote in _quotes(workspace, newest, own):
        if most is not None and len(found) >= most:
            break
        if quote.text not in told:
            told.add(quote.text)
            found.append(quote)
    return found


def _quotes(workspace: Workspace, praise: Iterable[NamedByCustomer], own: bool) -> Iterator[Quote]:
    for one in praise:
        voice, mention = _voice(workspace, one.id), _mention(workspace, one.id)
        if voice is not None and (not voice.private or (own and voice.people == (one.person,))):
            yield Quote(voice.id, one.day, voice.text.strip(), voice.customer)
        elif mention is not None and (quote := quote_of(workspace, mention)) is not None:
            yield quote


def quote_of(workspace: Workspace, mention: mentions.Mention) -> Quote | None:
    """The answer that praises somebody, word for word; None where it isn't praise, where it was thinned, and where it
    also names somebody whom it isn't known to praise."""
    if mention.private or _names_others(workspace, mention):
        return None
    (asked,) = with_answers(workspace, [mention])
    words = asked.comment.strip()
    return Quote(mention.id, mention.at.date(), words) if words else None


def _names_others(workspace: Workspace, mention: mentions.Mention) -> bool:
    """Whether the same answer names somebody whom it isn't known to praise."""
    day = mention.at.date()
    same = workspace.find(mentions.Mention, since=day, until=day, batch=mention.batch, row=mention.row)
    return any(one.private and one.id != mention.id and one.state in ("open", "confirmed") for one in same)


def _voice(workspace: Workspace, id: str) -> Voice | None:
    try:
        found = workspace.get(Voice, id)
    except NotFound:
        return None
    return found if found.removed_at is None else None


def _mention(workspace: Workspace, id: str) -> mentions.Mention | None:
    try:
        found = workspace.get(mentions.Mention, id)
    except NotFound:
        return None
    return found if found.removed_at is None and not found.private else None
