"""A day as it is written: in a field, in a line of its own, in an address, in a page's markup.

Only a whole date counts: day, month and year. The day is the one that was written: no time zone
is converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from htmldate import find_date

from corpus.days.spans import MONTHS
from corpus.errors import BadDate

# A publisher's line stands among the first lines, before the reporting has well begun.
HEAD_BLOCKS = 10

_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:1[6-9]|20)\d\d)"  # the first newspapers are of the 1600s
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_ZONE = r"(?:Z|[+-]\d\d:?\d\d|(?-i:\(?[A-Z]{2,5}(?:[+-]\d{1,2})?\)?(?![a-z]))|local time)"
_CLOCK = (
    r"\d{1,2}(?:[:.h]\d\d(?::\d\d(?:\.\d+)?)?(?:\s*[ap]\.?m\b\.?)?|\s*[ap]\.?m\b\.?)"
    rf"(?:\s*{_ZONE})?"
)
_TIME = rf"(?:(?:T|,?\s*(?:at|[-–—|])?\s*){_CLOCK})?"
_WHOLE_DATE = (
    rf"(?:{_CLOCK},?\s+(?:on\s+)?)?"
    + _WEEKDAY
    + "(?:"
    + "|".join(
        (
            _YEAR.format("y1") + r"[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)",
            _DAY.format("d2") + r"[\s-]+(?:of\s+)?" + _MONTH.format("m2") + r",?[\s-]+"
            + _YEAR.format("y2"),
            _MONTH.format("m3") + r"\s+" + _DAY.format("d3") + r",?\s+" + _YEAR.format("y3"),
            r"(?P<a4>\d{1,2})(?P<s4>[/.-])(?P<b4>\d{1,2})(?P=s4)" + _YEAR.format("y4"),
        )
    )
    + r")(?!\d)"
    + _TIME
)  # fmt: skip
_PUBLISHED = (
    r"(?:(?:first\s+)?(?:published|posted|issued)(?:\s+(?:on|at))?(?:\s*:)?"
    r"|(?:publication|publish(?:ed|ing)?|pub)\s+date\s*:?|date(?:\s+published)?\s*:)\s*"
)
_UPDATED = r"(?:last\s+)?(?:updated?|modified|revised)(?:\s+(?:on|at))?(?:\s*:)?\s*"
_STAMP = re.compile(
    rf"(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))?{_WHOLE_DATE}"
    # '16 December 2014 Last updated at 08:58 GMT' tells the day of the update
    rf"(?P<updated_at>\s+last\s+updated\s+at\s+{_CLOCK})?",
    re.IGNORECASE,
)
_PARSED = re.compile(rf"\s*{_WHOLE_DATE}\s*", re.IGNORECASE)
_DATE_HEAD = re.compile(r"\s*date:?\s+(\d{4}-\d\d-\d\d)(?!\d)[\s|:–—-]*", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s|•·–—-]*")
_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/-]?)(?P<m>\d\d|[a-z]{3})(?P=s)(?P<d>\d\d)(?!\d)"
)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_date(text: str) -> date:
    """The day written YYYY-MM-DD, and in no other way. Raises BadDate."""
    if _ISO_DAY.fullmatch(text.strip()):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            pass
    raise BadDate(
        f"{text[:40]!r} is not a date", next_step="write it as YYYY-MM-DD, for example 2024-03-31"
    )


def parse_date(value: object) -> date | None:
    """The day that a field of metadata names, or None where it names no whole day.

    Takes dates, ISO 8601, e-mail dates, '17 Sep 2024' and its kin, and epoch seconds or
    milliseconds (read as UTC). Of '03/04/2024' nobody can tell the month: None.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?", text):
        seconds = float(text) / (1000 if len(text.split(".")[0]) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text).date()
        except (ValueError, TypeError, IndexError):
            continue
    found = _PARSED.match(text)
    return _day_of(found) if found and not text[found.end() :].strip() else None


def _day_of(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    if parts["y1"]:
        return _day(parts["y1"], parts["m1"], parts["d1"])
    for form in "23":
        if parts[f"y{form}"]:
            return _day(parts[f"y{form}"], parts[f"m{form}"], parts[f"d{form}"])
    first, second = int(parts["a4"]), int(parts["b4"])
    if first != second and max(first, second) <= 12:
        return None  # 03/04/2024: April here, March there
    month, day = sorted((first, second))
    return _day(parts["y4"], str(month), str(day))


def _day(year: str, month: str, day: str) -> date | None:
    name = month.lower()[:3]
    try:
        number = int(month) if month.isdigit() else MONTHS.index(name) + 1
        return date(int(year), number, int(day))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Stamp:
    """One date line taken off a block of text.

    Attributes:
        kind: 'published' or 'updated' by its label, or 'bare' for a date and nothing else.
        day: the day, or None where its day and month cannot be told apart.
        rest: what the block says after it; '' where it is the whole block.
    """

    kind: str
    day: date | None
    rest: str


def stamp(block: str) -> Stamp | None:
    """The date line that the block is or begins with, if it is one.

    Words after the date stay reporting unless a colon marks the label: 'Posted on 3 May 2021,
    the video shows …' is a sentence, 'Published: 3 May 2021 The video shows …' is a stamp.
    """
    found = _STAMP.match(block)
    if not found:
        return None
    label = found["published"] or found["updated"]
    separator = _SEPARATOR.match(block, found.end())
    rest = block[separator.end() if separator else found.end() :]
    if rest and not (label and label.rstrip().endswith(":") and not rest[0].islower()):
        return None
    if rest.startswith((",", ";", ".")):
        return None
    updated = found["updated"] or found["updated_at"]
    kind = "published" if found["published"] else "updated" if updated else "bare"
    return Stamp(kind, _day_of(found), rest)


def date_head(block: str) -> tuple[date, str] | None:
    """The collector's 'date 2024-09-18' that a text begins with, and what follows it."""
    found = _DATE_HEAD.match(block)
    day = parse_date(found[1]) if found else None
    return (day, block[found.end() :]) if found and day else None


def url_date(url: str) -> date | None:
    """The day in the path of an address: /2024/09/17/, /2024/sep/17/, -20240917."""
    try:
        path = urlsplit(url).path.lower()
    except ValueError:
        return None
    days = [_day(found["y"], found["m"], found["d"]) for found in _URL_DAY.finditer(path)]
    return next((day for day in days if day), None)


def html_date(page: str) -> date | None:
    """The original date that htmldate reads in the page's markup.

    Not its 'extensive' search: that dates a page by any date in its text, and by the year of
    its copyright line as 1 January.
    """
    found = find_date(page, extensive_search=False, original_date=True)
    return parse_date(found)
