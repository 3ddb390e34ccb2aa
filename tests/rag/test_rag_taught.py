"""The trained answerer's say: which sentence, in which words, or none; and where it has no say."""

from __future__ import annotations

import logging
from collections.abc import Generator as Steps
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import AdapterUnusable
from embeddings.embedders.models import DEFAULT_GENERATOR
from rag.answer import Refusal
from rag.answering.taught import write_taught
from rag.answering.work import Work
from rag.events import Event
from rag.question.query import read_question
from rag.question.understanding import understand
from rag.writing.answerers import answerer_for, answerer_name
from rag.writing.generator import Citing, Message, Piece, Pieces, Steering, Sureness
from rag.writing.prompt import PromptOptions
from rag.writing.trained import (
    NO_ANSWER,
    Said,
    Shown,
    TrainedOptions,
    read_reply,
    trained_prompt,
    written,
)
from tests.rag.desks import HARBOUR_QUESTION, assert_promise, make_evidence, make_newsroom

TEXT = (
    "Mayor Ellen Reyes said that the work would cost 12.5 million pounds. "
    "The Ashford council approved the harbour plan. "
    "Engineers found 14 cracked beams in the northern quay."
)
COST, PLAN, BEAMS = (replace(one, answerable=0.5) for one in make_evidence(TEXT))
OPTIONS = PromptOptions(
    style="trained", trained=TrainedOptions(to_refuse=0.6, to_choose=0.5, to_tell=0.5)
)


class Sure:
    """A model that replies one thing, and says how sure it is."""

    name = "sure"

    def __init__(self, reply: str, sure: Sureness | None) -> None:
        self._reply, self._sure = reply, sure
        self.steered: list[Steering | None] = []

    def stream(
        self,
        messages: list[Message],  # noqa: ARG002
        *,
        max_tokens: int,  # noqa: ARG002
        steer: Steering | None = None,
    ) -> Pieces:
        self.steered.append(steer)
        yield Piece(self._reply)
        yield Piece("", sure=self._sure)


def asked(
    question: str, reply: str, sure: Sureness | None = None, **changes: object
) -> tuple[Work, Refusal | None, Sure]:
    """What becomes of a question whose best sentence is that of the cost."""
    query = read_question(question)
    work = Work(query, understand(question), 0.0, evidence=[COST, PLAN, BEAMS], chosen=[COST])
    for name, value in changes.items():
        setattr(work, name, value)
    model = Sure(reply, sure)
    found: list[Refusal | None] = []

    def through() -> Steps[Event, None, None]:
        found.append((yield from write_taught(work, lambda: model, OPTIONS)))  # type: ignore[arg-type, return-value]

    list(through())
    return work, found[0], model


def quotes(work: Work) -> list[str]:
    return [citation.quote for citation in work.citations.values()]


def test_its_words_are_the_short_answer_of_the_sentence_that_it_names() -> None:
    work, refusal, model = asked("Who approved the plan?", "The Ashford council [2]")
    assert refusal is None
    assert work.short == "The Ashford council"
    assert quotes(work) == [PLAN.text]
    assert [one.text for one in work.sentences] == ["The Ashford council", PLAN.text]
    assert model.steered


def test_one_that_is_unsure_changes_nothing() -> None:
    work, refusal, _ = asked("Who said so?", "The Ashford council [2]", Sureness(0.4, 0.2))
    assert refusal is None
    assert quotes(work) == [COST.text]


def test_it_refuses_where_it_is_sure_of_it_and_not_else() -> None:
    _, refusal, _ = asked("Who paid for it?", NO_ANSWER, Sureness(0.7, 0.7))
    assert refusal is not None
    assert refusal.kind == "no_evidence"
    work, refusal, _ = asked("Who paid for it?", NO_ANSWER, Sureness(0.5, 0.5))
    assert refusal is None
    assert quotes(work) == [COST.text]


def test_alone_it_refuses_nothing_that_the_ranking_holds_for_answered() -> None:
    told = replace(COST, answerable=0.7)
    work, refusal, _ = asked(
        "Who paid for it?", NO_ANSWER, Sureness(0.9, 0.9), evidence=[told, PLAN], chosen=[told]
    )
    assert refusal is None
    assert quotes(work) == [COST.text]


def test_one_that_cannot_say_how_sure_it_is_is_taken_at_its_word() -> None:
    assert asked("Who paid for it?", NO_ANSWER)[1] is not None
    assert quotes(asked("Which body?", "council [2]")[0]) == [PLAN.text]


def test_a_figure_is_left_to_the_rules_that_choose_it() -> None:
    work, _, _ = asked("How many pounds would it cost?", "14 [3]", Sureness(0.9, 0.0))
    assert quotes(work) == [COST.text]


def test_of_a_value_it_says_only_whether_it_refuses() -> None:
    _, refusal, model = asked("How many pounds did it cost?", NO_ANSWER, Sureness(0.9, 0.9))
    assert refusal is not None
    assert [isinstance(one, Citing) and one.least for one in model.steered] == [0.6]
    _, _, model = asked("Who approved the plan?", "The Ashford council [2]", Sureness(0.9, 0.0))
    assert [isinstance(one, Citing) and one.least for one in model.steered] == [0.0]


def test_a_value_that_the_rules_have_found_is_told_without_a_model() -> None:
    told = replace(COST, answerable=0.7)
    start = TEXT.index("12.5")
    value = (start, start + len("12.5 million pounds"))
    changes = {"evidence": [told, PLAN], "chosen": [told], "value": value}
    work, refusal, model = asked("How many pounds did it cost?", "14 [3]", None, **changes)
    assert refusal is None
    assert work.short == "12.5 million pounds"
    assert quotes(work) == [COST.text]
    assert model.steered == []


@pytest.mark.parametrize(
    "reply", ["14 [7]", "nonsense", "", "[2]", "a thing that is not there [2]"]
)
def test_a_reply_in_another_form_is_no_harm(reply: str) -> None:
    work, _, _ = asked("How many beams were cracked?", reply, Sureness(0.9, 0.1))
    assert work.short is None or work.short in TEXT
    assert all(quote in TEXT for quote in quotes(work))


def test_sentences_that_belong_together_are_not_put_to_it() -> None:
    work, _, model = asked("What is known?", "14 [3]", chosen=[COST, PLAN])
    assert model.steered == []
    assert quotes(work) == [COST.text, PLAN.text]


def test_the_form_reads_as_it_is_written() -> None:
    said = (Said("twelve", 1), Said("1,250", 3))
    assert read_reply(written(said)) == said
    assert written(()) == NO_ANSWER
    assert read_reply(f" {NO_ANSWER}") == ()


def test_a_sentence_cannot_pass_for_another_number() -> None:
    (_, user) = trained_prompt("Who?\n[9] (x) y", [Shown("2024-03-05", "One.\n[2] (x) Two.")])
    assert user.content.splitlines() == [
        "[1] (2024-03-05) One. [2] (x) Two.",
        "",
        "Question: Who? [9] (x) y",
    ]


def test_no_adapter_goes_with_a_server_s_model(caplog: pytest.LogCaptureFixture) -> None:
    server = "openai:http://localhost:8000/v1#model"
    with caplog.at_level(logging.WARNING):
        assert answerer_for("auto", server) is None
    assert not caplog.records
    assert answerer_name("auto", server) == "none"
    with pytest.raises(AdapterUnusable, match="in a folder of this machine"):
        answerer_for("some/folder", server)


def test_an_adapter_that_is_named_and_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(AdapterUnusable, match="no adapter that can be read"):
        answerer_for(str(tmp_path), DEFAULT_GENERATOR)
    assert answerer_name(str(tmp_path), DEFAULT_GENERATOR) == "none"
    assert answerer_for("off", DEFAULT_GENERATOR) is None
    assert answerer_name("off", DEFAULT_GENERATOR) == "none"


def test_a_generator_that_was_taught_nothing_answers_as_before(tmp_path: Path) -> None:
    with make_newsroom(tmp_path, ["12.5 million pounds"], style="auto") as newsroom:
        answer = newsroom.ask(HARBOUR_QUESTION)
        assert answer.fingerprint["answerer"] == newsroom.taught == "none"
        assert answer.short == "12.5 million pounds"
        assert_promise(answer, newsroom)


@pytest.mark.parametrize(
    "reply",
    ["Mayor Ellen Reyes [1]", NO_ANSWER, "[3]", "lies [2]", "one [1] two [2] three [3]", "\n"],
)
def test_the_promise_holds_whatever_it_replies(tmp_path: Path, reply: str) -> None:
    with make_newsroom(tmp_path, [reply], style="trained") as newsroom:
        for question in (HARBOUR_QUESTION, "Who told the Herald that nobody was hurt?"):
            answer = newsroom.ask(question)
            assert_promise(answer, newsroom)
            assert (answer.status == "refused") <= (reply == NO_ANSWER)


def test_options_can_be_changed_one_at_a_time() -> None:
    assert replace(OPTIONS.trained, to_refuse=2.0).to_choose == OPTIONS.trained.to_choose
