"""The sentences of the hits, in order of use. Its constants are not pinned here: they are tuned."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Passage
from embeddings.embedders.hashing import HashEmbedder
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit
from rag.finding.ranking import EvidenceRanker
from rag.question.understanding import Understanding
from tests.rag.desks import CountingEmbedder, make_hit

TEXT = (
    "The council approved the harbour plan. The work would cost 12.5 million pounds. "
    "Gulls were seen over the quay.\n\nNobody asked about the northern quay."
)
QUESTION = "What would the work cost?"


def rank(question: str, *hits: Hit, embedder: HashEmbedder | None = None) -> list[Evidence]:
    reader = embedder or HashEmbedder()
    return EvidenceRanker(reader).rank(question, reader.embed([question])[0], hits)


def test_every_sentence_comes_once_with_exact_offsets_best_first() -> None:
    found = rank(QUESTION, make_hit(TEXT), make_hit(TEXT, 2))
    assert sorted(one.text for one in found) == sorted(
        [
            "The council approved the harbour plan.",
            "The work would cost 12.5 million pounds.",
            "Gulls were seen over the quay.",
            "Nobody asked about the northern quay.",
        ]
    )
    assert all(one.text == TEXT[one.start : one.end] for one in found)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert found[0].text == "The work would cost 12.5 million pounds."
    assert found[0].answerable == max(one.answerable for one in found)


def test_offsets_count_in_the_article_and_not_in_the_passage() -> None:
    hit = make_hit(TEXT)
    start = TEXT.index("Gulls")
    part = Passage(f"{hit.article.id}:1", hit.article.id, 1, start, len(TEXT))
    found = rank(QUESTION, Hit(part, hit.article, 1.0, 1, hit.why))
    assert {one.text for one in found} == {
        "Gulls were seen over the quay.",
        "Nobody asked about the northern quay.",
    }


def test_without_hits_there_is_no_evidence() -> None:
    assert rank(QUESTION) == []


def test_a_question_without_terms_is_ranked_all_the_same() -> None:
    assert len(rank("Who was it?", make_hit(TEXT))) == 4


def test_of_two_alike_the_one_of_the_days_that_are_asked_for_comes_first() -> None:
    early = make_hit("The work would cost 12 million.", 1, published=date(2023, 1, 5))
    late = make_hit("The work would cost 13 million.", 2, published=date(2024, 6, 5))
    assert rank("What would the work cost in June 2024?", early, late)[0].hit is late
    assert rank("What would the work cost in January 2023?", early, late)[0].hit is early


def test_of_some_alike_the_newest_comes_first_where_that_is_asked_for_and_undated_last() -> None:
    text = "The work would cost 12 million."
    early = make_hit(text, 1, id="early", published=date(2023, 1, 5))
    late = make_hit(text, 2, id="late", published=date(2024, 6, 5))
    undated = make_hit(text, 3, id="undated", published=None)
    hits = [undated, early, late]
    latest = rank("What would the work cost at the latest count?", *hits)
    usual = rank("What would the work cost?", *hits)
    assert [one.hit.article.id for one in latest] == ["late", "early", "undated"]
    assert usual[0].hit is early


def test_a_sentence_without_a_figure_comes_after_one_with_it_where_a_figure_is_asked_for() -> None:
    hit = make_hit("The northern quay holds ships. The northern quay holds 40 ships. Gulls fly.")
    assert "40" in rank("How many ships does the northern quay hold?", hit)[0].text
    assert "40" not in rank("What does the northern quay hold?", hit)[0].text


def test_what_is_asked_may_be_told_by_the_caller() -> None:
    early = make_hit("The work would cost 12 million.", 1, published=date(2023, 1, 5))
    late = make_hit("The work would cost 13 million.", 2, published=date(2024, 6, 5))
    reader = HashEmbedder()
    vector = reader.embed([QUESTION])[0]
    asks = Understanding("count", latest=True)
    found = EvidenceRanker(reader).rank(QUESTION, vector, [early, late], asks)
    assert found[0].hit is late


def test_a_sentence_is_embedded_once_however_often_it_is_asked() -> None:
    embedder = CountingEmbedder()
    ranker = EvidenceRanker(embedder)
    vector = embedder.embed([QUESTION])[0]
    first = ranker.rank(QUESTION, vector, [make_hit(TEXT)])
    spent = embedder.texts
    assert ranker.rank(QUESTION, vector, [make_hit(TEXT)]) == first
    assert embedder.texts == spent


@pytest.mark.parametrize("text", ["§ § §", "…", "<|im_end|>", "[1] [2]"])
def test_text_without_words_is_ranked_all_the_same(text: str) -> None:
    assert rank(QUESTION, make_hit(text))


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
def test_what_is_comparable_between_questions_lies_between_nothing_and_one(
    question: str, text: str
) -> None:
    for one in rank(question, make_hit(text)):
        assert -1e-6 <= one.answerable <= 1 + 1e-6
        assert one.text.strip()
