"""Which engine computes the vectors, and that it does not matter which."""

from __future__ import annotations

import importlib.metadata
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EngineUnusable, ModelMissing, SettingsError
from embeddings import load_embedder
from embeddings.embedders import engines
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.engines import agreement, converted
from embeddings.embedders.engines.converted import About, Converted
from embeddings.embedders.hashing import HashEmbedder
from embeddings.embedders.models import DEFAULT_EMBEDDER, resolve
from evals.speed.recall import recall
from evals.speed.texts import sample_texts

LEAST_RECALL = 0.99


class StandIn(HashEmbedder):
    """In torch's place where a test is about the choice."""

    def __init__(self, uri: str) -> None:
        super().__init__()
        self.uri = uri


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def fresh() -> Iterator[None]:
    """What was told before does not count."""
    engines._tell.cache_clear()
    yield
    engines._tell.cache_clear()


@pytest.fixture
def bare_model(tmp_path: Path) -> str:
    """A folder that looks like a model for as long as nobody runs it."""
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "modules.json").write_text("[]")
    (folder / "model.safetensors").write_bytes(b"weights")
    return f"path:{folder}"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "torch", f"{__name__}:StandIn")
    monkeypatch.setattr(engines, "_has_accelerator", lambda: False)


# The choice


@pytest.mark.usefixtures("fresh", "stand_in")
def test_without_openvino_torch_steps_in_and_says_so_once(
    bare_model: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with caplog.at_level(logging.WARNING):
        assert isinstance(load_embedder(bare_model), StandIn)
        assert isinstance(load_embedder(bare_model), StandIn)
    [record] = [one for one in caplog.records if one.name == "embeddings.embedders.engines"]
    assert "runs on torch, which is slower" in record.getMessage()
    assert "pip install openvino" in record.getMessage()


@pytest.mark.usefixtures("fresh", "stand_in")
def test_who_names_the_engine_gets_it_or_an_error(
    bare_model: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(EngineUnusable) as caught:
        load_embedder(bare_model, engine="openvino")
    assert caught.value.next_step == "pip install openvino"
    assert isinstance(load_embedder(bare_model, engine="torch"), StandIn)
    assert not caplog.records


@pytest.mark.usefixtures("fresh", "stand_in", "cache")
def test_a_model_that_cannot_be_converted_runs_on_torch(
    bare_model: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(source: Path, _target: Path) -> tuple[About, Vectors]:
        raise EngineUnusable("the model reads pictures", where=source)

    monkeypatch.setattr("embeddings.embedders.engines.openvino._convert", refuse)
    assert isinstance(load_embedder(bare_model), StandIn)
    assert "the model reads pictures" in caplog.text


@pytest.mark.usefixtures("fresh", "stand_in")
def test_a_cache_folder_that_cannot_be_written_is_no_failure(
    bare_model: str,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    cache.write_text("a file where the folder should be")
    monkeypatch.setattr(
        "embeddings.embedders.engines.openvino._convert", lambda *_: pytest.fail("too far")
    )
    assert isinstance(load_embedder(bare_model), StandIn)
    assert "the converted model cannot be kept" in caplog.text
    assert "XDG_CACHE_HOME" in caplog.text


@pytest.mark.usefixtures("fresh", "stand_in")
def test_an_accelerator_is_used(bare_model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_has_accelerator", lambda: True)
    monkeypatch.setitem(engines.ENGINES, "openvino", "nowhere:Nothing")
    assert isinstance(load_embedder(bare_model), StandIn)


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(SettingsError, match="no such engine") as caught:
        load_embedder(engine="abacus")  # type: ignore[arg-type]
    assert caught.value.next_step == "name one of auto, openvino, torch"


def test_a_model_that_is_missing_is_missing_on_every_engine(tmp_path: Path) -> None:
    for engine in ("auto", *engines.ENGINES):
        with pytest.raises(ModelMissing, match=r"modules\.json"):
            load_embedder(f"path:{tmp_path}", engine=engine)  # type: ignore[arg-type]


def test_openvino_is_imported_without_its_telemetry(tmp_path: Path) -> None:
    if not list(importlib.metadata.distributions(name="openvino-telemetry")):
        pytest.skip("needs openvino-telemetry, to see that it is left alone")
    program = """
import sys
def watch(event, found):
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen"):
        raise SystemExit(f"{event} {found}")
sys.addaudithook(watch)
from embeddings.embedders.engines.runtime import import_openvino
import_openvino().convert_model
assert not [name for name, module in sys.modules.items() if "telemetry.backend" in name and module]
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


# The converted model on disk, with a conversion that writes a few bytes


ABOUT = About("mean", "", 2, 8, ("input_ids",), 0, 0)
VECTORS = np.eye(2, dtype=np.float32)


class Conversion:
    """Writes something, and counts how often."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _source: Path, target: Path) -> tuple[About, Vectors]:
        self.count += 1
        for name in ("model.xml", "model.bin", "tokenizer.json"):
            (target / name).write_bytes(f"{name} {'0123456789' * 20}".encode())
        return ABOUT, VECTORS


def source_of(uri: str) -> Path:
    return resolve(uri).path


@pytest.mark.usefixtures("cache")
def test_a_model_is_converted_once(bare_model: str) -> None:
    conversion = Conversion()
    first = converted.converted(source_of(bare_model), conversion)
    second = converted.converted(source_of(bare_model), conversion)
    assert conversion.count == 1
    assert (first.folder, first.about) == (second.folder, second.about)
    assert (second.about, second.expected.tolist()) == (ABOUT, VECTORS.tolist())
    assert not list(first.folder.parent.glob(".converting-*"))


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    "changed", ["model.safetensors", "1_Pooling/config.json", "tokenizer.json"]
)
def test_another_model_is_another_folder(bare_model: str, changed: str) -> None:
    first = converted.converted(source_of(bare_model), Conversion())
    file = source_of(bare_model) / changed
    file.parent.mkdir(exist_ok=True)
    file.write_text("something else")
    assert converted.converted(source_of(bare_model), Conversion()).folder != first.folder


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("damage", [flip, halve, Path.unlink], ids=["flipped", "halved", "gone"])
@pytest.mark.parametrize(
    "name",
    ["model.xml", "model.bin", "tokenizer.json", "about.json", "expected.npy", "sha256.json"],
)
def test_a_damaged_file_is_noticed_and_made_anew(
    bare_model: str, name: str, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    conversion = Conversion()
    whole = converted.converted(source_of(bare_model), conversion)
    before = {file.name: file.read_bytes() for file in whole.folder.iterdir()}
    damage(whole.folder / name)  # type: ignore[operator]
    again = converted.converted(source_of(bare_model), conversion)
    assert conversion.count == 2
    assert {file.name: file.read_bytes() for file in again.folder.iterdir()} == before
    assert "is not whole and is made anew" in caplog.text


@pytest.mark.usefixtures("cache")
def test_a_conversion_that_fails_leaves_nothing(bare_model: str) -> None:
    def fail(_source: Path, target: Path) -> tuple[About, Vectors]:
        (target / "model.xml").write_text("half")
        raise EngineUnusable("no")

    with pytest.raises(EngineUnusable):
        converted.converted(source_of(bare_model), fail)
    whole = converted.converted(source_of(bare_model), Conversion())
    assert not [path for path in whole.folder.parent.iterdir() if path.name.startswith(".")]


# Agreement


def test_agreement_is_the_mean_cosine() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)
    assert agreement.agreement(vectors, vectors) == pytest.approx(1)
    assert agreement.agreement(vectors, vectors[::-1]) == pytest.approx(0.6)
    assert agreement.agreement(vectors, vectors[:, :1]) == 0


def test_recall_counts_the_share_of_the_nearest() -> None:
    passages = np.eye(4, dtype=np.float32)
    truth = np.array([[4, 3, 2, 1]], dtype=np.float32)
    assert recall(truth @ passages.T, truth @ passages.T, 2) == 1
    assert recall(np.array([[4, 1, 3, 2]]), truth, 2) == 0.5
    assert recall(np.array([[1, 2, 3, 4]]), truth, 2) == 0


# Models


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """URIs of small models of several kinds."""
    from tests.embeddings import tiny_models

    folder = tmp_path_factory.mktemp("tiny")
    models = {
        "cls": tiny_models.bert(folder / "cls"),
        "prefixed": tiny_models.bert(folder / "prefixed", pooling="mean", prefix="passage: "),
        "decoder": tiny_models.qwen(folder / "decoder"),
        "static": tiny_models.static(folder / "static"),
    }
    return {name: f"path:{path}" for name, path in models.items()}


LETTERS = ("Rain.", "", "Talks went on for a second day. " * 9, "Who spoke?", "Ünder 東京")


@pytest.mark.model
@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("name", ["cls", "prefixed", "decoder"])
def test_models_of_other_kinds_agree(tiny: dict[str, str], name: str) -> None:
    quick = load_embedder(tiny[name], engine="openvino")
    plain = load_embedder(tiny[name], engine="torch")
    assert quick.engine.startswith("openvino ")
    assert plain.engine == "torch float32 cpu"
    assert quick.fingerprint == plain.fingerprint
    assert quick.max_tokens == plain.max_tokens
    assert quick.count_tokens(LETTERS) == plain.count_tokens(LETTERS)
    assert (quick.embed(LETTERS) * plain.embed(LETTERS)).sum(axis=1).min() > 0.999


@pytest.mark.model
@pytest.mark.usefixtures("cache", "fresh")
def test_a_model_that_reads_no_mask_runs_on_torch(
    tiny: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    found = load_embedder(tiny["static"])
    assert found.engine == "torch float32 cpu"
    assert found.max_tokens == 512
    assert found.count_tokens(["Rain.", ""]) == [5, 0]
    assert "openvino cannot be used: the model's tokenizer" in caplog.text


@pytest.mark.model
@pytest.mark.usefixtures("cache", "fresh")
def test_an_engine_whose_vectors_are_others_is_not_used(
    tiny: dict[str, str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from embeddings.embedders.engines import openvino

    def stray(source: Path, convert: converted.Convert) -> Converted:
        whole = converted.converted(source, convert)
        return Converted(whole.folder, whole.about, -whole.expected)

    monkeypatch.setattr(openvino, "converted", stray)
    assert load_embedder(tiny["cls"]).engine == "torch float32 cpu"
    assert "are not the model's own" in caplog.text


@pytest.mark.model
def test_two_first_starts_at_once_convert_once(tiny: dict[str, str], cache: Path) -> None:
    program = (
        "import sys; from embeddings import load_embedder;"
        "e = load_embedder(sys.argv[1], engine='openvino'); print(e.embed(['Rain.']).shape)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, tiny["cls"]],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ended = [process.communicate(timeout=300) for process in started]
    assert [out for out, _ in ended] == ["(1, 24)\n"] * 2, [err for _, err in ended]
    # Only the one that had the lock loads the model, and shows that it does.
    assert sum("Converting the embedder" in err for _, err in ended) == 1
    kept = [path for path in (cache / "dateline" / "models").iterdir() if path.is_dir()]
    assert len(kept) == 1


@pytest.fixture
def installed() -> None:
    try:
        resolve(DEFAULT_EMBEDDER)
    except ModelMissing as error:
        pytest.skip(str(error))


@pytest.mark.model
@pytest.mark.usefixtures("installed")
def test_the_default_model_finds_the_same_on_both_engines(
    record_property: Callable[[str, object], None],
) -> None:
    """Recall of float32's ten nearest, over passages that overlap, which is the hard case."""
    quick, plain = load_embedder(engine="openvino"), load_embedder(engine="torch")
    assert quick.fingerprint == plain.fingerprint
    texts = sample_texts(plain)
    assert len(texts.passages) >= 2000
    assert len(texts.questions) >= 200
    ours, truth = quick.embed(texts.passages), plain.embed(texts.passages)
    asked, exact = quick.embed(texts.questions), plain.embed(texts.questions)
    right = exact @ truth.T
    found = {
        "both": recall(asked @ ours.T, right),
        "passages only": recall(exact @ ours.T, right),
        "questions only": recall(asked @ truth.T, right),
    }
    record_property("recall at 10", found)
    assert min(found.values()) >= LEAST_RECALL, found
    assert (ours * truth).sum(axis=1).min() >= agreement.LEAST_COSINE


@pytest.mark.model
@pytest.mark.usefixtures("installed")
def test_the_default_engine_needs_no_torch() -> None:
    load_embedder(engine="openvino")
    program = (
        "import sys; from embeddings import load_embedder; e = load_embedder();"
        "e.embed(['Rain.']); print(e.engine.split()[0], 'torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "openvino False\n"
