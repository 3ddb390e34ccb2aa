"""The baselines, over a small library with the shipped fakes at both model boundaries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from embeddings.embedder import Embedder
from embeddings.hashing import HashEmbedder
from embeddings.library import Library
from evals.baselines import PASSAGES, NearestSentence, PlainPrompt, says_it_does_not_know
from evals.fakes import make_article
from evals.metrics.quote_fidelity import QuoteFidelity
from evals.sample import Sample, Target
from rag.generator import Generator, Message
from rag.generators.scripted import ScriptedGenerator

MARCH = make_article(
    "Ministers met in Cairo. Some 130 hostages were left in Gaza. Rain fell on Doha.",
    "March",
    published=date(2024, 3, 26),
)
SEPTEMBER = make_article(
    "A tunnel was searched. Only 97 hostages were left in Gaza. Talks went on.",
    "September",
    published=date(2024, 9, 17),
)
UNDATED = make_article("The court sat in The Hague. Judges heard both sides.", "Undated")
ANY = Sample("s", "q", "fact", Target(("a",), (), ("March",), ("x",)))


@dataclass
class Newsroom:
    library: Library
    embedder: Embedder
    generator: Generator


@dataclass(frozen=True)
class Judgement:
    verdict: str
    support: float


class Judge:
    """Supported when the span holds the sentence's last word."""

    def check(self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()) -> Judgement:
        assert len(context) == len(spans)
        held = sentence.rstrip(".").split()[-1] in " ".join(spans)
        return Judgement("supported", 0.9) if held else Judgement("unsupported", 0.1)


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Callable[..., Newsroom]]:
    embedder = HashEmbedder()
    with Library.open(tmp_path / "library", embedder, create=True) as library:

        def make(
            *articles: Article, replies: Sequence[str] | Callable[[Sequence[Message]], str] = ()
        ) -> Newsroom:
            library.add(articles)
            return Newsroom(library, embedder, ScriptedGenerator(replies))

        yield make


def test_the_nearest_sentence_is_quoted_from_all_passages(
    newsroom: Callable[..., Newsroom],
) -> None:
    system = NearestSentence(newsroom(MARCH, SEPTEMBER, UNDATED))
    answer = system.ask("Judges heard which sides?")

    assert answer.status == "quoted"
    assert [c.quote for c in answer.citations] == ["Judges heard both sides."]
    assert answer.text == "“Judges heard both sides.” [1]"
    assert answer.usage.seconds["total"] > 0
    assert QuoteFidelity(system._newsroom.library.article)(ANY, answer).value == 1.0


def test_the_nearest_sentence_never_refuses(newsroom: Callable[..., Newsroom]) -> None:
    assert NearestSentence(newsroom(MARCH)).ask("Who won the cup?").status == "quoted"


@pytest.mark.parametrize("baseline", [NearestSentence, lambda room: PlainPrompt(room, Judge())])
def test_as_of_hides_what_came_later_and_what_has_no_day(
    newsroom: Callable[..., Newsroom], baseline: Callable[[Newsroom], NearestSentence]
) -> None:
    system = baseline(newsroom(MARCH, SEPTEMBER, UNDATED, replies=["130."] * 3))
    question = "How many hostages were left in Gaza?"

    seen = system.ask(question, as_of=date(2024, 3, 31))
    assert {hit.article.title for hit in seen.hits} == {"March"}
    nothing = system.ask(question, as_of=date(2023, 1, 1))
    assert nothing.status == "refused"
    assert nothing.refusal is not None
    assert nothing.refusal.kind == "outside_dates"


def test_the_nearest_sentence_sees_a_library_that_has_grown(
    newsroom: Callable[..., Newsroom],
) -> None:
    room = newsroom(MARCH)
    system = NearestSentence(room)
    question = "Judges heard both sides"
    before = system.ask(question).citations[0].article.title
    room.library.add([UNDATED])

    assert before == "March"
    assert system.ask(question).citations[0].article.title == "Undated"


def test_the_plain_prompt_shows_what_the_model_says_cited_to_the_top_passage(
    newsroom: Callable[..., Newsroom],
) -> None:
    seen: list[Sequence[Message]] = []

    def reply(messages: Sequence[Message]) -> str:
        seen.append(messages)
        return "There were 97 in Gaza. They were in Paris."

    room = newsroom(MARCH, SEPTEMBER, UNDATED, replies=reply)
    answer = PlainPrompt(room, Judge()).ask("Only 97 hostages were left in Gaza?")

    assert answer.status == "answered"
    assert answer.text == "There were 97 in Gaza. [1] They were in Paris. [1]"
    assert [s.verdict for s in answer.sentences] == ["supported", "unsupported"]
    assert answer.citations[0].article.title == "September"
    assert answer.citations[0].quote == SEPTEMBER.text
    assert len(answer.hits) == PASSAGES
    prompt = seen[0][-1].content
    assert all(article.text in prompt for article in (MARCH, SEPTEMBER, UNDATED))
    assert "Only 97 hostages were left in Gaza?" in prompt
    score = QuoteFidelity(room.library.article)(ANY, answer)
    assert "an unsupported sentence is shown" in score.explanation


@pytest.mark.parametrize("reply", ["I don't know.", "I don’t know, sorry", "", "  "])
def test_the_plain_prompt_refuses_only_when_the_model_does(
    newsroom: Callable[..., Newsroom], reply: str
) -> None:
    answer = PlainPrompt(newsroom(MARCH, replies=[reply]), Judge()).ask("Who won?")

    assert answer.status == "refused"
    assert answer.refusal is not None
    assert answer.refusal.kind == "no_evidence"
    assert answer.hits
    assert not answer.citations


def test_a_sentence_about_not_knowing_is_an_answer() -> None:
    assert says_it_does_not_know("“I do not know.”")
    assert not says_it_does_not_know("Officials said: I don't know.")


def test_the_fingerprint_names_the_models(newsroom: Callable[..., Newsroom]) -> None:
    room = newsroom(MARCH, replies=["130."])
    answer = PlainPrompt(room, Judge()).ask("How many?")

    assert answer.fingerprint == {
        "system": "plain-prompt",
        "embedder": room.embedder.fingerprint.name,
        "generator": room.generator.name,
    }
