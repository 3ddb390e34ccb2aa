"""Whose words stand before a verb: the noun phrase that may name who speaks."""

from __future__ import annotations

import re

from corpus.content.name_words import WORD, bare, is_acronym, is_capital
from corpus.content.speech_words import (
    BODIES,
    DETERMINERS,
    FUNCTION_WORDS,
    LINKS,
    NO_PASTS,
    NOUNS_TOO,
    PARTICLES,
    PASTS,
    PRONOUNS,
    ROLES,
    SAYING,
    SUMS,
)

_SOMEBODY = re.compile(
    r"(?:^|[,;] |\b(?:and|but|while) )(?P<who>(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Ss]everal"
    r"|[Ss]ome)? ?(?:\w+ ){0,3}?"
    r"(?:sources?|officials?|persons?|people|diplomats?|aides?)"
    r" (?:briefed|close|familiar|with knowledge|involved|present)\b[^,;]*)$"
)


_ONE_OF_THEM = frozenset(("a", "an", "one", "two", "three", "some", "several", "many", "the"))


def subject_before(head: str) -> tuple[int, int] | None:
    """Offsets of the words for who, at the end of what stands before a verb, or None."""
    stripped = head.rstrip()
    if stripped.endswith((",", "–", "—")):
        mark = stripped[-1]
        place = len(stripped) - 1
        for _ in range(3):
            place = stripped.rfind(mark, 0, place)
            if place <= 0:
                return None
            found = noun_phrase_before(stripped[:place])
            if found is not None and _is_nominal_aside(stripped[place + 1 : -1]):
                aside = _named_aside(stripped, place, found)
                return aside or found
        return None
    if somebody := _SOMEBODY.search(stripped):
        return somebody.span("who")
    return noun_phrase_before(stripped)


def _is_nominal_aside(aside: str) -> bool:
    """', the state mediator,' and ', speaking on …,', but no clause of its own."""
    words = [bare(word) for word in WORD.findall(aside)]
    if not words:
        return False
    opening = (
        DETERMINERS
        | ROLES
        | {"who", "whose", "which", "for", "of", "from", "such", "including", "at"}
    )
    first = WORD.findall(aside)[0]
    return (
        words[0] in opening or words[0].endswith("ing") or is_capital(first) or words[0].isdigit()
    )


def _named_aside(text: str, place: int, head: tuple[int, int]) -> tuple[int, int] | None:
    """The name in the aside, where what stands before it is only an office: 'the Amir, …,'."""
    first = text[head[0] : head[1]].split()[0]
    aside = text[place + 1 : -1]
    words = WORD.findall(aside)
    named = bool(words) and all(is_capital(word) or bare(word) in PARTICLES for word in words)
    roles = any(bare(word) in ROLES for word in text[head[0] : head[1]].split())
    if named and len(words) <= 6 and roles and bare(first) in DETERMINERS:
        start = place + 1 + len(aside) - len(aside.lstrip())
        return start, place + 1 + len(aside.rstrip())
    return None


def noun_phrase_before(text: str) -> tuple[int, int] | None:
    """The longest run of words at the end of a text that may name who acts, or None."""
    hidden = re.sub(r"\([^()]*\)\s*$", lambda one: " " * len(one[0]), text)
    stripped = hidden.rstrip()
    end = len(stripped)
    start: int | None = None
    after_determiner = False
    words = list(WORD.finditer(stripped))
    previous = end
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        if stripped[word.end() : previous].strip(" ’'"):
            break
        low, raw = bare(word[0]), word[0]
        left = bare(words[place - 1][0]) if place else ""
        if low in PRONOUNS or low in ("who",):
            if start is None:
                return word.span()
            break
        if low in DETERMINERS and not (is_capital(raw) and place and not raw.istitle()):
            start, after_determiner = word.start(), True
            if left not in LINKS | {"and"}:
                break
            previous = word.start()
            continue
        if low in LINKS or low == "and":
            if start is None or not _links(stripped, words, place, low):
                break
            previous, after_determiner = word.start(), False
            continue
        if (low in FUNCTION_WORDS and not is_acronym(raw)) or not _may_name(
            raw, place, words, start
        ):
            break
        if after_determiner:
            pass
        start, previous, after_determiner = word.start(), word.start(), False
    return trimmed(stripped, start, end) if start is not None else None


def _links(text: str, words: list[re.Match[str]], place: int, low: str) -> bool:
    """Whether 'of', 'for', 'and' … at a place go on leftwards with the same words for who."""
    if place == 0:
        return False
    left, right = words[place - 1][0], words[place + 1][0]
    if text[words[place - 1].end() : words[place].start()].strip():
        return False
    if bare(left) in FUNCTION_WORDS | PRONOUNS | DETERMINERS or (
        is_past(left) and not is_capital(left)
    ):
        return False
    if low == "and":
        if is_capital(left) and is_capital(right):
            return True
        return place == 1 or bare(words[place - 2][0]) in DETERMINERS
    if low == "of":
        return True
    if place == 1 or bare(words[place - 2][0]) in _ONE_OF_THEM:
        return True  # 'Doctors at the hospital', 'a person in the room'
    head = {bare(left)}
    return bool(
        head & (ROLES | SUMS | BODIES | {"office", "people", "source", "sources", "officials"})
    ) or (is_capital(left) and low in ("for", "from", "at") and place > 1)


def _may_name(raw: str, place: int, words: list[re.Match[str]], start: int | None) -> bool:
    low = bare(raw)
    if is_capital(raw):
        return True
    if low in PARTICLES:
        return start is not None
    if is_past(raw) or low in SAYING - NOUNS_TOO:
        return False
    if start is not None and is_capital(words[place + 1][0]):
        # Before a name only what somebody is: 'conference Smith' is no name.
        return low in ROLES
    return not low.isdigit()


def is_past(word: str) -> bool:
    """Whether a word looks like a past form: 'closed', 'took'."""
    low = bare(word)
    return (low.endswith("ed") and low not in NO_PASTS and "-" not in low) or low in PASTS


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without links and conjunctions at either end."""
    words = list(WORD.finditer(text, start, end))
    loose = LINKS | {"and", "but"} | FUNCTION_WORDS
    while words and bare(words[0][0]) in loose - DETERMINERS and not is_acronym(words[0][0]):
        words.pop(0)
    while words and bare(words[-1][0]) in loose | DETERMINERS - {"some", "others"}:
        words.pop()
    return (words[0].start(), words[-1].end()) if words else None


def skipped(text: str, at: int) -> int:
    """The offset after the spaces and marks that stand at one."""
    return at + len(text[at:]) - len(text[at:].lstrip(" ,:–—"))
