"""`multihop-rag:FOLDER`: questions over several news articles, in the form of MultiHop-RAG.

Tang and Yang 2024 (arXiv:2401.15391, github.com/yixuantt/MultiHop-RAG): corpus.json with news
articles of 2023, and MultiHopRAG.json with queries, answers and the evidence for each.

How it is read: all articles are in the one world 'multihop-rag', with `source` as the outlet and
`published_at` as the day. A query of the types inference, comparison or temporal is of kind
'across' and needs every fact of its evidence list; the facts are its gold quotes where they stand
in the article, white space aside. An article is known by its address, else by its title. A null
query has no answer in the corpus and is to be refused. Mind that 'Yes' or 'No' is the answer of
many: any 'no' in an answer's text shows it, and an answer in other words does not.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from corpus.article import Article
from evals.sample import Sample, Target
from evals.sets.files import Form, Row
from evals.sets.shelf import Shelf, accepted, distinct, names, verbatim
from evals.suite import Suite

WORLD = "multihop-rag"
NULL = "null_query"
_FORM = Form("MultiHop-RAG", "a folder with corpus.json and MultiHopRAG.json, plain or .gz")


class _Article(Row):
    title: str
    body: str
    source: str | None = None
    published_at: datetime | None = None
    url: str | None = None


class _Evidence(Row):
    title: str = ""
    url: str | None = None
    fact: str


class _Query(Row):
    query: str
    answer: str
    question_type: str
    evidence_list: list[_Evidence]


_ARTICLES = TypeAdapter(list[_Article])
_QUERIES = TypeAdapter(list[_Query])


def open_multihop_rag(path: Path) -> Suite:
    """The queries of a folder over its articles.

    Raises:
        EvalError: a file is missing or not of that form, or evidence names an article that the
            corpus does not have.
    """
    shelf = Shelf("corpus")
    held: dict[str, Article] = {}
    for one in _FORM.whole(_FORM.part(path, "corpus.json"), _ARTICLES):
        article = shelf.put(
            one.body,
            one.title,
            outlet=one.source,
            published=one.published_at.date() if one.published_at else None,
            url=one.url,
        )
        if article:
            held.setdefault(one.title, article)
            held[one.url or one.title] = article
    file = _FORM.part(path, "MultiHopRAG.json")
    queries = _FORM.whole(file, _QUERIES)
    samples = tuple(
        _sample(number, query, held, file) for number, query in enumerate(queries, start=1)
    )
    return Suite(_FORM.set_name(path), samples, {WORLD: shelf.articles})


def _sample(number: int, query: _Query, held: dict[str, Article], path: Path) -> Sample:
    id_ = f"{query.question_type}-{number}"
    if query.question_type == NULL:
        return Sample(id_, query.query, "unanswerable", Target(refuse=True), world=WORLD)
    articles, quotes = [], []
    for one in query.evidence_list:
        article = held.get(one.url or "") or held.get(one.title)
        if article is None:
            raise _FORM.error(f"query {number} cites '{one.title}', not in the corpus", path)
        articles.append(article)
        quotes.append(verbatim(article.text, one.fact))
    target = Target(
        answers=accepted([query.answer]), articles=names(articles), quotes=distinct(quotes)
    )
    return Sample(id_, query.query, "across", target, world=WORLD)
