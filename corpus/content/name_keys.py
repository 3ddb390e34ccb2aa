"""Whether two names, as they are written, name one: spelling, last name alone, acronym, nation."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.content.nations import nation_of, nation_of_capital
from corpus.content.words import TITLES, folded, near_spelling

ORGANISED = frozenset({
    "ministry", "department", "office", "council", "committee", "commission", "agency",
    "authority", "bank", "university", "army", "navy", "police", "force", "forces", "court",
    "party", "union", "association", "organisation", "organization", "federation", "company",
    "corporation", "group", "institute", "college", "hospital", "school", "bureau",
    "parliament", "senate", "congress", "assembly", "board", "society", "trust", "fund",
    "league", "club", "institution", "directorate", "service", "services", "centre", "center",
    "mission", "brigade", "secretariat", "programme", "program", "cabinet",
})  # fmt: skip
SMALL = frozenset({
    "of", "for", "the", "and", "in", "at",
})  # fmt: skip
PARTICLES = frozenset({
    "al", "el", "as", "ad", "an", "ar", "ash", "at", "az", "bin", "bint", "ibn", "ben", "abu",
    "von", "van", "der", "den", "de",
})  # fmt: skip


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """What the spellings of a name have in common.

    A person's last name without 'al' ('Majed al-Ansari' → 'ansari'), a nation's own name for its
    long form and its people ('Qatari' → 'qatar'), an office by its words ('Ministry of Foreign
    Affairs' → 'foreign ministry').
    """
    words = _words(name)
    if not words:
        return folded(name).strip()
    if nation := nation_of(" ".join(words)):
        return nation
    if any(word in ORGANISED for word in words):
        return " ".join(_office(words))
    core = [word for word in words if word not in TITLES] or words
    return core[-1]


def _words(name: str) -> list[str]:
    plain = re.sub(r"(?<=\b\w)\.", "", folded(name))
    parts = re.findall(r"[^\W_]+(?:'[^\W_]+)*", re.sub(r"['’]s?\b(?!\w)", "", plain))
    kept = [part for part in parts if part not in PARTICLES and part not in SMALL]
    joined: list[str] = []
    for part in kept:
        # 'Abdul Rahman' is 'Abdulrahman', and 'Abdel' another way to write it.
        if joined and joined[-1] in ("abdul", "abdel", "abd"):
            joined[-1] = "abdul" + part
        else:
            joined.append(part)
    return joined


def _office(words: list[str]) -> list[str]:
    named = [nation_of(word) or word for word in words if word not in ("affairs", "affair")]
    head = next((word for word in named if word in ("ministry", "department", "office")), None)
    if head and named[0] == head:
        named = [*named[1:], head]  # 'Ministry of Foreign Affairs'
    elif head and len(named) > 2 and named[1] == head and nation_of(named[0]):
        named = [named[0], *named[2:], head]
    return named


@lru_cache(maxsize=16384)
def same_name(first: str, second: str) -> bool:
    """Whether two names, as they are written, may name one: see the module's first words."""
    one, other = _words(first), _words(second)
    if not one or not other:
        return folded(first).strip() == folded(second).strip()
    if one == other or name_key(first) == name_key(second) == " ".join(_office(one)):
        return True
    nations = [nation_of(" ".join(each)) for each in (one, other)]
    if any(nations):
        capitals = [nation_of_capital(" ".join(each)) for each in (one, other)]
        if nations[0] and nations[1]:
            return nations[0] == nations[1]
        if (nations[0] or capitals[0]) == (nations[1] or capitals[1]):
            return True
    if _initials(first, second) or _initials(second, first):
        return True
    offices = [any(word in ORGANISED for word in each) for each in (one, other)]
    if any(offices):
        return all(offices) and _same_office(_office(one), _office(other))
    return _same_person(one, other)


def _initials(short: str, long: str) -> bool:
    """Whether one is the acronym of the other: 'WHO', 'U.N.', 'OCHA'."""
    letters = short.replace(".", "").strip()
    if not (2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha()):
        return False
    words = re.findall(r"[^\W\d_]+", long)
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return len(words) > 1 and letters == capitals


def _same_office(one: list[str], other: list[str]) -> bool:
    """One may leave out words of the other ('the Foreign Ministry'), but not exchange any."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and all(any(near_spelling(a, b) for b in long) for a in short)


def _same_person(one: list[str], other: list[str]) -> bool:
    core = [[word for word in each if word not in TITLES] for each in (one, other)]
    if not core[0] or not core[1]:
        return one == other
    (*given, last), (*given_other, last_other) = core
    if near_spelling(last, last_other):
        return not given or not given_other or _same_given(given, given_other)
    # 'Sheikh Tamim' is Tamim bin Hamad Al Thani; 'Okafor' is not Okafor Street's Ellen.
    short, long = sorted(core, key=len)
    titled = any(word in TITLES for word in (one if core[0] is short else other))
    return len(short) == 1 and len(long) > 1 and titled and near_spelling(short[0], long[0])


def _same_given(one: list[str], other: list[str]) -> bool:
    first, second = one[0], other[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    # 'Nasser bin Khalid' and 'Fahd bin Khalid' are brothers; a second name may be left out.
    return any(near_spelling(first, each) for each in other) or any(
        near_spelling(second, each) for each in one
    )
