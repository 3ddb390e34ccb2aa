from __future__ import annotations

from datetime import date

from page.conversation.evidence import panel_html
from page.conversation.message import answer_html
from page.conversation.turn import Turn, asked, with_last
from page.desk.gate import Waiting
from rag.checking.citation import Sentence
from rag.events import AnswerFinished, CitationAdded, HitsFound, SentenceVerified, Token
from tests.app.newsrooms import answered

ANSWER = answered("What happened?")


def test_the_status_line_says_what_is_happening() -> None:
    turn = Turn(1, "What happened?")
    assert turn.status == "Searching"
    waits = turn.after(Waiting(1))
    assert waits.status == "Waiting for 1 question to be answered first"
    assert waits.is_working
    assert "Waiting for 1 question" in answer_html(waits)
    assert "Waiting…" in panel_html((waits,))
    assert turn.after(Waiting(12)).status == "Waiting for 12 questions to be answered first"
    assert waits.after(Waiting(0)) == turn
    turn = turn.after(HitsFound(ANSWER.hits))
    assert turn.status == "Reading 3 passages"
    turn = turn.after(Token("The tal")).after(Token("ks went"))
    assert turn.status == "Writing from 3 passages"
    turn = turn.after(CitationAdded(ANSWER.citations[0]))
    turn = turn.after(SentenceVerified(ANSWER.sentences[0]))
    assert turn.status == "Checking 1 sentence"
    assert turn.after(AnswerFinished(ANSWER)).status == ""


def test_the_status_line_says_which_sentence_is_checked() -> None:
    draft = "One team left. Another stayed. A third came."
    turn = Turn(1, "What happened?").after(HitsFound(ANSWER.hits)).after(Token(draft))
    turn = turn.after(SentenceVerified(ANSWER.sentences[0]))
    assert turn.status == "Checking 2 of 3 sentences"


def test_a_day_that_is_none_is_seen_from_today() -> None:
    assert Turn(1, "?", "2024-03-31").seen_from == date(2024, 3, 31)
    assert Turn(1, "?", "soon").seen_from == Turn(1, "?").seen_from == date.today()


def test_unchecked_words_are_never_shown() -> None:
    turn = Turn(1, "What happened?").after(HitsFound(ANSWER.hits)).after(Token("Unchecked claim."))
    assert "Unchecked" not in answer_html(turn)


def test_a_sentence_is_shown_when_it_was_verified() -> None:
    turn = Turn(1, "What happened?").after(SentenceVerified(ANSWER.sentences[0]))
    assert ANSWER.sentences[0].text in answer_html(turn)


def test_an_unsupported_sentence_is_counted_and_not_shown() -> None:
    dropped = Sentence("They dined at the Sheraton.", "unsupported", 0.1, ())
    turn = Turn(1, "What happened?").after(SentenceVerified(dropped))
    assert turn.dropped == 1
    assert "Sheraton" not in answer_html(turn)
    finished = answer_html(turn.after(AnswerFinished(ANSWER)))
    assert "Sheraton" not in finished
    assert "left out</span> 1 sentence of the draft" in finished


def test_stopping_keeps_what_was_verified() -> None:
    turn = Turn(1, "What happened?").after(SentenceVerified(ANSWER.sentences[0])).stopped()
    shown = answer_html(turn)
    assert "Stopped." in shown
    assert ANSWER.sentences[0].text in shown
    assert not turn.is_working


def test_a_finished_turn_cannot_be_stopped() -> None:
    turn = Turn(1, "What happened?").after(AnswerFinished(ANSWER))
    assert turn.stopped() is turn


def test_questions_are_numbered_in_their_order() -> None:
    conversation = asked(asked((), "first"), "second", " 2024-03-31 ")
    assert [turn.number for turn in conversation] == [1, 2]
    assert conversation[1].as_of == "2024-03-31"
    assert with_last(conversation, conversation[1].failed("why"))[1].trouble == "why"
