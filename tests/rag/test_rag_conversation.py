"""Questions that build on those before, and citations that keep their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.answer import Answer
from rag.checking.citation import Citation
from rag.conversation import Conversation
from rag.events import AnswerFinished, CitationAdded, SentenceVerified
from rag.newsroom import Newsroom
from tests.rag.desks import (
    BRIDGE_QUESTION,
    HARBOUR_QUESTION,
    MARKET_QUESTION,
    Liar,
    make_newsroom,
)

HARBOUR_SENTENCE = "Mayor Ellen Reyes said that the work would cost 12.5 million pounds. [1]"
BRIDGE_SENTENCE = "The Belmont bridge will stay closed until October. [1]"


@pytest.fixture(params=["short", "cited"])
def newsroom(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newsroom]:
    def reply(messages: object) -> str:
        return BRIDGE_SENTENCE if "bridge stay" in str(messages) else HARBOUR_SENTENCE

    with make_newsroom(tmp_path / "desk", reply, style=request.param) as made:
        yield made


def spans(answer: Answer) -> dict[tuple[str, int, int], int]:
    return {(one.article.id, one.start, one.end): one.marker for one in answer.citations}


def assert_whole(answer: Answer) -> None:
    """Every citation that the answer shows is one of its citations, and its text shows them."""
    assert len(set(spans(answer).values())) == len(answer.citations)
    cited = {citation for sentence in answer.sentences for citation in sentence.citations}
    assert cited <= set(answer.citations)
    for citation in answer.citations:
        assert citation.quote == citation.article.text[citation.start : citation.end]
    for sentence in answer.sentences:
        assert sentence.marked in answer.text


def test_a_first_question_is_asked_as_it_stands(newsroom: Newsroom) -> None:
    conversation = Conversation(newsroom)
    answer = conversation.ask(HARBOUR_QUESTION)
    (turn,) = conversation.turns
    assert (turn.question, turn.asked_as) == (HARBOUR_QUESTION, HARBOUR_QUESTION)
    assert turn.answer is answer
    assert answer.text == newsroom.ask(HARBOUR_QUESTION).text


def test_a_span_keeps_its_number_and_new_ones_go_on_counting(newsroom: Newsroom) -> None:
    conversation = Conversation(newsroom)
    first = conversation.ask(HARBOUR_QUESTION)
    second = conversation.ask(BRIDGE_QUESTION)
    again = conversation.ask(HARBOUR_QUESTION)
    for answer in (first, second, again):
        assert_whole(answer)
    assert spans(again) == spans(first)
    assert again.text == first.text
    seen: dict[tuple[str, int, int], int] = {}
    for answer in (first, second):
        for span, number in spans(answer).items():
            assert seen.setdefault(span, number) == number
    assert sorted(seen.values()) == list(range(1, len(seen) + 1))
    assert max(spans(second).values()) > max(spans(first).values())


def test_a_question_that_is_taken_back_is_forgotten_and_its_numbers_stay_taken(
    newsroom: Newsroom,
) -> None:
    conversation = Conversation(newsroom)
    first = conversation.ask(HARBOUR_QUESTION)
    second = conversation.ask(BRIDGE_QUESTION)
    conversation.keep(1)
    assert [turn.question for turn in conversation.turns] == [HARBOUR_QUESTION]
    assert conversation.whole("Who said that?") != "Who said that?"
    again = conversation.ask(BRIDGE_QUESTION)
    assert spans(again) == spans(second)
    assert spans(conversation.ask(HARBOUR_QUESTION)) == spans(first)
    conversation.keep(0)
    assert conversation.whole("Who said that?") == "Who said that?"


def test_a_conversation_goes_on_as_if_it_had_never_been_put_away(newsroom: Newsroom) -> None:
    before = Conversation(newsroom)
    first = before.ask(HARBOUR_QUESTION)
    before.ask(BRIDGE_QUESTION)
    before.keep(1)
    after = Conversation(newsroom, before.turns, before.spans)
    assert after.turns == before.turns
    assert after.spans == before.spans
    assert after.whole("Who said that?") == before.whole("Who said that?")
    assert spans(after.ask(HARBOUR_QUESTION)) == spans(first)
    assert spans(after.ask(BRIDGE_QUESTION)) == spans(before.ask(BRIDGE_QUESTION))


def test_events_have_the_numbers_of_the_answer(newsroom: Newsroom) -> None:
    conversation = Conversation(newsroom)
    conversation.ask(HARBOUR_QUESTION)
    events = list(conversation.stream(BRIDGE_QUESTION))
    answer = next(event.answer for event in events if isinstance(event, AnswerFinished))
    added = [event.citation for event in events if isinstance(event, CitationAdded)]
    assert {one.marker for one in answer.citations} <= {one.marker for one in added}
    shown = [
        event.sentence
        for event in events
        if isinstance(event, SentenceVerified) and event.sentence.verdict != "unsupported"
    ]
    assert set(answer.sentences) <= set(shown)


def test_a_follow_up_is_made_whole(newsroom: Newsroom) -> None:
    conversation = Conversation(newsroom)
    conversation.ask("What did Mayor Ellen Reyes say about the harbour?")
    conversation.ask("And the county engineer?")
    assert [turn.asked_as for turn in conversation.turns] == [
        "What did Mayor Ellen Reyes say about the harbour?",
        "What did the county engineer say about the harbour?",
    ]
    assert conversation.turns[1].question == "And the county engineer?"
    assert conversation.turns[1].answer.question == conversation.turns[1].asked_as


def test_who_said_that_asks_about_what_was_answered(newsroom: Newsroom) -> None:
    conversation = Conversation(newsroom)
    answer = conversation.ask(HARBOUR_QUESTION)
    whole = conversation.whole("Who said that?")
    assert whole.startswith("Who said that ")
    assert answer.sentences[0].text.split()[-1].strip(".") in whole


def test_a_refused_question_is_a_turn_without_numbers(newsroom: Newsroom) -> None:
    conversation = Conversation(newsroom)
    refused = conversation.ask(HARBOUR_QUESTION, until="1999-12-31")
    assert refused.status == "refused"
    assert conversation.turns[0].answer is refused
    answer = conversation.ask(MARKET_QUESTION)
    assert min(spans(answer).values()) == 1


def test_days_hold_for_one_question_only(newsroom: Newsroom) -> None:
    conversation = Conversation(newsroom)
    assert conversation.ask(HARBOUR_QUESTION, until="1999-12-31").status == "refused"
    assert conversation.ask(HARBOUR_QUESTION).status != "refused"


def test_a_stream_that_is_left_leaves_no_turn(newsroom: Newsroom) -> None:
    conversation = Conversation(newsroom)
    events = conversation.stream(HARBOUR_QUESTION)
    next(events)
    events.close()  # type: ignore[attr-defined]
    assert conversation.turns == ()
    assert_whole(conversation.ask(HARBOUR_QUESTION))


def test_a_quote_that_holds_a_marker_is_left_alone(tmp_path: Path) -> None:
    file = (
        "---\ntitle: Notes\noutlet: Ashford Courier\npublished: 2024-03-05\n---\n"
        "The note [1] says that the harbour opens in June. Nobody signed the note."
    )
    files = {"notes.md": file, "other.md": file.replace("Notes", "Quay").replace("harbour", "quay")}
    with make_newsroom(tmp_path / "desk", lambda _: "NO", style="short", files=files) as newsroom:
        conversation = Conversation(newsroom)
        first = conversation.ask("When does the quay open?")
        second = conversation.ask("When does the harbour open?")
    for answer in (first, second):
        assert_whole(answer)
        assert "note [1] says" in answer.text
    numbers = {**spans(first), **spans(second)}
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


def test_a_citation_is_numbered_wherever_it_stands(newsroom: Newsroom) -> None:
    def everywhere(value: object) -> Iterator[Citation]:
        if isinstance(value, Citation):
            yield value
        elif isinstance(value, tuple):
            for one in value:
                yield from everywhere(one)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from everywhere(getattr(value, name))

    conversation = Conversation(newsroom)
    conversation.ask(HARBOUR_QUESTION)
    answer = conversation.ask(BRIDGE_QUESTION)
    numbers = spans(answer)
    for citation in everywhere(answer):
        key = citation.article.id, citation.start, citation.end
        assert numbers.get(key, citation.marker) == citation.marker


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    style=st.sampled_from(["short", "cited"]),
    turns=st.lists(
        st.tuples(
            st.sampled_from(
                [HARBOUR_QUESTION, BRIDGE_QUESTION, MARKET_QUESTION, "Why?", "and he?"]
            ),
            st.text(alphabet="[]123 .,aRy\n", max_size=40),
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_whatever_the_model_says_one_span_has_one_number(
    liar: Liar, style: str, turns: list[tuple[str, str]]
) -> None:
    conversation = Conversation(liar.newsrooms[style])
    numbers: dict[tuple[str, int, int], int] = {}
    for question, says in turns:
        liar.says = f"{says} {HARBOUR_SENTENCE} {says}"
        answer = conversation.ask(question)
        assert_whole(answer)
        for span, number in spans(answer).items():
            assert numbers.setdefault(span, number) == number
    assert len(set(numbers.values())) == len(numbers)
    assert len(conversation.turns) == len(turns)
