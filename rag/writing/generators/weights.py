"""A GGUF file's weights, unpacked once and kept as safetensors in the user's cache folder.

Unpacking SmolLM2's 98 MB takes tens of seconds; loading what was unpacked takes under one.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from platformdirs import user_cache_path
from tqdm import tqdm

from corpus.errors import ModelError
from embeddings.embedders.models import ModelRef
from embeddings.embedders.quiet import no_bars

if TYPE_CHECKING:
    import torch

_FORM = "1"
"""Counts up when what is written into the folder changes."""


def ready_folder(ref: ModelRef, dtype: torch.dtype) -> str:
    """The folder (or hub id) that `from_pretrained` loads quickly.

    Raises:
        ModelError: the GGUF file cannot be read, or the cache folder cannot be written.
    """
    if ref.scheme == "hf" or not ref.location.endswith(".gguf"):
        return ref.location
    source = ref.path
    name = f"{source.stem}-{_digest(source)[:12]}-{str(dtype).removeprefix('torch.')}-{_FORM}"
    target = user_cache_path("dateline") / "models" / name
    if target.is_dir():
        return str(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Two first starts at once would both unpack; the second waits and finds it done.
        with FileLock(target.with_suffix(".lock")):
            if not target.is_dir():
                with no_bars():
                    _unpack(source, target, dtype)
    except OSError as error:
        raise ModelError(
            f"the model cannot be unpacked: {error.strerror or error}",
            where=target.parent,
            next_step="make room there, or set XDG_CACHE_HOME to a folder that can be written",
        ) from error
    except (ValueError, LookupError, TypeError, RuntimeError, struct.error) as error:
        # What transformers raises for a file that is cut short or no GGUF at all.
        raise ModelError(
            f"the model cannot be unpacked: {error!s:.200}",
            where=source,
            next_step="check that it is a whole GGUF file of a model that transformers knows",
        ) from error
    return str(target)


def _unpack(source: Path, target: Path, dtype: torch.dtype) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    steps = tqdm(desc="Unpacking the language model (once)", total=3, unit=" steps")
    packed = AutoModelForCausalLM.from_pretrained(
        source.parent,
        gguf_file=source.name,
        dtype=torch.float32,
        quantization_config=GgufConfig(dequantize=True),
    )
    steps.update()
    config = packed.config
    vars(config).pop("quantization_config", None)
    # transformers refuses to save a model that came from a GGUF file, even when its weights are
    # dense by now. A new model around the same weights is saved like any other.
    dense = AutoModelForCausalLM.from_config(config)  # type: ignore[no-untyped-call]
    dense.load_state_dict(packed.state_dict())
    dense.generation_config = packed.generation_config
    # A folder that is there is whole: it gets its name only when everything lies in it.
    scratch = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=target.parent))
    try:
        dense.to(dtype).save_pretrained(scratch)
        steps.update()
        tokenizer = AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name)
        tokenizer.save_pretrained(scratch)
        steps.update()
        scratch.replace(target)
    finally:
        steps.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
