"""Finding what could be marks in a line, from left to right and in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from meetingtool.records.people import Person
from meetingtool.rules.capture.amounts import amount_of
from meetingtool.rules.capture.in_full import name_in_full
from meetingtool.rules.capture.strange_names import strange_name
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import shortened

FoundKind = Literal[
    "person",
    "standard",
    "customer",
    "pledge",
    "fund",
    "flag",
    "by",
    "escape",
    "fence",
    "unknown-person",
    "unknown-standard",
]

QUOTES = {'"': '"', "“": "”“", "”": "”", "„": "“”", "«": "»", "»": "«"}
"""What opens a quoted text, and what may close it."""

_OPEN = "".join(QUOTES)
_QUOTED = {opening: rf"(?s)((?:[^\\{closing}]|\\.)*+)[{closing}]" for opening, closing in QUOTES.items()}
_IN_QUOTES = rf"\\([\\{_OPEN}])"
_TOKEN = re.compile(
    r"""
    (?P<url>(?<![^\W_])(?:https?://|ftp://|www\.|mailto:)\S+)
  | (?P<escape>\\(?:[@\#!>^+~\\]|fund:))
  | (?P<fence>(?<!\S)\\(?!\S))
  | (?P<person>@)
  | (?P<standard>\#)
  | (?P<customer>\^)
  | (?P<pledge>[!>])
  | (?P<fund>fund:)
  | (?P<flag>[+~])
  | (?P<by>(?<!\S)by(?=\s))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAME = re.compile(r"[^\W_][\w.'’-]*")
_CUSTOMER = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[^\W_][\w.&'’-]*"
_ONE_WORD = r"[^\W_](?:[\w.&'’-]*[^\W_])?"
_TITLE = r"(?i)(?:mrs?|ms|miss|mx|dr|prof|herr|frau|mme|mlle|monsieur|madame|señora?|sra?)\.?"
"""A title is no customer by itself: the name after it belongs to it."""
_SUM = re.compile(r"[^\s@#^!>~+\\]*")
_SUM_APART = (
    r"\s+[^\w\s]?\d(?:[\d.,]*\d)?(?=[.,;!?)]*(?:\s*(?:\Z|[@#^!>~+])|\s+(?:for|to|on|at|from|as|and|so|because)\b))"
)
"""A sum behind `fund:` and a blank, with nothing behind it that it could count."""
_BLANKS = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"['’]s(?!\w)|(?<=s)['’](?!\w)", re.IGNORECASE)
_GOES_ON = re.compile(r"['’](?:\w|(?<=s.)(?!\w))|[/&+|–—]\w", re.IGNORECASE)
"""What makes one word of a name and what touches it, in any language: `'s`, `'ll`, `'un`, `James'`, `@tom/driver`."""
_OWNER = re.compile(r"(?:['’]s|(?<=s)['’])\Z", re.IGNORECASE)
"""The end of the name of a customer who has what follows. Unless one of the two is known already, it is a name such as
McDonald's where no word follows."""
_FIRM = (
    r"(?:,? (?:(?:Inc|Ltd|Corp|Co|Pty|Pte)\b(?!-)\.?|(?:Incorporated|Limited|Corporation|LL[CP]|PLC|plc|GmbH|AG|KG|KGaA"
    r"|UG|S[AE]|SAS|SARL|BV|NV|Oyj?|AB|AS(?! [A-Z]{2})|A/S|ApS|SpA|S[rR][lL]|SL|L\.L\.C\.|S\.A\.|B\.V\.|N\.V\."
    r"|S\.p\.A\.|S\.r\.l\.)(?![\w-]))| (?:&|and) (?:Co\b\.?|Sons\b|Bros\b\.?))+"
)
"""What a firm is by law, which belongs to its name: `Acme, Inc.`, `Müller GmbH & Co. KG`."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f\w\s]")
CLOSING = ".,;:!?…)]}\"'”’»"
"""What may stand between the last mark and the end of a line."""

_AT_THE_END = re.compile(
    rf"(?:(?<!\S)[+~]++|(?:(?<!\+)\+)?~[+~]*+)(?=[{re.escape(CLOSING)}]*+(?:\s|\Z))|(?:(?<!\+)\+)?~[+~]*+(?=[@#^])"
)
"""Signs behind a word or a blank, with an end or a mark behind them. A `+` alone that touches a word is part of it:
`C++`, `A+`."""

_AT_THE_START = re.compile(r"(?<!\S)[+~]++(?![\d/\\.,)])")
"""Signs right before a word; `~16 people` and `+1` say how many, and `~/` is a path."""

FULL_WIDTH = {ord(letter) + 0xFEE0: letter for letter in '!"#+:>@^~'}
"""Signs as keyboards for Chinese, Japanese and Korean type them."""


class FoundMark(msgspec.Struct, frozen=True):
    """Something found at `line[start:end]`.

    text: the name, customer, sign or literal meant; of a pledge its quoted text. id: of the person or standard.
    quoted: a pledge whose words are in quotes. apart: one with a blank after its sign, which may be mere punctuation.
    possessive: a name that continues in its word, as in 's. edge: a flag that counts at the start or the end of a line
    though it touches a word or a stop.
    """

    kind: FoundKind
    start: int
    end: int
    text: str = ""
    id: str = ""
    amount: int = 0
    quoted: bool = False
    apart: bool = False
    possessive: bool = False
    edge: bool = False


def _letters(match: re.Match[str]) -> str:
    letter = match[0]
    return "a" if letter in "\u200c\u200d" or unicodedata.category(letter)[0] == "M" else letter


def shape(line: str) -> str:
    """The line, letter by letter, with accents and vowel signs that stand alone counted as letters, and with
    full-width signs as plain ones."""
    return line if line.isascii() else _NOT_ASCII.sub(_letters, line.translate(FULL_WIDTH))


class Scanner:
    """Walks through a line once. Every step moves on by what it looked at, so the work is linear.

    literal: read the line as words to be protected: all that could be read as a mark beside other words is found,
    also within quotes, and where a backslash would be taken for one that protects. is_known: whether a customer of a
    name is known.
    """

    def __init__(
        self,
        line: str,
        roster: Roster,
        digits: int,
        *,
        literal: bool = False,
        is_known: Callable[[str], bool] = lambda name: False,
    ) -> None:
        self.line = line
        self.shape = shape(line)
        self.roster = roster
        self.digits = digits
        self.literal = literal
        self.is_known = is_known
        self.found: list[FoundMark] = []
        self.no_sums: list[str] = []
        """What follows `fund:` and is not a sum of money."""
        self.no_names: list[str] = []
        """Why what may be the last name of nobody on the team is taken for a word."""
        self._glued = -1
        self._unclosed: set[str] = set()
        self._ends = {place for run in _AT_THE_END.finditer(self.shape) for place in range(*run.span())}
        self._starts = {place for run in _AT_THE_START.finditer(self.shape) for place in range(*run.span())}

    def scan(self) -> list[FoundMark]:
        """Everything found, in order and without overlaps."""
        position = 0
        while (token := _TOKEN.search(self.shape, position)) is not None:
            position = self._step(token)
        return self.found

    def _step(self, token: re.Match[str]) -> int:
        """Read one token and return where to go on."""
        kind, start, end = token.lastgroup, token.start(), token.end()
        if kind in ("escape", "fence", "by"):
            return self._word(kind, start, end)
        if kind in ("person", "standard"):
            return self._named(start)
        if kind == "customer":
            return self._customer(start)
        if kind == "pledge":
            return self._pledge(start)
        if kind == "fund":
            return self._fund(start, end)
        if kind == "flag":
            edge = start in self._ends or (start in self._starts and self._opens(start))
            if edge or (self._at_edge(start) and not self.shape[end : end + 1].strip("@#^").strip()):
                self._keep(FoundMark("flag", start, end, self.shape[start], edge=edge))
        return end

    def _opens(self, start: int) -> bool:
        """Whether nothing but marks comes before."""
        at = 0
        for found in self.found:
            if found.kind in ("escape", "pledge", "by") or any(map(str.isalnum, self.shape[at : found.start])):
                return False
            at = found.end
        return not any(map(str.isalnum, self.shape[at:start]))

    def _keep(self, found: FoundMark) -> int:
        self.found.append(found)
        if self.literal:
            return found.start + 1
        self._glued = found.end
        return found.end

    def _word(self, kind: str, start: int, end: int) -> int:
        if kind == "escape":
            self.found.append(FoundMark("escape", start, end, self.line[start + 1 : end]))
        elif kind == "fence" or not self.literal:
            self.found.append(FoundMark("by" if kind == "by" else "fence", start, end))
        return start + 1 if self.literal else end

    def _at_edge(self, start: int) -> bool:
        """Whether a word begins here: at the start, after a blank, or right behind a mark."""
        return start == self._glued or self.shape[start - 1].isspace() or start == 0

    def _is_free(self, start: int) -> bool:
        """Whether a `@` or `#` here can begin a mark: not inside a word, an address, `$#@!` or a path."""
        if self._at_edge(start):
            return True
        before = self.shape[start - 1]
        if before == "_":
            return start == 1 or self.shape[start - 2].isspace()
        if before == "/":
            return start - 1 == self._glued
        return _is_unspaced(before) or not (before.isalnum() or before in "_.@#\\%$=")

    def _named(self, start: int) -> int:
        match = _NAME.match(self.shape, start + 1)
        if match is None or not self._is_free(start):
            quotes = match is None and self.shape[start] == "@" and self._opens_quote(start + 1)
            return self._named_in_quotes(start) if quotes and self._is_free(start) else start + 1
        end = match.end()
        address = (
            self.shape[start] == "@" and self.shape[end : end + 1] == "@" and self.shape[end + 1 : end + 2].strip()
        )
        if address and not _is_unspaced(self.shape[end - 1]):
            return end + 1
        if self.shape[start] == "@" and (whole := self._in_full(start, end)) is not None:
            return whole
        name = self.line[start + 1 : end].rstrip(".'’-")
        name = name.rstrip("_") if self.shape[start - 1 : start] == "_" else name
        known = self._resolve(start, name)
        if known is not None:
            self._tell_no_name(known)
            return self._keep(known)
        if name[0].isnumeric():
            return end
        unknown = start + 1 + len(_before_possessive(name))
        self.found.append(
            FoundMark("unknown-person" if self.shape[start] == "@" else "unknown-standard", start, unknown)
        )
        return start + 1 if self.literal else unknown

    def _tell_no_name(self, found: FoundMark) -> None:
        if found.kind != "person" or found.possessive or self.literal:
            return
        end = strange_name(self.line, slice(found.start + 1, found.end), self.roster, self.is_known)
        if end is not None:
            last = self.line[found.end : end].strip()
            self.no_names.append(f"“{shortened(last, 30)}” is taken for a word behind @{found.text}.")

    def _named_in_quotes(self, start: int) -> int:
        """Read `@"Ann Moore"`: a mark where it means one person, else words."""
        if self.literal:
            return self._keep(FoundMark("unknown-person", start, start + 1))
        quoted = self._quoted(start + 1)
        meant = self.roster.person_by_handle(quoted[0]) if quoted else None
        if quoted is None or meant is None:
            return start + 1
        possessive = _GOES_ON.match(self.line, quoted[1]) is not None
        return self._keep(FoundMark("person", start, quoted[1], quoted[0].strip(), meant.id, possessive=possessive))

    def _in_full(self, start: int, end: int) -> int | None:
        """Read a name of several words, and return where to go on; where it may be of several people, it is to be
        sorted out as a whole."""
        named = name_in_full(self.line, self.shape, slice(start + 1, end), self.roster, self.is_known)
        if named is None:
            return None
        end, meant = named
        if len(meant) != 1:
            self.found.append(FoundMark("unknown-person", start, end))
            return start + 1 if self.literal else end
        possessive = _GOES_ON.match(self.line, end) is not None
        return self._keep(
            FoundMark("person", start, end, self.line[start + 1 : end], meant[0].id, possessive=possessive)
        )

    def _resolve(self, start: int, name: str) -> FoundMark | None:
        """Whom or what `name` means: as typed, without its 's, or up to the first full stop."""
        sigil = self.shape[start]
        if sigil == "#" and name.isnumeric():
            return None
        for candidate in _candidates(name, tag=sigil == "#"):
            known = self._person(candidate) if sigil == "@" else self.roster.standard(candidate)
            if known is not None:
                end = start + 1 + len(candidate)
                possessive = _GOES_ON.match(self.line, end) is not None or _is_unspaced(self.shape[end : end + 1])
                kind: FoundKind = "person" if sigil == "@" else "standard"
                return FoundMark(kind, start, end, candidate, known.id, possessive=possessive)
        return None

    def _person(self, name: str) -> Person | None:
        """Whom a mark means; `tom.ng`, `tom-ng` and `tom_ng` are also Tom Ng, by both names."""
        found = self.roster.person_by_handle(name)
        words = re.split(r"[._-]+", name.strip("._-"))
        if found or len(words) == 1 or (len(words[-1]) == 1 and "." not in name):
            return found
        return self.roster.person_by_handle(" ".join(words))

    def _customer(self, start: int) -> int:
        if not (self._at_edge(start) or self.shape[start - 1] in '([{“„«"'):
            return start + 1
        if self.literal and self._opens_quote(start + 1):
            return self._keep(FoundMark("customer", start, start + 1))
        quoted = self._quoted(start + 1)
        if quoted is not None:
            name, end = " ".join(quoted[0].split()), quoted[1]
            possessive = _POSSESSIVE.match(self.line, end) is not None
            return self._keep(FoundMark("customer", start, end, name, possessive=possessive)) if name else start + 1
        match = re.compile(_CUSTOMER).match(self.shape, start + 1)
        if match is None or self.shape[match.end() : match.end() + 1] == "^":
            return start + 1
        end = match.end()
        behind = re.compile(_CUSTOMER).match(self.shape, end + 1) if self.shape[end : end + 1] == " " else None
        if is_title(match[0]) and behind is not None and self.line[behind.start()].isupper():
            end = behind.end()
        if firm := re.compile(_FIRM).match(self.line, end):
            name, possessive = self.line[start + 1 : firm.end()], _POSSESSIVE.match(self.line, firm.end()) is not None
            return self._keep(FoundMark("customer", start, firm.end(), name, possessive=possessive))
        owner = self._owner(start + 1, end)
        name = self.line[start + 1 : owner or end].rstrip(".'’&-+")
        found = FoundMark("customer", start, start + 1 + len(name), name, possessive=owner is not None)
        return self._keep(found) if name else start + 1

    def _owner(self, start: int, end: int) -> int | None:
        """Where the name of a customer ends who has what follows; None for a name that only looks so."""
        word = self.line[start:end].rstrip(".")
        owned = _OWNER.search(word)
        if owned is None:
            return None
        known = self.is_known(word[: owned.start()])
        if known != self.is_known(word):
            has = known
        else:
            behind = self.line[end:]
            has = word == self.line[start:end] and behind[:1].isspace() and behind.lstrip()[:1].isalnum()
        return start + owned.start() if has else None

    def _pledge(self, start: int) -> int:
        if not self._at_edge(start):
            return start + 1
        if self.literal and self._opens_quote(start + 1):
            return self._keep(FoundMark("pledge", start, start + 1))
        quoted = self._quoted(start + 1)
        if quoted is not None:
            text, end = quoted[0].strip(), quoted[1]
            return self._keep(FoundMark("pledge", start, end, text, quoted=True)) if text else start + 1
        words = start + 2 if self._opens_quote(start + 1) else start + 1
        blanks = _BLANKS.match(self.shape, words)
        apart = blanks is not None
        at = blanks.end() if blanks else words
        begins = self.shape[at : at + 1]
        if not (begins.isalnum() or begins in ("@", "^")) or (self.shape[start] == ">" and begins.isnumeric()):
            return start + 1
        self.found.append(FoundMark("pledge", start, words, apart=apart))
        return start + 1 if self.literal else words

    def _fund(self, start: int, end: int) -> int:
        if not (self._at_edge(start) or self.shape[start - 1] == "("):
            return end
        behind = _SUM.match(self.shape, end)
        assert behind is not None
        amount = amount_of(self.line[end : behind.end()], self.digits)
        if amount is not None:
            return self._keep(FoundMark("fund", start, end + amount[1], amount=amount[0]))
        if not self.literal and any(map(str.isalnum, behind[0])):
            self.no_sums.append(self.line[start : behind.end()])
        elif not self.literal and not behind[0] and (apart := re.compile(_SUM_APART).match(self.shape, end)):
            self.no_sums.append(self.line[start : apart.end()])
        return start + 1 if self.literal else behind.end()

    def _opens_quote(self, start: int) -> bool:
        return self.shape[start : start + 1] in QUOTES

    def _quoted(self, start: int) -> tuple[str, int] | None:
        """The text in quotes that begins at `start`, and where it ends; None when there is none or it never closes.

        An unclosed quote is remembered, so that the rest of the line is searched for its end only once.
        """
        opening = self.shape[start : start + 1]
        if opening not in QUOTES or opening in self._unclosed:
            return None
        match = re.compile(_QUOTED[opening]).match(self.shape, start + 1)
        if match is None:
            self._unclosed.add(opening)
            return None
        return re.sub(_IN_QUOTES, r"\1", self.line[match.start(1) : match.end(1)]), match.end()


def is_one_word(name: str, behind: str = "") -> bool:
    """Whether a customer's name needs no quotes. behind: the words that follow it."""
    word = re.fullmatch(_ONE_WORD, name) is not None and not is_title(name) and _OWNER.search(name) is None
    return word and re.match(_FIRM, f" {behind}") is None


def is_title(name: str) -> bool:
    """Whether it is a title such as `Mrs`, behind which a name is to be expected."""
    return re.fullmatch(_TITLE, name) is not None


def _candidates(name: str, *, tag: bool) -> Iterator[str]:
    """As typed, without its 's, and up to an apostrophe, several full stops or a letter of a script without blanks.

    tag: also up to a single full stop; `@tom.ng` is somebody of that name, or nobody yet.
    """
    yield name
    yield _before_possessive(name)
    yield re.split(r"[.'’]" if tag else r"['’]|\.{2,}", name, maxsplit=1)[0]
    unspaced = next((place for place, letter in enumerate(name) if _is_unspaced(letter)), 0)
    if unspaced and name[0].isascii():
        yield name[:unspaced]


def _is_unspaced(letter: str) -> bool:
    """Whether it is a letter of a script without blanks between words, such as Chinese."""
    return letter > "\u0e00" and unicodedata.category(letter) == "Lo"


def _before_possessive(name: str) -> str:
    return re.sub(r"['’]s?$", "", name, flags=re.IGNORECASE)
