"""Making a role-play out of a sticky situation: everybody in it becomes a role, so that nobody can be recognised.

Names are found blind to case and accents, as whole words. What only looks like a name is pointed out to the manager,
who reads the card before it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.capture.marks import Scanner
from meetingtool.rules.capture.sentence import Sentence
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import Roster
from meetingtool.rules.words import needle_for, places, words_of

CUSTOMER, EMPLOYEE, COLLEAGUE, TEAM = "the customer", "the employee", "a colleague", "the team"

ALSO_WORDS = frozenset(
    {
        *("art", "bill", "bob", "dawn", "drew", "faith", "frank", "gene", "grace", "grant", "hope", "iris", "jack"),
        *("jean", "joy", "june", "mark", "may", "miles", "pat", "ray", "rich", "rob", "rose", "ruby", "sandy", "skip"),
        *("sky", "sue", "summer", "will"),
    }
)
"""First names that are words too: in small letters they count as the word."""

_PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "an e-mail address"),
    (re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE), "a web page"),
    (re.compile(r"@[\w-]+"), COLLEAGUE),
    (re.compile(r"(?<![\w£$€.,])\+?\(?\d(?:[\s()./-]*\d){6,}(?![\w])"), "a number"),
    (re.compile(r"\b[A-Z]{0,4}-?\d{5,}\b"), "a number"),
    (
        re.compile(
            r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Sra?)\b\.?"
            r"\s+[^\W\d_][\w'’-]*(?:\s+[A-Z][\w'’-]+)*"
        ),
        CUSTOMER,
    ),
)
TITLE = 60
"""The most letters of a title."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_CLAUSE_END = re.compile(r"[,;:]\s|\s[–—-]\s")
_LEADING_ON = frozenset(
    {
        *("a", "after", "an", "and", "as", "at", "because", "before", "but", "by", "for", "from", "in", "into", "of"),
        *("on", "or", "over", "so", "that", "the", "then", "to", "under", "when", "which", "who", "with", "without"),
    }
)
"""Words that a title can't end with."""

_ARTICLE = re.compile(r"\b(?:the|an?)\s+$", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?…:]\s)(?<!^)\b[^\W\d_][\w'’-]{2,}")


class RolePlayCard(msgspec.Struct, frozen=True):
    """A role-play as it could be kept. standards: tags. suspects: words left in it that look like names."""

    title: str
    customer: str
    employee: str
    look_for: tuple[str, ...]
    standards: tuple[str, ...]
    suspects: tuple[str, ...] = ()


class Masks:
    """Which words become which role. customers: names of all customers that are known."""

    def __init__(self, roster: Roster, customers: Iterable[str], team: str = "", credited: Sequence[str] = ()) -> None:
        self._roles: dict[str, tuple[str, bool]] = {}
        for person in sorted(roster.everyone, key=lambda person: person.id not in credited):
            role = EMPLOYEE if person.id in credited[:1] else COLLEAGUE
            for name in _names_of(person):
                for called in (name, f"{name}s"):  # Tom, and Toms manner
                    self._add(called, role, also_small=fold(name) not in ALSO_WORDS)
            for name in person.name.split()[1:]:  # a bell may ring
                self._add(name, role, also_small=False)
        for customer in customers:
            self._add(customer, CUSTOMER, also_small=True)
        self._add(team, TEAM, also_small=False)

    def _add(self, name: str, role: str, *, also_small: bool) -> None:
        needle = needle_for(name, whole=True)
        if len(needle.strip()) > 1:
            self._roles.setdefault(needle, (role, also_small))

    def found(self, text: str) -> list[tuple[int, int, str]]:
        """The stretches of `text` that name somebody, each with its role, in order and without overlaps."""
        spans: list[tuple[int, int, str]] = []
        for pattern, role in _PATTERNS:
            spans += [(match.start(), match.end(), role) for match in pattern.finditer(text)]
        folded = f" {words_of(text)} "
        for needle, (role, also_small) in self._roles.items():
            if needle not in folded:
                continue
            for start, end in places(text, [needle]):
                if also_small or not text[start].islower():
                    article = _ARTICLE.search(text[:start])
                    spans.append((article.start() if article else start, end, role))
        return _without_overlaps(spans)

    def masked(self, text: str) -> str:
        """`text` with roles in place of names, addresses and numbers."""
        out, done = "", 0
        for start, end, role in self.found(text):
            before = out + text[done:start]
            begins = not before.strip() or before.rstrip()[-1] in ".!?\n"
            out = before + (role[0].upper() + role[1:] if begins else role)
            done = end
        return out + text[done:]


def _names_of(person: Person) -> list[str]:
    """What somebody is called: in full, by the first name and all the others, nicknames, handles, address, number."""
    words = person.name.split()
    named = [person.name, *person.nicknames, person.email, person.number, person.handle, *person.former_handles]
    named += [*person.former_names, *person.former_nicknames]
    if len(words) > 1:
        named += [words[0], *([" ".join(words[1:])] if len(words) > 2 else [])]
    return [name for name in named if name]


def _without_overlaps(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of overlapping spans the longest stays."""
    taken: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(span[1] <= start or end <= span[0] for start, end, _ in taken):
            taken.append(span)
    return sorted(taken)


def suspects(texts: Iterable[str]) -> tuple[str, ...]:
    """Words with a capital letter within a sentence: they may be names that nobody here knows."""
    lines = [line.strip() for text in texts for line in text.splitlines()]
    found = (match[0] for line in lines for match in _NAME.finditer(line) if match[0][0].isupper())
    return tuple(dict.fromkeys(found))


def card(story: Story, roster: Roster, masks: Masks) -> RolePlayCard:
    """A sticky situation as a role-play, with everybody in it as a role. To be read and corrected before use."""
    text, happened, learned, handled = (
        _sentence(masks.masked(_without_tags(wording.one_line(part), roster)))
        for part in (story.text, story.happened, story.learned, story.handled)
    )
    standards = [standard for one in story.standards if (standard := roster.standard_of(one)) is not None]
    look_for = [learned, *(standard.title for standard in standards)]
    customer = f"You are the customer. {happened or text}"
    employee = f"A customer comes to you. What you know: {text}" + (f" Last time: {handled}" if handled else "")
    texts = (text, happened, learned, handled)
    return RolePlayCard(
        title=_title(text),
        customer=customer,
        employee=employee,
        look_for=tuple(dict.fromkeys(sign for sign in look_for if sign)),
        standards=tuple(standard.tag for standard in standards),
        suspects=suspects(texts),
    )


def _without_tags(text: str, roster: Roster) -> str:
    """`text` without `#tags`, which say nothing to whoever plays it; those that nobody sorted out are still in it."""
    if "#" not in text:
        return text
    sentence, at = Sentence(), 0
    for found in Scanner(text, roster, 0).scan():
        if found.kind in ("standard", "unknown-standard"):
            sentence.words(text[at : found.start])
            sentence.hole()
            at = found.end
    sentence.words(text[at:])
    return sentence.finish()[0]


def _title(text: str) -> str:
    """The first sentence; where it is longer than `TITLE` letters, its first clauses or words, never a part of one."""
    first = _SENTENCE_END.split(text, maxsplit=1)[0].rstrip(".")
    if len(first) <= TITLE:
        return first
    clauses = [end.start() for end in _CLAUSE_END.finditer(first, TITLE // 3, TITLE + 1)]
    words = first[: clauses[-1] if clauses else max(first.rfind(" ", 0, TITLE + 1), 0) or TITLE].split()
    while len(words) > 1 and words[-1].lower() in _LEADING_ON:
        words.pop()
    return " ".join(words).rstrip(",;:–—- ")


def _sentence(text: str) -> str:
    """With a capital letter at its beginning and a full stop at its end."""
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in '.!?…)”"' else ".")
