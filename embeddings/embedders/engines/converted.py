"""A converted model in the user's cache folder: whole, or as if it were not there.

    model-1a2b3c4d5e6f-openvino-2026.4.1-1/
        model.xml, model.bin    the model, from token ids to one vector a text
        tokenizer.json          texts to token ids
        about.json              what else an embedder has to know of it
        expected.npy            the model's own vectors of `agreement.TEXTS`
        sha256.json             of each of these

The folder is named after everything that the conversion reads, so that a model whose weights,
pooling or tokenizer changed is another one. It gets its name only when all of it is written.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import logging
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock
from platformdirs import user_cache_path
from pydantic import TypeAdapter, ValidationError

from corpus.errors import EngineUnusable
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.model_folder import digest_of

MODEL, TOKENIZER, EXPECTED = "model.xml", "tokenizer.json", "expected.npy"
_WEIGHTS, _ABOUT, _SUMS = "model.bin", "about.json", "sha256.json"
_NAMES = (MODEL, _WEIGHTS, TOKENIZER, _ABOUT, EXPECTED)
_READ = ("*.safetensors", "*.json", "*.txt", "*.model")
"""What sentence-transformers reads of a model's folder, and of the folders inside it."""

_FORM = "1"
"""Counts up when what is written into the folder changes."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class About:
    """What an embedder has to know of a converted model.

    Attributes:
        pooling, prefix, dimensions: as in `EmbedderFingerprint`.
        max_tokens: the most tokens of one text that the model reads.
        inputs: names of its inputs, in its order.
        pad_id, pad_type: the token that fills a row up, and its type.
    """

    pooling: str
    prefix: str
    dimensions: int
    max_tokens: int
    inputs: tuple[str, ...]
    pad_id: int
    pad_type: int


_ABOUT_FORM = TypeAdapter(About)
_SUMS_FORM = TypeAdapter(dict[str, str])

Convert = Callable[[Path, Path], tuple[About, Vectors]]
"""Writes model.xml, model.bin and tokenizer.json of a model's folder into another folder."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A converted model that is whole.

    Attributes:
        folder: where it lies.
        about: what else there is to know.
        expected: the model's own vectors of `agreement.TEXTS`.
    """

    folder: Path
    about: About
    expected: Vectors


def converted(source: Path, convert: Convert) -> Converted:
    """The converted form of the model in a folder; made by `convert` where it is not there.

    Raises:
        EngineUnusable: the model cannot be converted, or the cache folder cannot be written.
    """
    target = _place(source)
    if (found := _whole(target)) is not None:
        return found
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Two first starts at once would both convert; the second waits and finds it done.
        with FileLock(f"{target}.lock"):
            if (found := _whole(target)) is None:
                _write(source, target, convert)
                found = _whole(target)
    except OSError as error:
        raise EngineUnusable(
            f"the converted model cannot be kept: {error.strerror or error}",
            where=target.parent,
            next_step="make room there, or set XDG_CACHE_HOME to a folder that can be written",
        ) from error
    if found is None:
        raise EngineUnusable(
            "the converted model does not read back as it was written",
            where=target,
            next_step="check the disk",
        )
    return found


def _place(source: Path) -> Path:
    files = sorted({file for pattern in _READ for file in source.rglob(pattern)})
    digest = digest_of([file for file in files if file.is_file()])
    version = importlib.metadata.version("openvino")
    name = f"{source.name}-{digest[:12]}-openvino-{version}-{_FORM}"
    return user_cache_path("dateline") / "models" / name


def _whole(folder: Path) -> Converted | None:
    """What the folder holds, or None where something is missing or not as it was written."""
    if not folder.is_dir():
        return None
    try:
        sums = _SUMS_FORM.validate_json((folder / _SUMS).read_bytes())
        if sums.keys() != set(_NAMES):
            raise ValueError(f"{_SUMS} names other files")
        for name, digest in sums.items():
            if _sha256(folder / name) != digest:
                raise ValueError(f"{name} is damaged")
        about = _ABOUT_FORM.validate_json((folder / _ABOUT).read_bytes())
        expected = np.load(folder / EXPECTED, allow_pickle=False)
    except (OSError, ValidationError, ValueError) as error:
        log.warning("%s is not whole and is made anew: %s", folder, error)
        return None
    return Converted(folder, about, expected)


def _write(source: Path, target: Path, convert: Convert) -> None:
    with tempfile.TemporaryDirectory(prefix=".converting-", dir=target.parent) as scratch:
        new = Path(scratch) / "new"
        new.mkdir()
        about, expected = convert(source, new)
        (new / _ABOUT).write_text(json.dumps(asdict(about)), encoding="utf-8")
        np.save(new / EXPECTED, expected, allow_pickle=False)
        sums = {name: _sha256(new / name) for name in _NAMES}
        (new / _SUMS).write_text(json.dumps(sums), encoding="utf-8")
        if target.exists():
            # A damaged one. Where another process has mapped its files, they live on for it.
            target.rename(Path(scratch) / "damaged")
        new.rename(target)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
