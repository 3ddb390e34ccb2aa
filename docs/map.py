"""The file map in docs/files.md: each module's first docstring line, in reading order.

It fails when a module is missing from the order, so that a new file cannot stay off the map.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# First the road from a question to its answer, in the order in which a question takes it.
ROAD = """
    rag/__init__.py rag/newsroom.py rag/answering.py
    rag/question/__init__.py rag/question/query.py rag/question/period.py rag/question/expected.py
    rag/finding/__init__.py rag/finding/retrieve.py rag/finding/hit.py rag/finding/evidence.py
    rag/finding/answerable.py rag/finding/lead.py rag/finding/sources.py
    rag/refuse.py
    rag/writing/__init__.py rag/writing/prompt.py rag/writing/generator.py
    rag/writing/generators/__init__.py rag/writing/generators/local.py
    rag/writing/generators/copying.py rag/writing/generators/weights.py
    rag/writing/generators/server.py rag/writing/generators/scripted.py rag/writing/short.py
    rag/checking/__init__.py rag/checking/cite.py rag/checking/verify.py rag/checking/citation.py
    rag/claims/__init__.py rag/claims/facts.py
    rag/answer.py rag/events.py
    rag/showing/__init__.py rag/showing/render.py rag/showing/markdown.py
    rag/settings.py rag/sample_library.py
    rag/cli.py rag/commands/__init__.py rag/commands/ask.py rag/commands/search.py
    rag/commands/index.py rag/commands/watching.py rag/commands/listing.py rag/commands/show.py
    rag/commands/stats.py rag/commands/doctor.py rag/commands/shared.py rag/commands/told.py
    rag/showing/console.py
    rag/intake/__init__.py rag/intake/indexing.py rag/intake/adding.py rag/intake/progress.py
    rag/intake/index_report.py rag/intake/watch.py
    rag/showing/listing.py rag/showing/article_view.py rag/showing/changes.py rag/doctor.py
"""
# Then what it stands on and what judges it: the face of each package, then the rest by name.
PACKAGES = {
    "corpus": "corpus/__init__.py corpus/article.py corpus/reading.py",
    "embeddings": "embeddings/__init__.py embeddings/library.py",
    "evals": "evals/__init__.py evals/sample.py evals/runner.py",
    "page": "app.py page/__init__.py page/layout.py page/turn.py",
}


def file_map() -> str:
    """The whole map as Markdown, one list a package."""
    sections = {"rag": _paths(ROAD)}
    for package, first in PACKAGES.items():
        order = _paths(first)
        rest = [path for path in _modules(package) if path not in order]
        sections[package] = order + rest
    if missing := set(_modules("rag")) - set(sections["rag"]):
        raise SystemExit(f"not on the road in docs/map.py: {sorted(map(str, missing))}")
    lines: list[str] = []
    for package, paths in sections.items():
        lines += [f"## {package}/", "", *(f"- `{path}`: {_about(path)}" for path in paths), ""]
    return "\n".join(lines)


def _paths(names: str) -> list[Path]:
    return [Path(name) for name in names.split()]


def _modules(package: str) -> list[Path]:
    return [path.relative_to(ROOT) for path in sorted((ROOT / package).rglob("*.py"))]


def _about(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    if not docstring:
        raise SystemExit(f"{path} has no docstring")
    return docstring.splitlines()[0].rstrip(".")
