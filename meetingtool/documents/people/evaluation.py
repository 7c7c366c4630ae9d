"""The evaluation on paper, from its content alone.

Nothing is looked up here: what was finalised is printed as it was then, whoever has been renamed since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from meetingtool.documents.formats.paper import (
    Block,
    Column,
    Facts,
    Heading,
    Inline,
    Item,
    Items,
    Paper,
    Paragraph,
    Signatures,
    Strong,
    Table,
    items,
    paragraph,
    section,
)
from meetingtool.documents.people import evaluation_words as said
from meetingtool.documents.people import year_before
from meetingtool.documents.people.evaluation_words import NONE, number, points, telling
from meetingtool.documents.stories.entries import after
from meetingtool.rules.wording import MONTHS, TOLD_PARTS

Content = Mapping[str, Any]


def evaluation(content: Content, digest: str = "", *, removed: Collection[str] = ()) -> Paper:
    """The evaluation to hand over. digest: of the content, empty for a draft.

    removed: ids of records moved to the bin since it was finalised; they are marked as such, and keep their words.
    """
    content = said.as_result(content)
    person = content["person"]
    stamp = content.get("stamp", "")
    blocks: list[Block] = [
        *([Paragraph((Strong(stamp),))] if stamp else []),
        Facts(_facts(content)),
        *section(said.SCORE, *_score(content)),
        *_goals_before(content),
        *_words(content),
        *section(said.STANDARDS, _quarters(content), paragraph(said.QUARTERS)),
        *_stories(content, removed),
        *section(said.QUOTES, _quotes(content)),
        *section(said.THANKS, _thanks(content)),
        *section(said.PROMISES, _promises(content, removed)),
        *section(
            "Compared with the year before",
            _before(content),
            _source(content),
            paragraph(year_before.like_with_like(content)),
        ),
        *section(said.GAPS, _bullets(content["gaps"])),
        *section(said.RATINGS, _ratings(content)),
        *section(said.ANSWER, *_answer(content)),
        *section(said.COURSE, _bullets(said.course_lines(content, day_of))),
        *section(said.CHECKS, _guards(content)),
        *section(said.ANCHORS, *_anchors(content)),
        *section(said.LEFT_OUT, _bullets(content.get("left_out", ()))),
        *section("Signatures", Signatures(tuple(filter(None, map(_signer, said.signatures(content)))))),
        *section("Digest", _digest(digest)),
    ]
    return Paper(f"{said.title_of(content)} {content['period']['label']}", person["name"], tuple(blocks))


def day_of(iso: str | None, *, year: bool = True) -> str:
    """`24 Nov 2026` from an ISO date; a dash where there is none."""
    if iso is None:
        return NONE
    when = date.fromisoformat(iso)
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def _facts(content: Content) -> tuple[tuple[str, Inline], ...]:
    state = said.CHANGED if content.get("changed") else content["state"].capitalize()
    if content["edition"] > 1 or content["state"] == "final":
        state += f", edition {content['edition']}"
    pairs: list[tuple[str, Inline]] = [
        ("Team", content["team"]),
        ("Role", content["person"]["role"]),
        *said.facts_of(content, day_of),
        ("State", f"{state}, made on {day_of(content['made_on'])}"),
        ("Copy", said.copy_of(content) if content.get("copy") else ""),
    ]
    return tuple(pair for pair in pairs if pair[1])


def _score(content: Content) -> list[Block | None]:
    score = content["score"]
    return [
        Paragraph(_headline(content)),
        Table(
            (Column("Part"), Column("Value", True), Column("Weight", True), Column("Adds", True), Column("Rests on")),
            (*(_part_row(part) for part in said.printed_parts(score)), *_sum_row(score)),
        ),
        _adjustment(score),
        _bullets(f"Needed: {need}" for need in score["missing"]),
        _bullets(said.how_made(content)),
    ]


def _headline(content: Content) -> tuple[str | Strong, ...]:
    score = content["score"]
    if score["shown"] is None:
        return (Strong(said.no_number(content).capitalize()), f" · {score['coverage']}")
    return (Strong(f"{score['shown']} of 100"), after((score["band"], score["coverage"])))


def _part_row(part: Content) -> tuple[Inline, ...]:
    weight = str(part["weight"]) if part["weight"] else ""
    value = "" if part["key"] == "recognition" else number(part["value"])
    return (part["label"], value, weight, number(part["adds"]), said.rests_on(part))


def _sum_row(score: Content) -> tuple[tuple[Inline, ...], ...]:
    if score["value"] is None:
        return ()
    note = "the sum, capped at 100" if score["capped"] else "the sum"
    total = telling(score["value"], score["computed"])
    return (((Strong("Score"),), "", "", (Strong(total),), f"{note}, rounded to {score['computed']}"),)


def _adjustment(score: Content) -> Block | None:
    """Both numbers, always: what was computed, and what the manager made of it."""
    if score["value"] is None:
        return None
    moved = score["adjustment"]
    if not moved["points"]:
        return Paragraph(f"The manager made no adjustment: {score['computed']} as computed.")
    return Paragraph(
        f"Computed: {score['computed']}. Adjusted by the manager by {points(moved['points'])} to {score['shown']}: "
        f"{moved['reason']}"
    )


def _bullets(lines: Iterable[str]) -> Items | None:
    return items([Item(line) for line in lines])


def _quarters(content: Content) -> Block | None:
    lines = content["score"]["standards"]
    if not lines:
        return None
    labels = [quarter["label"] for quarter in content["period"]["quarters"]]
    columns = (Column("Standard"), Column("Weight", True), *(Column(label, True) for label in labels))
    rows = tuple(
        (
            f"{line['title']} #{line['tag']}",
            str(line["weight"]),
            *(number(quarter["mean"]) for quarter in line["quarters"]),
            number(line["value"]),
        )
        for line in lines
    )
    return Table((*columns, Column("Value", True)), rows)


def _ratings(content: Content) -> Block | None:
    stories = {story["id"]: story for story in content["stories"]}
    entries = []
    for rating in content["ratings"]:
        cited = said.cited(rating, stories)
        rests = f"rests on {cited}" if cited else ""
        parts = (day_of(rating["day"]), said.entered_late(rating, day_of), rating["note"], rests)
        entries.append(Item((Strong(f"#{rating['tag']} {said.rating_value(rating)}"), after(parts))))
    return items(entries)


def _stories(content: Content, removed: Collection[str]) -> tuple[Block, ...]:
    groups, counted, origins = said.grouped(content)
    titled = [
        (f"{standard['title']} #{standard['tag']}" if standard else said.NO_STANDARD, stories)
        for standard, stories in groups
    ]
    titled += [(said.NUMBERS_REST, counted), (said.PROMISES_FROM, origins)]
    blocks: list[Block] = []
    for title, stories in titled:
        blocks += section(title, items([_story(content, story, removed) for story in stories]), level=3)
    return (Heading(said.STORIES), *blocks) if blocks else ()


def _story(content: Content, story: Content, removed: Collection[str]) -> Item:
    kind = said.STORY_WORDS["sticky"] if story["kind"] == "sticky" else ""
    marks = [kind, story["customer"], *said.story_marks(story, removed), story["ref"]]
    if story["removed"]:
        return Item((Strong(day_of(story["day"])), f" {said.GONE}{after([story['ref']])}"))
    if story.get("brief"):
        return Item((said.brief(content, story, day_of(story["day"])), after([story["ref"]])))
    inner = tuple(f"{title}: {story[key]}" for key, title in TOLD_PARTS if story.get(key))
    return Item((Strong(day_of(story["day"])), f" {story['text']}{after(marks)}"), inner)


def _promises(content: Content, removed: Collection[str]) -> Block | None:
    entries = []
    for promise in content["promises"]:
        due, kept = promise["due"], promise.get("kept_on") or promise["settled_on"]
        ended = f"{promise['state']} {day_of(kept)}" if kept and promise["counts"] != "late" else ""
        marks = (
            promise["customer"],
            f"due {day_of(due)}" if due else "",
            ended,
            *said.promise_notes(promise, removed),
            promise["ref"],
        )
        entries.append(Item((Strong(promise["counts"].capitalize()), f" {promise['text']}{after(marks)}")))
    return items(entries)


def _before(content: Content) -> Block | None:
    before = content["before"]
    if before is None:
        return None
    now = content["score"]
    rows: list[tuple[Inline, ...]] = [("Score", _whole(before["shown"]), _whole(now["shown"]))]
    rows += [(part["label"], number(then), number(value)) for part, value, then in year_before.beside(content)]
    rows += [
        (f"#{line['tag']}", number(before["standards"].get(line["tag"])), number(line["value"]))
        for line in now["standards"]
    ]
    return Table((Column("Part"), Column(before["label"], True), Column(content["period"]["label"], True)), tuple(rows))


def _source(content: Content) -> Block | None:
    before = content["before"]
    return paragraph(f"{before['label']}: {before['source']}.") if before else None


def _whole(value: int | None) -> str:
    return NONE if value is None else str(value)


def _words(content: Content) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for key, title in said.WRITTEN:
        blocks += section(title, paragraph(content["words"][key]), level=3)
    return (Heading(said.WORDS), *blocks) if blocks else ()


def _signer(signer: tuple[str, str]) -> str:
    name, role = signer
    return name if role == "Employee" else ", ".join(part for part in (name, role) if part)


def _quotes(content: Content) -> Block | None:
    return items(
        [Item(quote["text"] + after((quote["customer"], day_of(quote["day"])))) for quote in content.get("quotes", ())]
    )


def _thanks(content: Content) -> Block | None:
    return items(
        [Item(f"{one['text']} · {said.thanked_words(one, day_of(one['day']))}") for one in said.thanks_in(content)]
    )


def _goals_before(content: Content) -> tuple[Block, ...]:
    before = content.get("goals_before")
    if not before:
        return ()
    became = section("What became of them", paragraph(before["became"]), level=3)
    return (*section(said.GOALS_BEFORE, paragraph(before["goals"] or year_before.no_goals_before(content))), *became)


def _answer(content: Content) -> tuple[Block | None, ...]:
    answer = content["answer"]
    said_so = said.answered(answer, content["person"]["name"], day_of)
    return paragraph(said_so), paragraph(answer["comment"]), *map(paragraph, said.reply_notes(content))


def _guards(content: Content) -> Block | None:
    """The manager's own checks, and why it was shared anyway."""
    return _bullets([*said.checks_of(content), *said.nevertheless(content)])


def _anchors(content: Content) -> list[Block | None]:
    blocks: list[Block | None] = []
    for standard in content["standards"]:
        lines = [f"{rating}: {words}" for rating, words in enumerate(standard["anchors"], 1) if words]
        blocks.append(Heading(f"{standard['title']} #{standard['tag']}", 3))
        blocks.append(paragraph(standard["behaviour"]))
        blocks.append(_bullets(lines))
    return blocks


def _digest(digest: str) -> Block | None:
    return paragraph(f"SHA-256 of the finalised content: {digest}") if digest else None
