"""Newsrooms for the page's tests: real articles and events, no model."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from corpus.article import Article, Passage, identify
from corpus.content.figures import figure_mentions
from corpus.errors import BadDate, EmptyQuestion, NotInLibrary, QuestionTooLong
from embeddings.intake.groups import ArticleGroup
from rag.answer import Answer, Refusal, Usage
from rag.checking.citation import Citation, Sentence
from rag.conversation import Conversation
from rag.events import (
    AnswerFinished,
    CitationAdded,
    Event,
    HitsFound,
    SentenceVerified,
    Token,
)
from rag.finding.hit import Hit, Why
from rag.newsroom import Newsroom
from rag.question.query import Day

TRUCE = (
    "Qatar will continue its mediation, the foreign ministry said on Monday. "
    "“Lines of communication remain open between all parties,” its spokesman said. "
    "He called the talks among the most difficult that the country had taken on. "
    "The truce had run out on Friday, and the bombing had begun again the same morning."
)
TALKS = (
    "The talks are “ongoing”, the spokesman told reporters in Doha on Tuesday. "
    "No team has pulled out of the negotiations, he added. "
    "The resolution of the Security Council had had no immediate effect on them."
)
AID = (
    "A limited amount of aid, mainly flour and water, came in by way of Rafah, the UN office said. "
    "Access to the north came to a halt on 1 December."
)


def article(title: str, outlet: str | None, published: date | None, text: str) -> Article:
    return Article(identify(title), title, outlet, published, "metadata", text, f"{title[:12]}.txt")


ARTICLES = (
    article("Qatar keeps lines of communication open", "The Gulf Record", date(2023, 12, 4), TRUCE),
    article("No team has left the Doha talks", "Wire Service", date(2024, 3, 26), TALKS),
    article("Flour and water through Rafah", None, None, AID),
)


def alone(article: Article) -> ArticleGroup:
    """The group of an article without copies."""
    return ArticleGroup(article.id, (article,), article.outlet_name, (article.outlet_name,), "")


def hits(articles: Sequence[Article]) -> tuple[Hit, ...]:
    return tuple(
        Hit(Passage(f"{a.id}:0", a.id, 0, 0, len(a.text)), a, 1 / rank, rank, Why(0.5, 2.0))
        for rank, a in enumerate(articles, 1)
    )


def cite(hit: Hit, quote: str, marker: int) -> Citation:
    start = hit.article.text.index(quote)
    return Citation(marker, hit.article, hit.passage, start, start + len(quote))


@dataclass
class StandIn:
    """A newsroom that gives a set answer, one event at a time, and says when it was closed."""

    answer: Callable[[str], Answer]
    draft: str = "The talks went on."
    pause: float = 0.0
    articles: Sequence[Article] = ARTICLES
    closed: threading.Event = field(default_factory=threading.Event)
    finished: int = 0
    tokens: int = 0
    asked: list[tuple[str, Day]] = field(default_factory=list)
    suggestible: Collection[str] = ()

    @property
    def newsroom(self) -> Newsroom:
        """Itself, for what takes a newsroom."""
        return cast("Newsroom", self)

    @property
    def library(self) -> SimpleNamespace:
        days = [a.published for a in self.articles if a.published]
        stats = SimpleNamespace(
            articles=len(self.articles),
            outlets=len({a.outlet for a in self.articles if a.outlet}),
            first=min(days, default=None),
            last=max(days, default=None),
            undated=len(self.articles) - len(days),
        )
        return SimpleNamespace(
            stats=lambda: stats,
            articles=lambda: iter(self.articles),
            path=Path("/tmp/stand-in"),
            generation=1,
            reading=nullcontext,
            article=self._article,
            figures=lambda one: figure_mentions(one.text, one.published),
            versions=lambda _: [],
            changes=lambda _: (),
            group=lambda article_id: alone(self._article(article_id)),
        )

    def _article(self, article_id: str) -> Article:
        for one in self.articles:
            if one.id == article_id:
                return one
        raise NotInLibrary("no such article", where=article_id)

    def answerable(self, question: str, *, as_of: Day = None) -> float | None:
        """What may be suggested: nothing, unless a test says so."""
        del as_of
        return 0.9 if question in self.suggestible else None

    def chat(self) -> Conversation:
        return Conversation(self)

    def stream(
        self,
        question: str,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> Iterator[Event]:
        del since, until, outlets
        self.asked.append((question, as_of))
        if not question.strip():
            raise EmptyQuestion("The question is empty", next_step="ask something")
        if len(question) > 2000:
            raise QuestionTooLong("The question has more than 2,000 characters")
        if as_of == "soon":
            raise BadDate("A date is written YYYY-MM-DD", where="soon")
        return self._events(self.answer(question))

    def _events(self, answer: Answer) -> Iterator[Event]:
        try:
            time.sleep(self.pause)
            yield HitsFound(answer.hits)
            for word in self.draft.split(" "):
                time.sleep(self.pause)
                self.tokens += 1
                yield Token(word + " ")
            for sentence in (*answer.sentences, *answer.dropped):
                for citation in sentence.citations:
                    yield CitationAdded(citation)
                time.sleep(self.pause)
                yield SentenceVerified(sentence)
            yield AnswerFinished(answer)
            self.finished += 1
        finally:
            self.closed.set()


def answered(question: str, articles: Sequence[Article] = ARTICLES) -> Answer:
    """An answer with a sentence of each verdict."""
    found = hits(articles)
    first = cite(found[1], "No team has pulled out of the negotiations", 1)
    second = cite(found[0], "“Lines of communication remain open between all parties,”", 2)
    third = cite(found[1], "had had no immediate effect on them", 3)
    sentences = (
        Sentence("No negotiating team had left the talks.", "supported", 0.9, (first,)),
        Sentence(second.quote, "quote", 1.0, (second,)),
        Sentence(
            "The vote changed nothing, and none expected it to.", "partly", 0.6, (third, first)
        ),
    )
    dropped = (Sentence("They dined at the Sheraton.", "unsupported", 0.1, ()),)
    return Answer(
        question,
        "answered",
        " ".join(sentence.marked for sentence in sentences),
        "No team has pulled out",
        sentences,
        dropped,
        (first, second, third),
        found,
        None,
        Usage({"total": 3.4}, 900, 40, 1, 0),
        {"generator": "stand-in"},
    )


def refused(question: str) -> Answer:
    message = "None of the passages that were read says who won the 2022 World Cup."
    found = hits(ARTICLES)
    nearest = tuple(
        Citation(hit.rank, hit.article, hit.passage, hit.passage.start, hit.passage.end)
        for hit in found
    )
    return Answer(
        question,
        "refused",
        message,
        None,
        (),
        (),
        (),
        found,
        Refusal("off_corpus", message, ("2022", "World", "Cup"), nearest),
        Usage({"total": 0.4}),
        {},
    )
