"""A quote that begins with a pronoun shows the sentence before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Passage
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit
from rag.finding.lead import with_lead
from tests.rag.desks import assert_promise, make_evidence, make_hit, make_newsroom

REYES = "Mayor Ellen Reyes spoke on Tuesday."


@pytest.mark.parametrize(
    "sentence",
    [
        "She said that it would cost 12.5 million pounds.",
        "“She will pay”, the council said.",
        "According to the council she will pay.",
        "Their plan was approved.",
    ],
)
def test_a_pronoun_is_led_by_the_sentence_before(sentence: str) -> None:
    first, second = make_evidence(f"{REYES}\n\n{sentence}")
    grown = with_lead(second)
    assert grown.text == f"{REYES}\n\n{sentence}"
    assert (grown.end, grown.score, grown.answerable) == (
        second.end,
        second.score,
        second.answerable,
    )
    assert with_lead(first) == first


@pytest.mark.parametrize(
    "sentence",
    [
        "Reyes said that it would cost 12.5 million pounds.",
        "The council said on Tuesday that she will pay.",
        "There was no sheriff.",
        "Theirs was lost.",
    ],
)
def test_a_sentence_that_stands_alone_stays_alone(sentence: str) -> None:
    second = make_evidence(f"{REYES}\n\n{sentence}")[1]
    assert with_lead(second) == second


def test_it_grows_once_and_only_within_its_passage() -> None:
    third = make_evidence(f"{REYES} She spoke long. She said little.")[2]
    assert with_lead(third).text == "She spoke long. She said little."
    hit = make_hit(f"{REYES} She spoke long.")
    start = hit.article.text.index("She")
    end = len(hit.article.text)
    part = Passage(f"{hit.article.id}:1", hit.article.id, 1, start, end)
    alone = Evidence(Hit(part, hit.article, 1.0, 1, hit.why), start, end, 1.0, 1.0, 1.0)
    assert with_lead(alone) == alone


@pytest.mark.parametrize("style", ["short", "cited"])
def test_the_quote_of_an_answer_is_led_and_stays_verbatim(tmp_path: Path, style: str) -> None:
    lines = "Mayor Ellen Reyes spoke of the quay.\n\nShe said it would cost 12.5 million pounds.\n"
    files = {"quay.md": f"---\ntitle: Quay\noutlet: Courier\npublished: 2024-03-05\n---\n{lines}"}
    with make_newsroom(tmp_path, ["Zebras."], style=style, files=files) as newsroom:
        answer = newsroom.ask("How much did she say that it would cost in pounds?")
        assert_promise(answer, newsroom)
    (citation,) = answer.citations
    assert citation.quote == lines.strip()
