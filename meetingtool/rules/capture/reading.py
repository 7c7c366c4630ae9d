"""Reading a line: which of the possible marks count, and what stays as words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import msgspec

from meetingtool.rules.capture.amounts import no_sum, sign_in
from meetingtool.rules.capture.leaning import goes_on
from meetingtool.rules.capture.marks import FoundMark
from meetingtool.rules.capture.parts import Capture, Mark, MarkKind, Pledge, PledgeKind
from meetingtool.rules.capture.sentence import Sentence
from meetingtool.rules.capture.surroundings import LIFTED, Surroundings, has_words_in
from meetingtool.rules.dates import Dates
from meetingtool.rules.days import DayOrder, NoSuchDay
from meetingtool.rules.hours import When, unheard_day, unread_day
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import shortened

_AND = "(?:and|und|et|y|e|och|og|en)(?=\\s)"
_JOINER = rf"(?i)\s*(?:,(?:\s*{_AND})?|[/&+]|{_AND})\s*"
_STOP = r"[.!?…;:](?:\s|$)|\s[–—-]+\s|\n"
_NAME_IN_TEXT = r"\w+(?:[ .'’-]\w+)*\.?"
_SIGNS: dict[str, PledgeKind] = {"!": "promise", ">": "action"}
_FLAGS: dict[str, MarkKind] = {"+": "star", "~": "private"}


def parse(
    line: str,
    roster: Roster,
    today: date,
    minor_digits: int = 2,
    *,
    day_order: DayOrder = "day-first",
    since: date | None = None,
    whole: PledgeKind | None = None,
    quoting: bool = False,
    is_known: Callable[[str], bool] = lambda name: False,
) -> Capture:
    """Read one line. Every text is a line: what is not understood stays in it as words.

    today: the day on which it is said, from where `by fri` is read. minor_digits: of the workspace's currency, for
    `fund:25.50`. day_order: the team's, for `by 3/4`. since: see `Dates`. whole: the line is one promise or action;
    its words and its date are those of the only pledge, and no text is left. quoting: the line is what a customer
    said; a name at its end says whom it is about, and stays out of the customer's words. is_known: whether a customer
    of a name is known: `^Acme's` is Acme where that one is.
    """
    dates = Dates(today, day_order, since)
    reader = _Reader(line, roster, dates, minor_digits, whole=whole, quoting=quoting, is_known=is_known)
    return reader.read_whole(reader.whole) if reader.whole else reader.read()


class _Promised:
    """A promise or an action that is being read, or waits for its due date."""

    def __init__(self, kind: PledgeKind, *spans: tuple[int, int], text: str = "") -> None:
        self.kind = kind
        self.spans = list(spans)
        self.sentence = Sentence()
        self.text = text
        self.due: date | None = None

    def fall_due(self, when: When) -> None:
        self.due = when.day
        if when.hour:
            self.text = f"{self.text} {when.hour}".lstrip()


class _Reader(Surroundings):
    """Goes through what was found in a line once, and builds the story and its promises side by side."""

    def __init__(
        self,
        line: str,
        roster: Roster,
        dates: Dates,
        minor_digits: int,
        *,
        whole: PledgeKind | None = None,
        quoting: bool = False,
        is_known: Callable[[str], bool],
    ) -> None:
        super().__init__(line, roster, dates, minor_digits, whole=whole is not None, is_known=is_known)
        self.quoting = quoting
        self.whole = _Promised(whole) if whole else None
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
        self.money_sign = ""
        self.unsorted: list[str] = []
        self.left: dict[str, None] = {}
        self.marks: list[Mark] = []
        self.kept: dict[int, bool] = {}
        self.swallowed: set[int] = set()

    def read_whole(self, whole: _Promised) -> Capture:
        """The line as one promise or action; the words and the date of a sign of its own count first."""
        capture = self.read()
        texts = [capture.text, "; ".join(pledge.text for pledge in capture.pledges)]
        text = ": ".join(filter(None, texts))
        due = next((pledge.due for pledge in capture.pledges if pledge.due), whole.due)
        if whole.due and not has_words_in(self.line[whole.spans[-1][1] :]):
            text = text.rstrip(" .,;!")
        text = f"{text} {whole.text}".strip()
        no_days = capture.no_days or tuple(filter(None, [self._unheard(text)] if due is None else []))
        return msgspec.structs.replace(capture, text="", pledges=(Pledge(whole.kind, text, due),), no_days=no_days)

    def read(self) -> Capture:
        for index, found in enumerate(self.found):
            if found.start >= self.at:
                self._take(index, found)
        self._words_to(len(self.line))
        self._end_pledge(len(self.line.rstrip()), by_mark=False)
        self._tell_unheard()
        text, ends = self.story.finish()
        for position in ends:
            self._flag(position)
        for promised in filter(None, (*self.pledges, self.whole)):
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
            no_days=tuple(dict.fromkeys(self.no_days.values())),
            left=(*self.left, *map(no_sum, self.no_sums), *self.no_names),
            marks=tuple(sorted(self.marks, key=lambda mark: (mark.start, -mark.end))),
        )

    def _take(self, index: int, found: FoundMark) -> None:
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

    def _take_plainly(self, found: FoundMark) -> None:
        """Read what means the same wherever it is."""
        if found.kind == "escape":
            self.sentence.literal(found.text)
            self.at = found.end
        elif found.kind == "standard":
            self.standards.append(found.id)
            self._mark("standard", found.start, found.end)
            if self.is_needed(found):
                self._name(found.text, found.end)
            else:
                self._lift(found.start, found.end)
        elif found.kind == "fund":
            self._take_money(found)
        else:
            self._begin_pledge(found)

    def _take_money(self, found: FoundMark) -> None:
        """A line has one currency: a sum with another sign stays a word."""
        typed = self.line[found.start : found.end]
        sign = sign_in(typed)
        if self.fund is not None and sign != self.money_sign:
            self.left[f"{typed} is of another currency."] = None
            self._name(typed, found.end)
            return
        self.fund, self.money_sign = (self.fund or 0) + found.amount, sign
        self._mark("fund", found.start, found.end)
        if self.is_needed(found):
            self._name(typed.partition(":")[2], found.end)
        else:
            self._lift(found.start, found.end)

    @property
    def sentence(self) -> Sentence:
        return self.open.sentence if self.open else self.story

    def _words_to(self, end: int) -> None:
        text = self.line[self.at : end]
        if self.open is None and not self.worded:
            self.worded = has_words_in(self.bare[self.at : end])
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

    def _begin_pledge(self, found: FoundMark) -> None:
        self._end_pledge(found.start)
        self.story.hole()
        self.at = found.end
        promised = _Promised(_SIGNS[self.shape[found.start]], (found.start, found.end), text=found.text)
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

    def _due(self, found: FoundMark) -> None:
        """`by DATE` belongs to the promise that is being read, or to the last one with only marks between; else to the
        whole line, where that is one."""
        if self.open is None and self.waiting is not None and self.line[self.at : found.start].strip().strip(","):
            self.waiting = None
        promised = self.open or self.waiting or self.whole
        read = self.day_after(found.end) if promised else None
        if promised is None or read is None or (promised is self.whole and self._another_day(found)):
            if promised is not None and read is None and (why := unread_day(self.line, found.end, self.dates)):
                self.no_days.setdefault(found.end, why)
            elif promised is not None and read is not None:
                said = self.line[found.start : read.end]
                self.left[f"“{said}”: of two dates the last one counts."] = None
            return
        if read.unread:
            self.left[read.unread] = None
        self._words_to(found.start)
        self._end_pledge(found.start)
        self.waiting = None
        goes_on = promised is self.whole and read.hour and has_words_in(self.line[read.end :])
        if goes_on:
            promised.due = read.day
            self.story.literal(read.hour)
        else:
            promised.fall_due(read)
        last = promised.spans[-1] if promised.spans else (found.start, found.start)
        if self.line[last[1] : found.start].strip().strip(","):
            promised.spans.append((found.start, read.end))
        else:
            promised.spans[-1:] = [(last[0], read.end)]
        if not goes_on:
            self.story.hole()
        self.at = read.end - self.ends_a_sentence(read)

    def _tell_unheard(self) -> None:
        """Say of promises without a date that the one in their words does not count, and why, once for each."""
        end = len(self.line)
        for place, promised in reversed(list(enumerate(self.pledges))):
            start = promised.spans[0][0]
            told = any(start < at < end for at in self.no_days)
            if promised.due is None and not told and (why := self._unheard(promised.text)):
                self.no_days.setdefault(-1 - place, why)
            end = start

    def _unheard(self, words: str) -> str:
        try:
            return unheard_day(words, self.dates)
        except NoSuchDay as error:
            return error.message

    def _another_day(self, found: FoundMark) -> bool:
        later = (one for one in self.found if one.kind == "by" and one.start > found.start)
        return any(self.day_after(one.end) for one in later)

    # Names, which are lifted out at the edges of a line, where no sentence needs them

    def _opens(self, found: FoundMark) -> bool:
        """Whether no word of the story, or of the promise that is being read, comes before what was found."""
        begun = not self.open.sentence.is_empty if self.open else self.worded
        return not begun and not has_words_in(self.bare[self.at : found.start])

    def _take_person(self, index: int, found: FoundMark) -> None:
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
        if not re.fullmatch(_NAME_IN_TEXT, name):
            name = found.text
        if name.endswith(".") and self.line.startswith(".", found.end):
            name = name[:-1]
        self._name(name, found.end)

    def _decide_chain(self, first: int) -> None:
        """`@maria, @tom and @zoe` stay in the sentence or are lifted out of it together, with what joins them."""
        chain, joiners = self._chain(first)
        last = chain[-1]
        members = [member for member in chain if self.is_kind("person", member)]
        kept = self._stays(first, last) or len(members) < len(chain)
        kept = kept or any(self.found[member].possessive for member in members)
        self.kept.update(dict.fromkeys(members, kept))
        if not kept:
            self.swallowed.update(members[1:], joiners)
            return
        self.plain.update(joiners)
        if self.joins(last + 1) and goes_on(self.behind(last)):
            self.plain.add(last + 1)

    def _chain(self, first: int) -> tuple[list[int], list[int]]:
        """The names from `first` on that are joined to one another, and the `+` that join them."""
        chain, joiners, last = [first], [], first
        while True:
            if self.joins(last + 1) and self.is_kind("person", last + 2) and self.gap(last + 1).isspace():
                joiners.append(last + 1)
                last += 2
            elif self.is_named(last + 1) and re.fullmatch(_JOINER, self.gap(last)):
                last += 1
            else:
                return chain, joiners
            chain.append(last)

    def _stays(self, first: int, last: int) -> bool:
        """Whether the names from `first` to `last` are within a sentence, or where one needs them."""
        found = self.found[first]
        joined = self.is_named(first - 1) and self.gap(first - 1)
        if joined and (self.kept.get(first - 1) or re.fullmatch(_JOINER, joined)) and not has_words_in(joined):
            return True
        if self.repeats(found):
            return False
        if self._opens(found):
            return goes_on(self.behind(last)) or self.in_quotes(first, last) or self._meets_another(first, last)
        return self._needs(first, last)

    def _meets_another(self, first: int, last: int) -> bool:
        """Whether the sentence goes on to another name that stays in it: "@tom together with @bo stayed".

        After several marks, which are a list and not a subject, only where a single word joins the two; in a promise,
        which may begin with what is to be done, only where that word has one or two letters.
        """
        between, other = self.gap(last), last + 1
        if not self.is_named(other) or not has_words_in(between) or re.search(_STOP, between):
            return False
        pledged, alone = self.open or self.whole, len(between.split()) == 1
        if (not alone and (pledged or self.is_named(first - 1))) or (pledged and len(between.strip()) > 2):
            return False
        return self.is_kind("unknown-person", other) or self._needs(other, self._chain(other)[0][-1])

    def _needs(self, first: int, last: int) -> bool:
        """Whether the sentence before needs what is behind it, from `first` to `last`: words follow, or none of the
        marks, stops, dashes and brackets by which it is set apart goes before. A promise keeps only what it leans on.
        """
        apart = self.quoting or self.open is not None or self.whole is not None or self.signs(first)
        said = not self.quoting and self.in_quotes(first, last)
        return said or self.followed[last] or self.leans(first) or not apart

    def _take_customer(self, index: int, found: FoundMark) -> None:
        begins = self._opens(found) and not self.leans(index)
        needed = self._begins_several(index) if begins else self._needs(index, index)
        stays = found.possessive or (needed and not self.repeats(found))
        self._words_to(found.start)
        if self.customer:
            if found.text != self.customer:
                self.left[f"^{shortened(found.text, 40)}: a line is about one customer."] = None
            self._name(found.text, found.end)
            return
        self.customer = found.text
        self._mark("customer", found.start, found.end)
        if stays:
            self._name(found.text, found.end)
        else:
            self._lift(found.start, found.end)

    def _begins_several(self, index: int) -> bool:
        """Whether a sentence goes on from a customer to another: "^Acme, ^Kent and the bank thanked us"."""
        joined = _JOINER if self.is_kind("customer", index + 1) else rf"(?i)\s*{_AND}\s*"
        named = self.is_kind("customer", index + 1) or self.is_named(index + 1)
        return goes_on(self.behind(index)) or (named and re.fullmatch(joined, self.gap(index)) is not None)

    # Flags and fences

    def _take_flag(self, index: int, found: FoundMark) -> None:
        if index in self.swallowed:
            self.at = found.end
        elif self.is_word(index) or (self.open and index not in self.last_flags):
            return
        else:
            self._words_to(found.start)
            self._end_pledge(found.start)
            self.at = found.end
            if self.story.is_empty or index in self.last_flags or self._hides_early(index):
                self._flag(found.start)
                self.story.hole()
            else:
                self.story.flag(found.text, found.start)

    def _hides_early(self, index: int) -> bool:
        """Whether a `~` has only marks before it, some of them still to be sorted out."""
        unknown = any(one.kind.startswith("unknown") for one in self.found[:index])
        return self.found[index].text == "~" and unknown and not self.worded

    def _take_fence(self, index: int, found: FoundMark) -> None:
        """A lone backslash beside a mark keeps the words from being tidied; elsewhere it is a word."""
        before = index > 0 and self.found[index - 1].kind in LIFTED and not self.gap(index - 1).strip()
        behind = index + 1 < len(self.found) and self.found[index + 1].kind in LIFTED and not self.gap(index).strip()
        if self.open is None and (before or behind):
            self._words_to(found.start)
            self.story.fence()
            self.at = found.end
