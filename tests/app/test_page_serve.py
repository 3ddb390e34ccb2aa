from __future__ import annotations

import base64
import hashlib
import http.client
import re
import socket
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.store import RunStore
from page.evals_bench import Bench
from page.layout import build
from page.serve import (
    SCRIPT,
    CannotServe,
    content_security_policy,
    is_loopback,
    require_auth,
    serve,
)
from tests.app.conftest import served
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
    with socket.socket() as taken, Bench(room.newsroom) as bench:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotServe, match="cannot be served"):
            serve(build(bench), library=room.library.path, port=taken.getsockname()[1])


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
    with RunStore.open(runs), Bench(room.newsroom, runs) as bench:
        report = bench.folder / "report.html"
        report.write_text("secret words")
        page = build(bench)
        address = serve(page, library=tmp_path, port=0)
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
