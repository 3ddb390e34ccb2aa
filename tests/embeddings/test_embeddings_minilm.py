"""The real default embedder, on each of its engines."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from corpus import Article, embedded_text, identify
from corpus.errors import ModelMissing
from embeddings import load_embedder
from embeddings.embedders.batches import BatchOptions
from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.embedders.engines import ENGINES
from embeddings.embedders.engines.openvino import OpenVinoEmbedder
from embeddings.embedders.models import DEFAULT_EMBEDDER, resolve
from embeddings.embedders.sentence_transformer import SentenceTransformerEmbedder
from embeddings.library import Library

pytestmark = pytest.mark.model

TEXTS = [
    "The mediators said that talks on a ceasefire would go on.",
    "Bread should rest for an hour before it is baked.",
    "Rain.",
    "",
    "The central bank left its main rate unchanged at 2.3 per cent. " * 12,
    "Envoys resumed negotiations to end the fighting.",
    "العربية ‘quotes’ 🕊️",
]


CLASSES = {"openvino": OpenVinoEmbedder, "torch": SentenceTransformerEmbedder}


@pytest.fixture(scope="module", params=sorted(ENGINES))
def minilm(request: pytest.FixtureRequest) -> Embedder:
    try:
        resolve(DEFAULT_EMBEDDER)
    except ModelMissing as error:
        pytest.skip(str(error))
    return load_embedder(engine=request.param)


def test_fingerprint(minilm: Embedder) -> None:
    fingerprint = minilm.fingerprint
    assert (fingerprint.name, fingerprint.dimensions) == (DEFAULT_EMBEDDER, 384)
    assert (fingerprint.pooling, fingerprint.prefix, fingerprint.normalised) == ("mean", "", True)
    # The digest that the hub shows for sentence-transformers/all-MiniLM-L6-v2.
    assert fingerprint.weights == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert minilm.max_tokens == 256


def test_tokens_are_counted_without_cutting(minilm: Embedder) -> None:
    assert minilm.count_tokens(["", "rain", "rain " * 1000]) == [2, 3, 1002]
    assert minilm.count_tokens([]) == []


@pytest.mark.parametrize("budget", [1, 64, 100_000])
def test_batching_changes_neither_order_nor_vectors(minilm: Embedder, budget: int) -> None:
    batches = BatchOptions(max_tokens=budget)
    together = CLASSES[minilm.engine.split()[0]](batches=batches).embed(TEXTS)
    one_by_one = np.concatenate([minilm.embed([text]) for text in TEXTS])
    assert together.dtype == np.float32
    assert together.shape == (len(TEXTS), 384)
    # bfloat16 has 8 bits: what is rounded first depends on the shape of the batch.
    exact = minilm.engine.split()[1] in ("float32", "f32")
    assert np.abs(together - one_by_one).max() < (1e-5 if exact else 5e-3)
    assert (together * one_by_one).sum(axis=1).min() > 0.9999
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_nothing_to_embed(minilm: Embedder) -> None:
    assert minilm.embed([]).shape == (0, 384)


def test_the_nearest_text_is_the_one_that_means_the_same(minilm: Embedder) -> None:
    vectors = minilm.embed(TEXTS)
    scores = vectors @ minilm.embed(["Are the truce talks still going on?"])[0]
    assert set(np.argsort(-scores)[:2].tolist()) == {0, 5}


def test_threads_may_share_it(minilm: Embedder) -> None:
    expected = minilm.embed(TEXTS)
    found: list[Vectors] = []
    threads = [threading.Thread(target=lambda: found.append(minilm.embed(TEXTS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(np.abs(vectors - expected).max() < 1e-5 for vectors in found)


def test_a_library_made_with_it_fits_its_256_tokens(minilm: Embedder, tmp_path: Path) -> None:
    sentences = [text for text in TEXTS if text]
    text = "\n\n".join(f"Paragraph {n}. {words}" for n in range(20) for words in sentences)
    article = Article(identify("a"), "Many things " * 20, "Courier", None, "none", text, "a")
    with Library.open(tmp_path / "library", minilm, create=True) as library:
        report = library.add([article])
        passages = library.passages(article.id)
        assert report.passages == len(passages) > 5
        lengths = minilm.count_tokens([embedded_text(article, passage) for passage in passages])
        assert max(lengths) <= minilm.max_tokens
        hits = library.dense(minilm.embed(["How long does dough rest?"])[0], 3)
        best = library.passage(hits[0][0])
        assert "Bread" in text[best.start : best.end]


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"modules\.json"):
        load_embedder(f"path:{tmp_path}")
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / "pytorch_model.bin").write_bytes(b"a pickle")
    with pytest.raises(ModelMissing, match="safetensors"):
        load_embedder(f"path:{tmp_path}")


def test_a_hub_model_that_is_not_cached_names_the_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelMissing) as caught:
        load_embedder("hf:dateline-test/none-such@0123abcd")
    assert caught.value.next_step == "hf download dateline-test/none-such --revision 0123abcd"
