"""axe-core on every view, wide and narrow, light and dark: nothing that keeps people out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.app.axe import faults
from tests.app.conftest import NARROW, WIDE
from tests.app.rooms import OF_SET_ANSWERS, OF_THE_REAL, Rooms, made_rooms, served_rooms

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    yield from made_rooms(tmp_path_factory.mktemp("rooms"))


@pytest.fixture(scope="module")
def addresses(rooms: Rooms) -> Iterator[dict[str, str]]:
    yield from served_rooms(rooms)


@pytest.mark.parametrize("view", [*OF_SET_ANSWERS, *OF_THE_REAL])
def test_axe_finds_nothing_serious_or_critical(
    browser: Browser, addresses: dict[str, str], view: str
) -> None:
    context = browser.new_context(viewport=WIDE, color_scheme="light")
    try:
        page = context.new_page()
        page.goto(addresses[view])
        page.wait_for_selector("#dl-question textarea")
        (OF_SET_ANSWERS | OF_THE_REAL)[view](page)
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            for is_dark in (False, True):
                # Gradio asks for the scheme once, when the page is loaded, and sets this class.
                page.evaluate("is => document.body.classList.toggle('dark', is)", is_dark)
                page.wait_for_timeout(300)
                assert faults(page) == [], (size, is_dark)
    finally:
        context.close()


def test_axe_would_find_a_fault(browser: Browser, addresses: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(addresses["empty"])
    page.wait_for_selector("#dl-question textarea")
    page.evaluate("document.querySelector('#dl-clear').textContent = ''")
    assert any("button-name" in one for one in faults(page))
    page.close()
