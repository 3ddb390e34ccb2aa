"""Comparing short answers by their words, whatever their punctuation, case or articles.

In the spirit of SQuAD's normalisation (Rajpurkar et al., 2016, evaluate-v1.1.py: lower case, no
punctuation, no a/an/the), with two changes: '20,000' is one token and equals '20000', where
SQuAD's would also make '2.3' equal to '23'; and a possessive 's is dropped.
"""

from __future__ import annotations

import re
import unicodedata

_MARKER = re.compile(r"\[\d+\]")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_ARTICLES = frozenset({"a", "an", "the"})


def without_markers(text: str) -> str:
    """The text of an answer without its citation markers."""
    return _MARKER.sub(" ", text)


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers; no accents, punctuation, articles or possessive 's."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    found = _TOKEN.findall(_POSSESSIVE.sub("", plain))
    return [token.replace(",", "") for token in found if token not in _ARTICLES]


def contains(text: str, variant: str) -> bool:
    """Whether the tokens of `variant` stand in `text` as one unbroken run."""
    wanted = tokens(variant)
    given = tokens(text)
    width = len(wanted)
    return width > 0 and any(
        given[start : start + width] == wanted for start in range(len(given) - width + 1)
    )
