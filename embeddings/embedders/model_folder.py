"""The folder of a sentence-transformers model on this disk, and the digest of its weights."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from corpus.errors import BadModelURI, ModelMissing
from embeddings.embedders.models import resolve


def model_folder(uri: str) -> Path:
    """Where the model of a URI lies. An hf: model is looked for in the local cache only.

    Raises:
        BadModelURI: it is no name of an embedder.
        ModelMissing: it is not on this machine.
    """
    ref = resolve(uri)
    if ref.scheme == "openai":
        raise BadModelURI(
            "a server's model cannot embed", where=uri, next_step="name a model on this disk"
        )
    if ref.scheme == "hf":
        return _cached(uri, ref.location, ref.revision)
    if not (ref.path / "modules.json").is_file():
        raise ModelMissing(
            "there is no sentence-transformers model there (no modules.json)",
            where=ref.path,
            next_step="name the folder that holds modules.json",
        )
    return ref.path


def weights_digest(folder: Path, uri: str) -> str:
    """SHA-256 of the model's safetensors file, hexadecimal; of all their digests if there are more.

    The layers after the pooling keep theirs in folders inside the model's.

    Raises:
        ModelMissing: it has none; other weight files can run code and are not read.
    """
    files = sorted(folder.rglob("*.safetensors"))
    if not files:
        raise ModelMissing(
            "the model has no safetensors file; other weight files can run code and are not read",
            where=uri,
            next_step="name a model that has model.safetensors",
        )
    return digest_of(files)


def digest_of(files: list[Path]) -> str:
    """SHA-256 of one file, or of the digests of several. A file that did not change is read once.

    Raises:
        OSError: a file cannot be read.
    """
    digests = [_digest(*_identity(file)) for file in files]
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _cached(uri: str, name: str, revision: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, revision=revision, local_files_only=True))
    except LocalEntryNotFoundError as error:
        raise ModelMissing(
            "the hub model is not in this machine's cache",
            where=uri,
            next_step=f"hf download {name} --revision {revision}",
        ) from error


def _identity(file: Path) -> tuple[Path, int, int]:
    status = file.stat()
    return file, status.st_size, status.st_mtime_ns


@lru_cache(maxsize=256)
def _digest(file: Path, _size: int, _changed: int) -> str:
    # Size and time of change are part of the key: a file that was exchanged is read again.
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
