"""Days of a claim, held against those of its source, each seen from its article's own day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.content.quantities import quantities
from corpus.content.words import folded
from corpus.days import ABSOLUTE, DayMention, days_in
from rag.checking.claims import Difference
from rag.checking.places import misplaced
from rag.checking.source import Span
from rag.claims.terms import content_terms

_PRECISE = frozenset(("whole-date", "month-day", "day-of-month", "weekday", "day-word"))


def day_differences(claim: str, spans: Sequence[Span]) -> list[Difference]:
    """Days of the claim that the spans do not speak of, or speak of with something else."""
    published = next((span.published for span in spans if span.published), None)
    mine = {one.term for one in content_terms(claim)}
    said = days_in(claim, published)
    agreeing = {
        at: [(span, to) for span in spans for to in range(len(span.days))
             if _same_days(claim, one, span, span.days[to])]
        for at, one in enumerate(said)
    }  # fmt: skip
    claimed = [(span, to) for each in agreeing.values() for span, to in each]
    found = []
    for at, one in enumerate(said):
        words = claim[one.start : one.end]
        if not agreeing[at]:
            # Some publish without capitals, which no rule for days reads.
            if any(folded(words) in folded(span.text) for span in spans):
                continue
            if not _is_day_of_article(one, spans, claimed):
                found.append(_no_day(one, words, spans))
        elif all(
            misplaced(
                mine,
                span,
                [(day.start, day.end) for day in span.days],
                to,
                {which for holder, which in claimed if holder is span},
            )
            for span, to in agreeing[at]
        ):
            span, to = agreeing[at][0]
            source = span.text[span.days[to].start : span.days[to].end]
            reason = f"the cited words say {source!r} of something else"
            found.append(Difference("date", words, source, reason))
    if published is None:
        found.extend(_undated(claim, said, spans))
    found.extend(_years(claim, said, spans))
    return found


def _years(claim: str, read: Sequence[DayMention], spans: Sequence[Span]) -> Iterator[Difference]:
    """Years that no rule for days reads, such as 'the 2024 budget'."""
    for year in _YEAR.finditer(claim):
        counted = any(one.start <= year.start() < one.end for one in quantities(claim))
        if counted or any(one.start <= year.start() < one.end for one in read):
            continue
        there = any(
            year[0] in span.text or (span.published and year[0] == str(span.published.year))
            for span in spans
        )
        if not there:
            yield Difference("date", year[0], "", f"no such day in the cited words: {year[0]}")


def _same_days(claim: str, said: DayMention, span: Span, source: DayMention) -> bool:
    words = (claim[said.start : said.end], span.text[source.start : source.end])
    if folded(words[0]) == folded(words[1]) and said.rule == source.rule:
        return True
    return said.first <= source.first and source.last <= said.last


def _is_day_of_article(
    said: DayMention, spans: Sequence[Span], claimed: Sequence[tuple[Span, int]]
) -> bool:
    """Whether it names the article's own day, and no day of the article stands against that."""
    if said.rule not in ABSOLUTE:
        return False
    for span in spans:
        if span.published is None or not said.first <= span.published <= said.last:
            continue
        rivals = [
            one
            for to, one in enumerate(span.days)
            if one.rule in _PRECISE and (span, to) not in claimed
        ]
        if not rivals:
            return True
    return False


def _no_day(said: DayMention, words: str, spans: Sequence[Span]) -> Difference:
    theirs = [(span, one) for span in spans for one in span.days]
    nearest = min(theirs, key=lambda each: abs(each[1].first - said.first), default=None)
    source = nearest[0].text[nearest[1].start : nearest[1].end] if nearest else ""
    reason = f"no such day in the cited words: {folded(words)}"
    return Difference("date", words, source, reason)


_DAY_WORD = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|May|June"
    r"|July|August|September|October|November|December)\b|\b(?:yesterday|today|tomorrow)\b"
    r"|\b(?:last|next|this) (?:week|month|year)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b(?!-)")


def _undated(claim: str, read: Sequence[DayMention], spans: Sequence[Span]) -> list[Difference]:
    """Without the article's day a weekday is only a word: it must stand in the cited words."""
    there = {found[0].lower() for span in spans for found in _DAY_WORD.finditer(span.text)}
    lost = [
        found[0]
        for found in _DAY_WORD.finditer(claim)
        if found[0].lower() not in there
        and not any(one.start <= found.start() < one.end for one in read)
        and found[0] not in ("may", "march")
        and not (found[0] in ("May", "March") and re.search(r"[A-Z]\w+ $", claim[: found.start()]))
    ]
    return [
        Difference("date", word, "", f"no such day in the cited words: {word.lower()}")
        for word in dict.fromkeys(lost)
    ]


def day_of(header: str) -> date | None:
    """The date with which a header ends; an undated article's ends with none."""
    try:
        return date.fromisoformat(header[-10:])
    except ValueError:
        return None
