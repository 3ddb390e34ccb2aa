"""The HTTP API, the MCP tools, the probes and the metrics, over a small real library."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
from mcp import Client
from starlette.applications import Starlette
from starlette.testclient import TestClient

from page.api import models
from page.api.asked import Scope
from page.api.asking import Asking
from page.desk.gate import Gate, GateOptions
from page.serving.serve import _app, doors
from rag.events import Event, HitsFound, Token
from rag.newsroom import Newsroom
from rag.showing.article_view import ArticleView
from rag.showing.render import hit_dict
from tests.app.doors import FIGURE, newsroom, served_desk

MCP = {"Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("api")) as opened:
        yield opened


@pytest.fixture
def desk(room: Newsroom) -> SimpleNamespace:
    return SimpleNamespace(newsroom=room, gate=Gate(GateOptions(slots=1, waiting=2)))


def client_of(desk: Any, auth: tuple[str, str] | None = None) -> TestClient:
    parts = _app(doors(desk, metrics=True), "127.0.0.1", auth)
    app = Starlette(
        routes=parts["routes"], lifespan=parts["lifespan"], middleware=parts["middleware"]
    )
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture
def client(desk: SimpleNamespace) -> Iterator[TestClient]:
    with client_of(desk) as client:
        yield client


def events_of(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def called(client: TestClient, tool: str, **arguments: object) -> dict[str, Any]:
    message = {
        "jsonrpc": "2.0",
        "id": 7,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    }
    found: dict[str, Any] = client.post("/mcp", json=message, headers=MCP).json()["result"]
    return found


def test_a_question_gets_a_cited_answer(client: TestClient, room: Newsroom) -> None:
    response = client.post("/api/v1/ask", json={"question": FIGURE})
    assert response.status_code == 200
    answer = response.json()
    assert answer["status"] in ("answered", "quoted")
    for sentence in answer["sentences"]:
        for citation in sentence["citations"]:
            text = room.library.article(citation["article"]["id"]).text
            assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert any(sentence["citations"] for sentence in answer["sentences"])


def test_the_wire_leaves_out_nothing_that_an_answer_has(room: Newsroom) -> None:
    questions = (
        FIGURE,
        "How did the death toll in Gaza change?",
        "Who won the 2022 World Cup?",
        "How many people were killed in Gaza, and by whose count?",
    )
    for question in questions:
        told = json.loads(json.dumps(room.ask(question).to_dict()))
        assert models.Answer.model_validate(told).model_dump() == told, question
    (hit, *_) = room.search("aid", 1)
    assert models.Hit.model_validate(hit_dict(hit)).model_dump() == hit_dict(hit)
    view = ArticleView.of(room.library, hit.article.id).as_dict()
    assert models.Article.model_validate(view).model_dump() == view


def test_a_refusal_is_an_answer_too(client: TestClient) -> None:
    response = client.post("/api/v1/ask", json={"question": "Who won the 2022 World Cup?"})
    assert response.status_code == 200
    assert response.json()["status"] == "refused"
    assert response.json()["refusal"]["message"]


def test_days_hold_for_the_api_as_for_the_library(client: TestClient) -> None:
    asked = {"question": "What is known of the talks?", "k": 20, "until": "2023-12-31"}
    hits = client.post("/api/v1/search", json=asked).json()["hits"]
    assert hits
    assert all(hit["article"]["published"] <= "2023-12-31" for hit in hits)


def test_a_stream_shows_the_evidence_first_and_no_unchecked_word(client: TestClient) -> None:
    response = client.post("/api/v1/ask/stream", json={"question": FIGURE})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    names = [name for name, _ in events]
    assert names[:2] == ["waiting", "hits"]
    assert names[-1] == "answer"
    assert {"writing", "citation", "sentence"} <= set(names)
    assert names.index("hits") < names.index("writing") < names.index("sentence")
    assert all(list(data) == ["characters"] for name, data in events if name == "writing")
    assert events[-1][1] == client.post("/api/v1/ask", json={"question": FIGURE}).json() | {
        "usage": events[-1][1]["usage"]
    }


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ({"question": "  "}, "EmptyQuestion", "empty"),
        ({"question": "a" * 2001}, "QuestionTooLong", "2,001 characters"),
        ({"question": "When?", "as_of": "soon"}, "BadDate", "soon"),
        ({"question": "When?", "since": "2024-02-01", "until": "2024-01-01"}, "BadDate", "after"),
        ({}, "BadRequest", "question: Field required"),
        ({"question": 7}, "BadRequest", "valid string"),
        ({"question": "When?", "outlet": "x"}, "BadRequest", "Extra inputs"),
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/ask/stream", "/api/v1/search"])
def test_what_cannot_be_asked_is_told_in_words(
    client: TestClient, path: str, body: dict[str, object], kind: str, words: str
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == kind
    assert words in response.json()["title"]


def test_a_body_that_is_too_large_is_not_read(client: TestClient) -> None:
    for path in ("/api/v1/ask", "/api/v1/search", "/mcp"):
        response = client.post(path, json={"question": "a" * 1_000_000}, headers=MCP)
        assert response.status_code == 413, path
    pieces = (b"x" * 1000 for _ in range(1000))
    assert client.post("/api/v1/ask", content=pieces).status_code == 413


def test_half_a_character_and_a_nul_are_taken_as_what_they_are(client: TestClient) -> None:
    for question in ("\ud800 talks?", "talks\x00?", "\u202etalks?"):
        body = json.dumps({"question": question})
        response = client.post(
            "/api/v1/search", content=body, headers={"Content-Type": "application/json"}
        )
        assert response.status_code in (200, 422), question


def test_an_article_is_shown_whole(client: TestClient, room: Newsroom) -> None:
    (hit,) = client.post("/api/v1/search", json={"question": "aid", "k": 1}).json()["hits"]
    article = client.get(f"/api/v1/show/{hit['article']['id']}").json()
    assert article["text"] == room.library.article(hit["article"]["id"]).text
    assert article["text"][hit["start"] : hit["end"]] == hit["text"]
    assert article["group"]["articles"]


@pytest.mark.parametrize("name", ["nope", "..%2f..%2fetc%2fpasswd", "%00", "a" * 200])
def test_an_unknown_article_is_not_found(client: TestClient, name: str) -> None:
    response = client.get(f"/api/v1/show/{name}")
    assert response.status_code == 404
    assert "/" not in response.json().get("title", "")


def test_where_too_many_wait_the_next_is_told_when_to_come_again(
    desk: SimpleNamespace, client: TestClient
) -> None:
    taken = [desk.gate.join() for _ in range(3)]
    for path in ("/api/v1/ask", "/api/v1/ask/stream"):
        response = client.post(path, json={"question": FIGURE})
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) >= 1
        assert response.json()["type"] == "Busy"
    told = called(client, "ask", question=FIGURE)
    assert told["isError"]
    assert "ask again in" in told["content"][0]["text"]
    assert client.get("/healthz").status_code == 200
    assert client.post("/api/v1/search", json={"question": "aid"}).status_code == 200
    for ticket in taken:
        ticket.leave()
    assert client.post("/api/v1/ask", json={"question": FIGURE}).status_code == 200


def test_a_question_that_waits_is_told_its_place(desk: SimpleNamespace, client: TestClient) -> None:
    first = desk.gate.join()
    threading.Timer(0.3, first.leave).start()
    response = client.post("/api/v1/ask/stream", json={"question": FIGURE})
    places = [data["place"] for name, data in events_of(response.text) if name == "waiting"]
    assert places[0] == 1
    assert desk.gate.inside == 0


def test_a_server_that_is_being_stopped_is_healthy_and_not_ready(
    desk: SimpleNamespace, client: TestClient
) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}
    desk.gate.drain()
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"status": "draining"})
    assert ready.headers["Retry-After"]
    refused = client.post("/api/v1/ask", json={"question": FIGURE})
    assert (refused.status_code, refused.json()["type"]) == (503, "Draining")


def test_a_library_that_cannot_be_read_is_not_ready(tmp_path: Path) -> None:
    with (
        newsroom(tmp_path) as opened,
        client_of(SimpleNamespace(newsroom=opened, gate=Gate())) as client,
    ):
        (tmp_path / "library").rename(tmp_path / "moved")
        opened.library.close()
        assert client.get("/readyz").json() == {"status": "library"}
        assert client.get("/healthz").status_code == 200


def test_an_error_that_nobody_foresaw_tells_nothing_of_the_machine() -> None:
    class Broken:
        def stream(self, *_: object, **__: object) -> Iterator[object]:
            raise RuntimeError("/home/desk/secret is not readable")

    with client_of(SimpleNamespace(newsroom=Broken(), gate=Gate())) as client:
        response = client.post("/api/v1/ask", json={"question": FIGURE})
    assert response.status_code == 500
    assert "secret" not in response.text


def test_the_description_names_every_path_and_its_types(client: TestClient) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["servers"] == [{"url": "/api/v1"}]
    assert set(told["paths"]) == {"/ask", "/ask/stream", "/search", "/show/{article_id}"}
    stream = told["paths"]["/ask/stream"]["post"]["responses"]["200"]["content"]
    assert "text/event-stream" in stream
    assert told["components"]["schemas"]["Citation"]["required"]
    for path in told["paths"].values():
        for call in path.values():
            assert call["summary"]
            assert all(response["description"] for response in call["responses"].values())


def test_the_reference_is_readable_without_script_and_names_no_other_server(
    client: TestClient,
) -> None:
    page = client.get("/api/v1/").text
    for words in ("POST /api/v1/ask", "GET /api/v1/show", "<code>Retry-After</code>", "as_of"):
        assert words in page
    assert "<script" not in page
    assert "http" not in page.replace("HTTP", "")


def test_the_tools_say_what_they_take_and_give(client: TestClient) -> None:
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    tools = client.post("/mcp", json=message, headers=MCP).json()["result"]["tools"]
    assert [tool["name"] for tool in tools] == ["ask", "search", "show"]
    for tool in tools:
        assert tool["description"]
        assert tool["outputSchema"]["properties"]
        assert tool["annotations"]["readOnlyHint"]
    assert tools[0]["inputSchema"]["required"] == ["question"]


def test_the_tools_give_what_the_api_gives(client: TestClient) -> None:
    told = called(client, "ask", question=FIGURE)["structuredContent"]
    asked = client.post("/api/v1/ask", json={"question": FIGURE}).json()
    assert told | {"usage": None} == asked | {"usage": None}
    hits = called(client, "search", question="aid", k=2)["structuredContent"]["hits"]
    assert len(hits) == 2
    shown = called(client, "show", article_id=hits[0]["article"]["id"])["structuredContent"]
    assert shown["text"][hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("ask", {"question": ""}, "empty"),
        ("ask", {"question": "When?", "as_of": "soon"}, "not a date"),
        ("search", {"question": "x" * 2001}, "2,001 characters"),
        ("show", {"article_id": "nope"}, "no article"),
        ("search", {"question": "aid", "k": 1000}, "less than or equal to 50"),
    ],
)
def test_a_tool_that_fails_says_why(
    client: TestClient, tool: str, arguments: dict[str, object], words: str
) -> None:
    told = called(client, tool, **arguments)
    assert told["isError"]
    assert words in told["content"][0]["text"]


def test_the_official_client_speaks_with_the_tools(tmp_path: Path) -> None:
    """Over a real connection, by the SDK's own client."""

    async def asked(address: str) -> tuple[list[str], Any]:
        async with Client(f"{address}/mcp") as client:
            tools = await client.list_tools()
            result = await client.call_tool("ask", {"question": FIGURE})
            return [tool.name for tool in tools.tools], result

    with served_desk(tmp_path) as (address, _):
        names, result = anyio.run(asked, address)
    assert names == ["ask", "search", "show"]
    assert result.structured_content["sentences"][0]["citations"][0]["quote"]


def test_metrics_count_and_hold_no_word_of_a_question(client: TestClient) -> None:
    client.post("/api/v1/ask", json={"question": "Zanzibar: what was said?"})
    client.get("/no/such/path/1")
    client.get("/no/such/path/2")
    told = client.get("/metrics").text
    assert 'dateline_requests_total{door="ask",method="POST",status="200"} 1.0' in told
    assert 'dateline_requests_total{door="other",method="GET",status="404"} 2.0' in told
    assert "dateline_questions_inside 0.0" in told
    assert "dateline_questions_refused_total 0.0" in told
    assert "process_resident_memory_bytes" in told
    assert "Zanzibar" not in told
    assert "such" not in told


def test_metrics_are_not_there_unless_asked_for(desk: Any) -> None:
    paths = [getattr(route, "path", "") for route in doors(desk).routes]
    assert "/metrics" not in paths
    assert {"/healthz", "/readyz", "/mcp", "/api/v1"} <= set(paths)


class TestPassword:
    """The doors of a server that asks for a password."""

    @pytest.fixture
    def client(self, desk: SimpleNamespace) -> Iterator[TestClient]:
        with client_of(desk, ("desk", "sécret")) as client:
            yield client

    LOCKED = (
        ("POST", "/api/v1/ask"),
        ("POST", "/api/v1/ask/stream"),
        ("POST", "/api/v1/search"),
        ("GET", "/api/v1/show/x"),
        ("GET", "/api/v1/openapi.json"),
        ("GET", "/api/v1/"),
        ("POST", "/mcp"),
        ("GET", "/metrics"),
    )

    @pytest.mark.parametrize(("method", "path"), LOCKED)
    def test_nothing_is_told_without_it(self, client: TestClient, method: str, path: str) -> None:
        wrong: list[dict[str, Any]] = [
            {"auth": one} for one in (("desk", "wrong"), ("other", "sécret"), ("", ""))
        ]
        for auth in ({}, *wrong):
            response = client.request(method, path, json={"question": FIGURE}, **auth)
            assert response.status_code == 401, auth
            assert response.headers["WWW-Authenticate"].startswith("Basic")
            assert "hits" not in response.text

    def test_it_opens_everything(self, client: TestClient) -> None:
        for method, path in self.LOCKED:
            response = client.request(
                method, path, json={"question": FIGURE}, auth=("desk", "sécret"), headers=MCP
            )
            assert response.status_code != 401, path

    def test_probes_need_none(self, client: TestClient) -> None:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json() == {"status": "ready"}

    @pytest.mark.parametrize("value", ["Basic", "Basic !!", "Basic eA==", "Bearer x", "Basic w6k="])
    def test_a_broken_header_is_a_wrong_password(self, client: TestClient, value: str) -> None:
        response = client.get("/metrics", headers={"Authorization": value})
        assert response.status_code == 401

    def test_guessing_is_cut_short(self, client: TestClient) -> None:
        statuses = [client.get("/metrics", auth=("desk", str(n))).status_code for n in range(12)]
        assert statuses == [401] * 10 + [429] * 2
        response = client.get("/metrics", auth=("desk", "sécret"))
        assert response.status_code == 429
        assert 1 <= int(response.headers["Retry-After"]) <= 60


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "https://127.0.0.1@evil.example"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/search", "/mcp", "/gradio_api/upload"])
def test_another_pages_request_is_not_taken(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    response = client.post(path, json={"question": FIGURE}, headers=headers)
    assert response.status_code == 403
    assert "Access-Control-Allow-Origin" not in response.headers


def test_the_pages_own_requests_are_taken(client: TestClient) -> None:
    for headers in (
        {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {},
    ):
        asked = {"question": "aid"}
        assert client.post("/api/v1/search", json=asked, headers=headers).status_code == 200


def test_a_form_of_another_page_cannot_ask(client: TestClient) -> None:
    """What a page elsewhere may send without asking first: a form, or plain text."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        response = client.post(
            "/api/v1/ask", content=json.dumps({"question": FIGURE}), headers={"Content-Type": kind}
        )
        assert response.status_code == 422, kind


def test_a_client_that_leaves_just_when_a_word_comes_is_still_noticed() -> None:
    words, closed = threading.Semaphore(0), threading.Event()

    class Slow:
        def stream(self, *_: object, **__: object) -> Iterator[Event]:
            try:
                yield HitsFound(())
                while words.acquire():
                    yield Token("word ")
            finally:
                closed.set()

    async def leave() -> None:
        gate = Gate()
        asking = Asking(SimpleNamespace(newsroom=Slow()), gate, Scope(question="When?"))
        seen = asyncio.Event()

        async def read() -> None:
            async for told in asking.events():
                if isinstance(told, HitsFound):
                    seen.set()

        reader = asyncio.create_task(read())
        await asyncio.wait_for(seen.wait(), 10)
        await asyncio.sleep(0.05)
        asking._told.put_nowait(None)
        reader.cancel()
        words.release(5)
        await asyncio.wait({reader}, timeout=10)
        assert reader.cancelled()
        assert closed.is_set()
        assert gate.inside == 0

    asyncio.run(leave())
