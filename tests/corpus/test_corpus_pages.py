"""Saved pages of many sites: no sentence of reporting is lost, and little else is kept.

Beside each page lies its gold text, one sentence or cell of reporting a line. Pages and gold are
the project's own; their templates follow those of news sites.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
# Of all kept sentences so many are gold. A page's own may fall lower: a line more costs little.
PRECISION = 0.99


def flat(text: str) -> str:
    return " ".join(text.split())


def read(page: Path) -> tuple[corpus.Article, list[str]]:
    (article,) = corpus.read([page])
    assert isinstance(article, corpus.Article)
    gold = page.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return article, [flat(line) for line in gold if line.strip()]


def kept_sentences(article: corpus.Article) -> list[str]:
    spans = corpus.sentence_spans(article.text, article.language)
    return [flat(article.text[start:end]) for start, end in spans]


def is_gold(sentence: str, gold: str) -> bool:
    """Whether each cell of it (a row of a table has several, a sentence is one) is gold."""
    return all(cell.strip(" -") in gold for cell in sentence.split("|"))


def test_there_are_pages() -> None:
    assert len(PAGES) >= 25


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_sentence_of_reporting_is_lost(page: Path) -> None:
    article, gold = read(page)
    text = flat(article.text)
    assert [line for line in gold if line not in text] == []


def test_hardly_anything_else_is_kept() -> None:
    right = total = 0
    for page in PAGES:
        article, gold = read(page)
        sentences = kept_sentences(article)
        right += sum(is_gold(sentence, " ".join(gold)) for sentence in sentences)
        total += len(sentences)
    assert right / total >= PRECISION


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_order_of_reporting_is_the_pages(page: Path) -> None:
    article, gold = read(page)
    text = flat(article.text)
    at = -1
    for line in gold:
        if len(line.split()) > 3:  # shorter ones may stand in several places
            assert (at := text.find(line, at + 1)) >= 0, line


@pytest.mark.parametrize(
    ("name", "published", "rule", "updated", "as_of"),
    [
        ("newsletter-insert", "2023-02-18", "structured-data", "2023-02-19", "2023-02-19"),
        ("wordpress", "2024-06-07", "structured-data", "2024-06-09", "2024-06-09"),
        ("amp", "2024-03-11", "structured-data", "2024-03-11", "2024-03-11"),
        ("news-block", "2021-04-12", "metadata", "2021-04-13", "2021-04-13"),
        ("cookie-banner", "2022-10-06", "metadata", None, "2022-10-06"),
        ("short-brief", None, "none", None, None),
    ],
)
def test_published_updated_and_as_of(
    name: str, published: str | None, rule: str, updated: str | None, as_of: str | None
) -> None:
    article, _ = read(next(page for page in PAGES if page.stem == name))
    days = (article.published, article.updated, article.as_of)
    assert tuple(day and day.isoformat() for day in days) == (published, updated, as_of)
    assert article.dated_by == rule


def test_sentences_of_the_page_that_are_left_out_can_be_seen() -> None:
    article, _ = read(next(page for page in PAGES if page.stem == "comments"))
    assert "I walked home along the rails with my two children." in article.dropped
    assert "walked home" not in article.text
