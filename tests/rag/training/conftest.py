"""What the tests of training share: a tiny file in SQuAD's form, and a tiny transformer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PARAGRAPHS = {
    "Port_of_Corvane": [
        "Corvane lies on the river Ashe. Its harbour was dug in 1871 by Elias Brandt. "
        "Nearly 4,000 people work there today.",
        "The old customs house burned down in 1902. Marta Quill designed the new one. "
        "It has two towers.",
    ],
    "Belmont_Railway": [
        "The railway joined Belmont to Carrick in 1864. Owen Hale paid for the bridge. "
        "The line closed in 1959.",
        "Trains ran six times a day. The fare was two crowns. Jonas Reed drove the last train.",
    ],
}
QUESTIONS = {
    "Port_of_Corvane": [
        (0, "Who dug the harbour of Corvane?", "Elias Brandt"),
        (0, "How many people work in Corvane's harbour?", "Nearly 4,000"),
        (1, "Who designed the new customs house?", "Marta Quill"),
    ],
    "Belmont_Railway": [
        (0, "Which town did the railway join to Belmont?", "Carrick"),
        (0, "Who paid for the bridge of Belmont?", "Owen Hale"),
        (1, "Who drove the last train?", "Jonas Reed"),
    ],
}


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    """A file of two articles, three questions each; the first article is dev."""
    data = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {
                            "id": f"{title}-{number}",
                            "question": question,
                            "answers": [{"text": answer, "answer_start": text.index(answer)}],
                        }
                        for number, (of, question, answer) in enumerate(QUESTIONS[title])
                        if of == place
                    ],
                }
                for place, text in enumerate(texts)
            ],
        }
        for title, texts in PARAGRAPHS.items()
    ]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer of two narrow layers with random weights, and the default's tokenizer."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel

    from embeddings.embedders.model_folder import model_folder
    from embeddings.embedders.models import DEFAULT_EMBEDDER

    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = AutoTokenizer.from_pretrained(model_folder(DEFAULT_EMBEDDER))
    tokenizer.save_pretrained(folder)
    BertModel(
        BertConfig(
            vocab_size=len(tokenizer),
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=256,
        )
    ).save_pretrained(folder)
    return folder
