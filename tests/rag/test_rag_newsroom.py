"""The face: open, ask within days, search, add, close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import rag
from corpus.errors import (
    BadDate,
    DatelineError,
    EmptyQuestion,
    LibraryMissing,
    MissingPath,
    ModelMissing,
    NotALibrary,
    NothingToRead,
    QuestionTooLong,
)
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from rag.checking.verify import Verification
from rag.events import HitsFound
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generators.scripted import ScriptedGenerator
from rag.writing.prompt import Style
from tests.rag.desks import (
    BRIDGE_QUESTION,
    FILES,
    HARBOUR_QUESTION,
    MARKET_QUESTION,
    assert_promise,
    make_newsroom,
    scripted,
    write_articles,
)

HARBOUR_DAY, BRIDGE_DAY = date(2024, 3, 5), date(2024, 6, 18)


@pytest.fixture(scope="module", params=["short", "cited"])
def newsroom(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("newsroom")
    with make_newsroom(folder, ["The bridge will stay closed"], style=request.param) as opened:
        yield opened


@pytest.mark.parametrize("question", [HARBOUR_QUESTION, BRIDGE_QUESTION, MARKET_QUESTION])
def test_every_day_and_the_undated_are_seen_when_no_day_is_given(
    newsroom: Newsroom, question: str
) -> None:
    answer = newsroom.ask(question)
    assert answer.status != "refused"
    assert {hit.article.published for hit in answer.hits} == {HARBOUR_DAY, BRIDGE_DAY, None}
    assert_promise(answer, newsroom)


@pytest.mark.parametrize("question", [HARBOUR_QUESTION, BRIDGE_QUESTION, MARKET_QUESTION])
@pytest.mark.parametrize("as_of", ["2024-03-31", date(2024, 3, 5)])
def test_as_of_hides_what_came_later_and_what_has_no_date(
    newsroom: Newsroom, question: str, as_of: str | date
) -> None:
    answer = newsroom.ask(question, as_of=as_of)
    assert {hit.article.published for hit in answer.hits} == {HARBOUR_DAY}
    assert {hit.article.published for hit in newsroom.search(question, as_of=as_of)} == {
        HARBOUR_DAY
    }
    first = next(iter(newsroom.stream(question, as_of=as_of)))
    assert isinstance(first, HitsFound)
    assert first.hits == answer.hits
    assert_promise(answer, newsroom)


@pytest.mark.parametrize(
    ("since", "until", "seen"),
    [
        ("2024-03-05", "2024-06-18", {HARBOUR_DAY, BRIDGE_DAY}),
        ("2024-03-06", None, {BRIDGE_DAY}),
        (None, "2024-06-17", {HARBOUR_DAY}),
        ("2024-03-06", "2024-06-17", set()),
    ],
)
def test_since_and_until_include_their_own_days(
    newsroom: Newsroom, since: str | None, until: str | None, seen: set[date]
) -> None:
    answer = newsroom.ask(HARBOUR_QUESTION, since=since, until=until)
    assert {hit.article.published for hit in answer.hits} == seen
    assert_promise(answer, newsroom)


def test_nothing_within_the_days_is_refused_with_the_days(newsroom: Newsroom) -> None:
    asked_before = len(scripted(newsroom).prompts)
    answer = newsroom.ask(HARBOUR_QUESTION, as_of="1999-12-31")
    assert answer.refusal is not None
    assert answer.refusal.kind == "outside_dates"
    assert "up to 1999-12-31" in answer.text
    assert (answer.hits, answer.citations) == ((), ())
    assert len(scripted(newsroom).prompts) == asked_before


def test_a_question_of_something_else_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles")
    with rag.open(
        tmp_path / "library",
        add=[articles],
        settings=Settings(),
        embedder=HashEmbedder(),
        generator=ScriptedGenerator(["Argentina won it [1]."]),
        progress=False,
    ) as newsroom:
        answer = newsroom.ask("Who won the 2022 World Cup?")
        assert_promise(answer, newsroom)
        assert answer.refusal is not None
        assert answer.refusal.kind == "off_corpus"
        for word in ("2022", "World", "Cup"):
            assert f"“{word}”" in answer.text
        assert answer.hits
        assert scripted(newsroom).prompts == []


@pytest.mark.parametrize(
    ("question", "days", "error"),
    [
        ("  ", {}, EmptyQuestion),
        ("w" * 2001, {}, QuestionTooLong),
        (HARBOUR_QUESTION, {"as_of": "soon"}, BadDate),
        (HARBOUR_QUESTION, {"since": "2024-12-01", "until": "2024-01-01"}, BadDate),
    ],
)
def test_a_question_that_cannot_be_asked_raises_before_any_event(
    newsroom: Newsroom, question: str, days: dict[str, Any], error: type[DatelineError]
) -> None:
    with pytest.raises(error):
        newsroom.stream(question, **days)
    with pytest.raises(error):
        newsroom.ask(question, **days)
    with pytest.raises(error):
        newsroom.search(question, **days)


def test_search_gives_the_best_passages_and_asks_no_model(newsroom: Newsroom) -> None:
    asked_before = len(scripted(newsroom).prompts)
    hits = newsroom.search(HARBOUR_QUESTION, 2)
    assert [hit.rank for hit in hits] == [1, 2]
    assert hits[0].article.title == "Council approves the harbour plan"
    assert len(newsroom.search(HARBOUR_QUESTION, 0)) == 1
    assert len(newsroom.search(HARBOUR_QUESTION, 100)) == newsroom.library.stats().passages
    assert len(scripted(newsroom).prompts) == asked_before


@pytest.mark.parametrize("style", ["short", "cited"])
def test_an_empty_library_is_refused_without_a_search(tmp_path: Path, style: Style) -> None:
    embedder = HashEmbedder()
    Library.open(tmp_path / "library", embedder, create=True).close()
    generator = ScriptedGenerator(["Anything."])
    with rag.open(
        tmp_path / "library",
        settings=Settings(style=style),
        embedder=embedder,
        generator=generator,
    ) as newsroom:
        answer = newsroom.ask(HARBOUR_QUESTION)
        assert_promise(answer, newsroom)
        assert answer.text == "The library holds no articles yet."
        assert newsroom.search(HARBOUR_QUESTION) == ()
    assert generator.prompts == []


def test_one_newsroom_answers_one_question_after_another(newsroom: Newsroom) -> None:
    first = newsroom.ask(HARBOUR_QUESTION)
    newsroom.ask(BRIDGE_QUESTION)
    again = newsroom.ask(HARBOUR_QUESTION)
    assert (first.text, first.citations, first.hits) == (again.text, again.citations, again.hits)


def test_articles_that_are_added_can_be_asked_at_once(tmp_path: Path) -> None:
    with make_newsroom(tmp_path, [""], style="short") as newsroom:
        generation = newsroom.ask(HARBOUR_QUESTION).fingerprint["generation"]
        more = tmp_path / "quay.txt"
        more.write_text("The eastern quay sank into the mud in August.")
        report = newsroom.add([more], progress=False)
        assert (report.added, report.rejected) == (1, ())
        answer = newsroom.ask("What happened to the eastern quay in August?")
        assert answer.citations[0].quote == "The eastern quay sank into the mud in August."
        assert answer.fingerprint["generation"] != generation


def test_opening_again_with_the_same_articles_reads_none_anew(tmp_path: Path) -> None:
    with make_newsroom(tmp_path) as newsroom:
        generation = newsroom.library.generation
        assert newsroom.library.stats().articles == len(FILES)
    with rag.open(
        tmp_path / "library",
        add=[tmp_path / "articles"],
        settings=Settings(),
        embedder=HashEmbedder(),
        progress=False,
    ) as again:
        assert again.library.generation == generation


@pytest.mark.parametrize(
    ("add", "error"), [(["nowhere"], MissingPath), (["articles", "nowhere"], MissingPath)]
)
def test_a_missing_path_leaves_no_library_behind(
    tmp_path: Path, add: list[str], error: type[DatelineError]
) -> None:
    write_articles(tmp_path / "articles")
    with pytest.raises(error):
        rag.open(tmp_path / "library", add=add, settings=Settings(), embedder=HashEmbedder())
    assert not (tmp_path / "library").exists()


def test_a_folder_with_nothing_to_read_leaves_no_library_behind(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"\x89PNG")
    with pytest.raises(NothingToRead):
        rag.open(
            tmp_path / "library",
            add=[tmp_path / "pictures"],
            settings=Settings(),
            embedder=HashEmbedder(),
        )
    assert not (tmp_path / "library").exists()


def test_a_library_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        rag.open(tmp_path / "library", settings=Settings(), embedder=HashEmbedder())
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("adding", [True, False])
def test_a_foreign_folder_is_left_as_it_is(tmp_path: Path, adding: bool) -> None:
    articles = write_articles(tmp_path / "articles")
    before = {path.name: path.read_bytes() for path in articles.iterdir()}
    with pytest.raises(NotALibrary):
        rag.open(
            articles,
            add=[articles] if adding else [],
            settings=Settings(),
            embedder=HashEmbedder(),
            progress=False,
        )
    assert {path.name: path.read_bytes() for path in articles.iterdir()} == before


def test_the_model_is_loaded_when_it_is_first_needed(tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles")
    with rag.open(
        tmp_path / "library",
        add=[articles],
        settings=Settings(model="package:no_such_package/x"),
        embedder=HashEmbedder(),
        progress=False,
    ) as newsroom:
        assert newsroom.search(HARBOUR_QUESTION)
        assert newsroom.ask("Who won the 2022 World Cup?").status == "refused"
        with pytest.raises(ModelMissing, match="no_such_package is not installed"):
            newsroom.ask(HARBOUR_QUESTION)


class _Unmoved:
    """Finds nothing supported."""

    def check(
        self, _sentence: str, _spans: Sequence[str], _context: Sequence[str] = ()
    ) -> Verification:
        return Verification("unsupported", 0.0, ("not moved",))


def test_a_variant_writes_and_checks_otherwise_over_the_same_library(tmp_path: Path) -> None:
    with make_newsroom(tmp_path, ["The council approved the harbour plan [1]."]) as newsroom:
        assert newsroom.ask(HARBOUR_QUESTION).usage.dropped == 0
        strict = newsroom.variant(verifier=_Unmoved())
        assert strict.library is newsroom.library
        answer = strict.ask(HARBOUR_QUESTION)
        assert answer.usage.dropped == 1
        assert answer.status == "quoted"
        none = newsroom.variant(finder=lambda _query, _vector: ())
        assert none.ask(HARBOUR_QUESTION).status == "refused"
        short = newsroom.variant(style="short")
        assert short.settings.style == "short"
        assert newsroom.settings.style == "cited"


def test_how_answerable_a_question_is_comes_with_the_answer(newsroom: Newsroom) -> None:
    near = newsroom.ask(HARBOUR_QUESTION).answerability
    far = newsroom.ask("Who won the 2022 World Cup?").answerability
    assert near is not None
    assert far is not None
    assert 0.0 <= far < near <= 1.0


def test_a_closed_newsroom_has_let_go_of_its_library(tmp_path: Path) -> None:
    newsroom = make_newsroom(tmp_path)
    newsroom.close()
    with Library.open(tmp_path / "library", HashEmbedder()) as library:
        assert library.stats().articles == len(FILES)


@pytest.mark.parametrize("progress", [True, False])
def test_progress_is_shown_on_standard_error_when_it_is_wanted(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], progress: bool
) -> None:
    articles = write_articles(tmp_path / "articles")
    rag.open(
        tmp_path / "library",
        add=[articles],
        settings=Settings(),
        embedder=HashEmbedder(),
        progress=progress,
    ).close()
    out, err = capfd.readouterr()
    assert out == ""
    # Standard error is a file here and no terminal, so that even wanted progress stays away.
    assert err == ""


def test_a_newsroom_checks_drafts_and_lists_figures_and_statements(tmp_path: Path) -> None:
    with make_newsroom(tmp_path, [""], style="short") as newsroom:
        report = newsroom.check("The work will cost 12.5 million pounds, Mayor Ellen Reyes said.")
        assert len(report.sentences) == 1
        assert newsroom.check("Nobody has measured the northern quay.").sentences
        rows = newsroom.figures("cracked beams")
        assert [row.value for row in rows] == [14]
        assert newsroom.timeline("cracked beams").rows == rows
        assert newsroom.figures("cracked beams", as_of="2024-03-31") == ()
        (statement, *_) = newsroom.said("Okafor")
        assert "Nobody was hurt" in statement.citation.quote
        assert newsroom.said("Okafor", as_of="2024-03-31") == ()


def test_a_conversation_goes_on_from_its_turns(tmp_path: Path) -> None:
    with make_newsroom(tmp_path, [""], style="short") as newsroom:
        chat = newsroom.chat()
        first = chat.ask(HARBOUR_QUESTION)
        chat.ask(BRIDGE_QUESTION)
        again = chat.ask(HARBOUR_QUESTION)
        assert again.citations == first.citations
        assert [turn.question for turn in chat.turns] == [
            HARBOUR_QUESTION, BRIDGE_QUESTION, HARBOUR_QUESTION,
        ]  # fmt: skip
