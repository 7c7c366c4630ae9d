"""Reading a line: which of the possible marks count, and what stays as words."""

from __future__ import annotations

import re
from datetime import date
from itertools import takewhile

from meetingtool.rules.capture.leaning import goes_on, leans
from meetingtool.rules.capture.marks import Found, Scanner
from meetingtool.rules.capture.parts import Capture, Mark, MarkKind, Pledge, PledgeKind
from meetingtool.rules.capture.sentence import Sentence
from meetingtool.rules.dates import date_at
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import Roster, first_name

_JOINER = re.compile(r"\s*(?:,(?:\s*and(?=\s))?|[/&+]|and(?=\s))\s*", re.IGNORECASE)
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?[ ]?[ap]m|\d{1,2}:\d\d|noon|midday|midnight)"
_TIME_BEHIND = re.compile(
    rf"[ ](?:at[ ])?({_TIME}|morning|lunch(?:time)?|afternoon|evening)(?!\w)|[ ]at (?:the )?latest(?!\w)", re.IGNORECASE
)
_TIME_AHEAD = re.compile(rf"({_TIME})[ ](?:on[ ])?", re.IGNORECASE)
_NAME_IN_TEXT = re.compile(r"\w+(?:[ .'’-]\w+)*\.?")
_SIGNS: dict[str, PledgeKind] = {"!": "promise", ">": "action"}
_LIFTED = ("person", "standard", "customer", "fund", "flag", "pledge")
_FLAGS: dict[str, MarkKind] = {"+": "star", "~": "private"}


def parse(line: str, roster: Roster, today: date, minor_digits: int = 2) -> Capture:
    """Read one line. Every text is a line: what is not understood stays in it as words.

    today: from where `by fri` is read. minor_digits: of the workspace's currency, for `fund:25.50`.
    """
    return _Reader(line, roster, today, minor_digits).read()


class _Promised:
    """A promise or an action that is being read, or waits for its due date."""

    def __init__(self, kind: PledgeKind, start: int, end: int, text: str = "") -> None:
        self.kind = kind
        self.spans = [(start, end)]
        self.sentence = Sentence()
        self.text = text
        self.due: date | None = None

    def fall_due(self, due: date, time: str) -> None:
        self.due = due
        if time:
            self.text = f"{self.text} by {time}"


class _Reader:
    """Goes through what was found in a line once, and builds the story and its promises beside each other."""

    def __init__(self, line: str, roster: Roster, today: date, minor_digits: int) -> None:
        self.line = line
        self.roster = roster
        self.today = today
        scanner = Scanner(line, roster, minor_digits)
        self.found = scanner.scan()
        self.shape = scanner.shape
        self.bare = _without_unknown(self.shape, self.found)
        self.found, self.followed = self._survey()
        self.at = 0
        self.worded = False
        self.story = Sentence()
        self.open: _Promised | None = None
        self.waiting: _Promised | None = None
        self.pledges: list[_Promised] = []
        self.people: list[str] = []
        self.standards: list[str] = []
        self.customer = ""
        self.fund: int | None = None
        self.flags: set[str] = set()
        self.unsorted: list[str] = []
        self.marks: list[Mark] = []
        self.kept: dict[int, bool] = {}
        self.swallowed: set[int] = set()
        self.plain: set[int] = set()
        self.last_flags = self._last_flags()

    def read(self) -> Capture:
        for index, found in enumerate(self.found):
            if found.start >= self.at:
                self._take(index, found)
        self._words_to(len(self.line))
        self._end_pledge(len(self.line.rstrip()), by_mark=False)
        text, ends = self.story.finish()
        for position in ends:
            self._flag(position)
        for promised in self.pledges:
            for start, end in promised.spans:
                self._mark(promised.kind, start, end)
        return Capture(
            line=self.line,
            text=text,
            people=tuple(dict.fromkeys(self.people)),
            standards=tuple(dict.fromkeys(self.standards)),
            customer=self.customer,
            pledges=tuple(Pledge(promised.kind, promised.text, promised.due) for promised in self.pledges),
            fund_minor=self.fund,
            starred="+" in self.flags,
            private="~" in self.flags,
            unsorted=tuple(dict.fromkeys(self.unsorted)),
            marks=tuple(sorted(self.marks, key=lambda mark: (mark.start, -mark.end))),
        )

    def _take(self, index: int, found: Found) -> None:
        if found.kind == "unknown-person" or found.kind == "unknown-standard":
            self.unsorted.append(self.line[found.start : found.end])
            self._mark(found.kind, found.start, found.end)
        elif found.kind == "by":
            self._due(found)
        elif found.kind == "flag":
            self._take_flag(index, found)
        elif found.kind == "person":
            self._take_person(index, found)
        elif found.kind == "customer":
            self._take_customer(index, found)
        elif found.kind == "fence":
            self._take_fence(index, found)
        else:
            self._words_to(found.start)
            self._take_plainly(found)

    def _take_plainly(self, found: Found) -> None:
        """Take up what means the same wherever it stands."""
        if found.kind == "escape":
            self.sentence.literal(found.text)
            self.at = found.end
        elif found.kind == "standard":
            self.standards.append(found.id)
            self._mark("standard", found.start, found.end)
            if self._is_needed(found):
                self._name(found.text, found.end)
            else:
                self._lift(found.start, found.end)
        elif found.kind == "fund":
            self.fund = (self.fund or 0) + found.amount
            self._mark("fund", found.start, found.end)
            self._lift(found.start, found.end)
        else:
            self._begin_pledge(found)

    @property
    def sentence(self) -> Sentence:
        return self.open.sentence if self.open else self.story

    def _words_to(self, end: int) -> None:
        text = self.line[self.at : end]
        if self.open is None and not self.worded:
            self.worded = _has_words(self.bare[self.at : end])
        self.at = max(self.at, end)
        if self.waiting is not None and text.strip().strip(","):
            self.waiting = None
        self.sentence.words(text)

    def _lift(self, start: int, end: int) -> None:
        """Leave a mark out of the words. It ends the promise before it, unless that is still to begin."""
        if self.open is None or not self.open.sentence.is_empty:
            self._end_pledge(start)
            self.story.hole()
        self.at = end

    def _name(self, name: str, end: int) -> None:
        """Keep a name in the sentence, without its mark."""
        self.waiting = None
        self.worded = self.worded or self.open is None
        self.sentence.literal(name)
        self.at = end

    def _mark(self, kind: MarkKind, start: int, end: int) -> None:
        self.marks.append(Mark(kind, start, end, self.line[start:end]))

    def _flag(self, position: int) -> None:
        sign = self.shape[position]
        self.flags.add(sign)
        self._mark(_FLAGS[sign], position, position + 1)

    # Promises and actions

    def _begin_pledge(self, found: Found) -> None:
        self._end_pledge(found.start)
        self.story.hole()
        self.at = found.end
        promised = _Promised(_SIGNS[self.shape[found.start]], found.start, found.end, found.text)
        self.pledges.append(promised)
        if found.quoted:
            self.waiting = promised
        else:
            self.open = promised

    def _end_pledge(self, end: int, *, by_mark: bool = True) -> None:
        promised = self.open
        if promised is None:
            return
        self.open = None
        if by_mark:
            promised.sentence.hole()
        promised.text = promised.sentence.finish()[0]
        start = promised.spans[0][0]
        promised.spans = [(start, start + len(self.line[start:end].rstrip()))]
        self.waiting = promised

    def _due(self, found: Found) -> None:
        """`by DATE` belongs to the promise that is being read, or to the last one with only marks between."""
        if self.open is None and self.waiting is not None and self.line[self.at : found.start].strip().strip(","):
            self.waiting = None
        promised = self.open or self.waiting
        read = self._by(found.end) if promised else None
        if promised is None or read is None:
            return
        due, end, time = read
        self._words_to(found.start)
        self._end_pledge(found.start)
        self.waiting = None
        promised.fall_due(due, time)
        last = promised.spans[-1]
        if self.line[last[1] : found.start].strip().strip(","):
            promised.spans.append((found.start, end))
        else:
            promised.spans[-1] = (last[0], end)
        self.story.hole()
        self.at = end

    def _by(self, start: int) -> tuple[date, int, str] | None:
        """The date that follows a "by", where it ends, and a time of day beside it."""
        start += len(self.line[start : start + 80]) - len(self.line[start : start + 80].lstrip())
        read = date_at(self.line, start, self.today)
        if read is not None:
            behind = _TIME_BEHIND.match(self.line, read[1])
            return (read[0], behind.end(), behind[1] or "") if behind else (*read, "")
        ahead = _TIME_AHEAD.match(self.line, start)
        read = date_at(self.line, ahead.end(), self.today) if ahead else None
        return (*read, ahead[1]) if ahead and read else None

    # Names, which are lifted out at the edges of a line, where no sentence needs them

    def _survey(self) -> tuple[list[Found], list[bool]]:
        """What was found without the signs that are mere punctuation, and for each whether words of the same sentence,
        the story's or a promise's, stand behind it."""
        counted: list[Found] = []
        gaps: list[tuple[int, bool]] = []
        sentence, waiting, worded = 0, False, bool(self.found) and _has_words(self.bare[: self.found[0].start])
        for index, found in enumerate(self.found):
            begins = found.end
            end = self.found[index + 1].start if index + 1 < len(self.found) else len(self.line)
            if found.kind == "pledge":
                starts = not (found.apart and (sentence or worded))
                if not found.quoted and not self._promises(index, starts=starts):
                    continue
                sentence, waiting = 0 if found.quoted else len(counted) + 1, True
            elif found.kind == "by":
                due = self._by(found.end) if sentence or waiting else None
                sentence, begins = (0, due[1]) if due else (sentence, begins)
            elif found.kind == "fund" or (found.kind == "standard" and not self._is_needed(found)):
                sentence = 0
            counted.append(found)
            has_words = found.kind == "escape" or _has_words(self.bare[begins:end])
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
        """Whether a sign is more than punctuation: it has words, and it starts the line or a date follows before another
        such sign.

        starts: also where the sign touches its words.
        """
        last = index
        while not _has_words(self._gap(last)):
            last += 1
            if self._is("by", last) and not self._by(self.found[last].end):
                break
            if not self._is_named(last):
                return False
        following = takewhile(lambda found: found.kind != "pledge", self.found[index + 1 :])
        return starts or any(found.kind == "by" and self._by(found.end) for found in following)

    def _opens(self, found: Found) -> bool:
        """Whether no word of the story, or of the promise that is being read, stands before what was found."""
        begun = not self.open.sentence.is_empty if self.open else self.worded
        return not begun and not _has_words(self.bare[self.at : found.start])

    def _is_needed(self, found: Found) -> bool:
        """Whether the words around a tag need it, wherever it stands."""
        return found.possessive or leans(self._before(found), on_name=False)

    def _before(self, found: Found) -> str:
        """The words right before what was found, a piece of them."""
        return self.line[max(found.start - 40, 0) : found.start]

    def _take_person(self, index: int, found: Found) -> None:
        if index not in self.kept:
            self._decide_chain(index)
        if index in self.swallowed:
            self.at = found.start
        self._words_to(found.start)
        self.people.append(found.id)
        self._mark("person", found.start, found.end)
        if not self.kept[index]:
            self._lift(found.start, found.end)
            return
        name = self.roster.short_name(found.id)
        if not _NAME_IN_TEXT.fullmatch(name):
            name = found.text
        if name.endswith(".") and self.line.startswith(".", found.end):
            name = name[:-1]
        self._name(name, found.end)

    def _decide_chain(self, first: int) -> None:
        """`@maria, @tom and @zoe` stay in the sentence or are lifted out of it together, with what joins them."""
        chain, joiners, last = [first], [], first
        while True:
            if self._joins(last + 1) and self._is("person", last + 2) and self._gap(last + 1).isspace():
                joiners.append(last + 1)
                last += 2
            elif self._is_named(last + 1) and _JOINER.fullmatch(self._gap(last)):
                last += 1
            else:
                break
            chain.append(last)
        members = [member for member in chain if self._is("person", member)]
        kept = self._stays(first, last) or len(members) < len(chain)
        kept = kept or any(self.found[member].possessive for member in members)
        self.kept.update(dict.fromkeys(members, kept))
        if not kept:
            self.swallowed.update(members[1:], joiners)
            return
        self.plain.update(joiners)
        if self._joins(last + 1) and goes_on(self._behind(last)):
            self.plain.add(last + 1)

    def _stays(self, first: int, last: int) -> bool:
        """Whether the names from `first` to `last` stand within a sentence, or where one needs them."""
        found = self.found[first]
        joined = self._is_named(first - 1) and self._gap(first - 1)
        if joined and (self.kept.get(first - 1) or _JOINER.fullmatch(joined)) and not _has_words(joined):
            return True
        if self._repeats(found):
            return False
        if self._opens(found):
            return goes_on(self._behind(last))
        return self.followed[last] or self._leans(first)

    def _is_named(self, index: int) -> bool:
        return self._is("person", index) or self._is("unknown-person", index)

    def _behind(self, index: int) -> str:
        return self.line[self.found[index].end : self.found[index].end + 40]

    def _repeats(self, found: Found) -> bool:
        """Whether the name stands right before its mark: "Maria @maria"."""
        words = self._before(found).rstrip(" ([").split()
        return bool(words) and fold(words[-1]) == fold(first_name(self.roster.short_name(found.id)))

    def _take_customer(self, index: int, found: Found) -> None:
        needed = goes_on(self._behind(index)) if self._opens(found) else self.followed[index]
        stays = needed or self._leans(index) or found.possessive
        self._words_to(found.start)
        if self.customer:
            self._name(found.text, found.end)
            return
        self.customer = found.text
        self._mark("customer", found.start, found.end)
        if stays:
            self._name(found.text, found.end)
        else:
            self._lift(found.start, found.end)

    def _is(self, kind: str, index: int) -> bool:
        return 0 <= index < len(self.found) and self.found[index].kind == kind

    def _gap(self, index: int) -> str:
        """The words between what was found at `index` and what was found next."""
        end = self.found[index + 1].start if index + 1 < len(self.found) else len(self.line)
        return self.line[self.found[index].end : end]

    def _joins(self, index: int) -> bool:
        """Whether a `+` stands here with nothing but a blank before it and after what was found before."""
        return self._is("flag", index) and self.found[index].text == "+" and not self._gap(index - 1).strip()

    def _leans(self, index: int) -> bool:
        """Whether the word before needs the name: "with @tom", "Karim + @tom"."""
        start, before = self.found[index].start, index - 1
        while before >= 0 and self.found[before].kind in ("by", "unknown-person", "unknown-standard"):
            before -= 1
        if self._is("flag", before) and not self.line[self.found[before].end : start].strip():
            return self._means_and(before)
        barrier = self.found[before].end if before >= 0 else 0
        return leans(self.line[max(barrier, start - 40) : start], on_name=True)

    def _means_and(self, index: int) -> bool:
        """Whether a `+` stands between a word and a name: "Karim + @tom"."""
        if self.found[index].text != "+" or not self._is("person", index + 1) or self._gap(index).strip():
            return False
        barrier = self.found[index - 1].end if index else 0
        return bool(self.line[barrier : self.found[index].start].strip())

    # Flags and fences

    def _take_flag(self, index: int, found: Found) -> None:
        if index in self.swallowed:
            self.at = found.end
        elif self._is_word(index) or (self.open and index not in self.last_flags):
            return
        else:
            self._words_to(found.start)
            self._end_pledge(found.start)
            self.at = found.end
            if self.story.is_empty:
                self._flag(found.start)
                self.story.hole()
            else:
                self.story.flag(found.text, found.start)

    def _is_word(self, index: int) -> bool:
        """Whether a `+` or `~` belongs to the words: it means "and", or touches something that is no mark."""
        if index in self.plain or self._means_and(index):
            return True
        end = self.found[index].end
        touches = end < len(self.line) and not self.line[end].isspace()
        return touches and not (
            index + 1 < len(self.found) and self.found[index + 1].start == end and self.found[index + 1].kind in _LIFTED
        )

    def _last_flags(self) -> set[int]:
        """The flags behind which only marks stand: they end a promise."""
        last: set[int] = set()
        end = len(self.line.rstrip())
        for index in range(len(self.found) - 1, -1, -1):
            found = self.found[index]
            if found.end < end and self.line[found.end : end].strip():
                break
            if found.kind == "flag" and not self._is_word(index):
                last.add(index)
            elif found.kind == "standard":
                if self._is_needed(found):
                    break
            elif found.kind not in ("person", "customer", "fund") or self._leans(index):
                break
            end = found.start
        return last

    def _take_fence(self, index: int, found: Found) -> None:
        """A lone backslash beside a mark keeps the words from being tidied; elsewhere it is a word."""
        before = index > 0 and self.found[index - 1].kind in _LIFTED and not self._gap(index - 1).strip()
        behind = index + 1 < len(self.found) and self.found[index + 1].kind in _LIFTED and not self._gap(index).strip()
        if self.open is None and (before or behind):
            self._words_to(found.start)
            self.story.fence()
            self.at = found.end


def _without_unknown(shape: str, found: list[Found]) -> str:
    """`shape` with blanks in the place of the names and tags that are to be sorted out: one day they are marks."""
    pieces, at = [], 0
    for one in found:
        if one.kind.startswith("unknown"):
            pieces += [shape[at : one.start], " " * (one.end - one.start)]
            at = one.end
    return "".join([*pieces, shape[at:]])


def _has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
