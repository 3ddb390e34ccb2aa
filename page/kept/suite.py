"""The suite of eval samples that a reader's judgements make: one file for each library.

The file is the truth. A person may edit it, and `dateline-eval run FILE` reads it; a sample that
is made again takes the place of the one with its id.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from corpus.errors import EvalError
from evals.suites import load_suite, save_suite

if TYPE_CHECKING:
    from evals.sample import Sample

PATIENCE = 10.0
"""Seconds to wait for another process that is writing the file, which takes milliseconds."""

_UNFIT = re.compile(r"[^\w.-]+")


def suite_file(folder: Path, owner: str, library: str) -> Path:
    """Where the samples of one owner and one library are: each has a file of its own.

    Args:
        folder: that of the kept conversations.
    """
    digest = hashlib.sha256(f"{owner}\0{library}".encode("utf-8", "surrogatepass")).hexdigest()
    name = _UNFIT.sub("-", Path(library).name).strip("-.")[:40] or "library"
    return folder / "judged" / f"{name}-{digest[:12]}.jsonl"


def add_sample(file: Path, sample: Sample) -> int:
    """Put a sample into the file, in the place of one with its id.

    Returns:
        How many samples the file has then.

    Raises:
        EvalError: the file cannot be read as a suite, or not be written; nothing in it is lost.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(f"{file}.lock", timeout=PATIENCE):
            kept = load_suite(file).samples if file.exists() else ()
            samples = {one.id: one for one in kept} | {sample.id: sample}
            # Written aside first, so that a kill or a full disk leaves the old one whole.
            fresh = file.with_name(f".{file.name}")
            save_suite(tuple(samples.values()), fresh)
            fresh.replace(file)
    except Timeout as error:
        raise EvalError(
            "Another process is writing this suite", where=file, next_step="try again"
        ) from error
    except OSError as error:
        raise EvalError(
            f"The suite cannot be written: {error.strerror or error}",
            where=file,
            next_step="check the disk and its permissions",
        ) from error
    return len(samples)
