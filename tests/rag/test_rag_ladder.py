"""What becomes of a sentence of the draft: kept, cited anew, rewritten once, quoted, or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from embeddings.embedders.hashing import HashEmbedder
from rag.answer import Answer
from rag.answering.ladder import Ladder, LadderOptions
from rag.answering.work import Work
from rag.checking.verify import Verifier
from rag.events import Event, SentenceVerified, Token
from rag.finding.evidence import Evidence
from rag.question.query import read_question
from rag.question.understanding import understand
from rag.writing.generators.scripted import ScriptedGenerator
from tests.rag.desks import HARBOUR_QUESTION, make_evidence, make_newsroom

TEXT = (
    "Mayor Ellen Reyes said that the work would cost 12.5 million pounds. "
    "The Ashford council approved the harbour plan. "
    "Engineers found 14 cracked beams in the northern quay."
)
COST, PLAN, BEAMS = make_evidence(TEXT)
TRUE = "Mayor Ellen Reyes said that the work would cost 12.5 million pounds"
FALSE = "Mayor Ellen Reyes said that the work would cost 99 million pounds"


class Stand:
    """A ladder with a scripted model, and the work that it is given."""

    def __init__(self, replies: Sequence[str] = (), **options: int) -> None:
        self.model = ScriptedGenerator(list(replies) or [""])
        self.ladder = Ladder(Verifier(HashEmbedder()), lambda: self.model, LadderOptions(**options))
        query = read_question("What would the work cost?")
        self.work = Work(query, understand(query.text), 0.0, evidence=[COST, PLAN, BEAMS])

    def settle(self, sentence: str, shown: Sequence[Evidence] = (COST, PLAN)) -> list[object]:
        events: list[object] = []

        def through() -> Iterator[Event]:
            failed = yield from self.ladder.settle(self.work, sentence, shown)
            if failed is not None:
                yield from self.ladder.mend(self.work, failed)

        events.extend(through())
        return events

    @property
    def counts(self) -> tuple[int, int, int, int]:
        work = self.work
        return work.recited, work.rewritten, work.requoted, len(work.dropped)

    @property
    def quotes(self) -> list[str]:
        return [citation.quote for citation in self.work.citations.values()]


def test_a_sentence_that_its_own_marker_carries_is_kept() -> None:
    stand = Stand()
    stand.settle(f"{TRUE} [1].")
    assert stand.counts == (0, 0, 0, 0)
    assert stand.quotes == [COST.text]
    assert not stand.model.prompts


def test_a_sentence_with_the_wrong_marker_is_cited_anew() -> None:
    stand = Stand()
    stand.settle(f"{TRUE} [2].")
    assert stand.counts == (1, 0, 0, 0)
    assert stand.quotes == [COST.text]


def test_a_sentence_that_only_unseen_evidence_carries_is_cited_from_there() -> None:
    stand = Stand()
    stand.settle("Engineers found 14 cracked beams in the northern quay [2].")
    assert stand.counts == (1, 0, 0, 0)
    assert stand.quotes == [BEAMS.text]


def test_a_false_sentence_is_written_again_once_from_its_source() -> None:
    stand = Stand([TRUE])
    events = stand.settle(f"{FALSE} [1].")
    assert stand.counts == (0, 1, 0, 0)
    assert [sentence.text for sentence in stand.work.sentences] == [TRUE]
    assert "99 million" in stand.model.prompts[0][-1].content
    assert COST.text in stand.model.prompts[0][-1].content
    assert any(isinstance(event, Token) for event in events)


def test_what_cannot_be_mended_is_dropped_and_its_source_quoted() -> None:
    stand = Stand([FALSE])
    events = stand.settle(f"{FALSE} [1].")
    assert stand.counts == (0, 0, 1, 1)
    assert [one.verdict for one in stand.work.sentences] == ["quote"]
    told = [event.sentence for event in events if isinstance(event, SentenceVerified)]
    assert [one.verdict for one in told] == ["unsupported", "quote"]


def test_the_model_is_asked_to_write_again_only_so_often() -> None:
    stand = Stand([FALSE], rewrites=1)
    for figure in (97, 98, 99):
        stand.settle(FALSE.replace("99", str(figure)))
    assert len(stand.model.prompts) == 1
    assert len(stand.work.dropped) == 3


@pytest.mark.parametrize("sentence", ["", "[1]", "...", "[99][1]"])
def test_what_says_nothing_is_nothing(sentence: str) -> None:
    stand = Stand()
    assert stand.settle(sentence) == []
    assert stand.counts == (0, 0, 0, 0)


def test_the_counts_are_in_the_usage_of_the_answer(tmp_path: Path) -> None:
    def ask(reply: str) -> Answer:
        newsroom = make_newsroom(tmp_path / str(abs(hash(reply))), replies=[reply], style="cited")
        with newsroom:
            return newsroom.ask(HARBOUR_QUESTION)

    usage = ask("Mayor Ellen Reyes said that the work would cost 99 million pounds [1].").usage
    assert (usage.dropped, usage.requoted, usage.rewritten) == (1, 1, 0)
