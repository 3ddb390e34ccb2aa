"""Sentence-transformers models of a few thousand weights, drawn by chance, for tests of engines.

Their vectors mean nothing. They differ from all-MiniLM-L6-v2 in what an engine could get wrong:
how they pool, what stands before a text, on which side rows are filled up, what they read.
"""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling, StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast, Qwen2Config, Qwen2Model

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_HIDDEN = 32


def _words() -> Tokenizer:
    """One token a character, so that the least vocabulary reads every text."""
    words = {word: at for at, word in enumerate((*_SPECIAL, *string.printable))}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


def _save_tokenizer(folder: Path, *, side: str, most: int) -> None:
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=_words(),
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        padding_side=side,
        model_max_length=most,
    ).save_pretrained(folder)


def _save(
    folder: Path,
    inner: torch.nn.Module,
    pooling: str,
    side: str,
    most: int,
    *after: Any,
    **how: Any,
) -> Path:
    base = folder / "base"
    inner.save_pretrained(base)  # type: ignore[operator]
    _save_tokenizer(base, side=side, most=most)
    transformer = Transformer(str(base), max_seq_length=most)
    pool = Pooling(_HIDDEN, pooling_mode=pooling)
    SentenceTransformer(modules=[transformer, pool, *after], device="cpu", **how).save_pretrained(
        str(folder / "model")
    )
    return folder / "model"


def bert(folder: Path, *, seed: int = 0, pooling: str = "cls", prefix: str = "") -> Path:
    """A BERT with a dense layer after its pooling, and a prefix if one is given."""
    torch.manual_seed(seed)
    inner = BertModel(
        BertConfig(
            vocab_size=len(_SPECIAL) + len(string.printable),
            hidden_size=_HIDDEN,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
            initializer_range=0.5,
        )
    )
    how = {"prompts": {"passage": prefix}, "default_prompt_name": "passage"} if prefix else {}
    dense = Dense(_HIDDEN, 24)
    return _save(folder, inner, pooling, "right", 48, dense, Normalize(), **how)


def qwen(folder: Path) -> Path:
    """A decoder that is filled up on the left and pools its last token."""
    torch.manual_seed(0)
    inner = Qwen2Model(
        Qwen2Config(
            vocab_size=len(_SPECIAL) + len(string.printable),
            hidden_size=_HIDDEN,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
            initializer_range=0.5,
            pad_token_id=0,
        )
    )
    return _save(folder, inner, "lasttoken", "left", 40)


def static(folder: Path) -> Path:
    """A bag of word vectors: it reads token ids and offsets, and no mask."""
    torch.manual_seed(0)
    module = StaticEmbedding(_words(), embedding_dim=16)
    SentenceTransformer(modules=[module], device="cpu").save_pretrained(str(folder / "model"))
    return folder / "model"
