"""What may be a person's name in another form: with the endings of its language, with what is written together with it,
run together or apart, a given name alone. Such words are listed for somebody to look at, and never replaced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from meetingtool.rules.customers.ordinary import ORDINARY
from meetingtool.rules.folding import SIGNS, fold
from meetingtool.rules.insight.stop_words import STOP_WORDS
from meetingtool.rules.keeping.whole_names import WHOLE_SYLLABLE, in_small_letters, is_unspaced, spelled
from meetingtool.rules.naming import bare_words, telling_words
from meetingtool.rules.wording import DAYS_IN_FULL, MONTHS_IN_FULL

_JOINING = re.compile("[\u0590-\u06ff]+")
"""Scripts that write and, to or the together with the name behind it: Hebrew and Arabic."""
_JOINED = "[והבכלמשوفبلكا]{1,3}"
_ETHIOPIC = re.compile("[\u1200-\u137f]{2,}")
_JOINED_IN_ETHIOPIC = "(?:የ|ለ|በ|ከ|እነ|እንደ|ስለ|ወደ|እስከ|ያለ){0,2}"
_SIGNED = re.compile("[\u0900-\u0dff]+")
_HAN, _KANA = "\u3400-\u9fff", "\u3040-\u30ff"
_FAR_EASTERN = re.compile(f"[{_HAN}{_KANA}々]{{2,8}}")
_KOREAN = re.compile("[\uac00-\ud7a3]{2,5}")
_CALLED = ("先生", "女士", "小姐", "太太", "老师", "老師", "经理", "總", "总", "姐", "哥", "さん", "様", "君", "ちゃん")
_BEFORE = "老小阿"
_RANKS = ("씨", "선생", "대리", "과장", "부장", "차장", "사장", "팀장", "주임", "실장", "이사", "사원", "매니저")
_BEGINS, _ENDS = r"(?<!\w)", r"(?!\w)"
_VOWELS = "aeiouyаеиоуыэюяьієαεηιουω"
_VOWEL = f"[{_VOWELS}]"
_LEAST = 4
"""Letters that the beginning of a name must have before any ending of it is looked for; one less where they are not
Latin. Of shorter ones only what looks like an ending is, since they begin many words."""
_SHORT_ENDING = (
    f"(?:{_VOWEL}{{1,2}}[mnsjйм]?|{_VOWEL}[mnvwlst]{{1,2}}{_VOWEL}{{0,2}}|[nlvbhrtdyj]{_VOWEL}[knlzt]?|[nmlt]{_VOWEL}?)"
)
_DROPPED = (f"{_VOWEL}+$", f"{_VOWEL}{{0,2}}[sσ]$", "(?:nen|ur|[oe]va)$")
"""What inflection takes from the end of a name before it adds its own: Mari-a, Jon-as, Mārtiņ-š, Γιώργ-ος, Virta-nen,
Guðmund-ur, Novák-ová."""
_SOFTER = {"k": "g", "t": "d", "p": "b"}
_NO_NAMES = STOP_WORDS | ORDINARY | {word.casefold() for word in (*DAYS_IN_FULL, *MONTHS_IN_FULL)}


def near_pattern(names: Iterable[str], others: Collection[str]) -> re.Pattern[str] | None:
    """What may be one of the names in another form, in folded text. others: folded words that mean somebody else."""
    forms = {form for name in names for form in _forms(_unparted(name), others)}
    if not forms:
        return None
    whole = [form for form in forms if form.startswith(_BEGINS) and form.endswith(_ENDS)]
    bare = [form.removeprefix(_BEGINS).removesuffix(_ENDS) for form in whole]
    once = f"{_BEGINS}(?:{'|'.join(sorted(bare, key=len, reverse=True))}){_ENDS}"  # looked at between words alone
    return re.compile("|".join([*([once] if whole else ()), *sorted(forms.difference(whole), key=len, reverse=True)]))


def given_pattern(names: Iterable[str], others: Collection[str]) -> re.Pattern[str] | None:
    """The parts of names in Chinese signs, kana and Korean, wherever they stand, in folded text."""
    given = {spelled(part) for name in names for part in _given(_unparted(name)) if fold(part) not in others}
    if not given:
        return None
    return re.compile("|".join(re.escape(part) + WHOLE_SYLLABLE for part in sorted(given, key=len, reverse=True)))


def run_together(name: str) -> set[str]:
    """Neighbouring words of a name without what parts them, as in addresses: `annlee`, `obrien`, `delacruz`."""
    words, telling = bare_words(fold(name)), telling_words(name)
    count = len(words)
    runs = [words[start:end] for start in range(count) for end in range(start + 1, count + 1)]
    runs = [run for run in (*runs, (words[0], words[-1])) if telling.intersection(run) or "-" in "".join(run)]
    found = {re.sub(r"\W", "", "".join(run)) for run in runs if len(run) > 1 or not run[0].isalnum()}
    halves = {half for word in words[1:] if "-" in word for half in word.split("-")}
    return {*found, *halves, *(f"{run}s" for run in found)}


def ordinary_words(written: Iterable[str]) -> set[str]:
    """Folded words that are no name: everybody's, and those that stand in small letters as often as with a capital."""
    small, capital = Counter[str](), Counter[str]()
    for word in written:
        (small if in_small_letters(word) else capital)[fold(word)] += 1
    return {word for word in {*small, *capital} if word in _NO_NAMES or small[word] >= max(1, capital[word])}


def _unparted(name: str) -> str:
    """A name in signs that are commonly written without a blank, without one."""
    whole = "".join(name.split())
    return whole if _KOREAN.fullmatch(whole) or _FAR_EASTERN.fullmatch(whole) else name


def _given(name: str) -> Iterator[str]:
    """The parts of a name that has no blank, by which one is called: behind a family name of one sign or two."""
    if _KOREAN.fullmatch(name):
        yield from (name[taken:] for taken in (1, 2) if len(name) - taken >= 2)
        return
    if not _FAR_EASTERN.fullmatch(name):
        return
    signs, _, kana = re.match(f"([{_HAN}々]*)(([{_KANA}]*).*)", name).groups()  # type: ignore[union-attr]
    parts = (signs, kana) if signs and kana else (name[1:], name[:2], name[2:])
    yield from (part for part in parts if 2 <= len(part) < len(name))


def _forms(name: str, others: Collection[str]) -> Iterator[str]:
    if _KOREAN.fullmatch(name):
        family = "|".join(fold(name[:taken]) for taken in (1, 2) if len(name) > taken + 1)
        yield rf"(?<!\w)(?:{family}) ?(?:{'|'.join(map(fold, _RANKS))})"
        return
    if _FAR_EASTERN.fullmatch(name):
        first, last = spelled(name[0]), spelled(name[-1])
        yield rf"[{_BEFORE}]{first}|阿{last}|{first}(?:{'|'.join(map(spelled, _CALLED))})"
        return
    words = [fold(word) for word in bare_words(name)]
    telling = telling_words(name)
    yield from (spelled(word) for word in bare_words(name) if is_unspaced(word) and fold(word) not in others)
    for word in (part for whole in words for part in {whole, *whole.split("-")}):
        yield from _apart(word, others)
        if (word not in telling and "-" not in name) or word in others:
            continue
        if _JOINING.fullmatch(word) and len(word) > 2:
            bare = word[2:] if word.startswith("ال") and len(word) > _LEAST else word
            yield re.escape(word) if len(word) >= _LEAST else rf"(?<!\w){_JOINED}{word}(?!\w)"
            yield rf"(?<!\w){_JOINED}{bare}(?!\w)"
        elif _SIGNED.fullmatch(word) and len(word) > 2:
            yield rf"(?<![\w{SIGNS}]){word}[\w{SIGNS}]{{0,6}}"
        elif _ETHIOPIC.fullmatch(word):
            yield rf"(?<!\w){_JOINED_IN_ETHIOPIC}{word}\w{{0,4}}"
        elif word.isalpha() and not _JOINING.match(word):
            yield from (rf"(?<!\w){form}(?!\w)" for form in _inflected(word))
            # Irish: Siobhán, a Shiobhán; Seán, a Sheáin
            if mutated := re.fullmatch("([bcdfgmpst])(h?)(.{2,}?)([^aeiou]?)", word):
                yield rf"(?<!\w){mutated[1]}{'' if mutated[2] else 'h'}{mutated[3]}i?{mutated[4]}(?!\w)"


def _apart(word: str, others: Collection[str]) -> Iterator[str]:
    """A name with an apostrophe or a Mac in it, without these or with a blank for them."""
    apart = [re.escape(part) for part in re.split(r"'|(?<=^mc)|(?<=^mac)", word) if part]
    if len(apart) > 1 and word not in others and len(word) > _LEAST:
        first = "ma?c" if apart[0] in ("mc", "mac") else apart[0]
        *middle, last = apart[1:]
        before = "[' ]?".join([first, *middle])
        yield rf"(?<!\w){before}[' ]?(?:{'|'.join(_inflected(last)) or last})(?!\w)"


def _inflected(word: str) -> Iterator[str]:
    """Patterns of the forms that a folded word of a name may have in a language that inflects."""
    stems = {word, *(re.sub(tail, "", word) for tail in _DROPPED)}
    stems |= {re.sub(rf"([^{_VOWELS}])\1({_VOWEL}*)$", r"\1", word)}  # Mikko, Mikon
    stems |= {re.sub(rf"[aeoаео]([^{_VOWELS}])$", r"\1", word)}  # Marek, Marka
    stems |= {stem[:-1] + _SOFTER[stem[-1]] for stem in stems if stem[-1:] in _SOFTER}  # Çelik, Çeliği
    for stem in sorted(stems):
        if len(stem) >= (_LEAST if word.isascii() else _LEAST - 1):
            yield rf"{re.escape(stem)}\w{{0,4}}"
        elif len(stem) == _LEAST - 1:
            yield f"{re.escape(stem)}{_SHORT_ENDING}?"
        elif len(stem) == _LEAST - 2 and len(word) == _LEAST - 1 and word[-1] in _VOWELS:
            yield rf"{re.escape(stem)}{_VOWEL}{{1,2}}[mйи]?"
