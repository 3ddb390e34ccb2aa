"""A wrong answer of the same kind as the right one."""

from __future__ import annotations

import random
import re
from calendar import day_name, month_name
from collections.abc import Callable, Iterable, Sequence

_RUN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(rf"\b(?:{'|'.join(month_name[1:])})\b")
_LAST_DAY = 28
_TRIES = 50
_NAMED = (tuple(month_name[1:]), tuple(day_name))
_COUNTED = (
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    ("hundred", "thousand", "million", "billion"),
)
"""Lists of words of which one can stand for another."""

_OF_LIST = {word.casefold(): words for words in (*_NAMED, *_COUNTED) for word in words}
# 'may' is a month only with a capital.
_LISTED = re.compile(
    rf"\b(?:{'|'.join(word for words in _NAMED for word in words)}"
    rf"|(?i:{'|'.join(word for words in _COUNTED for word in words)}))\b"
)


def false_answer(
    form: str, others: Sequence[str], allowed: Callable[[str], bool], seed: str
) -> str | None:
    """A wrong answer, or None where there is none.

    A figure is replaced by another of the same shape ('32,414' by '57,803'), a day or a year by
    another, a month, a weekday or a figure in words by another of its list. Any other form gives
    way to the first of `others` that will do.

    Args:
        form: the accepted form that is to be replaced.
        others: the answers of other questions, the best first.
        allowed: whether a candidate is wrong for sure and not told already.
        seed: the same seed makes the same choice, on any machine.
    """
    chance = random.Random(f"{seed} {form}")
    return next((one for one in _candidates(form, others, chance) if allowed(one)), None)


def is_countable(form: str) -> bool:
    """Whether a form is a figure or a day, to be replaced by another and not by a name."""
    return bool(_RUN.search(form) or _LISTED.search(form))


def _candidates(form: str, others: Sequence[str], chance: random.Random) -> Iterable[str]:
    if _RUN.search(form):
        is_day = bool(_MONTH.search(form))
        for _ in range(_TRIES):
            yield _RUN.sub(lambda run: _other_figure(run[0], is_day, chance), form)
    elif _LISTED.search(form):
        for _ in range(_TRIES):
            yield _LISTED.sub(lambda word: _other_word(word[0], chance), form)
    else:
        yield from others


def _other_figure(run: str, is_day: bool, chance: random.Random) -> str:
    """Another figure of as many digits, with its commas and its point where they were."""
    if is_day and run.isdigit() and len(run) <= 2:
        return str(chance.choice([day for day in range(1, _LAST_DAY + 1) if day != int(run)]))
    if _YEAR.fullmatch(run):
        return str(int(run) + chance.choice([-4, -3, -2, -1, 1, 2, 3, 4]))
    # A round figure stays round, and the leading digit always differs: none is nearly right.
    is_round = not run[1:].strip("0,.")
    changed = chance.choice([digit for digit in "123456789" if digit != run[0]])
    for digit in run[1:]:
        changed += digit if is_round or not digit.isdigit() else chance.choice("0123456789")
    return changed


def _other_word(word: str, chance: random.Random) -> str:
    other = chance.choice(
        [one for one in _OF_LIST[word.casefold()] if one.casefold() != word.casefold()]
    )
    return other.capitalize() if word[0].isupper() else other
