"""Questions for a day: 'When did …?', of a sentence that says that something was on a date.

    'The truce ended on 1 December'          → When did the truce end?
    'In March 2019, the court was dissolved' → When was the court dissolved?

A weekday alone is no answer to check against, so 'on Tuesday' is not asked for.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator

from evals.draft.clause import take_apart
from evals.draft.drafted import Proposal, Statement
from evals.draft.lexicon import word_set
from evals.draft.verbs import BASE

_MONTHS = "|".join(month_name[1:])
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
# 'in 2005 and 2006', 'on 3-5 May' are no one date.
_ALONE = rf"(?![\w-])(?! (?:and|or|to) (?:\d|{_MONTHS}))(?! \d),?"
_NOT_PAST = word_set("is are has have would could can may might must should shall")
# 'recovered after a poor January': the date may be that of the other event.
_TIMED = re.compile(r"\b(?:after|before|since|than|until)\b")
_DATE = re.compile(
    rf" (?:on|On) (?:the )?{_WEEKDAY}(?P<day>(?P<d>\d{{1,2}}) (?P<m>{_MONTHS})|(?P<m2>{_MONTHS}) "
    rf"(?P<d2>\d{{1,2}}))(?P<year>,? (?:1[5-9]|20)\d\d)?{_ALONE}"
    rf"| (?:in|In) (?P<month>(?:early |late |mid-)?(?:{_MONTHS})(?: (?:1[5-9]|20)\d\d)?){_ALONE}"
    rf"| (?:in|In) (?P<only>(?:1[5-9]|20)\d\d){_ALONE}"
)


def propose(statement: Statement) -> Iterator[Proposal]:
    """A question for the date of the main clause, where exactly one stands in the sentence."""
    text = f" {statement.text}"
    found = list(_DATE.finditer(text))
    if len(found) != 1:
        return
    match = found[0]
    # After a comma something else begins: 'ended on 1 December, after seven days'.
    after = "" if match[0].endswith(",") and text[: match.start()].strip() else text[match.end() :]
    without = f"{text[: match.start()]} {after}".split()
    # What comes before the date must be the main clause, or nothing.
    head = text[: match.start()].strip()
    if "," in head or not without:
        return
    plain = " ".join(without)
    plain = plain[0].upper() + plain[1:]
    clause = take_apart(plain, statement.article.text, bare=True)
    if clause is None or clause.verb in _NOT_PAST or not (clause.rest or clause.verb in BASE):
        return
    figured = any(character.isdigit() for character in clause.rest)
    if not match["day"] and (figured or _TIMED.search(clause.rest)):
        return  # 'sales rose 4 per cent in March': a figure of a time, not the time of an event
    asked_part = f"{clause.subject} {clause.verb} {clause.rest}"
    if head and head.split()[-1] not in asked_part.split():
        return
    yield Proposal("date", statement, clause.asked("When"), _forms(match), "date")


def _forms(match: re.Match[str]) -> tuple[str, ...]:
    """The date with day and month in either order; a form without the year holds one with it."""
    if match["day"]:
        day, month = match["d"] or match["d2"], match["m"] or match["m2"]
        written = match["day"]
        return tuple(dict.fromkeys((written, f"{day} {month}", f"{month} {day}")))
    if match["month"]:
        written = match["month"]
        plain = re.sub(r"^(?:early |late |mid-)", "", written)
        return tuple(dict.fromkeys((written, plain)))
    return (match["only"],)
