"""False sentences out of true ones: one thing exchanged, denied, added or joined, by rule.

Each rule tells which characters it put in, so that a verifier can learn the words and not the
sentence alone. What is put in comes from the same text where that has its like: what is false is
then made of words that the evidence has too, as a model's slips are.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from corpus.content.names import names
from corpus.content.quantities import quantities
from corpus.content.speech import statements
from corpus.days import days_in
from rag.training.verifier.edit_words import CERTAINTY, OPPOSITES, ORDER, QUANTIFIERS
from rag.training.verifier.example import Span
from rag.training.verifier.pool import Pool

LEARNED = ("figure", "name", "negation", "opposite", "quantifier", "merged", "addition", "word")
"""The kinds that are learned from."""

HELD_OUT = ("date", "place", "speaker", "roles", "order", "certainty")
"""The kinds that only dev has: does what was learned hold for what was not?"""

DROPPED = ("attribution",)
"""What somebody said, told as if it were so: only dev has it, in sets of its own."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A false sentence.

    Attributes:
        text: the sentence.
        wrong: characters of it that are not as they were.
    """

    text: str
    wrong: tuple[Span, ...]


Rule = Callable[[str, Pool, random.Random], Edited | None]


def edit(kind: str, text: str, pool: Pool, rng: random.Random) -> Edited | None:
    """The sentence with one thing wrong; None where it has nothing of that kind."""
    made = RULES[kind](text, pool, rng)
    return None if made is None or made.text == text else made


def _put(text: str, start: int, end: int, new: str) -> Edited:
    if start == 0:
        new = new[:1].upper() + new[1:]
    return Edited(text[:start] + new + text[end:], ((start, start + len(new)),))


_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SMALL = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def _figure(text: str, pool: Pool, rng: random.Random) -> Edited | None:
    days = days_in(text, None)
    found = [
        (one.start, one.end)
        for one in quantities(text)
        if not any(day.start < one.end and one.start < day.end for day in days)
    ]
    if not found:
        return None
    start, end = rng.choice(found)
    words = text[start:end]
    numeral = _NUMERAL.search(words)
    if numeral:
        old = numeral[0]
        theirs = [one for one in pool.numerals if one != old and len(one) == len(old)]
        new = rng.choice(theirs) if theirs and rng.random() < 0.5 else _other_digits(old, rng)
        return _put(text, start + numeral.start(), start + numeral.end(), new)
    for word in re.finditer(r"[a-z]+", words.lower()):
        if word[0] in _SMALL:
            other = rng.choice([one for one in _SMALL if one != word[0]])
            return _put(text, start + word.start(), start + word.end(), other)
    return None


def _other_digits(old: str, rng: random.Random) -> str:
    places = [place for place, one in enumerate(old) if one.isdigit()]
    # The first digits: a change of the last one is lost in rounding.
    place = rng.choice(places[: max(1, len(places) - 1)][:2])
    low = "123456789" if place == places[0] else "0123456789"
    digit = rng.choice([one for one in low if one != old[place]])
    return old[:place] + digit + old[place + 1 :]


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WHEN = re.compile(rf"\b(?:{'|'.join(_DAYS + _MONTHS)})\b|\b(?:1[5-9]|20)\d\d\b", re.IGNORECASE)


def _date(text: str, _pool: Pool, rng: random.Random) -> Edited | None:
    found = [
        one for one in _WHEN.finditer(text) if one[0].lower() != "may" and one[0].lower() != "march"
    ]
    if not found:
        return None
    one = rng.choice(found)
    if one[0].isdigit():
        new = str(int(one[0]) + rng.choice([-20, -10, -3, -2, -1, 1, 2, 3, 10]))
    else:
        family = _DAYS if one[0].capitalize() in _DAYS else _MONTHS
        new = rng.choice([other for other in family if other != one[0].capitalize()])
        new = new.lower() if one[0].islower() else new
    return _put(text, one.start(), one.end(), new)


def _name(text: str, pool: Pool, rng: random.Random) -> Edited | None:
    found = [one for one in names(text) if one.kind in ("person", "organisation", "other")]
    if not found:
        return None
    one = rng.choice(found)
    words = set(one.text.split())
    others = [
        name
        for name in pool.names.get(one.kind, ())
        if name not in text and not words & set(name.split())
    ]
    return _put(text, one.start, one.end, rng.choice(others)) if others else None


def _place(text: str, pool: Pool, rng: random.Random) -> Edited | None:
    found = [
        one
        for one in names(text)
        if one.kind == "place" or re.search(r"\b(?:in|at|near|from|to)\s+$", text[: one.start])
    ]
    if not found:
        return None
    one = rng.choice(found)
    others = [name for name in pool.places if name not in text]
    return _put(text, one.start, one.end, rng.choice(others)) if others else None


def _speaker(text: str, pool: Pool, rng: random.Random) -> Edited | None:
    said = [one for one in statements(text) if one.speaker[:1].isupper() and one.speaker in text]
    if not said:
        return None
    old = rng.choice(said).speaker
    others = [one for one in pool.speakers if not set(one.split()) & set(old.split())]
    start = text.index(old)
    return _put(text, start, start + len(old), rng.choice(others)) if others else None


_SAID = frozenset(("said", "says", "told", "added", "claimed", "according to"))
_FEWEST_WORDS = 6


def _attribution(text: str, _pool: Pool, rng: random.Random) -> Edited | None:
    said = [
        text[one.start : one.end].strip(" ,.;:“”\"'")
        for one in statements(text)
        if one.verb in _SAID and one.speaker
    ]
    told = [one for one in said if len(one.split()) >= _FEWEST_WORDS]
    if not told:
        return None
    one = rng.choice(told)
    # Every word of it stands in the evidence: no word is wrong, the sentence is.
    return Edited(f"{one[:1].upper()}{one[1:]}.", ())


_BE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|did|does|do)\b(?! not\b|n't)"
)
_NOT = re.compile(r"\b(?:not|never) |n't\b|\bno longer ")


def _negation(text: str, _pool: Pool, rng: random.Random) -> Edited | None:
    denied = [one for one in _NOT.finditer(text) if one[0] != "n't"]
    if denied and rng.random() < 0.7:
        one = rng.choice(denied)
        left = text[: one.start()] + text[one.end() :]
        before = text.rfind(" ", 0, max(0, one.start() - 1)) + 1
        after = re.compile(r"\w+").match(left, one.start())
        return Edited(left, ((before, after.end() if after else one.start()),))
    found = list(_BE.finditer(text))
    if not found:
        return None
    one = rng.choice(found)
    word = rng.choice([" not", " not", " never", " no longer"])
    made = text[: one.end()] + word + text[one.end() :]
    return Edited(made, ((one.end() + 1, one.end() + len(word)),))


def _from(table: dict[str, tuple[str, ...]]) -> Rule:
    pattern = re.compile(
        r"\b(?:" + "|".join(sorted(map(re.escape, table), key=len, reverse=True)) + r")\b",
        re.IGNORECASE,
    )

    def rule(text: str, _pool: Pool, rng: random.Random) -> Edited | None:
        found = list(pattern.finditer(text))
        if not found:
            return None
        one = rng.choice(found)
        new = rng.choice(table[one[0].lower()])
        return _put(text, one.start(), one.end(), new)

    return rule


def _roles(text: str, _pool: Pool, _rng: random.Random) -> Edited | None:
    found = [one for one in names(text) if one.kind != "opener"]
    for one, other in pairwise(found):
        between = text[one.end : other.start]
        if len(between) < 3 or re.fullmatch(r"\W*(?:and|or|&|,)?\W*(?:the\s+)?", between):
            continue
        if set(one.text.split()) & set(other.text.split()):
            continue
        made = text[: one.start] + other.text + between + one.text + text[other.end :]
        middle = one.start + len(other.text) + len(between)
        return Edited(
            made, ((one.start, one.start + len(other.text)), (middle, middle + len(one.text)))
        )
    return None


_JOINT = re.compile(r",? (?:and|but|while|after|because|which|who|as|when) |, ")


def _merged(text: str, pool: Pool, rng: random.Random) -> Edited | None:
    joints = [one for one in _JOINT.finditer(text) if 15 < one.end() < len(text) - 12]
    others = [one for one in pool.tails if one not in text]
    if not joints or not others:
        return None
    joint = rng.choice(joints)
    tail = rng.choice(others)
    made = text[: joint.end()] + tail
    return Edited(made, ((joint.end(), len(made)),))


def _addition(text: str, pool: Pool, rng: random.Random) -> Edited | None:
    others = [one for one in pool.phrases if one.split(" ", 1)[1] not in text]
    if not others or not text.endswith("."):
        return None
    phrase = rng.choice(others)
    at = len(text) - 1
    return Edited(f"{text[:at]} {phrase}.", ((at + 1, at + 1 + len(phrase)),))


_CONTENT = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")


def _word(text: str, pool: Pool, rng: random.Random) -> Edited | None:
    found = [one for one in _CONTENT.finditer(text) if pool.like(one[0])]
    if not found:
        return None
    one = rng.choice(found)
    others = [word for word in pool.like(one[0]) if word not in text.lower()]
    return _put(text, one.start(), one.end(), rng.choice(others)) if others else None


RULES: dict[str, Rule] = {
    "figure": _figure,
    "date": _date,
    "name": _name,
    "place": _place,
    "speaker": _speaker,
    "attribution": _attribution,
    "negation": _negation,
    "opposite": _from(OPPOSITES),
    "quantifier": _from(QUANTIFIERS),
    "order": _from(ORDER),
    "certainty": _from(CERTAINTY),
    "roles": _roles,
    "merged": _merged,
    "addition": _addition,
    "word": _word,
}
"""Each kind with its rule."""
