"""What the trained verifier reads: token ids, and marks of the words that stand on both sides."""

from __future__ import annotations

import pytest
import torch
from transformers import AutoTokenizer

from embeddings.embedders.model_folder import model_folder
from embeddings.embedders.models import DEFAULT_EMBEDDER
from rag.checking.statement_pairs import MARKS, StatementPairing, statements_batched


@pytest.fixture(scope="module")
def pairing() -> StatementPairing:
    return StatementPairing(AutoTokenizer.from_pretrained(model_folder(DEFAULT_EMBEDDER)))


def _marked(pairing: StatementPairing, said: str, *evidence: str) -> dict[str, int]:
    pair = pairing.pair(said, evidence)
    own = pair.marks[1 : 1 + len(pair.offsets)]
    return {
        said[start:end]: mark for (start, end), mark in zip(pair.offsets, own, strict=True) if mark
    }


def test_a_word_is_marked_by_itself_and_by_its_neighbours(pairing: StatementPairing) -> None:
    marks = _marked(
        pairing, "Nine people drowned near Ashe.", "Nine people were saved.", "It was in Ashe."
    )
    assert [marks[word] for word in ("Nine", "people", "drowned", "near")] == [4, 3, 1, 1]


def test_one_number_in_two_spellings_is_one(pairing: StatementPairing) -> None:
    marks = _marked(pairing, "12 ships and 1200 men", "Twelve ships with 1,200 men")
    assert marks["12"] == 4
    assert marks["and"] == 1
    assert marks["men"] == 4


def test_forms_of_one_verb_are_one(pairing: StatementPairing) -> None:
    assert _marked(pairing, "He sank it", "He sinks it") == {"He": 4, "sank": 4, "it": 4}


def test_the_evidence_has_marks_of_its_own(pairing: StatementPairing) -> None:
    pair = pairing.pair("Nine people", ["Nine people slept"])
    later = pair.marks[2 + len(pair.offsets) : -1]
    assert later == (8, 7, 5)
    assert max(pair.marks) < MARKS
    assert len(pair.ids) == len(pair.types) == len(pair.marks)


def test_what_is_too_long_is_cut(pairing: StatementPairing) -> None:
    pair = pairing.pair("word " * 500, ["other " * 900])
    assert len(pair.ids) == 80 + 200 + 3
    assert len(pair.offsets) == 80


def test_a_batch_is_padded_where_nothing_attends(pairing: StatementPairing) -> None:
    short, long = pairing.pair("Nine", ["Ten"]), pairing.pair("Nine people slept", ["They slept"])
    batch = statements_batched([short, long])
    assert batch.ids.shape == (2, len(long.ids))
    assert int(batch.attention[0].sum()) == len(short.ids)
    assert torch.equal(batch.sentence.sum(1), torch.tensor([1, 3]))
    assert int(batch.marks[0, len(short.ids) :].sum()) == 0
