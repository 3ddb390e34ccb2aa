"""Figures as they are written: finding one, its accepted forms, and another in its place."""

from __future__ import annotations

import random
import re
from calendar import month_name
from dataclasses import dataclass

_SPELLED = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_WORDS = _SPELLED.split()
VALUE = {word: value for value, word in enumerate(_WORDS, 2)}
_SCALE = {
    **{"mln": 1e6, "bln": 1e9, "bn": 1e9},
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "thousand": 1e3,
    "hundred": 1e2,
}
_ABOUT = (
    r"more than|less than|fewer than|at least|at most|as many as|up to|upwards of|an estimated|"
    r"a further|another|about|around|roughly|some|over|above|nearly|almost|approximately|only|"
    r"just"
)
_SHORT = (("mln", "million"), ("bln", "billion"), ("bn", "billion"))
_UNITS = (
    r"(?:US |U\.S\. |Canadian |Australian )?(?:dollars|dlrs)|pounds|stg|euros|yen|marks|francs|"
    r"cents|rupees|pesos|yuan|roubles|rubles|kronor|krona|shekels|lire|guilders"
)
FIGURE = re.compile(
    rf"(?<![\w.,$£€-])(?P<about>(?:(?:{_ABOUT}) )+)?(?P<money>[$£€])?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|\b(?:{'|'.join(_WORDS)})\b)"
    rf"(?P<scale> (?:{'|'.join(_SCALE)}))?(?![\w.,%/–:-]*\d)(?![\w-])"
    rf"(?P<share>%| per ?cent\b| pct\b)?(?P<unit> (?:{_UNITS})\b)?",
    re.IGNORECASE,
)

# A false figure that is close by may be another report's true one.
_FACTORS = (0.45, 0.6, 1.4, 1.7, 2.2)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text.

    Attributes:
        text: as written, with its scale, currency and per cent, without 'more than'.
        start, end: where it stands, 'more than' included.
        money, share: whether it is an amount of money, or a percentage.
        value: 2.3 million is 2300000.0.
    """

    text: str
    start: int
    end: int
    money: bool
    share: bool
    value: float


def figures_in(text: str) -> list[Figure]:
    """Every figure that counts or measures; dates and parts of longer numbers are left out."""
    return [_figure(match) for match in FIGURE.finditer(text) if not _is_date(match)]


_MONTH = "|".join(month_name[1:])
_AFTER_MONTH = re.compile(rf"\b(?:{_MONTH}) $")
_BEFORE_MONTH = re.compile(rf" (?:{_MONTH})\b")


def _is_date(match: re.Match[str]) -> bool:
    if match["money"] or match["scale"] or match["share"] or match["unit"]:
        return False
    if re.fullmatch(r"(?:1[6-9]|20)\d\d", match["number"]) and not match["about"]:
        return True
    return bool(
        _BEFORE_MONTH.match(match.string, match.end())
        or _AFTER_MONTH.search(match.string[: match.start()])
    )


def _figure(match: re.Match[str]) -> Figure:
    number = match["number"].lower()
    value = float(VALUE[number]) if number in VALUE else float(number.replace(",", ""))
    value *= _SCALE[match["scale"].strip().lower()] if match["scale"] else 1
    start = match.start("money") if match["money"] else match.start("number")
    text = match.string[start : match.end()]
    return Figure(
        text,
        match.start(),
        match.end(),
        bool(match["money"] or match["unit"]),
        bool(match["share"]),
        value,
    )


def forms_of(figure: Figure) -> tuple[str, ...]:
    """The figure as written and in the other ways in which an answer may write it."""
    forms = [figure.text]
    if figure.money:
        # An answer may write '$2 billion' for '2 bln dollars'.
        plain = re.sub(rf" (?:{_UNITS})$", "", figure.text, flags=re.IGNORECASE).lstrip("$£€")
        forms += [plain, *(plain.replace(short, long) for short, long in _SHORT if short in plain)]
    elif figure.share:
        number = re.match(r"[\w.,]+", figure.text)
        assert number is not None
        forms += [f"{number[0]} percent", f"{number[0]} per cent", f"{number[0]}%"]
    elif figure.text.lower() in VALUE:
        forms.append(f"{figure.value:.0f}")
    elif figure.text.isdigit() and 2 <= figure.value <= 20:
        forms.append(_WORDS[int(figure.value) - 2])
    elif figure.value >= 1000 and figure.value == int(figure.value):
        forms.append(f"{int(figure.value):,}")
    return tuple(dict.fromkeys(forms))


def another(figure: Figure, taken: frozenset[float], rng: random.Random) -> str | None:
    """A false figure written like the true one: as round as it, and none of those `taken`."""
    number = re.search(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+", figure.text)
    if number is None:
        return None
    written = number[0]
    if written.lower() in VALUE:
        near = [word for word in _WORDS if abs(VALUE[word] - figure.value) in (2, 3, 4)]
        choices = [(float(VALUE[word]), word) for word in near]
    else:
        choices = [_scaled(written, factor) for factor in _FACTORS]
    unit = figure.value / (VALUE.get(written.lower()) or float(written.replace(",", "")) or 1.0)
    # '0.8 million' for '1.8 million' looks wrong before it is read.
    most = 100 if figure.share else float("inf")
    free = [text for value, text in choices if 1 <= value <= most and value * unit not in taken]
    if not free:
        return None
    return figure.text[: number.start()] + rng.choice(free) + figure.text[number.end() :]


def _scaled(written: str, factor: float) -> tuple[float, str]:
    plain = written.replace(",", "")
    whole, _, decimals = plain.partition(".")
    zeros = 0 if decimals else len(whole) - len(whole.rstrip("0"))
    value = round(float(plain) * factor, len(decimals) or -min(zeros, len(whole) - 1))
    if value == float(plain):
        value += 3 * 10 ** min(zeros, len(whole) - 1)
    text = f"{value:,.{len(decimals)}f}" if "," in written else f"{value:.{len(decimals)}f}"
    return value, text
