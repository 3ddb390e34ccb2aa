"""The figure or the day of the evidence that answers: of what is asked for, and beside its words.

A sentence of news holds several. 'Of 251 hostages whom militants took, 97 remain' answers how many
remain with 97: a figure of the right sort, in the part that has the question's words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.sentences import sentence_spans
from embeddings.store.window import DateWindow
from rag.answering.value_spots import OTHER, day_spots, figure_spots, terms_of
from rag.answering.value_time import is_unrealised, of_other_days
from rag.answering.work import Work
from rag.claims.clauses import clauses
from rag.claims.lexicon import opposites
from rag.claims.terms import content_terms
from rag.finding.evidence import Evidence
from rag.question.expected import expected
from rag.question.measured import Measured, measured_in, words_asked


@dataclass(frozen=True, slots=True)
class ValueOptions:
    """How a value is weighed against another.

    Attributes:
        order: for the place of its sentence among the evidence.
        kind: for being of the sort that is asked for.
        cover: for the question's words around it.
        least_cover: below it a value is not told: it is of something else.

    `order`, `kind` and `cover` by a coarse grid on 51 questions: of the sample suite, of the suite
    on time, and of one more set of invented news. `least_cover` is judgement.
    """

    order: float = 1.0
    kind: float = 1.4
    cover: float = 1.0
    least_cover: float = 0.2


@dataclass(frozen=True, slots=True)
class Value:
    """A figure or a day that may answer.

    Attributes:
        evidence: the sentence that it stands in.
        start, end: character offsets into the article's text; end is exclusive.
        kind: how well it is of the sort that is asked for, in [0, 1].
        cover: the share of the question's words that stand around it, in [0, 1]; the nearer the
            more, and the rarer among the sentences the more.
        score: what the two and the sentence's own place come to.
    """

    evidence: Evidence
    start: int
    end: int
    kind: float
    cover: float
    score: float

    @property
    def text(self) -> str:
        """Its words, as the article has them."""
        return self.evidence.hit.article.text[self.start : self.end]


_BESIDE, _PART, _CLAUSE, _SENTENCE, _BEFORE, _HEADER = 1.1, 1.0, 0.85, 0.7, 0.45, 0.35
"""How much a word tells that stands right after the value, in its part between commas, its clause,
its sentence, the sentence before, the title. Judgement, in the order of nearness."""
_MOST_BESIDE = 4
"""Words after a value that are beside it: 'above 90,200 wounded', '97 remain in Gaza'."""
_CUT = re.compile(r"[,;:](?=\s)|\s[–—-]\s")


def values_of(
    question: str,
    evidence: Sequence[Evidence],
    options: ValueOptions,
    *,
    days: bool = False,
    period: DateWindow | None = None,
) -> list[Value]:
    """The values of some sentences that may answer, best first.

    Args:
        question: of how many, of how much, or of when.
        evidence: best first.
        options: how they are weighed.
        days: whether a day is asked for, and no figure.
        period: the days that are asked about; None where the question names none.
    """
    measured = None if days else measured_in(question)
    if not evidence or (measured is None and not days):
        return []
    asked = words_asked(question, measured)
    sentences = [{one.term for one in content_terms(each.text)} for each in evidence]
    weights = _rarity(asked, sentences)
    best, worst = evidence[0].score, evidence[-1].score
    found = []
    for each in evidence:
        place = (each.score - worst) / (best - worst) if best > worst else 1.0
        for start, end, kind in _spots(question, asked, measured, each, period):
            cover = _cover(each, start, end, weights)
            score = options.order * place + options.kind * kind + options.cover * cover
            at = each.start
            found.append(Value(each, at + start, at + end, kind, cover, score))
    return sorted(found, key=lambda one: -one.score)


def _spots(
    question: str,
    asked: frozenset[str],
    measured: Measured | None,
    evidence: Evidence,
    period: DateWindow | None,
) -> list[tuple[int, int, float]]:
    """The values of a sentence, and how well each is of what is asked for."""
    text = evidence.text
    found = list(figure_spots(question, measured, text) if measured else day_spots(question, text))
    spans = [(start, end) for start, end, _ in found]
    others = of_other_days(text, spans, period, evidence.hit.article.published)
    contrary = _says_contrary(asked, text)
    return [
        (
            start,
            end,
            sort * OTHER
            if contrary or (start, end) in others or is_unrealised(question, text, start)
            else sort,
        )
        for start, end, sort in found
    ]


def _says_contrary(asked: frozenset[str], text: str) -> bool:
    """Whether a sentence tells how it began where it is asked when it ended."""
    terms = terms_of(text)
    return any(opposites(term) & terms for term in asked - terms)


def _rarity(asked: frozenset[str], sentences: Sequence[set[str]]) -> dict[str, float]:
    holding = Counter(term for terms in sentences for term in terms & asked)
    weights = {term: math.log(1 + (len(sentences) + 0.5) / (holding[term] + 0.5)) for term in asked}
    total = sum(weights.values())
    return {term: weight / total for term, weight in weights.items()} if total else {}


def _cover(evidence: Evidence, start: int, end: int, weights: dict[str, float]) -> float:
    text = evidence.text
    own = max(
        (one for one in clauses(text) if one.start <= start and end <= one.end),
        key=lambda one: one.start - one.end,
        default=None,
    )
    first, last = (own.start, own.end) if own else (0, len(text))
    cuts = [first, *(one.end() for one in _CUT.finditer(text, first, last)), last]
    near = max(one for one in cuts if one <= start), min(one for one in cuts if one >= end)
    beside = text[start : near[1]].split()[: len(text[start:end].split()) + _MOST_BESIDE]
    around = (
        (terms_of(" ".join(beside)), _BESIDE),
        (terms_of(text[slice(*near)]), _PART),
        (terms_of(text[first:last]), _CLAUSE),
        (terms_of(text), _SENTENCE),
        (terms_of(_before(evidence)), _BEFORE),
        (terms_of(evidence.header), _HEADER),
    )
    return sum(
        weight * next((share for terms, share in around if term in terms), 0.0)
        for term, weight in weights.items()
    )


def _before(evidence: Evidence) -> str:
    """The sentence before, in its passage."""
    hit = evidence.hit
    at = evidence.start - hit.passage.start
    spans = [one for one in sentence_spans(hit.text, hit.article.language) if one[0] < at]
    return hit.text[slice(*spans[-1])] if spans else ""


def choose_value(work: Work, options: ValueOptions, looked_at: int) -> None:
    """Fills in `work.value`, and chooses its sentence, where one figure or day answers.

    Args:
        work: with its evidence, and what was chosen of it.
        options: how values are weighed.
        looked_at: best sentences whose values are weighed.

    Where the newest is asked for, or a question has parts, the sentences that are chosen stay.
    """
    question = work.query.text
    kind = "figure" if measured_in(question) else expected(question)
    if kind not in ("figure", "day") or len(work.chosen) != 1 or work.by_part:
        return
    if work.understanding.kind not in ("count", "date", "fact", "latest"):
        return
    stays = work.understanding.latest or work.understanding.kind == "latest"
    evidence = work.chosen if stays else work.evidence[:looked_at]
    weighed = values_of(
        question, evidence, options, days=kind == "day", period=work.understanding.period
    )
    if weighed and weighed[0].kind > OTHER and weighed[0].cover >= options.least_cover:
        work.value = weighed[0].start, weighed[0].end
        work.chosen = [weighed[0].evidence]
