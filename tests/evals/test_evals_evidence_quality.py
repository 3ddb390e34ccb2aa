"""Evidence measured on data in SQuAD form, over the real library with the shipped fake embedder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import EvalError
from embeddings.embedders.hashing import HashEmbedder
from evals.evidence_quality import EvidenceQuality, measure_evidence, read_squad

PARAGRAPHS = {
    "Harbour": "The harbour of Ostend opened in 1781. Its lighthouse is 65 metres tall.",
    "Orchard": "Farmers planted apple trees near Ghent. The orchard yields 40 tonnes of apples.",
}
QUESTIONS = {
    "Harbour": [
        ("How tall is the lighthouse?", "65 metres"),
        ("When did the harbour of Ostend open?", "1781"),
    ],
    "Orchard": [("How many tonnes of apples does the orchard yield?", "40 tonnes")],
}


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    pages = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {
                            "id": question,
                            "question": question,
                            "answers": [{"text": answer, "answer_start": text.index(answer)}],
                        }
                        for question, answer in QUESTIONS[title]
                    ],
                }
            ],
        }
        for title, text in PARAGRAPHS.items()
    ]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": pages}), encoding="utf-8")
    return path


def measured(squad: Path, limit: int = 10) -> EvidenceQuality:
    articles, asked = read_squad(squad)
    return measure_evidence(articles, asked, HashEmbedder(), limit)


def test_each_paragraph_is_an_article_and_each_question_knows_where_its_answer_stands(
    squad: Path,
) -> None:
    articles, asked = read_squad(squad)
    texts = {article.id: article.text for article in articles}
    assert list(texts.values()) == list(PARAGRAPHS.values())
    assert [texts[one.article_id][one.position :][:2] for one in asked] == ["65", "17", "40"]


def test_sentences_that_share_the_questions_words_come_first(squad: Path) -> None:
    quality = measured(squad)
    assert quality.n == 3
    assert quality.first == quality.among_three == quality.among_seven == 1.0


def test_evidence_is_weaker_once_the_article_is_gone(squad: Path) -> None:
    quality = measured(squad)
    assert quality.auroc == 1.0
    assert quality.kept == quality.refused == 1.0


def test_two_runs_ask_the_same_questions(squad: Path) -> None:
    assert measured(squad, limit=2) == measured(squad, limit=2)


@pytest.mark.parametrize("text", ["", "[]", '{"data": [{"title": "x"}]}'])
def test_another_form_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvalError, match=r"SQuAD form.*\n.*Next"):
        read_squad(path)


def test_a_file_without_an_answer_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    asked = {"id": "1", "question": "Why?", "is_impossible": True, "answers": []}
    page = {"title": "T", "paragraphs": [{"context": "Some words.", "qas": [asked]}]}
    path.write_text(json.dumps({"data": [page]}), encoding="utf-8")

    with pytest.raises(EvalError, match="no question of the file has an answer"):
        read_squad(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="SQuAD form"):
        read_squad(tmp_path / "none.json")
