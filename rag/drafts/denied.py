"""What one text denies and another says."""

from __future__ import annotations

import re

from corpus.content.polarity import Denial, denials, is_denied
from embeddings.terms import TermReader
from rag.claims.terms import content_terms
from rag.drafts.differing import Apart, near

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_UNQUOTED = str.maketrans(dict.fromkeys('"“”«»', " "))
_ADVERB = re.compile(r"\w+ly|longer|even|just|yet|so|very|ever|still", re.IGNORECASE)
"""What may stand between a denial and the word that it denies: 'no longer hopeful'."""


def denied(claim: str, span: str, around: str) -> Apart | None:
    """The first word of both that one denies and the other does not; None where there is none.

    Args:
        around: the span with the sentences that it leans on, which may name whom it is about.
    """
    # A quotation mark inside what is denied ends no clause. Offsets stay, so what is shown is
    # verbatim.
    bare = {one: one.translate(_UNQUOTED) for one in (claim, span)}
    for shown, beside in ((claim, span), (span, claim)):
        text, other = bare[shown], bare[beside]
        for one in denials(text):
            found = _first_shared(text, one, other)
            if found is None or not is_denied(text, found[0]):
                continue
            at, places = found
            if any(is_denied(other, place) for place in places):
                continue
            place = max(places, key=lambda each: len(_shared_near(text, at, other, each)))
            loose = one.kind == "not" and shown is claim and _near_in(text, at, around)
            if not loose and not _shared_near(text, at, other, place):
                continue  # 'rejected the pay offer' denies no 'poverty pay'
            denied, plain = _phrase(shown, one.start, at), _phrase(beside, place, place)
            pair = (denied, plain) if shown is claim else (plain, denied)
            return Apart("denial", *pair, replaces=False)
    return None


def _shared_near(text: str, at: int, other: str, place: int) -> set[str]:
    """The terms near a word in one text that are near it in the other too, less the word."""
    word = _WORD.match(text, at)
    end = word.end() if word else at
    again = _WORD.match(other, place)
    return near(text, at, end) & near(other, place, again.end() if again else place)


def _near_in(text: str, at: int, around: str) -> bool:
    """Whether a word near the one that is denied stands in the other text's surroundings."""
    word = _WORD.match(text, at)
    known = {one.term for one in content_terms(around)}
    return bool(near(text, at, word.end() if word else at) & known)


def _first_shared(text: str, denial: Denial, other: str) -> tuple[int, list[int]] | None:
    """Where the word that is denied stands in each; None where it does not stand in both."""
    for word in _WORD.finditer(text, denial.end, denial.scope_end):
        terms = TermReader().terms(word[0])
        if not terms or _ADVERB.fullmatch(word[0]):
            continue
        places = _same_word(other, terms[0])
        return (word.start(), places) if places else None
    return None


def _same_word(text: str, term: str) -> list[int]:
    reader = TermReader()
    return [one.start() for one in _WORD.finditer(text) if reader.terms(one[0])[:1] == [term]]


def _phrase(text: str, start: int, at: int) -> str:
    """The words from `start` to the end of the word at `at`, with two words around."""
    before = re.search(r"(?:\S+\s+){0,2}$", text[:start])
    after = re.match(r"\S+(?:\s+\S+){0,2}", text[at:])
    first = before.start() if before else start
    last = at + (after.end() if after else 0)
    return " ".join(text[first:last].split()).strip(' ,;:.“”"')
