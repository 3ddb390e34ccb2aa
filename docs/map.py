"""The file map in docs/files.md: each module's first docstring line, in reading order.

It fails when a module is missing from the order, so that a new file cannot stay off the map.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# First the road from a question to its answer, in the order in which a question takes it.
ROAD = """
    rag/__init__.py rag/newsroom.py rag/answering.py rag/query.py rag/period.py rag/retrieve.py
    rag/hit.py rag/evidence.py rag/answerable.py rag/expected.py rag/refuse.py rag/prompt.py
    rag/generator.py
    rag/generators/__init__.py rag/generators/local.py rag/generators/copying.py
    rag/generators/weights.py rag/generators/server.py rag/generators/scripted.py rag/lead.py
    rag/short.py
    rag/cite.py rag/verify.py rag/facts.py rag/citation.py rag/answer.py rag/events.py
    rag/sources.py rag/render.py rag/markdown.py rag/settings.py rag/sample_library.py
    rag/cli.py rag/commands/__init__.py rag/commands/ask.py rag/commands/search.py
    rag/commands/index.py rag/commands/watching.py rag/commands/listing.py rag/commands/show.py
    rag/commands/stats.py rag/commands/doctor.py rag/commands/shared.py rag/commands/told.py
    rag/console.py rag/indexing.py rag/adding.py rag/progress.py rag/index_report.py rag/watch.py
    rag/listing.py rag/article_view.py rag/changes.py rag/doctor.py
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
