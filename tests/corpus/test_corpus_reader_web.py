"""Web addresses: only when allowed, only within bounds, and never to a private network."""

from __future__ import annotations

import gzip
import http.server
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus
from corpus.errors import MissingPath, NetworkOff
from corpus.readers.web import address_of
from tests.corpus.readers_stand import LEAD, MORE, page, read, write

FEED = (
    "<rss version='2.0'><channel><title>Eastport Times</title>"
    + "".join(
        f"<item><title>Item {n}</title><link>https://example.org/{n}</link>"
        f"<description>{LEAD} {n}.</description></item>"
        for n in range(3)
    )
    + "</channel></rss>"
)


class _Handler(http.server.BaseHTTPRequestHandler):
    seen: list[str]

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.seen.append(self.path)  # type: ignore[attr-defined]
        answers = {
            "/page": ("text/html; charset=utf-8", page().encode()),
            "/feed": ("application/rss+xml", FEED.encode()),
            "/rows.csv": ("text/plain", f"title,text\nOne,{LEAD}\n".encode()),
            "/rows.jsonl.gz": (
                "application/gzip",
                gzip.compress(json.dumps({"title": "Row", "text": LEAD}).encode()),
            ),
            "/photo": ("image/jpeg", b"\xff\xd8"),
            "/long": ("text/plain", b"word " * 100_000),
            "/a b/caf\u00e9": ("text/plain", LEAD.encode()),
        }
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", path.removeprefix("/to/").replace("_", "/"))
            self.end_headers()
        elif path == "/loop":
            self.send_response(301)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif path in ("/slow", "/drip"):
            self._slowly(path)
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(LEAD.encode())
        elif path == "/a%20b/caf%C3%A9":
            self._answer(*answers["/a b/caf\u00e9"])
        elif path in answers:
            self._answer(*answers[path])
        else:
            self.send_error(404)

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _slowly(self, path: str) -> None:
        try:
            self.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"\r\n" if path == "/drip" else b""))
            for _ in range(100):
                self.wfile.write(b"X-A: b\r\n" if path == "/slow" else b"word ")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        running.daemon_threads = True
        running.seen = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def site(server: http.server.ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


LOCAL = corpus.ReadOptions(network=True, allow_private=True, timeout=10)


def refusal(url: str, options: corpus.ReadOptions = LOCAL) -> str:
    articles, rejected = read(url, options)
    assert articles == []
    assert [entry.source for entry in rejected] == [url]
    return rejected[0].reason


@pytest.mark.parametrize(
    "given", ["https://example.org/a", "HTTP://example.org", Path("https://example.org/a")]
)
def test_the_network_is_off_unless_it_is_turned_on(given: str | Path) -> None:
    with pytest.raises(NetworkOff, match=r"example\.org") as caught:
        corpus.read([given])
    assert "network=True" in caught.value.next_step


def test_addresses() -> None:
    assert address_of(Path("https://example.org/a")) == "https://example.org/a"
    assert address_of("HTTPS://example.org/a") == "https://example.org/a"
    assert address_of("articles/https/a.txt") is None
    assert address_of("ftp://example.org/a") is None
    with pytest.raises(MissingPath):
        corpus.read(["ftp://example.org/a"])


def test_a_page(site: str) -> None:
    articles, rejected = read(f"{site}/page", LOCAL)
    assert rejected == []
    assert articles[0].text == f"{LEAD}\n\n{MORE}"
    assert articles[0].url == articles[0].source == f"{site}/page"
    assert articles[0].published is None


def test_a_feed_gives_its_entries(site: str) -> None:
    articles, rejected = read([f"{site}/feed"], LOCAL)
    assert rejected == []
    assert [article.url for article in articles] == [f"https://example.org/{n}" for n in range(3)]
    assert articles[2].source == f"{site}/feed#3"


def test_other_forms(site: str) -> None:
    articles, rejected = read([f"{site}/rows.csv", f"{site}/rows.jsonl.gz?x=1"], LOCAL)
    assert ([article.title for article in articles], rejected) == (["One", "Row"], [])
    # A row of a table does not stand at the table's own address.
    assert [article.url for article in articles] == [None, None]
    assert "not a form" in refusal(f"{site}/photo")


def test_an_address_with_spaces_and_accents(site: str) -> None:
    assert len(read(f"{site}/a b/caf\u00e9", LOCAL)[0]) == 1


def test_redirects(site: str) -> None:
    articles, rejected = read(f"{site}/to/_page", LOCAL)
    assert (articles[0].url, rejected) == (f"{site}/page", [])
    assert "redirected more than" in refusal(f"{site}/loop")
    assert "not an http or https" in refusal(f"{site}/to/file:___etc_passwd")


def test_what_is_not_there(site: str) -> None:
    assert "404" in refusal(f"{site}/nowhere")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be fetched" in refusal(f"http://127.0.0.1:{port}/")
    assert "missing" in refusal(f"{site}/cut")
    assert "cannot be fetched" in refusal(site.replace("http:", "https:"))
    assert "name and a password" in refusal(f"http://user:word@{site.partition('://')[2]}/page")
    assert "not a web address" in refusal("http://127.0.0.1:99999/")


def test_size_and_time_are_bounded(site: str) -> None:
    small = corpus.ReadOptions(network=True, allow_private=True, max_download=1000)
    assert "larger than 1,000 bytes" in refusal(f"{site}/long", small)
    quick = corpus.ReadOptions(network=True, allow_private=True, timeout=0.4)
    for path in ("/slow", "/drip"):
        began = time.monotonic()
        assert "too long" in refusal(f"{site}{path}", quick)
        assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254",
        "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]",
        "100.64.0.1", "224.0.0.1", "2130706433", "0x7f.1", "[2002:7f00:1::]",
    ],
)  # fmt: skip
def test_private_addresses_are_not_asked(host: str) -> None:
    reason = refusal(f"http://{host}:9/", corpus.ReadOptions(network=True, timeout=5))
    assert "private network" in reason or "cannot be fetched" in reason
    if host[0].isdigit() and host.count(".") == 3:
        assert "private network" in reason


def test_nothing_is_sent_to_a_private_address(
    site: str, server: http.server.ThreadingHTTPServer
) -> None:
    assert "private" in refusal(f"{site}/page", corpus.ReadOptions(network=True))
    assert server.seen == []  # type: ignore[attr-defined]


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    server: http.server.ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is checked and private when it is asked again."""
    answers = ["203.0.113.1", "127.0.0.1"]
    asked: list[str] = []

    def look_up(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[len(asked) - 1], port))]

    monkeypatch.setattr("corpus.readers.web.socket.getaddrinfo", look_up)
    monkeypatch.setattr("corpus.readers.web._is_public", lambda address: address != "127.0.0.1")
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        assert timeout > 0
        connected.append(address)
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr("corpus.readers.web.socket.create_connection", connect)
    port = server.server_port
    options = corpus.ReadOptions(network=True, timeout=5)
    assert "cannot be fetched" in refusal(f"http://rebound.example:{port}/page", options)
    assert connected == [("203.0.113.1", port)]
    assert asked == ["rebound.example"]


def test_addresses_and_files_together(site: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", LEAD)
    articles, rejected = read([path, f"{site}/page", f"{site}/page"], LOCAL)
    assert (len(articles), rejected) == (2, [])
