"""True sentences out of true ones: less is said, or the same in other words, by rule.

True and false sentences are reworded alike, so that what is reworded is not what is false.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_OPENING = re.compile(
    r"^(?:In|On|At|After|During|By|Since|For|With|Under|Following) [^,]{3,60}, (\w)"
)
_ASIDE = re.compile(r" \([^()]{2,80}\)|, (?:which|who|whose|where) [^,.;]{5,90}(?=[,.])")
_APPOSED = re.compile(r", (?:an?|the) [^,.;]{3,60},")
_LAST = re.compile(
    r", (?:[a-z]+ing|while|although|though|which|who|where|with|including) [^.;]{8,120}(?=\.$)"
)
_ALSO = re.compile(
    r"\b(?:also|however|then|still|already|even|therefore|eventually|subsequently),? ",
    re.IGNORECASE,
)
_FIRST_NAMES = re.compile(r"(?<=[a-z,] )((?:[A-Z][a-z]+ ){1,2})(?=[A-Z][a-z]{2,}\b)")
_WORDS = dict(
    one.split(":")
    for one in """killed:left dead;died:lost their lives;began:started;started:began;ended:finished
built:constructed;constructed:built;bought:purchased;purchased:bought;said:stated;near:close to
several:a number of;however:but;because:since;approximately:about;about:around;around:about
large:big;helped:assisted;shows:indicates;showed:indicated;used:employed;obtained:got;get:obtain
received:got;located:situated;created:made;many:numerous;numerous:many;required:needed;need:require
needs:requires;children:kids;attempted:tried;tried:attempted;residents:inhabitants;kept:retained
roughly:about;over:more than;throughout:across;during:in the course of;allowed:permitted
allows:permits;major:important;important:significant;often:frequently;frequently:often
primarily:mainly;mainly:chiefly;commonly:often;previously:earlier;main:chief
ceasefire:truce;talks:negotiations;injured:wounded;wounded:injured;police:officers;homes:houses
provided:supplied;provides:supplies;considered:regarded as;known as:called;called:named
percent:per cent;per cent:percent;declined:fell;increased:rose;decreased:fell;led:headed
announced:made public;stopped:halted;damaged:harmed;area:region;region:area;big:large;next to:beside
""".replace("\n", ";")
    .strip(";")
    .split(";")
)
_SAME = re.compile(r"\b(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b")
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_WRITTEN = re.compile(r"(?<![\w.,-])(?:" + "|".join(_NUMBERS[2:]) + r"|\d{1,2})(?![\w,.-]|\s*%)")


def _opening(text: str, _rng: random.Random) -> str:
    found = _OPENING.match(text)
    return text[found.start(1)].upper() + text[found.end(1) :] if found else text


def _less(pattern: re.Pattern[str], left: str = "") -> Callable[[str, random.Random], str]:
    def rule(text: str, rng: random.Random) -> str:
        found = list(pattern.finditer(text))
        if not found:
            return text
        one = rng.choice(found)
        made = text[: one.start()] + left + text[one.end() :]
        return made[:1].upper() + made[1:]

    return rule


def _other_words(text: str, rng: random.Random) -> str:
    chosen = [one for one in _SAME.finditer(text) if rng.random() < 0.6]
    for one in reversed(chosen):
        text = text[: one.start()] + _WORDS[one[0]] + text[one.end() :]
    return text


def _other_number(text: str, rng: random.Random) -> str:
    found = list(_WRITTEN.finditer(text))
    if not found:
        return text
    one = rng.choice(found)
    if one[0].isdigit():
        value = int(one[0])
        new = _NUMBERS[value] if 1 < value <= 20 else one[0]
    else:
        new = str(_NUMBERS.index(one[0]))
    return text[: one.start()] + new + text[one.end() :]


_RULES: tuple[Callable[[str, random.Random], str], ...] = (
    _opening,
    _less(_ASIDE),
    _less(_APPOSED),
    _less(_LAST),
    _less(_ALSO),
    _less(_FIRST_NAMES),
    _other_words,
    _other_words,
    _other_number,
)


def reword(text: str, rng: random.Random) -> str:
    """The sentence with up to three rules applied; it may come back as it was."""
    for rule in rng.sample(_RULES, rng.choice((0, 2, 3, 4))):
        made = rule(text, rng)
        # What is left must still be a sentence that tells something.
        if len(made.split()) >= 5:
            text = made
    return text
