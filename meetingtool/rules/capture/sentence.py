"""Words that stay when marks are lifted out of a line, put together so that the sentence reads well."""

from __future__ import annotations

import re

_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "„": "“", "«": "»", "‘": "’"}
_ALIKE = "\"'*"
"""Signs that close as they open; what they touch shows which it is."""
_ENDS = frozenset(")]}”»")
_LIGHT = ",;:"
_FULL = ".!?…"
_ATTACHED = re.compile(r"[.,;:!?…]+(?=\s|$)|[.,!?…]+(?=[)\]}\"'”’»])")
_BEFORE_WORD = re.compile(r"[.,;:]+(?=\w)")
_LONE = re.compile(r"(?:[,;:–—-]+(?:\s+|$))+")
_DASHES = "–—-"


class Sentence:
    """Grows from left to right out of words, literal letters and holes, where a mark was lifted.

    Only what touches a hole is tidied: blanks become one, a comma or colon that spoke to the mark goes, brackets
    around nothing go, a full stop moves to the word before. All else stays as typed.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._flags: dict[int, int] = {}
        self._hole = False
        self._fenced = False
        self._gap = ""
        self._attached = False

    @property
    def is_empty(self) -> bool:
        """Whether it has no word yet."""
        return not self._pieces

    def words(self, text: str) -> None:
        """Add words as typed."""
        if not self._hole:
            if text and (self._pieces or text.strip()):
                self._pieces.append(text if self._pieces else text.lstrip())
            return
        body = text.lstrip()
        if len(body) < len(text):
            self._widen(text[: len(text) - len(body)])
            self._attached = False
        if body:
            self._land(body)

    def literal(self, text: str) -> None:
        """Add letters that were protected; none of them counts as punctuation."""
        if self._hole:
            self._close(text, self._gap)
        else:
            self._pieces.append(text)

    def flag(self, sign: str, position: int) -> None:
        """Add a `+` or `~` that is a word, unless it turns out to be the last one. position: where it is."""
        self.literal(sign)
        self._flags[len(self._pieces) - 1] = position

    def hole(self) -> None:
        """A mark was lifted here."""
        if not self._hole:
            self._hole, self._gap, self._fenced = True, "", False
            self._trim()
        self._attached = True

    def fence(self) -> None:
        """The marks end here, or begin: what follows or went before is not theirs, not even a comma."""
        self.hole()
        self._fenced = True
        self._attached = False

    def finish(self) -> tuple[str, list[int]]:
        """The text, and the positions of the flags that turned out to be at its very end."""
        ends: list[int] = []
        while True:
            self._trim()
            if self._hole and not self._fenced and self._pieces and len(self._pieces) - 1 not in self._flags:
                self._pieces[-1] = _without_left_over(self._pieces[-1])
                self._trim()
            last = len(self._pieces) - 1
            if last not in self._flags:
                return "".join(self._pieces), ends
            ends.append(self._flags.pop(last))
            self._pieces.pop()
            self._hole, self._fenced = True, False

    def _trim(self) -> None:
        """Take blanks off the end and note them in the gap."""
        while self._pieces:
            kept = self._pieces[-1].rstrip()
            self._widen(self._pieces[-1][len(kept) :])
            if kept:
                self._pieces[-1] = kept
                return
            self._pieces.pop()

    def _widen(self, blanks: str) -> None:
        """Note blanks beside the hole: many become one; where a line ends, what begins the next stays as typed."""
        if "\n" in blanks:
            self._gap = max(self._gap, blanks[blanks.index("\n") :], key=len)
        elif blanks:
            self._gap = self._gap or " "

    def _close(self, body: str, between: str) -> None:
        """Go on with `body` behind the hole."""
        if self._pieces and between:
            self._pieces.append(between)
        self._pieces.append(body)
        self._hole = self._fenced = False

    def _land(self, body: str) -> None:
        """Join `body`, which begins with no blank, to what is before the hole."""
        if self._fenced:
            self._close(body, self._gap)
            return
        body = self._without_empty_brackets(body)
        if not self._pieces:
            body = self._at_start(body)
            if body:
                self._close(body, "")
            return
        if not body:
            return
        before = self._pieces[-1][-1]
        mark = _ATTACHED.match(body) if self._attached else None
        if mark is not None:
            self._punctuated(body, mark, before)
        elif self._attached and before in _LIGHT and body[0] in _LIGHT and (light := _BEFORE_WORD.match(body)):
            self._close(body[light.end() :], " ")
        else:
            self._close(body, "" if before in _PAIRS or body[0] in _ENDS else self._gap)

    def _without_empty_brackets(self, body: str) -> str:
        apart = bool(self._gap)
        for _ in range(3):
            if not (self._pieces and body):
                break
            opener = self._pieces[-1][-1]
            alike = opener == body[0] and opener in _ALIKE and not apart
            if not (alike or _PAIRS.get(opener) == body[0]) or len(self._pieces) - 1 in self._flags:
                break
            self._pieces[-1] = self._pieces[-1][:-1]
            self._trim()
            self._widen(" ")
            rest = body[1:]
            body = rest.lstrip()
            self._attached = len(rest) == len(body)
        return body

    def _at_start(self, body: str) -> str:
        if self._attached:
            mark = _ATTACHED.match(body) or _BEFORE_WORD.match(body)
            if mark is not None:
                body = body[mark.end() :].lstrip()
        lone = _LONE.match(body)
        return body[lone.end() :] if lone else body

    def _punctuated(self, body: str, mark: re.Match[str], before: str) -> None:
        """The mark was followed by punctuation: it goes to the word before, unless that has its own."""
        if before in _FULL or before in _PAIRS:
            rest = body[mark.end() :].lstrip()
            if rest:
                self._close(rest, "" if before in _PAIRS else " ")
            else:
                self._attached = False
            return
        self._pieces[-1] = _without_left_over(self._pieces[-1])
        self._trim()
        if self._pieces:
            self._close(body, "")
        else:
            self._land(body)


def _without_left_over(text: str) -> str:
    """`text` without the comma, colon or lone dash that led to a mark."""
    for _ in range(2):
        text = text.rstrip(_LIGHT)
        dashless = text.rstrip(_DASHES)
        if not dashless or dashless[-1].isspace():
            text = dashless.rstrip()
    return text
