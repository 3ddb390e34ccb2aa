"""Text → the terms that lexical search counts.

Case and diacritics are folded, words are stemmed, figures stay whole ('41,252' and '41252' are
one term, '2.3' is one term), and a hyphen parts words, so that 'al-Ansari' and 'Al Ansari' give
the same terms and 'ansari' finds both.
"""

from __future__ import annotations

import re
import unicodedata

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

# 'won' and 'don' stand in that list as halves of "won't" and "don't", but 'who won' asks for the
# first and the second is a title; 'ma' is a name. Contractions never reach the list here, because
# the apostrophe is dropped first.
STOP_WORDS = frozenset(word.replace("'", "") for word in STOPWORDS_EN_PLUS) - {"won", "don", "ma"}

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´＇", "'"))

# In this order: dotted initials ('U.S.'), figures with their separators and an ordinal's ending,
# words (which may hold figures: 'G7') with inner apostrophes.
_TERM = re.compile(
    r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"
    r"|\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th)(?![^\W_]))?"
    r"|[^\W\d_][^\W_]*(?:'[^\W\d_]+)*"
)
# Combining marks of Latin, Greek and Cyrillic, and the vowel points of Hebrew and Arabic.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def fold(text: str) -> str:
    """Lower case without diacritics or compatibility forms; one kind of apostrophe."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    return decomposed if decomposed.isascii() else _MARKS.sub("", decomposed)


class TermReader:
    """Turns texts into terms, and remembers each word's. Make one per thread."""

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")
        self._known: dict[str, str] = {}

    def terms(self, text: str) -> list[str]:
        """The terms of one text, in order, with repeats, without stop words."""
        known = self._known
        terms = []
        for word in _TERM.findall(fold(text)):
            term = known.get(word)
            if term is None:
                term = known[word] = self._reduce(word)
            if term:
                terms.append(term)
        return terms

    def _reduce(self, word: str) -> str:
        """The term of one match, '' for a stop word."""
        if word[0].isdecimal():
            figure = _ORDINAL.sub("", word)
            return figure.replace(",", "") if _THOUSANDS.fullmatch(figure) else figure
        if "." in word:
            return word.replace(".", "")
        word = word.removesuffix("'s").replace("'", "")
        return "" if word in STOP_WORDS else str(self._stemmer.stemWord(word))
