"""The evaluation on paper, from its content alone.

Nothing is looked up here: what was finalised is printed as it was then, whoever has been renamed since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from meetingtool.documents.entries import TOLD_PARTS, after
from meetingtool.documents.paper import (
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
from meetingtool.rules.score import NOT_ENOUGH, rounded
from meetingtool.rules.wording import MONTHS, count, listed

Content = Mapping[str, Any]
NONE = "–"


def evaluation(content: Content, digest: str = "", *, removed: Collection[str] = ()) -> Paper:
    """The evaluation to hand over. digest: of the content, empty for a draft.

    removed: ids of records put in the bin since it was finalised; they are shown as that, with their words.
    """
    person, period = content["person"], content["period"]
    blocks: list[Block] = [
        Facts(_facts(content)),
        *section("Score", *_score(content)),
        *section("Ratings by quarter", _quarters(content), _bullets(content["gaps"])),
        *section("What the ratings rest on", _ratings(content)),
        *_stories(content, removed),
        *section("Promises to customers", _promises(content, removed)),
        *section("Beside the year before", _before(content), _source(content)),
        *_words(content),
        *section("Look at before sharing", _guards(content)),
        *section("How the score is made", *_rule(content)),
        *section("What each rating looks like", *_anchors(content)),
        *section("Left out of this copy", _bullets(content.get("left_out", ()))),
        *section("Signatures", Signatures((person["name"], f"For {content['team']}"))),
        *section("Digest", _digest(digest)),
    ]
    return Paper(f"Customer service evaluation {period['label']}", person["name"], tuple(blocks))


def number(value: float | None, digits: int = 1) -> str:
    """`84.4`, half up, or a dash where there is no number."""
    ten = 10**digits
    return NONE if value is None else f"{rounded(value * ten) / ten:.{digits}f}"


def telling(value: float, shown: int) -> str:
    """`84.4`, with as many digits as it takes so that whoever rounds it comes to `shown`: 84.47 is never `84.5`."""
    return next(
        (text for digits in range(1, 6) if rounded(float(text := number(value, digits))) == shown), f"{value:.6f}"
    )


def points(value: float) -> str:
    """`+2`, `-1.5`, `0`."""
    return "0" if not value else f"{value:+g}"


def day_of(iso: str | None, *, year: bool = True) -> str:
    """`24 Nov 2026` from an ISO date; a dash where there is none."""
    if iso is None:
        return NONE
    when = date.fromisoformat(iso)
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def _facts(content: Content) -> tuple[tuple[str, Inline], ...]:
    person, period = content["person"], content["period"]
    state = content["state"].capitalize()
    if content["edition"] > 1:
        state += f", edition {content['edition']}"
    pairs: list[tuple[str, Inline]] = [
        ("Team", content["team"]),
        ("Role", person["role"]),
        ("Number", person["number"]),
        ("Period", f"{day_of(period['since'])} to {day_of(period['until'])}"),
        ("On the team since", day_of(person["started"]) if person["started"] else ""),
        ("Left", day_of(person["left"]) if person["left"] else ""),
        ("State", f"{state}, made on {day_of(content['made_on'])}"),
        ("Copy", "for the employee" if content.get("copy") == "employee" else ""),
    ]
    return tuple(pair for pair in pairs if pair[1])


def _score(content: Content) -> list[Block | None]:
    score = content["score"]
    return [
        Paragraph(_headline(score)),
        Table(
            (Column("Part"), Column("Value", True), Column("Weight", True), Column("Adds", True), Column("Rests on")),
            (*(_part_row(part) for part in score["parts"]), *_sum_row(score)),
        ),
        _adjustment(score),
        _weights(score),
        _bullets(f"Needed: {need}" for need in score["missing"]),
    ]


def _headline(score: Content) -> tuple[str | Strong, ...]:
    if score["shown"] is None:
        return (Strong(NOT_ENOUGH.capitalize()), f" · {score['coverage']}")
    return (Strong(f"{score['shown']} of 100"), after((score["band"], score["coverage"])))


def _part_row(part: Content) -> tuple[Inline, ...]:
    weight = str(part["weight"]) if part["weight"] else ""
    value = "" if part["key"] == "recognition" else number(part["value"])
    rests_on = part["basis"]
    if part["absent_because"]:
        rests_on = f"{rests_on} ({part['absent_because']})" if rests_on else part["absent_because"]
    return (part["label"], value, weight, number(part["adds"]), rests_on)


def _sum_row(score: Content) -> tuple[tuple[Inline, ...], ...]:
    if score["value"] is None:
        return ()
    note = "the sum, cut to 100" if score["capped"] else "the sum"
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


def _weights(score: Content) -> Block | None:
    if score["value"] is None or score["weights"] == 100:
        return None
    return Paragraph(f"Absent parts leave the sum, so each value counts by its weight out of {score['weights']}.")


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
        value = "not seen" if rating["value"] is None else str(rating["value"])
        refs = [stories[story]["ref"] for story in rating["stories"] if story in stories]
        cited = f"story {listed(refs)}" if refs else ""
        parts = (day_of(rating["day"]), rating["note"], cited)
        entries.append(Item((Strong(f"#{rating['tag']} {value}"), after(parts))))
    return items(entries)


def _stories(content: Content, removed: Collection[str]) -> tuple[Block, ...]:
    stories = {story["id"]: story for story in content["stories"]}
    standards = {standard["id"]: standard for standard in content["standards"]}
    blocks: list[Block] = []
    chosen: set[str] = set()
    for group in content["best"]:
        known = [stories[story] for story in group["stories"] if story in stories]
        chosen.update(story["id"] for story in known)
        standard = standards.get(group["standard"])
        title = f"{standard['title']} #{standard['tag']}" if standard else "Under no standard"
        blocks += section(title, items([_story(story, removed) for story in known]), level=3)
    others = [_story(story, removed) for story in content["stories"] if story["id"] not in chosen]
    title = "Further stories that numbers rest on" if blocks else "Stories that numbers rest on"
    blocks += section(title, items(others), level=3)
    return (Heading("Stories"), *blocks) if blocks else ()


def _story(story: Content, removed: Collection[str]) -> Item:
    marks = [
        "sticky situation" if story["kind"] == "sticky" else "",
        story["customer"],
        "private" if story["private"] else "",
        "removed since" if story["id"] in removed else "",
        story["ref"],
    ]
    if story["removed"]:
        return Item((Strong(day_of(story["day"])), f" removed, its words are not kept here · {story['ref']}"))
    inner = tuple(f"{title}: {story[key]}" for key, title in TOLD_PARTS if story.get(key))
    return Item((Strong(day_of(story["day"])), f" {story['text']}{after(marks)}"), inner)


def _promises(content: Content, removed: Collection[str]) -> Block | None:
    entries = []
    for promise in content["promises"]:
        ended = promise["settled_on"] or promise["due"]
        marks = (
            promise["customer"],
            day_of(ended) if ended else "",
            promise["why"],
            "removed since" if promise["id"] in removed else "",
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
    for part in now["parts"]:
        value = part["adds"] if part["key"] == "recognition" else part["value"]
        rows.append((part["label"], number(before["parts"].get(part["key"])), number(value)))
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
    words, answer = content["words"], content["answer"]
    blocks: list[Block] = []
    for key, title in (("strengths", "Strengths"), ("growth", "Where to grow"), ("goals", "Goals")):
        blocks += section(title, paragraph(words[key]), level=3)
    found = (Heading("In the manager's words"), *blocks) if blocks else ()
    return (*found, *section("The employee's answer", _agreed(answer), paragraph(answer["comment"])))


def _agreed(answer: Content) -> Block | None:
    if answer["acknowledged_on"] is None:
        return None
    says = {True: " and agrees", False: " and does not agree", None: ""}[answer["agrees"]]
    return Paragraph(f"Received on {day_of(answer['acknowledged_on'])}{says}.")


def _guards(content: Content) -> Block | None:
    """The manager's own checks, which the employee's copy does not have, and why it was shared all the same."""
    reason = content["words"].get("open_guards_reason", "")
    lines = [guard["message"] for guard in content.get("guards", ())]
    return _bullets([*lines, *([f"Shared all the same, because: {reason}"] if reason else [])])


def _rule(content: Content) -> list[Block | None]:
    rule = content["rule"]
    weights = ", ".join(
        f"{part['label'].lower()} {part['weight']}" for part in content["score"]["parts"] if part["weight"]
    )
    return [
        _bullets(
            (
                f"Each part has a value from 0 to 100 and a weight: {weights}.",
                "The score is the sum of value times weight over the parts that are known, divided by those weights.",
                f"Recognition adds a point a month, {count(rule['bonus_most'], 'point')} at most, and takes none away.",
                "A part without enough behind it leaves the sum; it never counts as zero.",
                "Sharing a sticky situation never lowers a score.",
            )
        )
    ]


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
