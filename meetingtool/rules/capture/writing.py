"""Writing a line that reads back to given parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from meetingtool.records.stories import Story
from meetingtool.rules.capture.amounts import amount_typed
from meetingtool.rules.capture.leaning import goes_on, leans, takes
from meetingtool.rules.capture.marks import FoundMark, Scanner, is_one_word
from meetingtool.rules.capture.parts import Pledge
from meetingtool.rules.roster import Roster

_FENCED_BEFORE = r"(?i)[,;:/–—&+-]|and(?!\w)"
_FENCED_BEHIND = r"[,;:–—-]\Z"
_PLAIN_WORDS = r"(?i)[^\W_]+(?: (?!by )[^\W_]+)*"


def compose(
    text: str,
    *,
    roster: Roster,
    people: Iterable[str] = (),
    standards: Iterable[str] = (),
    customer: str = "",
    pledges: Sequence[Pledge] = (),
    fund_minor: int | None = None,
    fund_sign: str = "",
    starred: bool = False,
    private: bool = False,
    unsorted: Iterable[str] = (),
    minor_digits: int = 2,
) -> str:
    """A line that `parse` reads as these parts, with the same roster and `minor_digits`.

    What would be taken for a mark in `text` is protected by a backslash, except what is listed in `unsorted`: that
    is to be sorted out, and means somebody or something where the roster knows it by now. People and standards that the
    roster does not know can't be written, and are left out.
    """
    unsorted = frozenset(unsorted)
    before = [sign for sign, wanted in (("+", starred), ("~", private)) if wanted]
    before += [f"@{handle}" for handle in map(roster.handle, people) if handle]
    customer = " ".join(customer.split())
    if customer:
        before.append(customer_mark(customer, text.strip()))
    behind = [f"#{tag}" for tag in map(roster.tag, standards) if tag]
    if fund_minor is not None:
        behind.append(f"fund:{fund_sign}{amount_typed(fund_minor, minor_digits)}")
    behind += [_pledge(pledge) for pledge in pledges if pledge.text.strip()]
    text = text.strip()
    words = [_protected(text, roster, minor_digits, unsorted)] if text else []
    another = any(mark.startswith(("@", "＠")) and mark in text for mark in unsorted)
    if text and before and (another or re.match(_FENCED_BEFORE, text) or goes_on(f" {text[:40]}")):
        before.append("\\")
    if text and behind and (re.search(_FENCED_BEHIND, text) or _takes_what_follows(f"{text[-40:]} ")):
        behind.insert(0, "\\")
    return " ".join([*before, *words, *behind])


def _takes_what_follows(text: str) -> bool:
    return leans(text, on_name=False) or any(takes(text, "", sum_of_money=each) for each in (True, False))


def line_of(story: Story, roster: Roster, *, pledges: Sequence[Pledge] = (), minor_digits: int = 2) -> str:
    """The line to edit a story by: its parts as they are now, with the promises and actions given."""
    return compose(
        story.text,
        roster=roster,
        people=story.people,
        standards=story.standards,
        customer=story.customer,
        pledges=pledges,
        fund_minor=story.fund.minor if story.fund else None,
        starred=story.starred,
        private=story.private,
        unsorted=story.unsorted,
        minor_digits=minor_digits,
    )


def with_mark(text: str, marks: Collection[str], other: str, roster: Roster, minor_digits: int = 2) -> str:
    """`text` with the mark `other` in place of each of `marks`, such as `@jo`, wherever one is a mark."""
    pieces, at = [], 0
    for found in Scanner(text, roster, minor_digits, literal=True).scan():
        if found.start >= at and text[found.start : found.end] in marks:
            pieces += [text[at : found.start], other]
            at = found.end
    return "".join([*pieces, text[at:]])


def customer_mark(name: str, behind: str = "") -> str:
    """`^Acme`, or `^"Blue Door"` where the name is more than a word. behind: the words that follow it."""
    return f"^{name if is_one_word(name, behind) else _quoted(name)}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pledge(pledge: Pledge) -> str:
    text = pledge.text.strip()
    plain = re.fullmatch(_PLAIN_WORDS, text) and not (pledge.kind == "action" and text[0].isnumeric())
    sign = "!" if pledge.kind == "promise" else ">"
    due = f" by {pledge.due.isoformat()}" if pledge.due else ""
    return f"{sign}{text if plain else _quoted(text)}{due}"


def _protected(text: str, roster: Roster, digits: int, unsorted: frozenset[str]) -> str:
    """`text` with a backslash before all that would be read as a mark."""
    places = set()
    for found in Scanner(text, roster, digits, literal=True).scan():
        if text[found.start : found.end] in unsorted:
            continue
        if found.kind == "flag" and _is_inside(text, found.start):
            continue
        if found.apart and _is_punctuation(text, found):
            continue
        places.add(found.start)
    pieces, at = [], 0
    for place in sorted(places):
        pieces += [text[at:place], "\\"]
        at = place
    return "".join([*pieces, text[at:]])


def _is_inside(text: str, place: int) -> bool:
    """Whether the sign at `place` is a word with others on both sides, and no date ends the line."""
    before, behind = text[:place], text[place + 1 :]
    return behind[:1].isspace() and _worded(before) and _worded(behind) and not _may_be_due(behind)


def _is_punctuation(text: str, found: FoundMark) -> bool:
    """Whether a sign with a blank behind it begins no promise, since words go before it and no date can follow."""
    return _worded(text[: found.start]) and not _may_be_due(text[found.end :])


def _worded(text: str) -> bool:
    return any(map(str.isalnum, text))


def _may_be_due(text: str) -> bool:
    return " by " in text.replace("\n", " ").lower()
