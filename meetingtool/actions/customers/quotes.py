"""Finding the words of customers behind praise that counts, for the papers that may quote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from meetingtool.actions.customers.mentions import with_answers
from meetingtool.errors import NotFound
from meetingtool.records import mentions
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.quotes import MOST, Quote
from meetingtool.rules.people.score_inputs import Mention
from meetingtool.store import Workspace


def quotes_of(workspace: Workspace, praise: Iterable[Mention], most: int | None = MOST) -> list[Quote]:
    """What was said in praise that counts, the newest first. most: None for all of it.

    An answer that also names somebody of whom it is not said that it praises them is quoted nowhere; what was thinned
    can't be.
    """
    newest = sorted(praise, key=lambda one: (one.day, one.id), reverse=True)
    found: list[Quote] = []
    told: set[str] = set()
    for quote in _quotes(workspace, newest):
        if most is not None and len(found) >= most:
            break
        if quote.text not in told:
            told.add(quote.text)
            found.append(quote)
    return found


def _quotes(workspace: Workspace, praise: Iterable[Mention]) -> Iterator[Quote]:
    for one in praise:
        voice, mention = _voice(workspace, one.id), _mention(workspace, one.id)
        if voice is not None and not voice.private:
            yield Quote(voice.id, one.day, voice.text.strip(), voice.customer)
        elif mention is not None and not _names_others(workspace, mention):
            (asked,) = with_answers(workspace, [mention])
            if asked.comment.strip():
                yield Quote(mention.id, one.day, asked.comment.strip())


def _names_others(workspace: Workspace, mention: mentions.Mention) -> bool:
    """Whether the same answer names somebody of whom it is not known to be praise."""
    day = mention.at.date()
    same = workspace.find(mentions.Mention, since=day, until=day, batch=mention.batch, row=mention.row)
    return any(one.private and one.state in ("open", "confirmed") for one in same)


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
