"""Row 9: another embedder of the same dimension; it is refused, with the way to change."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.errors import EmbedderMismatch
from embeddings import load_embedder
from embeddings.embedders.embedder import Embedder, EmbedderFingerprint, Vectors
from embeddings.embedders.hashing import HashEmbedder
from embeddings.embedders.models import DEFAULT_EMBEDDER, resolve
from embeddings.library import Library
from tests.torture import observe
from tests.torture.made import every
from tests.torture.row import Fault, Row, Tally

FAULT = Fault(
    number=9,
    name="embedder changed, same dimension",
    cause="a library opened with an embedder of another name, other weights, pooling, prefix or "
    "normalisation, by turns",
    must="refused, naming what differs and the command that rebuilds; that command then works and "
    "makes the vectors of the new one",
    full=5,
    quick=5,
)
SWAPS: tuple[str, ...] = ("name", "weights", "pooling", "prefix", "normalised")
_ARTICLES = 4


class Swapped(HashEmbedder):
    """Another embedder as far as anybody can tell: other vectors under another fingerprint."""

    def __init__(self, swap: str) -> None:
        super().__init__()
        changes: Mapping[str, object] = {
            "name": "path:/models/another",
            "weights": "0" * 64,
            "pooling": "cls",
            "prefix": "passage: ",
            "normalised": False,
        }
        self._other = replace(super().fingerprint, **{swap: changes[swap]})  # type: ignore[arg-type]

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """Differs in one field."""
        return self._other

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The negative of what the other one says."""
        return np.negative(super().embed(texts))


def run(n: int, seed: int, folder: Path) -> Row:
    """Swaps `n` times, by turns."""
    tally = Tally(FAULT)
    for number in range(n):
        swap = SWAPS[number % len(SWAPS)]
        path = folder / f"library-{number}"
        with Library.open(path, HashEmbedder(), create=True) as library:
            library.add(every(_ARTICLES, edition=seed))
        tally.count(swap, _harm(path, swap, HashEmbedder(), Swapped(swap)))
    return tally.row()


def run_real(n: int, seed: int, folder: Path) -> Row:
    """The same with the default model, its own files changed where they lie."""
    tally = Tally(FAULT)
    model = folder / "model"
    changes: Mapping[str, Callable[[Path], None]] = {
        "weights": _other_weights,
        "pooling": _other_pooling,
        "prefix": _with_prefix,
        "normalised": _unnormalised,
        "name": lambda _: None,
    }
    for number in range(n):
        swap = SWAPS[number % len(SWAPS)]
        shutil.rmtree(model, ignore_errors=True)
        shutil.copytree(resolve(DEFAULT_EMBEDDER).path, model)
        path = folder / f"library-{number}"
        before = load_embedder(f"path:{model}")
        with Library.open(path, before, create=True) as library:
            library.add(every(_ARTICLES, edition=seed))
        changes[swap](model)
        if swap == "name":
            model.rename(folder / "renamed")
            after = load_embedder(f"path:{folder / 'renamed'}")
            shutil.rmtree(folder / "renamed")
        else:
            after = load_embedder(f"path:{model}")
        tally.count(swap, _harm(path, swap, before, after))
    return tally.row("all-MiniLM-L6-v2, its files changed in place")


def _harm(path: Path, swap: str, before: Embedder, after: Embedder) -> str:
    held = observe.look(path, embedder=before)
    try:
        Library.open(path, after).close()
    except EmbedderMismatch as error:
        command = f"dateline index --library {shlex.quote(str(path))} --rebuild"
        if command not in error.next_step or swap not in error.what:
            return f"not clear: {error}"
    else:
        # A change that changes no vector may pass: Dateline normalises whatever a model says.
        texts = [article.text for article in every(_ARTICLES)]
        same = np.array_equal(before.embed(texts), after.embed(texts))
        return "" if same else "it was let in"
    if observe.harm(observe.look(path, embedder=before), held):
        return "the refusal changed the library"
    Library.rebuild(path, after).close()
    with Library.open(path, after) as library:
        passage = library.passages(next(library.articles()).id)[0]
        (_, score), *_ = library.dense(library.vectors([passage.id])[0], 1)
        length = float(np.linalg.norm(library.vectors([passage.id])[0]))
    return "" if abs(score - length**2) < 1e-3 else "the rebuilt library does not find itself"


def _other_weights(model: Path) -> None:
    """The lowest bit of the last weight."""
    file = model / "model.safetensors"
    data = bytearray(file.read_bytes())
    data[-4] ^= 1
    file.write_bytes(data)


def _other_pooling(model: Path) -> None:
    file = model / "1_Pooling" / "config.json"
    config = json.loads(file.read_text())
    config["pooling_mode_mean_tokens"], config["pooling_mode_cls_token"] = False, True
    file.write_text(json.dumps(config))


def _with_prefix(model: Path) -> None:
    file = model / "config_sentence_transformers.json"
    config = json.loads(file.read_text()) if file.exists() else {}
    config |= {"prompts": {"passage": "passage: "}, "default_prompt_name": "passage"}
    file.write_text(json.dumps(config))


def _unnormalised(model: Path) -> None:
    file = model / "modules.json"
    modules = [part for part in json.loads(file.read_text()) if "Normalize" not in part["type"]]
    file.write_text(json.dumps(modules))
