"""What the tests of training share: a tiny file in SQuAD's form, and tiny transformers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from rag.training.answerer.news import news_packs
from rag.training.answerer.scenes_conflict import CONFLICT
from rag.training.answerer.scenes_disaster import DISASTERS
from rag.training.answerer.scenes_public import PUBLIC
from rag.writing.trained import NO_ANSWER

TEMPLATE = (
    "{% for one in messages %}<|im_start|>{{ one.role }}\n{{ one.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
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


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A language model of three narrow layers with random weights, and a tokenizer like SmolLM2's:
    bytes, digits one by one, a chat template."""
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("small")
    cut = [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(False)]
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Sequence(cut)
    made.decoder = decoders.ByteLevel()
    special = ["<|im_start|>", "<|im_end|>"]
    trainer = trainers.BpeTrainer(
        vocab_size=500,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    packs = news_packs((*CONFLICT, *DISASTERS, *PUBLIC), 40, 1)
    texts = [one.text for pack in packs for one in pack.shown]
    made.train_from_iterator([*texts, NO_ANSWER, " [1] [2] [3] yes no"], trainer)
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=made, eos_token="<|im_end|>", chat_template=TEMPLATE
    )
    tokenizer.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=2,
        num_key_value_heads=1,
        intermediate_size=64,
        max_position_embeddings=2048,
        eos_token_id=tokenizer.eos_token_id,
    )
    LlamaForCausalLM(config).bfloat16().save_pretrained(folder)
    return folder
