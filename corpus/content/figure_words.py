"""What a figure counts, in words: the counted noun together with what happened to it."""

from __future__ import annotations

import re

from corpus.content.happenings import happenings_in
from corpus.content.quantities import Quantity

MERE_NUMBERS = frozenset(("number", "figure", "total", "count", "tally", "toll"))
"""Nouns that say only that something is counted."""
_BOTH = re.compile(
    r"\b(?P<both>(?:dead|killed|deaths) (?:and|or) (?:missing|injured|wounded)"
    r"|(?:injured|wounded|missing) (?:and|or) (?:dead|killed))\b",
    re.IGNORECASE,
)
_IT = re.compile(
    r"\b(?:(?:it|that) (?:(?:ha[ds]|now|later|since|then|already|been|put|stands?|stood"
    r"|rises?|rose|risen|climbed|reache[ds]|passed|topped|f[ae]ll(?:s|en)?|grown|grew|jumped|went"
    r"|lowered|raised|revised|set|up|down|to|at|by|the|number|figure|toll|total|count|tally) ){1,5}"
    r"|the (?:number|toll|total|figure|count|tally) (?:\w+ ){0,3})$",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    r" of (?:the )?(?!(?:the|them|whom|which|those|these|that|this|its|their|his|her|our|your|all)"
    r"\b)(?P<what>[a-z]{3,})\b"
)
_NUMBER_OF = re.compile(
    r"\b(?:number|toll|tally|count|total) of (?:the |those )?"
    r"(?:missing|dead|killed|injured|wounded|displaced)\b[^,;]{0,30}$"
)
_THE_DEAD = frozenset(("deaths", "dead", "lives"))
"""Nouns that count people by what happened to them."""


def what_is_counted(noun: str, happening: str) -> str:
    """'people killed' of 'people' and 'killed'; '' where neither is told."""
    if not happening:
        return noun
    if noun and noun.split()[-1] in _THE_DEAD:
        return f"people {happening}"
    return noun if happenings_in(noun) == (happening,) else f"{noun or 'people'} {happening}"


def as_written(text: str, one: Quantity, what: str) -> str:
    """What is counted with the capitals of the text: 'Palestinians killed'."""
    written = text[one.start : one.end]
    return " ".join(
        word.capitalize()
        if re.search(rf"(?<!^)\b{re.escape(word.capitalize())}\b", written)
        else word
        for word in what.split()
    )


def both_in(clause: str) -> str:
    """'dead and missing', where a clause counts the two together; else ''."""
    found = _BOTH.search(clause)
    return found["both"].lower() if found else ""


def points_back(head: str) -> bool:
    """Whether the words before a figure point to a count before: 'it stands at', not 'it paid'."""
    return _IT.search(head) is not None


def noun_of(text: str, end: int) -> str:
    """'grain' of '5,200 tonnes of grain', from where the figure ends; '' for none."""
    found = _OF_WHAT.match(text, end)
    return found["what"] if found else ""


def is_number_of(head: str) -> bool:
    """'The number of missing at': whoever they are, not the women of the sentence before."""
    return _NUMBER_OF.search(head) is not None
