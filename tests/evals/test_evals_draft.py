"""Drafting from a library: what passes, what is thrown away and why, and the file of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import corpus
import rag
from corpus.article import Article
from corpus.errors import EvalError
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from evals.commands import draft as cli
from evals.draft import (
    DRAFT_KINDS,
    CheckOptions,
    Drafted,
    DraftKind,
    DraftOptions,
    Reason,
    draft,
)
from evals.draft.statements import all_statements
from evals.fakes import make_article
from evals.metrics.text import contains, tokens
from evals.sample import is_named
from evals.suites import load_suite
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generators.scripted import ScriptedGenerator

MARCH = make_article(
    "The storm in Ashford destroyed 40 houses near the old harbour. Mayor Ellen Reyes said that "
    "the northern quay was lost for good. The council of Ashford met on 5 March 2024 in the "
    "school. The relief fund was opened by Tomas Hale on Monday.",
    "Storm in Ashford",
    published=date(2024, 3, 6),
)
JANUARY = make_article(
    "The ferry to the island carried 12 passengers through the ice. Captain Mara Linden warned "
    "that the winter ferry would soon be cancelled.",
    "Ferry in the ice",
    published=date(2024, 1, 10),
)
UNDATED = make_article(
    "The museum in Corran has bought 300 paintings from a private collector.", "Museum"
)
LIBRARY = (MARCH, JANUARY, UNDATED)

Rejected = Counter[tuple[DraftKind, Reason]]


def newsroom(folder: Path, articles: Sequence[Article]) -> Newsroom:
    embedder = HashEmbedder()
    library = Library.open(folder / "library", embedder, create=True)
    library.add(articles)
    return Newsroom(library, embedder, ScriptedGenerator([]), Settings())


def drafted(
    folder: Path, articles: Sequence[Article], options: DraftOptions | None = None
) -> tuple[list[Drafted], Rejected]:
    rejected: Rejected = Counter()
    with newsroom(folder, articles) as room:
        return list(draft(room, options or DraftOptions(), rejected)), rejected


def questions(made: Sequence[Drafted], kind: DraftKind) -> list[str]:
    return [one.sample.question for one in made if one.kind == kind]


def test_each_kind_is_drafted_with_its_gold_span(tmp_path: Path) -> None:
    made, _ = drafted(tmp_path, LIBRARY)

    assert {one.kind for one in made} == set(DRAFT_KINDS)
    assert "By whom was the relief fund opened on Monday?" in questions(made, "cloze")
    assert set(questions(made, "figure")) == {
        "How many houses did the storm in Ashford destroy near the old harbour?",
        "How many passengers did the ferry to the island carry through the ice?",
        "How many paintings has the museum in Corran bought from a private collector?",
    }
    assert questions(made, "date") == ["When did the council of Ashford meet in the school?"]
    assert set(questions(made, "speaker")) == {
        "Who said that the northern quay was lost for good?",
        "Who warned that the winter ferry would soon be cancelled?",
    }
    for one in made:
        target = one.sample.target
        if one.kind == "unanswerable":
            continue
        (article,) = [a for a in LIBRARY if is_named(a, target.articles[0])]
        assert target.quotes == (one.statement.quote,)
        assert target.quotes[0] in article.text
        assert contains(one.statement.quote, target.answers[0])


def test_an_unanswerable_question_is_asked_before_its_article_was_there(tmp_path: Path) -> None:
    made, rejected = drafted(tmp_path, LIBRARY)

    without = [one for one in made if one.kind == "unanswerable"]
    assert without
    for one in without:
        assert one.statement.article == MARCH, "before January there is nothing to look in"
        assert one.sample.as_of == date(2024, 3, 5)
        assert one.sample.target.refuse
        assert one.sample.question in [
            twin.sample.question for twin in made if twin.kind != "unanswerable"
        ]
    assert rejected["unanswerable", "its article cannot be removed"] >= 2


def test_what_earlier_articles_may_answer_is_not_unanswerable(tmp_path: Path) -> None:
    earlier = make_article(
        "A storm at the old harbour in Ashford once destroyed all of 9 houses.",
        "Old storm",
        published=date(2024, 2, 1),
    )
    options = DraftOptions(kinds=("unanswerable",), check=CheckOptions(rival_terms=1.1))

    made, rejected = drafted(tmp_path, (MARCH, earlier), options)

    assert "How many houses" not in " ".join(questions(made, "unanswerable"))
    assert rejected["unanswerable", "answered otherwise"] >= 1


def test_a_false_premise_has_a_false_figure_or_name_and_the_true_one_as_correction(
    tmp_path: Path,
) -> None:
    made, _ = drafted(tmp_path, LIBRARY)

    false = {one.sample.question: one for one in made if one.kind == "false_premise"}
    assert any(question.startswith("Who reported that the storm in Ashford") for question in false)
    assert any("Why did Mara Linden say that the northern quay" in question for question in false)
    for question, one in false.items():
        target = one.sample.target
        assert target.refuse
        assert target.answers
        assert not any(contains(question, answer) for answer in target.answers)
        swapped = set(tokens(question)) - set(tokens(one.statement.text))
        assert swapped & {"linden", "reyes"} or any(w.isdigit() for w in swapped), question


def test_the_answer_stands_in_no_other_sentence_that_is_near(tmp_path: Path) -> None:
    copy = make_article(
        "Near the old harbour the storm destroyed 40 houses, residents of Ashford say.",
        "Another outlet",
        published=date(2024, 3, 7),
    )

    made, rejected = drafted(tmp_path, (MARCH, copy), DraftOptions(kinds=("figure",)))

    assert made == []
    assert rejected["figure", "answered elsewhere"] >= 1


def test_two_counts_of_one_thing_are_told_apart_by_the_day_of_the_report(tmp_path: Path) -> None:
    other = make_article(
        "The storm in Ashford destroyed 55 houses near the old harbour.",
        "A later count",
        published=date(2024, 3, 9),
    )

    made, _ = drafted(tmp_path, (MARCH, other), DraftOptions(kinds=("figure",)))

    asked = "How many houses did the storm in Ashford destroy near the old harbour, according to "
    assert sorted(questions(made, "figure")) == [
        f"{asked}the report of 6 March 2024?",
        f"{asked}the report of 9 March 2024?",
    ]


def test_two_counts_without_days_are_not_asked_for(tmp_path: Path) -> None:
    texts = ("destroyed 40 houses", "destroyed 55 houses")
    articles = [
        make_article(f"The storm in Ashford {text} near the old harbour.", text) for text in texts
    ]

    made, rejected = drafted(tmp_path, articles, DraftOptions(kinds=("figure",)))

    assert made == []
    assert rejected["figure", "answered otherwise"] == 2


@pytest.mark.parametrize(
    ("sentence", "kind", "reason"),
    [
        ("The Turkish lira fell on Monday when a bank in Turkey closed.", "cloze", "gives itself"),
        ("More than 40 houses were lost.", "figure", "too vague"),
    ],
)
def test_what_gives_itself_away_or_is_vague_is_thrown_away(
    tmp_path: Path, sentence: str, kind: DraftKind, reason: str
) -> None:
    made, rejected = drafted(
        tmp_path, [make_article(f"{sentence} It was over.")], DraftOptions(kinds=(kind,))
    )

    assert made == []
    assert [why for (_, why) in rejected if why.startswith(reason)]


def test_articles_that_no_name_tells_apart_are_not_drafted_from(tmp_path: Path) -> None:
    first = MARCH
    second = type(first)(
        **{name: getattr(first, name) for name in first.__slots__}
        | {"id": "0" * 16, "text": "The ferry to the island carried 12 passengers through the ice."}
    )

    made, rejected = drafted(tmp_path, (first, second))

    assert made == []
    assert {reason for _, reason in rejected} == {"its article cannot be named"}


def sample_draft(folder: Path, seed: int = 0) -> list[Drafted]:
    articles = [a for a in corpus.read([sample_paths()]) if isinstance(a, Article)]
    return drafted(folder, articles, DraftOptions(seed=seed))[0]


def test_the_same_seed_drafts_the_same_and_another_seed_other_questions(tmp_path: Path) -> None:
    first = [one.sample for one in sample_draft(tmp_path / "a")]

    assert [one.sample for one in sample_draft(tmp_path / "b")] == first
    assert [one.sample for one in sample_draft(tmp_path / "c", seed=1)] != first


def test_on_the_sample_articles_no_answer_stands_in_another_near_sentence(tmp_path: Path) -> None:
    made = sample_draft(tmp_path)
    articles = [a for a in corpus.read([sample_paths()]) if isinstance(a, Article)]

    assert len(made) >= 30
    assert set(Counter(one.kind for one in made)) == set(DRAFT_KINDS) - {"date"}
    assert sum("missing here" in one.sample.question for one in made) <= 50 / 3
    assert len({one.sample.id for one in made}) == len(made)
    for one in made:
        target = one.sample.target
        if target.refuse:
            continue
        assert not any(contains(one.sample.question, answer) for answer in target.answers)
        asked = set(tokens(one.sample.question))
        for article in articles:
            for other in all_statements(article):
                if other.quote == one.statement.quote:
                    continue
                shared = len(asked & set(tokens(other.text))) / len(asked)
                holds = any(contains(other.text, answer) for answer in target.answers)
                assert not (holds and shared > 0.6), (one.sample.question, other.text)


def test_an_empty_library_is_an_error(tmp_path: Path) -> None:
    with newsroom(tmp_path, []) as room, pytest.raises(EvalError, match="no articles"):
        draft(room)


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    def open_(_library: Path | None, _model: str | None) -> Newsroom:
        return rag.open(
            tmp_path / "sample",
            add=[sample_paths()],
            embedder=HashEmbedder(),
            generator=ScriptedGenerator([]),
            progress=False,
        )

    monkeypatch.setattr(cli, "open_newsroom", open_)
    return CliRunner()


def test_the_command_writes_a_file_to_go_through(command: CliRunner, tmp_path: Path) -> None:
    out = tmp_path / "mine.yaml"

    result = command.invoke(
        cli.draft_command, ["--n", "12", "--out", str(out)], catch_exceptions=False
    )

    assert result.exit_code == 0, result.output
    assert "12 questions drafted" in result.stdout
    assert "figure" in result.stdout
    assert "For example:" in result.stdout
    assert result.stdout.count("→") == 3
    assert f"dateline-eval run {out}" in result.stdout
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# Questions drafted")
    entries = yaml.safe_load(text)
    assert len(entries) == 12
    assert all("keep" in entry and entry["keep"] is None for entry in entries)
    suite = load_suite(out)
    assert suite.name == "mine (12 of 12 not reviewed)"
    assert {sample.kind for sample in suite.samples} >= {"figure", "who_said", "unanswerable"}


def test_the_command_drafts_only_the_kinds_that_are_named(
    command: CliRunner, tmp_path: Path
) -> None:
    out = tmp_path / "mine.csv"

    result = command.invoke(
        cli.draft_command, ["--kinds", "false-premise, speaker", "--out", str(out)]
    )

    assert result.exit_code == 0, result.output
    assert {sample.kind for sample in load_suite(out).samples} == {"who_said", "false_premise"}
    assert "No more of the 50 asked for" in result.stdout


def test_the_command_keeps_a_file_that_is_there(command: CliRunner, tmp_path: Path) -> None:
    out = tmp_path / "mine.yaml"
    out.write_text("decided", encoding="utf-8")

    result = command.invoke(cli.draft_command, ["--out", str(out)])

    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert out.read_text(encoding="utf-8") == "decided"


def test_the_command_names_the_kinds_there_are(command: CliRunner) -> None:
    result = command.invoke(cli.draft_command, ["--kinds", "riddle"])

    assert result.exit_code == 2
    assert "'riddle' is no kind" in result.stderr
    assert "false_premise" in result.stderr


def test_nothing_drafted_is_an_error(tmp_path: Path) -> None:
    bare = make_article("It rained. They left. He slept.")

    with pytest.raises(EvalError, match="no sentence"):
        cli.write_draft(
            None,
            DraftOptions(),
            tmp_path / "q.yaml",
            lambda _library, _model: newsroom(tmp_path, [bare]),
        )
