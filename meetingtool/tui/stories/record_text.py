"""A whole story or follow-up in words: for its own page, and shortened for beside a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from textual.content import Content

from meetingtool.actions.desk import Desk
from meetingtool.actions.stories.background import PastChange
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.customers.complaints import DUES, StepDue, due_words
from meetingtool.rules.customers.workdays import calendar_of
from meetingtool.rules.kinds.kind import Background, Fact
from meetingtool.rules.kinds.stories import told_where
from meetingtool.rules.kinds.table import kind_of, words_for
from meetingtool.rules.meeting.answers import with_names
from meetingtool.rules.roster import Roster
from meetingtool.tui.lists.columns_row import ColumnsRow, fact_row
from meetingtool.tui.stories.marks import PRIVATE, STAR
from meetingtool.tui.stories.story_text import credits, follow_up_mark, follow_up_state

Spans = Callable[[str], Iterable[tuple[int, int]]]
"""Where in a text the search matched: pairs of start and end."""

MATCH = "bold underline"
SHORT = 3_000
"""How many letters of a text are shown beside a list; its own page has it whole."""


def nothing(_: str) -> tuple[tuple[int, int], ...]:
    """Marks nothing, for texts without a search."""
    return ()


def marked(text: str, spans: Spans) -> Content:
    """`text` with its matches marked; controls must have been made visible before."""
    content = Content(text)
    for start, end in spans(text):
        content = content.stylize(MATCH, start, end)
    return content


def heading(record: Record, today: date) -> Content:
    """The kind, the day and the marks of a record, for the title of its box."""
    signs = ((f"{STAR} starred", getattr(record, "starred", False)), (f"{PRIVATE} private", record.private))
    shown = [sign for sign, there in signs if there]
    return Content(" · ".join([words_for(record).title, wording.day(record.at.date(), today), *shown]))


def words(record: Record, roster: Roster, spans: Spans = nothing, most: int | None = None) -> Content:
    """The record's own words."""
    text = wording.visible(kind_of(record).text(record, roster))
    if most is not None and len(text) > most:
        return Content.assemble(
            marked(text[:most], spans), "…", (f"\n{len(text):,} letters: Enter shows all", "$text-muted")
        )
    return marked(text, spans)


def facts(record: Record, behind: Background, roster: Roster) -> list[ColumnsRow]:
    """Who, which standards, which customer, when told: a labelled line each; the same label is not said twice."""
    lines: list[ColumnsRow] = []
    last = ""
    for fact in kind_of(record).facts(record, roster, behind):
        if fact.text:
            label = "" if fact.label == last else fact.label[:1].upper() + fact.label[1:]
            lines.append(fact_row(label, _styled(fact, record, roster)))
            last = fact.label
    return lines


def due_line(due: StepDue, desk: Desk) -> Content:
    """`answer  by Fri 27 Nov`, with how late it is."""
    return Content.assemble(DUES[due.step], "  ", by_when(due, desk))


def by_when(due: StepDue, desk: Desk) -> Content:
    """By when, and how late that is."""
    today = desk.today
    late = due.by < today
    over = f"  ! {due_words(due.by, today, calendar_of(desk.settings.service))}" if late else ""
    return Content.styled(f"by {wording.day(due.by, today)}{over}", "$error" if late else "$foreground")


def _styled(fact: Fact, record: Record, roster: Roster) -> Content:
    text = wording.visible(fact.text)
    if fact.tone == "people":
        return Content.styled(text, "bold")
    if fact.tone == "standards":
        tag, blank, title = text.partition("  ")
        return Content.assemble((tag, "$accent"), blank, title)
    if fact.tone == "unsorted":
        return Content.assemble((f"! {text}", "$warning"), ("  e edits the line", "$text-muted"))
    if fact.tone == "state" and isinstance(record, FollowUp):
        return Content.assemble(follow_up_mark(record, roster.today), f" {text}")
    return Content(text)


def parts(record: Record, spans: Spans = nothing) -> Content:
    """What was said beyond its words; what a sticky situation still lacks is noted quietly below."""
    said = [
        Content.assemble((title, "bold"), "\n", marked(wording.visible(text), spans))
        for title, text in kind_of(record).parts(record)
    ]
    if isinstance(record, Story) and record.kind == "sticky":
        missing = [label[0].lower() + label[1:] for name, label in wording.TOLD_PARTS if not getattr(record, name)]
        if missing:
            said.append(Content.styled(f"Still missing: {wording.listed(missing)}. e adds it.", "$text-muted"))
    return Content("\n\n").join(said)


def rating_line(rating: Rating, roster: Roster) -> Content:
    """A rating that cites the story."""
    value = "not seen" if rating.value is None else f"{rating.value} of 5"
    note = f"  {wording.one_line(rating.note)}" if rating.note else ""
    return Content.assemble(
        (f"{value:<9}", "bold"),
        f"{roster.names([rating.person])} on {roster.tags([rating.standard])}, ",
        (wording.day(rating.at.date(), roster.today), "$text-muted"),
        note,
    )


def cited(behind: Background, roster: Roster) -> Content:
    """The ratings that rest on the story and the evaluations that picked it; nothing in the room."""
    lines = [rating_line(rating, roster) for rating in behind.ratings]
    lines += [Content(f"in the evaluation of {roster.names([e.person])}, {e.since.year}") for e in behind.evaluations]
    return Content("\n").join(lines)


def changes(taken: Sequence[PastChange], today: date) -> Content:
    """When, by whom and what: a line per change; the same isn't said twice in a row."""
    lines: list[Content] = []
    for number, step in enumerate(taken):
        what = "; ".join(step.what) if number else "recorded"
        line = Content.assemble(
            (f"{wording.moment(step.at, today)}  ", "$text-muted"),
            wording.visible(what) or "saved again",
            (f"  {wording.one_line(step.by)}", "$text-muted"),
        )
        if not lines or lines[-1].plain != line.plain:
            lines.append(line)
    return Content("\n").join(lines)


def in_short(record: Record, behind: Background, roster: Roster, spans: Spans = nothing) -> Content:
    """A record beside the list: its words, who and what for, when told, what came of it, where it is cited."""
    if isinstance(record, Meeting):
        return _minutes_in_short(record, roster, spans)
    today = roster.today
    about = credits(record, roster)
    lines = [about] if about.plain else []
    if isinstance(record, FollowUp):
        lines.append(Content.assemble(follow_up_mark(record, today), f" {follow_up_state(record, today)}"))
        if behind.story is not None:
            lines.append(Content.styled(f"from: {wording.shortened(behind.story.text, 200)}", "$text-muted"))
    if isinstance(record, Story | FollowUp) and record.unsorted:
        lines.append(Content.styled(f"! to sort out: {wording.one_line(' '.join(record.unsorted))}", "$warning"))
    if isinstance(record, Story | FollowUp):
        lines.append(Content.styled(told_where(record, behind, today), "$text-muted"))
    blocks = [words(record, roster, spans, SHORT), Content("\n").join(lines), parts(record, spans)]
    blocks.append(Content("\n").join(_came_of(each, today) for each in behind.follow_ups))
    blocks.append(cited(behind, roster))
    return Content("\n\n").join(block for block in blocks if block.plain)


def _minutes_in_short(meeting: Meeting, roster: Roster, spans: Spans) -> Content:
    """The notes of a meeting beside the list, and what was answered to its question."""
    blocks = [Content.styled(wording.one_line(meeting.title), "bold")]
    if meeting.notes.strip():
        blocks.append(marked(wording.visible(with_names(meeting.notes.strip(), roster))[:SHORT], spans))
    if meeting.answers:
        said = [wording.visible(with_names(answer, roster)) for answer in meeting.answers]
        answers = [Content.assemble("– ", marked(each, spans)) for each in said]
        blocks.append(Content("\n").join([Content.styled("Answers to the question of the week", "bold"), *answers]))
    blocks.append(Content.styled("Enter opens the minutes", "$text-muted"))
    return Content("\n\n").join(blocks)


def _came_of(follow_up: FollowUp, today: date) -> Content:
    """`✓ promise: refund posted · kept Fri 27 Nov`."""
    return Content.assemble(
        follow_up_mark(follow_up, today),
        (f" {follow_up.kind}: ", "$text-muted"),
        wording.shortened(follow_up.text, 400),
        (f" · {follow_up_state(follow_up, today)}", "$text-muted"),
    )
