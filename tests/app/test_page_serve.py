from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import socket
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from evals.store import RunStore
from page.desk.desk import Desk
from page.evals.bench import Bench
from page.layout import build
from page.serving.headers import SecurityHeaders, content_security_policy
from page.serving.serve import SCRIPT, CannotServe, is_loopback, require_auth, serve
from tests.app.conftest import served
from tests.app.doors import FIGURE, served_desk
from tests.app.newsrooms import StandIn, answered


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(StandIn(answered)) as address:
        yield address


def get(address: str, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=10)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response, response.read()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]"])
def test_loopback_needs_no_password(host: str) -> None:
    assert is_loopback(host)
    require_auth(host, None)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org", ""])
def test_any_other_host_without_a_password_is_refused(host: str) -> None:
    with pytest.raises(CannotServe, match="without a password") as refusal:
        require_auth(host, None)
    assert "DATELINE_CHAT_AUTH" in str(refusal.value)
    require_auth(host, ("desk", "secret"))


def test_a_taken_port_is_a_clear_error() -> None:
    room = StandIn(answered)
    with socket.socket() as taken, Desk(room.newsroom) as desk, Bench(desk) as bench:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotServe, match="cannot be served"):
            serve(build(desk, bench), desk, port=taken.getsockname()[1])


def test_the_policy_names_no_other_origin() -> None:
    policy = content_security_policy(b"<script>one()</script><script src='x.js'></script>")
    digest = base64.b64encode(hashlib.sha256(b"one()").digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src", 1)[1].split(";", 1)[0]
    assert not re.search(r"https?:|\*", policy)


def test_the_page_is_served_with_a_policy_that_names_its_scripts(address: str) -> None:
    response, body = get(address, "/")
    assert response.status == 200
    assert response.headers["Content-Security-Policy"] == content_security_policy(body)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_every_answer_of_the_server_carries_the_policy(address: str) -> None:
    for path in ("/config", "/gradio_api/info", "/nowhere", "/theme.css"):
        response, _ = get(address, path)
        assert "default-src 'self'" in response.headers["Content-Security-Policy"], path


def test_the_pages_own_script_comes_from_this_server_and_names_no_other(address: str) -> None:
    response, body = get(address, "/dateline.js")
    assert response.status == 200
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert body == SCRIPT.read_bytes()
    assert not re.search(rb"https?:|\beval\b|innerHTML|new Function", body)
    _, page = get(address, "/")
    assert b"./dateline.js" in page


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_another_name_for_this_machine_is_turned_away(address: str, host: str) -> None:
    response, _ = get(address, "/", Host=host)
    assert response.status == 400


@pytest.mark.parametrize("origin", ["null", "http://evil.example"])
def test_another_origin_is_not_let_in(address: str, origin: str) -> None:
    response, _ = get(address, "/config", Origin=origin)
    assert response.headers.get("Access-Control-Allow-Origin") is None


def test_no_file_of_this_machine_is_served(tmp_path: Path) -> None:
    secret = tmp_path / "library.sqlite3"
    secret.write_text("secret words")
    page_file = Path(__file__).resolve()
    room = StandIn(answered)
    runs = tmp_path / "runs.sqlite"
    with RunStore.open(runs), Desk(room.newsroom) as desk, Bench(desk, runs) as bench:
        report = desk.folder / "report.html"
        report.write_text("secret words")
        page = build(desk, bench)
        address = serve(page, desk, port=0)
        paths = (*map(str, (secret, runs, report, page_file)), "/etc/passwd")
        try:
            for path in (*paths, "../../../../etc/passwd"):
                for probe in (
                    path,
                    urllib.parse.quote(path, safe=""),
                    path.replace("..", "%2e%2e"),
                ):
                    response, body = get(address, f"/gradio_api/file={probe}")
                    assert response.status in (403, 404), probe
                    assert b"secret words" not in body
                    assert b"SQLite" not in body
                    assert b"root:" not in body
        finally:
            page.close(verbose=False)


def test_the_page_names_no_remote_font(address: str) -> None:
    _, theme = get(address, "/theme.css")
    assert not re.search(rb"@import|@font-face|url\([\"']?(https?:)?//", theme)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("locked")
    with served_desk(folder, auth=("desk", "secret"), metrics=True) as (address, _):
        yield address


class TestPassword:
    """One password for the page and for the doors beside it."""

    @pytest.fixture
    def address(self, locked: str) -> str:
        return locked

    def login(self, address: str, password: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=10)
        body = urllib.parse.urlencode({"username": "desk", "password": password})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/login", body, headers)
        response = connection.getresponse()
        response.read()
        cookies = response.headers.get_all("Set-Cookie") or []
        return response.status, "; ".join(cookie.split(";")[0] for cookie in cookies)

    def test_without_it_nothing_of_the_library_is_told(self, address: str) -> None:
        for path in ("/config", "/gradio_api/info", "/metrics", "/api/v1/openapi.json"):
            response, body = get(address, path)
            assert response.status == 401, path
            assert b"article" not in body
        _, page = get(address, "/")
        assert b"Khaleej" not in page

    def test_a_login_to_the_page_opens_the_doors(self, address: str) -> None:
        status, cookie = self.login(address, "secret")
        assert status == 200
        for path in ("/config", "/metrics", "/api/v1/openapi.json"):
            response, _ = get(address, path, Cookie=cookie)
            assert response.status == 200, path
        assert get(address, "/metrics", Cookie=f"{cookie[:-4]}aaaa")[0].status == 401

    def test_guessing_at_the_login_is_cut_short(self, address: str) -> None:
        statuses = [self.login(address, f"guess{n}")[0] for n in range(12)]
        assert statuses.count(400) <= 10
        assert statuses[-1] == 429
        assert self.login(address, "secret")[0] == 429


@pytest.mark.parametrize(
    ("status", "waits"), [(503, True), (429, True), (500, False), (200, False)]
)
def test_a_refusal_for_want_of_room_says_when_to_come_again(status: int, waits: bool) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(status_code=status)(scope, receive, send)

    response = TestClient(SecurityHeaders(app)).get("/")
    assert ("Retry-After" in response.headers) == waits


@pytest.mark.parametrize("encoding", ["identity", "br, gzip"])
def test_a_stream_comes_piece_by_piece(tmp_path: Path, encoding: str) -> None:
    with served_desk(tmp_path, delay=0.05) as (address, desk):
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=30)
        headers = {"Content-Type": "application/json", "Accept-Encoding": encoding}
        body = json.dumps({"question": FIGURE})
        connection.request("POST", "/api/v1/ask/stream", body, headers)
        response = connection.getresponse()
        got = b""
        while b"event: hits" not in got:
            got += response.read1()
        assert desk.gate.inside == 1
        assert b"event: answer" in response.read()
        assert desk.gate.inside == 0
