"""One pair of real models and one browser for all tests that need them; folders in memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from embeddings.embedders.embedder import Embedder
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generator import Generator

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""
ROOM = 2 * 1024**3
"""Bytes that must be free there."""


def pytest_configure() -> None:
    """Put the tests' folders into memory, where none waits for a disk to be flushed.

    On a busy machine the tests of snapshots took 88 s on the disk and 25 s here. What is at stake
    in the wait is shown on the disk: tests/torture has its folders there.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        reason = f"needs {CHROMIUM}; on Debian: apt install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def real_embedder() -> Embedder:
    """all-MiniLM-L6-v2."""
    from embeddings import load_embedder

    return load_embedder()


@pytest.fixture(scope="session")
def real_generator() -> Generator:
    """SmolLM2-135M-Instruct as it ships, with the trained answerer: it replies as untrained but
    where it is held to `Citing`."""
    from rag.adapters.which import AUTO
    from rag.writing.generators import load_generator

    return load_generator(answerer=AUTO)


@pytest.fixture(scope="session")
def sample_newsroom(
    tmp_path_factory: pytest.TempPathFactory, real_embedder: Embedder, real_generator: Generator
) -> Iterator[Newsroom]:
    """The sample briefs, with both real models."""
    from rag.sample_library import open_sample

    cache = tmp_path_factory.mktemp("cache")
    with open_sample(
        cache, settings=Settings(), embedder=real_embedder, generator=real_generator
    ) as newsroom:
        yield newsroom
