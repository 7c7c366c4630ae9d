"""One row of the history: when, its mark, who, and as many of its words as fit, with the matches marked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content, Span

from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.rules import wording
from meetingtool.rules.kinds.table import kind_of
from meetingtool.rules.roster import Roster
from meetingtool.tui.stories.marks import marks, name_in
from meetingtool.tui.stories.record_text import MATCH, Spans
from meetingtool.tui.stories.story_text import follow_up_mark

READ = 2_000
"""How many letters of a story a row looks at."""

BEFORE_MATCH = 16
"""How much text, in cells, is kept before a match that would be outside the row."""

DAY, WHO, WHO_NARROW = 11, 12, 9
MARKS = "bold $accent"


def history_row(record: Record, roster: Roster, width: int, spans: Spans) -> Content:
    """The row in `width` cells: `Tue 24 Nov  + Maria  Stayed on the line …`; anything but a win says what it is."""
    blank = "  " if width >= 70 else " "
    kind = kind_of(record)
    text, word = kind.text(record, roster), kind.words(record).short
    sign = _state(record, roster) if isinstance(record, FollowUp) else Content.styled(f"{marks(record):<2}", MARKS)
    who = first_of(kind.people(record), roster, WHO if width >= 70 else WHO_NARROW)
    head = f"{day(record.at.date(), roster.today):<{DAY}}"
    parts = [
        Content(head, [Span(0, len(head), "$text-muted")]),
        Content(blank),
        sign,
        Content(" "),
        who,
        Content(blank),
    ]
    if word != "win":
        parts.append(Content(f"{word} ", [Span(0, len(word) + 1, "italic $text-muted")]))
    left = width - sum(part.cell_length for part in parts)
    return concatenated((*parts, excerpt(wording.one_line(_matching(record, text, spans)[:READ]), left, spans)))


def _matching(record: Record, text: str, spans: Spans) -> str:
    """The words of a row: other words of the record where only these have what is looked for."""
    if any(spans(text)):
        return text
    return next((f"{title}: {words}" for title, words in kind_of(record).parts(record) if any(spans(words))), text)


def concatenated(parts: Iterable[Content]) -> Content:
    """The parts one after the other."""
    spans: list[Span] = []
    texts: list[str] = []
    at = 0
    for part in parts:
        spans += [Span(at + start, at + end, style) for start, end, style in part.spans]
        texts.append(part.plain)
        at += len(part.plain)
    return Content("".join(texts), spans)


def day(when: date, today: date) -> str:
    """`Tue 24 Nov`; in another year `24 Nov 2025`, which is hardly longer."""
    words = wording.day(when, today)
    return words if when.year == today.year else words.partition(" ")[2]


def first_of(people: tuple[str, ...], roster: Roster, width: int) -> Content:
    """Who it was, in exactly `width` cells; of several whose names don't fit, the first and how many more."""
    plain = roster.names(people)
    if plain.isascii() and len(plain) <= width:
        return Content(f"{plain:<{width}}", [Span(0, len(plain), "bold")] if plain else [])
    who = Content.styled(plain, "bold")
    if who.cell_length > width and len(people) > 1:
        more = f" +{len(people) - 1}"
        first = name_in(people[0], roster, width - len(more))
        who = Content.assemble((first, "bold"), (more, "$text-muted"))
    elif who.cell_length > width:
        who = Content.styled(name_in(people[0], roster, width), "bold")
    return who.truncate(width, ellipsis=True, pad=True)


def _state(follow_up: FollowUp, roster: Roster) -> Content:
    return Content.assemble(follow_up_mark(follow_up, roster.today), " ")


def excerpt(text: str, width: int, spans: Spans) -> Content:
    """`text` in `width` cells, ending at a word; it begins later where its first match would not be seen."""
    found = list(spans(text))
    start, before = 0, ""
    if found and found[0][1] > width - 2 and len(text) > width:
        start = text.rfind(" ", 0, max(found[0][0] - min(BEFORE_MATCH, width // 4), 1)) + 1
        fits = len(text) - width + 1
        if 0 < fits < start:  # the rest would leave room: begin earlier
            start = text.index(" ", fits - 1) + 1
        before = "…"
    line = f"{before}{text[start:]}"
    matches = [(begin - start + len(before), end - start + len(before)) for begin, end in found]
    if text.isascii():
        if len(line) > width:
            line = line[: max(width - 1, 1)]
            blank = line.rfind(" ")
            line = line[:blank] if blank > width // 2 else line
            matches = [(begin, min(end, len(line))) for begin, end in matches if begin < len(line)]
            line += "…"
        return Content(line, [Span(begin, end, MATCH) for begin, end in matches])
    content = Content(line, [Span(begin, end, MATCH) for begin, end in matches])
    if content.cell_length <= width:
        return content
    cut = content.truncate(max(width - 1, 1))
    blank = cut.plain.rfind(" ")
    return Content.assemble(cut[:blank] if blank > width // 2 else cut, "…")
