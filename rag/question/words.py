"""The words of a question with their places, and the small words that give it its shape."""

from __future__ import annotations

import re
from dataclasses import dataclass


def listed(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


AUXILIARIES = listed(
    "is are was were am be been has have had do does did will would can could shall should may "
    "might must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't "
    "wouldn't can't couldn't shouldn't"
)
WH_WORDS = listed("what which who whom whose when where why how")
PREPOSITIONS = listed(
    "about above across after against along amid among around as at before behind below beneath "
    "beside between beyond by despite down during except for from in inside into like near of off "
    "on onto out outside over past per regarding since through throughout to toward towards under "
    "until till up upon via with within without"
)
DETERMINERS = listed(
    "the a an this that these those its his her their our my your any some all both each every no "
    "more most many much several few other another such"
)
PRONOUNS = listed(
    "he she it they we you i him her them us anyone anybody someone somebody everyone everybody "
    "nobody no-one anything something"
)
CONJUNCTIONS = listed("and or but nor than")
GROUPS = listed(
    """
police government ministry army military navy president minister premier spokesman spokeswoman
spokesperson court council group parliament team union company bank office agency authority judge
jury board party cabinet committee commission mayor governor chancellor king queen emir prince
county city state mission delegation coalition alliance movement opposition regime embassy church
league federation club university hospital school airline operator prosecution defence defense
ambassador envoy secretary director chairman leader commander general official coastguard senate
congress assembly tribunal regulator watchdog newspaper broadcaster owner suspect defendant pilot
captain driver doctor lawyer community war truce ceasefire talks deal vote strike earthquake flood
crossing bridge prices rate toll people men women children troops
"""
)
"""Nouns that act: after one of these a word that can be a verb most likely is one."""

_WORD = re.compile(r"[^\W_]+(?:[.,'’&/-][^\W_]+)*(?:\.(?=[^\W_]\.))?(?:['’](?=\s|$))?%?|[,;:]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or one comma, of a question: `question[start:end]`."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """In lower case, with one kind of apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def capitalised(self) -> bool:
        """Whether it begins with a capital or is written 'al-Ansari'."""
        return self.text[:1].isupper() or bool(re.match(r"(?:al|el|bin)-[A-Z]", self.text))


def words_of(text: str) -> list[Word]:
    """The words and commas of a text, in order, with character offsets."""
    return [Word(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]


def tidied(text: str) -> str:
    """The text with single spaces, none before a comma, and no marks at its ends."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,;:?.!])", r"\1", text)
    text = re.sub(r"(?:[,;:]\s*){2,}", ", ", text)
    return text.strip(" \t\n,;:?.!–—-")


def as_question(text: str) -> str:
    """The text with a capital at its start and one question mark at its end."""
    text = tidied(text)
    return f"{text[:1].upper()}{text[1:]}?" if text else ""
