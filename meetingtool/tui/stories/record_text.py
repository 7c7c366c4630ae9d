"""A whole story or follow-up in words: for the page of its own, and in short for beside a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from textual.content import Content

from meetingtool.actions.stories.background import Background, Step
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.history.entries import Found
from meetingtool.rules.meeting.answers import with_names
from meetingtool.rules.roster import Roster
from meetingtool.tui.stories.story_text import (
    PRIVATE,
    STAR,
    credits,
    follow_up_mark,
    follow_up_state,
    names,
    tags,
)

Spans = Callable[[str], Iterable[tuple[int, int]]]
"""Where in a text the search matched: pairs of start and end."""

MATCH = "bold underline"
LABEL_WIDTH = 11
SHORT = 3_000
"""Letters of a text that stand beside a list; its own page has it whole."""


def nothing(_: str) -> tuple[tuple[int, int], ...]:
    """No match to mark."""
    return ()


def marked(text: str, spans: Spans) -> Content:
    """`text` with its matches marked; controls must have been made visible before."""
    content = Content(text)
    for start, end in spans(text):
        content = content.stylize(MATCH, start, end)
    return content


KIND_WORDS = {
    "win": "Win",
    "sticky": "Sticky situation",
    "praise": "Thanks",
    "promise": "Promise to a customer",
    "action": "Action",
}


def kind_of(record: Story | FollowUp) -> str:
    """`Win`, `Sticky situation`, `Promise to a customer`, `Action`."""
    return KIND_WORDS[record.kind]


def heading(record: Found, today: date) -> Content:
    """The kind, the day and the marks of a record, for the title of its box."""
    if isinstance(record, Meeting):
        return Content(f"Minutes · {wording.day(record.at.date(), today)}")
    signs = [
        sign
        for sign, there in (
            (f"{STAR} starred", getattr(record, "starred", False)),
            (f"{PRIVATE} private", record.private),
        )
        if there
    ]
    return Content(" · ".join([kind_of(record), wording.day(record.at.date(), today), *signs]))


def words(record: Story | FollowUp, spans: Spans = nothing, most: int | None = None) -> Content:
    """The record's own words."""
    text = wording.visible(record.text)
    if most is not None and len(text) > most:
        return Content.assemble(
            marked(text[:most], spans), "…", (f"\n{len(text):,} letters: Enter shows all", "$text-muted")
        )
    return marked(text, spans)


def facts(record: Story | FollowUp, behind: Background, roster: Roster) -> Content:
    """Who, which standards, which customer, when told: a labelled line each."""
    rows: list[tuple[str, Content]] = []
    if record.people:
        who = wording.listed([_full_name(person, roster) for person in record.people])
        rows.append(("Who", Content.styled(who, "bold")))
    if isinstance(record, Story):
        rows += _facts_of_story(record, roster)
    if record.customer:
        rows.append(("Customer", Content(wording.one_line(record.customer))))
    rows.append((("Told" if isinstance(record, Story) else "Made"), Content(told(record, behind, roster.today))))
    if isinstance(record, FollowUp):
        rows += _facts_of_follow_up(record, roster)
    return Content("\n").join(
        Content.assemble((f"{label:<{LABEL_WIDTH}}", "$text-muted"), content) for label, content in rows
    )


def _full_name(person_id: str, roster: Roster) -> str:
    person = roster.person_of(person_id)
    return wording.one_line(person.name if person else roster.short_name(person_id))


def _facts_of_story(story: Story, roster: Roster) -> list[tuple[str, Content]]:
    rows = []
    for number, standard_id in enumerate(story.standards):
        standard = roster.standard_of(standard_id)
        title = wording.one_line(standard.title) if standard else ""
        label = "" if number else "Standards"
        rows.append((label, Content.assemble((tags([standard_id], roster), "$accent"), f"  {title}")))
    if story.fund:
        rows.append(("From fund", Content(wording.money(story.fund))))
    if story.unsorted:
        odd = wording.one_line(" ".join(story.unsorted))
        rows.append(("To sort out", Content.assemble((f"! {odd}", "$warning"), ("  e edits the line", "$text-muted"))))
    return rows


def _facts_of_follow_up(follow_up: FollowUp, roster: Roster) -> list[tuple[str, Content]]:
    today = roster.today
    state = Content.assemble(follow_up_mark(follow_up, today), f" {follow_up_state(follow_up, today)}")
    rows = [("Due" if follow_up.state == "open" else "State", state)]
    if follow_up.note:
        rows.append(("Note", Content(wording.visible(follow_up.note))))
    rows += [
        (
            "Moved",
            Content(
                f"{wording.day(move.moved_at.date(), today)}: from {_due(move.old, today)} to {_due(move.new, today)}"
            ),
        )
        for move in follow_up.moves
    ]
    return rows


def _due(day: date | None, today: date) -> str:
    return wording.day(day, today) if day else "no date"


def told(record: Story | FollowUp, behind: Background, today: date) -> str:
    """In which meeting it was told or made, or when it was noted."""
    if behind.meeting is not None:
        title = wording.one_line(behind.meeting.title)
        held = wording.day(behind.meeting.at.date(), today)
        return f"{title}, {held}, {wording.clock(record.made_at.astimezone(record.at.tzinfo))}"
    noted = f"noted {wording.moment(record.made_at, today)}"
    return f"{noted}; waits to be told" if isinstance(record, Story) else noted


def parts(story: Story, spans: Spans = nothing) -> Content:
    """What was said about a sticky situation beyond its line; what is missing stands quietly below."""
    if story.kind == "praise" and story.reward:
        return Content.assemble(("Reward", "bold"), "\n", marked(wording.visible(story.reward), spans))
    if story.kind != "sticky":
        return Content("")
    said = [(label, getattr(story, name)) for name, label in wording.TOLD_PARTS if getattr(story, name)]
    missing = [label[0].lower() + label[1:] for name, label in wording.TOLD_PARTS if not getattr(story, name)]
    blocks = [Content.assemble((label, "bold"), "\n", marked(wording.visible(text), spans)) for label, text in said]
    if missing:
        blocks.append(Content.styled(f"Not said yet: {wording.listed(missing)}. e adds it.", "$text-muted"))
    return Content("\n\n").join(blocks)


def rating_line(rating: Rating, roster: Roster) -> Content:
    """A rating that cites the story."""
    value = "not seen" if rating.value is None else f"{rating.value} of 5"
    note = f"  {wording.one_line(rating.note)}" if rating.note else ""
    return Content.assemble(
        (f"{value:<9}", "bold"),
        f"{names([rating.person], roster)} on {tags([rating.standard], roster)}, ",
        (wording.day(rating.at.date(), roster.today), "$text-muted"),
        note,
    )


def cited(behind: Background, roster: Roster) -> Content:
    """The ratings that rest on the story and the evaluations that picked it; nothing in the room."""
    lines = [rating_line(rating, roster) for rating in behind.ratings]
    lines += [Content(f"in the evaluation of {names([e.person], roster)}, {e.since.year}") for e in behind.evaluations]
    return Content("\n").join(lines)


def changes(taken: Sequence[Step], today: date) -> Content:
    """When, by whom and what: a line a change; the same isn't said twice in a row."""
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


def in_short(record: Story | FollowUp, behind: Background, roster: Roster, spans: Spans = nothing) -> Content:
    """A record beside the list: its words, who and what for, when told, what came of it, where it is cited."""
    today = roster.today
    blocks = [words(record, spans, SHORT)]
    about = credits(record, roster) if isinstance(record, Story) else _credits_of(record, roster)
    lines = [about] if about.plain else []
    if isinstance(record, FollowUp):
        lines.append(Content.assemble(follow_up_mark(record, today), f" {follow_up_state(record, today)}"))
        if behind.story is not None:
            lines.append(Content.styled(f"from: {wording.shortened(behind.story.text, 200)}", "$text-muted"))
    elif record.unsorted:
        lines.append(Content.styled(f"! to sort out: {wording.one_line(' '.join(record.unsorted))}", "$warning"))
    lines.append(Content.styled(told(record, behind, today), "$text-muted"))
    blocks.append(Content("\n").join(lines))
    if isinstance(record, Story):
        blocks += [parts(record, spans)]
    blocks.append(Content("\n").join(_came_of(each, today) for each in behind.follow_ups))
    blocks.append(cited(behind, roster))
    return Content("\n\n").join(block for block in blocks if block.plain)


def minutes_in_short(meeting: Meeting, roster: Roster, spans: Spans = nothing) -> Content:
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


def _credits_of(follow_up: FollowUp, roster: Roster) -> Content:
    who = names(follow_up.people, roster)
    parts = [Content.styled(who, "bold"), Content(wording.one_line(follow_up.customer))]
    return Content(" · ").join(part for part in parts if part.plain)
