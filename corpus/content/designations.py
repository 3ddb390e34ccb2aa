"""Numbers that count nothing: dates, times of day, ordinals, and the labels of things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.content.numerals import Number
from corpus.content.quantity import Designation
from corpus.days.phrases import MONTH

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATES = re.compile(
    rf"\b{MONTH}\s+{_DAY}(?:\s*(?:[-–]|to|and|or)\s*{_DAY}(?!\s*(?:%|per|[a-z]+s\b)))?\b"
    r"(?!,\d)(?:,?\s+\d{4}\b)?"
    rf"|\b(?:{_DAY}\s*(?:[-–]|to|and)\s*)?{_DAY}(?:\s+of)?\s+{MONTH}\b(?:,?\s+\d{{4}}\b)?"
    rf"|\b{MONTH},?\s+(?:of\s+)?\d{{4}}\b"
    r"|\b\d{4}-\d\d(?:-\d\d)?\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b9/11\b"
    r"|\b(?:1[6-9]|20)\d\ds?\s*[-–/]\s*(?:\d\d|\d{4})\b|\b(?:1[6-9]|20)?\d0s\b"
    r"|\b(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+"
    r"(?:minute|hour|day|week|month|year|decade)s?\s+(?:ago|from now)\b"
    r"|\b[Tt]he\s+\d{1,2}(?:st|nd|rd|th)(?=\s+of\s+(?:this|the)\s+month|[.,;])"
)
_TIMES = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?\s?m\b\.?"
    r"|\b(?P<clock>[01]?\d|2[0-4]):(?P<past>[0-5]\d)(?::[0-5]\d)?\b(?!-)"
    r"|\b(?P<four>[0-2]\d[0-5]\d)\s?(?:GMT|UTC|hours|hrs|local time)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\b(?:Articles?|Resolutions?|Sections?|Chapter|Paragraph|Clause|Rule|Law|No|Number|Flight"
    r"|Route|Highway|Page|Day|Phase|Stage|Unit|Room|Gate|Channel|Level|Platform|Annex|Part"
    r"|Protocol|Case|Bill|Directive|Order|Type|Boeing|Airbus|Group|Division|Brigade|Battalion"
    r"|Covid|Camp|Block|Sector|Zone|Terminal|Pier|Line|Track|Lane|District|Ward|Reactor|Hangar"
    r"|Berth|Model|Version|Runway|Apollo|Agenda|Vision|Tropical Storm|Formula|Fortune"
    r"|(?:phase|stage|resolution|article|section|flight|number|part|terminal|platform|reactor"
    r"|pier|berth|gate|ward|room|lane|runway|level|clause|page|step|chapter|grade))\.?"
    r"|#)[\s-]*$"
)


def dates_and_times(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the dates and times of day of a text, whose numbers are read as nothing else."""
    for pattern in (_DATES, _TIMES):
        for found in pattern.finditer(text):
            yield found.span()


def times_of_day(text: str) -> list[Designation]:
    """The times of day of a text, each in hours after midnight."""
    return [_time(found) for found in _TIMES.finditer(text)]


def designation_at(text: str, one: Number) -> Designation | None:
    """The ordinal or the label that a number of a text is, or None."""
    before = text[max(0, one.start - 20) : one.start]
    if one.form == "ordinal":
        return Designation(one.start, one.end, one.value, "ordinal")
    label = _LABEL.search(before)
    if label and (one.form != "words" or label[0][0].islower() or text[one.start].isupper()):
        # 'Day 3', 'phase two'; but 'on Day three hundred people came' is rare enough.
        return Designation(one.start, one.end, one.value, "label")
    return None


def _time(found: re.Match[str]) -> Designation:
    if found["half"]:
        hour = int(found["hour"]) % 12 + (12 if found["half"].lower() == "p" else 0)
        value = hour + int(found["minute"] or 0) / 60
    elif found["clock"]:
        value = int(found["clock"]) + int(found["past"]) / 60
    else:
        value = int(found["four"][:2]) + int(found["four"][2:]) / 60
    return Designation(*found.span(), value, "time")
