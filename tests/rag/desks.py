"""Articles, newsrooms and the promise, for the tests of question time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from corpus.article import Article, Passage, identify
from corpus.passages import header
from corpus.sentences import sentence_spans
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.hashing import HashEmbedder
from embeddings.terms import fold
from rag.answer import Answer
from rag.checking.citation import Citation
from rag.claims.facts import facts_of
from rag.events import Event
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit, Why
from rag.newsroom import Newsroom
from rag.newsroom import open as open_newsroom
from rag.question.period import without_day
from rag.settings import Settings
from rag.writing.generator import Message
from rag.writing.generators.scripted import ScriptedGenerator

HARBOUR = """---
title: Council approves the harbour plan
outlet: Ashford Courier
published: 2024-03-05
url: https://courier.example/2024/03/05/harbour
---
The Ashford council approved the harbour plan on Tuesday. Mayor Ellen Reyes said that the work
would cost 12.5 million pounds.

"We will begin in June and finish before the winter", Reyes told reporters. She did not say who
would pay for the northern quay.
"""
BRIDGE = """---
title: Bridge at Belmont stays closed
outlet: Belmont Herald
published: 2024-06-18
---
The Belmont bridge will stay closed until October, the county said on Monday. Engineers found 14
cracked beams in April.

"Nobody was hurt", the county engineer, Tomas Okafor, told the Herald. Repairs to the bridge have
not begun.
"""
MARKET = """---
title: Traders want the covered market back
outlet: Carrick Gazette
---
Forty traders signed a letter that asks for the covered market back. The letter calls the open
stalls "cold, wet and empty".

The council has not replied to the traders.
"""
FILES = {"harbour.md": HARBOUR, "bridge.md": BRIDGE, "market.md": MARKET}

HARBOUR_QUESTION = "What did Mayor Ellen Reyes say that the work would cost?"
HARBOUR_QUOTE = "Mayor Ellen Reyes said that the work would cost 12.5 million pounds."
BRIDGE_QUESTION = "Until when will the Belmont bridge stay closed?"
MARKET_QUESTION = "How many traders signed a letter about the covered market?"

Replies = Sequence[str] | Callable[[Sequence[Message]], str]


class CountingEmbedder(HashEmbedder):
    """Counts the texts that it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return super().embed(texts)


def write_articles(folder: Path, files: dict[str, str] | None = None) -> Path:
    """The articles as files in a new folder."""
    folder.mkdir(parents=True)
    for name, text in (FILES if files is None else files).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def make_newsroom(
    folder: Path,
    replies: Replies = (),
    *,
    style: str = "cited",
    files: dict[str, str] | None = None,
    delay: float = 0.0,
    **settings: Any,
) -> Newsroom:
    """A newsroom over new articles with stand-ins for both models.

    It answers from whatever evidence is best, unless `least_answerable` says otherwise: what is
    tested with it is the road, not where the threshold lies.
    """
    articles = write_articles(folder / "articles", files)
    chosen: dict[str, Any] = {"style": style, "least_answerable": 0.0, **settings}
    return open_newsroom(
        folder / "library",
        add=[articles],
        settings=Settings(**chosen),
        embedder=HashEmbedder(),
        generator=ScriptedGenerator(replies, delay=delay),
        progress=False,
    )


def scripted(newsroom: Newsroom) -> ScriptedGenerator:
    """The newsroom's stand-in for a model."""
    assert isinstance(newsroom.generator, ScriptedGenerator)
    return newsroom.generator


def make_article(text: str, **changes: Any) -> Article:
    """An article by the Ashford Courier of 5 March 2024."""
    values: dict[str, Any] = {
        "id": identify(text),
        "title": "Council approves the harbour plan",
        "outlet": "Ashford Courier",
        "published": date(2024, 3, 5),
        "dated_by": "metadata",
        "text": text,
        "source": "articles/harbour.md",
    }
    return Article(**{**values, **changes})


def make_hit(text: str, rank: int = 1, **changes: Any) -> Hit:
    """A hit whose passage is a whole article."""
    article = make_article(text, **changes)
    passage = Passage(f"{article.id}:0", article.id, 0, 0, len(text))
    return Hit(passage, article, 1.0 / rank, rank, Why(0.5, 2.0))


def make_evidence(text: str, answerable: float = 1.0, **changes: Any) -> list[Evidence]:
    """Each sentence of one article, in the article's order."""
    hit = make_hit(text, **changes)
    return [Evidence(hit, start, end, 1.0, 1.0, answerable) for start, end in sentence_spans(text)]


def make_citation(text: str, quote: str, marker: int = 1, **changes: Any) -> Citation:
    """A citation of the quote where it first stands in the text."""
    hit = make_hit(text, **changes)
    start = text.index(quote)
    return Citation(marker, hit.article, hit.passage, start, start + len(quote))


def assert_promise(answer: Answer, newsroom: Newsroom) -> None:
    """What Dateline promises of every answer, whatever the model wrote and the articles hold.

    An article may itself hold '[1]', and so may a quote of it. So the markers that count are
    those of `Answer.sentences[].citations`, and the text is checked to be made of these sentences
    and of nothing else; '[n]' is never looked for in the text.
    """
    held = {hit.article.id: hit for hit in answer.hits}
    for citation in answer.citations:
        stored = newsroom.library.article(citation.article.id)
        assert citation.article == stored
        assert 0 <= citation.start < citation.end <= len(stored.text)
        assert citation.quote == stored.text[citation.start : citation.end]
        assert citation.article.id in held
        hit = next(hit for hit in answer.hits if hit.passage == citation.passage)
        assert hit.passage.start <= citation.start < citation.end <= hit.passage.end
    markers = [citation.marker for citation in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    for sentence in answer.sentences:
        assert sentence.verdict != "unsupported"
        assert sentence.citations
        assert set(sentence.citations) <= set(answer.citations)
        if sentence.verdict == "quote":
            assert [sentence.text] == [citation.quote for citation in sentence.citations]
    for sentence in answer.dropped:
        assert sentence.verdict == "unsupported"
        assert sentence.citations == ()
    used = {citation for sentence in answer.sentences for citation in sentence.citations}
    assert used == set(answer.citations)
    if answer.short is not None and answer.working is None:
        assert any(answer.short in citation.quote for citation in answer.citations)
    if answer.status == "refused":
        assert answer.refusal is not None
        assert answer.text == answer.refusal.message
        assert (answer.sentences, answer.citations, answer.short) == ((), (), None)
    else:
        assert answer.refusal is None
        assert answer.sentences
        assert answer.text == " ".join(sentence.marked for sentence in answer.sentences)


def assert_nothing_invented(answer: Answer) -> None:
    """No shown sentence has a figure or a name that its cited articles do not have."""
    for sentence in answer.sentences:
        quotes = " ".join(citation.quote for citation in sentence.citations)
        headers = " ".join(header(citation.article) for citation in sentence.citations)
        text = sentence.text
        for citation in sentence.citations:
            if citation.article.published:
                text = without_day(text, citation.article.published)
        assert facts_of(text).figures <= facts_of(quotes).figures
        assert all(name in fold(f"{quotes} {headers}") for name in facts_of(text).names)


@dataclass
class Liar:
    """Newsrooms of both styles whose model says whatever it is told to next."""

    newsrooms: dict[str, Newsroom] = field(default_factory=dict)
    says: str = ""

    def ask(self, style: str, says: str, question: str = HARBOUR_QUESTION) -> Answer:
        """The answer, after the promise was checked on it."""
        self.says = says
        answer = self.newsrooms[style].ask(question)
        assert_promise(answer, self.newsrooms[style])
        assert_nothing_invented(answer)
        return answer

    def stream(self, style: str, says: str, question: str = HARBOUR_QUESTION) -> list[Event]:
        """The events of that answer."""
        self.says = says
        return list(self.newsrooms[style].stream(question))
