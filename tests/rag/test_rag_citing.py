"""Decoding that can only copy words of a sentence and name that sentence."""

from __future__ import annotations

import re

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from rag.writing.generators.citing import MOST_ITEMS, CitingProcessor

TEXTS = (
    "Twelve people died in Tarn, the mayor said.",
    "By Friday the toll stood at 1.5 million, or 41 a day.",
    "The mayor of Tarn said 41 people died.",
)
REFUSAL = "NO ANSWER"


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerFast:
    """Words with the space before them, and digits and marks one by one, as SmolLM2 has them."""
    cut = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    texts = [" " + text for text in (*TEXTS, REFUSAL)] + [f" [{n}]" for n in range(1, 10)]
    words = {word for text in texts for word, _ in cut.pre_tokenize_str(text)}
    vocabulary = {word: place for place, word in enumerate(["<end>", *sorted(words)])}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="<end>"))
    made.pre_tokenizer = cut
    made.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=made, eos_token="<end>"
    )


def replies(tokenizer: PreTrainedTokenizerFast, choices: list[int]) -> str:
    """A reply of tokens, each picked from those that are allowed."""
    processor = CitingProcessor(tokenizer, TEXTS, REFUSAL, 0)
    tokens: list[int] = []
    for choice in choices:
        allowed = sorted(processor.allowed(tokens))
        assert allowed, "something must be left to write"
        token = allowed[choice % len(allowed)]
        if token == tokenizer.eos_token_id:
            break
        tokens.append(token)
    return str(tokenizer.decode(tokens))


@settings(deadline=None)
@given(choices=st.lists(st.integers(0, 1000), max_size=60))
def test_what_is_written_stands_in_the_sentence_that_is_named(
    tokenizer: PreTrainedTokenizerFast, choices: list[int]
) -> None:
    reply = replies(tokenizer, choices)
    items = re.findall(r" ?(.+?) \[(\d)\]", reply)
    assert len(items) <= MOST_ITEMS
    for words, number in items:
        assert words in TEXTS[int(number) - 1]
        # A figure is never cut in two: '1' is not what '1.5 million' says.
        assert not re.search(r"1\.?$", words) or words.endswith("41")


@settings(deadline=None)
@given(choices=st.lists(st.integers(0, 1000), min_size=60, max_size=80))
def test_a_reply_comes_to_an_end(tokenizer: PreTrainedTokenizerFast, choices: list[int]) -> None:
    reply = replies(tokenizer, choices)
    assert reply.endswith("]") or reply.strip() == REFUSAL


def test_the_number_is_that_of_a_sentence_with_the_words(
    tokenizer: PreTrainedTokenizerFast,
) -> None:
    processor = CitingProcessor(tokenizer, TEXTS, REFUSAL, 0)

    def numbers_after(words: str) -> set[int]:
        begun = tokenizer(f" {words} [", add_special_tokens=False)["input_ids"]
        allowed = tokenizer.convert_ids_to_tokens(sorted(processor.allowed(begun)))
        return {int(one) for one in allowed if one.isdigit()}

    assert numbers_after("people died") == {1, 3}
    assert numbers_after("41") == {2, 3}
    assert numbers_after("Twelve") == {1}


def test_before_the_first_token_it_is_sure_of_nothing(tokenizer: PreTrainedTokenizerFast) -> None:
    assert CitingProcessor(tokenizer, TEXTS, REFUSAL, 1).sure is None


def refusal_of(processor: CitingProcessor) -> float | None:
    sure = processor.sure
    return sure.refusal if sure else None


def test_it_tells_how_sure_the_model_is(tokenizer: PreTrainedTokenizerFast) -> None:
    processor = CitingProcessor(tokenizer, TEXTS, REFUSAL, 1)
    scores = torch.zeros(1, len(tokenizer))
    refusal = tokenizer(f" {REFUSAL}", add_special_tokens=False)["input_ids"]
    begun = torch.LongTensor([[0]])
    first = processor(begun, torch.FloatTensor(scores.clone()))
    count = int(torch.isfinite(first).sum())
    assert refusal_of(processor) == pytest.approx(1 / count)
    processor(torch.LongTensor([[0, refusal[0]]]), torch.FloatTensor(scores.clone()))
    sure = processor.sure
    assert sure is not None
    assert sure.reply == pytest.approx(1 / count)


@pytest.mark.parametrize("least", [0.0, 0.2, 0.9])
def test_where_a_refusal_is_too_unlikely_nothing_is_written(
    tokenizer: PreTrainedTokenizerFast, least: float
) -> None:
    processor = CitingProcessor(tokenizer, TEXTS, REFUSAL, 1, least)
    scores = torch.zeros(1, len(tokenizer))
    refusal = tokenizer(f" {REFUSAL}", add_special_tokens=False)["input_ids"][0]
    scores[0, refusal] = 2.0
    held = processor(torch.LongTensor([[0]]), torch.FloatTensor(scores.clone()))
    chance = refusal_of(processor)
    assert chance is not None
    assert 0.2 < chance < 0.9
    ends = int(held.argmax()) == tokenizer.eos_token_id
    assert ends == (chance < least)
    assert ends or int(held.argmax()) == refusal
    # Once it has begun it is written to its end.
    held = processor(torch.LongTensor([[0, refusal]]), torch.FloatTensor(scores.clone()))
    assert int(held.argmax()) != tokenizer.eos_token_id
