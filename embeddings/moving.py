"""A library from one place to another, and back: nothing is embedded anew."""

from __future__ import annotations

from embeddings.intake.report import Progress
from embeddings.protocol import LibraryLike


def copy_library(source: LibraryLike, target: LibraryLike, progress: Progress | None = None) -> int:
    """Copies every article of a library into another, with versions, group and vectors.

    Each batch is committed, so that a copy that was interrupted can be made again; an article
    that is in the target already is replaced whole. What stands in the target alone stays.

    Args:
        source: is only read. Nothing should be written to it meanwhile.
        target: must have the same embedder. Open it with `expected_passages` where it is made
            for this.
        progress: called after every commit, with `added` and `passages` so far.

    Returns:
        How many articles were copied.

    Raises:
        ValueError: the embedders differ.
        LibraryError: as `restore` of the target says.
    """
    if source.fingerprint != target.fingerprint:
        raise ValueError("the libraries have different embedders")
    return target.restore(source.everything(), progress=progress)
