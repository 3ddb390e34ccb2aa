"""An answer by a real OpenAI-compatible server: `transformers serve` with the unpacked SmolLM2."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rag
from corpus.errors import ModelUnreachable
from embeddings.embedders.embedder import Embedder
from embeddings.embedders.models import DEFAULT_GENERATOR, resolve
from rag.events import Token
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generator import Message
from rag.writing.generators import load_generator
from rag.writing.generators.weights import ready_folder
from tests.rag.desks import HARBOUR_QUESTION, assert_promise, write_articles

if TYPE_CHECKING:
    from rag.writing.generators.local import LocalGenerator

pytestmark = pytest.mark.model

PATIENCE = 120.0
"""Seconds until the server must be up; it takes about 15 on two cores."""


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, real_generator: LocalGenerator
) -> Iterator[str]:
    """The model URI of a server that is up."""
    # Of the weights that are unpacked already, so that none are unpacked for the test alone.
    folder = ready_folder(resolve(DEFAULT_GENERATOR), real_generator._model.dtype)
    log = tmp_path_factory.mktemp("serve") / "log.txt"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("transformers")), "serve", folder]
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    try:
        wait_until_up(f"http://127.0.0.1:{port}/health", process, log)
        yield f"openai:http://127.0.0.1:{port}/v1#{folder}"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"`transformers serve` did not come up:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="module")
def newsroom(
    server: str, tmp_path_factory: pytest.TempPathFactory, real_embedder: Embedder
) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("served")
    with rag.open(
        folder / "library",
        add=[write_articles(folder / "articles")],
        settings=Settings(model=server, least_answerable=0.0),
        embedder=real_embedder,
        progress=False,
    ) as opened:
        yield opened


def test_an_answer_by_the_server_keeps_the_promise(newsroom: Newsroom, server: str) -> None:
    assert newsroom.settings.answer_options().prompt.style == "cited"
    answer = newsroom.ask(HARBOUR_QUESTION)
    assert_promise(answer, newsroom)
    assert answer.status in ("answered", "quoted")
    assert answer.citations
    assert answer.usage.completion_tokens > 0
    assert answer.usage.prompt_tokens > 0
    assert answer.fingerprint["generator"] == server


def test_leaving_early_leaves_the_server_free(newsroom: Newsroom) -> None:
    stream = newsroom.stream(HARBOUR_QUESTION)
    for event in stream:
        if isinstance(event, Token):
            break
    began = time.perf_counter()
    stream.close()  # type: ignore[attr-defined]
    assert time.perf_counter() - began < 5.0
    asked = [Message("user", "Who spoke?")]
    assert list(newsroom.generator.stream(asked, max_tokens=4))


def test_a_model_that_the_server_does_not_have_is_told(server: str) -> None:
    generator = load_generator(server.partition("#")[0] + "#no-such-model")
    with pytest.raises(ModelUnreachable, match="answered 4"):
        list(generator.stream([Message("user", "Who spoke?")], max_tokens=4))
