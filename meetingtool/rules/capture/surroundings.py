"""What is around the marks of a line: words before and after, dates, and whether a name is needed there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import takewhile

from meetingtool.rules.capture.leaning import joins_another, leans, takes
from meetingtool.rules.capture.marks import CLOSING, QUOTES, FoundMark, Scanner
from meetingtool.rules.dates import Dates
from meetingtool.rules.days import NoSuchDay
from meetingtool.rules.folding import fold
from meetingtool.rules.hours import When, due_at
from meetingtool.rules.naming import first_name
from meetingtool.rules.roster import Roster

_STRESS = {"'": "'", "‘": "’", "*": "*", "`": "`", "_": "_"}
_OPENING = rf"(?<![\w'’])([{''.join((*QUOTES, *_STRESS))}])\1*+(?=\S)"
_MARKED = r"[@#^!>]\S*"
LIFTED = ("person", "standard", "customer", "fund", "flag", "pledge")
_REACH = 40
"""Letters beside a mark that are looked at: enough for the words that lean on a name."""


class Surroundings:
    """A line with all that could be a mark in it, and what can be asked about each by its index in `found`.

    followed: whether words of the same sentence, the story's or a promise's, follow it. plain: the flags that
    join names which stay in the sentence.
    """

    def __init__(
        self,
        line: str,
        roster: Roster,
        dates: Dates,
        minor_digits: int,
        *,
        whole: bool,
        is_known: Callable[[str], bool],
    ) -> None:
        scanner = Scanner(line, roster, minor_digits, is_known=is_known)
        self.line = line
        self.roster = roster
        self.dates = dates
        self.whole_line = whole
        self.found = scanner.scan()
        self.no_sums = scanner.no_sums
        self.no_names = scanner.no_names
        self.shape = scanner.shape
        self.bare = _without_unknown(self.shape, self.found)
        self.no_days: dict[int, str] = {}
        self.plain: set[int] = set()
        self._days: dict[int, When | None] = {}
        self.found, self.followed = self._survey()
        self.last_flags = self._last_flags()

    def day_after(self, start: int) -> When | None:
        """The day that follows a "by" which ends at `start`, with the hour that was said."""
        if start not in self._days:
            piece = self.line[start : start + 80]
            try:
                self._days[start] = due_at(self.line, start + len(piece) - len(piece.lstrip()), self.dates)
            except NoSuchDay as error:
                self._days[start] = None
                self.no_days[start] = error.message
        return self._days[start]

    def ends_a_sentence(self, read: When) -> bool:
        """Whether the stop that ends the day, as in `by 5 Dec. She waits`, is that of the sentence, too."""
        behind = self.line[read.end : read.end + 8]
        return (
            self.line[read.end - 1] == "." and not read.hour and behind[:1].isspace() and behind.lstrip()[:1].isupper()
        )

    def _survey(self) -> tuple[list[FoundMark], list[bool]]:
        """What was found without the signs that are mere punctuation, and for each whether words of the same sentence,
        the story's or a promise's, follow it."""
        counted: list[FoundMark] = []
        gaps: list[tuple[int, bool]] = []
        sentence, waiting, worded = 0, False, bool(self.found) and has_words_in(self.bare[: self.found[0].start])
        for index, found in enumerate(self.found):
            begins = found.end
            end = self.found[index + 1].start if index + 1 < len(self.found) else len(self.line)
            if found.kind == "pledge":
                starts = not (found.apart and (sentence or worded))
                if not found.quoted and not self._promises(index, starts=starts):
                    continue
                sentence, waiting = 0 if found.quoted else len(counted) + 1, True
            elif found.kind == "by":
                due = self.day_after(found.end) if sentence or waiting or self.whole_line else None
                sentence, begins = (0, due.end) if due else (sentence, begins)
                worded = worded or not (due or sentence)
            elif found.kind in ("fund", "standard") and not self.is_needed(found):
                sentence = 0
            counted.append(found)
            has_words = found.kind == "escape" or has_words_in(self.bare[begins:end])
            if has_words and not sentence:
                waiting, worded = False, True
            gaps.append((sentence, has_words))
        followed, later = [False] * len(gaps), set()
        for index in range(len(gaps) - 1, -1, -1):
            sentence, has_words = gaps[index]
            if has_words:
                later.add(sentence)
            followed[index] = sentence in later
        return counted, followed

    def _promises(self, index: int, *, starts: bool) -> bool:
        """Whether a sign is more than punctuation: it has words, and it starts the line, or a date follows before
        another such sign.

        starts: also where the sign touches its words.
        """
        last = index
        while not has_words_in(self.gap(last)):
            last += 1
            if self.is_kind("by", last) and not self.day_after(self.found[last].end):
                break
            if not (self.is_named(last) or self.is_kind("customer", last)):
                return False
        behind = (self.found[at] for at in range(index + 1, len(self.found)))
        following = takewhile(lambda found: found.kind != "pledge", behind)
        return starts or any(found.kind == "by" and self.day_after(found.end) for found in following)

    def is_needed(self, found: FoundMark) -> bool:
        """Whether the words around a tag or a sum need it, wherever it is."""
        index = bisect_left(self.found, found.start, key=lambda other: other.start)
        before = self._words_before(index)
        if found.possessive or leans(before, on_name=False):
            return True
        if (self.is_kind("standard", index + 1) or self.is_kind("fund", index + 1)) and joins_another(self.gap(index)):
            return True
        told_of_another = index > 0 and not before.strip()
        return not told_of_another and takes(before, self.gap(index), sum_of_money=found.kind == "fund")

    def before(self, found: FoundMark) -> str:
        """The words right before what was found, a piece of them."""
        return self.line[max(found.start - _REACH, 0) : found.start]

    def is_named(self, index: int) -> bool:
        return self.is_kind("person", index) or self.is_kind("unknown-person", index)

    def behind(self, index: int) -> str:
        return self.line[self.found[index].end : self.found[index].end + _REACH]

    def repeats(self, found: FoundMark) -> bool:
        """Whether the name is right before its mark: "Maria @maria", `Mrs Pell ^"Mrs Pell"`."""
        words = fold(self.before(found).rstrip(" (["))
        short = self.roster.short_name(found.id)
        names = (
            [found.text] if found.kind == "customer" else [first_name(short), short, self.roster.full_name(found.id)]
        )
        return any(
            name and words.endswith(name) and not words[: -len(name)][-1:].isalnum() for name in map(fold, names)
        )

    def is_kind(self, kind: str, index: int) -> bool:
        return 0 <= index < len(self.found) and self.found[index].kind == kind

    def gap(self, index: int) -> str:
        """The words between what was found at `index` and what was found next."""
        end = self.found[index + 1].start if index + 1 < len(self.found) else len(self.line)
        return self.line[self.found[index].end : end]

    def joins(self, index: int) -> bool:
        """Whether there is a `+` here with nothing but a blank before it and after what was found before."""
        return self.is_kind("flag", index) and self.found[index].text == "+" and not self.gap(index - 1).strip()

    def leans(self, index: int) -> bool:
        """Whether the word before needs the name: "with @tom", "Karim + @tom"."""
        before = self._mark_before(index)
        if self.is_kind("flag", before) and not self.line[self.found[before].end : self.found[index].start].strip():
            return self.means_and(before)
        return leans(self._words_before(index), on_name=True)

    def signs(self, index: int) -> bool:
        """Whether a name at the end stands apart from the sentence, behind another mark, a stop, a dash or a bracket.

        Behind a word it may be what the sentence is about, in any language: "Een klant bedankte @tom".
        """
        start = self.found[index].start
        words = self.shape[start - len(self._words_before(index)) : start].rstrip(" \t")
        return not words or not (words[-1].isalnum() or words[-1] in "_/")

    def in_quotes(self, first: int, last: int) -> bool:
        """Whether the names are within quotes or emphasis signs, with words beside them or more of the sentence after
        them: 'he said "danke, @tom"', "*@tom* stayed"."""
        place = bisect_right(self._quotations, self.found[first].start, key=lambda quoted: quoted[0]) - 1
        if place < 0 or self._quotations[place][1] < self.found[last].end:
            return False
        return self._quotations[place][2] or self.followed[last]

    @cached_property
    def _quotations(self) -> list[tuple[int, int, bool]]:
        """Where each quotation begins and ends (the end of the line where no sign closes it), and whether it has
        words."""
        spans: list[tuple[int, int, bool]] = []
        at = 0
        while opening := re.compile(_OPENING).search(self.shape, at):
            closing = re.compile(rf"[{_STRESS.get(opening[1]) or QUOTES[opening[1]]}](?!\w)")
            closed = closing.search(self.shape, opening.end())
            end = closed.start() if closed else len(self.shape)
            worded = has_words_in(re.sub(_MARKED, "", self.shape[opening.end() : end]))
            spans.append((opening.end(), end, worded))
            at = end + 1
        return spans

    def _mark_before(self, index: int) -> int:
        """The nearest mark before that isn't part of the words, or -1."""
        index -= 1
        while index >= 0 and self.found[index].kind in ("by", "unknown-person", "unknown-standard"):
            index -= 1
        return index

    def _words_before(self, index: int) -> str:
        """A piece of the words between the mark before and this one; the mark's own are none: "^And #own-it"."""
        start, before = self.found[index].start, self._mark_before(index)
        barrier = self.found[before].end if before >= 0 else 0
        return self.line[max(barrier, start - _REACH) : start]

    def means_and(self, index: int) -> bool:
        """Whether there is a `+` between a word and a name: "Karim + @tom"."""
        if self.found[index].text != "+" or not self.is_kind("person", index + 1) or self.gap(index).strip():
            return False
        barrier = self.found[index - 1].end if index else 0
        return bool(self.line[barrier : self.found[index].start].strip())

    def is_word(self, index: int) -> bool:
        """Whether a `+` or `~` belongs to the words: it means "and", or touches something that isn't a mark."""
        if index in self.plain or self.means_and(index):
            return True
        if self.found[index].edge:
            return False
        end = self.found[index].end
        touches = end < len(self.line) and not self.line[end].isspace()
        return touches and not (
            index + 1 < len(self.found) and self.found[index + 1].start == end and self.found[index + 1].kind in LIFTED
        )

    def _last_flags(self) -> set[int]:
        """The flags followed only by marks: they end a promise. A `~` counts also before marks still to be sorted out:
        what will be private then is private now."""
        last: set[int] = set()
        unknown = False
        end = len(self.line.rstrip())
        for index in range(len(self.found) - 1, -1, -1):
            found = self.found[index]
            due = self.day_after(found.end) if found.kind == "by" else None
            if self.shape[due.end if due else found.end : end].strip(f" \t\n{CLOSING}"):
                break
            if found.kind == "flag" and not self.is_word(index):
                last.update([index] if found.text == "~" or not unknown else [])
            elif found.kind in ("unknown-person", "unknown-standard"):
                unknown = True
            elif due:
                pass
            elif found.kind in ("standard", "fund"):
                if self.is_needed(found):
                    break
            elif found.kind not in ("person", "customer") or self.leans(index):
                break
            end = found.start
        return last


def _without_unknown(shape: str, found: list[FoundMark]) -> str:
    """`shape` with blanks in place of the names and tags still to be sorted out: one day they will be marks."""
    pieces, at = [], 0
    for one in found:
        if one.kind.startswith("unknown"):
            pieces += [shape[at : one.start], " " * (one.end - one.start)]
            at = one.end
    return "".join([*pieces, shape[at:]])


def has_words_in(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
