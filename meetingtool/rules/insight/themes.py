"""What comes back in sticky situations: words, standards and customers, counted plainly.

A word counts once for each situation it stands in, however often. Nothing is guessed about what words mean.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from meetingtool.records.stories import Story
from meetingtool.rules.folding import fold
from meetingtool.rules.insight.stop_words import STOP_WORDS
from meetingtool.rules.insight.sums import customer_term, few, joined, of_kind, standard_term, within
from meetingtool.rules.insight.view import Row, Section, View, cells_behind, found_by
from meetingtool.rules.periods import Period
from meetingtool.rules.roster import Roster
from meetingtool.rules.words import words_of

SHOWN = 25
LEAST = 2
"""In so many situations a word must stand to come back."""

SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


def words_in(text: str) -> dict[str, str]:
    """The words of `text` that may say what it is about: folded -> as first written.

    Scripts that write no blanks between words are taken in pairs of letters, which is as near as plain counting comes.
    """
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if _UNSPACED.match(word):
            for place in range(len(word) - 1):
                found.setdefault(word[place : place + 2], word[place : place + 2])
            continue
        folded = fold(word).replace("’", "'")
        bare = folded.removesuffix("'s")
        least = SHORTEST if bare.isascii() else 2
        if len(bare) >= least and folded not in STOP_WORDS and bare not in STOP_WORDS:
            found.setdefault(bare, word.removesuffix("'s").removesuffix("’s"))
    return found


def themes(period: Period, stories: Iterable[Story], roster: Roster) -> View:
    """Words, standards and customers that stand in at least two sticky situations of the period."""
    inside = [story for story in stories if story.at.date() in period]
    stickies, wins = of_kind(inside, "sticky"), of_kind(inside, "win")
    sections = (
        _words(stickies, wins, roster, period),
        _standards(stickies, roster, period),
        _customers(stickies, period),
    )
    return View(
        name="themes",
        title="What keeps coming back",
        subtitle=f"In {len(stickies):,} sticky situations, {period.label}",
        sections=sections,
        cautions=(
            "Words are counted as they are written: once for each situation, and without knowing what they mean.",
            "A word that stands in many wins too belongs to the trade, not to the trouble.",
            "Everyday words and the names of people and customers are left out.",
            *few(len(stickies), "sticky situation"),
        ),
    )


def _words(stickies: Sequence[Story], wins: Sequence[Story], roster: Roster, period: Period) -> Section:
    people = {part for person in roster.everyone for part in words_of(f"{person.name} {person.handle}").split()}
    number: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    last: dict[str, date] = {}
    for story in stickies:
        own = set(words_of(story.customer).split()) | people
        for folded, word in words_in(_told(story)).items():
            if folded not in own:
                number[folded] += 1
                written[folded][word.lower() if word.istitle() else word] += 1
                last[folded] = max(last.get(folded, date.min), story.at.date())
    in_wins = Counter(word for story in wins for word in words_in(_told(story)) if number[word] >= LEAST)
    best = sorted((n, w) for w, n in number.items() if n >= LEAST)
    best.sort(key=lambda counted: (-counted[0], counted[1]))

    def row(word: str, count: int) -> Row:
        shown, days = written[word].most_common(1)[0][0], within(period)
        behind = found_by(joined("is:sticky", f'"{shown}"', days))
        won = found_by(joined("is:win", f'"{shown}"', days)) if in_wins[word] else None
        return Row((shown, count, in_wins[word], last[word]), behind, cells_behind(None, behind, won, None))

    rows = tuple(row(word, count) for count, word in best[:SHOWN])
    return Section(
        title="Words",
        columns=("Word", "Situations", "Wins", "Last"),
        rows=rows,
        empty="No word stands in more than one sticky situation.",
    )


def _told(story: Story) -> str:
    """All words of a story, as the search looks through them."""
    return "\n".join((story.text, story.happened, story.handled, story.learned, story.ended))


def _standards(stickies: Sequence[Story], roster: Roster, period: Period) -> Section:
    number = Counter(standard for story in stickies for standard in set(story.standards))
    last = {s: story.at.date() for story in sorted(stickies, key=lambda s: s.at) for s in story.standards}
    rows = tuple(
        Row(
            (f"#{roster.tag(standard)}", count, last[standard]),
            found_by(joined("is:sticky", standard_term(standard, roster), within(period))),
        )
        for standard, count in sorted(number.items(), key=lambda counted: (-counted[1], roster.tag(counted[0])))
        if roster.tag(standard)
    )
    return Section(
        title="Standards",
        columns=("Standard", "Situations", "Last"),
        rows=rows,
        empty="No sticky situation names a standard.",
    )


def _customers(stickies: Sequence[Story], period: Period) -> Section:
    names: dict[str, list[Story]] = defaultdict(list)
    for story in stickies:
        if story.customer:
            names[fold(story.customer)].append(story)
    again = sorted((own for own in names.values() if len(own) >= LEAST), key=lambda own: (-len(own), own[0].customer))
    rows = tuple(
        Row(
            (own[-1].customer, len(own), max(story.at.date() for story in own)),
            found_by(joined("is:sticky", customer_term(own[-1].customer), within(period))),
        )
        for own in again[:SHOWN]
    )
    return Section(
        title="Customers",
        columns=("Customer", "Situations", "Last"),
        rows=rows,
        empty="No customer had more than one sticky situation.",
    )
