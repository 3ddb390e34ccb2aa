"""Does the answer keep the promise: every sentence cited, every citation verbatim, status true?

    value = 1 if no fault is found, else 0

The faults, in the order in which they are looked for:

- a refusal that shows sentences or citations, or does not say why; an answer with no sentence,
  or with a refusal attached;
- a sentence that cites nothing, that has the verdict 'unsupported', or that is not in the text;
- a sentence called a quote that is not one, or a 'quoted' answer with words of the model's own;
- markers that are not 1, 2, 3 … or that the answer does not list; in a conversation, where a span
  keeps its number from turn to turn, markers that are not above 0 and each its own;
- offsets outside the article or the passage, an article that the library does not hold, and a
  quote that is not the words at these offsets in the article as the library holds it.

Source: Dateline's own contract (`rag.answer.Answer`). Its weakness: it says nothing of
whether the words are the right ones. A refusal is scored too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.article import Article
from corpus.errors import NotInLibrary
from evals.metrics.base import Metric
from evals.sample import Sample, Score
from rag.answer import Answer
from rag.checking.citation import Citation, Sentence

_QUOTE_MARKS = "\"'“”‘’«» "


class QuoteFidelity(Metric):
    """Share of answers that keep the promise.

    Args:
        article_of: gives the article of an id as the library holds it. Without it, citations
            are held against the articles that they carry themselves.
    """

    name = "quote_fidelity"
    group = "citations"

    def __init__(self, article_of: Callable[[str], Article] | None = None) -> None:
        self.article_of = article_of

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        fault = next(self._faults(answer, follows=bool(sample.before)), None)
        if fault is None:
            return Score(1.0, answer.text, "every sentence cited, every citation verbatim")
        return Score(0.0, answer.text, fault)

    def _faults(self, answer: Answer, *, follows: bool) -> Iterator[str]:
        if answer.status == "refused":
            if answer.sentences or answer.citations:
                yield "a refusal that shows sentences or citations"
            if answer.refusal is None:
                yield "a refusal that does not say why"
            return
        if answer.refusal is not None:
            yield "an answer with a refusal attached"
        if not answer.sentences:
            yield "an answer with no sentence"
        for sentence in answer.sentences:
            yield from _sentence_faults(sentence, answer)
        markers = [citation.marker for citation in answer.citations]
        counted = len(set(markers)) == len(markers) and min(markers, default=1) > 0
        if not counted or (not follows and markers != list(range(1, len(markers) + 1))):
            yield f"markers are {markers}"
        for citation in answer.citations:
            yield from self._citation_faults(citation)

    def _citation_faults(self, citation: Citation) -> Iterator[str]:
        article, passage = citation.article, citation.passage
        where = f"[{citation.marker}] {citation.start}:{citation.end}"
        if not 0 <= citation.start < citation.end <= len(article.text):
            yield f"{where} is outside the article"
        if passage.article_id != article.id:
            yield f"{where} names a passage of another article"
        if not passage.start <= citation.start < citation.end <= passage.end:
            yield f"{where} is outside its passage"
        if not citation.quote.strip():
            yield f"{where} quotes nothing"
        if self.article_of is not None:
            try:
                held = self.article_of(article.id).text[citation.start : citation.end]
            except NotInLibrary:
                yield f"{where} is of an article that the library does not hold"
                return
            if held != citation.quote:
                yield f"{where} is not what the library holds there"


def _sentence_faults(sentence: Sentence, answer: Answer) -> Iterator[str]:
    if not sentence.citations:
        yield f"an uncited sentence: {sentence.text}"
    if sentence.verdict == "unsupported":
        yield f"an unsupported sentence is shown: {sentence.text}"
    if sentence.text not in answer.text:
        yield f"a sentence that is not in the text: {sentence.text}"
    if not all(citation in answer.citations for citation in sentence.citations):
        yield f"a citation that the answer does not list: {sentence.text}"
    bare = sentence.text.strip(_QUOTE_MARKS)
    verbatim = any(bare in citation.quote for citation in sentence.citations)
    if sentence.verdict == "quote" and sentence.citations and not verbatim:
        yield f"called a quote, but not verbatim: {sentence.text}"
    if answer.status == "quoted" and sentence.verdict != "quote":
        yield f"not a quote in a quoted answer: {sentence.text}"
