"""Reading a line: which of the possible marks count, and what stays as words."""

from __future__ import annotations

import re
from datetime import date

from meetingtool.rules.capture.marks import Found, Scanner
from meetingtool.rules.capture.parts import Capture, Mark, MarkKind, Pledge, PledgeKind
from meetingtool.rules.capture.sentence import Sentence
from meetingtool.rules.dates import date_at
from meetingtool.rules.roster import Roster

LEANING = (
    *("about", "after", "and", "as", "because", "before", "but", "by", "for", "from", "how", "if", "is", "like", "of"),
    *("or", "since", "so", "than", "that", "the", "to", "until", "via", "was", "when", "where", "while", "who", "why"),
    *("with", "without"),
)
"""After these words a name belongs to the sentence and stays in it."""

_LEANS = re.compile(rf"(?:^|.*[^\w'’-])(?:{'|'.join(LEANING)}|[&+])\s+$", re.IGNORECASE | re.DOTALL)
_JOINER = re.compile(r"\s*(?:,(?:\s*and(?=\s))?|[/&+]|and(?=\s))\s*", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:&|\+|\band)\s+\w", re.IGNORECASE)
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
        self.found = Scanner(line, roster, minor_digits).scan()
        self.at = 0
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
            if found.possessive:
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
        self.at = max(self.at, end)
        if self.waiting is not None and text.strip().strip(","):
            self.waiting = None
        self.sentence.words(text)

    def _lift(self, start: int, end: int) -> None:
        """Leave a mark out of the words. It ends the promise before it."""
        self._end_pledge(start)
        self.story.hole()
        self.at = end

    def _name(self, name: str, end: int) -> None:
        """Keep a name in the sentence, without its mark."""
        self.waiting = None
        self.sentence.literal(name)
        self.at = end

    def _mark(self, kind: MarkKind, start: int, end: int) -> None:
        self.marks.append(Mark(kind, start, end, self.line[start:end]))

    def _flag(self, position: int) -> None:
        sign = self.line[position]
        self.flags.add(sign)
        self._mark(_FLAGS[sign], position, position + 1)

    # Promises and actions

    def _begin_pledge(self, found: Found) -> None:
        self._end_pledge(found.start)
        self.story.hole()
        self.at = found.end
        promised = _Promised(_SIGNS[self.line[found.start]], found.start, found.end, found.text)
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

    # Names, which stay in the sentence when it leans on them

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
        chain, joiners = [first], []
        while True:
            last = chain[-1]
            if self._joins(last + 1) and self._is("person", last + 2) and self._gap(last + 1).isspace():
                joiners.append(last + 1)
                chain.append(last + 2)
            elif self._is("person", last + 1) and _JOINER.fullmatch(self._gap(last)):
                chain.append(last + 1)
            else:
                break
        before = self.line[self.at : self.found[first].start].strip().strip('([{"“„«')
        opens = self.open is None and self.story.is_empty and not before
        goes_on = opens and _GOES_ON.match(self.line, self.found[last].end) is not None
        kept = goes_on or self._leans(first) or any(self.found[member].possessive for member in chain)
        self.kept.update(dict.fromkeys(chain, kept))
        if not kept:
            self.swallowed.update(chain[1:], joiners)
            return
        self.plain.update(joiners)
        if goes_on and self._joins(last + 1):
            self.plain.add(last + 1)

    def _take_customer(self, index: int, found: Found) -> None:
        leans = self._leans(index) or found.possessive
        self._words_to(found.start)
        if self.customer:
            self._name(found.text, found.end)
            return
        self.customer = found.text
        self._mark("customer", found.start, found.end)
        if leans:
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
        return _LEANS.fullmatch(self.line[max(barrier, start - 24) : start]) is not None

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
            elif found.kind not in ("person", "standard", "customer", "fund") or self._leans(index):
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
