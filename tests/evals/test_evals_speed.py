"""The measurement of engines, with stand-ins for them."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from corpus.errors import EngineUnusable, EvalError
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.hashing import HashEmbedder
from evals.speed import parity
from evals.speed.contenders import CONTENDERS, PLAIN, make_contender
from evals.speed.measuring import Parity, ParityOptions, measure
from evals.speed.texts import Texts, sample_texts, texts_of

ARTICLES = 30
TEXTS = Texts(
    "thirty towns",
    tuple(f"Town {n} | Courier\nThe bridge number {n} of town {n % 7} opened." for n in range(40)),
    tuple(f"Which bridge opened in town {n}?" for n in range(12)),
)


class Slow(HashEmbedder):
    """Takes its time."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        time.sleep(0.2)
        return super().embed(texts)


class Blurred(HashEmbedder):
    """Gives other vectors."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = super().embed(texts)
        other = vectors + np.random.default_rng(0).normal(0, 0.2, vectors.shape)
        unit: Vectors = (other / np.linalg.norm(other, axis=1, keepdims=True)).astype(np.float32)
        return unit


def make(name: str, _uri: str, _folder: Path) -> HashEmbedder:
    if name == "absent":
        raise EngineUnusable("abacus is not installed")
    return {PLAIN: Slow, "same": HashEmbedder, "blurred": Blurred}[name]()


def run(*names: str, options: ParityOptions | None = None, texts: Texts = TEXTS) -> Parity:
    tokens = [7] * len(texts.passages)
    chosen = options or ParityOptions(rounds=2, lone_questions=2)
    return measure(names, "none", texts, tokens, Path(), chosen, lambda _: None, make)


@pytest.fixture(scope="module")
def found() -> Parity:
    return run("same", "blurred", "absent")


@pytest.mark.slow
def test_engines_are_measured_beside_the_plain_path(found: Parity) -> None:
    plain, same, blurred = found.engines
    assert [one.engine for one in found.engines] == [PLAIN, "same", "blurred"]
    assert found.absent == {"absent": "abacus is not installed"}
    assert (found.passages, found.questions, found.tokens) == (40, 12, 280)
    assert plain.times_plain == 1
    assert plain.question_ms >= 200
    assert same.times_plain > 2
    assert same.passages_a_second > plain.passages_a_second
    assert same.tokens_a_second == pytest.approx(same.passages_a_second * 7)
    assert (same.recall_both, same.recall_passages, same.recall_questions) == (1, 1, 1)
    assert same.cosine_least == pytest.approx(1)
    assert blurred.recall_both < 1
    assert blurred.recall_passages < 1
    assert blurred.recall_questions < 1
    assert blurred.cosine_least <= blurred.cosine_mean < 0.99
    assert min(one.peak_mib for one in found.engines) > 20
    assert min(one.seconds_to_start for one in found.engines) > 0


@pytest.mark.slow
def test_the_plain_path_has_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.speed.measuring.PLAIN", "absent")
    with pytest.raises(EngineUnusable, match="abacus"):
        run()


def test_too_few_passages_are_refused() -> None:
    with pytest.raises(EvalError, match="3 passages are too few"):
        run(texts=Texts("three", ("a", "b", "c"), ("d",)))


@pytest.mark.slow
def test_the_page_names_what_was_not_measured(found: Parity) -> None:
    text = parity.page(found)
    assert "40 passages (280 tokens) and 12 questions of thirty towns" in text
    assert f"| {PLAIN} |" in text
    assert "| same |" in text
    assert "Not measured: absent (abacus is not installed)." in text


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def needs(_uri: str, _folder: Path) -> HashEmbedder:
        raise ModuleNotFoundError("No module named 'abacus'", name="abacus")

    monkeypatch.setitem(CONTENDERS, "torch", needs)
    with pytest.raises(EngineUnusable, match="abacus is not installed"):
        make_contender("torch", "none", Path())


# The texts


def test_the_sample_gives_many_passages() -> None:
    texts = sample_texts(HashEmbedder())
    assert len(texts.passages) >= 1500
    assert len(texts.questions) >= 200
    assert len(set(texts.passages)) == len(texts.passages)


def write_articles(folder: Path) -> None:
    folder.mkdir()
    for number in range(ARTICLES):
        text = f"# Bridge {number} opens\n\nThe bridge number {number} opened. Nobody spoke."
        (folder / f"{number}.md").write_text(text)


def test_a_folder_of_articles_asks_its_titles_and_sentences(tmp_path: Path) -> None:
    write_articles(tmp_path / "articles")
    texts = texts_of(tmp_path / "articles", HashEmbedder(), 20, 1000)
    assert (texts.name, len(texts.passages)) == ("articles", 20)
    assert {"Bridge 3 opens", "The bridge number 3 opened.", "Nobody spoke."} <= {*texts.questions}
    assert texts == texts_of(tmp_path / "articles", HashEmbedder(), 20, 1000)


def test_squad_files_bring_their_questions(tmp_path: Path) -> None:
    asked = {
        "id": "1",
        "question": "What opened?",
        "answers": [{"text": "The bridge", "answer_start": 0}],
    }
    paragraph = {"context": "The bridge opened on Monday.", "qas": [asked]}
    content = {"data": [{"title": "Bridge", "paragraphs": [paragraph]}]}
    (tmp_path / "set.json").write_text(json.dumps(content))
    for data in (tmp_path, tmp_path / "set.json"):
        texts = texts_of(data, HashEmbedder(), 10, 10)
        assert texts.questions == ("What opened?",)
        assert [text.endswith("The bridge opened on Monday.") for text in texts.passages] == [True]


@pytest.mark.slow
def test_the_command_writes_table_and_figures(
    found: Parity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parity, "measure", lambda *_: found)
    monkeypatch.setattr(parity, "load_embedder", lambda _: HashEmbedder())
    write_articles(tmp_path / "articles")
    files = ["--out", str(tmp_path / "table.md"), "--json", str(tmp_path / "figures.json")]
    done = CliRunner().invoke(parity.parity_command, ["--data", str(tmp_path / "articles"), *files])
    assert done.exit_code == 0, done.output
    assert parity.page(found) in done.output
    assert (tmp_path / "table.md").read_text().rstrip("\n") == parity.page(found)
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert [one["engine"] for one in figures["engines"]] == [PLAIN, "same", "blurred"]


def test_the_command_tells_what_cannot_be_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parity, "load_embedder", lambda _: HashEmbedder())
    (tmp_path / "set.json").write_text("[]")
    done = CliRunner().invoke(parity.parity_command, ["--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "Not in SQuAD form" in done.output
