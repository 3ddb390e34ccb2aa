"""The days that a text speaks of: 'Tuesday', 'last week', 'on Oct. 7', seen from its own date.

The convention is that of news: a day without a year, and a weekday without more, is the most
recent one on or before publication, unless the words around it speak of what is to come. A
phrase that names a span gives a span: 'last week' is Monday to Sunday of the week before. A
text without a date tells only the days that it names in full.

Own rules instead of dateparser 1.5.0: of 40 phrases that were labelled last, with no rule changed
for them, they read 39 as labelled (38 before one label was corrected), dateparser 27, counting
any day inside a labelled span as right (`tests/corpus/test_corpus_days.py`). It gives one day
where a phrase names a week or a month, and cannot see from 'will' or 'said' on which side of
today a weekday lies.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.sentences import sentence_spans

RULES: dict[str, str] = {
    "whole-date": "day, month and year: 'October 7, 2023', '2023-10-07'",
    "month-of-year": "a month and its year: 'in May 2023', 'late May 2023'",
    "year": "a year or a decade: 'in 2019', 'the 1990s'",
    "month-day": "a day and its month: 'on Oct. 7', '7 October'",
    "day-of-month": "a day without its month: 'on the 28th'",
    "month": "a month without its year: 'in March', 'late November'",
    "weekday": "'Tuesday', 'last Friday', 'next Monday night'",
    "day-word": "'today', 'yesterday', 'last night', 'the day after tomorrow'",
    "this-unit": "'last week', 'this month', 'earlier this year', 'next weekend'",
    "ago": "'two days ago', 'a month ago', 'ten days from now'",
    "lately": "a span that ends on the day of publication: 'the past three days'",
}
ABSOLUTE = frozenset(("whole-date", "month-of-year", "year"))

# An announced day lies at most this far ahead; a farther one would be named with its year.
_ANNOUNCED = timedelta(days=183)

_DAY = timedelta(days=1)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip

# 'may' and 'march' in lower case are verbs.
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
_YEAR = (
    r"(?P<year>1[6-9]\d\d|20\d\d)(?![\d%]|[.,]\d| (?:people|men|women|children|troops|soldiers"
    r"|homes|houses|jobs|cases|deaths|points|(?:kilo)?met(?:re|er)s|miles|tons|tonnes|dollars|euros)\b)"
)
_SAID_YEAR = r"(?:,? (?:of )?(?P<which>last|this|next) year)?"
_PART = r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)(?:[ -]| in ))?"
_WEEKDAY = (
    r"(?P<weekday>Mon(?:day|\.)|Tue(?:s(?:day|\.)|\.)|Wed(?:nesday|\.)|Thu(?:rs(?:day|\.)|\.)"
    r"|Fri(?:day|\.)|Sat(?:urday|\.)|Sun(?:day|\.))"
)
_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>minute|hour|day|week|month|year)s?"
_AFTER = (
    r"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Bb]y )|(?<=\b[Uu]ntil )|(?<=\b[Bb]efore )"
    r"|(?<=\b[Aa]fter )|(?<=\b[Dd]uring )|(?<=\b[Ff]rom )|(?<=\b[Oo]f )|(?<=\b[Tt]he )"
    r"|(?<=\bto )|(?<=\band ))"
)
# Words between which and the day a sentence speaks of what is to come, and of what has been.
_AHEAD = re.compile(
    r"\b(?:will|shall|won[’']t|’ll|'ll|(?:would|must|should|could|may|might)(?! have)|(?:is|are)"
    r"(?=(?: on)?\s*$)|(?:is|are|be|been) (?:now |still |also )?"
    r"(?:to|due|set|scheduled|expected|slated|planned|likely|forecast|on)|going to"
    r"|plans? to|hopes? to|aims? to|intends? to|scheduled for|planned for|upcoming"
    r"|(?:the|its|his|her|their) next \w+|(?:meets?|opens?|begins?|starts?|resumes?|ends?|expires?"
    r"|votes?|arrives?|leaves?|returns?|reopens?|closes?|falls?|takes?|comes?|goes|sits?|holds?"
    r"|hears?|plays?|visits?|flies)(?: \w+){0,3} on(?=\s*$))\b",
    re.IGNORECASE,
)
_AHEAD_WEAKLY = re.compile(r"\b(?:until|till|by|ahead of|before|through|from)\s*$", re.IGNORECASE)
_BEEN = re.compile(
    r"\b(?<!\bbe )(?:(?!(?:need|indeed|embed|speed|feed|breed|deed|seed|red|bed|hundred|united"
    r"|unprecedented|scheduled|expected|planned|slated|limited|armed|alleged|proposed)\b)\w+ed"
    r"|said|told|was|were|had|did|met|began|went|came|took|made|held|left|fell|rose|hit|won"
    r"|lost|gave|got|saw|found|sent|struck|broke|shot|flew|spoke|wrote|led|became|fled|ran|would"
    r" have|has|have|since|brought|bought|paid|stood|kept|sank|tore|drew|thought|felt|sought)\b",
    re.IGNORECASE,
)
# 'the October 7 attack': a name, and not what the sentence is about.
_NAMED = re.compile(r"\b(?:the|its|his|her|their|this|that|post)[ -]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DayMention:
    """One phrase of a text that names a day or a span of days.

    Attributes:
        start, end: character offsets of the phrase; end is exclusive.
        first, last: the days that it names, both included; equal for a single day.
        rule: which rule read it: one of `corpus.days.RULES`.
    """

    start: int
    end: int
    first: date
    last: date
    rule: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a phrase stands: the words of its sentence around it, and the day it is seen from."""

    before: str
    after: str
    today: date

    def is_ahead(self) -> bool:
        """Whether the sentence speaks of what is to come at this phrase.

        The last word that tells, before the phrase; where there is none, the first after it.
        """
        ahead = [found.start() for found in _AHEAD.finditer(self.before)]
        been = [found.start() for found in _BEEN.finditer(self.before)]
        if ahead or been:
            return max(ahead, default=-1) > max(been, default=-1)
        if _NAMED.search(self.before):
            return False
        first_ahead, first_been = _AHEAD.search(self.after), _BEEN.search(self.after)
        if first_ahead or first_been:
            return first_ahead is not None and (
                first_been is None or first_ahead.start() < first_been.start()
            )
        return _AHEAD_WEAKLY.search(self.before) is not None


_Span = tuple[date, date] | None


def days_in(text: str, published: date | None) -> tuple[DayMention, ...]:
    """The days that the text speaks of, in order, without overlap.

    `published` is the day that it was written; without one only whole dates, months with their
    year and years are given. Phrases that point at another phrase ('the next day', 'a week
    later') name no day by themselves and are left out.
    """
    mentions: list[DayMention] = []
    for start, end in sentence_spans(text):
        mentions.extend(_in_sentence(text, start, end, published))
    return tuple(mentions)


def _in_sentence(text: str, start: int, end: int, published: date | None) -> Iterator[DayMention]:
    candidates = [
        (found.start("all"), -found.end("all"), rule, found)
        for rule, pattern, _ in _READERS
        if published or rule in ABSOLUTE
        for found in pattern.finditer(text, start, end)
    ]
    at = start
    for begin, minus_end, rule, found in sorted(candidates, key=lambda each: each[:2]):
        if begin < at:
            continue
        place = _Place(text[at:begin], text[-minus_end:end], published or date.min)
        span = _read(rule, found, place)
        if span is not None:
            at = -minus_end
            yield DayMention(begin, at, *span, rule)


def _read(rule: str, found: re.Match[str], place: _Place) -> _Span:
    try:
        return next(read for name, _, read in _READERS if name == rule)(found, place)
    except (ValueError, OverflowError):
        return None  # a day before the year 1 or after 9999


def _month_of(found: re.Match[str]) -> int:
    return _MONTHS.index(found["month"][:3].lower()) + 1


def _one(year: int, month: int, day: int) -> _Span:
    try:
        named = date(year, month, day)
    except ValueError:
        return None
    return named, named


def _whole_month(year: int, month: int, part: str | None = None) -> _Span:
    """The month, or its first ten days, its second ten, or the rest of it."""
    length = monthrange(year, month)[1]
    parts = {"early": (1, 10), "mid": (11, 20), "late": (21, length)}
    first, last = parts[part.lower()] if part else (1, length)
    return date(year, month, first), date(year, month, last)


def _year_of(which: str | None, today: date) -> int | None:
    shift = {"last": -1, "this": 0, "next": 1}
    return today.year + shift[which] if which else None


def _read_whole_date(found: re.Match[str], _: _Place) -> _Span:
    month = found["month"]
    number = int(month) if month.isdigit() else _month_of(found)
    return _one(int(found["year"]), number, int(found["day"]))


def _read_month_of_year(found: re.Match[str], _: _Place) -> _Span:
    return _whole_month(int(found["year"]), _month_of(found), found["part"])


def _read_year(found: re.Match[str], _: _Place) -> _Span:
    year = int(found["year"])
    if found["decade"] and year % 10:
        return None
    first, last = date(year, 1, 1), date(year + (9 if found["decade"] else 0), 12, 31)
    return _third(first, last, found["part"])


def _read_month_day(found: re.Match[str], place: _Place) -> _Span:
    month, day, today = _month_of(found), int(found["day"]), place.today
    if year := _year_of(found["which"], today):
        return _one(year, month, day)
    years = (today.year - 1, today.year, today.year + 1)
    days = [span[0] for year in years if (span := _one(year, month, day))]
    if place.is_ahead():
        coming = [each for each in days if today <= each <= today + _ANNOUNCED]
        if coming:
            return coming[0], coming[0]
    past = [each for each in days if each <= today]
    return (past[-1], past[-1]) if past else None


def _read_day_of_month(found: re.Match[str], place: _Place) -> _Span:
    day, today = int(found["day"]), place.today
    step = 1 if place.is_ahead() else -1
    month = today.replace(day=1)
    for _ in range(3):
        span = _one(month.year, month.month, day)
        if span and ((span[0] >= today) if step > 0 else (span[0] <= today)):
            return span
        month = _months_from(month, step)
    return None


def _read_month(found: re.Match[str], place: _Place) -> _Span:
    month, today = _month_of(found), place.today
    year = _year_of(found["which"], today)
    if year is None:
        year = today.year
        how = (found["how"] or "").lower()
        ahead = how == "next" or (how == "" and place.is_ahead())
        if how == "last" and month >= today.month:
            year -= 1
        elif ahead and (month < today.month or (how == "next" and month == today.month)):
            year += 1
        elif not ahead and how != "this" and month > today.month:
            year -= 1
    return _whole_month(year, month, found["part"])


def _read_weekday(found: re.Match[str], place: _Place) -> _Span:
    number = _WEEKDAYS.index(found["weekday"][:3].lower())
    today, how = place.today, (found["how"] or "").lower()
    back = (today.weekday() - number) % 7
    if how in ("last", "past"):
        day = today - (back or 7) * _DAY
    elif how in ("next", "coming"):
        # 'Next Tuesday', said on a Monday, is not tomorrow.
        day = _monday(today) + (7 + number) * _DAY
    elif how == "this":
        day = _monday(today) + number * _DAY
    else:
        day = today + (-back % 7) * _DAY if place.is_ahead() else today - back * _DAY
    return day, day


_DAY_WORDS = {
    "the day before yesterday": (-2, -2), "the day after tomorrow": (2, 2), "yesterday": (-1, -1),
    "last night": (-1, -1), "overnight": (-1, 0), "today": (0, 0), "tonight": (0, 0),
    "this morning": (0, 0), "this afternoon": (0, 0), "this evening": (0, 0), "tomorrow": (1, 1),
}  # fmt: skip


def _read_day_word(found: re.Match[str], place: _Place) -> _Span:
    first, last = _DAY_WORDS[found["word"].lower()]
    return place.today + first * _DAY, place.today + last * _DAY


def _read_this_unit(found: re.Match[str], place: _Place) -> _Span:
    today, shift = place.today, {"last": -1, "this": 0, "next": 1}[found["how"].lower()]
    when = (found["when"] or "").lower()
    first, last = _unit_at(found["unit"].lower(), today, shift)
    if shift == 0 and when in ("earlier", "already"):
        return first, today
    if shift == 0 and when == "later":
        return today, last
    return _third(first, last, when)


def _third(first: date, last: date, part: str | None) -> tuple[date, date]:
    """The first, second or last third of a span, by 'early', 'mid', 'late' and their like."""
    third = (last - first).days // 3 * _DAY
    parts = {
        "early": (first, first + third),
        "mid": (first + third, last - third),
        "late": (last - third, last),
        "the end of": (last - third, last),
        "the start of": (first, first + third),
        "the beginning of": (first, first + third),
    }
    return parts.get((part or "").lower(), (first, last))


def _unit_at(unit: str, today: date, shift: int) -> tuple[date, date]:
    """The week (from Monday), weekend, month, quarter or year that lies `shift` from today's."""
    if unit == "week":
        first = _monday(today) + 7 * shift * _DAY
        return first, first + 6 * _DAY
    if unit == "weekend":
        saturday = _monday(today) + (5 + 7 * shift) * _DAY
        return saturday, saturday + _DAY
    if unit == "month":
        month = _months_from(today.replace(day=1), shift)
        return month, _months_from(month, 1) - _DAY
    if unit == "quarter":
        month = _months_from(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3 * shift)
        return month, _months_from(month, 3) - _DAY
    return date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)


def _read_ago(found: re.Match[str], place: _Place) -> _Span:
    count = _count_of(found["count"])
    unit = found["unit"]
    sign = -1 if found["way"] == "ago" else 1
    if unit in ("minute", "hour"):
        return place.today, place.today
    if unit == "day":
        day = place.today + sign * count * _DAY
        return day, day
    return _unit_at(unit, place.today, sign * count)


def _read_lately(found: re.Match[str], place: _Place) -> _Span:
    count, today = _count_of(found["count"] or "one"), place.today
    unit = found["unit"]
    if unit in ("minute", "hour"):
        first = today - (count // 24 if unit == "hour" else 0) * _DAY
    elif unit in ("day", "week"):
        first = today - count * (7 if unit == "week" else 1) * _DAY
    else:
        month = _months_from(today.replace(day=1), -count * (12 if unit == "year" else 1))
        first = month.replace(day=min(today.day, monthrange(month.year, month.month)[1]))
    return first, today


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def _months_from(month: date, shift: int) -> date:
    """The first day of the month that lies `shift` months from this first day of one."""
    months = month.year * 12 + month.month - 1 + shift
    return date(months // 12, months % 12 + 1, 1)


def _count_of(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words.lower()]


_WITH_YEAR = (
    rf"{_MONTH} {_DATE},? {_YEAR}",
    rf"(?:the )?{_DATE} (?:of )?{_MONTH},? {_YEAR}",
    r"(?P<year>1[6-9]\d\d|20\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
)
_READERS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], _Place], _Span]], ...] = tuple(
    (rule, re.compile(rf"(?<![\w-])(?P<all>{pattern})(?![\w]|-\d)"), read)
    for rule, patterns, read in (
        ("whole-date", _WITH_YEAR, _read_whole_date),
        ("month-of-year", (rf"{_PART}{_MONTH},? (?:of )?{_YEAR}",), _read_month_of_year),
        (
            "year",
            (
                rf"{_AFTER}(?P<part>(?!))?{_YEAR}(?P<decade>s)?",
                rf"(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -](?:in )?(?:the )?{_YEAR}(?P<decade>s)?",
            ),
            _read_year,
        ),
        (
            "month-day",
            (rf"{_MONTH} {_DATE}{_SAID_YEAR}", rf"(?:the )?{_DATE} (?:of )?{_MONTH}{_SAID_YEAR}"),
            _read_month_day,
        ),
        (
            "day-of-month",
            (
                r"(?:(?<=\b[Oo]n )|(?<=\bby )|(?<=\bbefore )|(?<=\buntil )|(?<=\bsince ))the "
                r"(?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)(?=[.,;:!?]|$| (?:of this month|and|but)\b)",
            ),
            _read_day_of_month,
        ),
        (
            "month",
            (
                rf"(?P<how>[Ll]ast|[Nn]ext|[Tt]his) {_PART}{_MONTH}(?P<which>(?!))?",
                rf"{_AFTER}(?P<how>(?!))?{_PART}{_MONTH}{_SAID_YEAR}",
                r"(?P<how>(?!))?(?P<part>[Ee]arly|[Mm]id|[Ll]ate)(?:[ -]| in )"
                rf"{_MONTH}{_SAID_YEAR}",
            ),
            _read_month,
        ),
        (
            "weekday",
            (rf"(?:(?P<how>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming) )?{_WEEKDAY}{_OF_DAY}",),
            _read_weekday,
        ),
        (
            "day-word",
            (rf"(?P<word>(?i:{'|'.join(_DAY_WORDS)}))",),
            _read_day_word,
        ),
        (
            "this-unit",
            (
                r"(?:(?P<when>(?i:earlier|later|early|late|already|the (?:end|start|beginning) of))"
                r" )?(?P<how>(?i:last|this|next)) (?P<unit>week|weekend|month|quarter|year)",
            ),
            _read_this_unit,
        ),
        (
            "ago",
            (rf"(?i:{_COUNT}) {_UNIT} (?P<way>ago|from now)",),
            _read_ago,
        ),
        (
            "lately",
            (rf"(?i:the) (?:past|last) (?:(?i:{_COUNT}) )?{_UNIT}",),
            _read_lately,
        ),
    )
    for pattern in patterns
)
