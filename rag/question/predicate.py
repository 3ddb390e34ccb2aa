"""From 'did Hamas reject the deal' to 'Hamas rejected the deal': the statement in a question.

There is no parser here: where the subject ends is read from the verbs that English has, from
names, pronouns and nouns that act. Where that does not tell, there is no statement; a wrong one
would be worse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.verbs import NOUNS_TOO, VERBS, is_participle, past, third_person
from rag.question.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    GROUPS,
    PREPOSITIONS,
    PRONOUNS,
    Word,
    listed,
    tidied,
    words_of,
)

_DO = frozenset(("do", "does", "did", "don't", "doesn't", "didn't"))
_BE = frozenset(("is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't", "am"))
_HAVE = frozenset(("has", "have", "had", "hasn't", "haven't", "hadn't"))
ADVERBS = listed(
    "still now already also not never ever really actually again just yet currently once "
    "first finally reportedly initially later then recently both all officially publicly truly "
    "even indeed apparently ultimately immediately formally"
)
_BOUNDARY = listed("that because if when while who which whether") | {",", ";", ":"}
_PREDICATES = listed(
    """
open closed shut dead alive safe free available ready responsible true false aware willing able
likely unlikely due set over back present absent part under near correct right wrong legal illegal
possible impossible guilty innocent missing ill sick well better worse higher lower larger smaller
more less enough in out up down about involved related known based located home away here there
married separate different similar ongoing final permanent temporary successful independent
"""
)
_NOUNS_IN_ING = listed(
    "crossing building meeting bombing shelling fighting funding killing hearing ruling training "
    "housing landing offering warning spending shooting beginning king spring morning evening "
    "thing briefing filing finding gathering"
)
_AFTER_SUBJECT = listed("this that both each all")
_ANY = {"any": "some", "anyone": "someone", "anybody": "somebody", "anything": "something"}


def stated(question: str, subject_first: bool = False) -> str | None:
    """The statement in an inverted clause: 'did Hamas reject it' → 'Hamas rejected it'.

    Args:
        question: a clause that begins with an auxiliary.
        subject_first: a question word stood before it: take any lower-case word after a name
            for the verb, and "didn't" for a denial, which in 'Didn't he come?' it is not.
    """
    words = words_of(question)
    if len(words) < 3 or words[0].low not in AUXILIARIES:
        return None
    auxiliary = words[0].low
    rest = words[1:]
    at = predicate_at(auxiliary, rest, subject_first)
    if at is None:
        return None
    subject = question[rest[0].start : rest[at - 1].end]
    return _joined(question, auxiliary, subject, rest[at:], denied=subject_first)


def predicate_at(auxiliary: str, rest: Sequence[Word], subject_first: bool = False) -> int | None:
    """Where the subject ends after an auxiliary: the index of the predicate's first word."""
    if not rest:
        return None
    if rest[0].low == "there" or (rest[0].low in PRONOUNS and len(rest) > 1):
        at: int | None = 1
    elif auxiliary in _BE:
        at = _be_at(rest)
    elif auxiliary in _HAVE:
        at = _participle_at(rest)
    else:
        at = _verb_at(rest, subject_first)
    if at is None or at >= len(rest):
        return None
    while at > 1 and rest[at - 1].low in ADVERBS:
        at -= 1
    return at


def _ends_subject(word: Word) -> bool:
    """Whether a subject can end with this word."""
    low = word.low
    if word.text in ",;:" or low.endswith("'s") or low.endswith("s'"):
        return False
    return low not in DETERMINERS | PREPOSITIONS | CONJUNCTIONS or low in _AFTER_SUBJECT


def _acts(word: Word) -> bool:
    """Whether this word most likely ends a subject: a name, a plural, a noun that acts."""
    low = word.low
    return (
        word.capitalised
        or low in GROUPS
        or low in PRONOUNS
        or bool(re.search(r"[^sui]s$", low))
        or low in ADVERBS
    )


def _verb_at(rest: Sequence[Word], subject_first: bool) -> int | None:
    """The base form after 'did' or 'will'."""
    perhaps: int | None = None
    unknown: int | None = None
    for at in range(1, len(rest)):
        word, before = rest[at], rest[at - 1]
        if word.low in _BOUNDARY or word.low == "to":
            if perhaps is not None or unknown is not None:
                break
            continue
        if word.capitalised or not _ends_subject(before):
            continue
        following = rest[at + 1].low if at + 1 < len(rest) else ""
        ends = at + 2 == len(rest) and following in VERBS
        if word.low in NOUNS_TOO and (following in VERBS - NOUNS_TOO or ends):
            continue  # 'the army raid kill', 'the miners' strike end'
        if word.low in VERBS or (word.low in ("be", "have") and _ends_subject(before)):
            if word.low not in NOUNS_TOO or _acts(before):
                return at if perhaps is None or word.low not in NOUNS_TOO else perhaps
            perhaps = perhaps if perhaps is not None else at
        elif _unknown_verb(word, before, subject_first) and unknown is None:
            unknown = at
    return perhaps if perhaps is not None else unknown


def _unknown_verb(word: Word, before: Word, subject_first: bool) -> bool:
    """A word outside the list that can only be a verb: in lower case after a name."""
    if not (before.capitalised or before.low in PRONOUNS or (subject_first and _acts(before))):
        return False
    small = PREPOSITIONS | CONJUNCTIONS | DETERMINERS | AUXILIARIES | ADVERBS | GROUPS
    return word.low not in small and word.text.isalpha() and not re.search(r"[^s]s$|ing$", word.low)


def _participle_at(rest: Sequence[Word]) -> int | None:
    """The participle after 'has'."""
    for at in range(1, len(rest)):
        word, before = rest[at], rest[at - 1]
        if word.low in _BOUNDARY:
            return None
        if word.capitalised or not _ends_subject(before):
            continue
        if is_participle(word.low) and (
            _acts(before) or word.low == "been" or _no_modifier(rest, at)
        ):
            return at
    return None


def _no_modifier(rest: Sequence[Word], at: int) -> bool:
    """'the released hostages': a participle before a noun only describes it."""
    return rest[at - 1].low not in DETERMINERS


def _be_at(rest: Sequence[Word]) -> int | None:
    """What follows the subject of 'is': a participle, an adjective, a noun with its article."""
    fallback: int | None = None
    for at in range(1, len(rest)):
        word, before = rest[at], rest[at - 1]
        low = word.low
        if low in _BOUNDARY:
            break
        if not _ends_subject(before):
            continue
        if low in ADVERBS or low in _PREDICATES or low in ("to", "being", "going"):
            if low in PREPOSITIONS and not _acts(before):
                fallback = fallback if fallback is not None else at
                continue
            return at
        if not word.capitalised and (
            is_participle(low) or (low.endswith("ing") and low not in _NOUNS_IN_ING)
        ):
            return at
        if low in DETERMINERS:
            return at
        if low in PREPOSITIONS and low != "of" and fallback is None:
            fallback = at
    return fallback if fallback is not None else _after_name(rest)


def _after_name(rest: Sequence[Word]) -> int | None:
    """After a name at the start comes the predicate."""
    at = 0
    while at < len(rest) and rest[at].capitalised:
        at += 1
    return at if 0 < at < len(rest) else None


def _joined(
    question: str, auxiliary: str, subject: str, predicate: Sequence[Word], *, denied: bool
) -> str | None:
    """The statement: subject, auxiliary or conjugated verb, and the rest as it was written."""
    tail = tidied(question[predicate[0].start :])
    tail = re.sub(r"\s+or not$", "", tail)
    bare = auxiliary.replace("n't", "")
    plain = {"wo": "will", "ca": "can"}.get(bare, bare)
    if denied and bare != auxiliary:
        return positive(f"{subject} {plain} not {tail}")
    return positive(f"{subject} {_conjugated(plain, tail) or f'{plain} {tail}'}")


def _conjugated(auxiliary: str, tail: str) -> str | None:
    """The predicate after 'do' in the form that it has without; None after another auxiliary."""
    if auxiliary not in _DO:
        return None
    words = words_of(tail)
    lead = 0
    while lead < len(words) - 1 and words[lead].low in ADVERBS:
        lead += 1
    if any(word.low in ("not", "never") for word in words[:lead]):
        return None
    for at in (lead + 2, lead):  # 'rise or fall'
        joined = at == lead or (len(words) > at and words[lead + 1].low == "or")
        if joined and words[at].low in VERBS | {words[lead].low}:
            form = _form(auxiliary, words[at].low)
            tail = f"{tail[: words[at].start]}{form}{tail[words[at].end :]}"
    return tail


def _form(auxiliary: str, verb: str) -> str:
    return {"did": past, "does": third_person}.get(auxiliary, str)(verb)


def positive(text: str) -> str:
    """Words that only questions have, as statements have them: 'any' → 'some', no 'ever', 'yet'."""
    text = re.sub(r"\b(?:ever|really|actually|yet)\b ?", "", text)
    text = re.sub(
        r"\b(any|anyone|anybody|anything)\b", lambda found: _ANY[found[1].lower()], text, flags=re.I
    )
    return tidied(text)
