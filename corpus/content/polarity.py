"""Denial with its scope, and modality: what a text says is not so, and what it says only may be.

The scope of a denial goes from its word to the end of the clause; its head is the first word of
content in it: in 'did not say who would pay' that is 'say'. No grammar is read: where a clause
ends is told by punctuation and by conjunctions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.content.numerals import NUMBER_WORDS

Modality = Literal["asserted", "future", "expected", "possible", "wanted", "conditional", "obliged"]


@dataclass(frozen=True, slots=True)
class Denial:
    """One denial.

    Attributes:
        start, end: character offsets of the word that denies ('not', 'refused to', 'no').
        scope_end: where its scope ends; it begins at `end`.
        head: the first word of content in the scope, lower-cased; '' where there is none.
        kind: 'not' where grammar denies, 'verb' where a verb does: 'rejected', 'failed to'.
    """

    start: int
    end: int
    scope_end: int
    head: str
    kind: Literal["not", "verb"]


@dataclass(frozen=True, slots=True)
class Modal:
    """One word that says how sure, or how wished for, what follows is.

    Attributes:
        start, end: character offsets of the words.
        modality: what they say of it.
        head: the first word of content after them in the clause, lower-cased, or ''.
    """

    start: int
    end: int
    modality: Modality
    head: str


_DENIAL = re.compile(
    r"\b(?:(?P<verb>den(?:y|ied|ies|ying)|refus(?:e|ed|es|ing|al)(?: to)?"
    r"|declin(?:e|ed|es|ing) (?:to|comment)|reject(?:s|ed|ing|ion)?|fail(?:s|ed|ing|ure)? to"
    r"|rul(?:e|ed|es|ing) out|stop(?:s|ped)? short of|refut(?:e|ed|es))"
    r"|(?P<not>not(?! only\b)|no(?! (?:fewer|less|more) than\b)(?!\.\s?\d|\s*[,!?])|never|none"
    r"|nor|neither"
    r"|without|cannot|nobody|nothing|nowhere|no longer|hardly|barely|unable to|yet to|far from"
    r"|is no longer|un(?:likely|able) to|instead of|rather than"
    r"|(?:vot(?:e[ds]?|ing)|decid(?:e[ds]?|ing)|rul(?:e[ds]?|ing))(?: [\w’'-]+){0,6}? against)"
    r"|(?P<nt>\w+n['’]t))\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[.;:!?]|,(?!\d)|\s[-–—]\s|[“”\"]|\b(?:but|although|though|while|whereas|because|unless|until"
    r"|after|before|when|which|who)\b|\band (?=\w+ed\b)",
    re.IGNORECASE,
)
_MODAL: tuple[tuple[Modality, str], ...] = (
    (
        "possible",
        r"may(?! (?:\d|19|20))|might|could|can|possibly|perhaps|maybe|potentially|likely to|likely"
        r"|probably|appears? to|appeared to|seems? to|seemed to|suspected(?: of)?|alleged(?:ly)?"
        r"|suspect(?:s|ed)? that|reportedly|presumed|apparently|believed to|thought to|unlikely to",
    ),
    (
        "expected",
        r"(?:is|are|was|were|be|been) (?:widely )?(?:expected|set|due|scheduled|slated|poised"
        r"|forecast|projected|preparing|about) to|plan(?:s|ned|ning)? to|intend(?:s|ed)? to"
        r"|aim(?:s|ed)? to|expect(?:s|ed)? to|going to|prepar(?:es|ed|ing) to|due to (?=[a-z]+\b)"
        r"|is considering|are considering|considers?|considered",
    ),
    (
        "wanted",
        r"hop(?:es|ed|ing) to|hop(?:es|ed) that|want(?:s|ed)? to|seek(?:s|ing)? to|sought to"
        r"|wish(?:es|ed) to|tr(?:y|ies|ied|ying) to|attempt(?:s|ed|ing)? to|urg(?:es|ed|ing)"
        r"|call(?:s|ed|ing)? (?:for|on)|demand(?:s|ed|ing)?|ask(?:s|ed|ing)? for"
        r"|propos(?:es|ed|ing)"
        r"|offer(?:s|ed|ing)? to|request(?:s|ed|ing)?|threaten(?:s|ed|ing)? to|want(?:s|ed)?"
        r"|appeal(?:s|ed|ing)? (?:for|to)|suggest(?:s|ed)?|recommend(?:s|ed)?|vow(?:s|ed) to"
        r"|promis(?:es|ed) to|pledg(?:es|ed) to|agree(?:s|d) to",
    ),
    (
        "obliged",
        r"must|should|ought to|need(?:s|ed)? to|ha(?:s|ve|d) to|(?:is|are|was) required to",
    ),
    ("conditional", r"if|unless|provided that|on condition that|in case|would have"),
    ("future", r"will|shall|would|won['’]t|['’]ll"),
)
_MODALS = re.compile(
    r"\b(?:" + "|".join(f"(?P<m{at}>{words})" for at, (_, words) in enumerate(_MODAL)) + r")\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*")
_EMPTY = frozenset({
    "a", "an", "any", "the", "this", "that", "these", "those", "be", "been", "being", "is",
    "are", "was", "were", "am", "has", "have", "had", "do", "does", "did", "to", "of", "in",
    "on", "at", "by", "for", "from", "with", "it", "its", "he", "she", "they", "his", "her",
    "their", "him", "them", "we", "our", "you", "your", "i", "and", "or", "yet", "also",
    "still", "ever", "even", "so", "far", "immediately", "currently", "clearly", "not", "only",
    "very", "more", "most", "as", "would", "will", "could", "should", "may", "might", "can",
    "must", "shall", "there", "what", "whether", "who", "which", "if", "how", "why", "all",
    "some", "already", "now", "then", "just", "soon", "later", "again",
})  # fmt: skip
_NOT_CAN = re.compile(r"\b(?:Can|May|Will|Might)\b")


# The same sentences are held against one claim after the other.
@lru_cache(maxsize=4096)
def denials(text: str) -> tuple[Denial, ...]:
    """The denials of a text, in order."""
    found = []
    for match in _DENIAL.finditer(text):
        scope_end = _clause_end(text, match.end())
        kind: Literal["not", "verb"] = "verb" if match["verb"] else "not"
        head = _head(text, match.end(), scope_end)
        found.append(Denial(match.start(), match.end(), scope_end, head, kind))
    return tuple(found)


@lru_cache(maxsize=4096)
def modals(text: str) -> tuple[Modal, ...]:
    """The words of a text that make it less than asserted, in order."""
    found = []
    for match in _MODALS.finditer(text):
        if _NOT_CAN.fullmatch(match[0]) and re.match(r"\s+\d|\s*[.,;]|$", text[match.end() :]):
            continue  # 'in May 2023'
        if match[0] == "May" and re.search(r"\w\s+$", text[: match.start()]):
            continue  # 'in May', 'Theresa May'
        at = next(int(name[1:]) for name, words in match.groupdict().items() if words)
        head = _head(text, match.end(), _clause_end(text, match.end()))
        found.append(Modal(match.start(), match.end(), _MODAL[at][0], head))
    return tuple(found)


def is_denied(text: str, at: int) -> bool:
    """Whether the word at an offset stands in the scope of one denial, or of three."""
    return sum(one.end <= at < one.scope_end for one in denials(text)) % 2 == 1


def modality_at(text: str, start: int, at: int) -> Modality:
    """How sure the text is of the word at `at`, by the last word that tells in its clause.

    `start` is where its sentence begins.
    """
    told: Modality = "asserted"
    for one in modals(text):
        if start <= one.start and one.end <= at and at < _clause_end(text, one.end):
            told = one.modality
    return told


def _clause_end(text: str, start: int) -> int:
    """Where the clause ends; what stands before its first word of content does not end it."""
    end = _CLAUSE_END.search(text, start)
    while end and not _head(text, start, end.start()) and end[0].isalpha():
        end = _CLAUSE_END.search(text, end.end())
    return end.start() if end else len(text)


def _head(text: str, start: int, end: int) -> str:
    """The first word of content; of 'a second staircase' the staircase, which is what is denied."""
    number = ""
    for word in _WORD.finditer(text, start, end):
        low = word[0].lower()
        if low in NUMBER_WORDS or low[0].isdigit():
            number = number or low
        elif low not in _EMPTY and not low.endswith("ly"):
            return low
    return number
