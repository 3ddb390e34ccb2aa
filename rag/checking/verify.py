"""The verifier: do spans carry a sentence?

A sentence is split into claims, and each is held against the clause of the spans that has most of
it: figures with their rounding, days seen from the article's own, names in any spelling, denials,
how sure it is, who says so, who did what to whom, and whether the clause has all of it or two
facts were joined. Then the share of its words that the spans hold and the closeness in meaning.

What it cannot do, stated: it reads no grammar. A word that its tables do not know for another
makes a true rewording 'partly', and a role that was exchanged without a change of order passes.
Where a trained verifier is at hand it reads what passes, gives it a chance, and takes 'supported'
away from what it doubts; it makes nothing pass that the exact checks do not. So the quote is always
shown beside what was checked against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal, Protocol

from corpus.content.names import names
from corpus.content.quantities import designations, quantities
from corpus.content.words import FUNCTION_WORDS
from corpus.days import days_in
from corpus.sentences import sentence_spans
from embeddings.embedders.embedder import Embedder
from rag.checking.claims import Claim, ClaimCheck, Difference, claims_of
from rag.checking.days import day_differences, day_of
from rag.checking.figures import figure_differences
from rag.checking.holding import carried
from rag.checking.named import name_differences
from rag.checking.source import Span, all_clauses, read_span
from rag.checking.weighing import Found, Weighs
from rag.claims.facts import facts_of
from rag.claims.terms import Term, content_terms, holds


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What a sentence needs to pass.

    Attributes:
        full_cover: share of the sentence's terms that the spans must hold to be 'supported'.
        least_cover: below this share it is 'unsupported'.
        least_likeness: inner product of the two vectors below which it is at most 'partly'.
        least_chance: of the trained verifier, below which it is at most 'partly'.

    The first three are judgement, not fits: for full support one word in seven may be another, as
    where "its" is told as "of the bridge", if it stands in no other's place; half for any. The
    last is from dev: of 1,632 sentences that the exact checks pass (the 16 sets of the card in
    `rag/adapters/verifier`) 136 of the 284 false ones stay and 1,336 of the 1,348 true ones; of the
    117 in `tests/rag/claim_pairs.tsv` 2 of 2 and 100 of 115. At 0.5 it would be 67 and 1,283, 2
    and 94.
    """

    full_cover: float = 0.85
    least_cover: float = 0.5
    least_likeness: float = 0.45
    least_chance: float = 0.2


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found.

    Attributes:
        verdict: of the sentence against the spans taken together.
        support: in [0, 1]. Of a sentence that may be shown, the chance that the spans carry it,
            where a trained verifier weighed it; else comparable between sentences alone.
        reasons: what is missing or differs, in words; empty when supported.
        claims: each claim of the sentence with what differs; empty where nothing was cited.
    """

    verdict: Literal["supported", "partly", "unsupported"]
    support: float
    reasons: tuple[str, ...]
    claims: tuple[ClaimCheck, ...] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What differs, of all claims, in order."""
        return tuple(one for check in self.claims for one in check.differences)


class Checker(Protocol):
    """Whatever says whether spans carry a sentence; `Verifier` is the one that ships."""

    def check(
        self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()
    ) -> Verification:
        """Whether the spans, taken together, carry the sentence; see `Verifier.check`."""
        ...


_LIGHT = frozenset(("attribution",))
"""Differences that leave a sentence 'partly' supported; every other makes it 'unsupported'."""


class Verifier:
    """Checks sentences against spans. See the module's own words for what it cannot see.

    Args:
        embedder: how near they are in meaning.
        weighs: gives the trained verifier when a sentence comes that needs it, or None.
    """

    def __init__(
        self,
        embedder: Embedder,
        options: VerifyOptions | None = None,
        weighs: Callable[[], Weighs | None] = lambda: None,
    ) -> None:
        self._embedder = embedder
        self._options = options or VerifyOptions()
        self._weighs = weighs

    def check(
        self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()
    ) -> Verification:
        """Whether the spans, taken together, carry the sentence.

        Args:
            sentence: one sentence, without markers.
            spans: verbatim words of articles.
            context: what is known of the spans without standing in them: `header` of their
                articles, in the order of the spans. Title and outlet may vouch for a name or a
                day and the date for itself, never for a claim.
        """
        if not spans:
            return Verification("unsupported", 0.0, ("nothing is cited",))
        if any(_is_sentence_of(sentence, span) for span in spans):
            return self._judge(_verbatim(sentence), 1.0, self._likeness(sentence, " ".join(spans)))
        checks, found = self._examined(sentence, spans, context)
        judged = self._judge(checks, found.cover, found.likeness)
        return (
            judged
            if judged.verdict == "unsupported"
            else self._weighed(judged, found, sentence, spans)
        )

    def found(self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()) -> Found:
        """What the exact checks find, for whoever weighs it. The arguments are those of `check`."""
        return self._examined(sentence, spans, context)[1]

    def _examined(
        self, sentence: str, spans: Sequence[str], context: Sequence[str]
    ) -> tuple[tuple[ClaimCheck, ...], Found]:
        checks, cover = _held(sentence, _read(spans, context), context, self._options)
        kinds = frozenset(one.kind for check in checks for one in check.differences)
        return checks, Found(cover, self._likeness(sentence, " ".join(spans)), kinds)

    def _weighed(
        self, judged: Verification, found: Found, sentence: str, spans: Sequence[str]
    ) -> Verification:
        """With the trained verifier's chance, and with its doubt where it has one."""
        weighs = self._weighs()
        if weighs is None:
            return judged
        weighed = weighs.weigh(sentence, spans, found)
        if judged.verdict != "supported" or weighed.chance >= self._options.least_chance:
            return replace(judged, support=weighed.chance)
        doubt = f"the trained verifier holds it for carried with a chance of {weighed.chance:.0%}"
        if weighed.words:
            doubt += ", and doubts: " + ", ".join(weighed.words)
        return replace(judged, verdict="partly", support=weighed.chance, reasons=(doubt,))

    def _likeness(self, sentence: str, joined: str) -> float:
        first, second = self._embedder.embed([sentence, joined])
        return float(first @ second)

    def _judge(self, checks: tuple[ClaimCheck, ...], cover: float, likeness: float) -> Verification:
        options = self._options
        support = min(1.0, max(0.0, 0.5 * cover + 0.5 * likeness))
        differences = Verification("partly", support, (), checks).differences
        grave = [one.reason for one in differences if one.kind not in _LIGHT]
        weak = [one.reason for one in differences if one.kind in _LIGHT]
        if grave or cover < options.least_cover:
            reasons = grave or [f"only {cover:.0%} of its words stand in the cited words"]
            return Verification("unsupported", support * 0.5, _once(reasons), checks)
        if cover < options.full_cover:
            weak.append(f"{cover:.0%} of its words stand in the cited words")
        if likeness < options.least_likeness:
            weak.append("it is not close to the cited words in meaning")
        return Verification("partly" if weak else "supported", support, _once(weak), checks)


def _once(reasons: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reasons))


def _read(spans: Sequence[str], context: Sequence[str]) -> list[Span]:
    days = [day_of(line) for line in context]
    if len(days) != len(spans):
        # Not a header a span: one day for all is sure only where there is but one.
        known = set(days) - {None}
        days = [known.pop() if len(known) == 1 else None] * len(spans)
    return [read_span(text, day) for text, day in zip_longest(spans, days[: len(spans)])]


def _is_sentence_of(sentence: str, span: str) -> bool:
    """Whether it is a whole sentence of the span, word for word: then there is nothing to check."""
    words = sentence.split()
    return bool(words) and any(
        words == span[start:end].split() for start, end in sentence_spans(span)
    )


def _verbatim(sentence: str) -> tuple[ClaimCheck, ...]:
    return tuple(ClaimCheck(claim, "supported", ()) for claim in claims_of(sentence))


def _held(
    sentence: str, spans: Sequence[Span], context: Sequence[str], options: VerifyOptions
) -> tuple[tuple[ClaimCheck, ...], float]:
    """Each claim with what differs, and the share of the sentence that the spans hold."""
    checks = []
    held = total = 0
    for claim in claims_of(sentence):
        differences, mine, found = _claim(claim, spans, context)
        verdict: Literal["supported", "partly", "unsupported"] = "supported"
        if any(one.kind not in _LIGHT for one in differences):
            verdict = "unsupported"
        elif differences or found < options.full_cover * mine:
            verdict = "partly"
        checks.append(ClaimCheck(claim, verdict, tuple(differences)))
        held, total = held + found, total + mine
    return tuple(checks), held / total if total else 0.0


def _claim(
    claim: Claim, spans: Sequence[Span], context: Sequence[str]
) -> tuple[list[Difference], int, int]:
    """What differs of one claim, how many parts it has, and how many of them the spans hold."""
    text = claim.text
    figures = figure_differences(text, spans)
    days = day_differences(text, spans)
    unknown, matched = name_differences(text, spans, context)
    everything = frozenset(term.term for span in spans for term in span.terms) | matched
    vouched = _vouched(context) - everything
    terms = [
        one
        for one in content_terms(text)
        # A name that the header vouches for is neither for the sentence nor against it: a
        # headline's words must not make up for what the cited words lack.
        if not (one.term in vouched and (one.is_name or one.word[:1].isupper()))
    ]
    found = [one for one in terms if holds(everything, one)]
    differences = [*figures, *days, *unknown]
    differences += _unknown_openers(text, everything | vouched)
    clauses = all_clauses(spans)
    if not differences and clauses:
        differences = carried(claim, terms, clauses, everything)
    elif clauses:
        differences += [
            one for one in carried(claim, terms, clauses, everything) if one.kind == "denial"
        ]
    exact = len(quantities(text)) + len(designations(text)) + len(days_in(text, None))
    return (
        differences,
        len(terms) + exact,
        len(found) + exact - min(exact, len(figures) + len(days)),
    )


def _vouched(context: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for line in context:
        facts = facts_of(line)
        for word in facts.names | facts.openers:
            found.update(one.term for one in content_terms(word))
    return frozenset(found)


def _unknown_openers(claim: str, known: frozenset[str]) -> list[Difference]:
    """The word that begins the claim and stands in no cited words: perhaps another speaker."""
    found = []
    for one in names(claim):
        if one.kind != "opener" or one.text.lower() in FUNCTION_WORDS:
            continue
        low = one.text.lower()
        terms: tuple[Term, ...] = content_terms(one.text)
        if not any(holds(known, term) for term in terms) and (terms or _is_no_word(low)):
            reason = f"no such word, which may be a name, in the cited words: {low}"
            found.append(Difference("name", one.text, "", reason))
    return found


def _is_no_word(opener: str) -> bool:
    """Whether more than letters, digits and what joins them stands in it, such as 'a_a'."""
    return len(opener) > 1 and not re.sub(r"['’.-]", "", opener).isalnum()
