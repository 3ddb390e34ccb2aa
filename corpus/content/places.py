"""Where something is: the places that a sentence names with 'in', 'on', 'from' and their like."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PLACE = re.compile(
    r"\b(?:[Ii]n|[Oo]n|[Aa]t|[Aa]cross|[Nn]ear|[Ii]nside|[Ff]rom"
    r"|[Tt]hroughout)\s+(?:the\s+)?(?:(?:besieged|occupied|northern"
    r"|southern|eastern|western|central|whole|entire|island|town|city|region|province|village"
    r"|port|state"
    r"|all|of|rest)\s+)*(?P<place>[A-Z][\w’'-]*(?:[ -][A-Z][\w’'-]*){0,3})"
)
_NO_PLACE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b"
)
_TERRITORY = re.compile(
    r"\b(?:\w+-(?:run|held|controlled|ruled) )(?P<place>[A-Z][\w-]*)\b"
    r"|\b(?P<own>[A-Z][\w-]*)[’']s (?:health|interior|civil|foreign)\b"
)


def place_near(text: str, span: tuple[int, int], start: int, end: int) -> str:
    """The place that is named in a span nearest to what stands at start to end, or ''."""
    found = sorted(
        (abs(at - end) + (40 if at < start else 0), place) for at, place in places(text, *span)
    )
    return found[0][1] if found else ""


def places(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The places that are named between two offsets, each with where it is named."""
    for pattern in (_PLACE, _TERRITORY):
        for found in pattern.finditer(text, start, end):
            place = found["place"] or found["own"]
            place = re.sub(r"[’']s?$", "", place)
            after = text[found.start() + len(found[0]) :][:12]
            if not _NO_PLACE.match(place) and not _is_no_place(place, after):
                yield found.start(), place


def _is_no_place(place: str, after: str) -> bool:
    """An acronym, a letter, or a people's name before a noun: 'AFP', 'X', 'in Israeli jails'."""
    if len(place) < 2 or (place.isupper() and place not in ("UK", "US", "USA", "UAE", "DRC")):
        return True
    return bool(re.search(r"(?:i|ian|ese|ish)$", place)) and bool(re.match(r" [a-z]", after))
