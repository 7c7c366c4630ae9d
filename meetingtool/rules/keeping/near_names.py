"""What may be a person's name in another form: with the endings of Slavic cases, a word written to it, run together or
apart, a given name alone. Such words are listed for somebody to look at, and never replaced."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from meetingtool.rules.folding import fold
from meetingtool.rules.naming import bare_words, telling_words

UNSPACED = "\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that write no blank after a name, as ranges for a pattern; Korean adds to it what others write apart."""
_JOINING = re.compile("[\u0590-\u06ff]")
"""Scripts that write and, to or the together with the name behind it: Hebrew and Arabic."""
_HAN = re.compile("[\u3400-\u9fff]{3,4}")
_CALLED = ("先生", "女士", "小姐", "太太", "老师", "老師", "さん", "様")
_LEAST = 4
"""Letters that the beginning of a name must have before other endings of it are looked for; Cyrillic has one less."""
_ENDINGS = "aeiouyаеиоуыэюяй"


def near_pattern(names: Iterable[str], others: Collection[str]) -> re.Pattern[str] | None:
    """What may be one of the names in another form, in folded text. others: folded words that mean somebody else."""
    forms = {form for name in names for form in _forms(name, others)}
    if not forms:
        return None
    not_theirs = "".join(rf"(?!{re.escape(other)}(?!\w))" for other in sorted(others) if _word(other))
    return re.compile(f"{not_theirs}(?:{'|'.join(sorted(forms, key=len, reverse=True))})")


def run_together(name: str) -> set[str]:
    """A name and its family name without what parts their words, as in addresses: `annlee`, `obrien`, `delacruz`."""
    first, *more = bare_words(fold(name))
    families = ["".join(more), *(more[-1].split("-") if more else ())]
    return {re.sub(r"\W", "", form) for family in families if family for form in (family, first + family)}


def _word(text: str) -> bool:
    return text.isalpha() and len(text) >= _LEAST


def _forms(name: str, others: Collection[str]) -> Iterator[str]:
    if _HAN.fullmatch(name):
        yield re.escape(name[1:])
        yield from (f"{name[0]}{called}" for called in _CALLED)
        return
    words = [fold(word) for word in bare_words(name)]
    telling = telling_words(name)
    for word in (part for whole in words for part in {whole, *whole.split("-")}):
        apart = [re.escape(part) for part in re.split(r"'|(?<=^mc)|(?<=^mac)", word) if part]
        if len(apart) > 1 and word not in others and len(word) > _LEAST:
            first = "ma?c" if apart[0] in ("mc", "mac") else apart[0]
            yield rf"(?<!\w){first}[' ]?{'[ ]?'.join(apart[1:])}(?!\w)"
        if (word not in telling and "-" not in name) or word in others or not word.isalpha():
            continue
        if _JOINING.match(word):
            if len(word) >= _LEAST:
                yield re.escape(word)
            continue
        stem = word.rstrip(_ENDINGS) if word[-1] in _ENDINGS else word
        stem = stem if len(stem) >= (_LEAST if word.isascii() else _LEAST - 1) else word
        if len(stem) >= (_LEAST if word.isascii() else _LEAST - 1):
            yield rf"(?<!\w){re.escape(stem)}\w{{0,4}}(?!\w)"
