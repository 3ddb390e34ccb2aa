"""A verb before its speaker: '“…”, said Captain Dahlgaard', 'In that time, said the mayor, …'."""

from __future__ import annotations

import re

from corpus.content.name_words import WORD, bare, is_capital
from corpus.content.quoting import HIDDEN
from corpus.content.said_span import WHEN, Span
from corpus.content.speech_words import (
    DETERMINERS,
    FUNCTION_WORDS,
    LINKS,
    PRONOUNS,
    ROLES,
    word_set,
)
from corpus.content.subjects import is_past, trimmed

# What may follow the words for who, where verb and speaker change places.
_ENDS_WHO = re.compile(
    rf"^(?:\s*[.,;:?!—–)]|\s*$|\s*{HIDDEN}|{WHEN}|\s+(?:who|whose|which|and|but)\b|\s+[“\"])"
)

_INVERTED = word_set(
    "said says added adds reported reports announced warned wrote explained claimed noted"
)
"""Verbs that stand before their speaker without a quotation: '…, said the mayor'."""
_NAME_ASIDE = re.compile(r", (?P<name>(?:[A-Z][\w’'.-]*(?: |(?=[.,;]|$))){1,5})(?=[.,;]|$)")


def speaker_after(sentence: str, verb: re.Match[str], head: str) -> Span | None:
    """Offsets of the words for who, where they follow the verb, or None.

    Args:
        head: what stands before the verb, less its auxiliaries.
    """
    stripped = head.rstrip()
    if not stripped.endswith((",", HIDDEN, "–", "—")) or verb[0].endswith("ing"):
        return None
    if verb[0] not in _INVERTED and not stripped.rstrip(" ,").endswith(HIDDEN):
        return None
    who = _who_after(sentence, verb.end())
    if who is None or not _ENDS_WHO.match(sentence[who[1] :]):
        return None
    who = _named_by_aside(sentence, who)
    words = sentence[who[0] : who[1]].split()
    named = any(is_capital(word) for word in words) or bare(words[0]) in DETERMINERS
    if not named or bare(words[-1]) in FUNCTION_WORDS:
        return None
    return who


def _who_after(sentence: str, at: int) -> Span | None:
    """Offsets of the words for who right after a verb that ends there, or None."""
    start = end = at + 1
    for place, word in enumerate(WORD.finditer(sentence, start)):
        low, capital = bare(word[0]), is_capital(word[0])
        if sentence[end : word.start()].strip(" ’'") or (place == 0 and word.start() != start):
            break
        if (low in PRONOUNS or is_past(word[0])) and not capital:
            return None
        on_day = re.match(r"\w+ (?:the )?\w*day\b", sentence[word.start() :])
        links = low in LINKS and place > 0 and not on_day
        if low in FUNCTION_WORDS and low != "and" and not links:
            break
        end = word.end()
    return trimmed(sentence, start, end)


def _named_by_aside(sentence: str, who: Span) -> Span:
    """Of 'its managing director, Osric Penhale' the name, else the words as they are."""
    words = [bare(word) for word in sentence[who[0] : who[1]].split()]
    aside = _NAME_ASIDE.match(sentence, who[1])
    if aside is None or words[0] not in DETERMINERS or not ROLES & set(words):
        return who
    return aside.start("name"), aside.start("name") + len(aside["name"].rstrip(". "))
