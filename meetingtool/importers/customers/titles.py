"""What the title of a column asks for: satisfaction, a recommendation, stars, or nothing that is a score."""

from __future__ import annotations

import re

from meetingtool.importers.customers.best_first import names_ends
from meetingtool.rules.folding import fold

ASKS = re.compile(
    r"satisf|zufrieden|soddisfa|tevreden|csat|osat|(?:^|[^a-z])sat(?!ur|isf|e[^a-z]|elli)|\bnps\b|net promoter|"
    r"recommend|empfehl|recommand|recomend|recomiend|raccomand|aanbevel|(?:^|[^a-z])rat(?:e|ed|ing|ings)(?:[^a-z]|$)|"
    r"(?:^|[^a-z])scores?(?:[^a-z]|$)|\bstars?\b|starrating|\bsterne?\b|\betoiles?\b|estrellas?|estrelas?|bewert|"
    r"\bnote\b|"
    r"\bnota\b|punkt|punktzahl|valorac|calificac|puntuac|puntaje|avaliac|valutaz|beoordel|\beas(?:e|y)\b|effort|"
    r"\bces\b|"
    r"aufwand|likel|wahrscheinlich|probab|provavel|quality|qualitat|qualite|calidad|qualidade|overall|insgesamt|"
    r"\bhappy\b|friendl|freundlich|helpful|hilfreich|how (?:was|were|did|well|would you)|"
    r"(?:your|overall) experience|agree|smiley|grade|"
    r"\bservice\b.*\?|stelle sta|tyytyvais|nojd\b|zadowol|spokoj|tilfreds|fornoyd"
)
OVERALL = re.compile(r"overall|osat|insgesamt|gesamt|global|ensemble|general|complessiv|algemeen|all in all|main")
SATISFIED = re.compile(r"satisf|zufrieden|soddisfa|tevreden|csat|osat|(?:^|[^a-z])sat(?!ur)|happy|nojd|zadowol")
PROMOTER = re.compile(
    r"\bnps\b|(?:^|_)nps(?:_|$)|net promoter|recommend|empfehl|recommand|recomend|recomiend|raccomand|aanbevel|"
    r"likelihood"
)
RATES_ALL = re.compile(
    r"\brate (?:your|the|our) (?:\w+ )?(?:visit|experience|service|stay|purchase|support|call|meal)\b"
)
"""A title that asks for a rating of the whole."""
SUMMED_UP = re.compile(r"\bsentiment\b|\bpolarity\b")
"""What a program makes of an answer; the answer itself is in another column."""
STARS = re.compile(r"star|stern|etoile|estrell|estrel|rating|review|bewertung|valorac|calificac|avaliac|beoordel")
EFFORT = re.compile(r"effort|\beas(?:e|y)\b|\bces\b|aufwand|einfach|leicht|facil|gemak")
_NOT_ASKED = re.compile(
    r"\b(?:number|count|anzahl|nombre de|numero de|percent\w*|average|avg|mean|trustscore|sentiment|seconds|secs|"
    r"zip|progress|reviews|id|threshold|timer|"
    r"confidence|polarity|rank|venue rating|place rating|business rating|total score)\b|%"
)
_NO_TOPIC = re.compile(r"\b(?:minutes|duration|dauer|age|salary|price|amount|phone|year|month|code|weight)\b")
"""What a column holds that doesn't ask how content somebody was."""
_ASPECT = re.compile(
    r"\bclean|sauber|proprete|limpieza|pulizia|wait(?:ing)?[ -]?times?\b|wartezeit|temps d'attente|tiempo de espera|"
    r"value for (?:the )?money|preis-? ?/? ?leistung|qualite[ -]prix|speed of|^speed$|schnelligkeit|rapidite|rapidez|"
    r"response time|reliab|zuverlassig|fiabilite|punctual|punktlich|ponctualite|puntualidad|courte[so]|polite|"
    r"hoflich|politesse|knowledge of|kompetenz|competen[ct]e|professionali|communication|kommunikation|atmosph|"
    r"ambian?ce|comfort|\bkomfort|confort|responsive|attitude|attentive"
)
"""What customers are asked to score, besides satisfaction."""
ENDS = re.compile(
    r"(?:[(\[]|\b(?:from|von|de|scale of|skala|echelle|escala)\b)[^\d()\[\]]{0,20}([01])\s*(?:\([^()]*\)\s*)?"
    r"(?:-|–|—|to|bis|a|/|\.\.+|and)\s*([3-9]|10|100)\b"
)


def title_words(title: str) -> str:
    """A title as the patterns above read it: folded, and with blanks in place of other signs between words."""
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title)
    return fold(spread).replace("_", " ")


def asks(title: str) -> bool:
    """Whether a column's title sounds like a question with a scale."""
    return is_asked(title_words(title))


def is_barred(words: str) -> bool:
    """Whether folded words name something that is measured or counted, not asked."""
    return _NOT_ASKED.search(words) is not None or (_NO_TOPIC.search(words) is not None and not SATISFIED.search(words))


def is_asked(words: str) -> bool:
    """Whether these folded words ask for a score."""
    if is_barred(words):
        return False
    return ASKS.search(words) is not None or _ASPECT.search(words) is not None


def says_so(words: str) -> bool:
    """Whether a title asks for a score, so that its numbers can't be minutes or pieces."""
    return bool(ASKS.search(words) or ENDS.search(words) or names_ends(words))
