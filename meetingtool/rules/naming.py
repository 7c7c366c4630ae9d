"""The words of a person's name: by which of them somebody is called, and which are titles, degrees and suffixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from meetingtool.rules.folding import SIGNS, fold

_TITLES = frozenset(
    {
        *("dr", "drs", "dra", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame"),
        *("md", "mohd", "muhd", "frau", "herr", "sr", "sra", "srta", "mme", "mlle", "rev", "engr", "atty"),
        *("capt", "sgt", "lt", "shri", "smt", "datuk", "dato", "mtro", "mtra", "lic", "arq", "dhr", "mevr"),
        *("dott", "dottore", "sig", "signor", "signora", "monsieur", "madame", "mademoiselle", "senor", "senora"),
        *("senorita", "pani", "fru", "froken"),
    }
)
"""Not first names, although they begin a name; `Md.` is short for Mohammed, which comes before the name one is called
by.
"""
_TITLES_WITH_A_POINT = frozenset(
    {
        *("hr", "fr", "ing", "mag", "dipl", "kfm", "inf", "adv", "er", "hon", "col", "maj", "gen", "eng", "cpt"),
        *("pr", "h", "c", "rer", "nat", "med", "phil", "univ", "habil", "mult", "jur", "pd", "ssa", "ra", "na"),
        *("mgr", "bc", "inz", "mudr", "judr", "phdr", "rndr", "mvdr", "paeddr", "insp", "ks"),
    }
)
"""The same, but only with a full stop or a hyphen: without one they are real names."""
_SUFFIXES = frozenset(
    {
        *("jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "bsc", "cpa", "esq", "rn", "dds", "jd"),
        *("llm", "llb", "mph", "edd", "dphil", "bcom", "beng", "meng", "bsn", "msn", "lpn", "pmp", "cfa", "mag"),
    }
)
_SUFFIXES_IN_CAPITALS = frozenset({"ma", "ba", "bs", "ms", "np", "pt", "do", "dvm", "obe", "mbe", "aca", "fca"})
"""The same, but only in capitals behind a comma or with full stops: otherwise they are real names."""
PARTICLES = frozenset(
    {
        *("de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "les", "van", "von", "der", "den"),
        *("ter", "ten", "bin", "binti", "ibn", "al", "el", "abu", "y", "und", "zu", "af", "av", "san", "st"),
    }
)
"""Words that many names have: two people who share one share nothing."""
_SHORTENED = re.compile(r"[^\W\d_]\.?|[^\W\d_]{2,5}\.")
_TITLE_AND_NAME = re.compile(r"(\w+\.)(?=[^\W\d_]{2})")


def is_title(word: str) -> bool:
    """Whether a word at the start of a name isn't part of it: `Dr.`, `Frau`, `Dipl.-Ing.`"""
    parts = [part for part in re.split(r"[.\-]", fold(word)) if part]
    pointed = "." in word
    return bool(parts) and all(part in _TITLES or (pointed and part in _TITLES_WITH_A_POINT) for part in parts)


def is_suffix(word: str, *, apart: bool = False) -> bool:
    """Whether a word at the end of a name isn't part of it: `Jr.`, `PhD`. apart: a comma comes before it."""
    bare = fold(word).replace(".", "").strip(",")
    if bare in _SUFFIXES:
        return True
    return bare in _SUFFIXES_IN_CAPITALS and ("." in word.rstrip(",.") or (apart and word.isupper()))


@lru_cache(maxsize=4096)  # a roster asks ten times for each of its people, and is made more than once
def bare_words(name: str) -> tuple[str, ...]:
    """The words of a name without titles before them and suffixes after; all, if nothing else is left."""
    words = _parted(name)
    start, end = 0, len(words)
    while start < end and is_title(words[start]):
        start += 1
    while end - start > 1 and is_suffix(words[end - 1], apart=words[end - 2].endswith(",")):
        end -= 1
    return tuple(word.rstrip(",") or word for word in words[start:end]) or tuple(words)


def _parted(name: str) -> list[str]:
    """The words of a name, with a title right before another word as one of its own."""
    found: list[str] = []
    for word in name.split():
        while (match := _TITLE_AND_NAME.match(word)) and is_title(match[1]) and not is_title(word):
            found.append(match[1])
            word = word[match.end() :]
        found.append(word)
    return found


@lru_cache(maxsize=4096)
def first_name(name: str) -> str:
    """What a person is called by: the first word that isn't a title; with the title where it is the only one."""
    bare = bare_words(name)
    if not bare:
        return name
    words = _parted(name)
    if len(bare) == 1 and is_title(words[0]) and len(words) > 1:
        return f"{words[0]} {bare[0]}"
    return called_by(name)


def called_by(name: str) -> str:
    """The word of a name by which one calls a person: the first, or the second of three behind a lone initial or a
    word that is cut short by a full stop.
    """
    first, *rest = bare_words(name) or (name,)
    return rest[0] if len(rest) > 1 and _SHORTENED.fullmatch(first) and not _SHORTENED.fullmatch(rest[0]) else first


def surname(name: str) -> str:
    """The last word of a name of several, without suffixes; empty for a name of one word."""
    bare = bare_words(name)
    return bare[-1] if len(bare) > 1 else ""


def with_initial(name: str) -> str:
    """`Maria L.`; a name of one word as it is."""
    last = surname(name)
    return f"{first_name(name)} {last[0]}." if last else name


def with_telling_word(name: str, words: Mapping[str, int]) -> str:
    """`Maria Lopez` among others called Maria L.: the first name with the last of the words that none of them has; the
    name as it is, if there is none.

    words: how many of them all have each word, folded.
    """
    own = [word for word in bare_words(name) if words[fold(word)] == 1]
    return f"{first_name(name)} {own[-1]}" if own else name


def spoken(name: str) -> set[str]:
    """The names that a person of this name goes by: in full, without titles and suffixes, and the first name."""
    return {name, " ".join(bare_words(name)), first_name(name)} - {""}


def name_key(name: str) -> str:
    """A name for comparing, blind to case, accents, blanks, titles and suffixes."""
    folded = fold(" ".join(bare_words(name)))  # which turns an accent that stands alone into a blank
    return " ".join(bare_words(folded))


def name_letters(name: str) -> str:
    """The letters alone of a name for comparing: those of `O'Bryan`, `OBryan` and `O Bryan` are the same."""
    return "".join(filter(str.isalnum, name_key(name)))


def telling_words(name: str) -> set[str]:
    """The folded words of a name that can show that two names are of one person: no titles, initials and particles."""
    words = {word for word in re.split(rf"[^\w'’{SIGNS}]+", name_key(name)) if word}
    telling = {word for word in words if (len(word) > 1 or not word.isascii()) and word not in PARTICLES}
    return telling or words


def letters(text: str) -> str:
    """The folded letters and digits of a text alone: `oneil` of O'Neil."""
    folded = fold(text)
    return folded if folded.isalnum() else "".join(letter for letter in folded if letter.isalnum())


@lru_cache(maxsize=4096)
def called_in_full(name: str, others: tuple[str, ...]) -> frozenset[str]:
    """By which two words and more somebody is called, each as its `letters`: any name but the last with all that may be
    the last name, a word of it or its initial: `maria nowak`, `maria n`.

    others: nicknames and handles, which are first names as well.
    """
    words = bare_words(name)
    called = {_spaced(other.split()) for other in others if " " in other}
    for place, first in [*enumerate(words), *((0, other) for other in others)]:
        behind = words[place + 1 :]
        last = {_spaced(behind[start:]) for start in range(len(behind))}
        for word in behind:
            if telling_words(word) - PARTICLES and len(letters(word)) > 1:
                last |= {letters(word)[0], letters(word)}
        called |= {f"{_spaced(first.split())} {each}" for each in last if letters(first) and each}
    return frozenset(called)


def _spaced(words: Iterable[str]) -> str:
    return " ".join(filter(None, map(letters, words)))


def said_together(called: str) -> str:
    """A name of `called_in_full` as one word, for those who part it otherwise: Mac Donald, MacDonald; empty for one
    that ends in an initial."""
    return called.replace(" ", "") if called[-2:-1] != " " else ""


def number_key(number: str) -> str:
    """An employee number without leading zeros, which one program writes and another leaves out."""
    return (number.lstrip("0") or "0") if number.isdecimal() else fold(number)
