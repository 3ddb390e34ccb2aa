"""Comparing short answers by their words, whatever their punctuation, case or articles.

In the spirit of SQuAD's normalisation (Rajpurkar et al., 2016, evaluate-v1.1.py: lower case, no
punctuation, no a/an/the), with two changes: '20,000' is one token and equals '20000', where
SQuAD's would also make '2.3' equal to '23'; and a possessive 's is dropped.

An accepted form between slashes is a pattern: '/four (dead|killed)/' stands in a text where the
regular expression matches it, in any case, whatever white space parts its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from corpus.errors import EvalError

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


def contains(text: str, form: str) -> bool:
    """Whether an accepted form stands in `text`.

    That is, its tokens do, as one unbroken run; of a pattern, whether it matches somewhere.

    Raises:
        EvalError: the pattern is not a regular expression.
    """
    if is_pattern(form):
        return _pattern(form).search(_flat(text)) is not None
    wanted = tokens(form)
    given = tokens(text)
    width = len(wanted)
    return width > 0 and any(
        given[start : start + width] == wanted for start in range(len(given) - width + 1)
    )


def contains_any(texts: Iterable[str], forms: Iterable[str]) -> bool:
    """Whether one of the accepted forms stands in one of the texts."""
    accepted = tuple(forms)
    return any(contains(text, form) for text in texts for form in accepted)


def matches(text: str, form: str) -> bool:
    """Whether the text is an accepted form and nothing else; never where that has no token.

    Raises:
        EvalError: the pattern is not a regular expression.
    """
    if is_pattern(form):
        return _pattern(form).fullmatch(_flat(text)) is not None
    wanted = tokens(form)
    return bool(wanted) and tokens(text) == wanted


def worded(text: str, form: str) -> str:
    """An accepted form in words: a pattern's are those that it matches in the text, or none.

    Raises:
        EvalError: the pattern is not a regular expression.
    """
    if not is_pattern(form):
        return form
    found = _pattern(form).search(_flat(text))
    return found[0] if found else ""


def is_pattern(form: str) -> bool:
    """Whether an accepted form is a regular expression: something between slashes."""
    return len(form) > 2 and form.startswith("/") and form.endswith("/")


@lru_cache(maxsize=4096)
def _pattern(form: str) -> re.Pattern[str]:
    try:
        return re.compile(form[1:-1], re.IGNORECASE)
    except re.error as error:
        raise EvalError(
            f"An accepted answer is not a regular expression: {error}",
            where=form,
            next_step="mend it, or leave out the slashes to mean the words themselves",
        ) from error


def _flat(text: str) -> str:
    return " ".join(text.split())
