"""Answers in words: which pole they lean to and how far, in the languages that surveys are written in.

No label has a value of its own: "Very satisfied" is the fifth step of one scale and the fourth of another. The value
comes from the set of labels in a column.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import msgspec

from meetingtool.rules.folding import fold

_POLES: dict[str, tuple[str, str]] = {
    "satisfied": (
        r"satisfied|pleased|zufrieden|satisfaite?s?|satisfech[oa]s?|satisfeit[oa]s?|soddisfatt[oaie]|tevreden|"
        r"nojda?|tilfreds|fornoyd|zadowolon[ay]|tyytyvainen",
        r"(?:dis|un|in)satisfied|unzufrieden|insatisfaite?s?|mecontente?s?|insatisfech[oa]s?|insatisfeit[oa]s?|"
        r"insoddisfatt[oaie]|ontevreden|missnojda?|utilfreds|misfornoyd|niezadowolon[ay]|tyytymaton",
    ),
    "happy": (r"happy|glucklich|frohlich|contente?s?|feli[zc]\w*", r"unhappy|unglucklich|infeli[zc]\w*|angry|upset"),
    "likely": (r"likely|wahrscheinlich|probables?|provavel|probabile", r"unlikely|unwahrscheinlich|improbables?"),
    "agree": (
        r"agree|stimme zu|stimme (?:\w+ )*zu|zustimm\w*|trifft (?:\w+ )*zu|d'?accord|de acuerdo|concordo|eens|"
        r"acuerdo",
        r"disagree|stimme (?:\w+ )*nicht zu|trifft (?:\w+ )*nicht zu|lehne (?:\w+ )*ab|pas d'?accord|"
        r"(?:en )?desacuerdo|discordo|oneens",
    ),
    "easy": (
        r"easy|simple|einfach|leicht|faciles?|facil|gemakkelijk|makkelijk",
        r"difficult|hard|uneasy|schwer|schwierig|kompliziert|difficiles?|dificil|moeilijk",
    ),
    "helpful": (r"helpful|hilfreich|utiles?|util", r"unhelpful|nicht hilfreich|inutiles?"),
    "friendly": (r"friendly|polite|freundlich|aimables?|amables?|vriendelijk", r"unfriendly|rude|unfreundlich|impoli"),
    "expected": (
        r"exceed\w*|(?:far |much )?better|above|ubertroffen|depasse\w*|supero|superado",
        r"worse|below|(?:fell|fall\w*) short|unter den|nicht erfullt|en dessous|por debajo|did not meet",
    ),
    "quality": (
        r"excellent|outstanding|exceptional|superb|amazing|fantastic|awesome|wonderful|brilliant|great|good|well|gut|"
        r"ausgezeichnet|hervorragend|exzellent|"
        r"bon(?:ne)?|bien|excellente?|parfaite?|buen[oa]?|excelente|otimo|bom|boa|ottimo|buono|goed|uitstekend",
        r"poor|bad|badly|terrible|awful|horrible|schlecht|mangelhaft|ungenugend|mauvaise?s?|mal|mala|malo|nul|"
        r"pesim[oa]|terribile|ruim|pessim[oa]|slecht",
    ),
}
_FAMILIES = {
    family: (re.compile(rf"\b(?:{up})\b"), re.compile(rf"\b(?:{down})\b")) for family, (up, down) in _POLES.items()
}
_BOTTOM = re.compile(
    r"\bnot at all\b|\bgar nicht\b|\buberhaupt nicht\b|\bpas du tout\b|\bpara nada\b|\bper niente\b|"
    r"\bhelemaal niet\b|"
    r"\bnada\b|\bde modo algum\b"
)
_HARDLY = re.compile(
    r"\bnot (?:very|so|too|that|really)\b|\bnicht (?:sehr|so|besonders)\b|\bweniger\b|\bkaum\b|\bpas (?:tres|si)\b|"
    r"\bpeu\b|\bpoco\b|\bpouco\b|\bno muy\b|\bniet (?:zo|erg)\b"
)
_NEGATION = re.compile(r"\b(?:not|no|nicht|non|pas|nao|niet|never)\b")
_EXTREME = re.compile(
    r"\b(?:extremely|completely|totally|absolutely|entirely|fully|perfectly|ausserst|vollkommen|vollig|vollstandig|"
    r"voll und ganz|voll|absolut|extrem|tout a fait|totalement|entierement|extremement|totalmente|completamente|"
    r"extremadamente|extremamente|estremamente|volledig|uiterst|excellent|outstanding|exceptional|superb|amazing|"
    r"fantastic|awesome|wonderful|brilliant|"
    r"ausgezeichnet|hervorragend|exzellent|excellente?|parfaite?|excelente|otimo|ottimo|uitstekend|terrible|awful|"
    r"horrible|pesim[oa]|pessim[oa]|terribile|nul|ungenugend)\b"
)
_VERY = re.compile(
    r"\b(?:very|far|much|weit|greatly|highly|strongly|really|sehr|tres|muy|molto|muito|zeer|erg|mycket|meget|"
    r"svaert|veldig|"
    r"bardzo|erittain|stark|fortement|plenamente|fuertemente|great)\b"
)
_RATHER = r"rather|eher|plutot|mas bien|piuttosto"
"""Words that stand on both sides of a scale, and never on one from "not at all" up."""
_RATHERS = re.compile(rf"\b(?:{_RATHER})\b")
_RATHER_NOT = re.compile(rf"\b(?:{_RATHER}) (?:not|nicht|pas|peu|no|non|poco|weniger)\b")
_SOME = re.compile(
    r"\b(?:somewhat|moderately|partly|partially|teilweise|ziemlich|massig|"
    r"assez|moyennement|algo|bastante|parcialmente|abbastanza|tamelijk|redelijk|enigszins)\b"
)
_MOST = re.compile(r"\b(?:mostly|largely|fairly|quite|uberwiegend|weitgehend|grosstenteils|en grande partie)\b")
"""Means more than "somewhat" where a scale has both, else the same."""
_SLIGHT = re.compile(r"\b(?:slightly|a little|a bit|ein wenig|etwas|un peu|un poco|ligeramente|um pouco|een beetje)\b")
_NEITHER = re.compile(
    r"\bneither\b|\bweder\b|\bni\b.*\bni\b|\bnem\b.*\bnem\b|\bteils\b.*\bteils\b|\bne\b.*\bne\b|"
    r"\bh?ver(?:ken)\b|\bvarken\b|\bani\b.*\bani\b"
)
_MIDDLE = re.compile(
    r"\b(?:neutral\w*|neutre|neutro|neutraal|noch|indifferente?|indiferente|undecided|unsure|mixed|"
    r"unentschieden|so-so|so so|ok|okay|average|fair|acceptable|adequate|mittel\w*|durchschnittlich|"
    r"(?:as|met|meets|matched) (?:my |our )?expect\w*|wie erwartet|comme (?:prevu|attendu)|como se esperaba|"
    r"befriedigend|ausreichend|moyen(?:ne)?|correcte?|passable|regular|aceptable|sufficiente|matig|voldoende|medio)\b"
)
_NO_ANSWER = re.compile(
    r"(?:n\s*[/.]?\s*a\.?|n/?d|k\.?\s*a\.?|ns\s*/\s*nc|n\.v\.t\.?|ras|[-–—.?]+|none|null|nan|\(blank\)|blank|skipped|"
    r"(?:un|not )?offered|no (?:answer|response|opinion|reply)|not (?:applicable|relevant|sure|answered|used)|"
    r"prefer not to (?:say|answer)|keine (?:angaben?|antwort|meinung)|weiss (?:ich )?nicht|nicht zutreffend|"
    r"sans (?:avis|opinion|reponse)|non concernee?|ne (?:sais|se prononce) pas.*|no (?:aplica|sabe|contesta).*|no se|"
    r"(?:eu )?nao sei|nao se aplica|non so|weet (?:ik )?niet|geen mening|not applicable.*|"
    r"star rating unspecified)|"
    r"(?:i |we )?(?:don'?t|do not|can'?t|cannot) (?:know|say|remember|recall|use)\b.*|(?:i'?m|i am) not sure.*|"
    r".*\b(?:never (?:used|tried|contacted)|know but never)\b.*|je ne sais pas.*|ich weiss (?:es )?nicht.*"
)
_QUALITY = "quality"
_CONTENT = frozenset({"satisfied", "happy"})
_USUAL = ("PMGE", "PMGVE", "TPMGE", "TPMGV", "TPMVE", "TPMGVE")
"""Scales of quality, from below: terrible, poor, middling, good, very good, excellent."""
_PASSABLE = re.compile(r"\b(?:ausreichend|passable|suficiente)\b")
_FAILED = re.compile(r"\b(?:mangelhaft|ungenugend)\b")
_KNOWN_WORDS = (_BOTTOM, _HARDLY, _NEGATION, _EXTREME, _VERY, _RATHERS, _SOME, _MOST, _SLIGHT, _NEITHER, _MIDDLE)
_FILLING = frozenset(
    {
        *("am", "was", "were", "is", "are", "it", "we", "the", "my", "our", "with", "and", "or", "nor"),
        *("yes", "overall", "all", "service", "experience", "expectations", "expected", "to", "than", "ich", "bin"),
        *("war", "es", "mit", "und", "je", "suis", "de", "du", "le", "la", "et", "el", "estoy", "muy", "sono", "ik"),
        *("ben", "zu", "ja", "oui"),
    }
)
"""Words beside those of a scale that a step of it may have."""
_TIDY = re.compile(r"[\s_]+")

Lean = tuple[int, str]
"""-1, 0 or 1, and how strongly: slight, some, rather, most, plain, very, extreme; hardly, not, bottom: "not very" to
"not at all"."""


class Steps(msgspec.Struct, frozen=True):
    """The steps of a scale of words. values: step of every label, from 1. top: the highest step. satisfied: from which
    step on. family: what the words are about."""

    values: dict[str, int]
    top: int
    satisfied: int
    family: str


def tidy(label: str) -> str:
    """A label as labels are compared: folded, with single blanks, without entities and without a full stop."""
    if "&" in label:
        label = html.unescape(label)
    return _TIDY.sub(" ", fold(label)).replace("’", "'").strip(" .!")


def is_no_answer(label: str) -> bool:
    """Whether a folded label says that there is no answer: blank, "not applicable", "don't know"."""
    return not label or _NO_ANSWER.fullmatch(label) is not None


def lean(label: str) -> tuple[str, Lean] | None:
    """What a folded label is about, where it leans to and how strongly; None for any other text."""
    if _NEITHER.search(label):
        return "", (0, "")
    for family, (up, down) in _FAMILIES.items():
        if down.search(label):
            return family, (-1, "bottom" if _BOTTOM.search(label) else _strength(label))
        if up.search(label) and not (family == _QUALITY and _MIDDLE.search(label)):
            if _BOTTOM.search(label):
                return family, (-1, "bottom")
            if _RATHER_NOT.search(label):
                return family, (-1, "rather")
            if _HARDLY.search(label):
                return family, (-1, "hardly")
            return family, (-1, "not") if _NEGATION.search(label) else (1, _strength(label))
    return ("", (0, "")) if _MIDDLE.search(label) else None


def steps_of(labels: Iterable[str], *, alone: bool = False) -> Steps | None:
    """The scale that these folded labels make up; None unless they lean to one pole or two of one family, and not all
    alike. alone: the title asks for a scale, so that a single step is enough, as in a month in which all are
    content."""
    found = {label: leaning for label in labels if (leaning := lean(label))}
    families = {family for family, _ in found.values() if family}
    leans = {leaning for _, leaning in found.values()}
    if not any((side, "some") in leans and (side, "most") in leans for side in (-1, 1)):
        found = {label: (of, (side, "some" if how == "most" else how)) for label, (of, (side, how)) in found.items()}
        leans = {leaning for _, leaning in found.values()}
    if len(families) != 1 or (len(leans) < 2 and (not alone or "agree" in families)):
        return None
    (family,) = families
    if family == _QUALITY:
        return _qualities(found)
    order = _unipolar(leans)
    one_sided = order is not None
    if order is None:
        found = {label: (family, _merged(leaning, leans)) for label, (_, leaning) in found.items()}
        order = _bipolar({leaning for _, leaning in found.values()})
    values = {label: order.index(leaning) + 1 for label, (_, leaning) in found.items()}
    return Steps(values, len(order), _satisfied(order, family, one_sided), family)


def is_sentence(label: str) -> bool:
    """Whether a folded answer says more than a step of a scale does: "will was great"."""
    for pattern in (*(one for pair in _FAMILIES.values() for one in pair), *_KNOWN_WORDS):
        label = pattern.sub(" ", label)
    return any(word not in _FILLING for word in re.findall(r"[^\W\d_]{2,}", label))


def _qualities(found: dict[str, tuple[str, Lean]]) -> Steps | None:
    """From "poor" to "excellent": by the usual scale with the fewest steps that has all of these labels."""
    letters = {label: _quality(label, leaning) for label, (_, leaning) in found.items()}
    usual = [scale for scale in _USUAL if set(letters.values()) <= set(scale)]
    scale = min(usual, key=len, default="")
    if not scale:
        return None
    values = {label: scale.index(letter) + 1 for label, letter in letters.items()}
    return Steps(values, len(scale), len(scale) - 1, _QUALITY)


def _quality(label: str, leaning: Lean) -> str:
    side, strength = leaning
    if side == 0:
        return "P" if _PASSABLE.search(label) else "M"
    if side > 0:
        return {"extreme": "E", "very": "V"}.get(strength, "G")
    return "T" if strength in ("extreme", "very") or _FAILED.search(label) else "P"


def _strength(label: str) -> str:
    for name, pattern in (
        ("extreme", _EXTREME),
        ("very", _VERY),
        ("slight", _SLIGHT),
        ("rather", _RATHERS),
        ("some", _SOME),
        ("most", _MOST),
    ):
        if pattern.search(label):
            return name
    return "plain"


def _unipolar(leans: set[Lean]) -> list[Lean] | None:
    """From "not at all" to "extremely", without a negative pole; None for a scale with two poles."""
    down = {strength for side, strength in leans if side < 0}
    if down - {"bottom", "hardly", "not"} or any(side == 0 for side, _ in leans):
        return None
    up = {strength for side, strength in leans if side > 0}
    if "rather" in up:
        return None
    five = {"extreme", "very"} <= up and "plain" not in up
    if not down and "slight" not in up and not five:
        return None
    if five:
        down |= {"bottom"} if "not" not in down else set()
        down |= {"hardly"} if "slight" not in up else set()
        up |= {"some"}
    low: list[Lean] = [(-1, strength) for strength in ("bottom", "not", "hardly") if strength in down]
    return [
        *low,
        *((1, strength) for strength in ("slight", "some", "most", "plain", "very", "extreme") if strength in up),
    ]


def _merged(leaning: Lean, leans: set[Lean]) -> Lean:
    """Two words for one step: "extremely" is "very" where no side has both, "slightly" is "somewhat"."""
    side, strength = leaning
    strength = {"bottom": "very", "not": "plain", "rather": "some"}.get(strength, strength)
    if strength == "hardly":
        stronger = {(side, "plain"), (side, "not")} & leans
        mirrored = (1, "plain") not in leans and {(1, "rather"), (1, "some")} & leans
        strength = "some" if stronger or mirrored else "plain"
    for one, other in (("extreme", "very"), ("slight", "some")):
        both = any({(end, one), (end, other)} <= leans for end in (-1, 1))
        if strength == one and not both:
            strength = other
    return side, strength


def _bipolar(leans: set[Lean]) -> list[Lean]:
    """Both sides with the same steps, whichever of them were chosen; with a middle where it was chosen."""
    strengths = {strength for side, strength in leans if side}
    outward = [one for one in ("slight", "some", "most", "plain", "very", "extreme") if one in strengths]
    middle: list[Lean] = [(0, "")] if any(side == 0 for side, _ in leans) else []
    return [*((-1, one) for one in reversed(outward)), *middle, *((1, one) for one in outward)]


def _satisfied(order: list[Lean], family: str, one_sided: bool) -> int:
    """The upper two of five steps or more, the upper one of three; of four those that lean up.

    From "not at all" to "extremely satisfied" every step but the lowest is on the side of praise, so the top one
    alone speaks of satisfied customers; of a shorter one, "not satisfied" to "very satisfied", those that praise
    without reserve.
    """
    if one_sided and family in _CONTENT and order[-1] == (1, "extreme"):
        return len(order)
    if len(order) >= 5 or (len(order) <= 3 and not one_sided):
        return len(order) - 1 if len(order) >= 5 else len(order)
    up = sum(side > 0 for side, _ in order)
    reserved = ("slight", "some") if one_sided and 2 * up > len(order) else ("slight",)
    return next((step for step, (side, strength) in enumerate(order, 1) if side > 0 and strength not in reserved),
                len(order))  # fmt: skip
