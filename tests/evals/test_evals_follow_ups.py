"""Questions that follow others, and answers that must not show something."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import EvalError
from evals.fakes import CannedSystem, make_answer, make_article
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.gold_quote import GoldQuote
from evals.runner import ask
from evals.sample import EACH_NEEDED, Sample, Target
from evals.suites import load_suite, save_suite
from rag.answer import Answer

FERRY = make_article("The ferry sails at nine. It carries 40 cars.", "Ferry")
AFTER = Sample(
    "hour", "And when does it sail?", "follow_up", Target(("nine",)), date(2024, 3, 5),
    before=("How many cars does the ferry carry?", "Who runs it?"),
)  # fmt: skip


class Talking(CannedSystem):
    """Holds conversations, and tells what was asked in each."""

    def __init__(self) -> None:
        super().__init__({"And when does it sail?": make_answer("At nine.", question="whole")})
        self.conversations: list[Talking] = []

    def chat(self) -> Talking:
        made = Talking()
        self.conversations.append(made)
        return made


def test_a_follow_up_is_asked_after_the_questions_before_it() -> None:
    system = Talking()

    record = ask(system, AFTER, [AnswerAccuracy()])

    assert record.value("answer_accuracy") == 1.0
    assert not system.asked
    (conversation,) = system.conversations
    assert conversation.asked == [
        (question, AFTER.as_of) for question in (*AFTER.before, AFTER.question)
    ]


def test_a_system_that_cannot_talk_is_asked_the_follow_up_alone() -> None:
    system = CannedSystem({})

    ask(system, AFTER, [AnswerAccuracy()])

    assert [question for question, _ in system.asked] == [AFTER.question]


def test_a_question_by_itself_begins_no_conversation() -> None:
    system = Talking()

    ask(system, Sample("cars", "How many cars?", "figure", Target(("40",))), [AnswerAccuracy()])

    assert not system.conversations
    assert len(system.asked) == 1


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".yaml"])
def test_what_comes_before_and_what_must_not_be_shown_are_saved_and_read(
    tmp_path: Path, ending: str
) -> None:
    denied = Sample("no", "Does it sail?", "yes_no", Target(("/^no\\b/",), never=("/^yes\\b/",)))
    path = tmp_path / f"q{ending}"

    save_suite([AFTER, denied], path)

    assert load_suite(path).samples == (AFTER, denied)


def test_one_question_before_may_stand_alone_and_makes_a_follow_up(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text('- {question: "And when?", answer: nine, before: "How many?"}\n', "utf-8")

    (sample,) = load_suite(path).samples

    assert sample.before == ("How many?",)
    assert sample.kind == "follow_up"


def test_a_follow_up_that_follows_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text('- {question: "And when?", answer: nine, kind: follow_up}\n', "utf-8")

    with pytest.raises(EvalError, match="a follow-up needs 'before'"):
        load_suite(path)


def test_a_pattern_of_what_must_not_be_shown_is_checked_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text('- {question: "Is it?", answer: "no", never: ["/(/"]}\n', "utf-8")

    with pytest.raises(EvalError, match="never"):
        load_suite(path)


@pytest.mark.parametrize(
    ("text", "short", "right"),
    [
        ("No: the ferry sails at nine.", None, 1.0),
        ("Yes, the ferry sails at nine.", None, 0.0),
        ("The ferry sails at nine.", "Yes", 0.0),
        ("The ferry sails at nine.", None, 1.0),
    ],
)
def test_an_answer_that_shows_what_it_must_not_is_wrong(
    text: str, short: str | None, right: float
) -> None:
    target = Target(("/^no\\b/", "sails at nine"), never=("/^yes\\b/",))
    answer: Answer = make_answer(text, short=short)

    score = AnswerAccuracy()(Sample("no", "Is it idle?", "yes_no", target), answer)

    assert score.value == right


@pytest.mark.parametrize("kind", sorted(EACH_NEEDED))
def test_where_each_quote_is_needed_half_of_them_is_half_the_evidence(kind: str) -> None:
    target = Target(("nine",), articles=("Ferry",), quotes=("at nine", "40 cars"))
    sample = Sample("both", "What of the ferry?", kind, target)  # type: ignore[arg-type]

    score = GoldQuote()(sample, make_answer("At nine.", [("The ferry sails at nine.", FERRY)]))

    assert score.value == 0.5
