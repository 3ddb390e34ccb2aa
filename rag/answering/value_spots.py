"""Where a sentence has a figure or a day of the sort that is asked for, and how surely."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator

from corpus.content.attribution import attributions
from corpus.content.happenings import happening_at, happenings_in
from corpus.content.quantities import quantities
from corpus.content.quantity import Quantity
from rag.claims.terms import content_terms
from rag.question.measured import Measured

OTHER = 0.3
"""What is left of a value that counts the injured where the dead are asked for, and of a day on
which somebody said so. Judgement: the words around it may still make it the best there is."""
_BARE = 0.8
"""What is left of a figure that names nothing that it counts, where people are asked for."""


def terms_of(text: str) -> set[str]:
    """The terms of content of a text, with the verbs of saying."""
    return {one.term for one in content_terms(text, saying=True)}


def figure_spots(question: str, measured: Measured, text: str) -> Iterator[tuple[int, int, float]]:
    """The figures of a sentence that may be of what is asked for: start, end, how well."""
    asked = happenings_in(question)
    words = set(re.findall(r"\w+", text.lower()))
    if measured.beside and not measured.beside & words:
        return
    for one in quantities(text):
        if not measured.admits(one.unit) or _is_clock(text, one):
            continue
        if measured.what == "time" and _FROM_THERE.match(text, one.end):
            continue
        if _ends_score(text, one):
            continue
        if kind := _counts(measured, one, text):
            told = happening_at(text, one.start, one.end)
            other = bool(asked and told) and told not in asked
            yield one.start, _joined_end(measured, text, one), kind * (OTHER if other else 1.0)


def _joined_end(measured: Measured, text: str, one: Quantity) -> int:
    """Where a value ends that is told in two: '17 to 12' votes, 'aged seven and ten'."""
    after = next((other for other in quantities(text) if other.start > one.start), None)
    if after is None:
        return one.end
    between = text[one.end : after.start]
    if measured.what == "age" and after.unit in ("", "year") and not after.counted:
        return after.end if _AND.fullmatch(between) else one.end
    return after.end if _ends_score(text, after) else one.end


def _ends_score(text: str, one: Quantity) -> bool:
    """'12' of '17 to 12': a range rises, a score or a vote is told with the higher first. 'From 38
    to 36' is no score, and neither is what no word calls a vote or a game."""
    before = next((other for other in reversed(quantities(text)) if other.end <= one.start), None)
    return (
        before is not None
        and before.value >= one.value
        and _SCORED.search(text) is not None
        and _FROM.search(text, 0, before.start) is None
        and not before.unit
        and not before.counted
        and not one.unit
        and _TO.fullmatch(text, before.end, one.start) is not None
    )


_SCORED = re.compile(
    r"\b(?:vot|won\b|win|beat|scor|lost\b|defeat|majorit|goal|game)", re.IGNORECASE
)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_AND = re.compile(r",? and |, ")
_TO = re.compile(r" to |\s?[-–]\s?|-to-")
_FROM_THERE = re.compile(r"\s+(?:after|before|ago|later|earlier|since|from)\b", re.IGNORECASE)
"""'Five days after' is no length of what is told."""
_CLOCK = re.compile(r"\b(?:after|at|before|by|until|till|past|around|about)\s+$", re.IGNORECASE)


def _is_clock(text: str, one: Quantity) -> bool:
    """'Sailed shortly after six.'"""
    bare = not one.counted and not one.unit and one.value <= 12 and text[one.start].isalpha()
    return bare and bool(_CLOCK.search(text, 0, one.start)) and not text[one.end :].strip(" .")


def _counts(measured: Measured, one: Quantity, text: str) -> float:
    """How well a quantity counts what is asked for: 0 where it counts something else."""
    told = _OF_THEM.match(text, one.end)
    noun = {term.term for term in content_terms(told["noun"] if told else one.counted)}
    if measured.what == "people":
        if noun & _ANYBODY or _is_people(one, text):
            return 1.0
        if noun & _SOME_PEOPLE:
            return _SOME
        return 0.0 if one.counted else _BARE
    if measured.what != "things":
        return 1.0
    if measured.counted in noun:
        return 1.0
    if not noun and _is_of_such(measured, one, text):
        return 1.0
    if noun - _ANYBODY and one.unit == "" and not _is_people(one, text):
        return 0.0
    return 0.5 if not one.unit and measured.counted in terms_of(text) else 0.0


_OF_THEM = re.compile(
    r"(?: of (?:them|these|those|whom|which))? (?:were|are|was|is|had been|have been) "
    r"(?P<noun>[a-z]+s|children|women|men)\b"
)
"""'Above 8,000 of them were children'."""


def _is_of_such(measured: Measured, one: Quantity, text: str) -> bool:
    """'Of 412 miners who went below, 37 are still there.'"""
    return any(
        other.end <= one.start
        and re.search(r"\bof (?:the )?$", text[: other.start], re.IGNORECASE)
        and measured.counted in {term.term for term in content_terms(other.counted)}
        for other in quantities(text)
    )


def _is_people(one: Quantity, text: str) -> bool:
    """'700 Palestinians', '8,200 inhabitants'."""
    words = text[one.start : one.end].split()
    return bool(words) and words[-1][:1].isupper() and words[-1].endswith(("s", "ese", "ish"))


_ANYBODY = frozenset(
    one.term
    for one in content_terms(
        "people persons deaths dead lives victims casualties fatalities civilians bodies "
        "inhabitants residents survivors passengers killed died men women"
    )
)
_SOME = 0.7
"""What is left of a figure of people of one sort, where people are asked for. Judgement: 'eleven
patients' are those who are treated, and 'eleven soldiers' may be some of those who died."""
_SOME_PEOPLE = frozenset(
    one.term
    for one in content_terms(
        "patients passengers customers visitors workers employees staff pupils students children "
        "miners soldiers civilians refugees migrants prisoners hostages protesters demonstrators "
        "marchers voters tenants farmers fishermen nurses doctors teachers guests members drivers "
        "girls boys babies adults pensioners commuters tourists pilgrims spectators crew sailors "
        "firefighters rescuers volunteers strikers villagers townspeople"
    )
)

_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{'|'.join(month_name[1:])})(?:,? \d{{4}})?"
    rf"|(?:{'|'.join(month_name[1:])}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|(?:(?:early|mid|late)[ -])?(?:{'|'.join(month_name[1:])})(?: \d{{4}})?"
    rf"|(?:{'|'.join(day_name)})(?: (?:morning|afternoon|evening|night))?"
    r"|(?:1\d|20)\d\d(?!,\d))\b"
)


def day_spots(question: str, text: str) -> Iterator[tuple[int, int, float]]:
    """The days of a sentence; less sure those on which somebody says so, or of another sort."""
    sort = next((sort for asked, sort in _SORTS if asked.search(question)), None)
    for found in _DATE.finditer(text):
        other = sort is not None and not sort.search(found[0])
        said = _is_of_saying(text, *found.span())
        yield found.start(), found.end(), OTHER if other or said else 1.0


_SORTS = tuple(
    (re.compile(rf"\b(?:what|which) {asked}\b", re.IGNORECASE), re.compile(answer))
    for asked, answer in (
        ("weekday", "|".join(day_name)),
        ("month", "|".join(month_name[1:])),
        ("year", r"\d{4}"),
        ("date", r"\d"),
    )
)
"""Questions that name the sort of day, and what a day of that sort has."""


def _is_of_saying(text: str, start: int, end: int) -> bool:
    """Whether the day is when somebody said it: '…, prosecutors said on Tuesday'."""
    for one in attributions(text):
        if one.said[0] <= start and end <= one.said[1]:
            continue
        between = text[min(one.verb[1], end) : max(start, one.verb[0])].split()
        # 'It ended the search on Wednesday and put the toll at 21': the day is of the search.
        if len(between) <= 4 and not {"and", "but"} & set(between):
            return True
    return False
