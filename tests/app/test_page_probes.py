"""Probes of the served page: files of this machine, other origins, and what is too large."""

from __future__ import annotations

import http.client
import json
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from gradio.utils import get_upload_folder

from page.desk.desk import Desk
from tests.app.doors import served_desk
from tests.app.payloads import elsewhere

ASKING_FIRST = {"Access-Control-Request-Method": "POST"}
SECRET = "words that nobody may read"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk, Path]]:
    folder = tmp_path_factory.mktemp("probed")
    (folder / "secret.txt").write_text(SECRET)
    with served_desk(folder) as (address, desk):
        (desk.folder / "taken.txt").write_text(SECRET)
        yield address, desk, folder


def send(
    address: str, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=30)
    connection.request(method, path, body or None, headers)
    response = connection.getresponse()
    return response.status, response.headers, response.read()


def spelled(path: str) -> list[str]:
    """A path in the spellings that have got past a check somewhere."""
    return [
        path,
        urllib.parse.quote(path, safe=""),
        urllib.parse.quote(urllib.parse.quote(path, safe=""), safe=""),
        path.replace("..", "%2e%2e"),
        path.replace("..", ".%2e").replace("/", "%2f"),
        path.replace("/", "\\"),
        f"./{path}",
        f"file://{path}",
        f"{path}%00.txt",
        f"{path}?raw=1#x",
    ]


def test_no_file_is_served_under_any_spelling(place: tuple[str, Desk, Path]) -> None:
    address, desk, folder = place
    targets = [
        str(folder / "secret.txt"),
        str(folder / "library" / "library.sqlite"),
        str(desk.folder / "taken.txt"),
        "/etc/passwd",
        "/proc/self/environ",
        "../../../../../../etc/passwd",
        "....//....//....//etc/passwd",
        f"assets/../../../../../../../..{folder}/secret.txt",
        "~/.ssh/id_rsa",
    ]
    routes = [
        "/gradio_api/file=",
        "/file=",
        "/gradio_api/file/",
        "/static/",
        "/assets/",
        "/svelte/",
    ]
    tried = 0
    for target in targets:
        for route in routes:
            for path in spelled(target):
                status, _, body = send(address, "GET", f"{route}{path}".replace(" ", "%20"))
                tried += 1
                assert status in (400, 403, 404, 405), f"{route}{path}: {status}"
                assert SECRET.encode() not in body, path
                assert b"root:" not in body, path
                assert b"SQLite format" not in body, path
    assert tried == 540


def test_the_server_fetches_nothing_for_a_client(place: tuple[str, Desk, Path]) -> None:
    address, *_ = place
    with elsewhere() as other:
        for route in ("/gradio_api/file=", "/gradio_api/proxy=", "/proxy=", "/gradio_api/stream/"):
            for target in (f"{other.url}/x", urllib.parse.quote(f"{other.url}/x", safe="")):
                status, *_ = send(address, "GET", f"{route}{target}")
                assert status in (400, 403, 404), f"{route}{target}: {status}"
        assert other.came == []


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.example",
        "http://127.0.0.1.evil.example",
        "http://localhost:1",
        "file://",
    ],
)
def test_another_origin_neither_reads_nor_acts(place: tuple[str, Desk, Path], origin: str) -> None:
    address, *_ = place
    for method, path in (
        ("GET", "/config"),
        ("GET", "/gradio_api/info"),
        ("GET", "/healthz"),
        ("OPTIONS", "/api/v1/ask"),
        ("OPTIONS", "/gradio_api/queue/join"),
    ):
        status, headers, _ = send(address, method, path, b"", Origin=origin, **ASKING_FIRST)
        allowed = headers.get("Access-Control-Allow-Origin")
        # Gradio tells pages of this machine's own names that they may read; none else.
        assert allowed is None or (allowed == origin and "localhost" in origin), path
    for path in (
        "/gradio_api/upload",
        "/gradio_api/queue/join",
        "/gradio_api/run/predict",
        "/gradio_api/cancel",
        "/login",
        "/mcp",
        "/api/v1/ask",
    ):
        status, _, body = send(address, "POST", path, b"{}", Origin=origin)
        assert status == 403, path
        assert b"Another page" in body


def test_the_host_must_be_this_machines(place: tuple[str, Desk, Path]) -> None:
    address, *_ = place
    for path in ("/", "/api/v1/openapi.json", "/mcp", "/healthz"):
        status, *_ = send(address, "GET", path, Host="rebound.example")
        assert status == 400, path


def test_an_upload_is_bounded_and_keeps_to_its_folder(place: tuple[str, Desk, Path]) -> None:
    address, _, folder = place

    def upload(name: str, size: int) -> tuple[int, bytes]:
        body = (
            (
                f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
                "Content-Type: text/plain\r\n\r\n"
            ).encode()
            + b"a" * size
            + b"\r\n--x--\r\n"
        )
        status, _, told = send(
            address, "POST", "/gradio_api/upload", body,
            **{"Content-Type": "multipart/form-data; boundary=x"},
        )  # fmt: skip
        return status, told

    status, _ = upload("large.txt", 11_000_000)
    assert status == 413
    for name in ("../../../escaped.txt", "/tmp/escaped.txt", "..%2f..%2fescaped.txt"):
        status, told = upload(name, 10)
        if status == 200:
            (path,) = json.loads(told)
            assert Path(path).resolve().is_relative_to(get_upload_folder())
    assert not (folder.parent / "escaped.txt").exists()
    assert not Path("/tmp/escaped.txt").exists()


def test_a_question_of_a_megabyte_is_refused_at_once(place: tuple[str, Desk, Path]) -> None:
    address, *_ = place
    body = json.dumps({"question": "why " * 250_000}).encode()
    for path in ("/api/v1/ask", "/api/v1/ask/stream", "/api/v1/search"):
        began = time.perf_counter()
        status, *_ = send(address, "POST", path, body, **{"Content-Type": "application/json"})
        assert status == 413
        assert time.perf_counter() - began < 1.0


@pytest.mark.parametrize("form", ["a" * 100_000, "(" * 100_000, "x?" * 50_000, "1,000 " * 20_000])
def test_what_would_keep_a_pattern_busy_is_never_matched(
    place: tuple[str, Desk, Path], form: str
) -> None:
    """Row 20: refused by its length, before a pattern or a tokenizer sees it."""
    _, desk, _ = place
    began = time.perf_counter()
    with pytest.raises(Exception, match="the limit is 2,000"):
        desk.newsroom.ask(form * 10)
    assert time.perf_counter() - began < 0.1
