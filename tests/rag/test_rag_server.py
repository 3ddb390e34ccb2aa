"""A model behind a server: what it streams, how it fails, and that it is stopped."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ModelUnreachable
from embeddings.embedders.models import resolve
from rag.events import Token
from rag.writing.generator import Message
from rag.writing.generators import load_generator
from rag.writing.generators.server import KEY_VARIABLE, ServerGenerator
from tests.rag.desks import HARBOUR_QUESTION, assert_promise, make_newsroom

ASKED = [
    Message("system", "Be brief."),
    Message("user", "Who spoke?"),
    Message("assistant", "Reyes."),
    Message("user", "When?"),
]


def chunk(text: str | None, **more: Any) -> str:
    choices = [{"index": 0, "delta": {"content": text}, "finish_reason": None}]
    event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return f"data: {json.dumps({**event, 'choices': choices, **more})}\n\n"


@dataclass
class Served:
    """A server on a free port, and what became of it."""

    url: str = ""
    lines: Callable[[], Iterator[str]] = lambda: iter(())
    status: int = 200
    kind: str = "text/event-stream"
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    sent: int = 0

    def generator(self) -> ServerGenerator:
        made = ServerGenerator(resolve(f"openai:{self.url}#m"))
        made._client = made._client.with_options(max_retries=0)  # a second try takes half a second
        return made

    def written(self, most: int = 100) -> str:
        return "".join(piece.text for piece in self.generator().stream(ASKED, max_tokens=most))


@pytest.fixture
def served() -> Iterator[Served]:
    made = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            made.requests.append(json.loads(self.rfile.read(length)))
            made.keys.append(self.headers["Authorization"])
            self.send_response(made.status)
            self.send_header("Content-Type", made.kind)
            self.end_headers()
            try:
                for line in made.lines():
                    self.wfile.write(line.encode("utf-8", "surrogatepass"))
                    self.wfile.flush()
                    made.sent += 1
            except (BrokenPipeError, ConnectionResetError):
                made.left.set()

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def endless() -> Iterator[str]:
    """Words for five seconds: who does not leave is seen, and hangs no test."""
    for _ in range(2500):
        yield chunk("word ")
        time.sleep(0.002)


def test_the_words_come_as_they_are_streamed_and_are_counted(served: Served) -> None:
    usage = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
    served.lines = lambda: iter(
        [
            chunk(None),
            chunk("On "),
            chunk(""),
            chunk("Tuesday."),
            chunk("", usage=usage),
            "data: [DONE]\n\n",
        ]
    )
    pieces = list(served.generator().stream(ASKED, max_tokens=9))
    assert "".join(piece.text for piece in pieces) == "On Tuesday."
    assert pieces[-1].prompt_tokens == 7
    assert pieces[-1].completion_tokens == 2


def test_the_server_is_asked_for_greedy_words_of_the_named_model(served: Served) -> None:
    served.written(9)
    (request,) = served.requests
    assert (request["model"], request["max_tokens"], request["temperature"]) == ("m", 9, 0)
    assert request["stream"] is True
    assert request["messages"] == [
        {"role": message.role, "content": message.content} for message in ASKED
    ]


def test_the_key_is_the_variables_and_none_is_needed(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.written()
    monkeypatch.setenv(KEY_VARIABLE, "secret")
    served.written()
    assert served.keys == ["Bearer none", "Bearer secret"]


def test_closing_the_stream_closes_the_connection(served: Served) -> None:
    served.lines = endless
    pieces = served.generator().stream(ASKED, max_tokens=10**6)
    assert next(pieces).text == "word "
    pieces.close()
    assert served.left.wait(5), "the server still writes"


def test_a_server_that_never_ends_is_left_after_the_most_tokens(served: Served) -> None:
    served.lines = endless
    assert served.written(5) == "word " * 5
    assert served.left.wait(5), "the server still writes"


def test_nothing_at_the_port_is_told_with_the_next_step() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    generator = ServerGenerator(resolve(f"openai:http://127.0.0.1:{port}/v1#m"))
    with pytest.raises(ModelUnreachable, match="does not answer") as caught:
        next(generator.stream(ASKED, max_tokens=5))
    assert f"127.0.0.1:{port}" in str(caught.value)
    assert "start the server" in str(caught.value)


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_a_server_that_refuses_is_told_with_its_status(served: Served, status: int) -> None:
    served.status, served.kind = status, "application/json"
    served.lines = lambda: iter([json.dumps({"error": {"message": "no model m here " * 100}})])
    with pytest.raises(ModelUnreachable, match=f"answered {status}") as caught:
        served.written()
    assert "no model m here" in str(caught.value)
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize(
    "lines",
    [
        ["data: {not json}\n\n"],
        [chunk("On "), "data: \x00\x01\n\n"],
        [chunk("On "), "data: []\n\n"],
        ["data: 7\n\n"],
        ['data: {"choices": [{}]}\n\n'],
        ['data: {"choices": [{"delta": null}]}\n\n'],
        ['data: {"choices": 7}\n\n'],
        ['data: {"choices": [{"delta": {"content": {"a": 1}}}]}\n\n'],
        ['data: {"error": {"message": "out of memory"}}\n\n'],
    ],
)
def test_garbage_is_told_in_plain_words(served: Served, lines: list[str]) -> None:
    served.lines = lambda: iter(lines)
    with pytest.raises(ModelUnreachable) as caught:
        served.written()
    assert served.url in str(caught.value)


@pytest.mark.parametrize(
    "lines",
    [
        ["<html>It works!</html>"],
        ["\n\n\n"],
        [],
        ["data: {}\n\n"],
        ['data: {"choices": []}\n\n'],
        [": keep-alive\n\n", "data: [DONE]\n\n"],
    ],
)
def test_a_server_that_says_nothing_comes_to_no_words(served: Served, lines: list[str]) -> None:
    served.lines = lambda: iter(lines)
    assert served.written() == ""


def test_a_connection_that_breaks_off_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                body = chunk("On ").encode()
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    b"Content-Length: 100000\r\n\r\n" + body
                )

        thread = threading.Thread(target=serve)
        thread.start()
        generator = ServerGenerator(resolve(f"openai:http://127.0.0.1:{port}/v1#m"))
        with pytest.raises(ModelUnreachable, match="does not answer"):
            list(generator.stream(ASKED, max_tokens=5))
        thread.join()


def test_a_character_that_is_sent_in_halves_does_no_harm(served: Served, tmp_path: Path) -> None:
    served.lines = lambda: iter([chunk("On \ud83d"), chunk("\ude00 Tuesday.")])
    with make_newsroom(tmp_path) as newsroom:
        newsroom._generator = served.generator()
        answer = newsroom.ask(HARBOUR_QUESTION)
        assert_promise(answer, newsroom)
    json.dumps(answer.to_dict(), ensure_ascii=False).encode()


def test_the_name_is_the_uri_and_loading_it_asks_nobody() -> None:
    uri = "openai:http://127.0.0.1:9/v1#m"
    assert load_generator(uri).name == uri


@pytest.mark.parametrize("style", ["short", "cited"])
def test_an_answer_by_a_server_keeps_the_promise_and_leaves_in_good_time(
    served: Served, tmp_path: Path, style: str
) -> None:
    said = "Mayor Ellen Reyes said that the work would cost 12.5 million pounds [1]. Aliens came."
    served.lines = lambda: iter([chunk(f"{word} ") for word in said.split()])
    with make_newsroom(tmp_path, style=style) as newsroom:
        newsroom._generator = served.generator()
        answer = newsroom.ask(HARBOUR_QUESTION)
        assert_promise(answer, newsroom)
        assert "12.5 million" in answer.text
        assert "Aliens" not in answer.text

        served.lines = endless
        stream = newsroom.stream(HARBOUR_QUESTION)
        for event in stream:
            if isinstance(event, Token):
                break
        stream.close()  # type: ignore[attr-defined]
        assert served.left.wait(5), "the server still writes"
