"""Passages: whole sentences, as many as fit, every one of them once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, Passage, SplitOptions, embedded_text, header, sentence_spans, split

SPECIAL = 2


def count_words(texts: Sequence[str]) -> list[int]:
    """A tokenizer of one token a word, with two special tokens a text."""
    return [len(text.split()) + SPECIAL for text in texts]


def article(text: str, *, title: str = "Ferries stay in dock") -> Article:
    return Article(
        id="0123456789abcdef",
        title=title,
        outlet="Eastport Times",
        published=date(2021, 5, 4),
        dated_by="metadata",
        text=text,
        source="/a.txt",
    )


def words(count: int, stem: str = "w") -> str:
    return " ".join(f"{stem}{number}" for number in range(count)) + "."


def texts(of: Article, passages: list[Passage]) -> list[str]:
    return [of.text[passage.start : passage.end] for passage in passages]


def test_the_header_names_title_outlet_and_day() -> None:
    assert header(article("x")) == "Ferries stay in dock | Eastport Times | 2021-05-04"
    bare = Article("0", "T", None, None, "none", "x", "/a")
    assert header(bare) == "T | unknown outlet | undated"


def test_a_header_never_crowds_out_its_passage() -> None:
    long = article("x", title="word " * 500)
    assert len(header(long)) < 200


def test_sentences_are_packed_until_the_next_would_not_fit() -> None:
    sentences = [words(10, stem).capitalize() for stem in "abcde"]
    of = article(" ".join(sentences))
    room = 22  # two sentences and a bit
    head = count_words([header(of)])[0]
    passages = split(of, count_words, SplitOptions(max_tokens=head + room))
    assert texts(of, passages) == [
        " ".join(sentences[:2]),
        " ".join(sentences[2:4]),
        sentences[4],
    ]
    assert [passage.id for passage in passages] == [f"{of.id}:{n}" for n in range(3)]
    assert [passage.ordinal for passage in passages] == [0, 1, 2]
    assert {passage.article_id for passage in passages} == {of.id}


def test_overlap_repeats_sentences_and_still_moves_on() -> None:
    sentences = [words(10, stem).capitalize() for stem in "abcd"]
    of = article(" ".join(sentences))
    head = count_words([header(of)])[0]
    options = SplitOptions(max_tokens=head + 22, overlap_sentences=1)
    assert texts(of, split(of, count_words, options)) == [
        " ".join(sentences[at : at + 2]) for at in range(3)
    ]
    tight = SplitOptions(max_tokens=head + 22, overlap_sentences=5)
    assert texts(of, split(of, count_words, tight)) == [
        " ".join(sentences[at : at + 2]) for at in range(3)
    ]


def test_a_sentence_that_does_not_fit_is_cut_between_words() -> None:
    of = article(words(100))
    head = count_words([header(of)])[0]
    pieces = texts(of, split(of, count_words, SplitOptions(max_tokens=head + 30)))
    assert " ".join(pieces) == of.text
    assert [len(piece.split()) for piece in pieces] == [30, 30, 30, 10]


def test_a_cut_sentence_keeps_the_whole_of_its_long_words() -> None:
    of = article(" ".join(["considerations"] * 100) + ".")
    pieces = texts(of, split(of, count_words, SplitOptions(max_tokens=32)))
    assert " ".join(pieces) == of.text


def test_a_blob_is_cut_though_the_tokenizer_calls_it_one_word() -> None:
    of = article("x" * 5000 + " and words.")
    pieces = texts(of, split(of, count_words, SplitOptions(max_tokens=64)))
    assert max(map(len, pieces)) <= 64 * 12
    assert "".join("".join(pieces).split()) == "".join(of.text.split())


def test_tokens_are_counted_in_one_batch_an_article() -> None:
    calls: list[int] = []

    def counting(batch: Sequence[str]) -> list[int]:
        calls.append(len(batch))
        return count_words(batch)

    split(article("One here. Two here. Three here."), counting, SplitOptions(max_tokens=64))
    assert calls == [5]  # nothing, the header and three sentences
    calls.clear()
    split(article(words(300)), counting, SplitOptions(max_tokens=64))
    assert len(calls) == 2


@pytest.mark.parametrize(("tokens", "overlap"), [(0, 0), (31, 0), (64, -1)])
def test_options_out_of_range(tokens: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="must"):
        SplitOptions(max_tokens=tokens, overlap_sentences=overlap)


TEXT = st.lists(
    st.text(alphabet=st.sampled_from("abcdeF ,.“”'\n"), min_size=1, max_size=80), max_size=12
).map(". ".join)


@settings(deadline=None, max_examples=300)
@given(TEXT, st.integers(32, 80), st.integers(0, 3))
def test_any_text_is_covered_and_fits(text: str, tokens: int, overlap: int) -> None:
    of = article(text, title="T")
    passages = split(of, count_words, SplitOptions(tokens, overlap))
    for passage in passages:
        inside = text[passage.start : passage.end]
        assert inside
        assert inside.strip() == inside
        assert count_words([embedded_text(of, passage)])[0] <= tokens
    assert all(one.start < two.start and one.end < two.end for one, two in pairwise(passages))
    covered = {at for passage in passages for at in range(passage.start, passage.end)}
    assert all(at in covered for at, character in enumerate(text) if not character.isspace())
    if overlap == 0:
        assert all(one.end <= two.start for one, two in pairwise(passages))
        edges = {passage.start for passage in passages}
        starts = {
            start
            for start, end in sentence_spans(text)
            if len(text[start:end].split()) <= tokens // 2
        }
        for passage in passages:
            held = [s for s in sentence_spans(text) if s[0] < passage.end and s[1] > passage.start]
            for start, end in held:
                if start in starts:
                    assert passage.start <= start
                    assert end <= passage.end
        assert not passages or min(edges) == len(text) - len(text.lstrip())
