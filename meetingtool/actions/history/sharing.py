"""What leaves the workspace as a file: search results, views, and papers for the team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from meetingtool.actions.desk import Desk
from meetingtool.documents.formats.paper import Paper
from meetingtool.documents.formats.writing import write_whole
from meetingtool.errors import Refused
from meetingtool.records.base import Record
from meetingtool.records.mentions import Mention
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.customers.quotes import MOST, Quote
from meetingtool.rules.days import moved
from meetingtool.rules.insight.view import View
from meetingtool.rules.keeping.own_names import refuse_own
from meetingtool.rules.people.periods import Period, month_of
from meetingtool.rules.stories.kept_back import for_others, honours_unwilling, wants_privacy

if TYPE_CHECKING:
    from meetingtool.documents.stories.card import StoryCard

PAPER_FORMS = ("md", "html", "pdf", "txt")
"""The formats of a paper, by the ending of its file."""

VIEW_FORMS = (*PAPER_FORMS, "csv", "json")
RESULT_FORMS = VIEW_FORMS
CARD_FORMS = ("pdf",)

BORN_BEFORE = timedelta(days=800)
"""How long before a promise the story that it came out of can have been told."""


def paper_bytes(paper: Paper, form: str, made_on: date) -> bytes:
    """A paper as the content of a file. form: one of `PAPER_FORMS`. NotTypeset when no PDF can be made."""
    if form == "pdf":
        from meetingtool.documents.formats.paper_pdf import paper_pdf

        return paper_pdf(paper, made_on)
    from meetingtool.documents.formats import markdown, paper_html, plaintext

    render = {"md": markdown.render, "html": paper_html.render, "txt": plaintext.render}[form]
    return render(paper).encode("utf-8", "replace")


def view_bytes(view: View, form: str, today: date, *, team: str = "") -> bytes:
    """A view as the content of a file. form: one of `VIEW_FORMS`."""
    from meetingtool.documents.history import insight

    if form == "csv":
        return insight.view_csv(view)
    if form == "json":
        return insight.view_json(view)
    return paper_bytes(insight.view_paper(view, today, team=team), form, today)


def result_bytes(desk: Desk, records: Sequence[Record], form: str, *, query: str = "") -> bytes:
    """What a search found as the content of a file. form: one of `RESULT_FORMS`.

    In room without what is private, even where it was found before.
    """
    from meetingtool.documents.history import listing

    shown = [desk.to_draw(record) for record in desk.shown(records)]
    if form == "csv":
        return listing.as_csv_file(shown, desk.roster)
    if form == "json":
        return listing.as_json(shown, desk.roster)
    title = f"{desk.settings.team}: history"
    return paper_bytes(listing.listing(shown, desk.roster, desk.today, title=title, query=query), form, desk.today)


def form_of(path: Path, forms: Sequence[str]) -> str:
    """The format that the ending of a file's name says. Refused when it is none of `forms`."""
    form = path.suffix.removeprefix(".").lower()
    if form in forms:
        return form
    endings = [f".{one}" for one in forms]
    raise Refused(
        f"The file extension is not a known format: “{wording.shortened(path.name, 40)}”.",
        f"End the name in {' or '.join(endings)}.",
    )


def save_file(
    path: Path,
    forms: Sequence[str],
    make: Callable[[str], bytes],
    *,
    form: str = "",
    force: bool = False,
    new_folder: bool = False,
) -> Path:
    """Write a file, whole or not at all, in the format of its ending unless `form` is given. Refused for an ending that
    names none, for an unusable name, where there is no such folder unless `new_folder` makes it, and when the file is
    there, unless `force`.
    """
    wanted = form or form_of(path, forms)
    data = make(wanted)
    refuse_own(path)
    if not (new_folder or path.parent.is_dir()):
        raise Refused(f"There is no folder {path.parent}.", "Make it first, or choose another one.")
    try:
        [written] = write_whole(path.parent, {path.name: data}, force=force)
    except ValueError:
        raise Refused("That file name does not work on every system.", "Use letters, digits, - and _.") from None
    return written


def boxes_in_saved(file: Path) -> str:
    """A sentence if letters appear as boxes in a paper that was just written, with what to do; else empty."""
    if file.suffix != ".pdf":
        return ""
    from meetingtool.documents.formats.typesetting import boxes_in

    return boxes_in({file.name: file.read_bytes()})


def last_month(today: date) -> Period:
    """The month before this one."""
    return month_of(today.replace(day=1) - timedelta(days=1))


def newsletter_paper(desk: Desk, month: Period, *, pick: str = "") -> Paper:
    """The newsletter of a month, fit for everybody. pick: the id of the win that comes first; Refused where it isn't
    one of that month."""
    from meetingtool.documents.history.newsletter import newsletter, shareable

    stories = _fit(desk, month)
    if pick and pick not in {story.id for story in shareable(stories) if story.kind == "win"}:
        raise Refused(
            f"The pick must be a win of {month.label} that is not private.", "Choose another one, or star one."
        )
    voices = desk.shown(desk.workspace.find(Voice, since=month.since, until=month.until))
    written = [(quote, who) for quote, who in _written(desk, month) if quote.text not in {one.text for one in voices}]
    return newsletter(desk.settings.team, month, stories, desk.roster, pick=pick, voices=voices, written=written)


def _written(desk: Desk, month: Period) -> list[tuple[Quote, list[str]]]:
    """What customers wrote in answers of a month in praise of people (ids) who don't mind, the newest `MOST`; none in
    room, where what single customers wrote is not shown."""
    from meetingtool.actions.customers.quotes import quote_of

    found: dict[str, tuple[Quote, list[str]]] = {}
    praise = desk.workspace.find(Mention, since=month.since, until=month.until, state="confirmed", tone="praise")
    for one in [] if desk.room else reversed(praise):
        quote = None if wants_privacy([one.person], desk.roster) else quote_of(desk.workspace, one)
        if quote is not None and for_others([quote.text], desk.roster) and (quote.text in found or len(found) < MOST):
            found.setdefault(quote.text, (quote, []))[1].append(one.person)
    return list(found.values())


def before_sharing(desk: Desk, month: Period) -> str:
    """What to look at before the newsletter of a month goes out: names not sorted out are in it as typed."""
    from meetingtool.documents.history.newsletter import shareable

    told = shareable(_fit(desk, month))
    unsorted, untold = sum(bool(s.unsorted) for s in told), sum(s.meeting is None for s in told)
    named = f"{wording.count(unsorted, 'story has', 'stories have')} a name or tag to sort out" if unsorted else ""
    waiting = f"{wording.count(untold, 'story was', 'stories were')} not told in a meeting yet" if untold else ""
    out = len(shareable(desk.stories(since=month.since, until=month.until))) - len(told)
    kept = f"{wording.count(out, 'story', 'stories')} left out: somebody in it wants thanks in private" if out else ""
    return " · ".join(part for part in (named, waiting, kept) if part)


def _fit(desk: Desk, month: Period) -> list[Story]:
    """The stories of a month that name nobody who would rather not be honoured before others."""
    found = desk.stories(since=month.since, until=month.until)
    return [story for story in found if not honours_unwilling(story, desk.roster)]


def brag_sheet_paper(desk: Desk, person: Person, period: Period) -> Paper:
    """What a person did well in a period: without anything private, anything that honours a colleague who would rather
    not be singled out before others and, while the screen is shared, anything that a single customer wrote. InRoom then
    for somebody who wants thanks in private."""
    from meetingtool.actions.customers.quotes import quotes_of
    from meetingtool.actions.customers.served import praise_of
    from meetingtool.documents.people.brag_sheet import brag_sheet

    if wants_privacy([person.id], desk.roster):
        desk.require_private(f"What {wording.one_line(desk.roster.short_name(person.id))} did well")
    early = moved(period.since, -BORN_BEFORE)
    private = desk.workspace.find(Story, since=early, until=period.until, removed=None, private=True)
    written = [] if desk.room else praise_of(desk.workspace, period)
    praised = [one for one in written if one.person == person.id]
    stories = desk.stories(since=period.since, until=period.until)
    return brag_sheet(
        desk.settings.team,
        person,
        period,
        [story for story in stories if not honours_unwilling(story, desk.roster, but=person.id)],
        desk.follow_ups(since=period.since, until=period.until),
        desk.roster,
        hidden=frozenset(story.id for story in private),
        quotes=quotes_of(desk.workspace, praised, None),
    )


def card_bytes(desk: Desk, story: Story | Voice | Mention) -> bytes:
    """One win, or a customer's words, as a card for the wall (PDF). Refused like `card_for_wall`."""
    from meetingtool.documents.stories.card import card_pdf

    return card_pdf(card_for_wall(desk, story), desk.today)


def card_for_wall(desk: Desk, story: Story | Voice | Mention) -> StoryCard:
    """What is on the card of one win, or of a customer's words. Refused for what is private, in the bin or a
    sticky situation, and for what honours somebody who would rather not be before others."""
    from meetingtool.documents.stories.card import card_of

    if story.removed_at is not None:
        raise Refused("This story is in the bin.", "Restore it first.")
    if isinstance(story, Mention):
        return _card_of_answer(desk, story)
    if story.private:
        raise Refused("This story is private, so it can't go on a wall.", "Make it public first, if that is all right.")
    if isinstance(story, Story) and story.kind == "sticky":
        raise Refused("This is a sticky situation.", "Cards are for wins and thanks.")
    if isinstance(story, Story):
        _refuse_unwilling(honours_unwilling(story, desk.roster))
    return card_of(desk.settings.team, story, desk.roster)


def _refuse_unwilling(names: Sequence[str]) -> None:
    if names:
        raise Refused(
            f"{wording.listed(names)} would rather not be thanked before others.", "Show them the words yourself."
        )


def _card_of_answer(desk: Desk, mention: Mention) -> StoryCard:
    from meetingtool.actions.customers.quotes import quote_of
    from meetingtool.documents.stories.card import card_of_quote

    desk.require_private("What a single customer wrote")
    if mention.private:
        raise Refused("It isn't said yet that this praises somebody.", "Confirm it as praise first.")
    _refuse_unwilling(wants_privacy([mention.person], desk.roster))
    quote = quote_of(desk.workspace, mention)
    if quote is None:
        raise Refused("Its words can't go on a wall.", "They name somebody else, or are no longer kept.")
    return card_of_quote(desk.settings.team, quote, desk.roster.short_name(mention.person))
