"""Who of the team is named in comments of customers: questions for a person to decide, never a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

import msgspec

from meetingtool.records.mentions import Tier
from meetingtool.records.people import Person
from meetingtool.rules.customers.close import SHORTEST, close_index, close_to
from meetingtool.rules.customers.ordinary import NO_NAME_BEFORE, ORDINARY
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import first_name

SUGGESTED: tuple[Tier, ...] = ("column", "full-name", "titled", "unique")
"""Tiers that are suggested; the others are only asked about."""
_ORDER: tuple[Tier, ...] = (*SUGGESTED, "shared", "ordinary", "close", "unlisted")

WORD = re.compile(r"\w+")
ENDS_SENTENCE = re.compile(r"[.!?…:\n\r\"“”«»•()\[\]]|\s[-–—]\s")
_TITLES = frozenset(
    {
        *("mr", "ms", "mrs", "miss", "mister", "dr", "doctor", "nurse", "herr", "frau", "madame", "monsieur", "mme"),
        *("senor", "senora", "sra", "sr", "signor", "signora", "mevrouw", "meneer", "dhr", "mevr", "sir", "madam"),
    }
)
_FEW_LETTERS = 2
"""Names this short only count with a capital."""
_OFTEN = 5
"""A name on nobody's list is reported once it is in this many comments."""
_BEFORE_NAMES = frozenset(
    {
        *(
            "thank",
            "thanks",
            "to",
            "by",
            "with",
            "named",
            "called",
            "nurse",
            "dr",
            "mr",
            "ms",
            "mrs",
            "miss",
            "therapist",
        ),
        *(
            "therapist",
            "receptionist",
            "doctor",
            "staff",
            "waiter",
            "waitress",
            "and",
            "lady",
            "gentleman",
            "ask",
            "asked",
            "mit",
        ),
        *(
            "von",
            "danke",
            "herr",
            "frau",
            "merci",
            "avec",
            "par",
            "gracias",
            "con",
            "por",
            "guide",
            "driver",
            "manager",
        ),
    }
)
_AFTER_NAMES = frozenset(
    {
        *(
            "was",
            "is",
            "helped",
            "did",
            "took",
            "explained",
            "gave",
            "has",
            "went",
            "who",
            "s",
            "and",
            "really",
            "made",
        ),
        *("war", "hat", "est", "etait", "a", "fue", "era", "ha", "always", "showed", "told", "said", "answered"),
    }
)
_NO_NAMES = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"),
        *("july", "september", "october", "november", "december", "google", "facebook", "trustpilot", "amazon", "i"),
        *("he", "she", "they", "we", "you", "who", "nobody", "someone", "somebody", "everybody", "everyone", "staff"),
        *("english", "german", "french", "spanish", "covid", "internet", "wifi", "tv", "pm", "am", "usa", "uk", "eu"),
    }
)


class Hit(msgspec.Struct, frozen=True):
    """One person named in one comment. words: as found. others: who else could be meant; person is empty then."""

    row: int
    words: str
    tier: Tier
    person: str = ""
    others: tuple[str, ...] = ()


class Unlisted(msgspec.Struct, frozen=True):
    """A name that stands in comments and is nobody's on the team."""

    words: str
    count: int


class NamesFound(msgspec.Struct, frozen=True):
    """What comments name, in their order, and names on nobody's list, the most frequent first."""

    hits: tuple[Hit, ...]
    unlisted: tuple[Unlisted, ...]


class _Name(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    tier: Tier
    people: tuple[Person, ...]


class _Comment:
    """A comment in words: as they stand there, and folded. Their positions are looked up only when needed."""

    __slots__ = ("_places", "day", "plain", "row", "text", "words")

    def __init__(self, row: int, text: str, words: list[str], plain: list[str], day: date | None) -> None:
        self.row, self.text, self.words, self.plain, self.day = row, text, words, plain, day
        self._places: tuple[list[tuple[int, int]], set[int]] | None = None

    def starts(self, at: int) -> bool:
        """Whether a sentence begins with the word of that number."""
        return at == 0 or at in self._looked_up()[1]

    def said(self, first: int, end: int) -> str:
        """The words from `first` to before `end`, as they stand in the text."""
        if end == first + 1:
            return self.words[first]
        spans = self._looked_up()[0]
        return self.text[spans[first][0] : spans[end - 1][1]]

    def _looked_up(self) -> tuple[list[tuple[int, int]], set[int]]:
        if self._places is None:
            spans = [match.span() for match in WORD.finditer(self.text)]
            starts = {
                number
                for number in range(1, len(spans))
                if ENDS_SENTENCE.search(self.text, spans[number - 1][1], spans[number][0])
            }
            self._places = spans, starts
        return self._places


def find_names(comments: Sequence[str], people: Iterable[Person], days: Sequence[date] = ()) -> NamesFound:
    """Every person that a comment names, once per comment, by the surest tier. days: of each comment; of several people
    with one name, those who were on the team then count.
    """
    return _Search(list(people)).through(comments, days)


class _Search:
    def __init__(self, people: list[Person]) -> None:
        self.names: dict[str, list[_Name]] = {}
        self.surnames: dict[str, list[_Name]] = {}
        self.first: dict[str, set[str]] = {}
        self.initials: dict[str, str] = {}
        called: dict[tuple[str, ...], list[Person]] = {}
        families: dict[tuple[str, ...], list[Person]] = {}
        full: dict[tuple[str, ...], list[Person]] = {}
        for person in people:
            words = _words(person.name)
            self.initials[person.id] = words[-1][0] if len(words) > 1 else ""
            for name in {first_name(person.name), *person.nicknames}:
                called.setdefault(_words(name), []).append(person)
            if len(words) > 1:
                full.setdefault(words, []).append(person)
                families.setdefault(words[len(_words(first_name(person.name))) :], []).append(person)
                families.setdefault(words[-1:], []).append(person)
        for words, owners in called.items():
            if words:
                self._add(self.names, words, _tier_of(words, owners), owners)
        for words, owners in full.items():
            self._add(self.names, words, "full-name" if len(owners) == 1 else "shared", owners)
        for words, owners in families.items():
            unique = list(dict.fromkeys(owners))
            self._add(self.surnames, words, "titled" if len(unique) == 1 else "shared", unique)
        self.index = close_index(words[0] for words in called if len(words) == 1 and words[0] not in ORDINARY)
        self.owners = called
        self.near: dict[str, set[str]] = {}
        self.often: set[str] = set()

    @staticmethod
    def _add(names: dict[str, list[_Name]], words: tuple[str, ...], tier: Tier, owners: Sequence[Person]) -> None:
        entry = names.setdefault(words[0], [])
        entry.append(_Name(words, tier, tuple(owners)))
        entry.sort(key=lambda name: -len(name.words))

    def through(self, comments: Sequence[str], days: Sequence[date]) -> NamesFound:
        """All comments; every different word is folded and looked up once."""
        spoken = [WORD.findall(comment) for comment in comments]
        counts = Counter(chain.from_iterable(spoken))
        folded = {word: fold(word) for word in counts}
        lower: Counter[str] = Counter()
        for word, times in counts.items():
            if word[0].islower():
                lower[folded[word]] += times
        known = {*self.names, *(f"{name}s" for name in self.names)}
        self.near = self._near(counts, folded, lower, known)
        self.often = {name for name in self.names if lower[name] >= 20 and lower[name] > 5 * counts[name.capitalize()]}
        triggers = {word for word, plain in folded.items() if plain in known or plain in _TITLES or word in self.near}
        hits: list[Hit] = []
        for row, words in enumerate(spoken):
            if not triggers.isdisjoint(words):
                plain = [folded[word] for word in words]
                comment = _Comment(row, comments[row], words, plain, days[row] if days else None)
                hits += self._in(comment, [at for at, word in enumerate(words) if word in triggers])
        return NamesFound(tuple(hits), tuple(self._unlisted(spoken, counts, folded, lower, known)))

    def _near(
        self, counts: Counter[str], folded: dict[str, str], lower: Counter[str], known: set[str]
    ) -> dict[str, set[str]]:
        """Capitalised words one letter away from a name, which the comments do not use as words of their own."""
        near = {}
        for word in counts:
            plain = folded[word]
            if len(plain) < SHORTEST or not _is_name_like(word) or plain in known or lower[plain] >= 2:
                continue
            names = close_to(plain, self.index) or close_to(plain.removesuffix("s"), self.index)
            if names and plain not in ORDINARY:
                near[word] = names
        return near

    def _in(self, comment: _Comment, places: Sequence[int]) -> Iterable[Hit]:
        """What is named in a comment. places: the numbers of the words with which a name can begin."""
        if len(places) == 1:
            hit, _ = self._at(comment, places[0])
            return () if hit is None else (hit,)
        best: dict[str, Hit] = {}
        end = 0
        for at in places:
            if at < end:
                continue
            hit, length = self._at(comment, at)
            if hit is not None:
                end = at + length
                key = hit.person or " ".join(hit.others)
                if key not in best or _ORDER.index(hit.tier) < _ORDER.index(best[key].tier):
                    best[key] = hit
        certain = {hit.person for hit in best.values() if hit.person}
        return [hit for hit in best.values() if hit.person or certain.isdisjoint(hit.others)]

    def _at(self, comment: _Comment, at: int) -> tuple[Hit | None, int]:
        """What is named from a word on, and how many words that takes."""
        word, plain = comment.words[at], comment.plain
        if plain[at] in _TITLES and at + 1 < len(plain) and comment.words[at + 1][0].isupper():
            name = _matching(self.surnames, plain, at + 1)
            if name is not None:
                return self._hit(comment, name, at + 1, at), len(name.words) + 1
        name = _matching(self.names, plain, at)
        if name is None:
            return self._close(comment, at), 1
        if len(name.words) == 1 and (name.tier == "ordinary" or plain[at] in self.often):
            follows = plain[at + 1] if at + 1 < len(plain) else ""
            if not _is_name_like(word) or (follows in NO_NAME_BEFORE and comment.starts(at)):
                return None, 1
            name = _Name(name.words, "ordinary", name.people)
        elif len(name.words) == 1 and len(plain[at]) <= _FEW_LETTERS and not word[0].isupper():
            return None, 1
        return self._hit(comment, name, at, at), len(name.words)

    def _hit(self, comment: _Comment, name: _Name, at: int, start: int) -> Hit:
        """start: the number of the word with which it begins, such as a title before the name."""
        people = _then(name.people, comment.day)
        end = at + len(name.words)
        after = comment.plain[end] if end < len(comment.plain) else ""
        if len(people) > 1 and len(after) == 1:
            people = [one for one in people if self.initials[one.id] == after] or people
        said = comment.said(start, end)
        if len(people) == 1:
            return Hit(comment.row, said, "unique" if name.tier == "shared" else name.tier, people[0].id)
        tier: Tier = "ordinary" if name.tier == "ordinary" else "shared"
        return Hit(comment.row, said, tier, "", tuple(one.id for one in people))

    def _close(self, comment: _Comment, at: int) -> Hit | None:
        word = comment.words[at]
        if word not in self.near or comment.starts(at):
            return None
        owners = {one.id: one for name in self.near[word] for one in self.owners[(name,)]}
        people = _then(tuple(owners.values()), comment.day)
        if len(people) == 1:
            return Hit(comment.row, word, "close", people[0].id)
        return Hit(comment.row, word, "close", "", tuple(one.id for one in people))

    def _unlisted(
        self,
        spoken: list[list[str]],
        counts: Counter[str],
        folded: dict[str, str],
        lower: Counter[str],
        known: set[str],
    ) -> list[Unlisted]:
        """Words with a capital that are hardly ever written without one and appear where names do."""
        surnames = {word for names in self.surnames.values() for name in names for word in name.words}
        likely = {
            word
            for word, times in counts.items()
            if times >= _OFTEN
            and len(word) > _FEW_LETTERS
            and _is_name_like(word)
            and word not in self.near
            and not ({plain := folded[word]} & (known | surnames | _NO_NAMES | ORDINARY))
            and 10 * lower[plain] <= times
        }
        named: Counter[str] = Counter()
        seen: Counter[str] = Counter()
        for words in spoken:
            for word in likely.intersection(words):
                at = words.index(word)
                before = folded[words[at - 1]] if at else ""
                after = folded[words[at + 1]] if at + 1 < len(words) else ""
                seen[word] += 1
                named[word] += before in _BEFORE_NAMES or after in _AFTER_NAMES
        told = [Unlisted(word, times) for word, times in seen.items() if times >= _OFTEN and named[word] >= 0.4 * times]
        return sorted(told, key=lambda one: (-one.count, one.words))[:20]


def _tier_of(words: tuple[str, ...], owners: Sequence[Person]) -> Tier:
    if len(words) == 1 and words[0] in ORDINARY:
        return "ordinary"
    return "unique" if len(owners) == 1 else "shared"


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in WORD.findall(name))


def _then(people: Sequence[Person], day: date | None) -> list[Person]:
    """Those who were on the team on the day; everybody where nobody was."""
    there = [one for one in people if day is not None and one.on_team(day)] if len(people) > 1 else []
    return there or list(people)


def _matching(names: dict[str, list[_Name]], plain: list[str], at: int) -> _Name | None:
    """The longest name there, with or without an s at its end."""
    word = plain[at]
    for name in chain(names.get(word, ()), names.get(word[:-1], ()) if word.endswith("s") else ()):
        length = len(name.words)
        there = plain[at : at + length]
        if len(there) == length and there[:-1] == list(name.words[:-1]):
            last = name.words[-1]
            if there[-1] == last or there[-1] == f"{last}s":
                return name
    return None


def _is_name_like(word: str) -> bool:
    return word[0].isupper() and not (len(word) > 1 and word.isupper()) and not any(map(str.isdigit, word))
