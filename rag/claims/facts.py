"""The parts of a sentence that must not differ from its source: figures, names, days, denials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from embeddings.terms import STOP_WORDS, fold

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ],
        1,
    )
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_FIGURE = re.compile(
    r"(?<![\w.,])(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)(?:st|nd|rd|th)?"
    r"(?:[\s-]*(?P<scale>hundred|thousand|million|billion|trillion|bn|m)\b)?"
)
_WORD = re.compile(r"[a-z]+")
_SHORT_SCALES = {"bn": 1e9, "m": 1e6}

# 'one' and 'second' are more often no figure ('one of', 'a second') and are left out.
_NOT_FIGURES = {"one", "second", "zero"}

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS = frozenset(_MONTHS) - {"may", "march"} | frozenset(_WEEKDAYS)
"""Words that name a day or month whatever their case; 'may' and 'march' count only as names."""

_NAME = re.compile(r"[A-Z][\w’'-]*|[A-Z]\.(?:[A-Z]\.)+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|[\n])[\"“‘'(\[]*$")
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|cannot|nobody|nothing|den(?:y|ied|ies)|"
    r"refus(?:e|ed|es)|declin(?:e|ed|es)|reject(?:s|ed)?|fail(?:s|ed)?)\b|n['’]t\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:sa(?:id|ys|y|ying)|told|tell(?:s|ing)?|according to|announc(?:ed|es)|claim(?:ed|s)|"
    r"alleg(?:e|es|ed)|suspect(?:s|ed)?|report(?:ed|s)|add(?:ed|s)|stat(?:ed|es)|charg(?:ed|es)|stress(?:ed|es)|argu(?:ed|es)|"
    r"confirm(?:ed|s)|estimat(?:ed|es)|believ(?:ed|es)|accus(?:ed|es)|indicat(?:ed|es)|"
    r"ask(?:ed|s)|warn(?:ed|s)|quot(?:ed|es)|writ(?:es|ten)|wrote|tally|count(?:ed|s)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence states that can be compared exactly.

    Attributes:
        figures: values; '2.3 million' is 2300000.0, 'six' is 6.0, 'October 7' gives 7.0.
        names: folded capitalised words that do not merely begin a sentence.
        openers: folded capitalised words that begin one: names or not, case cannot tell.
        days: folded names of months and weekdays.
        denies: it holds a word of denial.
        attributes: it says that somebody says so.
    """

    figures: frozenset[float]
    names: frozenset[str]
    openers: frozenset[str]
    days: frozenset[str]
    denies: bool
    attributes: bool


# One question is held against every sentence of its hits, and they against the next question.
@lru_cache(maxsize=4096)
def facts_of(text: str) -> Facts:
    """The comparable parts of a text of one or more sentences."""
    names, openers = _names(text)
    words = set(_WORD.findall(fold(text)))
    return Facts(
        figures=frozenset(_figures(text)),
        names=frozenset(names - DAYS),
        openers=frozenset(openers - DAYS),
        days=frozenset(words & DAYS | names & {"may", "march"}),
        denies=bool(_DENIAL.search(text)),
        attributes=bool(_SAYING.search(text)),
    )


def _figures(text: str) -> set[float]:
    found = set()
    low = fold(text)
    for match in _FIGURE.finditer(low):
        value = float(match["value"].replace(",", ""))
        scale = match["scale"]
        found.add(value * (_SCALES.get(scale) or _SHORT_SCALES[scale]) if scale else value)
    found |= _spelled_out(_WORD.findall(low))
    return found


def _spelled_out(words: list[str]) -> set[float]:
    """Figures in words: 'twenty five' is 25, 'three hundred' is 300; ordinals are figures too."""
    found: set[float] = set()
    at = 0
    while at < len(words):
        value: float | None = None
        word = words[at]
        if word in _TENS:
            value = _TENS[word]
            if at + 1 < len(words) and words[at + 1] in _UNITS[1:10]:
                at += 1
                value += _UNITS.index(words[at])
        elif word in _UNITS and word not in _NOT_FIGURES:
            value = _UNITS.index(word)
        elif word == "a" and words[at + 1 : at + 2] and words[at + 1] in _SCALES:
            value = 1
        elif word in _ORDINALS and word not in _NOT_FIGURES and word != "first":
            value = _ORDINALS[word]
        if value is not None:
            while at + 1 < len(words) and words[at + 1] in _SCALES:
                at += 1
                value *= _SCALES[words[at]]
            found.add(float(value))
        at += 1
    return found


def _names(text: str) -> tuple[set[str], set[str]]:
    """Folded capitalised words: those that must be names, and those that merely open a sentence."""
    names: set[str] = set()
    openers: set[str] = set()
    for match in _NAME.finditer(text):
        word = match[0]
        # A dozen characters hold any opening; looking further back would cost the text's square.
        opens = _SENTENCE_START.search(text, max(0, match.start() - 12), match.start())
        capitals = word.isupper() and len(word) > 1
        if opens and not capitals and (fold(word) in STOP_WORDS or fold(word) in _NO_OPENERS):
            continue  # of 'Did Reyes say so?' only the second word is a name
        merely = opens and not capitals and not _runs_on(text, match.end())
        found = openers if merely else names
        # 'al-Ansari' is found from its capital, 'Al-Ansari' whole: both are 'ansari'.
        for part in re.split(r"[-’'.]", fold(word)):
            if len(part) > 1 and part not in _NO_NAMES:
                found.add(part)
    return names, openers


_NO_NAMES = {"al", "the", "el", "bin", "in", "on", "it", "he", "she", "they", "this", "that", "we"}
_NO_OPENERS = {"would", "could", "although", "though"}  # beside the stop words
_NEXT_NAME = re.compile(r"[\s-]+[A-Z]")


def _runs_on(text: str, end: int) -> bool:
    """Whether another capitalised word follows: then the two are a name even at the start."""
    return bool(_NEXT_NAME.match(text, end))
