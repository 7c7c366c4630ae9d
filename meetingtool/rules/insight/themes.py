"""What comes back in sticky situations: words, standards and customers, counted plainly.

A word counts once for each situation it is in, however often and in whichever of its forms; the commonest form is
shown. Nothing is guessed about what words mean.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from meetingtool.records.stories import Story
from meetingtool.rules.folding import fold
from meetingtool.rules.insight.stop_words import STOP_WORDS
from meetingtool.rules.insight.sums import customer_term, few, of_kind, query_of, standard_term, within
from meetingtool.rules.insight.view import Behind, Section, TableRow, View, cells_behind, found_by, these
from meetingtool.rules.insight.word_forms import words_by_form
from meetingtool.rules.people.periods import Period
from meetingtool.rules.roster import Roster
from meetingtool.rules.words import words_of

SHOWN = 25
LEAST = 2
"""In how many situations a word must be to count as recurring."""

SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


def words_in(text: str) -> dict[str, str]:
    """The words of `text` that may say what it is about: folded -> as first written.

    Scripts that write no blanks between words are taken in pairs of letters, which is as near as plain counting comes.
    """
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        for folded, shown in _read(word):
            found.setdefault(folded, shown)
    return found


@lru_cache(maxsize=50_000)
def _read(word: str) -> tuple[tuple[str, str], ...]:
    """What one written word counts as: folded and as written; nothing for an everyday one."""
    if _UNSPACED.match(word):
        pairs = (word[place : place + 2] for place in range(len(word) - 1))
        return tuple((pair, pair) for pair in pairs)
    folded = fold(word)
    bare = folded.removesuffix("'s")
    least = SHORTEST if bare.isascii() else 2
    if len(bare) < least or folded in STOP_WORDS or bare in STOP_WORDS:
        return ()
    return ((bare, word.removesuffix("'s").removesuffix("’s")),)


def themes(period: Period, stories: Iterable[Story], roster: Roster) -> View:
    """Words, standards and customers that are in at least two sticky situations of the period."""
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
            "A word counts once per situation, whatever it means there.",
            "Plurals and other endings count with it where the language can be recognised.",
            "A word that is also in many wins belongs to the trade, not to the trouble.",
            "Everyday words and the names of people and customers are left out.",
            *few(len(stickies), "sticky situation"),
        ),
    )


def _words(stickies: Sequence[Story], wins: Sequence[Story], roster: Roster, period: Period) -> Section:
    people = {part for person in roster.everyone for part in words_of(f"{person.name} {person.handle}").split()}
    written: dict[str, Counter[str]] = defaultdict(Counter)
    forms: dict[str, set[str]] = {}
    for story in stickies:
        own = set(words_of(story.customer).split()) | people
        found = {folded: word for folded, word in words_in(_told(story)).items() if folded not in own}
        forms[story.id] = set(found)
        for folded, word in found.items():
            written[folded][word.lower() if word.istitle() else word] += 1
    begun = {form[:SHORTEST] for form in written}
    in_wins = [(story, {f: w for f, w in words_in(_told(story)).items() if f[:SHORTEST] in begun}) for story in wins]
    for _, found in in_wins:
        for folded, word in found.items():
            written[folded][word.lower() if word.istitle() else word] += 1
    heads = words_by_form([(_told(story), forms[story.id]) for story in stickies], written)
    situations: dict[str, list[Story]] = defaultdict(list)
    for story in stickies:
        for head in {heads[form] for form in forms[story.id]}:
            situations[head].append(story)
    again = {head for head, own in situations.items() if len(own) >= LEAST}
    won: dict[str, list[Story]] = defaultdict(list)
    for story, found in in_wins:
        for head in again.intersection(heads[form] for form in found):
            won[head].append(story)
    several = {head for form, head in heads.items() if form != head}

    def behind(head: str, kind: str, own: Sequence[Story]) -> Behind:
        """A query where the word has one form; several forms no query finds at once."""
        if not own or head in several:
            return these(story.id for story in own)
        return found_by(query_of(f"is:{kind}", f'"{_commonest(written[head])}"', within(period)))

    def row(head: str) -> TableRow:
        own = situations[head]
        told, told_in_wins = behind(head, "sticky", own), behind(head, "win", won[head])
        last = max(story.at.date() for story in own)
        cells = (_commonest(written[head]), len(own), len(won[head]), last)
        return TableRow(cells, told, cells_behind(None, told, told_in_wins, None))

    best = sorted(again, key=lambda head: (-len(situations[head]), head))
    return Section(
        title="Words",
        columns=("Word", "Situations", "Wins", "Last"),
        rows=tuple(map(row, best[:SHOWN])),
        empty="No word appears in more than one sticky situation.",
    )


def _commonest(written: Counter[str]) -> str:
    return written.most_common(1)[0][0]


def _told(story: Story) -> str:
    """All words of a story, as the search looks through them."""
    return "\n".join((story.text, story.happened, story.handled, story.learned, story.ended))


def _standards(stickies: Sequence[Story], roster: Roster, period: Period) -> Section:
    number = Counter(standard for story in stickies for standard in set(story.standards))
    last = {s: story.at.date() for story in sorted(stickies, key=lambda s: s.at) for s in story.standards}
    rows = tuple(
        TableRow(
            (f"#{roster.tag(standard)}", count, last[standard]),
            found_by(query_of("is:sticky", standard_term(standard, roster), within(period))),
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
        TableRow(
            (own[-1].customer, len(own), max(story.at.date() for story in own)),
            found_by(query_of("is:sticky", customer_term(own[-1].customer), within(period))),
        )
        for own in again[:SHOWN]
    )
    return Section(
        title="Customers",
        columns=("Customer", "Situations", "Last"),
        rows=rows,
        empty="No customer had more than one sticky situation.",
    )
