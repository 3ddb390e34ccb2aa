"""What a figure counts, in words: the counted noun together with what happened to it."""

from __future__ import annotations

import re

from corpus.content.happenings import happenings_in
from corpus.content.quantities import Quantity

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
