"""The shelf of kept conversations, the panel that judges, edits, and what is offered next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from evals.suites import load_suite
from page.ask import events
from page.ask.form import Parts, build_parts
from page.ask.next import Openers, next_questions
from page.conversation.chat import chat_messages
from page.conversation.turn import Conversation, asked
from page.desk.desk import Desk, DeskOptions
from page.kept.held import Held, keep, owner_of
from page.kept.judgement import NO_ANSWER, Judgement
from page.kept.judging import Judging
from page.kept.judging_form import NOTE, SHOULD
from page.kept.shelf import NOT_FOUND, NOTHING, Shelf
from page.kept.store import KeptStore
from rag.conversation import Conversation as Talk
from tests.app.newsrooms import ARTICLES, StandIn, answered, refused

SPEAKER = "What is behind “No team has left the Doha talks”?"


class Page:
    """A tab that asks, without a browser: its parts and its handlers."""

    def __init__(self, folder: Path, room: StandIn, user: str | None = None) -> None:
        self.room = room
        self.desk = Desk(room.newsroom, DeskOptions(home=folder / "libraries"))
        self.store = KeptStore(folder / "conversations.sqlite")
        with gr.Blocks():
            self.parts: Parts = build_parts(self.desk)
        parts = self.parts
        self.drawn = (parts.talk, parts.conversation, parts.chat, parts.panel)
        self.shelf = Shelf(self.desk, self.store, parts.shelf, self.drawn)
        self.judging = Judging(self.desk, self.store, parts.judging, parts.shelf.held)
        self.request: Any = SimpleNamespace(username=user)
        self.talk: Talk | None = None
        self.turns: Conversation = ()
        self.held: Held | None = None

    def ask(self, question: str) -> dict[Any, Any]:
        """Ask, and keep as the page does."""
        self.turns = asked(self.turns, question)
        for talk, turns, _, _ in events.answer(self.desk, self.talk, self.turns):
            self.talk, self.turns = talk, turns
        return self.keep()

    def keep(self, is_open: bool = False) -> dict[Any, Any]:
        changes = self.shelf.keep(self.talk, self.turns, self.held, is_open, "", self.request)
        self.held = changes.get(self.parts.shelf.held, self.held)
        return changes

    def open(self, conversation_id: str | None) -> dict[Any, Any]:
        changes = self.shelf.open(conversation_id, self.request)
        if self.parts.talk in changes:
            self.talk, self.turns = changes[self.parts.talk], changes[self.parts.conversation]
            self.held = changes[self.parts.shelf.held]
        return changes

    def judge(self, kind: str, verdict: str, note: str, should: str, none: bool) -> Any:
        act = getattr(self.judging, kind)
        return act(self.talk, self.turns, self.held, 1, verdict, note, should, none, self.request)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    made = Page(tmp_path, StandIn(answered))
    with made.desk:
        yield made


def test_an_answered_question_is_kept_and_a_failed_one_alone_is_not(page: Page) -> None:
    page.ask("")
    assert page.held is not None
    assert page.held.id == ""
    assert not page.store.path.exists()
    page.ask("Who left the talks?")
    assert page.held.id
    assert [one.questions for one in page.store.list("")] == [2]


def test_what_is_kept_of_a_question_and_a_note_is_bounded(page: Page) -> None:
    page.ask("Who left the talks?")
    page.ask("why " * 250_000)
    (kept,) = page.store.list("")
    assert kept.questions == 1
    assert page.turns[1].phase == "failed"
    assert page.store.path.stat().st_size < 200_000
    page.judge("keep", "wrong", "n" * 9000, "s" * 9000, False)
    (judged,) = page.store.read("", kept.id).judgements.values()
    assert (len(judged.note), len(judged.should)) == (NOTE, SHOULD)
    assert page.store.list("", "talks " * 100_000) == (kept,)


def test_start_over_and_another_library_begin_another_conversation(page: Page) -> None:
    page.ask("Who left the talks?")
    page.talk, page.turns = None, ()
    page.ask("Who mediates?")
    assert len(page.store.list("")) == 2


def test_an_opened_conversation_goes_on_with_its_numbers_and_its_follow_ups(
    page: Page, tmp_path: Path
) -> None:
    page.ask("What did the spokesman say about the talks in Doha?")
    (kept,) = page.store.list("")
    fresh = Page(tmp_path, StandIn(answered))
    with fresh.desk:
        changes = fresh.open(kept.id)
        chat = changes[fresh.parts.chat]
        assert chat["value"] == chat_messages(page.turns)
        assert fresh.turns == tuple(replace(turn, draft="") for turn in page.turns)
        assert fresh.talk is not None
        assert page.talk is not None
        assert fresh.talk.spans == page.talk.spans
        fresh.ask("And in March?")
        assert fresh.turns[1].asked_as != "And in March?"
        numbers = [[one.marker for one in turn.citations] for turn in fresh.turns]
        assert numbers[0] == numbers[1], "a span keeps its number"
        assert [one.questions for one in fresh.store.list("")] == [2]
        assert fresh.held is not None
        assert fresh.held.id == kept.id


def test_a_conversation_of_another_library_can_be_read_and_not_gone_on_with(page: Page) -> None:
    page.ask("Who left the talks?")
    assert page.held is not None
    elsewhere = page.store.save("", "", "/libraries/else", page.turns, page.talk.spans, ())  # type: ignore[union-attr]
    changes = page.open(elsewhere)
    assert "else, which is not open" in changes[page.parts.shelf.status]
    assert page.turns[0].question == "Who left the talks?"
    page.ask("And who mediates?")
    assert [turn.number for turn in page.turns] == [1]
    assert "another library" in page.turns[0].notice
    assert page.held.id != elsewhere
    assert page.store.read("", elsewhere).info.questions == 1


def test_the_shelf_is_drawn_only_while_it_is_unfolded(page: Page) -> None:
    shelf = page.parts.shelf
    assert set(page.ask("Who left the talks?")) == {shelf.held}
    changes = page.shelf.unfold(page.talk, page.held, "", page.request)
    ((label, conversation_id),) = changes[shelf.kept]["choices"]
    assert page.held is not None
    assert conversation_id == page.held.id
    assert label.startswith("Who left the talks? · 1 question · today, ")
    assert label.endswith(" · stand-in")
    for download in shelf.downloads:
        assert Path(changes[download]["value"]).stat().st_size > 100
    assert page.shelf.fold()[shelf.is_open] is False


def test_every_form_is_written_for_what_is_on_the_page(page: Page) -> None:
    page.ask("Who left the <b>talks</b>?")
    changes = page.shelf.unfold(page.talk, page.held, "", page.request)
    files = [Path(changes[one]["value"]) for one in page.parts.shelf.downloads]
    assert [file.name.partition(".")[2] for file in files] == [
        "md", "html", "json", "csl.json", "bib",
    ]  # fmt: skip
    assert all(file.is_relative_to(page.desk.folder) for file in files)
    assert "<b>" not in files[1].read_text()
    whole = json.loads(files[2].read_text())
    answer = page.turns[0].answer
    assert answer is not None
    assert whole["exchanges"][0]["answer"] == answer.to_dict()
    assert whole["library"] == "stand-in"


def test_nothing_is_offered_for_taking_along_before_anything_is_kept(page: Page) -> None:
    changes = page.shelf.unfold(None, None, "", page.request)
    assert NOTHING in changes[page.parts.shelf.status]
    assert all(not changes[one]["interactive"] for one in page.parts.shelf.downloads)
    page.ask("Who left the talks?")
    assert (
        NOT_FOUND
        in page.shelf.seek(page.talk, page.held, "zebra", page.request)[page.parts.shelf.status]
    )


def test_rename_and_delete_act_on_the_chosen_one(page: Page) -> None:
    page.ask("Who left the talks?")
    shelf, held = page.parts.shelf, page.held
    assert held is not None
    assert page.shelf.choose(held.id, page.request)[shelf.title] == "Who left the talks?"
    changes = page.shelf.rename(page.talk, held, held.id, "Walk-out", "", page.request)
    assert changes[shelf.kept]["choices"][0][0].startswith("Walk-out · ")
    assert "Renamed." in changes[shelf.status]
    first = page.shelf.delete(page.talk, held, held.id, "", "", page.request)
    assert first[shelf.sure] == held.id
    assert page.store.list(""), "the first press only asks"
    second = page.shelf.delete(page.talk, held, held.id, held.id, "", page.request)
    assert second[shelf.kept]["choices"] == []
    assert "Deleted." in second[shelf.status]
    assert second[shelf.held].id == ""
    assert page.store.list("") == ()
    page.held = second[shelf.held]
    page.ask("And now?")
    assert len(page.store.list("")) == 1, "it is on the page still, and kept anew"
    for act in (
        page.shelf.open(None, page.request),
        page.shelf.rename(page.talk, held, None, "x", "", page.request),
        page.shelf.delete(page.talk, held, None, "", "", page.request),
    ):
        assert "Choose a conversation first" in act[shelf.status]


def test_a_reader_who_logged_in_sees_only_what_is_theirs(page: Page, tmp_path: Path) -> None:
    page.ask("Who left the talks?")
    (kept,) = page.store.list("")
    ada = Page(tmp_path, StandIn(answered), "ada")
    with ada.desk:
        assert ada.shelf.unfold(None, None, "", ada.request)[ada.parts.shelf.kept]["choices"] == []
        assert "no such conversation" in ada.open(kept.id)[ada.parts.shelf.status]
        gone = ada.shelf.delete(None, None, kept.id, kept.id, "", ada.request)
        assert "no such conversation" in gone[ada.parts.shelf.status]
    assert [one.id for one in page.store.list("")] == [kept.id]
    assert (owner_of(ada.request), owner_of(page.request), owner_of(None)) == ("ada", "", "")


def test_a_file_that_cannot_be_used_is_told_and_the_answer_stays(page: Page) -> None:
    page.store.path.write_bytes(b"something else")
    changes = page.ask("Who left the talks?")
    assert "holds no conversations" in changes[page.parts.shelf.status]
    assert page.turns[0].phase == "done"


def test_a_thumb_is_kept_at_once_and_the_panel_opens(page: Page) -> None:
    page.ask("Who left the talks?")
    judging = page.parts.judging
    event: Any = SimpleNamespace(index=(1, 0), liked=False)
    changes = page.judging.press(page.talk, page.turns, page.held, event, page.request)
    assert changes[judging.panel]["visible"] is True
    assert (changes[judging.number], changes[judging.verdict]) == (1, "wrong")
    assert "Kept: wrong" in changes[judging.status]
    assert page.held is not None
    judged = page.store.read("", page.held.id).judgements
    assert judged == {page.turns[0].key: Judgement("wrong")}
    opened = page.open(page.held.id)
    assert opened[page.parts.chat]["feedback_value"] == ["Dislike"]


def test_a_judgement_becomes_a_sample_with_one_press(page: Page) -> None:
    page.ask("Who left the talks?")
    judging = page.parts.judging
    missing = page.judge("sample", "wrong", "", "", False)
    assert "would have been right" in missing[judging.status]
    made = page.judge("sample", "wrong", "It says so", "nobody", False)
    assert "the suite has 1 sample" in made[judging.status]
    assert "dateline-eval run " in made[judging.status]
    taken = Path(made[judging.suite]["value"])
    (sample,) = load_suite(taken).samples
    assert sample.target.answers == ("nobody",)
    again = page.judge("sample", "wrong", "", "nobody", True)
    assert "the suite has 1 sample" in again[judging.status]
    (sample,) = load_suite(Path(again[judging.suite]["value"])).samples
    assert sample.target.refuse
    assert page.held is not None
    assert page.store.read("", page.held.id).judgements[page.turns[0].key].should == NO_ANSWER
    page.judge("keep", "right", "fine", "", True)
    assert page.store.read("", page.held.id).judgements[page.turns[0].key] == Judgement(
        "right", "fine"
    )


def test_the_path_of_the_suite_is_told_to_nobody_elsewhere(tmp_path: Path) -> None:
    page = Page(tmp_path, StandIn(answered), "ada")
    with page.desk:
        page.ask("Who left the talks?")
        made = page.judge("sample", "right", "", "", False)
        assert "the suite has 1 sample" in made[page.parts.judging.status]
        assert str(tmp_path) not in made[page.parts.judging.status]


def test_what_is_not_kept_or_not_there_is_not_judged(page: Page) -> None:
    event: Any = SimpleNamespace(index=(1, 0), liked=True)
    changes = page.judging.press(None, (), None, event, page.request)
    assert "no finished answer" in changes[page.parts.judging.status]
    nothing = page.judge("keep", "right", "", "", False)
    assert "no finished answer" in nothing[page.parts.judging.status]
    assert not page.store.path.exists()


def test_what_is_opened_from_elsewhere_is_kept_apart_once_it_is_judged(page: Page) -> None:
    page.ask("Who left the talks?")
    first = page.held
    page.talk, page.turns = page.desk.newsroom.chat(), asked((), "Who mediates?")
    for talk, turns, _, _ in events.answer(page.desk, page.talk, page.turns):
        page.talk, page.turns = talk, turns
    unfolded = page.shelf.unfold(page.talk, first, "", page.request)
    assert not unfolded[page.parts.shelf.downloads[0]]["interactive"], "it is not on the page"
    changes = page.judge("keep", "right", "", "", False)
    held = changes[page.parts.shelf.held]
    assert first is not None
    assert held.id not in ("", first.id)
    assert page.store.read("", first.id).judgements == {}
    assert list(page.store.read("", held.id).judgements) == [page.turns[0].key]


def test_an_edited_question_takes_the_place_of_its_own_and_what_came_after(page: Page) -> None:
    page.ask("Who left the talks?")
    page.ask("Who mediates?")
    box, as_of, number, note, button, _ = events.edit("edit-1~4", page.turns)
    assert (box["value"], as_of, number) == ("Who left the talks?", "", 1)
    assert "and 1 question after it" in note["value"]
    assert button["visible"]
    turns, *_ = events.ask("Who stayed?", "", page.turns, number)
    assert [turn.question for turn in turns] == ["Who stayed?"]
    turns, *_ = events.ask("Who else?", "", page.turns, 0)
    assert len(turns) == 3
    for nonsense in ("edit-9", "edit-0", "edit-x", "", "read-1"):
        assert events.edit(nonsense, page.turns)[2] == 0


def test_questions_that_were_answered_can_be_edited(page: Page) -> None:
    page.ask("Who left the talks?")
    question, _ = chat_messages(page.turns)
    assert 'href="#edit-1"' in question["content"]
    working = asked(page.turns, "And now?")
    assert "#edit-2" not in chat_messages(working)[2]["content"]


def test_what_may_be_asked_next_is_offered_as_it_is_found(page: Page) -> None:
    page.room.suggestible = {SPEAKER}
    page.ask("Who mediates?")
    (offered,) = next_questions(page.desk, page.turns)
    assert offered["samples"] == [[SPEAKER]]
    assert offered["visible"]
    page.ask(SPEAKER)
    (nothing,) = next_questions(page.desk, page.turns)
    assert (nothing["samples"], nothing["visible"]) == ([], False)
    assert [one["visible"] for one in next_questions(page.desk, ())] == [False]


def test_nothing_is_tried_while_somebody_asks(page: Page) -> None:
    page.room.suggestible = {SPEAKER}
    page.ask("Who mediates?")
    ticket = page.desk.gate.join()
    try:
        assert [one["visible"] for one in next_questions(page.desk, page.turns)] == [False]
        assert Openers(page.desk).questions() == ()
    finally:
        ticket.leave()
    assert Openers(page.desk).questions() == (SPEAKER,)


def test_a_refusal_offers_questions_too(tmp_path: Path) -> None:
    page = Page(tmp_path, StandIn(refused, suggestible={SPEAKER}))
    with page.desk:
        page.ask("Who won the 2022 World Cup?")
        assert [one["samples"] for one in next_questions(page.desk, page.turns)] == [[[SPEAKER]]]
        assert keep(page.store, "", page.talk, page.turns, page.held) is not None


def test_questions_to_begin_with_are_found_once_for_each_state_of_the_library(page: Page) -> None:
    page.room.suggestible = {SPEAKER}
    openers = Openers(page.desk)
    assert openers.examples()["examples"] == [{"text": SPEAKER}]
    page.room.suggestible = ()
    assert openers.questions() == (SPEAKER,)
    assert ARTICLES
