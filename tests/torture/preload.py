"""What every child needs, imported once in the fork server."""

from __future__ import annotations

import logging
import threading
from importlib import import_module

from tqdm import tqdm

# Left alone, tqdm makes a semaphore of the system in each child, and a killed child leaks it.
tqdm.set_lock(threading.RLock())

# What the library says of damage is listened to where it counts; nobody else needs to read it.
logging.getLogger().addHandler(logging.NullHandler())

for _name in (
    "click.testing",
    "corpus.readers.html",
    "corpus.readers.jsonl",
    "corpus.readers.markdown",
    "corpus.readers.table",
    "embeddings.library",
    "rag.cli",
    "rag.intake.indexing",
    "scipy.stats",
    "tests.torture.faults",
):
    import_module(_name)
