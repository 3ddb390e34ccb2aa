"""The systems, over a small library with the shipped fakes at both model boundaries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from evals import systems
from evals.fakes import make_article
from evals.metrics.quote_fidelity import QuoteFidelity
from evals.sample import Sample, Target
from evals.systems import SYSTEMS
from evals.systems.closed_book import ClosedBook
from evals.systems.gold_passages import GoldPassages
from evals.systems.nearest_sentence import NearestSentence
from evals.systems.plain_prompt import PASSAGES, PlainPrompt
from evals.systems.search_only import SearchOnly
from evals.systems.shared import says_it_does_not_know
from evals.systems.without_verifier import Unchecked, WithoutVerifier
from rag.answer import Answer
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generator import Message
from rag.writing.generators.scripted import ScriptedGenerator

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
HOW_MANY = "How many hostages were left in Gaza?"

Replies = Sequence[str] | Callable[[Sequence[Message]], str]
MakeNewsroom = Callable[..., Newsroom]


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
def newsroom(tmp_path: Path) -> Iterator[MakeNewsroom]:
    embedder = HashEmbedder()
    with Library.open(tmp_path / "library", embedder, create=True) as library:

        def make(*articles: Article, replies: Replies = ()) -> Newsroom:
            library.add(articles)
            # Dateline's own refusals are not what is tested here.
            settings = Settings(least_answerable=0.0)
            return Newsroom(library, embedder, ScriptedGenerator(replies), settings)

        yield make


def shown(answer: Answer) -> list[tuple[str, list[str]]]:
    return [(one.text, [c.quote for c in one.citations]) for one in answer.sentences]


def test_every_system_can_be_made_and_asked_by_its_name(newsroom: MakeNewsroom) -> None:
    room = newsroom(MARCH, SEPTEMBER, UNDATED, replies=["Only 97 hostages were left in Gaza. [1]"])
    sample = Sample("s", HOW_MANY, "figure", Target(("97",), (), ("September",), ("Only 97",)))

    for name, make in SYSTEMS.items():
        answer = make(room, [sample]).ask(HOW_MANY)
        assert answer.question == HOW_MANY, name
        assert (answer.refusal is not None) == (name == "search-only"), name


def test_the_package_says_what_each_system_is() -> None:
    lines = (systems.__doc__ or "").splitlines()
    told = {line.split()[0] for line in lines if line.startswith("    ")}

    assert told == set(SYSTEMS)


def test_dateline_is_the_newsroom_itself(newsroom: MakeNewsroom) -> None:
    room = newsroom(MARCH)

    assert SYSTEMS["dateline"](room, ()) is room


def test_dateline_cited_writes_whole_checked_sentences(newsroom: MakeNewsroom) -> None:
    draft = "Some 130 hostages were left in Gaza. [1] Some 500 hostages were left in Gaza. [1]"
    again = "Some 500 hostages were left in Gaza."
    room = newsroom(MARCH, replies=[draft, again])
    answer = SYSTEMS["dateline-cited"](room, ()).ask(HOW_MANY)

    assert answer.sentences[0].text == "Some 130 hostages were left in Gaza."
    assert answer.sentences[0].verdict == "supported"
    assert [one.text for one in answer.dropped] == ["Some 500 hostages were left in Gaza."]
    assert room.settings.style == "auto", "the newsroom itself stays as it was"


def test_without_the_verifier_nothing_is_checked_or_dropped(newsroom: MakeNewsroom) -> None:
    def reply(messages: Sequence[Message]) -> str:
        numbered = messages[-1].content.splitlines()
        rain = next(line for line in numbered if "Rain fell" in line).partition("]")[0][1:]
        return (
            f"Some 500 hostages were left in Gaza. [{rain}] Ministers danced in Cairo. "
            "Xyzzy plugh. [99]"
        )

    room = newsroom(MARCH, replies=reply)
    answer = WithoutVerifier(room, Judge()).ask(HOW_MANY)

    first, second, third = shown(answer)
    assert first == ("Some 500 hostages were left in Gaza.", ["Rain fell on Doha."])
    assert second == ("Ministers danced in Cairo.", ["Ministers met in Cairo."])
    assert third[0] == "Xyzzy plugh."
    assert len(third[1]) == 1, "it is cited to some evidence, though it shares no word with any"
    assert answer.dropped == ()
    assert answer.status == "answered"
    assert answer.fingerprint["system"] == "without-verifier"


def test_without_the_verifier_the_sentences_are_judged_afterwards(newsroom: MakeNewsroom) -> None:
    draft = "Some 130 hostages were left in Gaza. Some 130 hostages were left in Paris."
    answer = WithoutVerifier(newsroom(MARCH, replies=[draft]), Judge()).ask(HOW_MANY)

    assert [one.verdict for one in answer.sentences] == ["supported", "unsupported"]
    assert [one.support for one in answer.sentences] == [0.9, 0.1]
    assert "Paris" in answer.text


def test_without_the_verifier_the_model_may_still_decline(newsroom: MakeNewsroom) -> None:
    answer = WithoutVerifier(newsroom(MARCH, replies=["NO ANSWER"]), Judge()).ask(HOW_MANY)

    assert answer.status == "refused"


def test_the_checker_that_checks_nothing_needs_a_span() -> None:
    assert Unchecked().check("Anything.", ["else"], ["title"]).verdict == "supported"
    assert Unchecked().check("Anything.", []).verdict == "unsupported"


def test_gold_passages_stand_in_for_the_hits(newsroom: MakeNewsroom) -> None:
    room = newsroom(MARCH, SEPTEMBER, UNDATED, replies=["both sides"])
    target = Target(("97",), (), ("September.md",), ("Only 97 hostages",))
    sample = Sample("s", "Who  heard both sides?", "figure", target)
    system = GoldPassages(room, [sample])

    answer = system.ask(sample.question)
    assert [hit.article.title for hit in answer.hits] == ["September"]
    assert answer.fingerprint["system"] == "gold-passages"
    assert len(room.ask(sample.question).hits) == 3, "the newsroom itself searches as before"


def test_gold_passages_are_those_of_the_quotes_alone(newsroom: MakeNewsroom) -> None:
    filler = " ".join(
        f"Delegates spoke of item {number} at length that day." for number in range(60)
    )
    long = make_article(f"{filler} The gate is green. {filler}", "Long")
    room = newsroom(long)
    sample = Sample(
        "s", "Which gate?", "fact", Target(("green",), (), ("Long",), ("gate is green",))
    )
    wrong = Sample("t", "What gate?", "fact", Target(("green",), (), ("Long",), ("not there",)))
    system = GoldPassages(room, [sample, wrong])

    (hit,) = system.ask("Which gate?").hits
    assert "The gate is green." in hit.text
    passages = room.library.passages(long.id)
    assert len(passages) > 1
    assert len(system.ask("What gate?").hits) == len(passages)


def test_gold_passages_keep_as_of_and_search_where_there_is_no_gold(
    newsroom: MakeNewsroom,
) -> None:
    room = newsroom(MARCH, SEPTEMBER, UNDATED)
    target = Target(("97",), (), ("September", "March"), ("hostages were left",))
    spring = date(2024, 3, 31)
    samples = [
        Sample("s", HOW_MANY, "figure", target, as_of=spring),
        Sample("t", "Who won the cup?", "unanswerable", Target(refuse=True)),
        Sample("u", "", "fact", target),
    ]
    system = GoldPassages(room, samples)

    assert [hit.article.title for hit in system.ask(HOW_MANY, as_of=spring).hits] == ["March"]
    assert system.ask("Who won the cup?").hits == room.ask("Who won the cup?").hits


def test_gold_passages_see_a_library_that_has_grown(newsroom: MakeNewsroom) -> None:
    room = newsroom(MARCH)
    sample = Sample("s", HOW_MANY, "figure", Target(("97",), (), ("September",), ("Only 97",)))
    system = GoldPassages(room, [sample])
    before = [hit.article.title for hit in system.ask(HOW_MANY).hits]
    room.library.add([SEPTEMBER])

    assert before == ["March"]
    assert [hit.article.title for hit in system.ask(HOW_MANY).hits] == ["September"]


def test_search_only_shows_hits_and_needs_no_model(newsroom: MakeNewsroom) -> None:
    room = newsroom(MARCH, SEPTEMBER, UNDATED)
    answer = SearchOnly(room).ask("Only 97 hostages were left in Gaza", as_of=date(2024, 12, 31))

    assert answer.status == "refused"
    assert [hit.article.title for hit in answer.hits] == ["September", "March"]
    assert [hit.rank for hit in answer.hits] == [1, 2]
    assert isinstance(room.generator, ScriptedGenerator)
    assert room.generator.prompts == []


def test_closed_book_shows_no_passage_and_cites_nothing(newsroom: MakeNewsroom) -> None:
    room = newsroom(MARCH, replies=["It was 130. So they said."])
    answer = ClosedBook(room).ask(HOW_MANY, as_of=date(2024, 3, 31))

    assert answer.status == "answered"
    assert answer.text == "It was 130. So they said."
    assert [one.verdict for one in answer.sentences] == ["unsupported", "unsupported"]
    assert answer.citations == ()
    assert answer.hits == ()
    assert isinstance(room.generator, ScriptedGenerator)
    asked = " ".join(message.content for message in room.generator.prompts[0])
    assert "2024-03-31" in asked
    assert "hostages were left in Gaza. " not in asked


@pytest.mark.parametrize("reply", ["I don't know.", ""])
def test_closed_book_refuses_when_the_model_does(newsroom: MakeNewsroom, reply: str) -> None:
    answer = ClosedBook(newsroom(MARCH, replies=[reply])).ask(HOW_MANY)

    assert answer.status == "refused"
    assert answer.refusal is not None


def test_the_nearest_sentence_is_quoted_from_all_passages(newsroom: MakeNewsroom) -> None:
    room = newsroom(MARCH, SEPTEMBER, UNDATED)
    answer = NearestSentence(room).ask("Judges heard which sides?")

    assert answer.status == "quoted"
    assert [c.quote for c in answer.citations] == ["Judges heard both sides."]
    assert answer.text == "“Judges heard both sides.” [1]"
    assert answer.usage.seconds["total"] > 0
    assert QuoteFidelity(room.library.article)(ANY, answer).value == 1.0


def test_the_nearest_sentence_never_refuses(newsroom: MakeNewsroom) -> None:
    assert NearestSentence(newsroom(MARCH)).ask("Who won the cup?").status == "quoted"


@pytest.mark.parametrize("baseline", [NearestSentence, lambda room: PlainPrompt(room, Judge())])
def test_as_of_hides_what_came_later_and_what_has_no_day(
    newsroom: MakeNewsroom, baseline: Callable[[Newsroom], NearestSentence]
) -> None:
    system = baseline(newsroom(MARCH, SEPTEMBER, UNDATED, replies=["130."] * 3))

    seen = system.ask(HOW_MANY, as_of=date(2024, 3, 31))
    assert {hit.article.title for hit in seen.hits} == {"March"}
    nothing = system.ask(HOW_MANY, as_of=date(2023, 1, 1))
    assert nothing.status == "refused"
    assert nothing.refusal is not None
    assert nothing.refusal.kind == "outside_dates"


def test_the_nearest_sentence_sees_a_library_that_has_grown(newsroom: MakeNewsroom) -> None:
    room = newsroom(MARCH)
    system = NearestSentence(room)
    question = "Judges heard both sides"
    before = system.ask(question).citations[0].article.title
    room.library.add([UNDATED])

    assert before == "March"
    assert system.ask(question).citations[0].article.title == "Undated"


def test_the_plain_prompt_shows_what_the_model_says_cited_to_the_top_passage(
    newsroom: MakeNewsroom,
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
    assert {"embed", "retrieve", "prefill", "decode", "total"} == set(answer.usage.seconds)
    score = QuoteFidelity(room.library.article)(ANY, answer)
    assert "an unsupported sentence is shown" in score.explanation


@pytest.mark.parametrize("reply", ["I don't know.", "I don’t know, sorry", "", "  "])
def test_the_plain_prompt_refuses_only_when_the_model_does(
    newsroom: MakeNewsroom, reply: str
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


def test_the_fingerprint_names_the_models(newsroom: MakeNewsroom) -> None:
    room = newsroom(MARCH, replies=["130."])
    answer = PlainPrompt(room, Judge()).ask("How many?")

    assert answer.fingerprint == {
        "system": "plain-prompt",
        "embedder": room.embedder.fingerprint.name,
        "generator": room.generator.name,
    }
