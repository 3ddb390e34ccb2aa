"""MinHash: a few numbers that tell of two lists of words whether they may be nearly the same.

With banding, after Broder 1997 and Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*,
chapter 3. It is thirty lines of numpy and not `datasketch`: importing that costs 1.3 s, for it
loads scipy, and its signatures of 72 values take three times as long.
"""

from __future__ import annotations

import hashlib
import zlib

import numpy as np
from numpy.typing import NDArray

Signature = NDArray[np.uint32]
Shingles = NDArray[np.uint64]

SHINGLE_WORDS = 3
LEAD_SHINGLES = 50

# Three values a band: two texts that share 0.5 of their shingles meet in one of 16 bands with
# 1 - (1 - 0.5³)¹⁶ = 0.88, texts that share 0.1 with 0.02. The beginnings have bands of their own,
# because a copy that was cut to a third shares little of the whole and nearly all of the beginning.
ROWS = 3
WHOLE_BANDS, LEAD_BANDS = 16, 8
BANDS = WHOLE_BANDS + LEAD_BANDS
VALUES = ROWS * BANDS
# Of a million articles two unlike ones share a key of 64 bits with probability 3e-8.
_KEY_BYTES = 8


# Multipliers of a hash by multiply-add on 64 bits, which a fixed seed makes the same everywhere:
# signatures are stored.
_RANDOM = np.random.Generator(np.random.PCG64(1997))
_FACTORS = _RANDOM.integers(0, 2**63, VALUES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_TERMS = _RANDOM.integers(0, 2**63, VALUES, dtype=np.uint64)
_PLACES = _RANDOM.integers(0, 2**63, SHINGLE_WORDS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_SHIFT = np.uint64(32)


def shingles_of(found: list[str]) -> Shingles:
    """One number for each three words in a row, in order; shape (max(0, words - 2),)."""
    if len(found) < SHINGLE_WORDS:
        return np.zeros(0, dtype=np.uint64)
    codes = np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in found], np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(codes, SHINGLE_WORDS)
    mixed = (runs * _PLACES).sum(axis=1, dtype=np.uint64)
    # The lower bits of a product know nothing of the higher ones of its factors.
    mixed ^= mixed >> _SHIFT
    mixed *= _FACTORS[0]
    return np.asarray(mixed ^ (mixed >> _SHIFT), dtype=np.uint64)


def minhash(shingles: Shingles) -> Signature | None:
    """The MinHash values of a text's shingles, shape (VALUES,): of all, then of the first ones.

    None for a text without three words in a row, which is like nothing.
    """
    if not len(shingles):
        return None
    whole = ROWS * WHOLE_BANDS
    return np.concatenate(
        (
            _least(np.unique(shingles), _FACTORS[:whole], _TERMS[:whole]),
            _least(np.unique(shingles[:LEAD_SHINGLES]), _FACTORS[whole:], _TERMS[whole:]),
        )
    )


def bands(values: Signature) -> list[tuple[int, bytes]]:
    """(band, key) pairs of a signature; articles that share one are worth comparing."""
    parts = np.split(values.astype("<u4"), BANDS)
    return [
        (band, hashlib.blake2b(part.tobytes(), digest_size=_KEY_BYTES).digest())
        for band, part in enumerate(parts)
    ]


def could_be_copies(one: Signature, other: Signature) -> bool:
    """A quick look at two signatures: False only where the texts can hardly be copies.

    The estimate of the beginnings' likeness from 24 values has a standard error of at most 0.1,
    that of the wholes' from 48 one of at most 0.07.
    """
    same = one == other
    whole = ROWS * WHOLE_BANDS
    return bool(same[:whole].mean() >= 0.2 or same[whole:].mean() >= 0.25)


def _least(shingles: Shingles, factors: NDArray[np.uint64], terms: NDArray[np.uint64]) -> Signature:
    values = shingles[:, None] * factors + terms
    return np.asarray(values.min(axis=0) >> _SHIFT, dtype=np.uint32)
