"""The road from a question to its answer, with a stand-in for the model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rag.events import (
    AnswerFinished,
    CitationAdded,
    Event,
    HitsFound,
    SentenceVerified,
    Token,
)
from rag.newsroom import Newsroom
from tests.rag.desks import (
    HARBOUR_QUESTION,
    HARBOUR_QUOTE,
    Liar,
    make_newsroom,
    scripted,
)

GOOD = "Mayor Ellen Reyes said that the work would cost 12.5 million pounds [1]."
GOOD_TOO = 'Reyes told reporters "We will begin in June and finish before the winter" [2].'
BAD = "Mayor Ellen Reyes said that the work would cost 99 million pounds [1]."
WILD = "Zebras gallop across the savanna [7]."


def assert_order(events: list[Event]) -> None:
    """The evidence before the first word, each citation before its sentence, the answer last."""
    kinds = [type(event) for event in events]
    assert kinds[0] is HitsFound
    assert kinds.count(HitsFound) == 1
    assert kinds[-1] is AnswerFinished
    assert kinds.count(AnswerFinished) == 1
    cited = set()
    for event in events:
        if isinstance(event, CitationAdded):
            assert event.citation not in cited
            cited.add(event.citation)
        elif isinstance(event, SentenceVerified):
            assert set(event.sentence.citations) <= cited
    last = events[-1]
    assert isinstance(last, AnswerFinished)
    shown = [event.sentence for event in events if isinstance(event, SentenceVerified)]
    kept = tuple(sentence for sentence in shown if sentence.verdict != "unsupported")
    dropped = tuple(sentence for sentence in shown if sentence.verdict == "unsupported")
    assert (last.answer.sentences, last.answer.dropped) == (kept, dropped)
    assert set(last.answer.citations) == cited


@pytest.mark.parametrize("style", ["short", "cited"])
@pytest.mark.parametrize(
    "reply", [GOOD, f"{GOOD} {GOOD_TOO}", f"{GOOD} {BAD} {WILD}", WILD, "", "12.5 million pounds"]
)
def test_events_come_in_their_order(liar: Liar, style: str, reply: str) -> None:
    events = liar.stream(style, reply)
    assert_order(events)
    draft = "".join(event.text for event in events if isinstance(event, Token))
    # What the model is asked to write again comes after it.
    assert draft == reply or (style == "cited" and draft.startswith(reply))


def test_short_style_shows_the_short_answer_and_the_quote_that_proves_it(liar: Liar) -> None:
    answer = liar.ask("short", "12.5 MILLION pounds.")
    assert (answer.status, answer.short) == ("answered", "12.5 million pounds")
    first, second = answer.sentences
    assert (first.text, first.verdict, first.support) == ("12.5 million pounds", "supported", 1.0)
    assert (second.text, second.verdict) == (HARBOUR_QUOTE, "quote")
    assert first.citations == second.citations == answer.citations
    assert first.as_of == "2024-03-05"
    assert answer.text == f"12.5 million pounds [1] “{HARBOUR_QUOTE}” [1]"


@pytest.mark.parametrize("reply", ["99 million pounds", "", "Zebras", "the work would cost", BAD])
def test_short_style_without_a_short_answer_is_the_quote_alone(liar: Liar, reply: str) -> None:
    answer = liar.ask("short", reply)
    assert (answer.status, answer.short) == ("quoted", None)
    assert answer.text == f"“{HARBOUR_QUOTE}” [1]"


def test_cited_style_keeps_what_is_carried_with_its_own_markers(liar: Liar) -> None:
    answer = liar.ask("cited", f"{GOOD} {GOOD_TOO}")
    assert answer.status == "answered"
    assert [sentence.verdict for sentence in answer.sentences] == ["supported", "supported"]
    assert [citation.marker for citation in answer.citations] == [1, 2]
    assert answer.citations[0].quote == HARBOUR_QUOTE
    assert "We will begin in June" in answer.citations[1].quote
    assert answer.dropped == ()


def test_markers_are_minted_in_the_order_of_the_answer(liar: Liar) -> None:
    swapped = f"{GOOD_TOO} {GOOD}".replace("[1]", "[41]").replace("[2]", "[40]")
    answer = liar.ask("cited", swapped)
    assert [citation.marker for citation in answer.citations] == [1, 2]
    assert "We will begin in June" in answer.citations[0].quote
    assert "[4" not in answer.text


def test_an_invented_sentence_is_left_out_and_what_comes_nearest_is_quoted(
    liar: Liar,
) -> None:
    answer = liar.ask("cited", BAD)
    assert answer.status == "quoted"
    assert [sentence.verdict for sentence in answer.dropped] == ["unsupported"]
    assert "99 million" in answer.dropped[0].text
    assert answer.text == f"“{HARBOUR_QUOTE}” [1]"
    assert (answer.usage.dropped, answer.usage.requoted) == (1, 1)


def test_a_sentence_that_comes_near_nothing_is_dropped_beside_a_good_one(liar: Liar) -> None:
    answer = liar.ask("cited", f"{GOOD} {WILD}")
    assert (answer.status, len(answer.sentences), len(answer.dropped)) == ("answered", 1, 1)
    assert (answer.usage.dropped, answer.usage.requoted) == (1, 0)


@pytest.mark.parametrize("reply", [WILD, "", "   ", "[1] [2]", "..."])
def test_when_nothing_survives_the_best_sentence_is_quoted(liar: Liar, reply: str) -> None:
    answer = liar.ask("cited", reply)
    assert answer.status == "quoted"
    assert answer.text == f"“{HARBOUR_QUOTE}” [1]"


@pytest.mark.parametrize("reply", ["NO ANSWER", " no answer.\n", f"NO ANSWER. {GOOD}", "No answer"])
def test_a_model_that_declines_is_a_refusal_and_nothing_was_shown(liar: Liar, reply: str) -> None:
    events = liar.stream("cited", reply)
    assert not any(isinstance(event, CitationAdded | SentenceVerified) for event in events)
    answer = liar.ask("cited", reply)
    assert answer.refusal is not None
    assert answer.refusal.kind == "no_evidence"
    assert answer.hits


def test_the_same_words_are_cited_once(liar: Liar) -> None:
    answer = liar.ask("cited", f"{GOOD} {GOOD}")
    assert len(answer.citations) == 1


def test_usage_counts_tokens_and_the_seconds_of_each_stage(liar: Liar) -> None:
    usage = liar.ask("cited", GOOD).usage
    assert set(usage.seconds) == {
        "embed",
        "retrieve",
        "read",
        "prefill",
        "decode",
        "verify",
        "total",
    }
    assert all(seconds >= 0 for seconds in usage.seconds.values())
    stages = sum(seconds for stage, seconds in usage.seconds.items() if stage != "total")
    assert stages <= usage.seconds["total"]
    assert (usage.prompt_tokens, usage.completion_tokens) == (2, len(GOOD.split()))


def test_what_the_reader_does_between_events_is_not_the_models_time(tmp_path: Path) -> None:
    import time

    with make_newsroom(tmp_path, ["a b c d e"]) as newsroom:
        for event in newsroom.stream(HARBOUR_QUESTION):
            if isinstance(event, Token):
                time.sleep(0.02)
            elif isinstance(event, AnswerFinished):
                seconds = event.answer.usage.seconds
    assert seconds["prefill"] + seconds["decode"] < 0.05
    assert seconds["total"] >= 0.1


def test_the_fingerprint_names_what_the_answer_was_made_with(liar: Liar) -> None:
    fingerprint = liar.ask("cited", GOOD).fingerprint
    assert set(fingerprint) == {
        "dateline",
        "embedder",
        "weights",
        "reader",
        "answerer",
        "verifier",
        "generator",
        "prompt",
        "settings",
        "generation",
    }
    assert (fingerprint["generator"], fingerprint["embedder"]) == ("scripted", "hash:64")
    assert '"style":"cited"' in fingerprint["settings"]


@pytest.fixture(params=["short", "cited"])
def slow(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom whose model would write for ten seconds."""
    with make_newsroom(tmp_path, ["word " * 1000], style=request.param, delay=0.01) as newsroom:
        yield newsroom


def test_closing_the_stream_stops_the_model(slow: Newsroom) -> None:
    stream = slow.stream(HARBOUR_QUESTION)
    with closing(stream):  # type: ignore[type-var]
        for event in stream:
            if isinstance(event, Token):
                break
    assert scripted(slow).stopped == 1
    assert list(stream) == []


def test_the_model_is_not_asked_before_the_reader_goes_on_past_the_hits(slow: Newsroom) -> None:
    stream = slow.stream(HARBOUR_QUESTION)
    with closing(stream):  # type: ignore[type-var]
        assert isinstance(next(stream), HitsFound)
    assert scripted(slow).prompts == []


def test_a_reader_that_fails_stops_the_model(slow: Newsroom) -> None:
    def read() -> None:
        for event in slow.stream(HARBOUR_QUESTION):
            if isinstance(event, Token):
                raise KeyError("the reader's own")

    with pytest.raises(KeyError):
        read()
    assert scripted(slow).stopped == 1


def test_the_model_sees_the_evidence_and_the_question(liar: Liar) -> None:
    liar.ask("cited", GOOD, f"  {HARBOUR_QUESTION}\n")
    messages = scripted(liar.newsrooms["cited"]).prompts[-1]
    assert f"[1] (Ashford Courier, 2024-03-05) {HARBOUR_QUOTE}" in messages[-1].content
    assert messages[-1].content.endswith(f"Question: {HARBOUR_QUESTION}")


@pytest.mark.parametrize(
    "reply",
    [
        "\ud83d\ude00 half characters \udc00",
        f"{GOOD} \ud800",
        "\ud800",
    ],
)
@pytest.mark.parametrize("style", ["short", "cited"])
def test_half_characters_of_a_broken_server_do_no_harm(liar: Liar, style: str, reply: str) -> None:
    events = liar.stream(style, reply)
    "".join(event.text for event in events if isinstance(event, Token)).encode()
    last = events[-1]
    assert isinstance(last, AnswerFinished)
    str(last.answer.to_dict()).encode()
