"""The phrases by which English names days, as patterns: 'on Oct. 7', 'last week', 'in 2019'."""

from __future__ import annotations

import re

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
"""Rules whose days are the same whenever the text was written."""

COUNT_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
"""The values of words before a unit: 'two days ago'."""

DAY_WORDS = {
    "the day before yesterday": (-2, -2), "the day after tomorrow": (2, 2), "yesterday": (-1, -1),
    "last night": (-1, -1), "overnight": (-1, 0), "today": (0, 0), "tonight": (0, 0),
    "this morning": (0, 0), "this afternoon": (0, 0), "this evening": (0, 0), "tomorrow": (1, 1),
}  # fmt: skip
"""How many days from today the first and the last day of each lie."""

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
"""Any month, as a pattern; in capitals, for 'may' and 'march' in lower case are verbs."""
_MONTH = rf"(?P<month>{MONTH})"
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
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(COUNT_WORDS)})"
_UNIT = r"(?P<unit>minute|hour|day|week|month|year)s?"
_AFTER = (
    r"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Bb]y )|(?<=\b[Uu]ntil )|(?<=\b[Bb]efore )"
    r"|(?<=\b[Aa]fter )|(?<=\b[Dd]uring )|(?<=\b[Ff]rom )|(?<=\b[Oo]f )|(?<=\b[Tt]he )"
    r"|(?<=\bto )|(?<=\band ))"
)
_WITH_YEAR = (
    rf"{_MONTH} {_DATE},? {_YEAR}",
    rf"(?:the )?{_DATE} (?:of )?{_MONTH},? {_YEAR}",
    r"(?P<year>1[6-9]\d\d|20\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
)
PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(rf"(?<![\w-])(?P<all>{pattern})(?![\w]|-\d)"))
    for rule, patterns in (
        ("whole-date", _WITH_YEAR),
        ("month-of-year", (rf"{_PART}{_MONTH},? (?:of )?{_YEAR}",)),
        (
            "year",
            (
                rf"{_AFTER}(?P<part>(?!))?{_YEAR}(?P<decade>s)?",
                rf"(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -](?:in )?(?:the )?{_YEAR}(?P<decade>s)?",
            ),
        ),
        (
            "month-day",
            (rf"{_MONTH} {_DATE}{_SAID_YEAR}", rf"(?:the )?{_DATE} (?:of )?{_MONTH}{_SAID_YEAR}"),
        ),
        (
            "day-of-month",
            (
                r"(?:(?<=\b[Oo]n )|(?<=\bby )|(?<=\bbefore )|(?<=\buntil )|(?<=\bsince ))the "
                r"(?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)(?=[.,;:!?]|$| (?:of this month|and|but)\b)",
            ),
        ),
        (
            "month",
            (
                rf"(?P<how>[Ll]ast|[Nn]ext|[Tt]his) {_PART}{_MONTH}(?P<which>(?!))?",
                rf"{_AFTER}(?P<how>(?!))?{_PART}{_MONTH}{_SAID_YEAR}",
                r"(?P<how>(?!))?(?P<part>[Ee]arly|[Mm]id|[Ll]ate)(?:[ -]| in )"
                rf"{_MONTH}{_SAID_YEAR}",
            ),
        ),
        (
            "weekday",
            (rf"(?:(?P<how>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming) )?{_WEEKDAY}{_OF_DAY}",),
        ),
        ("day-word", (rf"(?P<word>(?i:{'|'.join(DAY_WORDS)}))",)),
        (
            "this-unit",
            (
                r"(?:(?P<when>(?i:earlier|later|early|late|already|the (?:end|start|beginning) of))"
                r" )?(?P<how>(?i:last|this|next)) (?P<unit>week|weekend|month|quarter|year)",
            ),
        ),
        ("ago", (rf"(?i:{_COUNT}) {_UNIT} (?P<way>ago|from now)",)),
        ("lately", (rf"(?i:the) (?:past|last) (?:(?i:{_COUNT}) )?{_UNIT}",)),
    )
    for pattern in patterns
)
"""Each form of each rule. The group 'all' is the phrase; the other groups are what the readers of
`corpus.days.readers` look at."""
