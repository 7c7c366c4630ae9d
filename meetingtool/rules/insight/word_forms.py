"""Which forms belong to one word: `refund`, `refunds`, `refunded`.

The language of a text is recognised by its everyday words. Where that fails, forms stay apart, unless nearly all texts
are written in one language. The Snowball stemmer of the language says which forms have one stem, and a list of endings
which of these are only inflected: `deliver` and `delivery` are two words, whatever their stem.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from meetingtool.rules.folding import fold
from meetingtool.rules.insight.stop_words import EVERYDAY, STOP_WORDS
from meetingtool.rules.words import words_of

LEAST_EVERYDAY = 2
"""How many everyday words identify a language."""

NEARLY_ALL = 0.8
"""The share of the texts of known language from which the others are taken for the same."""

_ENDINGS = {
    "english": "s es e ed d ing y ies ied ying",
    "german": "e en er ern es em n s nen t te ten et est st",
    "french": "s e es x al aux er ez ee ees ent ait ant",
    "spanish": "s es o a os as ar er ir ado ada ados adas ando iendo",
    "italian": "o a i e are ato ata ati ate ando",
    "portuguese": "s es o a os as ar ado ada ados adas ando",
    "dutch": "e en s t te ten de den",
}
ENDINGS: Mapping[str, frozenset[str]] = {
    language: frozenset(("", *endings.split())) for language, endings in _ENDINGS.items()
}
"""What inflection adds to what two forms have in common, folded."""

_SPOKEN_IN: dict[str, tuple[str, ...]] = {
    word: tuple(language for language in ENDINGS if word in EVERYDAY[language]) for word in STOP_WORDS
}


def language_of(text: str) -> str:
    """The language of a text by its everyday words, one of `ENDINGS`; empty where they are too few or undecided."""
    words = words_of(text).split()
    counted = Counter([language for word in words if word in _SPOKEN_IN for language in _SPOKEN_IN[word]])
    (language, most), (_, next_most) = [*counted.most_common(2), ("", 0), ("", 0)][:2]
    return language if most >= LEAST_EVERYDAY and most > next_most else ""


def words_by_form(texts: Iterable[tuple[str, Iterable[str]]], written: Mapping[str, Counter[str]]) -> dict[str, str]:
    """For each folded form in `written` the one that stands for its word: the commonest.

    texts: what the language is recognised by, each with the forms in it. written: how often each form was written in
    which way; a form that is in no text counts as one of the language of nearly all texts.
    """
    languages = _languages(texts, written)
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    heads = {form: form for form in languages}
    for form, language in languages.items():
        if language:
            alike[language, _stem(language)(written[form].most_common(1)[0][0].lower())].append(form)
    for (language, _), forms in alike.items():
        found: list[str] = []
        for form in sorted(forms, key=lambda form: (-written[form].total(), len(form), form)):
            head = next((head for head in found if _inflected(head, form, language)), None)
            if head is None:
                found.append(form)
            heads[form] = head or form
    return heads


def _languages(texts: Iterable[tuple[str, Iterable[str]]], forms: Iterable[str]) -> dict[str, str]:
    """The language of each form: that of most texts in which it stands, else that of nearly all texts."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    of_all: Counter[str] = Counter()
    for text, inside in texts:
        language = language_of(text)
        if language:
            of_all[language] += 1
            for form in inside:
                votes[form][language] += 1
    usual, number = of_all.most_common(1)[0] if of_all else ("", 0)
    if number < NEARLY_ALL * of_all.total():
        usual = ""
    return {form: votes[form].most_common(1)[0][0] if form in votes else usual for form in forms}


@cache
def _stem(language: str) -> Callable[[str], str]:
    """The stemmer of a language, which costs 13 ms to import. Its stems are never shown."""
    from snowballstemmer import stemmer

    made = stemmer(language)

    @cache
    def stem(word: str) -> str:
        return fold(made.stemWord(word))

    return stem


def _inflected(one: str, other: str, language: str) -> bool:
    """Whether two folded forms differ in nothing but endings; a letter may be doubled before these: `stopped`."""
    shared = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return all(_is_ending(form[shared:], one[shared - 1 : shared], language) for form in (one, other))


def _is_ending(rest: str, before: str, language: str) -> bool:
    endings = ENDINGS[language]
    return rest in endings or (rest[:1] == before and rest[1:2] in ("e", "i") and rest[1:] in endings)
