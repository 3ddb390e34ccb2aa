"""Sentences: whole, in order, at exact offsets."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


# Each list is one text; joined by a space it must come apart as it was.
TRICKY = [
    [
        "Mayor Abdul bin Karim bin Salim al-Qadi (L) met Ana Ruiz (R) in Cork.",
        "They spoke briefly.",
    ],
    ["The U.S. Treasury said Monday it would wait.", "The U.S. has sent no aid."],
    ["He moved to the U.S. in May.", "He never went back."],
    ["The Jan. 6 hearing was put off.", "It will now be on Oct. 7 in Leeds."],
    ["About 2.3 million people live there.", "Some 1.8 million have left."],
    ["“The docks are open.”", "She then left the hall."],
    ["“We will wait,” he said.", "“We will not leave.”"],
    ['"The work goes on and the gates stay open... the aim is the same," Mr. Adler told us.'],
    ["Gen. Ruiz and Lt. Col. Adler of the U.N. mission said so at 5 p.m. on Tuesday."],
    ["Shares of Harbour Inc. fell 3.5 percent.", "Brokers at J.P. Field had expected 2 percent."],
    ["Gov. Ana Ruiz said (see p. 4) that work had begun."],
    ["Rep. Kurt Adler, D-Minn., said Sen. Lee Park, R-Texas, was wrong."],
    ["The ruling (Ruiz v. Adler, No. 23-411) came on Nov. 3, 2023.", "It was 6-3."],
    ["Did he agree?", "“No!” he said.", "He left."],
    [
        "Officials said the fund was worth £2.5bn.",
        "Talks went on until Dec. 12.",
        "Then they stopped.",
    ],
    ["The union would “stay as long as it takes.”", "“We are not leaving,” he added."],
]


@pytest.mark.parametrize("parts", TRICKY, ids=lambda parts: parts[0][:30])
def test_tricky_news_sentences(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_straight_opening_quote_goes_with_what_it_opens() -> None:
    text = (
        '"Flooded fields are no use," she said. "They cannot grow a thing. We have told them so."'
    )
    found = sentences(text)
    assert found[0] == '"Flooded fields are no use," she said.'
    assert found[1].startswith('"They cannot')


def test_a_paragraph_ends_a_sentence_and_a_wrap_does_not() -> None:
    assert sentences("A headline with no stop\n\nThe first sentence.") == [
        "A headline with no stop",
        "The first sentence.",
    ]
    wrapped = (
        "The harbour office said on Monday that the dredging had\nbeen paid for in full. Nobody "
        "would say by whom, or when\nit was agreed."
    )
    assert [" ".join(found.split()) for found in sentences(wrapped)] == [
        "The harbour office said on Monday that the dredging had been paid for in full.",
        "Nobody would say by whom, or when it was agreed.",
    ]


@pytest.mark.parametrize("language", ["en", "en-GB", "ar", "und", "xx-nonsense"])
def test_any_language_tag_will_do(language: str) -> None:
    assert len(sentence_spans("One sentence here. And one more.", language)) == 2


NEWSLIKE = st.text(alphabet=st.sampled_from("aB .\"“”'‘’()[]?!…\n\r\t,0é😀\u3000\u2028\x0c。-"))


@given(st.one_of(st.text(), NEWSLIKE))
def test_offsets_hold_for_any_text(text: str) -> None:
    spans = sentence_spans(text)
    for start, end in spans:
        assert start < end
        assert text[start:end].strip() == text[start:end]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(at in covered for at, character in enumerate(text) if not character.isspace())


@pytest.mark.parametrize("unit", ["(“", "word ", "a. ", "a", "\n", '"', "He said “it is” so. "])
def test_half_a_million_characters_take_seconds_at_most(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    began = time.process_time()
    spans = sentence_spans(text)
    assert time.process_time() - began < 10
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == "".join(text.split())
