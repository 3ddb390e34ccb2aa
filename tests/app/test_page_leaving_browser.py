"""A reader who leaves the page while it answers: the model stops, the next reader has the place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.app.doors import FIGURE, served_desk

pytestmark = pytest.mark.browser
WITHIN = 2.0


def test_leaving_frees_the_place_at_the_gate(browser: Browser, tmp_path: Path) -> None:
    times = []
    with served_desk(tmp_path, delay=0.3) as (address, desk):
        for _ in range(5):
            page = browser.new_page()
            page.goto(address)
            box = page.locator("#dl-question textarea")
            expect(box).to_be_editable()
            box.fill(FIGURE)
            box.press("Enter")
            expect(page.locator(".dl-status")).to_contain_text("Writing", timeout=20_000)
            assert desk.gate.inside == 1
            page.close()
            began = time.monotonic()
            while desk.gate.inside and time.monotonic() - began < 20:
                time.sleep(0.01)
            times.append(time.monotonic() - began)
    assert max(times) <= WITHIN, times


def test_a_page_and_a_program_wait_for_one_another(browser: Browser, tmp_path: Path) -> None:
    with served_desk(tmp_path) as (address, desk):
        taken = desk.gate.join()
        page = browser.new_page()
        page.goto(address)
        box = page.locator("#dl-question textarea")
        expect(box).to_be_editable()
        box.fill(FIGURE)
        box.press("Enter")
        expect(page.locator(".dl-status")).to_contain_text("Waiting for 1 question", timeout=20_000)
        page.wait_for_timeout(500)
        assert (desk.gate.inside, desk.gate.waiting) == (1, 1)
        assert page.locator(".dl-card").count() == 0
        taken.leave()
        expect(page.locator(".dl-colophon")).to_be_visible(timeout=20_000)
        assert (desk.gate.inside, desk.gate.waiting) == (0, 0)


def test_a_full_gate_is_told_on_the_page(browser: Browser, tmp_path: Path) -> None:
    with served_desk(tmp_path) as (address, desk):
        taken = [desk.gate.join() for _ in range(17)]
        page = browser.new_page()
        page.goto(address)
        box = page.locator("#dl-question textarea")
        expect(box).to_be_editable()
        box.fill(FIGURE)
        box.press("Enter")
        expect(page.locator("#dl-chat")).to_contain_text("16 questions are waiting", timeout=20_000)
        expect(page.locator("#dl-chat")).to_contain_text("ask again in")
        for ticket in taken:
            ticket.leave()


def test_a_question_of_a_megabyte_is_told_and_not_carried_along(
    browser: Browser, tmp_path: Path
) -> None:
    with served_desk(tmp_path) as (address, _):
        page = browser.new_page()
        page.goto(address)
        box = page.locator("#dl-question textarea")
        expect(box).to_be_editable()
        box.fill("why " * 250_000)
        box.press("Enter")
        expect(page.locator("#dl-chat")).to_contain_text("the limit is 2,000", timeout=20_000)
        assert len(page.content()) < 1_000_000
        box.fill(FIGURE)
        box.press("Enter")
        expect(page.locator(".dl-colophon")).to_be_visible(timeout=20_000)
