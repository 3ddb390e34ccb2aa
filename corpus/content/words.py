"""Words that the readers of content have in common: titles, function words, near spellings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
    "baroness", "president", "vice", "premier", "prime", "minister", "chancellor", "king",
    "queen", "prince", "princess", "sheikh", "sheikha", "emir", "amir", "sultan", "pope",
    "bishop", "archbishop", "cardinal", "imam", "rabbi", "ayatollah", "general", "gen",
    "colonel", "col", "major", "maj", "captain", "capt", "lieutenant", "lt", "sergeant", "sgt",
    "admiral", "commander", "brigadier", "spokesman", "spokeswoman", "spokesperson",
    "spokespeople", "mayor", "governor", "gov", "senator", "sen", "representative", "rep",
    "congressman", "congresswoman", "secretary", "state", "foreign", "ambassador", "envoy",
    "director", "chief", "judge", "justice", "inspector", "officer", "councillor", "chairman",
    "chairwoman", "chair", "deputy", "acting", "former", "leader", "head", "coach", "manager",
    "engineer", "analyst", "economist", "lawyer", "attorney", "pm", "mp", "ceo",
})  # fmt: skip
"""Folded words that stand before a person's name and are none of it."""

FUNCTION_WORDS = frozenset({
    "a", "about", "above", "according", "across", "additionally", "after", "again", "against",
    "ago", "all", "almost", "alongside", "already", "also", "although", "always", "amid",
    "among", "an", "and", "another", "any", "anyone", "are", "around", "as", "asked", "at",
    "away", "based", "because", "been", "before", "behind", "being", "below", "beside",
    "besides", "between", "beyond", "both", "but", "by", "can", "citing", "could", "despite",
    "did", "do", "does", "down", "due", "during", "each", "earlier", "either", "elsewhere",
    "even", "eventually", "every", "everybody", "everyone", "except", "few", "finally", "first",
    "following", "for", "former", "formerly", "from", "further", "furthermore", "given", "had",
    "half", "has", "have", "having", "he", "hence", "her", "here", "hers", "him", "his", "how",
    "however", "i", "if", "in", "including", "indeed", "inside", "instead", "into", "is", "it",
    "its", "itself", "just", "last", "late", "later", "latest", "least", "less", "like",
    "likewise", "many", "may", "me", "meanwhile", "might", "more", "moreover", "most", "mostly",
    "much", "must", "my", "near", "nearly", "neither", "never", "nevertheless", "next", "no",
    "nobody", "none", "nonetheless", "nor", "not", "nothing", "notably", "now", "of", "off",
    "on", "once", "one", "only", "onto", "or", "other", "others", "otherwise", "our", "out",
    "outside", "over", "overall", "own", "part", "per", "perhaps", "previously", "quoting",
    "rather", "recently", "same", "second", "see", "separately", "several", "shall", "she",
    "should", "similarly", "since", "so", "some", "somebody", "someone", "sometimes", "soon",
    "speaking", "still", "subsequently", "such", "take", "than", "that", "the", "their", "them",
    "then", "there", "therefore", "these", "they", "third", "this", "those", "though", "three",
    "through", "throughout", "thus", "till", "to", "today", "together", "tomorrow", "tonight",
    "too", "two", "towards", "under", "unless", "unlike", "until", "up", "upon", "us", "very",
    "was", "we", "well", "were", "what", "whatever", "when", "whenever", "where", "whereas",
    "whether", "which", "while", "who", "whoever", "whom", "whose", "why", "will", "with",
    "within", "without", "would", "yes", "yesterday", "yet", "you", "your", "four", "five",
    "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "dozens",
    "hundreds", "thousands",
})  # fmt: skip
"""Words that begin a sentence with a capital and are no name there."""

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´＇", "'"))
_SOUNDS = (
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("dh", "d"),
    ("th", "t"),
    ("q", "k"),
    ("sch", "sh"),
)
_VOWELS = re.compile(r"(?<!^)[aeiouy'h]")
_TWICE = re.compile(r"(.)\1+")


def folded(text: str) -> str:
    """Lower case without diacritics; one kind of apostrophe; hyphens become spaces."""
    low = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold().replace("-", " ")
    return "".join(character for character in low if not unicodedata.combining(character))


@lru_cache(maxsize=16384)
def near_spelling(one: str, other: str) -> bool:
    """Whether two folded words are spellings of one name: 'Younis' and 'Yunis', not 'Iran', 'Iraq'.

    The consonants are the same once sounds that are written in several ways are made one, and no
    more than one letter differs, of seven or more letters two.
    """
    one, other = _alike(one), _alike(other)
    if one == other:
        return True
    shortest = min(len(one), len(other))
    if shortest < 5 or one[0] != other[0] or _skeleton(one) != _skeleton(other):
        return False
    return _distance(one, other) <= (2 if max(len(one), len(other)) >= 7 else 1)


def _alike(word: str) -> str:
    """Vowels that are written in several ways made one: 'Nuseir' and 'Nusayr'."""
    if len(word) < 5:
        return word
    word = re.sub(r"(?<!^)(?:ei|ai|ay|ey)(?!$)", "ai", word)
    return re.sub(r"(?<!^)(?:ou|oo)", "u", word)


def _skeleton(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _TWICE.sub(r"\1", _VOWELS.sub("", word))


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        previous, row[0] = row[0], at
        for to, opposite in enumerate(other, 1):
            previous, row[to] = (
                row[to],
                min(row[to] + 1, row[to - 1] + 1, previous + (letter != opposite)),
            )
    return row[-1]
