"""The five articles that the project was made for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import corpus
from corpus.characters import normalise
from corpus.furniture import is_statement

# number of the seed -> outlet, day, rule, day of the update
EXPECTED = {
    "000": (None, date(2023, 12, 4), "date-head", None),
    "001": (None, None, "none", None),
    "002": (None, None, "none", None),
    "003": ("Middle East Monitor", None, "none", None),
    "004": ("Khaleej Times", date(2024, 9, 17), "published-line", date(2024, 9, 17)),
}
HAS_HEADLINE = {"002", "003"}


def read_seed(seeds: Path, number: str) -> tuple[str, corpus.Article]:
    path = next(seeds.glob(f"{number}_*.txt"))
    found = list(corpus.read([path]))
    assert len(found) == 1
    assert isinstance(found[0], corpus.Article)
    return path.read_text(encoding="utf-8"), found[0]


@pytest.mark.parametrize("number", EXPECTED)
def test_outlet_and_day(seeds: Path, number: str) -> None:
    _, article = read_seed(seeds, number)
    assert (article.outlet, article.published, article.dated_by, article.updated) == EXPECTED[
        number
    ]


@pytest.mark.parametrize("number", EXPECTED)
def test_no_sentence_is_lost_and_no_word_is_changed(seeds: Path, number: str) -> None:
    raw, article = read_seed(seeds, number)
    kept = article.text.split("\n\n")
    for line in filter(None, normalise(raw).split("\n")):
        if is_statement(line):
            assert any(line.endswith(block) for block in kept)
    for block in kept:
        assert block in normalise(raw)
        assert is_statement(block)


@pytest.mark.parametrize("number", EXPECTED)
def test_titles(seeds: Path, number: str) -> None:
    raw, article = read_seed(seeds, number)
    if number in HAS_HEADLINE:
        assert article.title in normalise(raw).split("\n")
        assert article.title not in article.text
    else:
        assert article.title.endswith("…")
        assert article.text.startswith(article.title[:-1])


@pytest.mark.parametrize("number", EXPECTED)
@pytest.mark.parametrize(
    "furniture",
    ["Site icon", "Related posts", "Exit mobile version", "months ago", "Getty Images", "WATCH:",
     "MENAFN", "Published:", "Last updated", "date 20",
     "-CONFLICT", "South Beirut", "\n\n\n", "\u00a0"],
)  # fmt: skip
def test_furniture_is_gone(seeds: Path, number: str, furniture: str) -> None:
    assert furniture not in read_seed(seeds, number)[1].text


@pytest.mark.parametrize("number", EXPECTED)
def test_every_passage_starts_and_ends_with_a_sentence(seeds: Path, number: str) -> None:
    _, article = read_seed(seeds, number)
    passages = corpus.split(
        article,
        lambda texts: [len(text) // 4 + 2 for text in texts],
        corpus.SplitOptions(max_tokens=128),
    )
    assert len(passages) > 2
    for passage in passages:
        assert is_statement(article.text[passage.start : passage.end])
    joined = " ".join(article.text[passage.start : passage.end] for passage in passages)
    assert joined.split() == article.text.split()
