"""Answers made by hand, for tests of metrics and of whatever runs them.

answer = make_answer("About 97 are left.", [("97 remain in Gaza", article)])
system = CannedSystem({"How many are left?": answer})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from corpus.article import Article, Passage, identify
from corpus.errors import DatelineError
from rag.answer import Answer, Refusal, RefusalKind, Status, Usage
from rag.checking.citation import Citation, Sentence, Verdict


def make_article(text: str, title: str = "A title", *, published: date | None = None) -> Article:
    """An article whose id and source come from its title."""
    return Article(
        id=identify(title),
        title=title,
        outlet="An outlet",
        published=published,
        dated_by="metadata" if published else "none",
        text=text,
        source=f"articles/{title}.md",
    )


def make_citation(quote: str, article: Article, marker: int = 1) -> Citation:
    """A citation of the first place where the quote stands; its passage is the whole article.

    Raises:
        ValueError: the quote does not stand in the article.
    """
    start = article.text.index(quote)
    passage = Passage(f"{article.id}:0", article.id, 0, 0, len(article.text))
    return Citation(marker, article, passage, start, start + len(quote))


def make_answer(
    text: str,
    quotes: Sequence[tuple[str, Article]] = (),
    *,
    short: str | None = None,
    verdict: Verdict = "supported",
    status: Status = "answered",
    question: str = "",
    seconds: float | None = None,
) -> Answer:
    """An answer of one sentence that cites each (quote, article)."""
    citations = tuple(
        make_citation(quote, article, marker)
        for marker, (quote, article) in enumerate(quotes, start=1)
    )
    sentence = Sentence(text, verdict, 1.0, citations)
    return join([sentence], short=short, status=status, question=question, seconds=seconds)


def join(
    sentences: Sequence[Sentence],
    *,
    short: str | None = None,
    status: Status = "answered",
    question: str = "",
    seconds: float | None = None,
) -> Answer:
    """An answer of these sentences, which lists their citations in order."""
    return Answer(
        question=question,
        status=status,
        text=" ".join(sentence.marked for sentence in sentences),
        short=short,
        sentences=tuple(sentences),
        dropped=(),
        citations=tuple(citation for sentence in sentences for citation in sentence.citations),
        hits=(),
        refusal=None,
        usage=Usage(seconds={} if seconds is None else {"total": seconds}),
        fingerprint={},
    )


def make_refusal(
    message: str = "The library does not say.", kind: RefusalKind = "no_evidence"
) -> Answer:
    """A refusal of that kind."""
    return Answer(
        question="",
        status="refused",
        text=message,
        short=None,
        sentences=(),
        dropped=(),
        citations=(),
        hits=(),
        refusal=Refusal(kind, message),
        usage=Usage(),
        fingerprint={},
    )


class CannedSystem:
    """Answers from a table, or raises the error that stands there.

    Args:
        answers: by question.
        name: as it stands in reports.

    Attributes:
        asked: each (question, as_of) in the order of asking.
    """

    def __init__(self, answers: Mapping[str, Answer | DatelineError], name: str = "canned") -> None:
        self.name = name
        self.answers = answers
        self.asked: list[tuple[str, date | None]] = []

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """The answer in the table, or a refusal where there is none."""
        self.asked.append((question, as_of))
        answer = self.answers.get(question, make_refusal())
        if isinstance(answer, DatelineError):
            raise answer
        return answer
