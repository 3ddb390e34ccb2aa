"""The login in a real browser: who is let in, to what, and whose conversations are shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.app.conftest import served
from tests.app.newsrooms import StandIn, answered
from tests.app.rooms import ask
from tests.app.test_page_kept_browser import unfold

pytestmark = pytest.mark.browser
PATIENCE = 20_000
QUESTION = "Who left the talks?"
PASSWORDS = {"ada": "first of two", "ben": "second of two"}


@pytest.fixture
def addresses(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Two pages that keep their conversations in one file, each for a user of its own."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(
                served(StandIn(answered), kept=tmp_path / "kept.sqlite3", auth=(name, password))
            )
            for name, password in PASSWORDS.items()
        }


@pytest.fixture
def ada(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


@pytest.fixture
def other(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


def login(page: Page, name: str, password: str) -> None:
    page.get_by_label("username").fill(name)
    page.get_by_label("password").fill(password)
    page.get_by_role("button", name="Login").click()


def inside(context: BrowserContext, address: str, name: str) -> Page:
    """A page that the user has logged in to."""
    page = context.new_page()
    page.goto(address)
    login(page, name, PASSWORDS[name])
    expect(page.locator("#dl-question textarea")).to_be_editable(timeout=PATIENCE)
    return page


def test_a_wrong_password_is_refused_and_the_right_one_lets_in(
    addresses: dict[str, str], ada: BrowserContext
) -> None:
    page = ada.new_page()
    page.goto(addresses["ada"])
    expect(page.get_by_label("password")).to_be_visible(timeout=PATIENCE)
    for name, password in (("ada", "wrong"), ("ben", PASSWORDS["ben"]), ("ben", PASSWORDS["ada"])):
        login(page, name, password)
        expect(page.get_by_text("Incorrect Credentials")).to_be_visible(timeout=PATIENCE)
        assert page.locator("#dl-question").count() == 0
        assert "Dateline</h1>" not in page.content()
    login(page, "ada", PASSWORDS["ada"])
    expect(page.locator("#dl-question textarea")).to_be_editable(timeout=PATIENCE)
    ask(page, QUESTION)
    page.reload()
    expect(page.locator("#dl-question textarea")).to_be_editable(timeout=PATIENCE)


def test_programs_are_let_in_with_the_login_alone(
    addresses: dict[str, str], ada: BrowserContext, other: BrowserContext
) -> None:
    address = addresses["ada"]
    question = {"question": QUESTION}
    for context in (ada, other):
        for path in ("/api/v1/ask", "/api/v1/search", "/mcp"):
            refused = context.request.post(f"{address}{path}", data=question)
            assert refused.status == 401, path
            assert "hits" not in refused.text()
        assert context.request.get(f"{address}/config").status == 401
    inside(ada, address, "ada")
    assert ada.request.get(f"{address}/api/v1/openapi.json").status == 200
    assert ada.request.post(f"{address}/mcp", data={}).status != 401
    assert other.request.post(f"{address}/api/v1/ask", data=question).status == 401
    # What opens one user's page opens no other's.
    assert ada.request.get(f"{addresses['ben']}/api/v1/openapi.json").status == 401


def test_no_user_sees_anothers_conversations(
    addresses: dict[str, str], ada: BrowserContext, other: BrowserContext
) -> None:
    hers = inside(ada, addresses["ada"], "ada")
    ask(hers, QUESTION)
    unfold(hers)
    expect(hers.locator("#dl-kept-list label")).to_have_count(1)
    his = inside(other, addresses["ben"], "ben")
    expect(his.locator(".dl-question")).to_have_count(0)
    unfold(his)
    expect(his.locator("#dl-kept-list label")).to_have_count(0)
    assert QUESTION not in his.content()
    ask(his, "Who mediates?")
    expect(his.locator("#dl-kept-list label")).to_have_count(1)
    expect(his.locator("#dl-kept-list label")).to_contain_text("Who mediates?")
    again = ada.new_page()
    again.goto(addresses["ada"])
    expect(again.locator("#dl-question textarea")).to_be_editable(timeout=PATIENCE)
    expect(again.locator(".dl-question")).to_have_count(0)
    unfold(again)
    expect(again.locator("#dl-kept-list label")).to_have_count(1)
    expect(again.locator("#dl-kept-list label")).to_contain_text(QUESTION)
