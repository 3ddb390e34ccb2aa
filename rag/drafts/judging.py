"""What the library says to one sentence: for, against, in part, or nothing.

A sentence that a span carries is supported, whatever other articles say of other days. Otherwise
it is contradicted where the span that is nearest to it puts something else in the place of one of
its values and knows all the rest. It is supported in part where spans carry some of its claims, or
come near without carrying it; where none comes near, the library is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.passages import header
from embeddings.embedders.embedder import Embedder
from rag.checking.claims import claims_of
from rag.checking.verify import Checker, Verification
from rag.claims.terms import content_terms
from rag.drafts.apart import compare
from rag.drafts.contrary import contraries
from rag.drafts.held import Held
from rag.drafts.judged import Judged, contradicted, partly
from rag.drafts.lost_speakers import lost_speakers
from rag.drafts.search import Span
from rag.drafts.verdict import DraftVerdict


@dataclass(frozen=True, slots=True)
class JudgeOptions:
    """When a span is about the same matter as a sentence.

    Attributes:
        cover: least share of the sentence's terms, those that differ left out, that the span, the
            sentence before it and the head of its article hold.
        likeness: least inner product of the vectors of the sentence and the span.
        nearness: least sum of the two for an alarm.
        sure_cover, sure_likeness: what a span that differs in no value needs for an alarm on what
            the checker calls contrary.
        close: least sum of the two for 'partly' in place of 'silent'.
        carried: share of its terms at which a sentence that differs in nothing is supported,
            though the checker says 'partly' for want of words.
        quoted: least share of them that must stand in what is quoted, without its article's head:
            a headline alone carries nothing. Of 0.5 to 0.7 the highest that loses but one of 48.
        most_apart: a sentence that differs in more places speaks of something else.
        supporting, contradicting: spans shown for one claim at most.
        leads: of so many spans the sentence before is tried too, where none carries by itself.

    `cover`, `likeness`, `nearness` and `most_apart` were set by hand on two drafts of
    `tests/rag/drafts`; the others are judgement.
    """

    cover: float = 0.5
    likeness: float = 0.45
    nearness: float = 1.2
    sure_cover: float = 0.75
    sure_likeness: float = 0.55
    close: float = 1.1
    carried: float = 0.75
    quoted: float = 0.6
    most_apart: int = 2
    supporting: int = 2
    contradicting: int = 2
    leads: int = 4


class Judge:
    """Gives verdicts on sentences. Make one for a draft."""

    def __init__(self, checker: Checker, embedder: Embedder, options: JudgeOptions) -> None:
        self._checker = checker
        self._embedder = embedder
        self._options = options

    def judge(self, sentence: str, spans: Sequence[Span], told: str) -> tuple[Judged, ...]:
        """The claims of a sentence, each with its verdict; the sentence itself where it is one.

        Args:
            spans: the nearest first.
            told: the sentence after the one that it leans on; itself where it leans on none.
        """
        claims = _claims(sentence)
        if not spans:
            return tuple(Judged(claim, "silent") for claim in claims)
        # One batch costs a fraction of as many single texts.
        self._embedder.embed([sentence, told, *(span.text for span in spans)])
        held = [self._hold(sentence, span, told) for span in spans]
        if carrying := self._carrying(sentence, held):
            return tuple(Judged(claim, "supported", carrying) for claim in claims)
        against = self._against(held)
        return tuple(self._judged(number, claims, held, against) for number in range(len(claims)))

    def _hold(self, sentence: str, span: Span, told: str) -> Held:
        compared = compare(sentence, span)
        quoted = _terms(span.in_context)
        theirs = _terms(f"{header(span.hit.article)}. {span.in_context}")
        apart = {term for one in compared.apart if one.replaces for term in _terms(one.said)}
        words = content_terms(compared.matter)
        terms = {one.term: one for one in words if one.term not in apart - theirs}
        missing = [one for term, one in terms.items() if term not in theirs]
        cover = 1 - len(missing) / len(terms) if terms else 0.0
        own = len(terms.keys() & quoted) / len(terms) if terms else 0.0
        named = any(one.word[:1].isupper() and one.start > 0 for one in missing)
        first, whole, second = self._embedder.embed([sentence, told, span.text])
        likeness = max(float(first @ second), float(whole @ second))
        check = self._check(sentence, span)
        options = self._options
        if compared.is_clear and cover >= options.sure_cover and likeness >= options.sure_likeness:
            compared.apart.extend(contraries(check, cover))
        lacks = tuple(one.word for one in missing)
        return Held(sentence, span, check, compared, cover, own, likeness, lacks, named)

    def _check(self, sentence: str, span: Span) -> Verification:
        return self._checker.check(sentence, [span.text], [header(span.hit.article)])

    def _carrying(self, sentence: str, held: Sequence[Held]) -> tuple[Span, ...]:
        """The spans that carry a sentence, best first; the one before it may be needed."""
        found = [one for one in held if not one.compared.apart and self._carries(one, one.check)]
        found.sort(key=lambda one: -one.check.support)
        if found:
            return tuple(one.span for one in found[: self._options.supporting])
        for one in held[: self._options.leads]:
            grown = one.span.with_lead
            if grown.start == one.span.start or one.compared.apart:
                continue
            if self._carries(one, self._check(sentence, grown)):
                return (grown,)
        return ()

    def _carries(self, held: Held, check: Verification) -> bool:
        if check.verdict != "partly":
            return check.verdict == "supported"
        options = self._options
        enough = (
            held.compared.is_clear
            and held.cover >= options.carried
            and held.own >= options.quoted
            and not held.names_more
        )
        return enough and not lost_speakers(held.sentence, check, held.span)

    def _against(self, held: Sequence[Held]) -> list[Held]:
        """The spans on the same matter that say otherwise, the nearest first."""
        options = self._options
        clear = max((one.nearness for one in held if one.compared.is_clear), default=0.0)
        found = [
            one
            for one in held
            if 0 < len(one.compared.apart) <= options.most_apart
            and not one.compared.strangers
            and one.cover >= options.cover
            and one.likeness >= options.likeness
            and one.nearness >= max(options.nearness, clear)
        ]
        found.sort(key=lambda one: -one.nearness)
        # Beside the nearest only what bears it out: another value there is another story.
        values = {one.found for one in found[0].compared.apart} if found else set()
        alike = [one for one in found if {each.found for each in one.compared.apart} <= values]
        return alike[: options.contradicting]

    def _judged(
        self, number: int, claims: Sequence[str], held: Sequence[Held], against: Sequence[Held]
    ) -> Judged:
        """One claim of a sentence that no span carries as a whole."""
        claim = claims[number]
        if otherwise := [one for one in against if _touches(one, number, claims)]:
            return contradicted(claim, otherwise)
        verdicts = [(_of_claim(one.check, number, len(claims)), one) for one in held]
        for wanted in ("supported", "partly"):
            found = [one for verdict, one in verdicts if verdict == wanted]
            if found and (wanted == "supported" or self._is_close(found)):
                best = max(found, key=lambda one: one.check.support)
                if wanted == "partly":
                    return partly(claim, best)
                return Judged(claim, wanted, (best.span,))
        near = [one for one in held if one.compared.is_clear and self._is_close([one])]
        if near and len(claims) == 1:
            best = max(near, key=lambda one: one.nearness)
            return partly(claim, best)
        return Judged(claim, "silent")

    def _is_close(self, held: Sequence[Held]) -> bool:
        return any(one.nearness >= self._options.close for one in held)


def _claims(sentence: str) -> tuple[str, ...]:
    found = tuple(" ".join(one.text.split()) for one in claims_of(sentence))
    return found if len(found) > 1 else (sentence,)


def _of_claim(check: Verification, number: int, claims: int) -> DraftVerdict | str:
    """The checker's verdict on one claim; on the whole where it does not tell claims apart."""
    if claims == 1 or len(check.claims) != claims:
        return check.verdict
    return check.claims[number].verdict


def _touches(held: Held, number: int, claims: Sequence[str]) -> bool:
    """Whether a difference lies in one of the claims; what lies in none counts for the first."""
    said = [one.said for one in held.compared.apart]
    inside = [at for at, claim in enumerate(claims) if any(words in claim for words in said)]
    return number in (inside or [0])


def _terms(text: str) -> set[str]:
    return {one.term for one in content_terms(text)}
