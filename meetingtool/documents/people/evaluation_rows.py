"""The records behind an evaluation's numbers as rows of strings: standards, stories, promises, ratings, anchors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import msgspec

from meetingtool.documents.people.evaluation_words import (
    GONE,
    NO_STANDARD,
    NONE,
    NOT_SEEN,
    STORY_WORDS,
    brief,
    cited,
    entered_late,
    grouped,
    number,
    promise_notes,
    rating_value,
    story_marks,
    thanked_words,
    thanks_in,
)
from meetingtool.rules.wording import MONTHS, TOLD_PARTS, listed, one_line, visible

Content = Mapping[str, Any]


class StandardRow(msgspec.Struct, frozen=True, kw_only=True):
    """One standard: the mean rating of each quarter, and the value that follows from them.

    cells: one for each quarter, `4.0`, `not seen` or `–`. share: the value as 0 to 1, None without one.
    before: the value of the year before, before_share the same as 0 to 1.
    """

    title: str
    tag: str
    weight: str
    cells: tuple[str, ...]
    value: str
    share: float | None
    before: str
    before_share: float | None


class StoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One story as evidence. about: `for Acme`, `with Tom Ng`. marks: `starred`, `private`, `removed since`.

    told: what a sticky situation says beyond its line, each with its label. gone: its words are not kept.
    """

    day: str
    ref: str
    kind: str
    text: str
    about: tuple[str, ...]
    marks: tuple[str, ...]
    told: tuple[tuple[str, str], ...]
    gone: bool


class StoryGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The stories under one standard; title `Under no standard` and an empty tag where there is none."""

    title: str
    tag: str
    stories: tuple[StoryEntry, ...]


class PromiseRow(msgspec.Struct, frozen=True, kw_only=True):
    """One promise to a customer. outcome: `kept`, `missed`, `open` ... note: why it counts as it does, or marks."""

    text: str
    customer: str
    made: str
    due: str
    settled: str
    outcome: str
    note: str
    ref: str


class RatingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One rating. value: `4`, or `not seen`. rests_on: what is cited, in words."""

    day: str
    tag: str
    value: str
    note: str
    rests_on: str
    ref: str


class Anchors(msgspec.Struct, frozen=True, kw_only=True):
    """What a standard asks for, and what each rating from 1 to 5 looks like."""

    title: str
    tag: str
    behaviour: str
    ratings: tuple[str, ...]


class EvaluationRows:
    """The rows of one evaluation. removed: ids of records put in the bin since it was finalised."""

    def __init__(self, content: Content, removed: Collection[str] = ()) -> None:
        self.content = content
        self.removed = removed
        self.stories: dict[str, Content] = {story["id"]: story for story in content["stories"]}
        since, until = (date.fromisoformat(content["period"][end]) for end in ("since", "until"))
        self.year = since.year if since.year == until.year else 0

    def day(self, iso: str | None) -> str:
        """`24 Nov` where the period lies within that day's year, else `24 Nov 2025`; `–` for none."""
        if iso is None:
            return NONE
        when = date.fromisoformat(iso)
        return f"{when.day} {MONTHS[when.month - 1]}{'' if when.year == self.year else f' {when.year}'}"

    def standards(self) -> tuple[StandardRow, ...]:
        """Every standard that held, in order."""
        unseen = self._unseen()
        last = self.content["before"]["standards"] if self.content["before"] else {}
        return tuple(_standard(line, unseen, last.get(line["tag"])) for line in self.content["score"]["standards"])

    def _unseen(self) -> set[tuple[str, int]]:
        """The standards and quarters in which somebody looked and saw nothing to rate."""
        spans = [(quarter["since"], quarter["until"]) for quarter in self.content["period"]["quarters"]]
        return {
            (rating["standard"], index)
            for rating in self.content["ratings"]
            if rating["value"] is None
            for index, (since, until) in enumerate(spans)
            if since <= rating["day"] <= until
        }

    def best(self) -> tuple[StoryGroup, ...]:
        """The chosen stories under their standards."""
        return tuple(
            StoryGroup(
                title=one_line(standard["title"]) if standard else NO_STANDARD,
                tag=one_line(standard["tag"]) if standard else "",
                stories=tuple(map(self._story, stories)),
            )
            for standard, stories in grouped(self.content)[0]
        )

    def others(self) -> tuple[StoryEntry, ...]:
        """The stories that numbers rest on beyond the chosen ones."""
        return tuple(map(self._story, grouped(self.content)[1]))

    def origins(self) -> tuple[StoryEntry, ...]:
        """The stories that a promise came from but no number rests on."""
        return tuple(map(self._story, grouped(self.content)[2]))

    def _story(self, story: Content) -> StoryEntry:
        others = [one_line(name) for name in story["people"] if name != self.content["person"]["name"]]
        about = [f"for {one_line(story['customer'])}"] if story["customer"] else []
        about += [f"with {listed(others)}"] if others else []
        return StoryEntry(
            day=self.day(story["day"]),
            ref=one_line(story["ref"]),
            kind=STORY_WORDS.get(story["kind"], STORY_WORDS["sticky"]).capitalize(),
            text=self._words(story),
            about=tuple(about),
            marks=tuple(story_marks(story, self.removed)),
            told=tuple((label, typed(story[key])) for key, label in TOLD_PARTS if story.get(key)),
            gone=story["removed"],
        )

    def _words(self, story: Content) -> str:
        if story["removed"]:
            return GONE
        return brief(self.content, story, self.day(story["day"])) if story.get("brief") else typed(story["text"])

    def quotes(self) -> tuple[tuple[str, str], ...]:
        """What customers said, word for word, each with its day and the customer."""
        return tuple(
            (typed(quote["text"]), " · ".join(filter(None, (self.day(quote["day"]), one_line(quote["customer"])))))
            for quote in self.content.get("quotes", ())
        )

    def thanks(self) -> tuple[tuple[str, str], ...]:
        """Each time the person was thanked, with the day and what came with it."""
        return tuple((typed(one["text"]), thanked_words(one, self.day(one["day"]))) for one in thanks_in(self.content))

    def promises(self) -> tuple[PromiseRow, ...]:
        """The promises that were decided, then those still open."""
        return tuple(self._promise(promise) for promise in self.content["promises"])

    def _promise(self, promise: Content) -> PromiseRow:
        outcome, counts = promise["state"], promise["counts"]
        if counts == "left out":
            outcome += ", left out"
        elif counts == "late":
            outcome = "kept late"
        elif counts not in (outcome, "open"):
            outcome = f"counts as {counts}"
        return PromiseRow(
            text=typed(promise["text"]),
            customer=one_line(promise["customer"]),
            made=self.day(promise["made_on"]),
            due=self.day(promise["due"]),
            settled=self.day(promise.get("kept_on") or promise["settled_on"]),
            outcome=outcome,
            note=one_line(", ".join(promise_notes(promise, self.removed))),
            ref=one_line(promise["ref"]),
        )

    def ratings(self) -> tuple[RatingRow, ...]:
        """Every rating of the period, the oldest first."""
        return tuple(self._rating(rating) for rating in self.content["ratings"])

    def _rating(self, rating: Content) -> RatingRow:
        entered = entered_late(rating, self.day)
        return RatingRow(
            day=self.day(rating["day"]) + (f", {entered}" if entered else ""),
            tag=one_line(rating["tag"]),
            value=rating_value(rating),
            note=typed(rating["note"]),
            rests_on=one_line(cited(rating, self.stories)),
            ref=one_line(rating["ref"]),
        )

    def anchors(self) -> tuple[Anchors, ...]:
        """What every standard asks for."""
        return tuple(
            Anchors(
                title=one_line(standard["title"]),
                tag=one_line(standard["tag"]),
                behaviour=typed(standard["behaviour"]),
                ratings=tuple(one_line(anchor) for anchor in standard["anchors"]),
            )
            for standard in self.content["standards"]
        )


def _standard(line: Content, unseen: Collection[tuple[str, int]], before: float | None) -> StandardRow:
    return StandardRow(
        title=one_line(line["title"]),
        tag=one_line(line["tag"]),
        weight=str(line["weight"]),
        cells=tuple(
            NOT_SEEN if quarter["mean"] is None and (line["standard"], index) in unseen else number(quarter["mean"])
            for index, quarter in enumerate(line["quarters"])
        ),
        value="not rated" if line["value"] is None else number(line["value"]),
        share=None if line["value"] is None else line["value"] / 100,
        before=number(before),
        before_share=None if before is None else before / 100,
    )


def typed(text: str) -> str:
    """Text of people as it was typed, with its line breaks, and with controls made visible."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
