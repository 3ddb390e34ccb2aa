"""axe-core over what a page shows now: the faults that keep people from using it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
"""The impacts, in axe's words, of which no view may have any."""


def faults(page: Page, impacts: tuple[str, ...] = GRAVE) -> list[str]:
    """Each fault with its rule, impact, the first elements that have it, and what axe says."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    told = []
    for one in found.response["violations"]:
        if one["impact"] in impacts:
            where = "; ".join(_element(node) for node in one["nodes"][:3])
            told.append(f"{one['id']} ({one['impact']}), {len(one['nodes'])}×: {where}")
    return told


def _element(node: dict[str, list[dict[str, str]]]) -> str:
    said = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{node['target']}: {said[0] if said else ''}"
