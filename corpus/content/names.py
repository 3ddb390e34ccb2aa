"""Names in a text, and whether two of them name one: spelling, last name alone, acronyms, nations.

It reads capitals, not meaning: a capitalised word that merely begins a sentence is an 'opener',
which may be a name or not. That two people share a last name is seen only where given names stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.content.name_keys import ORGANISED, PARTICLES, SMALL, name_key, same_name
from corpus.content.nations import nation_of
from corpus.content.words import FUNCTION_WORDS, TITLES, folded

__all__ = ["Kind", "Name", "name_key", "names", "same_name"]

Kind = Literal["person", "organisation", "place", "other", "opener"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name as it stands in a text.

    Attributes:
        start, end: character offsets; end is exclusive.
        text: as written, titles that stand with it included.
        key: what its spellings have in common; see `name_key`.
        kind: 'person' after a title; 'organisation' by its words; 'place' for nations and their
            people; 'opener' for one word that begins a sentence and may be no name.
    """

    start: int
    end: int
    text: str
    key: str
    kind: Kind


_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_PART = (
    rf"(?:{_CAPITAL}\.){{2,}}|\d+(?:st|nd|rd|th)\b"
    rf"|(?:(?:al|el|as|ad|an|ar|ash|at|az|ben|bin|d|l|O)[-’'])?{_CAPITAL}[\w’'&]*(?:-[\w’']+)*"
)
_JOINT = (
    r"(?:\s+(?:of|for)(?:\s+the)?|\s+(?:al|el|bin|bint|ibn|ben|abu|von|van|der|den|de|du|da|dos"
    r"|di|la|le|and\s+(?=(?:Conciliation|Rehabilitation|Works|Human|Social|Development|Technology"
    r"|Industry|Trade|Agriculture|Defence|Defense|Security|Fisheries|Energy)\b)))"
)
_NAME = re.compile(rf"\b(?:{_PART})(?:{_JOINT}{{0,2}}(?:\s+|-)(?:{_PART}))*")
_OPENS = re.compile(r"(?:^|[.!?:;…]\s+|\n\s*|[\"“‘(\[]|^[-–—*•]\s*|\s[-–—]\s+)[\"“‘'(\[]*$")
_CALENDAR = frozenset({
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
    "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "may",
})  # fmt: skip
_MONTH_NAMES = frozenset(("april", "may", "june", "august", "jan"))
_WEAK_TITLES = frozenset({
    "state", "foreign", "prime", "vice", "former", "deputy", "acting", "chief", "head",
})  # fmt: skip


# The same sentences are held against one claim after the other.
@lru_cache(maxsize=4096)
def names(text: str) -> tuple[Name, ...]:
    """The names of a text, in order; days and months are none."""
    found: list[Name] = []
    for match in _NAME.finditer(text):
        found.extend(_split(text, match.start(), match.end()))
    return tuple(found)


def _split(text: str, start: int, end: int) -> list[Name]:
    """The names in a run of capitalised words: it is cut at days, possessives and titles."""
    words = [
        (start + found.start(), start + found.end())
        for found in re.finditer(r"\S+", text[start:end])
    ]
    pieces: list[list[tuple[int, int]]] = [[]]
    for at, (first, last) in enumerate(words):
        if _is_no_name(text, first, last, opens=at == 0, goes_on=bool(pieces[-1])):
            pieces.append([])
            continue
        if pieces[-1] and _is_title_ahead(
            [text[slice(*one)] for one in words[at:]], pieces[-1], text
        ):
            pieces.append([])
        pieces[-1].append((first, last))
        if re.search(r"(?:['’]s|s['’])$", text[first:last]):
            pieces.append([])
    made = [_make(text, piece) for piece in pieces if piece]
    return [one for one in made if one is not None]


def _is_no_name(text: str, first: int, last: int, *, opens: bool, goes_on: bool) -> bool:
    written = text[first:last]
    plain = re.sub(r"'s?$", "", folded(written))
    if plain in _CALENDAR:
        # 'Theresa May', but 'May 6' and 'in May'.
        return not (goes_on and plain in _MONTH_NAMES and not re.match(r"\s+\d", text[last:]))
    if written.isupper() and len(written) > 1:
        return False
    begins = opens and _OPENS.search(text, max(0, first - 12), first) is not None
    if begins and (plain in FUNCTION_WORDS or _is_contraction(folded(written))):
        return True
    return plain in FUNCTION_WORDS and not goes_on


def _is_title_ahead(ahead: list[str], before: list[tuple[int, int]], text: str) -> bool:
    """Whether a title begins here, and the words before it are whose: 'US President Lena Marsh'."""
    if all(_titled(text[slice(*one)]) for one in before):
        return False
    strong, at = False, 0
    while at < len(ahead) and (_titled(ahead[at]) or (strong and ahead[at] == "of")):
        strong = strong or folded(ahead[at]).split()[0] not in _WEAK_TITLES
        at += 1
    return strong and at < len(ahead) and folded(ahead[at]) not in ORGANISED


def _titled(word: str) -> bool:
    return all(part in TITLES for part in folded(word).split())


def _is_contraction(word: str) -> bool:
    return re.fullmatch(r"(?:i|it|he|she|we|they|you|that|there|who|what)'\w+", word) is not None


def _make(text: str, piece: list[tuple[int, int]]) -> Name | None:
    while piece and folded(text[slice(*piece[-1])]) in SMALL | PARTICLES - {"al"}:
        piece = piece[:-1]
    while piece and folded(text[slice(*piece[0])]) in SMALL:
        piece = piece[1:]
    titles = 0
    while titles < len(piece) and _titled(text[slice(*piece[titles])]):
        titles += 1
    if 0 < titles < len(piece) and text[slice(*piece[titles])] in ("of", "for"):
        piece = piece[titles + 1 :]  # of 'Director of the Ports Office' only the office is named
        while piece and folded(text[slice(*piece[0])]) in SMALL:
            piece = piece[1:]
    if not piece:
        return None
    start, end = piece[0][0], piece[-1][1]
    written = re.sub(r"(?:['’]s?)$", "", text[start:end])
    end = start + len(written)
    if not any(character.isalpha() for character in written) or re.match(r"\d", written):
        return None
    return Name(start, end, written, name_key(written), _kind(text, start, written))


def _kind(text: str, start: int, written: str) -> Kind:
    parts = folded(written).split()
    if any(part in ORGANISED for part in parts):
        return "organisation"
    if nation_of(" ".join(parts)):
        return "place"
    before = re.search(r"([\w-]+)\s+$", text[max(0, start - 24) : start])
    if parts[0] in TITLES or (before and folded(before[1]) in TITLES):
        return "person"
    opens = _OPENS.search(text, max(0, start - 12), start) is not None
    if opens and len(parts) == 1 and not (written.isupper() and len(written) > 1):
        return "opener"
    return "other"
