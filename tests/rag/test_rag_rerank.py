"""The trained reader in the order of the evidence, and what becomes of answers without it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus import Article
from corpus.errors import AdapterUnusable
from embeddings import HashEmbedder
from embeddings.library import Library
from rag.adapters import which
from rag.finding.evidence import Evidence
from rag.finding.ranking import EvidenceOptions, EvidenceRanker
from rag.finding.read import Candidate, Read
from rag.finding.readers import reader_for, reader_name
from rag.finding.rerank import RerankOptions
from rag.finding.retrieve import RetrieveOptions, retrieve
from rag.question.query import read_question

TEXT = (
    "The harbour of Corvane was dug in 1871. It was Elias Brandt who paid for it. "
    "The harbour of Corvane has two towers. Nobody asked for a third."
)


class Pointing:
    """A reader that is sure of one sentence, and remembers what it was given."""

    name = "pointing"

    def __init__(self, words: str) -> None:
        self.words = words
        self.given: list[Candidate] = []

    def read(self, question: str, candidates: Sequence[Candidate]) -> tuple[Read, ...]:
        assert question
        self.given.extend(candidates)
        return tuple(
            Read(9.0, 0, 4, 0.9) if self.words in one.text else Read(-9.0, 0, 4, 0.1)
            for one in candidates
        )


def _ranked(tmp_path: Path, reader: Pointing | None, rerank: RerankOptions) -> list[Evidence]:
    embedder = HashEmbedder()
    with Library.open(tmp_path / "library", embedder, create=True) as library:
        library.add([Article("a" * 16, "The port", "Gazette", None, "none", TEXT, "port.txt")])
        query = read_question("When was the harbour of Corvane dug?")
        vector = embedder.embed([query.text])[0]
        hits = retrieve(library, query, vector, RetrieveOptions())
        ranker = EvidenceRanker(embedder, EvidenceOptions(rerank=rerank), lambda: reader)
        return ranker.rank(query.text, vector, hits)


def test_what_the_reader_is_sure_of_comes_first(tmp_path: Path) -> None:
    reader = Pointing("Elias Brandt")
    plain = _ranked(tmp_path / "plain", None, RerankOptions())
    assert "1871" in plain[0].text
    assert plain[0].read is None
    found = _ranked(tmp_path / "read", reader, RerankOptions(weight=3.0))
    assert "Elias Brandt" in found[0].text
    assert found[0].read == Read(9.0, 0, 4, 0.9)
    before = {one.span: one.answerable for one in plain}
    assert found[0].answerable > before[found[0].span]
    assert all(one.answerable <= before[one.span] for one in found[1:])
    assert sorted(one.text for one in found) == sorted(one.text for one in plain)


def test_it_is_given_the_title_and_the_sentence_before(tmp_path: Path) -> None:
    reader = Pointing("")
    _ranked(tmp_path, reader, RerankOptions(weight=1.0))
    by_text = {one.text: one for one in reader.given}
    assert by_text["It was Elias Brandt who paid for it."] == Candidate(
        "The port",
        "The harbour of Corvane was dug in 1871.",
        "It was Elias Brandt who paid for it.",
    )
    assert by_text["The harbour of Corvane was dug in 1871."].before == ""


def test_only_the_best_are_read_and_the_rest_stays_behind(tmp_path: Path) -> None:
    reader = Pointing("Nobody")
    found = _ranked(tmp_path, reader, RerankOptions(sentences=2, weight=3.0))
    assert len(reader.given) == 2
    assert [one.read is None for one in found] == [False, False, True, True]


def test_without_weight_nothing_is_read(tmp_path: Path) -> None:
    reader = Pointing("Elias Brandt")
    found = _ranked(tmp_path, reader, RerankOptions(weight=0.0))
    assert reader.given == []
    assert "1871" in found[0].text


def test_another_embedder_than_the_default_has_no_reader() -> None:
    weights = HashEmbedder().fingerprint.weights
    assert reader_for("auto", weights) is None
    assert reader_name("auto", weights) == "none"
    assert reader_for("off", weights) is None


def test_a_reader_that_ships_but_is_damaged_is_told_and_answers_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(which, "shipped", lambda _: tmp_path)
    with caplog.at_level(logging.WARNING):
        assert reader_for("auto", "any") is None
    assert "without the trained reader" in caplog.text
    assert reader_name("auto", "any") == "none"


def test_a_reader_that_was_named_must_be_usable(tmp_path: Path) -> None:
    with pytest.raises(AdapterUnusable, match="no adapter"):
        reader_for(str(tmp_path), "any")
