"""Figures that a library does not have yet, or has from an older extractor, read and kept."""

from __future__ import annotations

import sqlite3
from itertools import islice
from pathlib import Path

from embeddings.store import figures
from embeddings.store.storage import unsearched

_ARTICLES_A_COMMIT = 64
"""Some 0.3 s of reading: what an interruption loses."""


def read_again(connection: sqlite3.Connection, folder: Path) -> int:
    """Reads the articles whose figures are missing or older than this extractor, and keeps them.

    A batch is committed at a time, so that what was interrupted goes on from there. Nothing that
    is searched changes.

    Args:
        connection: of the writer, with its lock held, and outside a transaction.
        folder: the library.

    Returns:
        How many articles were read.
    """
    waiting = figures.unread(connection)
    done = 0
    while ids := list(islice(waiting, _ARTICLES_A_COMMIT)):
        with unsearched(connection, folder):
            done += sum(figures.read_anew(connection, folder, article_id) for article_id in ids)
    return done
