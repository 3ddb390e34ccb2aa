"""The suite on the sample articles: every gold quote stands, and there is enough of each kind."""

from __future__ import annotations

from collections import Counter

import pytest

import corpus
from corpus.article import Article
from corpus.samples import sample_paths
from evals.metrics.text import contains, tokens
from evals.sample import Kind, Sample, is_named
from evals.suite import HOME
from evals.suites import load_suite

SUITE = load_suite("sample")
SAMPLES = SUITE.samples
ANSWERABLE = [sample for sample in SAMPLES if not sample.target.refuse]

KINDS_ASKED: set[Kind] = {
    "fact",
    "figure",
    "date",
    "who_said",
    "across",
    "unanswerable",
    "false_premise",
}
"""The kinds that a question about time or copies takes are in the suite 'time'."""


def read_samples() -> list[Article]:
    found = list(corpus.read([sample_paths()]))
    articles = [article for article in found if isinstance(article, Article)]
    assert len(articles) == len(found), "a sample article is rejected"
    return articles


ARTICLES = read_samples()


def gold_articles(sample: Sample) -> list[Article]:
    return [a for a in ARTICLES if any(is_named(a, key) for key in sample.target.articles)]


def test_there_are_enough_samples_of_each_kind() -> None:
    count = Counter(sample.kind for sample in SAMPLES)

    assert set(count) == KINDS_ASKED
    assert len(SAMPLES) >= 60
    assert len(ANSWERABLE) >= 40
    assert count["unanswerable"] >= 12
    assert count["false_premise"] >= 6
    assert all(count[kind] >= 5 for kind in KINDS_ASKED)


def test_it_is_asked_of_the_library_that_the_run_is_given() -> None:
    assert {sample.world for sample in SAMPLES} == {HOME}
    assert not SUITE.worlds


@pytest.mark.parametrize("sample", ANSWERABLE, ids=lambda sample: sample.id)
def test_each_answerable_sample_has_answers_articles_and_quotes(sample: Sample) -> None:
    target = sample.target

    assert target.answers
    assert target.articles
    assert target.quotes


def test_only_the_two_kinds_that_have_no_answer_are_to_be_refused() -> None:
    for sample in SAMPLES:
        assert sample.target.refuse == (sample.kind in ("unanswerable", "false_premise")), sample.id


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_each_gold_quote_stands_verbatim_in_a_gold_article(sample: Sample) -> None:
    articles = gold_articles(sample)

    assert len(articles) >= len(sample.target.articles)
    for quote in sample.target.quotes:
        assert any(quote in article.text for article in articles), quote


@pytest.mark.parametrize("sample", ANSWERABLE, ids=lambda sample: sample.id)
def test_each_part_of_an_answer_stands_in_a_gold_article(sample: Sample) -> None:
    for part in sample.target.parts:
        assert any(contains(a.text, variant) for a in gold_articles(sample) for variant in part)


@pytest.mark.parametrize("sample", ANSWERABLE, ids=lambda sample: sample.id)
def test_the_gold_article_can_be_seen_on_the_day_that_is_asked_as_of(sample: Sample) -> None:
    for article in gold_articles(sample):
        assert sample.as_of is None or (article.published and article.published <= sample.as_of)


@pytest.mark.parametrize("sample", ANSWERABLE, ids=lambda sample: sample.id)
def test_no_question_gives_its_answer_away_or_parrots_the_quote(sample: Sample) -> None:
    asked = tokens(sample.question)
    for part in sample.target.parts:
        assert not all(contains(sample.question, variant) for variant in part)
    for quote in sample.target.quotes:
        assert not set(_runs(tokens(quote), 6)) & set(_runs(asked, 6)), quote


def _runs(words: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + length]) for at in range(len(words) - length + 1)]


def test_across_samples_need_more_than_one_article() -> None:
    for sample in SAMPLES:
        if sample.kind == "across":
            assert len({article.id for article in gold_articles(sample)}) > 1, sample.id
            assert len(sample.target.quotes) > 1, sample.id


def test_the_sample_articles_are_what_they_say_they_are() -> None:
    assert 10 <= len(ARTICLES) <= 14
    assert {path.suffix for path in sample_paths().iterdir()} == {
        ".md",
        ".txt",
        ".html",
        ".jsonl",
        ".csv",
    }
    assert sum(article.published is None for article in ARTICLES) >= 2
    for article in ARTICLES:
        assert article.outlet == "Dateline brief"
        assert 60 <= len(article.text.split()) <= 180, article.title
        first_paragraph = article.text.split("\n\n")[0]
        assert "report" in first_paragraph or "Khaleej Times" in first_paragraph, article.title


@pytest.mark.parametrize(
    ("figure", "title"),
    [
        ("20,000", "Two counts of the dead in one December report"),
        ("32,414", "Deaths and hostages as counted in a March 2024 report"),
        ("39,100", "Middle East Monitor's account of Gaza more than nine months into the war"),
        ("41,252", "Deaths and hostages as counted by Khaleej Times in September 2024"),
        ("1,160", "Deaths and hostages as counted in a March 2024 report"),
        ("1,205", "Deaths and hostages as counted by Khaleej Times in September 2024"),
    ],
)
def test_a_figure_that_changes_stands_in_one_brief_with_its_source(figure: str, title: str) -> None:
    holders = [article.title for article in ARTICLES if contains(article.text, figure)]

    assert holders == [title]
