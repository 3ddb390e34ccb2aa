"""Figures of a claim, held against those of its source, with their rounding and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.content.quantities import Quantity, agrees, designations, quantities
from corpus.days import days_in
from rag.checking.claims import Difference
from rag.checking.places import misplaced
from rag.checking.source import Span
from rag.claims.terms import content_terms

_NUMERAL = re.compile(r"\w+")
_ONE = re.compile(r"\b[Oo]ne\s+(?!of\b)(?P<rest>\w+(?: \w+){0,2})")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


def figure_differences(claim: str, spans: Sequence[Span]) -> list[Difference]:
    """Figures of the claim that the spans do not have, or have of something else."""
    found = []
    theirs = [(span, one) for span in spans for one in span.quantities]
    for said in quantities(claim):
        fitting = [
            (span, one) for span, one in theirs if agrees(said, one) and _counts(claim, said, one)
        ]
        words = claim[said.start : said.end]
        if not fitting and not _is_a_unit(said, spans):
            found.append(_no_figure(said, words, theirs))
        elif fitting and all(_is_elsewhere(claim, said, span, one) for span, one in fitting):
            span, one = fitting[0]
            source = span.text[one.start : one.end]
            reason = f"the cited words say {source!r} of something else"
            found.append(Difference("figure", words, source, reason))
    return [
        *found,
        *_designation_differences(claim, spans),
        *_other_numerals(claim, spans),
        *_ones(claim, spans),
    ]


def _ones(claim: str, spans: Sequence[Span]) -> Iterator[Difference]:
    """'One worker' where the spans count two: alone 'one' is no figure ('one diplomat said')."""
    if any(_ONE.search(span.text) for span in spans):
        return
    for one in _ONE.finditer(claim):
        mine = {term.term for term in content_terms(one["rest"])}
        for span in spans:
            for other in span.quantities:
                nouns = content_terms(other.counted)
                if nouns and nouns[-1].term in mine and other.low > 1:
                    source = span.text[other.start : other.end]
                    reason = "no such figure in the cited words: 1"
                    yield Difference("figure", one[0], source, reason)
                    return


def _other_numerals(claim: str, spans: Sequence[Span]) -> Iterator[Difference]:
    """Numerals that no rule reads ('F-16', '¼', '١٢'): they must stand in the cited words."""
    published = next((span.published for span in spans if span.published), None)
    read = [(one.start, one.end) for one in quantities(claim)]
    read += [(one.start, one.end) for one in designations(claim)]
    read += [(one.start, one.end) for one in days_in(claim, published)]
    there = {token for span in spans for token in _NUMERAL.findall(span.text)}
    for token in _NUMERAL.finditer(claim):
        # Days and years have a rule of their own.
        known = token[0] in there or _YEAR.fullmatch(token[0])
        if known or not any(character.isnumeric() for character in token[0]):
            continue
        if not any(start < token.end() and token.start() < end for start, end in read):
            reason = f"no such figure in the cited words: {token[0]}"
            yield Difference("figure", token[0], "", reason)


def _designation_differences(claim: str, spans: Sequence[Span]) -> Iterator[Difference]:
    mine = {one.term for one in content_terms(claim)}
    said = [(one.kind, one.value) for one in designations(claim)]
    for other, key in zip(designations(claim), said, strict=True):
        words = claim[other.start : other.end]
        places = []
        for span in spans:
            alike = [one for one in designations(span.text) if one.kind == other.kind]
            marks = [(one.start, one.end) for one in alike]
            told = {at for at, one in enumerate(alike) if (one.kind, one.value) in said}
            places += [
                misplaced(mine, span, marks, at, told)
                for at, one in enumerate(alike)
                if (one.kind, one.value) == key
            ]
        if not places:
            reason = f"no such figure in the cited words: {_written(other.value)}"
            yield Difference("figure", words, "", reason)
        elif all(places):
            reason = f"the cited words say {words!r} of something else"
            yield Difference("figure", words, words, reason)


def _is_a_unit(said: Quantity, spans: Sequence[Span]) -> bool:
    """'One year' where the span has 'a year'."""
    pattern = rf"\ban?\s+{re.escape(said.unit)}\b"
    return said.value == 1 and bool(said.unit) and any(re.search(pattern, s.text) for s in spans)


def _no_figure(said: Quantity, words: str, theirs: list[tuple[Span, Quantity]]) -> Difference:
    alike = [
        (span, one)
        for span, one in theirs
        if one.unit == said.unit and (not said.counted or one.counted == said.counted)
    ]
    nearest = min(alike, key=lambda each: abs(each[1].value - said.value), default=None)
    source = nearest[0].text[nearest[1].start : nearest[1].end] if nearest else ""
    reason = f"no such figure in the cited words: {_written(said.value)}"
    return Difference("figure", words, source, reason)


def _written(value: float) -> str:
    return f"{value:,.15g}"


def _counts(claim: str, said: Quantity, source: Quantity) -> bool:
    """Whether the two may count the same: where both say what, the nouns must have a word alike."""
    if not said.counted or not source.counted or re.search(r"\bof\b", claim[said.start : said.end]):
        return True  # '55 of the lorries' may stand as '55' among lorries
    mine = {one.term for one in content_terms(said.counted)}
    theirs = {one.term for one in content_terms(source.counted)}
    # The homeless, the dead and the pilots are people too.
    return not mine or bool(mine & theirs) or "peopl" in mine | theirs


def _is_elsewhere(claim: str, said: Quantity, span: Span, found: Quantity) -> bool:
    """Whether another figure of the span stands where the claim has this one."""
    mine = {one.term for one in content_terms(claim)}
    others = [one for one in span.quantities if (one.unit == "") == (found.unit == "")]
    if _is_whole(span.text, found, others) and not _follows_of(claim, said.start):
        return True
    ways = _way(claim, said.start), _way(span.text, found.start)
    if all(ways):
        return ways[0] != ways[1]
    told = {
        at for at, one in enumerate(others) for mine_ in quantities(claim) if agrees(mine_, one)
    }
    marks = [(one.start, one.end) for one in others]
    return misplaced(mine, span, marks, others.index(found), told)


def _way(text: str, start: int) -> str:
    """'From' or 'to' right before a figure, else ''."""
    found = re.search(r"\b(from|to)\s+$", text[:start], re.IGNORECASE)
    return found[1].lower() if found else ""


def _is_whole(text: str, found: Quantity, others: Iterable[Quantity]) -> bool:
    """Of 'three of the five terminals' five is the whole, and not what the sentence is about."""
    return any(
        re.fullmatch(r"\s+of\s+(?:the|its|their|his|her)\s*", text[one.end : found.start])
        for one in others
        if one.end <= found.start
    )


def _follows_of(text: str, start: int) -> bool:
    return re.search(r"\bof\s+(?:the|its|their|his|her|all)\s*$", text[:start]) is not None
