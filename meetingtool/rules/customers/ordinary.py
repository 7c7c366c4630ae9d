"""First names that are everyday words as well; found in a comment, they are asked about and never suggested."""

from __future__ import annotations

ORDINARY = frozenset(
    {
        *("will", "may", "grace", "made", "mark", "rose", "faith", "hope", "joy", "april", "june", "august", "dawn"),
        *("frank", "jack", "max", "bill", "sue", "pat", "rob", "art", "drew", "chase", "chance", "miles", "rich"),
        *("norm", "guy", "victor", "summer", "autumn", "eve", "sky", "star", "angel", "pearl", "crystal", "melody"),
        *("harmony", "destiny", "charity", "patience", "mercy", "honor", "honour", "honey", "penny", "sandy", "rocky"),
        *("sunny", "happy", "dean", "earl", "duke", "king", "prince", "page", "pierce", "grant", "wade", "dale"),
        *("cliff", "heath", "reed", "lane", "forest", "river", "rain", "storm", "skip", "chip", "buck", "bud", "don"),
        *("van", "ward", "wolf", "hunter", "mason", "cook", "baker", "sage", "basil", "ginger", "brook", "dusty"),
        *("clay", "flint", "jewel", "major", "poppy", "gay", "an", "so", "no", "do", "in", "man", "long", "young"),
        *("ernst", "claire", "aime", "belle", "blanche", "bonne", "france", "luz", "sol", "paz", "mar", "santos"),
    }
)
"""Folded."""

NO_NAME_BEFORE = frozenset(
    {
        *("i", "you", "he", "she", "it", "we", "they", "the", "this", "that", "there", "my", "your", "our", "me", "us"),
        *(
            "not",
            "be",
            "have",
            "do",
            "a",
            "an",
            "also",
            "soon",
            "never",
            "definitely",
            "certainly",
            "highly",
            "probably",
        ),
        *("recommend", "come", "use", "return", "go", "give", "keep", "continue", "absolutely", "make", "definitly"),
    }
)
"""What follows such a word at the start of a sentence when it is the word and not the name: "Will you", "May I"."""
