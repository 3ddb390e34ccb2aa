"""A browser and a served page for the tests that need them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize

from page.desk.desk import Desk, DeskOptions
from page.evals.bench import Bench
from page.kept.store import KeptStore
from page.layout import build
from page.serving.serve import serve

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the page remembers of its user goes with the test."""
    folder = tmp_path / "data-home"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


@contextmanager
def served(
    newsroom: Any,
    runs: Path | None = None,
    *,
    anywhere: bool = False,
    kept: Path | None = None,
    auth: tuple[str, str] | None = None,
) -> Iterator[str]:
    """The address of the newsroom's page, on a free port of 127.0.0.1.

    Its runs are kept in the file `runs`, or in one that goes with the page. With `anywhere`, it is
    a page that only this machine can reach, which may open any folder and set what it likes. Its
    conversations are kept in the file `kept`, or in one that goes with the page. `auth` is the
    name and the password that it asks for.
    """
    with (
        TemporaryDirectory() as folder,
        Desk(newsroom, DeskOptions(anywhere, Path(folder) / "libraries")) as desk,
        Bench(desk, runs or Path(folder) / "runs.sqlite") as bench,
    ):
        page = build(desk, bench, KeptStore(kept) if kept else None)
        address = serve(page, desk, port=0, auth=auth)
        try:
            yield address
        finally:
            page.close(verbose=False)


@pytest.fixture
def outside() -> list[str]:
    """The addresses that the visited page asked for outside its own server."""
    return []


@pytest.fixture
def visit(browser: Browser, outside: list[str]) -> Iterator[Callable[..., Page]]:
    """Serve a newsroom and open its page."""
    with ExitStack() as stack:

        def open_page(
            newsroom: Any,
            scheme: str = "light",
            size: ViewportSize = WIDE,
            runs: Path | None = None,
        ) -> Page:
            address = stack.enter_context(served(newsroom, runs))
            dark = scheme == "dark"
            context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light")
            stack.callback(context.close)
            page = context.new_page()

            def note(request: Request) -> None:
                if not request.url.startswith((f"{address}/", "data:", "blob:")):
                    outside.append(request.url)

            page.on("request", note)
            page.goto(address)
            page.wait_for_selector("#dl-question textarea")
            return page

        yield open_page


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """Where screenshots are put: `DATELINE_SCREENSHOTS`, or a folder that goes."""
    folder = Path(os.environ.get("DATELINE_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
